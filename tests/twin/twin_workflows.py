"""The twin's workflows: value, state, series and shortfall of each (method.md: "Targets", fine print)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from twin_model import Person, fraction
from twin_people import Group, Place, steps_of
from twin_rows import NOTHING
from twin_time import DAY, WEEK, Unit, days, monday, quarter_typed, quarter_weeks, sunday

Value = Fraction | None


@dataclass
class Result:
    """How a workflow stands. below 0 or None: nothing to divide by, or a ready-made value."""

    state: str
    value: Value = None
    above: Value = None
    below: Value = None
    early: int = 0


class Flow:
    """One workflow of a persona at a place."""

    def __init__(self, group: Group, flow: dict[str, Any]) -> None:
        self.group, self.place, self.flow = group, group.place, flow
        self.kind = next(kind for kind in ("share", "frequency", "milestone", "chain", "value") if kind in flow)
        self.by_units = self.kind in ("share", "frequency", "chain")

    def of_unit(self, person: Person, unit: Unit) -> tuple[Fraction, Fraction]:
        """One person's part in a unit in seat: (numerator, denominator)."""
        rule = self.flow[self.kind]
        if self.kind == "share":
            above, below = (self.group.occurrences(person, rule[part], unit) for part in ("numerator", "denominator"))
            return above, below
        if self.kind == "frequency":
            times = self.group.occurrences(person, rule["events"], unit)
        else:
            times = Fraction(sum(monday(day) in unit for day in self.group.chains(person, self.flow["id"])))
        return Fraction(times >= fraction(rule.get("times", 1))), Fraction(1)

    def sums(self, people: list[Person], units: list[Unit]) -> tuple[Fraction, Fraction]:
        parts = [self.of_unit(p, u) for p in people for u in units if u in self.group.seated[p.id]]
        return sum((part[0] for part in parts), Fraction(0)), sum((part[1] for part in parts), Fraction(0))

    def result(self, units: list[Unit], weeks: list[date], people: list[Person]) -> Result:
        """people: only their part counts."""
        if self.kind == "milestone":
            return self.milestone(weeks)
        seated = [p for p in self.group.in_seat(units) if p in people]
        if not seated:
            given = self.ready_made(weeks) if self.place.of_values_alone else None
            return given if given and given.state != "no data" else Result("not applicable")
        if self.kind == "value":
            return self.ready_made(weeks)
        if self.place.is_silent(weeks):
            return Result("no data")
        above, below = self.sums(seated, units)
        return self.against(above, below) if below else Result("not met")

    def against(self, above: Fraction, below: Fraction, early: int = 0) -> Result:
        state = "met" if above / below >= self.flow["target"] else "not met"
        return Result(state, above / below, above, below, early)

    # -- milestones

    def window(self, person: Person) -> tuple[date, date] | None:
        """First and last day of a person's time; None where it is unknown or begins before the data."""
        start = self.group.start(person)
        if start is None or start < self.place.rows.data_start:
            return None
        return start, start + DAY * (self.flow["milestone"]["within_days"] - 1)

    def fulfils(self, person: Person, until: date) -> bool:
        first, last = self.window(person) or (date.max, date.min)
        rows = [e for e in self.place.by_user[person.id] if first <= e.day <= min(last, until)]
        return all(
            sum(e.value for e in rows if e.name == step["event"]) >= fraction(step["at_least"])
            for step in steps_of(self.flow)
        )

    def closed(self, weeks: list[date]) -> list[Person]:
        """Those whose time ended in these weeks, while they held the seat."""
        found = []
        for person in self.group.people:
            window = self.window(person)
            if window and monday(window[1]) in weeks and self.group.holds(person, window[1]):
                found.append(person)
        return found

    def milestone(self, weeks: list[date]) -> Result:
        closed, until = self.closed(weeks), sunday(weeks[-1])
        still_open = [p for p in self.group.people if (w := self.window(p)) and w[1] > until]
        early = sum(self.group.holds(p, until) and self.fulfils(p, until) for p in still_open)
        if not closed:
            return Result("not applicable", early=early)
        if self.place.is_silent(weeks):
            return Result("no data")
        return self.against(Fraction(sum(self.fulfils(p, until) for p in closed)), Fraction(len(closed)), early)

    # -- ready-made values

    def ready_made(self, weeks: list[date]) -> Result:
        rows = [row for row in values_of(self.place, self.flow["value"]["metric"]) if row.week in weeks]
        if self.flow["value"]["combine"] in ("sum ÷ sum", "sum / sum"):
            whole = [row for row in rows if row.above is not None and row.below is not None]
            below = sum((row.below for row in whole if row.below), Fraction(0))
            value = sum((row.above for row in whole if row.above), Fraction(0)) / below if below else None
        else:
            told = sorted((row.last, row.first, row.single) for row in rows if row.single is not None)
            numbers = [number for *_, number in told]
            if self.flow["value"]["combine"] == "last":
                value = numbers[-1] if numbers else None
            else:
                value = sum(numbers, Fraction(0)) / len(numbers) if numbers else None
        if value is None:
            return Result("no data")
        return Result("met" if value >= self.flow["target"] else "not met", value)

    # -- series, since, shortfall

    def series(self, units: list[Unit]) -> list[tuple[date, Fraction, Fraction]]:
        if not self.by_units:
            return []
        return [(unit[0], *self.sums(self.group.people, [unit])) for unit in units]

    def below_since(self, now: Result, then: Result | None) -> tuple[date | None, bool]:
        """(since when, whether perhaps for longer): docs/method.md, "Since"."""
        place = self.place
        if now.state != "not met":
            return None, False
        if then and then.state == "not met":
            earlier = self.series(self.group.then)
            stays = self.stays_below(earlier)
            if len(stays) == len(earlier):
                return place.before[0], True
            if stays:
                return stays[0], False
        series = self.series(self.group.here)
        run = self.stays_below(series)
        if len(run) < 2:
            return None, False
        if len(run) == len(series):
            return place.first_day, not place.has_previous
        return run[0], False

    def stays_below(self, series: list[tuple[date, Fraction, Fraction]]) -> list[date]:
        """The units to the last of which every sum so far is below target, or has nothing to divide by."""
        above = below = Fraction(0)
        run: list[date] = []
        for first, more_above, more_below in series:
            above, below = above + more_above, below + more_below
            run = [*run, first] if not below or above < self.flow["target"] * below else []
        return run

    def shortfall(self, now: Result) -> list[str]:
        """The fewest people who account for what is missing to the target, the largest part first.

        Nothing to divide by: everyone in seat, for nobody did any of it.
        """
        if now.state != "not met" or now.value is None:
            return [p.id for p in self.group.in_seat(self.group.here)] if now.state == "not met" else []
        if not now.below:
            return []
        if self.by_units:
            parts = {p.id: self.sums([p], self.group.here) for p in self.group.people}
        else:
            closed = self.closed(self.place.mine)
            parts = {p.id: (Fraction(self.fulfils(p, self.place.last_day)), Fraction(1)) for p in closed}
        missing = {user: self.flow["target"] * below - above for user, (above, below) in parts.items()}
        needed, found = sum(missing.values()), []
        for user in sorted(missing, key=lambda user: (-missing[user], user)):
            if needed > 0 and missing[user] > 0:
                found.append(user)
                needed -= missing[user]
        return found


