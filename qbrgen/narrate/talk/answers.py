"""The questions that the sponsor will probably ask at a slide, by rule, each with its honest answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from qbrgen.audience import Audience
from qbrgen.define.model.account import Side, Source
from qbrgen.narrate.delivered import workflow_before
from qbrgen.narrate.direction import CALLS, fact_of_change, more_and_less, reason
from qbrgen.narrate.gaps import PEOPLE_STATES
from qbrgen.narrate.impact import witness
from qbrgen.narrate.plan import open_actions
from qbrgen.narrate.talk.track import Asked, Said, Talk, receipts_of
from qbrgen.narrate.workflows import below_target
from qbrgen.score.commitment import Commitment, CommitmentKind, CommitmentState
from qbrgen.score.facts.listed import PERIOD, PLAN
from qbrgen.score.picture import Gap, PersonaPicture, WorkflowPicture
from qbrgen.score.states import Cause, GapKind, PersonState, TargetState, Trend

MOST = 3
"""Questions of one kind at a slide: the first-listed."""
FAR = 2
"""A change this many times as large as it takes to be called is far above chance."""


def asked(talk: Talk, slide: str) -> list[Asked]:
    """The questions at one slide; none at some."""
    rules = _RULES.get(slide, ())
    return [each for rule in rules for each in rule(talk)]


# ---- the sentence, and what was bought ------------------------------------------------------------------------------


def _of_sentence(talk: Talk) -> list[Asked]:
    breadth = talk.picture.breadth
    if talk.picture.feed_silent or not breadth.counted:
        return []
    people = talk.teller.say("people.are-active", n=breadth.active, m=breadth.counted, new=breadth.new)
    found = talk.asked("use", [breadth.receipt], people=people, vendor=talk.picture.vendor)
    if breadth.previous and breadth.previous.both:
        found += talk.asked("change", [breadth.receipt], change=fact_of_change(talk.teller))
    return found


def _of_goal(talk: Talk) -> list[Asked]:
    """How far the outcome has come, beside how much of its time is gone."""
    picture = talk.picture.outcome
    if picture is None:
        return []
    outcome, progress, time = picture.outcome, picture.progress, picture.time_gone
    if progress is None:
        why = talk.teller.left_out.get("outcome-progress") or talk.words("no-baseline")
        return talk.asked("baseline", ["outcome"], reason=why)
    if time is None or time < 0 or not (outcome.present and outcome.present.on and outcome.goal and outcome.goal.on):
        return []
    case = "-reached" if progress >= 1 else "-backwards" if progress < 0 else "-over" if time > 1 else ""
    share = talk.teller.wording.percent(progress) if progress else ""
    facts = {"share": share, "time": talk.teller.wording.percent(time), "ahead": progress >= time}
    day, on = talk.teller.wording.date(outcome.goal.on), talk.teller.near(outcome.present.on)
    return talk.asked("goal", ["outcome"], case=case, day=day, on=on, **facts)


def _of_measures(talk: Talk) -> list[Asked]:
    groups = [persona.name for persona in talk.picture.personas if talk.picture.workflows_of(persona.id)]
    if not groups:
        return []
    receipts = [talk.picture.depth.receipt]
    case = "-draft" if talk.picture.draft else ""
    return talk.asked("measured", receipts, case=case, groups=groups)


# ---- what was promised ----------------------------------------------------------------------------------------------


def _of_promises(talk: Talk) -> list[Asked]:
    promised = talk.deck.picture.commitments
    if promised is None:
        return []
    found: list[Asked] = []
    for each in promised.of(CommitmentState.MISSED)[:MOST]:
        told = talk.deck.text(f"commitment:{each.kind.value}/{each.id}")
        parts = [told, *_owner(talk, each), talk.teller.sentence(talk.words("promised-why"))]
        found += talk.asked("promised", [each.receipt], what=each.name, parts=[part for part in parts if part])
    return [*found, *_judged_otherwise(talk, promised.all)]


def _owner(talk: Talk, promise: Commitment) -> list[str]:
    if promise.kind is not CommitmentKind.ACTION:
        return []
    return [talk.teller.sentence(talk.words("promised-owner", **_whose(talk, promise.side, promise.owner)))]


def _whose(talk: Talk, side: Side, owner: str) -> dict[str, object]:
    """Whose an action is, as the presenter says it to the sponsor: "me", "us", "you", or somebody at their side."""
    ours = side is Side.VENDOR
    sponsor = talk.picture.sponsor.name if talk.picture.sponsor else ""
    mine = ours and bool(owner) and owner == talk.picture.owner
    return {"ours": ours, "mine": mine, "yours": not ours and owner in ("", sponsor), "owner": owner}


def _judged_otherwise(talk: Talk, promises: Iterable[Commitment]) -> list[Asked]:
    target = talk.teller.wording.target
    moved = [each for each in promises if each.target is not None and each.target_now is not None]
    items = [
        talk.words("promised-otherwise", what=each.name, then=target(each.target), now=target(each.target_now))
        for each in moved
        if each.target is not None and each.target_now is not None
    ]
    return talk.asked("promised-otherwise", [each.receipt for each in moved], items=items) if items else []


# ---- people ---------------------------------------------------------------------------------------------------------


def _of_people(talk: Talk) -> list[Asked]:
    picture = talk.picture
    idle = picture.breadth.counted - picture.breadth.active
    if picture.feed_silent or not idle:
        return []
    receipts = [picture.breadth.receipt]
    sponsor = picture.sponsor.name if picture.sponsor else ""
    states = (PersonState.NOT_YET, PersonState.LAPSED, PersonState.OCCASIONAL)
    people = [each for p in picture.personas for state in states for each in p.with_state(state)]
    shown = [each.shown_name or "" for each in people]
    case = "-open" if picture.names_agreed and all(shown) else ""
    found = talk.asked("who", receipts, case=case, n=idle, sponsor=sponsor, names=talk.teller.wording.listing(shown))
    gaps = [gap for gap in talk.deck.picture.gaps if gap.kind in PEOPLE_STATES][:MOST]
    parts = [_open_gap(talk, gap) for gap in gaps]
    if parts:
        found += talk.asked("why", [*receipts, *receipts_of(gaps)], n=idle, parts=parts)
    return found


def _open_gap(talk: Talk, gap: Gap) -> str:
    """A gap in the deck's words, with its plan."""
    plan = talk.deck.text(f"gap-plan:{gap.key}") if gap.action else ""
    words = talk.words("below-plan", plan=plan) if plan else talk.words("below-no-plan")
    return talk.teller.sentences([talk.deck.text(f"gap:{gap.key}"), words])


