"""Where things stand around the body of a slide."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.text import Para


@dataclass(frozen=True)
class Frame:
    """Where things stand around the body, for one title on one layout.

    draft, footnote: where these lines stand when the layout has no placeholder for them.
    """

    down: float  # what a long kicker or draft line moves everything down by
    title: Box
    title_paras: tuple[Para, ...]
    body: Box
    draft: Box | None = None
    footnote: Box | None = None
