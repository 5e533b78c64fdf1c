"""The arrangements that a brand can choose from. Lengths in points on a slide of 960 by 540.

A brand file chooses with `defaults: {qbrgen: {arrangement: folio}}`; without a choice it is plain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from qbrgen.render.pptx.arrangement import Arrangement, Place, Shape, Sheet, headline, rectangle
from qbrgen.render.pptx.grid import HEIGHT, MARGIN_X, MARGIN_Y, WIDTH, Box

_FULL = WIDTH - 2 * MARGIN_X
_TITLE_TEXT = 540.0  # points across that a title slide's texts take
_BAND = 378.0  # where the band at the foot of a title slide begins


def plain() -> Arrangement:
    """For a brand that chooses none: a band of its accent under the title, a tab on each slide.

    All that is text on the band is paper: the accent is one that text can be read in on paper.
    """
    text = Box(MARGIN_X, 0, _TITLE_TEXT, 0)
    on_band = Box(MARGIN_X, 0, _FULL, 0)
    opening = Sheet(
        {
            "draft": Place(text._replace(y=92, h=32), colour="accent2", bold=True),
            "kicker": Place(text._replace(y=132, h=18), 14, bold=True),
            "title": Place(text._replace(y=156, h=112), 48, "tx1", True, anchor="b", spacing=92, heading=True),
            "subtitle": Place(text._replace(y=280, h=62), 24),
            "body": Place(on_band._replace(y=_BAND + 24, h=66), 16, "bg1"),
            "footnote": Place(on_band._replace(y=477.6, h=30), colour="bg1", anchor="b"),
        },
        shapes=(rectangle("Band", Box(0, _BAND, WIDTH, HEIGHT - _BAND), "accent1"),),
        logo=Box(MARGIN_X, 38, 220, 48),
    )
    tab = rectangle("Tab", Box(MARGIN_X, 0, 43.2, 7.2), "accent1")
    return Arrangement(opening, *under_title(shapes=(tab,)))


def under_title(
    *, shapes: tuple[Shape, ...] = (), draft_before: float = WIDTH - MARGIN_X
) -> tuple[Sheet, Sheet, Sheet]:
    """Statement, content and appendix across the full width: they differ in the title's size and where the body begins.

    draft_before: where the line that says "draft" ends at the right.
    """
    feet = {
        "draft": Place(Box(455, MARGIN_Y, draft_before - 455, 17), colour="accent2", bold=True, align="r"),
        "kicker": Place(Box(MARGIN_X, MARGIN_Y, 400, 17), bold=True),
        "footnote": Place(Box(MARGIN_X, 477.6, 520, 30), anchor="b"),
        "footer": Place(Box(575, 477.6, 297, 30), align="r", anchor="b"),
        "number": Place(Box(876, 477.6, WIDTH - MARGIN_X - 876, 30), align="r", anchor="b"),
    }
    usual, sentence = Box(MARGIN_X, 51, _FULL, 68), Box(MARGIN_X, 51, _FULL, 150)
    body = Place(Box(MARGIN_X, 138, _FULL, 326), 0)
    below = Place(Box(MARGIN_X, 232, _FULL, 232), 0)
    return (
        Sheet(feet | {"title": headline(sentence, 32), "body": below}, shapes=shapes),
        Sheet(feet | {"title": headline(usual, 28), "body": body}, shapes=shapes),
        Sheet(feet | {"title": headline(usual, 24), "body": body}, shapes=shapes),
    )


TELLTALE = Shape("Mark", ((906, 31), (917, 31), (911, 47), (900, 47)), "accent1")


def sail(marks: Sequence[Shape] = (), every: Sequence[Shape] = (TELLTALE,)) -> Arrangement:
    """A sail set across the right of the title slide, a strip of it at the top right of every other.

    marks: drawn on the sail. every: what the other slides have in place of the strip.
    """
    text = Box(MARGIN_X, 0, 540, 0)
    opening = Sheet(
        {
            "draft": Place(text._replace(y=92, h=32), colour="accent2", bold=True),
            "kicker": Place(text._replace(y=140, h=18), 14, bold=True),
            "title": Place(text._replace(y=164, h=112), 48, "tx1", True, anchor="b", spacing=92, heading=True),
            "subtitle": Place(text._replace(y=288, h=62), 24),
            "body": Place(text._replace(y=372, h=88), 16, "tx1"),
            "footnote": Place(Box(MARGIN_X, 477.6, 536, 30), anchor="b"),
        },
        shapes=(
            Shape("Sail", ((772, 0), (960, 0), (960, 540), (626, 540)), "accent1"),
            Shape("Rope", ((756, 0), (761, 0), (615, 540), (610, 540)), "accent5"),
            *marks,
        ),
        logo=Box(MARGIN_X, 44, 220, 48),
    )
    return Arrangement(opening, *under_title(shapes=tuple(every), draft_before=WIDTH - MARGIN_X - 28))


# Folio: a margin for notes at the left of every page, as wide as its footnotes need, and the text beside it.
MARGIN = 164.0
NOTES = Box(30, 0, MARGIN - 30 - 20, 0)
TEXT = Box(MARGIN + 28, 0, WIDTH - MARGIN - 28 - 40, 0)
SPINE = (700.0, 566.0)  # what the leaves of the cover turn about
LEAVES = (-14.0, 2.0, 18.0, 34.0, 50.0, 66.0)  # degrees from upright
LEAF = (300.0, 500.0)


def _leaf(degrees: float) -> Shape:
    """A page of an open book, turned about the spine, as far as it lies on the slide."""
    angle = math.radians(degrees)
    across, down = LEAF
    corners = ((0.0, 0.0), (0.0, -down), (across, -down), (across, 0.0))
    turned = [
        (SPINE[0] + x * math.cos(angle) - y * math.sin(angle), SPINE[1] + x * math.sin(angle) + y * math.cos(angle))
        for x, y in corners
    ]
    return Shape("Leaf", tuple((round(x, 2), round(y, 2)) for x, y in _on_slide(turned)), "bg1", cover=9)


def _on_slide(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A convex polygon cut at the slide's edges, one after the other (Sutherland and Hodgman)."""
    kept = list(points)
    for axis, edge, sign in ((0, 0.0, 1), (0, WIDTH, -1), (1, 0.0, 1), (1, HEIGHT, -1)):
        inside = [sign * (point[axis] - edge) >= 0 for point in kept]
        cut: list[tuple[float, float]] = []
        for at, point in enumerate(kept):
            before = kept[at - 1]
            if inside[at] != inside[at - 1]:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                cut.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
            if inside[at]:
                cut.append(point)
        kept = cut
    return kept


