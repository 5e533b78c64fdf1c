"""What a sentence names: the personas, people, workflows, impacts and the outcome of one account, by their own words.

The rule (docs/method.md, "The test of a sentence"). A name is taken as its content words: not the common ones, not
numbers, by their stems, in any order, near each other, within one sentence part.

- A persona is named by all content words of its name, of its singular or of a synonym.
- A person is named by the full name, or by a first name that no one else of the account has.
- A workflow is named by two thirds of the content words of its name or of its `says`, at least one of which says what
  is done (`do`, `did`), or by all words of a synonym.
- An impact or the outcome is named by two thirds of the content words of what it is ("per rep and month" not counted),
  or by all words of a synonym.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.words import Kind, Token, clean
from qbrgen.score.picture import AccountPicture, WorkflowPicture

_REACH = 12  # tokens within which the words of a workflow or an impact must stand
_LOOSE = 3  # tokens that may stand between the words of a persona
_LONGEST = 100  # tokens of a part; what goes on for longer is read in pieces
_ENDS = frozenset(";.!?")


class Part(StrEnum):
    """The three things that a sentence must name."""

    WHO = "who"
    WHAT = "what"
    PRODUCES = "produces"


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying a name: its stems, how many of them must be there, one of which must be a deed where given."""

    stems: frozenset[str]
    need: int
    reach: int
    deeds: frozenset[str] = frozenset()
    joined: tuple[tuple[str, tuple[str, str]], ...] = ()  # "followup" for "follow-up"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that a sentence may name. key: "persona:reps", "person:u-1", "workflow:reps/x", "impact:x", "outcome".

    name: as it is told.
    """

    key: str
    part: Part
    name: str
    forms: tuple[Form, ...]
    exact: tuple[tuple[str, ...], ...] = ()  # a person's names, as written


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject named in the text: its first and last token."""

    key: str
    first: int
    last: int


