"""The figures of a sample workspace, counted again by plain loops: what method.md says, and not one line of qbrgen.

In: a workspace folder (its YAML and CSV files) and a calendar quarter. Out: one `Account` of plain numbers for each
account. Slow and literal on purpose; it knows only what the sample workspace uses (calendar years, CSV files).
"""

from __future__ import annotations

import calendar
import csv
import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
Value = Fraction | None
Unit = tuple[date, ...]  # the Mondays of a week, of a pair of weeks, or of a month's weeks


@dataclass(frozen=True)
class Workflow:
    """state, and what was divided by what; value None where there is none."""

    state: str
    numerator: Value = None
    denominator: Value = None
    value: Value = None


@dataclass
class Persona:
    """`states` by user id, for everyone in seat in the last full unit; leavers are counted only."""

    states: dict[str, str]
    done: dict[str, tuple[int, int]]  # units with a completion, units in seat
    leavers: int = 0

    @property
    def active(self) -> int:
        return sum(state == "active" for state in self.states.values())

    @property
    def counted(self) -> int:
        return sum(state not in ("new", "away") for state in self.states.values())


@dataclass
class Account:
    """One account in one quarter."""

    personas: dict[str, Persona] = field(default_factory=dict)
    targets: dict[str, Fraction] = field(default_factory=dict)
    workflows: dict[str, Workflow] = field(default_factory=dict)

    @property
    def people(self) -> tuple[int, int]:
        """Active people, counted people."""
        return sum(p.active for p in self.personas.values()), sum(p.counted for p in self.personas.values())

    @property
    def personas_active(self) -> tuple[int, int]:
        """Personas at their target, personas with anyone to count."""
        countable = {name: p for name, p in self.personas.items() if p.counted}
        return sum(Fraction(p.active, p.counted) >= self.targets[n] for n, p in countable.items()), len(countable)

    def depth(self, state: str) -> int:
        """How many workflows are in a state."""
        return sum(workflow.state == state for workflow in self.workflows.values())


# ---- reading --------------------------------------------------------------------------------------------------------


def percent(text: str) -> Fraction:
    return Fraction(text.rstrip("%")) / 100


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """A playbook with an account's overrides laid on it."""
    personas = []
    for persona in base["personas"]:
        changes = over.get("personas", {}).get(persona["id"], {})
        flows = [w | changes.get("workflows", {}).get(w["id"], {}) for w in persona["workflows"]]
        personas.append(persona | {k: v for k, v in changes.items() if k != "workflows"} | {"workflows": flows})
    return base | {"personas": personas}


@dataclass(frozen=True)
class Event:
    """One row that counts: when in local time, by whom, how many."""

    at: datetime
    user: str
    name: str
    quantity: Fraction

    @property
    def day(self) -> date:
        return self.at.date()


