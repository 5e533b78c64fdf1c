"""The rows behind a count: the same files, times, copies and reasons as the measure, for one account, row by row.

In: the definitions, the days that the data cover (from `Counts`), an account, event names and a window. Out: one
`EventRow` for every row that the measure counted or set aside there. Only these rows leave the engine.

The measure groups before it asks why a row is set aside, this does not; the questions are the same expressions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ibis
import pandas as pd

from qbrgen.define.model import Definitions
from qbrgen.errors import InputError, Location
from qbrgen.figures import Span
from qbrgen.measure import expression, roster
from qbrgen.measure.counts import MICRO, Counts, Reason
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.events import keep_people, open_tables, shifts_of, stop_at
from qbrgen.measure.expression import Cover
from qbrgen.measure.places import PlaceKind, place_kind, places
from qbrgen.measure.spans import Span as FileSpan
from qbrgen.measure.spans import broken, read_spans
from qbrgen.measure.values import ValueRow, value_rows
from qbrgen.period import EPOCH_MONDAY


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the file (within the workspace), and its line or row; None where the file cannot tell."""

    file: str
    number: int | None
    kind: PlaceKind = PlaceKind.LINE


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row of the events.

    at: local wall time; None where it could not be read. day: the day on which it counts, of a row that stands for a
    week its fourth. days: how many days it stands for. micro: occurrences × MICRO. reason: why the measure set it
    aside; None where it did not.
    """

    place: Place
    at: datetime | None
    day: date | None
    days: int
    user: str
    event: str
    micro: int
    reason: Reason | None


def event_rows(
    definitions: Definitions, counts: Counts, account: str, events: Collection[str], window: Span
) -> list[EventRow]:
    """The account's rows of these event names in a window, in order of time, file and place.

    A row whose time cannot be read is in every window. Of rows with the same id one counts, whichever account,
    name or day the others are of. counts: of the same workspace; it settles which days the data cover.

    Raises InputError with every finding about files that cannot be read (any more).
    """
    settings = definitions.settings
    tables = settings.sources.events
    if not tables or not events:
        return []
    with engine() as session:
        keep_people(session, definitions, tables)
        files, findings = open_tables(session, settings, tables, "events", numbered=True)
        stop_at(findings)
        spans, findings = read_spans(session, files, settings.time_zone or UTC)
        stop_at(findings)
        cover = Cover(counts.data_start, counts.as_of, shifts_of(settings, spans))
        accounts = session.keep(
            "accounts", roster.known_accounts(definitions), {"account": "VARCHAR", "broken": "BOOLEAN"}
        )
        try:
            rows = expression.dated(_marked(session, account, events, cover), cover)
            rows = rows.filter(rows.account == account, rows.event.isin(sorted(events)), _within(rows, window))
            found = session.frame(_told(rows, accounts), "at", "source", "number")
        except BrokenFileError as error:
            raise InputError([broken(Location(settings.root.name), error)]) from error
        return _listed(found, spans)  # while the session has its copies of files


def account_values(definitions: Definitions, counts: Counts, account: str) -> list[ValueRow]:
    """The rows of ready-made values of one account, each with its place, in the order of `Counts.values`.

    Raises InputError with every finding about files that cannot be read (any more).
    """
    rows, findings = value_rows(definitions.settings, counts.as_of)
    stop_at(findings)
    return [row for row in rows if row.account == account]


# ---- the query ------------------------------------------------------------------------------------------------------


def _marked(session: Engine, account: str, events: Iterable[str], cover: Cover) -> ibis.Table:
    """The rows asked for and every row that shares an id with one of them, each marked as a copy or not."""
    rows = session.table("events")
    asked = session.run("asked", rows.filter(rows.account == account, rows.event.isin(sorted(events))))
    if "id" not in rows.columns:
        return expression.marked(expression.timed(asked, cover), None)
    without, ids = asked.filter(asked.id.isnull()), asked.filter(asked.id.notnull()).select("id").distinct()
    same = session.run("same", rows.semi_join(ids, "id"))
    every = expression.timed(ibis.union(without, same, distinct=False), cover)
    return expression.marked(every, session.run("repeated", expression.repeated_ids(every)))


def _within(rows: ibis.Table, window: Span) -> Any:
    first, last = ((day - EPOCH_MONDAY).days for day in (window.first, window.last))
    return rows["at"].isnull() | ((rows.begins <= last) & (rows.ends >= first))


def _told(rows: ibis.Table, accounts: ibis.Table) -> ibis.Table:
    told = expression.told(rows.mutate(bucket=rows.day), accounts)
    given = told.micro.fill_null(MICRO) if "micro" in told.columns else ibis.literal(MICRO)
    days = told.days if "days" in told.columns else ibis.literal(1)
    return told.select(
        "source", "number", "at", "day", "user", "event", "reason", micro=given.cast("int64"), days=days.cast("int64")
    )


def _listed(found: Any, spans: Sequence[FileSpan]) -> list[EventRow]:
    where: dict[int, dict[int, int]] = {}
    for source, numbers in found.groupby("source")["number"]:
        span = spans[int(source)]
        where[int(source)] = places(span.file, map(int, numbers), span.rows // span.file.rows_of_one)
    rows = []
    for row in found.itertuples(index=False):
        file = spans[row.source].file
        place = Place(file.name, where[row.source].get(row.number), place_kind(file))
        readable = pd.notna(row.at)
        rows.append(
            EventRow(
                place=place,
                at=row.at.to_pydatetime() if readable else None,
                day=EPOCH_MONDAY + timedelta(days=int(row.day)) if readable else None,
                days=int(row.days),
                user=row.user if isinstance(row.user, str) else "",
                event=row.event,
                micro=int(row.micro),
                reason=Reason(row.reason) if isinstance(row.reason, str) else None,
            )
        )
    return rows
