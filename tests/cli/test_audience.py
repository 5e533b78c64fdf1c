"""Who may read what a command makes: the private talk track stays inside, and a summary says whom it is for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from running import run

TALK = "internal/acme-2026-Q3-talk-track.html"
CANARIES = ("Zqowner-note", "Zqleaders")


@pytest.fixture
def workspace(tmp_path: Path, sample_accounts: Path) -> Path:
    """A copy of the sample workspace with a word in each internal field of Acme."""
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    path = copy / "accounts" / "acme.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("A call from our CRO", f"{CANARIES[1]} a call from our CRO")
    path.write_text(text.replace("notes: Dana's", f"notes: {CANARIES[0]} Dana's"), encoding="utf-8")
    return copy


def files(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def test_a_deck_comes_with_its_talk_track_in_a_folder_of_its_own(workspace: Path) -> None:
    result = run("deck", "acme", "-w", workspace)
    assert result.exit_code == 0, result.output
    assert files(workspace / "out") == ["for-customers/acme-2026-Q3-qbr.pptx", TALK]
    assert TALK.rpartition("/")[2] in result.output
    page = (workspace / "out" / TALK).read_text(encoding="utf-8")
    assert all(canary in page for canary in CANARIES)
    assert "INTERNAL" in page


def test_the_talk_track_can_be_left_out(workspace: Path) -> None:
    assert run("deck", "acme", "-w", workspace, "--no-talk-track").exit_code == 0
    assert files(workspace / "out") == ["for-customers/acme-2026-Q3-qbr.pptx"]


def test_what_is_in_the_talk_tracks_place_is_told_before_anything_is_made(workspace: Path) -> None:
    (workspace / "out" / TALK).mkdir(parents=True)
    result = run("deck", "acme", "-w", workspace)
    assert result.exit_code == 2
    assert "acme-2026-Q3-talk-track.html is a folder" in result.output
    assert files(workspace / "out") == []


@pytest.mark.parametrize(
    ("page", "code", "made"),
    [
        ("<p>\n{{ documents.title }}</p>", 2, []),  # seen before anything is made
        ("<p>\n{{ 1 // (document.title | length * 0) }}</p>", 1, ["for-customers/acme-2026-Q3-qbr.pptx"]),
    ],
)
def test_a_template_of_the_workspaces_own_that_fails_is_told_with_its_line_and_leaves_no_half_page(
    page: str, code: int, made: list[str], workspace: Path
) -> None:
    own = workspace / "templates" / "talk-track"
    own.mkdir(parents=True)
    (own / "document.html").write_text(page, encoding="utf-8")
    result = run("deck", "acme", "-w", workspace)
    assert result.exit_code == code
    assert "document.html:2" in result.output
    assert files(workspace / "out") == made


def test_the_slides_of_the_talk_track_have_the_numbers_of_the_file(workspace: Path) -> None:
    from pptx import Presentation

    assert run("deck", "sable-meridian", "-w", workspace).exit_code == 0
    out = workspace / "out"
    slides = len(Presentation(str(next(out.rglob("*.pptx")))).slides)
    page = next(out.rglob("*.html")).read_text(encoding="utf-8")
    numbers = [text.split("</p>")[0] for text in page.split('<p class="number">')[1:]]
    assert len(numbers) < slides, "a long table was cut over"
    assert numbers[-1].split("–")[-1] == str(slides)


def test_a_summary_is_internal_unless_it_is_asked_for_the_customer(workspace: Path) -> None:
    inside, outside = (
        json.loads(run("summary", "--json", "-w", workspace, *extra).stdout)
        for extra in ((), ("--audience", "customer"))
    )
    assert {record["audience"] for record in inside} == {"internal"}
    assert {record["audience"] for record in outside} == {"customer"}
    kinds = {gap["kind"] for record in inside for gap in record["gaps"]}
    told = {gap["kind"] for record in outside for gap in record["gaps"]}
    assert {"masked by logins", "will miss at renewal"} <= kinds
    assert not {"masked by logins", "will miss at renewal", "workflow rests on one person"} & told
    assert all("score" in record for record in inside)
    assert not any("score" in record or "left_out" in record for record in outside)
    assert [record["sentence"] for record in inside] == [record["sentence"] for record in outside]


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_nothing_internal_is_in_a_summary_for_the_customer(workspace: Path, extra: tuple[str, ...]) -> None:
    shown = run("summary", "--audience", "customer", "-w", workspace, *extra).stdout.lower()
    assert shown
    for word in (*CANARIES, "renewal", "masked", "busy", "score", "helen marsh", "£84k"):
        assert word.lower() not in shown, word
