"""Whether the data are about the accounts and people of the definitions: ids, events and days that do not meet.

Told by `qbrgen check` only. Nothing here changes a figure: ids that look alike are told, never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from difflib import get_close_matches

import pandas as pd

from qbrgen.define.alike import Seen, account_ids_alike, alike_key, differ_by
from qbrgen.define.model.account import Account
from qbrgen.define.model.workspace import Definitions
from qbrgen.define.presence import presence_alone, presence_in
from qbrgen.errors import Finding, Level
from qbrgen.load.nearest import listed
from qbrgen.load.report import counted
from qbrgen.measure.counts import Counts
from qbrgen.measure.findings import event_names, events_at
from qbrgen.measure.roster import people_of_definitions, places_of_people
from qbrgen.period import Period

# A feed that is silent for so long while others go on has likely broken, unless the account is often silent for long.
_SILENT_DAYS = 14
_MOST_ENDING, _MANY_ENDING = 10, 0.1  # more accounts than these, and more of all: they are told together
_SHORT_OF_PERIOD = 7  # a period that lacks more days than these is not the period any more
_MOST_COMPARED = 5_000  # account ids of the data that a missing one is compared with: comparing takes its time
_MOST_GUESSED = 40  # accounts without events for which an id of the data is looked for
_LIKE = 0.75  # of 1: how much a mistyped id has in common with the one that was meant


def fit_findings(definitions: Definitions, counts: Counts) -> list[Finding]:
    """How accounts, people and events of the data fit the definitions, once for the workspace."""
    return [
        *_accounts_alike(definitions, counts),
        *_accounts_without_events(definitions, counts),
        *_ending_early(definitions, counts),
        *_values_of_strangers(counts),
        *_users_alike(definitions, counts),
        *_events_unused(definitions, counts),
    ]


# ---- accounts -------------------------------------------------------------------------------------------------------


def _accounts_alike(definitions: Definitions, counts: Counts) -> list[Finding]:
    """Account ids of events and values that are written otherwise than the definitions write them."""
    known = {*definitions.accounts, *definitions.set_aside}
    keys = {alike_key(name) for name in known}
    seen = [_of_definitions(definitions, name) for name in sorted(known)]
    for kind, strangers in (("the events", counts.strangers), ("the values", counts.value_strangers)):
        found = sorted(name for name in strangers if alike_key(name) in keys)
        seen += [Seen(name, f"{kind}, {counted(strangers[name], 'row')}") for name in found]
    return account_ids_alike(seen)


def _of_definitions(definitions: Definitions, name: str) -> Seen:
    where = definitions.where.get(f"account/{name}")
    return Seen(name, str(where), where)


def _accounts_without_events(definitions: Definitions, counts: Counts) -> Iterator[Finding]:
    """Accounts of which not one event came, with the id of the data that was likely meant."""
    if not counts.last_event:
        return  # there are no events at all
    near = _nearest_stranger(counts)
    silent = 0
    for account in definitions.accounts.values():
        names = {name for persona in account.personas for each in persona.workflows for name in event_names(each)}
        if names and account.id not in counts.last_event:
            silent += 1
            meant = near(account) if silent <= _MOST_GUESSED else None
            rows = f" ({counted(counts.strangers[meant], 'row')})" if meant else ""
            fix = f"Did you mean '{meant}', which the events have{rows}? " if meant else ""
            yield Finding(
                Level.WARNING,
                "account-without-events",
                f"no event of the account '{account.id}' has come.",
                f"{fix}Write its id as the events have it.",
                definitions.where.get(f"account/{account.id}"),
                account.id,
            )


def _nearest_stranger(counts: Counts) -> Callable[[Account], str | None]:
    """What finds the account id of the events that is most like an account's id or name."""
    by_lower = {name.lower(): name for name in sorted(counts.strangers)[:_MOST_COMPARED]}

    def nearest(account: Account) -> str | None:
        for text in (account.id.lower(), account.name.lower()):
            found = get_close_matches(text, by_lower, n=1, cutoff=_LIKE)
            if found:
                return by_lower[found[0]]
        return None

    return nearest


def _ending_early(definitions: Definitions, counts: Counts) -> Iterator[Finding]:
    """Accounts whose events end while those of others go on, for twice as long as they were ever silent before."""
    newest = min(max(counts.last_event.values(), default=counts.as_of), counts.as_of)
    heard = {account: _longest_gap(rows) for account, rows in counts.heard.groupby("account")}
    silent = {
        name: (newest - counts.last_event[name]).days for name in definitions.accounts if name in counts.last_event
    }
    ending = [name for name, days in silent.items() if days > max(_SILENT_DAYS, 2 * heard.get(name, 0))]
    if len(ending) > max(_MOST_ENDING, len(silent) * _MANY_ENDING):
        last = sorted(ending, key=lambda name: (counts.last_event[name], name))
        named = listed(f"{name} ({counts.last_event[name]})" for name in last)
        what = f"the events of {len(ending):,} of {len(silent):,} accounts end well before {newest}: {named}."
        fix = "Where so many do, most have likely left: see whether the workspace should still hold them."
        yield Finding(Level.NOTE, "account-data-end-early", what, fix)
        return
    for name in ending:
        days = counted(silent[name], "day")
        what = f"the events of '{name}' end on {counts.last_event[name]}, {days} before those of others ({newest})."
        fix = "Find out which: nobody works there any more, or its feed broke."
        where = definitions.where.get(f"account/{name}")
        yield Finding(Level.WARNING, "account-data-end-early", what, fix, where, name)


