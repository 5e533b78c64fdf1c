"""A database that refuses, lacks or goes away: one message that says what to do, and never a secret in it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click.testing
import pytest

from qbrgen.cli.main import main
from qbrgen.errors import Location
from qbrgen.load import connections
from qbrgen.load.connections import connect
from qbrgen.load.databases import Database, DatabaseError, url_findings

SECRET = "s3cr3t-of-ours"
HERE = Location("qbrgen.yml", 3)

SETTINGS = """vendor: Halyard
databases:
  warehouse: {url}
data:
  events:
    - database: warehouse
      table: {table}
      columns: {{time: {time}, user: user_id, account: account_id, event: event}}
  people:
    - database: warehouse
      table: crm.people
      columns: {{user: id, account: account, title: title}}
  accounts:
    - database: warehouse
      table: crm.accounts
      columns: {{account: id, name: name, renewal: renewal}}
accounts: {{from_table: true, playbook: sales}}
"""
PLAYBOOK = """playbook: sales
personas:
  - id: reps
    name: reps
    one: rep
    rhythm: week
    target: 75%
    titles: ["*Rep*"]
    workflows:
      - {id: a, name: A, produces: b, target: 75%, frequency: {events: touch_sent, times: 1}, says: {did: sent a touch}}
      - {id: b, name: B, produces: b, target: 75%, frequency: {events: touch_sent, times: 2}, says: {did: sent two}}
      - {id: c, name: C, produces: b, target: 75%, frequency: {events: touch_sent, times: 3}, says: {did: sent three}}
"""
ROWS = """
CREATE SCHEMA IF NOT EXISTS crm;
DROP TABLE IF EXISTS tracked, crm.people, crm.accounts;
CREATE TABLE tracked (sent timestamptz, note jsonb, user_id text, account_id text, event text);
INSERT INTO tracked SELECT TIMESTAMPTZ '2026-03-30 12:00Z' + n * INTERVAL '6 hours', NULL, 'u' || n % 2, 'acme',
    'touch_sent' FROM generate_series(0, 380) AS rows(n);
