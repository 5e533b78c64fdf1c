"""The one sentence: who is active, what they do, what it produces, who is not yet and whether there is a plan.

It takes the first-listed workflow that can be said and the first-listed impact, never the best-looking.
"""

from __future__ import annotations

from qbrgen.narrate.gaps import silence
from qbrgen.narrate.grammar import counted
from qbrgen.narrate.impact import first_tellable, missing_impact, says
from qbrgen.narrate.people import who, who_is_not
from qbrgen.narrate.plan import people_gaps, plan_clause
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.workflows import first_sayable, what
from qbrgen.score.picture import TargetState


def tell_sentence(teller: Teller) -> None:
    """sentence."""
    if teller.picture.feed_silent:
        text = teller.say("sentence.silent", silence=silence(teller), vendor=teller.picture.vendor)
        teller.tell_sentence("sentence", text, [teller.picture.breadth.receipt])
        return
    parts = [who(teller, teller.picture.personas)] if teller.picture.personas else []
    receipts = [teller.picture.breadth.receipt, *(p.receipt for p in counted(teller.picture.personas))]
    workflow = first_sayable(teller)
    if workflow:
        there = counted(teller.picture.personas)
        clause = what(teller, workflow, again=[p.id for p in there] == [workflow.persona])
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
        anyone = works or any(persona.active for persona in teller.picture.personas)
        parts.append(missing_impact(teller, "missing" if anyone else "nothing"))
    parts.append(_open(teller))
    said = [part for part in parts if part]
    if said:
        teller.tell_sentence("sentence", teller.say("sentence.whole", parts=said), receipts)
    else:
        teller.leave_out("sentence", "nothing")


def _open(teller: Teller) -> str:
    """Who is not active, and whether there is a plan for it."""
    personas = teller.picture.personas
    gaps = people_gaps(teller)
    if not any(persona.active for persona in personas):
        return plan_clause(teller, gaps) if gaps and counted(personas) else ""
    rest = who_is_not(teller, personas)
    if not rest:
        return ""
    return teller.say("sentence.open", rest=rest, plan=plan_clause(teller, gaps))
