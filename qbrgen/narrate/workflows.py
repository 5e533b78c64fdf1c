"""What they do: each workflow against its target, in the four states, by the kind of its target."""

from __future__ import annotations

from qbrgen.narrate.delivered import is_new, workflow_before, workflows_then
from qbrgen.narrate.grammar import RHYTHM_KEYS, single
from qbrgen.narrate.teller import Teller
from qbrgen.score.picture import PersonaPicture, WorkflowPicture
from qbrgen.score.states import GapKind, TargetState

RECURRING = ("frequency", "chain")
FEW = 10
"""Below so many events, units or people the counts are said: a percentage of four months says less than 1 of 4."""


def first_sayable(teller: Teller) -> WorkflowPicture | None:
    """The first-listed workflow with a finding, met or not met: never the best-looking (method.md: "Statements").

    One whose people count goes before one whose people are all too new.
    """
    measurable = [w for w in teller.picture.workflows if w.state.measurable]
    counted = {persona.id for persona in teller.picture.personas if persona.counted}
    return next((w for w in measurable if w.persona in counted), measurable[0] if measurable else None)


def what(teller: Teller, workflow: WorkflowPicture, *, again: bool = False) -> str:
    """What they do, as a clause without its target: "80% of outbound touches now run through sequences".

    again: the clause before is about the same people only, so that one person need not be called the same again.
    """
    if workflow.value is None:
        return _nothing_happened(teller, workflow)
    value = teller.wording.percent(workflow.value, workflow.target)
    persona = teller.persona(workflow.persona)
    if workflow.kind in ("share", "value") and workflow.word("of") and workflow.word("do"):
        return _share(teller, workflow, value)
    if workflow.kind in RECURRING and workflow.word("did") and persona:
        return _recurring(teller, workflow, persona, value, again)
    if workflow.kind == "milestone" and workflow.word("did") and persona and workflow.ratio:
        return _milestone(teller, workflow, persona)
    if few(workflow):
        return teller.say("what.named-few", name=workflow.name, value=value, counts=counts(teller, workflow))
    return teller.say("what.named", name=workflow.name, value=value)


def _share(teller: Teller, workflow: WorkflowPicture, value: str) -> str:
    facts = {"of": workflow.word("of"), "do": workflow.word("do"), "value": value}
    if workflow.value in (0, 1):
        return teller.say("what.share-none" if workflow.value == 0 else "what.share-all", **facts)
    if few(workflow):
        return teller.say("what.share-few", **facts, counts=counts(teller, workflow))
    now = workflow.kind == "share" and _is_up(teller, workflow)
    return teller.say("what.share-now" if now else "what.share", **facts)


def few(workflow: WorkflowPicture) -> bool:
    """Whether so few were counted that a percentage alone would say more than there is."""
    return workflow.ratio is not None and workflow.ratio.denominator < FEW


def _is_up(teller: Teller, workflow: WorkflowPicture) -> bool:
    """Whether it was lower the quarter before, as both are shown: "now" says that something has changed."""
    if workflow.previous is None or workflow.value is None or workflow.previous >= workflow.value:
        return False
    return not _shows_the_same(teller, workflow)


def _shows_the_same(teller: Teller, workflow: WorkflowPicture) -> bool:
    if workflow.previous is None or workflow.value is None:
        return False
    now = teller.wording.percent(workflow.value, workflow.target)
    return now == teller.wording.percent(workflow.previous)


def _nothing_happened(teller: Teller, workflow: WorkflowPicture) -> str:
    gaps = [gap for gap in teller.picture.gaps if gap.kind is GapKind.NO_EVENTS and gap.workflow == workflow.id]
    if any(gap.fact("nothing_below") for gap in gaps):
        facts = {
            "of": workflow.word("of"),
            "name": workflow.name,
            "period": teller.period,
        }
        return teller.say("what.no-events-below", **facts)
    if workflow.word("of"):
        return teller.say("what.no-events", of=workflow.word("of"), period=teller.period)
    return teller.say("what.nothing", name=workflow.name, period=teller.period)


def _recurring(teller: Teller, workflow: WorkflowPicture, persona: PersonaPicture, value: str, again: bool) -> str:
    unit, did = RHYTHM_KEYS[persona.rhythm], workflow.word("did")
    ratio = workflow.ratio
    if ratio is not None and len(persona.people) == 1:
        n, m = ratio.numerator, ratio.denominator
        case = "none" if n == 0 else "every" if n == m else "some"
        who = teller.say("group.they") if again else single(teller, persona)
        every = teller.say(f"often.{'only' if m == 1 else 'every'}-{unit}")
        facts = {"often": every, "units": teller.say(f"units.{unit}", n=m)}
        return teller.say(f"what.one-{case}", who=who, did=did, n=n, m=m, **facts)
    said = {"name": persona.name, "one": persona.one, "did": did, "value": value}
    if workflow.value in (0, 1):
        case = "none" if workflow.value == 0 else "every"
        return teller.say(f"what.group-{case}", **said, often=teller.say(f"often.every-{unit}"))
    if ratio is not None and ratio.denominator < FEW:
        units, n, m = teller.say(f"units.{unit}", n=ratio.denominator), ratio.numerator, ratio.denominator
        return teller.say("what.group-some-few", **said, n=n, m=m, units=units)
    return teller.say("what.group-some", **said, units=teller.say(f"units.their-{unit}"))


