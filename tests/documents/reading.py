"""What a file really holds: every text of a deck, of its charts' workbooks and of its package; the text of a PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
from package_search import package_texts
from pptx import Presentation
from pptx.chart.chart import Chart


def once(read: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Read a file once for all tests that ask for it, until it is written anew. Nobody changes what was found."""

    @lru_cache(maxsize=256)
    def kept(path: Path, _written: tuple[int, int]) -> Any:
        return read(path)

    @wraps(read)
    def found(path: Path) -> Any:
        stat = path.stat()
        return kept(path, (stat.st_mtime_ns, stat.st_size))

    return found


def shapes_of(shapes: Any) -> Iterator[Any]:
    """Every shape, those within groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:  # a group
            yield from shapes_of(shape.shapes)


def slide_text(slide: Any) -> str:
    """What a slide shows: text frames, tables and chart labels."""
    parts: list[str] = []
    for shape in shapes_of(slide.shapes):
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return squeezed("\n".join(parts))


@once
def deck_texts(path: Path) -> dict[str, str]:
    """ "number:key" of each slide → what it shows, in order. Every shape's name begins with its slide's key."""
    slides = Presentation(str(path)).slides
    return {f"{number}:{slide_key(slide)}": slide_text(slide) for number, slide in enumerate(slides, 1)}


def slide_key(slide: Any) -> str:
    """The key of a slide: how the names of its shapes begin."""
    return str(next(iter(slide.shapes)).name).partition("/")[0]


@once
def notes_texts(path: Path) -> list[str]:
    slides = Presentation(str(path)).slides
    return [squeezed(s.notes_slide.notes_text_frame.text) if s.has_notes_slide else "" for s in slides]


def charts_of(path: Path) -> list[Chart]:
    slides = Presentation(str(path)).slides
    return [
        s.chart for slide in slides for s in shapes_of(slide.shapes) if getattr(s, "has_chart", False) and s.has_chart
    ]


def workbook_values(chart: Chart) -> dict[str, list[float | None]]:
    """Series name → values, as "Edit Data" opens them: the embedded workbook's columns, headings in the first row."""
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=True).active
    columns = list(sheet.iter_cols(min_col=2, values_only=True))
    return {str(column[0]): list(column[1:]) for column in columns if column[0] is not None}


@once
def package_text(path: Path) -> str:
    """All text anywhere in a package, to the last byte: for searching what must not be there."""
    return "\n".join(text for _, text in package_texts(path.read_bytes()))


@once
def pdf_pages(path: Path) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(path)
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


_TOLD = ("/Title", "/Subject", "/Keywords", "/Author")


def pdf_texts(path: Path) -> Iterator[str]:
    """What a PDF shows, says to those who cannot see it, and tells of itself."""
    yield from pdf_pages(path)
    with pikepdf.open(path) as pdf:
        yield from (str(value) for key, value in pdf.docinfo.items() if key in _TOLD)
        yield from (
            str(thing["/Alt"]) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        )
        with pdf.open_outline() as outline:
            yield from _titles(outline.root)


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def squeezed(text: str) -> str:
    """One line, single spaces; a hyphen at a line's end and soft marks are as a reader reads them."""
    text = text.replace("\ufffe", "-").replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-")
    return re.sub(r"\s+", " ", text).strip()
