"""PDFs that were written one by one, joined into one tagged PDF: a portfolio's opening and its briefs.

WeasyPrint keeps every box of every page until the last is written, some five megabytes a brief. Parts that are written
and forgotten keep the memory low; what holds a document together is put in order here: the structure tree with its
parent tree, the outline, the named destinations, and the links from part to part. Title, author, language, XMP and the
claim of PDF/UA are those of the first part.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qbrgen.render.pdf.html import ELSEWHERE

if TYPE_CHECKING:
    from pikepdf import Pdf


def merge_pdfs(parts: Sequence[bytes]) -> bytes:
    """One PDF of the pages of `parts` in their order, tagged, with one outline and the links between them.

    parts: files that WeasyPrint wrote as PDF/UA-1, each with identifiers of table cells of its own (`finished`). A
    link to `ELSEWHERE` and the name of a destination leads there, whatever the part. The same parts give the same
    bytes. `write_pdf` calls this for a portfolio. Raises ValueError for a link to a destination that is in no part.
    """
    import pikepdf

    file = BytesIO()
    with pikepdf.open(BytesIO(parts[0])) as whole:
        named = _named(whole)
        for content in parts[1:]:
            with pikepdf.open(BytesIO(content)) as part:
                named |= _append(whole, part)
        _write_names(whole, named)
        _join_links(whole, frozenset(named))
        packed = pikepdf.ObjectStreamMode.generate
        whole.save(file, object_stream_mode=packed, deterministic_id=True, fix_metadata_version=False)
    return file.getvalue()


def _append(whole: Pdf, part: Pdf) -> dict[bytes, Any]:
    """The pages of `part`, then all that refers to them; its named destinations, which are not yet written."""
    count = len(whole.pages)
    for page in part.pages:
        whole.pages.append(page)
    tree = whole.Root.StructTreeRoot.ParentTree.Nums
    offset = int(tree[len(tree) - 2]) + 1
    for page in list(whole.pages)[count:]:
        page.StructParents += offset
        for annotation in _annotations(page):
            if "/StructParent" in annotation:
                annotation.StructParent += offset
    _join_structure(whole, part, offset)
    _join_outlines(whole, part)
    return {name: _copied(whole, part, place) for name, place in _named(part).items()}


def _copied(whole: Pdf, part: Pdf, value: Any) -> Any:
    """What `part` holds in itself, as part of the whole; pages are those that were appended."""
    return whole.copy_foreign(part.make_indirect(value))


def _annotations(page: Any) -> Any:
    return page.get("/Annots", ())


def _join_structure(whole: Pdf, part: Pdf, offset: int) -> None:
    """The elements of the part's document go below the whole's; keys of its parent tree begin at `offset`."""
    root = whole.copy_foreign(part.Root.StructTreeRoot)
    document = whole.Root.StructTreeRoot.K[0]
    for element in root.K[0].K:
        element.P = document
        document.K.append(element)
    tree = whole.Root.StructTreeRoot.ParentTree.Nums
    for index, value in enumerate(root.ParentTree.Nums):
        tree.append(value if index % 2 else value + offset)


def _join_outlines(whole: Pdf, part: Pdf) -> None:
    """The part's bookmarks follow those of the whole."""
    if "/Outlines" not in part.Root:
        return
    more = whole.copy_foreign(part.Root.Outlines)
    if "/Outlines" not in whole.Root:
        whole.Root.Outlines = more
        return
    outlines = whole.Root.Outlines
    each: Any = more.First
    each.Prev, outlines.Last.Next = outlines.Last, each
    while each is not None:
        each.Parent = outlines
        each = each.get("/Next")
    outlines.Last = more.Last
    outlines.Count += more.Count


def _named(pdf: Pdf) -> dict[bytes, Any]:
    """Destinations by name, as WeasyPrint writes them: one flat array of pairs."""
    root: Any = pdf.Root
    names = root.Names.Dests.Names if "/Names" in root and "/Dests" in root.Names else ()
    return {bytes(names[index]): names[index + 1] for index in range(0, len(names), 2)}


def _write_names(whole: Pdf, named: dict[bytes, Any]) -> None:
    import pikepdf

    pairs = [part for name in sorted(named) for part in (pikepdf.String(name), named[name])]
    tree = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(pairs)))
    if pairs:
        whole.Root.Names = tree


def _join_links(whole: Pdf, known: frozenset[bytes]) -> None:
    import pikepdf

    for page in whole.pages:
        for annotation in _annotations(page):
            address = bytes(annotation.A.get("/URI", b"")) if "/A" in annotation else b""
            if address.startswith(ELSEWHERE.encode()):
                name = address.removeprefix(ELSEWHERE.encode())
                if name not in known:
                    raise ValueError(f"a link leads to {name!r}, which is in no part")
                del annotation.A
                annotation.Dest = annotation.Contents = pikepdf.String(name)
