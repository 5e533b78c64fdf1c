"""Events, people, accounts and ready-made values as tables of one database, by the names of known exports."""

from __future__ import annotations

from pathlib import Path

import duckdb
from exports_made import PLAYBOOK
from exports_planned import WORK

from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure

SETTINGS = """\
vendor: Halyard
as_of: 2026-07-05
data_start: 2026-06-01
accounts: {from_table: true, playbook: reps}
databases: {here: "duckdb://all.duckdb"}
data:
  events: {database: here, table: tracks, export: events}
  presence:
    - {database: here, table: tracks, export: events, only: [logged in]}
    - {database: here, table: tracks, export: events, only: [seen]}
  people: {database: here, table: members, export: people}
  accounts: {database: here, table: crm, export: salesforce-accounts}
  values: {database: here, table: usage, export: feature-usage}
"""
SHORT, FULL = "0015g00000AbCdE", "0015g00000AbCdEAAV"


def test_ids_in_a_database_are_read_as_in_files(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks/reps.yml").write_text(PLAYBOOK)
    (tmp_path / "qbrgen.yml").write_text(SETTINGS)
    days = [f"2026-06-{day:02}" for day in (2, 9, 16, 23, 30)]
    with duckdb.connect(str(tmp_path / "all.duckdb")) as base:
        base.execute(
            "CREATE TABLE tracks (user_id VARCHAR, account_id VARCHAR, event_name VARCHAR, timestamp TIMESTAMP)"
        )
        base.executemany(
            "INSERT INTO tracks VALUES ('u1', ?, ?, ?)", [[SHORT, WORK, f"{day} 10:00:00"] for day in days]
        )
        base.execute(f"INSERT INTO tracks VALUES ('u1', '{SHORT}', 'Logged in', '2026-06-03 10:00:00')")
        base.execute("CREATE TABLE members (user_id VARCHAR, account_id VARCHAR, job_title VARCHAR)")
        base.execute(f"INSERT INTO members VALUES ('u1', '{SHORT}', 'Rep'), ('u2', '{FULL}', 'Clerk')")
        base.execute('CREATE TABLE crm ("Account ID" VARCHAR, "Account Name" VARCHAR, "Account Owner" VARCHAR)')
        base.execute(f"INSERT INTO crm VALUES ('{SHORT}', 'Acme Ltd', 'Olu'), ('', 'Copyright (c) 2026', '')")
        base.execute(
            "CREATE TABLE usage (account_id VARCHAR, feature VARCHAR, usage_month VARCHAR, times_used INTEGER)"
        )
        base.execute(f"INSERT INTO usage VALUES ('{SHORT}', 'Reports', '2026-06', 42)")
    definitions = load_workspace(tmp_path)
    counts = measure(definitions)
    assert [(account.id, account.owner) for account in definitions.accounts.values()] == [(FULL, "Olu")]
    assert list(counts.weekly["account"].unique()) == [FULL]
    assert int(counts.weekly["rows"].sum()) == len(days)
    assert counts.balance.counted == counts.balance.rows == len(days) + 1
    assert list(counts.values["account"]) == [FULL]
    assert counts.unknown_users.empty
    assert len(counts.presence) == 1
    assert [finding.code for finding in counts.odd_files] == ["only-never-occurs"]
