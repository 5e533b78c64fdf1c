"""What is said of a database that cannot do what is asked, each finding by its code."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import duckdb
import pytest
from exports_made import PLAYBOOK
from ibis.common.exceptions import OperationNotDefinedError

from qbrgen.define.workspace import load_workspace
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load import connections
from qbrgen.load.connections import Connection, connect
from qbrgen.load.databases import Database, DatabaseError
from qbrgen.measure.events import measure

SETTINGS = """\
vendor: Halyard
as_of: 2026-07-05
data_start: 2026-06-01
accounts: {from_table: true, playbook: reps}
data:
  events:
    - {file: data/events.csv, columns: {time: time, user: user, account: account, event: event, id: id}}
    - database: duckdb://all.duckdb
      table: tracks
      columns: {time: time, user: user, account: account, event: event, id: id}
  people: {file: data/people.csv}
  accounts: {file: data/crm.csv}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Events in a file, and others in a database."""
    files = {
        "playbooks/reps.yml": PLAYBOOK,
        "qbrgen.yml": SETTINGS,
        "data/events.csv": "id,time,user,account,event\n1,2026-06-02,u1,acme,x\n",
        "data/people.csv": "user,account,title\nu1,acme,Rep\n",
        "data/crm.csv": "account,name\nacme,Acme\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with duckdb.connect(str(tmp_path / "all.duckdb")) as base:
        base.execute(
            'CREATE TABLE tracks (id VARCHAR, "time" TIMESTAMP, "user" VARCHAR, account VARCHAR, event VARCHAR)'
        )
        base.execute("INSERT INTO tracks VALUES ('1', '2026-06-09 10:00:00', 'u1', 'acme', 'x')")
    return tmp_path


def of_code(findings: object, code: str) -> Finding:
    (found,) = (each for each in findings if each.code == code)  # type: ignore[attr-defined]
    return found


def test_ids_of_rows_in_two_places_are_not_held_against_each_other_and_that_is_told(root: Path) -> None:
    counts = measure(load_workspace(root))
    assert counts.balance.counted == counts.balance.rows == 2
    finding = of_code(counts.odd_files, "ids-within-one-place")
    assert (finding.level, str(finding.where)) == (Level.NOTE, "qbrgen.yml:7")
    assert "rows with the same id are told as copies within one place only" in finding.what
    assert finding.fix == "Where an event may be in two of them, bring its table to one place."


def test_what_is_for_files_only_is_told_where_it_is_written_for_a_table(root: Path) -> None:
    settings = root / "qbrgen.yml"
    settings.write_text(SETTINGS.replace("table: tracks\n", "table: tracks\n      same_rows: once\n"), encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        measure(load_workspace(root))
    finding = of_code(wrong.value.findings, "not-for-tables")
    assert (finding.level, str(finding.where)) == (Level.ERROR, "qbrgen.yml:9")
    assert finding.what.startswith("`same_rows:` is for files; ")
    assert "tracks" in finding.what
    assert finding.fix == "Make a view there without the rows that stand twice, and name the view."


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Finding:
    """What is said where opening a database ends so."""

    def fails(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(connections, "backend_of", fails)
    with pytest.raises(DatabaseError) as caught:
        connect(Database("warehouse", "postgresql://bob@host/db"))
    return caught.value.finding(None)


def test_a_database_that_refuses_the_user_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told = failing(monkeypatch, OSError('password authentication failed for user "bob"'))
    assert told.code == "database-refused"
    assert "the database 'warehouse' cannot be reached" in told.what
    assert told.fix.startswith("Check the user; for the password, ")


def test_a_driver_that_is_not_installed_is_told_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    told = failing(monkeypatch, ImportError("none", name="psycopg"))
    assert told.code == "driver-missing"
    assert told.what == "to read the database 'warehouse' takes a driver that is not installed (psycopg)."
    assert told.fix.startswith('Install it: pip install "')


def test_a_database_that_cannot_count_so_is_told_with_the_way_out() -> None:
    class Poor:
        def to_pyarrow(self, _: object) -> NoReturn:
            raise OperationNotDefinedError("no windows here")

    with pytest.raises(DatabaseError) as caught:
        Connection(Database("warehouse", "mysql://h/db"), Poor(), "mysql", ()).arrow(None)  # type: ignore[arg-type]
    finding = caught.value.finding(None)
    assert (finding.level, finding.code) == (Level.ERROR, "database-cannot")
    assert finding.what.startswith("the database 'warehouse' did not answer: ")
    assert finding.fix == "Export the events to Parquet, and name the files."
