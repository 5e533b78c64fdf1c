"""What text on a layout stands on: the background, and what the master and the layout draw over it."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qbrgen.render.pptx.grid import EMU, Box
from qbrgen.render.pptx.template_colours import A, SchemeColour, fill_colours, opacity, read_colour
from qbrgen.theme.colour import luminance, mix, rgb

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_PIXELS = 50_000_000  # of a picture: a small file may unpack to what fills the memory
_GRID = 24  # a picture is looked at in so many columns and rows
_SAMPLES = (16, 10)  # points across and down at which a text's ground is looked at

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that a layout or master draws, in points on the slide.

    colours: of its fill (a picture's: row by row, _GRID by _GRID); none where it has no fill. opaque: how much it hides
    of what is below it, 0 to 1. outlines: its edges where it is no rectangle; what lies within an odd number is filled.
    """

    name: str
    box: Box
    colours: tuple[str, ...]
    opaque: float = 1.0
    picture: bool = False
    outlines: tuple[Points, ...] = ()

    def covers(self, x: float, y: float) -> bool:
        """Whether a point of the slide lies on it."""
        if not (self.box.x <= x <= self.box.right and self.box.y <= y <= self.box.bottom):
            return False
        return not self.outlines or sum(_inside(outline, x, y) for outline in self.outlines) % 2 == 1

    def at(self, x: float, y: float) -> tuple[str, ...]:
        """Its colours at a point."""
        if not self.picture:
            return self.colours
        column = int(_GRID * (x - self.box.x) / self.box.w) if self.box.w else 0
        row = int(_GRID * (y - self.box.y) / self.box.h) if self.box.h else 0
        return (self.colours[min(row, _GRID - 1) * _GRID + min(column, _GRID - 1)],)


def drawn_on(
    layout: Any, master: Any, theme: Any, scheme: Mapping[str, str]
) -> tuple[tuple[str, ...], SchemeColour | None, tuple[Drawn, ...]]:
    """(colours of the background, the colour where it is one, what stands over it, bottom first)."""
    owner = layout if layout._element.find(f"{_P}cSld/{_P}bg") is not None else master
    background, colour, pictured = _background(owner, theme, scheme)
    found: list[Drawn] = []
    if pictured is not None:
        presentation = layout.part.package.presentation_part.presentation
        whole = Box(0, 0, (presentation.slide_width or 0) / EMU, (presentation.slide_height or 0) / EMU)
        found.append(Drawn("background", whole, pictured, picture=True))
    if layout._element.get("showMasterSp") not in ("0", "false"):
        found += _shapes(master, scheme)
    found += _shapes(layout, scheme)
    return background, colour, tuple(found)


def _background(
    owner: Any, theme: Any, scheme: Mapping[str, str]
) -> tuple[tuple[str, ...], SchemeColour | None, tuple[str, ...] | None]:
    holder = owner._element.find(f"{_P}cSld/{_P}bg")
    white = SchemeColour("bg1")
    if holder is None:
        return (white.shown(scheme),), white, None
    fill, standing = holder.find(f"{_P}bgPr"), None
    reference = holder.find(f"{_P}bgRef")
    part = owner.part
    if reference is not None:
        standing = read_colour(reference[0] if len(reference) else None) or white
        fills = theme.find(f"{A}themeElements/{A}fmtScheme/{A}bgFillStyleLst") if theme is not None else None
        index = int(reference.get("idx") or 0) - 1001
        if fills is None or not 0 <= index < len(fills):
            return (standing.shown(scheme),), standing, None
        fill = [fills[index]]
        part = None  # a picture in the theme part is the theme's own: not looked at
    colours = fill_colours(fill, standing) if fill is not None else None
    blip = next((one for each in fill for one in each.iter(f"{A}blip")), None) if fill is not None else None
    if blip is not None and part is not None:
        pictured = _picture(part, blip, scheme)
        return (white.shown(scheme),), None, pictured[0] if pictured else None
    if not colours:
        colour = standing or white
        return (colour.shown(scheme),), colour, None
    return tuple(each.shown(scheme) for each in colours), colours[0] if len(colours) == 1 else None, None


def _shapes(owner: Any, scheme: Mapping[str, str]) -> Iterator[Drawn]:
    tree = owner._element.find(f"{_P}cSld/{_P}spTree")
    yield from _within(owner.part, tree, scheme, lambda box: box)


def _within(part: Any, tree: Any, scheme: Mapping[str, str], place: Any) -> Iterator[Drawn]:
    for shape in tree:
        kind = shape.tag.rsplit("}", 1)[-1]
        held = kind != "grpSp" and shape.find(f".//{_P}nvPr/{_P}ph") is not None
        if held or kind not in ("sp", "pic", "grpSp", "cxnSp"):
            continue
        frame = next((each for each in shape.iter(f"{A}xfrm")), None)
        properties = shape.find(f"{_P}spPr")
        if frame is None or frame.find(f"{A}off") is None or frame.find(f"{A}ext") is None:
            continue
        box = place(_frame(frame, "off", "ext"))
        name = next((each.get("name") or "" for each in shape.iter(f"{_P}cNvPr")), "")
        if kind == "grpSp":
            inner = _frame(frame, "chOff", "chExt") if frame.find(f"{A}chExt") is not None else box
            yield from _within(part, shape, scheme, _scaled(inner, box))
        elif kind == "cxnSp":
            yield Drawn(name, box, (), 0.0)
        else:
            blip = next(shape.iter(f"{A}blip"), None)
            pictured = _picture(part, blip, scheme) if blip is not None else None
            if pictured is not None:
                yield Drawn(name, box, pictured[0], min(pictured[1], opacity(shape)), True)
            else:
                colours = _fill(shape, properties, scheme, blip)
                yield Drawn(name, box, colours, opacity(properties), outlines=_outlines(properties, box))


