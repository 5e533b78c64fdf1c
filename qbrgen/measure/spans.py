"""The first look at each file: how many rows, how many readable times, from when to when; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from functools import wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from qbrgen.define.model.sources import EachRow
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.bad_file import BadFileError
from qbrgen.measure import expression
from qbrgen.measure.engine import BrokenFileError, Engine
from qbrgen.measure.forms import decimal_of_values, form_of_times
from qbrgen.measure.local_time import to_local
from qbrgen.measure.quick_look import quick_bounds
from qbrgen.measure.readers import Numbering
from qbrgen.measure.sources import File, first_unreadable, learn_encodings, read_by_hand, read_with, reread
from qbrgen.period import Rhythm, unit_of_week, week_of

P = ParamSpec("P")
T = TypeVar("T")

TIME_FIX = "Write times as 2026-07-31 09:30:00, with or without an offset (Z, +02:00), or map another column."
_AGAIN = "Export the file again."
# A few rows with odd times are set aside and told; a file that loses more of its rows was exported or mapped wrongly.
_MOST_UNREADABLE = 0.5

# What DuckDB gives up on in CSV files that may be right: line ends in cells of a padded file, line ends of two kinds.
_NEEDS_CARE = ("does not support null_padding", "state machine")

_NOT_UTF_8 = ("Invalid unicode", "invalid UTF-8", "not utf-8 encoded", "UTF-8")

# Rows of one day of the week only, for so long, are hardly chance.
_LONG_ENOUGH = timedelta(weeks=4)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# A sign in DuckDB's message → what is wrong, and what to do.
_SAID = (
    (
        "Expected Number of Columns",
        "a row has more cells than the header.",
        "Put quotes around what holds a separator.",
    ),
    ("Invalid unicode", "the file is not UTF-8 text.", "Save it as 'CSV UTF-8'."),
    ("unterminated quote", "a quote is never closed, or not doubled inside quotes.", "Correct the quotes."),
    ("state machine", "its rows cannot be told apart.", "Look at its quotes and line ends, or export it again."),
    ("decompression failure", "it breaks off, or a part of it is not what was written.", _AGAIN),
    ("GZIP", "the file breaks off before its end, or is not packed with gzip.", _AGAIN),
    ("Maximum line size", "a line is longer than 2 MB.", "Look for a quote that is never closed."),
    ("maximum_object_size", "a line is longer than 16 MB.", "Look for an object that is never closed."),
    ("JSON", "a line is not JSON.", "Write one object to a line, in braces."),
)


@dataclass(frozen=True)
class Span:
    """What one file holds: its rows, those with a readable time, and the first and last local time.

    last: of rows that stand for a week, the last day of the last of them. instants: the first and last UTC of the rows
    whose times came with an offset; none where none did. weekdays: the first and last day of the week (Monday: 0) of
    local times; None where there is none. whole_days: whether no local time has a time of day. notes: what was taken to
    read it. misfits: how many values are no numbers, where they are texts.
    """

    file: File
    rows: int
    readable: int
    first: datetime | None
    last: datetime | None
    instants: tuple[datetime, ...]
    weekdays: tuple[int, int] | None = None
    whole_days: bool = False
    notes: tuple[Finding, ...] = ()
    misfits: int = 0


def read_spans(session: Engine, files: Sequence[File], zone: tzinfo) -> tuple[list[Span], list[Finding]]:
    """The span of each file; a finding for each that breaks while it is read, or has no readable time."""
    spans: list[Span] = []
    findings: list[Finding] = []
    for file in files:
        try:
            span, problems = _read_right(session, file, zone)
        except BadFileError as error:
            findings.append(error.finding)
            continue
        except BrokenFileError as error:
            if is_not_utf_8(error) or file.made.reader.numbering is Numbering.LINES:
                raise gave_up(file.name, error, [file]) from error
            findings.append(broken(Location(file.name, _line_in(str(error), file)), error))
            continue
        findings += problems
        if problems:
            continue
        spans.append(span)
        if span.rows - span.readable > span.rows * _MOST_UNREADABLE:
            findings.append(_no_time(session, span))
    return spans, findings


class ReadOtherwiseError(Exception):
    """A text file is in another encoding than it began in, or JSON that the engine refuses. It is known now: all is to
    be opened again."""


def in_their_encodings(run: Callable[P, T]) -> Callable[P, T]:
    """What opens and reads files, once more for each file that turns out to be in another encoding."""

    @wraps(run)
    def repeated(*args: P.args, **named: P.kwargs) -> T:
        while True:
            with suppress(ReadOtherwiseError):
                return run(*args, **named)

    return repeated


def gave_up(name: str, error: BrokenFileError, files: Sequence[File]) -> Exception:
    """What to raise where the engine gave up in the midst of some files. name: what is told to be broken."""
    if is_not_utf_8(error):
        try:
            if learn_encodings(files):
                return ReadOtherwiseError()
        except BadFileError as bad:
            return InputError([bad.finding])
    if read_by_hand(files, str(error)):
        return ReadOtherwiseError()
    of = next((file.name for file in files if file.made.reader.path.as_posix() in str(error)), name)
    return InputError([broken(Location(of), error)])


def is_not_utf_8(error: BrokenFileError) -> bool:
    """Whether the engine gave up on a text that is not UTF-8."""
    return any(sign in str(error) for sign in _NOT_UTF_8)


def no_rows(spans: Sequence[Span]) -> list[Finding]:
    """A finding for each file where not one of them has a row; an empty one beside others is no problem."""
    return [] if any(span.rows for span in spans) else [_no_rows(span) for span in spans]


def not_as_told(spans: Sequence[Span]) -> list[Finding]:
    """What was taken to read each file; and a finding for each whose rows look like weeks and are told to be events, or
    the other way round."""
    findings = [note for span in spans for note in span.notes]
    for span in spans:
        name, weekly = span.file.name, span.file.table.each_row is EachRow.WEEK
        if span.weekdays is None or span.first is None or span.last is None:
            continue
        one_weekday = span.weekdays[0] == span.weekdays[1]
        if weekly and not one_weekday:
            what = f"each row of {name} is to stand for a week, and they begin on different days of the week."
            fix = "Give each row the first day of its week, or take `each_row: week` out where a row is an event."
            findings.append(Finding(Level.WARNING, "rows-not-weekly", what, fix, span.file.table.where))
        single = span.file.table.each_row in (EachRow.EVENT, EachRow.DAY)
        if single and one_weekday and span.whole_days and span.last - span.first >= _LONG_ENOUGH:
            what = f"every row of {name} is of a {_WEEKDAYS[span.weekdays[0]]}, without a time of day."
            fix = "If a row stands for the week that begins there, write `each_row: week` beside `file:`."
            findings.append(Finding(Level.NOTE, "rows-look-weekly", what, fix, span.file.table.where))
    return findings


def broken(where: Location, error: Exception) -> Finding:
    """The finding for a file that the engine gave up on."""
    message = str(error)
    for sign, what, fix in _SAID:
        if sign in message:
            return Finding(Level.ERROR, "unreadable", what, fix, where)
    said = message.splitlines()[0].split(": ", 1)[-1].strip()
    return Finding(Level.ERROR, "unreadable", f"the file cannot be read: {said}", _AGAIN, where)


def _read_right(session: Engine, file: File, zone: tzinfo) -> tuple[Span, list[Finding]]:
    """The span of a file, read as it is written: where it does not read at first, in the way that its columns tell. And
    the errors of what they do not tell."""
    notes = list(file.notes)
    try:
        span = _span(session, file, zone)
    except BrokenFileError as error:
        if any(sign in str(error) for sign in _NEEDS_CARE):
            file = reread(session, file)
        else:
            raise
        span = _span(session, file, zone)
    form, decimal = file.made.form, file.made.decimal
    if span.readable < span.rows:
        form, told = form_of_times(session.connection, file)
        notes += told
    if span.misfits:
        decimal, told = decimal_of_values(session.connection, file)
        notes += told
    problems = [finding for finding in notes if finding.level is Level.ERROR]
    if not problems and (form, decimal) != (file.made.form, file.made.decimal):
        span = _span(session, read_with(session.connection, file, form, decimal), zone)
    return replace(span, notes=tuple(notes)), problems


def _span(session: Engine, file: File, zone: tzinfo) -> Span:
    values = _has_written_values(file)
    row = None if values else quick_bounds(session.connection, file.made)
    if row is None:
        row = session.frame(expression.bounds(session.table(file.view), values=values)).iloc[0]
    walls = [row[name].to_pydatetime() for name in ("first_wall", "last_wall") if pd.notna(row[name])]
    instants = [row[name].to_pydatetime() for name in ("first_instant", "last_instant") if pd.notna(row[name])]
    local = [*walls, *(to_local(zone, instant) for instant in instants)]
    first, last = min(local, default=None), max(local, default=None)
    if last is not None:
        last = _end_of_row(last, file.table.each_row)
    weekdays = (int(row["first_weekday"]), int(row["last_weekday"])) if walls else None
    whole_days = bool(walls) and bool(row["whole_days"])
    misfits = int(row["misfits"] or 0) if values and row["rows"] else 0
    numbers = int(row["rows"]), int(row["readable"])
    return Span(file, *numbers, first, last, tuple(instants), weekdays, whole_days, misfits=misfits)


def _end_of_row(begins: datetime, each_row: EachRow) -> datetime:
    """The last day of the row that begins then; an event's own time."""
    if each_row is EachRow.MONTH:
        return datetime.combine(unit_of_week(Rhythm.MONTH, week_of(begins.date())).last_day, time())
    if each_row is EachRow.WEEK:
        return datetime.combine(begins.date() + timedelta(days=each_row.days - 1), time())
    return begins


