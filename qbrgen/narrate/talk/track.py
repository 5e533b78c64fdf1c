"""What the parts of a talk track share: the two narratives behind it, and a sentence with its receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from qbrgen.audience import Audience
from qbrgen.narrate.gaps import is_open_plan
from qbrgen.narrate.statement import Narrative
from qbrgen.narrate.teller import Teller
from qbrgen.score.facts.listed import PLAN
from qbrgen.score.picture import AccountPicture, Gap


class Said(NamedTuple):
    """A sentence, and the ids of the receipts behind its numbers."""

    text: str
    receipts: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A question that may come, and its honest answer."""

    question: Said
    answer: Said


@dataclass(frozen=True, slots=True)
class Talk:
    """teller: of leadership's narrative, with all its statements. deck: the customer's, for what is said aloud."""

    teller: Teller
    deck: Narrative

    @property
    def picture(self) -> AccountPicture:
        return self.teller.picture

    def said(self, key: str, receipts: Iterable[str] = (), **facts: object) -> list[Said]:
        """The entry talk.<key> as a list of one, for building lists of what may be missing."""
        return [Said(self.words(key, **facts), tuple(receipts))]

    def words(self, key: str, **facts: object) -> str:
        """The entry talk.<key>."""
        return self.teller.say(f"talk.{key}", **facts)

    def asked(self, key: str, receipts: Iterable[str] = (), *, case: str = "", **facts: object) -> list[Asked]:
        """The entries talk.<key>-question and talk.<key>-answer<case> with the same facts, as a list of one."""
        found = tuple(receipts)
        question, answer = self.words(f"{key}-question", **facts), self.words(f"{key}-answer{case}", **facts)
        return [Asked(Said(question, found), Said(answer, found))]

    def of_brief(self, key: str) -> list[Said]:
        """A statement as leadership reads it."""
        told = self.teller.statements.get(key)
        return [Said(told.text, told.receipts)] if told else []

    @property
    def hidden_gaps(self) -> list[Gap]:
        """What the customer's file does not show."""
        return [gap for gap in self.picture.gaps if gap.audience is Audience.INTERNAL]

    @property
    def open_gaps(self) -> list[Gap]:
        """What the customer's file shows, without a plan that still holds."""
        shown = [gap for gap in self.picture.gaps if gap.audience is Audience.CUSTOMER]
        return [gap for gap in shown if not is_open_plan(gap.action)]


def receipts_of(gaps: Iterable[Gap]) -> list[str]:
    """The receipts of what gaps say, and of the plans that close them."""
    return [receipt for gap in gaps for receipt in (gap.receipt, gap.own_receipt, PLAN if gap.action else "")]
