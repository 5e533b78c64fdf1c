"""People as marks, by persona; as bars where there are too many to count by eye."""

from __future__ import annotations

from collections.abc import Sequence

from qbrgen.compose.told import Told, capital
from qbrgen.document import BarGroup, Mark, People, PeopleGroup, PersonMark, Status, TargetBar, TargetBars
from qbrgen.score.picture import PersonaPicture, PersonPicture, PersonState

# design/README.md: above 60 marks nobody counts any more; a bar says it better.
MOST_MARKS = 60

MARKS = {
    PersonState.ACTIVE: Mark.FILLED,
    PersonState.OCCASIONAL: Mark.HALF,
    PersonState.LAPSED: Mark.OUTLINED,
    PersonState.NOT_YET: Mark.OUTLINED,
    PersonState.NEW: Mark.DOTTED,
    PersonState.AWAY: Mark.DOTTED,
    PersonState.NO_DATA: Mark.DOTTED,
}
_ORDER = list(MARKS)


def in_order(people: Sequence[PersonPicture]) -> list[PersonPicture]:
    """Active people first, those not counted last; within a state who does most comes first."""

    def rank(person: PersonPicture) -> tuple[int, float, str]:
        done = person.units_done / person.units_in_seat if person.units_in_seat else 0.0
        return _ORDER.index(person.state), -done, person.shown_name or person.name

    return sorted(people, key=rank)


def persona_label(persona: PersonaPicture) -> str:
    """A persona at the head of a row: in the singular where it is one person."""
    return capital(persona.one if len(persona.people) == 1 else persona.name)


def marks_of(persona: PersonaPicture) -> tuple[Mark, ...]:
    """One mark a person, for the small row under a key figure."""
    return tuple(MARKS[person.state] for person in in_order(persona.people))


def people_block(told: Told) -> People | TargetBars | None:
    """Every persona that has people: marks, or bars above MOST_MARKS; None when no persona has any."""
    personas = [persona for persona in told.picture.personas if persona.people]
    if not personas:
        return None
    alt = told.say(
        "alt-people",
        groups=told.wording.listing([f"{persona_label(p)} {told.ratio(p.active, p.counted)}" for p in personas]),
    )
    if sum(len(persona.people) for persona in personas) > MOST_MARKS:
        return _bars(told, personas, alt)
    return People(tuple(_group(told, persona) for persona in personas), _key(told, personas), alt)


def _group(told: Told, persona: PersonaPicture) -> PeopleGroup:
    return PeopleGroup(
        label=persona_label(persona),
        figure=told.ratio(persona.active, persona.counted) if persona.counted else told.say("nobody-to-count"),
        people=tuple(_person(told, person) for person in in_order(persona.people)),
        note=capital(told.text(f"target:{persona.id}")),
        remark=uncounted(told, persona),
    )


def _person(told: Told, person: PersonPicture) -> PersonMark:
    caption = told.ratio(person.units_done, person.units_in_seat) if person.units_in_seat else ""
    return PersonMark(MARKS[person.state], caption, told.person_name(person))


def uncounted(told: Told, persona: PersonaPicture) -> str:
    """ "and 2 new, 1 away": people beside N of M, or "" when there are none."""
    parts = [told.say(f"and-{kind}", count=count) for kind, count in (("new", persona.new), ("away", persona.away)) if count]
    return told.say("and-uncounted", parts=told.wording.listing(parts)) if parts else ""


def _key(told: Told, personas: Sequence[PersonaPicture]) -> tuple[tuple[Mark, str], ...]:
    """What each kind of mark that occurs means."""
    states = {person.state for persona in personas for person in persona.people}
    rows: list[tuple[Mark, str]] = []
    for mark in Mark:
        of_mark = [state for state in _ORDER if MARKS[state] is mark and state in states]
        if of_mark:
            words = [told.say(f"state-{state.name.lower().replace('_', '-')}") for state in of_mark]
            rows.append((mark, capital(", ".join(words))))
    return tuple(rows)


def _bars(told: Told, personas: Sequence[PersonaPicture], alt: str) -> TargetBars:
    """One bar a persona: active people of those counted, against the share that is to be active."""
    bars = tuple(_bar(told, persona) for persona in personas)
    headings = (told.say("column-persona"), told.say("column-active"), told.say("column-target"), "")
    return TargetBars((BarGroup("", bars),), alt, headings)


def _bar(told: Told, persona: PersonaPicture) -> TargetBar:
    label = persona_label(persona)
    target = told.wording.percent(persona.target)
    if persona.is_active is None:
        nobody = told.say("nobody-to-count")
        return TargetBar(label, None, float(persona.target), "", target, nobody, Status.NOT_APPLICABLE)
    return TargetBar(
        label=label,
        value=persona.active / persona.counted,
        target=float(persona.target),
        value_text=told.ratio(persona.active, persona.counted),
        target_text=target,
        state_text=told.say("persona-active" if persona.is_active else "persona-below"),
        status=Status.MET if persona.is_active else Status.NOT_MET,
        count_text=uncounted(told, persona),
    )
