"""The record of a review: what a picture tells and promises, with the definitions and the people behind it.

In: pictures of one period and what they were made from. Out: a `ReviewRecord` each, which define/review_text.py writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from qbrgen.define.model.account import Account, Action
from qbrgen.define.model.playbook import Milestone, Workflow
from qbrgen.define.model.review import ActionPromised, PersonaDelivered, Promised, ReviewRecord, WorkflowDelivered
from qbrgen.define.model.workspace import Definitions
from qbrgen.measure.counts import Counts
from qbrgen.score.account import groups_of
from qbrgen.score.commitment import CommitmentState
from qbrgen.score.delivered import event_totals, rule_of, seated
from qbrgen.score.evidence import Evidence, gather
from qbrgen.score.impacts import told_until
from qbrgen.score.kept import last_review
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
        promised=_promised(definitions, account, picture),
    )


def _promised(definitions: Definitions, account: Account, picture: AccountPicture) -> Promised:
    """What the review promises for the next one.

    Every target that can be judged, met or not: of personas with someone to count, and of measurable workflows. Every
    plan (an action with owner and date) that was not done on the last day that the review tells of; one that was
    overdue by then too, so that it is not forgotten. And what the last review promised that is not due yet, by no later
    day than it was promised: it was not judged, so nobody can take it back by taking it out of the file.
    """
    targets: list[str] = []
    for persona in picture.personas:
        targets += [persona.id] if persona.counted else []
        targets += [flow.id for flow in picture.workflows_of(persona.id) if flow.state.measurable]
    until = told_until(picture.period, picture.as_of, definitions.settings.fiscal_year_starts)
    waiting = _not_due(definitions, picture)
    again = [(then.among(account.actions), then) for then in waiting]
    actions: dict[str, ActionPromised] = {}
    for action in (each.action for each in picture.actions):
        then = next((then for today, then in again if today == action), None)
        planned = action.is_plan and action.due and (action.done_on is None or action.done_on > until)
        if planned and action.due:
            due = min(action.due, then.due) if then else action.due
            _add(actions, _as_promised(action, due, action.internal or bool(then and then.internal)))
        elif then:  # the file no longer says by whom or by when
            _add(actions, replace(then, internal=then.internal or action.internal))
    for today, then in again:
        if today is None:
            _add(actions, then)
    return Promised(tuple(targets), tuple(actions.values()))


def _not_due(definitions: Definitions, picture: AccountPicture) -> list[ActionPromised]:
    """The actions that the last review promised, and whose day has not come by the end of this one."""
    last = last_review(definitions, picture.id, picture.period)
    if last is None or last[1].promised is None or picture.commitments is None:
        return []
    ids = {each.id for each in picture.commitments.of(CommitmentState.OPEN)}
    return [then for then in last[1].promised.actions if then.id in ids]


def _as_promised(action: Action, due: date, internal: bool) -> ActionPromised:
    return ActionPromised(action.id, action.action, action.owner, action.side, due, action.closes, internal)


def _add(actions: dict[str, ActionPromised], action: ActionPromised) -> None:
    key = action.id
    while key in actions:  # one without an id goes by its number, which may be another one's id
        key += "-again"
    actions[key] = replace(action, id=key)


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
