"""What a PowerPoint template holds: masters, layouts, placeholders with all that they inherit, typefaces, colours.

A placeholder of a layout that does not say where it stands, or how its text looks, takes that from the master's
placeholder of its kind, and that from the master's text styles (ECMA-376 part 1, 19.3.1.36).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any

from qbrgen.errors import Finding
from qbrgen.render.pptx.grid import EMU, Box
from qbrgen.render.pptx.template_colours import A, SchemeColour, read_colour, scheme_of
from qbrgen.render.pptx.template_ground import Drawn, drawn_on, grounds
from qbrgen.render.pptx.template_safety import safe_template

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TITLES = ("title", "ctrTitle")
FOOTERS = ("dt", "ftr", "sldNum", "hdr")
TEXTS = ("body", "obj")  # what text, charts and tables may stand in
_USUAL_SIZE = 18.0
_INSETS = (7.2, 3.6, 7.2, 3.6)  # left, top, right, bottom, where nobody says (21.1.2.1.1)


@dataclass(frozen=True, slots=True)
class PlaceholderInfo:
    """A placeholder of a layout, with all that it inherits.

    name: as the selection pane shows it. idx: its index, the same in no other placeholder of the layout. kind: title,
    ctrTitle, subTitle, body, obj (takes anything), pic, tbl, chart, dgm, media, clipArt, dt, ftr, sldNum, hdr.
    box: in points on the slide. ph: the attributes that a slide names it by, as XML. size: of its text in points.
    caps: set in capitals, or in small ones. insets: points left, top, right and below, between its frame and its text.
    spacing: of lines, 1.0 is the font's own. tracking: points between letters. typeface: of its text, a name. colour:
    of its text. vertical: its text, or all of it, is turned.
    """

    name: str
    idx: int
    kind: str
    box: Box
    ph: str
    size: float = _USUAL_SIZE
    bold: bool = False
    caps: bool = False
    align: str = "l"
    anchor: str = "t"
    insets: tuple[float, float, float, float] = _INSETS
    spacing: float = 1.0
    tracking: float = 0.0
    typeface: str = ""
    colour: SchemeColour | None = None
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class LayoutInfo:
    """A layout. master: number of its master, from 1; names may repeat, also within a master: `at` is its place there.

    kind: what the file says it is for ("obj", "twoObj" …; "" where nobody says). scheme: slot as slides name it →
    "#RRGGBB". heading, body: typefaces of its master's theme. background: colours behind everything, several for
    a gradient or a picture; background_colour: the colour that it is, where it is a single one. drawn: what the layout
    and its master draw themselves, bottom first.
    """

    master: int
    master_name: str
    at: int
    name: str
    kind: str
    placeholders: tuple[PlaceholderInfo, ...]
    scheme: Mapping[str, str]
    heading: str
    body: str
    background: tuple[str, ...] = ("#FFFFFF",)
    background_colour: SchemeColour | None = None
    drawn: tuple[Drawn, ...] = ()
    master_body: Box | None = None

    def of_kind(self, *kinds: str) -> list[PlaceholderInfo]:
        """Its placeholders of these kinds, in the file's order."""
        return [each for each in self.placeholders if each.kind in kinds]

    @property
    def title(self) -> PlaceholderInfo | None:
        """The placeholder that a slide's title stands in."""
        return next(iter(self.of_kind(*TITLES)), None)

    @property
    def dark(self) -> bool:
        """Whether light text belongs on it."""
        from qbrgen.theme.colour import luminance

        shades = [luminance(colour) for colour in self.background]
        return sum(shades) / len(shades) < 0.18

    def ground(self, box: Box) -> tuple[str, ...]:
        """The colours that text in `box` stands on: several where a picture or a gradient is behind it."""
        return grounds(self.background, self.drawn, box, self.scheme)


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A template. width, height: of its slides, in points. samples: slides that are in it, which no deck takes over.

    heading, body: typefaces of its first master's theme. scheme: slot → "#RRGGBB" of its first master. sizes: of all
    text that its masters and layouts set, in points, smallest first. findings: what stands in the way, or what is worth
    knowing.
    """

    path: Path | None
    width: float
    height: float
    layouts: tuple[LayoutInfo, ...]
    heading: str
    body: str
    scheme: Mapping[str, str]
    sizes: tuple[float, ...] = ()
    samples: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def masters(self) -> tuple[str, ...]:
        """Names of its masters, in order."""
        return tuple({layout.master: layout.master_name for layout in self.layouts}.values())


def read_template(path: Path) -> TemplateInfo:
    """What a .pptx or .potx holds. Raises InputError where it may not be used (`safe_template`)."""
    from pptx import Presentation

    safe = safe_template(path)
    return replace(inspect(Presentation(io.BytesIO(safe.content)), path), findings=safe.findings)


def inspect(presentation: Any, path: Path | None = None) -> TemplateInfo:
    """What an open template holds."""
    layouts = tuple(
        _layout(presentation, master, number, layout, at)
        for number, master in enumerate(presentation.slide_masters, start=1)
        for at, layout in enumerate(master.slide_layouts)
    )
    scheme, heading, body = _theme(presentation.slide_masters[0]) if len(presentation.slide_masters) else ({}, "", "")
    return TemplateInfo(
        path,
        (presentation.slide_width or 0) / EMU,
        (presentation.slide_height or 0) / EMU,
        layouts,
        heading,
        body,
        scheme,
        _sizes(presentation),
        len(presentation.slides),
    )


def _sizes(presentation: Any) -> tuple[float, ...]:
    """Every size of type that masters and layouts set."""
    owners = [each for master in presentation.slide_masters for each in (master, *master.slide_layouts)]
    found = {run.get("sz") for owner in owners for run in owner._element.iter(f"{A}defRPr", f"{A}rPr") if run.get("sz")}
    return tuple(sorted(int(size) / 100 for size in found if str(size).isdigit()))


def _theme(master: Any) -> tuple[dict[str, str], str, str]:
    """(colour scheme, heading typeface, body typeface) of a master."""
    tree = theme_of(master)
    named = master._element.find(f"{P}clrMap")
    scheme = scheme_of(tree, dict(named.attrib) if named is not None else {})

    def latin(which: str) -> str:
        font = tree.find(f"{A}themeElements/{A}fontScheme/{A}{which}/{A}latin") if tree is not None else None
        return (font.get("typeface") or "") if font is not None else ""

    return scheme, latin("majorFont"), latin("minorFont")


def theme_of(master: Any) -> Any | None:
    """The tree of a master's theme part."""
    from lxml import etree

    for link in master.part.rels.values():
        if not link.is_external and link.reltype.endswith("/theme"):
            return etree.fromstring(link.target_part.blob)
    return None


