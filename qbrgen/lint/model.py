"""A deck as the lint reads it: what stands where on each slide, sizes and alignments resolved through its layouts.

Lengths are points from the slide's top left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from qbrgen.render.pptx.grid import Box

Kind = Literal["text", "table", "chart", "picture", "group", "line", "shape"]
TITLES = ("title", "ctrTitle")
FOOTERS = ("ftr", "sldNum", "dt", "hdr")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. family: the typeface's own name, theme references resolved. raised: super- or subscript."""

    text: str
    size: float
    bold: bool = False
    family: str = ""
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """lines: runs between forced line breaks. spacing: of lines, 1.0 is the font's own; exact: points, where given."""

    lines: tuple[tuple[Run, ...], ...]
    align: str = "l"
    spacing: float = 1.0
    exact: float = 0.0
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    language: str = ""

    @property
    def runs(self) -> Iterator[Run]:
        for line in self.lines:
            yield from line

    @property
    def text(self) -> str:
        return " ".join("".join(run.text for run in line) for line in self.lines)

    @property
    def size(self) -> float:
        """The largest size of its runs."""
        return max((run.size for run in self.runs), default=18.0)


@dataclass(frozen=True, slots=True)
class Body:
    """A frame's text. insets: left, top, right, bottom. fit: "shrink", "grow" or "" where the frame stays as it is."""

    paragraphs: tuple[Paragraph, ...]
    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    anchor: str = "t"
    wraps: bool = True
    fit: str = ""
    scale: float = 1.0
    turned: bool = False  # text that does not run along the line: not measured

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: widths of its columns, heights of its rows, cells by row. merged: it has merged cells."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[Body, ...], ...]
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A chart's series; labelled: its values are shown as labels. plain: nothing says how it looks."""

    name: str
    values: tuple[float, ...]
    number_format: str
    labelled: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A native chart. labels: texts written into it. sizes: of its text."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    labels: tuple[str, ...]
    legend: bool
    sizes: tuple[float, ...]
    gradient: bool
    shadow: bool

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.categories, *self.labels, *(series.name for series in self.series))


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of a slide. placeholder: its type, "" for none. of_template: drawn by the layout or the master.

    preset: the name of its geometry. within: the name of the group that it belongs to. picture: what tells of a
    picture's making (its file's name and its maker).
    """

    name: str
    kind: Kind
    box: Box
    body: Body | None = None
    grid: Grid | None = None
    plot: Plot | None = None
    placeholder: str = ""
    alt: str = ""
    prompt: str = ""
    preset: str = ""
    filled: bool = False
    outlined: bool = False
    gradient: bool = False
    shadow: bool = False
    decorative: bool = False
    of_template: bool = False
    within: str = ""
    picture: str = ""
    members: int = 0

    @property
    def text(self) -> str:
        return self.body.text if self.body else ""

    @property
    def bodies(self) -> Iterator[Body]:
        """Every piece of text in it: its own, or its table's cells."""
        if self.body:
            yield self.body
        if self.grid:
            for row in self.grid.rows:
                yield from row

    @property
    def is_title(self) -> bool:
        return self.placeholder in TITLES


@dataclass(frozen=True, slots=True)
class SlideRead:
    """A slide. margins: what its layouts keep to. gradient: of its background."""

    number: int
    shapes: tuple[Shape, ...]
    notes: str
    margins: Box
    opening: bool  # the title slide
    gradient: bool = False

    @property
    def title(self) -> Shape | None:
        return next((shape for shape in self.shapes if shape.is_title), None)

    @property
    def own(self) -> tuple[Shape, ...]:
        """Shapes of the slide itself, those within groups too."""
        return tuple(shape for shape in self.shapes if not shape.of_template)

    @property
    def top(self) -> tuple[Shape, ...]:
        """Shapes of the slide itself, groups as one."""
        return tuple(shape for shape in self.own if not shape.within)

    @property
    def content(self) -> tuple[Shape, ...]:
        """What the slide is about: all but its title, its footers, what is decorative and what holds nothing."""
        return tuple(
            shape
            for shape in self.top
            if not (shape.is_title or shape.placeholder in FOOTERS or shape.decorative or shape.kind == "line")
            and (shape.kind != "text" or shape.text)
        )


@dataclass(frozen=True, slots=True)
class DeckRead:
    """A whole deck. scale: the type sizes that its masters and layouts declare. palettes: accents of its themes."""

    width: float
    height: float
    slides: tuple[SlideRead, ...]
    scale: frozenset[float]
    palettes: tuple[tuple[str, ...], ...]
    language: str
    words: Words = field(repr=False)


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of templates/lint, folded to lower case: what is a topic, a verb, filler and so on."""

    filler: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    counting: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    pictured: tuple[str, ...] = ()
