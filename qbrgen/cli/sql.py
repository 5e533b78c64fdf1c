"""`qbrgen sql`: the statements that counting would run, for whoever runs the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from qbrgen.cli.options import Day, workspace_option
from qbrgen.cli.terminal import say_line


@click.command()
@workspace_option
@click.option(
    "--engine",
    metavar="NAME",
    help="Dialect: duckdb, postgres, spark, snowflake, bigquery, databricks, trino, … Default: that of the database in "
    "which the events lie, else duckdb.",
)
@click.option("--as-of", type=Day(), help="Last day that counts. Default: that of the settings, else today.")
def sql(workspace: Path, engine: str | None, as_of: date | None) -> None:
    """Show the SQL that counting runs, step by step.

    Nothing is run, and no database is reached. Events of files are shown with the views that read them (duckdb); of
    tables in a database the types of the columns are assumed, and where accounts lie in one, an id that says so stands
    for theirs. The statements say both.

    \b
    Example:
      qbrgen sql -w sample_accounts
      qbrgen sql -w sample_accounts --engine snowflake
    """
    from qbrgen.define.databases import unseen
    from qbrgen.define.workspace import load_workspace
    from qbrgen.load.nearest import instead_of
    from qbrgen.measure.statements import DIALECTS, dialect_of, statements

    if engine is not None and engine not in DIALECTS:
        raise click.BadParameter(
            f"'{engine}' is not known. {instead_of(engine, DIALECTS, 'dialects')}", param_hint="--engine"
        )
    with unseen() as stand_ins:
        definitions = load_workspace(workspace)
        shown = statements(definitions, engine or dialect_of(definitions), as_of)
    if stand_ins:
        say_line(f"-- not reached: {', '.join(dict.fromkeys(stand_ins))}; '(accounts of …)' stands for the ids there\n")
    for number, each in enumerate(shown, start=1):
        say_line(f"-- {number}. {each.title}")
        if each.assumed:
            say_line(f"-- {each.assumed}")
        say_line(f"{each.sql};\n")
