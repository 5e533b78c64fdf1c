"""Tables of an export → what each holds and which column is what: by a known export, else by names and contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qbrgen.draft.event_names import event_words, no_work
from qbrgen.draft.kinds import mapped_of, numbers_left
from qbrgen.draft.looks import joined, look, title_of
from qbrgen.draft.model import Kind, Mapped
from qbrgen.draft.role_words import TITLE
from qbrgen.draft.survey import Surveyed
from qbrgen.load.exports.recognise import Match, recognise, with_paths


def map_tables(tables: Sequence[Surveyed]) -> tuple[list[Mapped], list[tuple[str, str]]]:
    """What every table holds, and the files that are left, each with the reason.

    A known export is mapped by the names of its columns; every other table by names and contents.
    """
    mapped: list[Mapped] = []
    left: list[tuple[str, str]] = []
    unknown: list[Surveyed] = []
    for table in tables:
        matches = recognise(table.sample.columns, table.sample.rows[:50])
        if matches and matches[0].export.unused:
            left.append((table.called, matches[0].export.unused.rstrip(".")))
        elif matches and not matches[0].export.general:
            mapped += of_export(table, matches[0])
        else:
            unknown.append(table)
    for one in joined([look(table) for table in unknown]):
        found = mapped_of(one)
        if isinstance(found, str):
            left.append((one.table.called, found))
        else:
            mapped += found
    return mapped, sorted(left)


def _goes_along(kind: str, first: Kind, columns: Mapping[str, str]) -> bool:
    """Whether the rows are of use for this too: who the people of events are, how accounts of people are called."""
    return (first, kind) == (Kind.EVENTS, Kind.PEOPLE) or (
        (first, kind) == (Kind.PEOPLE, Kind.ACCOUNTS) and "name" in columns
    )


def of_export(table: Surveyed, match: Match) -> list[Mapped]:
    """A table of a known export: its first use, and who the people are where the same rows tell that."""
    export, names = match.export, table.sample.columns
    empty = {column.name for column in table.columns if not column.cells}
    every = [name for name in with_paths(names, table.sample.rows[:50]) if name not in empty]
    wide = {name: name for name in export.event_columns(names) if not no_work(name, column=True)}
    found: list[Mapped] = []
    for kind in export.holds:
        columns = export.mapping(kind, every)
        if not columns or (found and not _goes_along(kind, found[0].kind, columns)):
            continue
        title = title_of(table.columns, set()) if kind == Kind.PEOPLE else None
        mine = table.column(columns.get("title"))
        if title and mine and title.has(*TITLE) and title.jobs > mine.jobs:
            columns["title"] = title.name
        events = wide if kind == Kind.EVENTS else {}
        found.append(
            Mapped(
                Kind(kind),
                table,
                columns,
                dict.fromkeys(columns, f"a column of {export.called}"),
                export=export.name,
                because=match.reason,
                each_row=export.each_row if kind == Kind.EVENTS and export.each_row != "event" else "",
                event_columns={event_words(column, whole=True).name: column for column in events},
                left=numbers_left(table, columns, events) if events else {},
                presence=export.presence,
            )
        )
    return found
