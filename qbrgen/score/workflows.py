"""What is done: the value and the state of each workflow (method.md: "Targets").

In: a persona's members and their work. Out: `WorkflowPicture`s and the `Depth` over them. Values are exact; a state
compares exact values, whatever rounding will show.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from qbrgen.define.model.playbook import Chain, Combine, Frequency, Milestone, Persona, ReadyMade, Share, Workflow
from qbrgen.figures import Ratio, Span
from qbrgen.measure.counts import MICRO
from qbrgen.period import Rhythm, monday_of, sunday_of, week_of
from qbrgen.score.evidence import Evidence, Value
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import Depth, Direction, WeekPoint, WorkflowPicture
from qbrgen.score.seats import Calendar, Member, Timeline
from qbrgen.score.states import TargetState
from qbrgen.score.work import Tally, Work, tally

_UNITS = {
    Rhythm.WEEK: "weeks in seat",
    Rhythm.TWO_WEEKS: "two-week units in seat",
    Rhythm.MONTH: "months in seat",
}

_TELLING_UNITS = 2  # one bad unit at the end is not the beginning of anything


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period as workflows see it: its units, and its first and last full week within the data."""

    positions: range
    first_week: int
    last_week: int
    silent: bool

    @property
    def last_day(self) -> int:
        return sunday_of(self.last_week).toordinal()


@dataclass(frozen=True, slots=True)
class WorkflowWork:
    """A workflow with its persona's people and each one's tally, worked out once."""

    workflow: Workflow
    group: PersonaWork
    tallies: tuple[Tally, ...]

    @property
    def id(self) -> str:
        return f"{self.group.persona.id}/{self.workflow.id}"

    @classmethod
    def of(cls, workflow: Workflow, group: PersonaWork) -> WorkflowWork:
        return cls(workflow, group, tuple(tally(workflow, work) for work in group.works))

    def over(self, people: Collection[str]) -> WorkflowWork:
        """The same workflow with these people alone."""
        kept = [pair for pair in zip(self.group.works, self.tallies, strict=True) if pair[0].id in people]
        group = replace(self.group, works=tuple(work for work, _ in kept))
        return WorkflowWork(self.workflow, group, tuple(mine for _, mine in kept))

    def sums(self, positions: Collection[int]) -> list[tuple[Work, int, int]]:
        """(who, numerator, denominator) of each person over these units."""
        found = []
        for work, mine in zip(self.group.works, self.tallies, strict=True):
            pairs = [pair for position, pair in mine.items() if position in positions]
            found.append((work, sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)))
        return found


@dataclass(frozen=True, slots=True)
class Given:
    """A ready-made value: as it was combined, its sums where they make it, the days it speaks of, and what it is of."""

    value: Fraction
    ratio: Ratio | None
    days: Span
    of: tuple[Value, ...]

    @property
    def rows(self) -> int:
        """How many rows it was made from."""
        return len(self.of)


@dataclass(frozen=True, slots=True)
class Reached:
    """How a workflow stands in one stretch.

    counted: the ids behind it. early: reached, their window still open. given: what a ready-made value was made from.
    """

    state: TargetState
    value: Fraction | None = None
    ratio: Ratio | None = None
    early: int = 0
    counted: tuple[str, ...] = ()
    given: Given | None = None


def stretches(calendar: Calendar, timeline: Timeline, evidence: Evidence) -> tuple[Stretch, Stretch | None]:
    """(this period, the one before or None where the data do not reach back far enough)."""
    this = Stretch(
        timeline.this,
        calendar.first_week,
        calendar.last_week,
        silent=silent_in(evidence, calendar.first_week, calendar.last_week),
    )
    if not calendar.previous:
        return this, None
    first = max(calendar.previous.first_week, calendar.data_week)
    last = calendar.previous.last_week
    return this, Stretch(timeline.before, first, last, silent=silent_in(evidence, first, last))


def silent_in(evidence: Evidence, first_week: int, last_week: int) -> bool:
    """Whether no event of any name by anyone came in these full weeks."""
    return not any(first_week <= week <= last_week for week in evidence.life)


def reached(job: WorkflowWork, evidence: Evidence, calendar: Calendar, stretch: Stretch) -> Reached:
    """Value and state over one stretch. "Not applicable" goes before "no data".

    A ready-made value needs no one in seat where the account names no one: it is the account's own.
    """
    workflow, group, measure = job.workflow, job.group, job.workflow.measure
    if isinstance(measure, Milestone):
        return _milestone(measure, workflow.target, group.works, evidence, calendar, stretch)
    people = tuple(work.id for work in group.in_seat(stretch.positions))
    given = _ready_made(measure, workflow.target, evidence, stretch) if isinstance(measure, ReadyMade) else None
    if not people:
        return given if group.unnamed and given and given.given else Reached(TargetState.NOT_APPLICABLE)
    if given:
        return given
    if stretch.silent:
        return Reached(TargetState.NO_DATA, counted=people)
    sums = job.sums(stretch.positions)
    above, below = sum(mine[1] for mine in sums), sum(mine[2] for mine in sums)
    if below == 0:  # no denominator events while the feed lives: none happened, and no value to show
        return Reached(TargetState.NOT_MET, counted=people)
    return _against(workflow.target, _ratio(above, below, _scale(workflow)), counted=people)


