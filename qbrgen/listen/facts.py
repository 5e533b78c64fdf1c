"""What an account's data can bear out: every figure of the picture that a sentence may state, with what it is said of.

In: an account picture with everything in it. Out: facts. They are read from the picture and never worked out anew, but
for sums of people over groups, as narration makes them ("of the other 13 people").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from qbrgen.define.model.account import Impact, Reading, Source
from qbrgen.figures import Money, Ratio
from qbrgen.listen.figure import Role, Sort
from qbrgen.narrate import numbers
from qbrgen.narrate.gaps import PEOPLE_STATES, is_open_plan
from qbrgen.period import Rhythm
from qbrgen.score.picture import AccountPicture, ImpactPicture, PersonaPicture, WorkflowPicture
from qbrgen.score.states import PersonState

PEOPLE, GROUPS, WORKFLOWS, ACCOUNT, ACTIONS = "people", "groups", "workflows", "account", "actions"
SCORE = "score"  # the adoption score
UNITS = {Rhythm.WEEK: "week", Rhythm.TWO_WEEKS: "two-weeks", Rhythm.MONTH: "month"}
_MOST_GROUPS = 12
_BASELINE, _GOAL, _PROGRESS = "baseline", "goal", "progress"
STATES = {
    "active": PersonState.ACTIVE,
    "not-yet": PersonState.NOT_YET,
    "lapsed": PersonState.LAPSED,
    "occasional": PersonState.OCCASIONAL,
    "new": PersonState.NEW,
    "away": PersonState.AWAY,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the data.

    subject: what it is of (naming.py's keys, or one of PEOPLE, GROUPS, WORKFLOWS, ACCOUNT, ACTIONS). value: a share of
    one, a count, an amount; with its sign where it is a change. of: M of N of M. unit: what it counts ("people",
    "week", …), or the unit of a quantity as typed. state: of people. told: a role that Role has no word for.
    estimated: the source is an estimate, so that a figure near it will do. untold: why it may not be told as this
    customer's own ("benchmark", "old", "unsourced"), "" where it may. internal: no customer may hear it.
    """

    subject: str
    sort: Sort
    value: Fraction
    of: Fraction | None = None
    role: Role = Role.VALUE
    unit: str = ""
    state: str = ""
    told: str = ""
    estimated: bool = False
    untold: str = ""
    internal: bool = False


def facts_of(picture: AccountPicture) -> list[Fact]:
    """Every fact of an account, those that are said first before the others."""
    return list(dict.fromkeys(_all(picture)))


def _all(picture: AccountPicture) -> Iterator[Fact]:
    for persona in picture.personas:
        yield from _persona(persona)
    yield from _everyone(picture)
    for workflow in picture.workflows:
        yield from _workflow(workflow, picture)
    yield from _account(picture)
    for each in picture.impacts:
        untold = untold_reason(each)
        yield from (replace(fact, untold=untold) for fact in _impact(each.impact))
    yield from _outcome(picture)


# ---- people ---------------------------------------------------------------------------------------------------------


