"""The smallest account on which engine and twin still differ: rows, people and rules are taken out while they do."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from plain import Plain

Fails = Callable[[Plain], bool]


def smallest(plain: Plain, fails: Fails, seconds: float = 90) -> Plain:
    """plain: one account alone, for which `fails` is true. Stops after some seconds with what it has by then."""
    until = time.monotonic() + seconds
    again = True
    while again and time.monotonic() < until:
        again = False
        for parts in _lists(plain):
            size = max(1, len(parts(plain)) // 2)
            while size and time.monotonic() < until:
                number = 0
                while number < len(parts(plain)) and time.monotonic() < until:
                    less = copy.deepcopy(plain)
                    del parts(less)[number : number + size]
                    if _still(less, fails):
                        plain, again = less, True
                    else:
                        number += size
                size //= 2
        for holder, key in [*_keys(plain)]:
            less = copy.deepcopy(plain)
            holder(less).pop(key, None)
            if time.monotonic() < until and _still(less, fails):
                plain, again = less, True
    return plain


def _still(plain: Plain, fails: Fails) -> bool:
    try:
        return fails(plain)
    except Exception:  # a workspace that cannot be read shows nothing
        return False


def _lists(plain: Plain) -> Iterator[Callable[[Plain], list[Any]]]:
    """Every list of which something can be taken out, the longest first: rows, then people and workflows."""
    for path in sorted(plain.tables, key=lambda path: -len(plain.tables[path])):
        yield lambda one, path=path: one.tables[path]  # type: ignore[misc]
    (name,), (book,) = plain.accounts, plain.playbooks
    for key in ("people", "closed_weeks", "impact", "actions"):
        if key in plain.accounts[name]:
            yield lambda one, key=key: one.accounts[name][key]  # type: ignore[misc]
    yield lambda one: one.playbooks[book]["personas"]
    for number in range(len(plain.playbooks[book]["personas"])):
        yield lambda one, number=number: _workflows(one.playbooks[book]["personas"], number)  # type: ignore[misc]


def _workflows(personas: list[dict[str, Any]], number: int) -> list[Any]:
    return personas[number]["workflows"] if number < len(personas) else []


def _keys(plain: Plain) -> Iterator[tuple[Callable[[Plain], dict[str, Any]], str]]:
    (name,) = plain.accounts
    for key in ("outcome", "impact", "actions", "overrides", "closed_weeks"):
        yield (lambda one: one.accounts[name]), key
    for key in ("rules", "closed_weeks"):
        yield (lambda one: one.settings), key
    for number, person in enumerate(plain.accounts[name].get("people", [])):
        if person.get("away"):
            yield (lambda one, number=number: one.accounts[name]["people"][number]), "away"  # type: ignore[misc]


def shown(plain: Plain) -> str:
    """A small workspace as text: its files, without empty ones."""
    files: dict[str, Any] = {"qbrgen.yml": plain.settings, **plain.playbooks, **plain.accounts, **plain.tables}
    parts = [f"period: {plain.period}"]
    for name, content in files.items():
        if isinstance(content, list):
            parts += [f"{name}: {json.dumps(row, ensure_ascii=False)}" for row in content]
        else:
            parts.append(f"{name}: {json.dumps(content, indent=1, ensure_ascii=False)}")
    return "\n".join(parts)
