"""Ids that are written in two ways: by case, by blanks, or as a Salesforce id of 15 or of 18 characters.

They are told, never joined: nobody but the user knows whether they are one account.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.identifiers import in_full, is_salesforce_id
from qbrgen.load.report import capped

_FULL = 18


@dataclass(frozen=True, slots=True)
class Seen:
    """An id where it stands. place: how a message calls that ("data/crm.csv:4", "the events, 1,204 rows")."""

    id: str
    place: str
    where: Location | None = None


def alike_key(name: str) -> str:
    """What ids that are likely the same have in common. Case is kept where it tells two Salesforce records apart."""
    full = in_full(name.strip())
    if len(full) == _FULL and full.startswith("00") and is_salesforce_id(full):
        return full
    return "".join(name.split()).casefold()


def alike(seen: Iterable[Seen]) -> list[list[Seen]]:
    """Groups of ids that differ only by how they are written, each id once, in the order given."""
    groups: dict[str, dict[str, Seen]] = defaultdict(dict)
    for each in seen:
        groups[alike_key(each.id)].setdefault(each.id, each)
    return [list(group.values()) for group in groups.values() if len(group) > 1]


def account_ids_alike(seen: Iterable[Seen]) -> list[Finding]:
    """A warning for each account whose id is written in several ways. seen: the accounts' own files first."""
    findings = []
    for group in alike(seen):
        first, *others = group
        forms = " and ".join(f"'{each.id}' ({each.place})" for each in group)
        by = differ_by([each.id for each in group])
        what = f"the account ids {forms} differ only by {by}: they count as different accounts."
        fix = f"Where they are one account, write its id alike everywhere, such as '{first.id}'."
        where = next((each.where for each in (*others, first) if each.where), None)
        findings.append(Finding(Level.WARNING, "ids-alike", what, fix, where))
    return findings


def user_ids_alike(account: str, seen: Iterable[Seen]) -> list[Finding]:
    """A warning for each of an account's people whose id is written in several ways, up to a few."""
    findings = []
    for group in alike(seen):
        forms = " and ".join(f"'{each.id}' ({each.place})" for each in group)
        by = differ_by([each.id for each in group])
        what = f"the people {forms} of '{account}' differ only by {by}: they count as different people."
        fix = f"Where they are one person, write the id alike everywhere, such as '{group[0].id}'."
        findings.append(Finding(Level.WARNING, "user-ids-alike", what, fix, group[1].where, account))
    return capped(findings)


def differ_by(names: list[str]) -> str:
    """ "case", "blanks", "case and blanks", or the two lengths of a Salesforce id."""
    bare = {"".join(name.split()) for name in names}
    if len({len(name) for name in bare}) > 1:
        return "the length of a Salesforce id (15 or 18 characters)"
    ways = ["case"] if len(bare) > 1 else []
    ways += ["blanks"] if len({name.casefold() for name in names}) > 1 else []
    return " and ".join(ways)
