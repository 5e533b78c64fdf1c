"""The line on the brief about the last delivered review: what has moved since, and why."""

from __future__ import annotations

from fractions import Fraction

from qbrgen.narrate.moved import name_of, shown
from qbrgen.narrate.teller import Teller
from qbrgen.score.change import Changes, FigureChange, FigureKind

REVIEW = "review"  # id of the receipt of the last review
MOST_WORKFLOWS = 2


def tell_since(teller: Teller) -> None:
    """moved: since the last review of an earlier quarter. moved-after-delivery: the review of this very quarter was
    delivered, and today's figures are others. For leadership only; not said where no review is recorded.
    """
    changes = teller.picture.changes
    if changes is None or not teller.internal:
        return
    facts = {"period": teller.wording.period(changes.period), "day": teller.near(changes.recorded_on)}
    told = _figures(changes)
    items = [_item(teller, each) for each in told]
    receipts = [*(each.id for each in told), REVIEW]
    more = any(
        each not in told and each.kind in (FigureKind.WORKFLOW, FigureKind.DIRECTION) for each in changes.figures
    )
    if changes.same_period:
        if changes.figures:
            text = teller.say("changes.no-longer-so", items=items, more=more, account=teller.picture.id, **facts)
            teller.tell_sentence("moved-after-delivery", text, receipts)
        return
    text = teller.say("changes.moved" if items else "changes.nothing-moved", items=items, **facts)
    teller.tell_sentence("moved", text, receipts)


def _figures(changes: Changes) -> list[FigureChange]:
    """Everyone, the workflows on target, and the workflows whose value moved furthest."""
    whole = [each for each in changes.figures if each.kind in (FigureKind.PEOPLE, FigureKind.WORKFLOWS)]
    flows = [each for each in changes.figures if each.kind is FigureKind.WORKFLOW and _size(each)]
    furthest = sorted(flows, key=lambda each: -_size(each))[:MOST_WORKFLOWS]
    return [each for each in (*whole, *(flow for flow in flows if flow in furthest)) if each.steps]


def _size(figure: FigureChange) -> Fraction:
    """How far the value of a workflow moved; 0 where it has none on a side."""
    if figure.then is None or figure.now is None or figure.then.value is None or figure.now.value is None:
        return Fraction(0)
    return abs(figure.now.value - figure.then.value)


def _item(teller: Teller, figure: FigureChange) -> str:
    then, now = (_brief(teller, figure, side) for side in ("then", "now"))
    causes = [teller.say(f"changes.short-{cause.value}", period="") for cause in figure.causes]
    return teller.say("changes.item", name=name_of(teller.wording, figure), then=then, now=now, causes=causes)


def _brief(teller: Teller, figure: FigureChange, side: str) -> str:
    """The figure without the counts behind a percentage."""
    point = figure.then if side == "then" else figure.now
    if figure.kind is FigureKind.WORKFLOW and point is not None and point.value is not None:
        return teller.wording.percent(point.value, point.target)
    return shown(teller.wording, figure.kind, point)
