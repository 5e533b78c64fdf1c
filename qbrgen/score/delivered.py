"""What the last review delivered beside what is counted of that quarter today, and why they differ.

In: a picture, the record of the quarter before (`qbrgen commit` wrote it), and what today's data say of that quarter.
Out: the picture with `delivered` figures. A record of another quarter is left alone.

The causes, in this order:
- target: it was another one. Told whatever the figures.
- definition: it was counted otherwise: other events, another kind or rhythm; for people also another rule of who is
  active, or other workflows that make someone so. Told whatever the figures.
- roster: someone joined or left since, or seats and absences of that quarter read differently today.
- data: events came late or were corrected. Seen from the number of events of each name, which the record keeps; or
  from a figure that differs though nothing else does.
The last two are told only where a figure differs: as delivered, as recounted, or over the people in seat in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from qbrgen.define.model.playbook import Milestone, ReadyMade, Workflow
from qbrgen.define.model.review import (
    LEFT,
    ActiveRule,
    PersonaDelivered,
    PersonDelivered,
    ReviewRecord,
    WorkflowDelivered,
)
from qbrgen.define.model.settings import Rules
from qbrgen.figures import Ratio
from qbrgen.measure.counts import MICRO
from qbrgen.score.evidence import Evidence
from qbrgen.score.other_times import Delivered, Retired
from qbrgen.score.people import PersonaWork, active, counted, states
from qbrgen.score.picture import AccountPicture, PersonaPicture, WorkflowPicture
from qbrgen.score.reached import Reached, WorkflowWork, reached
from qbrgen.score.recorded import completing, completing_names, plainly
from qbrgen.score.seats import Calendar, span_of
from qbrgen.score.states import Cause, TargetState
from qbrgen.score.stretches import stretches
from qbrgen.score.work import named_events


def rule_of(rules: Rules) -> ActiveRule:
    """The numbers that decide who is active."""
    return ActiveRule(rules.active_share, rules.new_units, rules.recent_units, rules.lapsed_units)


def seated(group: PersonaWork, positions: range, rules: Rules, silent: bool) -> dict[str, PersonDelivered]:
    """Whoever held the seat in a period: how they stood at its end, and their units in seat."""
    found = states(group, positions, rules, silent)
    people = {}
    for work in group.works:
        units = len(work.member.in_seat_within(positions))
        if work.id in found or units:
            people[work.id] = PersonDelivered(found[work.id].value if work.id in found else LEFT, units)
    return people


def event_totals(evidence: Evidence, names: Iterable[str], first_week: int, last_week: int) -> dict[str, Fraction]:
    """Name → occurrences in these weeks by whoever, on a roster or not."""
    total = dict.fromkeys(names, 0)
    for events in evidence.weekly.values():
        for name in total.keys() & events.keys():
            total[name] += sum(micro for week, micro in events[name].items() if first_week <= week <= last_week)
    return {name: Fraction(micro, MICRO) for name, micro in total.items()}


def with_delivered(
    picture: AccountPicture,
    record: ReviewRecord | None,
    groups: Sequence[PersonaWork],
    evidence: Evidence,
    calendar: Calendar,
    rules: Rules,
) -> AccountPicture:
    """The picture with what the record of the quarter before says beside it; the same where there is none of it."""
    before = calendar.before
    if record is None or not before.first_day <= record.window.first <= record.window.last <= before.last_day:
        return picture
    return _Comparing(record, groups, evidence, calendar, rules).compared(picture)


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Everything that the figures of one account are compared with."""

    record: ReviewRecord
    groups: Sequence[PersonaWork]
    evidence: Evidence
    calendar: Calendar
    rules: Rules

    def compared(self, picture: AccountPicture) -> AccountPicture:
        group_of = {group.persona.id: group for group in self.groups}
        personas = tuple(self._persona(each, group_of[each.id]) for each in picture.personas)
        jobs = {f"{g.persona.id}/{flow.id}": (g, flow) for g in self.groups for flow in g.persona.workflows}
        now = {each.id: self._recount(*jobs[each.id]) for each in picture.workflows}
        workflows = tuple(self._workflow(each, *jobs[each.id], now[each.id]) for each in picture.workflows)
        retired = self._retired(jobs.keys())
        return replace(
            picture,
            personas=personas,
            workflows=workflows,
            breadth=replace(picture.breadth, delivered=self._breadth(picture, personas)),
            depth=replace(picture.depth, delivered=self._depth(workflows, list(now.values()), retired)),
            delivered_on=self.record.recorded_on,
            retired=retired,
        )

    # ---- people -----------------------------------------------------------------------------------------------------

    def _persona(self, picture: PersonaPicture, group: PersonaWork) -> PersonaPicture:
        then = self.record.persona(picture.id)
        if then is None:
            return picture
        recounted = self._people(group)
        both = picture.previous
        alike = (both.active_then, both.both) if both else recounted
        told = (then.active, then.counted)
        causes = [Cause.TARGET] if then.target != picture.target else []
        defined = self._same_people_rule(then, group)
        if not defined:
            causes.append(Cause.DEFINITION)
        same_roster = self._same_seats(then, group)
        if recounted:
            if alike != recounted or (told != recounted and not same_roster):
                causes.append(Cause.ROSTER)
            names = [name for flow in group.persona.workflows for name in completing_names(flow.measure)]
            if told != recounted and (self._other_data(names) or (defined and same_roster)):
                causes.append(Cause.DATA)
        delivered = _delivered(told, recounted)
        return replace(picture, delivered=replace(delivered, target=then.target, causes=tuple(causes)))

    def _people(self, group: PersonaWork) -> tuple[int, int] | None:
        """(active, counted) of the quarter before by today's data, with the roster of that time."""
        if not self.calendar.previous:
            return None
        found = states(group, group.timeline.before, self.rules, silent=False)
        return len(active(found)), len(counted(found))

    def _same_people_rule(self, then: PersonaDelivered, group: PersonaWork) -> bool:
        today = {what for flow in group.persona.workflows for what in completing(flow.measure)}
        recorded = {what for flow in then.workflows for what in completing(flow.measure)}
        same_rule = self.record.rule == rule_of(self.rules)
        return same_rule and then.rhythm is group.persona.rhythm and today == recorded

    def _same_seats(self, then: PersonaDelivered, group: PersonaWork) -> bool:
        """Whether the same people held the seat, for as long; who alone, where other days or units are counted."""
        now = seated(group, group.timeline.before, self.rules, silent=False)
        if not self._same_days() or then.rhythm is not group.persona.rhythm:
            return now.keys() == then.people.keys()
        units = {who: (person.in_seat, person.state == LEFT) for who, person in now.items()}
        return units == {who: (person.in_seat, person.state == LEFT) for who, person in then.people.items()}

    def _breadth(self, picture: AccountPicture, personas: Sequence[PersonaPicture]) -> Delivered:
        told = (sum(each.active for each in self.record.personas), sum(each.counted for each in self.record.personas))
        each = [self._people(group) for group in self.groups]
        recounted = (sum(one[0] for one in each if one), sum(one[1] for one in each if one)) if all(each) else None
        then = picture.breadth.previous
        delivered = _delivered(told, recounted)
        if _all_the_same(told, recounted, (then.active_then, then.both) if then else None):
            return delivered
        causes = {cause for persona in personas if persona.delivered for cause in persona.delivered.causes}
        if {each.id for each in self.record.personas} != {persona.id for persona in personas}:
            causes.add(Cause.DEFINITION)
        return replace(delivered, causes=_in_order(causes - {Cause.TARGET}))

    # ---- workflows --------------------------------------------------------------------------------------------------

    def _recount(self, group: PersonaWork, workflow: Workflow) -> Reached | None:
        """The quarter before by today's definition and data, over everyone in seat then."""
        _, before = stretches(self.calendar, group.timeline, self.evidence)
        if before is None:
            return None
        return reached(WorkflowWork.of(workflow, group), self.evidence, self.calendar, before)

    def _workflow(
        self, picture: WorkflowPicture, group: PersonaWork, workflow: Workflow, now: Reached | None
    ) -> WorkflowPicture:
        then, persona = self.record.workflow(group.persona.id, workflow.id), self.record.persona(group.persona.id)
        if then is None or persona is None:
            return picture
        causes = [Cause.TARGET] if then.target != workflow.target else []
        by_units = not isinstance(workflow.measure, (Milestone, ReadyMade))
        defined = plainly(then.measure) == plainly(workflow.measure)
        defined = defined and (not by_units or persona.rhythm is group.persona.rhythm)
        if not defined:
            causes.append(Cause.DEFINITION)
        if now is not None:
            told, counts = _figure(then), (now.value, now.ratio)
            moved = told != counts
            others = (picture.previous, picture.previous_ratio) != counts
            same_roster = self._same_roster(then, persona, group, now)
            if (moved and not same_roster) or others:
                causes.append(Cause.ROSTER)
            if moved and (self._other_data(named_events(workflow)) or (defined and same_roster)):
                causes.append(Cause.DATA)
        delivered = Delivered(
            numerator=then.numerator,
            denominator=then.denominator,
            value=then.value,
            target=then.target,
            state=TargetState(then.state),
            recounted=now.value if now else None,
            recounted_ratio=now.ratio if now else None,
            causes=tuple(causes),
        )
        return replace(picture, delivered=delivered)

    def _same_roster(
        self, then: WorkflowDelivered, persona: PersonaDelivered, group: PersonaWork, now: Reached
    ) -> bool:
        """Whether it was counted over the same people: of a milestone those whose time was up."""
        if isinstance(then.measure, ReadyMade):
            return True
        if isinstance(then.measure, Milestone):
            return set(then.people) == set(now.counted)
        return self._same_seats(persona, group)

    def _depth(
        self, workflows: Sequence[WorkflowPicture], now: Sequence[Reached | None], retired: Sequence[Retired]
    ) -> Delivered:
        """How many were on target as delivered, and by today's definitions over everyone in seat then."""
        told = _met([flow.state for persona in self.record.personas for flow in persona.workflows])
        recounted = _met([each.state.value for each in now if each]) if self.calendar.previous else None
        delivered = _delivered(told, recounted)
        if _all_the_same(told, recounted):
            return delivered
        pairs = zip(workflows, now, strict=True)
        causes = {cause for flow, each in pairs if flow.delivered and each for cause in _why(flow.delivered, each)}
        if retired or any(flow.delivered is None for flow in workflows):
            causes.add(Cause.DEFINITION)
        return replace(delivered, causes=_in_order(causes))

    def _retired(self, known: Iterable[str]) -> tuple[Retired, ...]:
        known = set(known)
        return tuple(
            Retired(f"{persona.id}/{flow.id}", flow.name, flow.value, flow.target)
            for persona in self.record.personas
            for flow in persona.workflows
            if f"{persona.id}/{flow.id}" not in known
        )

    # ---- data -------------------------------------------------------------------------------------------------------

    def _same_days(self) -> bool:
        first = max(self.calendar.before.first_week, self.calendar.data_week)
        return self.record.window == span_of(first, self.calendar.before.last_week)

    def _other_data(self, names: Iterable[str]) -> bool:
        """Whether more or fewer events of these names are there for that quarter than the record knew of."""
        if not self._same_days():
            return True
        known = [name for name in dict.fromkeys(names) if name in self.record.events]
        before = self.calendar.before
        first = max(before.first_week, self.calendar.data_week)
        today = event_totals(self.evidence, known, first, before.last_week)
        return any(today[name] != self.record.events[name] for name in known)


