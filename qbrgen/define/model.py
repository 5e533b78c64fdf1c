"""The nouns of a workspace, resolved and checked: what `define` makes of the user's files.

They are frozen and hold no file positions; where a thing was written is kept by `Definitions.where`.
Shares are exact fractions of one (70% is Fraction(7, 10)). Field audiences are on the picture (score/picture.py),
which is what documents are made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from qbrgen.errors import Finding, Location
from qbrgen.figures import Money
from qbrgen.load.databases import Database
from qbrgen.load.reading import AS_SEEN
from qbrgen.load.reading import Reading as FileReading
from qbrgen.period import Rhythm

if TYPE_CHECKING:
    from qbrgen.define.review_model import BrokenReview, ReviewRecord

# ---- targets --------------------------------------------------------------------------------------------------------


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


# ---- who ------------------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Seat:
    """Days on which a person is in a persona; None: from the first event / without end, or as the data go."""

    persona: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away, both within it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Person:
    """One named member. `id` is the user id in the events; `name` may be the id where no name is known."""

    id: str
    name: str
    seats: tuple[Seat, ...]
    absences: tuple[Absence, ...] = ()
    title: str = ""


# ---- the account ----------------------------------------------------------------------------------------------------


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


# ---- the workspace --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What each part of the score counts for: whole numbers, one at least above 0. A part of weight 0 is left out."""

    breadth: int = 40
    depth: int = 40
    direction: int = 20
    outcome: int = 0  # no part unless asked for: few customers give its readings each quarter


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of method.md that a workspace may set."""

    active_share: Fraction = Fraction(3, 4)  # of the units in seat of the period
    new_units: int = 4  # fewer units in seat than this so far: new
    recent_units: int = 2  # active in one of the last so many
    lapsed_units: int = 4  # nothing in the last so many: lapsed
    impact_stale_days: int = 365
    data_stale_days: int = 45  # an as-of date so long ago is told by `check`
    real_adoption_depth: Fraction = Fraction(3, 5)  # workflows on target for "real adoption" (portfolio)
    score_weights: ScoreWeights = ScoreWeights()


class EachRow(StrEnum):
    """What one row of a table of events or presence stands for."""

    EVENT = "event"
    DAY = "day"  # what happened on the day of its time
    WEEK = "week"  # what happened in the seven days from its time on
    MONTH = "month"  # what happened in the month of its time

    @property
    def days(self) -> int:
        """How many days it is; of a month the fewest."""
        return {EachRow.WEEK: 7, EachRow.MONTH: 28}.get(self, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """One data file, or one table of a database, and which of its columns is what.

    database, name: of a table in a database, which has no path of a file.
    path: of a file in a .zip, that of the archive with the name within it ("exports.zip/events.csv").
    columns: our field → the file's column, or a dotted path into the JSON that a column holds. events: time, user,
    account, event, value, id. people: user, account, name, last_name, title, persona, from, to, updated. accounts:
    account, name, owner, segment, arr, currency, renewal, playbook, updated. presence: time, user, account. values:
    account, metric, period or time, value, numerator, denominator. names: id, name, updated.
    event_columns: of a wide table, event name (of values: metric) → the column that holds its number.
    export: the known export that it is, "" where nobody said. of_account: the account of every row, "" where a column
    tells. names: our field (event, user, account) → the table that says as what its ids are read. only: of presence,
    the names of events that are (* for anything); none where every row is.
    """

    path: Path
    columns: Mapping[str, str]
    where: Location
    each_row: EachRow = EachRow.EVENT
    reading: FileReading = AS_SEEN
    event_columns: Mapping[str, str] = field(default_factory=dict)
    database: Database | None = None
    name: str = ""
    export: str = ""
    of_account: str = ""
    names: Mapping[str, Table] = field(default_factory=dict)
    only: tuple[str, ...] = ()

    def called(self, root: Path) -> str:
        """How messages and receipts call it: the file as it lies in the workspace `root`, or database and table."""
        if self.database:
            return f"{self.database.name}: {self.name}"
        return (self.path.relative_to(root) if self.path.is_relative_to(root) else self.path).as_posix()


@dataclass(frozen=True, slots=True)
class Sources:
    """Every data source of a workspace, by what it holds.

    other_forms: how else an id of the workspace may be written in them → the id (of Salesforce, 15 characters → 18).
    """

    events: tuple[Table, ...] = ()
    people: tuple[Table, ...] = ()
    accounts: tuple[Table, ...] = ()
    presence: tuple[Table, ...] = ()
    values: tuple[Table, ...] = ()
    other_forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """qbrgen.yml. as_of None: the last full day that the events cover. data_start None: their first day.

    draft: not confirmed yet, and so is every account.
    """

    root: Path
    vendor: str
    theme: str = "plain"
    fiscal_year_starts: int = 1
    time_zone: tzinfo | None = None
    time_zone_name: str = "UTC"
    locale: str = "en-GB"
    paper: Literal["A4", "Letter"] = "A4"
    currency: str = ""
    as_of: date | None = None
    data_start: date | None = None
    closed_weeks: frozenset[int] = frozenset()
    rules: Rules = field(default_factory=Rules)
    sources: Sources = field(default_factory=Sources)
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """A workspace that holds together: its settings and accounts; broken accounts set aside, each with its findings.

    accounts: by id, in order of id. set_aside: account id → the findings that break it. findings: every warning and
    note that stops nothing. where: "account/acme", "playbook/sales/reps/touches", … → the place it was written.
    reviews: account id → period (2026-Q2) → its review as it was delivered. broken_reviews: its records that
    cannot be used.
    """

    settings: Settings
    accounts: Mapping[str, Account]
    set_aside: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    where: Mapping[str, Location] = field(default_factory=dict)
    reviews: Mapping[str, Mapping[str, ReviewRecord]] = field(default_factory=dict)
    broken_reviews: Mapping[str, tuple[BrokenReview, ...]] = field(default_factory=dict)
