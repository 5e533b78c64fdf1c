"""What is not working: each gap in full, in short, who, since when, and the plan, as far as the reader may see it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qbrgen.narrate.grammar import RHYTHM_KEYS, short_name
from qbrgen.narrate.outlook import basis_text, range_text
from qbrgen.narrate.people import STATE_KEYS
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import capital
from qbrgen.narrate.workflows import against_target, state_text, what
from qbrgen.score.picture import Gap, PersonaPicture, PlannedAction, WorkflowPicture
from qbrgen.score.states import Forecast, GapKind, PersonState

PEOPLE_STATES = {
    GapKind.NOT_YET_ACTIVE: PersonState.NOT_YET,
    GapKind.LAPSED: PersonState.LAPSED,
    GapKind.OCCASIONAL: PersonState.OCCASIONAL,
}
# A second fence: scoring marks these as internal, and then redaction has dropped them already.
NEVER_FOR_CUSTOMERS = frozenset({GapKind.MISS_AT_RENEWAL, GapKind.MASKED})
MOST_NAMES = 6


def shown_gaps(teller: Teller) -> list[Gap]:
    """The gaps that this reader may see, in the picture's order."""
    return [gap for gap in teller.picture.gaps if teller.internal or gap.kind not in NEVER_FOR_CUSTOMERS]


def tell_gaps(teller: Teller) -> None:
    """gap:, gap-short:, gap-who:, gap-since:, gap-plan: for every gap; silent and draft.

    gap-clause: is the short one within a sentence, for leadership: "both sales managers busy".
    """
    for gap in shown_gaps(teller):
        receipts = [gap.receipt, gap.own_receipt, *_outlook_receipt(teller, gap)]
        teller.tell(f"gap:{gap.key}", teller.sentences(_full(teller, gap)), receipts)
        within = short(teller, gap)
        teller.tell(f"gap-short:{gap.key}", capital(within), receipts)
        if teller.internal:
            teller.tell(f"gap-clause:{gap.key}", within, receipts)
        teller.tell(f"gap-who:{gap.key}", _who(teller, gap), receipts)
        if gap.since and gap.kind is not GapKind.OCCASIONAL:  # now and then has no beginning
            teller.tell(f"gap-since:{gap.key}", since(teller, gap), receipts)
        teller.tell(f"gap-plan:{gap.key}", plan_of(teller, gap.action), receipts)
    if teller.picture.feed_silent:
        teller.tell_sentence("silent", silence(teller), [teller.picture.breadth.receipt])
    if teller.picture.draft:
        teller.tell("draft", teller.say("draft"))


def _outlook_receipt(teller: Teller, gap: Gap) -> list[str]:
    workflow = teller.workflow(gap.workflow)
    foretold = gap.kind is GapKind.MISS_AT_RENEWAL and workflow and workflow.outlook
    return [foretold.receipt] if foretold else []


def since(teller: Teller, gap: Gap) -> str:
    """ "since 17 August"; "since at least …" where it may have been so for longer than the data show."""
    if gap.since is None:
        return ""
    return teller.say("gap.since-at-least" if gap.at_least else "gap.since", day=teller.near(gap.since))


def silence(teller: Teller) -> str:
    """Since when nothing has come."""
    last = teller.picture.feed_last
    if began_later(teller) and teller.picture.feed_next:
        facts = {"account": teller.picture.name, "period": teller.period}
        return teller.say("silent.not-yet", **facts, day=teller.wording.date(teller.picture.feed_next))
    if last is None:
        return teller.say("silent.never", account=teller.picture.name)
    return teller.say("silent.since", account=teller.picture.name, day=teller.wording.date(last))


def began_later(teller: Teller) -> bool:
    """Whether the account's first data came after the period: then nothing broke, and nobody stayed away."""
    return teller.picture.not_started


def is_open_plan(planned: PlannedAction | None) -> bool:
    """Whether there is a plan: action, owner and date, not done, and its date has not passed."""
    return bool(planned and planned.action.is_plan and planned.action.done_on is None and not planned.overdue)


def plan_of(teller: Teller, planned: PlannedAction | None) -> str:
    """The plan that closes a gap, "no plan yet", or what keeps an action from being one."""
    if planned is None or not planned.action.action:
        return teller.say("plan.none")
    action = planned.action
    if action.done_on is not None:
        return teller.say("plan.done", action=action.action, day=teller.near(action.done_on))
    if action.due is None or not action.owner:
        missing = "both" if action.due is None and not action.owner else "date" if action.due is None else "owner"
        return teller.say(f"plan.without-{missing}", action=action.action)
    key = "plan.overdue" if planned.overdue else "plan.open"
    return teller.say(key, action=action.action, owner=action.owner, day=teller.near(action.due))


# ---- short ----------------------------------------------------------------------------------------------------------


