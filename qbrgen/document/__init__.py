"""The output-neutral document: what `compose` makes and `render` draws. It knows of no account and no format.

A deck is a Document whose parts are Slides; a brief or a portfolio is one whose parts are Sections. Both hold the same
blocks, so that the same facts come out in the same words, marks and colours. Every text is final: renderers measure,
wrap and draw, they never word. Shares on charts are floats of one (0.8 is 80%), made from exact figures at the last
moment; the text beside them is already formatted.

A module a kind of block; all are taken from here, since who makes or draws a document needs most of them.
"""

from __future__ import annotations

from qbrgen.document.charts import BarGroup, BeforeAfter, Reading, Readings, TargetBar, TargetBars, Trend, TrendPoint
from qbrgen.document.marks import Mark, Status
from qbrgen.document.parts import Block, Columns, Document, Role, Section, Slide
from qbrgen.document.people import KeyFigure, KeyFigures, People, PeopleGroup, PersonMark
from qbrgen.document.tables import Cell, Column, Table
from qbrgen.document.texts import (
    Bullets,
    Callout,
    Contents,
    ContentsEntry,
    Notes,
    Signature,
    Signatures,
    Text,
    TextStyle,
)

__all__ = [
    "BarGroup",
    "BeforeAfter",
    "Block",
    "Bullets",
    "Callout",
    "Cell",
    "Column",
    "Columns",
    "Contents",
    "ContentsEntry",
    "Document",
    "KeyFigure",
    "KeyFigures",
    "Mark",
    "Notes",
    "People",
    "PeopleGroup",
    "PersonMark",
    "Reading",
    "Readings",
    "Role",
    "Section",
    "Signature",
    "Signatures",
    "Slide",
    "Status",
    "Table",
    "TargetBar",
    "TargetBars",
    "Text",
    "TextStyle",
    "Trend",
    "TrendPoint",
]
