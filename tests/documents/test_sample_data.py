"""The sample data are what their committed script makes, and have in them what they are there to show."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from in_june import record_reviews, workspace_of_june
from making import Made

from qbrgen.audience import Audience
from qbrgen.define.review_text import review_differences
from qbrgen.define.reviews import read_review
from qbrgen.load.yaml_files import read_yaml
from qbrgen.pipeline import open_review
from qbrgen.score.commitment import CommitmentState

FILES = ("events.csv", "people.csv", "crm.csv", "logins.csv", "deliverability.csv")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def events(sample_accounts: Path) -> list[dict[str, str]]:
    return table(sample_accounts / "data" / "events.csv")


def test_the_script_makes_the_committed_files_byte_by_byte(sample_accounts: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-B", str(sample_accounts / "make_data.py"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (sample_accounts / "data" / name).read_bytes(), name


def test_the_events_are_small_enough_to_clone(sample_accounts: Path) -> None:
    assert sum((sample_accounts / "data" / name).stat().st_size for name in FILES) < 3_000_000


def test_the_events_cover_two_quarters_and_end_in_a_part_week(events: list[dict[str, str]]) -> None:
    days = [datetime.fromisoformat(row["sent_at"]).astimezone(UTC).date() for row in events]
    assert min(days) == date(2026, 3, 30)
    assert max(days) == date(2026, 9, 30)


def test_the_events_have_the_blemishes_of_an_export(events: list[dict[str, str]]) -> None:
    ids = Counter(row["event_id"] for row in events)
    assert sum(count > 1 for count in ids.values()) == 7
    assert sum(row["user_id"] == "" for row in events) == 18
    assert sum(row["quantity"] == "0" for row in events) == 3
    assert sum(row["user_id"] == "u-2990" for row in events) == 5
    assert sum(row["account_id"] == "halyard-sandbox" for row in events) == 3
    assert any(row["event"] == "page_viewed" for row in events)
    assert any(row["quantity"] == "" for row in events)


def test_sixty_people_hold_a_seat_at_the_large_account(sample_accounts: Path) -> None:
    people = table(sample_accounts / "data" / "people.csv")
    seats = [p for p in people if p["account_id"] == "sable-meridian" and not p["end_date"]]
    assert len(seats) == 60
    assert len({p["full_name"] for p in seats}) == 60
    assert len({p["job_title"] for p in seats}) == 4


def test_the_recorded_reviews_are_what_commit_wrote_by_the_targets_and_plans_of_that_time(
    sample_accounts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    recorded = record_reviews(workspace_of_june(sample_accounts, tmp_path), monkeypatch)
    here = sample_accounts / "reviews" / "2026-Q2"
    if update_golden:
        for path in recorded.values():
            shutil.copyfile(path, here / path.name)
    assert {path.name for path in recorded.values()} == {path.name for path in here.iterdir()}
    for account, path in recorded.items():
        then, now = (read_review(read_yaml(file, file.name), 1)[0] for file in (path, here / path.name))
        assert then is not None
        assert now is not None
        assert (then.as_of, then.recorded_on) == (now.as_of, now.recorded_on)
        assert review_differences(then, now) == [], account  # what was told may be worded otherwise by now


def test_the_sample_reviews_show_every_state_of_a_promise(sample_accounts: Path) -> None:
    review = open_review(sample_accounts, accounts=("acme", "calder-wye", "oakhaven", "zielona-dolina"))
    told = {account: picture.commitments for account, picture in review.pictures.items()}
    found = {(account, each.id): each for account, promised in told.items() if promised for each in promised.all}
    assert {each.state for each in found.values()} == set(CommitmentState)
    late, dropped = found["acme", "ask-the-team"], found["calder-wye", "renewal-sequences"]
    assert (late.state, late.done_on) == (CommitmentState.MISSED, date(2026, 9, 22))
    assert (dropped.state, dropped.dropped) == (CommitmentState.MISSED, True)
    moved, raised = found["zielona-dolina", "three-reps"], found["oakhaven", "reps/same-day-replies"]
    assert (moved.state, moved.moved_to) == (CommitmentState.MISSED, date(2026, 11, 6))
    assert (raised.target, raised.target_now) == (Fraction(3, 5), Fraction(3, 4))
    assert found["calder-wye", "mailer-price"].audience is Audience.INTERNAL
    assert found["zielona-dolina", "reps/first-sequence"].state is CommitmentState.NOT_MEASURABLE


def test_the_customers_deck_carries_the_recorded_review_and_none_of_its_ids(made: Made, sample_accounts: Path) -> None:
    record = (sample_accounts / "reviews/2026-Q2/oakhaven.yml").read_text(encoding="utf-8")
    ids = re.findall(r"^ {6}(\S+): \{state:", record, re.MULTILINE)
    assert len(ids) == 8
    with zipfile.ZipFile(made.decks["oakhaven"]) as deck:
        parts = [deck.read(name).decode("utf-8", "replace") for name in deck.namelist() if name.endswith(".xml")]
    assert any("64% against a target of 60% as reported then" in part for part in parts)
    assert any("as reported then, 7 of 8" in part for part in parts)
    assert [who for who in ids if any(who in part for part in parts)] == []
