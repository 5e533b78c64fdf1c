"""The page: 960 × 540 points, its margins, its gutter, its type scale. Every length here is in points."""

from __future__ import annotations

from typing import NamedTuple

EMU = 12700  # to a point
WIDTH, HEIGHT = 960.0, 540.0
MARGIN_X, MARGIN_Y = 43.2, 32.4
GUTTER = 14.4  # between two of the page's twelve columns

# Type in steps: the first that fits is taken, the last is the floor.
TITLE_STEPS = (28.0, 24.0, 20.0)
LEAD_STEPS = (28.0, 24.0, 20.0)
BODY_STEPS = (18.0, 16.0, 14.0)
TABLE_STEPS = (16.0, 14.0, 12.0)
ROOMY: dict[tuple[float, ...], float] = {BODY_STEPS: 20.0, TABLE_STEPS: 18.0}  # on a slide with little to say
SMALL = 12.0


class Box(NamedTuple):
    """A rectangle in points from the slide's top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def top(self, height: float) -> Box:
        """The first `height` points of this box."""
        return Box(self.x, self.y, self.w, height)


def emu(points: float) -> int:
    """Points in the unit that files are written in."""
    return round(points * EMU)
