"""The file itself, parsed: text, properties, structure, bookmarks, links, bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from briefs_by_hand import NOTES, SENTENCE, acme, brief, portfolio
from reading_pdfs import elements, links, opened, outline, pages_text, tags

from qbrgen.document import Notes, Role, Section, Slide, Text
from qbrgen.render.pdf import write_pdf
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import Theme


def test_a_brief_takes_two_pages_and_opens_with_the_sentence(brief_pdf: bytes) -> None:
    pages = pages_text(brief_pdf)
    assert len(pages) == 2
    assert pages[0].startswith("Acme")
    assert SENTENCE in pages[0]


def test_what_stands_first_is_written_first(brief_pdf: bytes) -> None:
    first = pages_text(brief_pdf)[0]
    said = (
        "Acme",
        "renews 31 Jan 2027",
        SENTENCE,
        "Key people active",
        "Workflows against target",
        "Gaps, and the plan",
    )
    places = [first.index(words) for words in said]
    assert places == sorted(places)


def test_page_one_carries_the_decision(brief_pdf: bytes) -> None:
    first = pages_text(brief_pdf)[0]
    for fact in (
        "6 of 8",
        "4 of 6",
        "−30%",
        "£184k a year",
        "80%",
        "13 points below",
        "Jon Bell, Mia Tran",
        "16 Oct 2026",
    ):
        assert fact in first


def test_every_page_has_its_footer_and_its_number(brief_pdf: bytes) -> None:
    for number, page in enumerate(pages_text(brief_pdf), 1):
        assert "Halyard internal. Acme, Q3 2026, data to 27 September 2026" in page
        assert f"{number} / 2" in page


def test_a_draft_says_so_on_every_page(theme: Theme) -> None:
    content, _ = pdf_bytes(replace(brief(), draft_text="DRAFT, not confirmed"), theme)
    assert all("DRAFT, not confirmed" in page for page in pages_text(content))


def test_properties_name_title_author_subject_keywords_language_and_a_given_date(brief_pdf: bytes) -> None:
    with opened(brief_pdf) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert info["/Title"] == "Acme: adoption brief, Q3 2026"
        assert info["/Author"] == "Priya Raman"
        assert info["/Subject"] == "Adoption in Q3 2026"
        assert info["/Keywords"] == "adoption, Acme"
        assert info["/CreationDate"].startswith("D:20260927")
        assert str(pdf.Root.Lang) == "en-GB"
        assert "pdfuaid" in bytes(pdf.Root.Metadata.read_bytes()).decode()


def test_the_structure_has_headings_tables_and_figures_with_words_for_each(brief_pdf: bytes) -> None:
    with opened(brief_pdf) as pdf:
        assert pdf.Root.MarkInfo.Marked
        found = tags(pdf)
        assert [tag for tag in found if tag in ("/H1", "/H2")][:2] == ["/H1", "/H2"]
        assert found.count("/H1") == 1
        figures = [element for element in elements(pdf) if element.S == "/Figure"]
        assert figures
        assert all(str(figure.get("/Alt", "")) for figure in figures)
        assert any("from 48% to 85%" in str(figure.Alt) for figure in figures)


def test_header_cells_say_whether_they_head_a_column_or_a_row(brief_pdf: bytes) -> None:
    with opened(brief_pdf) as pdf:
        scopes = {str(element.A.Scope) for element in elements(pdf) if element.S == "/TH"}
        assert scopes == {"/Column", "/Row"}
        assert all("/Scope" in element.A for element in elements(pdf) if element.S == "/TH")


def test_sections_are_bookmarks(brief_pdf: bytes, portfolio_pdf: bytes) -> None:
    with opened(brief_pdf) as pdf:
        assert outline(pdf)[:3] == [(1, "Acme"), (2, "Workflows against target"), (2, "Gaps, and the plan for each")]
    with opened(portfolio_pdf) as pdf:
        assert [title for level, title in outline(pdf) if level == 1] == ["Portfolio", "Acme", "Birch & Sons", "Cobalt"]


def test_a_portfolio_links_each_line_to_its_brief_and_each_brief_back_to_its_line(portfolio_pdf: bytes) -> None:
    with opened(portfolio_pdf) as pdf:
        led = set(links(pdf))
        assert {target for page, target in led if page == 0} == {1, 2, 4, 6}, "the contents lead everywhere"
        for brief_page in (2, 4, 6):
            assert (1, brief_page) in led, "from its line"
            assert {(brief_page, 0), (brief_page, 1)} <= led, "back to page one and to its line"


def test_the_contents_and_the_ways_back_tell_the_true_pages(portfolio_pdf: bytes) -> None:
    pages = pages_text(portfolio_pdf)
    assert "Every account 2" in pages[0]
    for name, number in (("Acme", 3), ("Birch & Sons", 5), ("Cobalt", 7)):
        assert f"{name} {number}" in pages[0]
        assert "Page one p. 1" in pages[number - 1]
        assert "In the list p. 2" in pages[number - 1]


def test_every_page_of_a_portfolio_tells_its_number_and_how_many_there_are(theme: Theme, portfolio_pdf: bytes) -> None:
    short = replace(portfolio("Acme", "Birch"), sections=portfolio("Acme", "Birch").sections[:-4])
    for content in (portfolio_pdf, pdf_bytes(short, theme)[0]):
        pages = pages_text(content)
        assert [f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert len(pages) == 5, "a brief of one page moves the total, which was thought to be two for each"


def test_each_brief_of_a_portfolio_opens_a_page_and_later_pages_run_its_name(portfolio_pdf: bytes) -> None:
    pages = pages_text(portfolio_pdf)
    assert len(pages) == 8
    for number, name in ((2, "Acme"), (4, "Birch & Sons"), (6, "Cobalt")):
        assert pages[number].startswith(name)
        assert name in pages[number + 1]


def test_the_same_input_gives_the_same_bytes(theme: Theme, brief_pdf: bytes) -> None:
    from qbrgen.render.pdf import write

    assert pdf_bytes(brief(), theme)[0] == brief_pdf
    write._press.cache_clear()
    assert pdf_bytes(brief(), theme)[0] == brief_pdf


def test_letter_is_letter(theme: Theme) -> None:
    content, findings = pdf_bytes(brief(), theme, page="Letter")
    assert findings == []
    with opened(content) as pdf:
        assert [round(float(each)) for each in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
        assert len(pdf.pages) == 2


def test_a_brief_that_stays_too_long_is_written_and_said(theme: Theme, out: Path) -> None:
    numbered = tuple((str(n), NOTES.items[n % 5][1]) for n in range(1, 160))
    sections = (*acme()[:-1], Section("receipts", "Receipts", (Notes(numbered),), keep=False))
    findings = write_pdf(brief(*sections), theme, out)
    assert [finding.code for finding in findings] == ["brief-too-long"]
    assert f"takes {len(pages_text(out.read_bytes()))} pages" in findings[0].what


def test_a_brief_a_little_too_long_is_set_tighter(theme: Theme) -> None:
    sections = (*acme()[:-1], Section("more", "More", tuple(Text("A line more.") for _ in range(9))), acme()[-1])
    content, findings = pdf_bytes(brief(*sections), theme)
    assert findings == []
    assert len(pages_text(content)) == 2


def test_nothing_is_left_behind_when_writing_fails(theme: Theme, out: Path) -> None:
    slides = replace(brief(), sections=(), slides=(Slide("s", Role.TITLE, "Title"),))
    with pytest.raises(ValueError, match="sections"):
        write_pdf(slides, theme, out)
    assert not out.parent.exists() or list(out.parent.iterdir()) == []


def test_writing_leaves_one_file_and_no_temporary_one(theme: Theme, out: Path) -> None:
    write_pdf(portfolio("Acme"), theme, out)
    assert [file.name for file in out.parent.iterdir()] == ["brief.pdf"]
