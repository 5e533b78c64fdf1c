"""The words: entries of templates/wording/<language>/*.yml, each a small Jinja2 template.

In: the shipped files and those of a workspace, which replace them entry by entry. Out: `Wording.say(key, **facts)`.
Nested mappings in a file are keys joined by dots ("who.all"). Templates run in Jinja2's immutable sandbox; a field
that an entry does not have, or a template that does not parse, is a finding with file and line.

Another language needs files of its own and nothing else: the code holds no word of any.
"""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.figures import Money, Span
from qbrgen.load.nearest import instead_of, listed
from qbrgen.load.yaml_files import YamlFile, read_yaml, yaml_paths
from qbrgen.narrate import numbers
from qbrgen.resources import templates_dir

BASE = "en"
_FOLDER = "wording"
_AN_ID = re.compile(r"[\d@_./\\]")
_SPACES = re.compile(r"[ \t]*\n[ \t]*|[ \t]{2,}")
_PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")
_NEAR_DAYS = 240
_DEEPEST = 12
FILTERS = ("percent", "target", "count", "number", "words", "money", "date", "day_month", "span", "listing")
"""The methods of Wording that templates may use as filters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One template as written. own: it is the workspace's, so that its errors are the user's. line: of its key."""

    key: str
    source: str
    file: str
    line: int
    own: bool
    block: bool = False

    def at(self, line: int | None = None) -> Location:
        """Where it stands; `line` counts within the template, from 1."""
        return Location(self.file, self.line + ((line or 1) - 1) + int(self.block and line is not None))


class Wording:
    """Every entry of one language, and the figures of one locale. `locale` is a language tag ("en-GB")."""

    def __init__(self, entries: Mapping[str, Entry], locale: Locale) -> None:
        self.locale = str(locale).replace("_", "-")
        self._locale = locale
        self._entries = dict(entries)
        self._compiled: dict[str, Template] = {}
        self._depth = 0
        self._environment = _environment(self)
        self.group_symbol, self.decimal_symbol, self.percent_symbol = numbers.signs(locale)

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Number words in lower case → the number: {"two": 2}."""
        named = (key.removeprefix("numbers.") for key in self.keys() if key.startswith("numbers."))
        return {self.say(f"numbers.{n}").casefold(): int(n) for n in named if n.isdigit()}

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def keys(self) -> Iterable[str]:
        """Every key there is."""
        return self._entries.keys()

    def say(self, key: str, **facts: object) -> str:
        """One entry with these facts. Raises KeyError for a key that no file has (a bug), InputError for a template
        of the workspace that names a field which is not there."""
        entry = self._entries[key]
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise RecursionError(key)
            template = self._compiled.get(key)
            if template is None:
                template = self._compiled[key] = self._environment.from_string(entry.source)
            return tidy(template.render(facts))
        except InputError:
            raise
        except Exception as error:
            if not entry.own:
                raise
            raise InputError([_broken(entry, error, facts)]) from error
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

    # ---- words ----

    def listing(self, items: Sequence[str]) -> str:
        """ "a, b and c"."""
        return format_list(list(items), locale=self._locale) if items else ""

    def either(self, items: Sequence[str]) -> str:
        """ "a, b or c"."""
        return format_list(list(items), style="or", locale=self._locale) if items else ""

    def plural(self, n: int | Fraction, one: str, other: str, **forms: str) -> str:
        """The form that goes with a count, by the plural rules of the locale (further forms by CLDR's names)."""
        category: str = self._locale.plural_form(float(n))
        return {"one": one, "other": other, **forms}.get(category, other)


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


def stop(text: str) -> str:
    """`text` as a sentence: a full stop where it has none."""
    return text if not text or text.rstrip("\"'”’)")[-1:] in (".", "!", "?", "…") else text + "."


def _environment(wording: Wording) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=_never_none)
    filters: dict[str, Callable[..., Any]] = {name: getattr(wording, name) for name in FILTERS}
    environment.filters |= filters | {"capital": capital, "stop": stop}
    environment.globals |= {"plural": wording.plural, "say": wording.say}
    return environment


def _never_none(value: object) -> object:
    if value is None:
        raise ValueError("a fact that is missing would have been written into the text")
    return value


# ---- loading --------------------------------------------------------------------------------------------------------


def load_wording(root: Path | None, locale: str) -> Wording:
    """The words of a locale ("en-GB"); the workspace's own templates/wording/ (under `root`) come before the shipped.

    A language without any wording file is said in English, with the figures and dates of the locale's territory.
    Raises InputError with every problem of every file.
    """
    found = _locale(locale)
    findings: list[Finding] = []
    base = _read(templates_dir() / _FOLDER / BASE, f"templates/{_FOLDER}/{BASE}", False, findings)
    language = found.language
    own_folder = None if root is None else root / "templates" / _FOLDER / language
    own: dict[str, Entry] = {}
    if own_folder is not None and own_folder.exists():
        own = _read(own_folder, f"templates/{_FOLDER}/{language}", True, findings)
    shipped = base
    if language != BASE:
        shipped = _read(templates_dir() / _FOLDER / language, f"templates/{_FOLDER}/{language}", False, findings)
    findings += _check(own, base)
    entries = {**shipped, **own}
    if not entries:
        entries, found = base, _in_english(found)
    elif language != BASE:
        findings += _missing(entries, base, language)
    if findings:
        raise InputError(findings)
    return Wording(entries, found)


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        what = f"'{name}' is not a locale."
        raise InputError([_error("unknown-locale", what, "Write a language and a country, such as en-GB.")]) from None


