"""How often "turning down" is raised though nothing changes, and how often a real fall is seen: see docs/outlook.md.

    python benchmarks/turning_down.py [--runs 10000] [--seed 2026]

Weekly activity of N people, simulated; the last four weeks against the ones before. Steady: the five states of
docs/direction.md, in which every finding is false. Falls: each person does it in 80% of weeks (on average, a person
effect of sd 1 on the logit) and in the last four in 65%, 60% or 50%. Every workflow is taken to be on target, for only
then the rule is asked; ten accounts are taken to have five such workflows each.

The rule is written here a second time, for many runs at once and in whole numbers; on the first runs of every cell it
must say the same as the package's own (`qbrgen.score.outlook.turning_down`). Beside it, in brackets, the rule that it
replaced: each of the last four weeks below three quarters of the earlier ones, and the sign test at p ≤ 0.01.
"""

from __future__ import annotations

import argparse
import math

import numpy as np
from direction import STEADY, Cells, drawn, happened, logit
from numpy.typing import NDArray
from outlook import World

from qbrgen.score.outlook import turning_down
from qbrgen.score.people import PersonaWork

PEOPLE = (5, 8, 20, 60)
WEEKS = (26, 13)
LATE = 4
ACCOUNTS, ON_TARGET = 10, 5
FALLS = (0.65, 0.60, 0.50)
SAME = 40  # runs of each cell that the package's own rule is asked about

Flags = NDArray[np.bool_]


def fallen(to: float, runs: int, people: int, weeks: int, random: np.random.Generator) -> Cells:
    """80% of weeks, `to` of the last four; the stretch by 1.17 keeps the averages in spite of the person effect."""
    line = np.full(weeks, logit(0.8))
    line[-LATE:] = logit(to)
    return happened(1 / (1 + np.exp(-1.17 * line - random.normal(0, 1, (runs, people, 1)))), random)


def luck(less: NDArray[np.int64], more: NDArray[np.int64]) -> Cells:
    """One-sided exact sign test, as a share of one."""
    known = {
        (a, b): sum(math.comb(a + b, k) for k in range(a, a + b + 1)) / 2 ** (a + b)
        for a, b in set(zip(less.tolist(), more.tolist(), strict=True))
    }
    return np.array([known[pair] for pair in zip(less.tolist(), more.tolist(), strict=True)])


def found(cells: Cells) -> tuple[Flags, Flags]:
    """(what the rule finds, what the one before it found), by run."""
    done = cells.astype(np.int64)
    people, early = done.shape[1], done.shape[2] - LATE
    before, after = done[:, :, :early], done[:, :, early:]
    change = after.sum(2) * early - before.sum(2) * LATE
    p = luck((change < 0).sum(1), (change > 0).sum(1))
    weeks, last = before.sum(1), after.sum(1)
    kept = last.sum(1) - last.min(1)  # the last four without the worst, over 3 × people
    fall = 3 * weeks.sum(1) - early * kept  # in units of 1 ÷ (3 × people × early)
    whole = 3 * people * early
    pairs = (weeks[:, 1:] + weeks[:, :-1]).min(1)
    clear = (p <= 0.05) & (5 * fall >= whole) & (2 * kept < 3 * pairs)
    clearer = (p <= 0.01) & (10 * fall >= whole) & (kept < 3 * weeks.min(1))
    below = (weeks[:, None, :] > last[:, :, None]).sum(2)
    return clear | clearer, (4 * below >= 3 * early).all(1) & (p <= 0.01)


def check(cells: Cells, flags: Flags) -> None:
    """Raises AssertionError where the package's own rule says something else."""
    world = World(cells.shape[1], cells.shape[2])
    group = PersonaWork(world.persona, world.timeline, ())
    for life, flag in list(zip(cells, flags, strict=True))[:SAME]:
        doers = [
            (member, {week: (int(done), 1) for week, done in enumerate(one)})
            for member, one in zip(world.members, life, strict=True)
        ]
        turn = turning_down(doers, group, world.calendar, frozenset(), LATE)
        assert (turn is not None) == flag


def rates(cells: Cells) -> tuple[float, float]:
    new, old = found(cells)
    check(cells, new)
    return float(new.mean()), float(old.mean())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=2026)
    asked = options.parse_args()
    print(f"{asked.runs} runs a cell, seed {asked.seed}; % of workflows found (by the rule before: in brackets)")
    print(f"{'':36}{'weeks':>6}" + "".join(f"{f'{people} people':>14}" for people in PEOPLE))
    worst = 0.0
    for name in (*STEADY, *(f"80% to {to:.0%}" for to in FALLS)):
        for weeks in WEEKS:
            shown = ""
            for people in PEOPLE:
                random = np.random.default_rng([asked.seed, people, weeks, *name.encode()])
                if name in STEADY:
                    cells = drawn(STEADY[name], asked.runs, people, weeks, random)
                else:
                    to = float(name.split()[-1].rstrip("%")) / 100
                    cells = fallen(to, asked.runs, people, weeks, random)
                new, old = rates(cells)
                worst = max(worst, new) if name in STEADY else worst
                shown += f"{100 * new:7.1f} ({100 * old:4.1f})"
            print(f"{name:36}{weeks:6}{shown}", flush=True)
    false = ACCOUNTS * ON_TARGET * worst
    print(f"The worst steady cell: {100 * worst:.2f}% of workflows, so {false:.2f} false ones in ten accounts at most.")


if __name__ == "__main__":
    main()
