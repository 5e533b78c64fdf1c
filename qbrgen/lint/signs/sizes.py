"""Sign 7, type: sizes off the deck's own scale, below the floor, shrunk to fit."""

from __future__ import annotations

from collections.abc import Iterator

from qbrgen.lint.finding import SignFound
from qbrgen.lint.model import DeckRead, Shape

FLOOR = 12.0  # points on a slide 7.5 inches high
_HIGH = 540.0


def sizes(deck: DeckRead) -> Iterator[SignFound]:
    """Sizes that no master and no layout declares, sizes below the floor, frames whose text is shrunk."""
    floor = min([FLOOR * deck.height / _HIGH, *deck.scale])
    for slide in deck.slides:
        told: set[float] = set()
        for shape in slide.own:
            if shape.body and shape.body.fit == "shrink" and shape.body.scale < 1:
                what = f"Its text is shrunk to {shape.body.scale:.0%} to fit."
                yield SignFound("shrunk-text", slide.number, shape.name, what, "Cut the text, or the slide in two.")
            for size in sorted(_sizes(shape) - told):
                told.add(size)
                if size < floor:
                    what = f"Text of {size:g} pt; the least is {floor:g} pt."
                    yield SignFound("size-below-floor", slide.number, shape.name, what, "Set it larger, say less.")
                elif size not in deck.scale:
                    listed = ", ".join(f"{one:g}" for one in sorted(deck.scale))
                    what = f"Text of {size:g} pt; the layouts declare {listed}."
                    yield SignFound("size-off-scale", slide.number, shape.name, what, "Take the nearest of these.")


def _sizes(shape: Shape) -> set[float]:
    found = {
        run.size
        for body in shape.bodies
        for paragraph in body.paragraphs
        for run in paragraph.runs
        if run.text.strip() and not run.raised
    }
    return found | set(shape.plot.sizes if shape.plot else ())
