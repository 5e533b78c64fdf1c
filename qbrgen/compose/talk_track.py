"""The CSM's private talk track, in the order of the slides that the deck really has. Internal.

In: the narrative with the talk track (narrate/talk_track.py), the composed deck, and the numbers under which its slides
stand in the file. Out: a document with a section for what to know before going in, and one a slide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.compose.deck import Composed
from qbrgen.compose.told import Told
from qbrgen.document import Block, Bullets, Callout, Cell, Column, Document, Section, Slide, Table, Text
from qbrgen.errors import AudienceLeak
from qbrgen.narrate.talk_track import BEFORE, SLIDES, key_of
from qbrgen.narrate.wording import capital

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording


def compose_talk_track(
    talk: Narrative, deck: Composed, numbers: Mapping[str, Sequence[int]], sentence: str, wording: Wording
) -> Document:
    """The talk track beside a deck.

    numbers: slide key → the numbers of its slides in the file (several where a long table is cut over); a slide that is
    not in it has its place in the document. sentence: as the customer's deck says it, to know by heart. Raises
    AudienceLeak when the narrative is not leadership's.
    """
    if talk.register.audience is not Audience.INTERNAL:
        raise AudienceLeak(f"a talk track was asked for from a narrative for {talk.register}")
    told = Told(talk, wording)
    picture = told.picture
    slides = deck.document.slides
    places = {slide.key: numbers.get(slide.key, (place,)) for place, slide in enumerate(slides, start=1)}
    facts = {"account": picture.name, "period": told.wording.period(picture.period)}
    return Document(
        kind="talk-track",
        audience=Audience.INTERNAL,
        title=_say(told, "title", **facts),
        subject=_say(told, "internal", account=picture.name, owner=picture.owner),
        author=picture.owner or picture.vendor,
        company=picture.vendor,
        language=wording.locale,
        made_on=picture.as_of,
        footer=_say(told, "footer", **facts, day=wording.date(picture.as_of)),
        sections=(_before(told, deck, sentence), *(_slide(told, slide, places[slide.key]) for slide in slides)),
        keywords=(picture.name, told.wording.period(picture.period)),
        draft_text=told.text("draft"),
    )


def _say(told: Told, key: str, **facts: object) -> str:
    return told.wording.say(f"talk.{key}", **facts)


def _before(told: Told, deck: Composed, sentence: str) -> Section:
    """What to know before going in: the sentence, how to practise it, where the account stands, what is not there."""
    picture = told.picture
    blocks: list[Block | None] = [
        Callout(_say(told, "heading-heart"), sentence) if sentence else None,
        Text(capital(_say(told, "practise", account=picture.id)), "muted") if sentence else None,
        _bullets(told, BEFORE, "behind", "before"),
        _left_out(told, deck),
        _bullets(told, BEFORE, "avoid"),
    ]
    meta = tuple(text for text in (told.wording.period(picture.period), picture.owner) if text)
    return Section(BEFORE, picture.name, _there(blocks), level=1, meta=meta, keep=False)


def _left_out(told: Told, deck: Composed) -> Bullets | None:
    """The slides that dropped out and why; of those that the storyline does not ask for, what stands behind them."""
    reasons = {item.slide: item.reason for item in deck.left_out}
    there = {slide.key for slide in deck.document.slides}
    items = [
        _say(told, "left-out", slide=told.say(f"kicker-{key}"), reason=told.wording.stop(reason))
        for key, reason in reasons.items()
    ]
    for key in SLIDES:
        if key not in there and key not in reasons:
            items += _told(told, key, "behind")
    return Bullets(tuple(items), _say(told, "heading-left-out")) if items else None


def _slide(told: Told, slide: Slide, numbers: Sequence[int]) -> Section:
    number = _say(told, "number", first=numbers[0], last=numbers[-1])
    ask = _told(told, slide.key, "ask")
    blocks = (
        *(Callout(_say(told, "heading-say"), text) for text in _told(told, slide.key, "say")),
        *(Callout(_say(told, "heading-ask"), text) for text in ask),
        _bullets(told, slide.key, "behind"),
        _questions(told, slide.key),
        _bullets(told, slide.key, "avoid"),
    )
    return Section(slide.key, slide.title, _there(blocks), meta=(number, slide.kicker or slide.section))


def _questions(told: Told, slide: str) -> Table | None:
    pairs = zip(_told(told, slide, "question"), _told(told, slide, "answer"), strict=True)
    rows = tuple((Cell(question, strong=True), Cell(answer)) for question, answer in pairs)
    columns = (Column(_say(told, "heading-questions"), 0.34), Column(_say(told, "heading-answers"), 0.66))
    return Table(columns, rows, _say(told, "questions-alt")) if rows else None


def _bullets(told: Told, slide: str, part: str, heading: str = "") -> Bullets | None:
    items = tuple(_told(told, slide, part))
    return Bullets(items, _say(told, f"heading-{heading or part}")) if items else None


def _told(told: Told, slide: str, part: str) -> list[str]:
    """The statements of one part, in their order."""
    found: list[str] = []
    for number in count(1):
        text = told.text(key_of(slide, part, number))
        if not text:
            return found
        found.append(text)
    return found


def _there(blocks: Sequence[Block | None]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block is not None)
