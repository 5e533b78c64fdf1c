"""The edges of rules: exactly on target, the last day that counts, the week that decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from score_building import QUARTER, Case, frequency, impact, milestone, persona, week, workflow

from qbrgen.period import week_of
from qbrgen.score.states import PersonState, TargetState


def test_a_quarter_that_stands_exactly_on_target_is_not_yet_below_it():
    case = Case(persona(workflow(frequency(), "50%"))).person("ann", [1, 3, 5, 7, 9])  # half of it up to week 10
    flow = case.flow(data_start=week(1))
    assert (flow.state, flow.below_since) == (TargetState.NOT_MET, week(11))


def test_one_who_left_is_not_told_among_those_who_reached_a_milestone_early():
    def early(**leaves: date) -> int:
        case = Case(persona(workflow(milestone(60, done=1)))).person("ann", QUARTER)
        case.person("bo", [9, 10], start=week(9), **leaves)
        return case.flow().early

    assert early() == 1
    assert early(end=week(14) - timedelta(days=1)) == 1  # the last day of the quarter's weeks
    assert early(end=week(14) - timedelta(days=2)) == 0


def test_a_closed_week_before_the_data_begin_makes_nobody_less_new():
    def state(**world: object) -> PersonState:
        return Case().person("ann", QUARTER, start=week(10)).state("ann", data_start=week(12), **world)

    assert state() is not PersonState.NEW  # two weeks in seat before the data, two within
    assert state(closed=frozenset({week_of(week(10))})) is PersonState.NEW


def test_an_absence_before_the_data_begin_makes_nobody_less_new():
    away = [(week(11), week(11) + timedelta(days=4))]
    case = Case().person("ann", QUARTER, start=week(10), away=away)
    assert case.state("ann", data_start=week(12)) is PersonState.NEW


def test_a_past_quarter_tells_what_was_said_up_to_45_days_after_its_end():
    last_day = date(2026, 6, 28)  # of the second quarter's weeks

    def told(days: int) -> int:
        said = replace(impact(), said_on=last_day + timedelta(days=days))
        return len(Case(impacts=(said,)).person("ann", QUARTER).score(period="2026-Q2").impacts)

    assert [told(45), told(46)] == [1, 0]


def test_an_impact_is_old_the_day_after_its_year():
    def stale(days: int) -> bool:
        case = Case().person("ann", QUARTER)
        said = replace(impact(), said_on=case.world.as_of - timedelta(days=days))
        return Case(impacts=(said,)).person("ann", QUARTER).score().impacts[0].stale

    assert [stale(365), stale(366)] == [False, True]
