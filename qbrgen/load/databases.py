"""Databases as they are written: by a URL, in a file that is committed and so holds no secret.

`${NAME}` in a URL stands for a variable of the environment; what it does not say, the driver finds by itself (PGUSER,
PGPASSWORD, ~/.pgpass, key files). How one is reached is the matter of `connections`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import instead_of

TESTED = ("duckdb", "postgresql", "spark")
# What Ibis reaches by URL and counts events as we do; none of these was tried by us.
UNTRIED = ("athena", "bigquery", "clickhouse", "databricks", "mysql", "snowflake", "trino")
ALIASES = {"postgres": "postgresql", "sc": "spark", "pyspark": "spark"}
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRETS = r"(pass(word|wd|phrase)?|pwd|token|secret|(api|access|private|secret)_?key|credentials(_base64)?)$"
SECRET = re.compile(_SECRETS, re.IGNORECASE)
DRIVERS_OWN = "set the driver's own variable (for PostgreSQL PGPASSWORD, or a line in ~/.pgpass)"


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
        return ALIASES.get(scheme.lower(), scheme.lower()) if colon else ""


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
    if VARIABLE.fullmatch(url.strip()):
        return url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return "database"
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host.partition(';')[0]}{parts.path.partition(';')[0]}"


def url_findings(database: Database, where: Location) -> list[Finding]:
    """What is wrong with a URL as it is written; no message repeats it."""
    url, name = database.url.strip(), database.name
    if VARIABLE.fullmatch(url):
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
        fix = f"Write ${{NAME}} in its place and set NAME in the environment, or {DRIVERS_OWN}; then change it."
        return [Finding(Level.ERROR, "secret-in-file", what, fix, where)]
    return []


def _holds_secret(url: str) -> bool:
    netloc = url.partition("://")[2].partition("/")[0]
    userinfo, at, _ = netloc.rpartition("@") if "@" in netloc else url.partition("://")[2].rpartition("@")
    password = userinfo.partition(":")[2]
    if at and password and not VARIABLE.fullmatch(password):
        return True
    options = parse_qsl(url.partition("?")[2], keep_blank_values=False)
    options += [pair for part in url.split(";")[1:] if (pair := _pair(part))]  # Spark Connect writes ;token=…
    return any(SECRET.search(key) and not VARIABLE.fullmatch(value) for key, value in options)


def _pair(text: str) -> tuple[str, str] | None:
    key, equals, value = text.partition("=")
    return (key, value) if equals else None
