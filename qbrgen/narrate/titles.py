"""Titles of slides: the finding as a full sentence, fifteen words where that can be, no full stop."""

from __future__ import annotations

from qbrgen.narrate.commitments import missed_and_kept, promised, summed_up
from qbrgen.narrate.direction import CALLS, fact_of_change, more_and_less
from qbrgen.narrate.gaps import shown_gaps, silence
from qbrgen.narrate.grammar import counted, new_ones
from qbrgen.narrate.impact import bought_key, first_tellable, missing_impact, missing_receipts, says
from qbrgen.narrate.people import added_up, who, who_is_not
from qbrgen.narrate.plan import open_actions
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.workflows import below_target, first_sayable, what
from qbrgen.score.facts.listed import GAPS, PLAN, REVIEW
from qbrgen.score.states import Trend

MOST_WORDS = 15


def words_in(text: str) -> int:
    """How many words a reader counts."""
    return len(text.split())


def tell_titles(teller: Teller) -> None:
    """title:<slide key> for every slide that has something to say."""
    for tell in (_sentence, _bought, _promises, _people, _workflows, _direction, _impact, _gaps, _plan, _next):
        tell(teller)
    teller.tell_title("receipts", teller.say("title.receipts"))
    missing = [gap for gap in shown_gaps(teller) if gap.kind.is_missing_piece]
    teller.tell_title("needs", teller.say("title.needs", n=len(missing)), [GAPS])


def _longest(*choices: str) -> str:
    """The first that is short enough; else the last."""
    return next((text for text in choices if text and words_in(text) <= MOST_WORDS), choices[-1])


def _sentence(teller: Teller) -> None:
    breadth, depth = teller.picture.breadth, teller.picture.depth
    if teller.picture.feed_silent:
        teller.tell_title("sentence", silence(teller), [breadth.receipt])
    elif breadth.counted and depth.measurable:
        facts = {"n": breadth.active, "m": breadth.counted, "new": breadth.new}
        facts |= {"met": depth.met, "measurable": depth.measurable}
        teller.tell_title("sentence", teller.say("title.sentence", **facts), [breadth.receipt, depth.receipt])
    elif teller.picture.personas:
        each = [persona.receipt for persona in teller.picture.personas]
        teller.tell_title("sentence", who(teller, teller.picture.personas), [breadth.receipt, *each])


def _bought(teller: Teller) -> None:
    outcome = teller.picture.outcome
    if outcome is None:
        teller.tell_title("bought", teller.say("title.bought-unknown", account=teller.picture.name))
        return
    facts = {"account": teller.picture.name, "vendor": teller.picture.vendor, "bought": outcome.outcome.bought}
    teller.tell_title("bought", teller.say(f"outcome.{bought_key(teller)}", **facts), ["outcome"])


def _promises(teller: Teller) -> None:
    shown = promised(teller)
    if shown:
        forms = [summed_up(teller, shown, form) for form in ("title", "title-short")]
        text = _longest(*forms, missed_and_kept(teller, shown))
        teller.tell_title("promises", text, [REVIEW, *(each.receipt for each in shown)])


def _people(teller: Teller) -> None:
    picture = teller.picture
    receipts = [picture.breadth.receipt, *(p.receipt for p in counted(picture.personas))]
    if picture.feed_silent:
        teller.tell_title("people", silence(teller), receipts)
        return
    if not picture.personas:
        return
    active = any(p.active for p in picture.personas)
    rest = who_is_not(teller, picture.personas) if active and counted(picture.personas) else ""
    clause = who(teller, picture.personas, with_idle=added_up(picture.personas), so_far=True)
    both = teller.say("title.and", first=clause, second=rest) if rest else clause
    alone = who(teller, picture.personas, with_idle=True, so_far=True)
    short = who(teller, picture.personas, with_often=False, with_idle=True, so_far=True)
    facts = {"n": picture.breadth.active, "m": picture.breadth.counted, "new": picture.breadth.new}
    total = teller.say("title.people", **facts) if active else clause
    new = new_ones(teller, picture.personas) if active else ""
    with_new = teller.say("title.and", first=total, second=new) if new else ""
    teller.tell_title("people", _longest(both, alone, short, with_new, total), receipts)


def _workflows(teller: Teller) -> None:
    depth, first = teller.picture.depth, first_sayable(teller)
    if not depth.measurable or first is None:
        text = silence(teller) if teller.picture.feed_silent else teller.say("title.not-measurable")
        teller.tell_title("workflows", text, [depth.receipt, teller.picture.breadth.receipt])
        return
    below = len(below_target(teller))
    count = teller.say("title.on-target", n=depth.met, m=depth.measurable)
    clause = what(teller, first)
    second = teller.say("title.below", n=below, m=depth.measurable) if below else count
    both = teller.say("title.and", first=clause, second=second)
    teller.tell_title("workflows", _longest(both, count), [first.receipt, depth.receipt])