def _delivered(told: tuple[int, int], recounted: tuple[int, int] | None) -> Delivered:
    """A figure of counts, "3 of 8"."""
    return Delivered(
        numerator=Fraction(told[0]),
        denominator=Fraction(told[1]),
        value=Fraction(*told) if told[1] else None,
        recounted=Fraction(*recounted) if recounted and recounted[1] else None,
        recounted_ratio=Ratio(Fraction(recounted[0]), Fraction(recounted[1])) if recounted and recounted[1] else None,
    )


def _all_the_same(told: tuple[int, int], *others: tuple[int, int] | None) -> bool:
    return all(other in (None, told) for other in others)


def _why(found: Delivered, now: Reached) -> tuple[Cause, ...]:
    """Why a workflow stood otherwise against its target; by the target alone where that explains it."""
    if found.state is now.state:
        return ()
    if Cause.TARGET in found.causes and found.target is not None and now.value is not None:
        by_that = TargetState.MET if now.value >= found.target else TargetState.NOT_MET
        if by_that is found.state:
            return (Cause.TARGET,)
    return found.causes


def _met(found: Iterable[str]) -> tuple[int, int]:
    """(met, measurable) of states."""
    measurable = [state for state in found if TargetState(state).measurable]
    return sum(state == TargetState.MET for state in measurable), len(measurable)


def _figure(then: WorkflowDelivered) -> tuple[Fraction | None, Ratio | None]:
    ratio = None
    if then.numerator is not None and then.denominator is not None:
        ratio = Ratio(then.numerator, then.denominator)
    return then.value, ratio


def _in_order(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    found = set(causes)
    return tuple(cause for cause in Cause if cause in found)
