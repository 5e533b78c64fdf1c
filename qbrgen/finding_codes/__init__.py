"""What the code of every finding means, why it matters and what to do: one table, from which docs/checks.md is made.

A finding itself says what is wrong at its place; this says the same of its kind. `qbrgen check` prints the `why`.
"""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes import of_data, of_definitions, of_files, of_making, of_reading, of_tools
from qbrgen.finding_codes.kind import Kind

GROUPS: Mapping[str, Mapping[str, Kind]] = {
    "Files that cannot be read": of_files.KINDS,
    "Settings, playbooks and accounts": of_definitions.KINDS,
    "How data are written": of_reading.KINDS,
    "What data say": of_data.KINDS,
    "Making documents": of_making.KINDS,
    "Workbooks, new accounts and init": of_tools.KINDS,
}
KINDS: Mapping[str, Kind] = {code: kind for group in GROUPS.values() for code, kind in group.items()}
OF_A_PREVIEW = "preview-"
"""A sign of a generated document in a theme's preview is told as this and the code of the sign (docs/lint.md)."""


def why(code: str) -> str:
    """Why a finding of this code matters; "" where it goes without saying."""
    kind = KINDS.get(code)
    return kind.why if kind else ""
