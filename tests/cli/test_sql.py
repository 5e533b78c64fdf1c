"""`qbrgen sql` shows what counting runs, in every dialect, and reaches no database for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import click.testing
import pytest
import sqlglot

from qbrgen.cli.main import main
from qbrgen.measure.statements import DIALECTS


def shown(*arguments: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, ["sql", *arguments])


@pytest.mark.parametrize("engine", ["postgres", "snowflake", pytest.param("bigquery", marks=pytest.mark.slow)])
def test_the_statements_of_a_dialect_can_be_read_in_it(engine: str, sample_accounts: Path) -> None:
    found = shown("-w", str(sample_accounts), "--engine", engine)
    assert found.exit_code == 0, found.output
    statements = [each for each in sqlglot.parse(found.output, read=engine) if each is not None]
    assert len(statements) >= 4
    assert all(each.key in ("select", "with") for each in statements), "only reading"
    assert "types are assumed" in found.output


@pytest.mark.slow
@pytest.mark.parametrize("engine", DIALECTS)
def test_every_dialect_that_is_offered_can_be_written(engine: str, sample_accounts: Path) -> None:
    assert shown("-w", str(sample_accounts), "--engine", engine).exit_code == 0


def test_an_unknown_dialect_is_told_with_the_nearest_and_files_are_shown_with_their_views(
    sample_accounts: Path,
) -> None:
    refused = shown("-w", str(sample_accounts), "--engine", "postgre")
    assert refused.exit_code == 2
    assert "Did you mean 'postgres'" in " ".join(refused.output.replace("│", " ").split())
    assert "CREATE TEMP VIEW events_0" in shown("-w", str(sample_accounts)).output


def test_events_in_a_database_are_shown_by_its_dialect_and_table_and_it_is_not_reached(
    sample_accounts: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(sample_accounts, tmp_path / "workspace", ignore=shutil.ignore_patterns("out")))
    settings = (root / "qbrgen.yml").read_text(encoding="utf-8")
    place = "database: snowflake://nobody@nowhere/db\n      table: analytics.tracks"
    (root / "qbrgen.yml").write_text(settings.replace("file: data/events.csv", place), encoding="utf-8")
    found = shown("-w", str(root))
    assert found.exit_code == 0, found.output
    assert '"analytics"."tracks"' in found.output
    assert "CONVERT_TIMEZONE('UTC'" in found.output


ALL_IN_A_DATABASE = """vendor: Halyard
as_of: 2026-09-27
databases: {warehouse: "postgresql://nobody@127.0.0.1:1/db"}
data:
  events: [{database: warehouse, table: tracks, columns: COLUMNS}]
  people: [{database: warehouse, table: crm.people, columns: {user: id, account: account, title: title}}]
  accounts: [{database: warehouse, table: crm.accounts, ACCOUNTS}]
  values: [{database: warehouse, table: kpis, columns: {account: a, metric: m, time: t, value: v}}]
accounts: {from_table: true}
"""
ACCOUNTS = (
    "columns: {account: id, name: name, playbook: kind}",
    "export: salesforce-account, columns: {playbook: Kind__c}",
)


@pytest.mark.parametrize("accounts", ACCOUNTS)
def test_where_accounts_and_people_lie_in_a_database_too_it_is_not_reached(
    accounts: str, sample_accounts: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_accounts / "playbooks", tmp_path / "playbooks")
    columns = "{time: at, user: user_id, account: account_id, event: event}"
    settings = ALL_IN_A_DATABASE.replace("COLUMNS", columns).replace("ACCOUNTS", accounts)
    (tmp_path / "qbrgen.yml").write_text(settings, encoding="utf-8")
    found = shown("-w", str(tmp_path))
    assert found.exit_code == 0, found.output
    assert "not reached: warehouse: crm.people, warehouse: crm.accounts, warehouse: kpis;" in found.output
    assert "'(accounts of crm.accounts, sales-engagement)'" in found.output
    assert "'sequence_touch_sent'" in found.output
    assert not [
        each for each in sqlglot.parse(found.output, read="postgres") if each and each.key not in ("select", "with")
    ]


def test_columns_that_nothing_names_are_told_since_no_database_is_asked_for_them(
    sample_accounts: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(sample_accounts, tmp_path / "workspace", ignore=shutil.ignore_patterns("out")))
    settings = (root / "qbrgen.yml").read_text(encoding="utf-8")
    begins, _, rest = settings.partition("    - file: data/events.csv\n")
    place = "    - database: snowflake://nobody@nowhere/db\n      table: tracks\n      export: segment\n"
    after = rest[rest.index("  people:") :]
    (root / "qbrgen.yml").write_text(begins + place + after, encoding="utf-8")
    found = shown("-w", str(root))
    assert found.exit_code == 2, found.output
    assert "Nothing says which column of tracks holds the time." in found.output
