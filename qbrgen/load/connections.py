"""Databases reached: tables and queries by way of Ibis, and errors that repeat no secret."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from qbrgen.load.databases import ALIASES, DRIVERS_OWN, SECRET, VARIABLE, Database, DatabaseError
from qbrgen.load.drivers import backend_of
from qbrgen.load.nearest import instead_of
from qbrgen.load.tables import TableData, cell_text

if TYPE_CHECKING:
    import ibis
    import pyarrow

_EXTRAS = {"postgresql": "qbrgen[postgres]", "spark": "qbrgen[spark]", "sc": "pyspark[connect]"}
_MOST_SAID = 300
_USERINFO = re.compile(r"(?<=://)[^/\s]*@")


class Connection:
    """An open database. Tables and queries are Ibis's; every error that is not a bug of ours is a DatabaseError."""

    def __init__(self, database: Database, backend: Any, kind: str, secrets: tuple[str, ...]) -> None:
        self.database, self.backend, self.kind, self._secrets = database, backend, kind, secrets

    def table(self, name: str) -> ibis.Table:
        """A table or view by its name, with or without schema and catalogue (`analytics.tracks`)."""
        parts = [part.strip('"`') for part in re.findall(r'"[^"]*"|`[^`]*`|[^.]+', name)]
        *where, table = parts
        database = tuple(where) if len(where) > 1 else (where[0] if where else None)
        with self._told("look for a table"):
            try:
                found: ibis.Table = self.backend.table(table, database=database)
            except Exception as error:
                if not _is_missing(error):
                    raise
                raise self._no_table(name, table, database) from None
            return self._with_zones(found) if self.kind == "spark" else found

    def arrow(self, expression: ibis.Table) -> pyarrow.Table:
        """Run an expression in the database and fetch its result."""
        with self._told("answer"):
            if self.kind == "postgresql":
                return self._from_postgres(expression)
            found: pyarrow.Table = self.backend.to_pyarrow(expression)
        return found

    def close(self) -> None:
        """End the session. A Spark session belongs to the whole process, and is left to it."""
        if self.kind != "spark":
            with suppress(Exception):
                self.backend.disconnect()

    def _with_zones(self, found: ibis.Table) -> ibis.Table:
        """A table of Spark whose instants are told from local times: Ibis takes both for local times."""
        from pyspark.sql.types import TimestampType

        place = found.op()
        parts = (place.namespace.catalog, place.namespace.database, place.name)
        name = ".".join(f"`{part}`" for part in parts if part)
        instants = {
            each.name for each in self.backend._session.table(name).schema if type(each.dataType) is TimestampType
        }
        kinds = {column: "timestamp('UTC')" if column in instants else kind for column, kind in found.schema().items()}
        return place.copy(schema=kinds).to_expr()

    def _from_postgres(self, expression: ibis.Table) -> pyarrow.Table:
        """Without the cursor on the server that Ibis would open: under one, PostgreSQL works with a single process."""
        import pyarrow

        schema = expression.schema().to_pyarrow()
        self.backend._run_pre_execute_hooks(expression)  # small tables that go with it
        with self.backend.con.cursor() as cursor:
            rows = cursor.execute(self.backend.compile(expression)).fetchall()
        columns: list[Any] = list(zip(*rows, strict=True)) if rows else [[] for _ in schema]
        arrays = [pyarrow.array(cells, kind.type) for cells, kind in zip(columns, schema, strict=True)]
        return pyarrow.Table.from_arrays(arrays, schema=schema)

    def _no_table(self, name: str, table: str, database: Any) -> DatabaseError:
        names: list[str] = []
        with suppress(Exception):
            names = self._tables_of_duckdb() if self.kind == "duckdb" else self.backend.list_tables(database=database)
        what = f"the database '{self.database.name}' has no table '{name}'."
        fix = instead_of(table, names, "tables") if names else "Check its name and schema, and that you may read it."
        return DatabaseError("table-missing", what, fix)

    def _tables_of_duckdb(self) -> list[str]:
        """Its own list: for that of Ibis 12 it needs a call that DuckDB 2 no longer has."""
        found = self.backend.con.execute("select table_name from information_schema.tables").fetchall()
        return [name for (name,) in found]

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self._cancel()
            raise
        except DatabaseError:
            raise
        except Exception as error:
            if not _is_theirs(error):
                raise
            what = f"the database '{self.database.name}' did not {doing}: {said(error, self._secrets)}"
            code, fix = _advice(error)
            raise DatabaseError(code, what, fix) from None

    def _cancel(self) -> None:
        """Tell Spark to stop; psycopg cancels its statement by itself."""
        if self.kind == "spark":
            session = self.backend._session
            with suppress(Exception):
                session.interruptAll()
            with suppress(Exception):
                session.sparkContext.cancelAllJobs()


