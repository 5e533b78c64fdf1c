"""How often the rule of direction errs, and how often it sees a true change: the table of docs/direction.md.

    python benchmarks/direction.py [--runs 10000] [--seed 2026] [--workers 2]

Weekly activity of N people over W weeks, simulated. Steady: nothing changes, each call is a false alarm. Rising: each
call of "spreading" is right. The rule is the package's own (`qbrgen.score.signal`). Beside it stand two rules that one
might use instead, on the same groups: both of an exact sign test over people (second half against first) and
Mann-Kendall over the weekly share, each p ≤ 0.10; and "up ten points since the first week". For power there is also a
bar to measure by: a straight line's slope where the noise of the very scenario were known beforehand, which it is not.
"""

from __future__ import annotations

import argparse
import math
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from qbrgen.score.signal import limit, signal

PEOPLE = (5, 8, 20, 60)
UNITS = (6, 8, 13, 26)  # half a year of months, the fewest weeks, one quarter, two
STEADY = {
    "coin-flip weeks": "a",
    "each person's own habit": "b",
    "sticky habits": "c",
    "weeks good or bad for everyone": "d",
    "a holiday near the end": "e",
}
RISING = {"25% to 65%": "rise", "adoption": "adoption"}

Cells = NDArray[np.float64]


def logit(share: Cells | float) -> Cells:
    return np.asarray(np.log(np.asarray(share) / (1 - np.asarray(share))))


def happened(chance: Cells, random: np.random.Generator) -> Cells:
    return (random.random(chance.shape) < chance).astype(float)


def drawn(scenario: str, runs: int, people: int, weeks: int, random: np.random.Generator) -> Cells:  # noqa: PLR0911
    """runs × people × weeks of 0 and 1."""
    shape = (runs, people, weeks)
    own = random.beta(0.8, 1.2, (runs, people, 1))
    match scenario:
        case "a":
            return happened(np.full(shape, 0.4), random)
        case "b":
            return happened(np.broadcast_to(own, shape), random)
        case "c":
            cells = np.empty(shape)
            cells[:, :, 0] = random.random(shape[:2]) < 0.4
            for week in range(1, weeks):
                chance = 0.4 + 0.6 * (cells[:, :, week - 1] - 0.4)
                cells[:, :, week] = random.random(shape[:2]) < chance
            return cells
        case "d":
            shared = random.normal(0, 0.5, (runs, 1, weeks))
            return happened(1 / (1 + np.exp(-logit(np.clip(own, 0.02, 0.98)) - shared)), random)
        case "e":
            chance = np.broadcast_to(own, shape).copy()
            chance[np.arange(runs), :, weeks - 1 - random.integers(0, 4, runs)] *= 0.3
            return happened(chance, random)
        case "rise":
            line = np.linspace(logit(0.25), logit(0.65), weeks)
            return happened(1 / (1 + np.exp(-line - random.normal(0, 1, (runs, people, 1)))), random)
        case "adoption":
            begun, begins = random.random((runs, people)) < 0.2, random.random((runs, people)) < 0.5
            start = np.where(begun, 0, np.where(begins, random.integers(0, weeks, (runs, people)), weeks))
            return happened(np.where(np.arange(weeks) >= start[:, :, None], 0.8, 0.0), random)
    raise ValueError(scenario)


# ---- rules: runs × people × weeks → +1, 0 or −1 for each run ---------------------------------------------------------


def ours(cells: Cells) -> Cells:
    """The package's rule, as score/direction.py applies it to whole groups."""
    needed = limit(cells.shape[2], cells.shape[1])
    clear = np.array([signal(group) for group in cells])
    told: Cells = np.where(np.abs(clear) >= needed, np.sign(clear), 0.0) * (np.sign(clear) == halves(cells)[2])
    return told


def halves(cells: Cells) -> tuple[Cells, Cells, Cells]:
    """(how many do more, how many less, the sign of the difference) of the second half against the first."""
    half = cells.shape[2] // 2
    change = cells[:, :, -half:].sum(2) - cells[:, :, :half].sum(2)
    more, less = (change > 0).sum(1).astype(float), (change < 0).sum(1).astype(float)
    return more, less, np.sign(more - less)


