"""What people did, as planned, what is to be counted of it, and files of rows."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

MONDAY = date(2026, 6, 1)
WEEKS = 6
WORK, LOGIN = "deck_sent", "logged_in"
Cells = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """Something that someone did, `times` times."""

    who: str
    at: datetime
    what: str
    times: int = 1


def plan(*who: str) -> list[Act]:
    """Each does the work on Tuesdays (the first of them twice) and logs in on Mondays."""
    acts = []
    for number, name in enumerate(who):
        for week in range(WEEKS):
            monday = datetime.combine(MONDAY + timedelta(weeks=week), datetime.min.time(), UTC)
            acts.append(Act(name, monday + timedelta(hours=8, minutes=number), LOGIN))
            acts.append(Act(name, monday + timedelta(days=1, hours=9), WORK))
            if number == 0:
                acts.append(Act(name, monday + timedelta(days=1, hours=15), WORK))
    return acts


def weekly(acts: Sequence[Act]) -> Counter[tuple[str, str, date]]:
    """(who, what, Monday) → how often."""
    found: Counter[tuple[str, str, date]] = Counter()
    for act in acts:
        found[act.who, act.what, act.at.date() - timedelta(days=act.at.weekday())] += act.times
    return found


def write_csv(path: Path, rows: Sequence[Cells], *, delimiter: str = ",", footer: Sequence[str] = ()) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        file.writelines(f'"{line}"\n' for line in footer)


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def json_lines(rows: Sequence[Cells]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()