def short(teller: Teller, gap: Gap) -> str:
    """A gap as a row of a table: "2 of 7 reps not yet active", "Replies answered the same day 62%, target 75%"."""
    persona, workflow = teller.persona(gap.persona), teller.workflow(gap.workflow)
    if gap.kind in PEOPLE_STATES and persona:
        state = PEOPLE_STATES[gap.kind]
        many, one = short_name(persona, teller.picture.personas)
        n = len(persona.with_state(state))
        facts = {"n": n, "m": persona.counted, "name": many, "one": one, "alone": len(persona.people) == 1}
        return teller.say(f"gap-short.{STATE_KEYS[state]}", **facts)
    if gap.kind is GapKind.OFF_TARGET and workflow:
        return teller.statements[f"workflow-short:{workflow.id}"].text
    facts = _words(teller, gap, persona, workflow)
    if gap.kind is GapKind.NO_EVENTS:
        return teller.say(f"gap-short.{_nothing(gap)}", **facts)
    if gap.kind is GapKind.NO_PEOPLE and isinstance(left := gap.fact("left"), int):
        return teller.say("gap-short.people-left", **facts | {"n": left})
    rest_on_one = _rest_on_one(gap)
    if len(rest_on_one) > 1:
        return teller.say("gap-short.one-person-several", **facts | {"n": len(rest_on_one)})
    if gap.hides_inactive and persona:
        many, one = short_name(persona, teller.picture.personas)
        facts |= {"n": persona.counted - persona.active, "m": persona.counted, "name": many, "one": one}
    how = ""
    if gap.kind is GapKind.MISS_AT_RENEWAL and gap.fact("forecast") == Forecast.OPEN:
        how = "-open"
    elif gap.kind is GapKind.MASKED and not gap.hides_inactive:
        how = "-falling"
    elif gap.kind is GapKind.FEED_SILENT and began_later(teller):
        how = "-not-started"
    return teller.say(f"gap-short.{gap.kind.name.lower().replace('_', '-')}{how}", **facts)


def _words(
    teller: Teller, gap: Gap, persona: PersonaPicture | None, workflow: WorkflowPicture | None
) -> dict[str, object]:
    """The names and figures that the entries of a gap may use; "" for what it does not have."""
    facts: dict[str, object] = {
        "account": teller.picture.name,
        "vendor": teller.picture.vendor,
        "period": teller.period,
        "workflow": workflow.name if workflow else "",
        "persona": persona.name if persona else "",
        "one": persona.one if persona else "",
        "what": _text(gap.fact("what")) or _impact_name(teller, gap),
        "n": gap.fact("count") if isinstance(gap.fact("count"), int) else len(gap.who),
        "day": teller.wording.date(gap.since) if gap.since else "",
        "target": teller.wording.target(workflow.target) if workflow else "",
        "state": state_text(teller, workflow) if workflow else "",
    }
    if persona:
        facts["units"] = teller.say(f"units.{RHYTHM_KEYS[persona.rhythm]}", n=4)
    for name in ("recent", "earlier", "share", "expected"):
        value, target = gap.fact(name), None
        if workflow and name == "expected":
            target = workflow.target  # what is said must not stand on the other side of it
        facts[name] = teller.wording.percent(Fraction(value), target) if isinstance(value, Fraction | int) else ""
    return facts


def _range(teller: Teller, gap: Gap, workflow: WorkflowPicture | None) -> str:
    low, high = gap.fact("low"), gap.fact("high")
    if workflow is None or not isinstance(low, Fraction | int) or not isinstance(high, Fraction | int):
        return ""
    return range_text(teller, workflow, Fraction(low), Fraction(high))


def _text(fact: object) -> str:
    return fact if isinstance(fact, str) else ""


def _impact_name(teller: Teller, gap: Gap) -> str:
    wanted = _text(gap.fact("impact")) or gap.key.partition("/")[2]
    return next((p.impact.what for p in teller.picture.impacts if p.impact.id == wanted), "")


# ---- in full --------------------------------------------------------------------------------------------------------


