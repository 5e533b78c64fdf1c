"""A template's layouts as slides see them: slots by name, and what to keep to where the template is not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbrgen.render.pptx.grid import Box

if TYPE_CHECKING:
    from qbrgen.render.pptx.template_binding import Binding
    from qbrgen.theme import Font


@dataclass(frozen=True, slots=True)
class Held:
    """How a foreign template's placeholder sets its text: what slides keep of it.

    insets: points left, top, right and below. spacing: of lines. tracking: points between letters. fill: a colour as
    XML, in place of its own, where that cannot be read. steps: sizes to try, its own first. scale: all sizes that the
    template's text has. moved: the slot stands elsewhere than the placeholder does in the layout.
    """

    insets: tuple[float, float, float, float]
    align: str
    anchor: str
    bold: bool
    caps: bool
    spacing: float
    tracking: float
    font: Font
    steps: tuple[float, ...]
    scale: tuple[float, ...]
    fill: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder of a layout: the attributes that name it, where it stands, and its type size where it gives one.

    held: None in a template of our own, whose placeholders have no insets and set text as slides do.
    """

    ph: str
    box: Box
    size: float | None = None
    held: Held | None = None

    @property
    def inner(self) -> Box:
        """Where its text stands."""
        left, top, right, bottom = self.held.insets if self.held else (0.0, 0.0, 0.0, 0.0)
        return Box(self.box.x + left, self.box.y + top, self.box.w - left - right, self.box.h - top - bottom)


@dataclass(frozen=True, slots=True)
class Foreign:
    """What slides keep to on a layout that is not ours.

    frame: where all content stands. binding: our colour roles in the layout's colours. fonts: of headings and of text.
    colour_map: the layout's own, as XML, "" where it is the master's. ceiling: the foot of what the layout draws above
    `frame`, such as a line under the title: nothing moves up across it.
    """

    frame: Box
    binding: Binding
    fonts: tuple[Font, Font]
    colour_map: str = ""
    ceiling: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout with its slots by name: title, kicker, subtitle, body, footnote, footer, number, draft."""

    part: str  # of the package
    slots: Mapping[str, Slot]
    foreign: Foreign | None = None
