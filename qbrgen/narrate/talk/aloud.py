"""What to say aloud at each slide, what to ask, and what to leave unsaid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qbrgen.define.model.account import Source
from qbrgen.narrate.direction import CALLS
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.plan import open_actions
from qbrgen.narrate.talk.track import Said, Talk, receipts_of
from qbrgen.narrate.workflows import below_target
from qbrgen.score.commitment import CommitmentState
from qbrgen.score.facts.listed import REVIEW
from qbrgen.score.states import Trend

MOST_GAPS = 3


def say(talk: Talk, slide: str) -> list[Said]:
    """One or two sentences, in words that the customer may hear."""
    rule = _ALOUD.get(slide)
    return rule(talk) if rule else talk.said(f"{slide}-say")


def _title(talk: Talk) -> list[Said]:
    if talk.picture.feed_silent:
        return talk.said("title-say-silent")
    return talk.said("title-say", ask=bool(talk.picture.ask))


def _total(talk: Talk) -> str:
    breadth = talk.picture.breadth
    return talk.teller.say("people.are-active", n=breadth.active, m=breadth.counted, new=breadth.new)


def _sentence(talk: Talk) -> list[Said]:
    breadth, depth = talk.picture.breadth, talk.picture.depth
    if talk.picture.feed_silent:
        return talk.said("sentence-say-silent")
    if not breadth.counted:
        return talk.said("sentence-say-nobody")
    if not depth.measurable:
        return talk.said("sentence-say-people", [breadth.receipt], people=_total(talk))
    on_target = talk.teller.say("workflow.on-target", n=depth.met, m=depth.measurable)
    return talk.said("sentence-say", [breadth.receipt, depth.receipt], people=_total(talk), workflows=on_target)


def _bought(talk: Talk) -> list[Said]:
    outcome = talk.picture.outcome
    return talk.said("bought-say", bought=outcome.outcome.bought) if outcome else talk.said("bought-say-none")


def _promises(talk: Talk) -> list[Said]:
    promised = talk.deck.picture.commitments
    if promised is None or not promised.all:
        return []
    missed = promised.of(CommitmentState.MISSED)
    receipts = [REVIEW, *(each.receipt for each in promised.all)]
    if missed:
        return talk.said("promises-say-missed", receipts, n=len(missed))
    kept = promised.of(CommitmentState.KEPT)
    return talk.said("promises-say-kept" if len(kept) == len(promised.all) else "promises-say-open", receipts)


def _people(talk: Talk) -> list[Said]:
    breadth = talk.picture.breadth
    if talk.picture.feed_silent:
        return []
    if not breadth.counted:
        return talk.said("people-say-uncounted", [breadth.receipt])
    idle = breadth.counted - breadth.active
    case = "nobody" if not breadth.active else "some" if idle else "all"
    return talk.said(f"people-say-{case}", [breadth.receipt], people=_total(talk), idle=idle)


def _workflows(talk: Talk) -> list[Said]:
    depth, below = talk.picture.depth, below_target(talk.teller)
    if not depth.measurable:
        return talk.said("workflows-say-none")
    total = talk.teller.say("workflow.on-target", n=depth.met, m=depth.measurable)
    if not below:
        return talk.said("workflows-say-all", [depth.receipt], total=total, n=depth.met)
    short = talk.deck.text(f"workflow-short:{below[0].id}")
    return talk.said("workflows-say-some", [depth.receipt, below[0].receipt], total=total, short=short)


def _impact(talk: Talk) -> list[Said]:
    first = next((each for each in talk.picture.impacts if each.tellable), None)
    if first is None or first.impact.source is None:
        return []
    return talk.said(f"impact-say-{first.impact.source.value}", [first.receipt])


def _plan(talk: Talk) -> list[Said]:
    actions = [each for each in open_actions(talk.teller) if each in talk.deck.picture.actions]
    overdue = sum(each.overdue for each in actions)
    if overdue:
        return talk.said("plan-say-overdue", n=overdue)
    return talk.said("plan-say" if any(each.action.is_plan for each in actions) else "plan-say-none")


def _direction(talk: Talk) -> list[Said]:
    call = CALLS[talk.picture.direction.trend]
    return [] if call == "no-data" else talk.said(f"direction-say-{call}", [talk.picture.direction.receipt])


def _gaps(talk: Talk) -> list[Said]:
    return talk.said("gaps-say" if talk.deck.picture.gaps else "gaps-say-none")


_ALOUD: Mapping[str, Callable[[Talk], list[Said]]] = {
    "title": _title,
    "sentence": _sentence,
    "bought": _bought,
    "promises": _promises,
    "people": _people,
    "workflows": _workflows,
    "direction": _direction,
    "impact": _impact,
    "gaps": _gaps,
    "plan": _plan,
}
"""Slides whose words depend on the figures; any other has one entry."""


# ---- what to ask ----------------------------------------------------------------------------------------------------


def ask(talk: Talk, slide: str) -> list[Said]:
    """The decision asked for, with the slide that puts it; what to do where there is none."""
    if slide != "next":
        return []
    return [Said(talk.picture.ask)] if talk.picture.ask else talk.said("no-ask")


# ---- what to leave unsaid -------------------------------------------------------------------------------------------


def never(talk: Talk) -> list[Said]:
    """What is said at no slide."""
    return [*talk.said("avoid-presence", vendor=talk.picture.vendor), *talk.said("avoid-internal")]


def avoid(talk: Talk, slide: str) -> list[Said]:
    """What the figures of this slide do not bear out."""
    match slide:
        case "people":
            return _avoid_of_people(talk)
        case "workflows":
            unmeasured = [w for w in talk.picture.workflows if not w.state.measurable]
            receipts = [workflow.receipt for workflow in unmeasured]
            return talk.said("avoid-zero", receipts, names=[w.name for w in unmeasured]) if unmeasured else []
        case "direction":
            key = _UNCALLED.get(talk.picture.direction.trend)
            return talk.said(key, [talk.picture.direction.receipt]) if key else []
        case "impact":
            return _avoid_of_impact(talk)
        case "gaps":
            return _avoid_of_gaps(talk)
    return []


_UNCALLED = {
    Trend.UNCLEAR: "avoid-growth",
    Trend.TOO_EARLY: "avoid-growth-early",
    Trend.SHRINKING: "avoid-shrinking",
}


def _avoid_of_people(talk: Talk) -> list[Said]:
    found: list[Said] = []
    if not talk.picture.names_agreed and any(persona.people for persona in talk.picture.personas):
        found += talk.said("avoid-names", account=talk.picture.name)
    for persona in talk.picture.personas:
        if not persona.active or persona.every_unit or persona.least_done is None:
            continue
        unit, (done, total) = RHYTHM_KEYS[persona.rhythm], persona.least_done
        every = talk.teller.say(f"often.every-{unit}")
        key = f"often.in-{unit}" if persona.active == 1 else f"often.at-least-{unit}"
        often = talk.teller.say(key, done=done, total=total)
        found += talk.said("avoid-every-week", [persona.receipt], every=every, name=persona.name, often=often)
    return found


def _avoid_of_gaps(talk: Talk) -> list[Said]:
    shown, more = talk.open_gaps[:MOST_GAPS], len(talk.open_gaps[MOST_GAPS:])
    items = [talk.deck.text(f"gap-short:{gap.key}") for gap in shown]
    return talk.said("avoid-plan", receipts_of(shown), items=items, more=more) if items else []


def _avoid_of_impact(talk: Talk) -> list[Said]:
    found: list[Said] = []
    for each in talk.picture.impacts:
        why = talk.teller.left_out.get(f"impact:{each.impact.id}")
        if not each.tellable and why:
            found += talk.said("avoid-untold", what=each.impact.what, why=why)
    told = [each for each in talk.picture.impacts if each.tellable and each.impact.source is not Source.BENCHMARK]
    uncaused = [each for each in told if not each.impact.because]
    if uncaused:
        whats = [each.impact.what for each in uncaused]
        receipts = [each.receipt for each in uncaused]
        found += talk.said("avoid-cause", receipts, vendor=talk.picture.vendor, whats=whats)
    return found
