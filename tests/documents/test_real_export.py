"""A real export, which this project did not write: 1,005 accounts, most with people who have no events."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from reading import deck_texts, pdf_pages

from qbrgen.cli.main import main
from qbrgen.pipeline import Review, make_brief, make_deck, open_review, theme_of

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace beside a copy of the export; skips where the export is not."""
    export = shared / "data" / "lightdash_saas"
    if not export.is_dir():
        pytest.skip("the lightdash_saas export is not beside this checkout")
    root = tmp_path_factory.mktemp("lightdash") / "workspace"
    shutil.copytree(HERE.parent / "workspaces" / "lightdash_saas", root)
    (root / "data").mkdir()
    for source in export.glob("*_raw.csv"):
        shutil.copyfile(source, root / "data" / source.name)
    return root


@pytest.fixture(scope="module")
def review(workspace: Path) -> Review:
    return open_review(workspace)


def test_every_account_is_reviewed_or_set_aside_with_its_reason(review: Review) -> None:
    assert len(review.pictures) + len(review.set_aside) == 1005
    assert len(review.pictures) > 900
    assert all(findings and findings[0].what for findings in review.set_aside.values())


def test_the_period_is_the_last_complete_quarter_of_the_data(review: Review) -> None:
    assert review.period.label == "Q4 2024"


def test_people_without_events_are_not_yet_active_and_never_missing(review: Review) -> None:
    for account_id, picture in review.pictures.items():
        told = sum(len(persona.people) for persona in picture.personas)
        last_day = picture.window.last
        roster = review.definitions.accounts[account_id].people
        in_seat = [p for p in roster if all(s.first is None or s.first <= last_day for s in p.seats)]
        assert told <= len(in_seat)
        assert sum(p.counted + p.new + p.away for p in picture.personas) <= told


def test_a_silent_feed_is_no_data_and_never_a_zero(review: Review) -> None:
    silent = [p for p in review.pictures.values() if p.feed_silent]
    assert len(silent) > 100
    for picture in silent:
        assert picture.depth.measurable == 0
        assert picture.breadth.counted == 0 or picture.direction.trend.value == "no data"


def test_summaries_of_all_accounts_are_told_and_none_is_empty(workspace: Path, review: Review) -> None:
    result = CliRunner().invoke(main, ["summary", "--json", "-w", str(workspace)])
    records = json.loads(result.stdout)
    assert result.exit_code == (1 if review.set_aside else 0)
    assert len(records) == len(review.pictures)
    for record in records:
        assert record["sentence"].endswith(".")
        assert "0 of 0" not in record["sentence"]


def test_twenty_accounts_get_their_decks_and_briefs(review: Review, tmp_path: Path) -> None:
    theme = theme_of(review)
    # The busiest, the silent and those between: every fiftieth account.
    chosen = list(review.pictures)[:: max(1, len(review.pictures) // 20)][:20]
    assert len(chosen) == 20
    for account_id in chosen:
        deck = make_deck(review, account_id, theme, tmp_path).path
        brief = make_brief(review, account_id, theme, tmp_path).path
        picture = review.pictures[account_id]
        assert len(deck_texts(deck)) >= 3
        assert len(pdf_pages(brief)) <= 2
        if not picture.feed_silent and picture.breadth.counted:
            figure = f"{picture.breadth.active} of {picture.breadth.counted}"
            assert figure in " ".join(pdf_pages(brief))


def test_what_the_export_lacks_is_said_on_the_brief(review: Review, tmp_path: Path) -> None:
    theme = theme_of(review)
    account_id = next(a for a, p in review.pictures.items() if p.feed_silent)
    text = " ".join(pdf_pages(make_brief(review, account_id, theme, tmp_path).path)).lower()
    assert "no impact" in text
    assert "no data" in text or "no event" in text or "nothing came" in text
