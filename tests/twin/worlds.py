"""Random workspaces: settings by chance, and many accounts in each, every account a world of its own.

The same seed gives the same workspace; an account depends on the seed and its own number only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from plain import COLUMNS, Plain, Row
from world_accounts import Frame, account_of
from world_rows import Clock

ACCOUNTS = 40  # in a workspace: loading and measuring cost the same for few as for many
DAY = timedelta(days=1)
ZONES = (
    *("UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "America/St_Johns"),
    *("Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tehran", "Africa/Casablanca", "Pacific/Apia"),
)
YEARS = (2015, 2018, 2020, 2021, 2024, 2026, 2026, 2027, 2032)  # 2015, 2020, 2026 and 2032 have 53 ISO weeks


@dataclass(frozen=True)
class Quarter:
    """A fiscal quarter: how it is typed, and its Mondays' first and last day."""

    label: str
    first: date
    last: date


def quarter(year: int, number: int, first_month: int) -> Quarter:
    """The quarter of the fiscal year that ends in `year`, in full weeks by their Thursdays."""
    months = (year if first_month == 1 else year - 1) * 12 + first_month - 1 + 3 * (number - 1)
    begins, after = (date(m // 12, m % 12 + 1, 1) for m in (months, months + 3))
    thursdays = [begins + n * DAY for n in range((after - begins).days) if (begins + n * DAY).weekday() == 3]
    return Quarter(f"{year}-Q{number}", thursdays[0] - 3 * DAY, thursdays[-1] + 3 * DAY)


def world(seed: int, only: Iterable[int] = range(ACCOUNTS)) -> Plain:
    """A workspace of these accounts. Rows of all accounts are mixed."""
    rng = Random(f"settings {seed}")
    first_month = rng.choice((1, 1, 2, 4, 7, 10, rng.randint(1, 12)))
    spoken = quarter(rng.choice(YEARS), rng.randint(1, 4), first_month)
    clock = Clock(rng.choice(ZONES))
    frame = Frame(
        first=spoken.first,
        last=spoken.last,
        begins=spoken.first - DAY * rng.choice((rng.randint(85, 200), rng.randint(48, 63), rng.randint(-60, 60))),
        ends=spoken.last + DAY * rng.choice((0, 3, rng.randint(0, 120), rng.randint(-80, -1))),
        clock=clock,
        sole=rng.random() < 0.15,
    )
    plain = Plain(_settings(rng, frame, first_month), period=spoken.label)
    for entries in plain.settings["data"].values():
        plain.tables |= {entry["file"]: [] for entry in entries}
    for number in only:
        _add(plain, account_of(Random(f"account {seed}/{number}"), f"a{number:02}", frame), seed, number)
    for name, rows in plain.tables.items():
        Random(f"order {seed} {name}").shuffle(rows)
    return plain


def _settings(rng: Random, frame: Frame, first_month: int) -> dict[str, Any]:
    settings: dict[str, Any] = {"vendor": "Halyard", "time_zone": frame.clock.name, "fiscal_year_starts": first_month}
    if rng.random() < 0.8:
        settings["as_of"] = str(frame.ends)
    if rng.random() < 0.4:
        settings["data_start"] = str(min(frame.begins + DAY * rng.choice((0, 2, 9)), frame.ends))
    settings["closed_weeks"] = frame.closed_weeks(rng, rng.choice((0, 0, 1, 3)))
    if rng.random() < 0.3:
        rules = {"active_share": rng.choice(("50%", "75%", "100%")), "new_units": rng.randint(1, 5)}
        rules |= {"recent_units": rng.randint(1, 3), "lapsed_units": rng.randint(1, 5), "impact_stale_days": 200}
        settings["rules"] = rules
    columns = dict(COLUMNS["events"])
    for name in ("value", "id"):
        if rng.random() < 0.1:
            del columns[name]
    files = [f"data/events{n}.csv" for n in range(rng.choice((1, 1, 2, 3)))]
    settings["data"] = {"events": [{"file": file, "columns": dict(columns)} for file in files]}
    if frame.sole:
        settings["data"]["events"].append({"file": "data/nameless.csv", "columns": _but(columns, "account")})
    settings["data"]["people"] = [{"file": "data/people.csv", "columns": COLUMNS["people"]}]
    settings["data"]["values"] = [{"file": "data/values.csv", "columns": COLUMNS["values"]}]
    if rng.random() < 0.7:
        settings["data"]["presence"] = [{"file": "data/presence.csv", "columns": COLUMNS["presence"]}]
    return settings


def _but(columns: dict[str, str], name: str) -> dict[str, str]:
    return {key: column for key, column in columns.items() if key != name}


def _add(plain: Plain, made: Any, seed: int, number: int) -> None:
    rng = Random(f"files {seed}/{number}")
    plain.playbooks[made.book["playbook"]] = made.book
    plain.accounts[made.name] = made.file
    for kind in ("people", "values", "presence"):
        for entry in plain.files(kind):
            plain.tables[entry["file"]] += getattr(made, kind)
    for row in made.events:
        entry = rng.choice(plain.files("events"))
        kept: Row = row if "account" in entry["columns"] else _but(row, "account_id")
        plain.tables[entry["file"]].append(kept)
