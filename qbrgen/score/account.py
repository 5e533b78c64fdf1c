"""The account picture: the steps of scoring, in order.

In: a workspace's definitions and its counts. Out: one `AccountPicture` an account. Accounts do not see each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qbrgen.audience import Audience
from qbrgen.define.model.account import Account, Action
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, InputError, Level
from qbrgen.measure.counts import Counts
from qbrgen.period import Period, Rhythm, following
from qbrgen.score.adoption_score import score_of
from qbrgen.score.changes import with_changes
from qbrgen.score.delivered import with_delivered
from qbrgen.score.direction import Compared, Doer, compare
from qbrgen.score.evidence import Evidence, gather
from qbrgen.score.further_receipts import with_further_receipts
from qbrgen.score.gaps import Found, FoundPersona, FoundWorkflow, gaps_of
from qbrgen.score.impacts import impact_pictures, later_impacts, outcome_picture, told_until
from qbrgen.score.kept import with_commitments
from qbrgen.score.people import PersonaWork, breadth, persona_picture, reported_before
from qbrgen.score.picture import AccountPicture, Direction, PlannedAction
from qbrgen.score.reached import Reached, WorkflowWork
from qbrgen.score.receipts import Receipts
from qbrgen.score.renewal import outlook_basis
from qbrgen.score.seats import Calendar, calendar_of, members, window_of
from qbrgen.score.standing import standing_of
from qbrgen.score.states import TargetState, Trend
from qbrgen.score.stretches import silent_in
from qbrgen.score.work import work_of
from qbrgen.score.workflows import depth, workflow_picture


def score_account(definitions: Definitions, counts: Counts, account_id: str, period: Period) -> AccountPicture:
    """The picture of one account in one period.

    Raises KeyError for an account that the definitions do not hold (or have set aside), InputError for a period
    of which the data hold no full week.
    """
    if account_id not in definitions.accounts:
        raise KeyError(account_id)
    return score_accounts(definitions, counts, period, [account_id])[account_id]


def score_accounts(
    definitions: Definitions, counts: Counts, period: Period, only: Iterable[str] | None = None
) -> dict[str, AccountPicture]:
    """The pictures of many accounts, by id in the definitions' order.

    only: of these alone; unknown ids are passed over.

    Raises InputError for a period of which the data hold no full week.
    """
    wanted = set(definitions.accounts if only is None else only)
    accounts = [account for name, account in definitions.accounts.items() if name in wanted]
    calendar = calendar_of(period, counts.as_of, counts.data_start, definitions.settings.fiscal_year_starts)
    if not calendar.has_weeks:
        raise InputError([_outside(period, counts)])
    evidence = gather(counts, [account.id for account in accounts])
    return {
        account.id: _score(definitions, account, evidence[account.id], calendar, counts.seen_events)
        for account in accounts
    }


def _outside(period: Period, counts: Counts) -> Finding:
    return Finding(
        Level.ERROR,
        "period-without-data",
        f"The data hold no full week of {period.label}: they cover {counts.data_start} to {counts.as_of}.",
        "Ask for a period within the data, or add data that cover it.",
    )


def _score(
    definitions: Definitions, account: Account, evidence: Evidence, calendar: Calendar, seen: frozenset[str]
) -> AccountPicture:
    settings = definitions.settings
    rules, closed = settings.rules, settings.closed_weeks | account.closed_weeks
    silent = silent_in(evidence, calendar.first_week, calendar.last_week)
    calendar = _as_heard(calendar, evidence)
    groups = groups_of(account, evidence, calendar, closed, rules.new_units)
    directions = {group.persona.id: _direction(_doers(group), group, calendar, closed, silent) for group in groups}
    people = _people(groups, directions, account, calendar, definitions, silent)
    flows, reached, before = [], {}, []
    for group in groups:
        for workflow in group.persona.workflows:
            flow, now, then = _flow(WorkflowWork.of(workflow, group), evidence, calendar, closed, silent)
            flows.append(_with_outlook(flow, evidence, calendar, account.renewal))
            reached[flow.picture.id] = now
            before.append(then.state)
    until = told_until(calendar.period, calendar.as_of, settings.fiscal_year_starts)
    found = Found(
        account,
        evidence,
        calendar,
        rules,
        closed,
        silent,
        people,
        tuple(flows),
        impact_pictures(account, until, rules),
        outcome_picture(account.outcome, until),
        tuple(_planned(action, calendar) for action in account.actions),
        seen,
        later_impacts(account.impacts, until),
    )
    overall = _overall(groups, account, evidence, calendar, closed, rules.new_units, silent)
    picture = _picture(definitions, found, overall, directions, reached, before)
    record = definitions.reviews.get(account.id, {}).get(calendar.before.name)
    delivered = with_delivered(picture, record, groups, evidence, calendar, rules)
    judged = with_commitments(delivered, definitions, evidence, calendar)
    judged = with_changes(judged, definitions, groups, evidence, calendar)
    return with_further_receipts(judged, definitions)


def _as_heard(calendar: Calendar, evidence: Evidence) -> Calendar:
    """The calendar of one account: a quarter before in which its feed was silent tells nothing."""
    if not silent_in(evidence, calendar.before.first_week, calendar.before.last_week):
        return calendar
    unheard = {rhythm: replace(timeline, before=range(0)) for rhythm, timeline in calendar.timelines.items()}
    return replace(calendar, previous=None, timelines=unheard)


def groups_of(
    account: Account, evidence: Evidence, calendar: Calendar, closed: frozenset[int], new_units: int
) -> tuple[PersonaWork, ...]:
    """The work of every persona's people."""
    groups = []
    for persona in account.personas:
        timeline = calendar.timelines[persona.rhythm]
        held = members(account, persona, evidence, calendar, closed, new_units)
        works = work_of(persona, held, evidence, timeline)
        groups.append(PersonaWork(persona, timeline, works, unnamed=account.of_values_alone))
    return tuple(groups)


