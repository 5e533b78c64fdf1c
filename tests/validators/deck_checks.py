"""What a deck must hold that schema validators miss: `problems(path)` lists all that is wrong. Knows no qbrgen."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMU = 12700
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
LABEL_PLACES = {
    "clustered": {"ctr", "inEnd", "inBase", "outEnd"},
    "stacked": {"ctr", "inEnd", "inBase"},
    "line": {"t", "b", "l", "r", "ctr"},
}


class Deck:
    """The parts of a PPTX, parsed."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.names = package.namelist()
            self.parts = {name: package.read(name) for name in self.names}

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    def links(self, name: str) -> list[tuple[str, str, str, bool]]:
        """(id, kind, target part, external) of a part's relationships."""
        folder, file = posixpath.split(name)
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if rels not in self.parts:
            return []
        found = []
        for link in self.xml(rels):
            external = link.get("TargetMode") == "External"
            target = link.get("Target")
            where = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((link.get("Id"), link.get("Type").rsplit("/", 1)[-1], where, external))
        return found

    def slides(self) -> list[str]:
        """Slide parts in the order of the presentation."""
        by_id = {link: target for link, _, target, _ in self.links("ppt/presentation.xml")}
        return [by_id[one.get(f"{R}id")] for one in self.xml("ppt/presentation.xml").iter(f"{P}sldId")]


def problems(path: Path) -> list[str]:
    """Everything wrong with a deck; an empty list for a good one."""
    deck = Deck(path)
    found = [f"twice in the zip: {name}" for name, count in Counter(deck.names).items() if count > 1]
    found += _package(deck)
    titles: Counter[str] = Counter()
    for slide in deck.slides():
        tree = deck.xml(slide)
        found += [
            f"{slide}: {what}" for what in [*_shapes(tree), *_tables(tree), *_languages(tree), *_placeholders(tree)]
        ]
        titles[_title(tree)] += 1
        found += _notes(deck, slide)
    found += [f"title {title!r} stands on {count} slides" for title, count in titles.items() if count > 1 or not title]
    for name in deck.names:
        if re.fullmatch(r"ppt/charts/chart\d+\.xml", name):
            found += [f"{name}: {what}" for what in _chart(deck, name)]
    return found


def _package(deck: Deck) -> list[str]:
    found = []
    slides = deck.slides()
    found += [
        f"orphan slide {name}"
        for name in deck.names
        if re.fullmatch(r"ppt/slides/[^/]+\.xml", name) and name not in slides
    ]
    for name in deck.names:
        if not name.endswith(".rels"):
            for link, kind, target, external in deck.links(name):
                if external:
                    found.append(f"{name}: external link {target}")
                elif target not in deck.parts:
                    found.append(f"{name}: {link} ({kind}) leads nowhere: {target}")
    found += ["a thumbnail"] if any("thumbnail" in name for name in deck.names) else []
    found += [f"a macro: {name}" for name in deck.names if name.endswith(".bin") and "vba" in name.lower()]
    ids = [one.get("id") for one in deck.xml("ppt/presentation.xml").iter(f"{P}sldMasterId")]
    for name in deck.names:
        if re.fullmatch(r"ppt/slideMasters/[^/]+\.xml", name):
            ids += [one.get("id") for one in deck.xml(name).iter(f"{P}sldLayoutId")]
    found += [f"layout or master id {one} is taken twice" for one, count in Counter(ids).items() if count > 1]
    return found


def _shapes(tree: Any) -> list[str]:
    found = []
    props = list(tree.iter(f"{P}cNvPr"))
    found += [f"shape id {one} twice" for one, count in Counter(prop.get("id") for prop in props).items() if count > 1]
    found += [
        f"shape name {one!r} twice"
        for one, count in Counter(prop.get("name") for prop in props[1:]).items()
        if count > 1
    ]
    for kind in ("graphicFrame", "pic", "grpSp"):
        for shape in tree.find(f"{P}cSld/{P}spTree").findall(f"{P}{kind}"):
            prop = next(shape.iter(f"{P}cNvPr"))
            if not prop.get("descr"):
                found.append(f"no alt text on {prop.get('name')!r}")
    return found


def _placeholders(tree: Any) -> list[str]:
    found = []
    for shape in tree.iter(f"{P}sp"):
        if shape.find(f".//{P}ph") is not None and not "".join(shape.itertext()).strip():
            found.append(f"empty placeholder {next(shape.iter(f'{P}cNvPr')).get('name')!r}")
        if shape.find(f"{P}nvSpPr") is None:
            found.append("a shape without properties")
    return found


def _title(tree: Any) -> str:
    for shape in tree.iter(f"{P}sp"):
        holder = shape.find(f".//{P}ph")
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return "".join(shape.itertext()).strip()
    return ""


