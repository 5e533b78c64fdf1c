"""`qbrgen summary`: the one sentence for each account."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.audience import Audience
from qbrgen.cli.options import (
    SOME_FAILED,
    WRONG_INPUT,
    accounts_of,
    all_option,
    json_option,
    progress,
    review_options,
    show_findings,
    stop,
)
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.narrate.wording import Wording
    from qbrgen.pipeline import Review
    from qbrgen.score.picture import AccountPicture


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.INTERNAL.value,
    show_default=True,
    help="Who may read it: for the customer, without what is internal.",
)
@review_options
@json_option
def summary(
    accounts: tuple[str, ...],
    take_all: bool,
    audience: str,
    workspace: Path,
    period: str | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Print the one sentence for each account.

    It says who is active, what they do and what it produces. Without ACCOUNTS, all of them. The text pastes well into
    an e-mail or a CRM. Each JSON record says which audience it is for; the default holds the score and internal gaps.

    \b
    Example:
      qbrgen summary acme -w sample_accounts
      qbrgen summary --json
      qbrgen summary acme --json --audience customer
    """
    from qbrgen.pipeline import line_register, open_review, summaries

    wanted = accounts_of(accounts, take_all, else_all=True)
    review = open_review(workspace, accounts=wanted, period=period, as_of=as_of)
    reader = Audience(audience)
    if as_json:
        records = [_record(review, account_id, reader) for account_id in progress(review.pictures, "Wording accounts")]
        say_json(records)
    else:
        for number, (account_id, sentence) in enumerate(summaries(review, reader)):
            if number:
                say_line()
            say_line(styled(review.pictures[account_id].name, bold=True), f", {review.wording.period(review.period)}")
            draft = review.narrative(account_id, line_register(reader)).text("draft")
            if draft:
                say_line(styled(draft, "yellow", bold=True))
            say_line(click.wrap_text(sentence, width=100))
    finish(review)


def finish(review: Review) -> None:
    """Tell which accounts were set aside and why; then the exit code is 1, or 2 where no account is left."""
    show_findings(review.urgent)
    if review.set_aside:
        show_findings(f for findings in review.set_aside.values() for f in findings)
        others = "all others were made" if review.pictures else "nothing was made"
        say_line(f"{counted(len(review.set_aside), 'account')} set aside; {others}.", err=True)
        stop(SOME_FAILED if review.pictures else WRONG_INPUT)


def _record(review: Review, account_id: str, audience: Audience) -> dict[str, Any]:
    """One account for JSON, made from what the narrative for this audience was redacted to.

    For the customer it has neither the score nor what was left out, which is for the CSM.
    """
    from qbrgen.pipeline import line_register

    line = review.narrative(account_id, line_register(audience))
    picture = line.picture
    for_customer = audience is Audience.CUSTOMER
    internal = {} if for_customer else {"score": score_record(picture, review.wording)}
    return {
        "audience": audience.value,
        "account": account_id,
        "name": picture.name,
        "period": picture.period.label,
        "as_of": picture.as_of.isoformat(),
        "draft": picture.draft,
        "sentence": line.text("sentence"),
        "people": {"active": picture.breadth.active, "counted": picture.breadth.counted, "new": picture.breadth.new},
        "personas": {"active": picture.breadth.personas_active, "counted": picture.breadth.personas_counted},
        "workflows": {
            "met": picture.depth.met,
            "measurable": picture.depth.measurable,
            "no_data": picture.depth.no_data,
            "not_applicable": picture.depth.not_applicable,
        },
        "direction": picture.direction.trend.value,
        "commitments": _promised(picture),
        **internal,
        "gaps": [{"kind": gap.kind.value, "what": line.text(f"gap-short:{gap.key}")} for gap in picture.gaps],
        **({} if for_customer else {"left_out": dict(line.left_out)}),
    }


def _promised(picture: AccountPicture) -> dict[str, Any] | None:
    """How many promises of the last review came out how; None where no review that says any is recorded.

    `unreadable`: there is a record, and it cannot be used.
    """
    from qbrgen.narrate.commitments import unreadable
    from qbrgen.score.commitment import CommitmentState

    found = picture.commitments
    if found is None:
        unread = unreadable(picture)
        period = unread.period.label if unread and unread.period else None
        return {"promised_in": period, "unreadable": True} if unread else None
    counts = {state.name.lower(): len(found.of(state)) for state in CommitmentState}
    return {"promised_in": found.period.label, "recorded_on": found.recorded_on.isoformat(), **counts}


def score_record(picture: AccountPicture, wording: Wording) -> dict[str, Any] | None:
    """A score for JSON: never without its parts; `exact` holds each figure as a fraction."""
    from qbrgen.narrate.score import missing_reasons

    found = picture.score
    if found is None:
        return None
    return {
        "total": _float(found.total),
        "exact": _exact(found.total),
        "parts": [
            {"part": e.part.value, "weight": e.weight, "value": _float(e.value), "exact": _exact(e.value)}
            for e in found.parts
        ],
        "missing": [part.value for part in found.missing],
        "withheld": missing_reasons(wording, found, picture.feed_silent),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
