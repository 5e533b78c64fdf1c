"""Paragraphs: measured, and written as DrawingML. Colours are roles, so that the theme recolours them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from qbrgen.render.pptx.markup import escape, quoteattr
from qbrgen.render.pptx.metrics import Piece, Typeface, atoms_of, broken, typeface_of
from qbrgen.render.pptx.theme_part import SCHEME
from qbrgen.theme import Font

Align = Literal["l", "r", "ctr"]
# How far a size of ours may go to a step of a template's scale, and the least that content is set in.
_NEAR = (0.6, 1.2)
_LEAST = 12.0
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
# What a stretch of text in a script is most likely written in, where nobody says.
_SCRIPTS = (
    ("HIRAGANA", "ja-JP"), ("KATAKANA", "ja-JP"), ("HANGUL", "ko-KR"), ("CJK", "zh-CN"), ("ARABIC", "ar-SA"),
    ("HEBREW", "he-IL"), ("CYRILLIC", "ru-RU"), ("GREEK", "el-GR"), ("THAI", "th-TH"), ("DEVANAGARI", "hi-IN"),
)  # fmt: skip


def clean(text: str) -> str:
    """Text without what XML or PowerPoint cannot hold; every kind of line break is a space."""
    if text.isprintable():  # most are: nothing to take out
        return text
    return re.sub(r"[\r\n\t\v\f\u2028\u2029]+", " ", _ILLEGAL.sub("", text.replace("\v", " ").replace("\f", " ")))


def language_tag(tag: str, default: str = "en-GB") -> str:
    """A well-formed language tag."""
    tag = tag.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else default


def language_of(text: str, default: str) -> str:
    """The language to spell and speak `text` in: `default`, unless most of its letters are of another script."""
    if text.isascii():
        return default
    counts: dict[str, int] = {}
    letters = 0
    for character in text:
        if character.isalpha():
            letters += 1
            if character > "\u02ff":
                name = unicodedata.name(character, "")
                found = next((tag for script, tag in _SCRIPTS if name.startswith(script)), "")
                counts[found] = counts.get(found, 0) + 1
    if "ja-JP" in counts and counts.get("zh-CN"):  # Japanese mixes its own letters with Chinese ones
        counts["ja-JP"] += counts.pop("zh-CN")
    counts.pop("", None)
    tag = max(counts, key=lambda each: counts[each], default="")
    return tag if tag and counts[tag] * 2 > letters and tag[:2] != default[:2] else default


# Letters of other scripts than the Latin one, with what stands between two of them.
_ELSEWHERE = "\u0370-\u05ff\u0600-\u08ff\u0900-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
_ELSEWHERE += "\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uff9f"
_STRETCH = re.compile(f"([{_ELSEWHERE}](?:[^A-Za-z0-9\u00c0-\u024f]*[{_ELSEWHERE}])*)")


def by_script(text: str) -> list[str]:
    """`text` cut where letters of another script than the Latin one begin and end: "two ", "営業担当者", " here"."""
    return [text] if text.isascii() else [part for part in _STRETCH.split(text) if part]


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# A letter that runs from right to left, before figures or before another name ("A, B and C", not "Ana Ben").
_DRAWN_ALONG = re.compile(rf"(?<=[{_RTL}])(?=[^\w{_RTL}]*[0-9]|\s*[^\w\s.'{_RTL}-][^\w{_RTL}]*[{_RTL}])")
_TO_THE_RIGHT = "\u200e"


def in_order(text: str, after: str = "") -> str:
    """A text that runs from left to right, with marks behind names that run the other way, where these would draw what
    follows to their other side: figures, and the next name of a list.

    after: what stands behind it in its paragraph. The mark is an old one, which every program knows; of the isolates
    that are newer (U+2068) not every one does.
    """
    whole, end = text + after, len(text)
    if whole.isascii():
        return text
    places = [found.end() for found in _DRAWN_ALONG.finditer(whole) if found.end() <= end]
    for place in reversed(places):
        text = text[:place] + _TO_THE_RIGHT + text[place:]
    return text


def _has_ltr(text: str) -> bool:
    return any(unicodedata.bidirectional(character) == "L" for character in text)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. inherit: size, weight and colour are the placeholder's; they are still used to measure."""

    text: str
    size: float
    bold: bool = False
    colour: str = "ink"
    heading: bool = False
    raised: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. spacing: of lines, 1.0 is the font's own. before: points above it, not above the first of a box.

    hang: points that a bullet or a number stands out to the left of the text.
    """

    runs: tuple[Run, ...]
    align: Align = "l"
    before: float = 0.0
    spacing: float = 1.1
    hang: float = 0.0
    bullet: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def para(text: str, size: float, *, bold: bool = False, colour: str = "ink", align: Align = "l", before: float = 0.0,
         spacing: float = 1.1, heading: bool = False, language: str = "") -> Para:  # fmt: skip
    """A paragraph of one run."""
    return Para((Run(clean(text), size, bold, colour, heading, language=language),), align, before, spacing)


def stepped(size: float, scale: Sequence[float]) -> float:
    """The step of a type scale that is nearest to `size`; `size` itself where none is near. Content stays legible."""
    steps = [each for each in scale if each >= min(size, _LEAST) and _NEAR[0] <= each / size <= _NEAR[1]]
    return min(steps, key=lambda each: abs(math.log(each / size)), default=size)


class _Measured:
    """A paragraph, measured: its words, its text on one line, `tall` points from line to line; its lines by width."""

    __slots__ = ("atoms", "line", "lines", "tall", "typeface")

    def __init__(self, paragraph: Para, typeface: Typeface) -> None:
        runs = paragraph.runs
        pieces = [Piece(run.text, run.size * (0.66 if run.raised else 1), run.bold) for run in runs]
        self.typeface, self.atoms = typeface, atoms_of(pieces, typeface)
        self.line = broken(self.atoms, typeface, math.inf)[0]
        size = max((run.size for run in runs), default=12.0)
        self.tall = size * typeface.line(paragraph.text) * paragraph.spacing
        self.lines: dict[float, list[tuple[str, float]]] = {}


class Ink:
    """The two typefaces of a theme and the language of a document: what measuring and writing text needs.

    One for each document: it remembers what it measured, for the same text is measured at each step of the scale, on
    each page that is tried, and once more when it is drawn.

    scale: the type sizes of a template that is not ours: text is measured and written in the nearest of them.
    """

    def __init__(self, body: Typeface, heading: Typeface, language: str, scale: Sequence[float] = ()) -> None:
        self.body, self.heading, self.language = body, heading, language_tag(language)
        self._scale, self._stepped = tuple(scale), dict[float, float]()
        self._headed: dict[Font, Ink] = {}
        self._measured: dict[Para, _Measured] = {}

    def with_heading(self, font: Font) -> Ink:
        """The same, with another typeface for headings."""
        found = self._headed.get(font)
        if found is None:
            found = self._headed[font] = Ink(self.body, typeface_of(font), self.language, self._scale)
        return found

    def size(self, size: float) -> float:
        """What a size of ours is set in: itself, or the nearest step of the template's scale."""
        if not self._scale:
            return size
        found = self._stepped.get(size)
        if found is None:
            found = self._stepped[size] = stepped(size, self._scale)
        return found

    def _of(self, paragraph: Para) -> _Measured:
        found = self._measured.get(paragraph)
        if found is None:
            typeface = self.heading if paragraph.runs and paragraph.runs[0].heading else self.body
            runs = tuple(replace(run, size=self.size(run.size)) for run in paragraph.runs) if self._scale else ()
            found = _Measured(replace(paragraph, runs=runs) if runs else paragraph, typeface)
            self._measured[paragraph] = found
        return found

    def lines(self, paragraph: Para, width: float) -> Sequence[tuple[str, float]]:
        """The lines of a paragraph in `width` points, with the width of each."""
        return self._broken(self._of(paragraph), paragraph.hang, width)

    @staticmethod
    def _broken(measured: _Measured, hang: float, width: float) -> Sequence[tuple[str, float]]:
        width = max(1.0, width - hang - 0.5)
        if measured.line[1] <= width:
            return (measured.line,)
        found = measured.lines.get(width)
        if found is None:
            found = measured.lines[width] = broken(measured.atoms, measured.typeface, width)
        return found

    def height(self, paragraphs: Sequence[Para], width: float) -> float:
        """Points that paragraphs take in `width` points."""
        total = 0.0
        for at, paragraph in enumerate(paragraphs):
            measured = self._of(paragraph)
            lines = len(self._broken(measured, paragraph.hang, width))
            total += measured.tall * lines + (paragraph.before if at else 0.0)
        return total

    def balanced(self, paragraph: Para, width: float) -> float:
        """`width`, or less, with as many lines: so that the last is no lonely word and none ends in a bare number."""
        lines = self.lines(paragraph, width)
        if len(lines) < 2 or not _badness(lines, width):
            return width
        tried = [(width, _badness(lines, width))]
        for share in range(1, 46):
            narrower = width * (100 - share) / 100
            found = self.lines(paragraph, narrower)
            if len(found) != len(lines):
                break
            tried.append((narrower, _badness(found, narrower)))
        best = min(tried, key=lambda one: (one[1], -one[0]))[0]
        # A hair narrower, where that breaks alike: programs that measure a little less must not pull a word up.
        safer = best * 0.98
        same = [text for text, _ in self.lines(paragraph, safer)] == [text for text, _ in self.lines(paragraph, best)]
        return safer if same and best < width else best

    def accompanied(self, paragraph: Para, width: float) -> Para:
        """The same paragraph, whose last word takes the one before it along where it would stand alone."""
        lines, last = self.lines(paragraph, width), paragraph.runs[-1] if paragraph.runs else None
        if len(lines) < 2 or last is None or " " in lines[-1][0].strip() or " " not in last.text.strip():
            return paragraph
        before, _, word = last.text.rstrip().rpartition(" ")
        bound = replace(paragraph, runs=(*paragraph.runs[:-1], replace(last, text=f"{before}\u00a0{word}")))
        return bound if len(self.lines(bound, width)) == len(lines) else paragraph

    def balanced_all(self, paragraphs: Sequence[Para], width: float) -> float:
        """`balanced` of paragraphs that share a width: the one, as high, in which fewest of them break badly."""
        if len(paragraphs) == 1:
            return self.balanced(paragraphs[0], width)

        def bad(wide: float) -> int:
            lines = (self.lines(paragraph, wide) for paragraph in paragraphs)
            return sum(_badness(each, wide) for each in lines if len(each) > 1)

        least, best, high = bad(width), width, self.height(paragraphs, width)
        for share in range(1, 31):
            narrower = width * (100 - share) / 100
            if not least or self.height(paragraphs, narrower) > high:
                break
            if (found := bad(narrower)) < least:
                least, best = found, narrower
        return best

    def width(self, text: str, size: float, bold: bool = False, heading: bool = False) -> float:
        """Points that a text takes on one line, with a hair to spare."""
        return (self.heading if heading else self.body).width(clean(text), self.size(size), bold) + 1.0

    def xml(self, paragraphs: Iterable[Para], *, inherit: bool = False, sized: bool = False, reset: bool = False,
            fill: str = "", gaps: bool = False) -> str:  # fmt: skip
        """`a:p` elements.

        inherit: weights, colours, spacing and (unless `sized`) sizes are the placeholder's; fill: a colour, as XML, in
        place of the placeholder's; gaps: the room above paragraphs is theirs all the same. reset: what a placeholder
        might add (indents, capitals, tracking) is taken back.
        """
        return "".join(
            self._paragraph(paragraph, at == 0, inherit, sized, reset, fill, gaps)
            for at, paragraph in enumerate(paragraphs)
        )

    def _paragraph(
        self, paragraph: Para, first: bool, inherit: bool, sized: bool, reset: bool, fill: str, gaps: bool
    ) -> str:
        # A sentence of this document's language may well begin with a name in another script.
        rtl = is_rtl(paragraph.text) and (is_rtl_language(self.language) or not _has_ltr(paragraph.text))
        align: str = paragraph.align
        attributes = ' rtl="1"' if rtl else ""
        if rtl and align == "l" and is_rtl_language(self.language):
            align = "r"
        inside = ""
        if not inherit:
            attributes += f' algn="{align}"' if align != "l" or rtl or reset else ""
            hang = round(paragraph.hang * 12700)
            attributes += f' marL="{hang}" indent="{-hang}"' if hang or reset else ""
            inside = f'<a:lnSpc><a:spcPct val="{round(paragraph.spacing * 100) * 1000}"/></a:lnSpc>'
            inside += f'<a:spcBef><a:spcPts val="{0 if first else round(paragraph.before * 100)}"/></a:spcBef>'
            inside += '<a:spcAft><a:spcPts val="0"/></a:spcAft>' if reset else ""
            if paragraph.bullet:
                inside += f"<a:buFontTx/><a:buChar char={quoteattr(paragraph.bullet)}/>"
            else:
                inside += "<a:buNone/>"
        else:
            attributes += f' algn="{align}"' if align != "l" else ""
            inside = (
                f'<a:spcBef><a:spcPts val="{0 if first else round(paragraph.before * 100)}"/></a:spcBef>'
                if gaps
                else ""
            )
        said = [run for run in paragraph.runs if run.text]
        if not rtl:
            behind = ["".join(run.text for run in said[at:]) for at in range(1, len(said) + 1)]
            said = [replace(run, text=in_order(run.text, rest)) for run, rest in zip(said, behind, strict=True)]
        runs = "".join(self._run(run, inherit, sized, reset, fill) for run in said)
        end = "" if runs else f'<a:endParaRPr lang="{self.language}"/>'
        return f"<a:p><a:pPr{attributes}>{inside}</a:pPr>{runs}{end}</a:p>"

    def _run(self, run: Run, inherit: bool, sized: bool, reset: bool, fill: str) -> str:
        """A run, or one for each stretch of it in another script, each in the language to speak it in."""
        if not run.language and len(parts := by_script(run.text)) > 1:
            return "".join(self._run(replace(run, text=part), inherit, sized, reset, fill) for part in parts)
        language = language_tag(run.language, self.language) if run.language else language_of(run.text, self.language)
        style = f' sz="{round(self.size(run.size) * 100)}"' if sized or not inherit else ""
        style += "" if inherit else f' b="{int(run.bold)}"'
        style += ' i="0" cap="none" spc="0"' if reset else ""
        style += ' baseline="30000"' if run.raised else ""
        fill = fill if inherit else f'<a:solidFill><a:schemeClr val="{SCHEME[run.colour]}"/></a:solidFill>'
        font = '<a:latin typeface="+mj-lt"/>' if run.heading and not inherit else ""
        space = escape(run.text)
        return f'<a:r><a:rPr lang="{language}"{style} dirty="0">{fill}{font}</a:rPr><a:t>{space}</a:t></a:r>'


def _badness(lines: Sequence[tuple[str, float]], width: float) -> int:
    """How badly lines break: a last one that is short or a single word, and figures torn from what they count."""
    last, wide = lines[-1]
    torn = 0
    for (text, _), (after, _) in pairwise(lines):
        begins = after[:1].isdigit() and text[-1:] not in ",;:."
        torn += 2 if text[-1:].isdigit() else 1 if begins else 0
    return (2 if " " not in last else 0) + (1 if wide < 0.3 * width else 0) + torn


def is_rtl_language(tag: str) -> bool:
    """Whether documents in this language run from right to left."""
    return tag[:2] in ("ar", "he", "fa", "ur")
