"""How each row was counted by one rule: for which side of the figure, or why not (method.md: "week in seat").

In: the rows of an account (measure/rows.py) and a persona's people with their units in seat. Out: `Marked` rows, which
add up to what scoring counted: the questions are asked row by row here, and of sums there.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from qbrgen.define.model.playbook import Chain, Frequency, Milestone, Share, Workflow
from qbrgen.measure.counts import MICRO, Reason
from qbrgen.measure.rows import EventRow
from qbrgen.measure.values import ValueRow
from qbrgen.period import week_of
from qbrgen.score.evidence import Evidence, Moment
from qbrgen.score.people import PersonaWork
from qbrgen.score.seats import Member
from qbrgen.score.work import Work, chains_of, completing_events, named_events

_EPOCH = datetime(1970, 1, 1)


class Part(StrEnum):
    """What a row counts for."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    BOTH = "both"
    COMPLETES = "completes"  # of a week, a chain or a milestone that was reached
    SHORT = "short"  # counted, but its week, chain or milestone did not reach the count
    VALUE = "value"  # of a ready-made value
    ASIDE = "set aside"


class Why(StrEnum):
    """Why a row that the measure took counts for nothing in one figure; `Reason` has those that it did not take."""

    NOT_IN_GROUP = "not in the group"
    NOT_COUNTED = "not among the people counted"
    BEFORE_SEAT = "before taking the seat"
    AFTER_SEAT = "after leaving the seat"
    PART_OF_UNIT = "joined, left or changed within the week"
    BETWEEN = "not in the seat"
    CLOSED = "closed week"
    ABSENT = "absent"
    PART_WEEK = "part week"
    NO_DATA = "no data came"
    NO_CHAIN = "in no finished chain"
    NO_ORDER = "row of a week, without an order"
    NO_WINDOW = "their days did not end in the quarter"
    OUTSIDE_DAYS = "outside their first days"
    NOT_LAST = "not the last value"
    NO_NUMBERS = "no value"
    OTHER_QUARTER = "another quarter"


@dataclass(frozen=True, slots=True)
class Marked:
    """A row and how it was counted. micro: what it adds to the figure's events (× MICRO); why: of what is set aside."""

    row: EventRow | ValueRow
    part: Part
    micro: int = 0
    why: Reason | Why | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """The people and units over which a figure is counted.

    only: whose rows count (None: everyone's who was in seat). positions: of the units that count. closed: closed weeks.
    """

    group: PersonaWork
    positions: range
    closed: frozenset[int]
    evidence: Evidence
    only: frozenset[str] | None = None

    @property
    def works(self) -> dict[str, Work]:
        """By person, those whose rows count."""
        return {work.id: work for work in self.group.works if self.only is None or work.id in self.only}

    def position(self, row: EventRow) -> int | None:
        """The unit that a row counts in; None where it lies in none that is whole within the data."""
        return self.group.timeline.position.get(week_of(row.day)) if row.day else None

    def why_not(self, row: EventRow) -> Reason | Why | None:
        """Why a row does not count in a unit in seat; None where it does."""
        if row.reason is not None:
            return row.reason
        work = next((each for each in self.group.works if each.id == row.user), None)
        if work is None:
            return Why.NOT_IN_GROUP
        if self.only is not None and work.id not in self.only:
            return Why.NOT_COUNTED
        position = self.position(row)
        if position is None or position not in self.positions:
            return Why.PART_WEEK
        return None if position in work.member.in_seat else self._out_of_seat(work.member, row, position)

    def _out_of_seat(self, member: Member, row: EventRow, position: int) -> Why:
        if position in member.held:
            weeks = self.group.timeline.units[position].weeks
            return Why.CLOSED if all(week in self.closed for week in weeks) else Why.ABSENT
        assert row.day
        day = row.day.toordinal()
        if member.holds_on(day):
            return Why.PART_OF_UNIT
        if not member.spells or day < member.spells[0][0]:
            return Why.BEFORE_SEAT
        return Why.AFTER_SEAT if day > member.spells[-1][1] else Why.BETWEEN


Units = dict[tuple[str, int], int]
"""(person, position of a unit) → micro-units or chains in it."""


# ---- the rules ------------------------------------------------------------------------------------------------------


def share_rows(share: Share, rows: Iterable[EventRow], field: Field) -> list[Marked]:
    """Each row by the side it counts for."""
    above, below, marked = frozenset(share.numerator), frozenset(share.denominator), []
    for row in rows:
        why = field.why_not(row)
        side = Part.NUMERATOR if row.event not in below else Part.BOTH if row.event in above else Part.DENOMINATOR
        marked.append(Marked(row, Part.ASIDE, why=why) if why else Marked(row, side, row.micro))
    return marked


def frequency_rows(frequency: Frequency, rows: Sequence[EventRow], field: Field) -> tuple[list[Marked], Units]:
    """Rows of the units that reach the count complete; the others are counted all the same. Also what each unit has."""
    why = [field.why_not(row) for row in rows]
    units = units_of((row for row, out in zip(rows, why, strict=True) if out is None), field)
    enough = frequency.times * MICRO
    marked = []
    for row, out in zip(rows, why, strict=True):
        if out:
            marked.append(Marked(row, Part.ASIDE, why=out))
        else:
            reaches = units[row.user, field.group.timeline.position[_week(row)]] >= enough
            marked.append(Marked(row, Part.COMPLETES if reaches else Part.SHORT, row.micro))
    return marked, units


