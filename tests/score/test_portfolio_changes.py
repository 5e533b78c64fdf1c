"""What a portfolio says of the quarter before, and of some owners and segments; against plain counts of these tests."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from score_building import BOTH_QUARTERS, QUARTER, Case, World, persona, share, workflow

from qbrgen.errors import InputError
from qbrgen.figures import Money
from qbrgen.score.portfolio import portfolio
from qbrgen.score.portfolio_choice import choice_of
from qbrgen.score.portfolio_picture import Shift
from qbrgen.score.states import Standing

BEFORE = range(-12, 1)


@pytest.fixture(scope="module")
def book():
    """Six accounts, of two currencies, some without ARR, owner, segment or renewal."""
    world = World()

    def account(name, weeks, money=None, **more):
        arr = Money(Decimal(money[0]), money[1]) if money else None
        return Case(account=name, world=world, arr=arr, **more).people(4, weeks)

    priya, tom = {"owner": "Priya Raman"}, {"owner": "Tom Whitfield"}
    account("down", [*BEFORE, 3], ("100.10", "GBP"), **priya, segment="Mid", renewal=date(2026, 12, 31))
    account("up", [-2, *QUARTER], ("70.20", "GBP"), **priya, segment="Small", renewal=date(2027, 1, 31))
    account("same", BOTH_QUARTERS, ("50.05", "USD"), **tom, segment="Mid")
    account("risk", [2], ("0.05", "GBP"), **tom, renewal=date(2027, 3, 1))
    account("late", QUARTER, None, owner="", segment="Mid")
    half = Case(persona(workflow(share(), "90%")), account="half", world=world, **tom)
    half.people(4, BOTH_QUARTERS).did("p0", QUARTER, "other", 9)
    return world


def scored(world, period):
    world.period = period
    return world.score()


@pytest.fixture(scope="module")
def quarters(book):
    then = scored(book, "2026-Q2")
    return scored(book, "2026-Q3"), then


@pytest.fixture(scope="module")
def made(quarters):
    now, then = quarters
    return portfolio(now, {}, then)


def test_every_total_is_the_plain_sum_of_its_accounts_in_both_quarters(quarters, made):
    now, then = quarters
    for pictures, told in ((now, made.by_standing), (then, made.previous_by_standing)):
        sums = defaultdict(lambda: defaultdict(Decimal))
        for name, picture in pictures.items():
            if picture.arr and not picture.not_started:
                sums[picture.standing][picture.arr.currency] += now[name].arr.amount
        for entry in told:
            assert {m.currency: m.amount for m in entry.total.arr} == dict(sums[entry.standing])
    soon = [p for p in now.values() if p.renewal and p.as_of < p.renewal <= made.renewing_until]
    for told, pictures in ((made.renewing_at_risk, now), (made.renewing_at_risk_before, then)):
        at_risk = [p for p in soon if pictures[p.id].standing is Standing.AT_RISK]
        assert told.accounts == len(at_risk) > 0
        assert sum(m.amount for m in told.arr) == sum(p.arr.amount for p in at_risk)


def test_cents_are_kept_and_currencies_stay_apart(made):
    assert made.total.arr == (Money(Decimal("170.35"), "GBP"), Money(Decimal("50.05"), "USD"))
    assert made.total.without_arr == 2


def test_who_moved_up_down_or_had_not_begun_is_told_once(quarters, made):
    now, then = quarters
    rank = {Standing.AT_RISK: 0, Standing.PARTIAL: 1, Standing.REAL: 2}
    moved = {each.row.id: each.shift for each in made.changes.moved}
    for name in now:
        before, after = then[name].standing, now[name].standing
        if then[name].not_started:
            assert moved[name] is Shift.BEGUN
        elif before is after:
            assert name not in moved
        elif {before, after} <= rank.keys():
            assert moved[name] is (Shift.UP if rank[after] > rank[before] else Shift.DOWN)
    assert (moved["down"], moved["up"], moved["late"]) == (Shift.DOWN, Shift.UP, Shift.BEGUN)
    assert len(moved) + made.changes.same == len(now)


def test_a_gap_is_new_where_the_quarter_before_had_none_of_its_key(quarters, made):
    now, then = quarters
    new = {each.row.id: set(each.keys) for each in made.changes.gaps}
    assert "late" not in new
    for name, keys in new.items():
        assert keys == {g.key for g in now[name].gaps} - {g.key for g in then[name].gaps}
    assert new["down"]
    gone = {n: {g.key for g in then[n].gaps} - {g.key for g in now[n].gaps} for n in now if n not in ("late", "risk")}
    assert made.changes.closed == sum(map(len, gone.values()))


def test_without_the_quarter_before_there_are_no_changes(quarters):
    assert portfolio(quarters[0], {}).changes is None


# ---- some owners and segments ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owners", "segments", "accounts"),
    [
        ((), (), {"down", "up", "same", "risk", "late", "half"}),
        (("priya raman ",), (), {"down", "up"}),
        (("Priya Raman", "Tom Whitfield"), ("Mid",), {"down", "same"}),
        ((), ("small", "MID"), {"down", "up", "same", "late"}),
    ],
)
def test_a_choice_takes_accounts_of_any_of_the_owners_and_any_of_the_segments(quarters, owners, segments, accounts):
    now, then = quarters
    found = portfolio(now, {}, then, choice=choice_of(now, owners, segments))
    assert {row.id for row in found.rows} == accounts
    assert found.total.accounts == len(accounts)
    assert {each.row.id for each in found.changes.moved} <= accounts
    assert sum(group.total.accounts for group in found.by_owner) == len(accounts)
    assert found.choice.among == 6


@pytest.mark.parametrize(
    ("owners", "segments", "told"),
    [
        (("Tom",), (), "Did you mean 'Tom Whitfield'?"),
        (("Pria Raman",), (), "Did you mean 'Priya Raman'?"),
        ((), ("Middle",), "The segments there are: Mid, Small."),
        (("Priya Raman",), ("Mid", "Smal"), "Did you mean 'Small'?"),
        (("Tom Whitfield",), ("Small",), "Leave out --owner or --segment."),
    ],
)
def test_an_owner_or_a_segment_that_no_account_has_is_told_with_the_nearest(quarters, owners, segments, told):
    with pytest.raises(InputError) as caught:
        choice_of(quarters[0], owners, segments)
    assert told in " ".join(finding.fix for finding in caught.value.findings)
