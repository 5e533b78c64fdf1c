"""The shapes that figures come in: "80%", "5 of 7", "four in five", "25 to 35%", "£1.2m", "both", "most reps".

In: a text as heard and a token. Out: the figure that begins there, by its own words; context.py reads those around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from qbrgen.listen.figure import Figure, Hedge, Role, Sort
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import Heard
from qbrgen.listen.words import Kind

_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PART_STEP = Fraction(5)  # "half", "four in five" and "halved" are meant to five points
_MOST_PARTS = 10  # "8 in 10" is a share; "8 in 26" is none
QUANTITIES = {  # what a quantity without a number is held to, in per cent
    "most": (Fraction(50), Hedge.ABOVE),
    "minority": (Fraction(50), Hedge.BELOW),
    "few": (Fraction(100, 3), Hedge.MOST),
    "hardly": (Fraction(15), Hedge.MOST),
    "some": (Fraction(0), Hedge.ABOVE),
    "not-all": (Fraction(100), Hedge.BELOW),
    "nearly-all": (Fraction(85), Hedge.NEARLY),
}


class Shapes:
    """Finds the figure that begins at a token."""

    def __init__(self, heard: Heard, lexicon: Lexicon, currencies: Sequence[str], passed: Set[int]) -> None:
        self.passed = passed
        self.tokens = heard.tokens
        self.words = lexicon
        self.signs = signs(lexicon, currencies)
        self.named = {mention.first for mention in heard.mentions}

    # ---- shapes ----

    def at(self, place: int) -> Figure | None:
        """The figure that begins here, or None."""
        shapes = (
            self._multiple,
            self._range,
            self._all_but,
            self._quantity,
            self._quantified,
            self._part,
            self._number,
            self._everyone,
        )
        for shape in shapes:
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
                return replace(figure, first=place, sort=Sort.MONEY, currency=self._sign(place))
            return None
        figure = self._bare(place)
        if figure is None:
            return None
        return self._with_sign(figure) or self._ratio(figure) or self._pair(figure) or self._decimal(figure) or figure

    def _range(self, place: int) -> Figure | None:
        """ "between 75% and 85%", "25-35%", "25 to 35%"; "from 25 to 35" is a move, and none."""
        opened = self.words.only("between").at(self.tokens, place)
        first = opened.last + 1 if opened else place
        low = self._alone(first)
        if low is None:
            return None
        if opened:
            join = self.words.only("between-and").at(self.tokens, low.last + 1)
            after = join.last + 1 if join else -1
        else:
            after = self._after_to(low)
        high = self._alone(after) if after > 0 else None
        if high is None or low.value is None or high.value is None or not low.value < high.value:
            return None
        if low.sort not in (high.sort, Sort.COUNT) or {low.first, high.first} & self.passed:
            return None
        return replace(high, first=place, value=low.value, upto=high.value, word=False)

    def _alone(self, place: int) -> Figure | None:
        """A number with its sign, and nothing more."""
        if not 0 <= place < len(self.tokens):
            return None
        if self.tokens[place].kind is not Kind.NUMBER and self.tokens[place].text in self.signs:
            figure = self._bare(place + 1)
            return replace(figure, first=place, sort=Sort.MONEY, currency=self._sign(place)) if figure else None
        figure = self._bare(place)
        return (self._with_sign(figure) or figure) if figure else None

    def _sign(self, place: int) -> str:
        return self.signs[self.tokens[place].text]

    def _after_to(self, low: Figure) -> int:
        """The token after the dash or the "to" of a range; -1 where something went from one to the other."""
        after = low.last + 1
        if self._is(after, "-"):
            return after + 1
        to = self.words.only("range-to").at(self.tokens, after)
        start = low.first
        moved = any(
            found.before(self.tokens, start) for found in (self.words.only("range-from"), self.words.ways)
        ) or bool(self.words.hedges.before(self.tokens, start))
        return to.last + 1 if to and not moved else -1

    def _ratio(self, figure: Figure) -> Figure | None:
        """ "4 in 5": a share, rounded."""
        hit = self.words.only("ratio").at(self.tokens, figure.last + 1)
        whole = self._bare(hit.last + 1) if hit else None
        if whole is None or not whole.value or figure.value is None or whole.first in self.passed:
            return None
        counted = self.words.units.at(self.tokens, whole.last + 1)
        if not figure.value < whole.value <= _MOST_PARTS or (counted and counted.name != "people"):
            return None
        share = figure.value * 100 / whole.value
        return replace(figure, sort=Sort.SHARE, last=whole.last, value=share, step=_PART_STEP, word=False)

    def _decimal(self, figure: Figure) -> Figure | None:
        """ "0.8 of touches"."""
        if figure.value is None or not 0 < figure.value < 1 or figure.step >= 1:
            return None
        if not self.words.only("of").at(self.tokens, figure.last + 1):
            return None
        return replace(figure, sort=Sort.SHARE, value=figure.value * 100, step=figure.step * 100)

    def _multiple(self, place: int) -> Figure | None:
        """ "halved", "doubled": a change, which says its own way."""
        hit = self.words.multiples.at(self.tokens, place)
        if not hit:
            return None
        change = Fraction(hit.name)
        step = _PART_STEP if change < 0 else 2 * _PART_STEP
        way = -1 if change < 0 else 1
        return Figure(Sort.SHARE, place, hit.last, abs(change), step=step, role=Role.CHANGE, way=way)

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
            return replace(figure, sort=Sort.MONEY, last=after, currency=self._sign(after))
        money = self.words.currencies.at(self.tokens, after)
        if money:
            return replace(figure, sort=Sort.MONEY, last=money.last, currency=money.name)
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

    def _quantity(self, place: int) -> Figure | None:
        """ "most reps", "not all of the reps", "hardly any touches": of what is named right after it."""
        hit = self.words.quantities.at(self.tokens, place)
        if not hit or not self._counts_after(hit.last):
            return None
        hedge = self.words.hedges.before(self.tokens, hit.last + 1)
        if hedge and hedge.first < place:  # "at most"
            return None
        value, closely = QUANTITIES[hit.name]
        return Figure(Sort.SHARE, place, hit.last, value, step=Fraction(0), hedge=closely, word=True, vague=True)

    def _counts_after(self, place: int) -> bool:
        """Whether what is named, or a noun that is counted, comes right after a token."""
        if self.named & {place + 1, place + 2}:
            return True
        nouns = (self.words.units.at(self.tokens, place + n) for n in (1, 2))
        return any(noun and noun.name in ("people", "workflows") for noun in nouns)

    def _everyone(self, place: int) -> Figure | None:
        """ "all outbound touches", "no rep is active": all or none of what is named right after it."""
        if self.words.every_unit.at(self.tokens, place) or self.words.states.at(self.tokens, place):
            return None
        for key, share in (("every", 100), ("no", 0)):
            hit = self.words.only(key).at(self.tokens, place)
            if hit and self._counts_after(hit.last):
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


def signs(lexicon: Lexicon, currencies: Iterable[str]) -> dict[str, str]:
    """Sign or code as written → currency: "£", "gbp"; signs that several share go to the account's own."""
    from babel.numbers import get_currency_symbol

    from qbrgen.listen.words import plain

    found = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}
    for code in currencies:
        found[plain(code)] = code
        found[plain(get_currency_symbol(code, locale=lexicon.reader.locale))] = code
    return found
