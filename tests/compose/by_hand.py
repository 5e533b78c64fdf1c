"""Pictures and narratives made by hand, so that composing is tested without the rooms before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from qbrgen.audience import Audience, redact
from qbrgen.compose.deck import Composed
from qbrgen.define.model.account import Action, Impact, Outcome, Reading, Side, Source, Sponsor
from qbrgen.document import Slide
from qbrgen.figures import Money, Ratio, Receipt, Span
from qbrgen.narrate.statement import Narrative, Register, Statement
from qbrgen.period import Period, Quarter, Rhythm, week_of
from qbrgen.score.commitment import Commitment, CommitmentKind, Commitments, CommitmentState
from qbrgen.score.picture import (
    AccountPicture,
    Breadth,
    Depth,
    Direction,
    Gap,
    ImpactPicture,
    OutcomePicture,
    PersonaPicture,
    PersonPicture,
    PlannedAction,
    Score,
    ScorePart,
    WeekPoint,
    WorkflowPicture,
)
from qbrgen.score.states import GapKind, Part, PersonState, Standing, TargetState, Trend

FIRST_WEEK = week_of(date(2026, 6, 29))
PERIOD = Period(Quarter(2026, 3), FIRST_WEEK, FIRST_WEEK + 12, "Q3 2026")
BEFORE = Period(Quarter(2026, 2), FIRST_WEEK - 13, FIRST_WEEK - 1, "Q2 2026")
SPREADING = Direction(Trend.SPREADING, more=5, less=1, same=2, weeks=26, receipt="direction")


PROMISE_PARTS = ("what", "target", "came", "state", "short")
SCORE = Score(
    (
        ScorePart(Part.BREADTH, 40, Fraction(3, 4)),
        ScorePart(Part.DEPTH, 40, Fraction(24, 25)),
        ScorePart(Part.DIRECTION, 20, Fraction(1)),
    ),
    Fraction(442, 5),  # 88.4
)
WITHHELD = Score((*SCORE.parts[:2], ScorePart(Part.DIRECTION, 20, None)), None)


def promise(state: CommitmentState = CommitmentState.KEPT, key: str = "reps/calls", **changes: Any) -> Commitment:
    """A workflow that was promised."""
    base = Commitment(CommitmentKind.WORKFLOW, key, f"Promised {key}", state, Fraction(7, 10))
    return dataclasses.replace(base, **changes)


def promised(*each: Commitment) -> Commitments:
    """What a review promised, in the order of scoring."""
    order = list(CommitmentState)
    return Commitments(BEFORE, date(2026, 7, 3), tuple(sorted(each, key=lambda one: order.index(one.state))))


def person(number: int, state: PersonState, done: int = 0, seat: int = 13) -> PersonPicture:
    return PersonPicture(state, done, seat, None, f"u-{number}", f"Person {number}")


def persona(
    key: str = "reps", active: int = 5, lapsed: int = 0, not_yet: int = 2, new: int = 0, **changes: Any
) -> PersonaPicture:
    states = [PersonState.ACTIVE] * active + [PersonState.LAPSED] * lapsed + [PersonState.NOT_YET] * not_yet
    people = [person(i, s, 13 if s is PersonState.ACTIVE else 0) for i, s in enumerate(states)]
    people += [person(900 + i, PersonState.NEW, 1, 2) for i in range(new)]
    counted = active + lapsed + not_yet
    base = PersonaPicture(
        id=key,
        name=f"quota-carrying {key}",
        one=f"quota-carrying {key.removesuffix('s')}",
        rhythm=Rhythm.WEEK,
        target=Fraction(7, 10),
        people=tuple(people),
        active=active,
        counted=counted,
        new=new,
        away=0,
        leavers=0,
        is_active=None if not counted else Fraction(active, counted) >= Fraction(7, 10),
        every_unit=True,
        least_done=(13, 13),
        weekly=points(3, active + not_yet),
        previous=None,
        direction=SPREADING,
        receipt=f"persona:{key}",
    )
    return dataclasses.replace(base, **changes)


def points(done: int, total: int, weeks: int = 26) -> tuple[WeekPoint, ...]:
    first = FIRST_WEEK + 13 - weeks
    return tuple(WeekPoint(first + i, Fraction(min(total, done + i // 6)), Fraction(total)) for i in range(weeks))


def workflow(
    key: str = "reps/sequenced-touches",
    value: Fraction | None = Fraction(4, 5),
    state: TargetState = TargetState.MET,
    **changes: Any,
) -> WorkflowPicture:
    base = WorkflowPicture(
        id=key,
        persona=key.partition("/")[0],
        name=key.partition("/")[2].replace("-", " "),
        kind="share",
        produces="more first meetings",
        says=(),
        target=Fraction(7, 10),
        state=state,
        value=value,
        ratio=None if value is None else Ratio(value * 5220, Fraction(5220)),
        unit="events",
        weekly=points(50, 100),
        previous=Fraction(3, 5),
        previous_ratio=Ratio(Fraction(3), Fraction(5)),
        direction=SPREADING,
        receipt=f"workflow:{key}",
    )
    return dataclasses.replace(base, **changes)


def gap(key: str, kind: GapKind = GapKind.OFF_TARGET, weight: int = 10, **changes: Any) -> Gap:
    base = Gap(kind=kind, key=key, audience=Audience.CUSTOMER, weight=weight, since=date(2026, 8, 17))
    return dataclasses.replace(base, **changes)


LIVE_LIST = PlannedAction(
    Action(
        "live-list", "One hour on a live list with each", "Priya Raman", Side.VENDOR, date(2026, 10, 16), None, "reps"
    ),
    overdue=False,
)
NO_OWNER = PlannedAction(Action("queue", "Put the reply queue on the home screen"), overdue=False)
EMAIL_TIME = ImpactPicture(
    Impact(
        id="email-time",
        what="manual email time",
        change=Fraction(-3, 10),
        lower_is_better=True,
        source=Source.ESTIMATE,
        by="the team",
        said_on=date(2026, 9, 22),
    ),
    tellable=True,
    receipt="impact:email-time",
)


def picture(**changes: Any) -> AccountPicture:
    """An account that has everything; internal facts included."""
    behind = workflow("reps/same-day-replies", Fraction(62, 100), TargetState.NOT_MET)
    not_yet = gap("not-yet/reps", GapKind.NOT_YET_ACTIVE, 20, persona="reps", action=LIVE_LIST, who=("u-5", "u-6"))
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
        as_of=date(2026, 9, 27),
        window=Span(PERIOD.first_day, PERIOD.last_day),
        feed_silent=False,
        feed_last=date(2026, 9, 25),
        personas=(persona(), persona("managers", active=1, not_yet=0)),
        workflows=(workflow(), behind, workflow("managers/pipeline-review", Fraction(12, 13))),
        breadth=Breadth(6, 8, 0, 0, 2, 2, 2, None, "people"),
        depth=Depth(2, 3, 0, 0, (1, 3), "depth"),
        direction=SPREADING,
        impacts=(EMAIL_TIME,),
        outcome=OutcomePicture(
            Outcome(
                "reach more buyers without hiring",
                "first meetings booked per rep and month",
                baseline=Reading(Fraction(6), date(2026, 3, 31)),
                goal=Reading(Fraction(10), date(2026, 12, 31)),
                present=Reading(Fraction(8), date(2026, 9, 27)),
            ),
            Fraction(1, 2),
        ),
        gaps=(gap("off-target/reps/same-day-replies", workflow="reps/same-day-replies"), not_yet),
        actions=(NO_OWNER, LIVE_LIST),
        ask="Agree that all seven reps work in sequences.",
        receipts=tuple(
            Receipt(key, "active", "people")
            for key in (
                "people",
                "depth",
                "direction",
                "persona:reps",
                "workflow:reps/sequenced-touches",
                "direction:reps",
            )
        ),
        segment="Mid-market",
        arr=Money(Decimal(184_000), "GBP"),
        renewal=date(2027, 1, 31),
        ask_of_leadership="A call from our CRO.",
        notes="Budget review in November.",
        standing=Standing.REAL,
        score=SCORE,
        commitments=promised(promise(CommitmentState.MISSED), promise(key="reps/mail")),
    )
    return dataclasses.replace(base, **changes)


def narrative(
    of: AccountPicture,
    register: Register = Register.DECK,
    without: Iterable[str] = (),
    texts: Mapping[str, str] | None = None,
) -> Narrative:
    """A narrative that says every key, each with words of its own, for the picture as `register` may see it.

    without: keys, or beginnings of keys that end in ":" or "*", that are left out.
    """
    seen = redact(of, register.audience)
    said = dict(_texts(seen, register)) | dict(texts or {})
    kept = {
        key: Statement(key, text, register.audience)
        for key, text in said.items()
        if not any(key == w or (w[-1] in ":*" and key.startswith(w.rstrip("*"))) for w in without)
    }
    return Narrative(register, seen, kept)


def _texts(of: AccountPicture, register: Register) -> Iterator[tuple[str, str]]:
    for key in ("sentence", "people", "direction", "plan", "next", "outcome", "outcome-progress", "ask"):
        yield key, f"The {key} of {of.name}."
    yield from (
        ("direction-word", "Spreading"),
        ("direction-fact", "5 people do more, 1 less"),
        ("direction-units", "weeks"),
    )
    if register.audience is Audience.INTERNAL and of.standing is Standing.AT_RISK:
        yield "standing-reason", f"the standing's reason of {of.name}"
    yield from (("figure:people", f"{of.breadth.active} of {of.breadth.counted}"), ("change:people", "4 of 8 before"))
    yield from (("figure:workflows", f"{of.depth.met} of {of.depth.measurable}"), ("change:workflows", "1 of 3 before"))
    if any(impact.tellable for impact in of.impacts):
        yield "figure:impact", "−30%"
    for impact in of.impacts:
        yield f"impact:{impact.impact.id}", f"{impact.impact.what} changed, by an estimate."
        yield f"impact-witness:{impact.impact.id}", "The team's own estimate"
    for one in of.personas:
        yield f"persona:{one.id}", f"{one.active} of {one.counted} {one.name} are active."
        yield f"target:{one.id}", f"target: 70% of {one.name} active"
    for each in of.workflows:
        value = "" if each.value is None else f"{float(each.value):.0%}"
        yield f"workflow:{each.id}", f"{each.name} at {value}."
        yield f"workflow-short:{each.id}", f"{each.name} {value}, target 70%"
        yield f"workflow-value:{each.id}", value
        yield f"workflow-target:{each.id}", "70%"
        yield f"workflow-previous:{each.id}", "60%"
        yield f"workflow-state:{each.id}", each.state.value
        yield f"definition:{each.id}", f"how {each.name} is defined"
    if of.commitments and of.commitments.all:
        yield "commitments", f"What was promised to {of.name}."
        yield from _promise_texts(of.commitments)
    yield "definition:active", "Active: in 75% of weeks in seat."
    for one_gap in of.gaps:
        yield f"gap:{one_gap.key}", f"Gap {one_gap.key} in a full sentence."
        yield f"gap-short:{one_gap.key}", f"gap {one_gap.key}"
        yield f"gap-clause:{one_gap.key}", f"gap {one_gap.key}"
        yield f"gap-since:{one_gap.key}", "since 17 August"
        yield f"gap-plan:{one_gap.key}", one_gap.action.action.action if one_gap.action else "no plan yet"
        yield f"gap-who:{one_gap.key}", "Person 5, Person 6" if register is Register.BRIEF else "2 people"
    for planned in of.actions:
        yield f"action-closes:{planned.action.id}", "2 of 7 reps not yet active"
    for receipt in of.receipts:
        yield f"receipt:{receipt.id}", f"What was counted for {receipt.id}."
    for slide in (
        "sentence",
        "bought",
        "promises",
        "people",
        "workflows",
        "direction",
        "impact",
        "gaps",
        "plan",
        "next",
        "receipts",
    ):
        yield f"title:{slide}", f"The finding of {slide}"
        yield f"notes:{slide}", f"Say this of {slide}.\n\nCounted so."
    yield "title:needs", "Before we can measure this"
    if register is Register.BRIEF:
        yield from (("standing", "Real adoption."), ("risk", "No risk seen."), ("leadership", of.ask_of_leadership))


def _promise_texts(of: Commitments) -> Iterator[tuple[str, str]]:
    for each in of.all:
        key = f"{each.kind.value}/{each.id}"
        yield f"commitment:{key}", f"{each.name} was to reach 70%."
        yield from ((f"commitment-{part}:{key}", f"{each.name}, {part}") for part in PROMISE_PARTS)


def texts_in(value: object) -> Iterator[str]:
    """Every string anywhere in a document, however deep: dataclasses, tuples, lists, mappings, keys included."""
    if isinstance(value, str):
        yield str(value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(key)
            yield from texts_in(item)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, (bool, int, float, date, timedelta, Decimal, Fraction)) or value is None:
        yield str(value)
    elif not isinstance(value, Enum):
        raise TypeError(f"the walker does not know {type(value)}")


def slide(composed: Composed, key: str) -> Slide:
    """The slide with this key."""
    return next(slide for slide in composed.document.slides if slide.key == key)
