"""A brief by the plainest WeasyPrint script: what benchmarks/brief.py holds qbrgen's briefs against.

What anybody would write: an HTML string and some CSS, every chart by matplotlib as SVG in a data: address with its alt
text, `HTML(string=…).write_pdf(pdf_variant="pdf/ua-1")` with a font configuration of its own each time. The script is
given every text, figure and width beforehand. It measures nothing, checks no character and fits nothing to its pages;
all of that, which qbrgen does, costs this script nothing.
"""

from __future__ import annotations

import argparse
import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from qbrgen import document as doc

ACCENT, OFF, LIGHT, INK = "#0B4F8A", "#A65300", "#CBD2DB", "#17202E"
CSS = """
@page { size: A4; margin: 14mm 14mm 17mm; @bottom-right { content: counter(page) " / " counter(pages) } }
html { font: 9.5pt/1.24 "Liberation Sans", sans-serif; color: #17202E }
h1 { font-size: 20pt; margin: 0 } h2 { font-size: 12pt; margin: 2.8mm 0 1.2mm } p { margin: 0 0 .8mm }
p.lead { font-size: 14pt; line-height: 1.2; margin-bottom: 2.4mm }
p.big { font-size: 18pt; font-weight: bold; margin: 0 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { text-align: left; vertical-align: top; padding: .5mm 3mm .5mm 0; border-bottom: .2mm solid #CBD2DB }
th { font-weight: normal } thead th { font-weight: bold; color: #56606F } table.plain td { border: 0 }
.small { font-size: 9pt; color: #56606F } ul { margin: 0; padding-left: 4mm } img { display: block }
"""


