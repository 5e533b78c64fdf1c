"""One claim in words, from the wording files (`sentence-test.claim`): true, false and why, or not to be checked."""

from __future__ import annotations

from qbrgen.listen.claim import Claim, Claimed
from qbrgen.listen.in_words import InWords
from qbrgen.score.states import Trend

_TRENDS = {
    Trend.SPREADING: "spreading",
    Trend.SHRINKING: "shrinking",
    Trend.UNCLEAR: "unclear",
    Trend.TOO_EARLY: "too-early",
    Trend.NO_DATA: "no-data",
}


def claim_in_words(answer: InWords, each: Claimed) -> str:
    """What is told of one claim."""
    said = answer.judgement.heard.written(each.first, each.last)
    if each.true:
        return answer.say("claim.agrees", said=said)
    if each.true is None:
        return answer.say("claim.unchecked", said=said)
    if each.untold:
        return answer.say(f"untold.{each.untold}", said=said, about=answer.subject(each.about))
    if each.claim in (Claim.ROSE, Claim.FELL):
        key = "same" if each.same else _way(each)
    elif each.claim in (Claim.SPREADING, Claim.SHRINKING):
        key = "no-trend"
    else:
        key = each.claim.value
    return answer.say(f"claim.{key}", said=said, **_facts(answer, each))


def _way(each: Claimed) -> str:
    """Which line tells it: of "has not fallen" that it did fall."""
    other = {"rose": "fell", "fell": "rose"}[each.claim.value]
    return other if each.denied else each.claim.value


def _facts(answer: InWords, each: Claimed) -> dict[str, object]:
    """Everything that a line about a false claim may tell."""
    picture, wording = answer.picture, answer.wording
    call = wording.say(f"direction.word-{_TRENDS[picture.direction.trend]}")
    facts: dict[str, object] = {
        "about": answer.subject(each.about),
        "of": answer.say("data.pair", n=each.of[0], m=each.of[1]) if each.of else "",
        "least": answer.say("data.pair", n=each.least[0], m=each.least[1]) if each.least else "",
        "on": wording.date(picture.renewal) if picture.renewal else "",
        "trend": call[:1].lower() + call[1:],
        "some": each.some,
        "overdue": each.overdue,
        "value": "",
        "target": "",
        "n": picture.depth.met,
        "m": 0 if each.about else picture.depth.measurable,
    }
    workflow = next((w for w in picture.workflows if f"workflow:{w.id}" == each.about), None)
    if workflow is not None:
        facts["value"] = "" if workflow.value is None else wording.tenths(workflow.value)
        facts["target"] = wording.tenths(workflow.target)
    return facts
