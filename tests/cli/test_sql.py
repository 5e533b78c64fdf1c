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
