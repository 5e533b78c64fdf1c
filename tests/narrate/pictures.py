"""Account pictures by hand: the reference account, and the pieces from which hard cases are put together.

Every figure that depends on another (breadth, depth, gaps, receipts) is worked out here, so that a picture always holds
together the way scoring would make it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qbrgen.audience import Audience
from qbrgen.define.model.account import Action, Impact, Outcome, Reading, Side, Source, Sponsor
from qbrgen.define.model.settings import Rules, ScoreWeights
from qbrgen.figures import Money, Ratio, Receipt, Span
from qbrgen.period import Period, Quarter, Rhythm, week_of
from qbrgen.score.adoption_score import score_of
from qbrgen.score.picture import (
    AccountPicture,
    Breadth,
    Comparison,
    Depth,
    Direction,
    Gap,
    ImpactPicture,
    OutcomePicture,
    PersonaPicture,
    PersonPicture,
    PlannedAction,
    WorkflowPicture,
)
from qbrgen.score.states import GapKind, PersonState, Standing, TargetState, Trend

FIRST_WEEK = week_of(date(2026, 6, 29))
PERIOD = Period(Quarter(2026, 3), FIRST_WEEK, FIRST_WEEK + 12, "Q3 2026")
BEFORE = Period(Quarter(2026, 2), FIRST_WEEK - 13, FIRST_WEEK - 1, "Q2 2026")
AS_OF = date(2026, 9, 30)
WINDOW = Span(PERIOD.first_day, PERIOD.last_day)
ACTIVE, OCCASIONAL, LAPSED = PersonState.ACTIVE, PersonState.OCCASIONAL, PersonState.LAPSED
NOT_YET, NEW, AWAY, NO_DATA = PersonState.NOT_YET, PersonState.NEW, PersonState.AWAY, PersonState.NO_DATA
UNITS = {Rhythm.WEEK: 13, Rhythm.TWO_WEEKS: 6, Rhythm.MONTH: 3}
NAMES = ("Jon Bell", "Mia Tran", "Aisha Karim", "Luke Farrell", "Chidi Obi", "Helen Marsh", "Ben Sutter", "Ruth Adler")
CALM = Direction(Trend.UNCLEAR, more=2, less=2, same=2, weeks=26, receipt="direction")
GAP_KINDS = (
    (NOT_YET, GapKind.NOT_YET_ACTIVE, "not-yet"),
    (LAPSED, GapKind.LAPSED, "lapsed"),
    (OCCASIONAL, GapKind.OCCASIONAL, "occasional"),
)


def people(persona: str, counts: dict[PersonState, int], least: tuple[int, int], shown: bool) -> list[PersonPicture]:
    """So many people in each state; the first active one has the lowest share, the others every unit."""
    made: list[PersonPicture] = []
    for state, number in counts.items():
        for place in range(number):
            done, seat = (0, least[1])
            if state is ACTIVE:
                done = least[0] if place == 0 else least[1]
            who = f"{persona}-{len(made)}"
            name = NAMES[len(made) % len(NAMES)]
            made.append(PersonPicture(state, done, seat, name if shown else None, who, name, date(2026, 7, 6)))
    return made


def persona(
    key: str = "reps",
    name: str = "quota-carrying reps",
    one: str = "quota-carrying rep",
    *,
    rhythm: Rhythm = Rhythm.WEEK,
    target: Fraction = Fraction(7, 10),
    least: tuple[int, int] | None = None,
    previous: Comparison | None = None,
    synonyms: tuple[str, ...] = ("reps",),
    leavers: int = 0,
    shown: bool = False,
    **states: int,
) -> PersonaPicture:
    """A persona; `states` are counts by name: active=5, not_yet=2, lapsed, occasional, new, away, no_data."""
    counts = {PersonState[state.upper()]: number for state, number in states.items()}
    worst = least or (UNITS[rhythm], UNITS[rhythm])
    there = people(key, counts, worst, shown)
    active = counts.get(ACTIVE, 0)
    counted = sum(counts.get(state, 0) for state in (ACTIVE, OCCASIONAL, LAPSED, NOT_YET))
    return PersonaPicture(
        id=key,
        name=name,
        one=one,
        rhythm=rhythm,
        target=target,
        people=tuple(there),
        active=active,
        counted=counted,
        new=counts.get(NEW, 0),
        away=counts.get(AWAY, 0),
        leavers=leavers,
        is_active=None if not counted else Fraction(active, counted) >= target,
        every_unit=bool(active) and worst[0] == worst[1],
        least_done=worst if active else None,
        weekly=(),
        previous=previous,
        direction=CALM,
        receipt=f"persona:{key}",
        synonyms=synonyms,
    )


def managers(**states: int) -> PersonaPicture:
    """Sales managers; by default one, active every week."""
    return persona(
        "managers", "sales managers", "sales manager", target=Fraction(1), synonyms=(), **(states or {"active": 1})
    )


def workflow(
    key: str = "reps/sequenced-touches",
    done: int | Fraction | None = 4180,
    of: int | Fraction = 5225,
    *,
    kind: str = "share",
    name: str = "Outbound touches through sequences",
    says: dict[str, str] | None = None,
    target: Fraction = Fraction(7, 10),
    state: TargetState | None = None,
    unit: str = "events",
    **changes: Any,
) -> WorkflowPicture:
    """A workflow; done None has no value (state says why: by default nothing happened). The default one was 54%."""
    value = None if done is None else Fraction(done) / Fraction(of)
    reached = TargetState.MET if value is not None and value >= target else TargetState.NOT_MET
    words = {"of": "outbound touches", "do": "run through sequences"} if says is None else says
    base = WorkflowPicture(
        id=key,
        persona=key.partition("/")[0],
        name=name,
        kind=kind,
        produces="more first meetings",
        says=tuple(words.items()),
        target=target,
        state=state or reached,
        value=value,
        ratio=None if done is None or kind == "value" else Ratio(Fraction(done), Fraction(of)),
        unit=unit,
        weekly=(),
        previous=Fraction(54, 100) if key == "reps/sequenced-touches" and says is None and value else None,
        previous_ratio=None,
        direction=CALM,
        receipt=f"workflow:{key}",
    )
    return dataclasses.replace(base, **changes)


REPLIES = workflow(
    "reps/same-day-replies",
    341,
    550,
    name="Replies answered the same day",
    says={"of": "replies", "do": "are answered the same day"},
    target=Fraction(3, 4),
    below_since=date(2026, 8, 17),
    shortfall=("reps-5", "reps-6"),
)
REVIEWS = workflow(
    "managers/pipeline-review",
    12,
    13,
    kind="frequency",
    name="Pipeline review each week",
    says={"did": "reviewed the pipeline board"},
    target=Fraction(9, 10),
    unit="weeks in seat",
)
EMAIL_TIME = Impact(
    id="email-time",
    what="manual email time",
    change=Fraction(-3, 10),
    lower_is_better=True,
    source=Source.ESTIMATE,
    by="the team",
    because=True,
    period="since March",
    said_on=date(2026, 9, 22),
)
LIVE_LIST = Action("live-list", "One hour on a live list", "Priya Raman", Side.VENDOR, date(2026, 10, 16), None, "reps")
QUEUE = Action(
    "queue", "The reply queue on the home screen", "Dana Ortiz", Side.CUSTOMER, date(2026, 10, 23), None, REPLIES.id
)
OUTCOME = Outcome(
    "reach more buyers without hiring more reps",
    "first meetings booked per rep and month",
    baseline=Reading(Fraction(6), date(2026, 3, 31)),
    goal=Reading(Fraction(10), date(2026, 12, 31)),
    present=Reading(Fraction(8), date(2026, 9, 27)),
)


def planned(action: Action) -> PlannedAction:
    """An action as it stands on the as-of date."""
    overdue = bool(action.due and action.due <= AS_OF and action.done_on is None)
    return PlannedAction(action, overdue, Audience.INTERNAL if action.internal else Audience.CUSTOMER)


def picture(
    personas: Sequence[PersonaPicture] | None = None,
    workflows: Sequence[WorkflowPicture] | None = None,
    impacts: Iterable[Impact] | None = None,
    actions: Iterable[Action] | None = None,
    *,
    gaps: Iterable[Gap] = (),
    silent: bool = False,
    weights: ScoreWeights | None = None,
    **changes: Any,
) -> AccountPicture:
    """An account; by default the reference account. `gaps` are further ones beside those that follow from the rest."""
    who = (persona(active=5, not_yet=2), managers()) if personas is None else tuple(personas)
    what = (workflow(), REPLIES, REVIEWS) if workflows is None else tuple(workflows)
    told = [EMAIL_TIME] if impacts is None else list(impacts)
    todo = [planned(action) for action in ((LIVE_LIST, QUEUE) if actions is None else actions)]
    shown = tuple(_impact(impact) for impact in told)
    base = AccountPicture(
        id="acme",
        name="Acme",
        vendor="Halyard",
        owner="Priya Raman",
        language="en-GB",
        sponsor=Sponsor("Dana Ortiz", "VP Sales"),
        names_agreed=False,
        draft=False,
        period=PERIOD,
        previous_period=BEFORE,
        as_of=AS_OF,
        window=WINDOW,
        feed_silent=silent,
        feed_last=date(2026, 6, 10) if silent else date(2026, 9, 30),
        personas=who,
        workflows=what,
        breadth=_breadth(who),
        depth=_depth(what),
        direction=CALM,
        impacts=shown,
        outcome=OutcomePicture(OUTCOME, Fraction(1, 2)),
        gaps=(*_gaps(who, what, shown, todo), *gaps),
        actions=tuple(todo),
        ask="Agree that all seven reps work in sequences.",
        receipts=(),
        segment="Mid-market",
        arr=Money(Decimal(184_000), "GBP"),
        renewal=date(2027, 1, 31),
        ask_of_leadership="A call from our CRO to Dana Ortiz.",
        notes="Budget review in November.",
        standing=Standing.REAL,
    )
    made = dataclasses.replace(base, **changes)
    rules = Rules(score_weights=weights or ScoreWeights())
    score = score_of(made.breadth, made.workflows, made.direction, made.outcome, rules)
    made = dataclasses.replace(made, score=score)
    return made if made.receipts else dataclasses.replace(made, receipts=tuple(_receipts(made)))


def _impact(impact: Impact) -> ImpactPicture:
    stale = bool(impact.said_on and (AS_OF - impact.said_on).days > 365)
    lacking = impact.source is None or (impact.change is None and impact.value is None)
    return ImpactPicture(impact, not stale and not lacking, stale, f"impact:{impact.id}")


def _breadth(personas: Sequence[PersonaPicture]) -> Breadth:
    then = [p.previous for p in personas if p.previous and p.counted]
    both = None
    if then:
        both = Comparison(sum(c.active_then for c in then), sum(c.active_now for c in then), sum(c.both for c in then))
    return Breadth(
        active=sum(p.active for p in personas),
        counted=sum(p.counted for p in personas),
        new=sum(p.new for p in personas),
        away=sum(p.away for p in personas),
        personas_active=sum(p.is_active is True for p in personas),
        personas_counted=sum(p.is_active is not None for p in personas),
        personas=len(personas),
        previous=both,
        receipt="people",
    )


def _depth(workflows: Sequence[WorkflowPicture]) -> Depth:
    states = [w.state for w in workflows]
    return Depth(
        met=states.count(TargetState.MET),
        measurable=sum(state.measurable for state in states),
        no_data=states.count(TargetState.NO_DATA),
        not_applicable=states.count(TargetState.NOT_APPLICABLE),
        previous=None,
        receipt="workflows",
    )


def _gaps(
    personas: Sequence[PersonaPicture],
    workflows: Sequence[WorkflowPicture],
    impacts: Sequence[ImpactPicture],
    actions: Sequence[PlannedAction],
) -> Iterable[Gap]:
    def closing(*keys: str) -> PlannedAction | None:
        return next((a for a in actions if a.action.closes in keys and a.action.is_plan), None)

    for each in personas:
        if not each.people:
            key = f"no-people/{each.id}"
            yield Gap(GapKind.NO_PEOPLE, key, Audience.CUSTOMER, each.id, receipt=each.receipt)
        for state, kind, name in GAP_KINDS:
            found = each.with_state(state)
            if found:
                yield Gap(
                    kind,
                    f"{name}/{each.id}",
                    Audience.CUSTOMER,
                    each.id,
                    facts=(("count", len(found)), ("counted", each.counted)),
                    since=date(2026, 7, 6),
                    action=closing(each.id),
                    weight=20,
                    receipt=each.receipt,
                    who=tuple(p.id for p in found),
                )
    for w in workflows:
        if w.state is TargetState.NOT_MET:
            kind = GapKind.NO_EVENTS if w.value is None else GapKind.OFF_TARGET
            name = "no-events" if w.value is None else "off-target"
            since, plan = w.below_since, closing(w.id)
            yield Gap(
                kind, f"{name}/{w.id}", Audience.CUSTOMER, w.persona, w.id, (), since, plan, 10, w.receipt, w.shortfall
            )
    if not impacts:
        yield Gap(GapKind.NO_IMPACT, "impact", Audience.CUSTOMER, action=closing("impact"), weight=5)
    for told in impacts:
        if not told.tellable:
            kind = GapKind.IMPACT_OLD if told.stale else GapKind.IMPACT_UNSOURCED
            facts = (("impact", told.impact.id), ("what", told.impact.what))
            key = f"impact/{told.impact.id}"
            yield Gap(kind, key, Audience.CUSTOMER, facts=facts, since=told.impact.said_on, receipt=told.receipt)


def _receipts(of: AccountPicture) -> Iterable[Receipt]:
    rule = (("active_share", Fraction(3, 4)), ("recent_units", 2), ("new_units", 4))
    breadth, depth = of.breadth, of.depth
    files = ("data/events.csv",)
    ratio = (Fraction(breadth.active), Fraction(breadth.counted))
    yield Receipt("people", "active", "people", *ratio, WINDOW, rule, sources=files)
    for p in of.personas:
        facts = (*rule, ("rhythm", p.rhythm.value), ("new", p.new), ("away", p.away), ("leavers", p.leavers))
        who = tuple(each.id for each in p.people)
        ratio = (Fraction(p.active), Fraction(p.counted))
        yield Receipt(p.receipt, "active", "people", *ratio, WINDOW, facts, people=who, sources=files)
    facts = (("no_data", depth.no_data), ("not_applicable", depth.not_applicable))
    yield Receipt("workflows", "on-target", "workflows", Fraction(depth.met), Fraction(depth.measurable), WINDOW, facts)
    for w in of.workflows:
        rhythm = next((p.rhythm.value for p in of.personas if p.id == w.persona), "week")
        more = {"frequency": (("times", Fraction(1)),), "milestone": (("within_days", 14),)}.get(w.kind, ())
        more = (("times", Fraction(2)), ("within_days", 5)) if w.kind == "chain" else more
        more = (("source", "the mail gateway"), ("combine", "mean")) if w.kind == "value" else more
        counts = (w.ratio.numerator, w.ratio.denominator) if w.ratio else (None, None)
        yield Receipt(w.receipt, w.kind, w.unit, *counts, WINDOW, (("target", w.target), ("rhythm", rhythm), *more))
    d = of.direction
    facts = (("weeks", d.weeks), ("more", d.more), ("less", d.less), ("same", d.same))
    yield Receipt("direction", "direction", "people", window=WINDOW, rule_facts=facts)
    for i in of.impacts:
        yield Receipt(i.receipt, "impact", i.impact.unit)
    if of.outcome:
        readings = {"baseline": of.outcome.outcome.baseline, "goal": of.outcome.outcome.goal}
        readings["present"] = of.outcome.outcome.present
        known = tuple((name, reading.value) for name, reading in readings.items() if reading)
        yield Receipt("outcome", "outcome", of.outcome.outcome.unit, rule_facts=known)
    if of.score:
        weights = tuple((f"{entry.part}_weight", entry.weight) for entry in of.score.parts)
        values = tuple((entry.part.value, entry.value) for entry in of.score.parts if entry.value is not None)
        rule = (*weights, *values, ("workflows", depth.measurable))
        total = Fraction(sum(entry.weight for entry in of.score.parts))
        above = None if of.score.total is None else of.score.total * total / 100
        yield Receipt("score", "score", "", above, total, WINDOW, rule, sources=files, audience=Audience.INTERNAL)


def gaps_of_every_kind(personas: Sequence[PersonaPicture], workflows: Sequence[WorkflowPicture]) -> Iterable[Gap]:
    """One of each kind that does not follow from people, workflows and impacts, marked as scoring marks them."""
    shares = (("recent", Fraction(7, 10)), ("earlier", Fraction(9, 10)), ("share", Fraction(3, 5)), ("people", 5))
    outlook = (("pace", "pace"), ("expected", Fraction(1, 2)), ("low", Fraction(2, 5)), ("high", Fraction(3, 5)))
    for w in workflows[:1]:
        for kind in (GapKind.TURNING_DOWN, GapKind.ONE_PERSON):
            yield Gap(kind, f"{kind.name}/{w.id}", Audience.CUSTOMER, w.persona, w.id, shares, receipt=w.receipt)
        facts = (("events", ("board_opened",)),)
        yield Gap(GapKind.EVENT_NEVER, f"event-never/{w.id}", Audience.CUSTOMER, w.persona, w.id, facts)
        miss = GapKind.MISS_AT_RENEWAL
        yield Gap(miss, f"renewal/{w.id}", Audience.INTERNAL, w.persona, w.id, outlook, receipt=w.receipt)
        level = (("pace", "level"), ("expected", Fraction(1, 2)))
        yield Gap(miss, f"renewal-level/{w.id}", Audience.INTERNAL, w.persona, w.id, level, receipt=w.receipt)
    for p in personas:
        for pattern in ("not active", "falling"):
            if p.active == p.counted and (pattern == "not active" or not p.counted):
                continue
            facts = (("pattern", pattern),)
            yield Gap(
                GapKind.MASKED, f"masked/{pattern}/{p.id}", Audience.INTERNAL, p.id, facts=facts, receipt=p.receipt
            )
        yield Gap(GapKind.NO_PEOPLE, f"no-people/{p.id}", Audience.CUSTOMER, p.id, receipt=p.receipt)
    yield Gap(GapKind.NO_OUTCOME, "outcome", Audience.CUSTOMER)
    yield Gap(GapKind.NO_BASELINE, "outcome-baseline", Audience.CUSTOMER)
    yield Gap(GapKind.FEED_SILENT, "feed", Audience.CUSTOMER, since=date(2026, 6, 10), receipt="people")
    yield Gap(GapKind.UNKNOWN_PEOPLE, "unknown-people", Audience.INTERNAL, facts=(("count", 3),))
