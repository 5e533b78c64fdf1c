"""What changes in one account, a line each: "old → new", with the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qbrgen.load.nearest import listed
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
_UNITS = {Rhythm.WEEK: "weeks", Rhythm.TWO_WEEKS: "two-week periods", Rhythm.MONTH: "months"}


def lines(found: Difference, result: WhatIf) -> Iterator[str]:
    """Every change in one account: workflows, personas, people, the whole, gaps."""
    wording = result.now.wording
    names = {persona.id: persona.name for persona in (*found.then.personas, *found.now.personas)}
    for flow in found.workflows:
        yield _workflow(flow, names, wording)
    for persona in found.personas:
        yield _persona(persona, wording)
    yield from _people(found, names)
    for aspect in (aspect for aspect in found.aspects if aspect is not Aspect.SCORE):
        before, after = (_whole(aspect, picture, wording) for picture in (found.then, found.now))
        for (what, old), (_, new) in zip(before, after, strict=True):
            if old != new:
                yield f"{what}: {old} → {new}"
    if Aspect.SCORE in found.aspects:
        yield _score(found, wording)
    yield from _gaps(found, result)


# ---- workflows and personas -----------------------------------------------------------------------------------------


def _workflow(change: WorkflowChange, names: dict[str, str], wording: Wording) -> str:
    then, now = change.then, change.now
    side = now or then
    assert side is not None
    label = f"{side.name} ({names[side.persona]})"
    if then is None or now is None:
        kind = "new" if then is None else "dropped"
        figure = _value(side, wording)
        said = [f"{side.state}{'' if then is None else ' today'}", figure, f"target {wording.target(side.target)}"]
        return f"{label}: {kind}; {', '.join(part for part in said if part)}"
    if then.target == now.target and change.agreed_only:
        return f"{label}: called '{then.name}' today"
    state = f"{then.state} → {now.state}" if then.state is not now.state else f"still {now.state}"
    old, new = _value(then, wording), _value(now, wording)
    figure = new if then.value == now.value else f"{old or 'no figure'} → {new or 'no figure'}"
    said = [state, figure, _both("target", wording.target(then.target), wording.target(now.target))]
    if then.direction.trend is not now.direction.trend:
        said.append(f"direction {then.direction.trend} → {now.direction.trend}")
    if then.name != now.name:
        said.append(f"called '{then.name}' today")
    return f"{label}: {', '.join(part for part in said if part)}"


def _value(flow: WorkflowPicture, wording: Wording) -> str:
    """ "80% (4,180 of 5,225)"; "" where there is none."""
    if flow.value is None:
        return ""
    figure = wording.percent(flow.value, flow.target)
    if flow.ratio is None or not flow.unit:
        return figure
    unit = "" if flow.unit == "events" else f" {flow.unit}"
    return f"{figure} ({wording.count(flow.ratio.numerator)} of {wording.count(flow.ratio.denominator)}{unit})"


def _persona(change: PersonaChange, wording: Wording) -> str:
    then, now = change.then, change.now
    if then is None or now is None:
        side = now or then
        assert side is not None
        kind = f"new; {verdict(side)}" if then is None else f"dropped; {verdict(side)} today"
        return f"{capital(side.name)}: {kind}, people active {_n_of_m(side)}"
    if then.target == now.target and change.agreed_only:
        return f"{capital(now.name)}: called '{then.name}' today"
    said = [
        f"still {verdict(now)}" if verdict(then) == verdict(now) else f"{verdict(then)} → {verdict(now)}",
        _both("people active", _n_of_m(then), _n_of_m(now)),
        _both("target", wording.target(then.target), wording.target(now.target)),
    ]
    if then.new != now.new:
        said.append(f"new people {then.new} → {now.new}")
    if then.direction.trend is not now.direction.trend:
        said.append(f"direction {then.direction.trend} → {now.direction.trend}")
    if then.name != now.name:
        said.append(f"called '{then.name}' today")
    return f"{capital(now.name)}: {', '.join(said)}"


def verdict(persona: PersonaPicture) -> str:
    """Whether a persona is active, in a word or two."""
    if persona.is_active is None:
        return "nobody to count"
    return "active" if persona.is_active else "not active"


def _n_of_m(persona: PersonaPicture) -> str:
    return f"{persona.active} of {persona.counted}"


def _both(what: str, old: str, new: str) -> str:
    return f"{what} {new}" if old == new else f"{what} {old} → {new}"


# ---- people ---------------------------------------------------------------------------------------------------------


def moved(found: Difference) -> tuple[PersonChange, ...]:
    """The people whose state differs in a persona that is there on both sides."""
    both = {persona.id for persona in found.then.personas} & {persona.id for persona in found.now.personas}
    return tuple(person for person in found.people if person.persona in both)


def _people(found: Difference, names: dict[str, str]) -> Iterator[str]:
    """Those who go from one state to another, in one line a persona and pair of states."""
    rhythms = {persona.id: persona.rhythm for persona in found.now.personas}
    groups: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for person in moved(found):
        key = person.persona, state_of(person.then), state_of(person.now)
        groups[key].append(_person(person, rhythms[person.persona]))
    for (persona, old, new), people in groups.items():
        yield f"{capital(names[persona])}, {old} → {new}: {listed(people)}"


def state_of(person: PersonPicture | None) -> str:
    """A person's state, or that they are not counted at all."""
    return "not on the roster" if person is None else person.state.value


