"""The rows behind a count: the same files, times, copies and reasons as the measure, for one account, row by row.

In: the definitions, the days that the data cover (from `Counts`), an account, event names and a window. Out: one
`EventRow` for every row that the measure counted or set aside there. Only these rows leave the engine.

The measure groups before it asks why a row is set aside, this does not; the questions are the same expressions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ibis
import pandas as pd

from qbrgen.define.model.workspace import Definitions
from qbrgen.figures import Span
from qbrgen.measure import expression, roster
from qbrgen.measure.counts import MICRO, Counts, Reason
from qbrgen.measure.cover import shifts_of
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.events import Place as Source
from qbrgen.measure.events import stop_at
from qbrgen.measure.expression import Cover
from qbrgen.measure.here import Here, files_of
from qbrgen.measure.places import PlaceKind, place_kind, places
from qbrgen.measure.remote import Remote, databases_of
from qbrgen.measure.spans import Span as FileSpan
from qbrgen.measure.spans import gave_up, in_their_encodings
from qbrgen.measure.values import ValueRow, value_rows
from qbrgen.period import EPOCH_MONDAY


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the file (within the workspace), and its line or row; None where the file cannot tell.

    In a database: the table, and the row's id, where one is mapped.
    """

    file: str
    number: int | str | None
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


@in_their_encodings
def event_rows(
    definitions: Definitions, counts: Counts, account: str, events: Collection[str], window: Span
) -> list[EventRow]:
    """The account's rows of these event names in a window, in order of time, file and place.

    A row whose time cannot be read is in every window. Of rows with the same id one counts, whichever account,
    name or day the others are of. counts: of the same workspace; it settles which days the data cover.

    Raises InputError with every finding about files that cannot be read (any more).
    """
    settings = definitions.settings
    if not settings.sources.events or not events:
        return []
    with engine() as session, databases_of(settings) as remotes:
        here = Here(session, files_of(settings))
        sources: list[Source] = [here, *remotes]
        stop_at([found for each in sources for found in each.open(definitions, ("events",), numbered=True)])
        zone = settings.time_zone or UTC
        stop_at([found for each in sources for found in each.look(zone, ("events",))])
        spans = [span for each in sources for span in each.spans["events"]]
        cover = Cover(counts.data_start, counts.as_of, shifts_of(settings, spans))
        asked = _Asked(definitions, account, tuple(sorted(events)), window, cover)
        try:
            found = [asked.rows(session, each) for each in sources if each.files["events"]]
        except BrokenFileError as error:
            raise gave_up(settings.root.name, error, here.files["events"]) from error
    return found[0] if len(found) == 1 else sorted((row for rows in found for row in rows), key=_in_time)


def account_values(definitions: Definitions, counts: Counts, account: str) -> list[ValueRow]:
    """The rows of ready-made values of one account, each with its place, in the order of `Counts.values`.

    Raises InputError with every finding about files that cannot be read (any more).
    """
    rows, findings = value_rows(definitions.settings, counts.as_of)
    stop_at(findings)
    return [row for row in rows if row.account == account]


# ---- the query ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What rows are asked for."""

    definitions: Definitions
    account: str
    events: tuple[str, ...]
    window: Span
    cover: Cover

    def rows(self, session: Engine, source: Source) -> list[EventRow]:
        """Those of the files, or of one database, in order of time, source and place."""
        rows = expression.dated(self._marked(source), self.cover)
        rows = rows.filter(self._of_account(rows), rows.event.isin(self.events), _within(rows, self.window))
        known = roster.known_accounts(self.definitions)
        accounts = session.keep("accounts", known, {"account": "VARCHAR", "broken": "BOOLEAN"})
        if isinstance(source, Remote):
            rows = session.take("rows", source.arrow(rows.mutate(account=ibis.literal(self.account))))
            found = session.frame(_told(rows, accounts), "at", "source", "id")
            session.connection.execute("DROP TABLE accounts")
            return _of_database(found, source, self.definitions.settings.sources.other_forms)
        found = session.frame(_told(rows, accounts), "at", "source", "number")
        session.connection.execute("DROP TABLE accounts")
        return _of_files(found, source.spans["events"])  # while the session has its copies of files

    def _of_account(self, rows: ibis.Table) -> Any:
        """Of the account, in whichever form its id is written in a database."""
        forms = self.definitions.settings.sources.other_forms
        return rows.account.isin([self.account, *(form for form, of in forms.items() if of == self.account)])

    def _marked(self, source: Source) -> ibis.Table:
        """The rows asked for and every row that shares an id with one of them, each marked as a copy or not."""
        rows = source.table("events")
        asked = source.run("asked", rows.filter(self._of_account(rows), rows.event.isin(self.events)))
        if "id" not in rows.columns:
            return expression.marked(expression.timed(asked, self.cover), None)
        without, ids = asked.filter(asked.id.isnull()), asked.filter(asked.id.notnull()).select("id").distinct()
        same = source.run("same", rows.semi_join(ids, "id"))
        every = expression.timed(ibis.union(without, same, distinct=False), self.cover)
        return expression.marked(every, source.run("repeated", expression.repeated_ids(every)), source.bytewise)


def _within(rows: ibis.Table, window: Span) -> Any:
    first, last = ((day - EPOCH_MONDAY).days for day in (window.first, window.last))
    return rows["at"].isnull() | ((rows.begins <= last) & (rows.ends >= first))


def _told(rows: ibis.Table, accounts: ibis.Table) -> ibis.Table:
    told = expression.told(rows.mutate(bucket=rows.day), accounts)
    given = told.micro.fill_null(MICRO) if "micro" in told.columns else ibis.literal(MICRO)
    days = told.days if "days" in told.columns else ibis.literal(1)
    ids = told.id if "id" in told.columns else ibis.null("string")
    return told.select(
        "source",
        "number",
        "at",
        "day",
        "user",
        "event",
        "reason",
        id=ids,
        micro=given.cast("int64"),
        days=days.cast("int64"),
    )


def _of_files(found: pd.DataFrame, spans: Sequence[FileSpan]) -> list[EventRow]:
    where: dict[int, dict[int, int]] = {}
    for source, numbers in found.groupby("source")["number"]:
        span = spans[int(str(source))]
        where[int(str(source))] = places(span.file, map(int, numbers), span.rows // span.file.rows_of_one)
    rows = []
    for row in found.itertuples(index=False):
        file = spans[int(str(row.source))].file
        place = Place(file.name, where[int(str(row.source))].get(int(str(row.number))), place_kind(file))
        rows.append(_row(row, place))
    return rows


def _of_database(found: pd.DataFrame, remote: Remote, forms: Mapping[str, str]) -> list[EventRow]:
    rows = []
    for row in found.itertuples(index=False):
        name = remote.files["events"][int(str(row.source))].name
        listed = _row(row, Place(name, row.id if isinstance(row.id, str) else None, PlaceKind.ID))
        rows.append(replace(listed, user=forms.get(listed.user, listed.user)))
    return rows


def _row(row: Any, place: Place) -> EventRow:
    readable = pd.notna(row.at)
    return EventRow(
        place=place,
        at=row.at.to_pydatetime() if readable else None,
        day=EPOCH_MONDAY + timedelta(days=int(row.day)) if readable else None,
        days=int(row.days),
        user=row.user if isinstance(row.user, str) else "",
        event=row.event,
        micro=int(row.micro),
        reason=Reason(row.reason) if isinstance(row.reason, str) else None,
    )


def _in_time(row: EventRow) -> tuple[datetime, str]:
    return row.at or datetime.max, row.place.file
