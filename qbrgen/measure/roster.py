"""Which accounts and people the definitions and the people data know, and which event names they ask for.

The definitions of recorded reviews ask too: what was delivered is judged by the events that counted then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from qbrgen.define.model.account import Account
from qbrgen.define.model.playbook import Chain, Measure, Milestone
from qbrgen.define.model.workspace import Definitions
from qbrgen.define.small_tables import read_small
from qbrgen.errors import Location
from qbrgen.measure.findings import events_of
from qbrgen.measure.sources import expanded, name_of

Pairs = set[tuple[str, str]]


def wanted_events(definitions: Definitions) -> list[tuple[str, str, bool, bool]]:
    """(account, event, counted by day for milestones, kept in order for chains) of every event that is asked for."""
    found: dict[tuple[str, str], list[bool]] = {}
    for account in definitions.accounts.values():
        for measure in _measures(definitions, account):
            for event in events_of(measure):
                kinds = found.setdefault((account.id, event), [False, False])
                kinds[0] |= isinstance(measure, Milestone)
                kinds[1] |= isinstance(measure, Chain)
    return [(account, event, by_day, in_order) for (account, event), (by_day, in_order) in found.items()]


def _measures(definitions: Definitions, account: Account) -> Iterator[Measure]:
    """How each workflow of an account is counted today, and how it was in its recorded reviews."""
    for persona in account.personas:
        yield from (workflow.measure for workflow in persona.workflows)
    for record in definitions.reviews.get(account.id, {}).values():
        for delivered in record.personas:
            yield from (workflow.measure for workflow in delivered.workflows)


def known_accounts(definitions: Definitions) -> list[tuple[str, bool]]:
    """(account, set aside by its definition) of every account."""
    broken = dict.fromkeys(definitions.set_aside, True)
    return sorted({**broken, **dict.fromkeys(definitions.accounts, False)}.items())


def people_of_definitions(definitions: Definitions) -> Pairs:
    """(account, user) of everyone in a persona."""
    return {(account.id, person.id) for account in definitions.accounts.values() for person in account.people}


def people_of_tables(definitions: Definitions) -> Pairs:
    """(account, user) of everyone in the people data, in a persona or not. What cannot be read knows nobody."""
    found: Pairs = set()
    root = definitions.settings.root
    for table in expanded(definitions.settings.sources.people):
        if {"user", "account"} <= table.columns.keys():
            data = read_small(table, name_of(table.path, root), root)
            found |= set(zip(data.column(table.columns["account"]), data.column(table.columns["user"]), strict=True))
    return {(account, user) for account, user in found if account and user}


def places_of_people(definitions: Definitions, accounts: Collection[str]) -> dict[tuple[str, str], Location]:
    """(account, user) of the people data of these accounts → the row where each stands first."""
    found: dict[tuple[str, str], Location] = {}
    root = definitions.settings.root
    for table in expanded(definitions.settings.sources.people):
        if {"user", "account"} <= table.columns.keys():
            data = read_small(table, name_of(table.path, root), root)
            pairs = zip(data.column(table.columns["account"]), data.column(table.columns["user"]), strict=True)
            for index, pair in enumerate(pairs):
                if pair[0] in accounts and pair[1]:
                    found.setdefault(pair, data.at(index))
    return found


def sole_accounts(people: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(user, account) of the people who belong to one account only: their events need no account column."""
    accounts: dict[str, set[str]] = defaultdict(set)
    for account, user in people:
        accounts[user].add(account)
    return [(user, min(of)) for user, of in accounts.items() if len(of) == 1]
