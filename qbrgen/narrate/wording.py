"""The words: entries of templates/wording/<language>/*.yml, each a small Jinja2 template.

In: the shipped files and those of a workspace, which replace them entry by entry. Out: `Wording.say(key, **facts)`.
Nested mappings in a file are keys joined by dots ("who.all"). Templates run in a narrow sandbox (sandbox.py); what is
wrong with a workspace's own is found when they are read (wording_checks.py).

Another language needs files of its own and nothing else: the code holds no word of any.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from jinja2 import Template

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.figures import Money, Span
from qbrgen.load.nearest import listed
from qbrgen.narrate import numbers
from qbrgen.narrate.entries import Entry, read_entries, wording_error
from qbrgen.narrate.sandbox import Sandbox, TooLongError, Year, rendered, template_of
from qbrgen.narrate.wording_checks import broken, check_entries, try_entries
from qbrgen.period import Period
from qbrgen.resources import templates_dir

BASE = "en"
_FOLDER = "wording"
_AN_ID = re.compile(r"[\d@_./\\]")
_SPACES = re.compile(r"[ \t]*\n[ \t]*|[ \t]{2,}")
_PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")
_CLOSING = "\"'”’)»」』）"
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_NEAR_DAYS = 240
_DEEPEST = 12
_FEW_OWN = 60  # entries that are tried before each command; a whole language is tried by `qbrgen check`
_MOST_SAID = 2_000  # entries within one
_METHODS = ("percent", "target", "count", "number", "words", "money", "date", "day_month", "span", "listing")
FILTERS = (*_METHODS, "capital", "stop")
"""The filters that templates may use, besides a few of Jinja2's own."""


