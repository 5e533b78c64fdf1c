"""Mapped tables → the same, fitting together: names beside their events, and one account where there is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qbrgen.draft.columns import Column
from qbrgen.draft.joins import ENOUGH, join_of
from qbrgen.draft.model import Kind, Mapped
from qbrgen.draft.title_words import word_set
from qbrgen.load.packed import AVRO, EXCEL, PARQUET, located

_FIGURES = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)")
ONE_ACCOUNT = "customer"  # the id of the only account, where no column has one
_MOST_DEPARTMENTS = 40
_PACKED = 8  # bytes of text to a byte of a file that is packed
_KINDS_PACKED = EXCEL | PARQUET | AVRO | {".zip", ".gz"}
_MOST_BYTES = 20_000_000  # of events that are read as a list of people: a second or two at each command
_INSIDE = word_set(
    "organization organisation department division unit team abteilung bereich service departamento afdeling"
)


def fitted(tables: Sequence[Mapped], one_account: str = "") -> tuple[list[Mapped], list[tuple[str, str]]]:
    """The tables as they are used together, and files that are of no use beside the others, each with the reason.

    one_account: the id of the account that all rows are of, where somebody said that it is one.
    """
    names = [mapped for mapped in tables if mapped.kind is Kind.NAMES]
    found = [_with_names(mapped, names) for mapped in tables]
    used = [mapped.names for mapped in found if mapped.names]
    left = [(each.table.called, "no table has its ids") for each in names if each not in used]
    found, twice = _people_once(found)
    left += twice
    found += _accounts_by_events(found)
    only = one_account or _only_account(found)
    if only:
        found = [_of_one(mapped, only, always=bool(one_account)) for mapped in found]
    return [mapped for mapped in found if mapped.kind is not Kind.NAMES], left


def everyone_of(tables: Sequence[Mapped], persona: str) -> list[Mapped]:
    """The tables with those of events as lists of people too, of this persona where nothing else puts them into one;
    none where the events do not say whose their people are, or are too many to be read as a list of people."""
    events = [mapped for mapped in tables if mapped.kind is Kind.EVENTS]
    if any("account" not in mapped.columns and not mapped.account for mapped in events) or _size(events) > _MOST_BYTES:
        return []
    why = {"user": "the id of the person", "account": "each row here says it"}
    lists = [
        replace(
            Mapped(Kind.PEOPLE, each.table, {key: each.columns[key] for key in why if key in each.columns}, why),
            account=each.account,
            dates=each.dates,
            persona=persona,
        )
        for each in events
    ]
    of_events = [each.table for each in events]
    return [each for each in tables if each.kind is not Kind.PEOPLE or each.table not in of_events] + lists


def _size(tables: Sequence[Mapped]) -> int:
    """Bytes of the files of these tables as text, about; of those in an archive the archive's."""
    disk = {located(path)[0] for mapped in tables for path in mapped.table.paths}
    return sum(path.stat().st_size * (_PACKED if path.suffix.lower() in _KINDS_PACKED else 1) for path in disk)


def _accounts_by_events(tables: Sequence[Mapped]) -> list[Mapped]:
    """Where no list of people says whose they are and the events do: the events, as a list of who is where."""
    people = [mapped for mapped in tables if mapped.kind is Kind.PEOPLE]
    if not people or any("account" in mapped.columns for mapped in people):
        return []
    why = {"user": "the id of the person", "account": "no list of people says it, and each row here does"}
    return [
        Mapped(Kind.PEOPLE, mapped.table, {key: mapped.columns[key] for key in why}, why)
        for mapped in tables
        if mapped.kind is Kind.EVENTS and set(why) <= mapped.columns.keys()
    ]


def _people_once(tables: Sequence[Mapped]) -> tuple[list[Mapped], list[tuple[str, str]]]:
    """Without lists of people whose titles contradict those of a longer list: nobody can be two things at once."""
    lists = [mapped for mapped in tables if mapped.kind is Kind.PEOPLE and "title" in mapped.columns]
    kept: list[Mapped] = []
    left: list[tuple[str, str]] = []
    for mapped in sorted(lists, key=lambda each: -len(each.table.sample.rows)):
        other = next((each for each in kept if _contradict(mapped, each)), None)
        if other is None:
            kept.append(mapped)
        else:
            left.append(
                (mapped.table.called, f"some of its people have another title in {other.table.called}, which is longer")
            )
    return [mapped for mapped in tables if mapped not in lists or mapped in kept], left


def _contradict(one: Mapped, other: Mapped) -> bool:
    mine, theirs = (_titles_of(mapped) for mapped in (one, other))
    return any(title and theirs.get(user) and theirs[user] != title for user, title in mine.items())


def _titles_of(mapped: Mapped) -> dict[str, str]:
    sample = mapped.table.sample
    cells = (sample.column(mapped.columns[key]) for key in ("user", "title"))
    return dict(zip(*cells, strict=True))


def with_dates(tables: Sequence[Mapped], dates: str) -> list[Mapped]:
    """The tables, those whose days are written in figures with what somebody said of these: day-first, month-first."""
    return [replace(mapped, dates=dates) if _in_figures(mapped) else mapped for mapped in tables]


def _in_figures(mapped: Mapped) -> bool:
    columns = [mapped.table.column(name) for name in mapped.columns.values()]
    return any(_FIGURES.match(cell) for column in columns if column for cell in column.cells[:20])


def departments(tables: Sequence[Mapped]) -> tuple[str, ...]:
    """What the account column holds, where it may be the departments of one company; () where it is no such thing.

    A column of accounts that is called organization or department, holds few names, and has no table of accounts that
    knows them.
    """
    if any(mapped.kind is Kind.ACCOUNTS for mapped in tables):
        return ()
    for mapped in tables:
        column = _account_column(mapped) if mapped.kind in (Kind.EVENTS, Kind.PEOPLE) else None
        if (
            column
            and _INSIDE & set(column.words)
            and 1 < column.different <= _MOST_DEPARTMENTS
            and column.figures < 0.5
        ):
            return tuple(name for name, _ in column.numbers.most_common())
    return ()


def _account_column(mapped: Mapped) -> Column | None:
    return mapped.table.column(mapped.columns.get("account"))


def _with_names(mapped: Mapped, names: Sequence[Mapped]) -> Mapped:
    event = mapped.table.column(mapped.columns.get("event")) if mapped.kind is Kind.EVENTS else None
    for each in names:
        ids = each.table.column(each.columns.get("id"))
        if event and ids and join_of(event, ids).share >= ENOUGH:
            return replace(mapped, names=each)
    return mapped


def _only_account(tables: Sequence[Mapped]) -> str:
    """The one account of everything: where no column tells any, or the events tell the same in every row."""
    rows = [mapped for mapped in tables if mapped.kind in (Kind.EVENTS, Kind.PEOPLE)]
    told = [column for mapped in rows if (column := _account_column(mapped)) and column.cells]
    if not told:
        return ONE_ACCOUNT
    every = {cell for column in told for cell in column.numbers}
    return every.pop() if len(every) == 1 and any("account" not in mapped.columns for mapped in rows) else ""


def _of_one(mapped: Mapped, account: str, *, always: bool) -> Mapped:
    if mapped.kind not in (Kind.EVENTS, Kind.PEOPLE, Kind.PRESENCE, Kind.VALUES):
        return mapped
    if "account" in mapped.columns and not always:
        return mapped
    columns = {key: column for key, column in mapped.columns.items() if key != "account"}
    return replace(mapped, columns=columns, account=account)
