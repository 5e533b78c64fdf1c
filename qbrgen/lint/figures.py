"""Figures in texts and charts: what a title may tell, what a share is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qbrgen.lint.model import Series, Shape, SlideRead, Words

# "80%", "−30 %", "4,182", "1.2m", "£840k"; not a figure within a word, such as Q3.
_FIGURE = re.compile(
    r"(?<![\w.,])(?P<sign>[+\u2212\u2013-](?=\d|[€£$¥]\d))?(?P<number>\d+(?:[.,\u00a0\u202f ’']\d{3})*(?:[.,]\d+)?)"
    r"(?P<unit>\s?%|\s?(?:k|m|bn|h|x|×)\b)?(?![\w])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # says when, not how many
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is written. decimals: how many. changed: signed, a change rather than a share."""

    text: str
    value: float
    percent: bool
    decimals: int
    changed: bool
    at: int

    @property
    def key(self) -> tuple[float, bool]:
        """What it is compared by."""
        return (self.value, self.percent)


def figures_in(text: str) -> Iterator[Figure]:
    """Every figure of a text, in order."""
    for found in _FIGURE.finditer(re.sub(r"(?<=[€£$¥])(?=\d)", " ", text)):
        number, unit = found["number"], (found["unit"] or "").strip()
        plain, decimals = _plain(number)
        if _YEAR.fullmatch(number) and not unit:
            continue
        scale = {"k": 1e3, "m": 1e6, "bn": 1e9}.get(unit.lower(), 1.0)
        yield Figure(found.group().strip(), plain * scale, unit == "%", decimals, bool(found["sign"]), found.start())


def _plain(number: str) -> tuple[float, int]:
    """(value, decimals): the last mark is a decimal one unless three figures follow it or it stands twice."""
    marks = re.findall(r"[^\d]", number)
    last = re.search(r"[.,](\d+)$", number)
    if last and not (len(last[1]) == 3 or (len(marks) > 1 and marks.count(marks[-1]) > 1)):
        whole = re.sub(r"\D", "", number[: last.start()])
        return float(f"{whole or 0}.{last[1]}"), len(last[1])
    return float(re.sub(r"\D", "", number)), 0


def texts_of(shape: Shape) -> Iterator[str]:
    """What a shape shows in words: paragraphs, cells, a chart's labels and categories."""
    for body in shape.bodies:
        for paragraph in body.paragraphs:
            if paragraph.text.strip():
                yield paragraph.text
    if shape.plot:
        yield from shape.plot.texts


def shown_figures(slide: SlideRead) -> Iterator[Figure]:
    """Every figure that a slide shows besides its title: in text, tables, charts, alt texts, and in its notes."""
    for shape in slide.own:
        if shape.is_title:
            continue
        for text in (*texts_of(shape), shape.alt):
            yield from figures_in(text)
        for series in shape.plot.series if shape.plot else ():
            yield from charted(series)
    yield from figures_in(slide.notes)


def charted(series: Series) -> Iterator[Figure]:
    """A chart's values as they would be written: whole, and with a decimal."""
    percent = "%" in series.number_format
    for value in series.values:
        for decimals in (0, 1, 2):
            shown = round(value * (100 if percent else 1) + 1e-9, decimals)
            yield Figure(f"{shown:g}{'%' if percent else ''}", shown, percent, decimals, False, 0)


def counted_by_eye(slide: SlideRead, title: str) -> Iterator[int]:
    """What a reader of the slide can count: the marks of a group and of all, the rows of a table, and those rows that
    say a word of the title ("2 workflows are below target" over two rows that say "below")."""
    sizes = [shape.members for shape in slide.own if shape.kind == "group"]
    yield from (*sizes, sum(sizes))
    said = {word.lower() for word in _LONG_WORD.findall(title)}
    for shape in slide.own:
        rows = shape.grid.rows[1:] if shape.grid else ()
        yield len(rows)
        words = [set(_LONG_WORD.findall(" ".join(cell.text.lower() for cell in row))) for row in rows]
        for word in said:
            yield sum(word in each for each in words)


def counts_in(text: str, words: Words) -> Iterator[tuple[float | None, float]]:
    """What is counted of how many: (5, 7) in "5 of 7" and "5/7"; (None, 24) in "of 24" and "n = 24"."""
    number = r"\d+(?:[.,\u00a0\u202f ’']\d{3})*"
    between = "|".join(re.escape(word) for word in words.of)
    for found in re.finditer(rf"(?<![\w.,/])({number})\s*/\s*({number})(?![\w/])", text):
        yield _plain(found[1])[0], _plain(found[2])[0]
    pattern = (
        rf"(?<![\w.,])(?:({number})[ \u00a0]?)?(?<!\w)(?:{between})[ \u00a0]?(?:\w+[ \u00a0])?({number})(?![\w%.,]*%)"
    )
    for found in re.finditer(pattern, text, re.IGNORECASE):
        yield (_plain(found[1])[0] if found[1] else None), _plain(found[2])[0]
    for found in re.finditer(rf"\bn\s*=\s*({number})", text, re.IGNORECASE):
        yield None, _plain(found[1])[0]
