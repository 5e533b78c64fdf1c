"""The rows behind each figure of a small account, made by hand: from which day on they are read, by whose definitions
they are counted, and what earlier weeks and unreadable rows do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from delivering import changed, deliver, flow_changed, reps
from score_building import (
    BOTH_QUARTERS,
    LONG_AGO,
    QUARTER,
    Case,
    chain,
    frequency,
    milestone,
    persona,
    share,
    week,
    workflow,
)

from qbrgen.define.model.people import Seat
from qbrgen.define.model.settings import Rules
from qbrgen.define.model.workspace import Definitions
from qbrgen.figures import Span
from qbrgen.measure.counts import MICRO, Counts, Reason
from qbrgen.measure.rows import EventRow, Place
from qbrgen.score import rows as score_rows
from qbrgen.score.account import score_accounts
from qbrgen.score.row_list import COUNTED, RowList
from qbrgen.score.row_marks import Part, Why
from qbrgen.score.rows import rows_behind

WORLDS: list[Case] = []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """Reads the rows of the last world instead of files. The windows that were asked for."""
    windows: list[Span] = []

    def rows(_: Definitions, counts: Counts, account: str, events: Collection[str], window: Span) -> list[EventRow]:
        windows.append(window)
        case = WORLDS[-1]
        mine = [(n, row) for n, row in enumerate(case.world.rows, 2) if row.account == account and row.event in events]
        found = [
            EventRow(
                place=Place("data/events.csv", number),
                at=row.at,
                day=row.day,
                days=1,
                user=row.user,
                event=row.event,
                micro=int(row.value * MICRO),
                reason=None if counts.data_start <= row.day <= counts.as_of else Reason.AFTER,
            )
            for number, row in mine
            if window.first <= row.day <= window.last
        ]
        unread = EventRow(Place("data/events.csv", 1), None, None, 1, "p0", min(events), MICRO, Reason.TIME)
        return [*sorted(found, key=lambda row: (row.at or datetime.max, row.place.number or 0)), unread]

    monkeypatch.setattr(score_rows, "event_rows", rows)
    return windows


def behind(case: Case, reviews: Any = None) -> dict[str, RowList]:
    """The lists of every receipt that is counted from rows, by its id."""
    WORLDS.append(case)
    world = replace(case.world, reviews=reviews or {})
    counts, definitions = world.counts(), world.definitions()
    picture = score_accounts(definitions, counts, world.chosen())[case.account.id]
    counted = [receipt for receipt in picture.receipts if receipt.rule in COUNTED]
    return {found.receipt.id: found for found in rows_behind(definitions, counts, picture, counted)}


def days(found: RowList, *, aside: bool = False) -> list[date]:
    marked = found.set_aside if aside else found.counted
    return [each.row.day for each in marked if isinstance(each.row, EventRow) and each.row.day]


def names(found: RowList) -> set[str]:
    return {each.row.event for each in found.counted if isinstance(each.row, EventRow)}


def total(found: RowList) -> str:
    return f"{found.numerator} of {found.denominator}"


def flow(found: dict[str, RowList]) -> RowList:
    return next(each for name, each in found.items() if name.startswith("workflow:"))


def test_rows_are_asked_for_from_the_first_day_of_the_earliest_window_to_the_last_of_the_quarter(
    asked: list[Span],
) -> None:
    found = behind(Case(persona(workflow(share()))).people(3, BOTH_QUARTERS))
    assert all(each.adds_up for each in found.values())
    windows = [each.receipt.window for each in found.values() if each.receipt.window]
    assert asked == [Span(min(w.first for w in windows), week(14) - timedelta(days=1))]


def test_the_first_and_the_last_day_of_a_window_belong_to_it_and_the_days_beside_it_do_not(asked: list[Span]) -> None:
    case = Case(persona(workflow(share()))).people(2, QUARTER)
    edges = [week(1), week(14) - timedelta(days=1)]
    for day in (week(1) - timedelta(days=1), *edges, week(14)):
        case.on("p0", day)
    found = flow(behind(case))
    assert asked
    assert found.adds_up
    assert set(edges) <= set(days(found))
    assert not {week(1) - timedelta(days=1), week(14)} & {*days(found), *days(found, aside=True)}


def test_a_row_whose_time_cannot_be_read_is_in_every_list_and_says_so(asked: list[Span]) -> None:
    found = behind(Case(persona(workflow(share("done", "done")))).people(2, QUARTER))
    assert asked
    for each in found.values():
        assert [row.why for row in each.rows if isinstance(row.row, EventRow) and row.row.at is None] == [Reason.TIME]


def test_a_chain_that_began_before_the_quarter_is_looked_back_for_as_far_as_its_days_reach(asked: list[Span]) -> None:
    case = Case(persona(workflow(chain(within=5)))).person("ann")
    for number in QUARTER:
        case.on("ann", week(number) + timedelta(days=1), "first").on("ann", week(number) + timedelta(days=2), "then")
    first, last = week(1) - timedelta(days=4), week(1)
    case.world.rows = [row for row in case.world.rows if row.day >= week(2)]
    case.on("ann", first, "first").on("ann", last, "then").on("ann", first - timedelta(days=1), "then")
    found = flow(behind(case))
    assert asked
    assert asked[0].first <= first
    assert found.adds_up
    assert {first, last} <= set(days(found))
    assert first - timedelta(days=1) not in {*days(found), *days(found, aside=True)}


def test_first_days_that_began_before_the_quarter_are_looked_back_for(asked: list[Span]) -> None:
    start = week(0) + timedelta(days=1)
    case = Case(persona(workflow(milestone(within=14, done=2)))).person("new", start=start).people(2, QUARTER)
    case.on("new", start).on("new", start + timedelta(days=13)).on("new", start + timedelta(days=14))
    found = flow(behind(case))
    assert asked
    assert found.adds_up
    assert total(found) == "1 of 1"
    assert days(found) == [start, start + timedelta(days=13)]
    assert start + timedelta(days=14) in [
        each.row.day for each in found.set_aside if isinstance(each.row, EventRow) and each.why is Why.OUTSIDE_DAYS
    ]


def test_a_frequency_counts_the_weeks_that_reach_it_exactly(asked: list[Span]) -> None:
    case = Case(persona(workflow(frequency(2)))).person("ann", range(1, 5), times=2).did("ann", range(5, 14))
    found = flow(behind(case))
    assert asked
    assert total(found) == "4 of 13"
    assert [each.part for each in found.counted] == [Part.COMPLETES] * 4 + [Part.SHORT] * 9


def test_the_last_weeks_of_who_is_active_reach_into_the_quarter_before(asked: list[Span]) -> None:
    """A joiner of the last week but two: recent weeks may lie before the window; what was counted there counts."""
    case = Case(persona(workflow(frequency()))).person("ann", range(-12, 10)).person("ben", range(-12, 14))
    case.person("back", range(-12, 1), away=[(week(2), week(14) - timedelta(days=1))])
    case.world.rules = replace(Rules(), active_share=Fraction(0), recent_units=4)
    found = behind(case)
    assert asked
    people = next(each for name, each in found.items() if name == "people")
    assert people.adds_up


def test_a_promise_is_counted_by_the_recorded_rules_and_the_recorded_definition(asked: list[Span]) -> None:
    case = reps()
    record = deliver(case.world)
    now = flow_changed(case, measure=share("other", "other"))
    now.world.rules = replace(Rules(), active_share=Fraction(1, 100), recent_units=13)
    found = behind(now, {"acme": {"2026-Q2": record}})
    assert asked
    promised = {name: each for name, each in found.items() if name.startswith("commitment:")}
    assert promised
    for name, each in promised.items():
        assert each.adds_up, (name, each.receipt, each.numerator, each.denominator, each.events)
    people = promised["commitment:people/reps"]
    assert total(people) == "3 of 4"
    assert total(found["people"]) == "4 of 4"
    assert names(promised["commitment:workflow/reps/touches"]) == {"done", "other"}


def test_a_promise_is_counted_over_the_recorded_seats(asked: list[Span]) -> None:
    case = reps()
    record = deliver(case.world)
    people = tuple(
        replace(person, seats=(Seat("others", LONG_AGO, None),)) if person.id == "slow" else person
        for person in case.account.people
    )
    now = changed(case._with(people=people, personas=(*case.account.personas, persona(name="others"))))
    found = behind(now, {"acme": {"2026-Q2": record}})
    assert asked
    promise = found["commitment:people/reps"]
    assert promise.adds_up
    assert promise.denominator == 4
    assert found["persona:reps"].denominator == 3


def test_a_direction_is_read_over_both_quarters(asked: list[Span]) -> None:
    case = Case(persona(workflow(share()))).people(6, BOTH_QUARTERS)
    found = behind(case)
    directions = [each for each in found.values() if each.receipt.rule == "direction"]
    assert asked
    assert directions
    for each in directions:
        assert each.receipt.window
        seen = days(each)
        assert (min(seen), max(seen)) == (week(-12) + timedelta(days=2), week(13) + timedelta(days=2))


def test_rows_are_in_order_of_time_with_the_unreadable_last(asked: list[Span]) -> None:
    case = Case(persona(workflow(frequency()), workflow(share("other", "other"), name="others"))).people(2, QUARTER)
    case.did("p1", QUARTER, "other")
    people = behind(case)["people"]
    assert asked
    times = [
        each.row.at or datetime.combine(date.max, time()) for each in people.rows if isinstance(each.row, EventRow)
    ]
    assert times == sorted(times)
    assert len(times) > 26


def test_of_rows_set_aside_before_the_quarter_a_chain_shows_none_and_of_its_first_day_on_every_one(
    asked: list[Span],
) -> None:
    case = Case(persona(workflow(chain(within=5)))).person("ann")
    for number in QUARTER:
        case.on("ann", week(number) + timedelta(days=1), "first").on("ann", week(number) + timedelta(days=2), "then")
    case.on("ann", week(1) - timedelta(days=2), "then").on("ann", week(1), "then")
    found = flow(behind(case))
    assert asked
    assert found.adds_up
    assert days(found, aside=True) == [week(1)]
    assert [each.why for each in found.set_aside] == [Why.NO_CHAIN, Reason.TIME]


def test_a_row_that_two_groups_count_adds_to_both_and_one_of_another_group_is_not_said_to_be_outside(
    asked: list[Span],
) -> None:
    case = Case(persona(workflow(frequency())), persona(workflow(frequency()), name="heads"))
    case.person("both", QUARTER, seats=[Seat("reps", LONG_AGO), Seat("heads", LONG_AGO)])
    case.person("head", QUARTER, role="heads").person("away", [3], role="heads", away=[(week(3), week(4))])
    people = behind(case)["people"]
    assert asked
    assert people.adds_up
    added = {each.row.user: each.micro // MICRO for each in people.counted if isinstance(each.row, EventRow)}
    assert added == {"both": 2, "head": 1}
    why = [each.why for each in people.set_aside if isinstance(each.row, EventRow) and each.row.user == "away"]
    assert why == [Why.ABSENT]


def test_people_who_are_new_work_without_being_counted(asked: list[Span]) -> None:
    case = Case(persona(workflow(frequency()))).people(2, QUARTER)
    case.person("new", [12, 13], start=week(12))
    found = behind(case)["persona:reps"]
    assert asked
    assert found.adds_up
    assert total(found) == "2 of 2"
