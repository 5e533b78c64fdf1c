"""A portfolio of 500 accounts, made of the sample ones under other names: nothing is lost, and every number is true."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reading import pdf_pages

from qbrgen.compose.portfolio import compose_portfolio
from qbrgen.document import Contents, Document
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.pipeline import Review, open_review, theme_of
from qbrgen.render.pdf import write_pdf
from qbrgen.score.portfolio import portfolio

MANY = 500


def of_many(review: Review, many: int) -> Document:
    """A portfolio of so many accounts: the samples again and again, each under a name of its own."""
    then = review.pictures_before()
    now: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for number in range(many):
        like = list(review.pictures)[number % len(review.pictures)]
        names = {"id": f"a{number:03}", "name": f"Account {number:03}", "owner": f"Owner {number % 23:02}"}
        now[names["id"]] = dataclasses.replace(review.pictures[like], **names)
        before[names["id"]] = dataclasses.replace(then[like], **names)
    narratives = {name: narrate(each, Register.BRIEF, review.wording) for name, each in now.items()}
    return compose_portfolio(portfolio(now, {}, before), narratives, review.wording)


@pytest.fixture(scope="module")
def document(sample_accounts: Path) -> Document:
    return of_many(open_review(sample_accounts), MANY)


@pytest.fixture(scope="module")
def path(document: Document, sample_accounts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "portfolio.pdf"
    assert write_pdf(document, theme_of(open_review(sample_accounts)), path) == []
    return path


@pytest.mark.slow
def test_every_account_of_many_has_its_line(path: Path) -> None:
    found = set(re.findall(r"Account \d{3}", " ".join(pdf_pages(path))))
    assert found == {f"Account {number:03}" for number in range(MANY)}


@pytest.mark.slow
def test_the_contents_of_many_tell_the_true_pages_and_every_page_its_number(path: Path, document: Document) -> None:
    pages = [" ".join(page.split()) for page in pdf_pages(path)]
    (contents,) = [each for section in document.sections for each in section.blocks if isinstance(each, Contents)]
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
    for entry in contents.entries:
        if entry.link:
            told = int(re.findall(rf"{re.escape(entry.text)} (\d+)", pages[1])[0])
            assert entry.text in pages[told - 1]


@pytest.mark.slow
def test_every_link_of_many_leads_somewhere_and_every_part_is_a_bookmark(path: Path, document: Document) -> None:
    with pikepdf.open(path) as pdf:
        names = pdf.Root.Names.Dests.Names
        known = {str(names[index]) for index in range(0, len(names), 2)}
        notes = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        assert len(notes) > MANY / 2
        assert all(str(note.Dest) in known for note in notes)
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles == [section.heading for section in document.sections if section.level == 1]


@pytest.mark.slow
def test_a_portfolio_of_many_passes_pdf_ua(path: Path) -> None:
    from validators import pdf_ua_errors

    assert pdf_ua_errors([path]) == []