CREATE TABLE crm.people (id text, account text, title text);
INSERT INTO crm.people VALUES ('u0', 'acme', 'Sales Rep'), ('u1', 'acme', 'Rep'), ('u2', 'acme', 'Cook');
CREATE TABLE crm.accounts (id text, name text, renewal date);
INSERT INTO crm.accounts VALUES ('acme', 'Acme', '2026-12-31');
"""


@pytest.fixture(scope="module")
def filled(postgres: Path) -> Path:
    """A server with the rows of a workspace that lies in it whole."""
    import psycopg

    with psycopg.connect(host=str(postgres), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(ROWS)
    return postgres


def workspace(folder: Path, url: str, table: str = "tracked", time: str = "sent") -> Path:
    (folder / "playbooks").mkdir(parents=True)
    (folder / "qbrgen.yml").write_text(SETTINGS.format(url=url, table=table, time=time), encoding="utf-8")
    (folder / "playbooks" / "sales.yml").write_text(PLAYBOOK, encoding="utf-8")
    return folder


def ran(*arguments: str, **environment: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, arguments, env=environment)


def test_a_workspace_may_lie_in_a_database_whole(filled: Path, tmp_path: Path) -> None:
    root = workspace(tmp_path, f"postgresql://postgres@/postgres?host={filled}")
    found = ran("summary", "-w", str(root))
    assert found.exit_code == 0, found.output
    assert "Both reps are active every week" in found.output
    told = ran("explain", "acme", "--rows", "-w", str(root))
    assert "warehouse: tracked" in told.output


@pytest.mark.parametrize(
    ("table", "time", "says"),
    [
        ("trackd", "sent", ["no table 'trackd'", "Did you mean 'tracked'"]),
        ("tracked", "send", ["warehouse: tracked has no column 'send'", "Did you mean 'sent'"]),
        ("tracked", "note", ["the column 'note'", "no time that can be read"]),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_name(
    table: str, time: str, says: list[str], filled: Path, tmp_path: Path
) -> None:
    root = workspace(tmp_path, f"postgresql://postgres@/postgres?host={filled}", table, time)
    found = ran("check", "-w", str(root))
    assert found.exit_code == 2
    for part in [*says, "qbrgen.yml:"]:
        assert part in " ".join(found.output.split()), found.output


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://bob:{SECRET}@127.0.0.1:1/db",
        f"postgresql://bob@127.0.0.1:1/db?password={SECRET}",
        f"snowflake://bob:{SECRET}@account/db",
        f"databricks://host?http_path=/sql&access_token={SECRET}",
        f"sc://host:15002/;token={SECRET}",
        f"postgresql://host/db;pwd={SECRET}",
        f"athena://?s3_staging_dir=s3://results&aws_secret_access_key={SECRET}",
        f"bigquery://project/data?credentials_base64={SECRET}",
    ],
)
def test_a_password_in_a_file_is_refused_and_not_repeated(url: str, tmp_path: Path) -> None:
    found = ran("check", "-w", str(workspace(tmp_path, f'"{url}"')))
    assert found.exit_code == 2
    assert "holds a password or a key" in " ".join(found.output.split())
    assert SECRET not in found.output
    settings = tmp_path / "qbrgen.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("database: warehouse", f'database: "{url}"'), encoding="utf-8")
    named = ran("check", "--json", "-w", str(tmp_path))
    assert "secret-in-file" in named.output
    assert SECRET not in named.output


def test_a_url_without_a_secret_is_fine() -> None:
    for url in (
        "postgresql://bob@host/db",
        "postgresql://bob:${PW}@host/db",
        "${URL}",
        "snowflake://bob@acc/db?token=${T}",
    ):
        assert url_findings(Database("w", url), HERE) == []


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("url", ["${URL}", "postgresql://bob:${PW}@127.0.0.1:${PORT}/db?connect_timeout=2"])
def test_a_server_that_says_nothing_is_given_up_without_a_word_of_the_password(
    url: str, deaf: int, tmp_path: Path
) -> None:
    whole = f"postgresql://bob:{SECRET}@127.0.0.1:{deaf}/db?connect_timeout=2"
    began = time.monotonic()
    found = ran("check", "-w", str(workspace(tmp_path, f'"{url}"')), URL=whole, PW=SECRET, PORT=str(deaf))
    assert found.exit_code == 2
    assert "the database 'warehouse' cannot be reached" in " ".join(found.output.split())
    assert SECRET not in found.output
    assert time.monotonic() - began < 30


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    root = workspace(tmp_path, '"postgresql://bob:${QBRGEN_TEST_PW}@127.0.0.1:1/db"')
    found = ran("check", "-w", str(root))
    assert found.exit_code == 2
    assert "asks for QBRGEN_TEST_PW" in " ".join(found.output.split())


def test_a_missing_driver_is_told_with_the_command_that_installs_it() -> None:
    with pytest.raises(DatabaseError) as caught:
        connect(Database("w", "snowflake://account/db"))
    assert 'pip install "ibis-framework[snowflake]"' in caught.value.fix


@pytest.mark.parametrize(
    ("url", "package"),
    [
        ("mysql://h/db", "ibis-framework[mysql]"),
        ("trino://h/db", "ibis-framework[trino]"),
        ("sc://h", "pyspark[connect]"),
    ],
)
def test_a_missing_driver_is_never_called_none(url: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(*_: object) -> NoReturn:
        raise ImportError

    monkeypatch.setattr(connections, "backend_of", lacks)
    with pytest.raises(DatabaseError) as caught:
        connect(Database("w", url))
    assert caught.value.what == "to read the database 'w' takes a driver that is not installed."
    assert caught.value.fix == f'Install it: pip install "{package}"'


@pytest.mark.slow
@pytest.mark.parametrize("hosts", ["127.0.0.1:1", "127.0.0.1:1,127.0.0.1:2", "no-such-host.invalid:7077"])
def test_a_cluster_that_does_not_answer_is_told_at_once(hosts: str, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyspark", reason="takes the extra 'spark'")
    began = time.monotonic()
    with pytest.raises(DatabaseError) as caught:
        connect(Database("w", f"spark://{hosts}"))
    assert (caught.value.code, caught.value.fix) == ("database-not-reached", "Check host, port and network.")
    assert time.monotonic() - began < 20
    assert capfd.readouterr().err == ""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="Spark takes Java")
def test_java_writes_nothing_to_the_terminal() -> None:
    pytest.importorskip("pyspark", reason="takes the extra 'spark'")
    code = "from qbrgen.load.connections import connect; from qbrgen.load.databases import Database\n"
    code += "connect(Database('w', 'spark://local?spark.ui.enabled=false')).table('none')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "DatabaseError: the database 'w' has no table 'none'" in done.stderr
    assert "WARN" not in done.stderr


def test_a_driver_that_repeats_the_password_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    import ibis

    def refuses(**given: object) -> None:
        raise RuntimeError(f"cannot open postgresql://bob:{given['password']}@host with {given['password']}")

    monkeypatch.setattr(ibis.postgres, "connect", refuses)
    with pytest.raises(DatabaseError) as caught:
        connect(Database("w", "postgresql://bob:${PW}@host/db"), {"PW": SECRET})
    assert SECRET not in caught.value.what
    assert "bob" not in caught.value.what


@pytest.mark.parametrize(
    "password", [f"Xq7#{SECRET}", f"Xq7/{SECRET}", f"Xq7?{SECRET}", f"987#{SECRET}", f"987/{SECRET}@"]
)
def test_a_password_that_cuts_the_url_in_two_is_told_and_no_part_of_it_repeated(password: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        connect(Database("w", "${URL}"), {"URL": f"postgresql://bob:{password}@127.0.0.1:1/db"})
    assert caught.value.code == "not-a-url"
    assert not [part for part in (SECRET, password[:3]) if part in caught.value.what + caught.value.fix]


def test_a_server_that_goes_away_in_mid_query_ends_the_command_with_a_message(filled: Path, tmp_path: Path) -> None:
    import psycopg

    root = workspace(tmp_path, f"postgresql://postgres@/postgres?host={filled}&application_name=cut", "slow")
    with psycopg.connect(host=str(filled), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE OR REPLACE VIEW slow AS SELECT tracked.* FROM tracked, pg_sleep(60)")
        cut = threading.Thread(target=_cut, args=(filled,))
        cut.start()
        found = ran("check", "-w", str(root))
        cut.join()
    assert found.exit_code == 2
    assert "the database 'warehouse' did not answer" in " ".join(found.output.split())


def _cut(host: Path) -> None:
    import psycopg

    running = "FROM pg_stat_activity WHERE application_name = 'cut' AND wait_event = 'PgSleep'"
    with psycopg.connect(host=str(host), user="postgres", dbname="postgres", autocommit=True) as connection:
        for _ in range(300):
            if connection.execute(f"SELECT pg_terminate_backend(pid) {running}").fetchall():
                return
            time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupted_command_leaves_no_statement_behind(filled: Path, tmp_path: Path) -> None:
    import psycopg

    root = workspace(tmp_path, f"postgresql://postgres@/postgres?host={filled}&application_name=left", "slow")
    running = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'left' AND state = 'active'"
    with psycopg.connect(host=str(filled), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE OR REPLACE VIEW slow AS SELECT tracked.* FROM tracked, pg_sleep(60)")
        command = subprocess.Popen([sys.executable, "-m", "qbrgen", "check", "-w", str(root)])
        try:
            for _ in range(300):
                if connection.execute(running).fetchone() != (0,):
                    break
                time.sleep(0.1)
            command.send_signal(signal.SIGINT)
            assert command.wait(20) != 0
            assert connection.execute(running).fetchone() == (0,)
        finally:
            command.kill()
            shutil.rmtree(root)
