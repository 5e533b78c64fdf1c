"""What moved in all that is said of a persona's people, though no figure of how many are active may have moved.

A sentence also tells who is not yet active, who has stopped and who does it now and then, and in how many weeks the
active ones do it at least. In: what a record is compared with. Out: `PeopleMove`s, each with its causes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from qbrgen.define.model.review import LEFT, PersonaDelivered
from qbrgen.score.change import PeopleMove, Why
from qbrgen.score.people import PersonaWork, active, counted, states
from qbrgen.score.recorded import completing_names, recorded_rules
from qbrgen.score.states import PersonState
from qbrgen.score.stretches import silent_in
from qbrgen.score.ways import Reviewed

States = Mapping[str, PersonState]
Often = tuple[Fraction, frozenset[int]] | None
"""The least share of weeks of anyone active, and the numbers of weeks that they held their seats."""
_EVERY_WEEK: Often = (Fraction(1), frozenset())
"""Of however many weeks: that is not said."""


def people_moves(what: Reviewed, persona: str) -> Iterator[PeopleMove]:
    """From the record to today, by the causes of each part of the way; nothing for what is not there on a side."""
    then, today, before = what.record.persona(persona), what.group(persona), what.group_then(persona)
    if then is None or today is None:
        return
    silent_now = silent_in(what.evidence, what.calendar.first_week, what.calendar.last_week)
    now = states(today, today.timeline.this, what.rules, silent_now)
    if what.beyond or before is None:
        yield from _moved(persona, {Why.BEYOND: (_recorded(then), now)})
        return
    by_today = states(before, before.timeline.this, what.rules, what.silent_then)
    yield from _within_the_quarter(what, then, before, by_today)
    if not what.same_period:
        yield from _since(what, persona, (before, by_today), (today, now))


def _recorded(then: PersonaDelivered) -> States:
    return {who: PersonState(person.state) for who, person in then.people.items() if person.state != LEFT}


def _within_the_quarter(
    what: Reviewed, then: PersonaDelivered, before: PersonaWork, by_today: States
) -> Iterator[PeopleMove]:
    """The reviewed quarter as recorded, by the recorded definition over today's data, and by today's definition."""
    old, rules = what.recorded(then), recorded_rules(what.record, what.rules)
    counted_so = states(old, old.timeline.this, rules, what.silent_then)
    names = [name for flow in then.workflows for name in completing_names(flow.measure)]
    touched = _touched(_recorded(then), counted_so)
    if touched:
        why = what.late_or_roster(names, old, what.other_seats(then, old))
        yield PeopleMove(then.id, why, touched)
    often = _often(old, active(counted_so)) != _often(before, active(by_today))
    touched = _touched(counted_so, by_today)
    if touched or often:
        yield PeopleMove(then.id, (Why.DEFINITION,), touched, often)


def _since(
    what: Reviewed, persona: str, before: tuple[PersonaWork, States], today: tuple[PersonaWork, States]
) -> Iterator[PeopleMove]:
    """The reviewed quarter and the later one, both by today's definition: who left, new events, who joined."""
    (group_then, then), (group_now, now) = before, today
    if what.silent:
        yield from _moved(persona, {Why.SILENT: (then, now)})
        return
    both = counted(then) & counted(now)
    gone = counted(then) - counted(now)
    parts: tuple[tuple[Why, States, States], ...] = (
        (Why.LEFT, {who: then[who] for who in counted(then) - both}, {who: now[who] for who in gone & now.keys()}),
        (Why.EVENTS, {who: then[who] for who in both}, {who: now[who] for who in both}),
        (Why.JOINED, {}, {who: now[who] for who in now.keys() - both - gone if then.get(who) is not now[who]}),
    )
    doing, done = active(then), active(now)
    often = [
        _often(group_then, doing),
        _often(group_then, doing & both),
        _often(group_now, done & both),
        _often(group_now, done),
    ]
    moved = often[0] != often[3]
    for (cause, was, became), earlier, later in zip(parts, often, often[1:], strict=False):
        touched = _touched(was, became)
        if touched or (moved and earlier != later):
            yield PeopleMove(persona, (cause,), touched, moved and earlier != later)


def _moved(persona: str, parts: Mapping[Why, tuple[States, States]]) -> Iterator[PeopleMove]:
    for cause, (was, became) in parts.items():
        touched = _touched(was, became)
        if touched:
            yield PeopleMove(persona, (cause,), touched)


def _touched(then: States, now: States) -> tuple[PersonState, ...]:
    """States that someone left or came to, in their order."""
    moved = [(then.get(who), now.get(who)) for who in then.keys() | now.keys() if then.get(who) is not now.get(who)]
    found = {state for pair in moved for state in pair}
    return tuple(state for state in PersonState if state in found)


def _often(group: PersonaWork, doing: Collection[str]) -> Often:
    """In how many weeks the active people did it; None where nobody is active."""
    positions = group.timeline.this
    shares, seats = [], set()
    for work in group.roster(positions):
        if work.id in doing:
            here = work.member.in_seat_within(positions)
            shares.append(Fraction(sum(p in work.done for p in here), len(here)))
            seats.add(len(here))
    if not shares:
        return None
    return (min(shares), frozenset(seats)) if min(shares) < 1 else _EVERY_WEEK
