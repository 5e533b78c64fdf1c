"""Groups of people in words: "5 of 7 quota-carrying reps", "the sales manager", "both analysts", "all 12 leads".

Which case it is, is decided here; how it is worded stands in the wording files, under group, often and who.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qbrgen.narrate.teller import Teller
from qbrgen.period import Rhythm
from qbrgen.score.picture import PersonaPicture
from qbrgen.score.states import GapKind, PersonState

MOST_NAMED = 3
NOT_ACTIVE = (PersonState.NOT_YET, PersonState.LAPSED, PersonState.OCCASIONAL)
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
RHYTHM_KEYS = {Rhythm.WEEK: "week", Rhythm.TWO_WEEKS: "two-weeks", Rhythm.MONTH: "month"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A group in words, and how many people it is (for the verb)."""

    text: str
    people: int


def counted(personas: Sequence[PersonaPicture]) -> list[PersonaPicture]:
    """Those with someone to count."""
    return [persona for persona in personas if persona.counted > 0]


def short_name(persona: PersonaPicture, others: Sequence[PersonaPicture]) -> tuple[str, str]:
    """(plural, singular) as one says them once the group has been named in full: "reps" for "quota-carrying reps".

    The last word stands for the whole only where the playbook lists it as another word for these people ("account
    executives" are not "executives" unless it says so), where it is what changes from singular to plural ("heads of
    sales" does not shorten), and where no other group of the account might be meant.
    """
    head, one = _head(persona), _head(persona, singular=True)
    clash = any(head in (other.name, _last_word(other), *other.synonyms) for other in others if other is not persona)
    if not head or not one or clash or head not in persona.synonyms:
        return persona.name, persona.one
    return head, one


def _last_word(persona: PersonaPicture) -> str:
    return persona.name.split(" ")[-1]


def _head(persona: PersonaPicture, singular: bool = False) -> str:
    many, single = persona.name.split(), persona.one.split()
    if len(many) < 2 or many[:-1] != single[:-1] or many[-1] == single[-1]:
        return ""
    last = single[-1] if singular else many[-1]
    return last if _PLAIN_WORD.fullmatch(last) and last == last.lower() else ""


def whole(teller: Teller, persona: PersonaPicture) -> str:
    """Everyone who counts, as a group: "the 7 quota-carrying reps", "the sales manager"."""
    if persona.counted == 1:
        return single(teller, persona)
    return teller.say("group.whole", m=persona.counted, name=persona.name)


def single(teller: Teller, persona: PersonaPicture) -> str:
    """The one person who counts; when others hold the seat uncounted, that is said."""
    alone = len(persona.people) <= 1
    return teller.say("group.the-one" if alone else "group.one-counted", one=persona.one)


def group(teller: Teller, persona: PersonaPicture, n: int | None = None, *, so_far: bool = False) -> str:
    """n (default: the active) of those who count: "5 of 7 …", "both …", "all 12 …", "none of the 4 …", "the …".

    so_far: say of a whole group that it is only of those who have been there long enough, when others are new.
    """
    n, m = persona.active if n is None else n, persona.counted
    if n == m == 1:
        return single(teller, persona)
    case = "some"
    if n == m:
        case = "both" if m == 2 else "all"
        case += "-so-far" if so_far and persona.new else ""
    elif n == 0:
        case = "neither" if m == 2 else "none"
    return teller.say(f"group.{case}", n=n, m=m, name=persona.name, one=persona.one)


def some_of(teller: Teller, persona: PersonaPicture, n: int, *, known: bool) -> str:
    """A number of people of one persona, standing alone: "two reps", "the sales manager", "the four leads".

    known: the group has been named in full before, so that its short name will do.
    """
    if persona.counted == 1 and n == 1:
        return single(teller, persona)
    if n == persona.counted:
        return whole(teller, persona)
    many, one = short_name(persona, teller.picture.personas) if known else (persona.name, persona.one)
    return teller.say("group.number", n=n, name=many, one=one)


