"""A workspace as it was known at the end of one day: nothing later may reach a ranking.

`measure` cuts events and logins at the as-of date. What is left to cut is done here: people of whom that day knew
nothing, ready-made values that speak of later days, and readings of the outcome that bear no date. Definitions, job
titles and the roster's rows are those of today all the same; docs/backtest.md says what follows from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from qbrgen.define.model.account import Account, Outcome, Reading
from qbrgen.define.model.people import Person
from qbrgen.define.model.workspace import Definitions
from qbrgen.measure.counts import Counts
from qbrgen.measure.events import measure
from qbrgen.period import monday_of


@dataclass(frozen=True, slots=True)
class AsItWas:
    """begun: account → the first day on which anything of it was known; accounts not yet known are not in it.

    unknown_people: people without a start date who were left out because they had no event by then.
    """

    definitions: Definitions
    counts: Counts
    begun: Mapping[str, date]
    unknown_people: int


def as_it_was(definitions: Definitions, day: date) -> AsItWas:
    """Measure a workspace with the data up to the end of `day`, and leave out what that day did not know.

    A seat is known with a start up to that day, or without one when its holder had an event by then.
    """
    counts = measure(definitions, day)
    counts = replace(counts, values=counts.values[counts.values["last"] <= pd.Timestamp(day)].reset_index(drop=True))
    events = counts.first_event
    worked = set(zip(events["account"], events["user"], strict=True))
    accounts, unknown = {}, 0
    for name, account in definitions.accounts.items():
        kept = []
        for person in account.people:
            known = _known(person, day, (name, person.id) in worked)
            if known.seats:
                kept.append(known)
            else:
                unknown += any(seat.first is None for seat in person.seats)
        accounts[name] = replace(account, people=tuple(kept), outcome=_dated(account.outcome))
    return AsItWas(replace(definitions, accounts=accounts), counts, _begun(accounts, counts), unknown)


def _known(person: Person, day: date, worked: bool) -> Person:
    seats = tuple(seat for seat in person.seats if (seat.first <= day if seat.first else worked))
    return replace(person, seats=seats)


def _dated(outcome: Outcome | None) -> Outcome | None:
    """The outcome without readings of which nobody knows when they were taken; the goal is an agreement and stays."""
    if outcome is None:
        return None
    return replace(outcome, baseline=_with_day(outcome.baseline), present=_with_day(outcome.present))


def _with_day(reading: Reading | None) -> Reading | None:
    return reading if reading and reading.on else None


def _begun(accounts: Mapping[str, Account], counts: Counts) -> dict[str, date]:
    days: dict[str, date] = {}

    def seen(account: str, day: date) -> None:
        days[account] = min(day, days.get(account, day))

    for account, first in zip(counts.first_event["account"], counts.first_event["day"], strict=True):
        seen(str(account), first.date())
    for account, week in zip(counts.presence["account"], counts.presence["week"], strict=True):
        seen(str(account), monday_of(int(week)))
    for name, account in accounts.items():
        for person in account.people:
            for seat in person.seats:
                if seat.first:
                    seen(name, seat.first)
    return days
