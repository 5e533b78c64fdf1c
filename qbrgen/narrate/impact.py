"""What it produces, by whose word: measured is stated, the rest attributed; no cause of our own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from qbrgen.define.model.account import Impact, Reading, Source
from qbrgen.figures import Money
from qbrgen.narrate import numbers
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import capital
from qbrgen.score.picture import ImpactPicture
from qbrgen.score.states import GapKind

_WHY_NOT = {
    GapKind.NO_IMPACT: "none",
    GapKind.IMPACT_UNSOURCED: "unsourced",
    GapKind.IMPACT_OLD: "old",
}


def first_tellable(teller: Teller) -> ImpactPicture | None:
    """The first-listed impact that may be told."""
    return next((picture for picture in teller.picture.impacts if picture.tellable), None)


def says(teller: Teller, impact: Impact, *, after_work: bool, with_period: bool = False, as_title: bool = False) -> str:
    """An impact as a clause, in the words that its source allows.

    after_work: it follows a clause that says what people do, so that "that" can stand for the work. as_title: short; a
    benchmark's name is left to its witness, an estimate's never is.
    """
    elsewhere = impact.source is Source.BENCHMARK  # whose and when go into one bracket
    period = impact.period if with_period else ""
    cause = "none" if not impact.because else "that" if after_work else "work"
    finding = teller.say(
        f"impact.finding-{_shape(impact)}-{cause}",
        what=impact.what,
        vendor=teller.picture.vendor,
        period=period if not elsewhere else "",
        **_figures(teller, impact),
    )
    by = "" if as_title and elsewhere else impact.by
    return teller.say(f"impact.{source_key(impact)}", by=by, finding=finding, cause=cause, period=period)


def source_key(impact: Impact) -> str:
    """How its source is called in the wording files."""
    return (impact.source or Source.ESTIMATE).value


def _shape(impact: Impact) -> str:
    """change: relative; move: from a value to a value; value: a value alone."""
    if impact.change is not None:
        return "change"
    return "move" if impact.before is not None else "value"


def _figures(teller: Teller, impact: Impact) -> dict[str, object]:
    """amount, before, and the verbs that go with which way it moved."""
    estimated = impact.source is Source.ESTIMATE
    change, before = impact.change, ""
    if change is not None:
        amount = teller.wording.roughly(abs(change)) if estimated else teller.wording.percent(abs(change))
    else:
        assert impact.value is not None
        amount = quantity(teller, impact.value, impact.unit, rounded=estimated)
        change = impact.value - (impact.before or 0)
        if impact.before is not None:
            before = quantity(teller, impact.before, impact.unit, rounded=estimated, bare=True)
    moved = _moved(change, impact.lower_is_better)
    if estimated and before:
        before = teller.say("impact.roughly", amount=before)
    elif estimated:
        amount = teller.say("impact.roughly", amount=amount)
    verbs = {"fell": teller.say(f"impact.fell-{moved}"), "has": teller.say(f"impact.has-{moved}")}
    return {"amount": amount, "before": before, "moved": moved, **verbs}


def _moved(change: Fraction, lower_is_better: bool) -> str:
    """What happened, as the wording files distinguish it: cut, lowered, raised, increased or same."""
    if change == 0:
        return "same"
    if change < 0:
        return "cut" if lower_is_better else "lowered"
    return "increased" if lower_is_better else "raised"


def quantity(
    teller: Teller, value: Fraction, unit: str, *, rounded: bool = False, bare: bool = False, in_full: bool = False
) -> str:
    """A value with its unit: "£1.2m", "26%", "15 minutes".

    rounded: as estimates are. bare: without a unit in words. in_full: money to its last digit, for receipts.
    """
    shown = numbers.two_figures(value) if rounded else value
    if numbers.known_currency(unit):
        amount = Money(Decimal(shown.numerator) / Decimal(shown.denominator), unit)
        return teller.wording.money(amount, short=not in_full)
    if unit == "%":
        return teller.wording.percent(shown / 100)
    number = teller.wording.number(shown)
    return number if bare or not unit else teller.say("quantity", number=number, unit=unit)


def short_figure(teller: Teller, impact: Impact) -> str:
    """The figure alone: "−30%", "£1.2m", "8"."""
    estimated = impact.source is Source.ESTIMATE
    if impact.change is not None:
        size = abs(impact.change)
        text = teller.wording.roughly(size) if estimated else teller.wording.percent(size)
        sign = "" if not impact.change else "minus" if impact.change < 0 else "plus"
        return teller.say(f"impact.{sign}", amount=text) if sign else text
    assert impact.value is not None
    return quantity(teller, impact.value, impact.unit, rounded=estimated)


def witness(teller: Teller, impact: Impact) -> str:
    """By whose word, and when: "Estimate by the team, 22 September 2026"."""
    said_on = teller.wording.date(impact.said_on) if impact.said_on else ""
    return capital(teller.say(f"impact.witness-{source_key(impact)}", by=impact.by, on=said_on))


def missing_impact(teller: Teller, form: str = "missing") -> str:
    """The clause where no impact may be told: not stated yet, without a source, or too old.

    form: "missing" after a clause that says what people do, "nothing" where nobody does anything, else "title"; "brief"
    standing alone.
    """
    gaps = [gap for gap in teller.picture.gaps if gap.kind in _WHY_NOT]
    why = _WHY_NOT[gaps[0].kind] if gaps and teller.picture.impacts else "none"
    day = teller.wording.date(gaps[0].since) if gaps and gaps[0].since else ""
    return teller.say(f"impact.{form}-{why}", day=day)


def missing_receipts(teller: Teller) -> list[str]:
    """The receipts of `missing_impact`."""
    return [gap.receipt for gap in teller.picture.gaps if gap.kind in _WHY_NOT]


def tell_impacts(teller: Teller) -> None:
    """impact:<id>, impact-witness:<id> for every impact that may be told; figure:impact for the first.

    impact-missing: where none may be told, why.
    """
    for picture in teller.picture.impacts:
        impact = picture.impact
        if not picture.tellable:
            reason = "impact-old" if picture.stale else "impact-unsourced"
            teller.leave_out(f"impact:{impact.id}", reason)
            continue
        text = says(teller, impact, after_work=False, with_period=True)
        teller.tell_sentence(f"impact:{impact.id}", text, [picture.receipt])
        teller.tell(f"impact-witness:{impact.id}", witness(teller, impact), [picture.receipt])
    first = first_tellable(teller)
    if first:
        teller.tell("figure:impact", short_figure(teller, first.impact), [first.receipt])
    else:
        teller.leave_out("figure:impact", "no-impact")
        teller.tell_sentence("impact-missing", missing_impact(teller, "brief"), missing_receipts(teller))


def tell_outcome(teller: Teller) -> None:
    """outcome: what was bought. outcome-progress: from baseline to goal, as far as the readings go."""
    picture = teller.picture.outcome
    if picture is None:
        teller.leave_out("outcome", "no-outcome")
        teller.leave_out("outcome-progress", "no-outcome")
        return
    outcome = picture.outcome
    facts = {"account": teller.picture.name, "vendor": teller.picture.vendor, "bought": outcome.bought}
    teller.tell_sentence("outcome", teller.say(f"outcome.{bought_key(teller)}", **facts), ["outcome"])
    if outcome.present is None or not outcome.measure:
        teller.leave_out("outcome-progress", "no-reading")
        return
    unit = outcome.unit
    days = [each.on for each in (outcome.present, outcome.baseline) if each and each.on]
    years = any(teller.near(day) == teller.wording.date(day) for day in days)  # one has its year: then all have
    present = _reading(teller, outcome.present, unit, years)
    text = teller.say("outcome.now", measure=outcome.measure, present=present)
    if outcome.baseline:
        text = teller.say("outcome.now-from", now=text, baseline=_reading(teller, outcome.baseline, unit, years))
    parts = [text]
    if outcome.goal:
        parts.append(teller.say("outcome.goal", goal=_goal(teller, outcome.goal, unit)))
    if picture.progress is not None:
        parts.append(_progress(teller, picture.progress))
    teller.tell("outcome-progress", teller.sentences(parts), ["outcome"])


def bought_key(teller: Teller) -> str:
    """How the customer's own words go on from ours: in our language as a clause, in another one after a colon."""
    ours, theirs = (tag.replace("_", "-").split("-")[0] for tag in (teller.wording.locale, teller.picture.language))
    return "bought-for" if theirs and theirs != ours else "bought"


def _reading(teller: Teller, reading: Reading, unit: str, years: bool) -> str:
    value = quantity(teller, reading.value, unit)
    if reading.on is None:
        return value
    on = teller.wording.date(reading.on) if years else teller.near(reading.on)
    return teller.say("outcome.reading", value=value, on=on)


def _goal(teller: Teller, reading: Reading, unit: str) -> str:
    value = quantity(teller, reading.value, unit)
    return value if reading.on is None else teller.say("outcome.by", value=value, on=teller.wording.date(reading.on))


def _progress(teller: Teller, progress: Fraction) -> str:
    if progress < 0:
        return teller.say("outcome.backwards")
    if progress >= 1:
        return teller.say("outcome.reached")
    return teller.say("outcome.progress", share=teller.wording.percent(progress), zero=progress == 0)
