"""Every number of a text back to its receipt: what it is, and which fact it was written from.

In: a statement, the narrative that holds it, and the words. Out: one `Traced` for each number in the text, in digits or
in words. Only facts of the statement's own receipts count, and what people typed themselves. A number that neither
explains is an orphan: the tests allow none (docs/method.md: "Receipts").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from qbrgen.figures import Fact, Form, Money, Receipt
from qbrgen.narrate import numbers
from qbrgen.narrate.statement import Narrative, Statement
from qbrgen.narrate.typed import typed_strings
from qbrgen.narrate.wording import Wording, tidy, word_set
from qbrgen.score.listed_facts import PERIOD

MOST_BETWEEN = 16  # letters between the two numbers of "15 of the 20"
_CLAUSE_END = re.compile(r"[,;:.()](?!\d)")
_SENTENCE_END = re.compile(r"[.;](?!\d)")
COUNTED, PEOPLE, PERSONA = "counted", "people", "persona"  # the name of a fact, and the receipts of people


@dataclass(frozen=True, slots=True)
class Traced:
    """One number of a text, from `start` to `end`.

    text: as written ("80%", "two", "29 June"). fact and receipt: where it comes from. typed: the words of a person that
    it is part of. Neither: an orphan.
    """

    text: str
    start: int
    end: int
    fact: Fact | None = None
    receipt: str = ""
    typed: str = ""

    @property
    def is_orphan(self) -> bool:
        return self.fact is None and not self.typed


def trace(statement: Statement, narrative: Narrative, wording: Wording) -> tuple[Traced, ...]:
    """Every number of a statement, in the order of the text."""
    known = {receipt.id: receipt for receipt in narrative.picture.receipts}
    own = [known[name] for name in statement.receipts if name in known]
    said = [replace(each, figures=tuple(fact for fact in each.figures if _may_say(statement, fact))) for each in own]
    return trace_text(statement.text, [*said, *_always(known)], typed_strings(narrative.picture), wording)


def _may_say(statement: Statement, fact: Fact) -> bool:
    return statement.key.startswith(fact.only)


def _always(known: Mapping[str, Receipt]) -> list[Receipt]:
    """What every text may name without saying so: the quarter that it is about."""
    period = known.get(PERIOD)
    labels = tuple(fact for fact in period.figures if fact.form is Form.LABEL) if period else ()
    return [Receipt(PERIOD, "period", "", figures=labels)]


def trace_text(text: str, receipts: Sequence[Receipt], typed: Iterable[str], wording: Wording) -> tuple[Traced, ...]:
    """Every number of a text, from the facts of these receipts or the typed words."""
    facts = tuple((receipt.id, fact) for receipt in receipts for fact in receipt.figures)
    found: list[Traced] = []
    spans = [*_typed_spans(text, typed, wording), *_whole_spans(text, facts, wording)]
    idioms = _idioms(text, wording)
    places = [match.span() for match in _tokens(text, wording)]
    places = [place for place in places if not any(a <= place[0] and place[1] <= b for a, b in idioms)]
    for position, (start, end) in enumerate(places):
        span = next((s for s in spans if s.start <= start and end <= s.end), None)
        if span is not None:
            if span not in found:
                found.append(span)
            continue
        following = text[slice(*places[position + 1])] if _is_beside(text, places, position) else ""
        before = found if _is_beside(text, places, position - 1) else ()
        found.append(_best(text, start, end, following, facts, (before, found), wording))
    return tuple(sorted(found, key=lambda each: each.start))


def _is_beside(text: str, places: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether the number at this position and the next stand as "5 of 7" do."""
    if position < 0 or position + 1 >= len(places):
        return False
    between = text[places[position][1] : places[position + 1][0]]
    return len(between) <= MOST_BETWEEN and not re.search(r"[,;.:()–]", between)


# ---- what stands in a text ------------------------------------------------------------------------------------------


def _tokens(text: str, wording: Wording) -> Iterator[re.Match[str]]:
    """Numbers in digits, grouped as the locale groups them, and number words."""
    yield from _pattern(wording).finditer(text)


