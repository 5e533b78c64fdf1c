"""Every figure that texts may take from a receipt, by name (method.md: "Statements").

In: a picture as one reader may see it. Out: the same with `Receipt.figures` filled: what was counted, the target and
the points to it, the quarter before, people by state, dates. A fact is made from the redacted picture only, so that a
customer's receipt never holds an internal one. A text must not say a figure that its receipts do not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

from qbrgen.define.model.account import Source
from qbrgen.figures import Fact, Form, Ratio, Receipt
from qbrgen.period import week_of
from qbrgen.score.changed_facts import changed_facts
from qbrgen.score.commitment import Commitment, CommitmentKind
from qbrgen.score.listed_facts import listed_facts
from qbrgen.score.other_times import Delivered, Outlook
from qbrgen.score.picture import (
    AccountPicture,
    Breadth,
    Comparison,
    Depth,
    Direction,
    Gap,
    ImpactPicture,
    PersonaPicture,
    WorkflowPicture,
)
from qbrgen.score.states import PersonState

_STATES = ((PersonState.NOT_YET, "not-yet"), (PersonState.LAPSED, "lapsed"), (PersonState.OCCASIONAL, "occasional"))
_OWN = ("outcome", "direction", "score")  # whose numerator stands in no text, or by a name of its own
_SHARES = frozenset({"active_share"})
_PACES = ("lowest", "highest", "slowest", "present", "fastest")
MOST_NAMED = 3  # groups of people that a sentence names (narrate/grammar.py); of more, the rest is added up
MOST_TARGETS = 3  # of groups, and of workflows, that the line about the next quarter names (narrate/plan.py)


def with_figures(picture: AccountPicture) -> AccountPicture:
    """The picture with the figures of every receipt."""
    makers = _Facts(picture)
    receipts = tuple(replace(receipt, figures=makers.of(receipt)) for receipt in picture.receipts)
    return replace(picture, receipts=receipts)


class _Facts:
    """The facts of one picture's receipts."""

    def __init__(self, picture: AccountPicture) -> None:
        self._picture = picture

    def of(self, receipt: Receipt) -> tuple[Fact, ...]:
        """What the receipt counted; what the picture says of it; its rule, window and gaps. Each of them once."""
        found = [*_counted(receipt), *self._noun(receipt), *self._of_gaps(receipt)]
        aside = [*self._frame(receipt)]
        if receipt.rule != "outlook":  # its facts are of several forms
            aside += _rule(receipt)
        return tuple(dict.fromkeys((*found, *(replace(fact, aside=True) for fact in aside))))

    def _noun(self, receipt: Receipt) -> Iterator[Fact]:
        picture, name = self._picture, receipt.id
        yield from _breadth(picture, picture.breadth) if name == picture.breadth.receipt else ()
        yield from _depth(picture.depth) if name == picture.depth.receipt else ()
        for persona in picture.personas:
            if name == persona.receipt:
                yield from _persona(persona)
        for workflow in picture.workflows:
            if name == workflow.receipt:
                yield from _workflow(workflow)
            if workflow.outlook and name == workflow.outlook.receipt:
                yield from _outlook(workflow, workflow.outlook, receipt)
        nouns: tuple[AccountPicture | PersonaPicture | WorkflowPicture, ...]
        nouns = (picture, *picture.personas, *picture.workflows)
        for direction in (each.direction for each in nouns):
            if name == direction.receipt:
                yield from _direction(direction)
        yield from self._stated(receipt)
        yield from listed_facts(picture, name)
        yield from changed_facts(picture, name)

    def _stated(self, receipt: Receipt) -> Iterator[Fact]:
        """What people said, promised or weighed."""
        picture = self._picture
        for impact in picture.impacts:
            if receipt.id == impact.receipt:
                yield from _impact(impact)
        for commitment in picture.commitments.all if picture.commitments else ():
            if receipt.id == commitment.receipt:
                yield from _commitment(commitment)
        if receipt.rule == "outcome":
            yield from _outcome(picture)
        if receipt.rule == "score":
            yield from _score(picture, receipt)

    def _of_gaps(self, receipt: Receipt) -> Iterator[Fact]:
        for gap in self._picture.gaps:
            if receipt.id in (gap.receipt, gap.own_receipt):
                workflow = next((w for w in self._picture.workflows if w.id == gap.workflow), None)
                yield from _gap(gap, workflow.target if workflow else None)

    def _frame(self, receipt: Receipt) -> Iterator[Fact]:
        """The days that were counted, and when the review of the quarter before was delivered."""
        if receipt.window:
            yield Fact("first-day", receipt.window.first, Form.DATE)
            yield Fact("last-day", receipt.window.last, Form.DATE)
        if self._picture.delivered_on:
            yield Fact("delivered-on", self._picture.delivered_on, Form.DATE)
        more = len(receipt.people) - 12
        if more > 0:
            yield _count("people-unnamed", more)


