"""Who is active: by persona and in all, who is not, and who is not counted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from qbrgen.narrate.delivered import people_before, people_then
from qbrgen.narrate.grammar import (
    NOT_ACTIVE,
    RHYTHM_KEYS,
    counted,
    nobody_counts,
    nobody_is_active,
    some_of,
    who_is_active,
)
from qbrgen.narrate.teller import Teller
from qbrgen.score.other_times import Delivered
from qbrgen.score.picture import Comparison, PersonaPicture
from qbrgen.score.states import GapKind, PersonState

MOST_KINDS = 2
MOST_NAMES = 4
STATE_KEYS = {PersonState.NOT_YET: "not-yet", PersonState.LAPSED: "lapsed", PersonState.OCCASIONAL: "occasional"}


def who(
    teller: Teller,
    personas: Sequence[PersonaPicture],
    *,
    with_often: bool = True,
    with_idle: bool = False,
    so_far: bool = False,
) -> str:
    """The clause of who is active, whatever the case: some, nobody, nobody to count. Options as in `who_is_active`."""
    if not counted(personas):
        return nobody_counts(teller, personas)
    if not any(persona.active for persona in personas):
        return nobody_is_active(teller, personas)
    return who_is_active(teller, personas, with_often=with_often, with_idle=with_idle, so_far=so_far)


def who_is_not(teller: Teller, personas: Sequence[PersonaPicture], *, known: bool = True) -> str:
    """Who counts and is not active, by state: "two reps are not yet active and one rep is no longer active".

    More than two such groups are added up: "of the other 19, 8 are not yet active, …". "" when everyone is active.
    """
    kinds = _kinds(personas)
    if not kinds:
        return ""
    if added_up(personas):
        return _added_up(teller, personas)
    clauses: list[str] = []
    for state in NOT_ACTIVE:
        same = [(p, n) for p, s, n in kinds if s is state]
        if same:
            again = bool(clauses) and len({p.id for p, _, _ in kinds}) == 1
            groups = [_named(teller, p, state, _group(teller, p, n, known, again)) for p, n in same]
            facts = {"who": teller.wording.listing(groups), "n": sum(n for _, n in same)}
            clauses.append(teller.say(f"not-active.{STATE_KEYS[state]}", **facts))
    return teller.wording.listing(clauses)


def _group(teller: Teller, persona: PersonaPicture, n: int, known: bool, again: bool) -> str:
    """ "two reps"; again: the clause before is about these people too, so that the number alone will do."""
    return teller.say("group.again", n=n) if again else some_of(teller, persona, n, known=known and persona.active > 0)


def _kinds(personas: Sequence[PersonaPicture]) -> list[tuple[PersonaPicture, PersonState, int]]:
    return [(p, s, len(p.with_state(s))) for s in NOT_ACTIVE for p in counted(personas) if p.with_state(s)]


def added_up(personas: Sequence[PersonaPicture]) -> bool:
    """Whether those not active are more kinds than a sentence holds, so that their groups are not named."""
    return len(_kinds(personas)) > MOST_KINDS


def _named(teller: Teller, persona: PersonaPicture, state: PersonState, group: str) -> str:
    """The group, for leadership with names: "two reps (Jon Bell and Mia Tran)"."""
    names = teller.shown_names(persona.with_state(state)) if teller.with_names else []
    return teller.say("group.named", group=group, names=names) if 0 < len(names) <= MOST_NAMES else group


def _added_up(teller: Teller, personas: Sequence[PersonaPicture]) -> str:
    there = counted(personas)
    sums = [(s, n) for s in NOT_ACTIVE if (n := sum(len(p.with_state(s)) for p in there))]
    others = any(p.active for p in there)
    if len(sums) == 1:  # "of the other 6 people, 6 are …" is how no one speaks
        ((state, n),) = sums
        who = teller.say(f"not-active.{'the-others' if others else 'everyone'}", n=n)
        return teller.say(f"not-active.{STATE_KEYS[state]}", who=who, n=n)
    parts = [teller.say(f"not-active.{STATE_KEYS[s]}-count", n=n, figures=True) for s, n in sums]
    key = "of-the-others" if others else "of-all"
    return teller.say(f"not-active.{key}", n=sum(n for _, n in sums), parts=parts)


def aside(teller: Teller, new: int, away: int, leavers: int = 0) -> str:
    """Those who are not counted: "one more is new and not counted yet; one was away all quarter"."""
    parts = []
    if new:
        parts.append(teller.say("aside.new", n=new))
    if away:
        parts.append(teller.say("aside.away", n=away))
    if leavers:
        parts.append(teller.say("aside.left", n=leavers))
    return teller.wording.clauses(parts)


def needed(target: Fraction, people: int) -> int:
    """How many of `people` must be active to reach a target share."""
    return ceil(target * people)


def target_text(teller: Teller, persona: PersonaPicture) -> str:
    """ "target: 5 of 7 active"."""
    if not persona.counted:
        return teller.say("people.target-share", target=persona.target)
    return teller.say("people.target", need=needed(persona.target, persona.counted), m=persona.counted)


def before(teller: Teller, then: Comparison | None, m: int, key: str) -> str:
    """The fact of change, like for like: "4 of 8 the quarter before". "" when there is nothing to compare with.

    Where not everybody held their seat in both quarters, both figures are of those who did.
    """
    if then is None or not then.both:
        return ""
    case = "" if then.both == m else "-both"
    return teller.say(f"{key}{case}", then=then.active_then, now=then.active_now, both=then.both)


def as_reported(teller: Teller, then: Comparison | None, delivered: Delivered | None) -> str:
    """The quarter before as the review of that time told it, else with the people of then: where it is another figure.

    Both figures are told (method.md: "Like for like").
    """
    if delivered is not None:
        return people_before(teller, then, delivered)
    if then is None or then.as_reported is None or not then.as_reported[1]:
        return ""
    return teller.say("people.as-reported", n=then.as_reported[0], m=then.as_reported[1])


def tell_people(teller: Teller) -> None:
    """persona:<id>, target:<id>, people, figure:people, change:people, definition:active."""
    for persona in teller.picture.personas:
        tell_persona(teller, persona)
    breadth = teller.picture.breadth
    _tell_definition(teller)
    if teller.picture.feed_silent:
        for key in ("people", "figure:people", "change:people"):
            teller.leave_out(key, "silent")
        return
    if not breadth.counted:
        teller.tell_sentence("people", who(teller, teller.picture.personas), [breadth.receipt])
        teller.leave_out("figure:people", "nobody-counted")
        return
    teller.tell("figure:people", teller.say("people.figure", n=breadth.active, m=breadth.counted), [breadth.receipt])
    reach = teller.say("people.reach", n=breadth.personas_active, m=breadth.personas_counted)
    change = before(teller, breadth.previous, breadth.counted, "people.before")
    extra = aside(teller, breadth.new, breadth.away)
    total = teller.say("people.total", n=breadth.active, m=breadth.counted, new=breadth.new, reach=reach)
    then = as_reported(teller, breadth.previous, breadth.delivered)
    teller.tell("people", teller.sentences([total, change, then, extra]), [breadth.receipt])
    short = before(teller, breadth.previous, breadth.counted, "change.people")
    new = teller.say("change.new", n=breadth.new) if breadth.new else ""
    parts = [part for part in (short, people_then(teller), new) if part]
    if parts:
        teller.tell("change:people", teller.wording.clauses(parts), [breadth.receipt])
    else:
        teller.leave_out("change:people", "no-previous")


def tell_persona(teller: Teller, persona: PersonaPicture) -> None:
    """One persona in full: who, the target, who is not, the quarter before, who is not counted."""
    key = f"persona:{persona.id}"
    teller.tell(f"target:{persona.id}", target_text(teller, persona), [persona.receipt])
    if not persona.people:
        gap = next((g for g in teller.picture.gaps if g.kind is GapKind.NO_PEOPLE and g.persona == persona.id), None)
        teller.leave_out(key, "all-left" if gap and gap.fact("left") else "no-one-named")
        return
    if teller.picture.feed_silent:
        teller.leave_out(key, "silent")
        return
    parts = [who(teller, [persona])]
    alone = _alone_then(persona)
    if persona.counted > 1:
        need = needed(persona.target, persona.counted)
        parts[0] = teller.say("people.and-target", clause=parts[0], need=need, n=persona.active, m=persona.counted)
    elif alone:
        parts[0] = teller.say("people.and-before", clause=parts[0], then=alone.active_then, now=alone.active_now)
    if persona.counted:
        parts.append(who_is_not(teller, [persona]) if persona.active else states_of_all(teller, persona))
    if not alone:
        parts.append(before(teller, persona.previous, persona.counted, "people.before"))
    parts.append(as_reported(teller, persona.previous, persona.delivered))
    if persona.counted:
        parts.append(aside(teller, persona.new, persona.away, persona.leavers))
    teller.tell(key, teller.sentences(parts), [persona.receipt])


def _alone_then(persona: PersonaPicture) -> Comparison | None:
    """The quarter before of a group with one person to count, where it is the same one."""
    return persona.previous if persona.counted == 1 and persona.previous and persona.previous.both == 1 else None


def states_of_all(teller: Teller, persona: PersonaPicture) -> str:
    """How the people of a persona with nobody active divide; nothing more to say when all are not yet active."""
    sums = [(s, len(persona.with_state(s))) for s in NOT_ACTIVE]
    for state, number in sums:
        if number == persona.counted:
            same = state is PersonState.NOT_YET
            return "" if same else teller.say(f"people.all-{STATE_KEYS[state]}", m=persona.counted)
    parts = [teller.say(f"not-active.{STATE_KEYS[s]}-count", n=n, figures=False) for s, n in sums if n]
    return teller.wording.listing(parts)


def _tell_definition(teller: Teller) -> None:
    rhythms = list(dict.fromkeys(p.rhythm for p in teller.picture.personas))
    facts = active_facts(teller)
    if facts is None:
        teller.leave_out("definition:active", "no-rule")
        return
    unit = RHYTHM_KEYS[rhythms[0]] if len(rhythms) == 1 else "rhythm"
    text = teller.say(f"definition.active-{unit}", share=facts[0], recent=facts[1])
    teller.tell_sentence("definition:active", text, [teller.picture.breadth.receipt])


def active_facts(teller: Teller) -> tuple[Fraction, int] | None:
    """(share of the units, how many of the last units) of the rule of "active", from the receipts that carry it."""
    for receipt in teller.picture.receipts:
        facts = dict(receipt.rule_facts)
        share, recent = facts.get("active_share"), facts.get("recent_units")
        if isinstance(share, Fraction | int) and isinstance(recent, int | Fraction):
            return Fraction(share), int(recent)
    return None
