"""Scoring a second time, the slow way: plain loops over rows and days, written from the specification's words.

Shares nothing with qbrgen.score. It tells, of each persona, every rostered person's state with weeks done and in seat,
and leavers; of each workflow, its state and what was divided by what.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from score_building import Row, World

from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Person
from qbrgen.define.model.playbook import Chain, Combine, Frequency, Milestone, Persona, ReadyMade, Share

DAY = timedelta(days=1)


def days(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def monday(day: date) -> date:
    return day - DAY * day.weekday()


def unit_key(rhythm: str, a_monday: date) -> Any:
    """Which unit a week belongs to."""
    if rhythm == "week":
        return a_monday
    if rhythm == "two weeks":
        return (a_monday - date(1970, 1, 5)).days // 14
    thursday = a_monday + DAY * 3
    return (thursday.year, thursday.month)


@functools.cache
def weeks_of_unit(rhythm: str, key: Any) -> list[date]:
    """Mondays of a unit's weeks."""
    if rhythm == "week":
        return [key]
    if rhythm == "two weeks":
        first = date(1970, 1, 5) + DAY * 14 * key
        return [first, first + DAY * 7]
    mondays = sorted({monday(d) for d in days(date(key[0], key[1], 1), date(key[0], key[1], 28) + DAY * 3)})
    return [m for m in mondays if (m + DAY * 3).year == key[0] and (m + DAY * 3).month == key[1]]


def quarter_key(day: date, first_month: int) -> int:
    """A number for the fiscal quarter of a day; the next quarter has the next number."""
    return (day.year * 12 + day.month - first_month) // 3


