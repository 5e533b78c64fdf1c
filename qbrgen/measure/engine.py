"""The embedded engine: one DuckDB in memory, reached through Ibis, for the length of one measuring."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import ibis
import pandas as pd


class Engine:
    """A DuckDB session. `connection` runs SQL (sources); Ibis tables and results for everything else."""

    def __init__(self, folder: str) -> None:
        # Without these DuckDB would spill into the user's folder, and read local times by the machine's zone.
        self._ibis = ibis.duckdb.connect(temp_directory=folder)
        self.connection: Any = self._ibis.con
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_progress_bar = false")

    def close(self) -> None:
        self._ibis.disconnect()

    def table(self, name: str) -> ibis.Table:
        """A table or view of the session."""
        return self._ibis.table(name)

    def keep(self, name: str, rows: Sequence[Sequence[Any]], columns: dict[str, str]) -> ibis.Table:
        """A small table of the session's own. columns: name → SQL type."""
        frame = pd.DataFrame(list(rows), columns=list(columns), dtype="object")
        listing = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in columns.items())
        self.connection.register(f"{name}_frame", frame)
        self.connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {listing} FROM {name}_frame")
        self.connection.unregister(f"{name}_frame")
        return self.table(name)

    def run(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Run an expression and keep its result in the session."""
        return self._ibis.create_table(name, expression, temp=True)

    def frame(self, expression: ibis.Table, *order: str) -> pd.DataFrame:
        """Run an expression and fetch its result, in the order of some columns (else in none)."""
        if order:
            expression = expression.order_by(*order)
        found: pd.DataFrame = self._ibis.to_pyarrow(expression).to_pandas()
        return found

    def first(self, sql: str) -> Any:
        """The first row of a statement in SQL, or None."""
        return self.connection.execute(sql).fetchone()


# What DuckDB raises for files that are not what they say, or that break off: the user's, not ours.
BROKEN_FILE: tuple[type[Exception], ...] = (
    duckdb.InvalidInputException,
    duckdb.ConversionException,
    duckdb.IOException,
    duckdb.SerializationException,
)


def said(error: Exception) -> str:
    """The first line of DuckDB's message, without the kind of error before it."""
    return str(error).splitlines()[0].split(": ", 1)[-1].strip()


@contextmanager
def engine() -> Iterator[Engine]:
    """A session, closed afterwards with whatever it wrote to disk."""
    with tempfile.TemporaryDirectory(prefix="qbrgen-", ignore_cleanup_errors=True) as folder:
        session = Engine(folder)
        try:
            yield session
        finally:
            session.close()
