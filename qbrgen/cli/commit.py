"""`qbrgen commit`: keep a review as it was delivered, so that the next one can tell what became of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from qbrgen.cli.options import (
    SOME_FAILED,
    WRONG_INPUT,
    accounts_of,
    all_option,
    review_options,
    show_findings,
    stop,
)
from qbrgen.cli.tell import finish
from qbrgen.errors import Finding, InputError, Level


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@click.option("--replace", is_flag=True, help="Put what is counted today in the place of a record that differs.")
@review_options
def commit(
    accounts: tuple[str, ...],
    take_all: bool,
    replace: bool,
    workspace: Path,
    period: str | None,
    as_of: date | None,
) -> None:
    """Keep the review of each account as it was delivered.

    The record goes to WORKSPACE/reviews and holds the targets, how each workflow was counted, over whom, the figures,
    and what was promised: targets to be on, and actions with owner and date. The next period's review is compared with
    it. It says what became of each promise by the targets and definitions of the record, and where a target, a
    definition, the roster or the data have changed since. The record is internal, as it holds people's ids; keep it
    under version control, beside the definitions.

    \b
    Example:
      qbrgen commit acme -w sample_accounts
      qbrgen commit --all --period 2026-Q2
    """
    from qbrgen.cli.recording import day_of_recording, keep, not_begun, records_to_keep
    from qbrgen.pipeline import open_review

    today = day_of_recording()
    review = open_review(workspace, accounts=accounts_of(accounts, take_all), period=period, as_of=as_of)
    records = records_to_keep(review, review.pictures, today)
    late = not_begun(review, Level.WARNING if take_all else Level.ERROR)
    refused: list[Finding] = [] if take_all else late
    kept = 0
    if take_all:
        show_findings(late)
    for record in records.values():
        try:
            keep(review, record, replace=replace)
        except InputError as problem:
            refused += problem.findings
            continue
        kept += 1
    show_findings(refused)
    if refused and not kept:
        stop(WRONG_INPUT)
    if refused and not review.set_aside:
        stop(SOME_FAILED)
    finish(review)
