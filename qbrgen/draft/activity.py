"""The mapped tables → who is where, and what everyone does: counted by the same reader that will count the workspace.

Events are grouped by DuckDB once, by account, person, event and week; everything that a draft asks is read from that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import Any

from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import EachRow
from qbrgen.define.people_tables import People, read_people
from qbrgen.define.settings_schema import SettingsFile
from qbrgen.define.sources import Data, read_sources
from qbrgen.define.validate import validate
from qbrgen.draft.model import Mapped
from qbrgen.draft.settings_text import absolute, data_of
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.cells import is_nothing
from qbrgen.load.yaml_files import parse_yaml
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.roster import sole_accounts
from qbrgen.measure.sources import open_files, union
from qbrgen.measure.spans import gave_up, in_their_encodings, read_spans
from qbrgen.period import EPOCH_MONDAY


@dataclass(frozen=True)
class Source:
    """The mapped tables as the workspace will read them. people: every row of the people tables."""

    settings: Settings
    data: Data
    people: People


def open_source(tables: Sequence[Mapped]) -> Source:
    """Read what is small, and check the headers of what is large. Columns that cannot be read are done without where
    a draft can; else InputError with every finding."""
    read = _read(tables, only_needed=False)
    if _errors(read):
        read = _read(tables, only_needed=True)
    _stop_at(_errors(read))
    return read


def _stop_at(findings: Sequence[Finding]) -> None:
    """InputError with the errors among these findings, where there are any."""
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    if errors:
        raise InputError(errors)


def _errors(source: Source) -> list[Finding]:
    found = [*source.data.findings, *source.people.findings]
    return [finding for finding in found if finding.level is Level.ERROR]


def _read(tables: Sequence[Mapped], *, only_needed: bool) -> Source:
    text = json.dumps({"vendor": "x", "data": data_of(tables, absolute, only_needed=only_needed)}, ensure_ascii=False)
    file = parse_yaml(text, "the folder")
    written, findings = validate(SettingsFile, file)
    if written is None or any(finding.level is Level.ERROR for finding in findings):
        raise InputError(findings)
    root = Path("/")
    data = read_sources(written.data, file, root)
    settings = Settings(root=root, vendor="x", time_zone=UTC, sources=data.sources)
    return Source(settings, data, read_people(data.people, UTC))


class Activity:
    """What everyone did. A session of DuckDB: close it by leaving `activity`.

    first, last: the first and last day of an event with a person and a name; None where there is none.
    """

    def __init__(self, session: Engine, people: People, has_events: bool) -> None:
        self._session = session
        self._run = session.connection
        users = [
            (account, row.user, "" if is_nothing(row.title) else row.title)
            for account, rows in people.by_account.items()
            for row in rows
            if row.user
        ]
        columns = {"account": "VARCHAR", "user": "VARCHAR", "title": "VARCHAR"}
        session.keep("roster_rows", users, columns)
        self._run.execute(
            """CREATE TEMP TABLE roster AS SELECT account, "user", coalesce(max(nullif(title, '')), '') AS title
            FROM roster_rows GROUP BY ALL"""
        )
        if not has_events:
            self._run.execute(_NOTHING)
        first, last = self._one("SELECT min(first), max(last) FROM acts")
        self.first: date | None = first
        self.last: date | None = last

    def _one(self, sql: str, *values: Any) -> Any:
        return self._run.execute(sql, list(values)).fetchall()[0]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement over `acts` (account, user, event, week, rows, times) and `roster`."""
        found: list[tuple[Any, ...]] = self._run.execute(sql, list(values)).fetchall()
        return found

    def run(self, sql: str) -> None:
        """Run a statement."""
        self._run.execute(sql)

    def keep(self, name: str, rows: Sequence[Sequence[Any]], columns: dict[str, str]) -> None:
        """A small table of the session's own."""
        self._run.execute(f"DROP TABLE IF EXISTS {name} CASCADE")
        self._session.keep(name, rows, columns)

    @property
    def events(self) -> Mapping[str, int]:
        """Each event name → its rows, the most frequent first."""
        return dict(self.rows("SELECT event, sum(rows) FROM acts GROUP BY 1 ORDER BY 2 DESC, 1"))

    @property
    def people_with_events(self) -> int:
        """Different people (of an account) with any event."""
        return int(self._one('SELECT count(*) FROM (SELECT DISTINCT account, "user" FROM acts)')[0])

    @property
    def known_people_with_events(self) -> int:
        """Those of them who are in the roster."""
        sql = 'SELECT count(*) FROM (SELECT DISTINCT account, "user" FROM acts) JOIN roster USING (account, "user")'
        return int(self._one(sql)[0])


@contextmanager
def activity(source: Source) -> Iterator[Activity]:
    """Count the events of the mapped tables. Raises InputError where a file breaks."""
    with engine() as session:
        pairs = [(account, row.user) for account, rows in source.people.by_account.items() for row in rows]
        session.keep("user_accounts", sole_accounts(pairs), {"user": "VARCHAR", "account": "VARCHAR"})
        tables = source.data.sources.events
        if tables:
            _count(session, source)
        yield Activity(session, source.people, bool(tables))


@in_their_encodings
def _count(session: Engine, source: Source) -> None:
    """The table `acts` of the session."""
    tables = source.data.sources.events
    fields = ["time", "user", "event", "account"]
    fields += ["value"] if any(table.event_columns or "value" in table.columns for table in tables) else []
    fields += ["days"] if any(table.each_row is not EachRow.EVENT for table in tables) else []
    files, findings = open_files(session, tables, source.settings, fields, ("time", "user", "event"), "events")
    _stop_at(findings)
    if files:
        session.connection.execute("DROP VIEW IF EXISTS events")  # of the time before, where it has to be done again
        union(session.connection, files, "events")
        _, findings = read_spans(session, files, UTC)  # how each file writes its times
        _stop_at(findings)
    try:
        session.execute(_acts(session, bool(files)))
    except BrokenFileError as error:
        raise gave_up(source.settings.root.name, error, files) from error


def _acts(session: Engine, any_file: bool) -> str:
    """SQL that groups the events by account, person, name and week."""
    if not any_file:
        return _NOTHING
    columns = set(session.table("events").columns)
    times = "coalesce(micro, 1000000) / 1000000.0" if "micro" in columns else "1.0"
    days = "days // 2" if "days" in columns else "0"
    kept = " AND micro IS DISTINCT FROM 0" if "micro" in columns else ""
    return f"""CREATE TEMP TABLE acts AS
        SELECT account, "user", event, CAST(floor(day / 7.0) AS INTEGER) AS week, count(*) AS rows,
            CAST(sum(times) AS DOUBLE) AS times, min(on_day) AS first, max(on_day) AS last
        FROM (SELECT coalesce(account, '') AS account, "user", event, {times} AS times,
                CAST(coalesce(wall, instant) AS DATE) AS on_day,
                date_diff('day', DATE '{EPOCH_MONDAY}', CAST(coalesce(wall, instant) AS DATE)) + {days} AS day
            FROM events WHERE coalesce(wall, instant) BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2100-01-01'
                AND "user" IS NOT NULL AND event IS NOT NULL{kept})
        GROUP BY ALL"""


_NOTHING = """CREATE TEMP TABLE acts AS SELECT '' AS account, '' AS "user", '' AS event, 0 AS week, 0 AS rows,
    0.0 AS times, DATE '2000-01-01' AS first, DATE '2000-01-01' AS last WHERE false"""
