"""What a deck needs for those who hear it or see it otherwise (the list of WCAG and Office). Knows no qbrgen.

Alternative texts, decoration marked as such, unique titles, header rows, no merged cells, the order of reading, and a
contrast of 4.5:1 for every text, computed from the theme's colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from deck_parts import EMU, A, C, Deck, P
from lxml import etree

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_DULL = {"chart", "table", "picture", "image", "graph", "diagram"}
_LEAST = 4.5
_COLOURS = ("bg1", "tx1", "bg2", "tx2", *(f"accent{at}" for at in range(1, 7)), "hlink", "folHlink")


class Area(NamedTuple):
    """A rectangle in points, and its colour where it is filled."""

    left: float
    top: float
    right: float
    bottom: float


def access_problems(deck: Deck) -> list[str]:
    """Everything that shuts somebody out."""
    found: list[str] = []
    titles: Counter[str] = Counter()
    for slide in deck.slides():
        tree = deck.xml(slide)
        told = [*_alternatives(tree), *_tables(tree), *_order(deck, slide), *_contrast(deck, slide)]
        found += [f"{slide}: {what}" for what in told]
        titles[title_of(tree)] += 1
    return found + [f"title {one!r} stands on {count} slides" for one, count in titles.items() if count > 1 or not one]


def title_of(tree: Any) -> str:
    """What a slide's title says; "" without one."""
    for shape in tree.iter(f"{P}sp"):
        holder = shape.find(f".//{P}ph")
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return "".join(shape.itertext()).strip()
    return ""


def decorative(shape: Any) -> bool:
    """Whether a shape is marked as decoration."""
    return any(one.get("val") == "1" for one in next(shape.iter(f"{P}cNvPr")).iter(_DECORATIVE))


def _top(tree: Any) -> list[Any]:
    return [one for one in tree.find(f"{P}cSld/{P}spTree") if next(one.iter(f"{P}cNvPr"), None) is not None][1:]


def _alternatives(tree: Any) -> list[str]:
    """A text for everything that is seen and not read; decoration says that it is one."""
    found = []
    for shape in _top(tree):
        prop = next(shape.iter(f"{P}cNvPr"))
        said, name = prop.get("descr", "").strip(), prop.get("name")
        if decorative(shape):
            found += [f"decoration with an alternative text: {name!r}"] if said else []
        elif shape.tag in (f"{P}graphicFrame", f"{P}pic", f"{P}grpSp"):
            found += [] if said else [f"no alt text on {name!r}"]
            found += [f"an alt text that tells nothing on {name!r}: {said}"] if said.lower() in _DULL else []
        elif not "".join(shape.itertext()).strip() and shape.find(f".//{P}ph") is None:
            found += [] if said else [f"{name!r} says nothing and is not marked as decoration"]
    return found


def _tables(tree: Any) -> list[str]:
    found = []
    for table in tree.iter(f"{A}tbl"):
        if table.find(f"{A}tblPr").get("firstRow") != "1":
            found.append("a table without a header row")
        first = table.find(f"{A}tr")
        if first is not None and not "".join(first.itertext()).strip():
            found.append("a table whose header row is empty")
        cells = table.iter(f"{A}tc")
        if any(cell.get(merge) for cell in cells for merge in ("gridSpan", "rowSpan", "hMerge", "vMerge")):
            found.append("a merged cell")
    return found


# ---- the order of reading -------------------------------------------------------------------------------------------


