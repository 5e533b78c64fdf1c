"""What became of what the last delivered review promised (docs/method.md: "What was promised").

In: an account, its evidence and the records of its reviews. Out: the picture's `Commitments`, and a receipt for each.
A promise is judged by the target, the measure, the rhythm and the rule of who is active that were recorded with it,
over this period's data and roster: what is written in the definitions today keeps no promise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from qbrgen.audience import Audience
from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Person, Seat
from qbrgen.define.model.playbook import Milestone, ReadyMade, Workflow
from qbrgen.define.model.review import LEFT, ActionPromised, PersonaDelivered, Promised, ReviewRecord, WorkflowDelivered
from qbrgen.define.model.settings import Rules
from qbrgen.define.model.workspace import Definitions
from qbrgen.figures import Ratio, Receipt
from qbrgen.period import Period, parse_period
from qbrgen.score.commitment import Commitment, CommitmentKind, Commitments, CommitmentState, Unjudged
from qbrgen.score.evidence import Evidence
from qbrgen.score.impacts import told_until
from qbrgen.score.people import PersonaWork, active, counted, states
from qbrgen.score.picture import AccountPicture
from qbrgen.score.reached import Reached, WorkflowWork, reached
from qbrgen.score.receipts import Files, active_facts, completions, events_behind, named, rule_facts
from qbrgen.score.recorded import completing, plainly, recorded_group, recorded_rules
from qbrgen.score.seats import Calendar, window_of
from qbrgen.score.states import PersonState, TargetState
from qbrgen.score.stretches import silent_in, stretches
from qbrgen.score.workflows import unit_of

_ORDER = tuple(CommitmentState)

Judged = tuple[Commitment, Receipt]


def with_commitments(
    picture: AccountPicture,
    definitions: Definitions,
    evidence: Evidence,
    calendar: Calendar,
) -> AccountPicture:
    """The picture with what became of the last review's promises; the same where no review that says any is recorded.

    The review is the latest that was recorded of a period before the picture's, however old.
    """
    settings, account = definitions.settings, definitions.accounts[picture.id]
    last = last_review(definitions, account.id, calendar.period)
    if last is None or last[1].promised is None:
        return picture
    period, record = last
    closed = settings.closed_weeks | account.closed_weeks
    until = told_until(calendar.period, calendar.as_of, settings.fiscal_year_starts)
    judge = _Judge(record, account, evidence, calendar, settings.rules, closed, until, Files.of(account, definitions))
    found = sorted(judge.all(last[1].promised), key=lambda each: _ORDER.index(each[0].state))
    commitments = Commitments(period, record.recorded_on, tuple(commitment for commitment, _ in found))
    receipts = (*picture.receipts, *(receipt for _, receipt in found))
    return replace(picture, commitments=commitments, receipts=receipts)


def last_review(definitions: Definitions, account_id: str, period: Period) -> tuple[Period, ReviewRecord] | None:
    """The latest recorded review of an account of a period that was over before this one began, with that period."""
    first_month = definitions.settings.fiscal_year_starts
    known = [
        (parse_period(name, first_month), record) for name, record in definitions.reviews.get(account_id, {}).items()
    ]
    before = [each for each in known if each[0].last_day < period.first_day]
    return max(before, key=lambda each: each[0].last_day, default=None)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Everything that the promises of one account are judged by. until: the last day that an action's state is told."""

    record: ReviewRecord
    account: Account
    evidence: Evidence
    calendar: Calendar
    rules: Rules
    closed: frozenset[int]
    until: date
    files: Files

    def all(self, promised: Promised) -> Iterator[Judged]:
        """Each promise in the order of the record, with its receipt."""
        for persona in self.record.personas:
            mine = {persona.id, *_flows_of(persona)} & set(promised.targets)
            if mine:
                yield from self._persona(persona, mine)
        yield from (self._action(action) for action in promised.actions)

    def _persona(self, then: PersonaDelivered, promised: Collection[str]) -> Iterator[Judged]:
        account = with_recorded_seats(self.record, then, self.account)
        group = recorded_group(self.record, then, account, self.evidence, self.calendar, self.closed)
        moved = {*account.people} - {*self.account.people}
        others = any(work.member.person in moved for work in group.in_seat(group.timeline.this))
        if then.id in promised:
            yield self._people(then, group, others)
        for key, flow in _flows_of(then).items():
            if key in promised:
                job = next(each for each in group.persona.workflows if each.id == flow.id)
                yield self._workflow(then, flow, WorkflowWork.of(job, group), others)

    # ---- people -----------------------------------------------------------------------------------------------------

    def _people(self, then: PersonaDelivered, group: PersonaWork, others: bool) -> Judged:
        """others: they are not just those whom today's definitions put there."""
        rules, positions = recorded_rules(self.record, self.rules), group.timeline.this
        silent = silent_in(self.evidence, self.calendar.first_week, self.calendar.last_week)
        found = states(group, positions, rules, silent)
        who, base = active(found), counted(found)
        value = Fraction(len(who), len(base)) if base else None
        today = next((each for each in self.account.personas if each.id == then.id), None)
        commitment = Commitment(
            kind=CommitmentKind.PEOPLE,
            id=then.id,
            name=then.name,
            state=_state(None if value is None else value >= then.target),
            target=then.target,
            was_met=bool(then.counted) and Fraction(then.active, then.counted) >= then.target,
            value=value,
            ratio=Ratio(Fraction(len(who)), Fraction(len(base))) if base else None,
            unit="people",
            target_now=_other(today.target, then.target) if today else None,
            counted_otherwise=others or not (today and self._same_people_rule(then, today.rhythm, today.workflows)),
            why=None if base else Unjudged.NO_DATA if silent and found else Unjudged.NO_ONE,
            receipt=f"commitment:people/{then.id}",
        )
        facts = {**active_facts(rules), "target": then.target, "rhythm": then.rhythm.value}
        facts |= {"new": sum(state is PersonState.NEW for state in found.values())}
        facts |= {"away": sum(state is PersonState.AWAY for state in found.values())}
        facts |= {"leavers": len(group.leavers(positions))}
        receipt = Receipt(
            id=commitment.receipt,
            rule="active",
            unit="people",
            numerator=Fraction(len(who)),
            denominator=Fraction(len(base)),
            window=window_of(self.calendar, group.timeline),
            rule_facts=(*facts.items(), *self._promised_in()),
            events=named(completions(group)),
            people=tuple(work.id for work in group.roster(positions) if work.id in base),
            sources=self.files.counted,
        )
        return commitment, receipt

    def _same_people_rule(self, then: PersonaDelivered, rhythm: object, workflows: Collection[Workflow]) -> bool:
        today = {what for flow in workflows for what in completing(flow.measure)}
        recorded = {what for flow in then.workflows for what in completing(flow.measure)}
        return recorded_rules(self.record, self.rules) == self.rules and then.rhythm is rhythm and today == recorded

    # ---- workflows --------------------------------------------------------------------------------------------------

    def _workflow(self, persona: PersonaDelivered, then: WorkflowDelivered, job: WorkflowWork, others: bool) -> Judged:
        stretch, _ = stretches(self.calendar, job.group.timeline, self.evidence)
        now = reached(job, self.evidence, self.calendar, stretch)
        today = next((each for each in self.account.personas if each.id == persona.id), None)
        flow = next((each for each in today.workflows if each.id == then.id), None) if today else None
        alike = flow is not None and plainly(flow.measure) == plainly(then.measure)
        if today and not isinstance(then.measure, (Milestone, ReadyMade)):
            alike = alike and today.rhythm is persona.rhythm
        commitment = Commitment(
            kind=CommitmentKind.WORKFLOW,
            id=job.id,
            name=then.name,
            state=_state(now.state is TargetState.MET if now.state.measurable else None),
            target=then.target,
            was_met=then.state == TargetState.MET,
            value=now.value,
            ratio=now.ratio,
            unit=unit_of(job.workflow, job.group.persona),
            target_now=_other(flow.target, then.target) if flow else None,
            counted_otherwise=others or not alike,
            why=self._why(then, now),
            receipt=f"commitment:workflow/{job.id}",
        )
        return commitment, self._counted(commitment, job, now)

    def _why(self, then: WorkflowDelivered, now: Reached) -> Unjudged | None:
        if now.state.measurable:
            return None
        if now.state is TargetState.NOT_APPLICABLE:
            return Unjudged.NO_ONE
        known = {row.metric for row in self.evidence.values}
        gone = isinstance(then.measure, ReadyMade) and then.measure.metric not in known
        return Unjudged.GONE if gone else Unjudged.NO_DATA

    def _counted(self, commitment: Commitment, job: WorkflowWork, now: Reached) -> Receipt:
        measure, whole = job.workflow.measure, window_of(self.calendar)
        by_days = isinstance(measure, (Milestone, ReadyMade))
        window, ratio = whole if by_days else window_of(self.calendar, job.group.timeline), now.ratio
        facts = (("target", job.workflow.target), *rule_facts(job.workflow, job.group.persona))
        if now.given:
            window, ratio, facts = now.given.days, now.given.ratio, (*facts, ("rows", now.given.rows))
        return Receipt(
            id=commitment.receipt,
            rule=job.workflow.kind,
            unit=commitment.unit,
            numerator=ratio.numerator if ratio else None,
            denominator=ratio.denominator if ratio else None,
            window=window,
            rule_facts=(*facts, *self._promised_in()),
            events=named(events_behind(job, now, self.evidence, whole.last)),
            people=now.counted,
            sources=self.files.values if isinstance(measure, ReadyMade) else self.files.counted,
        )

    def _promised_in(self) -> tuple[tuple[str, object], ...]:
        return ("promised_in", self.record.period), ("promised_on", self.record.recorded_on)

    # ---- actions ----------------------------------------------------------------------------------------------------

    def _action(self, then: ActionPromised) -> Judged:
        today = then.among(self.account.actions)
        done_on = today.done_on if today and today.done_on and today.done_on <= self.until else None
        if done_on is not None:
            state = CommitmentState.KEPT if done_on <= then.due else CommitmentState.MISSED
        else:
            state = CommitmentState.MISSED if then.due <= self.until else CommitmentState.OPEN
        commitment = Commitment(
            kind=CommitmentKind.ACTION,
            id=then.id,
            name=then.action,
            state=state,
            owner=then.owner,
            side=then.side,
            due=then.due,
            done_on=done_on,
            moved_to=today.due if today and today.due != then.due else None,
            dropped=today is None,
            receipt=f"commitment:action/{then.id}",
            audience=Audience.INTERNAL if then.internal or (today and today.internal) else Audience.CUSTOMER,
        )
        facts = {"owner": then.owner, "due": then.due, "done_on": done_on, "moved_to": commitment.moved_to}
        facts |= {"told_until": self.until}
        known = tuple((name, fact) for name, fact in facts.items() if fact is not None)
        receipt = Receipt(
            id=commitment.receipt,
            rule="action",
            unit="",
            rule_facts=(*known, *self._promised_in()),
            sources=self.files.account,
            audience=commitment.audience,
        )
        return commitment, receipt


