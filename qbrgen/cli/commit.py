"""`qbrgen commit`: keep a review as it was delivered, so that the next one can tell what has changed since."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

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
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.period import Period
    from qbrgen.score.picture import AccountPicture


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
    if review.period.last_day > review.counts.as_of:
        raise InputError([_not_over(review.period, review.counts.as_of)])
    begun = {name: picture for name, picture in review.pictures.items() if not picture.not_started}
    check_places([record_path(review, account_id) for account_id in begun], "Move it.")
    level = Level.WARNING if take_all else Level.ERROR
    late = [_not_begun(picture, level) for name, picture in review.pictures.items() if name not in begun]
    refused: list[Finding] = [] if take_all else late
    kept = 0
    if take_all:
        show_findings(late)
    for record in review_records(review.definitions, review.counts, begun, today).values():
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


def _not_over(period: Period, as_of: date) -> Finding:
    """What goes on changing is no review: the next one would take the rest of the quarter for late data."""
    what = f"{period.label} goes on to {period.last_day}, and the data are read to {as_of}: the quarter is not over."
    return Finding(Level.ERROR, "period-not-over", what, "Keep its review when it is, or name an earlier --period.")


def _not_begun(picture: AccountPicture, level: Level) -> Finding:
    """The account had no data yet: there is no review of it to keep. With --all it is passed over, and that is said."""
    first = f"; its first data came on {picture.feed_next}" if picture.feed_next else ""
    what = f"{picture.name} had not started in {picture.period.label}{first}: there is no review to keep."
    return Finding(level, "review-not-begun", what, "Ask for a later --period.", account=picture.id)


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
