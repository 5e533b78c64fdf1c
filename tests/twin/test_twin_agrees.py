"""The engine and a naive twin, written from the specification alone, tell the same of thousands of random accounts.

An account of worlds.py is a world of its own: playbook, roster, events, feed. The twin reads the same rows and shares
not one line with the engine. What rests on the statistics of direction is not counted twice (test_direction.py has it).
"""

from __future__ import annotations

import functools
from collections import Counter

import pytest
from twins import Twin, differences, report, twin_of
from worlds import ACCOUNTS, world

FEW, MANY, BATCH = range(4), range(100, 180), 4  # workspaces, of forty accounts each


@functools.cache
def twin(seed: int) -> Twin:
    return twin_of(world(seed))


def check(seed: int, known: Twin | None = None) -> None:
    plain = world(seed)
    found = differences(plain, known)
    assert not found, report(seed, plain, found)


@pytest.mark.parametrize("seed", FEW)
def test_engine_and_twin_agree_on_everything_they_tell_of_forty_accounts(seed: int) -> None:
    check(seed, twin(seed))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(len(MANY) // BATCH))
def test_engine_and_twin_agree_on_thousands_of_accounts(batch: int) -> None:
    assert len(MANY) * ACCOUNTS >= 3000
    for seed in MANY[batch * BATCH : (batch + 1) * BATCH]:
        check(seed)


def test_the_random_accounts_hold_everything_that_is_to_agree() -> None:
    seen: Counter[object] = Counter()
    for seed in FEW:
        rows = twin(seed).rows
        seen.update(rows.aside.keys())
        for picture in filter(None, twin(seed).pictures.values()):
            seen.update((f"feed silent {picture['feed'][0]}", f"compared {picture['compared']}"))
            seen.update(gap["kind"] for gap in picture["gaps"])
            for told in picture.values():
                if isinstance(told, dict) and "leavers" in told:
                    seen.update(state for _, (state, *_) in told["people"])
                    seen.update({"leavers"} if told["leavers"] else ())
                    seen.update((f"persona active {told['is active']}", f"every unit {told['every unit']}"))
                    seen.update({"as reported"} if told["before"] and told["before"][3] else ())
                if isinstance(told, dict) and "below since" in told:
                    since, at_least = told["below since"]
                    seen.update((told["state"], f"early {told['early'] > 0}", f"since {since is not None} {at_least}"))
                    seen.update((f"shortfall of {min(3, len(told['shortfall']))}",))
                    seen.update({"reported"} if told["before"][2] is not None else ())
    assert set(EVERYTHING) <= set(seen), set(EVERYTHING) - set(seen)


EVERYTHING = (
    *("active", "occasional", "lapsed", "not yet active", "new", "away", "no data", "leavers", "as reported"),
    *("met", "not met", "not applicable", "reported", "early True", "early False", "since True False"),
    *("since True True", "since False False", "shortfall of 0", "shortfall of 1", "shortfall of 2", "shortfall of 3"),
    *("persona active True", "persona active False", "persona active None", "every unit True", "every unit False"),
    *("feed silent True", "feed silent False", "compared True", "compared False"),
    *("people not yet active", "people lapsed", "people occasional", "persona with no one named", "masked by logins"),
    *("workflow off target", "workflow without events", "workflow rests on one person", "event name never occurs"),
    *("no data came", "data stopped coming", "people whom no roster knows", "no impact stated", "impact is old"),
    *("impact without a source", "no outcome stated", "outcome without baseline"),
    *("duplicate id", "time not readable", "no user", "no account", "unknown account", "account set aside"),
    *("no event name", "value not readable", "value of 0 or less", "before the data start", "after the as-of date"),
)
