"""What the last review reported, beside today's count of that quarter; nothing where no change is to be told.

Both figures are said where they show differently; the target of that time wherever it was another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from math import ceil

from qbrgen.figures import Receipt
from qbrgen.narrate.teller import Teller
from qbrgen.score.facts.listed import REVIEW
from qbrgen.score.other_times import Delivered
from qbrgen.score.picture import Comparison, PersonaPicture, WorkflowPicture
from qbrgen.score.states import Cause

MOST_ITEMS = 4


def _shown(teller: Teller, value: Fraction | None, target: Fraction | None = None) -> str:
    return "" if value is None else teller.wording.percent(value, target)


def _since(teller: Teller, causes: Sequence[Cause], besides: Sequence[Cause] = ()) -> str:
    """ "since then the roster has changed"; "" for no cause besides those that are said already."""
    said = [teller.say(f"delivered.since-{cause.value}") for cause in causes if cause not in besides]
    return teller.say("delivered.since", causes=said) if said else ""


def _target_then(teller: Teller, found: Delivered) -> str:
    """The target of that time where it was another one."""
    if found.target is None or Cause.TARGET not in found.causes:
        return ""
    return teller.wording.target(found.target)


# ---- workflows ------------------------------------------------------------------------------------------------------


def is_new(teller: Teller, picture: WorkflowPicture | PersonaPicture) -> bool:
    """Whether the last review, which was recorded, did not have it."""
    return teller.picture.delivered_on is not None and picture.delivered is None


def workflow_before(teller: Teller, workflow: WorkflowPicture) -> str:
    """The quarter before, by today's count and as reported; "" where the review has nothing to add."""
    found = workflow.delivered
    if found is None:
        return ""
    then, target = _shown(teller, workflow.previous), _target_then(teller, found)
    told = _shown(teller, found.value, found.target)
    if not then:
        return teller.say("delivered.workflow-only", told=told, target=target) if told else ""
    if not found.causes:
        return ""
    if not told:
        return teller.say("delivered.workflow-none", then=then)
    if not _differs(teller, workflow):
        return _agreed_otherwise(teller, found, then, told)
    since = _since(teller, found.causes, (Cause.TARGET, Cause.ROSTER))
    both = Cause.ROSTER in found.causes
    return teller.say("delivered.workflow", then=then, told=told, target=target, since=since, both=both)


def _agreed_otherwise(teller: Teller, found: Delivered, then: str, told: str) -> str:
    """The figure shows the same, and what was agreed about it did not."""
    if Cause.TARGET in found.causes:
        return teller.say("delivered.workflow-target", then=then, target=_target_then(teller, found))
    if Cause.DEFINITION in found.causes:
        return teller.say("delivered.workflow-counted", then=then, told=told)
    return ""


def _differs(teller: Teller, workflow: WorkflowPicture) -> bool:
    """Whether the figure as reported shows another one than today's, like for like."""
    found = workflow.delivered
    return found is not None and _shown(teller, found.value) != _shown(teller, workflow.previous)


def workflows_then(teller: Teller) -> str:
    """ "as reported then, 3 of 5", for under the key figure."""
    return _figure(teller, teller.picture.depth.delivered)


# ---- people ---------------------------------------------------------------------------------------------------------


def people_before(teller: Teller, then: Comparison | None, found: Delivered) -> str:
    """How many were active as reported; "" where that is what today's count says, by the same target."""
    n, m = _counts(found)
    if not m:
        return ""
    if then is None or not then.both:
        return teller.say("delivered.people-only", n=n, m=m)
    need = ceil(found.target * m) if found.target is not None and Cause.TARGET in found.causes else 0
    since = _since(teller, found.causes, (Cause.TARGET,))
    if (n, m) != (then.active_then, then.both) or Cause.DEFINITION in found.causes:
        return teller.say("delivered.people", n=n, m=m, need=need, since=since) if found.causes else ""
    return teller.say("delivered.people-target", need=need, m=m) if need else ""


def people_then(teller: Teller) -> str:
    """ "as reported then, 3 of 8", for under the key figure."""
    return _figure(teller, teller.picture.breadth.delivered)


def _figure(teller: Teller, found: Delivered | None) -> str:
    if found is None or not found.causes or not found.denominator:
        return ""
    n, m = _counts(found)
    return teller.say("delivered.figure", n=n, m=m)


def _counts(found: Delivered) -> tuple[int, int]:
    return int(found.numerator or 0), int(found.denominator or 0)


# ---- all of it, in one line -----------------------------------------------------------------------------------------


