"""Which sentences of the customer's deck read otherwise than in a delivered review, why, and in which order to read.

In: the changes of a picture and today's narrative for the customer's deck. Out: `SentenceTold`s. The causes of a
sentence are those of everything that it says: figures, states of people, how often, what was stated, the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from qbrgen.audience import customer
from qbrgen.narrate.grammar import often
from qbrgen.narrate.moved import why_text
from qbrgen.narrate.sentence import plan_said
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import Wording, capital
from qbrgen.score.change import Changes, FigureChange, FigureKind, Why, in_order
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import PersonState

MAIN = "sentence"
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_STATED = ("impact:", "outcome", "plan", "gap:impact", "gap:outcome")
_MIXED = ("gap:", "commitment")  # counted, and with what was stated
_OF_REVIEW = ("commitment", "since-review")
_PEOPLE_GAPS = {"not-yet": PersonState.NOT_YET, "lapsed": PersonState.LAPSED, "occasional": PersonState.OCCASIONAL}
_ORDER = ("people", "persona", "direction", "impact", "outcome", "workflow", "gap", "plan")


@dataclass(frozen=True, slots=True)
class SentenceTold:
    """One sentence of the deck, then and now; "" where it was not, or is not, said.

    title: what it is about. why: the causes in words. only_quarter: it says the same of another quarter.
    """

    key: str = customer()
    title: str = customer()
    then: str = customer()
    now: str = customer()
    causes: tuple[Why, ...] = customer()
    why: str = customer()
    only_quarter: bool = customer(default=False)


def sentences_told(changes: Changes, deck: Narrative, wording: Wording) -> list[SentenceTold]:
    """Every sentence that reads otherwise, is new or is gone, what weighs most first.

    What a deck says of the review before it is another matter in each quarter, and passed over.
    """
    told = _Reworded(changes, deck, wording)
    return sorted(told.sentences(), key=told.weight)  # within one weight in the order of today's deck


def as_then(deck: Narrative, as_of: date, wording: Wording) -> Narrative:
    """Today's deck as it would have read on the last day of the review's data: what differs from it is time alone."""
    picture = deck.picture
    actions = tuple(
        replace(
            each,
            overdue=each.action.due is not None and each.action.due <= as_of and each.action.done_on is None,
        )
        for each in picture.actions
    )
    of = {each.action.id: each for each in actions}
    gaps = tuple(replace(gap, action=of[gap.action.action.id] if gap.action else None) for gap in picture.gaps)
    return narrate(replace(picture, as_of=as_of, actions=actions, gaps=gaps), Register.DECK, wording)


@dataclass(frozen=True)
class _Reworded:
    """One review against today's deck."""

    changes: Changes
    deck: Narrative
    wording: Wording

    def sentences(self) -> Iterator[SentenceTold]:
        spoken = self.deck.spoken()
        for key in (*spoken, *(key for key in self.changes.told if key not in spoken)):
            then, now = self.changes.told.get(key, ""), self.deck.text(key) if key in spoken else ""
            if then == now or (key.startswith(_OF_REVIEW) and not self.changes.same_period):
                continue
            only_quarter = not self.changes.same_period and self._only_quarter(key, then, now)
            causes = (Why.TIME,) if only_quarter else in_order(set(self._causes(key, then, now)))
            yield SentenceTold(
                key=key,
                title=self._title(key),
                then=then,
                now=now,
                causes=causes,
                why=why_text(self.wording, causes, self.changes),
                only_quarter=only_quarter,
            )

    @cached_property
    def _before(self) -> Narrative:
        return as_then(self.deck, self.changes.as_of, self.wording)

    @cached_property
    def _teller(self) -> Teller:
        return Teller(self.deck.picture, Register.DECK, self.wording)

    # ---- causes -----------------------------------------------------------------------------------------------------

    def _causes(self, key: str, then: str, now: str) -> Iterable[Why]:
        moved = self._of_people(key, then)
        if not moved or (then and now) or not key.startswith("gap:"):  # who came to be so, or no longer is, says it all
            moved |= {cause for figure in self._figures_in(key) for cause in figure.causes}
        if key == "people" and any(Why.TARGET in each.causes for each in self.changes.figures if _of_persona(each)):
            moved.add(Why.TARGET)  # how many groups reach theirs
        if self._stated_since(key, ("impact:", "outcome")):
            moved.add(Why.STATED)
        if key == MAIN:
            moved |= set(self._of_main(then))
        return moved or self._unmoved(key, then, now)

    def _of_people(self, key: str, then: str) -> set[Why]:
        """What moved in what a sentence says of people: their states, and how often the active ones do it."""
        kind, _, about = key.partition(":")
        if key == MAIN or kind == "persona":
            moves = [move for move in self.changes.people if key == MAIN or move.persona == about]
            personas = [each for each in self.deck.picture.personas if key == MAIN or each.id == about]
            if often(self._teller, personas).casefold() in then.casefold():  # as often as it was said then
                moves = [move for move in moves if move.states]
        else:
            state = _PEOPLE_GAPS.get(about.partition("/")[0]) if kind == "gap" else None
            persona = about.partition("/")[2]
            moves = [move for move in self.changes.people if move.persona == persona and state in move.states]
        return {cause for move in moves for cause in move.causes}

    def _of_main(self, then: str) -> Iterator[Why]:
        """What moved at the end of the one sentence: what is produced, where that is no longer told, and the plan."""
        statement = self.deck.statements.get(MAIN)
        impacts = [key.partition(":")[2] for key in self.changes.told if key.startswith("impact:")]
        if impacts and not any(each.startswith("impact:") for each in (statement.receipts if statement else ())):
            stale = {each.impact.id for each in self.deck.picture.impacts if each.stale}
            yield Why.TIME if stale & set(impacts) else Why.STATED
        now = plan_said(self._teller)
        had = any(key.startswith(tuple(f"gap:{kind}/" for kind in _PEOPLE_GAPS)) for key in self.changes.told)
        if not now or not had or self._ends(then, now):
            return
        if self._ends(then, plan_said(Teller(self._before.picture, Register.DECK, self.wording))):
            yield Why.TIME
        elif self.changes.told.get("plan", "") != self._before.text("plan"):
            yield Why.STATED

    def _ends(self, sentence: str, clause: str) -> bool:
        return sentence.casefold().endswith(self.wording.sentence(clause).casefold())

    def _unmoved(self, key: str, then: str, now: str) -> Iterable[Why]:
        """Why a sentence reads otherwise though nothing in it has moved that is known to."""
        if self._before.text(key) == then or self._stale(key):
            return [Why.TIME]
        if self._stated_since(key, ("plan",)):
            return [Why.STATED]
        reworded = bool(then and now) and FIGURES.findall(then) == FIGURES.findall(now)
        if key.startswith(_STATED) or (reworded and key.startswith(_MIXED) and self.changes.same_period):
            return [Why.STATED, Why.WORDING] if reworded else [Why.STATED]
        if not self.changes.same_period:
            return [Why.EVENTS] if key == "direction" else [Why.TIME]  # others did more, or less, of the same people
        if reworded:
            return [Why.WORDING]
        return [Why.DATA] if self.changes.late else [Why.UNKNOWN]  # the record has no more than numbers of events

    def _figures_in(self, key: str) -> list[FigureChange]:
        """The figures in a sentence that have moved: by its receipts; of one that is no longer said by its key."""
        statement = self.deck.statements.get(key)
        if statement is not None:
            return [each for each in self.changes.figures if each.id in statement.receipts]
        _, _, about = key.partition(":")
        names = {key, f"persona:{about}", f"workflow:{about}"}
        if key.startswith("gap:"):  # its kind, then what it is about
            about = about.partition("/")[2]
            names |= {f"persona:{about}", f"workflow:{about}"}
        if key == MAIN:
            return list(self.changes.figures)
        return [each for each in self.changes.figures if each.id in names]

    def _stated_since(self, key: str, kinds: tuple[str, ...]) -> bool:
        """Whether a sentence carries what somebody stated, and the sentence of that alone reads otherwise."""
        statement = self.deck.statements.get(key)
        if statement is None or key.startswith(_STATED):
            return False
        receipts = [receipt for receipt in statement.receipts if receipt.startswith(kinds)]
        return any(self.changes.told.get(receipt, "") != self.deck.text(receipt) for receipt in receipts)

    def _stale(self, key: str) -> bool:
        """Whether the sentence is of an impact that is too old to be told today."""
        stale = {each.impact.id for each in self.deck.picture.impacts if each.stale}
        return any(key in (f"impact:{each}", f"gap:impact/{each}") for each in stale)

    # ---- what says the same of another quarter ----------------------------------------------------------------------

    def _only_quarter(self, key: str, then: str, now: str) -> bool:
        """Whether it said then what it says now, but for the name of the quarter and the words about the one before."""
        if not then or not now:
            return False
        plain = [each.text(key) for each in self._of_that_quarter]
        return any(text and (then == text or then.startswith(f"{text} ")) for text in plain)

    @cached_property
    def _of_that_quarter(self) -> list[Narrative]:
        """Today's deck under the name of the reviewed quarter, without the one before, over as many weeks as a quarter
        has and over as many as are compared today."""
        picture = replace(_alone(self._before.picture), period=self.changes.period)
        weeks = {picture.direction.weeks, len(self.changes.period.weeks)}
        pictures = [replace(picture, direction=replace(picture.direction, weeks=each)) for each in sorted(weeks)]
        return [narrate(each, Register.DECK, self.wording) for each in pictures]

    # ---- titles and order -------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, str]:
        """What is counted by the id of its receipt: its name."""
        picture = self.deck.picture
        gone = {each.id: each.name for each in self.changes.figures if each.name}
        here = {f"persona:{each.id}": each.name for each in picture.personas}
        return {**gone, **here, **{f"workflow:{each.id}": each.name for each in picture.workflows}}

    def _title(self, key: str) -> str:
        kind, _, about = key.partition(":")
        name = self._names.get(key) or self._stated(about)
        if kind == "gap":
            what, _, about = about.partition("/")
            name = self._names.get(f"workflow:{about}") or self._names.get(f"persona:{about}") or self._stated(about)
            kind = "gap-people" if what in _PEOPLE_GAPS else "gap-missing" if key.startswith(_STATED) else kind
        if kind in ("persona", "workflow"):
            return capital(name or about)
        return capital(self.wording.say(f"changes.title-{kind if kind in _TITLED else 'other'}", name=name))

    def _stated(self, impact: str) -> str:
        return next((each.impact.what for each in self.deck.picture.impacts if each.impact.id == impact), "")

    def weight(self, each: SentenceTold) -> tuple[int, bool, Fraction]:
        """People first, then where it goes and what it produces, then workflows: those that crossed their target, then
        those that moved furthest; what is not working before what no longer lacks."""
        kind = each.key.partition(":")[0]
        place = -1 if each.key == MAIN else _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
        if kind == "gap" and not each.now:
            place = len(_ORDER) + 1
        figure = self.changes.figure(each.key)
        if figure is None or kind != "workflow" or figure.then is None or figure.now is None:
            return place, True, Fraction(0)
        size = abs((figure.now.value or Fraction(0)) - (figure.then.value or Fraction(0)))
        return place, figure.then.state is figure.now.state, -size


_TITLED = frozenset(
    {MAIN, "people", "direction", "impact", "outcome", "gap", "gap-people", "gap-missing", "plan"}
    | {"commitments", "commitment", "since-review"}
)


def _of_persona(figure: FigureChange) -> bool:
    return figure.kind is FigureKind.PERSONA


def _alone(picture: AccountPicture) -> AccountPicture:
    """The picture without anything of the quarter before, and without what the last review said."""
    personas = tuple(replace(each, previous=None, delivered=None) for each in picture.personas)
    flows = tuple(
        replace(each, previous=None, previous_ratio=None, previous_reported=None, delivered=None)
        for each in picture.workflows
    )
    breadth = replace(picture.breadth, previous=None, delivered=None)
    alone = replace(picture, personas=personas, workflows=flows, breadth=breadth, previous_period=None)
    return replace(alone, delivered_on=None, retired=(), commitments=None, changes=None)
