"""Definitions that are proposed and not yet confirmed: `draft: true`, and the comments that say what to confirm.

`draft: true` may stand in the settings, a playbook, a persona, a workflow or an account's file. What uses a draft is a
draft: `Account.draft` is true where any of its definitions is one, and every page made from it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import listed
from qbrgen.load.yaml_files import Place, YamlFile

_TO_CONFIRM = re.compile(r"(?:^|\s)#\s*to confirm\b\s*:?\s*(.*?)\s*$", re.IGNORECASE)
_KINDS = {"personas": "persona", "workflows": "workflow"}
_QUOTED, _LONGEST = 3, 60  # comments that a finding quotes, and letters of each
_FIX = "Confirm it with whoever answers for it, then take `draft: true` out when it is right."


def draft_findings(
    file: YamlFile, called: str, account: str | None = None, *, by_another: bool = False
) -> list[Finding]:
    """One warning for a file that is a draft or holds one, with the lines that say what to confirm; else none.

    called: what the file is ("the playbook 'sales'"). account: its id, where the file is one account's. by_another:
    whether another file makes it a draft as well. A file whose comments still ask for a confirmation, and that is no
    draft any more, gets a note.
    """
    drafts = sorted(_drafts(file.value, ()), key=lambda place: (len(place) > 0, file.at(*place, "draft").line or 0))
    asked = _asked(file)
    if not drafts:
        return [_left_over(file, asked, account)] if asked and not by_another else []
    if drafts[0] == ():
        what = f"{called} is a draft"
    else:
        named = [f"{_named(file.value, place)} (line {file.at(*place, 'draft').line})" for place in drafts]
        what = f"{called} holds {'a draft' if len(named) == 1 else f'{len(named)} drafts'}: {listed(named)}"
    open_ = f" To confirm: {_in_short(asked)}." if asked else ""
    what = f"{what}; every page made from it says DRAFT.{open_}"
    return [Finding(Level.WARNING, "draft", what, _FIX, file.at(*drafts[0], "draft"), account)]


def _left_over(file: YamlFile, asked: list[tuple[int, str]], account: str | None) -> Finding:
    what = f"comments still say what to confirm: {_in_short(asked)}; and nothing in the file is a draft."
    fix = "Take the comments out if it is confirmed; else write `draft: true` again."
    return Finding(Level.NOTE, "to-confirm-left-over", what, fix, Location(file.name, asked[0][0]), account)


def _drafts(value: Any, place: Place) -> Iterator[Place]:
    """The places of everything that says of itself that it is a draft; () is the whole file."""
    if isinstance(value, dict):
        if value.get("draft") is True:
            yield place
        for key, held in value.items():
            yield from _drafts(held, (*place, key))
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from _drafts(held, (*place, index))


def _named(value: Any, place: Place) -> str:
    """ "the workflow 'touches'" of what stands at a place: the last list or mapping on the way that has a kind."""
    kind, name = "part", str(place[-1])
    for depth, part in enumerate(place):
        held = value
        if depth and place[depth - 1] in _KINDS:
            kind = _KINDS[str(place[depth - 1])]
            for step in place[: depth + 1]:
                held = held[step]
            name = str(part) if isinstance(part, str) else str(held.get("id", part + 1))
    return f"the {kind} '{name}'"


def _asked(file: YamlFile) -> list[tuple[int, str]]:
    """(line, text) of each comment that says what to confirm."""
    found = []
    for number, line in enumerate(file.text.splitlines(), start=1):
        match = _TO_CONFIRM.search(line)
        if match:
            found.append((number, match[1] if len(match[1]) <= _LONGEST else f"{match[1][: _LONGEST - 1].rstrip()}…"))
    return found


def _in_short(asked: list[tuple[int, str]]) -> str:
    """ "line 5 (the name), line 9 (70% of them?), and lines 12 and 18"."""
    told = [f"line {number} ({text})" if text else f"line {number}" for number, text in asked[:_QUOTED]]
    numbers = [str(number) for number, _ in asked[_QUOTED:]]
    if numbers:
        *others, last = numbers
        told.append(f"and lines {', '.join(others)} and {last}" if others else f"and line {last}")
    return ", ".join(told)