@dataclass
class GivenValue:
    """One row of a ready-made metric: the days it speaks of, the week that these belong to, its numbers."""

    first: date
    last: date
    above: Value
    below: Value
    value: Value

    @property
    def week(self) -> date:
        spoken = days(self.first, self.last)
        return monday(spoken[(len(spoken) - 1) // 2])

    @property
    def single(self) -> Value:
        if self.value is not None:
            return self.value
        return self.above / self.below if self.above is not None and self.below else None


def values_of(place: Place, metric: str) -> list[GivenValue]:
    """The account's rows of a metric; days that come a week or a month apart speak for that long.

    What begins after the as-of date tells nothing.
    """
    written = [
        {key: row[column] for key, column in columns.items()}
        for columns, row in place.plain.rows("values")
        if row[columns["account"]] == place.name and row[columns["metric"]] == metric
    ]
    written = [row for row in written if _spoken(row["period"], 0, place)[0] <= place.rows.as_of]
    alone = sorted({date.fromisoformat(row["period"]) for row in written if _is_day(row["period"])})
    apart = min(((after - day).days for day, after in pairwise(alone)), default=0)
    found = []
    for row in written:
        numbers = (_number(row[key]) for key in ("numerator", "denominator", "value"))
        found.append(GivenValue(*_spoken(row["period"], apart, place), *numbers))
    return found


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _number(text: str) -> Value:
    return None if text.lower() in NOTHING else fraction(text)


def _spoken(text: str, apart: int, place: Place) -> tuple[date, date]:
    """The days that a time speaks of: whole weeks where it is longer than a day."""
    if "W" in text:
        week = date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
        return week, sunday(week)
    if "Q" in text:
        first_month = place.plain.settings["fiscal_year_starts"]
        weeks = quarter_weeks(quarter_typed(text, first_month), first_month)
        return weeks[0], sunday(weeks[-1])
    if not _is_day(text):
        return _month(date.fromisoformat(f"{text}-01"))
    day = date.fromisoformat(text)
    if apart == 7:  # the ISO week that shares most of its days
        shared: dict[date, int] = defaultdict(int)
        for each in days(day, day + 6 * DAY):
            shared[monday(each)] += 1
        week = max(shared, key=lambda m: shared[m])
        return week, sunday(week)
    return _month(day) if 28 <= apart <= 31 else (day, day)


def _month(day: date) -> tuple[date, date]:
    near = [monday(day.replace(day=1)) + WEEK * number for number in range(7)]
    inside = [m for m in near if ((m + 3 * DAY).year, (m + 3 * DAY).month) == (day.year, day.month)]
    return inside[0], sunday(inside[-1])
