"""What measuring hands on to scoring: small pandas frames, and the balance of the rows.

Every count is exact (Decimal in object columns would be slow: occurrences are int64 micro-units, 1 occurrence =
1_000_000, see `MICRO`), so that sums do not depend on the order of rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows in = counted + set aside, by reason ("no user", "no account", "time not readable", "after the as-of date",
    "before the data start", "unknown account", "duplicate id", "value of 0 or less").

    in_part_weeks: rows that count nowhere because their ISO week is not full within the data (part of `counted`'s
    complement too). by_source: file name → rows read.
    """

    rows: int
    counted: int
    set_aside: Mapping[str, int]
    by_source: Mapping[str, int] = field(default_factory=dict)


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
    life: account, week, rows: events of any name by anyone, for the silence of a feed; last_day per account is in
      `last_event` (account → date).
    presence: account, user, week (one row a week with any presence); used for the masked check only.
    values: account, metric, first, last (dates of the time each value speaks of), value, numerator, denominator.
    unknown_users: account, user, rows: users in events that no roster knows.
    seen_events: every event name that occurs in the workspace.
    """

    as_of: date
    data_start: date
    weekly: pd.DataFrame
    daily: pd.DataFrame
    ordered: pd.DataFrame
    first_event: pd.DataFrame
    life: pd.DataFrame
    last_event: Mapping[str, date]
    presence: pd.DataFrame
    values: pd.DataFrame
    unknown_users: pd.DataFrame
    seen_events: frozenset[str]
    balance: Balance
