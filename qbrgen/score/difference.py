"""What is different between two pictures of one account: a quarter and the one before, or today and "what if".

In: two `AccountPicture`s with everything in them. Out: a `Difference` that holds only what differs, with both sides as
they are, exact. It asks no why. A difference the other way round is `mirrored`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from qbrgen.audience import customer, internal
from qbrgen.score.picture import AccountPicture, Gap, PersonaPicture, PersonPicture, WorkflowPicture

T = TypeVar("T")
Named = TypeVar("Named", PersonaPicture, WorkflowPicture)
Change = TypeVar("Change", "PersonChange", "PersonaChange", "WorkflowChange", "GapChange")
Key = TypeVar("Key")


class Aspect(StrEnum):
    """A figure or a call about the whole account."""

    BREADTH = "breadth"
    DEPTH = "depth"
    DIRECTION = "direction"
    OUTCOME = "outcome"
    STANDING = "standing"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person whose state differs, within one persona. None: not counted in it."""

    persona: str = customer()
    id: str = internal(default="")
    then: PersonPicture | None = customer(default=None)
    now: PersonPicture | None = customer(default=None)


@dataclass(frozen=True, slots=True)
class PersonaChange:
    """A persona whose name, target, N of M, number of new people, verdict or direction differs. None: not there."""

    id: str = customer()
    then: PersonaPicture | None = customer(default=None)
    now: PersonaPicture | None = customer(default=None)

    @property
    def agreed_only(self) -> bool:
        """Whether only what was agreed differs (its name or target), and nothing that was counted."""
        if self.then is None or self.now is None:
            return False
        return _persona_counted(self.then) == _persona_counted(self.now)


@dataclass(frozen=True, slots=True)
class WorkflowChange:
    """A workflow whose name, target, state, value or direction differs. None: not there. id: "persona/workflow"."""

    id: str = customer()
    then: WorkflowPicture | None = customer(default=None)
    now: WorkflowPicture | None = customer(default=None)

    @property
    def agreed_only(self) -> bool:
        """Whether only what was agreed differs (its name or target), and nothing that was counted."""
        if self.then is None or self.now is None:
            return False
        return _workflow_counted(self.then) == _workflow_counted(self.now)


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap that came (`then` is None) or went (`now` is None)."""

    key: str = customer()
    then: Gap | None = customer(default=None)
    now: Gap | None = customer(default=None)


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two pictures of an account, in the order of the later one; what went is last.

    aspects: which figures of the whole account differ; their values stand in `then` and `now`.
    """

    then: AccountPicture = customer()
    now: AccountPicture = customer()
    people: tuple[PersonChange, ...] = customer()
    personas: tuple[PersonaChange, ...] = customer()
    workflows: tuple[WorkflowChange, ...] = customer()
    gaps: tuple[GapChange, ...] = customer()
    aspects: tuple[Aspect, ...] = customer()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.people or self.personas or self.workflows or self.gaps or self.aspects)

    @property
    def counted(self) -> bool:
        """Whether anything differs that was counted: more than what was agreed (names and targets) and the score,
        which follows the targets."""
        agreed = [persona.agreed_only for persona in self.personas] + [flow.agreed_only for flow in self.workflows]
        return bool(self.people or self.gaps or {*self.aspects} - {Aspect.SCORE}) or not all(agreed)

    def mirrored(self) -> Difference:
        """The same difference with then and now changed round; the order of its entries stays."""

        return Difference(
            then=self.now,
            now=self.then,
            people=_turned(self.people),
            personas=_turned(self.personas),
            workflows=_turned(self.workflows),
            gaps=_turned(self.gaps),
            aspects=self.aspects,
        )


def difference(then: AccountPicture, now: AccountPicture) -> Difference:
    """What differs between two pictures of an account. Nothing: the result is false."""
    return Difference(
        then=then,
        now=now,
        people=tuple(
            PersonChange(persona, person, *sides)
            for (persona, person), *sides in _pairs(_people(then), _people(now), lambda person: person.state)
        ),
        personas=tuple(
            PersonaChange(*pair) for pair in _pairs(_by_id(then.personas), _by_id(now.personas), _persona_facts)
        ),
        workflows=tuple(
            WorkflowChange(*pair) for pair in _pairs(_by_id(then.workflows), _by_id(now.workflows), _workflow_facts)
        ),
        gaps=tuple(GapChange(*pair) for pair in _pairs(_gaps(then), _gaps(now), lambda gap: gap.key)),
        aspects=tuple(aspect for aspect, facts in _FACTS.items() if facts(then) != facts(now)),
    )


def _turned(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(replace(change, then=change.now, now=change.then) for change in changes)


def _pairs(
    then: dict[Key, T], now: dict[Key, T], facts: Callable[[T], object]
) -> Iterable[tuple[Key, T | None, T | None]]:
    """(key, then, now) of all that is on one side only or whose facts differ."""
    for key in (*now, *(key for key in then if key not in now)):
        before, after = then.get(key), now.get(key)
        if before is None or after is None or facts(before) != facts(after):
            yield key, before, after


def _people(picture: AccountPicture) -> dict[tuple[str, str], PersonPicture]:
    return {(persona.id, person.id): person for persona in picture.personas for person in persona.people}


def _by_id(pictures: Iterable[Named]) -> dict[str, Named]:
    return {each.id: each for each in pictures}


def _gaps(picture: AccountPicture) -> dict[str, Gap]:
    return {gap.key: gap for gap in picture.gaps}


def _persona_counted(persona: PersonaPicture) -> object:
    return persona.is_active, persona.active, persona.counted, persona.new, persona.direction.trend


def _persona_facts(persona: PersonaPicture) -> object:
    return persona.name, persona.target, _persona_counted(persona)


def _workflow_counted(workflow: WorkflowPicture) -> object:
    return workflow.state, workflow.value, workflow.direction.trend


def _workflow_facts(workflow: WorkflowPicture) -> object:
    return workflow.name, workflow.target, _workflow_counted(workflow)


def _breadth(picture: AccountPicture) -> object:
    wide = picture.breadth
    return wide.active, wide.counted, wide.personas_active, wide.personas_counted, wide.personas


def _depth(picture: AccountPicture) -> object:
    deep = picture.depth
    return deep.met, deep.measurable, deep.no_data, deep.not_applicable


_FACTS: dict[Aspect, Callable[[AccountPicture], object]] = {
    Aspect.BREADTH: _breadth,
    Aspect.DEPTH: _depth,
    Aspect.DIRECTION: lambda picture: picture.direction.trend,
    Aspect.OUTCOME: lambda picture: picture.outcome and picture.outcome.progress,
    Aspect.STANDING: lambda picture: picture.standing,
    Aspect.SCORE: lambda picture: picture.score and picture.score.total,
}
