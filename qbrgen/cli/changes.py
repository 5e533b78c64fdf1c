"""`qbrgen changes`: what differs from the last delivered review, figure by figure and sentence by sentence, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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
from qbrgen.cli.tell import finish
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from fractions import Fraction

    from qbrgen.define.model.review import BrokenReview
    from qbrgen.narrate.changes import ChangesTold
    from qbrgen.narrate.reworded import SentenceTold
    from qbrgen.narrate.wording import Wording
    from qbrgen.period import Period
    from qbrgen.pipeline import Review
    from qbrgen.score.change import Changes, FigureChange, Point, Step

_WIDTH = 100


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@click.option(
    "--since", help="Quarter of the review to compare with, such as 2026-Q2. Default: the last delivered one."
)
@click.option(
    "--all-sentences", is_flag=True, help="Show sentences too that differ only because another quarter is told."
)
@review_options
@json_option
def changes(
    accounts: tuple[str, ...],
    take_all: bool,
    since: str | None,
    all_sentences: bool,
    workspace: Path,
    period: str | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Tell what has changed since the last delivered review, and why.

    That is the review of this quarter where one was recorded, else the latest before it (`qbrgen commit` records one).
    Each figure that is another one now is told with the steps that lead from it to today's, which add up exactly: late
    or corrected data, the roster, the definition, the target, people who left, new events, people who joined. Then come
    the sentences of the customer's deck that read otherwise, each with its cause. Those that differ only because
    another quarter is told are counted; --json and --all-sentences show them. The output is internal: it has names.

    Changes are no error: the exit code is 0 with them and without. It is 1 where the record of an account cannot be
    read, or the review named by --since was not recorded for it; 2 where that leaves nothing to tell.

    \b
    Example:
      qbrgen changes acme -w sample_accounts
      qbrgen changes --all --since 2026-Q2 --json
    """
    from qbrgen.pipeline import open_review

    review = open_review(workspace, accounts=accounts_of(accounts, take_all), period=period, as_of=as_of)
    chosen = _since(review, since)
    missing = _not_recorded(review, chosen, every=not accounts) if chosen else []
    found = {name: _changes(review, name, chosen) for name in progress(review.pictures, "Comparing accounts")}
    if as_json:
        records = [_record(review, name, each, chosen) for name, each in found.items()]
        say_json(records)
    else:
        for number, (name, each) in enumerate(found.items()):
            if number:
                say_line()
            _print(review, name, each, chosen, every=all_sentences)
    show_findings(missing)
    failed = len(missing) + sum(bool(_unread(review, name, chosen)) for name in found)
    if failed and not review.set_aside:
        show_findings(review.urgent)
        stop(SOME_FAILED if failed < len(found) else WRONG_INPUT)
    finish(review)


def _since(review: Review, typed: str | None) -> Period | None:
    """The quarter asked for. Raises InputError for what is none, or is later than the one that is told."""
    from qbrgen.period import parse_period

    if typed is None:
        return None
    try:
        chosen = parse_period(typed, review.definitions.settings.fiscal_year_starts)
    except ValueError as problem:
        raise InputError([Finding(Level.ERROR, "period", str(problem))]) from None
    if chosen.first_week > review.period.first_week:
        what = f"--since {chosen.name} is later than the quarter that is told, {review.period.name}."
        raise InputError([Finding(Level.ERROR, "since-later", what, "Name an earlier one, or a later --period.")])
    return chosen


def _not_recorded(review: Review, since: Period, *, every: bool) -> list[Finding]:
    """Accounts asked for by name of which this review was not recorded. Raises InputError where no account has it.

    every: all accounts are told; those that had not begun then have none, and that is said in their place.
    """
    lacking = [name for name in review.pictures if not _has(review, name, since)]
    if not lacking or (every and len(lacking) < len(review.pictures)):
        return []
    findings = [_no_record(review, since, lacking)] if every else [_no_record(review, since, [n]) for n in lacking]
    if len(lacking) == len(review.pictures):
        raise InputError(findings)
    return findings


def _has(review: Review, account_id: str, since: Period) -> bool:
    return since.name in review.definitions.reviews.get(account_id, {}) or bool(_unread(review, account_id, since))


def _no_record(review: Review, since: Period, accounts: list[str]) -> Finding:
    of = review.pictures[accounts[0]].name if len(accounts) == 1 else "any account"
    there = {name for account in accounts for name in review.definitions.reviews.get(account, {})}
    there |= {
        each.period.name
        for account in accounts
        for each in review.definitions.broken_reviews.get(account, ())
        if each.period
    }
    fix = f"Recorded: {', '.join(sorted(there))}." if there else "None is recorded; `qbrgen commit` keeps one."
    account = accounts[0] if len(accounts) == 1 else None
    return Finding(
        Level.ERROR, "since-not-recorded", f"No review of {of} for {since.name} is recorded.", fix, account=account
    )


def _unread(review: Review, account_id: str, since: Period | None) -> BrokenReview | None:
    """The record to compare with, where it is there and cannot be read."""
    if since is None:
        broken = review.pictures[account_id].broken_reviews
        return broken[-1] if broken else None
    if since.name in review.definitions.reviews.get(account_id, {}):
        return None
    there = review.definitions.broken_reviews.get(account_id, ())
    return next((each for each in there if each.period == since), None)


def _changes(review: Review, account_id: str, since: Period | None) -> Changes | None:
    """What has changed for one account since its last review, or that of `since`; None where none is recorded."""
    from qbrgen.score.changes import changes_since

    picture = review.pictures[account_id]
    if _unread(review, account_id, since):
        return None  # an earlier one is not what was asked for
    if since is None:
        return picture.changes
    record = review.definitions.reviews.get(account_id, {}).get(since.name)
    return None if record is None else changes_since(review.definitions, review.counts, picture, record)


