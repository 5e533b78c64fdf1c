"""What changes in one account, a line each: "old → new", with the figures. The words are those of what_if.yml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording, capital
from qbrgen.period import Rhythm
from qbrgen.score.difference import Aspect, Difference, GapChange, PersonaChange, PersonChange, WorkflowChange
from qbrgen.score.picture import AccountPicture, PersonaPicture, PersonPicture, Score, WorkflowPicture
from qbrgen.score.states import GapKind, Part, PersonState

if TYPE_CHECKING:
    from qbrgen.what_if import WhatIf

# Gaps that say again what the line of their workflow or of their people says.
_OF_WORKFLOW = frozenset({GapKind.OFF_TARGET, GapKind.NO_EVENTS})
_OF_PEOPLE = frozenset({GapKind.NOT_YET_ACTIVE, GapKind.LAPSED, GapKind.OCCASIONAL})
_MOST_NAMES = 12


def lines(found: Difference, result: WhatIf) -> Iterator[str]:
    """Every change in one account: workflows, personas, people, the whole, gaps."""
    words = result.now.wording
    names = {persona.id: persona.name for persona in (*found.then.personas, *found.now.personas)}
    for flow in found.workflows:
        yield _workflow(flow, names, words)
    for persona in found.personas:
        yield _persona(persona, words)
    yield from _people(found, names, words)
    for aspect in (aspect for aspect in found.aspects if aspect is not Aspect.SCORE):
        before, after = (_whole(aspect, picture, words) for picture in (found.then, found.now))
        for (what, old), (_, new) in zip(before, after, strict=True):
            if old != new:
                yield say(words, f"whole.{what}", said=_step(words, old, new))
    if Aspect.SCORE in found.aspects:
        yield _score(found, words)
    yield from _gaps(found, result)


def say(words: Wording, key: str, **facts: object) -> str:
    """An entry under what-if in the wording files."""
    return words.say(f"what-if.{key}", **facts)


def state_words(words: Wording, what: str, state: str) -> str:
    """A state as it is said. what: workflow, persona, person, account; or "" for a direction."""
    return say(words, f"{what}-state.{_slug(state)}" if what else f"trend.{_slug(state)}")


def names_in_row(words: Wording, names: Iterable[str]) -> str:
    """Names one after another, at most twelve of them: "a, b, c, and 4 more"."""
    every = list(names)
    return say(words, "names", names=every[:_MOST_NAMES], more=max(0, len(every) - _MOST_NAMES))


def _slug(text: str) -> str:
    return text.replace(" ", "-")


def _step(words: Wording, old: str, new: str) -> str:
    """ "old → new", or the one where both are the same."""
    return new if old == new else say(words, "step", old=old, new=new)


# ---- workflows and personas -----------------------------------------------------------------------------------------


def _workflow(change: WorkflowChange, names: dict[str, str], words: Wording) -> str:
    then, now = change.then, change.now
    side = now or then
    assert side is not None
    facts = {"name": side.name, "persona": names[side.persona]}
    state = state_words(words, "workflow", side.state)
    if then is None or now is None:
        target = say(words, "target", said=words.target(side.target))
        said = [state if then is None else say(words, "today", state=state), _value(side, words), target]
        kind = "new" if then is None else "dropped"
        return say(words, f"workflow-{kind}", **facts, said=[part for part in said if part])
    renamed = say(words, "renamed", name=then.name)
    if then.target == now.target and change.agreed_only:
        return say(words, "workflow", **facts, said=[renamed])
    was = state_words(words, "workflow", then.state)
    old, new = (_value(flow, words) or say(words, "no-figure") for flow in (then, now))
    figure = (new if now.value is not None else "") if then.value == now.value else _step(words, old, new)
    targets = _step(words, words.target(then.target), words.target(now.target))
    said = [_state(words, was, state), figure, say(words, "target", said=targets), *_turned(then, now, words)]
    if then.name != now.name:
        said.append(renamed)
    return say(words, "workflow", **facts, said=[part for part in said if part])


def _state(words: Wording, was: str, state: str) -> str:
    return say(words, "still", state=state) if was == state else _step(words, was, state)


def _turned(
    then: WorkflowPicture | PersonaPicture, now: WorkflowPicture | PersonaPicture, words: Wording
) -> Iterator[str]:
    if then.direction.trend is not now.direction.trend:
        trends = (state_words(words, "", side.direction.trend) for side in (then, now))
        yield say(words, "direction", said=_step(words, *trends))


def _value(flow: WorkflowPicture, words: Wording) -> str:
    """ "80% (4,180 of 5,225)"; "" where there is none."""
    if flow.value is None:
        return ""
    figure = words.percent(flow.value, flow.target)
    if flow.ratio is None or not flow.unit:
        return figure
    unit = "" if flow.unit == "events" else say(words, f"unit.{_slug(flow.unit)}")
    done, of = words.count(flow.ratio.numerator), words.count(flow.ratio.denominator)
    return say(words, "value", value=figure, n=done, m=of, unit=unit)


def _persona(change: PersonaChange, words: Wording) -> str:
    then, now = change.then, change.now
    if then is None or now is None:
        side = now or then
        assert side is not None
        state = state_words(words, "persona", verdict(side))
        shown = state if then is None else say(words, "today", state=state)
        kind = "new" if then is None else "dropped"
        active = say(words, "active", said=_n_of_m(side, words))
        return say(words, f"persona-{kind}", name=capital(side.name), said=[shown, active])
    renamed = say(words, "renamed", name=then.name)
    if then.target == now.target and change.agreed_only:
        return say(words, "persona", name=capital(now.name), said=[renamed])
    was, state = (state_words(words, "persona", verdict(side)) for side in (then, now))
    said = [
        _state(words, was, state),
        say(words, "active", said=_step(words, _n_of_m(then, words), _n_of_m(now, words))),
        say(words, "target", said=_step(words, words.target(then.target), words.target(now.target))),
    ]
    if then.new != now.new:
        said.append(say(words, "new-people", said=_step(words, words.count(then.new), words.count(now.new))))
    said += _turned(then, now, words)
    if then.name != now.name:
        said.append(renamed)
    return say(words, "persona", name=capital(now.name), said=said)


def verdict(persona: PersonaPicture) -> str:
    """Whether a persona is active, in a word or two: what JSON has, and the name of the wording's entry."""
    if persona.is_active is None:
        return "nobody to count"
    return "active" if persona.is_active else "not active"