def _longest_gap(heard: pd.DataFrame) -> int:
    """Days of the longest silence between two weeks with events."""
    weeks = heard.sort_values("week")
    gaps = weeks["first"].iloc[1:].reset_index(drop=True) - weeks["last"].iloc[:-1].reset_index(drop=True)
    longest: timedelta = gaps.max() if len(gaps) else timedelta()
    return longest.days


def _values_of_strangers(counts: Counts) -> Iterator[Finding]:
    if counts.value_strangers:
        rows = counted(sum(counts.value_strangers.values()), "ready-made value")
        named = listed(sorted(counts.value_strangers))
        what = f"{rows} of accounts that the workspace does not have: {named}."
        fix = "Write the account's id as in its file, where it should be one of them."
        yield Finding(Level.NOTE, "values-of-unknown-accounts", what, fix)


# ---- people ---------------------------------------------------------------------------------------------------------


def _users_alike(definitions: Definitions, counts: Counts) -> list[Finding]:
    """Users whom no roster knows, beside people of their account whose id differs only by how it is written."""
    unknown = counts.unknown_users
    if not len(unknown):
        return []
    places = places_of_people(definitions, set(unknown["account"]))
    people: dict[str, set[str]] = defaultdict(set)
    for of, user in (*places, *people_of_definitions(definitions)):
        people[of].add(user)
    findings = []
    for group, rows in unknown.groupby("account"):
        account = str(group)
        known = _Forms(people[account])
        for user, number in zip(rows["user"], rows["rows"], strict=True):
            meant, how = known.meant(user)
            if meant:
                rows_of = f"'{user}' of '{account}' in the events ({counted(int(number), 'row')})"
                what = f"{rows_of} and '{meant}' in the roster differ only by {how}: they count as two people."
                fix = f"Where they are one person, write the id alike in both, such as '{user}' in the roster."
                where = places.get((account, meant)) or definitions.where.get(f"account/{account}")
                findings.append(Finding(Level.WARNING, "user-ids-alike", what, fix, where, account))
    return findings


class _Forms:
    """The user ids of one account's people, found again however they are written."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._by_key = {alike_key(each): each for each in sorted(ids, reverse=True)}
        names: dict[str, list[str]] = defaultdict(list)
        for key, each in self._by_key.items():
            names[_name(key)].append(each)
        self._by_name = {name: found[0] for name, found in names.items() if len(found) == 1}

    def meant(self, user: str) -> tuple[str, str]:
        """(the id that was likely meant, how it differs); "" where there is none."""
        key = alike_key(user)
        if key in self._by_key:
            return self._by_key[key], differ_by([user, self._by_key[key]])
        other = self._by_name.get(_name(key), "")
        if other and ("@" in user) != ("@" in other):
            return other, "one being an e-mail address"
        return "", ""


def _name(key: str) -> str:
    """What stands before the @ of an address; else all of it."""
    return key.split("@", maxsplit=1)[0]


# ---- events ---------------------------------------------------------------------------------------------------------


def _events_unused(definitions: Definitions, counts: Counts) -> Iterator[Finding]:
    """Event names that no workflow counts, the most frequent first; those that only show presence apart."""
    used = {
        name
        for account in definitions.accounts.values()
        for persona in account.personas
        for workflow in persona.workflows
        for name in event_names(workflow)
    }
    unused = sorted(counts.event_rows.keys() - used, key=lambda name: (-counts.event_rows[name], name))
    presence = [name for name in unused if presence_in(name) or presence_alone(name)]
    others = [name for name in unused if name not in presence]
    if others:
        names = listed(f"{name} ({counts.event_rows[name]:,})" for name in others)
        what = f"no workflow counts {counted(len(others), 'event name')}, by rows: {names}."
        fix = "See whether one of them is work that produces the outcome; all others stay out."
        yield Finding(Level.NOTE, "events-unused", what, fix, events_at(definitions, counts))
    if presence:
        names = listed(f"{name} ({counts.event_rows[name]:,})" for name in presence)
        show = "shows" if len(presence) == 1 else "show"
        what = f"{counted(len(presence), 'event name')} that no workflow counts only {show} presence: {names}."
        fix = "Leave them out: being there is no work."
        yield Finding(Level.NOTE, "events-of-presence", what, fix, events_at(definitions, counts))


# ---- days -----------------------------------------------------------------------------------------------------------


def stale_findings(definitions: Definitions, counts: Counts, period: Period, today: date | None) -> Iterator[Finding]:
    """Data that end well before today; of a period that was asked for, before it does.

    today: None where the user chose the day or the period to look at, and old data are what was asked for.
    """
    settings = definitions.settings
    where = definitions.where.get("settings/as_of") if settings.as_of == counts.as_of else None
    short = (period.last_day - counts.as_of).days
    if today is None and short > 0:
        level = Level.WARNING if short > _SHORT_OF_PERIOD else Level.NOTE
        ends = f"{counted(short, 'day')} before the end of {period.label} ({period.last_day})"
        what = f"the data reach to {counts.as_of}, {ends}."
        fix = "Its figures are of the time so far. Export newer data, or name an earlier --period."
        yield Finding(level, "data-stale", what, fix, where)
    old = (today - counts.as_of).days if today else 0
    if old > settings.rules.data_stale_days:
        # A day that stands in the settings was chosen, and may be meant; one that follows from the data never is.
        level = Level.NOTE if where else Level.WARNING
        what = f"the as-of date is {counts.as_of}, {counted(old, 'day')} before today."
        fix = "Set a later `as_of:` once there are newer data." if where else "Export newer data."
        yield Finding(level, "data-stale", what, fix, where)
