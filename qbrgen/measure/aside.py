"""Which rows of which file are set aside, and where the first of each reason stands: a second look, for `check` only.

The measure groups rows of all files together; what it sets aside is told here file by file, by the same expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

import ibis

from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Location
from qbrgen.measure import expression, roster
from qbrgen.measure.counts import Counts, Reason
from qbrgen.measure.cover import shifts_of
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.events import stop_at
from qbrgen.measure.expression import Cover
from qbrgen.measure.here import Here, files_of, headers_of
from qbrgen.measure.places import places
from qbrgen.measure.spans import gave_up, in_their_encodings


@dataclass(frozen=True, slots=True)
class RowsAside:
    """The rows of one file that are set aside for one reason. first: where the first of them stands."""

    file: str
    reason: Reason
    rows: int
    first: Location


@in_their_encodings
def rows_aside(definitions: Definitions, counts: Counts) -> list[RowsAside]:
    """What is set aside, by file and reason; nothing of rows that lie in a database.

    counts: of the same workspace; it settles which days the data cover. Raises InputError with every finding about
    files that cannot be read (any more).
    """
    settings = definitions.settings
    tables = files_of(settings)
    if not tables["events"] or not counts.balance.set_aside:
        return []
    with engine() as session:
        files = Here(session, tables)
        stop_at(files.open(definitions, ("events",), numbered=True))
        stop_at(files.look(settings.time_zone or UTC, ("events",)))
        cover = Cover(counts.data_start, counts.as_of, shifts_of(settings, files.spans["events"]))
        try:
            found = session.frame(_by_file(session, files, definitions, cover), "source", "reason")
        except BrokenFileError as error:
            raise gave_up(settings.root.name, error, files.files["events"]) from error
        spans = files.spans["events"]
        result = []
        for row in found.itertuples(index=False):
            span = spans[int(str(row.source))]
            number = int(str(row.first))
            line = places(span.file, [number], span.rows // span.file.rows_of_one).get(number)
            where = Location(span.file.name, line)
            result.append(RowsAside(span.file.name, Reason(str(row.reason)), int(str(row.rows)), where))
    return result


def _by_file(session: Engine, files: Here, definitions: Definitions, cover: Cover) -> ibis.Table:
    """Rows set aside by source and reason, with the number of the first."""
    rows = expression.timed(files.table("events"), cover)
    repeated = files.run("repeated", expression.repeated_ids(rows)) if "id" in rows.columns else None
    rows = expression.dated(expression.marked(rows, repeated, files.bytewise), cover)
    known = roster.known_accounts(definitions)
    accounts = session.keep("accounts", known, {"account": "VARCHAR", "broken": "BOOLEAN"})
    told = expression.told(rows.mutate(bucket=rows.day), accounts, headers_of(files.files["events"]))
    aside = told.filter(told.reason.notnull())
    return aside.group_by("source", "reason").agg(rows=aside.count(), first=aside.number.min())


def with_examples(counts: Counts, aside: list[RowsAside]) -> Mapping[str, Location]:
    """Reason → the place of one such row: of the file with most of them."""
    most = sorted(aside, key=lambda each: (-each.rows, each.file))
    return {**{str(each.reason): each.first for each in reversed(most)}, **counts.balance.examples}
