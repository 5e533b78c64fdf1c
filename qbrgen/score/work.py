"""What each member of a persona completed, unit by unit (method.md: "Completed").

In: members (seats.py) and their events (evidence.py). Out: one `Work` a member: occurrences in weeks in seat, chains
finished, units with a completion. Events outside weeks in seat are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qbrgen.define.model.playbook import Chain, Frequency, Milestone, Persona, Share, Workflow
from qbrgen.measure.counts import MICRO
from qbrgen.period import monday_of, week_of
from qbrgen.score.evidence import Evidence, Moment
from qbrgen.score.seats import Member, Timeline

Tally = Mapping[int, tuple[int, int]]
"""Position of a unit in seat → (numerator, denominator), whole numbers; units with nothing to divide by are absent."""


@dataclass(frozen=True, slots=True)
class Work:
    """One member's work. events: name → position → micro-units. chains: workflow id → position → chains finished.

    done: positions of units in seat with a completion. done_weeks: the ISO weeks in them that hold one, in order.
    """

    member: Member
    events: Mapping[str, Mapping[int, int]]
    chains: Mapping[str, Mapping[int, int]]
    done: frozenset[int]
    done_weeks: tuple[int, ...]

    @property
    def id(self) -> str:
        return self.member.person.id

    def activity(self) -> Tally:
        """(1, 1) for a unit in seat with a completion, (0, 1) for one without."""
        return {position: (int(position in self.done), 1) for position in self.member.in_seat}

    def last_done(self, until_week: int) -> date | None:
        """The Monday of the last week with a completion, up to `until_week`."""
        weeks = [week for week in self.done_weeks if week <= until_week]
        return monday_of(weeks[-1]) if weeks else None


def completing_events(workflow: Workflow) -> tuple[str, ...]:
    """Events of which one makes a week active; denominators, ready-made values and parts of chains complete none."""
    match workflow.measure:
        case Share(numerator=names) | Frequency(events=names):
            return names
        case Milestone(steps=steps):
            return tuple(step.event for step in steps)
        case _:
            return ()


def named_events(workflow: Workflow) -> tuple[str, ...]:
    """Every event name in a workflow's definition, each once, in order."""
    match workflow.measure:
        case Share(numerator=above, denominator=below):
            return tuple(dict.fromkeys((*above, *below)))
        case Chain(events=names):
            return tuple(dict.fromkeys(names))
        case _:
            return tuple(dict.fromkeys(completing_events(workflow)))


def work_of(persona: Persona, members: Iterable[Member], evidence: Evidence, timeline: Timeline) -> tuple[Work, ...]:
    """The work of every member, in their order."""
    completing = {event for workflow in persona.workflows for event in completing_events(workflow)}
    counted = {event for workflow in persona.workflows for event in named_events(workflow)} | completing
    chains = [(workflow.id, workflow.measure) for workflow in persona.workflows if isinstance(workflow.measure, Chain)]
    return tuple(_work(member, counted, completing, chains, evidence, timeline) for member in members)


def _work(
    member: Member,
    counted: set[str],
    completing: set[str],
    chains: Sequence[tuple[str, Chain]],
    evidence: Evidence,
    timeline: Timeline,
) -> Work:
    in_seat = frozenset(member.in_seat)
    weeks: set[int] = set()
    events: dict[str, dict[int, int]] = {}
    for event in sorted(counted):
        by_unit: dict[int, int] = {}
        for week, micro in evidence.occurrences(member.person.id, event).items():
            position = timeline.position.get(week)
            if position in in_seat and micro > 0:
                by_unit[position] = by_unit.get(position, 0) + micro
                if event in completing:
                    weeks.add(week)
        events[event] = by_unit
    finished: dict[str, dict[int, int]] = {}
    for workflow_id, chain in chains:
        finished[workflow_id] = {}
        for day in finished_chains(chain, evidence.ordered.get(member.person.id, ()), member, timeline):
            week = week_of(date.fromordinal(day))
            position = timeline.position[week]
            finished[workflow_id][position] = finished[workflow_id].get(position, 0) + 1
            weeks.add(week)
    done = frozenset(timeline.position[week] for week in weeks)
    return Work(member, events, finished, done, tuple(sorted(weeks)))


