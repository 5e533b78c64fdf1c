"""Which rows are behind each receipt, and how each was counted (`explain --rows`).

In: definitions, counts and an account's picture. Out: one `RowList` for a receipt: its rows, each marked, and what the
counted ones add up to, from the rows alone. Where no event is behind a figure: who stated it, and in which line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction
from functools import cached_property

from qbrgen.define.model.playbook import Chain, Combine, Frequency, Milestone, ReadyMade, Share
from qbrgen.define.model.settings import Rules
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Location
from qbrgen.figures import Receipt, Span
from qbrgen.measure.counts import MICRO, Counts
from qbrgen.measure.rows import EventRow, account_values, event_rows
from qbrgen.measure.values import ValueRow
from qbrgen.period import monday_of
from qbrgen.score.account import groups_of
from qbrgen.score.evidence import Value, gather
from qbrgen.score.kept import last_review, with_recorded_seats
from qbrgen.score.people import PersonaWork, counted, states
from qbrgen.score.picture import AccountPicture
from qbrgen.score.reached import Reached, WorkflowWork, reached
from qbrgen.score.recorded import recorded_group, recorded_rules
from qbrgen.score.row_list import COUNTED, RowList, Stated
from qbrgen.score.row_marks import (
    Field,
    Marked,
    Part,
    Units,
    Why,
    active_rows,
    chain_rows,
    frequency_rows,
    milestone_rows,
    names_of,
    parts,
    reaches,
    share_rows,
)
from qbrgen.score.seats import calendar_of
from qbrgen.score.states import TargetState
from qbrgen.score.stretches import silent_in, stretches
from qbrgen.score.work import Work

_PROMISE = "commitment:"  # how ids of receipts of promises begin


def rows_behind(
    definitions: Definitions, counts: Counts, picture: AccountPicture, receipts: Iterable[Receipt]
) -> list[RowList]:
    """The rows behind these receipts of an account's picture, in their order. The event files are read once.

    Raises InputError with every finding about files that cannot be read (any more).
    """
    lists = _Lists(definitions, counts, picture)
    receipts = list(receipts)
    asked = [receipt for receipt in receipts if receipt.rule in COUNTED and receipt.window]
    names = {name for receipt in asked for name in lists.names(receipt)}
    if names:
        windows = [lists.days(receipt) for receipt in asked]
        window = Span(min(each.first for each in windows), max(each.last for each in windows))
        lists.rows = event_rows(definitions, counts, picture.id, names, window)
    if any(receipt.rule == "value" for receipt in receipts):
        lists.values = account_values(definitions, counts, picture.id)
    return [lists.of(receipt) for receipt in receipts]


@dataclass(frozen=True)
class _Basis:
    """The definitions by which a receipt was counted: today's, or those recorded with a promise."""

    groups: tuple[PersonaWork, ...]
    rules: Rules

    @cached_property
    def jobs(self) -> dict[str, WorkflowWork]:
        pairs = [(workflow, group) for group in self.groups for workflow in group.persona.workflows]
        return {job.id: job for job in (WorkflowWork.of(workflow, group) for workflow, group in pairs)}


