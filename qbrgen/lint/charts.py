"""What a native chart says and how it looks, from its XML."""

from __future__ import annotations

from typing import Any

from qbrgen.lint.model import Plot, Series

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHADOWS = (f"{A}outerShdw", f"{A}innerShdw", f"{A}prstShdw")


def read_chart(chart: Any) -> Plot:
    """The facts of a python-pptx chart."""
    root = chart._chartSpace
    labels = [
        "".join(text.text or "" for text in rich.iter(f"{A}t")).strip()
        for rich in root.iter(f"{C}rich")
        if _shown(rich)
    ]
    series = list(root.iter(f"{C}ser"))
    categories = [point.text or "" for point in root.findall(f".//{C}ser[1]/{C}cat//{C}pt/{C}v")]
    return Plot(
        tuple(dict.fromkeys(categories)),
        tuple(_series(one) for one in series),
        tuple(label for label in labels if label),
        root.find(f"{C}chart/{C}legend") is not None,
        tuple(sorted({int(size) / 100 for size in root.xpath(".//a:defRPr/@sz | .//a:rPr/@sz")})),
        next(root.iter(f"{A}gradFill"), None) is not None,
        next(root.iter(*_SHADOWS), None) is not None,
    )


def _shown(rich: Any) -> bool:
    """A title or a label that stands in the chart; those that were taken out are not read."""
    holder = rich.getparent().getparent()
    return holder.find(f"{C}delete") is None or holder.find(f"{C}delete").get("val") not in ("1", "true")


def _series(element: Any) -> Series:
    values = []
    for point in element.findall(f"{C}val//{C}pt/{C}v"):
        try:
            values.append(float(point.text or ""))
        except ValueError:
            continue
    labels = element.find(f"{C}dLbls")
    if labels is None:
        labels = element.getparent().find(f"{C}dLbls")
    shows = None if labels is None else labels.find(f"{C}showVal")
    looks = [element.find(f"{C}spPr"), *(point.find(f"{C}spPr") for point in element.findall(f"{C}dPt"))]
    return Series(
        "".join(point.text or "" for point in element.findall(f"{C}tx//{C}pt/{C}v")),
        tuple(values),
        element.findtext(f"{C}val//{C}formatCode") or "",
        shows is not None and shows.get("val") == "1",
        not any(look is not None and len(look) for look in looks),
    )