def _count(name: str, value: int | Fraction, of: str = "") -> Fact:
    return Fact(name, Fraction(value), Form.COUNT, of)


def _share(name: str, value: Fraction | None, against: Fraction | None = None) -> Iterator[Fact]:
    if value is not None:
        yield Fact(name, value, Form.SHARE, against=against)


def _day(name: str, day: date | None) -> Iterator[Fact]:
    if day is not None:
        yield Fact(name, day, Form.DATE)


def _ratio(name: str, above: Fraction | int | None, below: Fraction | int | None) -> Iterator[Fact]:
    if above is not None and below is not None:
        yield _count(name, above, f"{name}-of")
        yield _count(f"{name}-of", below)


def _of_ratio(name: str, ratio: Ratio | None) -> Iterator[Fact]:
    if ratio is not None:
        yield from _ratio(name, ratio.numerator, ratio.denominator)


def _counted(receipt: Receipt) -> Iterator[Fact]:
    if receipt.numerator is not None and receipt.denominator is not None and receipt.rule not in _OWN:
        yield from _ratio("counted", receipt.numerator, receipt.denominator)


def _rule(receipt: Receipt) -> Iterator[Fact]:
    """The numbers in the rule, as the receipt has them."""
    for name, fact in receipt.rule_facts:
        key = name.replace("_", "-")
        if name == "target" and isinstance(fact, Fraction | int):
            yield Fact("target", Fraction(fact), Form.TARGET)
        elif name in _SHARES and isinstance(fact, Fraction | int):
            yield Fact(key, Fraction(fact), Form.SHARE)
        elif isinstance(fact, int) and not isinstance(fact, bool):
            yield _count(key, fact)
        elif isinstance(fact, float):  # cut off, as it is told: limits have one decimal
            size = Fraction(str(fact)) if name == "limit" else Fraction(int(abs(fact) * 10), 10)
            yield _count(key, size)
        elif isinstance(fact, Fraction) and receipt.rule in ("frequency", "chain"):
            yield _count(key, fact)
        elif isinstance(fact, date):
            yield Fact(key, fact, Form.DATE)


# ---- people ---------------------------------------------------------------------------------------------------------


def _states(personas: Sequence[PersonaPicture]) -> Iterator[Fact]:
    """People by state over these personas, and who is not counted."""
    for state, name in _STATES:
        yield _count(name, sum(len(persona.with_state(state)) for persona in personas), "counted-of")
    yield _count("new", sum(p.new for p in personas))
    yield _count("away", sum(p.away for p in personas))


def _not_active(personas: Sequence[PersonaPicture]) -> Fact:
    return _count("not-active", sum(p.counted - p.active for p in personas), "counted-of")


def _before(then: Comparison | None) -> Iterator[Fact]:
    """The quarter before: of those in seat in both, and with everyone of the time."""
    if then is None:
        return
    yield from _ratio("before", then.active_then, then.both)
    yield _count("now-of-both", then.active_now, "before-of")
    if then.as_reported:
        yield from _ratio("everyone-then", *then.as_reported)


def _delivered(found: Delivered | None) -> Iterator[Fact]:
    """The figure as the review of the quarter before reported it, its target, and the same quarter by today's count."""
    if found is None:
        return
    yield from _ratio("reported", found.numerator, found.denominator)
    if found.state is not None or found.target is not None:
        yield from _share("reported-share", found.value, found.target)
        yield from _share("reported-share", found.value)
    if found.target is not None:
        yield Fact("target-then", found.target, Form.TARGET)
        if found.denominator:
            yield _count("needed-then", ceil(found.target * found.denominator), "reported-of")
    yield from _of_ratio("recounted", found.recounted_ratio)
    yield from _share("recounted-share", found.recounted)


def _persona(persona: PersonaPicture) -> Iterator[Fact]:
    yield _count("needed", ceil(persona.target * persona.counted), "counted-of")
    yield Fact("target", persona.target, Form.TARGET, aside=True)
    yield from _often(persona)
    yield from _states([persona])
    yield from _before(persona.previous)
    yield from _delivered(persona.delivered)
    yield _count("left", persona.leavers)
    yield _count("start-assumed", sum(person.start_assumed for person in persona.people))
    yield _count("named", len(persona.people))
    yield _not_active([persona])
    for person in persona.people:
        if person.id:  # who did how much, and since when, is for the vendor's own people
            told = (*_ratio("units-done", person.units_done, person.units_in_seat), *_day("person-since", person.since))
            yield from (replace(fact, only="talk:") for fact in told)