def _fill(shape: Any, properties: Any, scheme: Mapping[str, str], blip: Any) -> tuple[str, ...]:
    colours = fill_colours(properties) if properties is not None else None
    if colours is None and blip is None:  # the style says it
        style = shape.find(f"{_P}style/{A}fillRef")
        if style is not None and (style.get("idx") or "0") != "0":
            colour = read_colour(style[0] if len(style) else None)
            colours = [colour] if colour else []
    return tuple(colour.shown(scheme) for colour in colours or ())


def _frame(frame: Any, at: str, size: str) -> Box:
    off, ext = frame.find(f"{A}{at}"), frame.find(f"{A}{size}")
    x, y = (_whole(off, name) / EMU for name in ("x", "y")) if off is not None else (0.0, 0.0)
    return Box(x, y, *(_whole(ext, name) / EMU for name in ("cx", "cy")))


def _whole(element: Any, name: str) -> int:
    """A whole number as a template writes it; 0 for none."""
    try:
        return int(element.get(name) or 0)
    except ValueError:
        return 0


def _scaled(inner: Box, outer: Box) -> Any:
    """From a group's own measure to the slide's."""
    across = outer.w / inner.w if inner.w else 1.0
    down = outer.h / inner.h if inner.h else 1.0
    return lambda box: Box(
        outer.x + (box.x - inner.x) * across, outer.y + (box.y - inner.y) * down, box.w * across, box.h * down
    )


@lru_cache(maxsize=16)
def _looked_at(blob: bytes) -> bytes | None:
    """A bitmap in _GRID by _GRID points of four bytes; None where it cannot be looked at, or is too large to."""
    from PIL import Image

    try:
        quiet = warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning)
        with quiet, Image.open(io.BytesIO(blob)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.draft("RGB", (4 * _GRID, 4 * _GRID))
            return image.convert("RGBA").resize((_GRID, _GRID)).tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _picture(part: Any, blip: Any, scheme: Mapping[str, str]) -> tuple[tuple[str, ...], float] | None:
    """(colours row by row, how much it hides) of a bitmap; None where there is none to look at."""
    try:
        small = _looked_at(part.related_part(blip.get(f"{_R}embed")).blob)
    except (KeyError, AttributeError):
        return None
    if small is None:
        return None
    colours = tuple(f"#{small[at : at + 3].hex().upper()}" for at in range(0, len(small), 4))
    tones = [read_colour(tone) for tone in (blip.find(f"{A}duotone") if blip.find(f"{A}duotone") is not None else ())]
    if len(tones) == 2 and tones[0] and tones[1]:  # greys stand for what lies between two colours
        dark, light = tones[0].shown(scheme), tones[1].shown(scheme)
        colours = tuple(mix(dark, light, sum(rgb(colour)) / 3) for colour in colours)
    return colours, sum(small[3::4]) / (255 * _GRID * _GRID)


def _outlines(properties: Any, box: Box) -> tuple[Points, ...]:
    """The edges of a free form or an ellipse, curves as the straight lines between their ends."""
    preset = properties.find(f"{A}prstGeom") if properties is not None else None
    if preset is not None and preset.get("prst") == "ellipse":
        turns = [math.tau * at / 36 for at in range(36)]
        return (tuple((box.x + box.w * (1 + math.cos(t)) / 2, box.y + box.h * (1 + math.sin(t)) / 2) for t in turns),)
    found: list[Points] = []
    for path in properties.iter(f"{A}path") if properties is not None else ():
        wide, high = _whole(path, "w") or 1, _whole(path, "h") or 1
        points: list[tuple[float, float]] = []
        for move in path:
            ends = move.findall(f"{A}pt")
            if move.tag == f"{A}moveTo" and points:
                found.append(tuple(points))
                points = []
            try:
                x, y = (int(ends[-1].get(name)) for name in ("x", "y")) if ends else (None, None)
            except (TypeError, ValueError):  # a guide, worked out from the shape's size: its box has to do
                return ()
            if x is not None and y is not None:
                points.append((box.x + box.w * x / wide, box.y + box.h * y / high))
        if len(points) > 2:
            found.append(tuple(points))
    return tuple(found)


def _inside(outline: Points, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside


def grounds(
    background: tuple[str, ...], drawn: Iterable[Drawn], box: Box, scheme: Mapping[str, str]
) -> tuple[str, ...]:
    """The colours that text in `box` stands on: looked at in a grid of points, through what hides only in part."""
    stack = [each for each in drawn if each.colours and each.opaque >= 0.05]
    found: list[str] = []
    across, down = _SAMPLES
    for row in range(down):
        y = box.y + box.h * (row + 0.5) / down
        for column in range(across):
            x = box.x + box.w * (column + 0.5) / across
            below = background
            for each in stack:
                if each.covers(x, y):
                    over = each.at(x, y)
                    hides = each.opaque
                    below = over if hides > 0.95 else tuple(mix(one, two, hides) for one in below[:3] for two in over)
            found += below
    return _extremes(tuple(found)) or (scheme.get("bg1", "#FFFFFF"),)


def _extremes(colours: tuple[str, ...]) -> tuple[str, ...]:
    """Of many colours the lightest, the darkest and the one between them (without the odd speck)."""
    if len(colours) <= 3:
        return tuple(dict.fromkeys(colours))
    ordered = sorted(colours, key=luminance)
    spare = len(ordered) // 50
    return tuple(dict.fromkeys((ordered[spare], ordered[len(ordered) // 2], ordered[-1 - spare])))
