"""How often the range of the renewal outlook holds what comes: the table of docs/outlook.md.

    python benchmarks/outlook.py [--runs 250] [--seed 2026] [--workers 2]

Weekly activity of N people is simulated on beyond the day of the review. The outlook is the package's own
(`qbrgen.score.direction.compare`, then `qbrgen.score.renewal.outlook_basis`); what it is held against is the share of
the four weeks up to the renewal, as it would be counted then. Steady: the five states of docs/direction.md. Rising and
falling: a straight line on the logit (25% to 65% over the weeks seen, or back), which goes on as it was.

In each cell: how often a direction was called; then, for a renewal 4, 13 and 26 weeks ahead, how often the range held
the later share and how wide it was. For rises and falls once where the direction was called (at pace) and once where it
was not (at level); what has come to rest counts as called. Last: of the forecasts that were not open (against a target
drawn evenly from 10% to 90%, half a year ahead), how many came true, and how many were open.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import numpy as np
from direction import STEADY, Cells, drawn, happened, logit

from qbrgen.define.model.people import Person
from qbrgen.define.model.playbook import Frequency, Persona, Workflow
from qbrgen.period import Rhythm, monday_of, parse_period
from qbrgen.score.direction import compare
from qbrgen.score.evidence import Evidence
from qbrgen.score.other_times import Outlook
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import WeekPoint, WorkflowPicture
from qbrgen.score.reached import WorkflowWork
from qbrgen.score.renewal import outlook_basis
from qbrgen.score.seats import Calendar, Member, calendar_of
from qbrgen.score.states import Forecast, TargetState
from qbrgen.score.work import Work

PEOPLE = (5, 8, 20, 60)
AHEAD = (4, 13, 26)
PERIOD = parse_period("2026-Q3", 1)
SEEN = {26: date(2026, 3, 30), 13: date(2026, 6, 29)}  # weeks → the first day of the data
AS_OF = date(2026, 9, 27)
LATER = 4  # weeks up to the renewal that are counted
MOVING = {"rising 25% to 65%": "rise", "falling 65% to 25%": "fall"}


def lives(scenario: str, runs: int, people: int, seen: int, random: np.random.Generator) -> Cells:
    """runs × people × (weeks seen and weeks to come) of 0 and 1."""
    shape = (runs, people, seen + max(AHEAD))
    if scenario == "e":  # the holiday lies near the end of the weeks seen, not of those to come
        chance = np.broadcast_to(random.beta(0.8, 1.2, (runs, people, 1)), shape).copy()
        chance[np.arange(runs), :, seen - 1 - random.integers(0, 4, runs)] *= 0.3
        return happened(chance, random)
    if scenario in STEADY.values():
        return drawn(scenario, runs, people, shape[2], random)
    ends = (0.25, 0.65) if scenario == "rise" else (0.65, 0.25)
    step = (logit(ends[1]) - logit(ends[0])) / (seen - 1)
    line = logit(ends[0]) + step * np.arange(shape[2])
    return happened(1 / (1 + np.exp(-line - random.normal(0, 1, (runs, people, 1)))), random)


class World:
    """One persona with one workflow, over so many weeks; the same for every run."""

    def __init__(self, people: int, seen: int) -> None:
        self.calendar: Calendar = calendar_of(PERIOD, AS_OF, SEEN[seen], 1)
        self.timeline = self.calendar.timelines[Rhythm.WEEK]
        units = tuple(range(len(self.timeline.units)))
        assert len(units) == seen
        self.workflow = Workflow("w", "W", "more", Fraction(1, 2), Frequency(("did",), Fraction(1)))
        self.persona = Persona("p", "P", "p", Rhythm.WEEK, Fraction(1, 2), (self.workflow,))
        spell = ((SEEN[seen].toordinal(), date.max.toordinal()),)
        self.members = [
            Member(Person(str(n), str(n), ()), spell, spell[0][0], False, frozenset(units), units, 4)
            for n in range(people)
        ]

    def outlooks(self, seen: Cells, target: Fraction) -> list[Outlook]:
        """The outlook for each time ahead, of one life: people × weeks seen."""
        tallies = [{week: (int(done), 1) for week, done in enumerate(one)} for one in seen]
        compared = compare(list(zip(self.members, tallies, strict=True)), self.timeline, self.calendar, frozenset())
        works = tuple(Work(member, {}, {}, frozenset(), ()) for member in self.members)
        job = WorkflowWork(self.workflow, PersonaWork(self.persona, self.timeline, works), tuple(tallies))
        this = seen[:, self.timeline.this.start :]
        value = Fraction(int(this.sum()), this.size)
        picture = WorkflowPicture(
            id="p/w",
            persona="p",
            name="W",
            kind="frequency",
            produces="more",
            says=(),
            target=target,
            state=TargetState.MET if value >= target else TargetState.NOT_MET,
            value=value,
            ratio=None,
            unit="weeks in seat",
            weekly=tuple(
                WeekPoint(unit.first_week, Fraction(int(done)), Fraction(len(self.members)))
                for unit, done in zip(self.timeline.units, seen.sum(axis=0), strict=True)
            ),
            previous=None,
            previous_ratio=None,
            direction=compared.direction,
        )
        found = []
        for ahead in AHEAD:
            renewal = monday_of(self.calendar.last_week + ahead) + timedelta(days=6)
            basis = outlook_basis(picture, job, compared, Evidence(), self.calendar, renewal)
            assert basis is not None
            found.append(basis.outlook)
        return found


@dataclass
class Counted:
    """How often the range held the later share, and how wide it was, for each time ahead."""

    runs: int = 0
    held: list[int] = field(default_factory=lambda: [0] * len(AHEAD))
    width: list[float] = field(default_factory=lambda: [0.0] * len(AHEAD))

    def add(self, outlooks: list[Outlook], later: list[Fraction]) -> None:
        self.runs += 1
        for place, (outlook, share) in enumerate(zip(outlooks, later, strict=True)):
            assert outlook.low is not None
            assert outlook.high is not None
            self.held[place] += outlook.low <= share <= outlook.high
            self.width[place] += float(outlook.high - outlook.low)

    def text(self) -> str:
        if self.runs < 20:
            return "too few".rjust(26)
        held = " ".join(f"{100 * each / self.runs:3.0f}" for each in self.held)
        return f"{held}  (±{' ±'.join(f'{50 * each / self.runs:2.0f}' for each in self.width)})"


def cell(scenario: str, people: int, seen: int, runs: int, seed: int) -> tuple[Counted, Counted, int, int]:
    """(at pace, at level, forecasts that were not open, how many of these came true)."""
    random = np.random.default_rng([seed, people, seen, *scenario.encode()])
    world, made = World(people, seen), lives(scenario, runs, people, seen, random)
    pace, level, firm, right = Counted(), Counted(), 0, 0
    for life in made:
        target = Fraction(int(random.integers(10, 91)), 100)
        outlooks = world.outlooks(life[:, :seen], target)
        ends = [life[:, seen + ahead - LATER : seen + ahead] for ahead in AHEAD]
        later = [Fraction(int(end.sum()), end.size) for end in ends]
        (level if outlooks[0].rests_on == "level" else pace).add(outlooks, later)
        forecast = outlooks[-1].forecast
        if forecast is not Forecast.OPEN:
            firm += 1
            right += (later[-1] >= target) is (forecast is Forecast.ON_TARGET)
    return pace, level, firm, right


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=250)
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--workers", type=int, default=2)
    asked = options.parse_args()
    names = STEADY | MOVING
    cells = list(product(names, SEEN, PEOPLE))
    print(
        f"{asked.runs} runs a cell, seed {asked.seed}: how often the range holds the later share, % (± half its width),"
        f" {AHEAD} weeks ahead"
    )
    print(f"{'':32}{'weeks':>6}{'people':>7}{'called':>7}  {'at pace':28}{'at level':28}{'came true':>10}{'open':>6}")
    with ProcessPoolExecutor(asked.workers) as pool:
        tasks = [pool.submit(cell, names[name], people, seen, asked.runs, asked.seed) for name, seen, people in cells]
        for (name, seen, people), task in zip(cells, tasks, strict=True):
            pace, level, firm, right = task.result()
            called, true = 100 * pace.runs / asked.runs, f"{100 * right / firm:.0f}" if firm else "none"
            shown = f"{name:32}{seen:6}{people:7}{called:7.1f}  {pace.text():28}{level.text():28}"
            print(f"{shown}{true:>10}{100 - 100 * firm / asked.runs:6.0f}", flush=True)


if __name__ == "__main__":
    main()
