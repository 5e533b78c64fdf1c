"""How a theme arranges its layouts: where each placeholder stands, its size and colour, and what is drawn behind.

Colours are PowerPoint's names for those of a theme (bg1, tx1, accent1 …), so that changing the theme recolours all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qbrgen.render.pptx.grid import Box


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