class _Lists:
    """Makes the lists of one account."""

    def __init__(self, definitions: Definitions, counts: Counts, picture: AccountPicture) -> None:
        settings = definitions.settings
        self.account = definitions.accounts[picture.id]
        self.definitions, self.picture = definitions, picture
        self.closed = settings.closed_weeks | self.account.closed_weeks
        self.calendar = calendar_of(picture.period, counts.as_of, counts.data_start, settings.fiscal_year_starts)
        self.evidence = gather(counts, [picture.id])[picture.id]
        groups = groups_of(self.account, self.evidence, self.calendar, self.closed, settings.rules.new_units)
        self.today = _Basis(groups, settings.rules)
        self.silent = silent_in(self.evidence, self.calendar.first_week, self.calendar.last_week)
        self.rows: list[EventRow] = []
        self.values: list[ValueRow] = []

    # ---- what a receipt is about ----

    @cached_property
    def promised(self) -> _Basis:
        """The definitions of the last delivered review, by which its promises are judged."""
        last = last_review(self.definitions, self.account.id, self.calendar.period)
        if last is None:
            return _Basis((), self.today.rules)
        record, groups = last[1], []
        for then in record.personas:
            account = with_recorded_seats(record, then, self.account)
            groups.append(recorded_group(record, then, account, self.evidence, self.calendar, self.closed))
        return _Basis(tuple(groups), recorded_rules(record, self.today.rules))

    def _basis(self, receipt: Receipt) -> _Basis:
        return self.promised if receipt.id.startswith(_PROMISE) else self.today

    def _job(self, receipt: Receipt) -> WorkflowWork | None:
        return self._basis(receipt).jobs.get(_about(receipt))

    def _groups(self, receipt: Receipt) -> tuple[PersonaWork, ...]:
        about = _about(receipt)
        return tuple(group for group in self._basis(receipt).groups if about in ("", group.persona.id))

    def names(self, receipt: Receipt) -> set[str]:
        """The event names that its rows may have."""
        job = self._job(receipt)
        workflows = [job.workflow] if job else [flow for g in self._groups(receipt) for flow in g.persona.workflows]
        return {name for workflow in workflows for name in names_of(workflow)}

    def days(self, receipt: Receipt) -> Span:
        """The days of its rows: its window to the quarter's end, and as far back as chains and milestones begin."""
        window, job = receipt.window, self._job(receipt)
        assert window
        first = window.first.toordinal()
        flows = [job.workflow] if job else [flow for g in self._groups(receipt) for flow in g.persona.workflows]
        for chain in (flow.measure for flow in flows if isinstance(flow.measure, Chain)):
            first = min(first, window.first.toordinal() - chain.within_days + 1)
        if job and isinstance(job.workflow.measure, Milestone):
            starts = [w.member.start for w in job.group.works if w.id in receipt.people and w.member.start is not None]
            first = min([first, *starts])
        return Span(date.fromordinal(first), max(window.last, self.picture.period.last_day))

    def _rows_of(self, receipt: Receipt, group: PersonaWork) -> list[EventRow]:
        return self._rows(receipt, {name for workflow in group.persona.workflows for name in names_of(workflow)})

    def _rows(self, receipt: Receipt, names: Collection[str]) -> list[EventRow]:
        days = self.days(receipt)
        return [
            row for row in self.rows if row.event in names and (row.day is None or days.first <= row.day <= days.last)
        ]

    def _positions(self, group: PersonaWork, receipt: Receipt) -> range:
        """The units that lie within a receipt's window; those of the period where it is the period's."""
        if receipt.rule != "direction":
            return group.timeline.this
        assert receipt.window
        first, last = receipt.window.first, receipt.window.last
        inside = [n for n, u in enumerate(group.timeline.units) if first <= u.first_day and u.last_day <= last]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    def _field(self, group: PersonaWork, receipt: Receipt, only: Iterable[str] | None = None) -> Field:
        kept = None if only is None else frozenset(only)
        return Field(group, self._positions(group, receipt), self.closed, self.evidence, kept)

    # ---- a list for each rule ----

    def of(self, receipt: Receipt) -> RowList:
        """The rows behind one receipt."""
        job = self._job(receipt)
        if receipt.rule == "active":
            return self._active(receipt)
        if receipt.rule == "direction":
            return self._direction(receipt, job)
        if receipt.rule in COUNTED and job:
            return self._workflow(receipt, job)
        return self._not_counted(receipt)

    def _active(self, receipt: Receipt) -> RowList:
        done, below, found = 0, 0, []
        rules = self._basis(receipt).rules
        for group in self._groups(receipt):
            roster = group.roster(group.timeline.this)
            mine = self._field(group, receipt, (work.id for work in roster))
            marked, units = active_rows(self._rows_of(receipt, group), mine)
            found.append(marked)
            people = counted(states(group, group.timeline.this, rules, self.silent))
            below += len(people)
            done += sum(_is_active(work, mine, units, rules) for work in roster if work.id in people)
        return _listed(receipt, _together(found), Fraction(done), Fraction(below))

    def _workflow(self, receipt: Receipt, job: WorkflowWork) -> RowList:
        stretch, _ = stretches(self.calendar, job.group.timeline, self.evidence)
        now = reached(job, self.evidence, self.calendar, stretch)
        if isinstance(job.workflow.measure, ReadyMade):
            return self._values(receipt, job.workflow.measure, now)
        rows = self._rows(receipt, names_of(job.workflow))
        if now.state is TargetState.NO_DATA:
            aside = [Marked(row, Part.ASIDE, why=row.reason or Why.NO_DATA) for row in rows]
            return _listed(receipt, aside, None, None)
        return self._by_rule(receipt, job, self._field(job.group, receipt), rows, now)

    def _by_rule(
        self, receipt: Receipt, job: WorkflowWork, mine: Field, rows: list[EventRow], now: Reached | None
    ) -> RowList:
        workflow = job.workflow
        seats = sum(len(work.member.in_seat_within(mine.positions)) for work in mine.works.values())
        match workflow.measure:
            case Share() as share:
                marked = share_rows(share, rows, mine)
                above = sum(each.micro for each in parts(marked, Part.NUMERATOR, Part.BOTH))
                below = sum(each.micro for each in parts(marked, Part.DENOMINATOR, Part.BOTH))
                return _listed(receipt, marked, Fraction(above, MICRO), Fraction(below, MICRO))
            case Frequency(times=times) as frequency:
                marked, units = frequency_rows(frequency, rows, mine)
                full = sum(micro >= times * MICRO for micro in units.values())
                return _listed(receipt, marked, Fraction(full), Fraction(seats))
            case Chain(times=times) as chain:
                marked, units = chain_rows(chain, rows, mine)
                full = sum(number >= times for number in units.values())
                first = receipt.window.first if receipt.window else date.min
                shown = [each for each in marked if each.part is not Part.ASIDE or _from(each, first)]
                return _listed(receipt, shown, Fraction(full), Fraction(seats))
            case Milestone() as milestone:
                people = now.counted if now else receipt.people
                until = receipt.window.last.toordinal() if receipt.window else 0
                marked, found = milestone_rows(milestone, rows, mine, people, until)
                done = sum(reaches(milestone, events) for events in found.values())
                return _listed(receipt, marked, Fraction(done), Fraction(len(people)))
        return RowList(receipt)

    def _direction(self, receipt: Receipt, job: WorkflowWork | None) -> RowList:
        """What the people compared did in both quarters; a direction is no sum of rows."""
        if job:
            mine = self._field(job.group, receipt, receipt.people)
            found = [list(self._by_rule(receipt, job, mine, self._rows(receipt, names_of(job.workflow)), None).rows)]
        else:
            found = [
                active_rows(self._rows_of(receipt, group), self._field(group, receipt, receipt.people))[0]
                for group in self._groups(receipt)
            ]
        return RowList(receipt, tuple(_together(found)))

    def _values(self, receipt: Receipt, measure: ReadyMade, now: Reached) -> RowList:
        left = list(now.given.of) if now.given else []
        sums = bool(now.given and now.given.ratio)
        marked = []
        for row in self.values:
            if row.metric != measure.metric:
                continue
            value = Value(
                row.metric, row.first.toordinal(), row.last.toordinal(), row.value, row.numerator, row.denominator
            )
            if value in left:
                left.remove(value)
                marked.append(Marked(row, Part.BOTH if sums else Part.VALUE))
            else:
                marked.append(Marked(row, Part.ASIDE, why=self._why_no_value(row, measure)))
        ratio = now.given.ratio if now.given else None
        used = [each.row for each in marked if each.part is Part.BOTH and isinstance(each.row, ValueRow)]
        if ratio is None:
            return _listed(receipt, marked, None, None)
        above = sum((row.numerator or Fraction(0) for row in used), Fraction(0))
        below = sum((row.denominator or Fraction(0) for row in used), Fraction(0))
        return _listed(receipt, marked, above, below)

    def _why_no_value(self, row: ValueRow, measure: ReadyMade) -> Why:
        middle = date.fromordinal(row.first.toordinal() + (row.last - row.first).days // 2)
        first, last = monday_of(self.calendar.first_week), self.picture.period.last_day
        if not first <= middle <= last:
            return Why.OTHER_QUARTER
        return Why.NOT_LAST if measure.combine is Combine.LAST and row.value is not None else Why.NO_NUMBERS

    # ---- what no row is behind ----

    def _not_counted(self, receipt: Receipt) -> RowList:
        kind, _, about = receipt.id.partition(":")
        if receipt.rule == "impact":
            return RowList(receipt, stated=self._impact(about))
        if receipt.rule == "outcome":
            return RowList(receipt, stated=self._outcome())
        if receipt.rule == "plan":
            return RowList(receipt, stated=self.plan())
        if receipt.rule == "action":
            return RowList(receipt, stated=self._promise(receipt))
        known = {each.id for each in self.picture.receipts if each.rule in COUNTED}
        gap = next((each for each in self.picture.gaps if kind == "gap" and each.key == about), None)
        flow, persona = (gap.workflow, gap.persona) if gap else (about, about)
        made_of = [f"workflow:{flow}", f"persona:{persona}"]
        if receipt.rule == "on-target":
            made_of = [workflow.receipt for workflow in self.picture.workflows]
        if receipt.rule == "score":
            made_of = ["people", *(workflow.receipt for workflow in self.picture.workflows), "direction"]
        return RowList(receipt, made_of=tuple(name for name in made_of if name in known)[: None if not gap else 1])

    def _where(self, key: str) -> Location | None:
        top = f"account/{self.account.id}"
        return self.definitions.where.get(f"{top}/{key}") or self.definitions.where.get(top)

    def _impact(self, about: str) -> tuple[Stated, ...]:
        impacts = [impact for impact in self.account.impacts if impact.id == about]
        return tuple(Stated(i.what, i.by, i.said_on, self._where(f"impact/{i.id}")) for i in impacts)

    def _outcome(self) -> tuple[Stated, ...]:
        outcome = self.account.outcome
        return (Stated(outcome.bought, "", None, self._where("outcome")),) if outcome else ()

    def _promise(self, receipt: Receipt) -> tuple[Stated, ...]:
        """An action that was promised, where today's file has it."""
        every = self.picture.commitments.all if self.picture.commitments else ()
        found = [each for each in every if each.receipt == receipt.id]
        return tuple(Stated(each.name, each.owner, each.due, self._where(f"action/{each.id}")) for each in found)

    def plan(self) -> tuple[Stated, ...]:
        """The actions of the account's file that are still to be done, with owner and date."""
        ahead = [action for action in self.account.actions if action.done_on is None]
        return tuple(Stated(a.action, a.owner, a.due, self._where(f"action/{a.id}")) for a in ahead)


def _about(receipt: Receipt) -> str:
    """The persona or the workflow that a receipt is about; "" for everyone."""
    about = receipt.id.partition(":")[2]
    return about.partition("/")[2] if receipt.id.startswith(_PROMISE) else about


def _is_active(work: Work, mine: Field, units: Units, rules: Rules) -> bool:
    """By the rows; for the last units, which may lie before the quarter, also by what was counted earlier.

    Who has lapsed is not active, also where a workspace has people lapse after fewer units than it calls recent.
    """
    here = work.member.in_seat_within(mine.positions)
    done = {p for person, p in units if person == work.id}
    latest = work.member.in_seat_within(range(mine.positions.stop))[-min(rules.recent_units, rules.lapsed_units) :]
    earlier = {p for p in work.done if p < mine.positions.start}
    often = len(done) >= rules.active_share * len(here)
    return bool(here) and often and any(p in done | earlier for p in latest)


def _listed(
    receipt: Receipt, marked: Sequence[Marked], numerator: Fraction | None, denominator: Fraction | None
) -> RowList:
    events: dict[str, int] = {}
    for each in marked:
        if isinstance(each.row, EventRow) and each.part is not Part.ASIDE:
            events[each.row.event] = events.get(each.row.event, 0) + each.micro
    totals = {name: Fraction(micro, MICRO) for name, micro in events.items()}
    return RowList(receipt, tuple(marked), numerator, denominator, totals)


def _together(lists: Sequence[Sequence[Marked]]) -> list[Marked]:
    """One mark for each row: counted where any persona counts it, else the reason of the one that it is nearest to."""
    found: dict[int, Marked] = {}
    for marked in lists:
        for each in marked:
            old = found.get(id(each.row))
            if old is None:
                found[id(each.row)] = each
            elif Part.ASIDE not in (old.part, each.part):
                found[id(each.row)] = replace(old, micro=old.micro + each.micro)
            elif old.part is Part.ASIDE and (each.part is not Part.ASIDE or old.why is Why.NOT_IN_GROUP):
                found[id(each.row)] = each
    return sorted(found.values(), key=_order)


def _order(marked: Marked) -> tuple[datetime, str, bool, int | str]:
    row = marked.row
    if not isinstance(row, EventRow):
        return datetime.combine(row.first, time()), row.where.file, False, row.where.line or 0
    number = row.place.number or 0
    return row.at or datetime.max, row.place.file, isinstance(number, str), number


def _from(marked: Marked, first: date) -> bool:
    return not isinstance(marked.row, EventRow) or marked.row.day is None or marked.row.day >= first
