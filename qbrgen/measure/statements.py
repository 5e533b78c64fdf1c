"""The statements that counting runs, in any dialect that Ibis writes, without reaching any database.

What a database would tell is assumed here, and said in `assumed`: the types of the columns, and the days that the data
cover where the settings do not give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import ibis

from qbrgen.define.model.sources import Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, InputError, Level
from qbrgen.measure import expression, roster
from qbrgen.measure.engine import engine
from qbrgen.measure.events import stop_at
from qbrgen.measure.expression import Cover
from qbrgen.measure.here import Here, fields_of, files_of
from qbrgen.measure.local_time import stretches
from qbrgen.measure.typed_rows import UTC_BY_CAST, typed_rows
from qbrgen.period import full_weeks

DIALECTS = (
    *("duckdb", "postgres", "spark", "athena", "bigquery", "clickhouse", "databricks", "impala", "materialize"),
    *("mysql", "oracle", "risingwave", "snowflake", "trino"),
)
_OF_DATABASES = {"postgresql": "postgres"}
_DAYS = 365  # that the data are assumed to cover


@dataclass(frozen=True, slots=True)
class Statement:
    """One step: what it is for, its SQL, and what of it is assumed."""

    title: str
    sql: str
    assumed: str = ""


def dialect_of(definitions: Definitions) -> str:
    """The dialect of the database in which the events lie, else that of the embedded engine."""
    kinds = {table.database.kind for table in definitions.settings.sources.events if table.database}
    kind = kinds.pop() if len(kinds) == 1 else "duckdb"
    name = _OF_DATABASES.get(kind, kind)
    return name if name in DIALECTS else "duckdb"


def statements(definitions: Definitions, dialect: str, as_of: date | None = None) -> list[Statement]:
    """Every statement of a measuring, step by step. Raises InputError where the dialect lacks what it takes."""
    sources = definitions.settings.sources
    in_files = dialect == "duckdb" and not any(table.database for table in (*sources.events, *sources.presence))
    found: list[Statement] = []
    assumed = "" if in_files else _assumed((*sources.events, *sources.presence), dialect)
    with engine() as session:
        rows: dict[str, ibis.Table] = {}
        if in_files:
            here = Here(session, files_of(definitions.settings))
            stop_at(here.open(definitions))
            views = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY view_oid"
            made = session.connection.execute(views).fetchall()
            found += [Statement(f"the rows of {name}, in the one shape", sql.rstrip(";")) for name, sql in made]
            rows = {kind: here.table(kind) for kind, files in here.files.items() if files}
        else:
            for kind, tables in (("events", sources.events), ("presence", sources.presence)):
                if tables:
                    rows[kind] = _assumed_rows(tables, kind, dialect)
        for title, wanted in _steps(definitions, rows, as_of):
            found.append(Statement(title, _sql(wanted, dialect), assumed))
    return found


def _steps(definitions: Definitions, rows: dict[str, ibis.Table], as_of: date | None) -> list[tuple[str, ibis.Table]]:
    settings = definitions.settings
    last = as_of or settings.as_of or datetime.now(tz=UTC).date()
    first = settings.data_start or last - timedelta(days=_DAYS)
    begins, ends = (datetime.combine(day, time()) for day in (first - timedelta(days=1), last + timedelta(days=2)))
    cover = Cover(first, last, stretches(settings.time_zone or UTC, begins, ends))
    asked = roster.wanted_events(definitions)
    steps: list[tuple[str, ibis.Table]] = []
    if "events" in rows:
        events = rows["events"]
        steps.append(("how many rows, from when to when, by event name", expression.bounds(events, "event")))
        repeated = expression.repeated_ids(events) if "id" in events.columns else None
        if repeated is not None:
            steps.append(("ids that stand on several rows", repeated))
        dated = expression.dated(expression.marked(expression.timed(events, cover), repeated), cover)
        known = {*definitions.accounts, *definitions.set_aside}
        less = expression.reduced(dated, {event for _, event, *_ in asked}, known)
        days = f"with the days from {first} to {last}"
        steps.append((f"the counts, {days}", expression.counted(less, {event for _, event, day, _ in asked if day})))
        chains = [(account, event) for account, event, _, in_order in asked if in_order]
        if chains:
            steps.append(("single events of chains", expression.ordered(dated, chains)))
    if "presence" in rows:
        timed = expression.timed(rows["presence"], cover)
        weeks = full_weeks(first, last)
        steps.append(("weeks with presence", expression.present(timed, definitions.accounts, cover, weeks)))
    return steps


def _assumed_rows(tables: Sequence[Table], kind: str, dialect: str) -> ibis.Table:
    stop_at([finding for table in tables for finding in _unmapped(table, kind)])
    fields = fields_of(tables, kind, numbered=False)
    of = {"postgres": "postgresql"}.get(dialect, dialect)
    assumed = {"time": "timestamp('UTC')" if _has_zones(dialect) else "timestamp", "value": "float64"}
    parts = []
    for number, table in enumerate(tables):
        schema = {column: assumed.get(field, "string") for field, column in table.columns.items()}
        *where, name = (table.name or table.path.stem).split(".")
        place = tuple(where) if len(where) > 1 else (where[0] if where else None)
        catalog, database = place if isinstance(place, tuple) else (None, place)
        found = ibis.table(schema, name=name, catalog=catalog, database=database)
        parts.append(typed_rows(found, table, fields, number, of))
    return ibis.union(*parts, distinct=False)


def _unmapped(table: Table, kind: str) -> Iterator[Finding]:
    """The columns that no statement can do without: nobody asks the database which it has."""
    for field in ("time", "user", "event") if kind == "events" and not table.event_columns else ("time", "user"):
        if field not in table.columns:
            what = f"Nothing says which column of {table.name or table.path.name} holds the {field}."
            fix = f"Add {field}: <column> to its columns: `qbrgen sql` reaches no database, and sees none of them."
            yield Finding(Level.ERROR, "column-not-mapped", what, fix, table.where)


def _has_zones(dialect: str) -> bool:
    """Whether a timestamp with a time zone can be read there; see `typed_rows`."""
    return dialect in {"postgres", "snowflake", *UTC_BY_CAST}


def _assumed(tables: Sequence[Table], dialect: str) -> str:
    times = ", ".join(dict.fromkeys(table.columns["time"] for table in tables if "time" in table.columns))
    values = ", ".join(dict.fromkeys(table.columns["value"] for table in tables if "value" in table.columns))
    numbers = f"; {values}: double" if values else ""
    zone = "with" if _has_zones(dialect) else "without"
    return f"types are assumed, a connection tells them: {times}: timestamp {zone} time zone{numbers}; all others: text"


def _sql(wanted: ibis.Table, dialect: str) -> str:
    if dialect == "spark":  # Ibis writes it with pyspark at hand only; that of Databricks is the same
        dialect = "databricks"
    try:
        return str(ibis.to_sql(wanted, dialect=dialect))
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "ibis":
            raise
        what = f"the dialect '{dialect}' lacks what counting takes: {error}"
        raise InputError([Finding(Level.ERROR, "database-cannot", what, "Choose another with --engine.")]) from error
