"""Targets: the three kinds, chains, ready-made values, and four states that never mix."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from score_building import (
    BOTH_QUARTERS,
    QUARTER,
    Case,
    chain,
    frequency,
    milestone,
    persona,
    ready_made,
    share,
    week,
    workflow,
)

from qbrgen.define.model.playbook import Combine
from qbrgen.figures import Span
from qbrgen.period import Rhythm, week_of
from qbrgen.score.states import TargetState

MET, NOT_MET, NO_DATA, NOT_APPLICABLE = (
    TargetState.MET,
    TargetState.NOT_MET,
    TargetState.NO_DATA,
    TargetState.NOT_APPLICABLE,
)


def of(measure, target="70%", **more):
    return Case(persona(workflow(measure, target), **more))


# ---- share ----------------------------------------------------------------------------------------------------------


def test_a_share_is_all_numerators_over_all_denominators_of_everyone_in_the_persona():
    flow = of(share()).person("ann", [1, 2], times=4).person("bob").did("bob", [3], "other", 2).flow()
    assert (flow.value, flow.ratio.denominator, flow.unit) == (Fraction(4, 5), 10, "events")
    new = of(share()).person("ann", [1], times=3).person("new", [12], start=week(12)).flow()
    assert new.ratio.denominator == 4


def test_a_target_reached_exactly_is_met_and_a_hair_below_is_not():
    met = of(share()).person("ann", [1], times=7).did("ann", [1], "other", 3).flow()
    below = of(share()).person("ann", [1], times=6999).did("ann", [1], "other", 3001).flow()
    assert (met.state, below.state) == (MET, NOT_MET)


def test_no_denominator_events_while_the_feed_lives_is_not_met_and_has_no_value():
    flow = of(share("done", "base")).person("ann", QUARTER).flow()
    assert (flow.state, flow.value, flow.ratio) == (NOT_MET, None, None)


def test_a_value_stands_for_so_many_occurrences():
    flow = of(share()).person("ann", [1], times=Fraction(5, 2)).did("ann", [1], "other").flow()
    assert flow.value == Fraction(5, 7)


def test_events_outside_weeks_in_seat_are_in_no_sum():
    flow = of(share()).person("ann", [1, 2, 3], start=week(2) + timedelta(days=1)).flow()
    assert flow.ratio.denominator == 1


# ---- frequency ------------------------------------------------------------------------------------------------------


def test_a_frequency_is_weeks_in_seat_that_reach_the_count():
    case = of(frequency(2)).person("ann", range(1, 11), times=2).did("ann", [11]).person("bob", start=week(11))
    flow = case.flow()
    assert (flow.ratio.numerator, flow.ratio.denominator, flow.unit) == (10, 16, "weeks in seat")


def test_a_frequency_without_any_event_is_not_met_with_a_value_of_nought():
    flow = of(frequency()).person("ann").on("ann", week(2), "whatever").flow()
    assert (flow.state, flow.value) == (NOT_MET, 0)


# ---- states ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [share(), frequency(), chain(), milestone(14), ready_made()])
def test_not_applicable_goes_before_no_data(measure):
    assert of(measure).flow().state is NOT_APPLICABLE


@pytest.mark.parametrize("measure", [share(), frequency(), chain()])
def test_a_silent_feed_is_no_data(measure):
    flow = of(measure).person("ann", [-3]).flow()
    assert (flow.state, flow.value, flow.ratio) == (NO_DATA, None, None)


def test_only_met_and_not_met_are_measurable():
    flows = (workflow(share()), workflow(share("x", "y"), name="b"), workflow(milestone(), name="c"))
    depth = Case(persona(*flows, workflow(ready_made(), name="d"))).person("ann", QUARTER).score().depth
    assert (depth.met, depth.measurable, depth.no_data, depth.not_applicable) == (1, 2, 1, 1)


# ---- milestones -----------------------------------------------------------------------------------------------------


def started(day, *reached, within=14, end=None):
    case = of(milestone(within)).person("ann", QUARTER).person("new", start=day, end=end)
    for at in reached:
        case.on("new", at)
    return case


def test_the_start_day_is_day_one_and_the_window_closes_with_day_n():
    start = week(3) + timedelta(days=2)
    assert started(start, start + timedelta(days=13)).flow().value == 1
    assert started(start, start + timedelta(days=14)).flow().value == 0
    assert started(start, start - timedelta(days=1)).flow().value == 0


def test_a_window_counts_in_the_period_that_holds_its_last_day():
    assert started(week(1) - timedelta(days=13)).flow().state is NOT_MET
    assert started(week(1) - timedelta(days=14)).flow().state is NOT_APPLICABLE
    assert started(week(14) - timedelta(days=14)).flow().state is NOT_MET
    assert started(week(14) - timedelta(days=13)).flow().state is NOT_APPLICABLE


def test_a_window_that_begins_before_the_data_is_no_window():
    case = started(week(1) - timedelta(days=5))
    assert case.flow(data_start=week(1) - timedelta(days=4)).state is NOT_APPLICABLE
    assert case.flow(data_start=week(1) - timedelta(days=5)).state is NOT_MET


def test_who_left_before_the_window_closed_is_on_neither_side():
    start = week(3)
    assert started(start, start, end=start + timedelta(days=12)).flow().state is NOT_APPLICABLE
    assert started(start, start, end=start + timedelta(days=13)).flow().value == 1


def test_those_who_reached_it_with_their_window_still_open_are_told_beside():
    flow = started(week(13), week(13) + timedelta(days=1)).flow()
    assert (flow.state, flow.early) == (NOT_APPLICABLE, 1)


def test_every_step_must_be_reached_and_occurrences_add_up():
    case = of(milestone(14, made=1, enrolled=20)).person("ann", QUARTER).person("new", start=week(3))
    case.on("new", week(3), "made").on("new", week(3), "enrolled", 12)
    assert case.flow().value == 0
    assert case.on("new", week(4), "enrolled", 8).flow().value == 1


def test_without_a_start_date_the_first_event_opens_the_window():
    case = of(milestone(7)).person("ann", QUARTER).person("new", start=None).on("new", week(3), "hello")
    assert case.flow().ratio.denominator == 1


def test_neither_start_nor_event_is_in_no_milestone():
    flow = of(milestone(7)).person("ann", QUARTER).person("new", start=None).flow()
    assert flow.state is NOT_APPLICABLE


def test_a_milestone_runs_from_the_first_start_of_one_who_came_back():
    from qbrgen.define.model.people import Seat

    seats = [Seat("reps", week(-5), week(-3)), Seat("reps", week(3), None)]
    assert of(milestone(14)).person("ann", QUARTER).person("b", seats=seats).flow().state is NOT_APPLICABLE


# ---- chains ---------------------------------------------------------------------------------------------------------


def chained(*moments, within=3, events="first then", **person):
    """Moments as (day after Monday of week 5, event)."""
    case = of(chain(events, within), target="1%").person("ann", **person)
    for hour, (after, event) in enumerate(moments):
        case.on("ann", week(5) + timedelta(days=after), event, hour=hour)
    return case.flow().ratio.numerator


def test_a_chain_is_its_events_in_order_within_its_days():
    assert chained((0, "first"), (2, "then")) == 1
    assert chained((0, "first"), (3, "then")) == 0
    assert chained((0, "then"), (1, "first")) == 0


def test_a_chain_counts_in_the_week_of_its_last_event():
    flow = of(chain(within=9)).person("ann").on("ann", week(5), "first").on("ann", week(6), "then").flow()
    assert [point.week for point in flow.weekly if point.numerator] == [week_of(week(6))]


def test_each_event_serves_one_chain_the_oldest_that_still_fits_first():
    case = of(chain("first then", 3, times=2), "1%").person("ann")
    for day, event in ((0, "first"), (1, "first"), (2, "then"), (3, "then")):
        case.on("ann", week(5) + timedelta(days=day), event)
    assert case.flow().ratio.numerator == 1
    assert case.on("ann", week(5) + timedelta(days=3), "then").flow().ratio.numerator == 1
    late = of(chain("first then", 2, times=2), "1%").person("ann")
    for day, event in ((0, "first"), (1, "first"), (2, "then"), (2, "then")):
        late.on("ann", week(5) + timedelta(days=day), event)
    assert late.flow().ratio.numerator == 0


def test_the_last_event_lies_in_a_week_in_seat_and_the_earlier_ones_on_days_held():
    start = week(4) + timedelta(days=2)
    joined = of(chain(within=9), "1%").person("ann", start=start)
    assert joined.on("ann", start, "first").on("ann", week(5), "then").flow().ratio.numerator == 1
    before = of(chain(within=9), "1%").person("ann", start=start)
    before.on("ann", start - timedelta(days=1), "first").on("ann", week(5), "then")
    assert before.flow().ratio.numerator == 0
    ended = of(chain(within=9), "1%").person("ann", start=start).on("ann", start, "first")
    assert ended.on("ann", start + timedelta(days=1), "then").flow().ratio.numerator == 0


def test_one_person_does_the_whole_chain():
    case = of(chain(), "1%").person("ann").person("bob").on("ann", week(5), "first").on("bob", week(5), "then")
    assert case.flow().ratio.numerator == 0


# ---- ready-made values ----------------------------------------------------------------------------------------------


def valued(combine):
    case = of(ready_made(combine)).person("ann", QUARTER)
    case.value(week(3), week(4) - timedelta(days=1), 0.5, 5, 10)
    return case.value(week(2), week(3) - timedelta(days=1), 0.9, 27, 30).flow()


def test_several_values_become_one_by_the_stated_rule():
    assert valued(Combine.LAST).value == Fraction(1, 2)
    assert valued(Combine.MEAN).value == Fraction(7, 10)
    assert valued(Combine.RATIO).value == Fraction(4, 5)


def test_a_ready_made_value_is_read_as_it_was_written():
    flow = of(ready_made()).person("ann", QUARTER).value(week(3), week(3), 0.7).flow()
    assert (flow.value, flow.state, flow.ratio, flow.unit) == (Fraction(7, 10), MET, None, "")


def test_a_weekly_value_belongs_to_the_week_that_shares_most_of_its_days():
    def day(after):
        return week(1) - timedelta(days=7) + timedelta(days=after)

    in_it = of(ready_made()).person("ann", QUARTER).value(day(4), day(10), 0.9).flow()
    before = of(ready_made()).person("ann", QUARTER).value(day(3), day(9), 0.9).flow()
    assert (in_it.state, before.state) == (MET, NO_DATA)


# ---- what is told beside --------------------------------------------------------------------------------------------


def test_the_quarter_before_is_counted_by_todays_definition():
    flow = of(share()).person("ann", BOTH_QUARTERS).did("ann", range(-12, 1), "other").flow()
    assert (flow.value, flow.previous, flow.previous_ratio.denominator) == (1, Fraction(1, 2), 26)


def test_the_quarter_before_is_counted_over_those_in_seat_in_both():
    case = of(share()).person("ann", BOTH_QUARTERS, times=8).did("ann", BOTH_QUARTERS, "other", 2)
    for gone in ("ben", "cat"):
        case.person(gone, end=week(1) - timedelta(days=1)).did(gone, range(-12, 1), "other", 40)
    flow = case.flow()
    assert (flow.value, flow.previous, flow.previous_reported) == (Fraction(4, 5), Fraction(4, 5), Fraction(8, 90))


def test_the_quarter_before_is_told_once_where_the_same_people_were_there():
    assert of(share()).person("ann", BOTH_QUARTERS).flow().previous_reported is None


def test_with_nobody_in_seat_in_both_quarters_only_the_figure_of_the_time_is_known():
    case = of(share()).person("ann", QUARTER, start=week(1))
    flow = case.person("gone", range(-12, 1), end=week(1) - timedelta(days=1)).flow()
    assert (flow.previous, flow.previous_ratio, flow.previous_reported) == (None, None, 1)
    assert case.score().depth.previous is None


def test_workflows_on_target_before_are_of_those_measurable_now_and_then():
    late = persona(workflow(share("late", "late")), name="leads")
    case = Case(persona(workflow(share())), late).person("ann", BOTH_QUARTERS)
    case.person("gone", range(-12, 1), end=week(1) - timedelta(days=1), event="late", role="leads")
    assert case.score().depth.previous == (1, 1)


def test_the_weekly_series_spans_both_quarters_and_adds_up():
    flow = of(share()).person("ann", BOTH_QUARTERS).did("ann", [3], "other", 4).flow()
    assert len(flow.weekly) == 26
    assert sum(point.denominator for point in flow.weekly[13:]) == flow.ratio.denominator


def test_below_since_is_the_monday_from_which_the_figure_so_far_stays_below_target():
    case = of(share()).person("ann", range(1, 9), times=1).did("ann", range(9, 14), "other", 4)
    assert case.flow().below_since == week(9)
    # one good week at the end that does not lift the figure is no new beginning
    assert case.did("ann", [13], "done", 20).flow().below_since == week(9)


def test_one_bad_week_at_the_end_is_the_beginning_of_nothing():
    case = of(share()).person("ann", QUARTER).did("ann", [13], "other", 20)
    assert (case.flow().state, case.flow().below_since) == (NOT_MET, None)


def test_below_target_in_the_quarter_before_too_is_since_that_began_at_least():
    case = of(share()).person("ann", BOTH_QUARTERS).did("ann", range(-12, 14), "other")
    case.did("ann", range(8, 13), "done", 2)  # on target for weeks, below it in both quarters
    flow = case.flow()
    assert (flow.state, flow.below_since, flow.below_at_least) == (NOT_MET, date(2026, 3, 30), True)


def test_below_target_all_quarter_after_one_on_target_is_since_the_quarter_began():
    flow = of(share()).person("ann", BOTH_QUARTERS).did("ann", QUARTER, "other").flow()
    assert (flow.below_since, flow.below_at_least) == (week(1), False)


def test_below_target_from_the_first_week_that_is_compared_is_since_then_at_least():
    flow = of(share()).person("ann", QUARTER).did("ann", QUARTER, "other").flow()
    assert (flow.below_since, flow.below_at_least) == (week(1), True)


def test_a_ready_made_value_has_its_sums_its_window_and_its_source_in_its_receipt():
    case = of(ready_made(Combine.RATIO)).person("ann", QUARTER)
    case.value(week(2), week(2) + timedelta(days=6), None, Fraction(90), Fraction(100))
    picture = case.value(week(5), week(5) + timedelta(days=6), None, Fraction(40), Fraction(100)).score()
    receipt = picture.receipt(picture.workflows[0].receipt)
    assert (receipt.numerator, receipt.denominator) == (130, 200)
    assert receipt.window == Span(week(2), week(5) + timedelta(days=6))
    facts = dict(receipt.rule_facts)
    assert (facts["source"], facts["rows"]) == ("Mailer", 2)


def test_a_mean_of_ready_made_values_has_no_sums_and_the_last_speaks_of_its_own_days():
    case = of(ready_made(Combine.MEAN)).person("ann", QUARTER).value(week(2), week(2), 0.9).value(week(5), week(5), 0.7)
    mean = case.score().receipt("workflow:reps/touches")
    assert (mean.numerator, mean.window) == (None, Span(week(2), week(5)))
    case = of(ready_made()).person("ann", QUARTER).value(week(2), week(2), 0.9).value(week(5), week(5), 0.7)
    assert case.score().receipt("workflow:reps/touches").window == Span(week(5), week(5))


def test_the_shortfall_names_the_fewest_people_who_account_for_it():
    case = of(share()).person("ann", [1], times=9).did("ann", [1], "other", 1)
    case.person("bob", [1], times=1).did("bob", [1], "other", 9)
    flow = case.person("joe", [1], times=6).did("joe", [1], "other", 4).flow()
    assert flow.shortfall == ("bob",)


def test_slower_rhythms_count_their_own_units():
    flow = of(frequency(), rhythm=Rhythm.MONTH).person("ann", [1, 13]).flow()
    assert (flow.ratio.numerator, flow.ratio.denominator, flow.unit) == (2, 3, "months in seat")
