"""Who is active: facts of one persona, and of the breadth over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from qbrgen.figures import Fact, Form
from qbrgen.score.facts.before import before_facts, delivered_facts
from qbrgen.score.facts.making import MOST_TARGETS, count, day_if_known, ratio_if_known
from qbrgen.score.picture import AccountPicture, Breadth, PersonaPicture
from qbrgen.score.states import PersonState

_STATES = ((PersonState.NOT_YET, "not-yet"), (PersonState.LAPSED, "lapsed"), (PersonState.OCCASIONAL, "occasional"))
MOST_NAMED = 3  # groups of people that a sentence names (narrate/grammar.py); of more, the rest is added up


def _states(personas: Sequence[PersonaPicture]) -> Iterator[Fact]:
    """People by state over these personas, and who is not counted."""
    for state, name in _STATES:
        yield count(name, sum(len(persona.with_state(state)) for persona in personas), "counted-of")
    yield count("new", sum(p.new for p in personas))
    yield count("away", sum(p.away for p in personas))


def _not_active(personas: Sequence[PersonaPicture]) -> Fact:
    return count("not-active", sum(p.counted - p.active for p in personas), "counted-of")


def persona_facts(persona: PersonaPicture) -> Iterator[Fact]:
    """How many of a persona are active, how many it takes, who is not; and each person, where they are named."""
    yield count("needed", ceil(persona.target * persona.counted), "counted-of")
    yield Fact("target", persona.target, Form.TARGET, aside=True)
    yield from _often(persona)
    yield from _states([persona])
    yield from before_facts(persona.previous)
    yield from delivered_facts(persona.delivered)
    yield count("left", persona.leavers)
    yield count("start-assumed", sum(person.start_assumed for person in persona.people))
    yield count("named", len(persona.people))
    yield _not_active([persona])
    for person in persona.people:
        if person.id:  # who did how much, and since when, is for the vendor's own people
            done = ratio_if_known("units-done", person.units_done, person.units_in_seat)
            told = (*done, *day_if_known("person-since", person.since))
            yield from (replace(fact, only="talk:") for fact in told)


def _often(persona: PersonaPicture) -> Iterator[Fact]:
    """How often the active are at it: the least of any of them; where seats differ, the most that any missed."""
    active = persona.with_state(PersonState.ACTIVE)
    missed = count("missed-at-most", max((p.units_in_seat - p.units_done for p in active), default=0))
    alike = len({p.units_in_seat for p in active}) == 1
    if persona.least_done and not persona.every_unit:
        yield from ratio_if_known("least", *persona.least_done)
    yield replace(missed, aside=persona.every_unit or alike)


def breadth_facts(picture: AccountPicture, breadth: Breadth) -> Iterator[Fact]:
    """The same over all personas, with the sums that a sentence needs where it cannot name each."""
    there = [persona for persona in picture.personas if persona.counted]
    rest, idle = there[MOST_NAMED - 1 :], [persona for persona in there if not persona.active]
    yield from _states(there)
    yield from ratio_if_known("groups", breadth.personas_active, breadth.personas_counted)
    yield count("new", breadth.new)
    yield count("away", breadth.away)
    yield from before_facts(breadth.previous)
    yield from delivered_facts(breadth.delivered)
    yield _not_active(there)
    yield from ratio_if_known("other-groups-people", sum(p.active for p in rest), sum(p.counted for p in rest))
    yield count("other-groups", len(rest))
    behind = breadth.personas_counted - breadth.personas_active
    yield count("groups-behind", behind, "groups-of")
    yield count("groups-behind-unnamed", behind - MOST_TARGETS)
    yield count("idle-groups-people", sum(p.counted for p in idle))
    yield count("idle-groups", len(idle))
    yield count("idle-first-people", sum(p.counted for p in there[: MOST_NAMED - 1] if not p.active))
    yield count("groups-to-count", len(there))
    yield from day_if_known("last-data", picture.feed_last)
    yield from day_if_known("next-data", picture.feed_next)
