"""Rows that lie in a database count as rows in files do, to the last one, whatever the engine."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from databases_made import FIELDS, TYPES, Rows, rows_of, tables_of, with_ids
from naive_measure import naive_measure
from test_events import as_naive, same
from workspaces_made import ASKED, BY_DAY, COLUMNS, IN_ORDER, table

from qbrgen.define.model.workspace import Definitions
from qbrgen.figures import Span
from qbrgen.load.databases import Database
from qbrgen.measure.counts import Counts
from qbrgen.measure.events import measure
from qbrgen.measure.rows import EventRow, event_rows

_SQL = {
    "instant": "timestamp with time zone",
    "wall": "timestamp",
    "day": "date",
    "double": "double precision",
    "decimal": "decimal(18, 9)",
    "whole": "bigint",
}


def ddl(name: str, text: str = "varchar") -> str:
    """The statement that makes a table of `TYPES`."""
    kinds = {kind: _SQL.get(kind, text) for kind in TYPES[name]}
    time, number = (kinds[kind] for kind in TYPES[name])
    columns = (
        f"moment {time}",
        f"user_id {text}",
        f"account_id {text}",
        f"event {text}",
        f"qty {number}",
        f"id {text}",
    )
    return f"CREATE TABLE {name} ({', '.join(columns)})"


class EngineAgrees(ABC):
    """What every engine promises. A subclass says how tables get into it."""

    SEEDS: ClassVar[tuple[int, ...]] = (3,)

    @abstractmethod
    def filled(self, rows: Rows, folder: Path, request: pytest.FixtureRequest) -> Database:
        """A database that holds these rows."""

    def test_typed_rows_count_as_plain_loops_over_them_do(self, tmp_path: Path, request: pytest.FixtureRequest) -> None:
        for seed in self.SEEDS:
            folder = tmp_path / str(seed)
            folder.mkdir()
            rows = rows_of(seed)
            database = self.filled(rows, folder, request)
            there = rows.definitions(folder, tables_of(database))
            counts = measure(there)
            naive = naive_measure(
                rows.written(folder),
                COLUMNS,
                ZoneInfo(rows.zone),
                {account: set(users) for account, users in rows.people.items()},
                dict.fromkeys(rows.people, ASKED),
                BY_DAY,
                IN_ORDER,
                rows.as_of,
                rows.data_start,
            )
            assert as_naive(counts) == naive
            assert counts.balance.by_source == {f"w: {name}": len(rows.typed[name]) for name in TYPES}
            self.rows_behind(rows, there, counts)

    def rows_behind(self, rows: Rows, there: Definitions, counts: Counts) -> None:
        """The rows behind a count are those of the files, told by table and id."""
        root = there.settings.root
        files = rows.definitions(root, [table(path) for path in rows.written(root)])
        asked = (counts, "acme", sorted(ASKED), Span(counts.data_start, counts.as_of))
        found = event_rows(there, *asked)

        def told(every: list[EventRow]) -> list[tuple[str, ...]]:
            return sorted((str(e.at), str(e.day), e.user, e.event, str(e.micro), str(e.reason)) for e in every)

        assert told(found) == told(event_rows(files, *asked))
        assert {row.place.file for row in found} <= {f"w: {name}" for name in TYPES}
        assert {row.place.number for row in found} <= {row[-1] for every in rows.typed.values() for row in every}

    def test_half_in_files_and_half_in_the_database_is_the_same(
        self, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        rows = rows_of(self.SEEDS[0])
        database = self.filled(rows, tmp_path, request)
        every = [with_ids(each, False) for each in tables_of(database)]
        named = dict(COLUMNS)
        del named["id"]
        files = [table(path, named) for path in rows.written(tmp_path)]
        mixed = [file if number % 2 else there for number, (file, there) in enumerate(zip(files, every, strict=True))]
        same(measure(rows.definitions(tmp_path, mixed)), measure(rows.definitions(tmp_path, files)))

    def test_events_without_an_account_count_at_that_of_their_person(
        self, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        rows = replace(rows_of(self.SEEDS[0]), people={"acme": ["u0", "u1"], "birch": ["u1", "u2"], "cedar": []})
        database = self.filled(rows, tmp_path, request)
        columns = {key: name for key, name in FIELDS.items() if key != "account"}
        there = [replace(each, columns=columns) for each in tables_of(database)]
        named = {key: name for key, name in COLUMNS.items() if key != "account"}
        files = [table(path, named) for path in rows.written(tmp_path)]
        same(measure(rows.definitions(tmp_path, there)), measure(rows.definitions(tmp_path, files)))


@pytest.mark.slow
class TestDuckDB(EngineAgrees):
    """A DuckDB file is a database like any other; it is opened for reading."""

    SEEDS = (0,)

    def filled(self, rows: Rows, folder: Path, request: pytest.FixtureRequest) -> Database:  # noqa: ARG002
        import duckdb

        with duckdb.connect(folder / "events.duckdb") as connection:
            connection.execute("SET TimeZone = 'UTC'")
            for name, typed in rows.typed.items():
                connection.execute(ddl(name))
                if typed:
                    connection.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?, ?)", typed)
        return Database("w", "duckdb://events.duckdb", folder)


class TestPostgres(EngineAgrees):
    """A real PostgreSQL server."""

    def filled(self, rows: Rows, folder: Path, request: pytest.FixtureRequest) -> Database:  # noqa: ARG002
        import psycopg

        host = request.getfixturevalue("postgres")
        with psycopg.connect(host=str(host), user="postgres", dbname="postgres", autocommit=True) as connection:
            for name, typed in rows.typed.items():
                connection.execute(f"DROP TABLE IF EXISTS {name}")
                connection.execute(ddl(name, "text"))
                with connection.cursor() as cursor:
                    cursor.executemany(f"INSERT INTO {name} VALUES (%s, %s, %s, %s, %s, %s)", typed)
        return Database("w", f"postgresql://postgres@/postgres?host={host}")


@pytest.mark.slow
class TestPostgresMore(TestPostgres):
    """More rows by chance."""

    SEEDS = (0, 1, 2, 4, 5, 7, 11, 13)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="Spark takes Java")
@pytest.mark.filterwarnings("ignore")
class TestSpark(EngineAgrees):
    """Spark on this machine."""

    SEEDS = (0, 3)

    def filled(self, rows: Rows, folder: Path, request: pytest.FixtureRequest) -> Database:  # noqa: ARG002
        pytest.importorskip("pyspark", reason="takes the extra 'spark'")
        from qbrgen.load.connections import connect

        database = Database("w", "spark://local?spark.sql.shuffle.partitions=2&spark.ui.enabled=false")
        session = connect(database).backend._session
        kinds = {
            "instant": "timestamp",
            "wall": "timestamp_ntz",
            "day": "date",
            "text": "string",
            "double": "double",
            "decimal": "decimal(18, 9)",
            "whole": "bigint",
        }
        for name, typed in rows.typed.items():
            time, number = (kinds[kind] for kind in TYPES[name])
            schema = f"moment {time}, user_id string, account_id string, event string, qty {number}, id string"
            session.createDataFrame(typed, schema).createOrReplaceTempView(name)
        return database
