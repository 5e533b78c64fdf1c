"""The way of a figure from what was delivered to what is counted now: stages, and the steps between them.

A stage is the figure at one place of its way, with what may have moved it on the way there (score/changes.py has the
order). Stages that cannot be counted, or hold no figure, are passed over: then the causes on either side of them become
one step. Nothing is rounded, so the sizes of the steps add up exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qbrgen.score.change import Move, Point, Step, Why, in_order
from qbrgen.score.people import active, counted
from qbrgen.score.states import PersonState, TargetState

ABSENT = Point()
"""What is not defined at that time."""

Counts = tuple[int, int] | None
"""(counted, of how many); None where it cannot be counted."""
States = Mapping[str, PersonState]


@dataclass(frozen=True, slots=True)
class Stage:
    """A figure at one place. point: None where it cannot be counted. why: what may have moved it since the last stage.

    states: of a persona, how each person stood; None where nobody's state is told. beside: how those who are not in
    `states` stand at the other time. who: of a workflow, ids of those who left or joined since the last stage.
    """

    point: Point | None
    why: tuple[Why, ...] = ()
    states: States | None = None
    beside: States = field(default_factory=dict)
    who: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """All stages of one figure. names: person id → name, in the roster's order. otherwise: defined otherwise today."""

    name: str
    stages: tuple[Stage, ...]
    otherwise: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def then(self) -> Point | None:
        """As delivered; None for what the review did not have."""
        first = self.stages[0].point
        return None if first == ABSENT else first

    @property
    def now(self) -> Point | None:
        """Today; None for what is no longer defined."""
        last = self.stages[-1].point
        return None if last == ABSENT else last

    @property
    def steps(self) -> tuple[Step, ...]:
        """From then to now; () where it is not there on a side."""
        if self.then is None or self.now is None:
            return ()
        return tuple(self._steps())

    def _steps(self) -> Iterable[Step]:
        kept = before = self.stages[0]
        pending: set[Why] = set()
        who: set[str] = set()
        last = self.stages[-1]
        for stage in self.stages[1:]:
            if _unlike(before, stage):
                pending |= set(stage.why)
            before, who = stage, who | stage.who
            if stage.point is None or (stage is not last and _empty(stage.point)):
                continue
            assert kept.point is not None
            moves = tuple(Move(None, None, each, name) for each, name in self.names.items() if each in who)
            moves = moves or tuple(self._moves(kept, stage))
            if kept.point != stage.point or (stage.states and moves):
                yield Step(in_order(pending), kept.point, stage.point, moves)
            kept, pending, who = stage, set(), set()

    def _moves(self, before: Stage, after: Stage) -> Iterable[Move]:
        if before.states is None or after.states is None:
            return
        then, now = (_standing(stage.states or {}) for stage in (before, after))
        for person in dict.fromkeys((*self.names, *before.states, *after.states)):
            if then.get(person) != now.get(person):
                yield Move(
                    then=before.states.get(person, before.beside.get(person)),
                    now=after.states.get(person, after.beside.get(person)),
                    id=person,
                    name=self.names.get(person, person),
                )

    # ---- what it adds to a figure of counts ----

    def people(self) -> list[Counts]:
        """(active, counted) of a persona at each stage."""
        return [self._counts(stage) for stage in self.stages]

    def verdicts(self) -> list[Counts]:
        """(on target, measurable) of a workflow at each stage: 0 or 1."""
        return [None if stage.point is None else _verdict(stage.point.state) for stage in self.stages]

    @staticmethod
    def _counts(stage: Stage) -> Counts:
        if stage.point is None:
            return None
        return int(stage.point.numerator or 0), int(stage.point.denominator or 0)


def summed(ways: Sequence[Way], counts: Sequence[Sequence[Counts]]) -> Way:
    """The way of a figure that adds up those of several others. counts: of each, what it adds at each stage."""
    stages = []
    for place in range(len(ways[0].stages) if ways else 0):
        column = [each[place] for each in counts]
        known = [pair for pair in column if pair is not None]
        point = None
        if len(known) == len(column):
            above, below = (Fraction(sum(pair[side] for pair in known)) for side in (0, 1))
            point = Point(numerator=above, denominator=below)
        moved = [way for way, each in zip(ways, counts, strict=True) if place and _other(each[place - 1], each[place])]
        stages.append(Stage(point, in_order({cause for way in moved for cause in way.stages[place].why})))
    return Way("", tuple(stages))


def _other(before: Counts, after: Counts) -> bool:
    return before is None or after is None or before != after


def _unlike(before: Stage, after: Stage) -> bool:
    if before.point is None or after.point is None or before.point != after.point:
        return True
    if before.states is None or after.states is None:
        return False
    return _standing(before.states) != _standing(after.states)


def _empty(point: Point) -> bool:
    return point.value is None and point.numerator is None


def _standing(states: States) -> dict[str, bool]:
    """Those who count → whether they are active."""
    doing = active(states)
    return {person: person in doing for person in counted(states)}


def _verdict(state: TargetState | None) -> tuple[int, int]:
    if state is None or not state.measurable:
        return 0, 0
    return int(state is TargetState.MET), 1
