"""Event names → whether they are work, and words: "report_generated" → "Reports generated", "generated a report".

The words are proposals: a name that does not follow English participles keeps its own text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from qbrgen.define.presence import presence_alone, presence_in
from qbrgen.draft.event_words import ACRONYMS, LOOKING, NO_COUNT, NO_WORK, PAST, TO_DO
from qbrgen.draft.plurals import UNCOUNTABLE, plural
from qbrgen.draft.title_words import word_set

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|\d+")
_TAIL = word_set("count total sum num number event events")
_REASONS = {word: reason for reason, words in NO_WORK.items() for word in words.split()}
_COUNT_REASONS = {word: reason for reason, words in NO_COUNT.items() for word in words.split()}
# Weaker than those of define/presence: what is proposed as a workflow is no such thing, what somebody wrote may be.
_MORE_PRESENCE = re.compile(
    r"\b(?:log(?:ged)? ?(?:in|on|out)|sign(?:ed)? ?(?:in|out|up)|user active|days? of active|active day|help center)\b"
)
_PLACE = re.compile(r"\b(?:page|screen|session|app|seat|licen[cs]e|visit\w*)\b")  # where someone is, if no more is done
_BEING_THERE = LOOKING | word_set(
    """started ended loaded launched closed refreshed installed resumed paused changed entered active logged signed
    rendered switched used scanned landed"""
)
_PRESSED = re.compile(r"(?:clicked|click|tapped)(?: on)?\s*[–—:>|-]+\s*(.+)", re.IGNORECASE)  # "Clicked – Send"
_SPACE = re.compile(r"^[a-z]{2,8}::?(?=[a-z])")  # of names: "app:invoice.sent"
_PREPOSITIONS = word_set("in to from using with by as via for on at into of through")
_LONGEST = 60
_CODE = 12  # characters: an id is longer than most names


@dataclass(frozen=True, slots=True)
class EventWords:
    """How an event may be told. name: a noun phrase. did: what a person did; both are proposals."""

    name: str
    did: str


@lru_cache(maxsize=50_000)
def words_of(event: str) -> tuple[str, ...]:
    """The words of a name in lower case: "Copilot_actionsTaken" → copilot, actions, taken."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", event)).replace("_", " ")
    return tuple(word.lower() for word in _WORD.findall(text))


def no_work(event: str, *, column: bool = False) -> str:
    """Why an event is not taken for work that produces an outcome; "" where it may be.

    column: it is a column of a wide export, whose names tell of other things than events.
    """
    words = words_of(event)
    spaced = " ".join(words)
    found = presence_in(event) or presence_alone(event)
    found = found or (match[0] if (match := _MORE_PRESENCE.search(spaced)) else None)
    if not found and not any(_past(word) and word not in _BEING_THERE for word in words):
        found = match[0] if (match := _PLACE.search(spaced)) else None
    if found and not (column and set(words) & {"actions"}):
        return f"presence ('{found}'): being there produces nothing"
    if column:
        for word in words:
            if word in _COUNT_REASONS:
                return f"{_COUNT_REASONS[word]} ('{word}')"
    for word in words:
        if word in _REASONS:
            return f"{_REASONS[word]} ('{word}')"
    return "" if any(char.isalpha() for char in event) else "its name is no word"


def is_looking(event: str) -> bool:
    """Whether an event tells that something was looked at, not that something was done."""
    return not LOOKING.isdisjoint(words_of(event))


def event_words(event: str, *, whole: bool = False) -> EventWords:
    """Words for an event. A name without an English participle is quoted as it is.

    whole: without cutting what is too long for a slide.
    """
    said = _event_words(event)
    return said if whole else EventWords(_short(said.name), _short_quote(said.did))