def finished_chains(chain: Chain, moments: Iterable[Moment], member: Member, timeline: Timeline) -> list[int]:
    """The days (ordinals) on which one person finished a chain; the rule is that of `chains_of`."""
    return [steps[-1].day for steps in chains_of(chain, moments, member, timeline)]


def chains_of(chain: Chain, moments: Iterable[Moment], member: Member, timeline: Timeline) -> list[tuple[Moment, ...]]:
    """The chains that one person finished, each with its events in order, the first finished first.

    Days as for milestones: the day of the first event is day 1, and the last lies on day `within_days` or before. Each
    event serves one chain, the oldest that still fits first; one that fits none and is the first of the chain's events
    begins a new chain. The last must lie in a week in seat, the earlier ones on days when the seat was held: an event
    that may not stand where it would is passed over. Events of the same instant are taken in the chain's order.
    """
    names, in_seat = chain.events, frozenset(member.in_seat)
    mine = sorted((m for m in moments if m.event in names), key=lambda m: (m.at, names.index(m.event)))
    running: list[tuple[Moment, ...]] = []  # oldest first
    finished: list[tuple[Moment, ...]] = []
    for moment in mine:
        fits = _oldest(running, moment, names, chain.within_days)
        so_far = len(running[fits]) if fits is not None else 0
        if fits is None and moment.event != names[0]:
            continue
        is_last = so_far + 1 == len(names)
        allowed = (
            timeline.position.get(week_of(date.fromordinal(moment.day))) in in_seat
            if is_last
            else member.holds_on(moment.day)
        )
        if not allowed:
            continue
        steps = (*running.pop(fits), moment) if fits is not None else (moment,)
        if is_last:
            finished.append(steps)
        else:
            running.insert(fits if fits is not None else len(running), steps)
    return finished


def _oldest(running: list[tuple[Moment, ...]], moment: Moment, names: tuple[str, ...], within_days: int) -> int | None:
    running[:] = [steps for steps in running if moment.day - steps[0].day < within_days]
    for place, steps in enumerate(running):
        if names[len(steps)] == moment.event:
            return place
    return None


def tally(workflow: Workflow, work: Work) -> Tally:
    """One person's part by unit in seat: micro-units of events (share), or reached or not (frequency, chain).

    Milestones and ready-made values have no units: empty.
    """
    match workflow.measure:
        case Share(numerator=above, denominator=below):
            positions = {position for name in (*above, *below) for position in work.events[name]}
            return {p: (_sum(work, above, p), _sum(work, below, p)) for p in sorted(positions)}
        case Frequency(events=names, times=times):
            enough = times * MICRO
            return {p: (int(_sum(work, names, p) >= enough), 1) for p in work.member.in_seat}
        case Chain(times=times):
            finished = work.chains[workflow.id]
            return {p: (int(finished.get(p, 0) >= times), 1) for p in work.member.in_seat}
        case _:
            return {}


def _sum(work: Work, names: Iterable[str], position: int) -> int:
    return sum(work.events[name].get(position, 0) for name in dict.fromkeys(names))


def completed_units(workflow: Workflow, work: Work, positions: range) -> int:
    """In how many of these units the person completed this workflow at least once (whatever the target's count)."""
    if isinstance(workflow.measure, Chain):
        units = set(work.chains[workflow.id])
    else:
        units = {p for event in completing_events(workflow) for p in work.events[event]}
    return sum(position in positions for position in units)


def occurrences(works: Iterable[Work], events: Iterable[str], positions: range) -> dict[str, int]:
    """Event → micro-units in these units in seat, over these people."""
    works, total = tuple(works), {}
    for event in dict.fromkeys(events):
        total[event] = sum(
            micro for work in works for position, micro in work.events.get(event, {}).items() if position in positions
        )
    return total