def _full(teller: Teller, gap: Gap) -> list[str]:
    """A gap as sentences: what, since when, and for leadership who."""
    persona, workflow = teller.persona(gap.persona), teller.workflow(gap.workflow)
    if gap.kind in PEOPLE_STATES and persona:
        return [_people(teller, gap, persona)]
    if gap.kind is GapKind.OFF_TARGET and workflow:
        return _off_target(teller, gap, workflow)
    facts = _words(teller, gap, persona, workflow)
    if gap.kind is GapKind.FEED_SILENT:
        return [silence(teller), "" if began_later(teller) else teller.say("silent.find-out", **facts)]
    key = gap.kind.name.lower().replace("_", "-")
    match gap.kind:
        case GapKind.MISS_AT_RENEWAL:
            key = "may-miss" if gap.fact("forecast") == Forecast.OPEN else "miss"
            facts |= {"basis": basis_text(teller, _text(gap.fact("pace")), [workflow] if workflow else [])}
            facts |= {"aside": gap.fact("pace") == "rest", "range": _range(teller, gap, workflow)}
            facts["renewal"] = teller.wording.date(teller.picture.renewal) if teller.picture.renewal else ""
        case GapKind.MASKED if persona:
            key = "masked" if gap.hides_inactive else "masked-falling"
            facts |= {"n": persona.active, "m": persona.counted, "several": persona.counted != 1}
            if gap.hides_inactive:
                facts |= {"n": persona.counted - persona.active, "name": persona.name}
        case GapKind.ONE_PERSON if persona:
            people = gap.fact("people")
            facts["m"] = people if isinstance(people, int) else persona.counted
            facts["names"] = teller.names_of(gap) if teller.with_names else []
            rest_on_one = _rest_on_one(gap)
            if len(rest_on_one) > 1:
                key, facts["n"] = "one-person-several", len(rest_on_one)
                facts["workflows"] = [_with_counts(teller, *each) for each in rest_on_one]
                facts["rhythm"] = RHYTHM_KEYS[persona.rhythm]
        case GapKind.NO_EVENTS:
            key, facts["of"] = _nothing(gap), workflow.word("of") if workflow else ""
        case GapKind.NO_PEOPLE if isinstance(left := gap.fact("left"), int):
            key, facts["n"] = "people-left", left
        case GapKind.NO_IMPACT if isinstance(first := gap.fact("first_later"), date):
            key, facts["day"] = "no-impact-later", teller.wording.date(first)
        case GapKind.EVENT_NEVER if teller.internal and isinstance(gap.fact("events"), tuple):
            key, facts["events"] = "event-never-named", gap.fact("events")
    return [teller.say(f"gap.{key}", **facts)]


def _nothing(gap: Gap) -> str:
    """What did not come: a value, the events that a share is of, or any event."""
    if gap.fact("kind") == "value":
        return "no-value"
    return "no-events-below" if gap.fact("nothing_below") else "no-events"


def _rest_on_one(gap: Gap) -> list[tuple[str, int, int]]:
    """Of each workflow that rests on this one person: its id, the units that are theirs, of how many."""
    lists = [gap.fact(name) for name in ("workflows", "done", "of")]
    return list(zip(*lists, strict=True)) if all(isinstance(each, tuple) for each in lists) else []


def _with_counts(teller: Teller, workflow_id: str, n: int, m: int) -> str:
    workflow = teller.workflow(workflow_id)
    return teller.say("gap.one-person-share", workflow=workflow.name if workflow else "", n=n, m=m)


def _people(teller: Teller, gap: Gap, persona: PersonaPicture) -> str:
    state = PEOPLE_STATES[gap.kind]
    n, m = len(persona.with_state(state)), persona.counted
    names = teller.shown_names(persona.with_state(state)) if teller.with_names or teller.picture.names_agreed else []
    facts = {"n": n, "m": m, "name": persona.name, "one": persona.one, "alone": len(persona.people) == 1}
    clause = teller.say(f"gap.{STATE_KEYS[state]}", **facts)
    return teller.say("gap.with-names", clause=clause, names=names) if 0 < len(names) <= MOST_NAMES else clause


def _off_target(teller: Teller, gap: Gap, workflow: WorkflowPicture) -> list[str]:
    below = since(teller, gap)
    relation = against_target(teller, workflow)
    said = teller.say("gap.off-target", clause=what(teller, workflow), relation=relation, since=below)
    persona = teller.persona(workflow.persona)
    names = teller.names_of(gap) if teller.with_names else []
    if not names or (persona and len(persona.people) == 1):
        return [said]
    more = len(names) - MOST_NAMES if len(names) > MOST_NAMES + 1 else 0
    shown = names[:MOST_NAMES] if more else names
    return [said, teller.say("gap.shortfall", names=shown, more=more, n=len(names))]


# ---- who ------------------------------------------------------------------------------------------------------------


def _who(teller: Teller, gap: Gap) -> str:
    """Names, for leadership or where the account agreed to names. A count is in the gap's own words already."""
    persona = teller.persona(gap.persona)
    if gap.kind in PEOPLE_STATES and persona:
        people = persona.with_state(PEOPLE_STATES[gap.kind])
        names = teller.shown_names(people)
        return _names(teller, names) if names else ""
    names = teller.names_of(gap) if teller.internal else []
    if gap.kind is GapKind.OFF_TARGET and names:
        return teller.say("gap.who-shortfall", names=_names(teller, names))
    return _names(teller, names) if names else ""


def _names(teller: Teller, names: list[str]) -> str:
    if len(names) <= MOST_NAMES + 1:
        return teller.wording.listing(names)
    return teller.say("gap.names-and-more", names=names[:MOST_NAMES], more=len(names) - MOST_NAMES)