def is_code(event: str) -> bool:
    """Whether an event has an id for a name, which tells nobody anything: "bXVeoCb1HMYgp8qk"."""
    digits = sum(char.isdigit() for char in event)
    mixed = any(char.isupper() for char in event) and any(char.islower() for char in event)
    return len(event) >= _CODE and not re.search(r"\s", event) and digits > 2 and (mixed or digits > len(event) / 4)


def _event_words(event: str) -> EventWords:
    if pressed := _PRESSED.fullmatch(event.strip()):
        said = pressed[1].strip()
        return EventWords(f"“{said}” clicked", f"clicked “{said}”")
    event = _SPACE.sub("", event)
    if is_code(event):
        short = event.strip() if len(event) <= 2 * _CODE else f"{event[:_CODE]}…"
        return EventWords(f"Event {short}", f"did “{short}”")
    words = _in_case(event)
    while len(words) > 1 and words[-1] in _TAIL:
        words.pop()
    at = next((index for index in reversed(range(len(words))) if _is_verb(words, index)), None)
    if at is None or not event.isascii() or (at and words[0].lower() in TO_DO):
        said = _spoken(words) if event.isascii() and not _is_written(event) else event.strip()
        used = "used" if words[0].lower() in TO_DO and at is None else "recorded"
        return EventWords(_sentence(words) if event.isascii() else event.strip(), f"{used} “{said}”")
    past, thing, rest = _past(words[at]), words[:at], words[at + 1 :]
    if not thing:  # "Created First Report"
        return EventWords(_sentence(words), f"{past} {_with_article(rest)}" if rest else past)
    counted = _is_plural(thing[-1]) or thing[-1].isdigit()
    many = thing if counted else [*thing[:-1], plural(thing[-1])]
    did = " ".join([past, _with_article(thing), *map(_word, rest)])
    return EventWords(_sentence([*many, *words[at:]]), did)


def _is_written(event: str) -> bool:
    """Whether a name is a text for people, not one of a program: it has blanks, and no signs between words."""
    return " " in event.strip() and not re.search(r"[_:/$]|\.\w", event)


def _in_case(event: str) -> list[str]:
    """The words of a name; capitals stay where they tell names (Copilot actions taken in Teams)."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", event)).replace("_", " ")
    words = _WORD.findall(text)
    capital = [word[:1].isupper() for word in words]
    if any(capital[1:]) and not all(capital) and not event.isupper():
        return words
    return [word.lower() for word in words]


def _is_verb(words: list[str], index: int) -> bool:
    """Whether a word is what was done: the first one, the last one, or one before a preposition."""
    place = index in (0, len(words) - 1) or words[index + 1] in _PREPOSITIONS
    return place and bool(_past(words[index]))


def _past(word: str) -> str:
    if word in PAST:
        return PAST[word]
    return (
        word if word.endswith("ed") and len(word) > 3 and word not in ("embed", "feed", "need", "speed", "seed") else ""
    )


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _with_article(words: list[str]) -> str:
    said = _spoken(words)
    if not words or _is_plural(words[-1]) or words[-1].isdigit() or words[-1] in UNCOUNTABLE:
        return said
    if words[0] in ("first", "a", "an", "the", "new") and words[0] != "new":
        return said if words[0] in ("a", "an", "the") else f"a {said}"
    vowel = said[:1].lower() in "aeio" and not said.lower().startswith(("one", "use", "user", "eu"))
    return f"{'an' if vowel or words[0] in ('sql', 'sla', 'sms', 'html', 'rfp', 'faq') else 'a'} {said}"


def _word(word: str) -> str:
    return word.upper() if word in ACRONYMS else word


def _spoken(words: list[str]) -> str:
    return " ".join(map(_word, words))


def _sentence(words: list[str]) -> str:
    said = _spoken(words)
    return said[:1].upper() + said[1:]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _short_quote(text: str) -> str:
    """The same of a text that may end with a quotation: its mark stays."""
    return f"{_short(text[:-1])}”" if text.endswith("”") and len(text) > _LONGEST else _short(text)
