"""The account picture: everything that scoring found out about one account in one period, as exact figures.

Each field says who may see it (audience.py). Text is made from these by `narrate`; nothing here is a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.audience import Audience, customer, internal
from qbrgen.define.model.account import Action, Impact, Outcome, Sponsor
from qbrgen.define.model.review import BrokenReview
from qbrgen.figures import Money, Ratio, Receipt, Span
from qbrgen.period import Period, Rhythm
from qbrgen.score.change import Changes
from qbrgen.score.commitment import Commitments
from qbrgen.score.other_times import Delivered, Outlook, Retired
from qbrgen.score.states import GapKind, Part, PersonState, Standing, TargetState, Trend


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """One unit of a series; `week` is its first ISO week's number. Nothing to divide by: denominator 0."""

    week: int = customer()
    numerator: Fraction = customer()
    denominator: Fraction = customer()


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way it goes, and the fact behind the call.

    more, less, same: people who did it more or less in the second half than in the first. slope: change of the share
    per week (Theil-Sen), None where not computed. rhythm: of the units, which `weeks` counts. signal: the change as a
    multiple of what chance alone brings, and the limit that it had to reach (score/signal.py); None where too early.
    """

    trend: Trend = customer()
    more: int = customer(default=0)
    less: int = customer(default=0)
    same: int = customer(default=0)
    weeks: int = customer(default=0)
    slope: float | None = customer(default=None)
    signal: float | None = customer(default=None)
    limit: float | None = customer(default=None)
    rhythm: Rhythm = customer(default=Rhythm.WEEK)
    receipt: str = customer(default="")


@dataclass(frozen=True, slots=True)
class PersonPicture:
    """One member of a persona. id and name are internal unless the account agreed to names (`shown_name`).

    units_done of units_in_seat: units of the period with a completion. since: last completion before the state began,
    or the seat's start for those not yet active. start_assumed: no start date was given; it is the first event.
    """

    state: PersonState = customer()
    units_done: int = customer()
    units_in_seat: int = customer()
    shown_name: str | None = customer(default=None)
    id: str = internal(default="")
    name: str = internal(default="")
    since: date | None = internal(default=None)
    start_assumed: bool = internal(default=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The previous period by today's definition, over people in seat in both (active then and now of `both`).

    as_reported: (active, counted) of the previous period with its own roster, where it differs.
    """

    active_then: int = customer()
    active_now: int = customer()
    both: int = customer()
    as_reported: tuple[int, int] | None = customer(default=None)


@dataclass(frozen=True, slots=True)
class PersonaPicture:
    """One persona at this account.

    counted is M (people without new, away, leavers); active is N. is_active: None when no one counts. every_unit: true
    of every active person for every unit in seat of the period. least_done: (done, in seat) of the active person with
    the lowest share, for "in at least 10 of 13 weeks". weekly: people with a completion ÷ people in seat by unit, over
    the previous and this period. synonyms: other words for its people, by the playbook. window: the days of its units,
    which for a slower rhythm may begin before the period's weeks.
    """

    id: str = customer()
    name: str = customer()
    one: str = customer()
    rhythm: Rhythm = customer()
    target: Fraction = customer()
    people: tuple[PersonPicture, ...] = customer()
    active: int = customer()
    counted: int = customer()
    new: int = customer()
    away: int = customer()
    leavers: int = customer()
    is_active: bool | None = customer()
    every_unit: bool = customer()
    least_done: tuple[int, int] | None = customer()
    weekly: tuple[WeekPoint, ...] = customer()
    previous: Comparison | None = customer()
    direction: Direction = customer()
    receipt: str = customer()
    synonyms: tuple[str, ...] = customer(default=())
    window: Span | None = customer(default=None)
    delivered: Delivered | None = customer(default=None)

    def with_state(self, state: PersonState) -> tuple[PersonPicture, ...]:
        return tuple(person for person in self.people if person.state is state)


