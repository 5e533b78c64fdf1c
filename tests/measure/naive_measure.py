"""The measure again, as plain loops over rows: slow, obvious, and sharing nothing with the engine but the words.

It reads the files of a workspace with the csv module and counts with dictionaries. The tests compare it with
`qbrgen.measure.events.measure`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo

MICRO = 1_000_000
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?"
)

Row = dict[str, str]
Key = tuple[str, ...]


def local_time(text: str, zone: ZoneInfo) -> datetime | None:
    """The local wall time of a text, or None."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    day, minutes, seconds, fraction, offset = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day} {minutes or '00:00'}:{seconds or '00'}")
    except ValueError:
        return None
    moment = moment.replace(microsecond=int((fraction or "0").ljust(6, "0")[:6]))
    if offset:
        if offset not in ("Z", "UTC"):
            sign = -1 if offset[0] == "-" else 1
            digits = offset[1:].replace(":", "").ljust(4, "0")
            moment -= sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        moment = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None)
    return moment if 1990 <= moment.year < 2100 else None


def micro_units(text: str) -> int | None:
    """Occurrences in micro-units; None for what is no number."""
    if not text.strip():
        return MICRO
    try:
        return int((Decimal(text.strip()) * MICRO).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        return None


@dataclass
class Naive:
    """The same counts as `Counts`, as dictionaries."""

    as_of: date
    data_start: date
    weekly: dict[Key, tuple[int, int]] = field(default_factory=dict)
    daily: dict[Key, tuple[int, int]] = field(default_factory=dict)
    ordered: list[Key] = field(default_factory=list)
    first_event: dict[Key, date] = field(default_factory=dict)
    life: Counter[tuple[str, int]] = field(default_factory=Counter)
    last_event: dict[str, date] = field(default_factory=dict)
    unknown: Counter[Key] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    counted: int = 0
    in_part_weeks: int = 0


def week_number(day: date) -> int:
    return (day - date(1970, 1, 5)).days // 7


def naive_measure(
    files: list[Path],
    columns: dict[str, str],
    zone: ZoneInfo,
    accounts: dict[str, set[str]],
    asked: dict[str, set[str]],
    by_day: set[str],
    in_order: set[str],
    as_of: date | None = None,
    data_start: date | None = None,
    weekly: Collection[Path] = (),
) -> Naive:
    """accounts: account → its people. asked: account → event names that its definition counts. weekly: the files of
    which each row stands for seven days."""
    rows = [row for file in files for row in _read(file, columns, zone, 7 if file in weekly else 1)]
    times = [row.at for row in rows if row.at]
    last = max(row.at if row.days == 1 else _midnight(row.ends) for row in rows if row.at)
    full = last.date() if (last.hour, last.minute, last.second, last.microsecond) == (0, 0, 0, 0) else None
    counts = Naive(
        as_of or full or last.date() - timedelta(days=1), data_start or min(moment.date() for moment in times)
    )
    copies = _copies(rows)
    for number, row in enumerate(rows):
        reason = "duplicate id" if number in copies else _reason(row, accounts, counts)
        if reason:
            counts.set_aside[reason] += 1
        else:
            _count(counts, row, accounts, asked, by_day, in_order)
    counts.ordered.sort()
    return counts


@dataclass
class _Event:
    at: datetime | None
    user: str
    account: str
    event: str
    value: int | None
    id: str
    days: int

    @property
    def begins(self) -> date:
        assert self.at
        return self.at.date()

    @property
    def ends(self) -> date:
        return self.begins + timedelta(days=self.days - 1)

    @property
    def day(self) -> date:
        """Of a week its fourth day, which lies where most of its days do."""
        return self.begins + timedelta(days=self.days // 2)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _read(file: Path, columns: dict[str, str], zone: ZoneInfo, days: int) -> list[_Event]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return [
            _Event(
                local_time(row[columns["time"]], zone),
                *(row[columns[name]].strip() for name in ("user", "account", "event")),
                micro_units(row[columns["value"]]) if "value" in columns else MICRO,
                row[columns["id"]].strip() if "id" in columns else "",
                days,
            )
            for row in csv.DictReader(opened)
        ]


def _copies(rows: list[_Event]) -> set[int]:
    """The rows whose id another row stands for: the most complete, then the earliest, then the first in ABC order."""
    by_id = defaultdict(list)
    for number, row in enumerate(rows):
        if row.id:
            by_id[row.id].append(number)
    copies: set[int] = set()
    for numbers in by_id.values():

        def order(number: int) -> tuple[object, ...]:
            row = rows[number]
            at, value = row.at or datetime.max, MICRO if row.value is None else row.value
            gaps = (row.at is None, not row.user, not row.account, not row.event)
            return (*gaps, at, row.account, row.user, row.event, row.value is None, value, row.days)

        copies |= set(sorted(numbers, key=order)[1:])
    return copies


def _reason(row: _Event, accounts: dict[str, set[str]], counts: Naive) -> str | None:  # noqa: PLR0911
    if row.at is None:
        return "time not readable"
    if not row.user:
        return "no user"
    if not row.account:
        return "no account"
    if row.account not in accounts:
        return "unknown account"
    if not row.event:
        return "no event name"
    if row.value is None:
        return "value not readable"
    if row.value <= 0:
        return "value of 0 or less"
    if row.begins < counts.data_start:
        return "before the data start"
    return "after the as-of date" if row.ends > counts.as_of else None


def _count(
    counts: Naive,
    row: _Event,
    accounts: dict[str, set[str]],
    asked: dict[str, set[str]],
    by_day: set[str],
    in_order: set[str],
) -> None:
    assert row.at
    assert row.value
    day = row.day
    monday = day - timedelta(days=day.weekday())
    is_full = counts.data_start <= monday and monday + timedelta(days=6) <= counts.as_of
    who = (row.account, row.user)
    counts.first_event[who] = min(row.begins, counts.first_event.get(who, row.begins))
    counts.last_event[row.account] = max(row.ends, counts.last_event.get(row.account, row.ends))
    if row.user not in accounts[row.account]:
        counts.unknown[who] += 1
    if row.event in asked[row.account]:
        if row.event in by_day:
            _add(counts.daily, (*who, row.event, day.isoformat()), row.value)
        if row.event in in_order and row.days == 1:
            counts.ordered.append((*who, row.at.isoformat(), row.event))
    if not is_full:
        counts.in_part_weeks += 1
        return
    counts.counted += 1
    counts.life[row.account, week_number(day)] += 1
    if row.event in asked[row.account]:
        _add(counts.weekly, (*who, row.event, str(week_number(day))), row.value)


def _add(table: dict[Key, tuple[int, int]], key: Key, value: int) -> None:
    micro, rows = table.get(key, (0, 0))
    table[key] = (micro + value, rows + 1)
