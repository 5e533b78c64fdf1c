"""Receipts: what every figure of a picture was counted from (method.md: "Statements").

In: what was found out about an account. Out: one `Receipt` for each receipt id in the picture. People, event names and
file names are internal; counts, window and rule may be read by the customer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.audience import Audience
from qbrgen.define.model.account import Account
from qbrgen.define.model.playbook import Chain, Frequency, Milestone, Persona, ReadyMade, Share, Workflow
from qbrgen.define.model.settings import Rules
from qbrgen.define.model.sources import Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.figures import Receipt, Span
from qbrgen.measure.counts import MICRO
from qbrgen.score.adoption_score import of_target
from qbrgen.score.direction import Compared
from qbrgen.score.evidence import Evidence
from qbrgen.score.gaps import Found, FoundPersona, FoundWorkflow
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import Breadth, Depth, ImpactPicture, Score
from qbrgen.score.reached import Reached, WorkflowWork
from qbrgen.score.renewal import Basis
from qbrgen.score.seats import span_of, window_of
from qbrgen.score.states import PersonState, TargetState
from qbrgen.score.work import Work, completing_events, named_events, occurrences

SCORE = "score"  # id of the score's receipt, which is internal
_APART = (PersonState.NEW, PersonState.AWAY, PersonState.NO_DATA)


def source_files(tables: Sequence[Table], definitions: Definitions) -> tuple[str, ...]:
    """Names as the workspace's owner knows them: of files below its folder, of tables with their database."""
    return tuple(dict.fromkeys(table.called(definitions.settings.root) for table in tables))


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one account's figures: what is counted, ready-made values, and the account's own."""

    counted: tuple[str, ...]
    values: tuple[str, ...]
    account: tuple[str, ...]

    @classmethod
    def of(cls, account: Account, definitions: Definitions) -> Files:
        sources, where = definitions.settings.sources, definitions.where
        # an account that lists its people by hand is not read from the people tables
        own, written = where.get(f"account/{account.id}/people"), where.get(f"account/{account.id}")
        people = (own.file,) if own else source_files(sources.people, definitions)
        events = source_files(sources.events, definitions)
        values = source_files(sources.values, definitions)
        return cls(tuple(dict.fromkeys((*events, *people))), values, (written.file,) if written else ())


class Receipts:
    """Makes the receipts of one account."""

    def __init__(self, found: Found, definitions: Definitions) -> None:
        self._found = found
        files = Files.of(found.account, definitions)
        self._files, self._value_files = files.counted, files.values
        self._window = window_of(found.calendar)

    def all(
        self,
        breadth: Breadth,
        depth: Depth,
        account: Compared,
        personas: Mapping[str, Compared],
        reached: Mapping[str, Reached],
        score: Score,
    ) -> Iterator[Receipt]:
        """Every receipt, in the order in which a reader meets the figures."""
        found = self._found
        yield self._people(breadth)
        yield from (self._persona(persona) for persona in found.personas)
        yield self._depth(depth)
        yield from (self._workflow(workflow, reached[workflow.picture.id]) for workflow in found.workflows)
        yield self._direction("direction", account)
        yield from (self._direction(f"direction:{name}", compared) for name, compared in personas.items())
        for workflow in found.workflows:
            if workflow.picture.direction.receipt:
                yield self._direction(workflow.picture.direction.receipt, workflow.compared)
        for workflow in found.workflows:
            if workflow.basis:
                yield self._outlook(workflow, workflow.basis)
        yield from self._stated()
        yield self._score(score, depth)

    def _people(self, breadth: Breadth) -> Receipt:
        facts = {**active_facts(self._found.rules), "new": breadth.new, "away": breadth.away}
        facts |= {"personas_active": breadth.personas_active, "personas_counted": breadth.personas_counted}
        facts |= _starts([work for persona in self._found.personas for work in _roster(persona)])
        people = [p for persona in self._found.personas for p in _counted(persona)]
        windows = [window_of(self._found.calendar, persona.group.timeline) for persona in self._found.personas]
        first = min((window.first for window in windows), default=self._window.first)
        last = max((window.last for window in windows), default=self._window.last)
        return Receipt(
            id="people",
            rule="active",
            unit="people",
            numerator=Fraction(breadth.active),
            denominator=Fraction(breadth.counted),
            window=Span(first, last),
            rule_facts=tuple(facts.items()),
            events=named(_merged(completions(persona.group) for persona in self._found.personas)),
            people=tuple(dict.fromkeys(people)),
            sources=self._files,
        )

    def _persona(self, found: FoundPersona) -> Receipt:
        picture = found.picture
        facts = {**active_facts(self._found.rules), "target": picture.target, "rhythm": picture.rhythm.value}
        facts |= {"new": picture.new, "away": picture.away, "leavers": picture.leavers, **_starts(_roster(found))}
        return Receipt(
            id=picture.receipt,
            rule="active",
            unit="people",
            numerator=Fraction(picture.active),
            denominator=Fraction(picture.counted),
            window=window_of(self._found.calendar, found.group.timeline),
            rule_facts=tuple(facts.items()),
            events=named(completions(found.group)),
            people=tuple(_counted(found)),
            sources=self._files,
        )

    def _depth(self, depth: Depth) -> Receipt:
        facts = (("no_data", depth.no_data), ("not_applicable", depth.not_applicable))
        return Receipt(
            id="workflows",
            rule="on-target",
            unit="workflows",
            numerator=Fraction(depth.met),
            denominator=Fraction(depth.measurable),
            window=self._window,
            rule_facts=facts,
            sources=self._files,
        )

    def _workflow(self, found: FoundWorkflow, reached: Reached) -> Receipt:
        picture, job = found.picture, found.job
        by_days = isinstance(job.workflow.measure, (Milestone, ReadyMade))
        window = self._window if by_days else window_of(self._found.calendar, job.group.timeline)
        ratio, given, facts = picture.ratio, reached.given, rule_facts(job.workflow, job.group.persona)
        if given:
            window, ratio, facts = given.days, given.ratio, (*facts, ("rows", given.rows))
        return Receipt(
            id=picture.receipt,
            rule=picture.kind,
            unit=picture.unit,
            numerator=ratio.numerator if ratio else None,
            denominator=ratio.denominator if ratio else None,
            window=window,
            rule_facts=(("target", picture.target), *facts),
            events=named(events_behind(job, reached, self._found.evidence, self._window.last)),
            people=reached.counted,
            sources=self._value_files if picture.kind == "value" else self._files,
        )

    def _direction(self, receipt: str, compared: Compared) -> Receipt:
        direction = compared.direction
        facts: dict[str, object] = {"weeks": direction.weeks}
        facts |= {"more": direction.more, "less": direction.less, "same": direction.same}
        facts |= {"signal": direction.signal, "limit": direction.limit}
        window = span_of(compared.points[0][0], self._found.calendar.last_week) if compared.points else self._window
        return Receipt(
            id=receipt,
            rule="direction",
            unit="people",
            numerator=Fraction(max(direction.more, direction.less)),
            denominator=Fraction(direction.more + direction.less + direction.same),
            window=window,
            rule_facts=tuple((name, fact) for name, fact in facts.items() if fact is not None),
            people=compared.people,
            sources=self._files,
        )

    def _outlook(self, found: FoundWorkflow, basis: Basis) -> Receipt:
        """Where a workflow will be at renewal: the rule, the days it rests on and the series. Internal."""
        outlook, picture = basis.outlook, found.picture
        facts: dict[str, object] = {"pace": outlook.rests_on, "renewal": outlook.renewal}
        facts |= {"target": picture.target, "value": picture.value, "expected": outlook.expected}
        facts |= {"low": outlook.low, "high": outlook.high, "run": basis.run}
        facts |= {"lowest": basis.lowest, "highest": basis.highest, "kind": picture.kind}
        if basis.paces:
            facts |= dict(zip(("slowest", "present", "fastest"), basis.paces, strict=True)) | {"ahead": basis.ahead}
        return Receipt(
            id=f"outlook:{picture.id}",
            rule="outlook",
            unit="",
            window=basis.window or self._window,
            rule_facts=(*((name, fact) for name, fact in facts.items() if fact is not None), ("series", basis.series)),
            people=found.compared.people if basis.paces else (),
            sources=self._value_files if picture.kind == "value" else self._files,
            audience=Audience.INTERNAL,
        )

    def _score(self, score: Score, depth: Depth) -> Receipt:
        """The weighted sum over the sum of the weights, every part (a missing one has a weight and no value), and what
        depth is the mean of: (name, share of its target) of each measurable workflow.
        """
        weights = sum(entry.weight for entry in score.parts)
        facts: dict[str, object] = {f"{entry.part}_weight": entry.weight for entry in score.parts}
        facts |= {entry.part.value: entry.value for entry in score.parts if entry.value is not None}
        flows = [flow.picture for flow in self._found.workflows if flow.picture.state.measurable]
        reached = tuple((flow.name, of_target(flow)) for flow in flows)
        return Receipt(
            id=SCORE,
            rule="score",
            unit="",
            numerator=None if score.total is None else score.total * weights / 100,
            denominator=Fraction(weights),
            window=self._window,
            rule_facts=(*facts.items(), ("workflows", depth.measurable), ("reached", reached)),
            sources=self._files,
            audience=Audience.INTERNAL,
        )

    def _stated(self) -> Iterator[Receipt]:
        """Impacts and outcome: stated by people, so the receipt is who said it and when."""
        for picture in self._found.impacts:
            if picture.tellable:
                yield _impact(picture)
        if self._found.outcome:
            outcome, progress = self._found.outcome.outcome, self._found.outcome.progress
            readings = {"baseline": outcome.baseline, "goal": outcome.goal, "present": outcome.present}
            values = [(name, reading.value) for name, reading in readings.items() if reading]
            dates = [(f"{name}_on", reading.on) for name, reading in readings.items() if reading and reading.on]
            above = below = None
            if progress is not None and outcome.present and outcome.baseline and outcome.goal:
                above = outcome.present.value - outcome.baseline.value
                below = outcome.goal.value - outcome.baseline.value
            yield Receipt(
                id="outcome",
                rule="outcome",
                unit=outcome.unit,
                numerator=above,
                denominator=below,
                rule_facts=(*values, *dates),
            )


def _impact(picture: ImpactPicture) -> Receipt:
    impact = picture.impact
    facts: dict[str, object] = {"source": impact.source and impact.source.value, "by": impact.by}
    facts |= {"said_on": impact.said_on, "change": impact.change, "before": impact.before, "value": impact.value}
    facts |= {"unit": impact.unit, "period": impact.period}
    known = tuple((name, fact) for name, fact in facts.items() if fact not in (None, ""))
    return Receipt(id=picture.receipt, rule="impact", unit=impact.unit, rule_facts=known)


def _counted(found: FoundPersona) -> list[str]:
    return [person.id for person in found.picture.people if person.state not in _APART]


def _roster(found: FoundPersona) -> tuple[Work, ...]:
    return found.group.roster(found.group.timeline.this)


def _starts(works: Sequence[Work]) -> dict[str, object]:
    """How many have no start date: counted from their first event, or (without any) from the first day of the data."""
    dateless = [work.member for work in works if work.member.start_assumed]
    unknown = sum(member.start is None for member in dateless)
    numbers: dict[str, object] = {"start_assumed": len(dateless) - unknown, "start_unknown": unknown}
    return {name: number for name, number in numbers.items() if number}


def active_facts(rules: Rules) -> dict[str, object]:
    """The numbers of the rule of who is active."""
    return {"active_share": rules.active_share, "recent_units": rules.recent_units, "new_units": rules.new_units}


def events_behind(job: WorkflowWork, reached: Reached, evidence: Evidence, until: date) -> dict[str, int]:
    """Event → micro-units behind a workflow's figure. until: the last day of the period's full weeks."""
    workflow, group = job.workflow, job.group
    if reached.state is TargetState.NO_DATA:
        return {}
    if isinstance(workflow.measure, Milestone):
        return _in_windows(workflow.measure, group, reached, evidence, until.toordinal())
    if isinstance(workflow.measure, Chain):
        done = [work.chains[workflow.id] for work in group.works]
        number = sum(n for units in done for position, n in units.items() if position in group.timeline.this)
        return dict.fromkeys(named_events(workflow), number * MICRO)
    return occurrences(group.works, named_events(workflow), group.timeline.this)


def _in_windows(
    milestone: Milestone, group: PersonaWork, reached: Reached, evidence: Evidence, until: int
) -> dict[str, int]:
    found: dict[str, int] = {}
    for work in group.works:
        if work.id not in reached.counted or work.member.start is None:
            continue
        last = min(work.member.start + milestone.within_days - 1, until)
        for step in milestone.steps:
            days = evidence.on_days(work.id, step.event)
            number = sum(micro for day, micro in days.items() if work.member.start <= day <= last)
            found[step.event] = found.get(step.event, 0) + number
    return found


def completions(group: PersonaWork) -> dict[str, int]:
    """Occurrences that make people active, in the period, over the persona's present roster."""
    roster, positions = group.roster(group.timeline.this), group.timeline.this
    names = [event for workflow in group.persona.workflows for event in completing_events(workflow)]
    found = occurrences(roster, names, positions)
    for workflow in group.persona.workflows:
        if isinstance(workflow.measure, Chain):
            done = sum(n for work in roster for p, n in work.chains[workflow.id].items() if p in positions)
            last = workflow.measure.events[-1]
            found[last] = found.get(last, 0) + done * MICRO
    return found


def _merged(parts: Iterator[dict[str, int]] | Sequence[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for event, micro in part.items():
            total[event] = total.get(event, 0) + micro
    return total


def named(events: Mapping[str, int]) -> tuple[tuple[str, Fraction], ...]:
    """Event → micro-units as a receipt has them: (event, occurrences)."""
    return tuple((event, Fraction(micro, MICRO)) for event, micro in events.items())


def rule_facts(workflow: Workflow, persona: Persona) -> tuple[tuple[str, object], ...]:
    """The numbers of the rule by which a workflow is counted, but for its target."""
    facts: dict[str, object] = {"rhythm": persona.rhythm.value}
    match workflow.measure:
        case Share():
            pass
        case Frequency(times=times):
            facts["times"] = times
        case Chain(times=times, within_days=days, events=events):
            facts |= {"times": times, "within_days": days, "steps": len(events)}
        case Milestone(within_days=days):
            facts = {"within_days": days}
        case ReadyMade(source=source, combine=combine):
            facts = {"source": source, "combine": combine.value}
    return tuple(facts.items())
