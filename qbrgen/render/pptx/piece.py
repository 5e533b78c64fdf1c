"""What a block becomes before it is drawn: a piece that knows the height it needs at a step of the type scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import BODY_STEPS, LEAD_STEPS, ROOMY, TABLE_STEPS, Box
from qbrgen.render.pptx.text import Ink, Para

_INSET, _TIGHT_INSET = 14.4, 9.0  # of a panel's text


@dataclass(frozen=True, slots=True)
class Setting:
    """The step of the type scale (0 is the largest) that all blocks of a slide share, and what text is set in.

    small: an appendix, one step down throughout. roomy: a slide with little to say, above the largest step. tight: less
    air between and within blocks, and smaller marks, before anything goes on on another slide.
    """

    ink: Ink
    step: int = 0
    small: bool = False
    roomy: bool = False
    tight: bool = False

    def size(self, steps: tuple[float, ...] = BODY_STEPS) -> float:
        """The size at this step of a scale."""
        if self.roomy and not self.small:
            return ROOMY.get(steps, steps[0])
        return steps[min(self.step + (1 if self.small else 0), len(steps) - 1)]

    @property
    def lead(self) -> float:
        return self.size(LEAD_STEPS)

    @property
    def table(self) -> float:
        return self.size(TABLE_STEPS)


class Piece(Protocol):
    """A block, measured. height: the least that it needs. grow: how many points more it can make use of.

    near: points to the piece above, where those are fewer or more than usual; None for the usual.
    """

    @property
    def height(self) -> float: ...

    @property
    def grow(self) -> float: ...

    @property
    def near(self) -> float | None: ...

    def draw(self, canvas: Canvas, box: Box) -> None:
        """Draw into `box`, which is at least `height` high."""
        ...

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        """The part that fits into `height` and the rest; None when not even a first part fits."""
        ...


def nearer(piece: Piece, near: float) -> Piece:
    """The same piece, `near` points below the one above it."""
    return replace(piece, near=near)  # type: ignore[type-var]  # every piece is a dataclass


@dataclass(frozen=True)
class TextPiece:
    """Consecutive paragraphs, one text body. width: what lines keep to, for the eye's sake. part: names its shape."""

    paragraphs: tuple[Para, ...]
    ink: Ink
    width: float
    height: float
    grow: float = 0.0
    near: float | None = None
    part: str = "text"

    @classmethod
    def of(cls, paragraphs: tuple[Para, ...], ink: Ink, width: float, part: str = "text") -> TextPiece:
        """Measured in `width`, or less where lines would grow longer than about 80 characters."""
        size = max(run.size for paragraph in paragraphs for run in paragraph.runs)
        held = min(width, 43 * size)
        held = ink.balanced_all(paragraphs, held)
        if len(paragraphs) > 1:
            paragraphs = tuple(ink.accompanied(paragraph, held) for paragraph in paragraphs)
        return cls(paragraphs, ink, held, ink.height(paragraphs, held) + 1, part=part)

    @property
    def heads(self) -> bool:
        """Whether it ends in a bold line: a heading of what follows."""
        return all(run.bold for run in self.paragraphs[-1].runs)

    def draw(self, canvas: Canvas, box: Box) -> None:
        canvas.text(self.part, Box(box.x, box.y, self.width, self.height), self.paragraphs, may_be_body=True)

    def split(self, height: float) -> tuple[Piece, Piece] | None:
        for count in range(len(self.paragraphs) - 1, 0, -1):
            head, tail = self.paragraphs[:count], self.paragraphs[count:]
            if all(run.bold for run in head[-1].runs):  # a heading goes with what it heads
                continue
            needed = self.ink.height(head, self.width) + 1
            if needed <= height:
                rest = self.ink.height(tail, self.width) + 1
                return replace(self, paragraphs=head, height=needed), replace(self, paragraphs=tail, height=rest)
        return self._split_paragraph(height)

    def _split_paragraph(self, height: float) -> tuple[Piece, Piece] | None:
        """A single paragraph longer than a slide is cut between two of its words."""
        first = self.paragraphs[0]
        words = first.text.split(" ")
        if len(first.runs) != 1 or len(words) < 2:
            return None
        low, high = 0, len(words)
        while high - low > 1:
            middle = (low + high) // 2
            head = replace(first, runs=(replace(first.runs[0], text=" ".join(words[:middle])),))
            low, high = (middle, high) if self.ink.height((head,), self.width) + 1 <= height else (low, middle)
        if low == 0:
            return None
        head = replace(first, runs=(replace(first.runs[0], text=" ".join(words[:low])),))
        tail = replace(first, runs=(replace(first.runs[0], text=" ".join(words[low:])),), bullet="")
        rest = (tail, *self.paragraphs[1:])
        return (
            replace(self, paragraphs=(head,), height=self.ink.height((head,), self.width) + 1),
            replace(self, paragraphs=rest, height=self.ink.height(rest, self.width) + 1),
        )


@dataclass(frozen=True)
class CalloutPiece:
    """One thing asked, on a panel."""

    paragraphs: tuple[Para, ...]
    ink: Ink
    width: float
    height: float
    inset: float = _INSET
    grow: float = 0.0
    near: float | None = 2 * _INSET

    @classmethod
    def of(cls, paragraphs: tuple[Para, ...], ink: Ink, width: float, *, tight: bool = False) -> CalloutPiece:
        inset = _TIGHT_INSET if tight else _INSET
        height = ink.height(paragraphs, width - 2 * inset) + 2 * inset + 1
        return cls(paragraphs, ink, width, height, inset, near=2 * inset)

    def draw(self, canvas: Canvas, box: Box) -> None:
        room = self.width - 2 * self.inset
        spare = room - self.ink.balanced(self.paragraphs[0], room)
        canvas.panel("callout", Box(box.x, box.y, self.width, self.height), self.paragraphs, self.inset, spare)

    def split(self, height: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002
        return None
