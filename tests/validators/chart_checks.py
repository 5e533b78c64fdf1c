"""What a chart and the workbook behind it must hold that schema validators miss. Knows no qbrgen."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
from deck_parts import A, C, Deck

# Where Office lets a label stand, by the kind of plot: any other place makes PowerPoint repair the slide.
LABEL_PLACES = {
    "bar clustered": {"ctr", "inEnd", "inBase", "outEnd"},
    "bar stacked": {"ctr", "inEnd", "inBase"},
    "bar percentStacked": {"ctr", "inEnd", "inBase"},
    "line": {"t", "b", "l", "r", "ctr"},
    "scatter": {"t", "b", "l", "r", "ctr"},
    "bubble": {"t", "b", "l", "r", "ctr"},
    "pie": {"bestFit", "ctr", "inEnd", "outEnd"},
}
_PLAIN_FORMULA = re.compile(r"=[\d.]+-B\d+")  # what a target's bar is short of: its own cells, nothing else


def chart_problems(deck: Deck, name: str) -> list[str]:
    """Everything wrong with one chart part."""
    tree = deck.xml(name)
    found = []
    axes = [axis.find(f"{C}axId").get("val") for axis in tree.iter(f"{C}catAx", f"{C}valAx", f"{C}dateAx")]
    if any(not 0 < int(axis) < 2**31 for axis in axes) or len(set(axes)) != len(axes):
        found.append(f"axis ids {axes}")
    for plot in tree.find(f"{C}chart/{C}plotArea"):
        if plot.tag.endswith("Chart"):
            found += _plot(plot, set(axes))
    orders = [one.get("val") for one in tree.iter(f"{C}order")]
    if len(set(orders)) != len(orders):
        found.append("two series in one place")
    return [*found, *_workbook(deck, name, tree)]


def _plot(plot: Any, axes: set[str]) -> list[str]:
    found = []
    if {one.get("val") for one in plot.findall(f"{C}axId")} - axes:
        found.append("a plot on axes that are not there")
    kind = plot.tag.removeprefix(C).removesuffix("Chart").removesuffix("3D")
    if kind == "bar":
        kind = f"bar {plot.find(f'{C}grouping').get('val')}"
    for place in plot.iter(f"{C}dLblPos"):
        if place.get("val") not in LABEL_PLACES.get(kind, set()):
            found.append(f"label position {place.get('val')} on a {kind} chart")
    for series in plot.findall(f"{C}ser"):
        counts = {count.get("val") for count in series.findall(f".//{C}cat//{C}ptCount")}
        counts |= {count.get("val") for count in series.findall(f".//{C}val//{C}ptCount")}
        if len(counts) > 1:
            found.append(f"a series with {' and '.join(sorted(counts))} points")
        for points in series.findall(f".//{C}ptCount"):
            places = [int(one.get("idx")) for one in points.getparent().findall(f"{C}pt")]
            if any(place >= int(points.get("val")) for place in places) or len(set(places)) != len(places):
                found.append(f"points {places} of {points.get('val')}")
    return found


def _workbook(deck: Deck, name: str, tree: Any) -> list[str]:
    """The chart's cached values against the workbook that "Edit Data" opens."""
    books = deck.linked(name, "package")
    if len(books) != 1:
        return [f"{len(books)} workbooks"]
    outside = tree.find(f"{C}externalData")
    if outside is None or not any(link == next(iter(outside.attrib.values())) for link, *_ in deck.links(name)):
        return ["a workbook that the chart does not name"]
    try:
        opened = [openpyxl.load_workbook(io.BytesIO(deck.parts[books[0]]), data_only=only) for only in (True, False)]
        values, formulas = (book["Sheet1"] for book in opened)
    except Exception as error:
        return [f"a workbook that does not open: {type(error).__name__}"]
    found = [f"{len(opened[0].sheetnames)} sheets"] if len(opened[0].sheetnames) != 1 else []
    for reference in tree.iter(f"{C}strRef", f"{C}numRef"):
        found += _cached(reference, values)
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and not _PLAIN_FORMULA.fullmatch(str(cell.value)):
                found.append(f"a live formula in {cell.coordinate}: {cell.value}")
            if cell.hyperlink:
                found.append(f"a link in {cell.coordinate}")
    return found


def _cached(reference: Any, sheet: Any) -> list[str]:
    text = reference.tag == f"{C}strRef"
    cache, formula = reference.find(f"{C}strCache" if text else f"{C}numCache"), reference.find(f"{C}f").text
    cells = sheet[formula.split("!")[1].replace("$", "")]
    rows = [cell for row in cells for cell in row] if isinstance(cells, tuple) else [cells]
    points = {int(point.get("idx")): point.find(f"{C}v").text for point in cache.findall(f"{C}pt")}
    found = []
    if int(cache.find(f"{C}ptCount").get("val")) != len(rows):
        found.append(f"{formula}: ptCount does not match")
    for at, cell in enumerate(rows):
        shown, held = points.get(at), cell.value
        if text and held is not None and not isinstance(held, str):
            found.append(f"{cell.coordinate}: a text that the workbook holds as {held!r}")
        same = (
            shown is None or not shown.strip()
            if held is None
            else held == shown
            if isinstance(held, str)
            else shown is not None and abs(float(held) - float(shown)) < 1e-9
        )
        if not same:
            found.append(f"{cell.coordinate}: {held!r} in the workbook, {shown!r} in the chart")
    return found


def chart_texts(deck: Deck, name: str) -> list[str]:
    """What the chart's labels say in words."""
    rich = deck.xml(name).iter(f"{C}rich")
    return ["".join(one.text or "" for one in text.iter(f"{A}t")) for text in rich]
