"""What the last delivered review promised, and what became of it: nouns. score/kept.py has the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qbrgen.audience import Audience, customer
from qbrgen.define.model.account import Side
from qbrgen.figures import Ratio
from qbrgen.period import Period


class CommitmentKind(StrEnum):
    """What was promised."""

    PEOPLE = "people"  # a persona reaches its target
    WORKFLOW = "workflow"  # a workflow reaches, or keeps, its target
    ACTION = "action"  # an action is done by its date


class CommitmentState(StrEnum):
    """What became of it; the order in which a reader sees them."""

    MISSED = "missed"
    NOT_MEASURABLE = "not measurable"
    OPEN = "not due yet"  # actions only
    KEPT = "kept"


class Unjudged(StrEnum):
    """Why a promise cannot be measured."""

    NO_DATA = "no data"
    NO_ONE = "no one to count"
    GONE = "no longer in the data"  # a ready-made value that is no longer read


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise, judged by the target and the definition that were recorded with it, over today's data and roster.

    id: the persona's, "persona/workflow", or the action's. name: as recorded; of an action, its words. was_met: it was
    on target when it was promised, so that it was to stay there. value, ratio, unit: as counted now by the recorded
    definition (of people: active of counted). target_now: today's target where it is another one. counted_otherwise:
    today's definition is another one. why: of what is not measurable.
    Of an action: owner, side and due as recorded; done_on: from the account's file. moved_to: its date there now, where
    it is another one. dropped: the account's file no longer has it.
    audience: INTERNAL for an internal action.
    """

    kind: CommitmentKind = customer()
    id: str = customer()
    name: str = customer()
    state: CommitmentState = customer()
    target: Fraction | None = customer(default=None)
    was_met: bool = customer(default=False)
    value: Fraction | None = customer(default=None)
    ratio: Ratio | None = customer(default=None)
    unit: str = customer(default="")
    target_now: Fraction | None = customer(default=None)
    counted_otherwise: bool = customer(default=False)
    why: Unjudged | None = customer(default=None)
    owner: str = customer(default="")
    side: Side = customer(default=Side.VENDOR)
    due: date | None = customer(default=None)
    done_on: date | None = customer(default=None)
    moved_to: date | None = customer(default=None)
    dropped: bool = customer(default=False)
    receipt: str = customer(default="")
    audience: Audience = customer(default=Audience.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Commitments:
    """Everything that the last delivered review promised, the missed ones first (the order of CommitmentState).

    period: of that review. recorded_on: when it was delivered.
    """

    period: Period = customer()
    recorded_on: date = customer()
    all: tuple[Commitment, ...] = customer()

    def of(self, state: CommitmentState) -> tuple[Commitment, ...]:
        """Those that came out so."""
        return tuple(each for each in self.all if each.state is state)

    @property
    def due(self) -> tuple[Commitment, ...]:
        """Those that could be judged: kept or missed."""
        return tuple(each for each in self.all if each.state in (CommitmentState.KEPT, CommitmentState.MISSED))
