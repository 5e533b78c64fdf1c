"""One figure that moved, in words: as delivered and now, and what each step did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from qbrgen.narrate import numbers
from qbrgen.narrate.wording import Wording
from qbrgen.score.change import Changes, FigureChange, FigureKind, Move, Point, Step, Why
from qbrgen.score.states import PersonState, TargetState

MOST_NAMES = 6
_OF_PEOPLE = (FigureKind.PEOPLE, FigureKind.PERSONA)
_TREND_KEYS = {
    "spreading": "spreading",
    "shrinking": "shrinking",
    "no clear change": "unclear",
    "too early to tell": "too-early",
    "no data": "no-data",
}


_WHENCE: dict[PersonState | None, str] = {PersonState.NEW: "was-new", PersonState.AWAY: "was-away"}
_WHITHER: dict[PersonState | None, str] = {PersonState.NEW: "is-new", PersonState.AWAY: "is-away"}


def figure_text(wording: Wording, figure: FigureChange, changes: Changes) -> str:
    """ "Outbound touches through sequences: 54% (2,160 of 4,000) as delivered for Q2 2026, 80% (…) now"."""
    name = name_of(wording, figure)
    if figure.kind is FigureKind.DIRECTION:
        then, now = (
            wording.say(f"changes.trend-{_TREND_KEYS[word]}") for word in (figure.trend_then, figure.trend_now)
        )
    else:
        then, now = (shown(wording, figure.kind, point) for point in (figure.then, figure.now))
    key = "new" if figure.then is None and figure.kind is not FigureKind.DIRECTION else "figure"
    key = "gone" if figure.now is None and figure.kind is not FigureKind.DIRECTION else key
    if key == "figure" and then == now:
        key = "figure-same"
    return wording.sentence(
        wording.say(f"changes.{key}", name=name, then=then, now=now, period=wording.period(changes.period))
    )


def name_of(wording: Wording, figure: FigureChange) -> str:
    """What the figure is called."""
    return figure.name or wording.say(f"changes.name-{figure.kind.value}")


def shown(wording: Wording, kind: FigureKind, point: Point | None) -> str:
    """A figure with the counts behind it."""
    if point is None:
        return ""
    if kind in _OF_PEOPLE:
        return _counts(wording, "people", point)
    if kind is FigureKind.WORKFLOWS:
        return _counts(wording, "workflows", point)
    if point.value is None:
        state = point.state or TargetState.NO_DATA
        return wording.say(f"changes.state-{state.name.lower().replace('_', '-')}")
    value = wording.percent(point.value, point.target)
    if point.numerator is None or point.denominator is None:
        return value
    n, m = (wording.number(each) for each in (point.numerator, point.denominator))
    return wording.say("changes.value", value=value, n=n, m=m)


def _counts(wording: Wording, what: str, point: Point) -> str:
    n, m = int(point.numerator or 0), int(point.denominator or 0)
    return wording.say(f"changes.{what}" if m else f"changes.{what}-none", n=n, m=m)


# ---- steps ----------------------------------------------------------------------------------------------------------


def step_texts(wording: Wording, figure: FigureChange, changes: Changes) -> Iterator[str]:
    """A sentence for each step; for what moved without steps why it is told."""
    levels = _levels(figure)
    for place, step in enumerate(figure.steps):
        cause = causes_text(wording, step.causes, changes)
        did = list(_did(wording, figure, step, levels[place : place + 2]))
        who = _who(wording, step) if figure.kind is FigureKind.WORKFLOW else ""
        yield wording.sentence(wording.say("changes.step", cause=cause, who=who, did=did))
    stepped = {cause for step in figure.steps for cause in step.causes}
    left = tuple(cause for cause in figure.causes if cause not in stepped)
    if figure.kind is FigureKind.DIRECTION:
        yield why_text(wording, figure.causes or (Why.UNKNOWN,), changes)
    elif left and figure.then is not None and figure.now is not None:
        yield wording.sentence(wording.say("changes.step-unmoved", cause=causes_text(wording, left, changes)))


def _levels(figure: FigureChange) -> list[Decimal | None]:
    """The value at each end of each step as shown, so that the steps as shown add up to the figures as shown."""
    ends = [point for point in (figure.then, figure.now) if point is not None and point.value is not None]
    decimals = max((numbers.percent_decimals(p.value, p.target) for p in ends if p.value is not None), default=0)
    points = [*(step.before for step in figure.steps), *(step.after for step in figure.steps[-1:])]
    return [None if point.value is None else numbers.rounded(point.value * 100, decimals) for point in points]


def _did(wording: Wording, figure: FigureChange, step: Step, levels: Sequence[Decimal | None]) -> Iterator[str]:
    """What one step did: to people by who, to counts and to values by how much; what became of the target."""
    if figure.kind is FigureKind.PERSONA and step.moves:
        yield from _moves(wording, step.moves)
    elif figure.kind in (*_OF_PEOPLE, FigureKind.WORKFLOWS):
        yield from _counted(wording, figure.kind, step)
    elif Why.TARGET not in step.causes or step.value:
        yield _sized(wording, step, levels)
    if step.before.target != step.after.target:
        yield from _retargeted(wording, step)


def _sized(wording: Wording, step: Step, levels: Sequence[Decimal | None]) -> str:
    before, after = levels
    if before is None or after is None:
        key = "came" if before is None else "went"
        return wording.say(f"changes.{key}" if step.before.value != step.after.value else "changes.state-only")
    size = Fraction(after - before)
    if not size:
        return wording.say("changes.points-none" if step.value else "changes.points-same")
    return wording.say("changes.points", n=abs(size), shown=wording.number(abs(size)), up=size > 0)


def _counted(wording: Wording, kind: FigureKind, step: Step) -> Iterator[str]:
    what = "people" if kind in _OF_PEOPLE else "workflows"
    for side, size in (("counted", step.numerator), ("of", step.denominator)):
        if size:
            yield wording.say(f"changes.{what}-{side}", n=abs(int(size)), up=size > 0)


def _retargeted(wording: Wording, step: Step) -> Iterator[str]:
    """The target of then and of now, and where that leaves the figure."""
    then, now = step.before.target, step.after.target
    if then is None or now is None:
        return
    turned = step.before.state is not step.after.state and step.after.state is not None and step.after.state.measurable
    yield wording.say(
        "changes.target",
        then=wording.target(then),
        now=wording.target(now),
        turned=turned,
        met=step.after.state is TargetState.MET,
    )


def _who(wording: Wording, step: Step) -> str:
    """Who left or joined: "two people (Jon Bell and Mia Tran)"."""
    if not step.moves:
        return ""
    return wording.say("changes.who", n=len(step.moves), names=_names(step.moves))


def _moves(wording: Wording, moves: Iterable[Move]) -> Iterator[str]:
    """Who stands otherwise, by what became of them."""
    groups: dict[str, list[Move]] = {}
    for move in moves:
        groups.setdefault(_kind(move), []).append(move)
    for kind, those in groups.items():
        yield wording.say(f"changes.move-{kind}", n=len(those), names=_names(those))


def _kind(move: Move) -> str:
    then, now = (state is not None and state.counts for state in (move.then, move.now))
    if then and now:
        return "became" if move.now is PersonState.ACTIVE else "stopped"
    if now:
        return f"{_WHENCE.get(move.then, 'joined')}-{'active' if move.now is PersonState.ACTIVE else 'idle'}"
    return f"{_WHITHER.get(move.now, 'left')}-{'active' if move.then is PersonState.ACTIVE else 'idle'}"


def _names(moves: Sequence[Move]) -> list[str]:
    """Names, as far as this reader may see them; () for more than a line holds."""
    names = [move.name for move in moves]
    return names if all(names) and len(names) <= MOST_NAMES else []


# ---- causes ---------------------------------------------------------------------------------------------------------


def causes_text(wording: Wording, causes: Sequence[Why], changes: Changes) -> str:
    """Causes of one step: of several, which of them did it cannot be told."""
    said = [wording.say(f"changes.cause-{cause.value}", period=wording.period(changes.period)) for cause in causes]
    return said[0] if len(said) == 1 else wording.say("changes.apart", causes=wording.either(said))


def why_text(wording: Wording, causes: Sequence[Why], changes: Changes) -> str:
    """Causes of a sentence, all of which had a part in it; whether it was stated or worded anew, nobody can tell."""
    said = [wording.say(f"changes.short-{cause.value}", period=wording.period(changes.period)) for cause in causes]
    if tuple(causes) == (Why.STATED, Why.WORDING):
        said = [wording.either(said)]
    return wording.sentence(wording.say("changes.because", causes=said))
