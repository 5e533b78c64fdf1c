"""The outcome file: which accounts were lost, and when.

A table like the others (CSV, Excel, Parquet, JSON lines). Columns: account; lost_on, the day on which the account was
lost or went quiet, empty where it did not; since, the day on which it became a customer (may be left out). What was
lost and what "quiet" means is the vendor's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.cells import is_nothing, parse_day
from qbrgen.load.nearest import instead_of, listed
from qbrgen.load.report import capped
from qbrgen.load.tables import TableData, missing_columns, read_table

FIELDS = ("account", "lost_on", "since")
_REQUIRED = ("account", "lost_on")
_DATE_FIX = "Write year-month-day, such as 2026-10-16; leave it empty where the account was not lost."


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one account. lost_on None: it was not lost. since None: nobody said when it began."""

    lost_on: date | None
    since: date | None
    where: Location


@dataclass(frozen=True, slots=True)
class Outcomes:
    """fates: by account id, of the workspace's accounts only. strangers: rows of accounts that it does not have."""

    fates: Mapping[str, Fate]
    strangers: int
    strangers_lost: int
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    fates: dict[str, Fate] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_outcomes(
    path: Path, columns: Mapping[str, str], accounts: Iterable[str], aside: Iterable[str], zone: tzinfo | None
) -> Outcomes:
    """The outcomes of a workspace's accounts.

    columns: our field (`FIELDS`) → the file's column, where it goes by another name. accounts, aside: the ids that the
    workspace can score, and those that it sets aside. zone: the workspace's, for days written with a time.
    Raises InputError with every finding when the file, a column, a date or a repeated row is wrong, or when it knows
    none of the accounts.
    """
    data = read_table(path, path.name)
    mapped = {name: columns.get(name, name) for name in FIELDS if name in columns or name in data.columns}
    findings = [*data.findings]
    if data.columns:
        here = Location(data.name, 1)
        findings += missing_columns(data, mapped, dict.fromkeys(mapped, here))
        findings += [_not_mapped(name, data, here) for name in _REQUIRED if name not in mapped]
        if not data.rows:
            fix = "Write a row for each account: its id, and the day on which it was lost or nothing."
            findings.append(
                Finding(Level.ERROR, "table-without-rows", "the table has no rows.", fix, Location(data.name))
            )
    _stop_at(findings)
    reading = _Reading(findings=findings)
    cells = {name: data.column(mapped.get(name)) for name in FIELDS}
    for index, account in enumerate(cells["account"]):
        days = {name: _day(cells[name][index], name, data.at(index), zone, reading) for name in ("lost_on", "since")}
        _add(account, Fate(days["lost_on"], days["since"], data.at(index)), reading)
    _stop_at(reading.findings)
    return _of_workspace(reading, data, list(accounts), set(aside))


def _stop_at(findings: Iterable[Finding]) -> None:
    found = capped(findings)
    if any(finding.level is Level.ERROR for finding in found):
        raise InputError(found)


def _not_mapped(name: str, data: TableData, where: Location) -> Finding:
    what = f"No column is called {name}."
    fix = f"Say which holds it: --column {name}=NAME. {instead_of(name, data.columns, 'columns')}"
    return Finding(Level.ERROR, "column-not-mapped", what, fix, where)


def _day(cell: str, name: str, where: Location, zone: tzinfo | None, reading: _Reading) -> date | None:
    if is_nothing(cell):
        return None
    try:
        return parse_day(cell, zone)
    except ValueError:
        what = f"'{cell[:40]}' is not a date ({name})."
        reading.findings.append(Finding(Level.ERROR, "date-not-readable", what, _DATE_FIX, where))
        return None


def _add(account: str, fate: Fate, reading: _Reading) -> None:
    if is_nothing(account):
        what = "the row has no account id; left out."
        reading.findings.append(
            Finding(Level.WARNING, "account-without-id", what, "Fill it, or delete the row.", fate.where)
        )
        return
    if fate.lost_on and fate.since and fate.lost_on < fate.since:
        what = f"the account '{account}' was lost on {fate.lost_on}, before it began on {fate.since}."
        reading.findings.append(Finding(Level.ERROR, "dates-reversed", what, "Correct one of the two.", fate.where))
    first = reading.fates.setdefault(account, fate)
    if first is fate:
        return
    if (first.lost_on, first.since) == (fate.lost_on, fate.since):
        what = f"the account '{account}' stands here again (also {first.where}); counted once."
        reading.findings.append(Finding(Level.WARNING, "account-twice", what, "Delete one of the rows.", fate.where))
    else:
        what = f"the account '{account}' has two rows that differ (also {first.where})."
        reading.findings.append(Finding(Level.ERROR, "account-twice", what, "Keep one of them.", fate.where))


def _of_workspace(reading: _Reading, data: TableData, accounts: list[str], aside: set[str]) -> Outcomes:
    """The fates of the workspace's accounts; what is in only one of the two is told."""
    known, findings = set(accounts), list(reading.findings)
    strange = {name: fate for name, fate in reading.fates.items() if name not in known and name not in aside}
    for name, fate in strange.items():
        what = f"the account '{name}' is not in the workspace; left out."
        findings.append(
            Finding(Level.WARNING, "unknown-account", what, instead_of(name, accounts, "accounts"), fate.where)
        )
    fates = {name: fate for name, fate in reading.fates.items() if name in known}
    if not fates:
        fix = f"Write the ids as in the workspace: {listed(accounts)}." if accounts else ""
        what = f"{data.name} knows none of the accounts of the workspace."
        raise InputError([*capped(findings), Finding(Level.ERROR, "no-account-known", what, fix, Location(data.name))])
    silent = [name for name in accounts if name not in fates]
    if silent:
        what = f"{data.name} says nothing of {len(silent)} of the workspace's accounts; left out: {listed(silent)}."
        fix = "Add a row for each, its lost_on empty where the account was not lost."
        findings.append(Finding(Level.WARNING, "account-without-outcome", what, fix, Location(data.name)))
    lost = sum(fate.lost_on is not None for fate in strange.values())
    return Outcomes(fates, len(strange), lost, tuple(capped(findings)))