def _milestone(teller: Teller, workflow: WorkflowPicture, persona: PersonaPicture) -> str:
    assert workflow.ratio is not None
    n, m = workflow.ratio.numerator, workflow.ratio.denominator
    days = within_days(teller, workflow)
    facts = {"n": int(n), "m": int(m), "name": persona.name, "one": persona.one, "did": workflow.word("did")}
    case = "one" if m == 1 else "none" if n == 0 else "all" if n == m else "some"
    if days is None:
        return teller.say(f"what.milestone-{case}", **facts)
    return teller.say(f"what.milestone-{case}-days", **facts, days=days)


def within_days(teller: Teller, workflow: WorkflowPicture) -> int | None:
    """The length of a milestone's or a chain's window, from the receipt; None where it is not there."""
    receipt = teller.receipts.get(workflow.receipt)
    days = dict(receipt.rule_facts).get("within_days") if receipt else None
    return int(days) if isinstance(days, int) else None


def against_target(teller: Teller, workflow: WorkflowPicture) -> str:
    """ "on the target of 70%", "10 points above the target of 70%", "13 points below the target of 75%"."""
    target = teller.wording.target(workflow.target)
    if workflow.value is None:
        return teller.say("target.missed", target=target)
    if workflow.value in (0, 1):  # the clause says none or all in words: points would have nothing to stand on
        return teller.say("target.against", target=target)
    points = teller.wording.points_between(workflow.value, workflow.target)
    if points == teller.wording.number(0):
        return teller.say("target.exact" if workflow.value == workflow.target else "target.just-above", target=target)
    side = "above" if workflow.state is TargetState.MET else "below"
    return teller.say(f"target.{side}", target=target, points=points, one=points == teller.wording.number(1))


def state_text(teller: Teller, workflow: WorkflowPicture) -> str:
    """ "on target", "13 points below", "none happened", "no data", "no one to count"."""
    match workflow.state:
        case TargetState.MET:
            return teller.say("state.met")
        case TargetState.NO_DATA:
            return teller.say("state.no-data")
        case TargetState.NOT_APPLICABLE:
            return teller.say("state.not-applicable")
    if workflow.value is None:
        return teller.say("state.none-happened")
    points = teller.wording.points_between(workflow.value, workflow.target)
    return teller.say("state.below", points=points, one=points == teller.wording.number(1))


def counts(teller: Teller, workflow: WorkflowPicture) -> str:
    """What the value was counted from: "4,182 of 5,221", "48 of 52"; "" for a ready-made value."""
    if workflow.ratio is None or workflow.value is None:
        return ""
    n, m = (teller.wording.count(each) for each in (workflow.ratio.numerator, workflow.ratio.denominator))
    persona = teller.persona(workflow.persona)
    if workflow.kind == "milestone":
        return teller.say("counts.people", n=n, m=m, one=workflow.ratio.denominator == 1)
    if workflow.kind in RECURRING and persona and not workflow.word("did"):
        units = teller.say(f"units.{RHYTHM_KEYS[persona.rhythm]}", n=workflow.ratio.denominator)
        return teller.say("counts.units", n=n, m=m, units=units, one=workflow.ratio.denominator == 1)
    return teller.say("counts.plain", n=n, m=m)


def tell_workflows(teller: Teller) -> None:
    """Every workflow, and how many of them are on target."""
    for workflow in teller.picture.workflows:
        _tell_short(teller, workflow)
        _tell_full(teller, workflow)
        _tell_definition(teller, workflow)
    _tell_depth(teller)


def _tell_short(teller: Teller, workflow: WorkflowPicture) -> None:
    key, receipts = workflow.id, [workflow.receipt]
    target = teller.wording.target(workflow.target)
    teller.tell(f"workflow-target:{key}", target, receipts)
    teller.tell(f"workflow-state:{key}", state_text(teller, workflow), receipts)
    if workflow.value is not None:
        value = teller.wording.percent(workflow.value, workflow.target)
        teller.tell(f"workflow-value:{key}", value, receipts)
        short = teller.say("workflow.short", name=workflow.name, value=value, target=target)
    else:
        teller.leave_out(f"workflow-value:{key}", workflow_reason(workflow))
        short = teller.say("workflow.short-no-value", name=workflow.name, state=state_text(teller, workflow))
    teller.tell(f"workflow-short:{key}", short, receipts)
    if workflow.previous is not None:
        teller.tell(f"workflow-previous:{key}", teller.wording.percent(workflow.previous), receipts)
    else:
        teller.leave_out(f"workflow-previous:{key}", "no-previous")


