"""Which decks there are: by the code of the sign that each has, or nearly has."""

from __future__ import annotations

from collections.abc import Callable

from building import Deck

Change = Callable[[Deck], object]
WITH: dict[str, list[Change]] = {}
WITHOUT: dict[str, list[Change]] = {}


def has(code: str) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        WITH.setdefault(code, []).append(change)
        return change

    return keep


def lacks(code: str) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        WITHOUT.setdefault(code, []).append(change)
        return change

    return keep
