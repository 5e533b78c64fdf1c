"""What every format takes and gives."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from qbrgen.errors import Finding
from qbrgen.load.reading import AS_SEEN, Reading

Rows = Iterator[tuple[int, list[str]]]
Records = Iterator[tuple[int, Mapping[str, Any]]]

_FOR_KEYS = 1000  # records that are looked at for their keys
ONLY_ONE = re.compile(r'^\[(?:"([^"\\]*)"|(-?[0-9.]+))\]$')
"""A list of JSON with one text or number in it."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file. name: how findings call it."""

    path: Path
    name: str
    reading: Reading = AS_SEEN


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's columns, and its rows: the line (or row) on which each stands, and its cells. notes: what was taken."""

    columns: list[str]
    rows: Rows
    notes: tuple[Finding, ...] = ()


def of_records(first: Records, every: Records, notes: tuple[Finding, ...] = ()) -> Opened:
    """Records of which each may have other keys → a table. The columns are the keys of the first thousand; keys of
    nested records are joined by a dot. first, every: the same records twice."""
    columns = list(dict.fromkeys(key for _, record in islice(first, _FOR_KEYS) for key in flat(record)))

    def rows() -> Rows:
        for line, record in every:
            cells = flat(record)
            yield line, [cells.get(column, "") for column in columns]

    return Opened(columns, rows(), notes)


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """A record as cells; a nested record's keys with those before them."""
    found: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            found |= {f"{key}.{inner}": text for inner, text in flat(value).items()}
        else:
            found[key] = cell_text(value)
    return found


def cell_text(value: Any) -> str:
    """A typed cell as every table has it: text without spaces around it, "" for nothing."""
    return clean(_cell(value))


def _cell(value: Any) -> str:
    """Days and times in ISO form, whole numbers without .0, lists and records as JSON, nothing as "".

    A list of one text or number is that one: some tools write the one account of an event as a list.
    """
    if value is None or value != value:  # noqa: PLR0124  NaN is the one value unlike itself
        return ""
    match value:
        case bool():
            text = "true" if value else "false"
        case float() if abs(value) < 1e15 and value.is_integer():
            text = str(int(value))
        case Decimal() if value == value.to_integral_value() and abs(value) < 10**15:
            text = str(int(value))
        case datetime():
            midnight = value.tzinfo is None and value.time() == time()
            text = value.date().isoformat() if midnight else value.isoformat()
        case date():
            text = value.isoformat()
        case dict() | list() | tuple():
            text = ONLY_ONE.sub(r"\1\2", json.dumps(value, default=_cell, ensure_ascii=False))
        case bytes():
            text = value.decode("utf-8", "replace")
        case _:
            text = str(value)
    return text


def clean(cell: str) -> str:
    """Without spaces around it, without control characters, which no document may hold, and without half characters
    (JSON may hold them), which no file may. What else may not stand in a name is left for those who read names to
    refuse."""
    cell = cell.strip()
    if cell.isprintable():
        return cell
    return " ".join("".join(_INSTEAD.get(unicodedata.category(char), char) for char in cell).split())


_INSTEAD = {"Cc": " ", "Cs": "\ufffd"}


def cleaned(cells: Iterable[str]) -> list[str]:
    """Every cell of a row, cleaned."""
    return [clean(cell) for cell in cells]