def often(teller: Teller, personas: Sequence[PersonaPicture]) -> str:
    """How often the active people of these groups (one rhythm) are at it: "every week" only when true of every one.

    Else "in at least 10 of 13 weeks", or in all but so many where they did not hold their seats equally long.
    "" when there is no one active or nothing is known.
    """
    active = [persona for persona in personas if persona.active]
    if not active or len({persona.rhythm for persona in active}) != 1:
        return ""
    unit = RHYTHM_KEYS[active[0].rhythm]
    seats = {p.units_in_seat for persona in active for p in persona.with_state(PersonState.ACTIVE)}
    if all(persona.every_unit for persona in active):
        return teller.say(f"often.{'only' if seats == {1} else 'every'}-{unit}")
    least = [p.least_done for p in active if p.least_done and p.least_done[1] > 0]
    if len(least) != len(active):
        return ""
    done, total = min(least, key=lambda each: Fraction(*each))
    alone = sum(persona.active for persona in active) == 1
    if seats == {total}:
        return teller.say(f"often.{'in' if alone else 'at-least'}-{unit}", done=done, total=total)
    there = [p for persona in active for p in persona.with_state(PersonState.ACTIVE)]
    return teller.say(f"often.all-but-{unit}", missed=max(p.units_in_seat - p.units_done for p in there))


def active_groups(teller: Teller, personas: Sequence[PersonaPicture], *, so_far: bool = False) -> Phrase:
    """Who is active, named group by group; of more than three groups the first two, the rest added up.

    Groups of which no one is active are not in the list of up to three; what they are not is told elsewhere.
    """
    there = counted(personas)
    named = [p for p in there if p.active]
    if len(there) <= MOST_NAMED:
        groups = [group(teller, p, so_far=so_far) for p in named]
        return Phrase(teller.wording.listing(groups), sum(p.active for p in named))
    first, rest = there[: MOST_NAMED - 1], there[MOST_NAMED - 1 :]
    n, m = sum(p.active for p in rest), sum(p.counted for p in rest)
    texts = [group(teller, p) for p in first if p.active]
    if n:
        key = "group.rest" if texts else "group.several"
        texts.append(teller.say(key, n=n, m=m, groups=len(rest)))
    return Phrase(teller.wording.listing(texts), sum(p.active for p in first) + n)


def who_is_active(
    teller: Teller,
    personas: Sequence[PersonaPicture],
    *,
    with_often: bool = True,
    with_idle: bool = False,
    so_far: bool = False,
) -> str:
    """The clause of who is active: "5 of 7 … and the sales manager are active every week". Somebody must be.

    with_idle: groups of which no one is active are named too, for where nothing else says it. so_far: as in `group`.
    """
    there = counted(personas)
    active = [persona for persona in there if persona.active]
    rhythms = list(dict.fromkeys(persona.rhythm for persona in active))
    if with_often and len(rhythms) > 1 and len(there) <= MOST_NAMED:
        clause = _by_rhythm(teller, active, rhythms, so_far)
    else:
        who = active_groups(teller, there, so_far=so_far)
        how = often(teller, active) if with_often else ""
        clause = teller.say("who.active", who=who.text, n=who.people, often=how)
    idle = [persona for persona in there if not persona.active]
    if len(there) > MOST_NAMED:  # an idle group beside an active one is among "people in two other groups"
        first, rest = there[: MOST_NAMED - 1], there[MOST_NAMED - 1 :]
        idle = [persona for persona in (*first, *([] if any(p.active for p in rest) else rest)) if not persona.active]
    if not idle or not with_idle:
        return clause
    return teller.say("who.but-not", clause=clause, idle=_idle(teller, idle))