def area_of(deck: Deck, slide: str, shape: Any) -> Area | None:
    """Where a shape stands, by its own frame or its layout's or its master's."""
    for one in (shape, *_above(deck, slide, shape)):
        frame = next(one.iter(f"{A}xfrm", f"{P}xfrm"), None)
        if frame is not None and frame.find(f"{A}off") is not None:
            off, ext = frame.find(f"{A}off"), frame.find(f"{A}ext")
            x, y, w, h = (int(v) / EMU for v in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy")))
            return Area(x, y, x + w, y + h)
    return None


def _above(deck: Deck, slide: str, shape: Any) -> Iterator[Any]:
    """The placeholders that a placeholder inherits from."""
    holder = shape.find(f".//{P}ph")
    if holder is None:
        return
    for part in (deck.layout(slide), deck.master(slide)):
        by_kind = part != deck.layout(slide) or _kind(holder) in ("title", "ftr", "sldNum", "dt")
        for one in deck.xml(part).iter(f"{P}sp"):
            other = one.find(f".//{P}ph")
            if other is not None and (
                _kind(other) == _kind(holder) if by_kind else other.get("idx") == holder.get("idx")
            ):
                yield one
                break


def _kind(holder: Any) -> str:
    """The family that a placeholder inherits within."""
    kind = holder.get("type", "obj")
    return {"ctrTitle": "title", "title": "title", "ftr": "ftr", "sldNum": "sldNum", "dt": "dt"}.get(kind, "body")


def _order(deck: Deck, slide: str) -> list[str]:
    """After the title nothing is read that stands above, or left beside, what was read before it.

    Placeholders may stand in a column of their own, as a footnote in the margin: these are only not read from below.
    """
    placed = []
    for shape in _top(deck.xml(slide)):
        area = area_of(deck, slide, shape)
        if area is not None and not decorative(shape):
            placed.append((next(shape.iter(f"{P}cNvPr")).get("name"), area, shape.find(f".//{P}ph") is not None))
    title = next((at for at, (name, *_) in enumerate(placed) if name == _title_name(deck.xml(slide))), -1)
    found = []
    for at, (name, one, _) in enumerate(placed):
        for later, other, holder in placed[max(at, title) + 1 :]:
            above = other.bottom <= one.top + 1 and min(one.right, other.right) - max(one.left, other.left) > 1
            left = other.right <= one.left + 1 and min(one.bottom, other.bottom) - max(one.top, other.top) > 1
            if above or (left and not holder and abs(other.top - one.top) <= 2):
                found.append(f"{later!r} is read after {name!r}, and stands {'above' if above else 'left of'} it")
    return found


def _title_name(tree: Any) -> str:
    for shape in tree.iter(f"{P}sp"):
        holder = shape.find(f".//{P}ph")
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return str(next(shape.iter(f"{P}cNvPr")).get("name"))
    return ""


# ---- contrast -------------------------------------------------------------------------------------------------------


def palette(deck: Deck, slide: str) -> dict[str, str]:
    """Colour names of a slide → RRGGBB, by its master's map and its theme."""
    master = deck.master(slide)
    theme = deck.xml(deck.linked(master, "theme")[0])
    scheme = theme.find(f".//{A}clrScheme")
    colours = {one.tag.removeprefix(A): one[0].get("lastClr") or one[0].get("val") for one in scheme}
    mapped = deck.xml(master).find(f"{P}clrMap").attrib
    return {**colours, **{name: colours[mapped[name]] for name in _COLOURS if name in mapped}}


def rgb(fill: Any, colours: dict[str, str]) -> str | None:
    """The colour of a solid fill; None where it is none, or one that is not of the theme."""
    if fill is None or len(fill) == 0:
        return None
    colour = fill[0]
    plain = colour.get("val") if colour.tag == f"{A}srgbClr" else colours.get(colour.get("val", ""))
    if plain is None:
        return None
    parts = [int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    for change in colour:
        share = int(change.get("val", "100000")) / 100000
        if change.tag == f"{A}lumMod":
            parts = [part * share for part in parts]
        elif change.tag == f"{A}lumOff":
            parts = [min(1.0, part + share) for part in parts]
    return "".join(f"{round(part * 255):02X}" for part in parts)


def contrast(one: str, other: str) -> float:
    """By WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _ground(deck: Deck, slide: str, colours: dict[str, str]) -> str:
    """What a slide is filled with."""
    for part in (slide, deck.layout(slide), deck.master(slide)):
        background = deck.xml(part).find(f"{P}cSld/{P}bg")
        if background is not None:
            found = rgb(next(background.iter(f"{A}solidFill"), None), colours)
            reference = background.find(f"{P}bgRef")
            return found or rgb(reference, colours) or colours["bg1"]
    return colours["bg1"]


def _filled(deck: Deck, slide: str, colours: dict[str, str]) -> list[tuple[Any, Area, str]]:
    """Filled shapes from the back to the front: the master's, the layout's, the slide's own."""
    found = []
    for part in (deck.master(slide), deck.layout(slide), slide):
        for shape in _top(deck.xml(part)):
            look = shape.find(f"{P}spPr")
            colour = rgb(look.find(f"{A}solidFill"), colours) if look is not None else None
            area = area_of(deck, slide, shape)
            if colour and area and (part == slide or shape.find(f".//{P}ph") is None):
                found.append((shape, area, colour))
    return found


def _contrast(deck: Deck, slide: str) -> list[str]:
    """Every run of text against what it stands on."""
    colours, found = palette(deck, slide), []
    ground, filled = _ground(deck, slide, colours), _filled(deck, slide, colours)
    for shape in _top(deck.xml(slide)):
        area = area_of(deck, slide, shape)
        if area is None:
            continue
        over = [colour for one, box, colour in filled if one is shape or _inside(area, box)]
        behind = over[-1] if over else ground
        name = next(shape.iter(f"{P}cNvPr")).get("name")
        for text, colour in _coloured(deck, slide, shape, colours):
            if contrast(colour, behind) < _LEAST:
                ratio = contrast(colour, behind)
                found.append(f"{name!r}: {text[:20]!r} in #{colour} on #{behind} has a contrast of {ratio:.1f}:1")
    return found


def _inside(area: Area, box: Area) -> bool:
    """Whether the middle of what is read stands on a filled shape."""
    x, y = (area.left + min(area.right, area.left + 40)) / 2, (area.top + area.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _coloured(deck: Deck, slide: str, shape: Any, colours: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(text, colour) of each run of a shape, and of a chart's labels."""
    inherited = _inherited(deck, slide, shape, colours)
    for run in shape.iter(f"{A}r", f"{A}fld"):
        own = run.find(f"{A}rPr/{A}solidFill")
        yield "".join(run.itertext()), rgb(own, colours) or inherited
    for chart in shape.iter(f"{C}chart"):
        link = next(iter(chart.attrib.values()))
        part = next(target for one, _, target, _ in deck.links(slide) if one == link)
        root = deck.xml(part)
        whole = root.find(f"{C}txPr//{A}defRPr/{A}solidFill")
        for rich in root.iter(f"{C}rich"):
            for run in rich.iter(f"{A}r"):
                yield (
                    "".join(run.itertext()),
                    rgb(run.find(f"{A}rPr/{A}solidFill"), colours) or rgb(whole, colours) or colours["tx1"],
                )
        for axis in root.iter(f"{C}catAx", f"{C}valAx"):
            hidden = axis.find(f"{C}delete") is not None and axis.find(f"{C}delete").get("val") == "1"
            fill = axis.find(f"{C}txPr//{A}defRPr/{A}solidFill")
            if not hidden and axis.find(f"{C}tickLblPos").get("val") != "none":
                yield "an axis", rgb(fill, colours) or rgb(whole, colours) or colours["tx1"]


def _inherited(deck: Deck, slide: str, shape: Any, colours: dict[str, str]) -> str:
    """The colour of text that says none itself."""
    for one in _above(deck, slide, shape):
        fill = one.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}defRPr/{A}solidFill")
        if fill is not None:
            return rgb(fill, colours) or colours["tx1"]
    holder = shape.find(f".//{P}ph")
    if holder is not None:
        kind = {"title": "titleStyle", "ctrTitle": "titleStyle"}.get(holder.get("type"), "bodyStyle")
        styles = deck.xml(deck.master(slide)).find(f"{P}txStyles/{P}{kind}")
        fill = None if styles is None else styles.find(f"{A}lvl1pPr/{A}defRPr/{A}solidFill")
        if fill is not None:
            return rgb(fill, colours) or colours["tx1"]
    return colours["tx1"]


def document_language(deck: Deck) -> str:
    """The language of the file's properties."""
    root = etree.fromstring(deck.parts["docProps/core.xml"])
    return root.findtext("{http://purl.org/dc/elements/1.1/}language") or ""