def _people(
    groups: tuple[PersonaWork, ...],
    directions: dict[str, Compared],
    account: Account,
    calendar: Calendar,
    definitions: Definitions,
    silent: bool,
) -> tuple[FoundPersona, ...]:
    found = []
    for group in groups:
        name = group.persona.id
        direction = _with_receipt(directions[name].direction, f"direction:{name}")
        rules = definitions.settings.rules
        picture = persona_picture(group, account, calendar, rules, silent, direction)
        found.append(FoundPersona(group, picture))
    return tuple(found)


# ---- direction ------------------------------------------------------------------------------------------------------


def _doers(group: PersonaWork) -> list[Doer]:
    return [(work.member, work.activity()) for work in group.works]


def _direction(
    doers: list[Doer], group: PersonaWork, calendar: Calendar, closed: frozenset[int], silent: bool
) -> Compared:
    if silent:
        return Compared(Direction(Trend.NO_DATA))
    return compare(doers, group.timeline, calendar, closed)


def _overall(
    groups: tuple[PersonaWork, ...],
    account: Account,
    evidence: Evidence,
    calendar: Calendar,
    closed: frozenset[int],
    new_units: int,
    silent: bool,
) -> Compared:
    """The account's direction, over everyone: by the rhythm of its personas, by week where they have several."""
    if silent:
        return Compared(Direction(Trend.NO_DATA))
    rhythms = {group.persona.rhythm for group in groups if group.works}
    rhythm = min(rhythms, default=Rhythm.WEEK) if len(rhythms) < 2 else Rhythm.WEEK
    if len(rhythms) > 1:
        by_week = replace(account, personas=tuple(replace(persona, rhythm=rhythm) for persona in account.personas))
        groups = groups_of(by_week, evidence, calendar, closed, new_units)
    doers = [doer for group in groups for doer in _doers(group)]
    return compare(doers, calendar.timelines[rhythm], calendar, closed)


