"""Why did it change? Every figure as the last delivered review had it, today's, and the steps between them.

In: a picture, the record of a review of the same quarter or an earlier one, and what the picture was made from. Out:
`Changes`. The way of a figure, from the record to today:

1. the recorded definition over today's data and today's roster of that quarter: what came late or was corrected (the
   record keeps how many events of each name there were), or whose seats of that time read differently today;
2. today's definition, and 3. today's target, for the same quarter;
4. over those of them who count in both quarters: who left;
5. the picture's quarter over the same people: new events;
6. over everyone: who joined.

For the quarter of the picture itself the way ends with 3. What two causes did together is one step with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from qbrgen.define.model.account import Account
from qbrgen.define.model.review import BrokenReview, ReviewRecord
from qbrgen.define.model.workspace import Definitions
from qbrgen.measure.counts import Counts
from qbrgen.period import Period, parse_period
from qbrgen.score.change import Changes, FigureChange, FigureKind, LateEvents, Why, in_order
from qbrgen.score.evidence import Evidence, gather
from qbrgen.score.people import PersonaWork, group_of
from qbrgen.score.people_moves import people_moves
from qbrgen.score.picture import AccountPicture
from qbrgen.score.seats import Calendar, calendar_of
from qbrgen.score.steps import Way, summed
from qbrgen.score.ways import Reviewed, persona_way, workflow_way

Key = TypeVar("Key")


def last_delivered(records: Mapping[str, ReviewRecord], until: Period, first_month: int) -> ReviewRecord | None:
    """The record of the latest quarter up to and including `until`; None where there is none."""
    known = [(parse_period(name, first_month), record) for name, record in records.items()]
    there = [
        (period.last_day, record) for period, record in known if period == until or period.last_day < until.first_day
    ]
    return max(there, key=lambda pair: pair[0])[1] if there else None


def broken_before(
    records: Mapping[str, ReviewRecord], broken: Iterable[BrokenReview], until: Period, first_month: int
) -> tuple[BrokenReview, ...]:
    """Broken records up to and including `until`, but those of a quarter for which, or after which, one can be read.

    A record whose quarter nobody knows may be any.
    """
    last = last_delivered(records, until, first_month)
    after = parse_period(last.period, first_month).last_day if last else None
    return tuple(
        each
        for each in broken
        if each.period is None
        or (each.period.last_day <= until.last_day and (after is None or each.period.last_day > after))
    )


def with_changes(
    picture: AccountPicture,
    definitions: Definitions,
    groups: Sequence[PersonaWork],
    evidence: Evidence,
    calendar: Calendar,
) -> AccountPicture:
    """The picture with all that is not as the last delivered review had it, and with records that cannot be read."""
    first_month = definitions.settings.fiscal_year_starts
    records = definitions.reviews.get(picture.id, {})
    broken = broken_before(records, definitions.broken_reviews.get(picture.id, ()), picture.period, first_month)
    picture = replace(picture, broken_reviews=broken)
    record = last_delivered(records, picture.period, first_month)
    if record is None:
        return picture
    return replace(picture, changes=_changes(picture, record, definitions, groups, evidence, calendar))


def changes_since(definitions: Definitions, counts: Counts, picture: AccountPicture, record: ReviewRecord) -> Changes:
    """The same since one record, which is not of a later quarter than the picture."""
    calendar = calendar_of(picture.period, counts.as_of, counts.data_start, definitions.settings.fiscal_year_starts)
    evidence = gather(counts, [picture.id])[picture.id]
    account = definitions.accounts[picture.id]
    groups = _groups(definitions, account, evidence, calendar)
    return _changes(picture, record, definitions, groups, evidence, calendar)


def _changes(
    picture: AccountPicture,
    record: ReviewRecord,
    definitions: Definitions,
    groups: Sequence[PersonaWork],
    evidence: Evidence,
    calendar: Calendar,
) -> Changes:
    settings, account = definitions.settings, definitions.accounts[picture.id]
    period = parse_period(record.period, settings.fiscal_year_starts)
    reviewed, then = calendar, tuple(groups)
    if period != calendar.period:
        reviewed = calendar_of(period, calendar.as_of, calendar.data_start, settings.fiscal_year_starts)
        then = _groups(definitions, account, evidence, reviewed)
    closed = settings.closed_weeks | account.closed_weeks
    what = Reviewed(record, account, tuple(groups), then, evidence, calendar, reviewed, settings.rules, closed)
    return _Telling(what, picture).changes()


def _groups(
    definitions: Definitions, account: Account, evidence: Evidence, calendar: Calendar
) -> tuple[PersonaWork, ...]:
    settings = definitions.settings
    closed = settings.closed_weeks | account.closed_weeks
    return tuple(
        group_of(persona, account, evidence, calendar, closed, settings.rules.new_units) for persona in account.personas
    )


@dataclass(frozen=True)
class _Telling:
    """The ways of all figures of one account."""

    what: Reviewed
    picture: AccountPicture

    def changes(self) -> Changes:
        record = self.what.record
        figures = [figure for figure in self._figures() if _differs(figure)]
        return Changes(
            period=self.what.reviewed.period,
            same_period=self.what.same_period,
            recorded_on=record.recorded_on,
            as_of=record.as_of,
            figures=(*figures, *self._direction(figures)),
            people=tuple(move for name in self._personas for move in people_moves(self.what, name)),
            late=tuple(self._late()),
            told=dict(record.told),
        )

    @cached_property
    def _personas(self) -> dict[str, Way]:
        known = [group.persona.id for group in self.what.groups]
        return {name: persona_way(self.what, name) for name in _all(known, (p.id for p in self.what.record.personas))}

    @cached_property
    def _workflows(self) -> dict[tuple[str, str], Way]:
        today = [(group.persona.id, flow.id) for group in self.what.groups for flow in group.persona.workflows]
        then = ((persona.id, flow.id) for persona in self.what.record.personas for flow in persona.workflows)
        return {(persona, flow): workflow_way(self.what, persona, flow) for persona, flow in _all(today, then)}

    def _figures(self) -> Iterable[FigureChange]:
        personas, flows = list(self._personas.values()), list(self._workflows.values())
        yield _figure(FigureKind.PEOPLE, "people", summed(personas, [way.people() for way in personas]))
        for name, way in self._personas.items():
            yield _figure(FigureKind.PERSONA, f"persona:{name}", way)
        yield _figure(FigureKind.WORKFLOWS, "workflows", summed(flows, [way.verdicts() for way in flows]))
        for (persona, flow), way in self._workflows.items():
            yield _figure(FigureKind.WORKFLOW, f"workflow:{persona}/{flow}", way)

    def _direction(self, figures: Iterable[FigureChange]) -> Iterable[FigureChange]:
        """Which way it goes: its cause is whatever moved the figures; nothing where the record has no word for it."""
        then, now = self.what.record.direction, self.picture.direction.trend.value
        if not then or then == now:
            return
        causes = {cause for figure in figures for cause in figure.causes} - {Why.TARGET}
        if not causes and not self.what.same_period:
            causes = {Why.EVENTS}
        yield FigureChange(
            FigureKind.DIRECTION, "direction", "", causes=in_order(causes), trend_then=then, trend_now=now
        )

    def _late(self) -> Iterable[LateEvents]:
        for name, then in self.what.record.events.items():
            if self.what.totals[name] != then:
                yield LateEvents(name, then, self.what.totals[name])


def _all(today: Iterable[Key], then: Iterable[Key]) -> list[Key]:
    """Those of today in their order, then those that are gone."""
    return list(dict.fromkeys((*today, *then)))


def _figure(kind: FigureKind, figure_id: str, way: Way) -> FigureChange:
    causes = {cause for step in way.steps for cause in step.causes} | ({Why.DEFINITION} if way.otherwise else set())
    return FigureChange(kind, figure_id, way.name, way.then, way.now, way.steps, in_order(causes))


def _differs(figure: FigureChange) -> bool:
    return bool(figure.steps) or bool(figure.causes)