def chain_rows(chain: Chain, rows: Sequence[EventRow], field: Field) -> tuple[list[Marked], Units]:
    """Rows of the finished chains, each name once; the others are left over. Also the chains of each unit."""
    units: Units = defaultdict(int)
    steps = _steps(chain, rows, field)
    for found in steps.values():
        if found.is_last:
            units[found.person, found.position] += 1
    marked = []
    for number, row in enumerate(rows):
        if number in steps:
            mine = steps[number]
            reaches = units[mine.person, mine.position] >= chain.times
            marked.append(Marked(row, Part.COMPLETES if reaches else Part.SHORT, MICRO if mine.first_of_name else 0))
        else:
            marked.append(Marked(row, Part.ASIDE, why=_out_of_chain(row, field)))
    return marked, units


def milestone_rows(
    milestone: Milestone, rows: Iterable[EventRow], field: Field, counted: Collection[str], until: int
) -> tuple[list[Marked], dict[str, dict[str, int]]]:
    """Rows within the first days of the people counted. Also the micro-units of each person by event."""
    works = field.works
    found: dict[str, dict[str, int]] = {person: defaultdict(int) for person in counted}
    within: list[tuple[EventRow, Reason | Why | None]] = []
    for row in rows:
        why = _outside(milestone, row, works.get(row.user), row.user in found, until)
        within.append((row, why))
        if why is None:
            found[row.user][row.event] += row.micro
    reached = {person for person, events in found.items() if reaches(milestone, events)}
    marked = []
    for row, why in within:
        part = Part.ASIDE if why else Part.COMPLETES if row.user in reached else Part.SHORT
        marked.append(Marked(row, part, 0 if why else row.micro, why))
    return marked, found


def reaches(milestone: Milestone, events: Mapping[str, int]) -> bool:
    """Whether these micro-units by event reach every step."""
    return all(events.get(step.event, 0) >= step.at_least * MICRO for step in milestone.steps)


def active_rows(rows: Sequence[EventRow], field: Field) -> tuple[list[Marked], Units]:
    """Rows that complete a week of somebody: one of any workflow's events, or the last of a chain. Also each unit."""
    workflows = field.group.persona.workflows
    names = {event for workflow in workflows for event in completing_events(workflow)}
    chains = [workflow.measure for workflow in workflows if isinstance(workflow.measure, Chain)]
    steps = [_steps(chain, rows, field) for chain in chains]
    in_chains = {event for chain in chains for event in chain.events}
    marked, units = [], Units()
    for number, row in enumerate(rows):
        if row.event not in names | in_chains:
            continue
        mine = [found[number] for found in steps if number in found]
        out = field.why_not(row)
        micro = row.micro if row.event in names and out is None else 0
        micro += MICRO * sum(step.is_last for step in mine)
        if micro or mine:
            marked.append(Marked(row, Part.COMPLETES, micro))
        else:
            why = out if row.event in names else _out_of_chain(row, field)
            marked.append(Marked(row, Part.ASIDE, why=why))
        if micro:
            place = (row.user, field.group.timeline.position[_week(row)])
            units[place] = units.get(place, 0) + micro
    return marked, units


def units_of(rows: Iterable[EventRow], field: Field) -> Units:
    """Micro-units by person and unit, of rows that count."""
    units: Units = defaultdict(int)
    for row in rows:
        units[row.user, field.group.timeline.position[_week(row)]] += row.micro
    return units


def names_of(workflow: Workflow) -> frozenset[str]:
    """Every event of a workflow's definition."""
    return frozenset(named_events(workflow))


# ---- parts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """A row's place in a finished chain. position: of the unit in which the chain ended."""

    person: str
    position: int
    is_last: bool
    first_of_name: bool


def _week(row: EventRow) -> int:
    assert row.day
    return week_of(row.day)


def _steps(chain: Chain, rows: Sequence[EventRow], field: Field) -> dict[int, _Step]:
    """Number of a row → its place in a chain that ended in the units that count.

    Which events make a chain is settled by scoring; rows of the same person, name and moment are interchangeable.
    """
    places: dict[tuple[str, str, int], deque[int]] = defaultdict(deque)
    for number, row in enumerate(rows):
        if row.reason is None and row.at and row.days == 1 and row.event in chain.events:
            places[row.user, row.event, (row.at - _EPOCH) // timedelta(microseconds=1)].append(number)
    found: dict[int, _Step] = {}
    for work in field.works.values():
        moments = field.evidence.ordered.get(work.id, ())
        for steps in chains_of(chain, moments, work.member, field.group.timeline):
            position = field.group.timeline.position[_week_of_day(steps[-1])]
            for number, moment in enumerate(steps):
                same = places[work.id, moment.event, moment.at]
                row_number = same.popleft() if same else None
                if position in field.positions and row_number is not None:
                    first = moment.event not in [each.event for each in steps[:number]]
                    found[row_number] = _Step(work.id, position, number == len(steps) - 1, first)
    return found


def _week_of_day(moment: Moment) -> int:
    return week_of(date.fromordinal(moment.day))


def _out_of_chain(row: EventRow, field: Field) -> Reason | Why:
    why = field.why_not(row)
    if why is None or why is Why.PART_OF_UNIT:  # within the seat an earlier event may stand in any week
        return Why.NO_CHAIN if row.days == 1 else Why.NO_ORDER
    return why


def _outside(milestone: Milestone, row: EventRow, work: Work | None, counted: bool, until: int) -> Reason | Why | None:
    if row.reason is not None:
        return row.reason
    if work is None:
        return Why.NOT_IN_GROUP
    if not counted or work.member.start is None:
        return Why.NO_WINDOW
    assert row.day
    last = min(work.member.start + milestone.within_days - 1, until)
    return None if work.member.start <= row.day.toordinal() <= last else Why.OUTSIDE_DAYS


def parts(marked: Iterable[Marked], *wanted: Part) -> Iterator[Marked]:
    """Those that count for one of these."""
    return (each for each in marked if each.part in wanted)
