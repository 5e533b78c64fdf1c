"""Keeping reviews as they were delivered, for `qbrgen commit` and for --commit: what may be kept, and how it is told.

What stands in the way is looked for before anything is made or written, and told all at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from qbrgen.cli.options import check_places, file_trouble, show_findings
from qbrgen.cli.terminal import say_line
from qbrgen.errors import Finding, InputError, Level
from qbrgen.files import source_date

if TYPE_CHECKING:
    from qbrgen.define.model.review import ReviewRecord
    from qbrgen.period import Period
    from qbrgen.pipeline import Review
    from qbrgen.score.picture import AccountPicture


def records_to_keep(review: Review, accounts: Collection[str], today: date) -> dict[str, ReviewRecord]:
    """Account id → the record of its review, for those of `accounts` that have a review to keep.

    Raises InputError where the quarter goes on, or something stands where a record should go.
    """
    from qbrgen.pipeline import record_path
    from qbrgen.score.record import review_records

    if review.period.last_day > review.counts.as_of:
        raise InputError([_not_over(review.period, review.counts.as_of)])
    begun = {name: review.pictures[name] for name in accounts if not review.pictures[name].not_started}
    check_places([record_path(review, account_id) for account_id in begun], "Move it.")
    return review_records(review.definitions, review.counts, begun, today)


def not_begun(review: Review, level: Level) -> list[Finding]:
    """Accounts that had no data yet: there is no review of them to keep, and that is said."""
    return [_not_begun(picture, level) for picture in review.pictures.values() if picture.not_started]


def kept_with_what_is_made(review: Review, *, every: bool, today: date) -> dict[str, ReviewRecord]:
    """What --commit will keep, known before the first file is made.

    every: all accounts are made, so that those which had not begun are passed over with a warning. Raises InputError
    with everything that `qbrgen commit` would refuse.
    """
    from qbrgen.pipeline import check_record

    late = not_begun(review, Level.WARNING if every else Level.ERROR)
    records = records_to_keep(review, review.pictures, today)
    refused = [] if every else late
    for record in records.values():
        try:
            check_record(review, record)
        except InputError as problem:
            refused += problem.findings
    if refused:
        raise InputError(refused)
    show_findings(late)
    return records


def keep(review: Review, record: ReviewRecord, *, replace: bool = False) -> None:
    """Keep one record, and tell where it is and what it promises. Raises InputError where another one is there."""
    from qbrgen.pipeline import keep_record

    path, written = keep_record(review, record, replace=replace)
    say_line(path if written else f"{path}: already recorded")
    say_line(f"    {_promised(review, record)}", err=True)
    picture = review.pictures[record.account]
    if picture.draft:
        what = f"the definitions of {picture.name} are a draft, and what is promised here will be judged by them."
        fix = "Where the review is not delivered yet, confirm them first, and keep it again with --replace."
        show_findings([Finding(Level.WARNING, "review-of-draft", what, fix, account=picture.id)])


def keep_those_made(review: Review, records: Mapping[str, ReviewRecord], made: Collection[str]) -> list[Finding]:
    """Keep the records of the accounts of which everything was made; what went wrong is handed back.

    A deck that was made stays, whatever becomes of its record.
    """
    wrong: list[Finding] = []
    for account_id, record in records.items():
        if account_id not in made:
            continue
        try:
            keep(review, record)
        except InputError as problem:
            wrong += problem.findings
        except OSError as problem:
            finding = file_trouble(problem, None)
            if finding is None:
                raise
            wrong.append(finding)
    return wrong


def day_of_recording() -> date:
    """The day of the run, or that of SOURCE_DATE_EPOCH (seconds since 1970), so that a run can be repeated exactly."""
    return source_date() or date.today()


def _promised(review: Review, record: ReviewRecord) -> str:
    promised = record.promised
    targets, actions = (len(promised.targets), len(promised.actions)) if promised else (0, 0)
    return review.wording.say("promise.recorded", targets=targets, actions=actions)


def _not_over(period: Period, as_of: date) -> Finding:
    """What goes on changing is no review: the next one would take the rest of the quarter for late data."""
    what = f"{period.label} goes on to {period.last_day}, and the data are read to {as_of}: the quarter is not over."
    return Finding(Level.ERROR, "period-not-over", what, "Keep its review when it is, or name an earlier --period.")


def _not_begun(picture: AccountPicture, level: Level) -> Finding:
    first = f"; its first data came on {picture.feed_next}" if picture.feed_next else ""
    what = f"{picture.name} had not started in {picture.period.label}{first}: there is no review to keep."
    return Finding(level, "review-not-begun", what, "Ask for a later --period.", account=picture.id)
