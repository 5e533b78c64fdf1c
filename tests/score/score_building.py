"""Small workspaces from plain rows, for the tests of scoring: a person and the weeks in which they did it.

The period is Q3 2026, 13 full weeks from Monday 29 June; the data hold the two quarters from Monday 30 March to
Sunday 27 September. `week(1)` is the Monday of the first week of the period, `week(0)` the one before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from qbrgen.define.model.account import Account, Action, Impact, Source
from qbrgen.define.model.people import Absence, Person, Seat
from qbrgen.define.model.playbook import (
    Chain,
    Combine,
    Frequency,
    Measure,
    Milestone,
    Persona,
    ReadyMade,
    Share,
    Step,
    Workflow,
)
from qbrgen.define.model.review import ReviewRecord
from qbrgen.define.model.settings import Rules, Settings
from qbrgen.define.model.sources import Sources, Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Location
from qbrgen.figures import Money
from qbrgen.measure.counts import MICRO, Balance, Counts
from qbrgen.period import Period, Rhythm, monday_of, parse_period, sunday_of, week_of
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture, PersonaPicture, WorkflowPicture
from qbrgen.score.states import PersonState

FIRST_DAY = date(2026, 3, 30)
AS_OF = date(2026, 9, 27)
LONG_AGO = date(2025, 1, 1)
QUARTER = range(1, 14)
BOTH_QUARTERS = range(-12, 14)


def week(number: int) -> date:
    """Monday of a week of the period (1 to 13) or before it (0, -1, …)."""
    return date(2026, 6, 29) + timedelta(weeks=number - 1)


@dataclass(frozen=True)
class Row:
    """One event as it came."""

    account: str
    user: str
    event: str
    at: datetime
    value: Fraction = Fraction(1)

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass
class World:
    """A workspace's rows and definitions."""

    accounts: dict[str, Account] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    presence: list[tuple[str, str, date]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    closed: frozenset[int] = frozenset()
    as_of: date = AS_OF
    data_start: date = FIRST_DAY
    period: str = "2026-Q3"
    fiscal_month: int = 1
    reviews: dict[str, dict[str, ReviewRecord]] = field(default_factory=dict)

    def definitions(self) -> Definitions:
        sources = Sources(events=(Table(Path("data/events.csv"), {}, Location("qbrgen.yml")),))
        settings = Settings(
            root=Path(),
            vendor="Halyard",
            fiscal_year_starts=self.fiscal_month,
            rules=self.rules,
            closed_weeks=self.closed,
            sources=sources,
        )
        return Definitions(settings, dict(sorted(self.accounts.items())), reviews=self.reviews)

    def counts(self) -> Counts:
        return counts_of(self)

    def chosen(self) -> Period:
        return parse_period(self.period, self.fiscal_month)

    def score(self) -> dict[str, AccountPicture]:
        return score_accounts(self.definitions(), self.counts(), self.chosen())


def counts_of(world: World) -> Counts:
    """The frames of measure/counts.py from plain rows, one at a time."""
    rows = [r for r in world.rows if world.data_start <= r.day <= world.as_of and r.value > 0]
    persons = {(account.id, person.id) for account in world.accounts.values() for person in account.people}
    weekly: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    daily: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    life: dict[Any, int] = defaultdict(int)
    unknown: dict[Any, int] = defaultdict(int)
    first: dict[Any, date] = {}
    last: dict[str, date] = {}
    heard: dict[Any, list[date]] = defaultdict(list)
    ordered = []
    asked: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for row in rows:
        number, micro = week_of(row.day), int(row.value * MICRO)
        full = monday_of(number) >= world.data_start and sunday_of(number) <= world.as_of
        named, stepped, chained = asked.get(row.account) or asked.setdefault(row.account, _names(world, row.account))
        if (row.account, row.user) not in persons:
            unknown[row.account, row.user] += 1
        if full:
            life[row.account, number] += 1
        heard[row.account, number].append(row.day)
        last[row.account] = max(last.get(row.account, row.day), row.day)
        first[row.account, row.user] = min(first.get((row.account, row.user), row.day), row.day)
        if full and row.event in named:
            _add(weekly, (row.account, row.user, row.event, number), micro)
        if row.event in stepped:
            _add(daily, (row.account, row.user, row.event, pd.Timestamp(row.day)), micro)
        if row.event in chained:
            ordered.append((row.account, row.user, row.event, pd.Timestamp(row.at), pd.Timestamp(row.day)))
    return Counts(
        as_of=world.as_of,
        data_start=world.data_start,
        weekly=_frame([(*key, *sums) for key, sums in weekly.items()], "account user event week occurrences rows"),
        daily=_frame([(*key, *sums) for key, sums in daily.items()], "account user event day occurrences rows"),
        ordered=_frame(sorted(ordered, key=lambda r: (r[0], r[1], r[3], r[2])), "account user event at day"),
        first_event=_frame([(*key, pd.Timestamp(day)) for key, day in first.items()], "account user day"),
        life=_frame([(*key, number) for key, number in life.items()], "account week rows"),
        last_event=last,
        heard=_frame(
            [(*key, pd.Timestamp(min(days)), pd.Timestamp(max(days))) for key, days in heard.items()],
            "account week first last",
        ),
        presence=_frame(sorted({(a, u, week_of(day)) for a, u, day in world.presence}), "account user week"),
        values=_frame(
            [tuple(v[name] for name in _VALUE.split()) for v in world.values],
            _VALUE,
        ),
        unknown_users=_frame([(*key, number) for key, number in unknown.items()], "account user rows"),
        seen_events=frozenset(row.event for row in rows),
        balance=Balance(len(world.rows), len(rows), {}),
    )


_VALUE = "account metric first last value numerator denominator"


def _add(sums: dict[Any, list[int]], key: Any, micro: int) -> None:
    sums[key][0] += micro
    sums[key][1] += 1


def _frame(rows: list[Any], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def _names(world: World, account: str) -> tuple[set[str], set[str], set[str]]:
    """Events that are counted by week, by day and in order: those of today's definitions, and of recorded ones."""
    named: set[str] = set()
    stepped: set[str] = set()
    chained: set[str] = set()
    known = world.accounts.get(account)
    records = world.reviews.get(account, {}).values()
    measures = [flow.measure for persona in (known.personas if known else ()) for flow in persona.workflows]
    measures += [flow.measure for record in records for persona in record.personas for flow in persona.workflows]
    for measure in measures:
        match measure:
            case Share(numerator=above, denominator=below):
                named |= {*above, *below}
            case Frequency(events=events):
                named |= {*events}
            case Milestone(steps=steps):
                stepped |= {step.event for step in steps}
            case Chain(events=events):
                chained |= {*events}
    return named | stepped, stepped, chained


# ---- definitions, in a line each ------------------------------------------------------------------------------------


def workflow(measure: Measure, target: str = "70%", name: str = "touches") -> Workflow:
    return Workflow(name, name.capitalize(), "more meetings", percent(target), measure, {"did": "did it"})


def percent(text: str) -> Fraction:
    return Fraction(text.rstrip("%")) / 100


def share(above: str = "done", below: str = "done other") -> Share:
    return Share(tuple(above.split()), tuple(below.split()))


def frequency(times: int = 1, events: str = "done") -> Frequency:
    return Frequency(tuple(events.split()), Fraction(times))


def milestone(within: int = 14, **steps: int) -> Milestone:
    return Milestone(tuple(Step(event, Fraction(number)) for event, number in (steps or {"done": 1}).items()), within)


def chain(events: str = "first then", within: int = 5, times: int = 1) -> Chain:
    return Chain(tuple(events.split()), within, Fraction(times))


def ready_made(combine: Combine = Combine.LAST) -> ReadyMade:
    return ReadyMade("delivery", "Mailer", combine)


def persona(*workflows: Workflow, name: str = "reps", rhythm: Rhythm = Rhythm.WEEK, target: str = "70%") -> Persona:
    return Persona(name, name, name.rstrip("s"), rhythm, percent(target), workflows or (workflow(frequency()),))


def impact(**changes: Any) -> Impact:
    whole = Impact("time", "email time", change=Fraction(-3, 10), lower_is_better=True, source=Source.ESTIMATE)
    return replace(whole, by="the team", said_on=date(2026, 9, 22), **changes)


class Case:
    """One account, built person by person.

    Case().person("ann", weeks=QUARTER).score(): Ann did it once in each week of the period.
    """

    def __init__(self, *personas: Persona, account: str = "acme", world: World | None = None, **fields: Any) -> None:
        self.world = world or World()
        self.account = Account(account, account.capitalize(), "sales", personas or (persona(),), (), **fields)
        self.world.accounts[account] = self.account

    def person(
        self,
        name: str,
        weeks: Iterable[int] = (),
        start: date | None = LONG_AGO,
        end: date | None = None,
        away: Iterable[tuple[date, date]] = (),
        event: str = "done",
        times: int = 1,
        seats: Iterable[Seat] | None = None,
        role: str | None = None,
    ) -> Case:
        """A member who did `event` so many times on the Wednesday of each of these weeks."""
        role = role or self.account.personas[0].id
        held = tuple(seats) if seats is not None else (Seat(role, start, end),)
        absences = tuple(Absence(first, last) for first, last in away)
        return self._with(people=(*self.account.people, Person(name, name.capitalize(), held, absences))).did(
            name, weeks, event, times
        )

    def people(self, number: int, weeks: Iterable[int] = (), name: str = "p", **rest: Any) -> Case:
        weeks = tuple(weeks)
        for index in range(number):
            self.person(f"{name}{index}", weeks, **rest)
        return self

    def did(self, name: str, weeks: Iterable[int], event: str = "done", times: int = 1) -> Case:
        for number in weeks:
            self.on(name, week(number) + timedelta(days=2), event, times)
        return self

    def on(self, name: str, day: date, event: str = "done", times: int = 1, hour: int = 12) -> Case:
        self.world.rows.append(Row(self.account.id, name, event, datetime.combine(day, time(hour)), Fraction(times)))
        return self

    def logged_in(self, name: str, weeks: Iterable[int]) -> Case:
        self.world.presence += [(self.account.id, name, week(number)) for number in weeks]
        return self

    def value(self, first: date, last: date, value: float | None = None, above: Any = None, below: Any = None) -> Case:
        row = {"account": self.account.id, "metric": "delivery", "first": first, "last": last, "value": value}
        self.world.values.append({**row, "numerator": above, "denominator": below})
        return self

    def planned(self, closes: str, owner: str = "Priya", due: date | None = date(2026, 10, 16), **rest: Any) -> Case:
        action = Action(f"a{len(self.account.actions)}", "One hour", owner, due=due, closes=closes, **rest)
        return self._with(actions=(*self.account.actions, action))

    def _with(self, **changes: Any) -> Case:
        self.account = replace(self.account, **changes)
        self.world.accounts[self.account.id] = self.account
        return self

    def score(self, **world: Any) -> AccountPicture:
        for name, value in world.items():
            setattr(self.world, name, value)
        return self.world.score()[self.account.id]

    def reps(self, **world: Any) -> PersonaPicture:
        """The first persona's picture."""
        return self.score(**world).personas[0]

    def flow(self, **world: Any) -> WorkflowPicture:
        """The first workflow's picture."""
        return self.score(**world).workflows[0]

    def state(self, name: str, **world: Any) -> PersonState:
        return next(p.state for p in self.reps(**world).people if p.id == name)

    def worth(self, amount: int, currency: str = "GBP") -> Case:
        return self._with(arr=Money(pd_decimal(amount), currency))


def pd_decimal(amount: int) -> Any:
    from decimal import Decimal

    return Decimal(amount)
