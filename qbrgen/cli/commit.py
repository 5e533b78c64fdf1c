"""`qbrgen commit`: keep a review as it was delivered, so that the next one can tell what has changed since."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from qbrgen.cli.options import (
    SOME_FAILED,
    WRONG_INPUT,
    accounts_of,
    all_option,
    check_places,
    review_options,
    show_findings,
    stop,
)
from qbrgen.cli.tell import finish
from qbrgen.errors import Finding, InputError


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

    The record goes to WORKSPACE/reviews and holds the targets, how each workflow was counted, over whom, and the
    figures. The next period's review is compared with it, and says where a target, a definition, the roster or the data
    have changed since. It is internal, as it holds people's ids; keep it under version control, beside the definitions.

    \b
    Example:
      qbrgen commit acme -w sample_accounts
      qbrgen commit --all --period 2026-Q2
    """
    from qbrgen.pipeline import keep_record, open_review, record_path
    from qbrgen.score.record import review_records

    today = _today()
    review = open_review(workspace, accounts=accounts_of(accounts, take_all), period=period, as_of=as_of)
    check_places([record_path(review, account_id) for account_id in review.pictures], "Move it.")
    refused: list[Finding] = []
    kept = 0
    for record in review_records(review.definitions, review.counts, review.pictures, today).values():
        try:
            path, written = keep_record(review, record, replace=replace)
        except InputError as problem:
            refused += problem.findings
            continue
        kept += 1
        click.echo(path if written else f"{path}: already recorded")
    show_findings(refused)
    if refused and not kept:
        stop(WRONG_INPUT)
    if refused and not review.set_aside:
        stop(SOME_FAILED)
    finish(review)


def _today() -> date:
    """The day of the run, or that of SOURCE_DATE_EPOCH (seconds since 1970), so that a run can be repeated exactly."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970."
        raise click.UsageError(f"{what} Unset it, or write one such as 1783036800.") from None
