"""How a frame is described: its rows, keys and columns, with the type and the unit of each; docs/api.md lists them.

A row is whatever its frame's `rows` gives, the picture first; a column's `of` takes its value from it. Types are
pandas' nullable ones: what is missing stays missing (`pd.NA`, `NaT`), never 0 and never a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from qbrgen.audience import Audience
from qbrgen.score.other_times import Delivered
from qbrgen.score.states import Part, TargetState

TEXT, WHOLE, NUMBER, YES_NO, DAY, LIST = "string", "Int64", "Float64", "boolean", "datetime64[s]", "object"
"""Dtypes. NUMBER is a float: a share is of one (0.7 is 70%). LIST holds tuples; `explode` takes them apart."""

Row = Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column. dtype: one of the above, or the enumeration whose words are its categories."""

    name: str
    dtype: str | type[StrEnum]
    says: str
    of: Callable[[Row], object]
    audience: Audience = Audience.CUSTOMER


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: the first `keys` columns are its key, unique in it. rows: those of one picture, for one audience."""

    name: str
    says: str
    keys: int
    columns: tuple[Column, ...]
    rows: Callable[[Any, Audience], Iterable[Row]]


def inside(name: str, dtype: str | type[StrEnum], says: str, of: Callable[[Row], object]) -> Column:
    return Column(name, dtype, says, of, Audience.INTERNAL)


def field(name: str, dtype: str | type[StrEnum], says: str, path: str = "") -> Column:
    """A column that is a field of the row's last part, or of a field of it."""
    steps = (path or name).split(".")

    def value(row: Row) -> object:
        found = row[-1] if isinstance(row, tuple) else row
        for step in steps:
            found = getattr(found, step) if found is not None else None
        return found

    return Column(name, dtype, says, value)


def inner(name: str, dtype: str | type[StrEnum], says: str, path: str = "") -> Column:
    found = field(name, dtype, says, path)
    return inside(name, dtype, says, found.of)


def share(above: int | Fraction, below: int | Fraction) -> Fraction | None:
    return Fraction(above) / Fraction(below) if below else None


ACCOUNT = Column("account", TEXT, "id of the account", lambda row: row[0].id)


PERSONA = Column("persona", TEXT, "id of the persona", lambda row: row[1].id)


def score_columns() -> tuple[Column, ...]:
    """The score of the row's last part, which is never told without its parts (method.md). Internal."""

    def value(part: Part) -> Callable[[Row], object]:
        def of(row: Row) -> object:
            parts = row[-1].score.parts if row[-1].score else ()  # a redacted picture has no score
            return next((one.value for one in parts if one.part is part), None)

        return of

    total = inner("score", NUMBER, "0 to 100, for sorting; missing where a part is", "score.total")
    parts = (
        inside(f"score_{part}", NUMBER, f"its part {part}, of one; missing where it is no part", value(part))
        for part in Part
    )
    return total, *parts


def delivered(of: Callable[[Row], Delivered | None]) -> tuple[Column, ...]:
    """What the recorded review of the period before delivered."""

    def part(name: str) -> Callable[[Row], object]:
        return lambda row: getattr(of(row), name, None)

    says = "the period before as it was delivered: "
    return (
        Column("delivered_numerator", NUMBER, says + "numerator", part("numerator")),
        Column("delivered_denominator", NUMBER, says + "denominator", part("denominator")),
        Column("delivered_value", NUMBER, says + "share of one", part("value")),
        Column("delivered_target", NUMBER, says + "its target", part("target")),
        Column("delivered_state", TargetState, says + "the state of a workflow", part("state")),
        Column("delivered_recounted", NUMBER, "the same as it is counted today", part("recounted")),
        Column(
            "delivered_causes", LIST, "why today's count of that period differs", lambda row: words(of(row), "causes")
        ),
    )


def words(found: object, name: str) -> tuple[str, ...]:
    return tuple(str(word) for word in getattr(found, name, ()))
