"""The twin's definitions: playbook and overrides laid together, and who sits where from when to when."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from plain import Plain

KINDS = ("share", "frequency", "milestone", "chain", "value")


def fraction(value: Any) -> Fraction:
    """70% or 0.7, exactly."""
    text = str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@dataclass
class Person:
    """seats: (persona, first day or None, last day or None). away: (first day, last day)."""

    id: str
    seats: list[tuple[str, date | None, date | None]]
    away: list[tuple[date, date]]


def personas_of(plain: Plain, account: dict[str, Any]) -> list[dict[str, Any]]:
    """The playbook's personas with the account's overrides laid on them; `target` is a number, `rhythm` is there."""
    changes = (account.get("overrides") or {}).get("personas", {})
    result = []
    for persona in plain.playbooks[account["playbook"]]["personas"]:
        change = changes.get(persona["id"], {})
        own = dict(change.get("workflows", {}))
        flows = [_changed(flow, own.pop(flow["id"], {})) for flow in persona["workflows"]]
        flows += [{"id": name, **flow} for name, flow in own.items()]
        merged = {"rhythm": "week", **persona, **change}
        kept = [{**flow, "target": fraction(flow["target"])} for flow in flows if not flow.get("drop")]
        result.append({**merged, "target": fraction(merged["target"]), "workflows": kept})
    return result


def needs_no_one(personas: list[dict[str, Any]]) -> bool:
    """Whether every workflow is a ready-made value: such an account is reviewed though it names no one."""
    return all("value" in flow for persona in personas for flow in persona["workflows"])


def _changed(flow: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    if any(kind in change for kind in KINDS):
        flow = {key: value for key, value in flow.items() if key not in KINDS}
    return {**flow, **change}


def people_of(plain: Plain, name: str, personas: list[dict[str, Any]]) -> list[Person]:
    """The account's own list, else the people table by persona or title."""
    account = plain.accounts[name]
    if "people" in account:
        return [
            Person(
                entry["id"],
                sorted({_seat(seat) for seat in entry.get("seats") or [entry]}, key=_first),
                [(_day(away["from"]), _day(away["to"])) for away in entry.get("away", [])],
            )
            for entry in account["people"]
        ]
    found: dict[str, set[tuple[str, date | None, date | None]]] = defaultdict(set)
    for columns, row in plain.rows("people"):
        persona = row[columns["persona"]] or _by_title(row[columns["title"]], personas)
        if row[columns["account"]] == name and persona in [each["id"] for each in personas]:
            seat = {"persona": persona, "from": row[columns["from"]], "to": row[columns["to"]]}
            found[row[columns["user"]]].add(_seat({key: value for key, value in seat.items() if value}))
    return [Person(user, sorted(seats, key=_first), []) for user, seats in sorted(found.items())]


def _by_title(title: str, personas: list[dict[str, Any]]) -> str:
    fits = [
        persona["id"]
        for persona in personas
        if any(fnmatch.fnmatch(title.lower(), pattern.lower()) for pattern in persona["titles"])
    ]
    return fits[0] if fits else ""


def _seat(written: dict[str, Any]) -> tuple[str, date | None, date | None]:
    first, last = (_day(written[key]) if key in written else None for key in ("from", "to"))
    return (written["persona"], first, last)


def _first(seat: tuple[str, date | None, date | None]) -> date:
    return seat[1] or date.min


def _day(text: str) -> date:
    return date.fromisoformat(text)
