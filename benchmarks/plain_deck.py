"""A deck by the plainest python-pptx script: what benchmarks/deck.py holds qbrgen's decks against.

    python benchmarks/plain_deck.py DECK.pptx TEMPLATE.pptx OUT.pptx

writes what it reads in DECK onto TEMPLATE again, with the calls that anybody would write: add_slide, placeholders by
index, add_textbox, add_shape, add_group_shape, add_connector, add_chart, add_table, notes_slide. Nothing is measured,
placed with thought, coloured, sized or described; all of that, which qbrgen does, costs this script nothing.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Frame = tuple[int, int, int, int]  # left, top, width, height in EMU


@dataclass(frozen=True)
class Plain:
    """A shape as a script's author would have it in mind.

    kind: text, title (or what else has the index `holder` in the layout), shape, line, group, table or chart. look: the
    preset of a shape, the type of a chart. rows: of a table; of a chart its categories, then a row a series with its
    name in front. inside: the shapes of a group.
    """

    kind: str
    frame: Frame
    text: str = ""
    holder: int | None = None
    look: int = 0
    rows: tuple[tuple[Any, ...], ...] = ()
    inside: tuple[Plain, ...] = ()


@dataclass(frozen=True)
class PlainSlide:
    layout: str
    shapes: tuple[Plain, ...]
    notes: str | None


def read(deck: bytes) -> list[PlainSlide]:
    """What a deck shows, as far as python-pptx reads it."""
    from pptx import Presentation

    return [
        PlainSlide(
            slide.slide_layout.name,
            tuple(_read(shape) for shape in slide.shapes),
            slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else None,
        )
        for slide in Presentation(io.BytesIO(deck)).slides
    ]


def _read(shape: Any) -> Plain:  # noqa: PLR0911
    from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE

    frame = (shape.left, shape.top, shape.width, shape.height)
    match shape.shape_type:
        case MSO_SHAPE_TYPE.GROUP:
            return Plain("group", frame, inside=tuple(_read(one) for one in shape.shapes))
        case MSO_SHAPE_TYPE.LINE:
            return Plain("line", frame)
        case MSO_SHAPE_TYPE.CHART:
            plots = list(shape.chart.plots)
            rows = [tuple(str(name) for name in plots[0].categories)]
            rows += [(one.name, *one.values) for plot in plots for one in plot.series]
            return Plain("chart", frame, look=int(shape.chart.chart_type), rows=tuple(rows))
        case MSO_SHAPE_TYPE.TABLE:
            rows = [tuple(cell.text for cell in row.cells) for row in shape.table.rows]
            return Plain("table", frame, rows=tuple(rows))
        case MSO_SHAPE_TYPE.AUTO_SHAPE:
            return Plain("shape", frame, shape.text_frame.text, look=int(shape.auto_shape_type))
        case MSO_SHAPE_TYPE.FREEFORM:
            return Plain("shape", frame, look=int(MSO_SHAPE.OVAL))
    # python-pptx gives a new slide no footer and no number: a script writes them into text boxes.
    fixed = shape.is_placeholder and "SLIDE_NUMBER FOOTER".find(shape.placeholder_format.type.name) < 0
    return Plain("text", frame, shape.text_frame.text, shape.placeholder_format.idx if fixed else None)


def write(slides: list[PlainSlide], template: Path) -> bytes:
    """A deck that shows the same on the template's layouts."""
    from pptx import Presentation

    presentation = Presentation(str(template))
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    for one in slides:
        slide = presentation.slides.add_slide(layouts[one.layout])
        for shape in one.shapes:
            _write(slide, slide.shapes, shape)
        for holder in list(slide.placeholders):
            if not holder.text_frame.text:
                holder.element.getparent().remove(holder.element)
        if one.notes is not None:
            slide.notes_slide.notes_text_frame.text = one.notes
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _write(slide: Any, shapes: Any, shape: Plain) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE

    left, top, width, height = shape.frame
    match shape.kind:
        case "text" if shape.holder is not None:
            slide.placeholders[shape.holder].text_frame.text = shape.text
        case "text":
            shapes.add_textbox(left, top, width, height).text_frame.text = shape.text
        case "shape":
            look = MSO_SHAPE(shape.look)  # type: ignore[call-arg]  # its number is enough to find it
            drawn = shapes.add_shape(look, left, top, width, height)
            if shape.text:
                drawn.text_frame.text = shape.text
        case "line":
            shapes.add_connector(MSO_CONNECTOR.STRAIGHT, left, top, left + width, top + height)
        case "group":
            group = shapes.add_group_shape()
            for one in shape.inside:
                _write(slide, group.shapes, one)
        case "table":
            table = shapes.add_table(len(shape.rows), len(shape.rows[0]), left, top, width, height).table
            for at, row in enumerate(shape.rows):
                for place, text in enumerate(row):
                    table.cell(at, place).text = text
        case "chart":
            data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
            data.categories = shape.rows[0]
            for name, *values in shape.rows[1:]:
                data.add_series(name, values)
            sort = XL_CHART_TYPE(shape.look)  # type: ignore[call-arg]
            shapes.add_chart(sort, left, top, width, height, data)


def amount(deck: bytes) -> Counter[str]:
    """How much is in a deck: slides, charts and their values, tables and their cells, shapes, words, notes."""
    found: Counter[str] = Counter()
    for slide in read(deck):
        found["slides"] += 1
        found["notes"] += slide.notes is not None
        found["words in notes"] += len((slide.notes or "").split())
        for shape in slide.shapes:
            _count(shape, found)
    return found


def _count(shape: Plain, found: Counter[str]) -> None:
    names = {"text": "texts", "shape": "drawn shapes", "line": "lines", "group": "groups"}
    found[names.get(shape.kind, f"{shape.kind}s")] += 1
    found["words in texts"] += len(shape.text.split())
    if shape.kind == "table":
        found["cells"] += sum(len(row) for row in shape.rows)
        found["words in cells"] += sum(len(cell.split()) for row in shape.rows for cell in row)
    if shape.kind == "chart":
        found["series"] += len(shape.rows) - 1
        found["points"] += sum(len(row) - 1 for row in shape.rows[1:])
    for one in shape.inside:
        _count(one, found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description="Write what a deck holds onto a template again, by the plainest script."
    )
    parser.add_argument("deck", type=Path, help="the deck that is read, a .pptx")
    parser.add_argument("template", type=Path, help="the template that it is written onto, a .pptx")
    parser.add_argument("out", type=Path, help="the file that is made")
    given = parser.parse_args()
    given.out.write_bytes(write(read(given.deck.read_bytes()), given.template))
