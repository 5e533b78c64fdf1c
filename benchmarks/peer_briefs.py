"""The same brief by what a user might pick instead of WeasyPrint: Typst and ReportLab, with their own charts.

Both are given what plain_brief.py reads. Neither is a dependency of qbrgen: `pip install --group benchmarks` brings
them. `peers()` has those that are installed.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from plain_brief import ACCENT, LIGHT, OFF, Item, brief_of, read

from qbrgen.document import Status

Writer = Callable[[list[Item], str, str], bytes]


def peers() -> dict[str, Writer]:
    """Name with version → its writer (items, title, author)."""
    found: dict[str, Writer] = {}
    for package, name, writer in (
        ("typst", "Typst {}, PDF/UA-1", by_typst),
        ("reportlab", "ReportLab {}, untagged", by_reportlab),
    ):
        try:
            found[name.format(version(package))] = writer
        except PackageNotFoundError:
            print(f"{package} is not installed and is left out (pip install --group benchmarks).")
    return found


# ---- Typst ----------------------------------------------------------------------------------------------------------


def by_typst(items: list[Item], title: str, author: str) -> bytes:
    """A source text, compiled in this process."""
    import typst

    head = (
        f"#set document(title: {_said(title)}, author: {_said(author)}, date: none)\n"
        '#set page("a4", margin: (x: 14mm, top: 14mm, bottom: 17mm), numbering: "1 / 1")\n'
        '#set text(font: "Liberation Sans", size: 9.5pt, lang: "en", region: "GB")\n'
        "#set table(stroke: none, inset: (x: 0pt, y: 1.5mm))\n"
    )
    content: bytes = typst.compile((head + "".join(map(_typst, items))).encode(), format="pdf", pdf_standards="ua-1")
    return content


def _said(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _typst(item: Item) -> str:  # noqa: PLR0911
    text = f"#text({_said(item.text)})"
    match item.kind:
        case "h1" | "h2":
            return f"#heading(level: {item.kind[1]}, {_said(item.text)})\n"
        case "lead" | "big":
            return f"#text(size: {14 if item.kind == 'lead' else 18}pt, {_said(item.text)})\n\n"
        case "p" | "small":
            return f"{text}\n\n"
        case "list":
            return "#list(" + ", ".join(_said(row[0]) for row in item.rows) + ")\n" if item.rows else ""
        case "chart":
            wide, high = item.size
            drawn = f"box(width: {wide}mm, height: {high}mm, {{ {_typst_chart(item)} }})"
            return f"#figure(alt: {_said(item.text)}, {drawn})\n"
        case "beside":
            columns = ", ".join(f"[{''.join(map(_typst, column))}]" for column in item.columns)
            shares = ", ".join(f"{each:.3f}fr" for each in item.widths or [1.0] * len(item.columns))
            return f"#grid(columns: ({shares}), gutter: 6mm, {columns})\n"
    heads = ", ".join(map(_said, item.rows[0]))
    cells = ", ".join(_said(cell) for row in item.rows[1:] for cell in row)
    shares = ", ".join(f"{each:.3f}fr" for each in item.widths)
    return f"#table(columns: ({shares}), table.header({heads}), {cells})\n"


def _typst_chart(item: Item) -> str:
    return "\n".join(
        f"place(dx: {x:.2f}mm, dy: {y:.2f}mm, rect(width: {w:.2f}mm, height: {h:.2f}mm, fill: rgb({_said(fill)})))"
        for x, y, w, h, fill in _shapes(item)
    )


# ---- ReportLab ------------------------------------------------------------------------------------------------------


def by_reportlab(items: list[Item], title: str, author: str) -> bytes:
    """Platypus: paragraphs, tables and drawings, one after another. It writes no tags."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    file = io.BytesIO()
    margins = {"leftMargin": 14 * mm, "rightMargin": 14 * mm, "topMargin": 14 * mm, "bottomMargin": 17 * mm}
    page = SimpleDocTemplate(file, pagesize=A4, title=title, author=author, invariant=1, **margins)
    styles = getSampleStyleSheet()
    page.build([each for item in items for each in _flow(item, styles, 182 * mm)])
    return file.getvalue()


def _flow(item: Item, styles: Any, width: float) -> list[Any]:
    from xml.sax.saxutils import escape

    from reportlab.platypus import Paragraph, Table

    look = {"h1": "Heading1", "h2": "Heading2", "lead": "Heading3", "big": "Heading2"}.get(item.kind, "BodyText")
    match item.kind:
        case "list":
            return [Paragraph(escape(row[0]), styles["BodyText"], bulletText="•") for row in item.rows]
        case "chart":
            return [_drawing(item)]
        case "beside":
            shares = item.widths or [1.0 / len(item.columns)] * len(item.columns)
            wide = [width * share for share in shares]
            cells = [
                [each for one in column for each in _flow(one, styles, room - 12)]
                for column, room in zip(item.columns, wide, strict=True)
            ]
            return [Table([cells], colWidths=wide)]
        case "table":
            rows = [
                [Paragraph(escape(cell).replace("\n", "<br/>"), styles["BodyText"]) for cell in row]
                for row in item.rows
            ]
            return [Table(rows, colWidths=[width * each / sum(item.widths) for each in item.widths], repeatRows=1)]
    return [Paragraph(escape(item.text), styles[look])]


def _drawing(item: Item) -> Any:
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import mm

    drawing = Drawing(item.size[0] * mm, item.size[1] * mm)
    for x, y, w, h, fill in _shapes(item):
        colour = HexColor(fill)
        drawing.add(Rect(x * mm, (item.size[1] - y - h) * mm, w * mm, h * mm, fillColor=colour, strokeColor=None))
    return drawing


def _shapes(item: Item) -> list[tuple[float, float, float, float, str]]:
    """A chart as rectangles (left, top, width, height in mm, colour): enough for what each must draw."""
    kind, shown = item.draw
    wide, high = item.size
    match kind:
        case "marks":
            return [(4.4 * at, 0.0, 3.6, 3.6, ACCENT if mark else LIGHT) for at, mark in enumerate(shown)]
        case "bars":
            each = high / len(shown)
            bars = [
                (0.0, each * at, wide * bar.value, each * 0.6, OFF if bar.status is Status.NOT_MET else ACCENT)
                for at, bar in enumerate(shown)
            ]
            return [
                *bars,
                *((wide * bar.target, each * at, 0.6, each * 0.8, "#17202E") for at, bar in enumerate(shown)),
            ]
        case "pair":
            longest = max(shown) or 1.0
            return [(0.0, at * high / 2, wide * each / longest, high / 2.5, ACCENT) for at, each in enumerate(shown)]
    step = wide / max(1, len(shown.points))
    points = [(at, point.value) for at, point in enumerate(shown.points) if point.value is not None]
    return [(at * step, high * (1 - min(value, 1.0)), step, 0.8, ACCENT) for at, value in points]


def main() -> None:
    parser = argparse.ArgumentParser(description="Write what the brief of a sample account holds with each library.")
    parser.add_argument("folder", type=Path, help="where the files are made, a .pdf each")
    parser.add_argument("--account", default="acme")
    asked = parser.parse_args()
    brief = brief_of(asked.account)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, writer in peers().items():
        made = writer(read(brief), brief.title, brief.author)
        (asked.folder / f"{name.split()[0].lower()}.pdf").write_bytes(made)


if __name__ == "__main__":
    main()
