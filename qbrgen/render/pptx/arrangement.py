"""How a theme arranges its layouts: where each placeholder stands, its size and colour, and what is drawn behind.

Colours are PowerPoint's names for those of a theme (bg1, tx1, accent1 …), so that changing the theme recolours all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qbrgen.render.pptx.grid import HEIGHT, MARGIN_X, MARGIN_Y, WIDTH, Box


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn, decorative polygon of a layout: points on the slide, filled with a scheme colour.

    cover: percent of what lies behind that it covers; leaves laid over one another let it shine through.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    colour: str
    cover: int = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a placeholder stands, and its type. spacing: of lines, in percent. heading: in the headline typeface.

    size: in points; 0 takes all of its type from the master.
    """

    box: Box
    size: float = 12.0
    colour: str = "tx2"
    bold: bool = False
    align: Literal["l", "r"] = "l"
    anchor: Literal["t", "b"] = "t"
    spacing: int = 100
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One layout: its places by slot (kicker, title, subtitle, body, footnote, draft, footer, number).

    ground: the scheme colour that fills it; "" for the master's. logo: the box that a logo fits into.
    """

    places: Mapping[str, Place]
    ground: str = ""
    shapes: tuple[Shape, ...] = ()
    logo: Box | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The four layouts of a template."""

    title: Sheet
    statement: Sheet
    content: Sheet
    appendix: Sheet


def rectangle(name: str, box: Box, colour: str, cover: int = 100) -> Shape:
    """A box as a shape."""
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return Shape(name, corners, colour, cover)


def headline(box: Box, size: float) -> Place:
    """The place of a title that states a finding."""
    return Place(box, size, "tx1", bold=True, spacing=95, heading=True)


_FULL = WIDTH - 2 * MARGIN_X
_TITLE_TEXT = 540.0  # points across that a title slide's texts take
_BAND = 378.0  # where the band at the foot of a title slide begins


def plain_arrangement() -> Arrangement:
    """The arrangement for a brand that has none of its own: a band of its accent under the title, a tab on each slide.

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
