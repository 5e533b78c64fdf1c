"""The `databases:` of qbrgen.yml and the tables that entries of `data:` name in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from qbrgen.define.settings_schema import AccountsFile, FileWritten, PeopleFile, ValuesFile
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.connections import Connection, connect, read_database_table
from qbrgen.load.databases import Database, DatabaseError, name_of_url, url_findings
from qbrgen.load.exports.registry import BY_NAME
from qbrgen.load.nearest import instead_of
from qbrgen.load.tables import TableData
from qbrgen.load.yaml_files import YamlFile, read_yaml, yaml_paths

_KINDS: Mapping[type[FileWritten], str] = {PeopleFile: "people", AccountsFile: "accounts", ValuesFile: "values"}

_STAND_INS: ContextVar[list[str] | None] = ContextVar("stand_ins", default=None)


@contextmanager
def unseen() -> Iterator[list[str]]:
    """Within it no database is reached: tables have the columns that are mapped, those of accounts stand-ins for their
    rows (see `_stand_in`), all others no row. Out: what the tables are called for which something stands in."""
    stand_ins: list[str] = []
    before = _STAND_INS.set(stand_ins)
    try:
        yield stand_ins
    finally:
        _STAND_INS.reset(before)


def is_unseen() -> bool:
    """Whether no database is to be reached."""
    return _STAND_INS.get() is not None


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
        stand_ins = _STAND_INS.get()
        if stand_ins is not None:
            if header_only:
                columns = entry.columns.model_dump(by_alias=True).values()
                return database, TableData(called, tuple(str(column) for column in columns if column))
            stand_ins.append(called)
            return database, self._stand_in(entry, called)
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

    def _stand_in(self, entry: FileWritten, called: str) -> TableData:
        """A table that is not reached: the columns that its entry and its export name. Accounts have a row for each
        playbook where a column tells theirs, else one, under an id that says what it stands for."""
        export = BY_NAME.get(entry.export)
        known = export.columns.get(_KINDS[type(entry)], {}) if export else {}
        given = entry.columns.model_dump(by_alias=True)
        columns = {field: str(column or known.get(field, (field,))[0]) for field, column in given.items()}
        rows = []
        if isinstance(entry, AccountsFile):
            for playbook in self._playbooks() if given["playbook"] else [""]:
                of = f", {playbook}" if playbook else ""
                cells = {"account": f"(accounts of {entry.table}{of})", "playbook": playbook}
                rows.append([cells.get(field, "") for field in columns])
        return TableData(called, tuple(columns.values()), rows, [0] * len(rows))

    def _playbooks(self) -> list[str]:
        """The ids of the workspace's playbooks."""
        found = [
            (path.stem, read_yaml(path, path.name).value)
            for path in yaml_paths(self.root / "playbooks", "playbooks")[0]
        ]
        return [str(value.get("playbook") or stem) if isinstance(value, dict) else stem for stem, value in found]

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