def _in_english(locale: Locale) -> Locale:
    try:
        return Locale(BASE, territory=locale.territory)
    except UnknownLocaleError:
        return Locale(BASE)


def _read(folder: Path, name: str, own: bool, findings: list[Finding]) -> dict[str, Entry]:
    paths, problems = yaml_paths(folder, name)
    findings += problems
    entries: dict[str, Entry] = {}
    for path in paths:
        file = read_yaml(path, f"{name}/{path.relative_to(folder).as_posix()}")
        findings += file.findings
        if file.value is None:
            continue
        if not isinstance(file.value, dict):
            findings.append(_error("wording-not-a-mapping", "the file is not a list of `key: words`.", "", file.at()))
            continue
        for entry in _entries(file, file.value, (), own, findings):
            first = entries.setdefault(entry.key, entry)
            if first is not entry:
                what = f"the entry '{entry.key}' is here a second time (first at {first.at()})."
                findings.append(_error("duplicate-wording", what, "Keep one of the two.", entry.at()))
    return entries


def _entries(
    file: YamlFile, value: Mapping[str, Any], place: tuple[str, ...], own: bool, findings: list[Finding]
) -> Iterable[Entry]:
    for key, item in value.items():
        here = (*place, key)
        if isinstance(item, dict):
            yield from _entries(file, item, here, own, findings)
        elif isinstance(item, str):
            where = file.at(*here)
            written = file.text.splitlines()[where.line - 1] if where.line else ""
            block = bool(re.search(r":\s+[|>][-+]?\s*(#.*)?$", written))
            yield Entry(".".join(here), item, where.file, where.line or 1, own, block)
        else:
            what = f"'{'.'.join(here)}' is not text."
            findings.append(_error("wording-not-text", what, "Put the words in quotes.", file.at(*here)))


def _check(own: Mapping[str, Entry], base: Mapping[str, Entry]) -> Iterable[Finding]:
    """A workspace's entries: known keys, templates that parse, and only the fields that the shipped entry has."""
    environment = ImmutableSandboxedEnvironment()
    environment.filters |= dict.fromkeys((*FILTERS, "capital", "stop"), str)  # for parsing, only their names matter
    known = {"plural", "say"}
    for entry in own.values():
        if entry.key not in base:
            if not entry.key.startswith("numbers."):
                fix = instead_of(entry.key, base, "entries")
                yield _error("unknown-wording", f"there is no entry '{entry.key}'.", fix, entry.at())
            continue
        try:
            used = meta.find_undeclared_variables(environment.parse(entry.source)) - known
        except TemplateSyntaxError as error:
            fix = f"The fields there are: {listed(_fields(base[entry.key], environment))}."
            what = f"the template of '{entry.key}' does not parse: {error.message}."
            yield _error("wording-syntax", what, fix, entry.at(error.lineno))
            continue
        fields = _fields(base[entry.key], environment)
        for name in sorted(used - set(fields)):
            what = f"'{entry.key}' has no field '{name}'."
            yield _error("unknown-field", what, instead_of(name, fields, "fields"), entry.at(_line_of(entry, name)))


def _fields(entry: Entry, environment: ImmutableSandboxedEnvironment) -> list[str]:
    return sorted(meta.find_undeclared_variables(environment.parse(entry.source)) - {"plural", "say"})


def _line_of(entry: Entry, name: str) -> int:
    lines = entry.source.splitlines()
    return next((n for n, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(name)}\b", line)), 1)


def _missing(entries: Mapping[str, Entry], base: Mapping[str, Entry], language: str) -> Iterable[Finding]:
    lacking = [key for key in base if key not in entries and not key.startswith("numbers.")]
    if lacking:
        what = f"the wording for '{language}' lacks {len(lacking)} entries: {listed(lacking)}."
        fix = f"Copy them from templates/{_FOLDER}/{BASE} and translate them."
        yield _error("wording-incomplete", what, fix, Location(f"templates/{_FOLDER}/{language}"))


def _broken(entry: Entry, error: Exception, facts: Mapping[str, object]) -> Finding:
    """A template of the user's that failed while it was rendered."""
    line = getattr(error, "lineno", None)
    if line is None:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == "<template>"), None)
    problem = (isinstance(error, TemplateError) and error.message) or str(error) or type(error).__name__
    what = f"the template of '{entry.key}' fails: {problem}."
    return _error("wording-fails", what, f"The fields there are: {listed(sorted(facts))}.", entry.at(line))


def _error(code: str, what: str, fix: str, where: Location | None = None) -> Finding:
    return Finding(Level.ERROR, code, what, fix, where)
