"""What a playbook holds: personas, their workflows, and the measure behind each target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from qbrgen.period import Rhythm


@dataclass(frozen=True, slots=True)
class Share:
    """Σ occurrences of `numerator` events ÷ Σ occurrences of `denominator` events over the persona's people.

    A denominator that includes the numerator lists both event names.
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frequency:
    """Units in seat with at least `times` occurrences of `events` ÷ units in seat."""

    events: tuple[str, ...]
    times: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One condition of a milestone: at least this many occurrences of the event within the window."""

    event: str
    at_least: Fraction


@dataclass(frozen=True, slots=True)
class Milestone:
    """People who fulfil every step within `within_days` of starting ÷ people whose window closed. The start: day 1."""

    steps: tuple[Step, ...]
    within_days: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A frequency target over a chain: one person does `events` in this order within `within_days` days.

    Counts as one occurrence in the week of its last event; `times` per unit as for Frequency.
    """

    events: tuple[str, ...]
    within_days: int
    times: Fraction


class Combine(StrEnum):
    """How several ready-made values in one period become one."""

    LAST = "last"
    MEAN = "mean"
    RATIO = "sum ÷ sum"


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A number per period from another system (`source` names it), found in the values table under `metric`."""

    metric: str
    source: str
    combine: Combine


Measure = Share | Frequency | Milestone | Chain | ReadyMade


@dataclass(frozen=True, slots=True)
class Workflow:
    """An action that produces the outcome.

    id is unique within its persona. name: a noun phrase ("Outbound touches through sequences"). produces: mandatory.
    says: words for sentences. Share and ready-made: {"of": "outbound touches", "do": "run through sequences"};
    frequency, chain, milestone: {"did": "reviewed the pipeline board"}.
    synonyms: other words people use for it (the test of a sentence).
    """

    id: str
    name: str
    produces: str
    target: Fraction
    measure: Measure
    says: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """share, frequency, milestone, chain or value."""
        return {Share: "share", Frequency: "frequency", Milestone: "milestone", Chain: "chain", ReadyMade: "value"}[
            type(self.measure)
        ]


@dataclass(frozen=True, slots=True)
class Persona:
    """A named group of people who must work differently.

    name: plural, as said in a sentence ("quota-carrying reps"); one: singular ("quota-carrying rep").
    the: how a single member is called when there is just one ("the sales manager"); default "the " + one.
    target: share of its people to be active. titles: patterns (case-insensitive, * and ? wildcards) that find its
    people by job title; an account's own list goes before them.
    """

    id: str
    name: str
    one: str
    rhythm: Rhythm
    target: Fraction
    workflows: tuple[Workflow, ...]
    titles: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
