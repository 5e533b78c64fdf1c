"""What is done: each workflow's picture, and the depth over them (method.md: "Targets").

In: a persona's members and their work. Out: `WorkflowPicture`s, and the `Depth` over them; reached.py says how each
stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from qbrgen.define.model.playbook import Chain, Frequency, Milestone, Persona, ReadyMade, Share, Workflow
from qbrgen.period import Rhythm, monday_of
from qbrgen.score.evidence import Evidence
from qbrgen.score.picture import Depth, Direction, WeekPoint, WorkflowPicture
from qbrgen.score.reached import Reached, WorkflowWork, fulfilled, reached, scale_of
from qbrgen.score.seats import Calendar
from qbrgen.score.states import TargetState
from qbrgen.score.stretches import Stretch, stretches

_UNITS = {
    Rhythm.WEEK: "weeks in seat",
    Rhythm.TWO_WEEKS: "two-week units in seat",
    Rhythm.MONTH: "months in seat",
}

_TELLING_UNITS = 2  # one bad unit at the end is not the beginning of anything


def workflow_picture(
    job: WorkflowWork, evidence: Evidence, calendar: Calendar, direction: Direction
) -> tuple[WorkflowPicture, Reached, Reached]:
    """One workflow's picture, and what it was counted from in this period and, like for like, in the one before."""
    workflow, persona = job.workflow, job.group.persona
    this, before = stretches(calendar, job.group.timeline, evidence)
    now = reached(job, evidence, calendar, this)
    then = reached(job, evidence, calendar, before) if before else Reached(TargetState.NO_DATA)
    weekly = _weekly(job)
    missed = now.state is TargetState.NOT_MET
    since, at_least = _below_since(job, then, weekly, calendar) if missed else (None, False)
    alike = _alike(job, evidence, calendar, this, before) if before else then
    picture = WorkflowPicture(
        id=job.id,
        persona=persona.id,
        name=workflow.name,
        kind=workflow.kind,
        produces=workflow.produces,
        says=tuple(workflow.says.items()),
        target=workflow.target,
        state=now.state,
        value=now.value,
        ratio=now.ratio,
        unit=unit_of(workflow, persona),
        weekly=weekly,
        previous=alike.value,
        previous_ratio=alike.ratio,
        previous_reported=then.value if then.value != alike.value else None,
        direction=direction,
        early=now.early,
        below_since=since,
        below_at_least=at_least,
        shortfall=_shortfall(job, evidence, now, this) if missed else (),
        receipt=f"workflow:{job.id}",
        synonyms=workflow.synonyms,
    )
    return picture, now, alike


def _alike(job: WorkflowWork, evidence: Evidence, calendar: Calendar, this: Stretch, before: Stretch) -> Reached:
    """The quarter before over people in seat in both (method.md: "Like for like").

    The people of a milestone are those whose window closes, others each quarter; a ready-made value has none.
    """
    if isinstance(job.workflow.measure, (Milestone, ReadyMade)):
        return reached(job, evidence, calendar, before)
    both = {work.id for work in job.group.in_seat(this.positions)}
    return reached(job.over(both), evidence, calendar, before)


def unit_of(workflow: Workflow, persona: Persona) -> str:
    """What a workflow's ratio counts."""
    match workflow.measure:
        case Share():
            return "events"
        case Frequency() | Chain():
            return _UNITS[persona.rhythm]
        case Milestone():
            return "people"
        case _:
            return ""


def _weekly(job: WorkflowWork) -> tuple[WeekPoint, ...]:
    if isinstance(job.workflow.measure, (Milestone, ReadyMade)):
        return ()
    timeline, scale, points = job.group.timeline, scale_of(job.workflow), []
    for position in (*timeline.before, *timeline.this):
        pairs = [mine[position] for mine in job.tallies if position in mine]
        above, below = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        points.append(WeekPoint(timeline.units[position].first_week, Fraction(above, scale), Fraction(below, scale)))
    return tuple(points)


def _below_since(
    job: WorkflowWork, then: Reached, weekly: Sequence[WeekPoint], calendar: Calendar
) -> tuple[date | None, bool]:
    """Since when a missed target is missed, and whether it may have been for longer.

    The unit from which the period's figure so far stays below target, units in which there was nothing to divide by
    among them; a last unit alone tells no beginning. Missed in the quarter before too: the unit of that quarter, found
    alike, as its own review told it; below from its first unit on, or nothing to tell by: since it began, at least.
    """
    this = weekly[len(weekly) - len(job.group.timeline.this) :] if weekly else ()
    if calendar.previous and then.state is TargetState.NOT_MET:
        before = weekly[: len(weekly) - len(this)]
        run = _units_below(before, job.workflow.target)
        if run == len(before):
            return monday_of(max(calendar.previous.first_week, calendar.data_week)), True
        if run:
            return monday_of(before[-run].week), False
    run = _units_below(this, job.workflow.target)
    if run < _TELLING_UNITS:
        return None, False
    if run == len(this):
        return monday_of(calendar.first_week), calendar.previous is None
    return monday_of(this[-run].week), False


def _units_below(units: Sequence[WeekPoint], target: Fraction) -> int:
    """How many units there are, to the last, after which the sum so far is below target or nothing."""
    above, below, run = Fraction(0), Fraction(0), 0
    for point in units:
        above, below = above + point.numerator, below + point.denominator
        run = run + 1 if below == 0 or above < target * below else 0
    return run


def _shortfall(job: WorkflowWork, evidence: Evidence, now: Reached, stretch: Stretch) -> tuple[str, ...]:
    """The fewest people who together account for what is missing to the target, largest first.

    Where there was nothing to divide by, everyone in seat, in the roster's order: none of them did any of it.
    """
    if now.ratio is None:
        return now.counted
    workflow, sums = job.workflow, job.sums(stretch.positions)
    if isinstance(workflow.measure, Milestone):
        until, measure = stretch.last_day, workflow.measure
        windows = [work for work in job.group.works if work.id in now.counted]
        sums = [(work, int(fulfilled(measure, work.member, evidence, until)), 1) for work in windows]
    missing = [(workflow.target * below - above, work.id) for work, above, below in sums]
    needed, people = sum((amount for amount, _ in missing), Fraction(0)), []
    for amount, person in sorted(missing, key=lambda pair: (-pair[0], pair[1])):
        if needed <= 0 or amount <= 0:
            break
        people.append(person)
        needed -= amount
    return tuple(people)


def depth(workflows: Sequence[WorkflowPicture], before: Sequence[TargetState]) -> Depth:
    """Workflows met ÷ measurable. before: the state of each in the previous period, like for like."""

    def number(states: Sequence[TargetState], wanted: TargetState) -> int:
        return sum(state is wanted for state in states)

    now = [workflow.state for workflow in workflows]
    then = [old for old, new in zip(before, now, strict=True) if old.measurable and new.measurable]
    return Depth(
        met=number(now, TargetState.MET),
        measurable=sum(state.measurable for state in now),
        no_data=number(now, TargetState.NO_DATA),
        not_applicable=number(now, TargetState.NOT_APPLICABLE),
        previous=(number(then, TargetState.MET), len(then)) if then else None,
        receipt="workflows",
    )
