"""Small workspaces made for the tests of measuring: definitions by hand, event files by chance."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Person, Seat
from qbrgen.define.model.playbook import Chain, Frequency, Milestone, Persona, Share, Step, Workflow
from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import EachRow, Sources, Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Location
from qbrgen.period import Rhythm

COLUMNS = {"time": "sent at", "user": "user_id", "account": "account_id", "event": "event", "value": "qty", "id": "id"}
HEADER = list(COLUMNS.values())
HERE = Location("qbrgen.yml", 9)
BY_DAY = {"sequence_created", "lead_enrolled"}
IN_ORDER = {"call_made", "note_written"}
ASKED = {"touch_sent", "manual_sent", "board_reviewed", *BY_DAY, *IN_ORDER}
NAMES = sorted(ASKED | {"logged_in", "call_made "})
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "UTC", "Pacific/Chatham", "America/St_Johns")

Cells = dict[str, str]


def persona() -> Persona:
    """One persona with a workflow of every kind that is counted from events."""
    measures = [
        Share(("touch_sent",), ("touch_sent", "manual_sent")),
        Frequency(("board_reviewed",), Fraction(1)),
        Milestone((Step("sequence_created", Fraction(1)), Step("lead_enrolled", Fraction(20))), 14),
        Chain(("call_made", "note_written"), 7, Fraction(1)),
    ]
    workflows = tuple(
        Workflow(f"w{number}", f"W{number}", "meetings", Fraction(7, 10), measure)
        for number, measure in enumerate(measures)
    )
    return Persona("reps", "reps", "rep", Rhythm.WEEK, Fraction(7, 10), workflows)


def definitions(
    root: Path,
    events: Sequence[Table],
    rosters: Mapping[str, Sequence[str]],
    zone: str = "Europe/London",
    as_of: date | None = None,
    data_start: date | None = None,
    **sources: tuple[Table, ...],
) -> Definitions:
    """rosters: account → its users."""
    settings = Settings(
        root=root,
        vendor="Halyard",
        time_zone=ZoneInfo(zone),
        time_zone_name=zone,
        as_of=as_of,
        data_start=data_start,
        sources=Sources(events=tuple(events), **sources),
    )
    accounts = {
        account: Account(
            account,
            account.title(),
            "sales",
            (persona(),),
            tuple(Person(user, user, (Seat("reps"),)) for user in users),
        )
        for account, users in rosters.items()
    }
    return Definitions(settings, accounts)


def table(path: Path, columns: Mapping[str, str] | None = None, each_row: EachRow = EachRow.EVENT) -> Table:
    return Table(path, COLUMNS if columns is None else columns, HERE, each_row)


def write(path: Path, rows: Sequence[Cells], header: Sequence[str] = tuple(HEADER)) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def event(time: str, user: str = "u1", name: str = "touch_sent", account: str = "acme", **more: str) -> Cells:
    """The cells of one row."""
    return {"sent at": time, "user_id": user, "account_id": account, "event": name, **more}


@dataclass(frozen=True)
class Made:
    """Rows by chance, and what they are to be measured with."""

    rows: list[Cells]
    people: dict[str, list[str]]
    zone: str
    as_of: date | None
    data_start: date | None


def made(seed: int) -> Made:
    """Rows with every trouble that an export may have, in a zone and around a change of its clocks."""
    chance = random.Random(seed)
    people = {account: [f"u{n}" for n in range(chance.randint(0, 4))] for account in ("acme", "birch", "cedar")}
    zone = chance.choice(ZONES)
    first = chance.choice([date(2026, 3, 1), date(2025, 10, 10), date(2024, 12, 20), date(2026, 4, 1)])
    days = chance.randint(3, 60)
    rows = [_row(chance, first, days, zone) for _ in range(chance.randint(1, 120))]
    rows.append(event(datetime.combine(first, datetime.min.time()).isoformat(), id="the-first"))
    for row in chance.sample(rows, k=len(rows) // 6):
        copy = dict(row)
        if chance.random() < 0.3:
            copy["sent at"] = _time(chance, first, days, zone)
        rows.append(copy)
    chance.shuffle(rows)
    return Made(
        rows,
        people,
        zone,
        chance.choice([None, first + timedelta(days=days // 2), first + timedelta(days=days + 3)]),
        chance.choice([None, None, first + timedelta(days=2)]),
    )


def _row(chance: random.Random, first: date, days: int, zone: str) -> Cells:
    return {
        "sent at": _time(chance, first, days, zone),
        "user_id": chance.choice(["u0", "u1", "u2", "u3", "u9", " u1 ", "", "ünï'cødé"]),
        "account_id": chance.choice(["acme", "acme", "birch", "cedar", "dogwood", ""]),
        "event": chance.choice([*NAMES, *NAMES, ""]),
        "qty": chance.choice(["", "", "", "1", "3", "0.1", "2.5", "0", "-4", "many", "1e2", "0.0000004", "12.3456785"]),
        "id": chance.choice(["", *(f"e{n}" for n in range(400))]),
    }


def _time(chance: random.Random, first: date, days: int, zone: str) -> str:  # noqa: PLR0911
    """A time within the days, in one of the forms of exports; often on a Monday's first or a Sunday's last moment."""
    moment = datetime.combine(first, datetime.min.time()) + timedelta(
        days=chance.randrange(days), seconds=chance.randrange(86400), microseconds=chance.choice([0, 0, 123000, 7])
    )
    edge = chance.random()
    if edge < 0.25:
        monday = moment.date() - timedelta(days=moment.weekday())
        moment = datetime.combine(monday, datetime.min.time()) + timedelta(seconds=chance.choice([-1, 0, 1, 3600]))
    form = chance.randrange(8)
    if form == 0:
        return moment.date().isoformat()
    if form == 1:
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    if form == 2:
        return moment.strftime("%Y-%m-%dT%H:%M")
    if form == 3:
        return chance.choice(["", "soon", "2026-02-30", "31 March", "0001-01-01", "9999-12-31T00:00:00Z", "  "])
    if form == 4:
        away = timezone(timedelta(minutes=chance.choice([-570, -300, 0, 60, 330, 765])))
        return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(away).isoformat(sep=chance.choice(" T"))
    utc = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if form == 5:
        return utc.strftime("%Y-%m-%d %H:%M:%S UTC")
    if form == 6:
        return utc.strftime("%Y-%m-%d %H:%M:%S +0000")
    return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seeds(few: Iterable[int], more: Iterable[int]) -> list[object]:
    """Seeds of random workspaces: a few each time, more where slow tests are wanted, too."""
    return [*few, *(pytest.param(seed, marks=pytest.mark.slow) for seed in more)]
