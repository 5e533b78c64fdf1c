"""One customer: its people and personas, what it bought, what came of it, and what is planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from qbrgen.define.model.people import Person
from qbrgen.define.model.playbook import Persona, ReadyMade
from qbrgen.figures import Money


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of the outcome at a time: `value` in the outcome's unit."""

    __plain_value__: ClassVar[bool] = True
    value: Fraction
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the customer bought, in the customer's own words.

    bought: a verb phrase ("reach the fourth meeting without hiring"). measure and unit name the figure ("meetings
    booked per rep and month", ""); baseline, goal and present are None where nobody knows.
    synonyms: other words that people use for it (the test of a sentence).
    """

    __plain_value__: ClassVar[bool] = True
    bought: str
    measure: str = ""
    unit: str = ""
    baseline: Reading | None = None
    goal: Reading | None = None
    present: Reading | None = None
    synonyms: tuple[str, ...] = ()


class Source(StrEnum):
    """By whose word an impact is known."""

    MEASURED = "measured"
    ESTIMATE = "estimate"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True)
class Impact:
    """What the workflows produce for the customer.

    what: a noun phrase ("manual email time"). Either `change` (relative: -30% is Fraction(-3, 10)) or `value` with
    `unit`, or `before` and `value` with `unit`. lower_is_better decides better or worse, never the sign alone.
    source None: nobody said; then it is a gap and is not told. by: the witness ("the team", "Dana Ortiz, VP Sales",
    "Salesforce report 00O12"). because: the source itself says that the workflows caused it.
    period: the time that it speaks of, in the user's words ("since March"). said_on: when it was said or measured.
    synonyms: other words that people use for it (the test of a sentence).
    """

    __plain_value__: ClassVar[bool] = True
    id: str
    what: str
    change: Fraction | None = None
    value: Fraction | None = None
    before: Fraction | None = None
    unit: str = ""
    lower_is_better: bool = False
    source: Source | None = None
    by: str = ""
    because: bool = False
    period: str = ""
    said_on: date | None = None
    synonyms: tuple[str, ...] = ()


class Side(StrEnum):
    """Who is to act."""

    CUSTOMER = "customer"
    VENDOR = "vendor"


@dataclass(frozen=True, slots=True)
class Action:
    """A planned step. It is a plan only when action, owner and due are all there.

    closes: what it is meant to close: a persona id, "persona/workflow", "impact", "outcome", or "" (general).
    """

    __plain_value__: ClassVar[bool] = True
    id: str
    action: str
    owner: str = ""
    side: Side = Side.VENDOR
    due: date | None = None
    done_on: date | None = None
    closes: str = ""
    internal: bool = False

    @property
    def is_plan(self) -> bool:
        return bool(self.action and self.owner and self.due)


@dataclass(frozen=True, slots=True)
class Sponsor:
    """The customer's person in the room."""

    __plain_value__: ClassVar[bool] = True
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One customer, its playbook already merged with its own overrides.

    personas: those of the playbook after overrides, in order. people: its roster, resolved. draft: whether anything
    that it uses is not confirmed yet.
    """

    id: str
    name: str
    playbook: str
    personas: tuple[Persona, ...]
    people: tuple[Person, ...]
    owner: str = ""
    segment: str = ""
    arr: Money | None = None
    renewal: date | None = None
    language: str = ""
    sponsor: Sponsor | None = None
    names_agreed: bool = False
    outcome: Outcome | None = None
    impacts: tuple[Impact, ...] = ()
    actions: tuple[Action, ...] = ()
    ask: str = ""  # the decision asked of the customer
    next_review: date | None = None
    ask_of_leadership: str = ""  # internal
    notes: str = ""  # internal
    closed_weeks: frozenset[int] = frozenset()
    draft: bool = False

    @property
    def of_values_alone(self) -> bool:
        """Whether it names no one, and every workflow is a ready-made value, which needs no one."""
        return not self.people and needs_no_one(self.personas)


def needs_no_one(personas: Iterable[Persona]) -> bool:
    """Whether every workflow is a ready-made value."""
    return all(isinstance(workflow.measure, ReadyMade) for persona in personas for workflow in persona.workflows)
