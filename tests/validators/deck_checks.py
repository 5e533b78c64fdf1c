"""What a deck must hold that schema validators miss: `problems(path)` lists all that is wrong. Knows no qbrgen.

Each check is proven by a deck that was broken that way: tests/render/pptx/test_deck_checks.py.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from access_checks import access_problems
from chart_checks import chart_problems
from deck_parts import EMU, A, Deck, P, R
from package_checks import package_problems

__all__ = ["Deck", "boxes", "misplaced", "problems"]
# A language tag as BCP 47 has it, in the parts that Office knows; and codes that look like one and are none.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


def problems(path: Path) -> list[str]:
    """Everything wrong with a deck; an empty list for a good one."""
    deck = Deck(path)
    found = package_problems(deck)
    for slide in deck.slides():
        tree = deck.xml(slide)
        what = [*_shapes(tree), *_tables(tree), *_languages(tree), *_placeholders(tree), *_links(deck, slide)]
        found += [f"{slide}: {one}" for one in what]
        found += _notes(deck, slide)
    for name in [*deck.all_of("slideLayouts"), *deck.all_of("slideMasters")]:
        found += [f"{name}: {one}" for one in _shapes(deck.xml(name), named=False)]
    for name in deck.all_of("charts"):
        if re.fullmatch(r"ppt/charts/chart\d+\.xml", name):
            found += [f"{name}: {what}" for what in [*chart_problems(deck, name), *_languages(deck.xml(name))]]
    return found + access_problems(deck)


def _shapes(tree: Any, named: bool = True) -> list[str]:
    """Ids are unique on a slide, names too; every shape is whole."""
    found = []
    props = list(tree.iter(f"{P}cNvPr"))
    ids = Counter(prop.get("id") for prop in props)
    found += [f"shape id {one} twice" for one, count in ids.items() if count > 1]
    names = Counter(prop.get("name") for prop in props[1:]) if named else {}
    found += [f"shape name {one!r} twice" for one, count in names.items() if count > 1]
    found += [f"a shape without a name: id {prop.get('id')}" for prop in props[1:] if not prop.get("name")]
    for shape in tree.iter(f"{P}sp"):
        if shape.find(f"{P}nvSpPr") is None or shape.find(f"{P}spPr") is None:
            found.append("a shape without properties")
        text = shape.find(f"{P}txBody")
        if text is not None and (text.find(f"{A}bodyPr") is None or text.find(f"{A}p") is None):
            found.append("a text body without body properties or paragraph")
        if text is None and any(one.get("txBox") == "1" for one in shape.iter(f"{P}cNvSpPr")):
            found.append("a text box without text body")
    return found


def _placeholders(tree: Any) -> list[str]:
    found = []
    for shape in tree.iter(f"{P}sp"):
        if shape.find(f".//{P}ph") is not None and not "".join(shape.itertext()).strip():
            found.append(f"empty placeholder {next(shape.iter(f'{P}cNvPr')).get('name')!r}")
    places = Counter((one.get("type"), one.get("idx")) for one in tree.iter(f"{P}ph"))
    found += [f"placeholder {one} is taken twice" for one, count in places.items() if count > 1]
    return found


def _tables(tree: Any) -> list[str]:
    """Rows as long as the grid, cells with text, no cell that is continued without saying so."""
    found = []
    for table in tree.iter(f"{A}tbl"):
        columns = len(table.findall(f"{A}tblGrid/{A}gridCol"))
        for row in table.findall(f"{A}tr"):
            cells = row.findall(f"{A}tc")
            if len(cells) != columns:
                found.append(f"a row of {len(cells)} cells under {columns} columns")
            covered = 0
            for cell in cells:
                if cell.find(f"{A}txBody") is None:
                    found.append("a cell without text body")
                if covered and cell.get("hMerge") != "1":
                    found.append("a cell that a merged one covers, without hMerge")
                covered = max(covered - 1, int(cell.get("gridSpan", "1")) - 1)
    return found


def _languages(tree: Any) -> list[str]:
    found = []
    for run in tree.iter(f"{A}r", f"{A}fld"):
        language = run.find(f"{A}rPr").get("lang") if run.find(f"{A}rPr") is not None else None
        if not language or not LANGUAGE.fullmatch(language):
            found.append(f"language {language!r} on {''.join(run.itertext())[:20]!r}")
    for mark in tree.iter(f"{A}endParaRPr", f"{A}defRPr"):
        if mark.get("lang") is not None and not LANGUAGE.fullmatch(mark.get("lang")):
            found.append(f"language {mark.get('lang')!r} of an empty paragraph")
    for mark in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}lang"):
        if not LANGUAGE.fullmatch(mark.get("val", "")):
            found.append(f"language {mark.get('val')!r} of a chart")
    return found


def _links(deck: Deck, slide: str) -> list[str]:
    """Every relationship that the slide names is there, and every one that is there is named or structural."""
    links = {link: kind for link, kind, _, _ in deck.links(slide)}
    named = {
        value
        for element in deck.xml(slide).iter()
        for key, value in element.attrib.items()
        if str(key).startswith(R) and value
    }
    found = [f"names {link}, which is no relationship of it" for link in sorted(named - set(links))]
    spare = {link for link, kind in links.items() if kind not in ("slideLayout", "notesSlide", "comments", "tags")}
    return found + [f"relationship {link} leads where nothing points" for link in sorted(spare - named)]


def _notes(deck: Deck, slide: str) -> list[str]:
    found = []
    notes = deck.linked(slide, "notesSlide")
    if len(notes) > 1:
        found.append(f"{slide}: {len(notes)} notes")
    for target in notes:
        back = deck.linked(target, "slide")
        if back != [slide]:
            found.append(f"{target}: notes of {slide} that lead back to {back}")
        if not deck.linked(target, "notesMaster"):
            found.append(f"{target}: notes without a master")
        found += [f"{target}: {what}" for what in _languages(deck.xml(target))]
    return found


def boxes(tree: Any, layout: Any) -> list[tuple[str, tuple[float, float, float, float]]]:
    """(name, (left, top, right, bottom) in points) of all but decoration, with frames inherited from the layout."""
    inherited = {}
    for shape in layout.iter(f"{P}sp"):
        holder = shape.find(f".//{P}ph")
        if holder is not None:
            inherited[holder.get("idx"), holder.get("type")] = shape.find(f".//{A}xfrm")
    found = []
    for shape in tree.find(f"{P}cSld/{P}spTree")[2:]:
        prop = next(shape.iter(f"{P}cNvPr"))
        if any("decorative" in str(child.tag) for child in prop.iter()):
            continue
        holder = shape.find(f".//{P}ph")
        frame = next(shape.iter(f"{A}xfrm", f"{P}xfrm"), None)
        if frame is None and holder is not None:
            frame = inherited[holder.get("idx"), holder.get("type")]
        off, ext = frame.find(f"{A}off"), frame.find(f"{A}ext")
        x, y, w, h = (int(value) / EMU for value in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy")))
        found.append((prop.get("name"), (x, y, x + w, y + h)))
    return found


def misplaced(path: Path, width: float = 960, height: float = 540, margin: float = 30) -> list[str]:
    """What stands outside the margins, and what overlaps."""
    deck = Deck(path)
    found = []
    for slide in deck.slides():
        layout = next(target for _, kind, target, _ in deck.links(slide) if kind == "slideLayout")
        placed = boxes(deck.xml(slide), deck.xml(layout))
        for at, (name, (left, top, right, bottom)) in enumerate(placed):
            if (
                left < margin - 0.5
                or right > width - margin + 0.5
                or top < margin - 0.5
                or bottom > height - margin + 0.5
            ):
                found.append(f"{slide}: {name} is outside: {left:.0f} {top:.0f} {right:.0f} {bottom:.0f}")
            for other, (l2, t2, r2, b2) in placed[at + 1 :]:
                if min(right, r2) - max(left, l2) > 1 and min(bottom, b2) - max(top, t2) > 1:
                    found.append(f"{slide}: {name} and {other} overlap")
    return found
