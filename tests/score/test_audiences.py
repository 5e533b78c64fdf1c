"""Nothing internal is left in a picture that a customer's document is made from."""

from __future__ import annotations

import dataclasses
import inspect
from datetime import date
from decimal import Decimal

import pytest
from score_building import QUARTER, Case, frequency, impact, persona, share, week, workflow

from qbrgen import figures
from qbrgen.audience import Audience, declared_audience, redact
from qbrgen.figures import Money
from qbrgen.score import picture as pictures
from qbrgen.score import portfolio_picture as portfolios
from qbrgen.score.states import GapKind

CANARIES = (
    "person-canary",
    "Person-canary",
    "notes-canary",
    "leadership-canary",
    "segment-canary",
    "action-canary",
    "987654",
    "2027, 1, 31",
    "ghost-canary",
    "events.csv",
    "done-canary",
)


def whole(**more):
    """An account that has everything that a customer must not see."""
    flows = (workflow(share("done-canary", "done-canary base"), "90%"), workflow(frequency(1, "done-canary"), name="f"))
    case = Case(
        persona(*flows),
        arr=Money(Decimal(987654), "GBP"),
        renewal=date(2027, 1, 31),
        segment="segment-canary",
        notes="notes-canary",
        ask_of_leadership="leadership-canary",
        impacts=(impact(),),
        **more,
    )
    case.people(4, [1], name="person-canary", event="done-canary")
    for number in QUARTER:
        case.on("ghost-canary", week(number), "events-canary").did("person-canary0", [number], "base")
        case.logged_in("person-canary1", [number]).logged_in("person-canary2", [number])
        case.logged_in("person-canary3", [number]).logged_in("person-canary0", [number])
    return case.planned("reps", internal=True, owner="action-canary").score()


def test_the_whole_picture_holds_every_canary():
    text = repr(whole())
    assert [canary for canary in CANARIES if canary not in text] == []


def test_the_customers_picture_holds_none():
    text = repr(redact(whole(), Audience.CUSTOMER))
    assert [canary for canary in CANARIES if canary in text] == []


def test_the_customers_picture_has_no_internal_gap_action_standing_or_shortfall():
    seen, inside = redact(whole(), Audience.CUSTOMER), whole()
    assert {GapKind.MASKED, GapKind.UNKNOWN_PEOPLE} <= {gap.kind for gap in inside.gaps}
    assert all(gap.audience is Audience.CUSTOMER and gap.who == () and gap.action is None for gap in seen.gaps)
    assert (seen.actions, seen.standing, seen.arr, seen.renewal, seen.score) == ((), None, None, None, None)
    assert inside.score is not None
    hidden = {receipt.id for receipt in inside.receipts if receipt.audience is Audience.INTERNAL}
    assert "score" in hidden
    assert {receipt.id for receipt in inside.receipts} - {receipt.id for receipt in seen.receipts} == hidden
    assert all(flow.shortfall == () for flow in seen.workflows)
    assert inside.workflows[0].shortfall


def test_the_facts_themselves_are_the_same_for_both():
    seen, inside = redact(whole(), Audience.CUSTOMER), whole()
    assert (seen.breadth, seen.depth, seen.direction) == (inside.breadth, inside.depth, inside.direction)
    assert [flow.value for flow in seen.workflows] == [flow.value for flow in inside.workflows]


def test_names_stay_only_where_the_account_agreed_to_names():
    agreed = redact(whole(names_agreed=True), Audience.CUSTOMER)
    assert agreed.personas[0].people[0].shown_name == "Person-canary0"
    assert agreed.personas[0].people[0].id == agreed.personas[0].people[0].name == ""


@pytest.mark.parametrize("module", [pictures, portfolios, figures])
def test_every_field_of_every_picture_declares_who_may_see_it(module):
    found = [c for _, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == module.__name__]
    for cls in found:
        if dataclasses.is_dataclass(cls) and not getattr(cls, "__plain_value__", False):
            assert all(declared_audience(cls, field.name) for field in dataclasses.fields(cls)), cls


def test_every_field_of_a_portfolio_is_internal():
    for _, cls in inspect.getmembers(portfolios, inspect.isclass):
        if dataclasses.is_dataclass(cls) and cls.__module__ == portfolios.__name__:
            assert {declared_audience(cls, f.name) for f in dataclasses.fields(cls)} == {Audience.INTERNAL}
