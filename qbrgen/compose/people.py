"""People as marks, by persona; as bars where there are too many to count by eye."""

from __future__ import annotations

from collections.abc import Sequence

from qbrgen.compose.told import Told
from qbrgen.document import BarGroup, Mark, People, PeopleGroup, PersonMark, Status, TargetBar, TargetBars
from qbrgen.narrate.wording import capital
from qbrgen.score.picture import PersonaPicture, PersonPicture
from qbrgen.score.states import PersonState

# design/README.md: above 60 marks nobody counts any more; a bar says it better.
MOST_MARKS = 60

# Leadership's names: everyone's up to so many people, else so many a persona of those who are not active.
MOST_ALL_NAMED = 12
MOST_NAMES = 8
NOT_ACTIVE = (PersonState.OCCASIONAL, PersonState.LAPSED, PersonState.NOT_YET)

# A customer who did not agree to names reads no single person's weeks: in a smaller group they would name someone.
FEWEST_UNNAMED = 5

# Under more marks than these nobody reads the counts.
MOST_CAPTIONS = 10

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
    """Every persona that has people: marks, or bars above MOST_MARKS; None when no persona has any.

    Leadership reads everyone's name in a small account, and in a larger one the names of who is not active.
    """
    personas = [persona for persona in told.picture.personas if persona.people]
    if not personas:
        return None
    alt = told.say(
        "alt-people",
        groups=told.wording.listing([f"{persona_label(p)} {told.active_of(p.active, p.counted)}" for p in personas]),
    )
    total = sum(len(persona.people) for persona in personas)
    if total > MOST_MARKS:
        return _bars(told, personas, alt)
    largest = max(len(persona.people) for persona in personas)
    groups = tuple(
        _group(told, persona, everyone=total <= MOST_ALL_NAMED, counts=largest <= MOST_CAPTIONS) for persona in personas
    )
    figure = told.text("figure:people")
    in_all = told.say("people-in-all", figure=figure) if figure and len(groups) > 1 else ""
    return People(groups, _key(told, personas), alt, total=in_all)


def _group(told: Told, persona: PersonaPicture, *, everyone: bool, counts: bool) -> PeopleGroup:
    """everyone: all are named, where names may be said. counts: stand under marks, in no group or in each that may."""
    people = in_order(persona.people)
    named = [person for person in people if told.person_name(person) and (everyone or person.state in NOT_ACTIVE)]
    if not everyone and told.internal:
        named = named if len(named) <= MOST_NAMES + 1 else named[:MOST_NAMES]
    unnamed = sum(1 for person in people if person.state in NOT_ACTIVE) - len(named) if told.internal else 0
    more = told.say("and-more-not-active", count=unnamed) if unnamed > 0 else ""
    captioned = told.internal or told.picture.names_agreed or (counts and len(people) >= FEWEST_UNNAMED)
    return PeopleGroup(
        label=persona_label(persona),
        figure=told.active_of(persona.active, persona.counted) if persona.counted else told.say("nobody-to-count"),
        people=tuple(_person(told, person, named=person in named, captioned=captioned) for person in people),
        note=capital(told.text(f"target:{persona.id}")),
        remark=told.wording.clauses([uncounted(told, persona), more]),
        key=persona.id,
    )


def _person(told: Told, person: PersonPicture, *, named: bool, captioned: bool) -> PersonMark:
    counts = told.ratio(person.units_done, person.units_in_seat) if person.units_in_seat else ""
    name = told.person_name(person) if named else ""
    caption = counts if captioned else ""
    if told.internal and person.state is not PersonState.ACTIVE:
        caption = told.say(f"state-{state_key(person.state)}")
        if person.units_done:
            caption = told.say("state-and-counts", state=caption, counts=counts)
    return PersonMark(MARKS[person.state], caption, name)


def state_key(state: PersonState) -> str:
    """A state as part of a label's key."""
    return state.name.lower().replace("_", "-")


def uncounted(told: Told, persona: PersonaPicture) -> str:
    """ "and 2 new, 1 away": people beside N of M, or "" when there are none."""
    parts = [
        told.say(f"and-{kind}", count=count) for kind, count in (("new", persona.new), ("away", persona.away)) if count
    ]
    return told.say("and-uncounted", parts=told.wording.listing(parts)) if parts else ""


def _key(told: Told, personas: Sequence[PersonaPicture]) -> tuple[tuple[Mark, str], ...]:
    """What each kind of mark that occurs means."""
    states = {person.state for persona in personas for person in persona.people}
    rows: list[tuple[Mark, str]] = []
    for mark in Mark:
        of_mark = [state for state in _ORDER if MARKS[state] is mark and state in states]
        if of_mark:
            words = [told.say(f"state-{state_key(state)}") for state in of_mark]
            rows.append((mark, capital(told.wording.commas(words))))
    return tuple(rows)


def _bars(told: Told, personas: Sequence[PersonaPicture], alt: str) -> TargetBars:
    """One bar a persona: active people of those counted, against the share that is to be active."""
    bars = tuple(_bar(told, persona) for persona in personas)
    headings = (told.say("column-persona"), told.say("column-active"), told.say("column-target"), "")
    return TargetBars((BarGroup("", bars),), alt, headings)


def _bar(told: Told, persona: PersonaPicture) -> TargetBar:
    label = persona_label(persona)
    target = told.wording.target(persona.target)
    if persona.is_active is None:
        nobody = told.say("nobody-to-count")
        return TargetBar(label, None, float(persona.target), "", target, nobody, Status.NOT_APPLICABLE, alt=nobody)
    figure = told.ratio(persona.active, persona.counted)
    state = told.say("persona-active" if persona.is_active else "persona-below")
    return TargetBar(
        label=label,
        value=persona.active / persona.counted,
        target=float(persona.target),
        value_text=figure,
        target_text=target,
        state_text=state,
        status=Status.MET if persona.is_active else Status.NOT_MET,
        count_text=uncounted(told, persona),
        alt=told.say("alt-bar", value=figure, target=target, state=state),
    )