# ---- workflows ------------------------------------------------------------------------------------------------------


def _of_workflows(talk: Talk) -> list[Asked]:
    found: list[Asked] = []
    for workflow in below_target(talk.teller)[:MOST]:
        found += _below(talk, workflow)
    unmeasured = [w for w in talk.picture.workflows if not w.state.measurable]
    for workflow in unmeasured[:MOST]:
        case = "no-data" if workflow.state is TargetState.NO_DATA else "no-one"
        reason_why = talk.words(f"unmeasured-{case}", period=talk.teller.period)
        found += talk.asked("unmeasured", [workflow.receipt], name=workflow.name, reason=reason_why)
    return [*found, *_moved_targets(talk), *_other_figures(talk)]


def _below(talk: Talk, workflow: WorkflowPicture) -> list[Asked]:
    kinds = (GapKind.OFF_TARGET, GapKind.NO_EVENTS)
    gap = next((gap for gap in talk.picture.gaps if gap.workflow == workflow.id and gap.kind in kinds), None)
    if gap is None or not talk.deck.text(f"gap:{gap.key}"):
        parts = [talk.deck.text(f"workflow:{workflow.id}")]
    else:
        several = len(gap.who) > 1 or len(talk.picture.persona(workflow.persona).people) > 1
        count = talk.words("below-shortfall", n=len(gap.who)) if gap.who and several else ""
        plan = talk.deck.text(f"gap-plan:{gap.key}") if gap.action else ""
        words = talk.words("below-plan", plan=plan) if plan else talk.words("below-no-plan")
        parts = [talk.deck.text(f"gap:{gap.key}"), talk.teller.sentences([count, words])]
    receipts = [workflow.receipt, *receipts_of([gap] if gap else [])]
    return talk.asked("below", receipts, name=workflow.name, parts=parts)


