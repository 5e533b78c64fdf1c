"""The counts of one account, as plain dictionaries: what every rule of scoring reads.

In: the workspace's `Counts` (pandas frames). Out: one `Evidence` an account. Each frame is walked once for all
accounts, so that thousands of accounts cost no pandas call each. Days are proleptic ordinals (`date.toordinal`),
weeks are numbers (period.py), occurrences stay whole micro-units.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from qbrgen.measure.counts import Counts

if TYPE_CHECKING:
    import pandas as pd

_DAY_ZERO = date(1970, 1, 1).toordinal()

Occurrences = dict[str, dict[str, dict[int, int]]]
"""user → event → week or day → micro-units."""


@dataclass(frozen=True, slots=True)
class Value:
    """One row of a ready-made metric, and the days it speaks of."""

    metric: str
    first: int
    last: int
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a chain. `at` only orders."""

    at: int
    event: str
    day: int


@dataclass(slots=True)
class Evidence:
    """Everything that was counted for one account. unknown: user → rows, of people whom no roster knows."""

    weekly: Occurrences = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    daily: Occurrences = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    ordered: dict[str, list[Moment]] = field(default_factory=lambda: defaultdict(list))
    first_event: dict[str, int] = field(default_factory=dict)
    life: set[int] = field(default_factory=set)
    heard: dict[int, tuple[int, int]] = field(default_factory=dict)  # week → its first and last day with an event
    presence: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    values: list[Value] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def occurrences(self, user: str, event: str) -> Mapping[int, int]:
        """Week → micro-units of one event by one person."""
        return self.weekly[user][event] if user in self.weekly and event in self.weekly[user] else {}

    def last_heard(self, until_week: int) -> date | None:
        """The last day, up to the end of a week, on which an event of any name by anyone came."""
        days = [last for week, (_, last) in self.heard.items() if week <= until_week]
        return date.fromordinal(max(days)) if days else None

    def next_heard(self, after_week: int) -> date | None:
        """The first such day after a week."""
        days = [first for week, (first, _) in self.heard.items() if week > after_week]
        return date.fromordinal(min(days)) if days else None

    def on_days(self, user: str, event: str) -> Mapping[int, int]:
        """Day → micro-units of one event by one person."""
        return self.daily[user][event] if user in self.daily and event in self.daily[user] else {}


def gather(counts: Counts, accounts: Iterable[str]) -> dict[str, Evidence]:
    """account id → its evidence, for every account asked for (an empty one where nothing was counted)."""
    found = {account: Evidence() for account in accounts}
    _weekly(counts.weekly, found)
    _daily(counts.daily, found)
    _ordered(counts.ordered, found)
    for account, user, day in _rows(counts.first_event, found, "user", "day", days=("day",)):
        found[account].first_event[user] = min(day, found[account].first_event.get(user, day))
    for account, week in _rows(counts.life, found, "week"):
        found[account].life.add(int(week))
    for account, user, week in _rows(counts.presence, found, "user", "week"):
        found[account].presence[user].add(int(week))
    for account, user, rows in _rows(counts.unknown_users, found, "user", "rows"):
        found[account].unknown[user] += int(rows)
    _values(counts.values, found)
    for account, week, first, last in _rows(counts.heard, found, "week", "first", "last", days=("first", "last")):
        found[account].heard[int(week)] = (first, last)
    return found


def exact(number: object) -> Fraction | None:
    """The number as it was written: 0.7 is 7/10, not its nearest binary fraction; None for what is missing."""
    if number is None or (isinstance(number, float) and math.isnan(number)):
        return None
    if isinstance(number, (int, Fraction)):
        return Fraction(number)
    text = str(number)
    return None if text in ("nan", "NaN", "<NA>", "None", "NaT") else Fraction(text)


def _rows(
    frame: pd.DataFrame, found: Mapping[str, Evidence], *columns: str, days: tuple[str, ...] = ()
) -> Iterable[Any]:
    """(account, *columns) of the rows of accounts asked for; columns named in `days` as ordinals."""
    if frame.empty:
        return
    if len(found) < frame["account"].nunique():
        frame = frame[frame["account"].isin(list(found))]
    lists = [_ordinals(frame[name]) if name in days else frame[name].tolist() for name in columns]
    for row in zip(frame["account"].tolist(), *lists, strict=True):
        if row[0] in found:
            yield row


def _ordinals(column: pd.Series[Any]) -> list[int]:
    import pandas as pd

    days = pd.to_datetime(column).to_numpy().astype("datetime64[D]").astype("int64")
    return [int(day) + _DAY_ZERO for day in days]


def _weekly(frame: pd.DataFrame, found: Mapping[str, Evidence]) -> None:
    for account, user, event, week, micro in _rows(frame, found, "user", "event", "week", "occurrences"):
        weeks = found[account].weekly[user][event]
        weeks[int(week)] = weeks.get(int(week), 0) + int(micro)


def _daily(frame: pd.DataFrame, found: Mapping[str, Evidence]) -> None:
    for account, user, event, day, micro in _rows(frame, found, "user", "event", "day", "occurrences", days=("day",)):
        days = found[account].daily[user][event]
        days[day] = days.get(day, 0) + int(micro)


def _ordered(frame: pd.DataFrame, found: Mapping[str, Evidence]) -> None:
    if frame.empty:
        return
    import pandas as pd

    # microseconds whatever the column's own resolution, so that moments compare
    frame = frame.assign(at=pd.to_datetime(frame["at"]).astype("datetime64[us]").astype("int64"))
    for account, user, event, at, day in _rows(frame, found, "user", "event", "at", "day", days=("day",)):
        found[account].ordered[user].append(Moment(int(at), event, day))


def _values(frame: pd.DataFrame, found: Mapping[str, Evidence]) -> None:
    columns = ("metric", "first", "last", "value", "numerator", "denominator")
    for account, metric, first, last, value, above, below in _rows(frame, found, *columns, days=("first", "last")):
        found[account].values.append(Value(metric, first, last, exact(value), exact(above), exact(below)))
