"""The nouns of a draft: what `init` proposes before anybody has confirmed it. Frozen; what makes them are functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qbrgen.draft.survey import Surveyed
from qbrgen.period import Rhythm


class Kind(StrEnum):
    """What a table holds, by the key of `data:` that it goes under. NAMES: of ids in another table."""

    EVENTS = "events"
    PEOPLE = "people"
    ACCOUNTS = "accounts"
    PRESENCE = "presence"
    VALUES = "values"
    NAMES = "names"


@dataclass(frozen=True)
class Mapped:
    """A table and what its columns are.

    columns: our field → the file's column. reasons: our field → why. export, because: the known export that it is, and
    how it was recognised; "" where its columns were found by names and contents. each_row: "" for an event.
    event_columns: of a wide table, event name → column. left: its columns that tell of something that is not used →
    why. account: the one account that all its rows are of, "" where a column says it. names: the table with the names
    of its events. presence: patterns of its events that are no work. dates: day-first or month-first, where somebody
    said it. persona: of people, that of everyone whom nothing else puts into one. months_in_use: of values,
    whether each number is read as whether there was any use.
    """

    kind: Kind
    table: Surveyed
    columns: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    export: str = ""
    because: str = ""
    each_row: str = ""
    event_columns: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    names: Mapped | None = None
    presence: tuple[str, ...] = ()
    dates: str = ""
    persona: str = ""
    months_in_use: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A target proposed: a share; what the data reach today, and the reason for the one that is proposed."""

    share: Fraction
    today: Fraction
    why: str


@dataclass(frozen=True)
class DraftWorkflow:
    """A workflow proposed: of events, or of a ready-made metric. why: by what it was chosen."""

    id: str
    name: str
    did: str
    events: tuple[str, ...]
    target: Target
    why: str
    metric: str = ""


@dataclass(frozen=True)
class DraftPersona:
    """A persona proposed. titles: patterns. people, with_events: how many it takes, and how many of them do something.

    share: of all people with a job title.
    """

    id: str
    name: str
    one: str
    titles: tuple[str, ...]
    rhythm: Rhythm
    rhythm_why: str
    target: Target
    workflows: tuple[DraftWorkflow, ...]
    people: int
    with_events: int
    share: Fraction
    why: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that is proposed as no workflow. rows: how often it is in the data. why: presence, upkeep, …"""

    event: str
    rows: int
    why: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A job title in no proposed persona. with_events: how many of its people do something."""

    title: str
    people: int
    with_events: int


@dataclass(frozen=True)
class Draft:
    """A workspace proposed.

    tables: mapped. left: files that are used for nothing → why. accounts: of those that get a file of their own, the
    id and the name that the data have ("" for none); none where they come from a table (account_table: "people" where
    it is the list of people). roster: (user, account, title) to be written into a file of the workspace's own, where
    the export has no list of people that can be used. cannot: what the data do not tell, each a sentence. first_day,
    last_day: of the events.
    """

    tables: tuple[Mapped, ...]
    left: tuple[tuple[str, str], ...]
    personas: tuple[DraftPersona, ...]
    set_aside: tuple[SetAside, ...]
    unused: tuple[SetAside, ...]
    unmatched: tuple[Unmatched, ...]
    people: int
    cannot: tuple[str, ...] = ()
    from_table: bool = False
    account_table: str = ""
    accounts: Mapping[str, str] = field(default_factory=dict)
    roster: tuple[tuple[str, str, str], ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    def of(self, kind: Kind) -> tuple[Mapped, ...]:
        """The tables that hold something."""
        return tuple(mapped for mapped in self.tables if mapped.kind is kind)
