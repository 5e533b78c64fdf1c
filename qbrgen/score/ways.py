"""The stages of each persona and workflow between a delivered review and today (score/changes.py has the order)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from qbrgen.define.model.account import Account
from qbrgen.define.model.playbook import Milestone, ReadyMade, Workflow
from qbrgen.define.model.review import LEFT, PersonaDelivered, ReviewRecord, WorkflowDelivered
from qbrgen.define.model.settings import Rules
from qbrgen.period import week_of
from qbrgen.score.change import Point, Why
from qbrgen.score.delivered import event_totals, rule_of, seated
from qbrgen.score.evidence import Evidence
from qbrgen.score.people import PersonaWork, active, counted, states
from qbrgen.score.reached import Reached, WorkflowWork, reached
from qbrgen.score.recorded import (
    completing,
    completing_names,
    plainly,
    recorded_group,
    recorded_rules,
    recorded_workflow,
)
from qbrgen.score.seats import Calendar, span_of
from qbrgen.score.states import PersonState, TargetState
from qbrgen.score.steps import ABSENT, Stage, States, Way
from qbrgen.score.stretches import silent_in, stretches
from qbrgen.score.work import named_events


@dataclass(frozen=True)
class Reviewed:
    """A record, and what both quarters are counted from today.

    groups: the work of the personas for the later quarter; groups_then: for the reviewed one, by today's definitions.
    calendar: of the later quarter; reviewed: of the reviewed one. For the same quarter they are the same.
    """

    record: ReviewRecord
    account: Account
    groups: tuple[PersonaWork, ...]
    groups_then: tuple[PersonaWork, ...]
    evidence: Evidence
    calendar: Calendar
    reviewed: Calendar
    rules: Rules
    closed: frozenset[int]

    @property
    def same_period(self) -> bool:
        """Whether what was delivered is of the quarter that is told."""
        return self.reviewed.period == self.calendar.period

    @property
    def beyond(self) -> bool:
        """Whether the data no longer hold anything of the reviewed quarter."""
        return not self.reviewed.has_weeks

    @cached_property
    def silent_then(self) -> bool:
        """Whether no data came in the reviewed quarter, as far as is known today."""
        return silent_in(self.evidence, self.reviewed.first_week, self.reviewed.last_week)

    @cached_property
    def silent(self) -> bool:
        """Whether no data came in one of the two quarters."""
        return self.silent_then or silent_in(self.evidence, self.calendar.first_week, self.calendar.last_week)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Person id → name, in the roster's order."""
        return {person.id: person.name or person.id for person in self.account.people}

    @cached_property
    def same_days(self) -> bool:
        """Whether the data hold the days that the record counted."""
        return self.record.window == span_of(self.reviewed.first_week, self.reviewed.last_week)

    @cached_property
    def totals(self) -> Mapping[str, Fraction]:
        """Event name → occurrences within the recorded window by whoever, today."""
        window = self.record.window
        return event_totals(self.evidence, self.record.events, week_of(window.first), week_of(window.last))

    def group(self, persona: str) -> PersonaWork | None:
        """Today's persona in the later quarter."""
        return next((group for group in self.groups if group.persona.id == persona), None)

    def group_then(self, persona: str) -> PersonaWork | None:
        """Today's persona in the reviewed quarter."""
        return next((group for group in self.groups_then if group.persona.id == persona), None)

    def recorded(self, persona: PersonaDelivered) -> PersonaWork:
        """The recorded persona in the reviewed quarter, over today's data and roster."""
        return recorded_group(self.record, persona, self.account, self.evidence, self.reviewed, self.closed)

    def late_or_roster(self, names: Iterable[str], group: PersonaWork, differ: Collection[str]) -> tuple[Why, ...]:
        """What moved a figure that is counted as it was. differ: ids of people whose seats read differently today.

        Where the first event stands for a missing start, late events move the seat: that is no change of the roster.
        """
        late = not self.same_days or any(self.totals[n] != self.record.events[n] for n in names if n in self.totals)
        assumed = {work.id for work in group.works if work.member.start_assumed}
        moved = set(differ) - assumed if late else set(differ)
        if moved and not late:
            return (Why.ROSTER,)
        return (Why.DATA,) if late and not moved else (Why.DATA, Why.ROSTER)

    def other_seats(self, then: PersonaDelivered, group: PersonaWork) -> set[str]:
        """Ids of people who are recorded with other weeks in seat, or not at all, or are no longer there."""
        now = seated(group, group.timeline.this, self.rules, silent=False)
        there = {who: (person.in_seat, person.state == LEFT) for who, person in now.items()}
        recorded = {who: (person.in_seat, person.state == LEFT) for who, person in then.people.items()}
        everyone = there.keys() | recorded.keys()
        if not self.same_days:
            return {who for who in everyone if who not in there or who not in recorded}
        return {who for who in everyone if there.get(who) != recorded.get(who)}