def _n_of_m(persona: PersonaPicture, words: Wording) -> str:
    return say(words, "n-of-m", n=persona.active, m=persona.counted)


# ---- people ---------------------------------------------------------------------------------------------------------


def moved(found: Difference) -> tuple[PersonChange, ...]:
    """The people whose state differs in a persona that is there on both sides."""
    both = {persona.id for persona in found.then.personas} & {persona.id for persona in found.now.personas}
    return tuple(person for person in found.people if person.persona in both)


def _people(found: Difference, names: dict[str, str], words: Wording) -> Iterator[str]:
    """Those who go from one state to another, in one line a persona and pair of states."""
    rhythms = {persona.id: persona.rhythm for persona in found.now.personas}
    groups: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for person in moved(found):
        key = person.persona, state_of(person.then), state_of(person.now)
        groups[key].append(_person(person, rhythms[person.persona], words))
    for (persona, *states), people in groups.items():
        old, new = (state_words(words, "person", state) for state in states)
        facts = {"persona": capital(names[persona]), "old": old, "new": new}
        yield say(words, "people", **facts, names=names_in_row(words, people))


def state_of(person: PersonPicture | None) -> str:
    """A person's state, or that they are not counted at all: what JSON has, and the name of the wording's entry."""
    return "not on the roster" if person is None else person.state.value


def _person(change: PersonChange, rhythm: Rhythm, words: Wording) -> str:
    side = change.now or change.then
    assert side is not None
    name = side.name or side.id
    if side.state in (PersonState.NO_DATA, PersonState.AWAY):
        return name
    said = say(words, f"units.{_slug(rhythm)}", n=side.units_done, m=side.units_in_seat)
    then = change.then
    if then is not None and (then.units_done, then.units_in_seat) != (side.units_done, side.units_in_seat):
        said = _step(words, say(words, "n-of-m", n=then.units_done, m=then.units_in_seat), said)
    return say(words, "person", name=name, said=said)


# ---- the whole account ----------------------------------------------------------------------------------------------


def _whole(aspect: Aspect, picture: AccountPicture, words: Wording) -> list[tuple[str, str]]:
    """The entry for each figure of the whole account, and how the figure reads."""
    wide, deep, outcome = picture.breadth, picture.depth, picture.outcome
    match aspect:
        case Aspect.BREADTH:
            personas = say(words, "n-of-m", n=wide.personas_active, m=wide.personas_counted)
            return [("people", say(words, "n-of-m", n=wide.active, m=wide.counted)), ("personas", personas)]
        case Aspect.DEPTH:
            apart = deep.no_data + deep.not_applicable
            return [("depth", say(words, "depth", n=deep.met, m=deep.measurable, apart=apart))]
        case Aspect.DIRECTION:
            return [("direction", state_words(words, "", picture.direction.trend))]
        case Aspect.OUTCOME:
            progress = outcome.progress if outcome else None
            return [("outcome", say(words, "not-known") if progress is None else words.percent(progress))]
        case Aspect.STANDING:
            standing = picture.standing
            return [("standing", state_words(words, "account", standing) if standing else say(words, "no-standing"))]
        case Aspect.SCORE:  # has a line of its own
            return []


def _score(found: Difference, words: Wording) -> str:
    """The score and its parts, then and now: it is never shown without them."""
    old, new = _parts(found.then.score, words), _parts(found.now.score, words)
    left_out = say(words, "part-left-out")
    parts = [
        say(words, f"part.{part}", said=_step(words, old.get(part, left_out), new.get(part, left_out)))
        for part in {**old, **new}
    ]
    totals = (_total(picture.score, words) for picture in (found.then, found.now))
    return say(words, "score", said=_step(words, *totals), parts=parts)


def _parts(score: Score | None, words: Wording) -> dict[Part, str]:
    parts = score.parts if score else ()
    missing = say(words, "part-missing")
    return {each.part: missing if each.value is None else words.percent(each.value) for each in parts}


def _total(score: Score | None, words: Wording) -> str:
    if score is None:
        return say(words, "score-none")
    return say(words, "score-withheld") if score.total is None else words.points(score.total)


def _gaps(found: Difference, result: WhatIf) -> Iterator[str]:
    """Gaps that come or go, without those that another line tells."""
    told = {flow.id for flow in found.workflows}
    groups = {person.persona for person in found.people} | {persona.id for persona in found.personas}
    for gap in found.gaps:
        side = gap.now or gap.then
        assert side is not None
        if (side.kind in _OF_WORKFLOW and side.workflow in told) or (
            side.kind in _OF_PEOPLE and side.persona in groups
        ):
            continue
        yield _gap(gap, found.now.id, result)


def _gap(gap: GapChange, account: str, result: WhatIf) -> str:
    review, kind = (result.now, "gap-new") if gap.then is None else (result.then, "gap-gone")
    side = gap.now or gap.then
    assert side is not None
    text = review.narrative(account, Register.LINE).text(f"gap-short:{gap.key}")
    return say(result.now.wording, kind, gap=text or side.kind)
