"""The figures in a sentence: what was said, in which shape, how closely it was meant, and before or after what.

In: a text as heard (naming.py). Out: figures in the order of the text. Dates and period names are no figures; figures
that stand in the account's own names ("coached two calls") are marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from qbrgen.listen.dates import dates_in
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import Heard
from qbrgen.listen.words import Kind, Token, clean

_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_BACK = 4  # tokens before a figure in which its cue may stand
_PART_STEP = Fraction(5)  # "half" is meant to five points


class Sort(StrEnum):
    """The shape of a figure."""

    SHARE = "share"  # 80%: value is 80
    PAIR = "pair"  # 5 of 7
    COUNT = "count"  # 4,180; 19 hours
    MONEY = "money"
    POINTS = "points"  # 12 points
    ALL_BUT = "all but"  # all but two


class Hedge(StrEnum):
    """How closely it is meant."""

    NONE = ""
    NEAR = "near"
    UNDER = "under"
    OVER = "over"
    LEAST = "least"
    MOST = "most"


class Role(StrEnum):
    """What the figure is to its subject."""

    VALUE = "value"
    BEFORE = "before"
    TARGET = "target"
    CHANGE = "change"
    GAP = "gap"  # so far from the target


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. first, last: its tokens. value: as said (80 for 80%), None where it cannot be read; of: M of N of M.

    step: the size of its last written digit. unit: what it counts, where the words after it say so (a name under
    `hear.unit`), "" where they do not. state: of people, likewise. way: +1 or −1 for a change that was said with its
    direction. whole: it is said of the whole ("of the 7 reps"). others: of those left ("of the other 6 people").
    own: it stands in one of the account's own names. word: it is written as a word.
    """

    sort: Sort
    first: int
    last: int
    value: Fraction | None
    of: Fraction | None = None
    step: Fraction = Fraction(1)
    hedge: Hedge = Hedge.NONE
    role: Role = Role.VALUE
    unit: str = ""
    state: str = ""
    currency: str = ""
    way: int = 0
    whole: bool = False
    others: bool = False
    own: bool = False
    word: bool = False


def figures_in(
    heard: Heard, lexicon: Lexicon, own_words: Iterable[str], currencies: Iterable[str] = ()
) -> list[Figure]:
    """Every figure of a text. own_words: names and texts of the account, whose figures are its own.

    currencies: codes ("GBP") that may be meant, beside their signs.
    """
    tokens = heard.tokens
    passed = dates_in(tokens, lexicon.reader.locale) | _in_units(tokens, lexicon)
    own = _own(tokens, own_words, lexicon)
    finder = _Finder(heard, lexicon, tuple(currencies))
    found: list[Figure] = []
    place = 0
    while place < len(tokens):
        figure = None if place in passed else finder.at(place)
        if figure is None:
            place += 1
            continue
        inside = all(n in own for n in range(figure.first, figure.last + 1))
        found.append(replace(figure, own=inside))
        place = figure.last + 1
    return finder.with_context(found)


def _in_units(tokens: Sequence[Token], lexicon: Lexicon) -> set[int]:
    """Tokens of number words within a unit: the "two" of "two-week periods" and of "every two weeks"."""
    found: set[int] = set()
    for phrases in (lexicon.units, lexicon.every_unit):
        for hit in phrases.all_in(tokens, 0, len(tokens) - 1):
            found |= set(range(hit.first, hit.last + 1))
    return found


def _own(tokens: Sequence[Token], own_words: Iterable[str], lexicon: Lexicon) -> set[int]:
    """Tokens that stand in a text of the account's own, word for word."""
    numbers = lexicon.numbers
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.text, []).append(place)
    found: set[int] = set()
    for phrase in dict.fromkeys(own_words):
        there = lexicon.reader.tokens(clean(phrase))
        if not any(t.kind is Kind.NUMBER or numbers.at(there, n) for n, t in enumerate(there)):
            continue
        words = [token.text for token in there if token.kind is not Kind.SIGN]
        for start in places.get(words[0], ()) if len(words) > 1 else ():
            at = [n for n in range(start, min(start + 2 * len(words), len(tokens))) if tokens[n].kind is not Kind.SIGN]
            if [tokens[n].text for n in at[: len(words)]] == words:
                found |= set(at[: len(words)])
    return found


