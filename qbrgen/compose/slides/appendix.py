"""The appendix: how each figure is defined and what was counted for it."""

from __future__ import annotations

from qbrgen.compose.slides.opening import period_facts
from qbrgen.compose.slides.parts import LeftOut, content, left_out
from qbrgen.compose.tables import receipts_table
from qbrgen.compose.told import Told
from qbrgen.document import Role, Slide


def receipts(told: Told) -> Slide | LeftOut:
    """One row a figure: its number, definition and counts."""
    table = receipts_table(told)
    if table is None:
        return left_out(told, "receipts")
    return content(told, "receipts", (table,), told.say("footnote-period", **period_facts(told)), Role.APPENDIX)
