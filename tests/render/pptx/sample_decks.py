"""A deck to break: made once, its parts taken and put together again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from sample_slides import REVIEW

from qbrgen.render.pptx.deck import deck_bytes
from qbrgen.theme import load_theme

Parts = dict[str, bytes]
Change = Callable[[Parts], None]
BOOK = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"


@cache
def review_deck() -> bytes:
    """A deck with charts, tables, people and notes, on the plain theme."""
    return deck_bytes(REVIEW, load_theme("plain"))[0]


def unpacked(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes], change: Callable[[zipfile.ZipFile], None] | None = None) -> bytes:
    """change: what is done to the zip itself before it is closed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
        if change:
            change(package)
    return stream.getvalue()


def replaced(part: str, old: str, new: str) -> Change:
    """`old`, which must be there, is `new` where it first stands in a part."""

    def change(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, f"{part} holds no {old}"
        parts[part] = text.replace(old, new, 1).encode()

    return change


def added(part: str, content: str | bytes) -> Change:
    def change(parts: Parts) -> None:
        parts[part] = content if isinstance(content, bytes) else content.encode()

    return change


def in_book(inner: Change) -> Change:
    """The same, in the workbook behind the first chart."""

    def change(parts: Parts) -> None:
        book = unpacked(parts[BOOK])
        inner(book)
        parts[BOOK] = packed(book)

    return change