class Wording:
    """Every entry of one language, and the figures of one locale. `locale` is a language tag ("en-GB"). findings:
    warnings about the workspace's own entries."""

    def __init__(self, entries: Mapping[str, Entry], locale: Locale, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        self.locale = str(locale).replace("_", "-")
        self._locale = locale
        self._entries = dict(entries)
        self._compiled: dict[str, Template] = {}
        self._depth = self._said = 0
        filters: dict[str, Callable[..., Any]] = {name: getattr(self, name) for name in _METHODS}
        self._environment = Sandbox(
            {"plural": self.plural, "say": self.say}, filters | {"capital": capital, "stop": self.stop}, self.count
        )
        self.group_symbol, self.decimal_symbol, self.percent_symbol = numbers.signs(locale)

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Number words in lower case → the number: {"two": 2}."""
        named = (key.removeprefix("numbers.") for key in self.keys() if key.startswith("numbers."))
        return {self.say(f"numbers.{n}").casefold(): int(n) for n in named if n.isdigit()}

    def words_of(self, key: str) -> frozenset[str]:
        """The words of an entry as it is written, in lower case, without its fields; none where there is no entry."""
        entry = self._entries.get(key)
        return word_set(_FIELD.sub(" ", entry.source)) if entry else frozenset()

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def keys(self) -> Iterable[str]:
        """Every key there is."""
        return self._entries.keys()

    def say(self, key: str, **facts: object) -> str:
        """One entry with these facts. Raises KeyError for a key that no file has (a bug), InputError for a template
        of the workspace that names a field which is not there."""
        entry = self._entries[key]
        self._said = self._said + 1 if self._depth else 0
        self._depth += 1
        try:
            if self._depth > _DEEPEST or self._said > _MOST_SAID:
                raise TooLongError(f"it says other entries without end, '{key}' among them")
            template = self._compiled.get(key)
            if template is None:
                template = self._compiled[key] = template_of(self._environment, entry.source)
            return tidy(rendered(template.generate(facts)))
        except InputError:
            raise
        except Exception as error:
            if not entry.own:
                raise
            raise InputError([broken(entry, error, facts)]) from error
        finally:
            self._depth -= 1

    # ---- figures ----

    def percent(self, value: Fraction, target: Fraction | None = None) -> str:
        """A share of one: "80%"; one more decimal where rounding would contradict the state against `target`."""
        return numbers.percent(value, numbers.percent_decimals(value, target), self._locale)

    def tenths(self, value: Fraction) -> str:
        """A share of one to a tenth of a percent, for a sum that has to add up: "96.3%", "75%"."""
        shown = numbers.rounded(value * 100, 1)
        return numbers.percent(value, int(shown != shown.to_integral_value()), self._locale)

    def target(self, value: Fraction) -> str:
        """A target as it was written: "70%", "12.5%"."""
        return numbers.percent(value, numbers.target_decimals(value), self._locale)

    def points_between(self, value: Fraction, target: Fraction) -> str:
        """The points between a value and its target as both are shown, so that a reader can take one from the other."""
        decimals = numbers.percent_decimals(value, target)
        shown_target = numbers.rounded(target * 100, numbers.target_decimals(target))
        return self.number(Fraction(abs(shown_target - numbers.rounded(value * 100, decimals))))

    def roughly(self, value: Fraction) -> str:
        """A share as estimates are told: to five points from 20% on."""
        shown = numbers.estimate(value)
        return numbers.percent(shown, numbers.percent_decimals(shown), self._locale)

    def points(self, value: Fraction) -> str:
        """A figure out of 100: "88"; "99.6", not 100, where something is missing to it."""
        return numbers.points(value, self._locale)

    def count(self, n: int | Fraction) -> str:
        """A count in figures, grouped: "4,182"."""
        return numbers.number(n, self._locale)

    def number(self, value: Fraction | int) -> str:
        """A number with the decimals that it has, two at most."""
        return numbers.number(value, self._locale)

    def words(self, n: int) -> str:
        """A small count standing alone, as a person writes it: "two"; in figures where there is no word for it."""
        return self.say(f"numbers.{n}") if f"numbers.{n}" in self else self.count(n)

    def money(self, money: Money, *, short: bool = True) -> str:
        """An amount as people say it: "£184k", "£1.2m"; in full when not short: "£1,234,567"."""
        if not short:
            return numbers.currency(money.amount, money.currency, self._locale)
        amount, scale = numbers.short_scale(money.amount)
        text = numbers.currency(amount, money.currency, self._locale)
        if not scale:
            return text
        facts = {"money": text, "number": self.number(Fraction(amount))}
        return self.say(f"money.{scale}", **facts, symbol=numbers.symbol(money.currency, self._locale))

    def date(self, day: dt.date) -> str:
        """ "31 January 2027"."""
        return numbers.long_date(day, self._locale)

    def day_month(self, day: dt.date) -> str:
        """ "31 January"."""
        return numbers.day_month(day, self._locale)

    def near(self, day: dt.date, to: dt.date) -> str:
        """A date without its year while nobody can mistake the year, read at `to`."""
        return self.day_month(day) if abs((day - to).days) <= _NEAR_DAYS else self.date(day)

    def span(self, span: Span) -> str:
        """ "29 June to 27 September 2026"."""
        same = span.first.year == span.last.year
        first = self.day_month(span.first) if same else self.date(span.first)
        return self.say("span", first=first, last=self.date(span.last))

    def period(self, period: Period) -> str:
        """ "Q3 2026", or "Q3 FY2026" where the fiscal year is not the calendar year."""
        return self.period_labelled(period.label)

    def period_labelled(self, label: str) -> str:
        """The words for a label of a period (period.py)."""
        quarter, year = label.split(" ")
        facts = {"quarter": int(quarter.removeprefix("Q")), "year": Year(year.removeprefix("FY"))}
        return self.say("period", **facts, fiscal=year.startswith("FY"))

    # ---- words ----

    def listing(self, items: Sequence[str]) -> str:
        """ "a, b and c"."""
        return format_list(list(items), locale=self._locale) if items else ""

    def clauses(self, parts: Iterable[str]) -> str:
        """Clauses of one sentence, or parts of one line: "a; b"; empty ones are not said."""
        said = [part for part in parts if part]
        return self.say("clauses", clauses=said) if said else ""

    def commas(self, items: Iterable[str]) -> str:
        """Things one after another, without an end: "a, b"."""
        return self.say("commas", items=list(items))

    def stop(self, text: str) -> str:
        """`text` as a sentence: a full stop where it has none."""
        return text if not text or text.rstrip(_CLOSING)[-1:] in _ENDS else self.say("sentence.end", text=text)

    def sentence(self, text: str) -> str:
        """Capital at the start, full stop at the end."""
        return self.stop(capital(text))

    def row(self, sentences: Iterable[str]) -> str:
        """Finished sentences in a row; empty ones are not said."""
        said = [each for each in sentences if each]
        return self.say("sentence.row", sentences=said) if said else ""

    def sentences(self, parts: Iterable[str]) -> str:
        """Clauses as sentences in a row; empty ones are not said."""
        return self.row(self.sentence(part) for part in parts if part)

    def either(self, items: Sequence[str]) -> str:
        """ "a, b or c"."""
        return format_list(list(items), style="or", locale=self._locale) if items else ""

    def plural(self, n: int | Fraction, one: str, other: str, **forms: str) -> str:
        """The form that goes with a count, by the plural rules of the locale (further forms by CLDR's names)."""
        category: str = self._locale.plural_form(float(n))
        return {"one": one, "other": other, **forms}.get(category, other)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(_WORD.findall(text.casefold()))


def tidy(text: str) -> str:
    """Rendered text with single spaces; blank lines between paragraphs stay."""
    paragraphs = _PARAGRAPHS.split(text.strip())
    return "\n\n".join(_SPACES.sub(" ", paragraph) for paragraph in paragraphs)


def capital(text: str) -> str:
    """The start of a sentence: its first letter as a capital, unless its first word has capitals of its own ("iOS") or
    is an id or an address ("u-2990", "a.b@example.com")."""
    word = re.split(r"\s", text, maxsplit=1)[0].rstrip(".,:;!?)")
    first = word.split("-", maxsplit=1)[0]
    return text if first != first.lower() or _AN_ID.search(word) else text[:1].upper() + text[1:]


# ---- loading --------------------------------------------------------------------------------------------------------


def load_wording(root: Path | None, locale: str, *, thorough: bool = False) -> Wording:
    """The words of a locale ("en-GB"); the workspace's own templates/wording/ (under `root`) come before the shipped.

    A language without any wording file is said in English, with the figures and dates of the locale's territory.
    thorough: try each of the workspace's entries on many facts, however many there are; else only where they are few.
    Raises InputError with every problem of every file.
    """
    found = _locale(locale)
    findings: list[Finding] = []
    base = read_entries(templates_dir() / _FOLDER / BASE, f"templates/{_FOLDER}/{BASE}", False, findings)
    language = found.language
    own_folder = None if root is None else root / "templates" / _FOLDER / language
    own: dict[str, Entry] = {}
    if own_folder is not None and own_folder.exists():
        own = read_entries(own_folder, f"templates/{_FOLDER}/{language}", True, findings)
    shipped = base
    if language != BASE:
        shipped = read_entries(templates_dir() / _FOLDER / language, f"templates/{_FOLDER}/{language}", False, findings)
    findings += check_entries(own, base, FILTERS)
    entries = {**shipped, **own}
    if not entries:
        entries, found = base, _in_english(found)
    elif language != BASE:
        findings += _missing(entries, base, language)
    _stop_at(findings)
    wording = Wording(entries, found, findings)
    if own and (thorough or len(own) <= _FEW_OWN):
        findings += try_entries(own, base, wording.say, Wording(base, found).say)
    _stop_at(findings)
    return wording


def _stop_at(findings: Iterable[Finding]) -> None:
    if any(finding.level is Level.ERROR for finding in findings):
        raise InputError(findings)


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        what = f"'{name}' is not a locale."
        raise InputError(
            [wording_error("unknown-locale", what, "Write a language and a country, such as en-GB.")]
        ) from None


def _in_english(locale: Locale) -> Locale:
    try:
        return Locale(BASE, territory=locale.territory)
    except UnknownLocaleError:
        return Locale(BASE)


def _missing(entries: Mapping[str, Entry], base: Mapping[str, Entry], language: str) -> Iterable[Finding]:
    lacking = [key for key in base if key not in entries and not key.startswith("numbers.")]
    if lacking:
        what = f"the wording for '{language}' lacks {len(lacking)} entries: {listed(lacking)}."
        fix = f"Copy them from templates/{_FOLDER}/{BASE} and translate them."
        yield wording_error("wording-incomplete", what, fix, Location(f"templates/{_FOLDER}/{language}"))
