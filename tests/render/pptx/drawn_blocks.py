"""Blocks drawn on the body of a slide, and what is read of the shapes that they make."""

from __future__ import annotations

from typing import Any

from lxml import etree

from qbrgen.document import Block
from qbrgen.render.pptx.canvas import Canvas
from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.metrics import Typeface
from qbrgen.render.pptx.pages import draw_page
from qbrgen.render.pptx.piece import Setting
from qbrgen.render.pptx.plan import fitted
from qbrgen.render.pptx.text import Ink
from qbrgen.theme import load_theme

FACE = Typeface(load_theme("plain").body)
INK = Ink(FACE, FACE, "en-GB")
BODY = Box(43.2, 138, 873.6, 326)
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def drawn(*blocks: Block, body: Box = BODY) -> dict[str, Any]:
    """The shapes that blocks make on one page, by name."""
    pages = fitted(blocks, body.w, body.h, Setting(INK))
    assert len(pages) == 1
    canvas = Canvas("s", INK, lambda *_: "rId2")
    draw_page(canvas, pages[0], body)
    tree = etree.fromstring(f"<p:spTree {NAMESPACES}>{canvas.xml}</p:spTree>".encode())
    return {next(shape.iter("{*}cNvPr")).get("name"): shape for shape in tree}


def frame(shape: Any) -> Box:
    """Where a shape stands, in points."""
    off, ext = next(shape.iter("{*}xfrm"))[:2]
    return Box(*(int(value) / 12700 for value in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))))


def sizes(shape: Any) -> set[float]:
    """The sizes of its type, in points."""
    return {int(run.get("sz")) / 100 for run in shape.iter("{*}rPr") if run.get("sz")}


def texts(shape: Any) -> list[str]:
    """Its paragraphs."""
    return ["".join(paragraph.itertext()) for paragraph in shape.iter("{*}p")]
