"""The figures in a sentence: what was said, in which shape, how closely it was meant, and before or after what.

In: a text as heard (naming.py). Out: figures in the order of the text. Dates and period names are no figures; figures
that stand in the account's own names ("coached two calls") are marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from qbrgen.listen.context import Context
from qbrgen.listen.dates import dates_in
from qbrgen.listen.figure import Figure
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import Heard
from qbrgen.listen.shapes import Shapes
from qbrgen.listen.words import Kind, Token, clean

_NEAR = 12  # tokens from a number within which the other words of its text stand
_LEAST_WORDS = 3  # a text of fewer words is told word for word


def figures_in(
    heard: Heard, lexicon: Lexicon, own_words: Iterable[str], currencies: Iterable[str] = ()
) -> list[Figure]:
    """Every figure of a text. own_words: names and texts of the account, whose figures are its own.

    currencies: codes ("GBP") that may be meant, beside their signs.
    """
    tokens = heard.tokens
    passed = dates_in(tokens, lexicon.reader.locale) | _in_units(tokens, lexicon)
    texts = list(dict.fromkeys(own_words))
    own = _own(tokens, texts, lexicon) | _retold(heard, texts, lexicon)
    shapes = Shapes(heard, lexicon, tuple(currencies), passed)
    found: list[Figure] = []
    place = 0
    while place < len(tokens):
        figure = None if place in passed else shapes.at(place)
        if figure is None:
            place += 1
            continue
        inside = all(n in own for n in range(figure.first, figure.last + 1))
        found.append(replace(figure, own=inside))
        place = figure.last + 1
    return Context(heard, lexicon).with_context(found)


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
    for phrase in own_words:
        there = lexicon.reader.tokens(clean(phrase))
        if not any(t.kind is Kind.NUMBER or numbers.at(there, n) for n, t in enumerate(there)):
            continue
        words = [token.text for token in there if token.kind is not Kind.SIGN]
        for start in places.get(words[0], ()) if len(words) > 1 else ():
            at = [n for n in range(start, min(start + 2 * len(words), len(tokens))) if tokens[n].kind is not Kind.SIGN]
            if [tokens[n].text for n in at[: len(words)]] == words:
                found |= set(at[: len(words)])
    return found


def _retold(heard: Heard, own_words: Iterable[str], lexicon: Lexicon) -> set[int]:
    """Number tokens of a text of the account's own that is told in another form: "placing it with 40 new employers".

    Two thirds of its words stand near the number, and what follows the number is one of them.
    """
    tokens = heard.tokens
    places: dict[Fraction, list[int]] = {}
    for place, token in enumerate(tokens):
        if token.kind is Kind.NUMBER and token.value is not None:
            places.setdefault(token.value, []).append(place)
    found: set[int] = set()
    for phrase in own_words if places else ():
        there = lexicon.reader.tokens(clean(phrase))
        values = {token.value for token in there if token.kind is Kind.NUMBER and token.value is not None}
        stems = frozenset(lexicon.content(there))
        for place in (place for value in values for place in places.get(value, ())):
            first, last = heard.part_of(place)
            near = tokens[max(first, place - _NEAR) : min(last, place + _NEAR) + 1]
            after = next((token.stem for token in tokens[place + 1 : last + 1] if token.kind is Kind.WORD), "")
            said = {token.stem for token in near} & stems
            if len(stems) >= _LEAST_WORDS and after in stems and 3 * len(said) >= 2 * len(stems):
                found.add(place)
    return found