def _person(change: PersonChange, rhythm: Rhythm) -> str:
    side = change.now or change.then
    assert side is not None
    if side.state in (PersonState.NO_DATA, PersonState.AWAY):
        return side.name or side.id
    now = f"{side.units_done} of {side.units_in_seat} {_UNITS[rhythm]}"
    then = change.then
    if then is not None and (then.units_done, then.units_in_seat) != (side.units_done, side.units_in_seat):
        return f"{side.name or side.id} ({then.units_done} of {then.units_in_seat} → {now})"
    return f"{side.name or side.id} ({now})"


# ---- the whole account ----------------------------------------------------------------------------------------------


def _whole(aspect: Aspect, picture: AccountPicture, wording: Wording) -> list[tuple[str, str]]:
    """What a figure of the whole account is called, and how it reads."""
    wide, deep, outcome = picture.breadth, picture.depth, picture.outcome
    match aspect:
        case Aspect.BREADTH:
            personas = f"{wide.personas_active} of {wide.personas_counted}"
            return [("people active", f"{wide.active} of {wide.counted}"), ("personas active", personas)]
        case Aspect.DEPTH:
            apart = deep.no_data + deep.not_applicable
            rest = f" ({apart} not measurable)" if apart else ""
            return [("workflows on target", f"{deep.met} of {deep.measurable}{rest}")]
        case Aspect.DIRECTION:
            return [("direction", picture.direction.trend.value)]
        case Aspect.OUTCOME:
            progress = outcome.progress if outcome else None
            return [("way to the goal", "not known" if progress is None else wording.percent(progress))]
        case Aspect.STANDING:
            return [("standing", picture.standing.value if picture.standing else "none")]
        case Aspect.SCORE:  # has a line of its own
            return []


def _score(found: Difference, wording: Wording) -> str:
    """The score and its parts, then and now: it is never shown without them."""
    old, new = _parts(found.then.score, wording), _parts(found.now.score, wording)
    parts = []
    for part in {**old, **new}:
        before, after = old.get(part, "left out"), new.get(part, "left out")
        parts.append(f"{part} {after}" if before == after else f"{part} {before} → {after}")
    totals = dict.fromkeys(_total(picture.score, wording) for picture in (found.then, found.now))
    return f"score: {' → '.join(totals)} ({', '.join(parts)})"


def _parts(score: Score | None, wording: Wording) -> dict[Part, str]:
    parts = score.parts if score else ()
    return {each.part: "missing" if each.value is None else wording.percent(each.value) for each in parts}


def _total(score: Score | None, wording: Wording) -> str:
    if score is None:
        return "none"
    return "withheld" if score.total is None else wording.points(score.total)


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
    review, kind = (result.now, "new gap") if gap.then is None else (result.then, "gap that goes")
    side = gap.now or gap.then
    assert side is not None
    text = review.narrative(account, Register.LINE).text(f"gap-short:{gap.key}")
    return f"{kind}: {text or side.kind}"