# ---- people ---------------------------------------------------------------------------------------------------------


def persona_way(what: Reviewed, persona: str) -> Way:
    """How many of a persona are active."""
    then, today = what.record.persona(persona), what.group(persona)
    first, name = Stage(ABSENT), today.persona.name if today else ""
    if then is not None:
        name = name or then.name
        first = _people(_recorded_states(then), then.target)
    if today is None:
        return Way(name, _gone(what, first), otherwise=True)
    target = today.persona.target
    stages = [first, *_people_then(what, then, what.group_then(persona), target)]
    if not what.same_period:
        stages += _people_since(what, what.group_then(persona), today, target)
    return Way(name, tuple(stages), then is None or not _same_people_rule(what, then, today), what.names)


def _recorded_states(then: PersonaDelivered) -> States:
    return {who: PersonState(person.state) for who, person in then.people.items() if person.state != LEFT}


def _gone(what: Reviewed, first: Stage) -> tuple[Stage, ...]:
    """What is no longer defined: as delivered until today's definition is asked."""
    absent = Stage(ABSENT, (Why.DEFINITION,))
    return (first, first, *(absent for _ in range(2 if what.same_period else 5)))


def _people_then(
    what: Reviewed, then: PersonaDelivered | None, group: PersonaWork | None, target: Fraction
) -> list[Stage]:
    """The reviewed quarter by the recorded definition, by today's, and by today's target."""
    if what.beyond or group is None:
        return [Stage(None), *_not_counted(other_target=then is not None and then.target != target)]
    today = states(group, group.timeline.this, what.rules, what.silent_then)
    if then is None:
        by_today = _people(today, target, why=(Why.DEFINITION,))
        return [Stage(ABSENT), by_today, by_today]
    old = what.recorded(then)
    counted_so = states(old, old.timeline.this, recorded_rules(what.record, what.rules), what.silent_then)
    names = [name for flow in then.workflows for name in completing_names(flow.measure)]
    why = what.late_or_roster(names, old, what.other_seats(then, old))
    return [
        _people(counted_so, then.target, why=why),
        _people(today, then.target, why=(Why.DEFINITION,)),
        _people(today, target, why=(Why.TARGET,)),
    ]


def _not_counted(*, other_target: bool) -> list[Stage]:
    """By today's definition and by today's target, of a quarter that the data no longer hold."""
    return [Stage(None, (Why.BEYOND,)), Stage(None, (Why.TARGET,) if other_target else ())]


def _people_since(what: Reviewed, before: PersonaWork | None, today: PersonaWork, target: Fraction) -> list[Stage]:
    """Those who count in both quarters in the reviewed one and in the later one; everyone in the later one."""
    silent_now = silent_in(what.evidence, what.calendar.first_week, what.calendar.last_week)
    now = states(today, today.timeline.this, what.rules, silent_now)
    if what.beyond or before is None:
        return [Stage(None), Stage(None), _people(now, target)]
    if what.silent:
        whole = _people(now, target, why=(Why.SILENT,))
        return [Stage(None, (Why.SILENT,)), Stage(None, (Why.SILENT,)), replace(whole, states=None)]
    then = states(before, before.timeline.this, what.rules, what.silent_then)
    both = counted(then) & counted(now)
    if not both:  # everyone is somebody else
        others = (Why.LEFT, Why.JOINED)
        return [Stage(None, others), Stage(None, others), _people(now, target, others)]
    those_then, those_now = ({who: found[who] for who in found if who in both} for found in (then, now))
    return [
        _people(those_then, target, why=(Why.LEFT,), beside=now),
        _people(those_now, target, why=(Why.EVENTS,), beside=then),
        _people(now, target, why=(Why.JOINED,)),
    ]


def _people(found: States, target: Fraction, why: tuple[Why, ...] = (), beside: States | None = None) -> Stage:
    n, m = len(active(found)), len(counted(found))
    state = TargetState.NO_DATA if PersonState.NO_DATA in found.values() else TargetState.NOT_APPLICABLE
    if m:
        state = TargetState.MET if n >= target * m else TargetState.NOT_MET
    point = Point(numerator=Fraction(n), denominator=Fraction(m), state=state, target=target)
    return Stage(point, why, found, beside or {})


def _same_people_rule(what: Reviewed, then: PersonaDelivered, today: PersonaWork) -> bool:
    now = {each for flow in today.persona.workflows for each in completing(flow.measure)}
    recorded = {each for flow in then.workflows for each in completing(flow.measure)}
    return what.record.rule == rule_of(what.rules) and then.rhythm is today.persona.rhythm and now == recorded


# ---- workflows ------------------------------------------------------------------------------------------------------