def sign_and_mann_kendall(cells: Cells) -> Cells:
    """Both checks, each p ≤ 0.10."""
    more, less, way = halves(cells)
    odds = {
        n: [min(1.0, 2 * sum(math.comb(n, k) for k in range(m, n + 1)) / 2**n) for m in range(n + 1)]
        for n in range(cells.shape[1] + 1)
    }
    p_people = np.array([odds[int(a + b)][int(max(a, b))] for a, b in zip(more, less, strict=True)])
    share = cells.sum(1)
    weeks = share.shape[1]
    s = sum(np.sign(share[:, week + 1 :] - share[:, [week]]).sum(1) for week in range(weeks - 1))
    ties = np.array([sum(t * (t - 1) * (2 * t + 5) for t in np.unique(row, return_counts=True)[1]) for row in share])
    deviation = np.sqrt(np.maximum((weeks * (weeks - 1) * (2 * weeks + 5) - ties) / 18, 1e-9))
    p_weeks = 2 * norm.sf(np.maximum(np.abs(s) - 1, 0) / deviation)
    agreed = (p_people <= 0.10) & (p_weeks <= 0.10) & (way == np.sign(s))
    return np.asarray(np.where(agreed, way, 0.0))


def ten_points(cells: Cells) -> Cells:
    """Ten points up or down from the first week to the last."""
    change = cells[:, :, -1].mean(1) - cells[:, :, 0].mean(1)
    return np.asarray(np.where(np.abs(change) >= 0.10, np.sign(change), 0.0))


def known_noise(cells: Cells) -> Cells:
    """A straight line's slope against its true standard deviation in this scenario, at 6%."""
    line = np.arange(cells.shape[2]) - (cells.shape[2] - 1) / 2
    slope = cells.mean(1) @ line
    return np.asarray(np.where(np.abs(slope) >= norm.isf(0.03) * slope.std(), np.sign(slope), 0.0))


RULES = {"qbrgen": ours, "both checks": sign_and_mann_kendall, "ten points": ten_points, "noise known": known_noise}


def cell(key: tuple[str, int, int], runs: int, seed: int) -> dict[str, float]:
    """Percent of runs called (steady) or rightly called (rising), by rule."""
    scenario, people, weeks = key
    random = np.random.default_rng([seed, people, weeks, *scenario.encode()])
    cells = drawn(scenario, runs, people, weeks, random)
    found = {}
    for name, rule in RULES.items():
        called = rule(cells)
        found[name] = 100 * float((called > 0).mean() if scenario in RISING.values() else (called != 0).mean())
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    names = {**STEADY, **RISING}
    keys = list(product(names.values(), PEOPLE, UNITS))
    with ProcessPoolExecutor(chosen.workers) as pool:
        found = dict(zip(keys, pool.map(partial(cell, runs=chosen.runs, seed=chosen.seed), keys), strict=True))
    print(
        f"{chosen.runs:,} runs a cell, seed {chosen.seed}. Percent called; over {', '.join(map(str, UNITS))} units.\n"
    )
    for rule in RULES:
        if rule == "noise known":
            print("\na straight line's slope, its noise known beforehand, at 6%")
        else:
            print(f"\n{rule}")
        print("| | " + " | ".join(f"{people} people" for people in PEOPLE) + " |")
        print("|---|" + "---|" * len(PEOPLE))
        for name, scenario in (RISING if rule == "noise known" else names).items():
            figures = (" · ".join(f"{found[scenario, people, w][rule]:.1f}" for w in UNITS) for people in PEOPLE)
            print(f"| {name} | " + " | ".join(figures) + " |")
    steady = [(found[s, n, w]["qbrgen"], name, n, w) for name, s in STEADY.items() for n, w in product(PEOPLE, UNITS)]
    worst = max(steady)
    print(f"\nqbrgen's worst false alarm: {worst[0]:.1f}% ({worst[1]}, {worst[2]} people, {worst[3]} units)")


if __name__ == "__main__":
    main()
