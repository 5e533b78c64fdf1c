"""How each kind of database is opened: URL → a backend of Ibis."""

from __future__ import annotations

import os
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from qbrgen.load.databases import Database

_CONNECT_SECONDS = 10


def backend_of(kind: str, url: str, database: Database) -> Any:
    """A backend of Ibis. url: of the database, with all that it asks of the environment in it.

    Raises ImportError where the driver is missing, and whatever the driver raises.
    """
    return _OPENERS.get(kind, _any)(url, database)


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
        hosts = urlsplit(url).netloc.rpartition("@")[2]
        is_local = hosts in ("", "local")
        if not is_local:
            _check_answers(hosts)
        builder = builder.master("local[*]" if is_local else f"spark://{hosts}")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        for key, value in parse_qsl(urlsplit(url).query):
            builder = builder.config(key, value)
    with _without_java_log():
        session = builder.getOrCreate()
    with suppress(Exception):  # Spark Connect has no context of its own
        session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def _check_answers(hosts: str) -> None:
    """OSError where none of several masters ("a:7077,b:7077") takes a connection: Spark asks for a minute, and then
    does not say what was wrong."""
    failed = None
    for each in hosts.split(","):
        host, _, port = each.rpartition(":") if ":" in each else (each, "", "7077")
        try:
            socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS).close()
        except OSError as error:
            failed = error
        else:
            return
    if failed:
        raise failed


@contextmanager
def _without_java_log() -> Iterator[None]:
    """What Java writes to the terminal stays unread, from its start on: it goes by its own level until Spark is there,
    and what is wrong comes as an exception too."""
    try:
        kept = os.dup(2)
    except OSError:  # there is no terminal
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of newer versions of other libraries
            sys.stderr.flush()
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _any(url: str, _database: Database) -> Any:
    import ibis

    return ibis.connect(url)


_OPENERS = {"postgresql": _postgres, "duckdb": _duckdb, "spark": _spark}
