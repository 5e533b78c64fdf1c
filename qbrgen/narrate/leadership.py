"""What only the vendor's own leadership reads: standing, risk, what is asked of them."""

from __future__ import annotations

from qbrgen.narrate.gaps import began_later, shown_gaps
from qbrgen.narrate.impact import missing_impact, missing_receipts
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.workflows import below_target
from qbrgen.score.facts.listed import RENEWAL
from qbrgen.score.states import GapKind, Standing, Trend

_STANDING = {
    Standing.REAL: "real",
    Standing.PARTIAL: "partial",
    Standing.AT_RISK: "at-risk",
    Standing.UNKNOWN: "unknown",
}


def tell_leadership(teller: Teller) -> None:
    """standing, standing-reason, risk, leadership: in the brief, and nowhere else."""
    if not teller.internal:
        return
    picture = teller.picture
    if picture.standing:
        standing = teller.say(f"standing.{_STANDING[picture.standing]}")
        text = teller.say("standing.because", standing=standing, parts=_facts(teller), but=_but(teller))
        teller.tell_sentence("standing", text, [picture.breadth.receipt, picture.depth.receipt])
        reason = _reason(teller)
        if reason:
            teller.tell("standing-reason", reason, [picture.breadth.receipt, picture.depth.receipt])
    receipts = [RENEWAL, picture.breadth.receipt, picture.depth.receipt, *missing_receipts(teller)]
    masked = [gap for gap in shown_gaps(teller) if gap.kind is GapKind.MASKED]
    receipts += [name for gap in masked for name in (gap.own_receipt, gap.receipt)]
    teller.tell("risk", teller.sentences(_risk(teller)), receipts)
    if picture.ask_of_leadership:
        teller.tell("leadership", teller.wording.stop(picture.ask_of_leadership))
    else:
        teller.leave_out("leadership", "no-ask")


def _facts(teller: Teller) -> list[str]:
    """The figures that a standing rests on."""
    breadth, depth = teller.picture.breadth, teller.picture.depth
    if teller.picture.feed_silent:
        if began_later(teller) and teller.picture.feed_next:
            return [teller.say("standing.not-started", day=teller.wording.date(teller.picture.feed_next))]
        return [teller.say("standing.silent")]
    facts = []
    if teller.picture.direction.trend is Trend.SHRINKING:
        facts.append(teller.say("standing.shrinking"))
    if any(gap.hides_most for gap in shown_gaps(teller)):
        facts.append(teller.say("standing.masked"))
    if breadth.personas_counted:
        facts.append(teller.say("standing.personas", n=breadth.personas_active, m=breadth.personas_counted))
    if depth.measurable:
        facts.append(teller.say("standing.workflows", n=depth.met, m=depth.measurable))
    return facts or [teller.say("standing.nothing")]


def _but(teller: Teller) -> list[str]:
    """What presence hides without deciding the standing."""
    masked = [gap for gap in shown_gaps(teller) if gap.kind is GapKind.MASKED]
    if teller.picture.feed_silent or any(gap.hides_most for gap in masked):
        return []
    said = []
    if any(gap.hides_inactive for gap in masked):
        said.append(teller.say("standing.masked-some"))
    if any(not gap.hides_inactive for gap in masked):
        said.append(teller.say("standing.masked-falling"))
    return said


def _reason(teller: Teller) -> str:
    """What decides an account's standing where no gap of its own tells it; "" where one does, and of real adoption."""
    picture, breadth, depth = teller.picture, teller.picture.breadth, teller.picture.depth
    if picture.standing is Standing.AT_RISK and not picture.feed_silent:
        if picture.direction.trend is Trend.SHRINKING:
            return teller.say("standing.shrinking")
        if breadth.personas_counted and not breadth.personas_active:
            return teller.say("standing.personas", n=0, m=breadth.personas_counted)
    if picture.standing is Standing.PARTIAL and breadth.personas_counted and depth.measurable:
        if breadth.personas_active < breadth.personas_counted:
            return teller.say("standing.personas", n=breadth.personas_active, m=breadth.personas_counted)
        return teller.say("standing.workflows", n=depth.met, m=depth.measurable)
    return ""


def _risk(teller: Teller) -> list[str]:
    """The renewal, what is in play, and what in the figures speaks against it."""
    picture = teller.picture
    parts = []
    if picture.renewal:
        days = (picture.renewal - picture.as_of).days
        arr = teller.wording.money(picture.arr) if picture.arr else ""
        key = "risk.renewal" if days >= 0 else "risk.renewal-past"
        parts.append(teller.say(key, arr=arr, day=teller.wording.date(picture.renewal), days=abs(days)))
    if picture.feed_silent:
        return [*parts, teller.say("risk.not-started" if began_later(teller) else "risk.silent")]
    against = against_renewal(teller)
    nothing = "risk.nothing" if picture.renewal else "risk.nothing-no-date"
    parts.append(teller.say("risk.against", parts=against) if against else teller.say(nothing))
    masked = [gap for gap in shown_gaps(teller) if gap.kind is GapKind.MASKED]
    parts += [teller.statements[f"gap:{gap.key}"].text for gap in masked]
    return parts


def against_renewal(teller: Teller) -> list[str]:
    """What speaks against a renewal, as noun phrases: only what was computed."""
    picture = teller.picture
    facts = []
    if picture.direction.trend is Trend.SHRINKING:
        facts.append(teller.say("risk.shrinking"))
    behind = picture.breadth.personas_counted - picture.breadth.personas_active
    if behind:
        facts.append(teller.say("risk.personas", n=behind, m=picture.breadth.personas_counted))
    below = len(below_target(teller))
    if below:
        facts.append(teller.say("risk.workflows", n=below, m=picture.depth.measurable))
    if not any(impact.tellable for impact in picture.impacts):
        facts.append(missing_impact(teller, "nothing"))
    return facts
