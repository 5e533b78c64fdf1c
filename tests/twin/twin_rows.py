"""The twin reads rows: what each says, when it was in local time, and why it does not count (method.md, fine print).

In: a workspace's rows as text. Out: `Rows`, with lists of `Event`s by account and the balance of all rows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from zoneinfo import ZoneInfo

from plain import Plain
from twin_time import DAY, monday, sunday

NOTHING = ("", "-", "–", "n/a", "na", "none", "null", "nan", "nat", "unknown", "\\n")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(\.\d+)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True)
class Event:
    """One row that counts: local time, who, what, for how many occurrences it stands."""

    at: datetime
    day: date
    user: str
    name: str
    value: Fraction


@dataclass
class Rows:
    """Everything that the rows of a workspace say.

    events, presence (user → days): by account. unknown: by account, rows of users whom no roster knows. names: every
    event name of any row. sound: the accounts not set aside. aside: rows by the reason why they do not count.
    """

    as_of: date
    data_start: date
    events: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    presence: dict[str, dict[str, list[date]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    unknown: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: set[str] = field(default_factory=set)
    sound: frozenset[str] = frozenset()
    rows: int = 0
    in_part_weeks: int = 0
    counted: int = 0
    aside: Counter[str] = field(default_factory=Counter)

    def is_full(self, a_monday: date) -> bool:
        """Whether the data cover every day of a week."""
        return self.data_start <= a_monday and sunday(a_monday) <= self.as_of

    def covers(self, day: date) -> bool:
        return self.data_start <= day <= self.as_of


@dataclass
class Read:
    """One event row, read; None or "" where it says nothing."""

    at: datetime | None
    user: str
    account: str
    name: str
    value: Fraction | None
    id: str
    number: int


def local_time(text: str, zone: ZoneInfo) -> datetime | None:
    """The wall time in the workspace's zone; a time without an offset is there already. None: not a time."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    day, minutes, seconds, fraction, offset = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day} {minutes or '00:00'}{seconds or ':00'}")
    except ValueError:
        return None
    moment += timedelta(microseconds=int((fraction or ".0")[1:7].ljust(6, "0")))
    if offset:
        if offset in ("Z", "UTC"):
            away = timedelta()
        else:
            digits = offset[1:].replace(":", "")
            away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if offset[0] == "-" else 1)
        try:
            moment = (moment - away).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        except OverflowError:
            return None
    return moment if 1990 <= moment.year < 2100 else None


def occurrences(text: str) -> Fraction | None:
    """For how many a row stands: one where nothing is said; millionths are the finest part. None: no number."""
    if text.strip().lower() in NOTHING:
        return Fraction(1)
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if abs(number) > 1_000_000_000:
        return None
    return Fraction(number.quantize(Decimal("0.000001"), ROUND_HALF_UP))


def read_rows(plain: Plain, rosters: dict[str, set[str]], aside: set[str]) -> Rows:
    """rosters: account → the people of its personas. aside: accounts that are broken."""
    zone = ZoneInfo(plain.settings["time_zone"])
    known = _people_of_tables(plain)
    homes: dict[str, set[str]] = defaultdict(set)
    for account, users in [*rosters.items(), *known.items()]:
        for user in users:
            homes[user].add(account)
    read = []
    for number, (columns, row) in enumerate(plain.rows("events")):
        cell = {name: row[column].strip() for name, column in columns.items()}
        home = homes.get(cell["user"], set())
        account = cell["account"] if "account" in columns else next(iter(home)) if len(home) == 1 else ""
        value = occurrences(cell.get("value", ""))
        at = local_time(cell["time"], zone)
        read.append(Read(at, cell["user"], account, cell["event"], value, cell.get("id", ""), number))
    rows = Rows(_as_of(plain, read), _data_start(plain, read))
    rows.rows, rows.names = len(read), {row.name for row in read if row.name}
    rows.sound = frozenset(rosters)
    copies = _copies(read)
    for row in read:
        reason = "duplicate id" if row.number in copies else _reason(row, set(rosters), aside, rows)
        if reason:
            rows.aside[reason] += 1
            continue
        assert row.at
        assert row.value
        day = row.at.date()
        rows.events[row.account].append(Event(row.at, day, row.user, row.name, row.value))
        rows.counted += rows.is_full(monday(day))
        rows.in_part_weeks += not rows.is_full(monday(day))
        if row.user not in rosters[row.account] | known[row.account]:
            rows.unknown[row.account][row.user] += 1
    _presence(plain, rows, zone)
    return rows


def _people_of_tables(plain: Plain) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for columns, row in plain.rows("people"):
        found[row[columns["account"]]].add(row[columns["user"]])
    return found


def _as_of(plain: Plain, read: list[Read]) -> date:
    """The last full day: the day before the last event, or that day itself where the event has no time of day."""
    if "as_of" in plain.settings:
        return date.fromisoformat(plain.settings["as_of"])
    last = max(row.at for row in read if row.at)
    return last.date() if last.time() == time() else last.date() - DAY


def _data_start(plain: Plain, read: list[Read]) -> date:
    if "data_start" in plain.settings:
        return date.fromisoformat(plain.settings["data_start"])
    return min(row.at for row in read if row.at).date()


def _copies(read: list[Read]) -> set[int]:
    """Rows whose id stands on a better row: the most complete one counts, of these the earliest."""
    by_id: dict[str, list[Read]] = defaultdict(list)
    for row in read:
        if row.id:
            by_id[row.id].append(row)

    def worse(row: Read) -> tuple[object, ...]:
        lacks = (row.at is None, not row.user, not row.account, not row.name)
        value = Fraction(1) if row.value is None else row.value
        return (*lacks, row.at or datetime.max, row.account, row.user, row.name, row.value is None, value)

    return {row.number for rows in by_id.values() for row in sorted(rows, key=worse)[1:]}


def _reason(row: Read, sound: set[str], aside: set[str], rows: Rows) -> str | None:
    checks = (
        (row.at is None, "time not readable"),
        (not row.user, "no user"),
        (not row.account, "no account"),
        (row.account not in sound | aside, "unknown account"),
        (row.account in aside, "account set aside"),
        (not row.name, "no event name"),
        (row.value is None, "value not readable"),
        (row.value is not None and row.value <= 0, "value of 0 or less"),
        (row.at is not None and row.at.date() < rows.data_start, "before the data start"),
        (row.at is not None and row.at.date() > rows.as_of, "after the as-of date"),
    )
    return next((why for applies, why in checks if applies), None)


def _presence(plain: Plain, rows: Rows, zone: ZoneInfo) -> None:
    for columns, row in plain.rows("presence"):
        at = local_time(row[columns["time"]], zone)
        if at and row[columns["user"]] and rows.covers(at.date()) and rows.is_full(monday(at.date())):
            rows.presence[row[columns["account"]]][row[columns["user"]]].append(at.date())
