"""Every number of a text back to its receipt: what it is, and which fact it was written from.

In: a statement, the narrative that holds it, and the words. Out: one `Traced` for each number in the text, in digits or
in words. Only facts of the statement's own receipts count, and what people typed themselves. A number that neither
explains is an orphan: the tests allow none (docs/method.md: "Receipts").

Of facts with the same value the wording decides: which entry printed the number (marks.py), and which facts stand there
(printed.py). Where that is not known, the numbers beside it and the words of its clause do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from qbrgen.figures import Fact, Form, Money, Receipt
from qbrgen.narrate import numbers
from qbrgen.narrate.grammar import short_name
from qbrgen.narrate.marks import Path, paths_of
from qbrgen.narrate.printed import declared, is_named
from qbrgen.narrate.score import part_name
from qbrgen.narrate.statement import SPOKEN, Narrative, Statement
from qbrgen.narrate.typed import typed_strings
from qbrgen.narrate.wording import Wording, tidy, word_set
from qbrgen.score.facts.listed import PERIOD
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Part

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
    found = _traced(statement, narrative, wording)
    if _is_spoken(statement.key):
        return found
    for start, end, told in _repeated(statement, narrative):
        kept = [each for each in found if not (start <= each.start and each.end <= end)]
        again = _traced(told, narrative, wording)
        if any(each.start < end and start < each.end for each in kept) or any(each.is_orphan for each in again):
            continue
        moved = [replace(each, start=each.start + start, end=each.end + start) for each in again]
        found = tuple(sorted([*kept, *moved], key=lambda each: each.start))
    return found


def _traced(statement: Statement, narrative: Narrative, wording: Wording) -> tuple[Traced, ...]:
    known = {receipt.id: receipt for receipt in narrative.picture.receipts}
    own = [known[name] for name in statement.receipts if name in known]
    said = [replace(each, figures=tuple(fact for fact in each.figures if _may_say(statement, fact))) for each in own]
    receipts = [*said, *_always(known)]
    paths = paths_of(statement.key, statement.text, narrative, wording)
    whose = _whose(narrative.picture, wording) if paths else {}
    return trace_text(statement.text, receipts, typed_strings(narrative.picture), wording, paths, whose)


def _is_spoken(key: str) -> bool:
    return any(key == each or (each.endswith(":") and key.startswith(each)) for each in SPOKEN)


def _repeated(statement: Statement, narrative: Narrative) -> Iterator[tuple[int, int, Statement]]:
    """Where a text repeats a whole sentence of its account: from, to, and the statement; the longest first."""
    taken: list[tuple[int, int]] = []
    own = set(statement.receipts)
    told = [each for key, each in narrative.statements.items() if _is_spoken(key) and own.issuperset(each.receipts)]
    for each in sorted(told, key=lambda each: -len(each.text)):
        start = statement.text.find(each.text)
        end = start + len(each.text)
        if start >= 0 and each.text and not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            yield start, end, each


def _may_say(statement: Statement, fact: Fact) -> bool:
    return statement.key.startswith(fact.only)


def _always(known: Mapping[str, Receipt]) -> list[Receipt]:
    """What every text may name without saying so: the quarter that it is about."""
    period = known.get(PERIOD)
    labels = tuple(fact for fact in period.figures if fact.form is Form.LABEL) if period else ()
    return [Receipt(PERIOD, "period", "", figures=labels)]


def _whose(picture: AccountPicture, wording: Wording) -> dict[str, frozenset[str]]:
    """The names of groups and workflows, and the words that a workflow is told in: whose receipt a clause is about.

    The parts of the score have a receipt together, so that their names lead to facts of it.
    """
    found: dict[str, set[str]] = {part_name(wording, part): {f"{part}-part"} for part in Part}
    for persona in picture.personas:
        for name in {persona.name, persona.one, *short_name(persona, picture.personas)}:
            found.setdefault(name, set()).add(persona.receipt)
    for workflow in picture.workflows:
        receipts = {workflow.receipt, *((workflow.outlook.receipt,) if workflow.outlook else ())}
        for name in (workflow.name, *(workflow.word(word) for word in ("of", "do", "did"))):
            found.setdefault(name, set()).update(receipts)
    for impact in picture.impacts:
        found.setdefault(impact.impact.what, set()).add(impact.receipt)
    return {name: frozenset(receipts) for name, receipts in found.items() if name}


def trace_text(
    text: str,
    receipts: Sequence[Receipt],
    typed: Iterable[str],
    wording: Wording,
    paths: Sequence[Path] = (),
    whose: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> tuple[Traced, ...]:
    """Every number of a text, from the facts of these receipts or the typed words.

    paths: for each character, where in the wording it was printed; () where that is not known. whose: words → receipts,
    or names of facts.
    """
    facts = tuple((receipt.id, fact) for receipt in receipts for fact in receipt.figures)
    of = _Text(text, facts, wording, paths, whose)
    found: list[Traced] = []
    spans = [*_typed_spans(text, typed, wording), *_whole_spans(of)]
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
        found.append(_best(of, start, end, following, (before, found)))
    return tuple(sorted(found, key=lambda each: each.start))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, what its numbers may be, and what its wording says of each place in it (`trace_text`)."""

    text: str
    facts: tuple[tuple[str, Fact], ...]
    wording: Wording
    paths: Sequence[Path]
    whose: Mapping[str, frozenset[str]]

    def printed(self, place: int, receipt: str, fact: Fact) -> int:
        """How likely the wording makes it that this fact stands here: 0 where it says nothing, or says another."""
        names = declared(self.paths[place]) if self.paths else ()
        return next((len(names) - at for at, name in enumerate(names) if is_named(name, receipt, fact.name)), 0)

    def about(self, place: int, facts: Iterable[tuple[str, Fact]]) -> Mapping[str, int]:
        """Which receipts and names of these facts the words around this place lead to, and how many of the words do."""
        among = {name for receipt, fact in facts for name in (receipt, fact.name)}
        for around in reversed(self.paths[place] if self.paths else ()):
            named = [self.whose[word] & among for word in around.words if word in self.whose]
            if any(named):
                return Counter(receipt for each in named for receipt in each)
        return {}


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


