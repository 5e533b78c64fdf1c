"""The score in words: its figure, its parts, and why it is withheld. Internal: no customer's document tells any of it.

In: a `Score` and what its account's data are like. Out: phrases; nothing here decides what the score is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from qbrgen.figures import Receipt
from qbrgen.narrate.numbers import rounded
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import Score, ScorePart
from qbrgen.score.receipts import SCORE
from qbrgen.score.states import Part

# A silent feed is why people, work and direction are missing; the outcome's readings do not come by it.
_FROM_FEED = (Part.BREADTH, Part.DEPTH, Part.DIRECTION)


def tell_score(teller: Teller) -> None:
    """score: the figure with its parts, or why it is withheld. For leadership only."""
    score = teller.picture.score
    if not teller.internal or score is None:
        return
    silent = teller.picture.feed_silent
    if score.total is None:
        known = [part_text(teller.wording, entry, silent) for entry in score.parts if entry.value is not None]
        told = teller.say("score.told-withheld", reasons=missing_reasons(teller.wording, score, silent), parts=known)
    else:
        told = teller.say("score.told", score=score_figure(teller.wording, score), parts=_parts(teller.wording, score))
    teller.tell_sentence(SCORE, told, [SCORE])


def score_figure(wording: Wording, score: Score) -> str:
    """ "88"; "withheld" where a part is missing."""
    return wording.say("score.withheld") if score.total is None else wording.points(score.total)


def part_name(wording: Wording, part: Part) -> str:
    """ "breadth"."""
    return wording.say(f"score.{part}")


def part_figure(wording: Wording, entry: ScorePart, silent: bool) -> str:
    """ "75%", or why there is none in two or three words. silent: no data came for the account in the period."""
    if entry.value is not None:
        return wording.percent(entry.value)
    return wording.say("score.short-silent" if _by_silence(entry.part, silent) else f"score.short-{entry.part}")


def part_text(wording: Wording, entry: ScorePart, silent: bool) -> str:
    """ "breadth 75%", "direction: too early to tell"."""
    name, figure = part_name(wording, entry.part), part_figure(wording, entry, silent)
    if entry.value is None:
        return wording.say("score.part-missing", part=name, why=figure)
    return wording.say("score.part", part=name, share=figure)


def missing_reasons(wording: Wording, score: Score, silent: bool) -> list[str]:
    """Why each missing part is missing, each reason once: "direction is too early to tell"."""
    keys = ("missing-silent" if _by_silence(part, silent) else f"missing-{part}" for part in score.missing)
    return [wording.say(f"score.{key}") for key in dict.fromkeys(keys)]


def score_rule(wording: Wording, score: Score) -> str:
    """The weights, and what each part is: said once beside any list of scores."""
    weights = [
        wording.say("score.weight", part=part_name(wording, entry.part), weight=wording.count(entry.weight))
        for entry in score.parts
    ]
    each = [wording.say(f"score.is-{entry.part}") for entry in score.parts]
    return wording.sentences([wording.say("score.weights", weights=weights), *each, wording.say("score.withheld-when")])


def score_receipt(wording: Wording, receipt: Receipt) -> str:
    """The sum that the score is, from the facts of its receipt."""
    facts = dict(receipt.rule_facts)
    terms = [_term(wording, facts, part) for part in Part if f"{part}_weight" in facts]
    weights = wording.number(receipt.denominator or 0)
    depth = Part.DEPTH.value in facts
    said: dict[str, object] = {"workflows": facts.get("workflows", 0) if depth else 0, "total": ""}
    said["whole"] = wording.percent(Fraction(1))
    if receipt.numerator is not None and receipt.denominator:
        said["total"] = wording.number(Fraction(rounded(receipt.numerator / receipt.denominator * 100, 1)))
    reached = facts.get("reached", ()) if depth else ()
    pairs = reached if isinstance(reached, tuple) else ()
    said["reached"] = [wording.say("score.reached", name=name, share=wording.tenths(share)) for name, share in pairs]
    return wording.say("score.receipt", terms=terms, weights=weights, **said)


def _term(wording: Wording, facts: Mapping[str, object], part: Part) -> str:
    weight, value = facts[f"{part}_weight"], facts.get(part.value)
    said: dict[str, object] = {"part": part_name(wording, part), "weight": weight}
    if isinstance(value, Fraction):
        return wording.say("score.term", **said, share=wording.tenths(value))
    return wording.say("score.term-missing", **said)


def _parts(wording: Wording, score: Score) -> list[str]:
    return [part_text(wording, entry, False) for entry in score.parts]


def _by_silence(part: Part, silent: bool) -> bool:
    return silent and part in _FROM_FEED