@dataclass(frozen=True, slots=True)
class WorkflowPicture:
    """One workflow at this account.

    id: "persona/workflow". value: None for no data, not applicable, or a share without denominator events. ratio: the
    counts behind the value (None for a ready-made value). unit: "events", "weeks in seat", "two-week units in seat",
    "months in seat", "people" or "" (ready-made). previous: the same in the previous period by today's definition, over
    people in seat in both (None where nobody was); previous_reported: over everyone in seat then, where it differs.
    weekly: by unit over the previous and this period (empty for milestones and ready-made values).
    early: milestone only: people who reached it before their window closed. shortfall: who accounts for it (ids),
    largest first. below_since: Monday since which it has been below target (score/workflows.py has the rule), None
    where that cannot be told; below_at_least: it was below from the first day that is compared, perhaps longer.
    """

    id: str = customer()
    persona: str = customer()
    name: str = customer()
    kind: str = customer()
    produces: str = customer()
    says: tuple[tuple[str, str], ...] = customer()
    target: Fraction = customer()
    state: TargetState = customer()
    value: Fraction | None = customer()
    ratio: Ratio | None = customer()
    unit: str = customer()
    weekly: tuple[WeekPoint, ...] = customer()
    previous: Fraction | None = customer()
    previous_ratio: Ratio | None = customer()
    direction: Direction = customer()
    early: int = customer(default=0)
    below_since: date | None = customer(default=None)
    shortfall: tuple[str, ...] = internal(default=())
    receipt: str = customer(default="")
    below_at_least: bool = customer(default=False)
    previous_reported: Fraction | None = customer(default=None)
    outlook: Outlook | None = internal(default=None)
    delivered: Delivered | None = customer(default=None)
    synonyms: tuple[str, ...] = customer(default=())  # other words for it, by the playbook

    def word(self, key: str) -> str:
        return dict(self.says).get(key, "")


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action with what it is today. `audience` drops an internal action from the customer's view.

    An overdue action was due on or before the as-of date and is not done.
    """

    action: Action = customer()
    overdue: bool = customer()
    audience: Audience = customer(default=Audience.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or failing, before it becomes a problem.

    key: unique in the account ("not-yet/reps", "off-target/reps/same-day-replies", "impact"). facts: the numbers and
    words that its sentence needs, by name (score/gaps.py lists them). who: ids of people (internal). action: the plan
    that closes it, None is "no plan yet".
    since: the day from which it is true of everyone it is told of. at_least: it may have been so for longer.
    audience: INTERNAL gaps never reach the customer. weight: for sorting, larger is more urgent.
    """

    kind: GapKind = customer()
    key: str = customer()
    audience: Audience = customer()
    persona: str = customer(default="")
    workflow: str = customer(default="")
    facts: tuple[tuple[str, object], ...] = customer(default=())
    since: date | None = customer(default=None)
    action: PlannedAction | None = customer(default=None)
    weight: int = customer(default=0)
    receipt: str = customer(default="")
    who: tuple[str, ...] = internal(default=())
    at_least: bool = customer(default=False)

    @property
    def hides_inactive(self) -> bool:
        """Masked by logins: people who are not active, rather than people who do less than before."""
        return self.kind is GapKind.MASKED and self.fact("pattern") == "not active"

    @property
    def hides_most(self) -> bool:
        """The same, where fewer than half of the persona's counted people are active: the account is at risk."""
        active, counted = self.fact("active"), self.fact("counted")
        return self.hides_inactive and isinstance(active, int) and isinstance(counted, int) and 2 * active < counted

    @property
    def own_receipt(self) -> str:
        """The id of the receipt of its own rule; only kinds that have a rule of their own have one."""
        return f"gap:{self.key}"

    def fact(self, name: str) -> object:
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True)
class ImpactPicture:
    """An impact that may be told (it has a source and is not stale), or not (then it is a gap and has no receipt)."""

    impact: Impact = customer()
    tellable: bool = customer()
    stale: bool = customer(default=False)
    receipt: str = customer(default="")


@dataclass(frozen=True, slots=True)
class OutcomePicture:
    """progress: (present − baseline) ÷ (goal − baseline); None where a reading is missing. It may leave 0..1.

    later: the readings ("baseline", "present") left out as dated after what this picture may tell.
    """

    outcome: Outcome = customer()
    progress: Fraction | None = customer()
    later: tuple[str, ...] = customer(default=())

    @property
    def time_gone(self) -> Fraction | None:
        """(day of the present reading − the baseline's) ÷ (the goal's − the baseline's); None where it says nothing."""
        baseline, present, goal = self.outcome.baseline, self.outcome.present, self.outcome.goal
        if not (baseline and present and goal and baseline.on and present.on and goal.on):
            return None
        whole = (goal.on - baseline.on).days
        return Fraction((present.on - baseline.on).days, whole) if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Breadth:
    """People and personas. counted people M excludes new ones, those away and leavers."""

    active: int = customer()
    counted: int = customer()
    new: int = customer()
    away: int = customer()
    personas_active: int = customer()
    personas_counted: int = customer()
    personas: int = customer()
    previous: Comparison | None = customer()
    receipt: str = customer(default="")
    delivered: Delivered | None = customer(default=None)


