"""Which accounts a draft has, and where they come from: files of their own where they are few, else a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qbrgen.define.crm import read_crm
from qbrgen.draft.activity import Activity, Source
from qbrgen.draft.model import Kind, Mapped
from qbrgen.load.report import counted

FEW = 12


@dataclass(frozen=True)
class Accounts:
    """Where the accounts come from.

    named: account → its name in the table of accounts, "" where that has none; of those that get a file. roster: (user,
    account, title) to be written, where the export has no list of people that can be used. table: "people" where the
    accounts are taken from the list of people.
    """

    from_table: bool = False
    named: Mapping[str, str] = field(default_factory=dict)
    roster: tuple[tuple[str, str, str], ...] = ()
    table: str = ""
    cannot: tuple[str, ...] = ()


_NO_CURRENCY = "XXX"  # the ISO 4217 code for none: amounts are not proposed


def accounts_of(done: Activity, tables: Sequence[Mapped], source: Source, own_roster: bool) -> Accounts:
    """The accounts of everyone in a proposed persona.

    own_roster: the list of people is written by init itself, of the people with events.
    """
    found = done.rows("SELECT DISTINCT account FROM members ORDER BY 1")
    ids = [str(account) for (account,) in found if account]
    crm = read_crm(source.data.accounts, _NO_CURRENCY, None)
    names = {account: crm.rows[account].name if account in crm.rows else "" for account in ids}
    roster: tuple[tuple[str, str, str], ...] = ()
    if own_roster:
        rows = done.rows('SELECT "user", account FROM members ORDER BY account, "user"')
        roster = tuple((str(user), str(account), "") for user, account in rows if account)
    strange = [account for account in ids if account not in crm.rows]
    cannot = []
    if crm.rows and strange:
        lists = ", ".join(mapped.table.called for mapped in tables if mapped.kind is Kind.ACCOUNTS)
        told, what = counted(len(strange), "account is", "accounts are"), "its name, owner and revenue"
        what = what if len(strange) == 1 else "their names, owners and revenue"
        cannot.append(f"{told} in no row of {lists}: {what} are not known.")
    if len(ids) <= FEW:
        return Accounts(named=names, roster=roster, cannot=tuple(cannot))
    if crm.rows and len(strange) <= len(ids) // 2:
        return Accounts(from_table=True, roster=roster, cannot=tuple(cannot))
    return Accounts(from_table=True, roster=roster, table="people", cannot=tuple(cannot))