def workflow_way(what: Reviewed, persona: str, workflow: str) -> Way:
    """The value of a workflow."""
    then, delivered = what.record.workflow(persona, workflow), what.record.persona(persona)
    today = what.group(persona)
    flow = next((each for each in today.persona.workflows if each.id == workflow), None) if today else None
    first, name = Stage(ABSENT), flow.name if flow else ""
    if then is not None:
        name = name or then.name
        first = Stage(Point(then.value, then.numerator, then.denominator, TargetState(then.state), then.target))
    if flow is None or today is None:
        return Way(name, _gone(what, first), otherwise=True)
    stages = [first, *_flow_then(what, delivered, then, what.group_then(persona), flow)]
    if not what.same_period:
        stages += _flow_since(what, what.group_then(persona), today, flow)
    otherwise = then is None or delivered is None or not _counted_alike(delivered, then, today, flow)
    return Way(name, tuple(stages), otherwise, what.names)


def _counted_alike(delivered: PersonaDelivered, then: WorkflowDelivered, today: PersonaWork, flow: Workflow) -> bool:
    by_units = not isinstance(flow.measure, (Milestone, ReadyMade))
    same_rhythm = delivered.rhythm is today.persona.rhythm
    return plainly(then.measure) == plainly(flow.measure) and (not by_units or same_rhythm)


def _flow_then(
    what: Reviewed,
    delivered: PersonaDelivered | None,
    then: WorkflowDelivered | None,
    group: PersonaWork | None,
    flow: Workflow,
) -> list[Stage]:
    """The reviewed quarter by the recorded definition, by today's, and by today's target."""
    if what.beyond or group is None:
        return [Stage(None), *_not_counted(other_target=then is not None and then.target != flow.target)]
    if then is None or delivered is None:
        by_today = _flow(_reached(what, group, flow), flow, (Why.DEFINITION,))
        return [Stage(ABSENT), by_today, by_today]
    old, recorded = what.recorded(delivered), recorded_workflow(then)
    counted_so = _reached(what, old, recorded)
    old_target = replace(flow, target=then.target)
    return [
        _flow(counted_so, recorded, _late_or_roster(what, delivered, then, old, counted_so)),
        _flow(_reached(what, group, old_target), old_target, (Why.DEFINITION,)),
        _flow(_reached(what, group, flow), flow, (Why.TARGET,)),
    ]


def _late_or_roster(
    what: Reviewed, delivered: PersonaDelivered, then: WorkflowDelivered, old: PersonaWork, found: Reached
) -> tuple[Why, ...]:
    if isinstance(then.measure, ReadyMade):
        return (Why.DATA,)
    differ = what.other_seats(delivered, old)
    if isinstance(then.measure, Milestone):
        differ = set(then.people) ^ set(found.counted)
    return what.late_or_roster(named_events(recorded_workflow(then)), old, differ)


def _flow_since(what: Reviewed, before: PersonaWork | None, today: PersonaWork, flow: Workflow) -> list[Stage]:
    """The people in seat in both quarters in the reviewed one and in the later one; everyone in the later one.

    A milestone's people are others each quarter, and a ready-made value has none: the same quarter, then the later one.
    """
    job = WorkflowWork.of(flow, today)
    this, _ = stretches(what.calendar, today.timeline, what.evidence)
    now = reached(job, what.evidence, what.calendar, this)
    if what.beyond or before is None:
        return [Stage(None), Stage(None), _flow(now, flow, ())]
    if isinstance(flow.measure, (Milestone, ReadyMade)):
        why = (Why.COHORT,) if isinstance(flow.measure, Milestone) else (Why.EVENTS,)
        return [_flow(_reached(what, before, flow), flow, ()), _flow(now, flow, why), _flow(now, flow, ())]
    seated_then = {work.id for work in before.in_seat(before.timeline.this)}
    seated_now = {work.id for work in today.in_seat(today.timeline.this)}
    both = seated_then & seated_now
    since = (Why.SILENT,) if what.silent else (Why.EVENTS,)
    return [
        _flow(_reached(what, before, flow, both), flow, (Why.LEFT,), seated_then - both),
        _flow(reached(job.over(both), what.evidence, what.calendar, this), flow, since),
        _flow(now, flow, (Why.JOINED,), seated_now - both),
    ]


def _reached(what: Reviewed, group: PersonaWork, flow: Workflow, only: Collection[str] | None = None) -> Reached:
    """The reviewed quarter over today's data."""
    job = WorkflowWork.of(flow, group)
    stretch, _ = stretches(what.reviewed, group.timeline, what.evidence)
    return reached(job if only is None else job.over(only), what.evidence, what.reviewed, stretch)


def _flow(found: Reached, flow: Workflow, why: tuple[Why, ...], who: Collection[str] = ()) -> Stage:
    ratio = found.ratio
    above, below = (ratio.numerator, ratio.denominator) if ratio else (None, None)
    return Stage(Point(found.value, above, below, found.state, flow.target), why, who=frozenset(who))
