"""The HTML before it becomes a PDF: data is text, templates are checked, facts are in the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from briefs_by_hand import BARS, F, O, acme, brief, portfolio

from qbrgen.document import Cell, Column, Document, People, PeopleGroup, PersonMark, Section, Table, Text
from qbrgen.errors import InputError
from qbrgen.render.pdf.assets import Assets
from qbrgen.render.pdf.html import Pages
from qbrgen.render.pdf.style import SHEETS
from qbrgen.theme import Theme


def html(document: Document, theme: Theme, own: Path | None = None) -> str:
    return Pages(document, theme, SHEETS["A4"], Assets(), own=own).html({})


def test_markup_in_a_name_is_text(theme: Theme) -> None:
    name = '<script>alert("x")</script> {{ 7 * 7 }} & {% raw %} <b>'
    head = replace(acme()[0], heading=name, blocks=(Text(name, "lead"),), meta=(name,))
    page = html(replace(brief(head), title=name, footer=name, keywords=(name,)), theme)
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert "49" not in page


def test_an_attribute_cannot_be_broken_out_of(theme: Theme) -> None:
    people = People((PeopleGroup('" onload="x', "1 of 1", (PersonMark(F, "", '" src="file:///etc/passwd'),)),), (), "")
    page = html(brief(Section("p", "P", (people,), level=1)), theme)
    assert '" onload="' not in page
    assert 'src="file:' not in page


def test_every_block_comes_out_with_its_words(theme: Theme) -> None:
    page = html(brief(), theme)
    for words in ("Outbound touches through sequences", "640 of 800", "Target: 5 of 7 active", "Asked of leadership:"):
        assert words in page


def test_every_picture_comes_from_memory_and_has_words(theme: Theme) -> None:
    page = html(portfolio("Acme"), theme)
    pictures = page.split("<img ")[1:]
    assert pictures
    for each in pictures:
        tag = each.split(">")[0]
        assert 'src="mem:' in tag
        assert 'alt=""' not in tag
        assert "alt=" in tag


def test_a_large_persona_names_only_who_is_not_active(theme: Theme) -> None:
    crowd = tuple(PersonMark(F if n < 28 else O, "", f"Person {n}") for n in range(30))
    page = html(brief(Section("p", "P", (People((PeopleGroup("Reps", "28 of 30", crowd),), (), ""),), level=1)), theme)
    assert "Person 29" in page
    assert "Person 28" in page
    assert "Person 27<" not in page


def test_a_document_without_a_head_gets_its_title_as_one(theme: Theme) -> None:
    page = html(brief(Section("w", "Workflows", (BARS,))), theme)
    assert page.index("<h1") < page.index("<h2")
    assert "Acme: adoption brief, Q3 2026</h1>" in page


def test_a_link_to_a_section_that_is_not_there_is_plain_text(theme: Theme) -> None:
    table = Table((Column("Account", 1.0),), ((Cell("Gone", link="nowhere"),),), "")
    page = html(brief(Section("a", "A", (table,), level=1)), theme)
    assert "Gone" in page
    assert "<a " not in page


def test_a_footnote_mark_links_to_its_own_accounts_note(theme: Theme) -> None:
    page = html(portfolio("Acme", "Birch"), theme)
    for name in page.split('href="#')[1:]:
        assert f'id="{name.split(chr(34))[0]}"' in page


def test_a_template_of_the_users_is_taken_before_ours(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "head.html").write_text("{% macro account_head(part, first) %}<h1>MINE</h1>{% endmacro %}")
    assert "<h1>MINE</h1>" in html(brief(), theme, tmp_path)


@pytest.mark.parametrize(
    "fault", ["{{ part.nothing_of_that_name }}", "{% for %}", "{{ part.__class__.__mro__ }}", "{{ part.step + 'x' }}"]
)
def test_a_faulty_template_is_told_with_its_file_and_line(theme: Theme, tmp_path: Path, fault: str) -> None:
    (tmp_path / "head.html").write_text("{% macro account_head(part, first) %}\n\n" + fault + "{% endmacro %}")
    with pytest.raises(InputError) as caught:
        html(brief(), theme, tmp_path)
    assert "head.html:3" in str(caught.value)
