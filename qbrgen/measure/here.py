"""The files of a workspace: counted where they lie, by the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

import ibis
import pandas as pd

from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import EachRow, Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding
from qbrgen.measure import roster
from qbrgen.measure.engine import Engine
from qbrgen.measure.readers import Numbering
from qbrgen.measure.sources import File, open_files, union
from qbrgen.measure.spans import Span, read_spans

KINDS = ("events", "presence")
_NEEDED = {"events": ("time", "user", "event"), "presence": ("time", "user")}
_COLUMNS_APART = (".parquet", ".pq")  # a single column of theirs is read without the others


@dataclass(slots=True)
class Here:
    """The files of events and of presence, and one session over them. files, spans: by "events" and "presence"."""

    session: Engine
    tables: dict[str, tuple[Table, ...]]
    files: dict[str, list[File]] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)

    def open(self, definitions: Definitions, kinds: Iterable[str] = KINDS, *, numbered: bool = False) -> list[Finding]:
        """Make a view of each file and one over all of a kind; what is wrong with them. numbered: with the number of
        each row in its file."""
        people = people_without_account(definitions, [table for kind in kinds for table in self.tables[kind]])
        self.session.keep("user_accounts", people, {"user": "VARCHAR", "account": "VARCHAR"})
        findings: list[Finding] = []
        for kind in kinds:
            opened = open_tables(self.session, definitions.settings, self.tables[kind], kind, numbered=numbered)
            self.files[kind], problems = opened
            findings += problems
        return findings

    def look(self, zone: tzinfo, kinds: Iterable[str] = KINDS) -> list[Finding]:
        """Read what each file holds; what is wrong with it."""
        findings: list[Finding] = []
        for kind in kinds:
            self.spans[kind], problems = read_spans(self.session, self.files[kind], zone)
            findings += problems
        return findings

    @property
    def reduces(self) -> bool:
        """Whether to ask for the event names apart is cheaper than to group by all of them."""
        return all(file.path.suffix.lower() in _COLUMNS_APART for file in self.files["events"])

    def table(self, kind: str) -> ibis.Table:
        """The rows of all files of a kind."""
        return self.session.table(kind)

    def run(self, name: str, wanted: ibis.Table) -> ibis.Table:
        """Run an expression and keep its result in the session."""
        return self.session.run(name, wanted)

    def frame(self, wanted: ibis.Table, *order: str) -> pd.DataFrame:
        """Run an expression and fetch its result, in the order of some columns (else in none)."""
        return self.session.frame(wanted, *order)

    def bytewise(self, text: Any) -> Any:
        """By what a text is ordered: the engine goes by its characters."""
        return text


def open_tables(
    session: Engine, settings: Settings, tables: Sequence[Table], kind: str, *, numbered: bool = False
) -> tuple[list[File], list[Finding]]:
    """Make a view of each file and one over all of them, named by their kind; what is wrong with them.

    The session has the table `user_accounts`. numbered: with the number of each row in its file.
    """
    fields = fields_of(tables, kind, numbered=numbered)
    files, findings = open_files(session, tables, settings, fields, _NEEDED[kind], kind)
    if files:
        union(session.connection, files, kind)
    return files, findings


def files_of(settings: Settings) -> dict[str, tuple[Table, ...]]:
    """The tables of events and of presence that are files."""
    every = {"events": settings.sources.events, "presence": settings.sources.presence}
    return {kind: tuple(table for table in tables if not table.database) for kind, tables in every.items()}


def headers_of(files: Iterable[Any]) -> set[tuple[str, str]]:
    """How CSV files call their columns of user and event: a header that comes again among the rows has these."""
    return {
        (file.table.columns["user"], file.table.columns["event"])
        for file in files
        if isinstance(file, File) and file.made.reader.numbering is Numbering.CSV and "event" in file.table.columns
    }


def fields_of(tables: Sequence[Table], kind: str, *, numbered: bool) -> list[str]:
    """What the rows of some tables hold: see `expression`."""
    optional = [each for each in ("value", "id") if any(each in table.columns for table in tables)]
    alike = any(table.same_rows_once for table in tables)
    if "value" not in optional and any(table.event_columns for table in tables):
        optional.insert(0, "value")
    optional += [each for each in ("id", "alike") if alike and each not in optional]
    fields = [*_NEEDED[kind], "account", *(optional if kind == "events" else [])]
    if kind == "presence" and any(table.only for table in tables):
        fields.append("event")
    if any(table.each_row is not EachRow.EVENT for table in tables):
        fields.append("days")
    return [*fields, "number"] if numbered else fields


def people_without_account(definitions: Definitions, tables: Iterable[Table]) -> list[tuple[str, str]]:
    """(user, account) of everyone of one account only; none where every table tells the account."""
    if all("account" in table.columns or table.of_account for table in tables):
        return []
    people = roster.people_of_definitions(definitions) | roster.people_of_tables(definitions)
    return roster.sole_accounts(people)