def connect(database: Database, environment: Mapping[str, str] | None = None) -> Connection:
    """Open a database. Raises DatabaseError where it cannot be, with what to do about it."""
    environment = os.environ if environment is None else environment
    url, secrets = _expanded(database, environment)
    scheme = url.partition("://")[0].lower()
    kind = ALIASES.get(scheme, scheme)
    if kind != "duckdb" and _is_cut(url):
        what = f"the URL of the database '{database.name}' cannot be taken apart."
        fix = "In a password write # as %23, / as %2F, ? as %3F and @ as %40; the port is a number."
        raise DatabaseError("not-a-url", what, fix)
    try:
        backend = backend_of(kind, url, database)
    except ImportError as error:
        package = _EXTRAS.get(scheme, _EXTRAS.get(kind, f"ibis-framework[{kind}]"))
        lacks = f" ({error.name})" if error.name else ""
        what = f"to read the database '{database.name}' takes a driver that is not installed{lacks}."
        raise DatabaseError("driver-missing", what, f'Install it: pip install "{package}"') from None
    except KeyboardInterrupt:
        raise
    except Exception as error:
        what = f"the database '{database.name}' cannot be reached: {said(error, secrets)}"
        code, fix = _advice(error)
        raise DatabaseError(code if code == "database-refused" else "database-not-reached", what, fix) from None
    return Connection(database, backend, kind, secrets)


@contextmanager
def connected(database: Database) -> Iterator[Connection]:
    """The same, closed afterwards."""
    connection = connect(database)
    try:
        yield connection
    finally:
        connection.close()


