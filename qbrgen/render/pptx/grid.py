"""The page: 960 × 540 points, its margins, its twelve columns, its type scale. Every length here is in points."""

from __future__ import annotations

from typing import NamedTuple

EMU = 12700  # to a point
WIDTH, HEIGHT = 960.0, 540.0
MARGIN_X, MARGIN_Y = 43.2, 32.4
COLUMNS, GUTTER = 12, 14.4
UNIT = 7.2  # spacing comes in 1, 2, 3 and 5 of it

# Type in steps: the first that fits is taken, the last is the floor.
TITLE_STEPS = (28.0, 24.0, 20.0)
LEAD_STEPS = (28.0, 24.0, 20.0)
BODY_STEPS = (18.0, 16.0, 14.0)
TABLE_STEPS = (16.0, 14.0, 12.0)
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

    def columns(self, first: int, count: int, of: int = COLUMNS) -> Box:
        """Columns `first` (from 0) to `first + count` of this box, with the page's gutter between columns."""
        one = (self.w - GUTTER * (of - 1)) / of
        return Box(self.x + first * (one + GUTTER), self.y, count * one + (count - 1) * GUTTER, self.h)

    def below(self, used: float) -> Box:
        """What is left of this box under its first `used` points."""
        return Box(self.x, self.y + used, self.w, self.h - used)

    def top(self, height: float) -> Box:
        """The first `height` points of this box."""
        return Box(self.x, self.y, self.w, height)


def emu(points: float) -> int:
    """Points in the unit that files are written in."""
    return round(points * EMU)
