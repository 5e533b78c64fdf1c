"""Rows of the small tables (people, accounts, ready-made values, names) as they count.

In: a table and its content as read. Out: the content with ids in the form that is used everywhere, names in place of
ids where `names:` says so, one account for every row where that is said, and of several rows of one person or account
those that were written last. Whoever reads one of these tables reads it through here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qbrgen.define.databases import is_unseen
from qbrgen.define.model.sources import Table
from qbrgen.define.wide_values import in_rows
from qbrgen.errors import Finding, Level
from qbrgen.load.connections import connected, read_database_table
from qbrgen.load.databases import Database, DatabaseError
from qbrgen.load.exports.registry import BY_NAME
from qbrgen.load.identifiers import in_full, is_salesforce_id
from qbrgen.load.nearest import listed
from qbrgen.load.settled import settled
from qbrgen.load.tables import TableData, read_table

OF_ONE = "(account)"
"""The column that a table has got whose rows are all of one account."""

_IDS = ("user", "account")
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?")
_NUMBER = re.compile(r"\d+(\.\d+)?")

Translation = Mapping[str, str]


def refined(table: Table, content: TableData, translations: Mapping[str, Translation] | None = None) -> TableData:
    """The rows of a table as they count; findings of what was left out are added to its own.

    translations: our field → id as the table has it → what it is read as (see `named`).
    """
    refining = _Refining(table, _settled(table, in_rows(table, content)))
    refining.without_footer()
    refining.of_one_account()
    for field, names in (translations or {}).items():
        refining.each_cell(field, lambda cell, names=names: names.get(cell, cell))  # type: ignore[misc]
    for field in _IDS:
        refining.each_cell(field, in_full)
    refining.whole_names()
    refining.latest()
    return refining.done()


def read_small(table: Table, name: str, root: Path) -> TableData:
    """The rows of a file or a database's table as they count; the tables of its names are read too.

    name: how findings call a file.
    """
    told = {field: names_of(names, root).names for field, names in table.names.items()}
    return refined(table, _read_remote(table, table.database, root) if table.database else _read(table, name), told)


def _read(table: Table, name: str) -> TableData:
    return read_table(table.path, name, reading=table.reading)


def _read_remote(table: Table, database: Database, root: Path) -> TableData:
    if is_unseen():
        return TableData(table.called(root), tuple(table.columns.values()))
    try:
        with connected(database) as connection:
            found = read_database_table(connection, table.name, table.called(root))
    except DatabaseError as error:
        return TableData(table.called(root), findings=(error.finding(table.where),))
    return replace(found, findings=tuple(replace(finding, where=table.where) for finding in found.findings))


def _settled(table: Table, content: TableData) -> TableData:
    """Days, numbers and ids in the form that everything after reads."""

    def columns(*fields: str) -> list[str]:
        return [table.columns[field] for field in fields if field in table.columns]

    return settled(
        content,
        table.reading,
        paths=table.columns.values(),
        days=columns("from", "to", "renewal", "updated"),
        times=columns("time"),
        months=columns("period"),
        numbers=columns("arr", "value", "numerator", "denominator"),
        ids=columns(*_IDS),
    )


class _Refining:
    def __init__(self, table: Table, content: TableData) -> None:
        self.table = table
        self.columns = content.columns
        self.rows = [list(row) for row in content.rows]
        self.content = content
        self.lines = list(content.lines)
        self.findings = list(content.findings)

    def done(self) -> TableData:
        return replace(
            self.content, columns=self.columns, rows=self.rows, lines=self.lines, findings=tuple(self.findings)
        )

    def _place(self, field: str) -> int | None:
        column = self.table.columns.get(field)
        return self.columns.index(column) if column in self.columns else None

    def each_cell(self, field: str, changed: Callable[[str], str]) -> None:
        place = self._place(field)
        if place is not None:
            for row in self.rows:
                row[place] = changed(row[place])

    def of_one_account(self) -> None:
        if self.table.of_account:
            self.columns = (*self.columns, OF_ONE)
            for row in self.rows:
                row.append(self.table.of_account)

    def without_footer(self) -> None:
        """A report of Salesforce ends with lines of text: no id stands in them."""
        export = BY_NAME.get(self.table.export)
        key = "user" if "user" in self.table.columns else "account"
        place = self._place(key)
        if export is None or not export.salesforce_ids or place is None:
            return
        if not any(is_salesforce_id(row[place]) for row in self.rows):
            return  # another column was mapped: an e-mail address, an id of their own
        self._keep([is_salesforce_id(row[place]) for row in self.rows], "report-footer", _footer)

    def whole_names(self) -> None:
        first, last = self._place("name"), self._place("last_name")
        if first is None or last is None or first == last:
            return
        for row in self.rows:
            if not row[first].casefold().endswith(row[last].casefold()):
                row[first] = f"{row[first]} {row[last]}".strip()

    def latest(self) -> None:
        """Of the rows of a person, those of their latest update, each account once; of an account, its latest."""
        updated, key = self._place("updated"), self._place("user" if "user" in self.table.columns else "account")
        if updated is None or key is None:
            return
        kept: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(self.rows):
            kept[row[key]].append(index)
        account = self._place("account")
        stays: set[int] = set()
        for indices in kept.values():
            last = max(_when(self.rows[index][updated]) for index in indices)
            of_last = [index for index in indices if _when(self.rows[index][updated]) == last]
            by_account = {self.rows[index][account] if account is not None else "": index for index in of_last[::-1]}
            stays |= set(by_account.values())
        self._keep([index in stays for index in range(len(self.rows))], "rows-superseded", _superseded)

    def _keep(self, stays: Sequence[bool], code: str, said: Callable[[int], tuple[str, str]]) -> None:
        left = [index for index, stay in enumerate(stays) if not stay]
        if not left:
            return
        what, fix = said(len(left))
        self.findings.append(Finding(Level.NOTE, code, what, fix, self.content.at(left[0])))
        self.rows = [row for row, stay in zip(self.rows, stays, strict=True) if stay]
        self.lines = [line for line, stay in zip(self.lines, stays, strict=True) if stay]


def _footer(number: int) -> tuple[str, str]:
    rows = "1 row holds" if number == 1 else f"{number:,} rows hold"
    return f"{rows} no id of Salesforce where one belongs (the end of a report); left out.", ""


def _superseded(number: int) -> tuple[str, str]:
    rows = "1 row gives" if number == 1 else f"{number:,} rows give"
    return f"{rows} way to a row of the same id that was written later, or to its like.", ""


def _when(cell: str) -> tuple[int, float, str]:
    """What can be compared: a number, or a day with or without a time; anything else is the oldest."""
    if _NUMBER.fullmatch(cell):
        return 1, float(cell), ""
    return (1, 0.0, cell.replace("T", " ").rstrip("Z")) if _ISO.fullmatch(cell) else (0, 0.0, "")


# ---- names ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """A table of names as read: id → what it is read as. findings: of ids with several names, which are not read."""

    names: Translation
    findings: tuple[Finding, ...] = ()


def names_of(table: Table, root: Path) -> Names:
    """Read a table of names."""
    return named(table, read_table(table.path, table.called(root), reading=table.reading))


def named(table: Table, content: TableData) -> Names:
    """The same from a table that was read."""
    ids = [table.columns["id"]] if "id" in table.columns else []
    return _translation(table, settled(content, table.reading, paths=table.columns.values(), ids=ids))


def _translation(table: Table, content: TableData) -> Names:
    """What ids are read as, by a table with the columns id and name; of several rows of an id the latest counts."""
    ids, names = (content.column(table.columns.get(field)) for field in ("id", "name"))
    updated = content.column(table.columns.get("updated"))
    found: dict[str, list[tuple[tuple[int, float, str], str]]] = defaultdict(list)
    for key, name, when in zip(ids, names, updated, strict=True):
        if key and name:
            found[key].append((_when(when), name))
    told: dict[str, str] = {}
    unclear: list[str] = []
    for key, given in found.items():
        last = max(when for when, _ in given)
        of_last = {name for when, name in given if when == last}
        if len(of_last) == 1:
            told[key] = in_full(of_last.pop())
        else:
            unclear.append(key)
    return Names(told, tuple(_unclear(unclear, content)))


def _unclear(ids: Iterable[str], content: TableData) -> list[Finding]:
    every = sorted(ids)
    if not every:
        return []
    what = f"{content.name} has several names for {listed([repr(each) for each in every])}: they stay as they are."
    fix = "Keep one row of each, or map `updated:` to the column that says when a row was written."
    return [Finding(Level.WARNING, "names-unclear", what, fix, content.at(0))]