def _told(review: Review, account_id: str, found: Changes) -> ChangesTold:
    from qbrgen.audience import Audience
    from qbrgen.narrate.changes import tell_changes
    from qbrgen.narrate.statement import Register

    deck = review.narrative(account_id, Register.DECK)
    return tell_changes(found, deck, review.wording, Audience.INTERNAL)


def _nothing(review: Review, account_id: str, since: Period | None) -> str:
    """That no review is recorded to compare with."""
    from qbrgen.narrate.changes import no_review, no_such_review, unreadable_review

    name = review.pictures[account_id].name
    unread = _unread(review, account_id, since)
    if unread is not None:
        return unreadable_review(review.wording, name, unread)
    if since is not None:
        return no_such_review(review.wording, name, since)
    return no_review(review.wording, name, review.period)


# ---- text -----------------------------------------------------------------------------------------------------------


def _print(review: Review, account_id: str, found: Changes | None, since: Period | None, *, every: bool) -> None:
    """every: sentences too that differ only because another quarter is told."""
    say_line(styled(review.pictures[account_id].name, bold=True), f", {review.wording.period(review.period)}")
    if found is None:
        _wrapped(_nothing(review, account_id, since))
        return
    told, wording = _told(review, account_id, found), review.wording
    _wrapped(told.head)
    for note in told.notes:
        _wrapped(note)
    if told.main:
        _heading(wording, "main")
        _sentence(wording, told.main)
    if told.figures:
        _heading(wording, "figures")
        for figure in told.figures:
            _wrapped(figure.text, 2)
            for step in figure.steps:
                _wrapped(step, 6)
    if told.sentences:
        _heading(wording, "sentences")
        shown = [each for each in told.sentences if every or not each.only_quarter]
        for each in shown:
            title = wording.say("changes.title-key", title=each.title, id=each.key)
            say_line("  ", styled(title, "cyan"))
            _sentence(wording, each, indent=4)
        if len(shown) < len(told.sentences):
            _wrapped(wording.sentence(wording.say("changes.more", n=len(told.sentences) - len(shown))), 2)


def _heading(wording: Wording, key: str) -> None:
    from qbrgen.narrate.wording import capital

    say_line()
    say_line(styled(capital(wording.say(f"changes.heading-{key}")), bold=True))


def _sentence(wording: Wording, each: SentenceTold, indent: int = 2) -> None:
    nothing = wording.say("changes.not-said")
    for word, text in (("then", each.then), ("now", each.now)):
        label = wording.say(f"changes.{word}")
        _wrapped(f"{label}: {text or nothing}", indent)
    _wrapped(each.why, indent + 2)


def _wrapped(text: str, indent: int = 0) -> None:
    hanging = " " * (indent + 2 if indent else 0)
    say_line(click.wrap_text(text, width=_WIDTH, initial_indent=" " * indent, subsequent_indent=hanging))


# ---- JSON -----------------------------------------------------------------------------------------------------------


def _record(review: Review, account_id: str, found: Changes | None, since: Period | None) -> dict[str, Any]:
    """One account. Shares and counts are fractions as text where they are no whole number: they are exact."""
    picture = review.pictures[account_id]
    head = {"account": account_id, "name": picture.name, "period": review.period.name}
    if found is None:
        unread = _unread(review, account_id, since)
        broken = {"unreadable": [unread.file]} if unread else {}
        return {**head, "since": None, "text": _nothing(review, account_id, since), **broken}
    told = _told(review, account_id, found)
    said = {each.figure.id: each for each in told.figures}
    return {
        **head,
        "since": found.period.name,
        "delivered_on": found.recorded_on.isoformat(),
        "text": told.head,
        "notes": list(told.notes),
        "figures": [
            {**_figure(each), "text": said[each.id].text, "in_words": list(said[each.id].steps)}
            for each in found.figures
        ],
        "late_events": {late.event: {"then": _exact(late.then), "now": _exact(late.now)} for late in found.late},
        "sentences": [
            {
                "key": each.key,
                "title": each.title,
                "then": each.then or None,
                "now": each.now or None,
                "causes": [cause.value for cause in each.causes],
                "only_another_quarter": each.only_quarter,
            }
            for each in (*((told.main,) if told.main else ()), *told.sentences)
        ],
        "sentences_recorded": bool(found.told),
    }


def _figure(figure: FigureChange) -> dict[str, Any]:
    if figure.trend_then:
        then: Any = figure.trend_then
        now: Any = figure.trend_now
    else:
        then, now = (None if point is None else _point(point) for point in (figure.then, figure.now))
    return {
        "id": figure.id,
        "name": figure.name,
        "then": then,
        "now": now,
        "causes": [cause.value for cause in figure.causes],
        "steps": [_step(step) for step in figure.steps],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "value": _exact(point.value),
        "numerator": _exact(point.numerator),
        "denominator": _exact(point.denominator),
        "state": point.state.value if point.state else None,
        "target": _exact(point.target),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "causes": [cause.value for cause in step.causes],
        "value": _exact(step.value),
        "numerator": _exact(step.numerator),
        "denominator": _exact(step.denominator),
        "people": [{"id": move.id, "then": _state(move.then), "now": _state(move.now)} for move in step.moves],
    }


def _state(state: object) -> str | None:
    return None if state is None else str(state)


def _exact(value: Fraction | None) -> str | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else str(value)