def folio() -> Arrangement:
    """A cover of the accent with leaves turning on it; then pages with their topic, count and number in the margin."""
    cover = Box(60, 0, 560, 0)
    opening = Sheet(
        {
            "draft": Place(cover._replace(y=92, h=17), colour="bg1", bold=True),
            "kicker": Place(cover._replace(y=112, h=18), 14, "bg1", bold=True),
            "title": Place(cover._replace(y=136, h=140), 48, "bg1", True, anchor="b", spacing=92, heading=True),
            "subtitle": Place(cover._replace(y=290, h=62), 24, "bg1"),
            "body": Place(cover._replace(y=388, h=76), 16, "bg1"),
            "footnote": Place(cover._replace(y=477.6, h=30), colour="bg1", anchor="b"),
        },
        ground="accent1",
        shapes=tuple(_leaf(degrees) for degrees in LEAVES),
        logo=Box(60, 38, 220, 48),
    )
    margin = rectangle("Margin", Box(0, 0, MARGIN, HEIGHT), "bg2")
    spine = rectangle("Spine", Box(0, 0, MARGIN, HEIGHT), "accent1")
    edge = rectangle("Edge", Box(MARGIN, 0, 0.75, HEIGHT), "accent5")
    body, below = Place(TEXT._replace(y=134, h=336), 0), Place(TEXT._replace(y=234, h=236), 0)
    usual = TEXT._replace(y=48, h=68)
    return Arrangement(
        opening,
        Sheet(
            _margin("bg1", "bg1") | {"title": headline(TEXT._replace(y=48, h=156), 32), "body": below}, shapes=(spine,)
        ),
        Sheet(_margin("accent1", "tx2") | {"title": headline(usual, 28), "body": body}, shapes=(margin,)),
        Sheet(_margin("accent1", "tx2") | {"title": headline(usual, 24), "body": body}, shapes=(edge,)),
    )


def _margin(strong: str, quiet: str) -> dict[str, Place]:
    """Topic, count and number in the margin, in these two colours; what is said of the deck at the foot of the text."""
    return {
        "draft": Place(TEXT._replace(y=30, h=16), colour="accent2", bold=True, align="r"),
        "kicker": Place(NOTES._replace(y=54, h=60), colour=strong, bold=True),
        "footnote": Place(NOTES._replace(y=330, h=140), colour=quiet, anchor="b"),
        "footer": Place(TEXT._replace(y=486, h=24), align="r", anchor="b"),
        "number": Place(NOTES._replace(y=486, h=24), 14, strong, True, anchor="b", heading=True),
    }


_MAKERS: Mapping[str, Callable[[], Arrangement]] = {"folio": folio, "plain": plain, "sail": sail}


def arrangement_of(name: str) -> Arrangement:
    """The arrangement of this name; the plain one where there is none."""
    return _MAKERS.get(name, plain)()
