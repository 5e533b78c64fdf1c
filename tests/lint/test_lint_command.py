"""`qbrgen lint`: exit codes, messages and JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import FINDING, Deck, made, text
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.lint import SIGNS


def lint(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["lint", *(str(one) for one in arguments)])


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(lambda deck: deck.slide(), tmp_path_factory.mktemp("lint") / "good.pptx")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def change(deck: Deck) -> None:
        text(deck.slide(), "We leverage sequences").name = "Wo\u202erds"

    return made(change, tmp_path_factory.mktemp("lint") / "bad.pptx")


def test_a_good_deck_ends_with_0_and_says_so(good: Path) -> None:
    result = lint(good)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "No signs found in 1 deck.\n"


def test_a_sign_ends_with_1_and_tells_slide_shape_what_and_what_to_do(good: Path, bad: Path) -> None:
    result = lint(good, bad)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{bad}, slide 2, Wo\\u202erds: filler (sign 12): “leverage” says nothing. "
        "Say what is meant, or leave it out.\n"
    )
    assert result.stderr == "1 sign found in 2 decks.\n"


def test_json_is_a_list_of_findings(good: Path, bad: Path) -> None:
    assert json.loads(lint("--json", good).stdout) == []
    (found,) = json.loads(lint("--json", good, bad).stdout)
    assert (found["file"], found["slide"], found["shape"]) == (str(bad), 2, "Wo\u202erds")
    assert (found["sign"], found["code"]) == (12, "filler")


def test_every_file_that_cannot_be_read_is_told_at_once_and_ends_with_2(good: Path, tmp_path: Path) -> None:
    (tmp_path / "note.pptx").write_text("no deck", encoding="utf-8")
    result = lint(good, tmp_path / "note.pptx", tmp_path / "none.pptx")
    assert result.exit_code == 2
    assert "note.pptx cannot be read as a deck: it is not a PowerPoint file." in result.stderr
    assert "none.pptx cannot be read as a deck: there is no such file." in result.stderr
    assert FINDING not in result.output


def test_the_page_of_the_lint_defines_every_code() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {code for row in rows for code in re.findall(r"`([a-z]+(?:-[a-z]+)*)`", row.split("|")[2])} == set(SIGNS)
