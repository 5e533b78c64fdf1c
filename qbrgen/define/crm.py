"""The accounts tables: what the CRM knows of each account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from decimal import Decimal

from qbrgen.define.model.sources import Table
from qbrgen.define.unreadable import is_wrong_as_a_whole
from qbrgen.errors import Finding, Level, Location
from qbrgen.figures import Money
from qbrgen.load.cells import day_fix, is_nothing, parse_day, parse_money
from qbrgen.load.characters import hidden_in
from qbrgen.load.report import capped
from qbrgen.load.tables import TableData

_FIELDS = ("name", "owner", "segment", "arr", "currency", "renewal", "playbook")


@dataclass(frozen=True, slots=True)
class CrmRow:
    """What is known of one account; "" and None where nothing is.

    wrong: what is wrong with a renewal that cannot be read, which is None then.
    """

    id: str
    where: Location
    name: str = ""
    owner: str = ""
    segment: str = ""
    arr: Money | None = None
    renewal: date | None = None
    playbook: str = ""
    wrong: Finding | None = field(default=None, compare=False)


@dataclass(slots=True)
class Crm:
    """rows: by account id, in the table's order. broken: account id → what is wrong with its rows."""

    rows: dict[str, CrmRow] = field(default_factory=dict)
    broken: dict[str, list[Finding]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_crm(tables: Iterable[tuple[Table, TableData]], currency: str, zone: tzinfo | None) -> Crm:
    """Rows of the accounts tables; of several tables the first that knows something wins.

    currency: of amounts without one. A renewal that cannot be read stays with its row; where most cannot be, that is an
    error of the whole table.
    """
    crm = Crm()
    for table, data in tables:
        if "account" not in table.columns:
            continue  # told as a missing column
        findings: list[Finding] = []
        rows: dict[str, CrmRow] = {}
        wrong: list[tuple[str, Finding]] = []
        for index, account in enumerate(data.column(table.columns.get("account"))):
            where = data.at(index)
            if not account:
                fix = "Fill it, or delete the row."
                what = "the row has no account id; left out."
                findings.append(Finding(Level.WARNING, "account-without-id", what, fix, where))
                continue
            cells = {name: _at(data, table, name, index) for name in _FIELDS}
            findings += hidden_in((account, *cells.values()), where)
            row = _row(account, cells, where, currency, zone, findings)
            wrong += [(account, row.wrong)] if row.wrong else []
            if account not in rows:
                rows[account] = row
            elif replace(rows[account], where=where) != row:
                what = f"the account '{account}' has two rows that differ (also {rows[account].where})."
                twice = Finding(Level.ERROR, "account-twice", what, "Keep one of them.", where, account)
                crm.broken.setdefault(account, []).append(twice)
        filled = sum(not is_nothing(cell) for cell in data.column(table.columns.get("renewal")))
        if is_wrong_as_a_whole([account for account, _ in wrong], filled, rows):
            findings += [finding for _, finding in wrong]
            rows = {account: replace(row, wrong=None) for account, row in rows.items()}
        for account, row in rows.items():
            crm.rows[account] = _joined(crm.rows[account], row) if account in crm.rows else row
        crm.findings += capped(findings)
    return crm


def _at(data: TableData, table: Table, name: str, index: int) -> str:
    column = table.columns.get(name)
    cell = data.rows[index][data.columns.index(column)] if column is not None else ""
    return "" if is_nothing(cell) else cell


def _row(
    account: str, cells: dict[str, str], where: Location, currency: str, zone: tzinfo | None, findings: list[Finding]
) -> CrmRow:
    renewal = wrong = None
    if cells["renewal"]:
        try:
            renewal = parse_day(cells["renewal"], zone)
        except ValueError:
            what = f"the renewal '{cells['renewal'][:40]}' is not a date."
            fix = day_fix(cells["renewal"])
            wrong = Finding(Level.ERROR, "date-not-readable", what, fix, where, account)
    arr = _money(cells["arr"], cells["currency"] or currency, where, findings) if cells["arr"] else None
    name, owner, segment, playbook = (cells[key] for key in ("name", "owner", "segment", "playbook"))
    return CrmRow(account, where, name, owner, segment, arr, renewal, playbook, wrong)


def _money(cell: str, currency: str, where: Location, findings: list[Finding]) -> Money | None:
    try:
        amount, code = parse_money(cell, currency.strip().upper())
    except ValueError:
        what = f"the revenue '{cell[:40]}' is not an amount; left out."
        fix = "Write it as 184000 or 184000 GBP."
        findings.append(Finding(Level.WARNING, "not-money", what, fix, where))
        return None
    if not code:
        findings.append(without_currency(f"{amount:f}", where))
        return None
    return Money(Decimal(amount), code)


def without_currency(amount: str, where: Location, account: str | None = None) -> Finding:
    """The finding for an amount of which nobody said the currency."""
    what = f"the revenue {amount} has no currency; left out."
    fix = "Add `currency:` to qbrgen.yml, such as GBP."
    return Finding(Level.WARNING, "money-without-currency", what, fix, where, account)


def _joined(first: CrmRow, second: CrmRow) -> CrmRow:
    """What the first row knows, and from the second what it does not."""
    known = {name: getattr(first, name) or getattr(second, name) for name in CrmRow.__dataclass_fields__}
    return CrmRow(**known)  # with what is wrong with one renewal, even where the other is known
