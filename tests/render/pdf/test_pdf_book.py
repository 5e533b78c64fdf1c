"""A document of many parts: joined files, what the collector is spared, and whose content a paragraph's lines are."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from reading_pdfs import elements, kids, opened

from qbrgen.render.pdf.collector import held_back, sweep
from qbrgen.render.pdf.merge import merge_pdfs


def contents(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, Any]]:
    """(page, number of a marked content, the element that holds it) by the structure tree."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for element in elements(pdf):
        for kid in kids(element):
            if isinstance(kid, int):
                yield pages[element.Pg.objgen], kid, element


def test_every_content_of_every_page_has_one_element_and_is_found_from_its_page(portfolio_pdf: bytes) -> None:
    with opened(portfolio_pdf) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        tree = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        assert list(tree) == sorted(tree)
        found = {(page, number): element for page, number, element in contents(pdf)}
        assert len(found) == len(list(contents(pdf)))
        for at, page in enumerate(pdf.pages):
            owners = tree[int(page.StructParents)]
            mine = {number: element.objgen for (page_of, number), element in found.items() if page_of == at}
            assert len(mine) > 20
            assert mine == {number: owners[number].objgen for number in mine}
            for note in page.get("/Annots", []):
                owner = tree[int(note.StructParent)]
                assert any(
                    "/Obj" in kid and kid.Obj == note for kid in kids(owner) if isinstance(kid, pikepdf.Dictionary)
                )


def test_headers_are_named_once_in_a_joined_document_and_every_named_one_is_there(portfolio_pdf: bytes) -> None:
    with opened(portfolio_pdf) as pdf:
        names = [bytes(element.ID) for element in elements(pdf) if "/ID" in element]
        assert len(names) == len(set(names))
        asked = {
            bytes(name) for element in elements(pdf) if element.S == "/TD" for name in element.A.get("/Headers", [])
        }
        assert asked
        assert asked <= set(names)


def test_a_paragraph_holds_its_lines_itself(brief_pdf: bytes) -> None:
    with opened(brief_pdf) as pdf:
        paragraphs = [element for element in elements(pdf) if element.S == "/P"]
        assert any(
            len(kids(element)) > 1 and all(isinstance(kid, int) for kid in kids(element)) for element in paragraphs
        )


def test_elements_say_no_more_than_they_must(portfolio_pdf: bytes) -> None:
    """A portfolio of hundreds holds them all in memory."""
    with opened(portfolio_pdf) as pdf:
        inner = [element for element in elements(pdf) if element.S != "/Document"]
        assert len(inner) > 300
        assert not [element for element in inner if "/Type" in element]
        alone = [element for element in inner if len(kids(element)) == 1 and isinstance(kids(element)[0], int)]
        assert alone
        assert all(isinstance(element.K, int) for element in alone)


def test_a_link_to_a_part_that_is_not_there_is_refused() -> None:
    def part(links: str) -> bytes:
        import weasyprint

        page = f'<html lang="en"><title>A</title><h1 id="here">A</h1><a href="#here">a</a><p>{links}</p></html>'
        content: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
        return content

    joined = merge_pdfs([part('<a href="part:here">b</a>'), part("")])
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        assert str(pdf.pages[0].Annots[0].Dest) == "here"
    with pytest.raises(ValueError, match="elsewhere"):
        merge_pdfs([part('<a href="part:elsewhere">b</a>'), part("")])


def test_the_collector_is_held_back_and_given_back() -> None:
    class Ring:
        pass

    def ring(found: list[int]) -> None:
        one = Ring()
        one.itself = one  # type: ignore[attr-defined]
        import weakref

        weakref.finalize(one, found.append, 1)

    found: list[int] = []
    with held_back():
        assert not gc.isenabled()
        assert gc.get_freeze_count()
        ring(found)
        assert found == []
        sweep()
        assert found == [1]
        with held_back():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the inner one had no charge of it"
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