class Workspace:
    """The files of a workspace, read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = yaml.safe_load((root / "qbrgen.yml").read_text("utf-8"))
        self.zone = ZoneInfo(self.settings["time_zone"])
        books = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((root / "playbooks").glob("*.yml"))]
        self.books = {book["playbook"]: book for book in books}
        files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((root / "accounts").glob("*.yml"))]
        self.accounts = {file["account"]: file for file in files}

    @cached_property
    def events(self) -> dict[str, list[Event]]:
        """By account, in order of time; a repeated id once, rows without a user or with nothing in them not at all."""
        seen, result = set(), defaultdict(list)
        for row in rows(self.root / "data/events.csv"):
            quantity = Fraction(row["quantity"] or 1)
            if row["event_id"] in seen or not row["user_id"] or quantity <= 0:
                continue
            seen.add(row["event_id"])
            at = datetime.fromisoformat(row["sent_at"]).astimezone(self.zone)
            result[row["account_id"]].append(Event(at, row["user_id"], row["event"], quantity))
        return {account: sorted(events, key=lambda e: e.at) for account, events in result.items()}

    @cached_property
    def first_day(self) -> date:
        return min(events[0].day for events in self.events.values())

    @cached_property
    def last_day(self) -> date:
        return max(events[-1].day for events in self.events.values())

    def roster(self, account: str, persona: dict[str, Any]) -> dict[str, list[tuple[date | None, date | None]]]:
        """The spells of everyone who ever was in a persona, by user id."""
        spells = defaultdict(list)
        for person in self.accounts[account].get("people", ()):
            if person["persona"] == persona["id"]:
                spells[person["id"]].append((person.get("from"), person.get("to")))
        for row in () if spells else rows(self.root / "data/people.csv"):
            titled = any(fnmatch.fnmatch(row["job_title"].lower(), p.lower()) for p in persona["titles"])
            if row["account_id"] == account and titled:
                ends = [date.fromisoformat(row[k]) if row[k] else None for k in ("start_date", "end_date")]
                spells[row["user_id"]].append((ends[0], ends[1]))
        return dict(spells)


# ---- time -----------------------------------------------------------------------------------------------------------


def monday(day: date) -> date:
    return day - day.weekday() * DAY


def mondays(first: date, last: date) -> list[date]:
    """Mondays of the weeks whose Thursday lies between two days, both included."""
    start, result = monday(first), []
    while start + 3 * DAY <= last:
        if start + 3 * DAY >= first:
            result.append(start)
        start += WEEK
    return result


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    month = 3 * quarter
    return date(year, month - 2, 1), date(year, month, calendar.monthrange(year, month)[1])


def units(rhythm: str, first: date, last: date) -> list[Unit]:
    """The units of a rhythm that belong to the days from `first` to `last` (whole months), in order."""
    if rhythm == "week":
        return [(m,) for m in mondays(first, last)]
    if rhythm == "two weeks":
        second = [m for m in mondays(first, last) if (m - date(1970, 1, 5)).days // 7 % 2 == 1]
        return [(m - WEEK, m) for m in second]
    months = defaultdict(list)
    for m in mondays(first, last):
        months[(m + 3 * DAY).replace(day=1)].append(m)
    return [tuple(weeks) for weeks in months.values()]


# ---- one persona at one account -------------------------------------------------------------------------------------


class Group:
    """A persona's people at an account, in a quarter: who was in seat when, who completed what when."""

    def __init__(self, space: Workspace, account: str, persona: dict[str, Any], year: int, quarter: int) -> None:
        self.space, self.persona, self.file = space, persona, space.accounts[account]
        self.other: Group | None = None  # the same in another quarter: then only those with a seat in both do count
        self.first, self.last = quarter_days(year, quarter)
        self.roster = space.roster(account, persona)
        self.all_events = space.events.get(account, [])
        self.events: dict[str, list[Event]] = defaultdict(list)
        for event in self.all_events:
            self.events[event.user].append(event)
        # Whole years before, so that a seat held since before the data is not new; nothing else is read from there.
        self.past = units(persona["rhythm"], date(year - 2, 1, 1), self.last)
        self.units = [unit for unit in units(persona["rhythm"], self.first, self.last) if self.covered(unit)]
        self.weeks = mondays(self.first, self.last)  # a pair of weeks may begin one week before them

    def covered(self, unit: Unit) -> bool:
        return unit[0] >= self.space.first_day and unit[-1] + 6 * DAY <= self.space.last_day

    def start(self, user: str, given: date | None) -> date:
        """A spell's first day: as given, or the first event of any name, or the data's first day."""
        if given is None and self.events[user]:
            return self.events[user][0].day
        return given or self.space.first_day

    def held(self, user: str, day: date) -> bool:
        return any(self.start(user, first) <= day <= (last or date.max) for first, last in self.roster[user])

    def away(self, user: str, week: date) -> bool:
        """A closed week, or one whose Monday to Friday are all leave."""
        iso = week.isocalendar()
        if f"{iso.year}-W{iso.week:02}" in [*self.space.settings["closed_weeks"], *self.file.get("closed_weeks", ())]:
            return True
        leave = [a for p in self.file.get("people", ()) if p["id"] == user for a in p.get("away", ())]
        return all(any(a["from"] <= week + n * DAY <= a["to"] for a in leave) for n in range(5))

    def in_seat(self, user: str, unit: Unit) -> bool:
        """Held on every day of the unit, and not closed or away in all its weeks."""
        days = ((week + n * DAY) for week in unit for n in range(7))
        return all(self.held(user, day) for day in days) and not all(self.away(user, week) for week in unit)

    def within(self, user: str, unit: Unit, names: Iterable[str]) -> list[Event]:
        wanted = set(names)
        return [e for e in self.events[user] if e.name in wanted and monday(e.day) in unit]

    def occurrences(self, user: str, unit: Unit, names: Any) -> Fraction:
        return sum((event.quantity for event in self.within(user, unit, listed(names))), Fraction(0))

    def chains(self, user: str, workflow: dict[str, Any]) -> list[date]:
        """The last day of each completed chain; an event goes to the oldest open chain that it still fits."""
        steps, limit = workflow["chain"]["events"], workflow["chain"]["within_days"]
        waiting: list[list[Event]] = []
        ends = []
        for event in self.events[user]:
            open_ = [c for c in waiting if steps[len(c)] == event.name and (event.day - c[0].day).days < limit]
            last = bool(open_) and len(open_[0]) == len(steps) - 1
            if event.name not in steps or not (last or self.held(user, event.day)):
                continue
            if open_:
                open_[0].append(event)
            elif event.name == steps[0]:
                waiting.append([event])
            if open_ and last:
                waiting = [chain for chain in waiting if chain is not open_[0]]
                ends.append(event.day)
        return ends

    def completes(self, user: str, unit: Unit) -> bool:
        """One numerator event, one occurrence, one qualifying event or one chain in the unit."""
        names: list[str] = []
        for flow in self.persona["workflows"]:
            if "chain" in flow and any(monday(day) in unit for day in self.chains(user, flow)):
                return True
            names += listed(flow.get("share", {}).get("numerator", []))
            names += listed(flow.get("frequency", {}).get("events", []))
            names += [step["event"] for step in flow.get("milestone", {}).get("steps", ())]
        return bool(self.within(user, unit, names))

    def state(self, user: str) -> str:
        """One of method.md's five states, or away."""
        seat = [unit for unit in self.past if self.in_seat(user, unit)]
        mine = [unit for unit in self.units if unit in seat]
        known = [self.completes(user, unit) for unit in seat if self.covered(unit)]
        now = [self.completes(user, unit) for unit in mine]
        if not mine:
            return "away" if len(seat) >= 4 else "new"
        if len(seat) < 4:
            return "new"
        if not any(known):
            return "not yet active"
        if not any(known[-4:]):
            return "lapsed"
        return "active" if Fraction(sum(now), len(now)) >= Fraction(3, 4) and any(known[-2:]) else "occasional"

    def picture(self) -> Persona:
        """The persona: those in seat in the last unit by state, and the leavers counted."""
        result = Persona({}, {})
        for user in self.roster:
            held = [all(self.held(user, week + n * DAY) for week in unit for n in range(7)) for unit in self.units]
            if held[-1]:
                result.states[user] = self.state(user)
                mine = [unit for unit in self.units if self.in_seat(user, unit)]
                result.done[user] = (sum(self.completes(user, unit) for unit in mine), len(mine))
            elif any(held):
                result.leavers += 1
        return result

    # ---- workflows

    def seats(self) -> list[tuple[str, Unit]]:
        found = [(user, unit) for user in self.roster for unit in self.units if self.in_seat(user, unit)]
        if self.other is None:
            return found
        there = {user for user, _ in self.other.seats()}
        return [(user, unit) for user, unit in found if user in there]

    def counts(self, flow: dict[str, Any]) -> tuple[Fraction, Fraction] | None:
        """What is divided by what; None when there is no one in seat, no window closed, or no ready-made value."""
        if "milestone" in flow:
            return self.milestone(flow["milestone"])
        if "value" in flow:
            return self.ready_made(flow["value"])
        top = bottom = Fraction(0)
        for user, unit in self.seats():
            if "share" in flow:
                top += self.occurrences(user, unit, flow["share"]["numerator"])
                bottom += self.occurrences(user, unit, flow["share"]["denominator"])
            elif "frequency" in flow:
                times = self.occurrences(user, unit, flow["frequency"]["events"])
                top, bottom = top + (times >= flow["frequency"]["times"]), bottom + 1
            else:
                times = Fraction(sum(monday(day) in unit for day in self.chains(user, flow)))
                top, bottom = top + (times >= flow["chain"]["times"]), bottom + 1
        return (top, bottom) if self.seats() else None

    def milestone(self, rule: dict[str, Any]) -> tuple[Fraction, Fraction] | None:
        """Those who reached it, of those whose window closed in the quarter's weeks and lies wholly within the data."""
        reached = closed = 0
        for user, spells in self.roster.items():
            known = [self.start(user, first) for first, _ in spells if first or self.events[user]]
            if not known:
                continue  # nobody knows when they started
            start = min(known)
            end = start + (rule["within_days"] - 1) * DAY
            in_period = self.weeks[0] <= end <= self.weeks[-1] + 6 * DAY
            if not in_period or start < self.space.first_day or not self.held(user, end):
                continue
            window = [e for e in self.events[user] if start <= e.day <= end]
            sums = [sum(e.quantity for e in window if e.name == step["event"]) for step in rule["steps"]]
            wanted = [step.get("at_least", 1) for step in rule["steps"]]
            closed += 1
            reached += all(have >= want for have, want in zip(sums, wanted, strict=True))
        return (Fraction(reached), Fraction(closed)) if closed else None

    def ready_made(self, rule: dict[str, Any]) -> tuple[Fraction, Fraction] | None:
        """Sum ÷ sum of the weekly rows of the quarter's weeks."""
        found = [
            row for row in rows(self.space.root / "data/deliverability.csv")
            if row["account_id"] == self.file["account"]
            and row["metric"] == rule["metric"]
            and monday(date.fromisoformat(row["week_starting"]) + 3 * DAY) in self.weeks
        ]  # fmt: skip
        assert rule["combine"] == "sum ÷ sum"
        top, bottom = (Fraction(sum(int(row[key]) for row in found)) for key in ("delivered", "sent"))
        return (top, bottom) if found else None

    def workflow(self, flow: dict[str, Any]) -> Workflow:
        """One of the four states: not applicable goes before no data, and no denominator is not met."""
        silent = not any(monday(event.day) in self.weeks for event in self.all_events)
        counts = self.counts(flow)
        if counts is None and ("value" not in flow or not self.seats()):
            return Workflow("not applicable")
        if counts is None or (silent and "value" not in flow):
            return Workflow("no data")
        top, bottom = counts
        if bottom == 0:
            return Workflow("not met", top, bottom)
        value = top / bottom
        return Workflow("met" if value >= percent(flow["target"]) else "not met", top, bottom, value)


def naive_figures(root: Path, year: int = 2026, quarter: int = 3, both: int | None = None) -> dict[str, Account]:
    """Every account of the workspace in a calendar quarter, by id.

    both: another quarter; workflows are then counted over those in seat in both.
    """
    space = Workspace(root)
    result = {}
    for account, file in space.accounts.items():
        book = merged(space.books[file["playbook"]], file.get("overrides", {}))
        result[account] = figures = Account()
        for persona in book["personas"]:
            group = Group(space, account, persona, year, quarter)
            group.other = None if both is None else Group(space, account, persona, year, both)
            figures.personas[persona["id"]] = group.picture()
            figures.targets[persona["id"]] = percent(persona["target"])
            for flow in persona["workflows"]:
                figures.workflows[f"{persona['id']}/{flow['id']}"] = group.workflow(flow)
    return result
