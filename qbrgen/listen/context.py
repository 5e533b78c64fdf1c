"""What the words around a figure say of it: how closely it is meant, before or after what, of whom, and whether denied.

In: a text as heard and its figures by their shapes (shapes.py). Out: the same figures with hedge, role, unit and state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qbrgen.listen.figure import Figure, Hedge, Role, Sort
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import Heard
from qbrgen.listen.words import Kind

_BACK = 4  # tokens before a figure in which its cue may stand
_DENIED = 6  # tokens before a figure in which its "not" may stand


class Context:
    """What the words around figures say of them."""

    def __init__(self, heard: Heard, lexicon: Lexicon) -> None:
        self.heard = heard
        self.tokens = heard.tokens
        self.words = lexicon

    def with_context(self, found: Sequence[Figure]) -> list[Figure]:
        """The figures with hedge, role, unit and state, as the words around them tell."""
        told: list[Figure] = []
        for number, figure in enumerate(found):
            first, last = self.heard.part_of(figure.first)
            low = max(first, found[number - 1].last + 1) if number else first
            high = min(last, found[number + 1].first - 1) if number + 1 < len(found) else last
            placed = replace(figure, denied=self._denied(figure, low))
            if figure.role is Role.VALUE:
                placed = self._with_role(placed if figure.vague else self._hedged(placed, low), low, high)
            placed = self._in_same_money(placed, found[number + 1] if number + 1 < len(found) else None)
            if told and self._goes_on(told[-1], placed):
                placed = replace(placed, hedge=told[-1].hedge)
            told.append(self._with_unit(placed, first, last, high))
        return told

    def _denied(self, figure: Figure, low: int) -> bool:
        """Whether it stands under a "not"; "not yet active", "no more than" and "not only" are read for themselves."""
        start = max(low, figure.first - _DENIED)
        hits = self.words.only("denied").all_in(self.tokens, start, figure.first - 1)
        if not hits:
            return False
        near, only = hits[-1], self.words.only
        between = self.tokens[near.last + 1 : figure.first]
        if any(token.kind is Kind.SIGN or token.stem in self.words.joins for token in between):
            return False
        families = (self.words.states, self.words.hedges, only("not-denied"), self.words.quantities)
        read = [hit for family in families for hit in family.all_in(self.tokens, low, figure.first - 1)]
        return not any(hit.first <= near.first <= hit.last for hit in read)

    def _in_same_money(self, figure: Figure, following: Figure | None) -> Figure:
        """ "from 840,000 to 1.2 million pounds": the currency is said once."""
        if figure.sort is not Sort.COUNT or following is None or following.sort is not Sort.MONEY:
            return figure
        to = self.words.only("range-to").before(self.tokens, following.first)
        joined = to is not None and to.first == figure.last + 1
        return replace(figure, sort=Sort.MONEY, currency=following.currency) if joined else figure

    def _goes_on(self, before: Figure, figure: Figure) -> bool:
        """Whether a hedge holds for both ends: "from roughly 40 to 15 minutes"."""
        to = self.words.only("range-to").before(self.tokens, figure.first)
        near = to is not None and to.first - before.last <= _BACK
        return near and before.role is Role.BEFORE and figure.hedge is Hedge.NONE

    def _hedged(self, figure: Figure, low: int) -> Figure:
        for back in (0, 1):
            hit = self.words.hedges.before(self.tokens, figure.first - back)
            if hit and hit.first >= low and (not back or self.tokens[figure.first - 1].stem in self.words.common):
                return replace(figure, hedge=Hedge(hit.name))
        if figure.first > low and self.tokens[figure.first - 1].text in ("~", "≈"):
            return replace(figure, hedge=Hedge.NEAR)
        return figure

    def _with_role(self, figure: Figure, low: int, high: int) -> Figure:
        before = range(figure.first, max(low, figure.first - _BACK), -1)
        only = self.words.only
        gap = only("target-gap").at(self.tokens, figure.last + 1)
        if figure.sort is Sort.POINTS and gap and gap.last <= high:
            return replace(figure, role=Role.GAP)
        if self._cue("target-cue", before, low) or self._right_after("target-after", figure, high, 1):
            return replace(figure, role=Role.TARGET)
        way = self._way(figure, low, high)
        if self._right_after("before-after", figure, high) or self._cue("before-cue", [*before][:2], low):
            return replace(figure, role=Role.BEFORE, way=way)
        if self._ranges(figure, before, low, way):
            return replace(figure, role=Role.BEFORE, way=way)
        signed = figure.first > low and self.tokens[figure.first - 1].text in ("+", "-")
        if signed:
            way = 1 if self.tokens[figure.first - 1].text == "+" else -1
        # "30% less time", "12 hours shorter"; "two more reps" is no change
        after = self.words.only("change-after").at(self.tokens, figure.last + 2)
        more = after is not None and after.last <= high
        if figure.sort is Sort.SHARE:
            more = self._right_after("change-after", figure, high, 2)
        said = self._cue("change-cue", [*before][:2], low) or more
        if signed or said or figure.sort is Sort.POINTS:
            return replace(figure, role=Role.CHANGE, way=way)
        return replace(figure, way=way)

    def _ranges(self, figure: Figure, before: Iterable[int], low: int, way: int) -> bool:
        """Whether it is the first of "from 31 to 19", or what something rose or fell from."""
        if not self._cue("range-from", [*before][:2], low):
            return False
        ends = range(figure.last + 1, min(figure.last + 4, len(self.tokens)))
        return bool(way) or any(self.words.only("range-to").at(self.tokens, place) for place in ends)

    def _cue(self, key: str, places: Iterable[int], low: int) -> bool:
        hits = (self.words.only(key).before(self.tokens, place) for place in places)
        return any(hit and hit.first >= low for hit in hits)

    def _right_after(self, key: str, figure: Figure, high: int, reach: int = 3) -> bool:
        places = range(figure.last + 1, figure.last + 1 + reach)
        hits = (self.words.only(key).at(self.tokens, place) for place in places)
        return any(hit and hit.last <= high for hit in hits)

    def _way(self, figure: Figure, low: int, high: int) -> int:
        """Which way it is said to have gone: the nearest such word before it, else the first after it."""
        before = self.words.ways.all_in(self.tokens, low, figure.first - 1)
        after = self.words.ways.all_in(self.tokens, figure.last + 1, min(high, figure.last + 3))
        near = before[-1] if before else after[0] if after else None
        if near is None:
            return 0
        denied = self.words.only("denied").all_in(self.tokens, max(low, near.first - 3), near.first - 1)
        return 0 if denied else 1 if near.name == "rise" else -1

    def _with_unit(self, figure: Figure, first: int, last: int, high: int) -> Figure:
        unit = self._unit(figure, min(high, figure.last + 3), last) or self._label(figure)
        before = (figure.first, figure.first - 1)
        whole = any(self.words.only("whole").before(self.tokens, place) for place in before)
        others = any(self.words.only("others").before(self.tokens, place) for place in before)
        return replace(figure, unit=unit, whole=whole, others=others, state=self._state(figure, first, last))

    def _unit(self, figure: Figure, high: int, last: int) -> str:
        """What it counts, by the noun after it: "people" in "two more people"; "" after "8 a month"."""
        for place in range(figure.last + 1, high + 1):
            hit = self.words.units.at(self.tokens, place)
            if hit and hit.last <= last:
                return hit.name
            token = self.tokens[place]
            if token.kind is Kind.NUMBER:
                break
            passing = any(self.words.only(key).at(self.tokens, place) for key in ("others", "change-after"))
            if token.kind is not Kind.WORD or (token.stem in self.words.common and not passing):
                break
        return ""

    def _label(self, figure: Figure) -> str:
        """ "seats: 8": a presence noun before a colon."""
        if figure.first < 2 or self.tokens[figure.first - 1].text != ":":
            return ""
        hit = self.words.units.before(self.tokens, figure.first - 1)
        return hit.name if hit and hit.name == "presence" else ""

    def _state(self, figure: Figure, first: int, last: int) -> str:
        """The first state that is told after it, else the last before it. "planned" in "a plan for 5 of them"."""
        if self.words.only("for-some").before(self.tokens, figure.first):
            plans = self.words.only("a-plan").all_in(self.tokens, first, figure.first - 1)
            if plans:
                return "planned"
        after = self.words.states.all_in(self.tokens, figure.last + 1, last)
        if after:
            return after[0].name
        before = self.words.states.all_in(self.tokens, first, figure.first - 1)
        return before[-1].name if before else ""
