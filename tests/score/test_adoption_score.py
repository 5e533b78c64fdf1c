"""The score of an account: 0 to 100, monotonic in each part but direction, withheld where a part is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from score_building import BOTH_QUARTERS, Case

from qbrgen.define.model.account import Outcome
from qbrgen.define.model.settings import Rules, ScoreWeights
from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.period import parse_period
from qbrgen.score.account import score_accounts
from qbrgen.score.adoption_score import by_score, score_of
from qbrgen.score.picture import Breadth, Direction, OutcomePicture, Score, WorkflowPicture
from qbrgen.score.states import Part, TargetState, Trend

OFTEN = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
METHOD = Path(__file__).resolve().parents[2] / "docs" / "method.md"
CALLED = (Trend.SPREADING, Trend.UNCLEAR, Trend.SHRINKING)


def flow(value, target=Fraction(7, 10), state=None):
    """A workflow picture of which the score reads state, value and target."""
    judged = TargetState.MET if value is not None and value >= target else TargetState.NOT_MET
    return WorkflowPicture(
        id="reps/touches",
        persona="reps",
        name="touches",
        kind="share",
        produces="meetings",
        says=(),
        target=target,
        state=state or judged,
        value=value,
        ratio=None,
        unit="events",
        weekly=(),
        previous=None,
        previous_ratio=None,
        direction=Direction(Trend.UNCLEAR),
    )


def people(active, counted):
    return Breadth(active, counted, 0, 0, 0, 0, 1, None)


def bought(progress):
    return OutcomePicture(Outcome("reach more buyers"), progress)


def scored(active, counted, flows, trend, progress, weights):
    return score_of(
        people(active, counted), flows, Direction(trend), bought(progress), Rules(score_weights=ScoreWeights(*weights))
    )


shares = st.fractions(0, 1, max_denominator=60)
targets = st.fractions(Fraction(1, 60), 1, max_denominator=60)
values = st.one_of(st.none(), st.fractions(-1, 3, max_denominator=60))
measured = st.builds(flow, values, targets)
apart = st.builds(
    lambda target, state: flow(None, target, state),
    targets,
    st.sampled_from([TargetState.NO_DATA, TargetState.NOT_APPLICABLE]),
)
weights_ = st.tuples(*[st.integers(0, 9)] * 4).filter(any)
counted_people = st.integers(1, 40).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m)))
whole = st.tuples(
    counted_people,
    st.lists(measured, min_size=1, max_size=6),
    st.sampled_from(CALLED),
    st.fractions(-2, 2, max_denominator=50),
    weights_,
)
perhaps = st.tuples(
    st.one_of(counted_people, st.just((0, 0))),
    st.lists(st.one_of(measured, apart), max_size=6),
    st.sampled_from(Trend),
    st.one_of(st.none(), st.fractions(-2, 2, max_denominator=50)),
    weights_,
)


# ---- what holds of every score --------------------------------------------------------------------------------------


@OFTEN
@given(perhaps)
def test_a_score_lies_within_0_and_100_and_so_do_its_parts(drawn):
    (active, counted), *rest = drawn
    found = scored(active, counted, *rest)
    assert found.total is None or 0 <= found.total <= 100
    assert all(entry.value is None or 0 <= entry.value <= 1 for entry in found.parts)


@OFTEN
@given(perhaps)
def test_it_is_withheld_exactly_when_a_part_that_has_a_weight_is_missing(drawn):
    (active, counted), flows, trend, progress, weights = drawn
    found = scored(active, counted, flows, trend, progress, weights)
    missing = {
        Part.BREADTH: counted == 0,
        Part.DEPTH: not any(each.state.measurable for each in flows),
        Part.DIRECTION: trend in (Trend.TOO_EARLY, Trend.NO_DATA),
        Part.OUTCOME: progress is None,
    }
    expected = [part for part, weight in zip(Part, weights, strict=True) if weight and missing[part]]
    assert list(found.missing) == expected
    assert (found.total is None) == bool(expected)


@OFTEN
@given(perhaps)
def test_a_part_of_weight_0_is_no_part_of_it(drawn):
    (active, counted), *rest, weights = drawn
    found = scored(active, counted, *rest, weights)
    kept = [(part, weight) for part, weight in zip(Part, weights, strict=True) if weight]
    assert [(entry.part, entry.weight) for entry in found.parts] == kept


@OFTEN
@given(whole)
def test_one_more_active_person_never_lowers_it(drawn):
    (active, counted), *rest = drawn
    lower, higher = (scored(n, counted, *rest) for n in (max(active - 1, 0), active))
    assert lower.total <= higher.total


@OFTEN
@given(whole, st.integers(0, 5), st.one_of(st.none(), shares), shares)
def test_a_workflow_that_does_better_never_lowers_it(drawn, place, worse, more):
    (active, counted), flows, *rest = drawn
    place %= len(flows)
    target = flows[place].target
    before, after = list(flows), list(flows)
    before[place] = flow(worse, target)
    after[place] = flow((worse or Fraction(0)) + more, target)
    assert scored(active, counted, before, *rest).total <= scored(active, counted, after, *rest).total


@OFTEN
@given(whole, shares)
def test_an_outcome_that_has_come_further_never_lowers_it(drawn, more):
    (active, counted), flows, trend, progress, weights = drawn
    less, further = (scored(active, counted, flows, trend, each, weights) for each in (progress, progress + more))
    assert less.total <= further.total


@OFTEN
@given(whole)
def test_spreading_is_above_no_clear_change_and_that_above_shrinking_in_equal_steps(drawn):
    (active, counted), flows, _, progress, weights = drawn
    spreading, unclear, shrinking = (scored(active, counted, flows, t, progress, weights).total for t in CALLED)
    assert spreading - unclear == unclear - shrinking
    assert (unclear > shrinking) == (weights[2] > 0)


@OFTEN
@given(perhaps, st.integers(0, 1000))
def test_the_order_of_the_workflows_changes_nothing(drawn, seed):
    (active, counted), flows, *rest = drawn
    shuffled = list(flows)
    Random(seed).shuffle(shuffled)
    assert scored(active, counted, shuffled, *rest) == scored(active, counted, flows, *rest)


@OFTEN
@given(perhaps, st.integers(1, 50))
def test_weights_scaled_alike_change_no_total(drawn, factor):
    (active, counted), *rest, weights = drawn
    scaled = tuple(weight * factor for weight in weights)
    assert scored(active, counted, *rest, scaled).total == scored(active, counted, *rest, weights).total


@OFTEN
@given(perhaps)
def test_workflows_that_cannot_be_measured_change_nothing(drawn):
    (active, counted), flows, *rest = drawn
    measurable = [each for each in flows if each.state.measurable]
    assert scored(active, counted, measurable, *rest) == scored(active, counted, flows, *rest)


@OFTEN
@given(st.lists(st.one_of(st.none(), st.fractions(0, 100, max_denominator=9)), max_size=8), st.booleans())
def test_sorted_by_score_the_withheld_come_last_in_either_order(drawn, lowest_first):
    found = [Score((), total) for total in drawn]
    totals = [s.total for s in sorted(found, key=lambda score: by_score(score, lowest_first=lowest_first))]
    known = [total for total in totals if total is not None]
    assert totals[: len(known)] == sorted(known, reverse=not lowest_first)


# ---- single rules ---------------------------------------------------------------------------------------------------


def test_a_measurable_workflow_without_a_value_counts_nothing():
    both = scored(1, 1, [flow(Fraction(1)), flow(None)], Trend.UNCLEAR, None, (0, 1, 0, 0))
    assert both.total == 50


def test_beyond_its_target_a_workflow_counts_no_more_than_at_it():
    at, beyond = (scored(1, 1, [flow(value)], Trend.UNCLEAR, None, (0, 1, 0, 0)) for value in (Fraction(7, 10), 2))
    assert at.total == beyond.total == 100


def test_an_outcome_beyond_its_goal_counts_100_and_one_that_went_back_0():
    totals = [scored(1, 1, [], Trend.UNCLEAR, progress, (0, 0, 0, 1)).total for progress in (Fraction(7, 5), -1)]
    assert totals == [100, 0]


def test_an_account_without_an_outcome_is_withheld_only_where_the_outcome_has_a_weight():
    everyone, flows, way = people(1, 1), [flow(Fraction(1))], Direction(Trend.SPREADING)
    asked = Rules(score_weights=ScoreWeights(outcome=1))
    assert score_of(everyone, flows, way, None, Rules()).total == 100
    assert score_of(everyone, flows, way, None, asked).missing == (Part.OUTCOME,)


@pytest.mark.parametrize("weights", [(0, 0, 0, 0), (-1, 2, 0, 0)])
def test_weights_that_weigh_nothing_or_less_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        scored(1, 1, [flow(Fraction(1))], Trend.UNCLEAR, None, weights)


def test_an_account_has_its_score_with_a_receipt_of_every_part():
    picture = Case().people(4, BOTH_QUARTERS).score()
    receipt = picture.receipt("score")
    facts = dict(receipt.rule_facts)
    assert picture.score.total == 90  # all four active, on target, no clear change
    assert (receipt.numerator, receipt.denominator) == (90, 100)
    assert [(facts[p], facts[f"{p}_weight"]) for p in ("breadth", "depth", "direction")] == [
        (1, 40), (1, 40), (Fraction(1, 2), 20),
    ]  # fmt: skip


def test_a_silent_feed_withholds_the_score_and_its_receipt_names_the_missing_parts_weights():
    picture = Case().people(4, [-2]).score()
    assert picture.score.missing == (Part.BREADTH, Part.DEPTH, Part.DIRECTION)
    facts = dict(picture.receipt("score").rule_facts)
    assert picture.receipt("score").numerator is None
    assert (facts["breadth_weight"], "breadth" in facts) == (40, False)


# ---- the sample accounts --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sampled(sample_accounts):
    definitions = load_workspace(sample_accounts)
    return definitions, measure(definitions)


def by_plain_loops(picture, weights):
    """The score as method.md says it, in floats, and None where a part that has a weight is missing."""
    parts = {}
    active = counted = 0
    for persona in picture.personas:
        for person in persona.people:
            if person.state.value in ("active", "occasional", "lapsed", "not yet active"):
                counted += 1
                active += person.state.value == "active"
    parts["breadth"] = active / counted if counted else None
    reached = []
    for each in picture.workflows:
        if each.state.value in ("met", "not met"):
            reached.append(0.0 if each.value is None else min(1.0, float(each.value) / float(each.target)))
    parts["depth"] = sum(reached) / len(reached) if reached else None
    parts["direction"] = {"spreading": 1.0, "no clear change": 0.5, "shrinking": 0.0}.get(picture.direction.trend.value)
    progress = picture.outcome.progress if picture.outcome else None
    parts["outcome"] = None if progress is None else max(0.0, min(1.0, float(progress)))
    above = 0.0
    for name, weight in weights.items():
        if weight and parts[name] is None:
            return None
        above += weight * (parts[name] or 0.0)
    return 100 * above / sum(weights.values())


@pytest.mark.parametrize("quarter", ["2026-Q2", "2026-Q3"])
@pytest.mark.parametrize("weights", [(40, 40, 20, 0), (1, 2, 0, 3), (0, 0, 1, 0)])
def test_plain_loops_over_the_sample_accounts_agree(sampled, quarter, weights):
    definitions, counts = sampled
    rules = replace(definitions.settings.rules, score_weights=ScoreWeights(*weights))
    changed = replace(definitions, settings=replace(definitions.settings, rules=rules))
    pictures = score_accounts(changed, counts, parse_period(quarter, 1))
    expected = {
        name: by_plain_loops(picture, dict(zip(("breadth", "depth", "direction", "outcome"), weights, strict=True)))
        for name, picture in pictures.items()
    }
    assert quarter == "2026-Q2" or any(total is not None for total in expected.values())
    for name, picture in pictures.items():
        total = picture.score.total
        assert (total is None) == (expected[name] is None), name
        assert total is None or float(total) == pytest.approx(expected[name], abs=1e-9), name


def test_the_worked_example_of_the_method_is_acmes_own(sampled):
    text = " ".join(METHOD.read_text(encoding="utf-8").split("## The score")[1].split("\n## ")[0].split())
    definitions, counts = sampled
    acme = score_accounts(definitions, counts, parse_period("2026-Q3", 1), ["acme"])["acme"]
    parts = {entry.part: entry.value for entry in acme.score.parts}
    behind = [each for each in acme.workflows if each.state is TargetState.NOT_MET]
    for said in (
        f"{acme.breadth.active} of {acme.breadth.counted} people are active, "
        f"so breadth is {percent(parts[Part.BREADTH])}",
        *(
            f"at {percent(each.value)} of a target of {percent(each.target)} is {percent(each.value / each.target)}"
            for each in behind
        ),
        f"depth is {percent(parts[Part.DEPTH])}",
        f"is {float(acme.score.total):.1f}, and is shown as {float(acme.score.total):.0f}",
    ):
        assert said in text
    assert acme.direction.trend is Trend.SPREADING
    assert re.findall(r"\(([^()]+)\) ÷ 100", text) == [f"40 × 75% + 40 × {percent(parts[Part.DEPTH])} + 20 × 100%"]


def percent(share):
    return f"{round(float(share) * 100, 1):g}%"
