"""What a review promises, which review is looked back at, and the list of what became of its promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from delivering import EARLIER
from promising import ACTION, KEPT, MISSED, deliver, look_back, plan, promised_of, reps
from score_building import BOTH_QUARTERS, Case, chain, frequency, milestone, persona, share, week, workflow

from qbrgen.audience import Audience, redact
from qbrgen.score.commitment import CommitmentKind, CommitmentState

# ---- what is promised -----------------------------------------------------------------------------------------------


def test_a_review_promises_every_target_that_can_be_judged_met_or_not() -> None:
    case = Case(persona(workflow(share(), "99%"), workflow(milestone(), name="start")))
    case.people(2, BOTH_QUARTERS).did("p0", BOTH_QUARTERS, "other")
    promised = deliver(case.world).promised
    assert promised is not None
    assert promised.targets == ("reps", "reps/touches")


def test_a_review_promises_open_actions_that_have_an_owner_and_a_date() -> None:
    undated, unowned = replace(ACTION, id="a", due=None), replace(ACTION, id="b", owner="")
    done, later = replace(ACTION, id="c", done_on=date(2026, 6, 1)), replace(ACTION, id="d", done_on=date(2026, 9, 2))
    promised = deliver(plan(ACTION, undated, unowned, done, later).world).promised
    assert promised is not None
    assert [each.id for each in promised.actions] == ["clinic", "d"]


def test_an_action_without_an_id_of_its_own_is_not_lost_behind_another_of_the_same_id() -> None:
    case = plan(replace(ACTION, id="action-2"), replace(ACTION, id="action-2", action="Send the list"))
    found = promised_of(look_back(case.world, deliver(case.world)))
    assert {each.name for each in found.values() if each.kind is CommitmentKind.ACTION} == {
        "Hold a clinic",
        "Send the list",
    }
    assert not any(each.dropped for each in found.values())


def test_without_a_record_or_with_one_that_says_nothing_there_are_no_commitments() -> None:
    case = reps()
    assert case.score().commitments is None
    assert look_back(case.world, replace(deliver(case.world), promised=None)).commitments is None


# ---- which review ---------------------------------------------------------------------------------------------------


def test_the_latest_review_before_the_period_is_taken_however_old_and_never_the_periods_own() -> None:
    case = reps()
    record = deliver(case.world)
    old = replace(record, period="2025-Q4")
    older = replace(record, period="2025-Q1", promised=None)
    own = replace(record, period="2026-Q3", promised=None)
    found = look_back(case.world, older, old, own).commitments
    assert found is not None
    assert (found.period.name, found.recorded_on) == ("2025-Q4", record.recorded_on)
    assert look_back(case.world, own).commitments is None


# ---- the whole ------------------------------------------------------------------------------------------------------


def test_the_missed_ones_come_first_then_those_not_measurable_not_due_and_kept() -> None:
    case = Case(
        persona(workflow(share(), "50%"), workflow(share(), "99%", "hard"), workflow(milestone(), name="start")),
        actions=(replace(ACTION, due=date(2026, 11, 1)),),
    )
    case.people(3, BOTH_QUARTERS).did("p0", BOTH_QUARTERS, "other").person("joined", EARLIER, start=week(-10))
    record = deliver(case.world)
    found = look_back(case.world, record).commitments
    assert found is not None
    states = [each.state for each in found.all]
    assert states == sorted(states, key=list(CommitmentState).index)
    assert set(states) == set(CommitmentState)
    assert len(found.due) == len(found.of(KEPT)) + len(found.of(MISSED))


def test_each_commitment_has_a_receipt_with_its_rule_and_the_customers_has_no_people_events_or_files() -> None:
    case = plan(ACTION, replace(ACTION, id="quiet", internal=True))
    picture = look_back(case.world, deliver(case.world))
    assert picture.commitments is not None
    for each in picture.commitments.all:
        receipt = picture.receipt(each.receipt)
        assert receipt.id == f"commitment:{each.kind}/{each.id}"
        facts = dict(receipt.rule_facts)
        assert facts["promised_in"] == "2026-Q2"
        assert facts.get("target") == each.target
        assert receipt.audience is each.audience
    flow = picture.receipt("commitment:workflow/reps/touches")
    assert (flow.rule, flow.numerator, flow.denominator) == ("share", 39, 52)
    assert flow.people == ("p0", "p1", "p2", "slow")
    assert flow.events == (("done", 39), ("other", 13))
    assert picture.receipt("commitment:people/reps").people == ("p0", "p1", "p2", "slow")
    shown = redact(picture, Audience.CUSTOMER)
    assert shown.commitments is not None
    assert [each.id for each in shown.commitments.all if each.kind is CommitmentKind.ACTION] == ["clinic"]
    mine = [each for each in shown.receipts if each.id.startswith("commitment:")]
    assert not any(each.id.endswith("quiet") for each in mine)
    assert not any(each.people or each.events or each.sources for each in mine)


def test_the_same_definitions_give_the_figures_of_the_picture_itself() -> None:
    case = Case(
        persona(workflow(share()), workflow(frequency(2), name="calls"), workflow(chain(), name="both")),
    )
    case.people(4, BOTH_QUARTERS).did("p1", range(-12, 6), "other").did("p2", BOTH_QUARTERS, "done")
    case.did("p0", BOTH_QUARTERS, "first").did("p0", BOTH_QUARTERS, "then")
    picture = look_back(case.world, deliver(case.world))
    found = promised_of(picture)
    for flow in picture.workflows:
        assert (found[flow.id].value, found[flow.id].ratio) == (flow.value, flow.ratio)
        own, promised = picture.receipt(flow.receipt), picture.receipt(found[flow.id].receipt)
        assert (own.numerator, own.denominator, own.events, own.people, own.window, own.sources) == (
            promised.numerator,
            promised.denominator,
            promised.events,
            promised.people,
            promised.window,
            promised.sources,
        )
    reps_now = picture.personas[0]
    assert found["reps"].ratio is not None
    assert (found["reps"].ratio.numerator, found["reps"].ratio.denominator) == (reps_now.active, reps_now.counted)
