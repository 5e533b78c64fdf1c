"""What every block is made from: the narrative, the wording, and the numbers under which receipts are cited."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_skeleton

from qbrgen.audience import Audience
from qbrgen.figures import Money
from qbrgen.narrate.numbers import known_currency
from qbrgen.score.picture import AccountPicture, PersonPicture

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording


OUTCOME = "outcome"  # id of the outcome's receipt


@dataclass(frozen=True, slots=True)
class Told:
    """A narrative together with the words for everything around its sentences.

    receipts: receipt id → the number under which this document prints it; empty when it prints none, and then nothing
    cites one. slides: the keys of the slides that the document's storyline asks for; empty for a brief.
    """

    narrative: Narrative
    wording: Wording
    receipts: Mapping[str, int] = field(default_factory=dict)
    slides: Collection[str] = ()

    @property
    def picture(self) -> AccountPicture:
        return self.narrative.picture

    @property
    def internal(self) -> bool:
        """Whether the vendor's own people read it: names may be said."""
        return self.narrative.register.audience is Audience.INTERNAL

    def text(self, key: str) -> str:
        """The statement with this key, or "" when it was left out."""
        return self.narrative.text(key)

    def say(self, key: str, **facts: object) -> str:
        """A heading, a column name or another label: an entry below `label` in the wording files."""
        return self.wording.say(f"label.{key}", **facts)

    def day(self, when: date | None) -> str:
        """A date in a table: day and month while the reader cannot mistake the year; "not set" for a missing one."""
        if when is None:
            return self.say("not-set")
        return self.wording.near(when, self.picture.as_of)

    def short_day(self, when: date) -> str:
        """A point on an axis: "6 Apr"."""
        return str(format_skeleton("MMMd", when, locale=Locale.parse(self.wording.locale, sep="-")))

    def ratio(self, done: int, total: int) -> str:
        """ "5 of 7"."""
        return self.say("ratio", done=self.wording.count(done), total=self.wording.count(total))

    def active_of(self, active: int, counted: int) -> str:
        """ "5 of 7"; of one person "Active" or "Not active"."""
        return self.say("one-active", active=active) if counted == 1 else self.ratio(active, counted)

    def amount(self, value: Fraction, unit: str) -> str:
        """A value with its unit, as statements say it: "£1.2m", "26%", "8 meetings"."""
        if known_currency(unit):
            return self.wording.money(Money(Decimal(value.numerator) / Decimal(value.denominator), unit))
        if unit == "%":
            return self.wording.percent(value / 100)
        return self.say("amount", number=self.wording.number(value), unit=unit)

    def person_name(self, person: PersonPicture) -> str:
        """A person's name where this register may say it: what the account agreed to show, or leadership's view."""
        if self.internal:
            return person.shown_name or person.name
        return person.shown_name or ""

    def cite(self, receipt_ids: Iterable[str]) -> str:
        """ "Receipts 3 to 9" for those of `receipt_ids` that this document prints; "" when it prints none of them."""
        numbers = sorted({self.receipts[i] for i in receipt_ids if i in self.receipts})
        if not numbers:
            return ""
        if len(numbers) == 1:
            return self.say("receipt-one", number=numbers[0])
        if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
            return self.say("receipts-range", first=numbers[0], last=numbers[-1])
        return self.say("receipts-some", numbers=self.wording.listing([str(n) for n in numbers]))


def receipt_numbers(narrative: Narrative, without: Collection[str] = ()) -> dict[str, int]:
    """Receipt id → number from 1, in the order in which a reader meets the figures that documents show.

    The direction of single personas and workflows is shown by no document; `explain` tells their receipts, and those of
    what is not written down. A receipt that the narrative has no words for gets no number, nor does one of `without`.
    """
    picture = narrative.picture
    gaps = [gap.receipt for gap in picture.gaps if gap.receipt != gap.own_receipt or gap.fact("count")]
    met = [
        picture.breadth.receipt,
        *(persona.receipt for persona in picture.personas),
        picture.depth.receipt,
        *(workflow.receipt for workflow in picture.workflows),
        picture.direction.receipt,
        *(impact.receipt for impact in picture.impacts),
        OUTCOME if picture.outcome else "",
        *gaps,
    ]
    told = [each for each in dict.fromkeys(met) if each not in without and narrative.text(f"receipt:{each}")]
    return {receipt: number for number, receipt in enumerate(told, start=1)}


def shortened(name: str, most: int) -> str:
    """`name`, or as many of its words as fit into `most` letters (wide ones count twice), with an ellipsis."""
    if _letters(name) <= most:
        return name
    cut = name
    while _letters(cut) > most - 1:
        cut = cut[:-1]
    words = cut.rsplit(" ", 1)[0] if name[len(cut)] != " " else cut
    return (words if _letters(words) > most / 2 else cut).rstrip(" ,;.-&") + "…"


def _letters(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