def _often(persona: PersonaPicture) -> Iterator[Fact]:
    """How often the active are at it: the least of any of them; where seats differ, the most that any missed."""
    active = persona.with_state(PersonState.ACTIVE)
    missed = _count("missed-at-most", max((p.units_in_seat - p.units_done for p in active), default=0))
    alike = len({p.units_in_seat for p in active}) == 1
    if persona.least_done and not persona.every_unit:
        yield from _ratio("least", *persona.least_done)
    yield replace(missed, aside=persona.every_unit or alike)


def _breadth(picture: AccountPicture, breadth: Breadth) -> Iterator[Fact]:
    there = [persona for persona in picture.personas if persona.counted]
    rest, idle = there[MOST_NAMED - 1 :], [persona for persona in there if not persona.active]
    yield from _states(there)
    yield from _ratio("groups", breadth.personas_active, breadth.personas_counted)
    yield _count("new", breadth.new)
    yield _count("away", breadth.away)
    yield from _before(breadth.previous)
    yield from _delivered(breadth.delivered)
    yield _not_active(there)
    yield from _ratio("other-groups-people", sum(p.active for p in rest), sum(p.counted for p in rest))
    yield _count("other-groups", len(rest))
    behind = breadth.personas_counted - breadth.personas_active
    yield _count("groups-behind", behind, "groups-of")
    yield _count("groups-behind-unnamed", behind - MOST_TARGETS)
    yield _count("idle-groups-people", sum(p.counted for p in idle))
    yield _count("idle-groups", len(idle))
    yield _count("idle-first-people", sum(p.counted for p in there[: MOST_NAMED - 1] if not p.active))
    yield _count("groups-to-count", len(there))
    yield from _day("last-data", picture.feed_last)
    yield from _day("next-data", picture.feed_next)


# ---- workflows ------------------------------------------------------------------------------------------------------


def _depth(depth: Depth) -> Iterator[Fact]:
    below = depth.measurable - depth.met
    yield _count("below", below, "counted-of")
    yield _count("not-measurable", depth.no_data + depth.not_applicable)
    yield _count("no-data", depth.no_data)
    yield _count("not-applicable", depth.not_applicable)
    if depth.previous:
        yield from _ratio("before", *depth.previous)
    yield from _delivered(depth.delivered)
    yield _count("more-below", below - MOST_TARGETS)


def _workflow(workflow: WorkflowPicture) -> Iterator[Fact]:
    target = workflow.target
    yield from _share("value", workflow.value, target)
    yield Fact("target", target, Form.TARGET)
    if workflow.value is not None:
        yield Fact("points", workflow.value, Form.POINTS, against=target)
    yield from _share("before-share", workflow.previous)
    yield from _of_ratio("before", workflow.previous_ratio)
    yield from _share("everyone-then-share", workflow.previous_reported)
    yield from _delivered(workflow.delivered)
    yield _count("early", workflow.early)
    yield from _day("since", workflow.below_since)


def _outlook(workflow: WorkflowPicture, outlook: Outlook, receipt: Receipt) -> Iterator[Fact]:
    target, facts = workflow.target, dict(receipt.rule_facts)
    for name in ("expected", "low", "high"):
        yield from _share(f"outlook-{name}", getattr(outlook, name), target)
    yield Fact("target", target, Form.TARGET)
    yield from _day("renewal", outlook.renewal)
    yield from _share("value", workflow.value, target)
    moving = outlook.rests_on != "level"
    for name in _PACES:
        if isinstance(fact := facts.get(name), Fraction):
            yield Fact(f"outlook-{name}", fact, Form.PACE if moving else Form.SHARE)
    for name in ("ahead", "run"):
        if isinstance(number := facts.get(name), int):
            yield _count(f"outlook-{name}", number)
    if receipt.window:
        yield _count("outlook-away", week_of(outlook.renewal) - week_of(receipt.window.last))
    series = facts.get("series")
    for share in series if isinstance(series, tuple) else ():
        yield Fact("outlook-unit", share, Form.SHARE)


def _direction(found: Direction) -> Iterator[Fact]:
    compared = found.more + found.less + found.same
    for name in ("more", "less", "same"):
        yield _count(name, getattr(found, name), "compared")
    yield _count("compared", compared)
    yield _count("weeks", found.weeks)


