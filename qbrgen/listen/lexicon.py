"""The words that the test of a sentence listens for, from the wording files (`sentence-test.hear`).

In: a Wording. Out: a Lexicon that finds phrases in tokens. Nothing here is of any one language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qbrgen.listen.words import Kind, Reader, Token
from qbrgen.narrate.wording import Wording

_HEAR = "sentence-test.hear."


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: under which name, and its first and last token."""

    name: str
    first: int
    last: int


class Phrases:
    """Phrases by name. Longer ones go before shorter ones; a phrase under two names goes to the first."""

    def __init__(self, named: Mapping[str, Iterable[tuple[str, ...]]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, phrases in named.items():
            for phrase in phrases:
                if phrase:
                    self._by_first.setdefault(phrase[0], []).append((phrase, name))
                    self._by_last.setdefault(phrase[-1], []).append((phrase, name))
        for table in (self._by_first, self._by_last):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Sequence[Token], place: int) -> Hit | None:
        """The longest phrase that begins at this token."""
        if not 0 <= place < len(tokens):
            return None
        for phrase, name in self._by_first.get(tokens[place].stem, ()):
            last = place + len(phrase)
            if last <= len(tokens) and all(tokens[place + n].stem == stem for n, stem in enumerate(phrase)):
                return Hit(name, place, last - 1)
        return None

    def before(self, tokens: Sequence[Token], place: int) -> Hit | None:
        """The longest phrase that ends just before this token."""
        if not 0 < place <= len(tokens):
            return None
        for phrase, name in self._by_last.get(tokens[place - 1].stem, ()):
            first = place - len(phrase)
            if first >= 0 and all(tokens[first + n].stem == stem for n, stem in enumerate(phrase)):
                return Hit(name, first, place - 1)
        return None

    def all_in(self, tokens: Sequence[Token], first: int, last: int) -> list[Hit]:
        """Every phrase within these tokens, from left to right, none within another."""
        found: list[Hit] = []
        place = first
        while place <= last:
            hit = self.at(tokens, place)
            if hit and hit.last <= last:
                found.append(hit)
                place = hit.last + 1
            else:
                place += 1
        return found


class Lexicon:
    """Everything under `hear`, ready to be found."""

    def __init__(self, wording: Wording) -> None:
        self.reader = Reader(wording.locale)
        self._wording = wording
        self._keys = [key.removeprefix(_HEAR) for key in wording.keys() if key.startswith(_HEAR)]  # noqa: SIM118 - a Wording is no mapping
        self._only: dict[str, Phrases] = {}
        number_words = {p[0] for key in self._keys if key.startswith("number.") for p in self._phrases(key)}
        self.common = self._stems("common") | number_words
        self.cut_at = self._stems("cut-at")
        self.numbers = self._family("number")
        self.parts = self._family("part")
        self.scales = self._family("scale")
        self.hedges = self._family("hedge")
        self.states = self._family("state")
        self.units = self._family("unit")
        self.every_unit = self._family("every-unit")
        self.quantities = self._family("quantity")
        self.multiples = self._family("multiple")
        self.currencies = self._family("currency")
        self.short_units = [key.removeprefix("short-unit.") for key in self._keys if key.startswith("short-unit.")]
        self.joins = self._stems("joins")
        self.trends = self._of("spreading", "shrinking")
        self.plans = self._of("a-plan", "no-plan", "overdue")
        self.whole_groups = self._of("nearly-everyone", "hardly-anyone", "not-everyone", "no-one", "nobody")
        self.vague = self._of("vague")
        self.relative = self._stems("relative")
        self.ways = self._of("rise", "fall")
        self.work_ways = self._of("work-rise", "work-fall")
        self.targets = self._of("on-target", "off-target")

    def unit_words(self, unit: str) -> set[str]:
        """The stems of a unit as typed ("hours"), and of the ways to write it short ("h")."""
        stems = set(self.reader.stems(unit))
        for key in self.short_units:
            if set(self.reader.stems(key)) & stems:
                stems |= {stem for phrase in self._phrases(f"short-unit.{key}") for stem in phrase}
        return stems

    def only(self, key: str) -> Phrases:
        """The phrases of one entry."""
        if key not in self._only:
            self._only[key] = self._of(key)
        return self._only[key]

    def _of(self, *keys: str) -> Phrases:
        return Phrases({key: self._phrases(key) for key in keys})

    def _family(self, name: str) -> Phrases:
        members = [key for key in self._keys if key.startswith(f"{name}.")]
        return Phrases({key.removeprefix(f"{name}."): self._phrases(key) for key in members})

    def _phrases(self, key: str) -> list[tuple[str, ...]]:
        items = self._wording.say(_HEAR + key).split("|")
        return [stems for item in items if (stems := self.reader.stems(item))]

    def _stems(self, key: str) -> frozenset[str]:
        return frozenset(stem for phrase in self._phrases(key) for stem in phrase)

    def content(self, tokens: Iterable[Token]) -> list[str]:
        """The stems that can name something: words that are not common, each once, in order."""
        words = (token.stem for token in tokens if token.kind is Kind.WORD)
        return list(dict.fromkeys(stem for stem in words if stem not in self.common))