def _moved_targets(talk: Talk) -> list[Asked]:
    """Targets that are others than at the last review, and what the old one would say."""
    found: list[Asked] = []
    figures: tuple[PersonaPicture | WorkflowPicture, ...] = (*talk.picture.personas, *talk.picture.workflows)
    for each in figures:
        then = each.delivered.target if each.delivered and Cause.TARGET in each.delivered.causes else None
        if then is None:
            continue
        value = _value(each)
        verdict = "" if value is None else talk.words("moved-met" if value >= then else "moved-not-met")
        targets = {"then": talk.teller.wording.target(then), "now": talk.teller.wording.target(each.target)}
        found += talk.asked("moved", [each.receipt], name=each.name, verdict=verdict, **targets)
    return found[:MOST]


def _value(each: PersonaPicture | WorkflowPicture) -> Fraction | None:
    if isinstance(each, WorkflowPicture):
        return each.value if each.state in (TargetState.MET, TargetState.NOT_MET) else None
    return Fraction(each.active, each.counted) if each.counted else None


def _other_figures(talk: Talk) -> list[Asked]:
    """Figures of the quarter before that are not what the last review showed."""
    found: list[Asked] = []
    for workflow in talk.picture.workflows:
        causes = set(workflow.delivered.causes) if workflow.delivered else set()
        told = workflow_before(talk.teller, workflow) if causes - {Cause.TARGET} else ""
        if told:
            found += talk.asked("other", [workflow.receipt], name=workflow.name, told=told)
    return found[:MOST]


# ---- direction and impact -------------------------------------------------------------------------------------------


def _of_direction(talk: Talk) -> list[Asked]:
    direction = talk.picture.direction
    call, receipts = CALLS[direction.trend], [direction.receipt]
    match direction.trend:
        case Trend.TOO_EARLY:
            return talk.asked("when", receipts, reason=reason(talk.teller))
        case Trend.SHRINKING:
            gaps = [g for g in talk.deck.picture.gaps if g.kind in (GapKind.LAPSED, GapKind.OFF_TARGET)][:MOST]
            told = [talk.deck.text(f"gap:{gap.key}") for gap in gaps]
            parts = [talk.teller.sentence(fact_of_change(talk.teller)), *(each for each in told if each)]
            receipts += [talk.picture.breadth.receipt, *receipts_of(gaps)]
            return talk.asked("happened", receipts, parts=[part for part in parts if part])
        case Trend.SPREADING | Trend.UNCLEAR:
            fact = more_and_less(talk.teller)
            facts = {"fact": fact, **_clear(talk)}
            return talk.asked("luck", receipts, case=f"-{call}", call=call, **facts) if fact else []
    return []


def _clear(talk: Talk) -> dict[str, bool]:
    """Whether a change is far above chance, or within it; the figures of that are in the receipt."""
    facts = dict(talk.picture.receipt(talk.picture.direction.receipt).rule_facts)
    size, needed = facts.get("signal"), facts.get("limit")
    if not isinstance(size, float) or not isinstance(needed, float):
        return {"far": False, "within": True}
    return {"far": abs(size) >= FAR * needed, "within": abs(size) < needed}


