"""Another language needs only files: in a pseudo-language no document and no command has a word of English."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from pptx import Presentation
from pseudo import known_words, left_in_code, pseudo_template, pseudo_workspace

from qbrgen.cli.main import main

OTHERS = ("pembury", "sable-meridian", "calder-wye", "oakhaven")
ACCOUNTS = ("acme", *(pytest.param(account, marks=pytest.mark.slow) for account in OTHERS))
# Set by the theme or the file format, and read by no one as a sentence.
FORMAT = {"qbrgen", "Sheet", "General"}


# Ids of receipts, which `explain` shows.
IDS = {
    *("people", "workflows", "persona", "workflow", "direction", "impact", "outcome", "gap", "gaps", "plan", "period"),
    *("renewal", "score", "outlook", "review", "commitment", "commitments", "masked"),
}


@pytest.fixture(scope="module")
def workspace(sample_accounts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pseudo_workspace(sample_accounts, tmp_path_factory.mktemp("pseudo") / "workspace")


@pytest.fixture(scope="module")
def known(workspace: Path) -> set[str]:
    return known_words(workspace) | FORMAT


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def deck_texts(path: Path) -> Iterator[str]:
    """Everything that a deck holds for a reader: slides, notes, alt texts, charts and their workbooks, sections, core
    properties."""
    presentation = Presentation(str(path))
    core = presentation.core_properties
    yield from (core.title, core.subject, core.keywords, core.category, core.comments, core.author)
    for slide in presentation.slides:
        yield from slide_texts(slide)
    with zipfile.ZipFile(path) as package:
        yield from re.findall(r'<p14:section [^>]*name="([^"]*)"', package.read("ppt/presentation.xml").decode())
        for name in package.namelist():
            content = package.read(name)
            if "/charts/" in name and name.endswith(".xml"):
                yield from re.findall(r"<(?:c:v|a:t)>([^<]*)<", content.decode())
            elif name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(content))
                yield from (str(c.value) for row in book.active.iter_rows() for c in row if isinstance(c.value, str))


def slide_texts(slide: Any) -> Iterator[str]:
    if slide.has_notes_slide:
        yield slide.notes_slide.notes_text_frame.text
    for element in slide._element.iter("{*}t"):
        yield element.text or ""
    for element in slide._element.iter("{*}cNvPr"):
        yield element.get("descr", "")
        yield element.get("title", "")


def pdf_texts(path: Path) -> Iterator[str]:
    """What a PDF shows, says to those who cannot see it, and tells of itself."""
    yield from (page.get_textpage().get_text_range().replace("\ufffe", "-") for page in pypdfium2.PdfDocument(path))
    with pikepdf.open(path) as pdf:
        yield from (str(value) for key, value in pdf.docinfo.items() if key in ("/Title", "/Subject", "/Keywords"))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing:
                yield str(thing["/Alt"])
        with pdf.open_outline() as outline:
            yield from (item.title for item in outline.root)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_deck_says_every_word_from_a_file(account: str, workspace: Path, known: set[str], tmp_path: Path) -> None:
    run("deck", account, "-w", workspace, "--out", tmp_path)
    (path,) = tmp_path.rglob("*.pptx")
    texts = list(deck_texts(path))
    assert len(texts) > 100
    assert not [found for text in texts for found in left_in_code(text, known)]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_brief_says_every_word_from_a_file(account: str, workspace: Path, known: set[str], tmp_path: Path) -> None:
    run("brief", account, "-w", workspace, "--out", tmp_path)
    (path,) = tmp_path.rglob("*.pdf")
    assert not [found for text in pdf_texts(path) for found in left_in_code(text, known)]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_plan_says_every_word_from_a_file(account: str, workspace: Path, known: set[str], tmp_path: Path) -> None:
    run("plan", account, "-w", workspace, "--out", tmp_path)
    (path,) = tmp_path.rglob("*.pdf")
    assert not [found for text in pdf_texts(path) for found in left_in_code(text, known)]


@pytest.mark.slow
def test_the_portfolio_says_every_word_from_a_file(workspace: Path, known: set[str], tmp_path: Path) -> None:
    run("portfolio", "-w", workspace, "--out", tmp_path)
    (path,) = tmp_path.rglob("*.pdf")
    assert not [found for text in pdf_texts(path) for found in left_in_code(text, known)]


COMMANDS = [
    ("summary", "--all"),
    ("score", "--all"),
    ("changes", "--all"),
    ("explain", "acme"),
    *(pytest.param(("explain", account), marks=pytest.mark.slow) for account in OTHERS),
    ("explain", "acme", "sentence", "--rows"),
    ("sentence", "acme", "6 of 7 are active, 85% of touches run through it"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_every_word_about_an_account_from_a_file(
    command: tuple[str, ...], workspace: Path, known: set[str]
) -> None:
    said = run(*command, "-w", workspace)
    # keys of statements: alone on their line, or in brackets behind their heading
    shown = re.sub(r"(?m)^ *[a-z-]+(?::\S+)?$| \([a-z-]+(?::\S+)?\)$", " ", said)
    assert len(shown) > 300
    assert not left_in_code(shown, known | (IDS if command[0] == "explain" else set()))


def test_what_would_change_is_said_from_a_file(workspace: Path, known: set[str], tmp_path: Path) -> None:
    playbook = workspace / "playbooks" / "sales-engagement.yml"
    changed = tmp_path / "sales-engagement.yml"
    changed.write_text(playbook.read_text("utf-8").replace("70%", "85%").replace("60%", "20%"), encoding="utf-8")
    said = run("check", "--what-if", f"sales-engagement={changed}", "-w", workspace)
    shown = said.replace(str(changed), "").replace("playbooks/sales-engagement.yml", "")
    assert " → " in shown
    assert not left_in_code(shown.replace("--verbose", ""), known)


def test_the_private_talk_track_says_every_word_from_a_file(workspace: Path, known: set[str], tmp_path: Path) -> None:
    run("deck", "acme", "-w", workspace, "--out", tmp_path)
    (path,) = tmp_path.rglob("*.html")
    page = re.sub(r"(?s)<(style|script)\b.*?</\1>|<!--.*?-->", " ", path.read_text("utf-8"))
    said = html.unescape(re.sub(r"<[^>]*>", " ", page))
    assert len(said) > 1000
    assert not left_in_code(said, known)


def test_what_json_says_in_sentences_comes_from_a_file(workspace: Path, known: set[str]) -> None:
    records = json.loads(run("summary", "--all", "--json", "-w", workspace))
    said = [record["sentence"] for record in records]
    said += [gap["what"] for record in records for gap in record["gaps"]]
    said += [why for record in records for why in record["left_out"].values()]
    assert not [found for text in said for found in left_in_code(text, known)]


def test_a_word_in_code_would_be_found(known: set[str]) -> None:
    assert left_in_code("5 of 7 ŕépš", known) or "of" in known
    assert left_in_code("ñö pľäñ yet: overdue", known)
    assert not left_in_code("ñö přöbłém, Acme, Q3 2026", known | {"Acme"})


def test_only_words_are_turned() -> None:
    assert (
        pseudo_template("{{ n|words }} of {{ plural(n, 'is', 'are') }}")
        == "{{ n|words }} öf {{ plural(n, 'ïš', 'äŕé') }}"
    )
    same = "{% if moved != 'same' %}{{ say('group.all', n=n) }}{% endif %}"
    assert pseudo_template(same) == same
