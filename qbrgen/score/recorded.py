"""The definitions of a recorded review, counted over today's data and today's roster.

In: the record, the account as it is defined today and its evidence. Out: the same `PersonaWork` that scoring makes of
today's definitions, so that every rule of scoring may be applied to it: `states` for people, `reached` for a workflow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from qbrgen.define.model.account import Account
from qbrgen.define.model.playbook import Chain, Frequency, Measure, Milestone, Persona, Share, Workflow
from qbrgen.define.model.review import PersonaDelivered, ReviewRecord, WorkflowDelivered
from qbrgen.define.model.settings import Rules
from qbrgen.score.evidence import Evidence
from qbrgen.score.people import PersonaWork, group_of
from qbrgen.score.seats import Calendar
from qbrgen.score.work import completing_events


def recorded_rules(record: ReviewRecord, rules: Rules) -> Rules:
    """Today's rules with the recorded numbers of who is active."""
    then = record.rule
    return replace(
        rules,
        active_share=then.active_share,
        new_units=then.new_units,
        recent_units=then.recent_units,
        lapsed_units=then.lapsed_units,
    )


def recorded_workflow(then: WorkflowDelivered) -> Workflow:
    """The workflow as it was counted, and its target; it has no words for sentences."""
    return Workflow(id=then.id, name=then.name, produces="", target=then.target, measure=then.measure)


def recorded_persona(then: PersonaDelivered) -> Persona:
    """The persona by its recorded rhythm, target and workflows."""
    workflows = tuple(recorded_workflow(flow) for flow in then.workflows)
    return Persona(then.id, then.name, then.name, then.rhythm, then.target, workflows)


def recorded_group(
    record: ReviewRecord,
    then: PersonaDelivered,
    account: Account,
    evidence: Evidence,
    calendar: Calendar,
    closed: frozenset[int],
) -> PersonaWork:
    """Whoever holds the persona's seats by today's roster, with their work as the record's definitions count it.

    calendar: of the period that is to be counted, the recorded one or a later one. closed: the account's closed weeks.
    """
    return group_of(recorded_persona(then), account, evidence, calendar, closed, record.rule.new_units)


# ---- whether two ways of counting are the same ----------------------------------------------------------------------


def plainly(measure: Measure) -> object:
    """A definition without what changes no count: the order of names that are added up."""
    match measure:
        case Share(numerator=above, denominator=below):
            return Share, frozenset(above), frozenset(below)
        case Frequency(events=names, times=times):
            return Frequency, frozenset(names), times
        case Milestone(steps=steps, within_days=days):
            return Milestone, frozenset(steps), days
    return measure


def completing(measure: Measure) -> Iterable[object]:
    """What makes a week active in a workflow that is counted so."""
    if isinstance(measure, Chain):
        return [(measure.events, measure.within_days)]
    return completing_events(_nameless(measure))


def completing_names(measure: Measure) -> Iterable[str]:
    """The names of the events that do."""
    return measure.events if isinstance(measure, Chain) else completing_events(_nameless(measure))


def _nameless(measure: Measure) -> Workflow:
    return Workflow("", "", "", Fraction(1), measure)