@dataclass(frozen=True)
class Item:
    """Something on the page, in order.

    kind: h1, h2, p, lead, small, big, list, table or chart; beside (two or more columns, each of items). text: of a
    heading or paragraph; of a chart its alt text. rows: of a list one text each, of a table its cells, headings first.
    size: of a chart, in mm. draw: its kind and what it shows.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[tuple[Item, ...], ...] = ()
    widths: tuple[float, ...] = ()
    size: tuple[float, float] = (0.0, 0.0)
    draw: tuple[str, Any] = ("", None)


def brief_of(account: str) -> doc.Document:
    """The brief of a sample account, composed."""
    from qbrgen.compose.brief import compose_brief
    from qbrgen.narrate.statement import Register
    from qbrgen.pipeline import open_review

    review = open_review(Path(__file__).resolve().parents[1] / "sample_accounts", accounts=[account])
    return compose_brief(review.narrative(account, Register.BRIEF), review.wording)


def read(document: doc.Document) -> list[Item]:
    """What a brief shows, in order, with the sizes at which ours draws it."""
    items = []
    for section in document.sections:
        items += [Item(f"h{section.level}", section.heading)] if section.heading else []
        items += [Item("p", " · ".join(section.meta))] if section.meta else []
        items += [item for block in section.blocks for item in _items(block, 182.0)]
    return [*items, Item("small", document.footer)]


def _items(block: doc.Block, width: float) -> Iterator[Item]:
    match block:
        case doc.Text():
            yield Item({"lead": "lead", "small": "small"}.get(block.style, "p"), block.text)
        case doc.Callout():
            yield Item("p", f"{block.label} {block.text}")
        case doc.Bullets():
            yield Item("list", block.heading, tuple((each,) for each in block.items))
        case doc.Notes():
            yield Item("list", block.heading, tuple((f"{number} {text}",) for number, text in block.items))
            yield from [Item("small", block.rest)] if block.rest else []
        case doc.KeyFigures():
            yield Item("beside", columns=tuple(tuple(_figure(each)) for each in block.figures))
        case doc.TargetBars():
            yield from _bars(block)
        case doc.People():
            yield from _people(block)
        case doc.Trend():
            yield Item("chart", block.alt, size=(width, 38.0), draw=("line", block))
        case doc.BeforeAfter():
            yield Item("p", f"{block.label} {block.figure}")
            yield Item("chart", block.alt, size=(width * 0.46, 8.0), draw=("pair", (block.before, block.after)))
            yield Item("small", f"{block.before_name} {block.before_text}, {block.after_name} {block.after_text}")
            yield from [Item("p", block.witness)] if block.witness else []
        case doc.Readings():
            yield Item("p", block.label)
            known = tuple(each.value for each in block.readings if each.value is not None)
            yield Item("chart", block.alt, size=(width * 0.46, 4.0 * len(known)), draw=("pair", known))
            yield Item("list", rows=tuple((f"{each.name}, {each.on}: {each.text}",) for each in block.readings))
        case doc.Table():
            heads = tuple(column.heading for column in block.columns)
            rows = [tuple("\n".join(filter(None, (cell.text, cell.sub))) for cell in row) for row in block.rows]
            yield Item("table", rows=(heads, *rows), widths=tuple(column.width for column in block.columns))
        case doc.Columns():
            weights = [each / sum(block.weights) for each in block.weights]
            sides = [(block.left, weights[0] * 176.0), (block.right, weights[1] * 176.0)]
            columns = tuple(tuple(item for each in side for item in _items(each, wide)) for side, wide in sides)
            yield Item("beside", columns=columns, widths=tuple(weights))


def _figure(figure: doc.KeyFigure) -> Iterator[Item]:
    yield Item("small", figure.label)
    yield Item("big", figure.figure)
    alt = figure.alt or f"{figure.label}: {figure.figure}"
    if figure.people:
        marks = [mark is doc.Mark.FILLED for persona in figure.people for mark in persona]
        yield Item("chart", alt, size=(4.4 * len(marks), 4.0), draw=("marks", marks))
    elif figure.boxes:
        filled, total = figure.boxes
        yield Item("chart", alt, size=(4.4 * total, 4.0), draw=("marks", [each < filled for each in range(total)]))
    elif figure.change:
        yield Item("chart", alt, size=(46.0, 5.0), draw=("pair", figure.change))
    if figure.note:
        yield Item("small", figure.note)


def _bars(block: doc.TargetBars) -> Iterator[Item]:
    """One chart and one table for each persona."""
    for group in block.groups:
        drawn = [bar for bar in group.bars if bar.value is not None]
        if drawn:
            alt = "; ".join(f"{bar.label} {bar.value_text}, {block.headings[2]} {bar.target_text}" for bar in drawn)
            yield Item("chart", alt, size=(90.0, 5.0 * len(drawn)), draw=("bars", drawn))
        rows = [
            (f"{bar.label}\n{bar.count_text}", bar.value_text, bar.target_text, bar.previous_text, bar.state_text)
            for bar in group.bars
        ]
        heads = (f"{block.headings[0]}: {group.label}", *block.headings[1:], "")
        yield Item("table", rows=(heads, *rows), widths=(0.44, 0.1, 0.1, 0.16, 0.2))


def _people(block: doc.People) -> Iterator[Item]:
    """One chart for each persona, and a list of names."""
    for group in block.groups:
        yield Item("p", " ".join(filter(None, (group.label, group.figure, group.remark, group.note))))
        marks = [person.mark is doc.Mark.FILLED for person in group.people]
        yield Item("chart", f"{group.label}: {group.figure}", size=(4.4 * len(marks), 4.0), draw=("marks", marks))
        names = [f"{person.name} {person.caption}".strip() for person in group.people if person.name]
        yield Item("list", rows=tuple((name,) for name in names))
    yield Item("small", ", ".join(word for _, word in block.key))


# ---- WeasyPrint and matplotlib --------------------------------------------------------------------------------------


def write(items: list[Item], title: str, author: str) -> bytes:
    """The PDF, tagged as PDF/UA-1."""
    from weasyprint import CSS as Sheet  # noqa: N811
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    head = f'<title>{escape(title)}</title><meta name="author" content="{escape(author)}">'
    page = f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body>{_html(items)}</body></html>'
    sheet = Sheet(string=CSS, font_config=fonts)
    content: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", font_config=fonts, stylesheets=[sheet])
    return content


def _html(items: list[Item] | tuple[Item, ...]) -> str:
    return "".join(_element(item) for item in items)


def _element(item: Item) -> str:
    text = escape(item.text)
    match item.kind:
        case "h1" | "h2" | "p":
            return f"<{item.kind}>{text}</{item.kind}>"
        case "lead" | "small" | "big":
            return f'<p class="{item.kind}">{text}</p>'
        case "list":
            return "<ul>" + "".join(f"<li>{escape(row[0])}</li>" for row in item.rows) + "</ul>"
        case "chart":
            source = base64.b64encode(_svg(item)).decode()
            size = f"width: {item.size[0]}mm; height: {item.size[1]}mm"
            return f'<img style="{size}" alt="{text}" src="data:image/svg+xml;base64,{source}">'
        case "beside":
            cells = "".join(f"<td>{_html(column)}</td>" for column in item.columns)
            return f'<table class="plain">{_widths(item)}<tr>{cells}</tr></table>'
    heads = "".join(f'<th scope="col">{escape(cell) or "&nbsp;"}</th>' for cell in item.rows[0])
    rows = "".join(f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in item.rows[1:])
    return f"<table>{_widths(item)}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _lines(cell: str) -> str:
    return escape(cell).replace("\n", "<br>") or "&nbsp;"


def _widths(item: Item) -> str:
    total = sum(item.widths)
    return "".join(f'<col style="width: {100 * each / total:.2f}%">' for each in item.widths)


def _svg(item: Item) -> bytes:
    """A chart as matplotlib's first page shows it: a figure of its own with its axes, closed when it is saved."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(item.size[0] / 25.4, item.size[1] / 25.4))
    _DRAWN[item.draw[0]](axes, item.draw[1])
    file = io.BytesIO()
    figure.savefig(file, format="svg", transparent=True, bbox_inches="tight")
    plt.close(figure)
    return file.getvalue()


