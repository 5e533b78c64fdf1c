"""What measuring hands on to scoring: small pandas frames, and the balance of the rows.

Every count is exact (Decimal in object columns would be slow: occurrences are int64 micro-units, 1 occurrence =
1_000_000, see `MICRO`), so that sums do not depend on the order of rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from qbrgen.errors import Finding, Location

MICRO = 1_000_000


class Reason(StrEnum):
    """Why a row is set aside; where several apply, the first of them in this order."""

    DUPLICATE = "duplicate id"
    SAME_ROW = "the same row in another file"
    HEADER = "the header again"
    TIME = "time not readable"
    NO_USER = "no user"
    NO_ACCOUNT = "no account"
    UNKNOWN_ACCOUNT = "unknown account"
    ACCOUNT_SET_ASIDE = "account set aside"
    NO_EVENT = "no event name"
    BAD_VALUE = "value not readable"
    NO_VALUE = "value of 0 or less"
    BEFORE = "before the data start"
    AFTER = "after the as-of date"


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows in = counted + in part weeks + set aside, by reason (the texts of `Reason`).

    rows: event rows read. counted: those in full weeks of accounts that are defined, whoever's and of whatever name.
    in_part_weeks: rows whose ISO week is not full within the data: they count in no week, only in milestone windows.
    of_unknown_people, of_no_persona: rows among those counted which count for nobody: of users whom no roster knows,
    and of people in no persona.
    by_source: file (within the workspace) → rows read. times: file → its first and last local time, where it has one.
    examples: reason → the place of one such row.
    """

    rows: int
    counted: int
    set_aside: Mapping[str, int]
    by_source: Mapping[str, int] = field(default_factory=dict)
    in_part_weeks: int = 0
    of_unknown_people: int = 0
    of_no_persona: int = 0
    times: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)
    examples: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of a whole workspace.

    as_of, data_start: the last full day and the first day that the data cover (the workspace's, not an account's).
    weekly: account, user, event, week (int, see period.py), occurrences (int64 micro-units), rows (int64); full weeks
      within the data only, every event name of any definition of that account.
    daily: account, user, event, day (datetime64[ns] midnight, local), occurrences, rows; only the event names of
      milestones; every day within the data, part weeks too.
    ordered: account, user, event, at (datetime64[us], local wall time), day; only the event names of chains, sorted by
      account, user, at, event.
    first_event: account, user, day: the first event of any name by that user at that account.
    life: account, week, rows, occurrences (float64 micro-units, the one sum that is not exact): events of any name by
      anyone, for the silence of a feed and as the rival of the backtest; last_day per account is in `last_event`
      (account → date).
    heard: account, week, first, last (datetime64[ns] midnight): the first and last day of any week, part weeks too, on
      which an event of any name came.
    presence: account, user, week (one row a week with any presence); used for the masked check only.
    values: account, metric, first, last (datetime64[ns]: the time each value speaks of, in whole ISO weeks where it is
      longer than a day), value, numerator, denominator (exact `Fraction`, None where there is none); ordered by these.
    unknown_users: account, user, rows: users in events that no roster knows.
    seen_events: every event name that occurs in the workspace.
    unordered: event names of chains that came in rows of a week, of which nobody knows the order: not in `ordered`.
    odd_files: what is odd about single files and stopped nothing.
    event_rows: every event name that occurs → its rows, whatever becomes of them.
    strangers, value_strangers: account id that the workspace does not have → its rows of events, of values.
    """

    as_of: date
    data_start: date
    weekly: pd.DataFrame
    daily: pd.DataFrame
    ordered: pd.DataFrame
    first_event: pd.DataFrame
    life: pd.DataFrame
    heard: pd.DataFrame
    last_event: Mapping[str, date]
    presence: pd.DataFrame
    values: pd.DataFrame
    unknown_users: pd.DataFrame
    seen_events: frozenset[str]
    balance: Balance
    unordered: frozenset[str] = frozenset()
    odd_files: tuple[Finding, ...] = ()
    event_rows: Mapping[str, int] = field(default_factory=dict)
    strangers: Mapping[str, int] = field(default_factory=dict)
    value_strangers: Mapping[str, int] = field(default_factory=dict)
