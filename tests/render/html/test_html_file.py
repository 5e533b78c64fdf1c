"""The talk track as a file: one page that holds all it needs, escapes what people typed, and is whole or not there."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from qbrgen import files
from qbrgen.audience import Audience
from qbrgen.document import Bullets, Callout, Cell, Column, Document, Section, Slide, Table, Text
from qbrgen.document import Role as SlideRole
from qbrgen.errors import InputError
from qbrgen.render.html import write_html
from qbrgen.render.html.write import html_text
from qbrgen.theme import Font, Palette, Theme
from qbrgen.theme.colour import contrast

HOSTILE = "<script>alert(1)</script>\"'>&amp;{{ 7*7 }}{% raw %}</style></title>\u202eevil"
ARABIC, CJK = "ليلى عبد الرحمن", "東京商事株式会社"


def theme(accent: str = "#0B4F8A") -> Theme:
    font = Font("Liberation Sans", "Arial")
    return Theme("by-hand", Path(), "Halyard", Palette(accent=accent), font, font)


def document(name: str = "Acme", draft: str = "") -> Document:
    questions = Table(
        (Column("They may ask", 0.34), Column("The honest answer", 0.66)),
        ((Cell(f"Why, {name}?", strong=True), Cell(f"Because of {name}.")),),
        "questions",
    )
    blocks = (Callout("Say", f"Hello {name}."), Text(name, "muted"), Bullets((name, "two"), "Behind it"), questions)
    return Document(
        kind="talk-track",
        audience=Audience.INTERNAL,
        title=f"{name}: talk track",
        subject=f"INTERNAL: never goes to {name}.",
        author=name,
        company=name,
        language="en-GB",
        made_on=date(2026, 9, 30),
        footer=f"Internal. {name}",
        sections=(
            Section("before", name, blocks, level=1, meta=("Q3 2026", name)),
            Section("people", name, blocks, meta=("1", name)),
        ),
        draft_text=draft,
    )


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, *_: object) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_hostile_names_come_out_as_typed_and_never_as_markup() -> None:
    hostile, plain = _Tags(html_text(document(HOSTILE), theme())), _Tags(html_text(document(), theme()))
    assert hostile.found == plain.found
    assert "script" not in hostile.found
    assert hostile.text.count(HOSTILE) == plain.text.count("Acme")


@pytest.mark.parametrize("name", [ARABIC, CJK])
def test_names_of_other_scripts_come_out_as_typed(name: str) -> None:
    page = html_text(document(name), theme())
    assert name in page
    assert f'<h1 dir="auto">{name}</h1>' in page


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = html_text(document(), theme())
    assert not re.search(r"https?:|url\(|src=|href=|@import|<script|<link|<img|\son\w+=", page)
    assert "default-src 'none'" in page


def test_internal_and_draft_stand_where_each_printed_page_repeats_them() -> None:
    head = html_text(document(draft="DRAFT: not confirmed"), theme()).split("<thead>")[1].split("</thead>")[0]
    assert "INTERNAL: never goes to Acme." in head
    assert "DRAFT: not confirmed" in head
    assert "DRAFT" not in html_text(document(), theme())


@pytest.mark.parametrize("accent", ["#0B4F8A", "#FFEE00", "#FFFFFF", "red; } body { display: none", ""])
def test_the_accent_is_a_colour_that_can_be_read_on_white(accent: str) -> None:
    page = html_text(document(), theme(accent))
    found = re.search(r"\.callout \{[^}]*solid (#[0-9A-F]{6});", page)
    assert found
    assert contrast(found[1], "#FFFFFF") >= 4.5
    assert "display: none; }" not in page.split("@media")[0]


def test_the_same_document_gives_the_same_page() -> None:
    assert html_text(document(), theme()) == html_text(document(), theme())


def test_a_failed_write_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "internal" / "acme-talk-track.html"
    write_html(document(), theme(), path)
    before = path.read_bytes()

    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(files.Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        write_html(document("Other"), theme(), path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_template_of_the_workspaces_own_comes_first(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("h1 { color: {{ accent }}; }", encoding="utf-8")
    page = html_text(document(), theme(), templates=tmp_path)
    assert "<style>\nh1 { color: #0B4F8A; }" in page


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("document.html", "\n{{ documen.title }}", 2),
        ("document.html", "a\nb\n{% if %}", 3),
        ("style.css", "{{ no }}", 1),
    ],
)
def test_a_fault_in_a_template_of_ones_own_is_told_with_file_and_line(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        html_text(document(), theme(), templates=tmp_path)
    (finding,) = told.value.findings
    assert finding.where is not None
    assert (Path(finding.where.file).name, finding.where.line) == (name, line)


def test_a_template_cannot_reach_into_python(tmp_path: Path) -> None:
    (tmp_path / "document.html").write_text("{{ document.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(InputError):
        html_text(document(), theme(), templates=tmp_path)


def test_a_document_of_slides_is_refused() -> None:
    slides = (Slide("title", SlideRole.TITLE, "Acme"),)
    deck = Document("deck", Audience.CUSTOMER, "t", "s", "a", "c", "en-GB", date(2026, 9, 30), "f", slides)
    with pytest.raises(ValueError, match="slides"):
        html_text(deck, theme())