def _idle(teller: Teller, idle: Sequence[PersonaPicture]) -> str:
    """Groups of which no one is active, after "but": "neither of the two sales managers is"."""
    if all(persona.counted == 1 for persona in idle):
        return teller.say("who.idle-ones", groups=[single(teller, persona) for persona in idle])
    if len(idle) == 1:
        return teller.say("who.idle-group", group=group(teller, idle[0], 0))
    people = sum(persona.counted for persona in idle)
    if len(idle) >= MOST_NAMED:
        return teller.say("who.idle-several", m=people, groups=len(idle))
    return teller.say("who.idle-groups", m=people, names=[persona.name for persona in idle])


def new_ones(teller: Teller, personas: Sequence[PersonaPicture]) -> str:
    """Those too new to count beside those who do: "two more quota-carrying reps are new". "" when there are none."""
    there = [persona for persona in personas if persona.new]
    if len(there) == 1:
        many, one = short_name(there[0], teller.picture.personas) if there[0].counted else (there[0].name, there[0].one)
        return teller.say("who.and-new-of", n=there[0].new, name=many, one=one)
    return teller.say("who.and-new", n=sum(persona.new for persona in there)) if there else ""


def _by_rhythm(teller: Teller, active: Sequence[PersonaPicture], rhythms: Sequence[Rhythm], so_far: bool) -> str:
    clauses: list[str] = []
    for rhythm in rhythms:
        same = [persona for persona in active if persona.rhythm is rhythm]
        who, how = active_groups(teller, same, so_far=so_far), often(teller, same)
        key = "who.also" if clauses and how else "who.active"
        clauses.append(teller.say(key, who=who.text, n=who.people, often=how))
    return teller.say("who.by-rhythm", clauses=clauses)


def nobody_is_active(teller: Teller, personas: Sequence[PersonaPicture]) -> str:
    """The clause of nobody active, though people count. "yet" only when no one of them ever was."""
    there = counted(personas)
    yet = all(len(p.with_state(PersonState.NOT_YET)) == p.counted for p in there)
    if len(there) == 1:
        if there[0].counted > 1:
            return teller.say("who.nobody-group", group=group(teller, there[0], 0), yet=yet)
        if len(there[0].people) > 1:
            return teller.say("who.nobody-one-counted", one=there[0].one, yet=yet)
        return teller.say("who.nobody-one", who=single(teller, there[0]), yet=yet)
    if len(there) <= MOST_NAMED:
        groups = [whole(teller, persona) for persona in there]
        return teller.say("who.nobody-among", groups=groups, last=there[-1].counted, yet=yet)
    return teller.say("who.nobody-many", m=sum(p.counted for p in there), groups=len(there), yet=yet)


def nobody_counts(teller: Teller, personas: Sequence[PersonaPicture]) -> str:
    """The clause of an account where no one can be counted: all new, all away, or no one named."""
    there = [persona for persona in personas if persona.people]
    if not there:
        vacant = {gap.persona: gap.fact("left") for gap in teller.picture.gaps if gap.kind is GapKind.NO_PEOPLE}
        begun = [persona for persona in personas if persona.id not in vacant]
        left = [persona for persona in personas if vacant.get(persona.id)]
        if not begun and left:
            several = len(left) > 1 or vacant[left[0].id] != 1
            names = [persona.one if vacant[persona.id] == 1 else persona.name for persona in left]
            return teller.say("who.all-left", groups=names, several=several)
        if not begun:
            return teller.say("who.no-one-named", groups=[persona.name for persona in personas], n=len(personas))
        unit = teller.say(f"units.{RHYTHM_KEYS[begun[0].rhythm]}", n=1)
        facts = {
            "groups": [persona.one for persona in begun],
            "unit": unit,
            "period": teller.period,
        }
        return teller.say("who.not-begun", **facts)
    new, away = sum(p.new for p in there), sum(p.away for p in there)
    if len(there) == 1 and not away:
        return teller.say("who.new-group", n=new, name=there[0].name, one=there[0].one)
    return teller.say("who.uncounted", new=new, away=away)