@dataclass(frozen=True)
class Heard:
    """A text as read: tokens, the ranges of its sentence parts, and what it names."""

    text: str
    tokens: tuple[Token, ...]
    parts: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    subjects: dict[str, Subject] = field(default_factory=dict)

    def named(self, part: Part) -> list[Subject]:
        """What it names of one part, in the account's own order."""
        keys = {mention.key for mention in self.mentions}
        return [subject for subject in self.subjects.values() if subject.part is part and subject.key in keys]

    def part_of(self, place: int) -> tuple[int, int]:
        """The sentence part that a token is in."""
        number = bisect_right(self.parts, (place, len(self.tokens))) - 1
        first, last = self.parts[number] if number >= 0 else (place, place)
        return (first, last) if first <= place <= last else (place, place)

    def written(self, first: int, last: int) -> str:
        """The text from one token to another."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


def hear(text: str, picture: AccountPicture, lexicon: Lexicon) -> Heard:
    """Read a text against one account."""
    shown = clean(text)
    tokens = tuple(lexicon.reader.tokens(shown))
    parts = tuple(_parts(tokens))
    found = {subject.key: subject for subject in subjects(picture, lexicon)}
    return Heard(shown, tokens, parts, tuple(_mentions(tokens, parts, found.values(), lexicon)), found)


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = 0
    for place, token in enumerate(tokens):
        if place - first == _LONGEST:
            yield first, place - 1
            first = place
        ends = token.kind is Kind.SIGN and token.text in _ENDS
        follows = tokens[place + 1] if place + 1 < len(tokens) else None
        if ends and not (follows and follows.start == token.end):
            if place > first:
                yield first, place - 1
            first = place + 1
    if first < len(tokens):
        yield first, len(tokens) - 1


# ---- what there is to name ------------------------------------------------------------------------------------------


def subjects(picture: AccountPicture, lexicon: Lexicon) -> Iterator[Subject]:
    """Everything of an account that a sentence may name, in its own order."""
    for persona in picture.personas:
        phrases = (persona.name, persona.one, *persona.synonyms)
        yield Subject(f"persona:{persona.id}", Part.WHO, persona.name, _whole(phrases, lexicon, _LOOSE))
    yield from _people(picture, lexicon)
    for workflow in picture.workflows:
        yield Subject(f"workflow:{workflow.id}", Part.WHAT, workflow.name, tuple(_workflow(workflow, lexicon)))
    for each in picture.impacts:
        impact = each.impact
        forms = (*_most([impact.what], lexicon), *_whole(impact.synonyms, lexicon, _REACH))
        yield Subject(f"impact:{impact.id}", Part.PRODUCES, impact.what, forms)
    if picture.outcome:
        outcome = picture.outcome.outcome
        forms = (*_most([outcome.measure, outcome.bought], lexicon), *_whole(outcome.synonyms, lexicon, _REACH))
        yield Subject("outcome", Part.PRODUCES, outcome.measure or outcome.bought, forms)


def _people(picture: AccountPicture, lexicon: Lexicon) -> Iterator[Subject]:
    people = {p.id: p.name for persona in picture.personas for p in persona.people if p.id and p.name}
    names = {key: tuple(t.text for t in lexicon.reader.tokens(clean(name))) for key, name in people.items()}
    firsts = [words[0] for words in names.values() if words]
    for key, words in names.items():
        exact = [words]
        if len(words) > 1 and firsts.count(words[0]) == 1:
            exact.append(words[:1])
        yield Subject(f"person:{key}", Part.WHO, people[key], (), tuple(e for e in exact if e))


def _workflow(workflow: WorkflowPicture, lexicon: Lexicon) -> Iterator[Form]:
    of, do, did = (workflow.word(key) for key in ("of", "do", "did"))
    deeds = frozenset(_content(f"{do} {did}", lexicon))
    yield from _most([workflow.name, f"{of} {do}", did], lexicon, deeds)
    yield from _whole(workflow.synonyms, lexicon, _REACH)


def _most(phrases: Iterable[str], lexicon: Lexicon, deeds: frozenset[str] = frozenset()) -> tuple[Form, ...]:
    """Forms of which two thirds of the words are enough."""
    forms = []
    for phrase in phrases:
        stems = _content(_head(phrase, lexicon), lexicon)
        if len(stems) < 2:
            stems = _content(phrase, lexicon)
        if stems:
            need = -(-2 * len(stems) // 3)
            some = deeds & frozenset(stems)
            forms.append(Form(frozenset(stems), need, _REACH, some, _joined(phrase, lexicon)))
    return tuple(forms)


def _whole(phrases: Iterable[str], lexicon: Lexicon, loose: int) -> tuple[Form, ...]:
    """Forms of which every word is needed."""
    forms = []
    for phrase in phrases:
        stems = _content(phrase, lexicon)
        if stems:
            forms.append(Form(frozenset(stems), len(stems), len(stems) + loose, joined=_joined(phrase, lexicon)))
    return tuple(forms)


def _head(phrase: str, lexicon: Lexicon) -> str:
    """A measure without what it is divided by: "first meetings" of "first meetings per rep and month"."""
    text = clean(phrase)
    for token in lexicon.reader.tokens(text):
        if token.stem in lexicon.cut_at:
            return text[: token.start]
    return text


def _content(phrase: str, lexicon: Lexicon) -> list[str]:
    tokens = lexicon.reader.tokens(clean(phrase))
    return lexicon.content(tokens) or [token.stem for token in tokens if token.kind is Kind.WORD]


def _joined(phrase: str, lexicon: Lexicon) -> tuple[tuple[str, tuple[str, str]], ...]:
    words = [token for token in lexicon.reader.tokens(clean(phrase)) if token.kind is Kind.WORD]
    pairs = pairwise(words)
    return tuple((a.text + b.text, (a.stem, b.stem)) for a, b in pairs if a.end + 1 == b.start)


# ---- what is named --------------------------------------------------------------------------------------------------


def _mentions(
    tokens: Sequence[Token], parts: Iterable[tuple[int, int]], known: Iterable[Subject], lexicon: Lexicon
) -> Iterator[Mention]:
    asides = lexicon.only("asides")
    passed = {n for hit in asides.all_in(tokens, 0, len(tokens) - 1) for n in range(hit.first, hit.last + 1)}
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        if token.kind is Kind.WORD and place not in passed:
            places.setdefault(token.stem, []).append(place)
            places.setdefault("=" + token.text, []).append(place)
    edges = {place: last for first, last in parts for place in range(first, last + 1)}
    for subject in known:
        for form in subject.forms:
            for first, last in _found(form, places, edges):
                yield Mention(subject.key, first, last)
        for words in subject.exact:
            yield from _person(subject, words, tokens, places, lexicon)


def _found(form: Form, places: dict[str, list[int]], edges: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Every stretch of tokens that holds enough words of a form."""
    hits = [(place, stem) for stem in form.stems for place in places.get(stem, ())]
    hits += [(place, stem) for text, both in form.joined for place in places.get("=" + text, ()) for stem in both]
    hits.sort()
    start = 0
    for end, (place, _) in enumerate(hits):
        while hits[start][0] <= place - form.reach or edges.get(hits[start][0]) != edges.get(place):
            start += 1
        if len({stem for _, stem in hits[start : end + 1]}) < form.need:
            continue
        first = end
        while len({stem for _, stem in hits[first : end + 1]}) < form.need:
            first -= 1
        there = {stem for _, stem in hits[start : end + 1]}
        if not form.deeds or there & form.deeds:
            yield hits[first if not form.deeds else start][0], place


def _person(
    subject: Subject, words: tuple[str, ...], tokens: Sequence[Token], places: dict[str, list[int]], lexicon: Lexicon
) -> Iterator[Mention]:
    for place in places.get("=" + words[0], ()):
        there = tokens[place : place + len(words)]
        if tuple(token.text for token in there) != words or not there[0].capital:
            continue
        if len(words) > 1 or there[0].stem not in lexicon.common:  # "Will" may be a name, "will" begins a question
            yield Mention(subject.key, place, place + len(words) - 1)
