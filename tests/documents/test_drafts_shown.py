"""Every file made from a draft says so on each of its pages, in every theme, and nothing else of it changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from deck_checks import problems
from pptx import Presentation
from reading import deck_texts, pdf_pages, shapes_of, squeezed

from qbrgen.lint import lint_deck
from qbrgen.pipeline import (
    PortfolioAsked,
    Review,
    make_brief,
    make_deck,
    make_plan,
    make_portfolio,
    make_talk_track,
    open_review,
    theme_of,
)

DRAFT = "DRAFT: the definitions are not confirmed yet"
THEMES = ("halyard", "plain", "folio")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory, sample_accounts: Path) -> Path:
    """The sample workspace, in which one workflow of the playbook of all accounts but one is a draft."""
    copy = tmp_path_factory.mktemp("drafted") / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    path = copy / "playbooks" / "sales-engagement.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("        produces:", "        draft: true\n        produces:", 1), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def review(drafted: Path) -> Review:
    return open_review(drafted, accounts=["acme", "sable-meridian"])


@pytest.mark.slow
@pytest.mark.parametrize("name", THEMES)
def test_each_slide_says_so_in_a_shape_of_its_own_and_a_deck_stays_as_sound(
    review: Review, name: str, tmp_path: Path
) -> None:
    path = make_deck(review, "acme", theme_of(review, name), tmp_path).path
    for slide in Presentation(str(path)).slides:
        (shape,) = [each for each in shapes_of(slide.shapes) if each.name.endswith("/draft")]
        assert squeezed(shape.text_frame.text) == DRAFT
    assert lint_deck(path) == []
    assert problems(path) == []


@pytest.mark.slow
def test_each_page_of_brief_plan_and_talk_track_says_so(review: Review, tmp_path: Path) -> None:
    theme = theme_of(review)
    for make in (make_brief, make_plan):
        for page in pdf_pages(make(review, "acme", theme, tmp_path).path):
            assert DRAFT in squeezed(page)
    head = make_talk_track(review, "acme", theme, tmp_path).path.read_text(encoding="utf-8")
    assert DRAFT in head.split("<thead>")[1].split("</thead>")[0], "a head is printed on each page"


@pytest.mark.slow
def test_a_portfolio_says_on_each_page_of_how_many_and_on_its_lines_of_which(review: Review, tmp_path: Path) -> None:
    made = make_portfolio(review, theme_of(review), tmp_path, PortfolioAsked(briefs=("all",)))
    pages = [squeezed(page) for page in pdf_pages(made.path)]
    assert all("DRAFT: 1 of 2 accounts is not confirmed yet" in page for page in pages)
    said = " ".join(pages)
    assert "Acme (DRAFT)" in said
    assert "Sable Meridian Group (DRAFT)" not in said


@pytest.mark.slow
def test_what_uses_no_draft_says_nothing_of_it(review: Review, tmp_path: Path) -> None:
    theme = theme_of(review)
    assert "DRAFT" not in " ".join(deck_texts(make_deck(review, "sable-meridian", theme, tmp_path).path).values())
    assert "DRAFT" not in " ".join(pdf_pages(make_brief(review, "sable-meridian", theme, tmp_path).path))
