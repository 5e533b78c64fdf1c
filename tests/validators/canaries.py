"""Canaries in every internal field: which fields there are is read from the declarations (audience.internal), so that a
new one cannot be forgotten."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qbrgen.audience import Audience, declared_audience
from qbrgen.figures import Money
from qbrgen.score.other_times import Outlook
from qbrgen.score.picture import Score, ScorePart
from qbrgen.score.states import Forecast, Part, Standing

CANARY = "canary"
MONEY = Money(Decimal(98_700), "XTS")
RENEWAL = date(2031, 5, 4)
OUTLOOK = Outlook(RENEWAL, True, Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Forecast.BELOW)
# no other figure of the picture reads so: 48, and 61%, 53%, 29%
SCORE = Score(
    tuple(ScorePart(part, 1, Fraction(share, 100)) for part, share in zip(Part, (61, 53, 29), strict=False)),
    Fraction(143, 3),
)
# How the canaries read once they are worded, in any type.
SIGNS = (CANARY, "98.7k", "98,700", "98700", "2031", "at risk", "48 of 100")


def internal_fields(root: type) -> set[str]:
    """ "Class.field" of every field declared internal in a dataclass, and in every dataclass that it can hold."""
    return {f"{cls.__name__}.{name}" for cls in _reachable(root) for name in _internal(cls)}


def _internal(cls: type) -> Iterator[str]:
    for field in dataclasses.fields(cls):
        if declared_audience(cls, field.name) is Audience.INTERNAL:
            yield field.name


def _reachable(root: type) -> set[type]:
    seen: set[type] = set()
    open_: list[Any] = [root]
    while open_:
        hint = open_.pop()
        open_ += typing.get_args(hint)
        if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint not in seen:
            seen.add(hint)
            open_ += typing.get_type_hints(hint).values()
    return seen


def planted(value: Any, path: str = "picture", done: set[str] | None = None) -> Any:
    """A copy of `value` with a canary, named after its field, in every internal field of every dataclass below it.

    done: takes up "Class.field" of each that got one. Raises TypeError for a type that it knows no canary of.
    """
    done = set() if done is None else done
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and not hasattr(type(value), "__plain_value__"):
        changes = {}
        for field in dataclasses.fields(value):
            here = f"{path}.{field.name}"
            if declared_audience(type(value), field.name) is Audience.INTERNAL:
                changes[field.name] = _canary(value, field.name, here)
                done |= {f"{type(value).__name__}.{field.name}"}
                done |= set(_within(changes[field.name]))
            else:
                changes[field.name] = planted(getattr(value, field.name), here, done)
        return dataclasses.replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(planted(item, f"{path}[{at}]", done) for at, item in enumerate(value))
    return value


def _within(value: Any) -> Iterator[str]:
    """Internal fields of what was put in whole: they hold canaries too."""
    for item in value if isinstance(value, tuple) else (value,):
        if dataclasses.is_dataclass(item) and not hasattr(type(item), "__plain_value__"):
            yield from (f"{type(item).__name__}.{name}" for name in _internal(type(item)))
            for field in dataclasses.fields(item):
                yield from _within(getattr(item, field.name))


def _canary(holder: Any, name: str, path: str) -> Any:
    """A value of the field's declared type that can be told from all others."""
    return _made(typing.get_type_hints(type(holder))[name], path)


def _made(hint: Any, path: str) -> Any:
    simple: dict[Any, Any] = {
        str: f"{CANARY} {path}",
        bool: True,
        int: 98_700,
        Fraction: Fraction(98_700),
        date: RENEWAL,
        Money: MONEY,
        Score: SCORE,
        Outlook: OUTLOOK,
        Standing: Standing.AT_RISK,
    }
    if hint in simple:
        return simple[hint]
    inner = [one for one in typing.get_args(hint) if one is not type(None)]
    if typing.get_origin(hint) is tuple:
        return tuple(_made(one, path) for one in inner if one is not ...)
    if inner:  # "X | None"
        return _made(inner[0], path)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**{name: _made(kind, f"{path}.{name}") for name, kind in typing.get_type_hints(hint).items()})
    raise TypeError(f"{path}: there is no canary of type {hint}; add one to canaries.py")