def _expanded(database: Database, environment: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """(the URL with the environment's values in it, the values that no message may repeat)."""
    url, name = database.url.strip(), database.name
    missing = [each for each in VARIABLE.findall(url) if not environment.get(each)]
    if missing:
        several = ", ".join(dict.fromkeys(missing))
        what = f"the URL of the database '{name}' asks for {several}, which the environment does not have."
        raise DatabaseError("variable-not-set", what, f"Set it: export {missing[0]}=…")
    secrets = {environment[each] for each in VARIABLE.findall(url)}
    # what stands for a user, a password or an option may hold signs that mean something in a URL
    before, at, after = url.rpartition("@")
    after, mark, options = after.partition("?")
    before = VARIABLE.sub(lambda found: quote(environment[found[1]], safe=""), before)
    options = VARIABLE.sub(lambda found: quote(environment[found[1]], safe=""), options)
    url = f"{before}{at}{VARIABLE.sub(lambda found: environment[found[1]], after)}{mark}{options}"
    with suppress(ValueError):
        parts = urlsplit(url)
        secrets |= {unquote(parts.password or ""), parts.password or ""}
        secrets |= {value for key, value in parse_qsl(parts.query) if SECRET.search(key)}
    secrets |= {environment.get(key, "") for key in ("PGPASSWORD", "SNOWFLAKE_PASSWORD", "DATABRICKS_TOKEN")}
    return url, tuple(sorted((each for each in secrets if len(each) > 2), key=len, reverse=True))


def _is_cut(url: str) -> bool:
    """Whether a sign of the password ends the URL's host: a driver would take what is before it for host and port, and
    repeat it."""
    try:
        parts = urlsplit(url.partition(",")[0])  # Spark may have several masters
        _ = parts.port
    except ValueError:
        return True
    return "@" in parts.path + parts.fragment


# ---- errors ---------------------------------------------------------------------------------------------------------


def said(error: BaseException, secrets: tuple[str, ...]) -> str:
    """What a driver said, on one line, without any secret."""
    text = " ".join(str(error).split()) or type(error).__name__
    for secret in secrets:
        text = text.replace(secret, "…").replace(quote(secret, safe=""), "…")
    text = _USERINFO.sub("", text)
    text = text if len(text) <= _MOST_SAID else f"{text[:_MOST_SAID]}…"
    return text if text.endswith((".", "…")) else f"{text}."


def _is_missing(error: Exception) -> bool:
    return type(error).__name__ in ("TableNotFound", "CatalogException", "NoSuchTableError", "NotFound")


def _is_theirs(error: Exception) -> bool:
    """Whether an error is the database's, and no bug of ours. A wrong statement is a bug; Ibis's errors say what this
    kind of database cannot do."""
    module = type(error).__module__.partition(".")[0]
    if type(error).__name__ in ("SyntaxError", "UndefinedFunction", "ParserException", "BinderException"):
        return False
    return module not in ("builtins", "qbrgen", "pyarrow", "pandas", "sqlglot") or isinstance(error, OSError)


def _advice(error: Exception) -> tuple[str, str]:
    """(code, what to do) for an error of a driver."""
    text, name = str(error).lower(), type(error).__name__
    name = "gaierror" if isinstance(error, socket.gaierror) else name
    for code, names, signs, fix in _ADVICE:
        if name in names or any(sign in text for sign in signs):
            return code, fix
    return "database-failed", "Run the command again; where it happens again, show this to whoever runs the database."


# (code, names of errors, what their texts hold, what to do), the first that fits
_ADVICE: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("database-refused", ("InsufficientPrivilege",), ("permission denied",), "Ask for the right to read it."),
    (
        "database-refused",
        (),
        ("password", "authentication", "no role", "role "),
        f"Check the user; for the password, {DRIVERS_OWN}.",
    ),
    (
        "database-timeout",
        ("QueryCanceled",),
        ("statement timeout",),
        "Give the statement more time, or name a smaller table or view.",
    ),
    ("database-not-reached", (), ("java_gateway",), "Spark takes Java 17: install it, and set JAVA_HOME."),
    (
        "database-not-reached",
        ("gaierror",),
        ("timeout", "timed out", "could not translate", "refused"),
        "Check host, port and network.",
    ),
    (
        "database-cannot",
        ("OperationNotDefinedError", "UnsupportedOperationError", "UnsupportedBackendType"),
        (),
        "Export the events to Parquet, and name the files.",
    ),
)


# ---- small tables ---------------------------------------------------------------------------------------------------


def read_database_table(connection: Connection, table: str, name: str, *, header_only: bool = False) -> TableData:
    """A table of people, accounts or ready-made values as text cells, in the order of the text; its rows have no line.

    Problems are in `TableData.findings`, without a place: the caller knows where the table is named.
    """
    try:
        found = connection.table(table)
        columns = tuple(found.columns)
        if header_only:
            return TableData(name, columns)
        cells = [[cell_text(cell) for cell in column.to_pylist()] for column in connection.arrow(found).columns]
    except DatabaseError as error:
        return TableData(name, findings=(error.finding(None),))
    rows = sorted([list(row) for row in zip(*cells, strict=True)] if cells else [])
    rows = [row for row in rows if any(row)]
    return TableData(name, columns, rows, [0] * len(rows))
