"""Tables: their cells, columns and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qbrgen.document.marks import Status


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    lines: more lines like its text, each of its own. sub: a last, quieter line. link: key of a Section of the same
    document, or the `anchor` of another cell. status draws its shape. continues: of a row's first cell: the row goes on
    with what the row above is about, and no rule parts them. anchor: a key by which links lead to this cell.
    """

    text: str
    strong: bool = False
    lines: tuple[str, ...] = ()
    sub: str = ""
    link: str = ""
    status: Status | None = None
    note: str = ""  # a footnote mark ("3")
    continues: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """width: share of the table's width (they need not add up to 1). nowrap: dates and owners."""

    heading: str
    width: float
    align: Literal["left", "right"] = "left"
    nowrap: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. A renderer cuts a long one over to further slides or pages, repeating the header.

    lines: one for each row, which spans the table's width below it; none at all for a table without. legible: a slide
    cuts it over before its type becomes smaller than a reader in the room can read. fixed: a page keeps the widths
    asked for, so that tables of one kind stand alike below each other.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alt: str
    small: bool = False  # receipts and definitions
    lines: tuple[str, ...] = ()
    legible: bool = False
    fixed: bool = False
