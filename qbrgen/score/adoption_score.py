"""The score of an account, 0 to 100, to sort a portfolio by (method.md: "The account picture"). Internal.

In: breadth, the workflows, direction, outcome, and the weights of the settings. Out: a `Score`: its parts with their
weights, and the weighted mean of the parts as an exact figure; none where a part that has a weight is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qbrgen.define.model.settings import Rules, ScoreWeights
from qbrgen.score.picture import Breadth, Direction, OutcomePicture, Score, ScorePart, WorkflowPicture
from qbrgen.score.states import Part, Trend

_FULL = 100
# Direction is no share of anything: it enters with three steps, and is missing where no call can be made.
DIRECTION_VALUES = {Trend.SPREADING: Fraction(1), Trend.UNCLEAR: Fraction(1, 2), Trend.SHRINKING: Fraction(0)}


def score_of(
    breadth: Breadth,
    workflows: Iterable[WorkflowPicture],
    direction: Direction,
    outcome: OutcomePicture | None,
    rules: Rules,
) -> Score:
    """The score by the weights of `rules`. A part of weight 0 is no part of it, and cannot withhold it.

    Raises ValueError for weights below 0 or all 0, which the settings do not let through.
    """
    values = {
        Part.BREADTH: _breadth(breadth),
        Part.DEPTH: _depth(workflows),
        Part.DIRECTION: DIRECTION_VALUES.get(direction.trend),
        Part.OUTCOME: _outcome(outcome),
    }
    weights = _weights(rules.score_weights)
    parts = tuple(ScorePart(part, weights[part], value) for part, value in values.items() if weights[part])
    return Score(parts, _total(parts))


def by_score(score: Score, *, lowest_first: bool) -> tuple[bool, Fraction]:
    """A key to sort by: by exact total, the withheld ones last in either order."""
    if score.total is None:
        return True, Fraction(0)
    return False, score.total if lowest_first else -score.total


def _weights(given: ScoreWeights) -> dict[Part, int]:
    weights = {
        Part.BREADTH: given.breadth,
        Part.DEPTH: given.depth,
        Part.DIRECTION: given.direction,
        Part.OUTCOME: given.outcome,
    }
    if min(weights.values()) < 0 or not any(weights.values()):
        raise ValueError(f"weights of a score are 0 or more, and one is above 0; not {given}")
    return weights


def _total(parts: tuple[ScorePart, ...]) -> Fraction | None:
    total = Fraction(0)
    for entry in parts:
        if entry.value is None:
            return None
        total += entry.weight * entry.value
    return total / sum(entry.weight for entry in parts) * _FULL


def _breadth(breadth: Breadth) -> Fraction | None:
    """Active ÷ counted people. A silent feed leaves nobody to count."""
    return Fraction(breadth.active, breadth.counted) if breadth.counted else None


def _depth(workflows: Iterable[WorkflowPicture]) -> Fraction | None:
    """The mean over the measurable workflows of how far each has come to its target, at most all the way.

    A measurable workflow without a value (a share of which nothing happened) has come no way at all.
    """
    reached = [of_target(flow) for flow in workflows if flow.state.measurable]
    return sum(reached, Fraction(0)) / len(reached) if reached else None


def of_target(flow: WorkflowPicture) -> Fraction:
    """How far a measurable workflow has come to its target, within 0..1."""
    if flow.value is None:
        return Fraction(0)
    if flow.value >= flow.target:
        return Fraction(1)
    return _within_one(flow.value / flow.target)  # a ready-made value may lie below 0


def _outcome(outcome: OutcomePicture | None) -> Fraction | None:
    """The way from baseline to goal; beyond the goal counts as the whole way, behind the baseline as none of it."""
    return None if outcome is None or outcome.progress is None else _within_one(outcome.progress)


def _within_one(value: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), value))
