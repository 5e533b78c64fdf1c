"""The rows behind one receipt, as `explain --rows` shows them: nouns. score/rows.py makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from qbrgen.errors import Location
from qbrgen.figures import Receipt
from qbrgen.score.row_marks import Marked, Part, parts

COUNTED = ("active", "share", "frequency", "chain", "milestone", "value", "direction")
"""Rules of receipts that rows are behind."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person wrote down: what, by whose word, of which day, and where."""

    what: str
    by: str
    on: date | None
    where: Location | None


@dataclass(frozen=True, slots=True)
class RowList:
    """The rows behind one receipt, in order of time.

    numerator, denominator, events: what the rows add up to, None where the figure is no sum of rows. stated: for a
    figure that no event is behind. made_of: the ids of the receipts that it is made of instead.
    """

    receipt: Receipt
    rows: tuple[Marked, ...] = ()
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    events: dict[str, Fraction] = field(default_factory=dict)
    stated: tuple[Stated, ...] = ()
    made_of: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[Marked, ...]:
        """The rows that are not set aside."""
        return tuple(row for row in self.rows if row.part is not Part.ASIDE)

    @property
    def set_aside(self) -> tuple[Marked, ...]:
        """The others, each with its reason."""
        return tuple(parts(self.rows, Part.ASIDE))

    @property
    def adds_up(self) -> bool:
        """Whether the rows make the receipt's figure; if not, the files changed after it was counted."""
        told = self.receipt
        if told.rule not in COUNTED or told.rule == "direction":
            return True
        same = told.numerator is None or (told.numerator, told.denominator) == (self.numerator, self.denominator)
        return same and {name: n for name, n in told.events if n} == {name: n for name, n in self.events.items() if n}