def _persona(persona: PersonaPicture) -> Iterator[Fact]:
    key = f"persona:{persona.id}"
    yield from people_facts(key, [persona])
    if persona.counted:
        need = -(-persona.target.numerator * persona.counted // persona.target.denominator)
        yield Fact(key, Sort.COUNT, Fraction(need), role=Role.TARGET, unit=PEOPLE)
        yield Fact(key, Sort.PAIR, Fraction(need), Fraction(persona.counted), Role.TARGET, PEOPLE)
    yield Fact(key, Sort.SHARE, persona.target, role=Role.TARGET)
    then = persona.previous
    if then and then.both:
        yield from _pair(key, Fraction(then.active_then), Fraction(then.both), "active", Role.BEFORE)
        yield from _pair(key, Fraction(then.active_now), Fraction(then.both), "active")
    if then and then.as_reported and then.as_reported[1]:
        yield from _pair(key, Fraction(then.as_reported[0]), Fraction(then.as_reported[1]), "active", Role.BEFORE)


def often(personas: Iterable[PersonaPicture]) -> Iterator[Fact]:
    """How often the active people of these groups, taken together, are at it."""
    active = [persona for persona in personas if persona.active]
    key = f"persona:{active[0].id}" if len(active) == 1 else PEOPLE
    for rhythm in dict.fromkeys(persona.rhythm for persona in active):
        same = [persona for persona in active if persona.rhythm is rhythm]
        unit = UNITS[rhythm]
        least = [p.least_done for p in same if p.least_done and p.least_done[1]]
        if least:
            done, total = min(least, key=lambda each: Fraction(*each))
            yield Fact(key, Sort.PAIR, Fraction(done), Fraction(total), unit=unit, state="active")
        people = [p for persona in same for p in persona.with_state(PersonState.ACTIVE)]
        if people:
            missed = max(p.units_in_seat - p.units_done for p in people)
            yield Fact(key, Sort.ALL_BUT, Fraction(missed), unit=unit, state="active")


def people_facts(key: str, personas: Sequence[PersonaPicture]) -> Iterator[Fact]:
    """People of these groups together by state: counts, and each as a share of those who count."""
    counted = sum(persona.counted for persona in personas)
    numbers_of = {name: sum(len(p.with_state(state)) for p in personas) for name, state in STATES.items()}
    numbers_of["active"] = sum(persona.active for persona in personas)
    numbers_of["idle"] = counted - numbers_of["active"]
    numbers_of["left"] = sum(persona.leavers for persona in personas)
    numbers_of["counted"] = counted
    numbers_of["total"] = sum(len(persona.people) for persona in personas)
    for state in ("active", "idle", "not-yet", "lapsed", "occasional"):
        if counted:
            yield from _pair(key, Fraction(numbers_of[state]), Fraction(counted), state)
    for state, n in numbers_of.items():
        yield Fact(key, Sort.COUNT, Fraction(n), unit=PEOPLE, state=state)


def _pair(key: str, n: Fraction, m: Fraction, state: str = "", role: Role = Role.VALUE) -> Iterator[Fact]:
    yield Fact(key, Sort.PAIR, n, m, role, PEOPLE, state)
    yield Fact(key, Sort.SHARE, n / m, role=role, state=state)
    if role is Role.BEFORE:
        yield Fact(key, Sort.COUNT, n, role=role, unit=PEOPLE, state=state)


def _everyone(picture: AccountPicture) -> Iterator[Fact]:
    """All people, and those of all groups but the first one or two, as a sentence adds them up."""
    personas = [persona for persona in picture.personas if persona.counted]
    yield from people_facts(PEOPLE, picture.personas)
    for first in range(1, min(len(personas), _MOST_GROUPS)):
        yield from people_facts(PEOPLE, personas[first:])
    breadth = picture.breadth
    then = breadth.previous
    if then and then.both:
        yield from _pair(PEOPLE, Fraction(then.active_then), Fraction(then.both), "active", Role.BEFORE)
        yield from _pair(PEOPLE, Fraction(then.active_now), Fraction(then.both), "active")
    planned = [gap for gap in picture.gaps if gap.kind in PEOPLE_STATES and is_open_plan(gap.action)]
    with_plan = sum(
        len(persona.with_state(PEOPLE_STATES[gap.kind]))
        for gap in planned
        for persona in picture.personas
        if persona.id == gap.persona
    )
    yield Fact(PEOPLE, Sort.COUNT, Fraction(with_plan), unit=PEOPLE, state="planned")
    if breadth.personas_counted:
        reached, there = Fraction(breadth.personas_active), Fraction(breadth.personas_counted)
        yield Fact(GROUPS, Sort.PAIR, reached, there, unit=GROUPS)
        yield Fact(GROUPS, Sort.COUNT, reached, unit=GROUPS, state="active")
    for n in (breadth.personas, *range(len(personas), 0, -1)):
        yield Fact(GROUPS, Sort.COUNT, Fraction(n), unit=GROUPS)


# ---- workflows ------------------------------------------------------------------------------------------------------


def _workflow(workflow: WorkflowPicture, picture: AccountPicture) -> Iterator[Fact]:
    key = f"workflow:{workflow.id}"
    if workflow.value is not None:
        yield from _value(key, workflow.value, workflow.ratio, workflow.unit)
        gap = workflow.value - workflow.target
        yield Fact(key, Sort.POINTS, gap * 100, role=Role.GAP)
    yield Fact(key, Sort.SHARE, workflow.target, role=Role.TARGET)
    for before, ratio in ((workflow.previous, workflow.previous_ratio), (workflow.previous_reported, None)):
        if before is None:
            continue
        yield from _value(key, before, ratio, workflow.unit, Role.BEFORE)
        if workflow.value is not None:
            yield Fact(key, Sort.POINTS, (workflow.value - before) * 100, role=Role.CHANGE)
            if before:
                yield Fact(key, Sort.SHARE, workflow.value / before - 1, role=Role.CHANGE)
    if workflow.early:
        yield Fact(key, Sort.COUNT, Fraction(workflow.early), unit=PEOPLE)
    for receipt in picture.receipts:
        if receipt.id == workflow.receipt:
            for name, fact in receipt.rule_facts:
                if name in ("within_days", "times", "recent") and isinstance(fact, int | Fraction):
                    yield Fact(key, Sort.COUNT, Fraction(fact), told="rule")


def _value(key: str, value: Fraction, ratio: Ratio | None, unit: str, role: Role = Role.VALUE) -> Iterator[Fact]:
    yield Fact(key, Sort.SHARE, value, role=role)
    if ratio is None:
        return
    counts = {"weeks in seat": "week", "two-week units in seat": "two-weeks", "months in seat": "month"}
    what = counts.get(unit, PEOPLE if unit == "people" else "")
    yield Fact(key, Sort.PAIR, ratio.numerator, ratio.denominator, role, what)
    yield Fact(key, Sort.COUNT, ratio.numerator, role=role, unit=what)
    yield Fact(key, Sort.COUNT, ratio.denominator, role=role, unit=what)


def _account(picture: AccountPicture) -> Iterator[Fact]:
    depth = picture.depth
    if depth.measurable:
        yield Fact(WORKFLOWS, Sort.PAIR, Fraction(depth.met), Fraction(depth.measurable), unit=WORKFLOWS)
        yield Fact(WORKFLOWS, Sort.SHARE, Fraction(depth.met, depth.measurable), unit=WORKFLOWS)
    if depth.previous and depth.previous[1]:
        met, of = depth.previous
        yield Fact(WORKFLOWS, Sort.PAIR, Fraction(met), Fraction(of), Role.BEFORE, WORKFLOWS)
    below = depth.measurable - depth.met
    for n in (depth.met, depth.measurable, below, depth.no_data, depth.not_applicable, len(picture.workflows)):
        yield Fact(WORKFLOWS, Sort.COUNT, Fraction(n), unit=WORKFLOWS)
    open_ones = [planned for planned in picture.actions if planned.action.done_on is None]
    for n in (len(open_ones), len(picture.actions), sum(planned.overdue for planned in open_ones)):
        yield Fact(ACTIONS, Sort.COUNT, Fraction(n), unit=ACTIONS)
    if picture.arr:
        yield Fact(ACCOUNT, Sort.MONEY, Fraction(picture.arr.amount), unit=picture.arr.currency, internal=True)
    if picture.score and picture.score.total is not None:
        whole = Fraction(round(picture.score.total))
        yield Fact(SCORE, Sort.COUNT, picture.score.total, internal=True)
        yield Fact(SCORE, Sort.PAIR, whole, Fraction(100), internal=True)
    yield Fact(ACCOUNT, Sort.COUNT, Fraction(len(picture.period.weeks)), unit="week")


# ---- what it produces -----------------------------------------------------------------------------------------------


def untold_reason(picture: ImpactPicture) -> str:
    """Why an impact may not be told as this customer's own; "" where it may."""
    if picture.impact.source is Source.BENCHMARK:
        return "benchmark"
    if picture.tellable:
        return ""
    return "old" if picture.stale else "unsourced"


def _impact(impact: Impact) -> Iterator[Fact]:
    key = f"impact:{impact.id}"
    near = impact.source is not None and impact.source.value == "estimate"
    if impact.change is not None:
        yield Fact(key, Sort.SHARE, impact.change, role=Role.CHANGE, estimated=near)
        return
    if impact.value is None:
        return
    yield from _quantity(key, impact.value, impact.unit, Role.VALUE, near=near)
    if impact.before is None:
        return
    yield from _quantity(key, impact.before, impact.unit, Role.BEFORE, told=_BASELINE, near=near)
    difference = impact.value - impact.before
    yield from _quantity(key, difference, impact.unit, Role.CHANGE, near=near)
    if impact.before and impact.unit != "%":
        yield Fact(key, Sort.SHARE, difference / abs(impact.before), role=Role.CHANGE, estimated=near)


def _outcome(picture: AccountPicture) -> Iterator[Fact]:
    if picture.outcome is None:
        return
    outcome = picture.outcome.outcome

    def reading(each: Reading | None, role: Role, told: str = "") -> Iterator[Fact]:
        if each:
            yield from _quantity("outcome", each.value, outcome.unit, role, told=told)

    yield from reading(outcome.present, Role.VALUE)
    yield from reading(outcome.baseline, Role.BEFORE, _BASELINE)
    yield from reading(outcome.goal, Role.TARGET, _GOAL)
    if outcome.present and outcome.baseline:
        change = outcome.present.value - outcome.baseline.value
        yield from _quantity("outcome", change, outcome.unit, Role.CHANGE)
        if outcome.baseline.value and outcome.unit != "%":
            yield Fact("outcome", Sort.SHARE, change / abs(outcome.baseline.value), role=Role.CHANGE)
    if picture.outcome.progress is not None:
        yield Fact("outcome", Sort.SHARE, picture.outcome.progress, told=_PROGRESS)


def _quantity(
    key: str, value: Fraction, unit: str, role: Role, *, told: str = "", near: bool = False
) -> Iterator[Fact]:
    if numbers.known_currency(unit):
        yield Fact(key, Sort.MONEY, value, role=role, unit=unit, told=told, estimated=near)
    elif unit == "%":
        if role is Role.CHANGE:
            yield Fact(key, Sort.POINTS, value, role=role, told=told, estimated=near)
        else:
            yield Fact(key, Sort.SHARE, value / 100, role=role, told=told, estimated=near)
    else:
        yield Fact(key, Sort.COUNT, value, role=role, unit=unit, told=told, estimated=near)


def money(fact: Fact) -> Money:
    """A fact about money as an amount."""
    value = abs(fact.value)
    return Money(Decimal(value.numerator) / Decimal(value.denominator), fact.unit)


def own_texts(picture: AccountPicture) -> Iterator[str]:
    """Names and texts that people typed: the figures in them are the account's own."""
    yield from (picture.name, picture.vendor, picture.ask, picture.notes, picture.ask_of_leadership)
    for persona in picture.personas:
        yield from (persona.name, persona.one, *persona.synonyms, *(p.name for p in persona.people))
    for workflow in picture.workflows:
        of, do, did = (workflow.word(key) for key in ("of", "do", "did"))
        yield from (workflow.name, workflow.produces, of, do, did, f"{of} {do}", *workflow.synonyms)
    for each in picture.impacts:
        impact = each.impact
        yield from (impact.what, impact.by, impact.period, *impact.synonyms)
    if picture.outcome:
        outcome = picture.outcome.outcome
        yield from (outcome.bought, outcome.measure, *outcome.synonyms)
    for planned in picture.actions:
        yield from (planned.action.action, planned.action.owner)