def _of_impact(talk: Talk) -> list[Asked]:
    found: list[Asked] = []
    for each in [each for each in talk.picture.impacts if each.tellable][:MOST]:
        impact, source = each.impact, each.impact.source
        if source is None:
            continue
        said_by = witness(talk.teller, impact)
        found += talk.asked("whose", [each.receipt], case=f"-{source.value}", what=impact.what, witness=said_by)
    here = (each for each in talk.picture.impacts if each.tellable and each.impact.source is not Source.BENCHMARK)
    first = next(here, None)
    if first:
        facts = {"vendor": talk.picture.vendor, "witness": witness(talk.teller, first.impact)}
        case = "-said" if first.impact.because else "-unsaid"
        found += talk.asked("cause", [first.receipt], case=case, **facts)
    return found


# ---- gaps, the plan, what comes next --------------------------------------------------------------------------------


def _of_gaps(talk: Talk) -> list[Asked]:
    dated = [gap for gap in talk.deck.picture.gaps if f"gap-since:{gap.key}" in talk.deck][:MOST]
    items = [
        talk.words(
            "known-item", what=talk.deck.text(f"gap-short:{gap.key}"), since=talk.deck.text(f"gap-since:{gap.key}")
        )
        for gap in dated
    ]
    return talk.asked("known", receipts_of(dated), items=items) if items else []


def _of_plan(talk: Talk) -> list[Asked]:
    found: list[Asked] = []
    for each in open_actions(talk.teller):
        action = each.action
        if each.overdue and action.due and each.audience is Audience.CUSTOMER:
            facts: dict[str, object] = {"action": action.action, "day": talk.teller.near(action.due)}
            facts |= _whose(talk, action.side, action.owner)
            case = "-ours" if action.side is Side.VENDOR else "-theirs"
            found += talk.asked("late", [PLAN], case=case, **facts)
    return found[:MOST]


def _of_next(talk: Talk) -> list[Asked]:
    actions = [each.action for each in open_actions(talk.teller) if each.audience is Audience.CUSTOMER]
    theirs = [action for action in actions if action.side is Side.CUSTOMER and action.is_plan]
    items = [
        talk.teller.say("plan.open", action=a.action, owner=a.owner, day=talk.teller.near(a.due))
        for a in theirs
        if a.due
    ]
    parts = [
        talk.deck.text("ask"),
        *([talk.teller.sentence(talk.words("need-actions", items=items))] if items else []),
    ]
    said = [part for part in parts if part]
    return talk.asked("need", [PLAN], parts=said) if said else []


def _of_receipts(talk: Talk) -> list[Asked]:
    picture = talk.picture
    found: list[Asked] = []
    definition = talk.deck.statements.get("definition:active")
    if definition:
        question = Said(talk.words("active-question"), definition.receipts)
        found.append(Asked(question, Said(definition.text, definition.receipts)))
    day, window = talk.teller.wording.date(picture.as_of), talk.teller.wording.span(picture.window)
    last = talk.teller.near(picture.feed_last) if picture.feed_last and picture.feed_last < picture.as_of else ""
    return [*found, *talk.asked("current", [PERIOD, picture.breadth.receipt], day=day, window=window, last=last)]


def _of_needs(talk: Talk) -> list[Asked]:
    missing = [gap for gap in talk.deck.picture.gaps if gap.kind.is_missing_piece]
    items = [talk.deck.text(f"gap-short:{gap.key}") for gap in missing]
    return talk.asked("needs", receipts_of(missing), items=items) if items else []


_RULES: Mapping[str, tuple[Callable[[Talk], list[Asked]], ...]] = {
    "sentence": (_of_sentence,),
    "bought": (_of_goal, _of_measures),
    "promises": (_of_promises,),
    "people": (_of_people,),
    "workflows": (_of_workflows,),
    "direction": (_of_direction,),
    "impact": (_of_impact,),
    "gaps": (_of_gaps,),
    "needs": (_of_needs,),
    "plan": (_of_plan,),
    "next": (_of_next,),
    "receipts": (_of_receipts,),
}
