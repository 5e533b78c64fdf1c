"""Changes of a plain workspace that change nothing, or one thing only; and pictures to be compared after them."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from plain import Plain, Row

from qbrgen.figures import Receipt

MARK = "zz"  # before an id that was renamed; no id holds it, and the order of ids stays


def shuffled(plain: Plain, seed: int) -> Plain:
    """The rows of every table in another order."""
    result = copy.deepcopy(plain)
    for path, rows in result.tables.items():
        Random(f"{seed} {path}").shuffle(rows)
    return result


def split(plain: Plain, kind: str, seed: int, parts: int = 3) -> Plain:
    """Every file of one kind as several files, its rows dealt out by chance. The first part keeps the name."""
    result = copy.deepcopy(plain)
    rng, entries = Random(seed), []
    for entry in result.files(kind):
        rows = result.tables.pop(entry["file"])
        names = [entry["file"], *(entry["file"].replace(".csv", f"-{number}.csv") for number in range(1, parts))]
        result.tables |= {name: [] for name in names}
        for row in rows:
            result.tables[rng.choice(names)].append(row)
        entries += [{**entry, "file": name} for name in names]
    result.settings["data"][kind] = entries
    return result


def renamed(plain: Plain) -> Plain:
    """Users, accounts, events and rows with a mark before their ids, everywhere alike."""

    def marked(text: str) -> str:
        return MARK + text.strip() if text.strip() else text

    columns = ("user_id", "account_id", "event", "row id", "full_name")
    tables = {
        path: [{name: marked(cell) if name in columns else cell for name, cell in row.items()} for row in rows]
        for path, rows in plain.tables.items()
    }
    accounts = {}
    for name, account in plain.accounts.items():
        new: dict[str, Any] = {**_events(account, marked), "account": MARK + name}
        if "people" in new:
            new["people"] = [{**person, "id": MARK + person["id"]} for person in new["people"]]
        accounts[MARK + name] = new
    books = {name: _events(book, marked) for name, book in plain.playbooks.items()}
    return Plain(plain.settings, books, accounts, tables, plain.period)


def _events(value: Any, marked: Callable[[str], str], key: str = "") -> Any:
    """A definition with its event names marked."""
    if isinstance(value, dict):
        return {name: _events(item, marked, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_events(item, marked, key) for item in value]
    return marked(value) if key in ("numerator", "denominator", "events", "event", "steps") else value


def in_years(plain: Plain, years: int) -> Plain:
    """Every date so many years later: each text that begins with a year, in files and rows."""
    result = copy.deepcopy(plain)
    result.period = _later(result.period, years)
    result.settings = {**_later(result.settings, years), "data": result.settings["data"]}
    result.accounts = _later(result.accounts, years)
    result.tables = _later(result.tables, years)
    return result


def _later(value: Any, years: int) -> Any:
    if isinstance(value, dict):
        return {key: _later(item, years) for key, item in value.items()}
    if isinstance(value, list):
        return [_later(item, years) for item in value]
    if isinstance(value, str) and re.match(r"(19|20)\d\d-", value):
        return f"{int(value[:4]) + years}{value[4:]}"
    return value


def in_weeks(plain: Plain, weeks: int, period: str) -> Plain:
    """Every day so many weeks later. period: the quarter then. Values that speak of months or quarters go."""
    by = timedelta(weeks=weeks)

    def later(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: later(item) for key, item in value.items()}
        if isinstance(value, list):
            return [later(item) for item in value]
        if isinstance(value, str) and re.fullmatch(r"(19|20)\d\d-W\d\d", value):
            moved = date.fromisocalendar(int(value[:4]), int(value[6:]), 1) + by
            return f"{moved.isocalendar().year}-W{moved.isocalendar().week:02}"
        if isinstance(value, str) and re.match(r"(19|20)\d\d-\d\d-\d\d", value):
            try:
                return f"{date.fromisoformat(value[:10]) + by}{value[10:]}"
            except ValueError:
                return value  # no day at all
        return value

    settings = {**later(plain.settings), "data": plain.settings["data"]}
    tables = {path: [later(row) for row in rows] for path, rows in plain.tables.items()}
    return Plain(settings, plain.playbooks, later(plain.accounts), tables, period)


def with_copies(plain: Plain, seed: int) -> Plain:
    """A third of the event rows that have an id once more."""
    result = copy.deepcopy(plain)
    rng = Random(seed)
    for entry in result.files("events"):
        rows = result.tables[entry["file"]]
        if "id" in entry["columns"]:
            rows += [dict(row) for row in rows if row["row id"] and rng.random() < 1 / 3]
    return result


def with_event(plain: Plain, row: Row) -> Plain:
    """One event more, in the first file."""
    result = copy.deepcopy(plain)
    result.tables[result.files("events")[0]["file"]].append({"row id": "", "qty": "", **row})
    return result


# ---- pictures -------------------------------------------------------------------------------------------------------


def same(value: Any, text: Callable[[str], Any] = str, day: Callable[[date], Any] = lambda day: day) -> Any:
    """A picture as plain values, for comparing: its texts and days as these functions change them."""
    if isinstance(value, Receipt):
        value = replace(value, sources=())
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: same(getattr(value, field.name), text, day) for field in fields(value)}
    if isinstance(value, str):
        return text(str(value))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict):
        return {same(key, text, day): same(item, text, day) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [same(item, text, day) for item in value]
    return value


def unmarked(text: str) -> str:
    return text.replace(MARK, "")
