"""The people tables: every row of a person by account, and what is wrong with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo

from qbrgen.define.model.sources import Table
from qbrgen.define.unreadable import is_wrong_as_a_whole
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import day_fix, is_nothing, parse_day
from qbrgen.load.characters import hidden_in
from qbrgen.load.report import capped, counted
from qbrgen.load.tables import TableData


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a people table: one person in one seat. persona and title may be "".

    otherwise: the persona where nothing else puts the person into one, "" where the table says none.
    wrong: ("from" or "to", what is wrong with it) of a day that cannot be read; the day is None then.
    """

    user: str
    account: str
    name: str
    title: str
    persona: str
    first: date | None
    last: date | None
    where: Location
    otherwise: str = ""
    wrong: tuple[tuple[str, Finding], ...] = field(default=(), compare=False)


@dataclass(slots=True)
class People:
    """Every row of the people tables by account, and the tally of those that no persona took."""

    by_account: dict[str, list[PersonRow]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)
    unmatched: Counter[str] = field(default_factory=Counter)  # job title → people
    unknown_personas: dict[str, list[Location]] = field(default_factory=lambda: defaultdict(list))

    def of(self, account: str) -> list[PersonRow]:
        """An account's rows by user, the latest seat of each last, whatever their order in the files."""
        return sorted(self.by_account.get(account, []), key=_place)


def _place(row: PersonRow) -> tuple[object, ...]:
    return row.user, row.first or date.min, row.last or date.max, row.persona, row.title, row.name


def read_people(tables: Iterable[tuple[Table, TableData]], zone: tzinfo | None) -> People:
    """Rows of the people tables. A day may be a timestamp; zone: the workspace's, for the local day of one.

    A table without a column of accounts tells more of people whose account another table has. A day that cannot be read
    stays with its row; a column of which most cannot be is an error of the whole table.
    """
    people = People()
    of_account: list[PersonRow] = []
    more: dict[str, PersonRow] = {}
    for table, data in tables:
        if "user" not in table.columns:
            continue  # told as a missing column
        read, findings = _rows_of(table, data, zone)
        read, unreadable = _without_unreadable_columns(read, data, table)
        people.findings += capped([*findings, *unreadable])
        if "account" in table.columns:
            of_account += read
        else:
            more = {**{row.user: row for row in reversed(read)}, **more}
    for row in of_account:
        people.by_account[row.account].append(_with_more(row, more.get(row.user)))
    people.findings += _of_no_account(more, {row.user for row in of_account})
    return people


def _rows_of(table: Table, data: TableData, zone: tzinfo | None) -> tuple[list[PersonRow], list[Finding]]:
    """Every row with its ids, and warnings of the others."""
    rows: list[PersonRow] = []
    findings: list[Finding] = []
    incomplete: list[Location] = []
    fields = {name: data.column(table.columns.get(name)) for name in _FIELDS}
    needs_account = "account" in table.columns
    for index, (user, account) in enumerate(zip(fields["user"], fields["account"], strict=True)):
        where = data.at(index)
        if not user or (needs_account and not account):
            incomplete.append(where)
            continue
        wrong: list[tuple[str, Finding]] = []
        first, last = (_day(fields[key][index], key, table, zone, where, wrong) for key in _DAYS)
        name, title, persona = (fields[key][index] for key in ("name", "title", "persona"))
        findings += hidden_in((user, name, title, persona), where)
        row = PersonRow(user, account, name, title, persona, first, last, where, table.persona, tuple(wrong))
        rows.append(row)
    if incomplete:
        both = "a user or an account id" if needs_account else "a user id"
        what = f"{counted(len(incomplete), 'row')} of {data.name} without {both}; left out."
        fix = "Fill both ids." if needs_account else "Fill it."
        findings.append(Finding(Level.WARNING, "people-without-id", what, fix, incomplete[0]))
    return rows, findings


def _without_unreadable_columns(
    rows: list[PersonRow], data: TableData, table: Table
) -> tuple[list[PersonRow], list[Finding]]:
    """The rows, without what is wrong with a column as a whole; and that."""
    findings: list[Finding] = []
    for key in _DAYS:
        failed = [row for row in rows if any(field == key for field, _ in row.wrong)]
        filled = sum(not is_nothing(cell) for cell in data.column(table.columns.get(key)))
        if is_wrong_as_a_whole([row.account for row in failed], filled, {row.account for row in rows}):
            findings += [wrong for row in failed for field, wrong in row.wrong if field == key]
            rows = [replace(row, wrong=tuple(each for each in row.wrong if each[0] != key)) for row in rows]
    return rows, findings


def _with_more(row: PersonRow, more: PersonRow | None) -> PersonRow:
    """A row of a person, and of what it does not tell what another table does."""
    if more is None:
        return row
    told = {name: getattr(row, name) or getattr(more, name) for name in ("name", "title", "persona", "first", "last")}
    wrong = [each for each in (*row.wrong, *more.wrong) if told[_DAYS[each[0]]] is None]
    return replace(row, wrong=tuple(wrong), **told)


def _of_no_account(more: Mapping[str, PersonRow], known: set[str]) -> list[Finding]:
    lost = [row for user, row in more.items() if user not in known]
    if not lost or not known:
        return []
    what = f"{_people(len(lost))} of {lost[0].where.file} in no account by any other table of people; left out."
    fix = "Look whether both tables have the same ids of people, or map `account:`."
    return [Finding(Level.WARNING, "people-without-account", what, fix, lost[0].where)]


def _people(number: int) -> str:
    return "1 person is" if number == 1 else f"{number:,} people are"


_FIELDS = ("user", "account", "name", "title", "persona", "from", "to")
_DAYS = {"from": "first", "to": "last"}


def _day(
    cell: str,
    name: str,
    table: Table,
    zone: tzinfo | None,
    where: Location,
    wrong: list[tuple[str, Finding]],
) -> date | None:
    if is_nothing(cell):
        return None
    try:
        return parse_day(cell, zone)
    except ValueError:
        what = f"'{cell[:40]}' in the column '{table.columns[name]}' is not a date."
        wrong.append((name, Finding(Level.ERROR, "date-not-readable", what, day_fix(cell), where)))
        return None