def _with_receipt(direction: Direction, receipt: str) -> Direction:
    return replace(direction, receipt=receipt)


# ---- workflows, actions, the whole ----------------------------------------------------------------------------------


def _flow(
    job: WorkflowWork,
    evidence: Evidence,
    calendar: Calendar,
    closed: frozenset[int],
    silent: bool,
) -> tuple[FoundWorkflow, Reached, Reached]:
    doers = [(work.member, mine) for work, mine in zip(job.group.works, job.tallies, strict=True)]
    compared = _direction(doers, job.group, calendar, closed, silent)
    direction = compared.direction
    if direction.trend not in (Trend.TOO_EARLY, Trend.NO_DATA):
        direction = _with_receipt(direction, f"direction:{job.id}")
    picture, now, then = workflow_picture(job, evidence, calendar, direction)
    return FoundWorkflow(job, picture, compared), now, then


def _with_outlook(flow: FoundWorkflow, evidence: Evidence, calendar: Calendar, renewal: date | None) -> FoundWorkflow:
    """The same with where it will be on the renewal date, where there is one ahead."""
    basis = outlook_basis(flow.picture, flow.job, flow.compared, evidence, calendar, renewal)
    if basis is None:
        return flow
    outlook = replace(basis.outlook, receipt=f"outlook:{flow.job.id}")
    return replace(flow, picture=replace(flow.picture, outlook=outlook), basis=basis)


def _planned(action: Action, calendar: Calendar) -> PlannedAction:
    overdue = action.due is not None and action.due <= calendar.as_of and action.done_on is None
    return PlannedAction(action, overdue, Audience.INTERNAL if action.internal else Audience.CUSTOMER)


def _picture(
    definitions: Definitions,
    found: Found,
    overall: Compared,
    directions: dict[str, Compared],
    reached: dict[str, Reached],
    before: list[TargetState],
) -> AccountPicture:
    account, calendar = found.account, found.calendar
    personas = tuple(persona.picture for persona in found.personas)
    workflows = tuple(flow.picture for flow in found.workflows)
    reported = reported_before([persona.group for persona in found.personas], found.rules)
    wide, deep = breadth(personas, reported), depth(workflows, before)
    gaps = gaps_of(found)
    direction = _with_receipt(overall.direction, "direction")
    score = score_of(wide, workflows, direction, found.outcome, found.rules)
    receipts = Receipts(found, definitions)
    feed_last, feed_next = (at(calendar.last_week) for at in (found.evidence.last_heard, found.evidence.next_heard))
    started = feed_last is not None or feed_next is None
    return AccountPicture(
        id=account.id,
        name=account.name,
        vendor=definitions.settings.vendor,
        owner=account.owner,
        language=account.language,
        sponsor=account.sponsor,
        names_agreed=account.names_agreed,
        draft=account.draft,
        period=calendar.period,
        previous_period=calendar.previous,
        as_of=calendar.as_of,
        window=window_of(calendar),
        feed_silent=found.silent,
        feed_last=feed_last,
        feed_next=feed_next,
        personas=personas,
        workflows=workflows,
        breadth=wide,
        depth=deep,
        direction=direction,
        impacts=found.impacts,
        outcome=found.outcome,
        gaps=gaps,
        actions=found.actions,
        ask=account.ask,
        receipts=tuple(receipts.all(wide, deep, overall, directions, reached, score)),
        segment=account.segment,
        arr=account.arr,
        renewal=account.renewal,
        ask_of_leadership=account.ask_of_leadership,
        notes=account.notes,
        next_period=following(calendar.period, definitions.settings.fiscal_year_starts),
        next_review=account.next_review,
        standing=standing_of(found.silent, started, wide, deep, direction, gaps, found.rules),
        score=score,
    )