@dataclass(frozen=True, slots=True)
class Depth:
    """Workflows. `measurable` are met or not met.

    previous: (met, measurable) of those measurable now and in the period before, by today's definition over people in
    seat in both.
    """

    met: int = customer()
    measurable: int = customer()
    no_data: int = customer()
    not_applicable: int = customer()
    previous: tuple[int, int] | None = customer()
    receipt: str = customer(default="")
    delivered: Delivered | None = customer(default=None)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part: its weight (a whole number above 0) and its value within 0..1, None where it is missing."""

    part: Part = internal()
    weight: int = internal()
    value: Fraction | None = internal()


@dataclass(frozen=True, slots=True)
class Score:
    """A number to sort by, never shown without its parts (score/adoption_score.py has the rule). Internal.

    parts: those that have a weight, in the order of `Part`. total: 0..100, exact; None where one of them is missing
    (withheld).
    """

    parts: tuple[ScorePart, ...] = internal()
    total: Fraction | None = internal()

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(entry.part for entry in self.parts if entry.value is None)


@dataclass(frozen=True, slots=True)
class AccountPicture:
    """One account in one period.

    feed_silent: no event of any name came for the account in the period. feed_last: the last day one did, up to the
    period's end (None: none before); feed_next: the first one after it, where there is any.
    weeks: the full weeks of the period. receipts: by id, for every figure of the picture.
    """

    id: str = customer()
    name: str = customer()
    vendor: str = customer()
    owner: str = customer()
    language: str = customer()
    sponsor: Sponsor | None = customer()
    names_agreed: bool = customer()
    draft: bool = customer()
    period: Period = customer()
    previous_period: Period | None = customer()
    as_of: date = customer()
    window: Span = customer()
    feed_silent: bool = customer()
    feed_last: date | None = customer()
    personas: tuple[PersonaPicture, ...] = customer()
    workflows: tuple[WorkflowPicture, ...] = customer()
    breadth: Breadth = customer()
    depth: Depth = customer()
    direction: Direction = customer()
    impacts: tuple[ImpactPicture, ...] = customer()
    outcome: OutcomePicture | None = customer()
    gaps: tuple[Gap, ...] = customer()
    actions: tuple[PlannedAction, ...] = customer()
    ask: str = customer()
    receipts: tuple[Receipt, ...] = customer()
    segment: str = internal(default="")
    arr: Money | None = internal(default=None)
    renewal: date | None = internal(default=None)
    ask_of_leadership: str = internal(default="")
    notes: str = internal(default="")
    standing: Standing | None = internal(default=None)
    feed_next: date | None = customer(default=None)
    score: Score | None = internal(default=None)
    delivered_on: date | None = customer(default=None)  # when the review of the quarter before was recorded
    retired: tuple[Retired, ...] = customer(default=())  # of that review, and no longer defined
    commitments: Commitments | None = customer(default=None)  # what the last delivered review promised
    changes: Changes | None = customer(default=None)  # since the last delivered review, of this quarter or before
    broken_reviews: tuple[BrokenReview, ...] = customer(default=())  # later than any that can be read
    next_period: Period | None = customer(default=None)  # the quarter after, in which the plan is judged
    next_review: date | None = customer(default=None)

    @property
    def not_started(self) -> bool:
        """Whether the account's first data came after the period: nothing broke, and nobody stayed away."""
        return self.feed_silent and self.feed_last is None and self.feed_next is not None

    def receipt(self, receipt_id: str) -> Receipt:
        """The receipt with this id. Raises KeyError when the picture has none: a bug."""
        for receipt in self.receipts:
            if receipt.id == receipt_id:
                return receipt
        raise KeyError(receipt_id)

    def persona(self, persona_id: str) -> PersonaPicture:
        return next(p for p in self.personas if p.id == persona_id)

    def workflows_of(self, persona_id: str) -> tuple[WorkflowPicture, ...]:
        return tuple(w for w in self.workflows if w.persona == persona_id)
