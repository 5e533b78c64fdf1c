"""Do the backtest's 95% intervals hold the truth 95 times in a hundred? The table of docs/backtest.md.

Each account has a level of its own and is lost at random; two figures hang together and fall by a known amount in the
quarter before a loss, so that the true AUCs, and their difference, are known.

    python benchmarks/backtest_intervals.py [RUNS]
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from qbrgen.backtest.ranking import Cases, Floats, auc, difference

FALLS = (0.0, 0.5, 1.2, 2.2)
OTHER_FALL = 0.3
SHARED = 0.5  # correlation of the two figures within a quarter


@dataclass(frozen=True)
class World:
    """hazard: chance of a loss in a quarter. habit: share of a figure's variance that is the account's own level."""

    accounts: int
    quarters: int
    hazard: float
    habit: float


WORLDS = (
    World(40, 4, 0.08, 0.5),
    World(60, 6, 0.04, 0.5),
    World(100, 6, 0.05, 0.8),
    World(200, 7, 0.03, 0.5),
    World(30, 3, 0.30, 0.5),
)


def history(rng: np.random.Generator, world: World, fall: float) -> tuple[Cases, Floats, Floats]:
    """One history: its cases, and the two figures."""
    level, now = np.sqrt(world.habit), np.sqrt(1 - world.habit)
    rows = []
    for account in range(world.accounts):
        one_level, other_level = rng.normal(size=2)
        for quarter in range(world.quarters):
            lost = rng.random() < world.hazard
            shock, noise = rng.normal(size=2)
            apart = SHARED * shock + np.sqrt(1 - SHARED**2) * noise
            one = level * one_level + now * shock - fall * lost
            other = level * other_level + now * apart - OTHER_FALL * lost
            rows.append((account, quarter, lost, one, other))
            if lost:
                break
    accounts, quarters, were_lost, ones, others = (np.array(column) for column in zip(*rows, strict=True))
    return Cases(accounts, quarters, were_lost), ones, others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="?", type=int, default=1500, help="histories a figure (default: 1500)")
    runs = parser.parse_args().runs
    rng = np.random.default_rng(1)
    for world in WORLDS:
        for fall in FALLS:
            truth, other_truth = (float(norm.cdf(size / np.sqrt(2))) for size in (fall, OTHER_FALL))
            held, held_difference, told, losses = 0, 0, 0, 0
            for _ in range(runs):
                cases, one, other = history(rng, world, fall)
                found, apart = auc(cases, one), difference(cases, one, other)
                if found.low is None or found.high is None or apart.low is None or apart.high is None:
                    continue
                told, losses = told + 1, losses + found.losses
                held += found.low <= truth <= found.high
                held_difference += apart.low <= truth - other_truth <= apart.high
            size = f"{world.accounts} accounts, {world.quarters} quarters, {losses / told:.0f} losses"
            shares = f"held in {held / told:.1%}, the difference in {held_difference / told:.1%}"
            print(f"{size}, true AUC {truth:.2f}: {shares}", flush=True)


if __name__ == "__main__":
    main()
