"""How a workflow stands in one stretch: its exact value and its state (method.md: "Targets").

In: a persona's people with their work. Out: `Reached`. A state compares exact values, whatever rounding will show.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from qbrgen.define.model.playbook import Milestone, ReadyMade, Share, Workflow
from qbrgen.figures import Ratio
from qbrgen.measure.counts import MICRO
from qbrgen.period import monday_of
from qbrgen.score.evidence import Evidence
from qbrgen.score.given import Given, combined, speaks_of
from qbrgen.score.people import PersonaWork
from qbrgen.score.seats import Calendar, Member
from qbrgen.score.states import TargetState
from qbrgen.score.stretches import Stretch
from qbrgen.score.work import Tally, Work, tally


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
    return _against(workflow.target, _ratio(above, below, scale_of(workflow)), counted=people)


def scale_of(workflow: Workflow) -> int:
    """What its tallies are divided by: those of a share count millionths of an occurrence."""
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
    given = combined(measure, [row for row in evidence.values if speaks_of(row, measure.metric, stretch)])
    if given is None:
        return Reached(TargetState.NO_DATA)
    return Reached(TargetState.MET if given.value >= target else TargetState.NOT_MET, given.value, given=given)