def _layout(presentation: Any, master: Any, number: int, layout: Any, at: int) -> LayoutInfo:
    scheme, heading, body = _theme(master)
    override = layout._element.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    if override is not None:
        scheme = scheme_of(theme_of(master), dict(override.attrib))
    styles = _Styles(presentation, master, heading, body)
    placeholders = tuple(styles.placeholder(holder) for holder in layout.placeholders)
    background, colour, drawn = drawn_on(layout, master, theme_of(master), scheme)
    bodies = [holder for holder in master.placeholders if _kind(holder) == "body"]
    return LayoutInfo(
        number,
        " ".join((master.name or "").split()) or f"master {number}",
        at,
        layout.name,
        layout._element.get("type") or "",
        placeholders,
        scheme,
        heading,
        body,
        background,
        colour,
        drawn,
        _box(bodies[0]) if bodies else None,
    )


def _ph(holder: Any) -> Any:
    return next(holder._element.iter(f"{P}ph"))


def _kind(holder: Any) -> str:
    return _ph(holder).get("type") or "obj"


def _box(holder: Any) -> Box:
    return Box(*((value or 0) / EMU for value in (holder.left, holder.top, holder.width, holder.height)))


class _Styles:
    """How the text of a layout's placeholders looks: each question asked of the layout, the master, its text styles."""

    def __init__(self, presentation: Any, master: Any, heading: str, body: str) -> None:
        self._master = master
        self._fonts = {"+mj-lt": heading, "+mn-lt": body}
        self._heading, self._body = heading, body
        self._styles = master._element.find(f"{P}txStyles")
        self._default = presentation.part._element.find(f"{P}defaultTextStyle")
        self._inherited: dict[str, Any] = {}
        for holder in master.placeholders:
            self._inherited.setdefault(_kind(holder), holder)

    def _parent(self, kind: str) -> Any | None:
        """The master's placeholder that one of this kind inherits from."""
        wanted = "title" if kind in TITLES else kind if kind in FOOTERS else "body"
        return self._inherited.get(wanted)

    def placeholder(self, holder: Any) -> PlaceholderInfo:
        from xml.sax.saxutils import quoteattr

        ph, kind = _ph(holder), _kind(holder)
        attributes = [(name, ph.get(name)) for name in ("type", "orient", "sz", "idx") if ph.get(name) is not None]
        parent = self._parent(kind)
        levels = list(self._levels(holder, parent, kind))
        frames = [frame for each in (holder, parent) if (frame := _child(each, f".//{A}bodyPr")) is not None]
        runs = [run for level in levels if (run := level.find(f"{A}defRPr")) is not None]
        typeface = next((font.get("typeface") for run in runs if (font := run.find(f"{A}latin")) is not None), "") or ""
        fills = [fill[0] for run in runs if (fill := run.find(f"{A}solidFill")) is not None and len(fill)]
        return PlaceholderInfo(
            name=holder.name,
            idx=holder.placeholder_format.idx,
            kind=kind,
            box=_box(holder),  # python-pptx asks the master where the layout does not say
            ph=" ".join(f"{name}={quoteattr(value)}" for name, value in attributes),
            size=_number(runs, "sz", 100, _USUAL_SIZE),
            bold=_first(runs, "b") in ("1", "true"),
            caps=_first(runs, "cap") in ("all", "small"),
            align=_first(levels, "algn") or "l",
            anchor=_first(frames, "anchor") or "t",
            insets=tuple(  # type: ignore[arg-type]
                _number(frames, name, EMU, usual)
                for name, usual in zip(("lIns", "tIns", "rIns", "bIns"), _INSETS, strict=True)
            ),
            spacing=_spacing(levels),
            tracking=_number(runs, "spc", 100, 0.0),
            typeface=self._fonts.get(typeface, typeface) or (self._heading if kind in TITLES else self._body),
            colour=read_colour(fills[0]) if fills else None,
            vertical=ph.get("orient") == "vert"
            or (_first(frames, "vert") or "horz") != "horz"
            or _turned(holder, parent),
        )

    def _levels(self, holder: Any, parent: Any | None, kind: str) -> Iterator[Any]:
        """The first level's paragraph properties, nearest first."""
        for each in (holder, parent):
            found = _child(each, f".//{A}lstStyle/{A}lvl1pPr")
            if found is not None:
                yield found
        style = "titleStyle" if kind in TITLES else "otherStyle" if kind in FOOTERS else "bodyStyle"
        if self._styles is not None:
            found = self._styles.find(f"{P}{style}/{A}lvl1pPr")
            if found is not None:
                yield found
        found = self._default.find(f"{A}lvl1pPr") if self._default is not None else None
        if found is not None:
            yield found


def _turned(holder: Any, parent: Any | None) -> bool:
    """Whether a frame is turned by more than a hair."""
    for each in (holder, parent):
        frame = _child(each, f"{P}spPr/{A}xfrm")
        if frame is not None:
            return abs(int(frame.get("rot") or 0)) % 21_600_000 > 60_000
    return False


def _child(holder: Any | None, path: str) -> Any | None:
    return holder._element.find(path) if holder is not None else None


def _first(elements: Sequence[Any], name: str) -> str | None:
    return next((value for element in elements if (value := element.get(name)) is not None), None)


def _number(elements: Sequence[Any], name: str, unit: float, usual: float) -> float:
    found = _figure(_first(elements, name))
    return usual if found is None else found / unit


def _figure(text: str | None) -> float | None:
    """A number as a template writes it; None for what is none."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if isfinite(found) else None


def _spacing(levels: Sequence[Any]) -> float:
    """Line spacing as a share; spacing in points counts as the font's own."""
    for level in levels:
        share = level.find(f"{A}lnSpc/{A}spcPct")
        text = (share.get("val") or "") if share is not None else ""
        found = _figure(text.rstrip("%"))
        if found:
            return found / (100 if text.endswith("%") else 100_000)
    return 1.0
