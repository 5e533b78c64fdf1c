"""The embedded engine: one DuckDB in memory, reached through Ibis, for the length of one measuring."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import duckdb
import ibis
import pandas as pd
import pyarrow

from qbrgen.errors import Finding, InputError, Level
from qbrgen.measure.memory import free_memory

LITTLE = "700MB"
"""What the engine keeps of rows, groups and sorted frames before it writes to the session's folder. Counting a hundred
million rows (docs/benchmarks.md) takes no longer for it."""


_SHARE = 0.8  # of the free memory; the rest is for what is made of the counts
_LEAST = 64  # megabytes, with less nothing can be counted


class Engine:
    """A DuckDB session. `connection` runs SQL (sources); Ibis tables and results for everything else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Without these DuckDB would spill into the user's folder, and read local times by the machine's zone.
        self._ibis = ibis.duckdb.connect(temp_directory=str(folder))
        self.connection: Any = self._ibis.con
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_progress_bar = false")
        self.most = _most(str(self.first("SELECT current_setting('memory_limit')")[0]))
        self.little = min(LITTLE, self.most, key=_bytes)

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

    def take(self, name: str, rows: pyarrow.Table) -> ibis.Table:
        """Rows that came from elsewhere, kept in the session."""
        self.connection.register(f"{name}_rows", rows)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {name}_rows")
        self.connection.unregister(f"{name}_rows")
        return self.table(name)

    def run(self, name: str, expression: ibis.Table, *, any_order: bool = False) -> ibis.Table:
        """Run an expression and keep its result in the session. any_order: it has none, which takes less memory; never
        of rows with their numbers, which are those of the order in which they are read."""
        # the types are the expression's: those of the engine's own sums are wider
        self._ibis.create_table(name, schema=expression.schema(), temp=True)
        rows = f'INSERT INTO "{name}" {self._ibis.compile(expression)}'
        self.connection.execute(f"SET preserve_insertion_order = {str(not any_order).lower()}")
        self._sparingly(lambda: self.connection.execute(rows))
        self.connection.execute("SET preserve_insertion_order = true")
        return self.table(name)

    def drop(self, name: str) -> None:
        """Let go of what `run` kept."""
        self.connection.execute(f'DROP TABLE "{name}"')
        # the engine keeps freed memory to itself until a limit is set, whichever
        self.connection.execute(f"SET memory_limit = '{self.most}'")

    def frame(self, expression: ibis.Table, *order: str) -> pd.DataFrame:
        """Run an expression and fetch its result, in the order of some columns (else in none)."""
        if order:
            expression = expression.order_by(*order)
        rows = self._sparingly(lambda: self._ibis.to_pyarrow(expression))
        # each column is let go as soon as it is copied
        found: pd.DataFrame = rows.to_pandas(split_blocks=True, self_destruct=True)
        return found

    def _sparingly(self, wanted: Callable[[], Any]) -> Any:
        """What is wanted, within `little` memory; where that is too little (rows of many megabytes), within `most`."""
        with _files_may_break():
            try:
                self.connection.execute(f"SET memory_limit = '{self.little}'")
                return wanted()
            except duckdb.OutOfMemoryException:
                self.connection.execute(f"SET memory_limit = '{self.most}'")
                try:
                    return wanted()
                except duckdb.OutOfMemoryException as error:
                    raise _too_little(self.most, self.folder) from error
            finally:
                self.connection.execute(f"SET memory_limit = '{self.most}'")

    def execute(self, sql: str) -> list[Any]:
        """Run a statement in SQL over data files, and fetch its rows."""
        return cast("list[Any]", self._sparingly(lambda: self.connection.execute(sql).fetchall()))

    def first(self, sql: str) -> Any:
        """The first row of a statement in SQL, or None."""
        # All rows are fetched: a result left unfinished blocks the session's next statement.
        return next(iter(self.connection.execute(sql).fetchall()), None)


def _most(limit: str) -> str:
    """The most memory that is taken: DuckDB's own limit (of what there is), or less where others have taken it."""
    free = free_memory()
    if free is None:
        return limit
    return min(limit, f"{max(int(free * _SHARE) // 10**6, _LEAST)}MB", key=_bytes)


def _too_little(most: str, folder: Path) -> InputError:
    what = f"counting takes more memory than is free ({most}), or more room for files than {folder.parent} has."
    fix = "Free some, or give the machine or container more; TMPDIR names a folder on another disk."
    return InputError([Finding(Level.ERROR, "too-little-memory", what, fix)])


def _bytes(size: str) -> float:
    """A size as DuckDB writes and takes it (18.8 GiB, 700MB), in bytes."""
    unit = size.lstrip("0123456789. ")
    base, power = (1024.0 if "i" in unit else 1000.0), "BKMGTP".find(unit[:1].upper())
    return float(size.removesuffix(unit)) * math.pow(base, max(power, 0))


class BrokenFileError(Exception):
    """The engine gave up on a data file: it is not what it says, or breaks off. The user's fault, not ours."""


@contextmanager
def _files_may_break() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        # the CSV reader also raises the root of DuckDB's errors, whose other branches are bugs of ours
        if isinstance(error, _OF_FILES) or type(error) is duckdb.Error:
            raise BrokenFileError(str(error)) from error
        raise


_OF_FILES = (
    duckdb.InvalidInputException,
    duckdb.ConversionException,
    duckdb.IOException,
    duckdb.SerializationException,
)


@contextmanager
def engine() -> Iterator[Engine]:
    """A session, closed afterwards with whatever it wrote to disk."""
    with tempfile.TemporaryDirectory(prefix="qbrgen-", ignore_cleanup_errors=True) as folder:
        session = Engine(Path(folder))
        try:
            yield session
        finally:
            session.close()
