"""An account's YAML as plain values that are changed key by key, each new key where the schema has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from qbrgen.define.schema import (
    AccountFile,
    ActionWritten,
    AwayWritten,
    ImpactWritten,
    OutcomeWritten,
    OverridesWritten,
    PersonaOverride,
    PersonWritten,
    ReadingWritten,
    SeatWritten,
    SponsorWritten,
    WorkflowOverride,
    keys_of,
)
from qbrgen.sheet.yaml_edit import Item

_MODELS: dict[str, type[BaseModel]] = {
    "sponsor": SponsorWritten,
    "outcome": OutcomeWritten,
    "baseline": ReadingWritten,
    "goal": ReadingWritten,
    "present": ReadingWritten,
    "overrides": OverridesWritten,
    "impact": ImpactWritten,
    "actions": ActionWritten,
    "people": PersonWritten,
    "seats": SeatWritten,
    "away": AwayWritten,
    "persona": PersonaOverride,
    "workflow": WorkflowOverride,
}
ACCOUNT_KEYS = keys_of(AccountFile)


def order_of(name: str) -> list[str]:
    """The keys of a mapping, in the order of the schema. name: its key, or "persona" and "workflow" of overrides."""
    return keys_of(_MODELS[name]) if name in _MODELS else []


def put(holder: dict[str, Any], key: str, value: Any, order: Sequence[str]) -> None:
    """Set a key, or take it away (None). A new one goes where the order has it."""
    if value is None:
        if holder.get(key) is not None:
            del holder[key]
        return
    if key in holder:
        holder[key] = value
        return
    rank = list(order).index(key) if key in order else len(order)
    before = [each for each in holder if each in order and list(order).index(each) < rank]
    rest = dict(holder)
    holder.clear()
    if key not in order or not rest:
        holder.update({**rest, key: value})
        return
    last = max(before, key=list(order).index) if before else None
    if last is None:
        holder.update({key: value, **rest})
        return
    for name, held in rest.items():
        holder[name] = held
        if name == last:
            holder[key] = value


def put_at(tree: dict[str, Any], path: Sequence[str], value: Any, names: Sequence[str] = ()) -> None:
    """Set or take away what stands at a path of keys; mappings on the way are made, and go when they are empty.

    names: what each mapping on the way is called in the schema; default: by its key.
    """
    names = names or path[:-1]
    holders = [tree]
    for key in path[:-1]:
        inner = holders[-1].get(key)
        holders.append(dict(inner) if isinstance(inner, dict) else {})
    put(holders[-1], path[-1], value, ACCOUNT_KEYS if len(path) == 1 else order_of(names[-1]))
    for depth in range(len(path) - 2, -1, -1):
        inner = holders[depth + 1]
        order = ACCOUNT_KEYS if depth == 0 else order_of(names[depth - 1])
        if inner or path[depth] in holders[depth]:
            put(holders[depth], path[depth], inner or None, order)


class ListOf:
    """A list of the tree whose items are changed one by one; one item without a list around it is a list of one."""

    def __init__(self, holder: dict[str, Any], key: str, order: Sequence[str] = ACCOUNT_KEYS) -> None:
        self.holder, self.key, self.order = holder, key, order
        raw = holder.get(key)
        self.single = raw is not None and not isinstance(raw, list)
        there = [raw] if self.single else raw or []
        self.items = [Item(was, dict(value) if isinstance(value, dict) else value) for was, value in enumerate(there)]

    def at(self, was: int) -> Any:
        """The item that stood there."""
        return next(item.value for item in self.items if item.was == was)

    def replace(self, was: int, value: Any) -> None:
        self.items = [Item(was, value) if item.was == was else item for item in self.items]

    def keep(self, order: Sequence[int], new: Sequence[Any]) -> None:
        """Only these of the old items, in this order, and new ones after them."""
        self.items = [*(Item(was, self.at(was)) for was in order), *(Item(None, value) for value in new)]

    def store(self) -> None:
        """Put the list back; an empty one goes, or stays empty where it was written so."""
        if not self.items:
            if self.holder.get(self.key) not in (None, []):
                put(self.holder, self.key, None, self.order)
            return
        if self.single and len(self.items) == 1 and self.items[0].was == 0:
            self.holder[self.key] = self.items[0].value
            return
        put(self.holder, self.key, list(self.items), self.order)