def tell_since_review(teller: Teller) -> None:
    """since-review: every figure whose target, definition or data have changed, what is new and what is gone.

    A roster alone is told where its figure is: it changes at most accounts in most quarters.
    """
    picture = teller.picture
    if picture.delivered_on is None:
        return
    figures: tuple[PersonaPicture | WorkflowPicture, ...] = (*picture.personas, *picture.workflows)
    changed = [each for each in figures if _is_told(teller, each)]
    items = [_item(teller, each) for each in changed[:MOST_ITEMS]]
    if len(changed) > MOST_ITEMS:
        items.append(teller.say("delivered.item-more", n=len(changed) - MOST_ITEMS))
    new = [each.name for each in picture.workflows if is_new(teller, each)]
    if new:
        items.append(teller.say("delivered.item-new", names=new))
    if picture.retired:
        items.append(teller.say("delivered.item-retired", names=list(_retired(teller))))
    if items:
        day = teller.wording.date(picture.delivered_on)
        receipts = [REVIEW, *(each.receipt for each in changed)]
        teller.tell_sentence("since-review", teller.say("delivered.review", day=day, items=items), receipts)


def _is_told(teller: Teller, picture: PersonaPicture | WorkflowPicture) -> bool:
    """Whether a target or a definition is another one, or late data show in the figure."""
    found = picture.delivered
    if found is None:
        return False
    if found.target is not None and {Cause.TARGET, Cause.DEFINITION} & set(found.causes):
        return True
    shows = _differs(teller, picture) if isinstance(picture, WorkflowPicture) else True
    return Cause.DATA in found.causes and shows


def _item(teller: Teller, picture: PersonaPicture | WorkflowPicture) -> str:
    found = picture.delivered
    assert found is not None
    if isinstance(picture, WorkflowPicture):
        told, then = _shown(teller, found.value, found.target), _shown(teller, picture.previous)
        same = not _differs(teller, picture)
    else:
        alike = picture.previous
        told, then = _of(teller, *_counts(found)), _of(teller, alike.active_then, alike.both) if alike else ""
        same = told == then
    return teller.say(
        "delivered.item",
        name=picture.name,
        told=told,
        then=then,
        same=same,
        target=_target_then(teller, found),
        now=teller.wording.target(picture.target),
        causes=_in_short(teller, found, (Cause.ROSTER, Cause.DATA) if same else ()),
    )


def _in_short(teller: Teller, found: Delivered, untold: Collection[Cause]) -> list[str]:
    """The causes in a word or two each, but for a target that stands beside the figure."""
    causes = [cause for cause in found.causes if cause not in untold]
    return [teller.say(f"delivered.cause-{c.value}") for c in causes if c is not Cause.TARGET or found.target is None]


def _of(teller: Teller, n: int, m: int) -> str:
    return teller.say("delivered.counts", n=n, m=m) if m else ""


def _retired(teller: Teller) -> Iterable[str]:
    for each in teller.picture.retired:
        told, target = _shown(teller, each.value, each.target), teller.wording.target(each.target)
        yield teller.say("delivered.retired", name=each.name, told=told, target=target)


# ---- receipts -------------------------------------------------------------------------------------------------------


def delivered_receipt(teller: Teller, receipt: Receipt) -> str:
    """What was reported, by which target, what the same quarter comes to today, and why; "" where nothing changed."""
    picture = teller.picture
    of: dict[str, Delivered | None] = {picture.breadth.receipt: picture.breadth.delivered}
    of[picture.depth.receipt] = picture.depth.delivered
    of |= {each.receipt: each.delivered for each in picture.personas}
    of |= {each.receipt: each.delivered for each in picture.workflows}
    found = of.get(receipt.id)
    flow = next((each for each in picture.workflows if each.receipt == receipt.id), None)
    untold = (Cause.ROSTER,) if flow and not _differs(teller, flow) else ()  # others, and the figure shows the same
    if found is None or picture.delivered_on is None or not set(found.causes).difference(untold):
        return ""
    return teller.say(
        "delivered.receipt",
        day=teller.wording.date(picture.delivered_on),
        causes=_in_short(teller, found, untold),
        **_figures(teller, found, receipt),
    )


def _figures(teller: Teller, found: Delivered, receipt: Receipt) -> dict[str, object]:
    """The figure as reported and of the same quarter today, in full, each with its target."""
    ratio, now = found.recounted_ratio, dict(receipt.rule_facts).get("target")
    above, below = (ratio.numerator, ratio.denominator) if ratio else (None, None)
    counts = found.state is None  # of people or workflows: no percentage beside them
    value, again = ("", "") if counts else (_shown(teller, found.value, found.target), _shown(teller, found.recounted))
    changed = isinstance(now, Fraction) and Cause.TARGET in found.causes
    return {
        "told": _in_full(teller, found.numerator, found.denominator, value),
        "again": _in_full(teller, above, below, again),
        "target": "" if found.target is None else teller.wording.target(found.target),
        "now": teller.wording.target(now) if changed and isinstance(now, Fraction) else "",
    }


def _in_full(teller: Teller, above: Fraction | None, below: Fraction | None, value: str) -> str:
    if above is None or not below:
        return value
    n, m = teller.wording.number(above), teller.wording.number(below)
    return teller.say("delivered.receipt-counts", n=n, m=m, value=value)