@lru_cache(maxsize=8)
def _pattern(wording: Wording) -> re.Pattern[str]:
    group, decimal = re.escape(wording.group_symbol), re.escape(wording.decimal_symbol)
    words = "|".join(re.escape(word) for word in sorted(wording.number_words, key=len, reverse=True))
    said = rf"|(?<!\w)(?:{words})(?!\w)" if words else ""
    return re.compile(rf"\d+(?:{group}\d{{2,3}})*(?:{decimal}\d+)?{said}", re.IGNORECASE)


def _idioms(text: str, wording: Wording) -> list[tuple[int, int]]:
    """Where a number word is no number: "no one", "two-week period"."""
    return [match.span() for match in _idiom_pattern(wording).finditer(text)]


@lru_cache(maxsize=8)
def _idiom_pattern(wording: Wording) -> re.Pattern[str]:
    idioms = [each.strip() for each in wording.say("explain.idioms").split("|")]
    return re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in idioms if each) or r"(?!)", re.IGNORECASE)


def _typed_spans(text: str, typed: Iterable[str], wording: Wording) -> list[Traced]:
    """Where words of a person stand that hold a number; the longest first."""
    number, spans = _pattern(wording), []
    folded = text.casefold()
    for each in sorted(set(typed), key=len, reverse=True):
        words = tidy(each)
        if not words or not number.search(words) or words.casefold() not in folded:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
            spans.append(Traced(match.group(), *match.span(), typed=each))
    return spans


def _whole_spans(text: str, facts: Sequence[tuple[str, Fact]], wording: Wording) -> list[Traced]:
    """Where a date or the label of a period stands; the longest first."""
    found: dict[tuple[int, int], Traced] = {}
    for receipt, fact in facts:
        if fact.form not in (Form.DATE, Form.LABEL):
            continue
        for form in written(fact, wording):
            for match in re.finditer(rf"(?<!\d){re.escape(form)}(?!\d)", text, re.IGNORECASE):
                found.setdefault(match.span(), Traced(match.group(), *match.span(), fact=fact, receipt=receipt))
    return sorted(found.values(), key=lambda each: each.start - each.end)


# ---- which fact a number is -----------------------------------------------------------------------------------------


def _best(
    text: str,
    start: int,
    end: int,
    following: str,
    facts: Sequence[tuple[str, Fact]],
    said: tuple[Sequence[Traced], Sequence[Traced]],
    wording: Wording,
) -> Traced:
    """The fact that a number was written from. Of several with the same figure: the one that the number before is
    counted from ("5 of 7"); one that is counted from the number after; a figure before a number of the rule; one that
    is counted from what the sentence began with ("of the 8, 2 were …"); the one whose own words stand in the clause
    ("one more is new"); one that was not said yet; the first. said: the number just before, and all of them.
    """
    around = _telling(word_set(_clause(text, start, end)))
    last = said[0][-1] if said[0] else None
    used = {(each.receipt, each.fact) for each in said[1]}
    same_sentence = bool(said[1]) and not _SENTENCE_END.search(text, said[1][-1].end, start)
    earlier = said[1][-1].fact if same_sentence else None
    best, place, most = None, (start, end), (False, False, False, False, 0, False)
    for receipt, fact in facts:
        span = _written_at(text, start, end, fact, wording)
        if span is None:
            continue
        paired = bool(last and last.fact and last.fact.of == fact.name and last.receipt == receipt)
        whole = bool(fact.of and following) and _says(following, receipt, fact.of, facts, wording)
        kin = bool(earlier and fact.of and fact.of in (earlier.name, earlier.of))
        alike = len(around & _telling(_own_words(receipt, fact, wording)))
        rank = (paired, whole, not fact.aside, kin, alike, (receipt, fact) not in used)
        if best is None or rank > most:
            best, place, most = (receipt, fact), span, rank
    if best is None:
        return Traced(text[start:end], start, end)
    return Traced(text[slice(*place)], *place, fact=best[1], receipt=best[0])


