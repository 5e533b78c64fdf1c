"""Sign 4, titles: topics, repeated ones, figures that the slide does not show. And "Thank you", of sign 12."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qbrgen.lint.figures import Figure, counted_by_eye, counts_in, figures_in, shown_figures, texts_of
from qbrgen.lint.finding import SignFound
from qbrgen.lint.model import DeckRead, SlideRead, Words

_PART = re.compile(r"\s*\(\d+\s*\S{1,4}\s*\d+\)\s*$")  # "(1/2)": a slide that was cut over
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ALONE = 14  # characters of a text that is nothing but a count
_SINGLES = 3  # groups of one person, which a slide may tell in a word ("Active") rather than as "1 of 1"
_SHORT = 5  # words; a title without a verb that is no longer names a topic


def base_of(title: str) -> str:
    """A title without the number of its part."""
    return _PART.sub("", " ".join(title.split()))


def titles(deck: DeckRead) -> Iterator[SignFound]:
    """No title, a topic, a title that another slide has, a figure that nothing on the slide shows."""
    seen: dict[str, int] = {}
    for slide in deck.slides:
        title = slide.title
        text = " ".join(title.text.split()) if title else ""
        if title is None or not text:
            yield SignFound("title-missing", slide.number, "", "The slide has no title.", "Say its finding in a title.")
            continue
        first = seen.setdefault(text.casefold(), slide.number)
        if first != slide.number:
            what = f"Slide {first} has the same title, {_quoted(text)}."
            yield SignFound("title-repeated", slide.number, title.name, what, "Say what is the finding of this one.")
        if slide.opening:
            continue
        if _is_topic(base_of(text), deck):
            fix = "Say the finding in a sentence with a verb."
            yield SignFound("title-topic", slide.number, title.name, f"The title {_quoted(text)} names a topic.", fix)
        for figure in missing_figures(deck, slide):
            what = f"The title tells {figure.text}, which nothing on the slide shows."
            yield SignFound("title-figure", slide.number, title.name, what, "Show it, or leave it out of the title.")


def missing_figures(deck: DeckRead, slide: SlideRead) -> list[Figure]:
    """Figures of the title that no text, table, chart, alt text or note shows, on this slide or its other parts.

    A count that can be counted by eye is shown; so is what is left of a count ("2 of 8 are not active" where "6 of 8"
    stands), and a sum whose parts stand on the slide.
    """
    title = slide.title
    if title is None:
        return []
    text = base_of(title.text)
    parts = [one for one in deck.slides if one.title is not None and base_of(one.title.text) == text]
    shown = {figure.key for part in parts for figure in shown_figures(part)}
    by_eye = [list(counted_by_eye(part, text)) for part in parts]
    counted: set[float] = {count for counts in by_eye for count in counts}
    counted |= {sum(counts) for counts in zip(*by_eye, strict=False)}  # over the parts of a slide that was cut over
    counted |= _derived(text, parts, deck.words)
    said = {word.lower() for part in parts for one in _said(part) for word in _WORD.findall(one)}
    counted |= {at for at, word in enumerate(deck.words.counting, start=1) if word in said}
    return [f for f in figures_in(text) if f.key not in shown and (f.percent or f.value not in counted)]


def _derived(title: str, parts: list[SlideRead], words: Words) -> set[float]:
    """Both figures of each "a of b" in the title that follows from those on the slide."""
    texts = [text for part in parts for text in _said(part)]
    shown = {(a, b) for text in texts for a, b in counts_in(text, words) if a is not None}
    alone = list(_large_counts(parts, words))
    total = (sum(a for a, _ in alone), sum(b for _, b in alone))
    one = {(total[0] + i, total[1] + j) for j in range(_SINGLES + 1) for i in range(j + 1)}
    found: set[float] = set()
    for a, b in counts_in(title, words):
        if a is not None and ((b - a, b) in shown or (a, b) in one):
            found |= {a, b}
    return found


def _said(slide: SlideRead) -> Iterator[str]:
    """Every text of a slide but its title, and its notes."""
    yield from (text for shape in slide.own if not shape.is_title for text in texts_of(shape))
    yield slide.notes


def _large_counts(parts: list[SlideRead], words: Words) -> Iterator[tuple[float, float]]:
    """The counts that stand alone, in the largest type in which counts stand alone."""
    found = []
    for body in (body for part in parts for shape in part.own if not shape.is_title for body in shape.bodies):
        for paragraph in body.paragraphs:
            if len(paragraph.text) <= _ALONE:
                found += [(paragraph.size, a, b) for a, b in counts_in(paragraph.text, words) if a is not None]
    largest = max((size for size, _, _ in found), default=0.0)
    yield from ((a, b) for size, a, b in found if size == largest)


def _is_topic(title: str, deck: DeckRead) -> bool:
    """Judged in English; elsewhere only by being a word or two."""
    words, lists = [word.lower().replace("’", "'") for word in _WORD.findall(title)], deck.words
    if not words or any(ord(character) > 0x2E7F for character in title):
        return False
    if any(character.isdigit() for character in title):
        return _listed(title, lists.topics) and not _has_verb(title, words, lists)
    if not deck.language.lower().startswith("en"):
        return len(words) <= 2
    if _has_verb(title, words, lists) or lists.numbers & set(words):
        return False
    capitals = [word for word in _WORD.findall(title) if len(word) > 3]
    headed = any(_edge(title.lower(), topic) for topic in lists.topics)
    return len(words) <= _SHORT or headed or all(word[0].isupper() for word in capitals)


def _has_verb(title: str, words: Iterable[str], lists: Words) -> bool:
    return any(word in lists.verbs for word in words) or any(
        f" {verb} " in f" {title.lower()} " for verb in lists.verbs if " " in verb
    )


def _listed(title: str, topics: Iterable[str]) -> bool:
    plain = re.sub(r"[\W\d_]+|\bq\d\b", " ", title.lower()).strip()
    return any(plain == topic or _edge(plain, topic) for topic in topics)


def _edge(text: str, topic: str) -> bool:
    """Whether a text begins or ends with a topic."""
    return text == topic or text.startswith((f"{topic} ", f"{topic}:")) or text.endswith(f" {topic}")


def thank_you(deck: DeckRead) -> Iterator[SignFound]:
    """A slide whose title, or whose only text, thanks or asks for questions."""
    for slide in deck.slides:
        texts = [shape.text for shape in slide.own if shape.text and shape.placeholder not in ("ftr", "sldNum", "dt")]
        title = slide.title.text if slide.title and slide.title.text else (texts[0] if len(texts) == 1 else "")
        plain = re.sub(r"[^\w&' ]+", " ", title.lower()).split()
        said = " ".join(plain)
        if said in deck.words.thanks or any(said.startswith(f"{one} ") for one in deck.words.thanks if len(plain) <= 5):
            what = f"A slide that says {_quoted(title)}."
            fix = "End with the decision that is asked for."
            yield SignFound("thank-you", slide.number, slide.title.name if slide.title else "", what, fix)


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
