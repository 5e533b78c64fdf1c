"""Databases by URL: how they are reached, where secrets come from, and errors that repeat none of them.

A URL is written in qbrgen.yml, a file that is committed: it holds no secret. `${NAME}` in it stands for a variable of
the environment; what the URL does not say, the driver finds by itself (PGUSER, PGPASSWORD, ~/.pgpass, key files).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import instead_of
from qbrgen.load.tables import TableData, cell_text

if TYPE_CHECKING:
    import ibis
    import pyarrow

TESTED = ("duckdb", "postgresql", "spark")
# What Ibis reaches by URL and counts events as we do; none of these was tried by us.
UNTRIED = ("athena", "bigquery", "clickhouse", "databricks", "mysql", "snowflake", "trino")
_ALIASES = {"postgres": "postgresql", "sc": "spark", "pyspark": "spark"}
_EXTRAS = {"postgresql": "qbrgen[postgres]", "spark": "qbrgen[spark]"}
_CONNECT_SECONDS = 10
_MOST_SAID = 300

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRET = re.compile(r"(pass(word|wd|phrase)?|pwd|token|secret|api_?key|private_key)$", re.IGNORECASE)
_USERINFO = re.compile(r"(?<=://)[^/\s]*@")
_DRIVERS_OWN = "set the driver's own variable (for PostgreSQL PGPASSWORD, or a line in ~/.pgpass)"


@dataclass(frozen=True, slots=True)
class Database:
    """A database as it is written. name: how findings call it. url: `${NAME}` stands as it is, nothing is expanded.

    root: the workspace, where relative paths of database files begin.
    """

    name: str
    url: str = field(repr=False)
    root: Path = field(default=Path(), repr=False, compare=False)

    @property
    def kind(self) -> str:
        """postgresql, duckdb, spark, … by the URL; "" where a variable of the environment holds the whole of it."""
        scheme, colon, _ = self.url.partition("://")
        return _ALIASES.get(scheme.lower(), scheme.lower()) if colon else ""


class DatabaseError(Exception):
    """A database that cannot be reached or cannot do what it is asked. The message holds no secret."""

    def __init__(self, code: str, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix

    def finding(self, where: Location | None) -> Finding:
        return Finding(Level.ERROR, self.code, self.what, self.fix, where)


# ---- what is written ------------------------------------------------------------------------------------------------


def name_of_url(url: str) -> str:
    """How findings call a database that has no name: scheme, host and path, without user, password and options."""
    if _VARIABLE.fullmatch(url.strip()):
        return url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return "database"
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def url_findings(database: Database, where: Location) -> list[Finding]:
    """What is wrong with a URL as it is written; no message repeats it."""
    url, name = database.url.strip(), database.name
    if _VARIABLE.fullmatch(url):
        return []
    if not database.kind:
        what = f"the database '{name}' is given by no URL."
        return [Finding(Level.ERROR, "not-a-url", what, "Write it as postgresql://host/database.", where)]
    if database.kind not in (*TESTED, *UNTRIED):
        what = f"databases of the kind '{database.kind}' cannot be read."
        fix = instead_of(database.kind, (*TESTED, *UNTRIED), "kinds")
        return [Finding(Level.ERROR, "unknown-database-kind", what, fix, where)]
    if _holds_secret(url):
        what = f"the URL of the database '{name}' holds a password or a key, in a file that others read."
        fix = f"Write ${{NAME}} in its place and set NAME in the environment, or {_DRIVERS_OWN}; then change it."
        return [Finding(Level.ERROR, "secret-in-file", what, fix, where)]
    return []


def _holds_secret(url: str) -> bool:
    netloc = url.partition("://")[2].partition("/")[0]
    userinfo, at, _ = netloc.rpartition("@") if "@" in netloc else url.partition("://")[2].rpartition("@")
    password = userinfo.partition(":")[2]
    if at and password and not _VARIABLE.fullmatch(password):
        return True
    options = parse_qsl(url.partition("?")[2], keep_blank_values=False)
    options += [pair for part in url.split(";")[1:] if (pair := _pair(part))]  # Spark Connect writes ;token=…
    return any(_SECRET.search(key) and not _VARIABLE.fullmatch(value) for key, value in options)


def _pair(text: str) -> tuple[str, str] | None:
    key, equals, value = text.partition("=")
    return (key, value) if equals else None


# ---- reaching it ----------------------------------------------------------------------------------------------------


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
            names = self.backend.list_tables(database=database)
        what = f"the database '{self.database.name}' has no table '{name}'."
        fix = instead_of(table, names, "tables") if names else "Check its name and schema, and that you may read it."
        return DatabaseError("table-missing", what, fix)

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
    kind = _ALIASES.get(scheme, scheme)
    if kind != "duckdb" and _is_cut(url):
        what = f"the URL of the database '{database.name}' cannot be taken apart."
        fix = "In a password write # as %23, / as %2F, ? as %3F and @ as %40; the port is a number."
        raise DatabaseError("not-a-url", what, fix)
    try:
        backend = _OPENERS.get(kind, _any)(url, database)
    except ImportError as error:
        package = _EXTRAS.get(kind, f"ibis-framework[{kind}]")
        what = f"to read the database '{database.name}' takes a driver that is not installed ({error.name})."
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
    missing = [each for each in _VARIABLE.findall(url) if not environment.get(each)]
    if missing:
        several = ", ".join(dict.fromkeys(missing))
        what = f"the URL of the database '{name}' asks for {several}, which the environment does not have."
        raise DatabaseError("variable-not-set", what, f"Set it: export {missing[0]}=…")
    secrets = {environment[each] for each in _VARIABLE.findall(url)}
    # what stands for a user, a password or an option may hold signs that mean something in a URL
    before, at, after = url.rpartition("@")
    after, mark, options = after.partition("?")
    before = _VARIABLE.sub(lambda found: quote(environment[found[1]], safe=""), before)
    options = _VARIABLE.sub(lambda found: quote(environment[found[1]], safe=""), options)
    url = f"{before}{at}{_VARIABLE.sub(lambda found: environment[found[1]], after)}{mark}{options}"
    with suppress(ValueError):
        parts = urlsplit(url)
        secrets |= {unquote(parts.password or ""), parts.password or ""}
        secrets |= {value for key, value in parse_qsl(parts.query) if _SECRET.search(key)}
    secrets |= {environment.get(key, "") for key in ("PGPASSWORD", "SNOWFLAKE_PASSWORD", "DATABRICKS_TOKEN")}
    return url, tuple(sorted((each for each in secrets if len(each) > 2), key=len, reverse=True))


def _is_cut(url: str) -> bool:
    """Whether a sign of the password ends the URL's host: a driver would take what is before it for host and port, and
    repeat it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return True
    return "@" in parts.path + parts.fragment


