"""PDFs taken apart for tests: text by page, structure, pictures of pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2


def pages_text(content: bytes) -> list[str]:
    """The text of each page, white space as single spaces."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    """(page that a link stands on, page that it leads to) of every link within the document, from 0."""
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", ())
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    places = {str(names[n]): numbers[names[n + 1][0].objgen] for n in range(0, len(names), 2)}
    for number, page in enumerate(pdf.pages):
        for note in page.get("/Annots", []):
            if note.Subtype == "/Link" and "/Dest" in note:
                yield number, places[str(note.Dest)]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in the order in which it is read."""

    def below(kid: Any) -> Iterator[Any]:
        if isinstance(kid, pikepdf.Array):
            for each in kid:
                yield from below(each)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from below(kid.K)

    yield from below(pdf.Root.StructTreeRoot.K)


def kids(element: Any) -> list[Any]:
    """What an element holds, one or many: other elements, links, numbers of marked contents."""
    held = element.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(pdf)]


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """(level, title) of each bookmark."""
    found: list[tuple[int, str]] = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            found.append((level, item.title))
            walk(item.children, level + 1)

    with pdf.open_outline() as tree:
        walk(tree.root, 1)
    return found


def picture(content: bytes, page: int = 0, scale: float = 1.0) -> Any:
    """A page as an array (height, width, 3) at 72 × `scale` dots an inch."""
    document = pypdfium2.PdfDocument(content)
    try:
        return document[page].render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    finally:
        document.close()


def has_colour(pixels: Any, colour: str) -> Any:
    """Where a picture shows "#RRGGBB", give or take rounding."""
    wanted = [int(colour[index : index + 2], 16) for index in (1, 3, 5)]
    return (abs(pixels.astype(int) - wanted) <= 3).all(axis=2)
