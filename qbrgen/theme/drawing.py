"""SVG logos: cleaned of all that runs or fetches, and drawn as PNG for slides.

What an SVG may hold is a list of what is taken out (scripts, foreign content, animation, links) and of what a link may
point at (a part of the drawing, a picture inside it): a drawing never opens a file or an address.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from qbrgen.resources import themes_dir

_MOST_BYTES = 2_000_000
_MOST_PARTS = 20_000  # drawn, those that `use` repeats counted each time
_SVG = "{http://www.w3.org/2000/svg}"
_RUNS = {
    "script", "foreignObject", "iframe", "embed", "object", "audio", "video", "canvas", "handler", "listener",
    "animate", "animateMotion", "animateTransform", "animateColor", "set", "discard",
}  # fmt: skip
_INSIDE = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_URL = re.compile(r"url\s*\(\s*['\"]?\s*(?!['\"\s]|#)", re.IGNORECASE)
_IMPORT = re.compile(r"@import[^;]*;?|@font-face\s*\{[^}]*\}", re.IGNORECASE)


def cleaned(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """(the drawing without what runs or fetches, what was taken out, each once).

    Raises ValueError, saying why, for what is no SVG or would take for ever to draw.
    """
    from lxml import etree

    if len(content) > _MOST_BYTES:
        raise ValueError(f"it has {len(content):,} bytes, {_MOST_BYTES:,} are the most")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"it does not parse: {error}") from None
    if root.tag not in (f"{_SVG}svg", "svg"):
        raise ValueError("it is no SVG")
    taken: dict[str, None] = {}
    for element in list(root.iter()):
        if not isinstance(element.tag, str):  # an entity of the document's own
            _remove(element)
            taken["an entity"] = None
        elif _name(element) in _RUNS:
            _remove(element)
            taken[f"<{_name(element)}>"] = None
        else:
            taken |= dict.fromkeys(_clean_attributes(element))
            if _name(element) == "style":
                taken |= dict.fromkeys(_clean_style(element))
    _check_size(root)
    return etree.tostring(copy.deepcopy(root), encoding="utf-8"), tuple(taken)  # a copy has no document type


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _clean_attributes(element: Any) -> list[str]:
    taken = []
    for key, value in list(element.attrib.items()):
        name = key.rpartition("}")[2].lower()
        plain = re.sub(r"[\s\x00-\x1f]+", "", value)
        link = name in ("href", "src") and not _INSIDE.match(plain)
        runs = name.startswith("on") or name == "base"
        fetches = _URL.search(value) or (name == "style" and "\\" in value)  # an escape can spell anything
        if link or runs or fetches:
            del element.attrib[key]
            taken.append(f"{name}={value[:60]}" if not runs else name)
    return taken


def _clean_style(element: Any) -> list[str]:
    text = "".join(element.itertext())
    kept = "" if "\\" in text or _URL.search(_IMPORT.sub("", text)) else _IMPORT.sub("", text)
    if kept == text:
        return []
    for child in list(element):
        element.remove(child)
    element.text = kept
    return ["a style that fetches"]


def _check_size(root: Any) -> None:
    """Raises ValueError where the parts that `use` repeats come to too many, or repeat themselves."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Any, int] = {}

    def size(element: Any, above: tuple[Any, ...]) -> int:
        if element in above or len(above) > 200:
            raise ValueError("its parts are nested without end")
        if element not in known:
            total = 1 + sum(size(child, (*above, element)) for child in element)
            if _name(element) == "use":
                link = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"), "")
                target = by_id.get(link.strip()[1:])
                total += size(target, (*above, element)) if target is not None else 0
            known[element] = total
        return known[element]

    if size(root, ()) > _MOST_PARTS:
        raise ValueError(f"it draws more than {_MOST_PARTS:,} parts")


def sets_text(drawing: bytes) -> bool:
    """Whether a drawing holds text, which another machine may set in another typeface."""
    return b"<text" in drawing or b":text" in drawing


def as_png(drawing: bytes, width: int, height: int) -> bytes:
    """A cleaned drawing as a PNG that fits into `width` by `height` pixels, the same on every machine.

    Text in it is set in the typeface that comes with qbrgen: a logo should hold outlines. Raises ValueError for one
    that cannot be drawn.
    """
    import resvg_py

    text = drawing.decode("utf-8")
    fonts = [str(themes_dir() / "fonts" / "LiberationSans-Bold.ttf")] if sets_text(drawing) else None
    family = "Liberation Sans"

    def drawn(across: int) -> bytes:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=text,
                width=across,
                skip_system_fonts=True,
                font_files=fonts,
                font_family=family,
                serif_family=family,
                sans_serif_family=family,
            )
        )

    content = drawn(width)
    high = int.from_bytes(content[20:24], "big")  # PNG's header: width, height
    return content if high <= height else drawn(max(1, width * height // high))
