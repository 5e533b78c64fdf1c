"""Receipts in short: counts, window and rule; for leadership also whose, and from which file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import PurePath

from qbrgen.figures import Receipt
from qbrgen.narrate.commitments import commitment_receipt
from qbrgen.narrate.delivered import delivered_receipt
from qbrgen.narrate.further_receipts import further_receipt, has_own_words
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.impact import quantity
from qbrgen.narrate.outlook import outlook_receipt
from qbrgen.narrate.score import score_receipt
from qbrgen.narrate.teller import Teller
from qbrgen.period import Rhythm
from qbrgen.score.picture import PersonaPicture

UNITS = {
    "people": "people",
    "events": "events",
    "workflows": "workflows",
    "weeks in seat": "weeks-in-seat",
    "two-week units in seat": "two-weeks-in-seat",
    "months in seat": "months-in-seat",
}
_MANY = 20.0  # times; beyond it a figure says no more
_RHYTHMS = {rhythm.value: key for rhythm, key in zip(Rhythm, ("week", "two-weeks", "month"), strict=True)}
MOST_NAMES = 12


def tell_receipts(teller: Teller) -> None:
    """receipt:<id> for every receipt of the picture."""
    for receipt in teller.picture.receipts:
        parts = [_counts(teller, receipt), _rule(teller, receipt), delivered_receipt(teller, receipt)]
        parts.append(commitment_receipt(teller, receipt))
        if teller.with_names:
            parts += [_people(teller, receipt), _files(teller, receipt)]
        if receipt.id in teller.receipts:
            teller.tell(f"receipt:{receipt.id}", teller.sentences(parts), [receipt.id])


def _counts(teller: Teller, receipt: Receipt) -> str:
    if receipt.rule in ("direction", "impact", "outcome", "outlook", "score", "action") or has_own_words(receipt):
        return ""
    window = teller.wording.span(receipt.window) if receipt.window else ""
    if teller.picture.feed_silent and not receipt.denominator and receipt.rule != "value":
        return teller.say("receipt.silent", window=window)
    if receipt.numerator is None or not receipt.denominator:
        return teller.say("receipt.no-counts", window=window) if receipt.rule != "value" else ""
    unit = UNITS.get(receipt.unit, "none")
    facts: dict[str, object] = {"n": teller.wording.number(receipt.numerator)}
    facts |= {"m": teller.wording.number(receipt.denominator), "window": window}
    if unit == "events":
        workflow = next((w for w in teller.picture.workflows if w.receipt == receipt.id), None)
        facts["of"] = workflow.word("of") if workflow else ""
    if unit == "none":
        return teller.say("receipt.counts-none", **facts)
    return teller.say(f"receipt.counts-{unit}", **facts, one=receipt.denominator == 1)


def _rule(teller: Teller, receipt: Receipt) -> str:
    """The rule, with the numbers in it."""
    facts, said = dict(receipt.rule_facts), ""
    match receipt.rule:
        case "active":
            said = _active(teller, receipt, facts)
        case "on-target":
            said = teller.say("receipt.on-target", **_known(facts, no_data=0, not_applicable=0))
        case "share" | "frequency" | "chain" | "milestone" | "value":
            said = _workflow(teller, receipt, facts)
        case "direction":
            said = _direction(teller, receipt, facts)
        case "impact":
            said = _impact(teller, receipt)
        case "outcome":
            said = _outcome(teller, receipt, facts)
        case "outlook":
            said = outlook_receipt(teller, receipt)
        case "score":
            said = score_receipt(teller.wording, receipt)
        case _ if has_own_words(receipt):
            said = further_receipt(teller, receipt)
    return said


def _known(facts: Mapping[str, object], **defaults: object) -> dict[str, object]:
    return {name: facts.get(name, default) for name, default in defaults.items()}


def _active(teller: Teller, receipt: Receipt, facts: Mapping[str, object]) -> str:
    share, recent = facts.get("active_share"), facts.get("recent_units")
    if not isinstance(share, Fraction | int) or not isinstance(recent, int):
        return ""
    unit = _RHYTHMS.get(str(facts.get("rhythm", "")), "")
    units = teller.say(f"receipt.units.{unit or _one_rhythm(teller)}")
    said = [teller.say("receipt.active", share=Fraction(share), recent=recent, units=units)]
    apart = [
        teller.say(f"receipt.apart-{name}", n=n)
        for name in ("new", "away", "leavers")
        if isinstance(n := facts.get(name), int) and n
    ]
    if apart:
        said.append(teller.say("receipt.apart", parts=apart))
    persona = next((p for p in teller.picture.personas if p.receipt == receipt.id), None)
    if persona and receipt.window and receipt.window.first < teller.picture.window.first:
        day = teller.near(receipt.window.first)
        said.append(teller.say("receipt.first-unit", units=teller.say(f"receipt.units.{unit}"), day=day))
    return teller.sentences([*said, _starts(teller, persona, facts) if persona else ""])


def _starts(teller: Teller, persona: PersonaPicture, facts: Mapping[str, object]) -> str:
    """That no start was given and the first event stands for it (method.md: people), for whom where they are named."""
    assumed = [person for person in persona.people if person.start_assumed]
    stated = facts.get("start_assumed")
    n = stated if isinstance(stated, int) else len(assumed)
    unknown = facts.get("start_unknown")
    without = teller.say("receipt.start-unknown", n=unknown) if isinstance(unknown, int) and unknown else ""
    if not n:
        return without
    names = teller.shown_names(assumed) if teller.with_names and len(assumed) <= MOST_NAMES else []
    return teller.sentences([teller.say("receipt.start-assumed", n=n, names=names), without])


def _one_rhythm(teller: Teller) -> str:
    rhythms = {persona.rhythm.value for persona in teller.picture.personas}
    return _RHYTHMS[rhythms.pop()] if len(rhythms) == 1 else "rhythm"


def _workflow(teller: Teller, receipt: Receipt, facts: Mapping[str, object]) -> str:
    target, rule = facts.get("target"), receipt.rule
    window = teller.wording.span(receipt.window) if receipt.window and receipt.numerator is None else ""
    shown: dict[str, object] = {"target": "", "all": target == 1}
    if isinstance(target, Fraction | int):
        shown["target"] = teller.wording.target(Fraction(target))
    if rule == "value":
        shown["window"] = window
        source, combine = facts.get("source"), str(facts.get("combine", ""))
        if not source:
            return teller.say("receipt.value-no-source", **shown)
        way = teller.say(f"combine.{combine if combine in ('last', 'mean') else 'ratio'}")
        return teller.say("receipt.value", **shown, source=source, combine=way)
    if rule in ("frequency", "chain"):
        times = facts.get("times")
        shown["times"] = teller.wording.number(Fraction(times)) if isinstance(times, Fraction | int) else ""
        shown |= {"one": times == 1, "twice": times == 2}
        shown["unit"] = teller.say(f"receipt.units.{_RHYTHMS.get(str(facts.get('rhythm', '')), 'week')}")
    if rule in ("milestone", "chain"):
        shown["within_days"] = facts.get("within_days", 0)
    return teller.say(f"receipt.{rule}", **shown)


def _direction(teller: Teller, receipt: Receipt, facts: Mapping[str, object]) -> str:
    numbers = _known(facts, more=0, less=0, same=0, weeks=0)
    compared = sum(n for name in ("more", "less", "same") if isinstance(n := numbers[name], int))
    window = teller.wording.span(receipt.window) if receipt.window else ""
    about = receipt.id.partition(":")[2]
    persona = teller.persona(about.partition("/")[0])
    rhythm = persona.rhythm if persona else teller.picture.direction.rhythm
    units = teller.say(f"units.{RHYTHM_KEYS[rhythm]}", n=facts.get("weeks", 0))
    clear = _clear(teller, facts)
    return teller.say("receipt.direction", **numbers, **clear, compared=compared, units=units, window=window)


def _clear(teller: Teller, facts: Mapping[str, object]) -> dict[str, str]:
    """How clear a change is and had to be. Cut off: limits have one decimal, so that none is crossed."""
    signal, limit = facts.get("signal"), facts.get("limit")
    if not isinstance(signal, float) or not isinstance(limit, float):
        return {"signal": "", "limit": ""}
    size = abs(signal)
    tenths = Fraction(int(size * 10), 10)
    shown = "many" if size >= _MANY else teller.wording.number(tenths) if tenths else "none"
    return {"signal": shown, "limit": teller.wording.number(Fraction(str(limit)))}


def _impact(teller: Teller, receipt: Receipt) -> str:
    """The figure exactly as it was told; what the sentence rounds is not rounded here."""
    impact = next((p.impact for p in teller.picture.impacts if p.receipt == receipt.id), None)
    if impact is None:
        return ""
    kind = teller.say(f"receipt.impact-{impact.source.value if impact.source else 'none'}")
    told = ""
    if impact.change is not None:
        told = teller.wording.target(impact.change)
    elif impact.value is not None:
        told = quantity(teller, impact.value, impact.unit, in_full=True)
        if impact.before is not None:
            before = quantity(teller, impact.before, impact.unit, in_full=True)
            told = teller.say("receipt.impact-move", before=before, value=told)
    said_on = teller.wording.date(impact.said_on) if impact.said_on else ""
    return teller.say("receipt.impact", kind=kind, told=told, by=impact.by, said_on=said_on, period=impact.period)


def _outcome(teller: Teller, receipt: Receipt, facts: Mapping[str, object]) -> str:
    outcome = teller.picture.outcome.outcome if teller.picture.outcome else None
    readings = []
    for name in ("baseline", "present", "goal"):
        value, reading = facts.get(name), getattr(outcome, name, None)
        if isinstance(value, Fraction | int):
            on = teller.wording.date(reading.on) if reading and reading.on else ""
            shown = quantity(teller, Fraction(value), receipt.unit)
            readings.append(teller.say(f"receipt.reading-{name}", value=shown, on=on))
    return teller.say("receipt.outcome", readings=readings) if readings else ""


def _people(teller: Teller, receipt: Receipt) -> str:
    """Whose figure it is, once for each persona: its workflows are counted over the same people."""
    persona = any(receipt.id == each.receipt for each in teller.picture.personas)
    if not receipt.people or not (persona or receipt.rule == "milestone"):
        return ""
    names = [teller.names.get(person, person) for person in receipt.people]
    if len(names) <= MOST_NAMES + 1:
        return teller.say("receipt.people", names=names, more=0)
    return teller.say("receipt.people", names=names[:MOST_NAMES], more=len(names) - MOST_NAMES)


def _files(teller: Teller, receipt: Receipt) -> str:
    """The files, with the first receipt and with every one that comes from others."""
    first = teller.picture.receipts[0]
    if not receipt.sources or (receipt is not first and receipt.sources == first.sources):
        return ""
    return teller.say("receipt.files", files=list(dict.fromkeys(PurePath(file).name for file in receipt.sources)))
