"""Sign 5: three equal cards, the same geometry three slides running."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from qbrgen.lint.finding import SignFound
from qbrgen.lint.model import DeckRead, Shape, SlideRead
from qbrgen.lint.signs.titles import base_of

_COLUMNS, _ROWS = 12, 6  # the coarse grid that boxes are rounded to
_RUN = 3


def equal_cards(deck: DeckRead) -> Iterator[SignFound]:
    """Three or more panels of one size, in one row or one column at equal distances."""
    for slide in deck.slides:
        panels = [one for one in slide.own if _is_card(one)]
        by_size = Counter((round(one.box.w / 2), round(one.box.h / 2)) for one in panels)
        for size, count in by_size.items():
            same = [one for one in panels if (round(one.box.w / 2), round(one.box.h / 2)) == size]
            if count >= 3 and (_in_line(same, "x", "y") or _in_line(same, "y", "x")):
                what = f"{count} equal cards stand in a line."
                fix = "Let what matters most be the largest; set the rest without cards."
                yield SignFound("equal-cards", slide.number, same[0].name, what, fix)
                break


def _is_card(shape: Shape) -> bool:
    drawn = shape.kind in ("shape", "text") and (shape.filled or shape.outlined) and not shape.placeholder
    return drawn and shape.box.w >= 80 and shape.box.h >= 50


def _in_line(shapes: list[Shape], along: str, across: str) -> bool:
    level: list[float] = [getattr(one.box, across) for one in shapes]
    if max(level) - min(level) > 4:
        return False
    places: list[float] = sorted(getattr(one.box, along) for one in shapes)
    steps = [after - before for before, after in pairwise(places)]
    return min(steps) > 20 and max(steps) - min(steps) <= 6


def same_geometry(deck: DeckRead) -> Iterator[SignFound]:
    """Three slides running whose bodies are of the same kinds in the same coarse places.

    Parts of one slide that was cut over count once, and so do slides with nothing but a title.
    """
    slides = []
    for _, parts in groupby(deck.slides, key=lambda one: base_of(one.title.text) if one.title else str(one.number)):
        slides.append(next(iter(parts)))
    signed = [(slide, signature(slide, deck)) for slide in slides]
    for sign, run in groupby(signed, key=lambda one: one[1]):
        members = [slide for slide, _ in run]
        if sign and len(members) >= _RUN:
            told = ", ".join(str(slide.number) for slide in members)
            what = f"Slides {told} are built alike: {_said(sign)}."
            fix = "Show each finding in the form that suits it."
            yield SignFound("same-geometry", members[_RUN - 1].number, "", what, fix)


def signature(slide: SlideRead, deck: DeckRead) -> tuple[tuple[str, int, int, int, int], ...]:
    """The kinds and coarse boxes of a slide's body: left, top, right, bottom in twelfths and sixths of the slide."""
    found = set()
    for shape in slide.content:
        if shape.placeholder and shape.box.h < deck.height / 12:  # a kicker, a footnote
            continue
        kind = "text" if shape.kind in ("text", "shape") else shape.kind
        found.add(
            (
                kind,
                round(shape.box.x / deck.width * _COLUMNS),
                round(shape.box.y / deck.height * _ROWS),
                round(shape.box.right / deck.width * _COLUMNS),
                round(shape.box.bottom / deck.height * _ROWS),
            )
        )
    return tuple(sorted(found))


def _said(sign: tuple[tuple[str, int, int, int, int], ...]) -> str:
    counts = Counter(kind for kind, *_ in sign)
    return ", ".join(f"{count} × {kind}" for kind, count in counts.items())