class Naive:
    """One account of a world, in the quarter that holds `thursday`."""

    def __init__(self, world: World, account: Account, thursday: date) -> None:
        self.world, self.account = world, account
        self.rows = [
            r
            for r in world.rows
            if r.account == account.id and world.data_start <= r.day <= world.as_of and r.value > 0
        ]
        self.closed = {date(1970, 1, 5) + DAY * 7 * w for w in world.closed | account.closed_weeks}
        quarter = quarter_key(thursday, world.fiscal_month)
        every = sorted({monday(d) for d in days(world.data_start, world.as_of)})
        self.full = [m for m in every if m >= world.data_start and m + DAY * 6 <= world.as_of]
        self.mine = [m for m in self.full if quarter_key(m + DAY * 3, world.fiscal_month) == quarter]
        self.units = functools.cache(self.units)  # the same answer each time
        self.first_event = functools.cache(self.first_event)
        self.silent = not any(monday(r.day) in self.mine for r in self.rows)

    # -- units

    def units(self, rhythm: str) -> list[Any]:
        """Every unit of which all weeks are full weeks in the data, up to the period's end."""
        keys = []
        for m in self.full:
            key = unit_key(rhythm, m)
            if m <= self.mine[-1] and key not in keys:
                weeks = weeks_of_unit(rhythm, key)
                if all(w in self.full and w <= self.mine[-1] for w in weeks):
                    keys.append(key)
        return keys

    def here(self, rhythm: str) -> list[Any]:
        """Units of the period: by their last week."""
        return [k for k in self.units(rhythm) if weeks_of_unit(rhythm, k)[-1] in self.mine]

    # -- seats

    def start(self, person: Person, persona: str) -> date | None:
        known = [s.first or self.first_event(person) for s in person.seats if s.persona == persona]
        return min([d for d in known if d], default=None)

    def first_event(self, person: Person) -> date | None:
        return min([r.day for r in self.rows if r.user == person.id], default=None)

    def holds(self, person: Person, persona: str, day: date) -> bool:
        for seat in person.seats:
            if seat.persona != persona:
                continue
            first = seat.first or self.first_event(person) or self.world.data_start
            if first <= day and (seat.last is None or day <= seat.last):
                return True
        return False

    def held(self, person: Person, persona: Persona, key: Any) -> bool:
        weeks = weeks_of_unit(persona.rhythm.value, key)
        return all(self.holds(person, persona.id, d) for w in weeks for d in days(w, w + DAY * 6))

    def away(self, person: Person, a_monday: date) -> bool:
        return all(any(a.first <= d <= a.last for a in person.absences) for d in days(a_monday, a_monday + DAY * 4))

    def in_seat(self, person: Person, persona: Persona, key: Any) -> bool:
        weeks = weeks_of_unit(persona.rhythm.value, key)
        out = all(w in self.closed or self.away(person, w) for w in weeks)
        return self.held(person, persona, key) and not out

    # -- completions

    def events_in(self, person: Person, names: Any, weeks: list[date]) -> list[Row]:
        return [r for r in self.rows if r.user == person.id and r.event in names and monday(r.day) in weeks]

    def chains(self, person: Person, persona: Persona, chain: Chain) -> list[date]:
        """Days on which the person finished a chain."""
        mine = [r for r in self.rows if r.user == person.id and r.event in chain.events]
        mine.sort(key=lambda r: (r.at, chain.events.index(r.event)))
        running: list[list[Row]] = []
        ends: list[date] = []
        for row in mine:
            place = None
            for index, begun in enumerate(running):
                in_time = row.day <= begun[0].day + DAY * (chain.within_days - 1)
                if place is None and in_time and chain.events[len(begun)] == row.event:
                    place = index
            if place is None and row.event != chain.events[0]:
                continue
            begun = [*running[place], row] if place is not None else [row]
            if len(begun) == len(chain.events):
                key = unit_key(persona.rhythm.value, monday(row.day))
                if key not in self.units(persona.rhythm.value) or not self.in_seat(person, persona, key):
                    continue
                ends.append(row.day)
                if place is not None:
                    running.pop(place)
            elif not self.holds(person, persona.id, row.day):
                continue
            elif place is not None:
                running[place] = begun
            else:
                running.append(begun)
        return ends

    def did(self, person: Person, persona: Persona, key: Any) -> bool:
        """Whether any workflow of the persona was completed in this unit."""
        weeks = weeks_of_unit(persona.rhythm.value, key)
        for flow in persona.workflows:
            measure = flow.measure
            if isinstance(measure, Share) and self.events_in(person, measure.numerator, weeks):
                return True
            if isinstance(measure, Frequency) and self.events_in(person, measure.events, weeks):
                return True
            if isinstance(measure, Milestone) and self.events_in(person, {s.event for s in measure.steps}, weeks):
                return True
            if isinstance(measure, Chain) and any(monday(d) in weeks for d in self.chains(person, persona, measure)):
                return True
        return False

    # -- people

    def people(self, persona: Persona) -> dict[str, tuple[str, int, int]]:
        """id → (state, units done, units in seat), of everyone in seat in the last full unit."""
        rhythm, rules, found = persona.rhythm.value, self.world.rules, {}
        here, every = self.here(rhythm), self.units(rhythm)
        for person in self.account.people:
            if not here or not self.held(person, persona, here[-1]):
                continue
            seat = [k for k in every if self.in_seat(person, persona, k)]
            done = [k for k in seat if self.did(person, persona, k)]
            now = [k for k in seat if k in here]
            done_now = [k for k in now if k in done]
            if self.silent:
                state = "no data"
            elif len(seat) + self.seated_before(person, persona, every) < rules.new_units:
                state = "new"
            elif not now:
                state = "away"
            elif not done:
                state = "not yet active"
            elif not [k for k in seat[-rules.lapsed_units :] if k in done]:
                state = "lapsed"
            elif Fraction(len(done_now), len(now)) >= rules.active_share and set(seat[-rules.recent_units :]) & set(
                done
            ):
                state = "active"
            else:
                state = "occasional"
            found[person.id] = (state, len(done_now), len(now))
        return found

    def seated_before(self, person: Person, persona: Persona, every: list[Any]) -> int:
        """Units in seat before the first one in the data; a year back is enough here."""
        rhythm, keys = persona.rhythm.value, []
        first = weeks_of_unit(rhythm, every[0])[0]
        for number in range(1, 53):
            key = unit_key(rhythm, first - DAY * 7 * number)
            if key not in keys:
                keys.append(key)
        return sum(self.in_seat(person, persona, k) for k in keys)

    def leavers(self, persona: Persona) -> int:
        here, number = self.here(persona.rhythm.value), 0
        for person in self.account.people:
            held = [self.held(person, persona, k) for k in here]
            number += any(held) and not held[-1]
        return number

    # -- workflows

    def workflow(self, persona: Persona, flow: Any) -> tuple[str, Fraction | None, Fraction | None]:
        """(state, value, denominator)."""
        measure, here = flow.measure, self.here(persona.rhythm.value)
        if isinstance(measure, Milestone):
            return self.milestone(persona, flow)
        seats = [(p, k) for p in self.account.people for k in here if self.in_seat(p, persona, k)]
        if not seats:
            alone = not self.account.people and all(
                isinstance(each.measure, ReadyMade) for of in self.account.personas for each in of.workflows
            )
            given = self.ready_made(flow) if alone else None  # a value of an account that names no one is its own
            return given if given and given[0] != "no data" else ("not applicable", None, None)
        if isinstance(measure, ReadyMade):
            return self.ready_made(flow)
        if self.silent:
            return ("no data", None, None)
        above = below = Fraction(0)
        for person, key in seats:
            weeks = weeks_of_unit(persona.rhythm.value, key)
            if isinstance(measure, Share):
                above += sum(r.value for r in self.events_in(person, measure.numerator, weeks))
                below += sum(r.value for r in self.events_in(person, measure.denominator, weeks))
            elif isinstance(measure, Frequency):
                above += sum(r.value for r in self.events_in(person, measure.events, weeks)) >= measure.times
                below += 1
            else:
                ends = [d for d in self.chains(person, persona, measure) if monday(d) in weeks]
                above += len(ends) >= measure.times
                below += 1
        return self.verdict(above, below, flow.target)

    def verdict(self, above: Fraction, below: Fraction, target: Fraction) -> Any:
        if below == 0:
            return ("not met", None, None)
        value = above / below
        return ("met" if value >= target else "not met", value, below)

    def milestone(self, persona: Persona, flow: Any) -> Any:
        measure, reached, closed = flow.measure, 0, 0
        for person in self.account.people:
            start = self.start(person, persona.id)
            if start is None or start < self.world.data_start:
                continue
            last = start + DAY * (measure.within_days - 1)
            if monday(last) not in self.mine or not self.holds(person, persona.id, last):
                continue
            closed += 1
            rows = [r for r in self.rows if r.user == person.id and start <= r.day <= last]
            reached += all(sum(r.value for r in rows if r.event == s.event) >= s.at_least for s in measure.steps)
        if not closed:
            return ("not applicable", None, None)
        if self.silent:
            return ("no data", None, None)
        return self.verdict(Fraction(reached), Fraction(closed), flow.target)

    def ready_made(self, flow: Any) -> Any:
        rows = []
        for row in self.world.values:
            spoken = [monday(d) for d in days(row["first"], row["last"])]
            most = max(sorted(set(spoken)), key=spoken.count)
            if row["account"] == self.account.id and row["metric"] == flow.measure.metric and most in self.mine:
                rows.append(row)
        rows.sort(key=lambda row: row["last"])
        if not rows:
            return ("no data", None, None)
        if flow.measure.combine is Combine.RATIO:
            value = Fraction(sum(r["numerator"] for r in rows), sum(r["denominator"] for r in rows))
        elif flow.measure.combine is Combine.LAST:
            value = Fraction(str(rows[-1]["value"]))
        else:
            value = sum(Fraction(str(r["value"])) for r in rows) / len(rows)
        return ("met" if value >= flow.target else "not met", value, None)