def _own_words(receipt: str, fact: Fact, wording: Wording) -> frozenset[str]:
    """The words that `explain` has for a fact."""
    if fact.name == COUNTED and receipt.split(":", 1)[0] in (PEOPLE, PERSONA):
        return wording.words_of("explain.counted.active")
    return wording.words_of(f"explain.fact.{fact.name}")


def _telling(words: frozenset[str]) -> frozenset[str]:
    """Without the smallest words, which every clause has."""
    return frozenset(word for word in words if len(word) > 2)


def _clause(text: str, start: int, end: int) -> str:
    """The part of a sentence in which a number stands."""
    first = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    after = _CLAUSE_END.search(text, end)
    return text[first : after.start() if after else len(text)]


def _says(text: str, receipt: str, name: str, facts: Sequence[tuple[str, Fact]], wording: Wording) -> bool:
    """Whether a number is the fact of that name."""
    same = (fact for other, fact in facts if other == receipt and fact.name == name)
    return any(_written_at(text, 0, len(text), fact, wording) for fact in same)


def _written_at(text: str, start: int, end: int, fact: Fact, wording: Wording) -> tuple[int, int] | None:
    """Where the number at this place, with its sign of percent or currency, is written as the fact is; else None."""
    if fact.form in (Form.DATE, Form.LABEL):
        return None
    said = text[start:end]
    if not said[0].isdigit():
        count = wording.number_words.get(said.casefold())
        same = fact.form is Form.COUNT and fact.value == count
        return (start, end) if same else None
    for form in written(fact, wording):
        core = _pattern(wording).search(form)
        if core is None or core.group() != said:
            continue
        first, last = start - core.start(), end + len(form) - core.end()
        if first >= 0 and text[first:last] == form and _stands_alone(text, first, last, wording):
            return first, last
    return None


def _stands_alone(text: str, first: int, last: int, wording: Wording) -> bool:
    """Whether nothing beside it makes it another figure: a percent sign, a currency, a letter, more digits."""
    before, after = text[:first][-1:], text[last:]
    if before and (before.isalnum() or unicodedata.category(before) == "Sc"):
        return False
    beside = after.lstrip("\u00a0\u202f")
    return not (after[:1].isalnum() or beside.startswith(wording.percent_symbol) or _is_currency(beside[:1]))


def _is_currency(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign) == "Sc"


# ---- how a fact is written ------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def written(fact: Fact, wording: Wording) -> tuple[str, ...]:
    """Every way in which narration writes a fact in digits."""
    return tuple(dict.fromkeys(form for form in _forms(fact, wording) if form))


def _forms(fact: Fact, wording: Wording) -> Iterator[str]:
    value = fact.value
    if isinstance(value, str):
        yield wording.period_labelled(value) if fact.form is Form.LABEL else value
    elif isinstance(value, date):
        yield from (wording.date(value), wording.day_month(value))
    elif fact.form is Form.AMOUNT:
        yield from _amounts(value, fact.unit, wording)
    elif fact.form is Form.PACE:
        yield from (wording.number(round(value * 100, decimals)) for decimals in (1, 2))
    elif fact.form is Form.POINTS and fact.against is not None:
        yield wording.points_between(value, fact.against)
    elif fact.form is Form.SHARE:
        yield from (wording.percent(value, fact.against), wording.percent(value))
    elif fact.form is Form.SCORE:
        yield from (wording.points(value), wording.number(Fraction(numbers.rounded(value, 1))))
    else:
        yield _plain(value, fact.form, wording)


def _plain(value: Fraction, form: Form, wording: Wording) -> str:
    forms = {Form.TARGET: wording.target, Form.ESTIMATE: wording.roughly, Form.TENTHS: wording.tenths}
    return forms[form](value) if form in forms else wording.number(value)


def _amounts(value: Fraction, unit: str, wording: Wording) -> Iterator[str]:
    """As it is, and to two figures as estimates are."""
    for amount in (value, numbers.two_figures(value)):
        if numbers.known_currency(unit):
            money = Money(Decimal(amount.numerator) / Decimal(amount.denominator), unit)
            yield from (wording.money(money), wording.money(money, short=False))
        elif unit == "%":
            yield wording.percent(amount / 100)
        else:
            yield wording.number(amount)
