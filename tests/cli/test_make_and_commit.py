"""--commit on `qbrgen deck` and `qbrgen build`: what is made is recorded; what may not be recorded is not made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.define.reviews import load_reviews
from qbrgen.files import write_text

NAME = "reviews/2026-Q3/acme.yml"


@pytest.fixture
def workspace(sample_accounts: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace in which nothing is recorded yet."""
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__", "reviews"))
    return copy


def run(workspace: Path, *arguments: str) -> Result:
    command = [*arguments, "-w", str(workspace)]
    return CliRunner().invoke(main, command, env={"SOURCE_DATE_EPOCH": "1791072000"})


def keep_only(workspace: Path, accounts: set[str]) -> None:
    """Some accounts show it as well as all."""
    for path in (workspace / "accounts").iterdir():
        if path.stem not in accounts:
            path.unlink()


def decks(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "out/for-customers").glob("*.pptx"))


def test_a_deck_with_commit_is_recorded_as_commit_records_it(workspace: Path) -> None:
    result = run(workspace, "deck", "acme", "--commit")
    assert result.exit_code == 0
    assert str(workspace / NAME) in result.stdout.splitlines()
    assert "promised for the next review: 8 targets and 2 actions" in result.stderr
    assert decks(workspace) == ["acme-2026-Q3-qbr.pptx"]
    with_deck = (workspace / NAME).read_bytes()
    (workspace / NAME).unlink()
    assert run(workspace, "commit", "acme").exit_code == 0
    assert (workspace / NAME).read_bytes() == with_deck


def test_a_deck_without_commit_records_nothing(workspace: Path) -> None:
    assert run(workspace, "deck", "acme").exit_code == 0
    assert not (workspace / "reviews").exists()


def test_a_second_deck_of_the_same_review_is_already_recorded(workspace: Path) -> None:
    run(workspace, "deck", "acme", "--commit")
    result = run(workspace, "deck", "acme", "--commit")
    assert result.exit_code == 0
    assert f"{workspace / NAME}: already recorded" in result.stdout


def test_a_review_that_differs_from_the_recorded_one_makes_nothing(workspace: Path) -> None:
    run(workspace, "commit", "acme")
    before = (workspace / NAME).read_bytes()
    playbook = workspace / "playbooks" / "sales-engagement.yml"
    write_text(playbook, playbook.read_text(encoding="utf-8").replace("target: 75%", "target: 65%"))
    result = run(workspace, "deck", "acme", "--commit")
    assert result.exit_code == 2
    assert "2026-Q3 is recorded already, and would change" in result.stderr
    assert decks(workspace) == []
    assert (workspace / NAME).read_bytes() == before


def test_a_quarter_that_goes_on_makes_nothing(workspace: Path) -> None:
    result = run(workspace, "deck", "acme", "--commit", "--period", "2026-Q3", "--as-of", "2026-08-31")
    assert result.exit_code == 2
    assert "the quarter is not over" in result.stderr
    assert decks(workspace) == []


def test_an_account_that_had_not_begun_is_refused_by_name_and_passed_over_among_all(workspace: Path) -> None:
    keep_only(workspace, {"acme", "tidewell"})
    named = run(workspace, "deck", "tidewell", "--commit", "--period", "2026-Q2")
    assert named.exit_code == 2
    assert "had not started in Q2 2026" in named.stderr
    assert decks(workspace) == []
    every = run(workspace, "deck", "--all", "--commit", "--period", "2026-Q2")
    assert every.exit_code == 0
    assert len(decks(workspace)) == 2
    assert [path.name for path in (workspace / "reviews/2026-Q2").iterdir()] == ["acme.yml"]


def test_a_record_that_cannot_be_written_costs_no_deck(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("qbrgen.files.write_text", full)
    result = run(workspace, "deck", "acme", "--commit", "--no-talk-track")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert decks(workspace) == ["acme-2026-Q3-qbr.pptx"]
    assert not (workspace / NAME).exists()


def test_a_build_with_commit_records_every_account_and_its_report_holds_none_of_it(workspace: Path) -> None:
    accounts = {"acme", "oakhaven"}
    keep_only(workspace, accounts)
    result = run(workspace, "build", "--commit")
    assert result.exit_code == 0
    recorded, findings = load_reviews(workspace, accounts, 1)
    assert findings == []
    assert set(recorded) == accounts
    assert all(found["2026-Q3"].promised for found in recorded.values())
    report = json.loads((workspace / "out/internal/report.json").read_text(encoding="utf-8"))
    assert report["failed"] == {}