# ---- what people stated ---------------------------------------------------------------------------------------------


def _impact(picture: ImpactPicture) -> Iterator[Fact]:
    impact = picture.impact
    if impact.change is not None:
        form = Form.ESTIMATE if impact.source is Source.ESTIMATE else Form.SHARE
        yield Fact("change", abs(impact.change), form)
        yield Fact("change-as-stated", abs(impact.change), Form.TARGET)
    for name, value in (("stated-before", impact.before), ("stated", impact.value)):
        if value is not None:
            yield Fact(name, value, Form.AMOUNT, unit=impact.unit)
    yield from _day("said-on", impact.said_on)


def _outcome(picture: AccountPicture) -> Iterator[Fact]:
    if picture.outcome is None:
        return
    outcome = picture.outcome.outcome
    for name, reading in (("present", outcome.present), ("baseline", outcome.baseline), ("goal", outcome.goal)):
        if reading:
            yield Fact(name, reading.value, Form.AMOUNT, unit=outcome.unit)
            yield from _day(f"{name}-on", reading.on)
    yield from _share("progress", picture.outcome.progress)
    yield from _share("time-gone", picture.outcome.time_gone)


def _score(picture: AccountPicture, receipt: Receipt) -> Iterator[Fact]:
    if picture.score is None:
        return
    facts = dict(receipt.rule_facts)
    if picture.score.total is not None:
        yield Fact("score", picture.score.total, Form.SCORE)
    yield _count("scale", 100)
    yield _count("weights", sum(entry.weight for entry in picture.score.parts))
    for entry in picture.score.parts:
        yield _count(f"{entry.part}-weight", entry.weight)
        if entry.value is not None:
            yield Fact(f"{entry.part}-part", entry.value, Form.SHARE)
            yield Fact(f"{entry.part}-part", entry.value, Form.TENTHS)
    yield Fact("all-of-it", Fraction(1), Form.SHARE)  # "at most 100%"
    reached = facts.get("reached")
    for _, share in reached if isinstance(reached, tuple) else ():
        yield Fact("of-target", share, Form.TENTHS)


def _commitment(found: Commitment) -> Iterator[Fact]:
    """What was promised, and what became of it."""
    if found.ratio is not None:
        yield from _of_ratio("counted", found.ratio)
    yield from _share("value", found.value, found.target)
    for name, target in (("target-promised", found.target), ("target-now", found.target_now)):
        if target is not None:
            yield Fact(name, target, Form.TARGET)
            if found.ratio is not None and found.kind is CommitmentKind.PEOPLE:
                yield _count(f"{name}-people", ceil(target * found.ratio.denominator), "counted-of")
    if found.value is not None and found.target is not None:
        yield Fact("points", found.value, Form.POINTS, against=found.target)
    for name in ("due", "done_on", "moved_to"):
        yield from _day(name.replace("_", "-"), getattr(found, name))


# ---- gaps -----------------------------------------------------------------------------------------------------------


def _gap(gap: Gap, target: Fraction | None) -> Iterator[Fact]:
    """The facts of a gap by their own names (score/gaps.py), since when, and how many people it is about."""
    yield from _day("since", gap.since)
    for name, fact in gap.facts:
        key = f"gap-{name.replace('_', '-')}"
        for value in fact if isinstance(fact, tuple) else (fact,):
            yield from _gap_fact(key, name, value, target)
    active, counted = gap.fact("active"), gap.fact("counted")
    if isinstance(active, int) and isinstance(counted, int):
        yield _count("not-active", counted - active)
    whole = gap.fact("workflows")
    if isinstance(whole, tuple):
        yield _count("gap-workflows", len(whole))
    yield _count("gap-who", len(gap.who))
    if len(gap.who) > 6:
        yield _count("gap-who-more", len(gap.who) - 6)
    planned = gap.action.action if gap.action else None
    if planned:
        yield from _day("plan-due", planned.due)
        yield from _day("plan-done", planned.done_on)


def _gap_fact(key: str, name: str, value: object, target: Fraction | None) -> Iterable[Fact]:
    if isinstance(value, date):
        return [Fact(key, value, Form.DATE)]
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return []
    if name == "target":
        return [Fact("target", Fraction(value), Form.TARGET)]
    if name in ("value", "expected", "low", "high"):
        return [Fact(key, Fraction(value), Form.SHARE, against=target)]
    if name in ("recent", "earlier", "share"):
        return [Fact(key, Fraction(value), Form.SHARE)]
    return [] if name == "missing" else [_count(key, value, "gap-of" if name == "done" else "")]
