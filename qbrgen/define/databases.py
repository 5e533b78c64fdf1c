"""The `databases:` of qbrgen.yml and the tables that entries of `data:` name in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from qbrgen.define.settings_schema import FileWritten
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.databases import (
    Connection,
    Database,
    DatabaseError,
    connect,
    name_of_url,
    read_database_table,
    url_findings,
)
from qbrgen.load.nearest import instead_of
from qbrgen.load.tables import TableData
from qbrgen.load.yaml_files import YamlFile

_UNSEEN: ContextVar[bool] = ContextVar("unseen", default=False)


@contextmanager
def unseen() -> Iterator[None]:
    """Within it no database is reached for tables of events and presence: their columns are taken as mapped."""
    before = _UNSEEN.set(True)
    try:
        yield
    finally:
        _UNSEEN.reset(before)


@dataclass(slots=True)
class Databases:
    """The databases of a workspace, each connected once while its tables are looked at. To be closed."""

    written: Mapping[str, str]
    file: YamlFile
    root: Path
    findings: list[Finding] = field(default_factory=list)
    _open: dict[str, Connection | DatabaseError] = field(default_factory=dict)

    def check(self) -> None:
        """Every URL of `databases:`, used or not: a password in it is in the file all the same."""
        for name, url in self.written.items():
            self.findings += url_findings(Database(name, url, self.root), self.file.at("databases", name))

    def table(self, entry: FileWritten, where: Location, *, header_only: bool) -> tuple[Database, TableData] | None:
        """The database that an entry names and its table; None where there is none, which is told."""
        database = self._named(entry.database, where)
        if database is None:
            return None
        called = f"{database.name}: {entry.table}"
        if header_only and _UNSEEN.get():
            columns = entry.columns.model_dump(by_alias=True).values()
            return database, TableData(called, tuple(str(column) for column in columns if column))
        if database.url not in self._open:
            try:
                self._open[database.url] = connect(database)
            except DatabaseError as error:
                self._open[database.url] = error
                self.findings.append(error.finding(where))
        connection = self._open[database.url]
        if isinstance(connection, DatabaseError):
            return database, TableData(called)
        return database, read_database_table(connection, entry.table, called, header_only=header_only)

    def close(self) -> None:
        for connection in self._open.values():
            if isinstance(connection, Connection):
                connection.close()

    def _named(self, name: str, where: Location) -> Database | None:
        url = self.written.get(name)
        if url is not None:
            database = Database(name, url, self.root)
            return None if url_findings(database, where) else database
        if "://" not in name:
            what = f"there is no database '{name}' under `databases:`."
            fix = instead_of(name, self.written, "databases") if self.written else "Add `databases:` with its URL."
            self.findings.append(Finding(Level.ERROR, "unknown-database", what, fix, where))
            return None
        database = Database(name_of_url(name), name, self.root)
        wrong = url_findings(database, where)
        self.findings += wrong
        return None if wrong else database