def _marks(axes: Any, marks: list[bool]) -> None:
    colours = [ACCENT if mark else "white" for mark in marks]
    axes.scatter(range(len(marks)), [0] * len(marks), s=60, c=colours, edgecolors=ACCENT)
    axes.set_xlim(-0.5, len(marks) - 0.5)
    axes.axis("off")


def _bar_chart(axes: Any, bars: list[doc.TargetBar]) -> None:
    names = [bar.label for bar in bars]
    colours = [OFF if bar.status is doc.Status.NOT_MET else ACCENT for bar in bars]
    drawn = axes.barh(names, [bar.value for bar in bars], color=colours)
    axes.bar_label(drawn, [bar.value_text for bar in bars])
    axes.scatter([bar.target for bar in bars], names, marker="|", color=INK)
    axes.set_xlim(0, 1)
    axes.invert_yaxis()


def _pair(axes: Any, values: tuple[float, ...]) -> None:
    axes.barh(range(len(values)), values, color=[LIGHT, *[ACCENT] * (len(values) - 1)])
    axes.invert_yaxis()
    axes.axis("off")


def _line(axes: Any, trend: doc.Trend) -> None:
    labels = [point.label for point in trend.points]
    values = [float("nan") if point.value is None else point.value for point in trend.points]
    axes.plot(labels, values, color=ACCENT)
    axes.set_xticks(range(0, len(labels), 4))
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter("{x:.0%}")
    if trend.target is not None:
        axes.axhline(trend.target, color=INK)
        axes.annotate(trend.target_text, (len(labels) - 1, trend.target))
    axes.annotate(trend.first_text, (0, values[0]))
    axes.annotate(f"{trend.last_text} {trend.last_note}", (len(values) - 1, values[-1]))


_DRAWN: dict[str, Callable[[Any, Any], None]] = {"marks": _marks, "bars": _bar_chart, "pair": _pair, "line": _line}


def main() -> None:
    parser = argparse.ArgumentParser(description="Write what the brief of a sample account holds, the plainest way.")
    parser.add_argument("out", type=Path, help="the file that is made, a .pdf")
    parser.add_argument("--account", default="acme")
    asked = parser.parse_args()
    brief = brief_of(asked.account)
    asked.out.write_bytes(write(read(brief), brief.title, brief.author))


if __name__ == "__main__":
    main()
