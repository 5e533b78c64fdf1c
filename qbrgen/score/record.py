"""The record of a review: what a picture tells and promises, with the definitions and the people behind it.

In: pictures of one period and what they were made from. Out: a `ReviewRecord` each, which define/review_text.py writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qbrgen.define.model import Account, Definitions, Milestone, Workflow
from qbrgen.define.review_model import ActionPromised, PersonaDelivered, Promised, ReviewRecord, WorkflowDelivered
from qbrgen.measure.counts import Counts
from qbrgen.score.account import groups_of
from qbrgen.score.delivered import event_totals, rule_of, seated
from qbrgen.score.evidence import Evidence, gather
from qbrgen.score.impacts import told_until
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import AccountPicture
from qbrgen.score.seats import Calendar, calendar_of, window_of
from qbrgen.score.work import named_events


def review_records(
    definitions: Definitions, counts: Counts, pictures: Mapping[str, AccountPicture], recorded_on: date
) -> dict[str, ReviewRecord]:
    """Account id → its review as it is delivered, for pictures of one period made from these definitions and counts."""
    if not pictures:
        return {}
    period = next(iter(pictures.values())).period
    calendar = calendar_of(period, counts.as_of, counts.data_start, definitions.settings.fiscal_year_starts)
    evidence = gather(counts, pictures)
    return {
        name: _record(definitions, definitions.accounts[name], picture, evidence[name], calendar, recorded_on)
        for name, picture in pictures.items()
    }


def _record(
    definitions: Definitions,
    account: Account,
    picture: AccountPicture,
    evidence: Evidence,
    calendar: Calendar,
    recorded_on: date,
) -> ReviewRecord:
    rules, closed = definitions.settings.rules, definitions.settings.closed_weeks | account.closed_weeks
    groups = groups_of(account, evidence, calendar, closed, rules.new_units)
    names = dict.fromkeys(name for each in account.personas for flow in each.workflows for name in named_events(flow))
    return ReviewRecord(
        account=account.id,
        period=picture.period.name,
        as_of=picture.as_of,
        recorded_on=recorded_on,
        window=window_of(calendar),
        rule=rule_of(rules),
        personas=tuple(_persona(definitions, group, picture) for group in groups),
        events=event_totals(evidence, names, calendar.first_week, calendar.last_week),
        direction=picture.direction.trend.value,
        promised=_promised(picture, definitions.settings.fiscal_year_starts),
    )


def _promised(picture: AccountPicture, first_month: int) -> Promised:
    """What the review promises for the next one.

    Every target that can be judged, met or not: of personas with someone to count, and of measurable workflows. Every
    plan (an action with owner and date) that was not done on the last day that the review tells of; one that was
    overdue by then too, so that it is not forgotten.
    """
    targets: list[str] = []
    for persona in picture.personas:
        targets += [persona.id] if persona.counted else []
        targets += [flow.id for flow in picture.workflows_of(persona.id) if flow.state.measurable]
    until = told_until(picture.period, picture.as_of, first_month)
    open_ = (a for a in (each.action for each in picture.actions) if a.done_on is None or a.done_on > until)
    actions: dict[str, ActionPromised] = {}
    for action in open_:
        if action.is_plan and action.due:
            key = action.id
            while key in actions:  # one without an id goes by its number, which may be another one's id
                key += "-again"
            actions[key] = ActionPromised(
                key, action.action, action.owner, action.side, action.due, action.closes, action.internal
            )
    return Promised(tuple(targets), tuple(actions.values()))


def _persona(definitions: Definitions, group: PersonaWork, picture: AccountPicture) -> PersonaDelivered:
    persona, told = group.persona, picture.persona(group.persona.id)
    return PersonaDelivered(
        id=persona.id,
        name=persona.name,
        target=persona.target,
        rhythm=persona.rhythm,
        active=told.active,
        counted=told.counted,
        people=seated(group, group.timeline.this, definitions.settings.rules, picture.feed_silent),
        workflows=tuple(_workflow(persona.id, workflow, picture) for workflow in persona.workflows),
    )


def _workflow(persona_id: str, workflow: Workflow, picture: AccountPicture) -> WorkflowDelivered:
    told = next(each for each in picture.workflows if each.id == f"{persona_id}/{workflow.id}")
    milestone = isinstance(workflow.measure, Milestone)
    return WorkflowDelivered(
        id=workflow.id,
        name=workflow.name,
        target=workflow.target,
        measure=workflow.measure,
        state=told.state.value,
        numerator=told.ratio.numerator if told.ratio else None,
        denominator=told.ratio.denominator if told.ratio else None,
        value=told.value,
        people=picture.receipt(told.receipt).people if milestone else (),
    )
