"""CPU time of several ways to the same thing, taken in turns, and the table of it."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

Way = Callable[[], object]
Times = Mapping[str, Sequence[float]]  # a way's name → CPU milliseconds, round by round


def timed(ways: Mapping[str, Way], rounds: int) -> Times:
    """Of each way in this process, after two rounds to warm up; who begins changes from round to round."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for each in range(-2, rounds):
        for name in names[each % len(names) :] + names[: each % len(names)]:
            begun = time.process_time()
            ways[name]()
            if each >= 0:
                found[name].append(1000 * (time.process_time() - begun))
    return found


def timed_apart(ways: Mapping[str, Way], rounds: int) -> Times:
    """Of the processes that each way runs, whole, after one round to warm up."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for each in range(-1, rounds):
        for name, way in ways.items():
            before = _ended()
            way()
            if each >= 0:
                found[name].append(1000 * (_ended() - before))
    return found


def _ended() -> float:
    """CPU seconds of all processes that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(title: str, found: Times, against: str) -> None:
    """Best, median and spread of each way, and its ratio round by round to the one that it is held against."""
    print(f"{title:<36}{'best':>8}{'median':>8}{'middle half':>18}{'ratio':>8}{'middle half':>16}")
    for name, times in found.items():
        ratios = [one / other for one, other in zip(times, found[against], strict=True)]
        low, middle, high = statistics.quantiles(times, n=4)
        less, ratio, more = statistics.quantiles(ratios, n=4)
        spread, around = f"{low:.1f} to {high:.1f}", f"{less:.2f} to {more:.2f}"
        print(f"{name:<36}{min(times):>8.1f}{middle:>8.1f}{spread:>18}{ratio:>8.2f}{around:>16}")
    print()
