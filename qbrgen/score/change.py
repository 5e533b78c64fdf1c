"""What has moved since a delivered review, and why: nouns. score/changes.py has the rule.

A figure goes from what was delivered to what is counted now by steps, each with its causes. The steps join: one begins
where the one before ended, the first at the figure as delivered, the last at today's. So their sizes add up exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qbrgen.audience import customer, internal
from qbrgen.period import Period
from qbrgen.score.states import PersonState, TargetState


class FigureKind(StrEnum):
    """Which figure it is."""

    PEOPLE = "people"  # everyone
    PERSONA = "persona"
    WORKFLOWS = "workflows"  # on target
    WORKFLOW = "workflow"
    DIRECTION = "direction"


class Why(StrEnum):
    """Why a figure or a sentence is another one; in the order in which they are told."""

    DATA = "data"  # events of the reviewed quarter came late or were corrected
    ROSTER = "roster"  # seats, absences or closed weeks of the reviewed quarter read differently today
    DEFINITION = "definition"
    TARGET = "target"
    LEFT = "left"  # people of the reviewed quarter who are not in the later one
    COHORT = "cohort"  # of a milestone: those whose time was up are others each quarter
    EVENTS = "events"  # what the same people did in the later quarter
    JOINED = "joined"  # people of the later quarter who were not in the reviewed one
    SILENT = "silent"  # no data came in one of the two quarters
    BEYOND = "beyond"  # the data no longer hold the reviewed quarter
    STATED = "stated"  # the account's file says something else
    TIME = "time"  # another quarter is told, or a date has passed
    WORDING = "wording"  # the same figures in other words
    UNKNOWN = "unknown"  # the record does not tell


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at one place of its way. Counts of people and of workflows have no `value`.

    numerator, denominator: the counts behind it; None where it has none. target: by which `state` was judged; None for
    a figure over several targets.
    """

    value: Fraction | None = customer(default=None)
    numerator: Fraction | None = customer(default=None)
    denominator: Fraction | None = customer(default=None)
    state: TargetState | None = customer(default=None)
    target: Fraction | None = customer(default=None)


@dataclass(frozen=True, slots=True)
class Move:
    """One person who stands otherwise after a step. None: not in the persona at that time, or not told."""

    then: PersonState | None = customer()
    now: PersonState | None = customer()
    id: str = internal(default="")
    name: str = internal(default="")


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the way of a figure. Several causes: what each of them did cannot be told apart.

    moves: of a persona, who stands otherwise; of a workflow, who left or joined; in the roster's order.
    """

    causes: tuple[Why, ...] = customer()
    before: Point = customer()
    after: Point = customer()
    moves: tuple[Move, ...] = customer(default=())

    @property
    def value(self) -> Fraction | None:
        """How much the value moved, in shares of one; None where there is none on a side."""
        return _less(self.after.value, self.before.value)

    @property
    def numerator(self) -> Fraction | None:
        """How much the number moved that was counted."""
        return _less(self.after.numerator, self.before.numerator)

    @property
    def denominator(self) -> Fraction | None:
        """How much the number moved that it is counted of."""
        return _less(self.after.denominator, self.before.denominator)


def _less(after: Fraction | None, before: Fraction | None) -> Fraction | None:
    return None if after is None or before is None else after - before


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that is not as it was delivered.

    id: that of its receipt ("people", "persona:reps", "workflows", "workflow:reps/touches", "direction"). then, now:
    None where it was not there, or is no longer. trend_then, trend_now: the words of a direction. causes: those of its
    steps and, though it moved nothing, of another definition; of a direction those of all other figures; () where the
    record does not tell.
    """

    kind: FigureKind = customer()
    id: str = customer()
    name: str = customer()
    then: Point | None = customer(default=None)
    now: Point | None = customer(default=None)
    steps: tuple[Step, ...] = customer(default=())
    causes: tuple[Why, ...] = customer(default=())
    trend_then: str = customer(default="")
    trend_now: str = customer(default="")


@dataclass(frozen=True, slots=True)
class PeopleMove:
    """Something that is said of a persona's people has moved, whether or not another number of them is active.

    states: those that someone left or came to. often: in how many weeks the active ones do it at least.
    """

    persona: str = customer()
    causes: tuple[Why, ...] = customer()
    states: tuple[PersonState, ...] = customer(default=())
    often: bool = customer(default=False)


@dataclass(frozen=True, slots=True)
class LateEvents:
    """Events of one name in the weeks of the review: how many it counted, and how many there are today, by whoever."""

    event: str = internal(default="")
    then: Fraction = internal(default=Fraction(0))
    now: Fraction = internal(default=Fraction(0))


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is not as the last delivered review had it.

    period: the reviewed one. same_period: it is the picture's own, so that what was delivered is no longer so.
    recorded_on: when it was delivered; as_of: the last day of its data. people: what moved in all that is said of them.
    told: key → sentence, as the customer's deck had it; empty in a record that was written before sentences were kept.
    """

    period: Period = customer()
    same_period: bool = customer()
    recorded_on: date = customer()
    as_of: date = customer()
    figures: tuple[FigureChange, ...] = customer(default=())
    people: tuple[PeopleMove, ...] = customer(default=())
    late: tuple[LateEvents, ...] = internal(default=())
    told: Mapping[str, str] = customer(default_factory=dict)

    def figure(self, receipt: str) -> FigureChange | None:
        """The change of the figure with this receipt, or None."""
        return next((each for each in self.figures if each.id == receipt), None)


def in_order(causes: set[Why]) -> tuple[Why, ...]:
    """Causes in the order in which they are told."""
    return tuple(cause for cause in Why if cause in causes)
