"""Standings and the portfolio: totals in one currency only, the ten that need attention, worst renewals first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from score_building import BOTH_QUARTERS, QUARTER, Case, World, frequency, milestone, persona, share, week, workflow

from qbrgen.audience import Audience, redact
from qbrgen.define.model.settings import Rules
from qbrgen.figures import Money
from qbrgen.period import latest_complete
from qbrgen.score.account import score_account, score_accounts
from qbrgen.score.portfolio import portfolio
from qbrgen.score.states import GapKind, Standing


def standing(case):
    return case.score().standing


def test_every_persona_active_and_enough_workflows_on_target_is_real_adoption():
    assert standing(Case().people(4, BOTH_QUARTERS)) is Standing.REAL


def test_too_few_workflows_on_target_is_partial_adoption():
    flows = [workflow(frequency(times), name=f"w{times}") for times in (1, 2, 3)]
    case = Case(persona(*flows)).people(4, BOTH_QUARTERS)
    assert standing(case) is Standing.PARTIAL
    case.world.rules = Rules(real_adoption_depth=Rules().real_adoption_depth / 2)
    assert standing(case) is Standing.REAL


def test_one_persona_not_active_is_partial_adoption():
    case = Case(persona(), persona(name="managers")).people(4, BOTH_QUARTERS).people(2, name="m", role="managers")
    assert standing(case) is Standing.PARTIAL


def test_no_persona_active_a_silent_feed_or_shrinking_is_at_risk():
    shrinking = Case(persona(target="0%"))
    for index in range(6):
        shrinking.person(f"p{index}", [*range(-12, 1), *range(1 + index, 14, 4)])
    assert standing(Case().people(4, [2])) is Standing.AT_RISK
    assert standing(Case().people(4, [-2])) is Standing.AT_RISK
    assert standing(shrinking) is Standing.AT_RISK


def test_nobody_to_count_and_nothing_to_measure_cannot_be_said():
    assert standing(Case().on("ghost", week(3))) is Standing.UNKNOWN


def test_workflows_on_target_with_no_one_to_count_cannot_be_said_either():
    everyone_new = Case().people(3, [12, 13], start=week(12))
    picture = everyone_new.score()
    assert (picture.depth.met, picture.breadth.personas_counted) == (1, 0)
    assert picture.standing is Standing.UNKNOWN


def test_active_people_without_a_measurable_workflow_cannot_be_said_either():
    starts = Case(persona(workflow(milestone(14, done=1)))).people(3, QUARTER)
    assert standing(starts) is Standing.UNKNOWN


# ---- the portfolio --------------------------------------------------------------------------------------------------


@pytest.fixture
def book():
    """Four accounts: real, partial, at risk and soon to renew, silent."""
    world = World()
    pounds = {"arr": Money(Decimal(100), "GBP"), "owner": "Priya", "segment": "mid"}
    Case(account="oak", world=world, renewal=date(2026, 12, 31), **pounds).people(4, BOTH_QUARTERS)
    elm = Case(persona(workflow(share(), "90%")), account="elm", world=world, owner="Priya", renewal=date(2026, 10, 31))
    elm.people(4, BOTH_QUARTERS).did("p0", QUARTER, "other", 9)
    Case(account="ash", world=world, renewal=date(2027, 2, 28), **pounds).people(4, [3])
    dollars = {"arr": Money(Decimal(70), "USD"), "owner": "", "segment": "large"}
    Case(account="fir", world=world, renewal=date(2028, 1, 1), **dollars).people(4, [-3])
    return world


def made(world, **more):
    return portfolio(world.score(), {"bad": "no people"}, **more)


def test_amounts_are_summed_within_one_currency_and_accounts_without_any_are_said(book):
    total = made(book).total
    assert (total.accounts, total.without_arr) == (4, 1)
    assert total.arr == (Money(Decimal(200), "GBP"), Money(Decimal(70), "USD"))


def test_an_account_that_had_not_begun_is_no_risk_and_is_not_counted_in_the_quarter_before(book):
    book.period = "2026-Q2"
    before = book.score()
    book.period = "2026-Q3"
    assert [name for name, picture in before.items() if picture.not_started] == ["ash"]
    assert before["ash"].standing is Standing.UNKNOWN
    standings = made(book, previous=before).previous_by_standing
    assert [entry.total.accounts for entry in standings if entry.standing is Standing.UNKNOWN] == [0]


def test_totals_by_standing_owner_and_segment_add_up(book):
    found = made(book)
    assert sum(entry.total.accounts for entry in found.by_standing) == 4
    assert found.of(Standing.AT_RISK).accounts == 2
    assert [(group.name, group.total.accounts) for group in found.by_owner] == [("Priya", 3), ("", 1)]
    assert [(group.name, group.total.accounts) for group in found.by_segment] == [("large", 1), ("mid", 2), ("", 1)]
    for group in (*found.by_owner, *found.by_segment):
        assert sum(entry.total.accounts for entry in group.by_standing) == group.total.accounts


def test_arr_at_risk_that_renews_within_two_quarters_is_told(book):
    found = made(book)
    assert found.renewing_until == date(2027, 3, 27)
    assert found.renewing_at_risk.arr == (Money(Decimal(100), "GBP"),)


def test_worst_renewals_come_first(book):
    assert [row.id for row in made(book).rows] == ["ash", "elm", "fir", "oak"]


def test_attention_has_its_reasons_and_leaves_out_real_adoption(book):
    found = made(book).attention
    assert [entry.row.id for entry in found] == ["ash", "elm", "fir"]
    assert found[0].reasons[:2] == (GapKind.FEED_STOPPED, GapKind.LAPSED)
    assert found[2].reasons[0] is GapKind.FEED_SILENT
    assert all(entry.unplanned for entry in found)


def test_no_more_than_ten_need_attention_on_page_one():
    world = World()
    for number in range(14):
        Case(account=f"a{number}", world=world).people(4, [3])
    found = made(world)
    assert (len(found.attention), len(found.rows)) == (10, 14)


def test_those_set_aside_are_told_with_their_reason(book):
    assert made(book).set_aside == (("bad", "no people"),)


def test_the_quarter_before_may_stand_beside(book):
    book.period = "2026-Q2"
    before = book.score()
    book.period = "2026-Q3"
    standings = made(book, previous=before).previous_by_standing
    assert sum(entry.total.accounts for entry in standings) == 3  # ash had not begun


def test_a_portfolio_of_nothing_is_empty_and_one_of_redacted_pictures_is_refused(book):
    assert portfolio({}, {}).rows == ()
    seen = {name: redact(picture, Audience.CUSTOMER) for name, picture in book.score().items()}
    with pytest.raises(ValueError, match="whole pictures"):
        portfolio(seen, {})


# ---- the way in -----------------------------------------------------------------------------------------------------


def test_one_account_alone_is_scored_as_among_all(book):
    definitions, counts, period = book.definitions(), book.counts(), book.chosen()
    every = score_accounts(definitions, counts, period)
    assert score_account(definitions, counts, "elm", period) == every["elm"]
    assert list(score_accounts(definitions, counts, period, ["oak", "nobody"])) == ["oak"]
    with pytest.raises(KeyError):
        score_account(definitions, counts, "nobody", period)


def test_the_latest_complete_period_is_what_was_scored(book):
    assert latest_complete(book.as_of, 1) == book.chosen() == book.score()["oak"].period


def test_a_fiscal_year_that_starts_elsewhere_moves_the_period():
    case = Case().people(4, BOTH_QUARTERS)
    picture = case.score(fiscal_month=2, period="2027-Q2", as_of=date(2026, 8, 9))
    assert (picture.window.first, picture.window.last) == (date(2026, 5, 4), date(2026, 8, 2))


def test_a_picture_holds_what_the_account_is(book):
    book.accounts["oak"] = replace(book.accounts["oak"], draft=True, language="pl-PL", ask="Agree.")
    oak = book.score()["oak"]
    assert (oak.draft, oak.language, oak.ask, oak.vendor) == (True, "pl-PL", "Agree.", "Halyard")