def _direction(teller: Teller) -> None:
    found = teller.picture.direction
    if found.trend is Trend.NO_DATA or teller.picture.feed_silent:
        teller.tell_title("direction", silence(teller), [found.receipt, teller.picture.breadth.receipt])
        return
    call = teller.say(f"title.direction-{CALLS[found.trend]}")
    change = fact_of_change(teller)
    breadth, then = teller.picture.breadth, teller.picture.breadth.previous
    if found.trend is Trend.TOO_EARLY:  # what is so today is no reason for it
        said = teller.say("title.too-early-with-fact", call=call, fact=change) if then and then.both else call
        teller.tell_title("direction", _longest(said, call), [found.receipt, breadth.receipt])
        return
    both = teller.say("title.with-fact", call=call, fact=change) if change else call
    now = teller.say("direction.now", n=breadth.active, m=breadth.counted, new=breadth.new)
    short = teller.say("title.with-fact", call=call, fact=now) if breadth.counted else call
    if then and then.both != breadth.counted and then.both > 1:
        facts = {"both": then.both, "then": then.active_then, "now": then.active_now}
        both = teller.say("title.with-fact", call=call, fact=teller.say("title.direction-both", **facts))
    if then and not _goes_with(found.trend, then.active_now - then.active_then):
        compared = more_and_less(teller)
        both = short = teller.say("title.with-fact", call=call, fact=compared) if compared else call
    teller.tell_title("direction", _longest(both, short), [found.receipt, breadth.receipt])


def _goes_with(trend: Trend, change: int) -> bool:
    """Whether the number of active people moved as the call says: "shrinking: 1 active, 0 before" confuses."""
    return change > 0 if trend is Trend.SPREADING else change < 0 if trend is Trend.SHRINKING else True


def _impact(teller: Teller) -> None:
    first = first_tellable(teller)
    if first:
        teller.tell_title("impact", says(teller, first.impact, after_work=False, as_title=True), [first.receipt])
    else:
        teller.tell_title("impact", missing_impact(teller, "title"), missing_receipts(teller))


def _gaps(teller: Teller) -> None:
    personas, depth = teller.picture.personas, teller.picture.depth
    receipts = [teller.picture.breadth.receipt, depth.receipt, GAPS]
    if teller.picture.feed_silent:
        teller.tell_title("gaps", silence(teller), receipts)
        return
    idle = sum(p.counted - p.active for p in personas)
    below = len(below_target(teller))
    gaps = len(shown_gaps(teller))
    facts = {"idle": idle, "counted": teller.picture.breadth.counted, "below": below, "measurable": depth.measurable}
    full = teller.picture.breadth.counted and depth.measurable
    case = "both" if idle and below else "people" if idle else "workflows" if below else "none"
    if case == "none" and gaps:
        case = "other" if full else "missing"
    teller.tell_title("gaps", teller.say(f"title.gaps-{case}", **facts, n=gaps), receipts)


def _plan(teller: Teller) -> None:
    actions = open_actions(teller)
    if not actions:
        teller.tell_title("plan", teller.say("title.plan-none"), [PLAN])
        return
    whole = [planned for planned in actions if planned.action.is_plan]
    overdue = sum(planned.overdue for planned in whole)
    ahead = [planned.action.due for planned in whole if planned.action.due and not planned.overdue]
    last = teller.near(max(ahead)) if ahead else ""
    facts = {"n": len(actions), "whole": len(whole), "overdue": overdue, "last": last}
    case = "none" if not whole else "overdue" if overdue else "all" if len(whole) == len(actions) else "some"
    teller.tell_title("plan", teller.say(f"title.plan-{case}" if whole else "title.plan-no-owner", **facts), [PLAN])


def _next(teller: Teller) -> None:
    depth = teller.picture.depth
    below, behind = len(below_target(teller)), sum(p.is_active is False for p in teller.picture.personas)
    if not depth.measurable and not behind:
        teller.tell_title("next", teller.say("title.next-measure"))
        return
    facts = {"below": below, "met": depth.met, "behind": behind}
    case = "reach" if below else "people" if behind else "keep"
    receipts = [depth.receipt, teller.picture.breadth.receipt]
    teller.tell_title("next", teller.say(f"title.next-{case}", **facts), receipts)