def _postgres(url: str, _database: Database) -> Any:
    import ibis

    parts = urlsplit(url)
    given: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": unquote(parts.path.strip("/").partition("/")[0]) or None,
        # a server that is gone is noticed within a minute or so, in the middle of a query too
        "keepalives_idle": 20,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
        "application_name": "qbrgen",
    }
    if "PGCONNECT_TIMEOUT" not in os.environ:
        given["connect_timeout"] = _CONNECT_SECONDS
    given |= dict(parse_qsl(parts.query))
    schema = parts.path.strip("/").partition("/")[2]
    if schema:
        given["schema"] = unquote(schema)
    return ibis.postgres.connect(**{key: value for key, value in given.items() if value is not None or key == "port"})


def _duckdb(url: str, database: Database) -> Any:
    import ibis

    path = (database.root / unquote(url.partition("://")[2].partition("?")[0])).resolve()
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path.name}")
    backend = ibis.duckdb.connect(path, read_only=True)
    backend.con.execute("SET TimeZone = 'UTC'")
    return backend


def _spark(url: str, _database: Database) -> Any:
    """spark://host:port is a cluster, spark://local this machine, sc://host:port Spark Connect."""
    import ibis
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("qbrgen")
    if url.lower().startswith("sc://"):
        builder = builder.remote(url)
    else:
        host = urlsplit(url).netloc.rpartition("@")[2]
        builder = builder.master("local[*]" if host in ("", "local") else f"spark://{host}")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        for key, value in parse_qsl(urlsplit(url).query):
            builder = builder.config(key, value)
    session = builder.getOrCreate()
    with suppress(Exception):  # Spark Connect has no context of its own
        session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def _any(url: str, _database: Database) -> Any:
    import ibis

    return ibis.connect(url)


_OPENERS = {"postgresql": _postgres, "duckdb": _duckdb, "spark": _spark}


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
    if name == "InsufficientPrivilege" or "permission denied" in text:
        return "database-refused", "Ask for the right to read it."
    if "password" in text or "authentication" in text or "no role" in text or "role " in text:
        return "database-refused", f"Check the user; for the password, {_DRIVERS_OWN}."
    if name == "QueryCanceled" or "statement timeout" in text:
        return "database-timeout", "Give the statement more time, or name a smaller table or view."
    if "timeout" in text or "timed out" in text or "could not translate" in text or "refused" in text:
        return "database-not-reached", "Check host, port and network."
    if name in ("OperationNotDefinedError", "UnsupportedOperationError", "UnsupportedBackendType"):
        return "database-cannot", "Export the events to Parquet, and name the files."
    return "database-failed", "Run the command again; where it happens again, show this to whoever runs the database."


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
