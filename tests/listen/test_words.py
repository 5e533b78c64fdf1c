"""Reading a text: words, numbers, dates, and nothing that is more than text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qbrgen.listen.dates import dates_in
from qbrgen.listen.figure import Figure, Sort
from qbrgen.listen.figures import figures_in
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import hear
from qbrgen.listen.words import Kind, Reader, clean, plain
from qbrgen.narrate.wording import load_wording
from qbrgen.pipeline import Review


def test_control_characters_escapes_and_marks_of_direction_are_taken_out() -> None:
    assert clean("a\x1b[31mb\x07c\u202ed\u200be\x9bf\ttab\r\nline") == "a[31mbcdef tab line"


def test_markup_is_text() -> None:
    assert clean("<b>80%</b> {{ x }} $(rm)") == "<b>80%</b> {{ x }} $(rm)"


@pytest.mark.parametrize(
    ("locale", "written", "value", "step"),
    [
        ("en-GB", "1,234.50", Fraction(123450, 100), Fraction(1, 100)),
        ("en-GB", "12,5", Fraction(12), Fraction(1)),
        ("de-DE", "1.234,5", Fraction(12345, 10), Fraction(1, 10)),
        ("pl-PL", "1 234,5", Fraction(12345, 10), Fraction(1, 10)),
        ("fr-FR", "1\u202f234", Fraction(1234), Fraction(1)),
        ("en-GB", "½", Fraction(1, 2), Fraction(1, 20)),
    ],
)
def test_numbers_are_read_as_the_locale_writes_them(locale: str, written: str, value: Fraction, step: Fraction) -> None:
    first = Reader(locale).tokens(clean(written))[0]
    assert (first.value, first.step) == (value, step)


def test_endings_are_those_of_the_language() -> None:
    assert Reader("en-GB").stems("sequenced sequences") == ("sequenc", "sequenc")
    assert Reader("de-DE").stems("Gespräche Gespräch") == (plain("gesprach"),) * 2
    assert Reader("ja-JP").stems("reps") == ("reps",)  # Snowball has no Japanese: read as it is


@pytest.mark.parametrize(
    "text", ["16 October", "October 16", "2026-10-16", "in 2026", "Q3", "30/9/2026", "the 3rd of May 2026"]
)
def test_dates_and_period_names_are_no_figures(text: str) -> None:
    reader = Reader("en-GB")
    tokens = reader.tokens(clean(text))
    numbers = {place for place, token in enumerate(tokens) if token.kind is Kind.NUMBER}
    assert numbers <= dates_in(tokens, reader.locale) | ({1} if "3rd" in text else set())


def found(text: str, review: Review, lexicon: Lexicon) -> list[Figure]:
    return figures_in(hear(text, review.pictures["acme"], lexicon), lexicon, [], ["GBP"])


@pytest.mark.parametrize(
    ("text", "sort", "value", "of"),
    [
        ("80%", Sort.SHARE, 80, None),
        ("80 per cent", Sort.SHARE, 80, None),
        ("5 of 7", Sort.PAIR, 5, 7),
        ("5 out of the 7", Sort.PAIR, 5, 7),
        ("5/7", Sort.PAIR, 5, 7),
        ("five of seven", Sort.PAIR, 5, 7),
        ("both", Sort.PAIR, 2, 2),
        ("all seven", Sort.PAIR, 7, 7),
        ("none of the 4", Sort.PAIR, 0, 4),
        ("neither of the two", Sort.PAIR, 0, 2),
        ("twenty-five", Sort.COUNT, 25, None),
        ("a dozen", Sort.COUNT, 12, None),
        ("half of the touches", Sort.SHARE, 50, None),
        ("two thirds of the touches", Sort.SHARE, Fraction(200, 3), None),
        ("£1.2m", Sort.MONEY, 1_200_000, None),
        ("£ 840 thousand", Sort.MONEY, 840_000, None),
        ("1.2 million GBP", Sort.MONEY, 1_200_000, None),
        ("$3bn", Sort.MONEY, 3_000_000_000, None),
        ("+12 points", Sort.POINTS, 12, None),
        ("4,180", Sort.COUNT, 4180, None),
        ("all but two of their weeks", Sort.ALL_BUT, 2, None),
    ],
)
def test_figures_are_found_in_every_shape(
    text: str, sort: Sort, value: int | Fraction, of: int | None, review: Review, lexicon: Lexicon
) -> None:
    (figure,) = found(text, review, lexicon)
    assert (figure.sort, figure.value, figure.of) == (sort, value, of)


def test_money_is_read_as_another_locale_writes_it(review: Review) -> None:
    german = Lexicon(load_wording(None, "de-DE"))  # no German wording is shipped: English words, German figures
    (figure,) = figures_in(hear("€1,2m", review.pictures["acme"], german), german, [], ["EUR"])
    assert (figure.value, figure.currency) == (1_200_000, "EUR")


def test_figures_in_the_accounts_own_names_are_its_own(review: Review, lexicon: Lexicon) -> None:
    heard = hear("the manager coached two calls", review.pictures["acme"], lexicon)
    (figure,) = figures_in(heard, lexicon, ["coached two calls"])
    assert figure.own
