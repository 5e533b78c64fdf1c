"""Sign 10, percentages: of how many, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbrgen.lint.figures import Figure, charted, counts_in, figures_in, texts_of
from qbrgen.lint.finding import SignFound
from qbrgen.lint.model import DeckRead, Shape, SlideRead, Words

_FEW = 100


def shares(deck: DeckRead) -> Iterator[SignFound]:
    """Shares on a slide that nowhere says what they are of, and decimals on shares of fewer than a hundred."""
    for slide in deck.slides:
        found = list(_shares(slide, deck.words))
        texts = [text for shape in slide.own for text in texts_of(shape)]
        counts = [count for text in texts for count in counts_in(text, deck.words)]
        if found and not counts:
            shape, figure = found[0]
            what = f"{figure.text} stands on the slide, and nothing says of how many."
            fix = "Write the counts beside it, such as 62 of 84."
            yield SignFound("share-without-count", slide.number, shape.name, what, fix)
        yield from _decimals(slide, found, counts)


def _shares(slide: SlideRead, words: Words) -> Iterator[tuple[Shape, Figure]]:
    """Percentages that are shares of a count: no changes, no targets."""
    texts = [(shape, text) for shape in slide.own for text in _claims(shape, words)]
    by = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words.by)})\s+(?:\w+\s+)?(?=\d+[.,\d]*\s?%)", re.I
    )
    changes = {f.value for _, text in texts for f in figures_in(by.sub("+", text)) if f.percent and f.changed}
    for shape, text in texts:
        if any(word in text.lower() for word in words.targets):
            continue
        for figure in figures_in(text):
            if figure.percent and not figure.changed and figure.value not in changes:
                yield shape, figure
    for shape in slide.own:
        for series in shape.plot.series if shape.plot else ():
            if series.labelled and not any(word in series.name.lower() for word in words.targets):
                yield from ((shape, figure) for figure in charted(series) if figure.percent and figure.decimals == 0)


def _claims(shape: Shape, words: Words) -> Iterator[str]:
    """Texts that may tell a share: not those under a heading that names a target."""
    if shape.grid and shape.grid.rows:
        heads = [cell.text.lower() for cell in shape.grid.rows[0]]
        for row in shape.grid.rows[1:]:
            for at, cell in enumerate(row):
                if not any(word in heads[at] for word in words.targets if at < len(heads)):
                    yield from (paragraph.text for paragraph in cell.paragraphs)
        return
    if shape.plot:
        yield from shape.plot.labels
        return
    yield from texts_of(shape)


def _decimals(
    slide: SlideRead, found: list[tuple[Shape, Figure]], counts: list[tuple[float | None, float]]
) -> Iterator[SignFound]:
    """A decimal says nothing where one of fewer than a hundred is more than a percent.

    It stays where the whole number would read as another percentage of the slide, which it is not: 69.6% is below 70%.
    """
    texts = [text for shape in slide.own for text in texts_of(shape)]
    whole = {f.value for text in texts for f in figures_in(text) if f.percent and not f.decimals}
    told: set[str] = set()
    for shape, figure in found:
        if not figure.decimals or figure.text in told or round(figure.value) in whole:
            continue
        of = [n for part, n in counts if part is not None and n and abs(100 * part / n - figure.value) < 0.1]
        most = max(of) if of else max((n for _, n in counts), default=None)
        if most is not None and most < _FEW:
            told.add(figure.text)
            what = f"{figure.text} has decimals, though it is of {most:g}."
            yield SignFound("share-decimals", slide.number, shape.name, what, "Round it to a whole percent.")
