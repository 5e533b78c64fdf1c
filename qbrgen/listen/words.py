"""A typed text as tokens: words with their stems, numbers, and the signs that matter.

In: any text, as untrusted as text can be. Out: tokens whose places are those of `clean(text)`, which is safe to print.
Stems are Snowball's, of the language of the wording files; a language that Snowball lacks is read without endings taken
off. Everything runs once over the text, so that a long one takes no more than its length in time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

import snowballstemmer
from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

MOST_CHARACTERS = 10_000
_MOST_DIGITS = 18
_GROUP = 3  # digits between two marks of a large number
_SPACES = "\u0020\u00a0\u2009\u202f"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_PARTS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}
_SIGNS = frozenset("%,;.!?:+/~≈<>≥≤()" + _DASHES)


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One token. text: normalised (small letters, no accents; a dash is "-"). stem: of a word, else its text.

    start, end: its place in the cleaned text. capital: it begins with a capital, or its script has none. value, step:
    of a number, and the size of its last written digit; None where it has more digits than any figure of an account.
    """

    kind: Kind
    text: str
    stem: str
    start: int
    end: int
    capital: bool = False
    value: Fraction | None = None
    step: Fraction = Fraction(1)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - Snowball's own name


def clean(text: str) -> str:
    """The text without anything that a terminal or a reader would take for more than text.

    Control and format characters (escapes, marks that turn the direction) go; line ends become spaces, blank lines a
    full stop between sentences.
    """
    text = re.sub(r"\s*\n\s*\n\s*", " ; ", text.replace("\r\n", "\n").strip())
    kept = (" " if c in "\n\r\t\x0b\x0c\u2028\u2029" else c for c in unicodedata.normalize("NFC", text))
    plain = "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return re.sub(r" {2,}", " ", plain).strip()


def plain(word: str) -> str:
    """A word in small letters, without accents, apostrophes all alike."""
    spread = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in spread if not unicodedata.combining(c)).replace("’", "'").replace("ʼ", "'")


class Reader:
    """Reads texts of one locale ("en-GB")."""

    def __init__(self, locale: str) -> None:
        self.locale = Locale.parse(locale.replace("-", "_"))
        group, decimal = get_group_symbol(self.locale), get_decimal_symbol(self.locale)
        self._groups = _SPACES + "'’" if group in _SPACES else group
        self._decimal = decimal
        grouped = rf"\d{{1,3}}(?:[{re.escape(self._groups)}]\d{{3}})+(?!\d)"
        self._other = "," if decimal == "." else "."
        # "80,0%" where "80.0%" is usual: before a percent sign it can be nothing else
        foreign = rf"\d+{re.escape(self._other)}\d{{1,2}}(?=[{_SPACES}]?%)"
        number = rf"{foreign}|(?:{grouped}|\d+)(?:{re.escape(decimal)}\d+)?"
        letters = r"[^\W\d_]"
        # "e-mail" is one word; every other hyphen parts two
        word = rf"(?<!\w){letters}[-‐‑](?={letters}{{3}}){letters}+|{letters}+(?:['’]{letters}+)*"
        self._token = re.compile(rf"(?P<number>[{''.join(_PARTS)}]|{number})|(?P<word>{word})|(?P<sign>\S)")
        self._stemmer = _stemmer(self.locale)
        self.stem = lru_cache(maxsize=20_000)(self._stem)

    def _stem(self, word: str) -> str:
        if self._stemmer is None:
            return word
        return plain(self._stemmer.stemWord(word))

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a cleaned text; quotes, brackets and other marks are passed over."""
        found: list[Token] = []
        for match in self._token.finditer(text):
            if match["number"]:
                value, step = self._number(match["number"])
                written = match["number"]
                found.append(Token(Kind.NUMBER, written, written, match.start(), match.end(), False, value, step))
            elif match["word"]:
                found.append(self._word(match["word"], match.start()))
            else:
                token = _sign(match["sign"], match.start())
                if token:
                    found.append(token)
        return _without_hyphens(found, text)

    def _word(self, written: str, start: int) -> Token:
        word = plain(re.sub(r"[-‐‑]", "", written))
        capital = written[0].isupper() or written[0].lower() == written[0].upper()
        return Token(Kind.WORD, word, self.stem(word), start, start + len(written), capital)

    def _number(self, written: str) -> tuple[Fraction | None, Fraction]:
        if written in _PARTS:
            return Fraction(*_PARTS[written]), Fraction(1, 20)
        bare = written
        head, mark, tail = written.partition(self._other)
        if mark and len(tail) < _GROUP and tail.isdigit() and head.isdigit():
            bare = f"{head}{self._decimal}{tail}"
        for mark in self._groups:
            bare = bare.replace(mark, "")
        whole, _, rest = bare.partition(self._decimal)
        if len(whole) + len(rest) > _MOST_DIGITS:
            return None, Fraction(1)
        step = Fraction(1, 10 ** len(rest))
        return int(whole + rest) * step, step

    def stems(self, phrase: str) -> tuple[str, ...]:
        """The stems of a phrase as it is looked for in a text."""
        return tuple(token.stem for token in self.tokens(clean(phrase)) if token.kind is not Kind.SIGN)


def _sign(written: str, start: int) -> Token | None:
    if written in _PARTS:
        return Token(
            Kind.NUMBER, written, written, start, start + 1, False, Fraction(*_PARTS[written]), Fraction(1, 20)
        )
    if written not in _SIGNS and unicodedata.category(written) != "Sc":
        return None
    text = "-" if written in _DASHES else written
    return Token(Kind.SIGN, text, text, start, start + 1)


def _without_hyphens(tokens: list[Token], text: str) -> list[Token]:
    """Hyphens inside a compound ("not-yet") part two words, as a space does, and full stops inside an id nothing."""
    kept: list[Token] = []
    for token in tokens:
        inside = token.kind is Kind.SIGN and token.start > 0 and token.end < len(text)
        around = text[token.start - 1].isalnum() and text[token.end].isalnum() if inside else False
        between_words = around and not (text[token.start - 1].isdigit() and text[token.end].isdigit())
        if not (token.text in ("-", ".") and between_words):
            kept.append(token)
    return kept


def _stemmer(locale: Locale) -> _Stemmer | None:
    try:
        name = (Locale(locale.language).english_name or "").split(" ")[0].lower()
    except UnknownLocaleError:
        return None
    if name not in snowballstemmer.algorithms():
        return None
    stemmer: _Stemmer = snowballstemmer.stemmer(name)
    return stemmer