def _tables(tree: Any) -> list[str]:
    found = []
    for table in tree.iter(f"{A}tbl"):
        columns = len(table.findall(f"{A}tblGrid/{A}gridCol"))
        if table.find(f"{A}tblPr").get("firstRow") != "1":
            found.append("a table without a header row")
        for row in table.findall(f"{A}tr"):
            cells = row.findall(f"{A}tc")
            if len(cells) != columns:
                found.append(f"a row of {len(cells)} cells under {columns} columns")
            for cell in cells:
                if cell.find(f"{A}txBody") is None:
                    found.append("a cell without text body")
                if any(cell.get(merge) for merge in ("gridSpan", "rowSpan", "hMerge", "vMerge")):
                    found.append("a merged cell")
    return found


def _languages(tree: Any) -> list[str]:
    found = []
    for run in tree.iter(f"{A}r", f"{A}fld"):
        language = run.find(f"{A}rPr").get("lang") if run.find(f"{A}rPr") is not None else None
        if not language or not LANGUAGE.fullmatch(language):
            found.append(f"language {language!r} on {''.join(run.itertext())[:20]!r}")
    return found


def _notes(deck: Deck, slide: str) -> list[str]:
    found = []
    for _, kind, target, _ in deck.links(slide):
        if kind == "notesSlide":
            back = [where for _, what, where, _ in deck.links(target) if what == "slide"]
            if back != [slide]:
                found.append(f"{target}: notes of {slide} that lead back to {back}")
            if not any(what == "notesMaster" for _, what, _, _ in deck.links(target)):
                found.append(f"{target}: notes without a master")
    return found


def _chart(deck: Deck, name: str) -> list[str]:
    tree = deck.xml(name)
    found = []
    axes = [axis.find(f"{C}axId").get("val") for axis in tree.iter(f"{C}catAx", f"{C}valAx")]
    if any(not 0 < int(axis) < 2**31 for axis in axes) or len(set(axes)) != len(axes):
        found.append(f"axis ids {axes}")
    for plot in [*tree.iter(f"{C}barChart"), *tree.iter(f"{C}lineChart")]:
        if {one.get("val") for one in plot.findall(f"{C}axId")} - set(axes):
            found.append("a plot on axes that are not there")
        kind = "line" if plot.tag.endswith("lineChart") else plot.find(f"{C}grouping").get("val")
        found += [
            f"label position {place.get('val')} on a {kind} chart"
            for place in plot.iter(f"{C}dLblPos")
            if place.get("val") not in LABEL_PLACES[kind]
        ]
    orders = [one.get("val") for one in tree.iter(f"{C}order")]
    if len(set(orders)) != len(orders):
        found.append("two series in one place")
    return found + _workbook(deck, name, tree)


def _workbook(deck: Deck, name: str, tree: Any) -> list[str]:
    """The chart's cached values against the workbook that "Edit Data" opens."""
    books = [target for _, kind, target, _ in deck.links(name) if kind == "package"]
    if len(books) != 1:
        return [f"{len(books)} workbooks"]
    content = io.BytesIO(deck.parts[books[0]])
    values, formulas = (openpyxl.load_workbook(content, data_only=only)["Sheet1"] for only in (True, False))
    found = []
    for reference in tree.iter(f"{C}strRef", f"{C}numRef"):
        cache = (
            reference.find(f"{C}strCache")
            if reference.find(f"{C}strCache") is not None
            else reference.find(f"{C}numCache")
        )
        cells = values[reference.find(f"{C}f").text.split("!")[1].replace("$", "")]
        rows = [cell for row in cells for cell in row] if isinstance(cells, tuple) else [cells]
        points = {int(point.get("idx")): point.find(f"{C}v").text for point in cache.findall(f"{C}pt")}
        if int(cache.find(f"{C}ptCount").get("val")) != len(rows):
            found.append(f"{reference.find(f'{C}f').text}: ptCount does not match")
        for at, cell in enumerate(rows):
            shown, held = points.get(at), cell.value
            same = (
                shown is None
                if held is None
                else (held == shown if isinstance(held, str) else abs(held - float(shown or "nan")) < 1e-9)
            )
            if not same and not (shown is not None and held is None and not shown.strip()):
                found.append(f"{cell.coordinate}: {held!r} in the workbook, {shown!r} in the chart")
    for row in formulas.iter_rows():
        for cell in row:
            live = cell.data_type == "f" and not re.fullmatch(r"=[\d.]+-B\d+", str(cell.value))
            found += [f"a live formula in {cell.coordinate}: {cell.value}"] if live else []
            if cell.hyperlink:
                found.append(f"a link in {cell.coordinate}")
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