def _scale(workflow: Workflow) -> int:
    return MICRO if isinstance(workflow.measure, Share) else 1


def _ratio(above: int, below: int, scale: int) -> Ratio:
    return Ratio(Fraction(above, scale), Fraction(below, scale))


def _against(target: Fraction, ratio: Ratio, early: int = 0, counted: tuple[str, ...] = ()) -> Reached:
    state = TargetState.MET if ratio.value >= target else TargetState.NOT_MET
    return Reached(state, ratio.value, ratio, early, counted)


# ---- milestones -----------------------------------------------------------------------------------------------------


def _milestone(
    milestone: Milestone,
    target: Fraction,
    works: Sequence[Work],
    evidence: Evidence,
    calendar: Calendar,
    stretch: Stretch,
) -> Reached:
    closed, early = [], 0
    for work in works:
        closes = window_end(milestone, work.member, calendar)
        if closes is None:
            continue
        if monday_of(stretch.first_week).toordinal() <= closes <= stretch.last_day and work.member.holds_on(closes):
            closed.append(work)
        elif closes > stretch.last_day and work.member.holds_on(stretch.last_day):
            early += fulfilled(milestone, work.member, evidence, stretch.last_day)
    people = tuple(work.id for work in closed)
    if not closed:
        return Reached(TargetState.NOT_APPLICABLE, early=early)
    if stretch.silent:
        return Reached(TargetState.NO_DATA, counted=people)
    done = sum(fulfilled(milestone, work.member, evidence, stretch.last_day) for work in closed)
    return _against(target, _ratio(done, len(closed), 1), early, people)


def window_end(milestone: Milestone, member: Member, calendar: Calendar) -> int | None:
    """The last day of a member's window (the start day is day 1); None where its first day lies before the data."""
    if member.start is None or member.start < calendar.data_start.toordinal():
        return None
    return member.start + milestone.within_days - 1


def fulfilled(milestone: Milestone, member: Member, evidence: Evidence, until: int) -> bool:
    """Whether every step was reached in the window by the events up to the day `until`; all events in it count."""
    if member.start is None:
        return False
    window = range(member.start, min(member.start + milestone.within_days - 1, until) + 1)
    return all(
        sum(m for day, m in evidence.on_days(member.person.id, step.event).items() if day in window and m > 0)
        >= step.at_least * MICRO
        for step in milestone.steps
    )


# ---- ready-made values ----------------------------------------------------------------------------------------------


def _ready_made(measure: ReadyMade, target: Fraction, evidence: Evidence, stretch: Stretch) -> Reached:
    """Its own feed decides between a value and no data: the number comes from another system than the events."""
    given = _combined(measure, [row for row in evidence.values if speaks_of(row, measure.metric, stretch)])
    if given is None:
        return Reached(TargetState.NO_DATA)
    return Reached(TargetState.MET if given.value >= target else TargetState.NOT_MET, given.value, given=given)


def speaks_of(row: Value, metric: str, stretch: Stretch) -> bool:
    """A row belongs to the week of its middle day: for a weekly row the ISO week that shares most of its days."""
    middle = week_of(date.fromordinal(row.first + (row.last - row.first) // 2))
    return row.metric == metric and stretch.first_week <= middle <= stretch.last_week


def _combined(measure: ReadyMade, rows: Sequence[Value]) -> Given | None:
    if measure.combine is Combine.RATIO:
        whole = [row for row in rows if row.numerator is not None and row.denominator is not None]
        above = sum((row.numerator or Fraction(0) for row in whole), Fraction(0))
        below = sum((row.denominator or Fraction(0) for row in whole), Fraction(0))
        return _given(above / below, Ratio(above, below), whole) if below > 0 else None
    told = [(row, value) for row in rows if (value := single(row)) is not None]
    dated = sorted(told, key=lambda one: (one[0].last, one[0].first, one[1]))
    if not dated:
        return None
    if measure.combine is Combine.LAST or len(dated) == 1:
        row, value = dated[-1]
        return _given(value, _sums(row), [row])
    mean = sum((value for _, value in dated), Fraction(0)) / len(dated)
    return _given(mean, None, [row for row, _ in dated])


def _given(value: Fraction, ratio: Ratio | None, rows: Sequence[Value]) -> Given:
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    return Given(value, ratio, Span(date.fromordinal(first), date.fromordinal(last)), tuple(rows))


def _sums(row: Value) -> Ratio | None:
    """The sums of one row, where its value was made from them."""
    if row.value is not None or row.numerator is None or not row.denominator or row.denominator < 0:
        return None
    return Ratio(row.numerator, row.denominator)


def single(row: Value) -> Fraction | None:
    """The value of one row, given or from its sums."""
    if row.value is not None:
        return row.value
    return row.numerator / row.denominator if row.numerator is not None and row.denominator else None


# ---- the picture ----------------------------------------------------------------------------------------------------


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
    timeline, scale, points = job.group.timeline, _scale(job.workflow), []
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
