"""The figures of receipts that no event was counted for: the plan, the gaps, the period, renewal, the last review.

In: a picture as one reader may see it. Out: facts by receipt id; () for every other receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from qbrgen.define.model.account import Side
from qbrgen.figures import Fact, Form
from qbrgen.period import Rhythm, monday_of
from qbrgen.score.facts.changed import review_facts
from qbrgen.score.facts.making import count
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Forecast, GapKind, PersonState

PLAN, GAPS, PERIOD, RENEWAL, REVIEW = "plan", "gaps", "period", "renewal", "review"
_PEOPLE = {
    GapKind.NOT_YET_ACTIVE: PersonState.NOT_YET,
    GapKind.LAPSED: PersonState.LAPSED,
    GapKind.OCCASIONAL: PersonState.OCCASIONAL,
}
_MOST_GAPS = 6  # that a talk track tells
_MOST_ITEMS = 4  # that the line about the last review tells


def listed_facts(picture: AccountPicture, receipt: str) -> Iterator[Fact]:
    """The facts of one of these receipts."""
    makers: dict[str, Callable[[AccountPicture], Iterator[Fact]]] = {
        PLAN: _plan,
        GAPS: _gaps,
        PERIOD: _period,
        RENEWAL: _renewal,
        REVIEW: _review,
    }
    if receipt in makers:
        yield from makers[receipt](picture)


def _plan(picture: AccountPicture) -> Iterator[Fact]:
    """Actions still to be done: how many, whose, overdue; each with its dates."""
    still = [planned for planned in picture.actions if planned.action.done_on is None]
    whole = [planned for planned in still if planned.action.is_plan]
    ours = sum(planned.action.side is Side.VENDOR for planned in still)
    yield count("actions", len(still))
    yield count("actions-with-owner-and-date", len(whole))
    yield count("actions-ours", ours)
    yield count("actions-theirs", len(still) - ours)
    yield count("actions-overdue", sum(planned.overdue for planned in whole))
    people = [g for g in picture.gaps if g.kind in _PEOPLE and g.action and not g.action.overdue]
    yield Fact("as-of", picture.as_of, Form.DATE)
    yield count("people-with-a-plan", sum(_people(picture, g.persona, g.kind) for g in people))
    for planned in picture.actions:
        for name, day in (("due", planned.action.due), ("done-on", planned.action.done_on)):
            if day:
                yield Fact(name, day, Form.DATE)
    ahead = [planned.action.due for planned in whole if planned.action.due and not planned.overdue]
    if ahead:
        yield Fact("last-due", max(ahead), Form.DATE)


def _people(picture: AccountPicture, persona: str, kind: GapKind) -> int:
    return sum(len(each.with_state(_PEOPLE[kind])) for each in picture.personas if each.id == persona)


def _gaps(picture: AccountPicture) -> Iterator[Fact]:
    """How many things are missing or failing."""
    yield count("gaps", len(picture.gaps))
    yield count("missing-pieces", sum(gap.kind.is_missing_piece for gap in picture.gaps))
    if len(picture.gaps) > _MOST_GAPS:
        yield count("gaps-less-urgent", len(picture.gaps) - _MOST_GAPS)


def _period(picture: AccountPicture) -> Iterator[Fact]:
    """The quarter reported and the one before; its full weeks, those with somebody in seat, and how far the data go."""
    yield Fact("period", picture.period.label, Form.LABEL)
    if picture.previous_period:
        yield Fact("period", picture.previous_period.label, Form.LABEL)
    yield Fact("as-of", picture.as_of, Form.DATE)
    yield count("full-weeks", len(picture.period.weeks))
    yield count("full-weeks-counted", ((picture.window.last - picture.window.first).days + 1) // 7)
    unseated = len(picture.period.weeks) - seated_weeks(picture)
    if unseated:
        yield count("weeks-in-seat", len(picture.period.weeks) - unseated)
        yield Fact("seated-from", monday_of(picture.period.weeks[unseated]), Form.DATE)
    for persona in picture.personas:
        if persona.window and persona.window.first < picture.window.first:
            yield Fact("first-unit", persona.window.first, Form.DATE)


def seated_weeks(picture: AccountPicture) -> int:
    """The full weeks of the period from the first with somebody in seat; all where that is not counted by week."""
    weekly = [persona for persona in picture.personas if persona.rhythm is Rhythm.WEEK and persona.weekly]
    weeks = picture.period.weeks
    if not weekly or len(weekly) < len(picture.personas):
        return len(weeks)
    seated = {point.week for persona in weekly for point in persona.weekly if point.denominator}
    first = next((place for place, week in enumerate(weeks) if week in seated), 0)  # later ones may be holidays
    return len(weeks) - first


def _renewal(picture: AccountPicture) -> Iterator[Fact]:
    """The contract, and how many workflows are on course for target at its renewal. Internal."""
    if picture.arr:
        yield Fact("arr", Fraction(picture.arr.amount), Form.AMOUNT, unit=picture.arr.currency)
    if picture.renewal:
        yield Fact("renewal", picture.renewal, Form.DATE)
        yield count("days-to-renewal", abs((picture.renewal - picture.as_of).days))
    ahead = [workflow.outlook for workflow in picture.workflows if workflow.outlook]
    course = {"on-course": Forecast.ON_TARGET, "open": Forecast.OPEN, "off-course": Forecast.BELOW}
    for name, forecast in course.items():
        yield Fact(name, Fraction(sum(each.forecast is forecast for each in ahead)), Form.COUNT, "with-outlook")
    yield count("with-outlook", len(ahead))


def _review(picture: AccountPicture) -> Iterator[Fact]:
    """The last delivered review: when, what is no longer counted, how many figures differ, what it promised."""
    if picture.delivered_on:
        yield Fact("delivered-on", picture.delivered_on, Form.DATE)
    for each in picture.retired:
        if each.value is not None:
            yield Fact("reported-share", each.value, Form.SHARE, against=each.target)
        yield Fact("target-then", each.target, Form.TARGET)
    delivered = [*(p.delivered for p in picture.personas), *(w.delivered for w in picture.workflows)]
    differ = sum(bool(each and each.causes) for each in delivered)
    for more in range(1, differ - _MOST_ITEMS + 1):
        yield count("more-differ", more)
    yield from review_facts(picture)
    promised = picture.commitments
    if promised:
        yield Fact("delivered-on", promised.recorded_on, Form.DATE)
        yield Fact("period", promised.period.label, Form.LABEL)
        yield count("promised", len(promised.all))
        yield count("promised-due", len(promised.due))
        for state in dict.fromkeys(each.state for each in promised.all):
            yield count(f"promised-{state.name.lower().replace('_', '-')}", len(promised.of(state)))
