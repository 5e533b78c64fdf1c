"""`qbrgen backtest`: does the picture see trouble earlier than logins do, in the vendor's own history?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from qbrgen.cli.options import SOME_FAILED, Day, json_option, progress, show_findings, stop, workspace_option
from qbrgen.cli.terminal import say_json, say_line
from qbrgen.load.report import counted


def _columns(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """account=customer_id, … → our field → the file's column."""
    from qbrgen.backtest.outcomes import FIELDS

    columns: dict[str, str] = {}
    for text in value:
        name, sign, column = (part.strip() for part in text.partition("="))
        if not sign or not column or name not in FIELDS:
            raise click.BadParameter(f"{text!r}: write FIELD=NAME, FIELD being one of {', '.join(FIELDS)}.")
        columns[name] = column
    return columns


@click.command()
@click.argument("outcomes", type=click.Path(path_type=Path))
@workspace_option
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_columns,
    help="Column of OUTCOMES that holds account, lost_on or since, where it is called otherwise (repeat).",
)
@click.option(
    "--horizon",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many quarters ahead the loss lies.",
)
@click.option(
    "--known-until",
    type=Day(),
    help="Last day of which every outcome is known. Default: the as-of date of the data.",
)
@json_option
def backtest(
    outcomes: Path,
    workspace: Path,
    columns: dict[str, str],
    horizon: int,
    known_until: date | None,
    as_json: bool,
) -> None:
    """Test whether adoption saw trouble earlier than logins.

    On your own history: how well breadth, depth, direction and score ranked the accounts, and how well logins did.
    OUTCOMES is a table with a row for each account: account, and lost_on, the day on which it was lost or went quiet,
    empty where it was not. Every past quarter is ranked with what was known at its end. Internal.

    \b
    Example:
      qbrgen backtest churned.csv -w sample_accounts
      qbrgen backtest churned.xlsx --column account=customer_id --column lost_on=churned_at
    """
    from qbrgen.backtest.outcomes import read_outcomes
    from qbrgen.backtest.report import lines, record
    from qbrgen.backtest.run import backtest as run
    from qbrgen.define.workspace import load_workspace

    definitions = load_workspace(workspace)
    settings = definitions.settings
    read = read_outcomes(outcomes, columns, definitions.accounts, definitions.set_aside, settings.time_zone)
    found = run(
        definitions,
        read.fates,
        horizon=horizon,
        known_until=known_until,
        progress=lambda quarters: progress(quarters, "Ranking quarters"),
    )
    if as_json:
        strangers = {"not_in_workspace": read.strangers, "not_in_workspace_lost": read.strangers_lost}
        say_json(record(found) | strangers)
    else:
        for line in lines(found):
            say_line(line)
    show_findings([*read.findings, *found.findings])
    if read.strangers_lost:
        say_line(
            f"{counted(read.strangers_lost, 'lost account')} {'is' if read.strangers_lost == 1 else 'are'} "
            "not in the workspace and could not be ranked: "
            "what is left may look better than it was.",
            err=True,
        )
    if definitions.set_aside:
        show_findings(finding for findings in definitions.set_aside.values() for finding in findings)
        stop(SOME_FAILED)
