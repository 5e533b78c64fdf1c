"""Small decks by python-pptx: a good one on our plain template, and what is added to it to give it a sign."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Emu, Pt

from qbrgen.resources import themes_dir

FINDING = "Six of eight reps now work in sequences every week"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


class Deck:
    """A deck that is being made; slides have a title and nothing else until something is put on them."""

    def __init__(self, template: str | None = "plain") -> None:
        path = str(themes_dir() / template / "template.pptx") if template else None
        self.presentation = Presentation(path)
        self.presentation.core_properties.language = "en-GB"
        self.slide("Acme", layout=0)

    def slide(self, title: str = FINDING, layout: int = 2) -> Any:
        """A slide with nothing but its title."""
        layouts = self.presentation.slide_layouts
        slide = self.presentation.slides.add_slide(layouts[min(layout, len(layouts) - 1)])
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        slide.shapes.title.text_frame.text = title
        return slide

    def save(self, path: Path) -> Path:
        self.presentation.save(str(path))
        return path


def text(
    slide: Any, words: str, *, x: float = 60, y: float = 200, w: float = 500, h: float = 60, size: float = 18
) -> Any:
    """A text box; its frame stays as it is."""
    box = slide.shapes.add_textbox(Pt(x), Pt(y), Pt(w), Pt(h))
    box.text_frame.word_wrap, box.text_frame.auto_size = True, MSO_AUTO_SIZE.NONE
    box.text_frame.text = words
    for paragraph in box.text_frame.paragraphs:
        paragraph.runs[0].font.size = Pt(size)
    return box


def panel(slide: Any, x: float, y: float, w: float, h: float, kind: Any = MSO_SHAPE.RECTANGLE) -> Any:
    """A filled shape without outline or shadow."""
    shape = slide.shapes.add_shape(kind, Pt(x), Pt(y), Pt(w), Pt(h))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(0xE8, 0xEC, 0xF1)
    shape.line.fill.background()
    shape.shadow.inherit = False
    return shape


def line(slide: Any, x: float, y: float, w: float, h: float = 0) -> Any:
    return slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x), Pt(y), Pt(x + w), Pt(y + h))


def table(slide: Any, rows: list[list[str]], *, x: float = 60, y: float = 180, w: float = 700, size: float = 14) -> Any:
    frame = slide.shapes.add_table(len(rows), len(rows[0]), Pt(x), Pt(y), Pt(w), Pt(30 * len(rows)))
    for cells, row in zip(frame.table.rows, rows, strict=True):
        for cell, words in zip(cells.cells, row, strict=True):
            cell.text_frame.text = words
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(size)
    return frame


def chart(slide: Any, *, coloured: bool = True, legend: bool = False, series: int = 1, number_format: str = "0") -> Any:
    """Bars; coloured: in a colour of their own, as a chart that somebody designed."""
    data = CategoryChartData(number_format=number_format)
    data.categories = ["Before", "Now"]
    for at in range(series):
        data.add_series(f"Series {at + 1}", (3, 5))
    place = (Pt(60), Pt(180), Pt(400), Pt(220))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    frame.chart.has_legend = legend
    frame.chart.font.size = Pt(12)
    if coloured:
        for one in frame.chart.plots[0].series:
            one.format.fill.solid()
            one.format.fill.fore_color.rgb = RGBColor(0x0B, 0x4F, 0x8A)
    return frame


def picture(slide: Any, *, alt: str = "", software: str = "", w: float = 400, h: float = 220) -> Any:
    """A PNG, with what it says of its maker."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    if software:
        told.add_text("Software", software)
    stream = io.BytesIO()
    Image.new("RGB", (40, 22), "navy").save(stream, "PNG", pnginfo=told)
    stream.seek(0)
    shape = slide.shapes.add_picture(stream, Pt(60), Pt(180), Pt(w), Pt(h))
    shape._element.nvPicPr.cNvPr.set("descr", alt)
    shape.name = "Photo"
    return shape


def xml(element: Any, path: str, **attributes: str) -> Any:
    """A child of an element, made where it is not there, with attributes."""
    from lxml import etree

    for step in path.split("/"):
        found = element.find(f"{{{A}}}{step}")
        element = etree.SubElement(element, f"{{{A}}}{step}") if found is None else found
    for name, value in attributes.items():
        element.set(name, value)
    return element


def made(change: Callable[[Deck], Any], path: Path, template: str | None = "plain") -> Path:
    deck = Deck(template)
    change(deck)
    return deck.save(path)


__all__ = ["FINDING", "Deck", "Emu", "chart", "line", "made", "panel", "picture", "table", "text", "xml"]