def _whole_spans(of: _Text) -> list[Traced]:
    """Where a date or the label of a period stands; the longest first."""
    found: dict[tuple[int, int], tuple[int, Traced]] = {}
    for receipt, fact in of.facts:
        if fact.form not in (Form.DATE, Form.LABEL):
            continue
        for form in written(fact, of.wording):
            for match in re.finditer(rf"(?<!\d){re.escape(form)}(?!\d)", of.text, re.IGNORECASE):
                likely = of.printed(match.start(), receipt, fact)
                if match.span() not in found or likely > found[match.span()][0]:
                    traced = Traced(match.group(), *match.span(), fact=fact, receipt=receipt)
                    found[match.span()] = (likely, traced)
    return sorted((each for _, each in found.values()), key=lambda each: each.start - each.end)


# ---- which fact a number is -----------------------------------------------------------------------------------------


def _best(of: _Text, start: int, end: int, following: str, said: tuple[Sequence[Traced], Sequence[Traced]]) -> Traced:
    """The fact that a number was written from. Of several with the same figure: the one that the wording printed here;
    one of whom or what its words name; the one that the number before is counted from ("5 of 7"); one that is counted
    from the number after; a figure before a number of the rule; one that is counted from what the sentence began with
    ("of the 8, 2 were …"); the one whose own words stand in the clause ("one more is new"); one that was not said yet;
    the first. said: the number just before, and all of them.
    """
    text, wording = of.text, of.wording
    around = _telling(word_set(_clause(text, start, end)))
    last = said[0][-1] if said[0] else None
    used = {(each.receipt, each.fact) for each in said[1]}
    same_sentence = bool(said[1]) and not _SENTENCE_END.search(text, said[1][-1].end, start)
    earlier = said[1][-1].fact if same_sentence else None
    written_here = [(*each, span) for each in of.facts if (span := _written_at(text, start, end, each[1], wording))]
    about = of.about(start, [(receipt, fact) for receipt, fact, _ in written_here])

    def rank(receipt: str, fact: Fact) -> tuple[int, ...]:
        paired = last and last.fact and last.fact.of == fact.name and last.receipt == receipt
        whole = fact.of and following and _says(following, receipt, fact.of, of.facts, wording)
        kin = earlier and fact.of and fact.of in (earlier.name, earlier.of)
        alike = len(around & _telling(_own_words(receipt, fact, wording)))
        likely = (of.printed(start, receipt, fact), about.get(receipt, 0) + about.get(fact.name, 0))
        new = (receipt, fact) not in used
        return (*likely, bool(paired), bool(whole), not fact.aside, bool(kin), alike, new)

    if not written_here:
        return Traced(text[start:end], start, end)
    receipt, fact, place = max(written_here, key=lambda each: rank(each[0], each[1]))
    return Traced(text[slice(*place)], *place, fact=fact, receipt=receipt)


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