def _has_written_values(file: File) -> bool:
    """Whether a file's values are texts, which may have a comma before their fractions."""
    kinds = [file.made.types.get("value"), *(kind for _, kind in file.made.wide.values())]
    return any(kind in ("VARCHAR", "JSON") for kind in kinds)


def _no_rows(span: Span) -> Finding:
    what = "the file has a header and no rows." if span.file.path.suffix != ".parquet" else "the file has no rows."
    return Finding(Level.ERROR, "no-rows", what, _AGAIN, Location(span.file.name, 1))


def _no_time(session: Engine, span: Span) -> Finding:
    file = span.file
    column = file.table.columns["time"]
    line, text = first_unreadable(session.connection, file)
    example = f", for example '{text[:40]}'" if text else ""
    lost = span.rows - span.readable
    told = f"None of the {span.rows:,}" if not span.readable else f"{lost:,} of the {span.rows:,}"
    what = f"{told} times in the column '{column}' {'can' if not span.readable else 'cannot'} be read{example}."
    return Finding(Level.ERROR, "time-not-readable", what, TIME_FIX, Location(file.name, line))


def _line_in(message: str, file: File) -> int | None:
    _, mark, rest = message.partition("Line: ")
    digits = rest.split("\n", 1)[0].strip()
    reader = file.made.reader
    return int(digits) + reader.above if mark and digits.isdigit() and reader.numbering is Numbering.CSV else None
