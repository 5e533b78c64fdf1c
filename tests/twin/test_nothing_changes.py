"""What changes no figure: the order of rows, the cut of files, what ids are called, when it was, who else is there."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from changes import in_weeks, in_years, renamed, same, shuffled, split, unmarked, with_copies, with_event
from engine import Scored, run, told
from examples import tried
from hypothesis import assume, given
from hypothesis import strategies as st
from plain import Plain
from twin_time import WEEK, quarter_typed, quarter_weeks
from worlds import world

SEEDS = st.integers(min_value=0, max_value=400)
CHANCE = st.integers(min_value=0, max_value=10_000)


def small(seed: int) -> Plain:
    """A workspace of five accounts whose days are set, so that no row decides on them."""
    plain = world(seed, range(5))
    scored = as_it_was(seed)
    assume(scored.counts.data_start <= scored.counts.as_of)  # events of one day only hold no full day
    plain.settings |= {"as_of": str(scored.counts.as_of), "data_start": str(scored.counts.data_start)}
    return plain


@functools.lru_cache(maxsize=64)
def as_it_was(seed: int) -> Scored:
    return run(world(seed, range(5)))


def pictures(scored: Scored, **changes: Any) -> Mapping[str, Any]:
    return {name: same(picture, **changes) for name, picture in scored.pictures.items()}


@tried()
@given(SEEDS, CHANCE)
def test_the_order_of_rows_in_every_file_changes_nothing(seed: int, chance: int) -> None:
    after, before = run(shuffled(small(seed), chance)), as_it_was(seed)
    assert replace(after.counts.balance, examples={}) == replace(before.counts.balance, examples={})  # lines of files
    assert pictures(after) == pictures(before)


@tried()
@given(SEEDS, CHANCE, st.sampled_from(("events", "events", "people", "presence", "values")))
def test_a_table_in_several_files_changes_nothing_but_the_names_of_sources(seed: int, chance: int, kind: str) -> None:
    after, before = run(split(small(seed), kind, chance)), as_it_was(seed)
    assert pictures(after) == pictures(before)
    assert after.counts.balance.set_aside == before.counts.balance.set_aside


@tried()
@given(SEEDS)
def test_other_ids_of_people_accounts_events_and_rows_change_nothing_but_the_ids(seed: int) -> None:
    after, before = run(renamed(small(seed))), as_it_was(seed)
    found = {unmarked(name): picture for name, picture in pictures(after, text=unmarked).items()}
    assert found == pictures(before, text=lambda text: text.strip())


@tried()
@given(SEEDS)
def test_the_same_56_years_later_changes_nothing_but_the_dates(seed: int) -> None:
    """After 56 years every date falls on its weekday again, every pair of weeks is a pair, every month a month."""
    days = timedelta(days=(date(2072, 1, 1) - date(2016, 1, 1)).days)
    plain = small(seed)
    plain.settings["time_zone"] = "UTC"  # nobody knows when clocks will change
    before, after = run(plain), run(in_years(plain, 56))
    assert alike(after, days) == alike(before)
    assert after.counts.balance.set_aside == before.counts.balance.set_aside


@tried()
@given(SEEDS)
def test_the_same_52_weeks_later_changes_nothing_where_the_quarters_move_along(seed: int) -> None:
    """Quarters are calendar months, so that their weeks move by 52 in most years only; months hardly ever do."""
    frame = world(seed, ())
    month = frame.settings["fiscal_year_starts"]
    number = quarter_typed(frame.period, month)
    for quarter in (number - 1, number, number + 1):
        moved = [m + 52 * WEEK for m in quarter_weeks(quarter, month)]
        assume(moved == list(quarter_weeks(quarter + 4, month)))
    plain = small(seed)
    plain.settings["time_zone"] = "UTC"
    for account in (*plain.accounts.values(), *plain.playbooks.values()):
        without_months(account)
    plain.tables["data/values.csv"] = [row for row in plain.tables["data/values.csv"] if "W" in row["when"]]
    later = in_weeks(plain, 52, f"{int(plain.period[:4]) + 1}{plain.period[4:]}")
    before, after = run(plain), run(later)
    assert alike(after, timedelta(weeks=52)) == alike(before)


def without_months(written: dict[str, Any]) -> None:
    personas = written.get("personas") or (written.get("overrides") or {}).get("personas", {})
    for persona in personas.values() if isinstance(personas, dict) else personas:
        if persona.get("rhythm") == "month":
            persona["rhythm"] = "week"


def alike(scored: Scored, by: timedelta = timedelta()) -> Any:
    """Everything told, every direction and score, by days that are so much earlier."""
    return {
        name: same((told(p), p.direction, [f.direction for f in (*p.personas, *p.workflows)], p.score), day=_back(by))
        for name, p in scored.pictures.items()
    }


def _back(by: timedelta) -> Any:
    return lambda day: day - by


@tried()
@given(SEEDS, st.integers(min_value=0, max_value=4))
def test_an_unrelated_account_changes_nothing_here(seed: int, kept: int) -> None:
    assume("data/nameless.csv" not in world(seed, ()).tables)  # there, who else sits where decides whose an event is
    plain, name = small(seed), f"a{kept:02}"
    after, before = run(plain.alone(name)), as_it_was(seed)
    assume(after.counts.seen_events == before.counts.seen_events)  # a name that occurs nowhere else may be told
    assert pictures(after).get(name) == pictures(before).get(name)


@tried()
@given(SEEDS, CHANCE)
def test_a_row_that_came_twice_with_its_id_changes_nothing(seed: int, chance: int) -> None:
    plain = small(seed)
    twice = with_copies(plain, chance)
    after, before = run(twice), as_it_was(seed)
    assert pictures(after) == pictures(before)
    more = sum(len(rows) for rows in twice.tables.values()) - sum(len(rows) for rows in plain.tables.values())
    aside = [scored.counts.balance.set_aside.get("duplicate id", 0) for scored in (after, before)]
    assert aside[0] == aside[1] + more


@tried()
@given(SEEDS, st.integers(min_value=0, max_value=4))
def test_an_event_of_nobody_on_the_roster_changes_no_figure_of_a_living_feed(seed: int, account: int) -> None:
    before, name = as_it_was(seed), f"a{account:02}"
    assume(name in before.pictures and not before.pictures[name].feed_silent)
    day = before.pictures[name].window.first
    row = {"sent at": f"{day} 12:00:00", "user_id": "passer-by", "account_id": name, "event": "done"}
    after = told(run(with_event(small(seed), row)).pictures[name])
    was = told(before.pictures[name])
    for each in (was, after):
        each.pop("feed")
        kinds = ("people whom no roster knows", "data stopped coming", "event name never occurs")
        each["gaps"] = [gap for gap in each["gaps"] if gap["kind"] not in kinds]
    assert after == was
