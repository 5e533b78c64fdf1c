"""Who is active: every rule of method.md's "Active", and its fine print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from score_building import BOTH_QUARTERS, QUARTER, Case, chain, frequency, persona, ready_made, share, week, workflow

from qbrgen.define.model.people import Seat
from qbrgen.define.model.settings import Rules
from qbrgen.define.model.sources import Table
from qbrgen.errors import Location
from qbrgen.period import Rhythm, week_of
from qbrgen.score.account import score_account
from qbrgen.score.states import PersonState

ACTIVE, OCCASIONAL, LAPSED = PersonState.ACTIVE, PersonState.OCCASIONAL, PersonState.LAPSED
NOT_YET, NEW, AWAY, NO_DATA = PersonState.NOT_YET, PersonState.NEW, PersonState.AWAY, PersonState.NO_DATA


def state(weeks=(), **person):
    """The state of Ann; Bob keeps the feed alive."""
    return Case().person("bob", QUARTER).person("ann", weeks, **person).state("ann")


def test_active_in_ten_of_thirteen_weeks_but_not_in_nine():
    assert state(range(4, 14)) is ACTIVE
    assert state(range(5, 14)) is OCCASIONAL


def test_the_share_of_weeks_that_makes_active_is_a_setting():
    case = Case().person("ann", range(5, 14))
    case.world.rules = Rules(active_share=0.5)
    assert case.state("ann") is ACTIVE


def test_active_needs_one_of_the_last_two_weeks():
    assert state(range(1, 13)) is ACTIVE
    assert state(range(1, 12)) is OCCASIONAL


def test_lapsed_after_four_weeks_without_a_completion():
    assert state(range(1, 11)) is OCCASIONAL
    assert state(range(1, 10)) is LAPSED


def test_lapsed_also_when_the_last_completion_was_in_an_earlier_period():
    assert state([-8]) is LAPSED


def test_not_yet_active_without_any_completion_in_the_data():
    assert state() is NOT_YET


def test_new_with_fewer_than_four_weeks_in_seat_whatever_they_do():
    assert state(QUARTER, start=week(11)) is NEW
    assert state(start=week(11)) is NEW
    assert state(start=week(10)) is NOT_YET
    assert state(QUARTER, start=week(10)) is ACTIVE


def test_weeks_before_the_data_begin_count_towards_not_being_new():
    case = Case().person("ann", start=week(10)).person("bob", QUARTER)
    assert case.state("ann", data_start=week(12)) is NOT_YET


def test_the_week_of_joining_is_nobodys():
    assert state(start=week(10) + timedelta(days=1)) is NEW
    joined = Case().person("ann", [1], start=week(1) + timedelta(days=1)).reps().people[0]
    assert (joined.units_done, joined.units_in_seat) == (0, 12)


def test_who_holds_the_seat_in_the_last_full_week_is_in_the_roster_and_nobody_else():
    case = Case().person("ann", QUARTER).person("bob", QUARTER, end=week(13) + timedelta(days=3))
    reps = case.person("joe", start=week(13) + timedelta(days=1)).reps()
    assert [p.id for p in reps.people] == ["ann"]
    assert (reps.active, reps.counted, reps.leavers) == (1, 1, 1)


def test_a_leavers_work_stays_in_the_workflows_sums():
    flow = Case(persona(workflow(share()))).person("ann", [1]).person("bob", [1, 2], end=week(4)).flow()
    assert flow.ratio.denominator == 3


def test_a_closed_week_is_no_week_in_seat_and_takes_no_one_out():
    case = Case().person("ann", range(4, 13))
    assert case.state("ann") is OCCASIONAL
    case.world.closed = frozenset({week_of(week(13))})
    ann = case.reps().people[0]
    assert (ann.state, ann.units_done, ann.units_in_seat) == (ACTIVE, 9, 12)


def test_a_completion_in_a_closed_week_counts_nowhere():
    case = Case(persona(workflow(share()))).person("ann", [5])
    case.world.closed = frozenset({week_of(week(5))})
    assert case.state("ann") is NOT_YET
    assert case.flow().value is None


def test_an_absence_covers_monday_to_friday_or_the_week_counts():
    monday = week(13)
    away = Case().person("ann", range(1, 13), away=[(monday, monday + timedelta(days=4))]).reps().people[0]
    there = Case().person("ann", range(1, 13), away=[(monday, monday + timedelta(days=3))]).reps().people[0]
    assert (away.units_in_seat, there.units_in_seat) == (12, 13)


def test_two_absences_that_touch_cover_a_week_together():
    first, second = (week(13), week(13) + timedelta(days=1)), (week(13) + timedelta(days=2), week(13) + timedelta(4))
    assert Case().person("ann", away=[first, second]).reps().people[0].units_in_seat == 12


def test_last_four_and_last_two_are_weeks_in_seat_and_reach_back_over_an_absence():
    away = [(week(10), week(13) + timedelta(days=6))]
    assert state(range(1, 10), away=away) is ACTIVE
    assert state(range(-3, 6), away=away) is LAPSED


def test_last_four_reach_back_before_the_period():
    away = [(week(2), week(12) + timedelta(days=6))]
    assert state([-1, 13], away=away) is OCCASIONAL
    assert state([-1], away=away) is OCCASIONAL
    assert state([-2], away=away) is LAPSED


def test_no_week_in_seat_in_the_whole_period_is_counted_apart():
    reps = Case().person("bob", QUARTER).person("ann", [-5], away=[(week(-2), week(14))]).reps()
    assert reps.with_state(AWAY)[0].id == "ann"
    assert (reps.counted, reps.away) == (1, 1)


def test_coming_back_is_the_same_person():
    seats = [Seat("reps", date(2026, 1, 1), week(2)), Seat("reps", week(9), None)]
    ann = Case().person("ann", [-5, 9, 10, 11, 12, 13], seats=seats).reps().people[0]
    assert (ann.state, ann.units_done, ann.units_in_seat) == (ACTIVE, 5, 6)


def test_spells_that_touch_make_one_seat():
    seats = [Seat("reps", date(2026, 1, 1), week(2) + timedelta(days=2)), Seat("reps", week(2) + timedelta(days=3))]
    assert Case().person("ann", seats=seats).reps().people[0].units_in_seat == 13


def test_who_changes_persona_belongs_to_each_for_their_own_weeks():
    reps = persona(workflow(share(), name="touches"), name="reps")
    managers = persona(workflow(share(), name="reviews"), name="managers")
    seats = [Seat("reps", date(2026, 1, 1), week(5) + timedelta(days=6)), Seat("managers", week(6), None)]
    picture = Case(reps, managers).person("ann", QUARTER, seats=seats).score()
    assert [p.id for p in picture.personas[1].people] == ["ann"]
    assert picture.personas[0].people == ()
    assert [w.ratio.denominator for w in picture.workflows] == [5, 8]


def test_without_a_start_date_the_first_event_of_any_name_is_the_start():
    case = Case().person("ann", start=None).on("ann", week(5) + timedelta(days=1), "opened settings")
    ann = case.reps().people[0]
    assert (ann.state, ann.units_in_seat, ann.start_assumed) == (NOT_YET, 8, True)


def test_people_without_a_start_date_are_told_by_the_receipts():
    case = Case().person("ann", QUARTER, start=None).person("bob", QUARTER).person("ghost", start=None)
    picture = case.score()
    for receipt in (picture.receipt("people"), picture.receipt("persona:reps")):
        facts = dict(receipt.rule_facts)
        assert (facts["start_assumed"], facts["start_unknown"]) == (1, 1)
    assert "start_assumed" not in dict(Case().person("ann", QUARTER).score().receipt("people").rule_facts)


def test_a_slower_persona_says_the_days_of_its_own_units():
    reps = Case(persona(rhythm=Rhythm.TWO_WEEKS)).person("ann", QUARTER).reps()
    assert reps.window.first == week(0)


def test_the_receipts_of_an_account_with_a_list_of_its_own_name_that_file():
    case = Case().person("ann", QUARTER)
    definitions = case.world.definitions()
    table = Table(Path("data/people.csv"), {}, Location("qbrgen.yml"))
    sources = replace(definitions.settings.sources, people=(table,))
    definitions = replace(definitions, settings=replace(definitions.settings, sources=sources))
    own = replace(definitions, where={"account/acme/people": Location("accounts/acme.yml", 7)})

    def files(given):
        return score_account(given, case.world.counts(), "acme", case.world.chosen()).receipt("people").sources

    assert files(definitions) == ("data/events.csv", "data/people.csv")
    assert files(own) == ("data/events.csv", "accounts/acme.yml")


def test_neither_start_nor_event_is_in_seat_since_the_data_begin():
    ann = Case().person("bob", QUARTER).person("ann", start=None).reps().with_state(NOT_YET)[0]
    assert (ann.units_in_seat, ann.start_assumed) == (13, True)


def test_a_completion_outside_weeks_in_seat_counts_for_no_state():
    assert state([2, 3], start=week(5)) is NOT_YET


def test_denominators_ready_made_values_and_half_chains_complete_nothing():
    flows = (workflow(share("done", "done manual")), workflow(chain(), name="c"), workflow(ready_made(), name="v"))
    case = Case(persona(*flows)).person("bob", QUARTER).person("ann", QUARTER, event="manual")
    case.did("ann", QUARTER, event="first")
    assert case.state("ann") is NOT_YET


def test_one_occurrence_below_the_count_still_makes_a_week_active():
    case = Case(persona(workflow(frequency(3)))).person("ann", QUARTER)
    assert case.state("ann") is ACTIVE
    assert case.flow().value == 0


def test_a_silent_feed_leaves_every_state_without_data():
    picture = Case().person("ann", [-5, -4]).score()
    assert picture.feed_silent
    assert [p.state for p in picture.personas[0].people] == [NO_DATA]
    assert (picture.breadth.active, picture.breadth.counted, picture.breadth.personas_counted) == (0, 0, 0)
    assert picture.feed_last == week(-4) + timedelta(days=2)


def test_an_event_of_any_name_by_anyone_keeps_the_feed_alive():
    picture = Case().person("ann").on("stranger", week(3), "whatever").score()
    assert not picture.feed_silent
    assert picture.personas[0].people[0].state is NOT_YET


def test_a_persona_is_active_when_its_own_target_is_reached_without_the_new_ones():
    case = Case(persona(target="50%")).people(1, QUARTER).people(1, name="q").person("new", start=week(12))
    assert case.reps().is_active is True
    assert case.person("r").reps().is_active is False


def test_a_persona_with_no_one_to_count_is_on_neither_side():
    case = Case(persona(), persona(name="managers")).person("ann", QUARTER)
    picture = case.person("new", start=week(12), role="managers").score()
    assert picture.personas[1].is_active is None
    breadth = picture.breadth
    assert (breadth.personas_active, breadth.personas_counted, breadth.personas, breadth.new) == (1, 1, 2, 1)


def test_every_week_only_when_true_of_every_active_person():
    assert Case().people(2, QUARTER).reps().every_unit
    reps = Case().people(2, QUARTER).person("ann", range(3, 14)).reps()
    assert not reps.every_unit
    assert reps.least_done == (11, 13)


def test_every_week_is_said_of_no_one_when_no_one_is_active():
    reps = Case().people(2).person("ann", [1]).reps()
    assert not reps.every_unit
    assert reps.least_done is None


def test_names_are_shown_only_when_the_account_agreed():
    assert Case().person("ann", QUARTER).reps().people[0].shown_name is None
    assert Case(names_agreed=True).person("ann", QUARTER).reps().people[0].shown_name == "Ann"


def test_since_is_the_week_of_the_last_completion_or_the_start():
    people = Case().person("bob", QUARTER).person("ann", [2, 5]).person("joe", start=date(2026, 5, 4)).reps().people
    assert [p.since for p in people] == [week(13), week(5), date(2026, 5, 4)]


def test_an_as_of_date_within_the_period_ends_it_with_its_last_full_week():
    picture = Case().person("ann", QUARTER).score(as_of=week(9) + timedelta(days=3))
    ann = picture.personas[0].people[0]
    assert (ann.units_done, ann.units_in_seat) == (8, 8)
    assert picture.window.last == week(9) - timedelta(days=1)


# ---- slower rhythms -------------------------------------------------------------------------------------------------


def test_two_week_units_are_pairs_counted_from_the_first_monday_of_1970():
    ann = Case(persona(rhythm=Rhythm.TWO_WEEKS)).person("ann", range(1, 14, 2)).reps().people[0]
    # week 1 is the second of its pair: the pair began before the period and belongs to it
    assert week_of(week(1)) % 2 == 1
    assert (ann.units_done, ann.units_in_seat) == (7, 7)


def test_the_last_week_of_a_period_may_begin_a_pair_that_belongs_to_the_next():
    reps = Case(persona(rhythm=Rhythm.TWO_WEEKS)).person("ann", [13]).reps(period="2026-Q2", as_of=week(13))
    units = [point.week for point in reps.weekly]
    assert units[-1] == week_of(week(-2))


def test_months_are_the_weeks_whose_thursday_lies_in_them():
    reps = Case(persona(rhythm=Rhythm.MONTH)).person("ann", [1, 6, 13]).reps()
    assert (reps.people[0].units_done, reps.people[0].units_in_seat) == (3, 3)
    assert reps.people[0].state is ACTIVE


def test_four_months_in_seat_before_one_is_not_new():
    months = persona(rhythm=Rhythm.MONTH)
    assert Case(months).person("ann", QUARTER, start=date(2026, 6, 1)).state("ann") is ACTIVE
    assert Case(months).person("ann", QUARTER, start=date(2026, 6, 2)).state("ann") is NEW


def test_a_slower_unit_is_out_only_when_all_its_weeks_are_closed_or_absent():
    pair = persona(rhythm=Rhythm.TWO_WEEKS)
    half = Case(pair).person("ann", away=[(week(2), week(2) + timedelta(days=6))]).reps().people[0]
    whole = Case(pair).person("ann", away=[(week(2), week(2) + timedelta(days=6))])
    whole.world.closed = frozenset({week_of(week(3))})
    assert (half.units_in_seat, whole.reps().people[0].units_in_seat) == (7, 6)


# ---- the quarter before ---------------------------------------------------------------------------------------------


def test_the_quarter_before_is_told_over_people_counted_in_both():
    case = Case().people(3, BOTH_QUARTERS).people(2, QUARTER, name="q").person("ann", QUARTER, start=week(3))
    before = case.person("gone", BOTH_QUARTERS, end=week(2)).reps().previous
    assert (before.active_then, before.active_now, before.both) == (3, 5, 5)
    assert before.as_reported == (4, 6)


def test_everyone_of_the_time_is_told_though_one_group_has_nobody_in_both_quarters():
    case = Case(persona(), persona(name="leads")).person("ann", BOTH_QUARTERS)
    case.person("gone", BOTH_QUARTERS, end=week(1) - timedelta(days=1), role="leads")
    before = case.person("new", QUARTER, start=week(1), role="leads").score().breadth.previous
    assert (before.active_then, before.active_now, before.both, before.as_reported) == (1, 1, 1, (2, 2))


def test_the_quarter_before_is_told_once_where_the_roster_is_the_same():
    before = Case().people(3, BOTH_QUARTERS).reps().previous
    assert (before.active_then, before.both, before.as_reported) == (3, 3, None)


@pytest.mark.parametrize(("weeks_known", "told"), [(8, True), (7, False)])
def test_a_quarter_before_of_fewer_than_eight_weeks_in_the_data_is_not_compared(weeks_known, told):
    picture = Case().people(3, BOTH_QUARTERS).score(data_start=week(1 - weeks_known))
    assert (picture.previous_period is not None) is told
    assert (picture.breadth.previous is not None) is told


def test_a_silent_quarter_before_is_no_data_and_compares_with_nothing():
    picture = Case().people(3, QUARTER).score()
    assert picture.previous_period is None
    assert picture.breadth.previous is None
    assert len(picture.personas[0].weekly) == 13


def test_the_receipt_of_all_people_spans_everything_that_was_counted():
    slow = persona(workflow(frequency()), name="leads", rhythm=Rhythm.TWO_WEEKS)
    picture = Case(persona(), slow).person("ann", QUARTER).person("bea", QUARTER, role="leads").score()
    windows = [picture.receipt(f"persona:{name}").window for name in ("reps", "leads")]
    window = picture.receipt("people").window
    assert (window.first, window.last) == (min(w.first for w in windows), max(w.last for w in windows))
    assert windows[0].first != windows[1].first
