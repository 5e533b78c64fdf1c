"""docs/api-reference.md, made from the code: fields of the result, words of its states, columns of the frames."""

from __future__ import annotations

import dataclasses
import inspect
import re
from enum import StrEnum

from qbrgen import figures
from qbrgen.audience import Audience
from qbrgen.score import other_times, picture, states
from qbrgen.score.frames.build import OF_PICTURES
from qbrgen.score.frames.columns import Column, Frame
from qbrgen.score.frames.findings import PORTFOLIO

_TYPES = {
    "string": "text",
    "Int64": "whole number",
    "Float64": "number",
    "boolean": "yes or no",
    "datetime64[s]": "day",
    "object": "tuple",
}


def page() -> str:
    """The whole page."""
    return f"{_OPENING}\n{_fields()}\n## Columns of the frames\n\n{_ABOUT_COLUMNS}\n{_columns()}"


_OPENING = """# Reference: fields and columns

Made from the code by `pytest tests/docs --update-golden`; do not edit. [qbrgen from Python](api.md) says how to use it.

## Fields of the result

`AccountPicture` first, then what it holds. Fields that are *internal* are blank in what is made for a customer.
"""

_ABOUT_COLUMNS = """The first columns, marked as key, name a row; frames merge by them. Columns marked *internal* are
not in the frames for a customer. Types are pandas' nullable ones: `string`, `Int64`, `Float64`, `boolean`,
`datetime64[s]`, `category`; a column of tuples is `object`, and `explode` takes it apart. Shares are of one: 0.7 is
70%.
"""


def _fields() -> str:
    """A section for each dataclass of the picture, the account first; then the words of the states."""
    classes = [*_classes(picture), *_classes(other_times), *_classes(figures)]
    classes.sort(key=lambda cls: cls is not picture.AccountPicture)
    words = "\n".join(f"| `{cls.__name__}` | {', '.join(cls)} |" for cls in _enumerations(classes))
    listed = f"### Words\n\n| enumeration | its words |\n|---|---|\n{words}\n"
    return "\n".join([*(_class(cls) for cls in classes), listed])


def _classes(module: object) -> list[type]:
    found = [cls for _, cls in inspect.getmembers(module, dataclasses.is_dataclass)]
    own = [cls for cls in found if cls.__module__ == module.__name__]  # type: ignore[attr-defined]
    return sorted(own, key=lambda cls: inspect.getsourcelines(cls)[1])


def _enumerations(classes: list[type]) -> list[type[StrEnum]]:
    """Those that a field of these classes holds, or a column of the frames."""
    types = {str(field.type) for cls in classes for field in dataclasses.fields(cls)}
    named = {name for text in types for name in re.findall(r"\w+", text)}
    found = {cls for name, cls in inspect.getmembers(states, inspect.isclass) if name in named}
    found |= {column.dtype for frame in OF_PICTURES for column in frame.columns if not isinstance(column.dtype, str)}
    return sorted(found, key=lambda cls: cls.__name__)


def _class(cls: type) -> str:
    said = inspect.getdoc(cls) or ""
    rows = "\n".join(
        f"| `{field.name}` | `{field.type}` | {_seen_by(field)} |".replace(" | None`", "`, or none")
        for field in dataclasses.fields(cls)
    )
    return f"### {cls.__name__}\n\n{said}\n\n| field | type | seen by |\n|---|---|---|\n{rows}\n"


def _seen_by(field: dataclasses.Field[object]) -> str:
    return "internal" if field.metadata.get("audience") is Audience.INTERNAL else "all"


def _columns() -> str:
    """A table for each frame."""
    return "\n".join(_frame(frame) for frame in (*OF_PICTURES, PORTFOLIO))


def _frame(frame: Frame) -> str:
    rows = "\n".join(_column(column, number < frame.keys) for number, column in enumerate(frame.columns))
    return f"### {frame.name}\n\n{frame.says}\n\n| column | type | what it is |\n|---|---|---|\n{rows}\n"


def _column(column: Column, is_key: bool) -> str:
    kind = _TYPES[column.dtype] if isinstance(column.dtype, str) else f"category: `{column.dtype.__name__}`"
    inside = ", *internal*" if column.audience is Audience.INTERNAL else ""
    key = " (key)" if is_key else ""
    return f"| `{column.name}` | {kind} | {column.says}{key}{inside} |"
