"""Histories of which the truth is known get the verdict that is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from histories import BENCHMARKS, generator
from hypothesis import given, settings
from hypothesis import strategies as st

from qbrgen.backtest.rankers import LOGINS, Ranker
from qbrgen.backtest.ranking import Estimate
from qbrgen.backtest.report import verdict
from qbrgen.backtest.run import Backtest, Difference, Rank, Verdict, judge

SMALL = {"accounts": 45, "quarters": 5, "people": (4, 6), "hazard": 0.2, "seed": 1}


def made(truth: str, **plan: object) -> Backtest:
    make = generator()
    return make.run(make.Plan(truth, **(SMALL | plan)))


def value(found: Backtest, ranker: Ranker) -> float:
    return next(rank.auc.value or 0.0 for rank in found.ranks if rank.ranker is ranker)


def test_where_people_stop_working_first_breadth_sees_it_earlier_than_logins() -> None:
    found = made("work")
    assert found.verdict is Verdict.EARLIER
    assert verdict(found).startswith("Verdict: It sees trouble earlier than logins do")
    assert all(value(found, Ranker.BREADTH) > value(found, rival) for rival in LOGINS)


def test_where_people_stop_logging_in_first_logins_rank_better() -> None:
    found = made("logins")
    assert found.verdict is Verdict.RIVAL
    assert found.decisive
    assert found.decisive.rival in LOGINS
    assert verdict(found).startswith("Verdict: Logins rank better")


def test_where_nothing_foretells_the_loss_no_difference_is_told() -> None:
    found = made("nothing")
    assert found.verdict is Verdict.NO_DIFFERENCE
    assert "No difference can be told" in verdict(found)
    inside = [rank.auc.low <= 0.5 <= rank.auc.high for rank in found.ranks if rank.auc.low is not None]
    assert sum(inside) >= len(inside) - 2


def test_a_handful_of_losses_decides_nothing_and_the_table_is_there_all_the_same() -> None:
    found = made("work", accounts=20, hazard=0.06, quarters=3)
    assert found.verdict is Verdict.TOO_FEW
    assert "It cannot be decided" in verdict(found)
    assert {rank.ranker for rank in found.ranks} == set(Ranker)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_verdicts_hold_over_seeds(seed: int) -> None:
    plan = {"accounts": 160, "quarters": 6, "hazard": 0.08, "seed": 100 + seed}  # some sixty losses
    assert made("work", **plan).verdict is Verdict.EARLIER
    assert made("logins", **plan).verdict is Verdict.RIVAL
    assert made("nothing", **plan).verdict is Verdict.NO_DIFFERENCE


def test_data_without_people_cannot_decide(shared) -> None:
    folder = shared / "data" / "plg_funnel"
    if not folder.is_dir():
        pytest.skip("the plg_funnel data are not there")
    assert BENCHMARKS.is_dir()
    plg = generator("backtest_plg")
    found = plg.run(folder)
    assert found.verdict is Verdict.NO_DIFFERENCE
    assert "event counts alone" in verdict(found)
    ranked = {rank.ranker for rank in found.ranks}
    assert not ranked & {Ranker.DIRECTION, Ranker.SCORE, *LOGINS}
    assert len(plg.reasons(folder, found)) == 4


# ---- the rule of the verdict ----------------------------------------------------------------------------------------


def estimate(value: float, reach: float = 0.05, losses: int = 30) -> Estimate:
    return Estimate(value, value - reach, value + reach, 300, losses)


def differences(values: dict[Ranker, Estimate]) -> list[Difference]:
    def widened(plain: Estimate) -> Estimate:
        return replace(plain, low=(plain.low or 0) - 0.02, high=(plain.high or 0) + 0.02)

    return [Difference(Ranker.BREADTH, rival, plain, widened(plain)) for rival, plain in values.items()]


def judged(values: dict[Ranker, Estimate], own: float = 0.8) -> tuple[Verdict, Ranker | None]:
    found, decisive = judge(differences(values), [Rank(Ranker.BREADTH, estimate(own))])
    return found, decisive.rival if decisive else None


PEOPLE, EVENTS = Ranker.LOGIN_PEOPLE, Ranker.EVENTS


def test_every_rival_has_to_be_beaten() -> None:
    assert judged({PEOPLE: estimate(0.3), EVENTS: estimate(0.1)}) == (Verdict.EARLIER, EVENTS)
    assert judged({PEOPLE: estimate(0.3), EVENTS: estimate(0.04)}) == (Verdict.NO_DIFFERENCE, EVENTS)


def test_one_rival_clearly_ahead_is_enough_to_rank_better() -> None:
    assert judged({PEOPLE: estimate(0.3), EVENTS: estimate(-0.1)}) == (Verdict.RIVAL, EVENTS)
    # clear on its own, but not for the best of several
    assert judged({PEOPLE: estimate(0.3), EVENTS: estimate(-0.06)}) == (Verdict.NO_DIFFERENCE, EVENTS)


def test_better_than_its_rivals_and_no_better_than_chance_is_no_sight() -> None:
    assert judged({PEOPLE: estimate(0.3)}, own=0.52) == (Verdict.NO_DIFFERENCE, PEOPLE)


def test_rivals_with_fewer_than_ten_losses_decide_nothing() -> None:
    few = estimate(-0.4, losses=9)
    assert judged({PEOPLE: few, EVENTS: estimate(0.2)}) == (Verdict.EARLIER, EVENTS)
    assert judged({PEOPLE: few}) == (Verdict.TOO_FEW, PEOPLE)
    assert judged({}) == (Verdict.TOO_FEW, None)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(-0.9, 0.9), min_size=1, max_size=6), st.floats(0.01, 0.5), st.floats(0, 0.09))
def test_a_better_rival_never_turns_the_verdict_for_breadth(values, more, reach) -> None:
    rivals = list(Ranker)[5 : 5 + len(values)]
    order = [Verdict.RIVAL, Verdict.NO_DIFFERENCE, Verdict.EARLIER]
    plain = judged({rival: estimate(v, reach) for rival, v in zip(rivals, values, strict=True)})[0]
    harder = {rival: estimate(v - more, reach) for rival, v in zip(rivals, values, strict=True)}
    assert order.index(judged(harder)[0]) <= order.index(plain)