def _flows_of(persona: PersonaDelivered) -> dict[str, WorkflowDelivered]:
    return {f"{persona.id}/{flow.id}": flow for flow in persona.workflows}


def _state(met: bool | None) -> CommitmentState:
    if met is None:
        return CommitmentState.NOT_MEASURABLE
    return CommitmentState.KEPT if met else CommitmentState.MISSED


def _other(now: Fraction, then: Fraction) -> Fraction | None:
    return now if now != then else None


def with_recorded_seats(record: ReviewRecord, then: PersonaDelivered, account: Account) -> Account:
    """The account with everyone whom the record had in a persona, and who had not left, in that persona still.

    Who belongs to it is part of its definition: nobody is out because today's definitions put them elsewhere. They hold
    the seats that today's roster gives them in personas that the record does not know (the persona may have been
    renamed, or divided); those who have moved to one that it knows are out. So is whoever holds the persona's own seat
    today, as they did when the review was delivered: then the roster tells when it ended. Where the persona is no
    longer defined, nobody else is in it, and whom today's definitions know in no persona held theirs from their first
    event on; where it is, they have left.
    """
    defined = any(persona.id == then.id for persona in account.personas)
    roster = {person.id: person for person in account.people}
    recorded = {who: seats for who in then.people if (seats := _recorded_seats(record, then, who, roster, defined))}
    if defined:
        changed = {who: replace(roster[who], seats=(*roster[who].seats, *seats)) for who, seats in recorded.items()}
        return replace(account, people=tuple(changed.get(who, person) for who, person in roster.items()))
    gone = {who: Person(who, who, ()) for who in recorded}
    return replace(
        account, people=tuple(replace(roster.get(who, gone[who]), seats=seats) for who, seats in recorded.items())
    )


def _recorded_seats(
    record: ReviewRecord, then: PersonaDelivered, who: str, roster: Mapping[str, Person], defined: bool
) -> tuple[Seat, ...]:
    """The seats that today's roster does not give somebody in the persona that they were recorded in; () for none."""
    if then.people[who].state == LEFT:
        return ()
    if who not in roster:
        return () if defined else (Seat(then.id),)
    last = record.window.last
    own = tuple(seat for seat in roster[who].seats if seat.persona == then.id)
    others = (seat for seat in roster[who].seats if record.persona(seat.persona) is None)
    found = tuple(replace(seat, persona=then.id) for seat in others)
    if not defined:
        return own + found
    held = any((seat.first or last) <= last <= (seat.last or last) for seat in own)
    return () if held else found
