"""Every export that is known, vendors first."""

from __future__ import annotations

from qbrgen.load.exports import (
    amplitude,
    copilot,
    heap,
    hubspot,
    mixpanel,
    pendo,
    posthog,
    salesforce,
    segment,
    shapes,
    viva,
)
from qbrgen.load.exports.model import Export

EXPORTS: tuple[Export, ...] = (
    *segment.EXPORTS,
    *amplitude.EXPORTS,
    *mixpanel.EXPORTS,
    *posthog.EXPORTS,
    *pendo.EXPORTS,
    *heap.EXPORTS,
    *salesforce.EXPORTS,
    *hubspot.EXPORTS,
    *copilot.EXPORTS,
    *viva.EXPORTS,
    *shapes.EXPORTS,
)
BY_NAME: dict[str, Export] = {export.name: export for export in EXPORTS}
