"""What is planned, what comes next, and what is asked: a plan is only what has an action, an owner and a date."""

from __future__ import annotations

from collections.abc import Sequence

from qbrgen.define.model.account import Side
from qbrgen.narrate.gaps import PEOPLE_STATES, is_open_plan, shown_gaps
from qbrgen.narrate.grammar import group, short_name
from qbrgen.narrate.people import needed
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import capital
from qbrgen.narrate.workflows import below_target
from qbrgen.score.facts.listed import PLAN
from qbrgen.score.picture import Gap, PlannedAction
from qbrgen.score.states import TargetState

MOST_TARGETS = 3


def open_actions(teller: Teller) -> list[PlannedAction]:
    """Actions still to be done."""
    return [planned for planned in teller.picture.actions if planned.action.done_on is None]


def people_gaps(teller: Teller) -> list[Gap]:
    """The gaps about people not active."""
    return [gap for gap in shown_gaps(teller) if gap.kind in PEOPLE_STATES]


def plan_clause(teller: Teller, gaps: Sequence[Gap], *, figures: bool = False) -> str:
    """Whether there is a plan for these gaps: "there is a plan", "the plan is overdue", "there is no plan yet", …

    figures: the clause before counts in figures, so this one does too.
    """
    plans = [gap.action for gap in gaps]
    planned = [each for each in plans if is_open_plan(each)]
    overdue = [each for each in plans if each and each.overdue and each.action.done_on is None]
    if plans and len(planned) == len(plans):
        return teller.say("plan.there-is")
    if planned:
        people = sum(_people_in(teller, gap) for gap in gaps if is_open_plan(gap.action))
        return teller.say("plan.there-is-for-some", n=people, figures=figures)
    due = [each.action.due for each in overdue if each.action.due]
    if due:
        key = "plan.is-overdue" if len(due) == len(plans) else "plan.only-is-overdue"
        return teller.say(key, day=teller.near(min(due)))
    if any(each and each.action.done_on for each in plans):
        return teller.say("plan.is-done")
    return teller.say("plan.there-is-none")


def _people_in(teller: Teller, gap: Gap) -> int:
    persona = teller.persona(gap.persona)
    return len(persona.with_state(PEOPLE_STATES[gap.kind])) if persona else 0


def tell_plan(teller: Teller) -> None:
    """plan, action-closes:<id>, ask, next."""
    _tell_closes(teller)
    actions = open_actions(teller)
    if actions:
        teller.tell("plan", teller.sentences(plan_parts(teller, actions)), [PLAN])
    else:
        teller.leave_out("plan", "no-actions")
    if teller.picture.ask:
        teller.tell("ask", teller.wording.stop(teller.picture.ask))
    else:
        teller.leave_out("ask", "no-ask")
    _tell_next(teller)


def plan_parts(teller: Teller, actions: Sequence[PlannedAction]) -> list[str]:
    """The plan in a few clauses: how many actions, by when, whose, and which are overdue or lack something."""
    whole = [planned for planned in actions if planned.action.is_plan]
    overdue = [planned for planned in whole if planned.overdue]
    ahead = [planned.action.due for planned in whole if planned.action.due and not planned.overdue]
    last = teller.near(max(ahead)) if ahead else ""
    facts = {"n": len(actions), "whole": len(whole), "last": last}
    case = "all" if len(whole) == len(actions) else "some" if whole else "none"
    parts = [teller.say(f"plan.actions-{case}", **facts)]
    ours = sum(planned.action.side is Side.VENDOR for planned in actions)
    theirs = len(actions) - ours
    sides = {"ours": ours, "theirs": theirs, "vendor": teller.picture.vendor, "account": teller.picture.name}
    parts.append(teller.say(f"plan.sides-{'both' if ours and theirs else 'ours' if ours else 'theirs'}", **sides))
    if overdue:
        parts.append(teller.say("plan.some-overdue", n=len(overdue), all=len(overdue) == len(actions)))
    return parts


def _tell_closes(teller: Teller) -> None:
    by_action: dict[str, list[Gap]] = {}
    for gap in shown_gaps(teller):
        if gap.action:
            by_action.setdefault(gap.action.action.id, []).append(gap)
    for planned in teller.picture.actions:
        action = planned.action
        key = f"action-closes:{action.id}"
        closed = by_action.get(action.id, [])
        about_people = [gap for gap in closed if gap.kind in PEOPLE_STATES]
        persona, workflow = teller.persona(action.closes), teller.workflow(action.closes)
        if persona and len(about_people) > 1:
            n, (many, _) = persona.counted - persona.active, short_name(persona, teller.picture.personas)
            text = teller.say("plan.closes-people", n=n, m=persona.counted, name=many)
            teller.tell(key, capital(text), [persona.receipt])
        elif closed:
            teller.tell(key, teller.statements[f"gap-short:{closed[0].key}"].text, [closed[0].receipt])
        elif workflow:
            teller.tell(key, teller.statements[f"workflow-short:{workflow.id}"].text, [workflow.receipt])
        elif persona:
            teller.tell(key, capital(persona.name), [persona.receipt])
        elif action.closes in ("impact", "outcome"):
            teller.tell(key, teller.say(f"plan.closes-{action.closes}"))
        else:
            teller.leave_out(key, "closes-nothing")


def _tell_next(teller: Teller) -> None:
    """Next quarter: who shall be active, which workflows shall reach their target, how many shall stay there."""
    parts = next_parts(teller)
    if parts:
        receipts = [teller.picture.breadth.receipt, *(p.receipt for p in teller.picture.personas)]
        receipts += [teller.picture.depth.receipt, *(w.receipt for w in below_target(teller))]
        teller.tell_sentence("next", teller.say("next.targets", parts=parts), receipts)
    else:
        teller.leave_out("next", "no-targets")


def next_parts(teller: Teller) -> list[str]:
    """The targets still to be reached, and how many are to be kept; empty where nothing is measurable."""
    parts: list[str] = []
    people = [p for p in teller.picture.personas if p.counted and p.is_active is False]
    if people:
        groups = [group(teller, p, needed(p.target, p.counted)) for p in people[:MOST_TARGETS]]
        parts.append(teller.say("next.people", groups=groups, more=len(people) - len(groups)))
    below = below_target(teller)
    for workflow in below[:MOST_TARGETS]:
        target = teller.wording.target(workflow.target)
        parts.append(teller.say("next.one-workflow", name=workflow.name, target=target))
    if len(below) > MOST_TARGETS:
        parts.append(teller.say("next.more-workflows", n=len(below) - MOST_TARGETS))
    met = sum(w.state is TargetState.MET for w in teller.picture.workflows)
    if met:
        parts.append(teller.say("next.keep", n=met, all=not below))
    return parts
