"""Rows of presence among other events: only those of some names (`only:`), in any case, * for anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qbrgen.define.model.sources import Table
from qbrgen.errors import Finding, Level


def pattern_of(names: Iterable[str]) -> str:
    """A regular expression for the lower-case event names that fit one of these; every engine reads it alike."""
    parts = (".*".join(re.escape(part) for part in name.lower().split("*")) for name in names)
    return f"^({'|'.join(parts)})$"


def never_occurs(held: Iterable[tuple[str, Table, int]]) -> list[Finding]:
    """A finding for each entry of presence whose names no row has. held: what a file or table is called, the table, and
    its rows of those names."""
    rows: dict[tuple[str, ...], int] = {}
    first: dict[tuple[str, ...], tuple[str, Table]] = {}
    for name, table, number in held:
        if table.only:
            rows[table.only] = rows.get(table.only, 0) + number
            first.setdefault(table.only, (name, table))
    found = []
    for only, (name, table) in first.items():
        if not rows[only]:
            what = f"no row of {name} has a name of `only:` ({', '.join(only)}): nothing tells of presence there."
            fix = "Look how the names are written; * stands for anything."
            found.append(Finding(Level.WARNING, "only-never-occurs", what, fix, table.where))
    return found
