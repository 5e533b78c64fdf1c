"""Signs 3, 6, 8 and 12 in texts: emoji as icons, centred body text, leftovers, filler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbrgen.lint.figures import texts_of
from qbrgen.lint.finding import SignFound
from qbrgen.lint.measure import lines, room
from qbrgen.lint.model import FOOTERS, DeckRead, Paragraph, Shape, SlideRead

# Characters that are drawn as pictures: by themselves, or with the selector that asks for one.
_EMOJI = (
    "[\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f900-\U0001f9ff\U0001fa70-\U0001faff"
    "\U0001f1e6-\U0001f1ff\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728"
    "\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55]\ufe0f?|[\u2190-\u2bff\u3030]\ufe0f"
)
_ICON = re.compile(rf"^\s*(?:{_EMOJI})|^(?:\s*(?:{_EMOJI})\s*)+$")
_LEFT = re.compile(
    r"\blorem ipsum\b|\bdolor sit amet\b|\{\{|\}\}|\{%|%\}|<%|%>|\bTODO\b|\bFIXME\b|\bTBD\b|\bXXX+\b|\bNaN\b|"
    r"\bnan\b(?!-)|"
    r"\bundefined\b|\[object Object\]|#REF!|#N/A|#DIV/0!|#VALUE!|#NAME\?|\bnull\b|\bNone%|(?<=[:=(\[,] )None\b(?! of)|"
    r"(?<=[€£$(\[])None\b|\[(?:insert|your|company|client|customer|name|date|title)\b[^\]]*\]|\bXX%|"
    r"[<\[]placeholder[>\]]|\bNone (?:of )?None\b",
)
_NONE = re.compile(r"^(?:None|NULL|N/A\?|-?inf)$")
_LONG = 8  # words; a paragraph of so many is body text


def emoji(deck: DeckRead) -> Iterator[SignFound]:
    """A paragraph that begins with a picture character, or is nothing else."""
    for slide in deck.slides:
        for shape in slide.own:
            found = next((text for text in texts_of(shape) if _ICON.match(text)), None)
            if found:
                what = f"An emoji stands as an icon: “{found.strip()[:30]}”."
                yield SignFound("emoji-icon", slide.number, shape.name, what, "Say it in words.")


def centred(deck: DeckRead) -> Iterator[SignFound]:
    """Running text in the middle: a paragraph of eight words or of two lines, or two paragraphs below each other."""
    for slide in deck.slides:
        for shape in slide.own:
            if shape.is_title or shape.placeholder in FOOTERS or (slide.opening and shape.placeholder == "subTitle"):
                continue
            for body in shape.bodies:
                wide = room(body, shape.box.w) if shape.kind == "text" else 1e6
                middle = [one for one in body.paragraphs if one.align == "ctr" and _words(one) >= 3]
                long = [one for one in middle if _words(one) >= _LONG or len(lines(one, wide)) >= 2]
                if long or len(middle) >= 2:
                    text = (long or middle)[0].text
                    what = f"Body text is centred: “{text[:40].strip()}”."
                    yield SignFound("centred-text", slide.number, shape.name, what, "Align it to the left.")
                    break


def _words(paragraph: Paragraph) -> int:
    wide = sum(ord(character) > 0x2E7F for character in paragraph.text)
    return len(paragraph.text.split()) + wide // 3


def leftovers(deck: DeckRead) -> Iterator[SignFound]:
    """What a template or a program left behind, in any text: shown, alternative or in the notes."""
    for slide in deck.slides:
        for shape in slide.own:
            yield from _left_in(slide, shape, deck.words.prompts)
        found = _LEFT.search(slide.notes)
        if found:
            what = f"The notes hold “{found.group()}”."
            yield SignFound("leftover", slide.number, "", what, "Write what belongs there.")


def _left_in(slide: SlideRead, shape: Shape, prompts: tuple[str, ...]) -> Iterator[SignFound]:
    if shape.placeholder and shape.kind == "text" and not shape.text and shape.placeholder not in FOOTERS:
        fix = "Fill it or delete it."
        yield SignFound("empty-placeholder", slide.number, shape.name, "The placeholder is empty.", fix)
        return
    if shape.prompt and shape.text and " ".join(shape.text.split()) == " ".join(shape.prompt.split()):
        what = f"It still says what the layout prompts: “{shape.text[:40]}”."
        yield SignFound("leftover", slide.number, shape.name, what, "Write what belongs there.")
        return
    for text in (*texts_of(shape), shape.alt):
        found = _LEFT.search(text) or _NONE.match(text.strip())
        said = found.group() if found else next((one for one in prompts if one in text.lower()), "")
        if said:
            what = f"It holds “{said}”."
            yield SignFound("leftover", slide.number, shape.name, what, "Write what belongs there.")
            return


def filler(deck: DeckRead) -> Iterator[SignFound]:
    """Words that say nothing, from the list."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in deck.words.filler)})(?!\w)", re.IGNORECASE)
    for slide in deck.slides:
        for shape in slide.own:
            found = next((hit for text in texts_of(shape) if (hit := pattern.search(text))), None)
            if found:
                what = f"“{found.group()}” says nothing."
                yield SignFound("filler", slide.number, shape.name, what, "Say what is meant, or leave it out.")
