"""Receipts of gaps with a rule of their own, and of what texts list: the plan, the period, renewal, the last review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from qbrgen.figures import Receipt
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.teller import Teller

Facts = Mapping[str, object]


def has_own_words(receipt: Receipt) -> bool:
    """Whether a receipt is one of these."""
    return receipt.rule in _WORDS


def further_receipt(teller: Teller, receipt: Receipt) -> str:
    """The rule of such a receipt with its figures and its window."""
    window = teller.wording.span(receipt.window) if receipt.window else ""
    said = _WORDS[receipt.rule](teller, receipt, dict(receipt.rule_facts))
    return teller.say(f"receipt-rule.{receipt.rule}", **said, window=window)


def _none(_teller: Teller, _receipt: Receipt, _facts: Facts) -> dict[str, object]:
    return {}


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _share(teller: Teller, facts: Facts, name: str) -> str:
    value = facts.get(name)
    return teller.wording.percent(Fraction(value)) if isinstance(value, Fraction | int) else ""


def _day(teller: Teller, facts: Facts, name: str) -> str:
    value = facts.get(name)
    return teller.wording.date(value) if isinstance(value, date) else ""


def _rhythm(teller: Teller, receipt: Receipt) -> str:
    """The rhythm of the gap's persona."""
    gap = next((gap for gap in teller.picture.gaps if gap.own_receipt == receipt.id), None)
    persona = teller.persona(gap.persona) if gap else None
    return RHYTHM_KEYS[persona.rhythm] if persona else "week"


def _turning(teller: Teller, receipt: Receipt, facts: Facts) -> dict[str, object]:
    last = _number(facts, "recent_units")
    units = teller.say(f"units.{_rhythm(teller, receipt)}", n=last)
    shares = {name: _share(teller, facts, name) for name in ("recent", "earlier")}
    return {"last": last, "units": units, **shares, "less": _number(facts, "less"), "more": _number(facts, "more")}


def _one_person(teller: Teller, receipt: Receipt, facts: Facts) -> dict[str, object]:
    units = teller.say(f"person-units.{_rhythm(teller, receipt)}")
    shown = {"n": receipt.numerator, "m": receipt.denominator} if receipt.denominator else {"n": 0, "m": 0}
    return {**shown, "units": units, "fewest": _number(facts, "fewest")}


def _masked(_teller: Teller, receipt: Receipt, _facts: Facts) -> dict[str, object]:
    return {"n": receipt.numerator or 0, "m": receipt.denominator or 0}


def _unknown(teller: Teller, _receipt: Receipt, facts: Facts) -> dict[str, object]:
    as_of = teller.wording.date(teller.picture.as_of)
    return {"n": _number(facts, "count"), "rows": _number(facts, "rows"), "as_of": as_of}


def _events(teller: Teller, receipt: Receipt, _facts: Facts) -> dict[str, object]:
    return {"events": [name for name, _ in receipt.events], "as_of": teller.wording.date(teller.picture.as_of)}


def _unsourced(teller: Teller, _receipt: Receipt, facts: Facts) -> dict[str, object]:
    lacking = facts.get("missing")
    names = lacking if isinstance(lacking, tuple) else ()
    return {"what": facts.get("what", ""), "missing": [teller.say(f"receipt-rule.lacks-{name}") for name in names]}


def _old(teller: Teller, _receipt: Receipt, facts: Facts) -> dict[str, object]:
    return {"what": facts.get("what", ""), "day": _day(teller, facts, "said_on"), "days": _number(facts, "days")}


def _left(_teller: Teller, _receipt: Receipt, facts: Facts) -> dict[str, object]:
    return {"n": _number(facts, "left")}


def _feed(teller: Teller, _receipt: Receipt, facts: Facts) -> dict[str, object]:
    return {"last": _day(teller, facts, "last"), "next": _day(teller, facts, "next")}


def _period(teller: Teller, _receipt: Receipt, _facts: Facts) -> dict[str, object]:
    picture = teller.picture
    weeks = ((picture.window.last - picture.window.first).days + 1) // 7
    return {
        "weeks": weeks,
        "period": teller.period,
        "as_of": teller.wording.date(picture.as_of),
    }


def _plan(teller: Teller, _receipt: Receipt, _facts: Facts) -> dict[str, object]:
    still = [each for each in teller.picture.actions if each.action.done_on is None]
    whole = sum(each.action.is_plan for each in still)
    overdue = sum(each.overdue for each in still if each.action.is_plan)
    return {"n": len(still), "whole": whole, "overdue": overdue, "day": teller.wording.date(teller.picture.as_of)}


def _gaps(teller: Teller, _receipt: Receipt, _facts: Facts) -> dict[str, object]:
    return {"n": len(teller.picture.gaps)}


def _renewal(teller: Teller, _receipt: Receipt, _facts: Facts) -> dict[str, object]:
    picture = teller.picture
    arr = teller.wording.money(picture.arr, short=False) if picture.arr else ""
    day = teller.wording.date(picture.renewal) if picture.renewal else ""
    return {"arr": arr, "day": day}


def _review(teller: Teller, _receipt: Receipt, _facts: Facts) -> dict[str, object]:
    promised = teller.picture.commitments
    day = promised.recorded_on if promised else teller.picture.delivered_on
    return {"day": teller.wording.date(day) if day else ""}


_WORDS: Mapping[str, Callable[[Teller, Receipt, Facts], dict[str, object]]] = {
    "turning-down": _turning,
    "one-person": _one_person,
    "masked": _masked,
    "unknown-people": _unknown,
    "event-never": _events,
    "no-impact": _none,
    "impact-unsourced": _unsourced,
    "impact-old": _old,
    "no-outcome": _none,
    "no-baseline": _none,
    "no-people": _left,
    "feed": _feed,
    "period": _period,
    "plan": _plan,
    "gaps": _gaps,
    "renewal": _renewal,
    "review": _review,
}
