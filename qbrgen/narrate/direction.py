"""Which way it goes: the fact of change is always said, the call only as it was computed."""

from __future__ import annotations

from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.people import before
from qbrgen.narrate.teller import Teller
from qbrgen.score.picture import Direction
from qbrgen.score.states import Trend

CALLS = {
    Trend.SPREADING: "spreading",
    Trend.SHRINKING: "shrinking",
    Trend.UNCLEAR: "unclear",
    Trend.TOO_EARLY: "too-early",
    Trend.NO_DATA: "no-data",
}


def _case(found: Direction) -> str:
    if not found.more + found.less:
        return "same"
    if found.more and found.less:
        return "both-less" if found.less > found.more else "both"
    return "more" if found.more else "less"


def _compared(teller: Teller) -> dict[str, object]:
    """Who did more and who less, of how many; part: not everyone who counts could be compared."""
    found = teller.picture.direction
    compared = found.more + found.less + found.same
    part = compared != teller.picture.breadth.counted
    return {"more": found.more, "less": found.less, "compared": compared, "part": part}


def more_and_less(teller: Teller) -> str:
    """ "5 of 8 people did more, 1 less"; "" when nothing was compared."""
    found = teller.picture.direction
    if not found.more + found.less + found.same:
        return ""
    return teller.say(f"direction.fact-{_case(found)}", **_compared(teller))


def reason(teller: Teller) -> str:
    """What the call rests on, as a clause: over how many weeks, who does more and who less."""
    found = teller.picture.direction
    if found.trend is Trend.TOO_EARLY:
        people = found.more + found.less + found.same
        if not found.weeks:
            return teller.say("direction.too-early-nothing")
        units = teller.say(f"units.{RHYTHM_KEYS[found.rhythm]}", n=found.weeks)
        return teller.say("direction.too-early-because", weeks=found.weeks, units=units, people=people)
    if not found.more + found.less + found.same:
        return ""
    units = teller.say(f"units.{RHYTHM_KEYS[found.rhythm]}", n=found.weeks)
    return teller.say(f"direction.halves-{_case(found)}", **_compared(teller), weeks=found.weeks, units=units)


def tell_direction(teller: Teller) -> None:
    """direction, direction-word, direction-fact (who does more and less; while it is too early for a call, why);
    direction-units, what it was compared over ("weeks").
    """
    found, breadth = teller.picture.direction, teller.picture.breadth
    receipts = [found.receipt, breadth.receipt]
    call = CALLS[found.trend]
    teller.tell("direction-word", teller.say(f"direction.word-{call}"), [found.receipt])
    if found.trend is Trend.NO_DATA or teller.picture.feed_silent:
        teller.leave_out("direction", "silent")
        teller.leave_out("direction-fact", "silent")
        return
    fact = reason(teller) if found.trend is Trend.TOO_EARLY else more_and_less(teller)
    units = teller.say(f"units.{RHYTHM_KEYS[found.rhythm]}", n=found.weeks)
    teller.tell("direction-units", units, [found.receipt])
    if fact:
        teller.tell("direction-fact", fact, [found.receipt])
    else:
        teller.leave_out("direction-fact", "nothing-compared")
    said = teller.say(f"direction.call-{call}", reason=reason(teller))
    teller.tell("direction", teller.sentences([said, fact_of_change(teller)]), receipts)


def fact_of_change(teller: Teller) -> str:
    """ "6 of 8 people are active, 4 of 8 the quarter before", which is said whatever the call."""
    breadth = teller.picture.breadth
    if not breadth.counted:
        return ""
    now = teller.say("direction.now", n=breadth.active, m=breadth.counted, new=breadth.new)
    was = before(teller, breadth.previous, breadth.counted, "direction.before")
    if not was or breadth.previous is None:
        return now
    case = "" if breadth.previous.both == breadth.counted else "-both"
    return teller.say(f"direction.change{case}", now=now, was=was, both=breadth.previous.both)
