"""Whether a fact bears a figure out, as closely as it was meant; and which of several facts comes nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qbrgen.listen.facts import SCORE, Fact
from qbrgen.listen.figure import Figure, Hedge, Role, Sort

_EXACT = (Sort.PAIR, Sort.ALL_BUT)
_ALL = 100
_SMALL = 10  # "4 out of 5" stands for a share; "15 of 20" for people
_RATIO_STEP = Fraction(25, 1000)


def agrees(figure: Figure, fact: Fact) -> bool:
    """Whether a fact bears a figure out."""
    assert figure.value is not None
    if figure.sort in _EXACT:
        return (figure.value == fact.value and figure.of == fact.of) or _same_ratio(figure, fact)
    said, exact = figure.value, in_units(fact)
    size = abs(exact) if fact.role in (Role.CHANGE, Role.GAP) else exact
    if figure.upto is not None:
        return said - figure.step / 2 <= size <= figure.upto + figure.step / 2
    apart = size - said  # above 0: the data have more
    borne_out = {
        Hedge.NONE: abs(apart) <= figure.step / 2,
        Hedge.NEAR: abs(apart) <= loose(figure) or abs(apart) < figure.step,
        Hedge.LEAST: apart >= 0,
        Hedge.MOST: apart <= 0,
        Hedge.UNDER: -loose(figure) <= apart < 0,
        Hedge.OVER: 0 < apart <= loose(figure),
        Hedge.ABOVE: apart > 0,
        Hedge.BELOW: apart < 0,
        Hedge.NEARLY: apart >= 0 and size < _ALL,
    }
    return borne_out[figure.hedge]


def _same_ratio(figure: Figure, fact: Fact) -> bool:
    """ "4 out of 5 touches": a share in small numbers, of what is not people or weeks."""
    if figure.sort is not Sort.PAIR or fact.unit or fact.subject == SCORE or not fact.of or not figure.of:
        return False
    if figure.value is None or not figure.of <= _SMALL < fact.of:
        return False
    return abs(figure.value / figure.of - fact.value / fact.of) <= _RATIO_STEP


def in_units(fact: Fact) -> Fraction:
    """A fact in the units in which it is said: 80 for a share of 80%."""
    return fact.value * 100 if fact.sort is Sort.SHARE else fact.value


def loose(figure: Figure) -> Fraction:
    """How far a hedged figure may be from the exact one: half of the round step that it is told in, at most a tenth."""
    assert figure.value is not None
    said, step = figure.value, figure.step or Fraction(1)
    while said and said % (step * 10) == 0:
        step *= 10
    if said and said % (step * 5) == 0:
        step *= 5
    return max(min(step / 2, abs(said) / 10), figure.step / 2)


def closest(figure: Figure, facts: Sequence[Fact]) -> Fact:
    """The fact that a figure was most likely meant to be."""
    assert figure.value is not None
    said, of = figure.value, figure.of

    def apart(fact: Fact) -> tuple[bool, bool, Fraction]:
        other_state = bool(figure.state) and fact.state != figure.state
        whole = Fraction(fact.of or 0) - Fraction(of or 0)
        return fact.told == "rule", other_state, abs(abs(in_units(fact)) - said) + abs(whole)

    return min(facts, key=apart)
