"""The one sentence: who is active, what they do, what it produces, who is not yet and whether there is a plan.

It takes the first-listed workflow that can be said and the first-listed impact, never the best-looking.
"""

from __future__ import annotations

from qbrgen.narrate.gaps import began_later, silence
from qbrgen.narrate.grammar import counted, new_ones
from qbrgen.narrate.impact import first_tellable, missing_impact, missing_receipts, says
from qbrgen.narrate.people import added_up, states_of_all, who, who_is_not
from qbrgen.narrate.plan import people_gaps, plan_clause
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.workflows import first_sayable, what
from qbrgen.score.facts.listed import PLAN
from qbrgen.score.states import PersonState, TargetState


def tell_sentence(teller: Teller) -> None:
    """sentence."""
    if teller.picture.feed_silent:
        text = silence(teller)
        if not began_later(teller):
            text = teller.say("sentence.silent", silence=text, vendor=teller.picture.vendor)
        teller.tell_sentence("sentence", text, [teller.picture.breadth.receipt])
        return
    parts = _who(teller)
    receipts = [teller.picture.breadth.receipt, *(p.receipt for p in counted(teller.picture.personas))]
    workflow = first_sayable(teller)
    if workflow:
        there = counted(teller.picture.personas)
        same = [p.id for p in there] == [workflow.persona] and len(parts) == 1  # nobody else was named in between
        clause = what(teller, workflow, again=same)
        if workflow.state is TargetState.NOT_MET and workflow.value:
            target = teller.wording.target(workflow.target)
            clause = teller.say("sentence.short-of", clause=clause, target=target)
        parts.append(clause)
        receipts.append(workflow.receipt)
    impact = first_tellable(teller)
    works = bool(workflow and workflow.value)
    if impact:
        parts.append(says(teller, impact.impact, after_work=works))
        receipts.append(impact.receipt)
    elif parts:
        anyone = any(persona.active for persona in teller.picture.personas)
        just_said = works or (anyone and workflow is None and len(parts) == 1)
        parts.append(missing_impact(teller, "missing" if just_said else "title" if anyone else "nothing"))
        receipts += missing_receipts(teller)
    parts.append(_open(teller))
    receipts.append(PLAN)
    said = [part for part in parts if part]
    if said:
        teller.tell_sentence("sentence", teller.say("sentence.whole", parts=said), receipts)
    else:
        teller.leave_out("sentence", "nothing")


def _who(teller: Teller) -> list[str]:
    """Who is active, of everyone: groups of which no one is, where nothing after it names them, and who is new."""
    personas = teller.picture.personas
    if not personas:
        return []
    clause = who(teller, personas, with_idle=added_up(personas), so_far=True)
    return [part for part in (clause, new_ones(teller, personas) if counted(personas) else "") if part]


def plan_said(teller: Teller) -> str:
    """What the sentence ends with: whether there is a plan for those who are not active; "" where everyone is."""
    personas, gaps = teller.picture.personas, people_gaps(teller)
    return plan_clause(teller, gaps, figures=added_up(personas)) if gaps and counted(personas) else ""


def _open(teller: Teller) -> str:
    """Who is not active, and whether there is a plan for it."""
    personas = teller.picture.personas
    if not counted(personas):
        return ""
    plan = plan_said(teller)
    nobody_yet = all(len(p.with_state(PersonState.NOT_YET)) == p.counted for p in personas)
    there = counted(personas)
    rest = "" if nobody_yet else who_is_not(teller, personas)  # that nobody ever was is said with "yet"
    if rest and len(there) == 1 and not there[0].active:
        rest = states_of_all(teller, there[0])  # the group has just been named
    if not rest:
        return plan if any(p.counted > p.active for p in personas) else ""
    return teller.say("sentence.open", rest=rest, plan=plan) if plan else rest