def workflow_reason(workflow: WorkflowPicture) -> str:
    """Why a workflow has no value, as a reason of the wording files."""
    reasons = {TargetState.NO_DATA: "silent", TargetState.NOT_APPLICABLE: "nobody-counted"}
    return reasons.get(workflow.state, "none-happened")


def _tell_full(teller: Teller, workflow: WorkflowPicture) -> None:
    parts: list[str] = []
    period = teller.period
    if workflow.state is TargetState.NO_DATA:
        parts.append(teller.say("workflow.no-data", name=workflow.name, period=period))
    elif workflow.state is TargetState.NOT_APPLICABLE:
        parts.append(teller.say("workflow.not-applicable", name=workflow.name, period=period))
    else:
        clause, relation = what(teller, workflow), against_target(teller, workflow)
        said = _in_brackets(teller, workflow, clause)
        if said:
            clause = teller.say("workflow.with-counts", clause=clause, counts=said)
        parts.append(teller.say("workflow.full", clause=clause, relation=relation))
        parts.append(workflow_before(teller, workflow) or _was(teller, workflow))
    if workflow.early:
        parts.append(teller.say("workflow.early", n=workflow.early))
    if is_new(teller, workflow):
        parts.append(teller.say("delivered.workflow-new"))
    teller.tell(f"workflow:{workflow.id}", teller.sentences(parts), [workflow.receipt])


def _in_brackets(teller: Teller, workflow: WorkflowPicture, clause: str) -> str:
    """What the clause does not say itself: the counts behind a percentage, or the percentage of counts."""
    if workflow.value is None:
        return ""
    value, counted = teller.wording.percent(workflow.value, workflow.target), counts(teller, workflow)
    if few(workflow) and value in clause and counted in clause:
        return ""
    persona = teller.persona(workflow.persona)
    if value not in clause and persona is not None and (workflow.kind in RECURRING or workflow.kind == "milestone"):
        return "" if workflow.value in (0, 1) else value
    return counted


def _was(teller: Teller, workflow: WorkflowPicture) -> str:
    """The quarter before, like for like; with everyone of the time too, where that shows another figure."""
    then, reported = (
        None if value is None else teller.wording.percent(value)
        for value in (workflow.previous, workflow.previous_reported)
    )
    if then is None:
        return teller.say("workflow.was-reported", reported=reported) if reported else ""
    if reported and reported != then:
        return teller.say("workflow.was-both", value=then, reported=reported)
    if _shows_the_same(teller, workflow):
        return teller.say("workflow.was-same")
    return teller.say("workflow.was", value=then)


def _tell_definition(teller: Teller, workflow: WorkflowPicture) -> None:
    persona = teller.persona(workflow.persona)
    alone = persona is not None and len(persona.people) == 1
    facts: dict[str, object] = {"target": teller.wording.target(workflow.target), "all": workflow.target == 1}
    facts["alone"] = alone
    key = "named"
    if workflow.kind in ("share", "value") and workflow.word("of") and workflow.word("do"):
        facts |= {"of": workflow.word("of"), "do": workflow.word("do")}
        key = workflow.kind
        if persona and workflow.kind == "share":
            facts |= {"name": persona.name, "one": persona.one}
    elif workflow.kind in RECURRING and workflow.word("did") and persona:
        key = "recurring"
        facts |= {"did": workflow.word("did"), "name": persona.name, "one": persona.one}
        facts["units"] = teller.say(f"units.their-{RHYTHM_KEYS[persona.rhythm]}")
    elif workflow.kind == "milestone" and workflow.word("did") and persona:
        days = within_days(teller, workflow)
        facts |= {"did": workflow.word("did"), "name": persona.name, "days": days or 0}
        key = "milestone" if days else "milestone-in-time"
    if key == "named" or (key == "share" and not persona):
        key = "named"
        facts["name"] = workflow.name
    teller.tell_sentence(f"definition:{workflow.id}", teller.say(f"definition.{key}", **facts), [workflow.receipt])


def _tell_depth(teller: Teller) -> None:
    depth = teller.picture.depth
    if not depth.measurable:
        teller.leave_out("figure:workflows", "silent" if teller.picture.feed_silent else "not-measurable")
        teller.leave_out("change:workflows", "not-measurable")
        return
    teller.tell("figure:workflows", teller.say("workflow.figure", n=depth.met, m=depth.measurable), [depth.receipt])
    parts = []
    not_measured = depth.no_data + depth.not_applicable
    if depth.previous is not None and depth.previous[1]:
        same = depth.previous[1] == depth.measurable  # all that is measured now was measured then
        parts.append(teller.say("change.workflows", n=depth.previous[0], m=depth.previous[1], same=same))
    if then := workflows_then(teller):
        parts.append(then)
    if not_measured:
        parts.append(teller.say("change.not-measurable", n=not_measured))
    if parts:
        teller.tell("change:workflows", teller.wording.clauses(parts), [depth.receipt])
    else:
        teller.leave_out("change:workflows", "no-previous")


def below_target(teller: Teller) -> list[WorkflowPicture]:
    """The workflows that miss their target, in their order."""
    return [w for w in teller.picture.workflows if w.state is TargetState.NOT_MET]
