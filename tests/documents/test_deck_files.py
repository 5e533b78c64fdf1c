"""Every sample deck as a file: nothing that validators miss, data to edit that are those shown, no loss elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from access_checks import document_language
from deck_checks import misplaced, problems
from deck_parts import A, C, Deck
from making import Made
from pptx import Presentation
from reading import deck_texts, notes_texts, shapes_of, squeezed

from qbrgen.pipeline import make_deck, theme_of

ACCOUNTS = sorted(
    path.stem for path in (Path(__file__).resolve().parents[2] / "sample_accounts/accounts").glob("*.yml")
)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_deck_has_nothing_that_validators_miss_and_shuts_nobody_out(made: Made, account: str) -> None:
    assert problems(made.decks[account]) == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_nothing_overlaps_or_leaves_the_margins(made: Made, account: str) -> None:
    assert misplaced(made.decks[account]) == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_deck_names_its_account_its_maker_and_its_day(made: Made, account: str) -> None:
    path, picture = made.decks[account], made.review.pictures[account]
    core = Presentation(str(path)).core_properties
    assert core.title.startswith(picture.name)
    assert core.author == core.last_modified_by
    assert core.author == picture.owner
    assert document_language(Deck(path)) == made.review.definitions.settings.locale
    assert core.created.date() == core.modified.date() == picture.as_of
    assert f"<Company>{picture.vendor}</Company>".encode() in Deck(path).parts["docProps/app.xml"]


def test_the_day_of_source_date_epoch_goes_before_the_one_that_the_data_reach(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1791072000")
    again = make_deck(made.review, "tidewell", theme_of(made.review), tmp_path).path
    core = Presentation(str(again)).core_properties
    assert {str(core.created.date()), str(core.modified.date())} == {"2026-10-04"}
    differ = [name for name, part in Deck(again).parts.items() if part != Deck(made.decks["tidewell"]).parts[name]]
    assert differ == ["docProps/core.xml"]


def test_what_a_charts_labels_say_is_what_edit_data_opens(made: Made) -> None:
    """The values themselves are compared in `problems`; these are the words at the marks."""
    compared = 0
    for path in made.decks.values():
        deck = Deck(path)
        for name in deck.all_of("charts"):
            for series in deck.xml(name).iter(f"{C}ser"):
                values = {one.get("idx"): one.findtext(f"{C}v") for one in series.findall(f"{C}val//{C}pt")}
                for label in series.iter(f"{C}dLbl"):
                    text = "".join(run.text or "" for run in label.iter(f"{A}t"))
                    compared += 1
                    assert says(text, float(values[label.find(f"{C}idx").get("val")])), f"{path.name}: {text}"
    assert compared > 10


def says(text: str, value: float) -> bool:
    """Whether a label's figure is a value, as people round it; a change is told of bars that begin at 1."""
    if text.lstrip("\u2009")[:1] in ("\u2212", "+"):
        value -= 1
    figure = re.search(r"(\d[\d,]*(?:\.\d+)?)(%|k|m)?", text.replace("\u2009", ""))
    assert figure, text
    scale = {"%": 0.01, "k": 1e3, "m": 1e6, None: 1.0}[figure[2]]
    decimals = len(figure[1].partition(".")[2])
    return abs(float(figure[1].replace(",", "")) * scale - abs(value)) <= 0.5 * scale * 10**-decimals + 1e-9


def test_every_workbook_behind_a_chart_is_valid(made: Made, tmp_path: Path) -> None:
    from validators import open_xml_sdk_errors

    parts = Deck(made.decks["acme"]).parts
    books = [name for name in parts if name.endswith(".xlsx")]
    for at, name in enumerate(books):
        (tmp_path / f"book{at}.xlsx").write_bytes(parts[name])
    assert books
    assert open_xml_sdk_errors(sorted(tmp_path.glob("*.xlsx"))) == []


@pytest.mark.slow
def test_libreoffice_opens_and_saves_every_deck_without_loss(made: Made, tmp_path: Path) -> None:
    """Every text of every slide, its notes, its tables and its charts are there again in what LibreOffice saves."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (make test-all installs it)")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    sources = [str(path) for path in made.decks.values()]
    command = [office, profile, "--headless", "--convert-to", "pptx", "--outdir", str(tmp_path), *sources]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    for path in made.decks.values():
        saved = tmp_path / path.name
        assert list(map(words, deck_texts(saved).values())) == list(map(words, deck_texts(path).values())), path.name
        assert list(map(words, notes_texts(saved))) == list(map(words, notes_texts(path))), path.name
        assert kinds(saved) == kinds(path), path.name


def words(text: str) -> Counter[str]:
    """The words of a text, in whatever order its shapes were saved; marks of direction are LibreOffice's own affair."""
    return Counter(re.findall(r"[^\s\u200e\u200f]+", squeezed(text)))


def kinds(path: Path) -> list[Counter[str]]:
    """How many tables, charts and groups each slide holds."""
    found = []
    for slide in Presentation(str(path)).slides:
        shapes = list(shapes_of(slide.shapes))
        tables = sum(bool(getattr(shape, "has_table", False)) for shape in shapes)
        charts = sum(bool(getattr(shape, "has_chart", False)) for shape in shapes)
        found.append(Counter(table=tables, chart=charts, group=sum(shape.shape_type == 6 for shape in shapes)))
    return found
