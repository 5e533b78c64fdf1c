"""Chart parts, written as XML of our own: only what the schema and PowerPoint allow, every colour a role of the theme."""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qbrgen.render.pptx.canvas import solid, stroke
from qbrgen.render.pptx.markup import escape, quoteattr
from qbrgen.render.pptx.text import Ink, Run, clean
from qbrgen.render.pptx.workbook import Series, finite

# A label that was moved a little stands at its mark all the same: no line between them.
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Label:
    """A data label in words, at one point of a series. position: one that the chart's type allows."""

    point: int
    runs: tuple[Run, ...]
    position: str
    shift: tuple[float, float] = (0.0, 0.0)  # shares of the chart's width and height, from where it would stand


def chart_space(plot: str, language: str) -> bytes:
    """A whole chart part around a plot area. No title, no legend, no frame."""
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<c:date1904 val="0"/><c:lang val="{language}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea>{plot}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f"{text_style(12, 'muted')}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def text_style(size: float, role: str, bold: bool = False) -> str:
    """How a chart's own text looks; it never turns."""
    return (
        f'<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="{int(bold)}">{solid(role)}'
        '<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>'
    )


def inner_layout(x: float, y: float, w: float, h: float) -> str:
    """Where the plot stands within the chart: shares of its width and height."""
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.5f}"/><c:y val="{y:.5f}"/><c:w val="{w:.5f}"/><c:h val="{h:.5f}"/></c:manualLayout></c:layout>'
    )


def series_head(index: int, series: Series, order: int | None = None) -> str:
    """Index, order of drawing (later ones lie above) and name of a series in column B, C …"""
    column = chr(ord("B") + index)
    return (
        f'<c:idx val="{index}"/><c:order val="{index if order is None else order}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(clean(series.name))}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def series_data(index: int, series: Series, categories: Sequence[str]) -> str:
    """Categories and values with their references into the workbook; empty values have no point."""
    count, column = len(categories), chr(ord("B") + index)
    names = "".join(f'<c:pt idx="{at}"><c:v>{escape(clean(name))}</c:v></c:pt>' for at, name in enumerate(categories))
    numbers = "".join(
        f'<c:pt idx="{at}"><c:v>{number!r}</c:v></c:pt>'
        for at, value in enumerate(series.values)
        if (number := finite(value)) is not None
    )
    return (
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{names}</c:strCache>'
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${count + 1}</c:f><c:numCache>"
        f'<c:formatCode>{escape(series.number_format)}</c:formatCode><c:ptCount val="{count}"/>{numbers}</c:numCache></c:numRef></c:val>'
    )


def shape(fill: str, line: str = "", weight: float = 0.0) -> str:
    """Fill and outline of a series or a point; "" is none."""
    inside = solid(fill) if fill else "<a:noFill/>"
    return f"<c:spPr>{inside}{stroke(line, weight)}</c:spPr>"


def labels(wanted: Sequence[Label], ink: Ink) -> str:
    """`c:dLbls`: those wanted, in words; no other point has one."""
    each = "".join(_label(label, ink) for label in sorted(wanted, key=lambda one: one.point))
    flags = "".join(
        f'<c:{flag} val="0"/>'
        for flag in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return f"<c:dLbls>{each}{flags}{_NO_LEADERS}</c:dLbls>"


def _label(label: Label, ink: Ink) -> str:
    dx, dy = label.shift
    place = "<c:layout/>"
    if dx or dy:
        place = f'<c:layout><c:manualLayout><c:x val="{dx:.5f}"/><c:y val="{dy:.5f}"/></c:manualLayout></c:layout>'
    lines: list[list[Run]] = [[]]
    for run in label.runs:  # a run that begins with a line break begins a paragraph
        if run.text.startswith("\n"):
            lines.append([])
        lines[-1].append(run)
    size = max(run.size for run in label.runs)
    text = "".join(
        f'<a:p><a:pPr algn="l"><a:defRPr sz="{round(size * 100)}"/></a:pPr>{_runs(line, ink)}</a:p>' for line in lines
    )
    return (
        f'<c:dLbl><c:idx val="{label.point}"/>{place}<c:tx><c:rich><a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" '
        f'bIns="19050" anchor="ctr"/><a:lstStyle/>{text}</c:rich></c:tx>'
        f'<c:dLblPos val="{label.position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
    )


def _runs(runs: Sequence[Run], ink: Ink) -> str:
    return "".join(
        f'<a:r><a:rPr lang={quoteattr(ink.language)} sz="{round(run.size * 100)}" b="{int(run.bold)}">{solid(run.colour)}'
        f'<a:latin typeface="+mn-lt"/></a:rPr><a:t>{escape(clean(run.text).strip(" "))}</a:t></a:r>'
        for run in runs
    )


def category_axis(
    number: int, crosses: int, *, position: str, hidden: bool, reverse: bool = False, named: bool = True
) -> str:
    """The axis of names. hidden: takes no room. named: whether the names are written along it."""
    label = "low" if named and not hidden else "none"
    return (
        f'<c:catAx><c:axId val="{number}"/><c:scaling><c:orientation val="{"maxMin" if reverse else "minMax"}"/></c:scaling>'
        f'<c:delete val="{int(hidden)}"/><c:axPos val="{position}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{label}"/>'
        f'<c:spPr><a:ln w="9525">{solid("rule")}</a:ln></c:spPr>{text_style(12, "muted")}<c:crossAx val="{crosses}"/>'
        f'<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def value_axis(number: int, crosses: int, *, position: str, least: float, most: float, unit: float = 0.0, hidden: bool = True,
               cross_at: str = "autoZero", deleted: bool | None = None, at_points: bool = False) -> str:  # fmt: skip
    """The axis of values; shown ones have light gridlines and percentages. at_points: the names' axis begins and ends at
    its first and last point, not half a step outside.
    """
    between = "midCat" if at_points else "between"
    grid = (
        ""
        if hidden
        else f'<c:majorGridlines><c:spPr><a:ln w="6350">{solid("track")}</a:ln></c:spPr></c:majorGridlines>'
    )
    step = f'<c:majorUnit val="{unit!r}"/>' if unit else ""
    return (
        f'<c:valAx><c:axId val="{number}"/><c:scaling><c:orientation val="minMax"/><c:max val="{most!r}"/><c:min val="{least!r}"/>'
        f'</c:scaling><c:delete val="{int(hidden if deleted is None else deleted)}"/><c:axPos val="{position}"/>{grid}<c:numFmt formatCode="0%" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{"none" if hidden else "nextTo"}"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text_style(12, "muted")}<c:crossAx val="{crosses}"/>'
        f'<c:crosses val="{cross_at}"/><c:crossBetween val="{between}"/>{step}</c:valAx>'
    )