class _Finder:
    """Finds the figure that begins at a token, and afterwards what its surroundings say of it."""

    def __init__(self, heard: Heard, lexicon: Lexicon, currencies: Sequence[str]) -> None:
        self.heard = heard
        self.tokens = heard.tokens
        self.words = lexicon
        self.signs = _signs(lexicon, currencies)
        self.named = {mention.first for mention in heard.mentions}

    # ---- shapes ----

    def at(self, place: int) -> Figure | None:
        """The figure that begins here, or None."""
        for shape in (self._all_but, self._quantified, self._part, self._number, self._everyone):
            figure = shape(place)
            if figure:
                return figure
        return None

    def _bare(self, place: int) -> Figure | None:
        """A number in figures or words, with nothing around it."""
        if place >= len(self.tokens):
            return None
        token = self.tokens[place]
        if token.kind is Kind.NUMBER:
            return self._scaled(Figure(Sort.COUNT, place, place, token.value, step=token.step))
        hit = self.words.numbers.at(self.tokens, place)
        if not hit:
            return None
        value, last = Fraction(hit.name), hit.last
        ones = self.words.numbers.at(self.tokens, last + 1) if value >= 20 and value % 10 == 0 else None
        if ones and Fraction(ones.name) < 10:  # "twenty-five"
            value, last = value + Fraction(ones.name), ones.last
        return self._scaled(Figure(Sort.COUNT, place, last, value, word=True))

    def _scaled(self, figure: Figure) -> Figure:
        """With its "million" or "k"."""
        hit = self.words.scales.at(self.tokens, figure.last + 1)
        if not hit or figure.value is None:
            return figure
        word = self.tokens[hit.first]
        money = self._sign_before(figure.first) or self.tokens[figure.last].end == word.start
        if len(word.text) == 1 and not money:
            return figure
        size = _SCALES[hit.name]
        last = hit.last
        if self._is(last + 1, ".") and last + 2 < len(self.tokens) and self.tokens[last + 2].text in self.signs:
            last += 1  # "1,2 Mio. €"
        return replace(figure, last=last, value=figure.value * size, step=figure.step * size)

    def _number(self, place: int) -> Figure | None:
        token = self.tokens[place]
        if token.text in self.signs and self.words.numbers.at(self.tokens, place) is None:
            figure = self._bare(place + 1)
            if figure and token.kind is not Kind.NUMBER:
                return replace(figure, first=place, sort=Sort.MONEY, currency=self.signs[token.text])
            return None
        figure = self._bare(place)
        if figure is None:
            return None
        return self._with_sign(figure) or self._pair(figure) or figure

    def _with_sign(self, figure: Figure) -> Figure | None:
        after = figure.last + 1
        if self._is(after, "%"):
            return replace(figure, sort=Sort.SHARE, last=after)
        hit = self.words.only("percent").at(self.tokens, after)
        points = self.words.only("points").at(self.tokens, after)
        if points and (not hit or points.last > hit.last):
            return replace(figure, sort=Sort.POINTS, last=points.last)
        if hit:
            return replace(figure, sort=Sort.SHARE, last=hit.last)
        if after < len(self.tokens) and self.tokens[after].text in self.signs:
            return replace(figure, sort=Sort.MONEY, last=after, currency=self.signs[self.tokens[after].text])
        return None

    def _pair(self, figure: Figure) -> Figure | None:
        """ "5 of 7", "5 out of the 7", "5/7"."""
        after = figure.last + 1
        if self._is(after, "/"):
            whole = self._bare(after + 1)
        else:
            hit = self.words.only("of").at(self.tokens, after)
            if not hit:
                return None
            whole = self._bare(hit.last + 1) or self._bare(self._past_common(hit.last + 1))
        if whole is None or whole.value is None or whole.value == 0:
            return None
        if self._with_sign(whole) or (figure.value is not None and figure.value > whole.value):
            return None
        return replace(figure, sort=Sort.PAIR, last=whole.last, of=whole.value)

    def _past_common(self, place: int) -> int:
        """The token after "the", "our" and the like."""
        common = place < len(self.tokens) and self.tokens[place].stem in self.words.common
        return place + 1 if common and not self.words.numbers.at(self.tokens, place) else place

    def _quantified(self, place: int) -> Figure | None:
        """ "all 7", "none of the 4", "neither of the two", "both"."""
        for key in ("none", "neither", "all"):
            hit = self.words.only(key).at(self.tokens, place)
            whole = self._bare(hit.last + 1) if hit else None
            if whole and whole.value and not self._with_sign(whole) and not self._pair(whole):
                n = whole.value if key == "all" else Fraction(0)
                return replace(whole, sort=Sort.PAIR, first=place, value=n, of=whole.value)
        both = self.words.only("both").at(self.tokens, place)
        if both:
            two = Fraction(2)
            return Figure(Sort.PAIR, both.first, both.last, two, two, word=True)
        return None

    def _everyone(self, place: int) -> Figure | None:
        """ "all outbound touches", "no rep is active": all or none of what is named right after it."""
        if self.words.every_unit.at(self.tokens, place) or self.words.states.at(self.tokens, place):
            return None
        for key, share in (("every", 100), ("no", 0)):
            hit = self.words.only(key).at(self.tokens, place)
            if hit and self.named & {hit.last + 1, hit.last + 2}:
                return Figure(Sort.SHARE, place, hit.last, Fraction(share), step=Fraction(0), word=True)
        return None

    def _all_but(self, place: int) -> Figure | None:
        hit = self.words.only("all-but").at(self.tokens, place)
        figure = self._bare(hit.last + 1) if hit else None
        return replace(figure, sort=Sort.ALL_BUT, first=place) if figure else None

    def _part(self, place: int) -> Figure | None:
        """ "half of", "a third of"; as a percentage."""
        if self.words.only("not-parts").at(self.tokens, place) or self.words.only("not-parts").before(
            self.tokens, place + 1
        ):
            return None
        hit = self.words.parts.at(self.tokens, place)
        if not hit:
            return None
        share = Fraction(hit.name) * 100
        return Figure(Sort.SHARE, hit.first, hit.last, share, step=_PART_STEP, word=True)

    def _is(self, place: int, sign: str) -> bool:
        return 0 <= place < len(self.tokens) and self.tokens[place].text == sign

    def _sign_before(self, place: int) -> bool:
        return place > 0 and self.tokens[place - 1].text in self.signs

    # ---- surroundings ----

    def with_context(self, found: Sequence[Figure]) -> list[Figure]:
        """The figures with hedge, role, unit and state, as the words around them tell."""
        told: list[Figure] = []
        for number, figure in enumerate(found):
            first, last = self.heard.part_of(figure.first)
            low = max(first, found[number - 1].last + 1) if number else first
            high = min(last, found[number + 1].first - 1) if number + 1 < len(found) else last
            placed = self._with_role(self._hedged(figure, low), low, high)
            if told and self._goes_on(told[-1], placed):
                placed = replace(placed, hedge=told[-1].hedge)
            told.append(self._with_unit(placed, first, last, high))
        return told

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
        unit = self._unit(figure, min(high, figure.last + 3), last)
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
            passing = any(self.words.only(key).at(self.tokens, place) for key in ("others", "change-after"))
            if token.kind is not Kind.WORD or (token.stem in self.words.common and not passing):
                break
        return ""

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


def _signs(lexicon: Lexicon, currencies: Iterable[str]) -> dict[str, str]:
    """Sign or code as written → currency: "£", "gbp"; signs that several share go to the account's own."""
    from babel.numbers import get_currency_symbol

    from qbrgen.listen.words import plain

    found = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}
    for code in currencies:
        found[plain(code)] = code
        found[plain(get_currency_symbol(code, locale=lexicon.reader.locale))] = code
    return found
