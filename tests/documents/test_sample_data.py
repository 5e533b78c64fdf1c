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
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import Made

from qbrgen.cli.main import main

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


def test_oakhavens_recorded_review_is_what_commit_wrote_by_the_target_of_that_time(
    sample_accounts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__", "reviews"))
    playbook = copy / "playbooks" / "sales-engagement.yml"
    text = playbook.read_text(encoding="utf-8")
    playbook.write_text(text.replace("target: 75%", "target: 60%"), encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 7, 3, tzinfo=UTC).timestamp())))
    arguments = ["commit", "oakhaven", "--period", "2026-Q2", "--as-of", "2026-06-30", "-w", str(copy)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    name = "reviews/2026-Q2/oakhaven.yml"
    assert (copy / name).read_bytes() == (sample_accounts / name).read_bytes()


def test_the_customers_deck_carries_the_recorded_review_and_none_of_its_ids(made: Made, sample_accounts: Path) -> None:
    record = (sample_accounts / "reviews/2026-Q2/oakhaven.yml").read_text(encoding="utf-8")
    ids = re.findall(r"^ {6}(\S+): \{state:", record, re.MULTILINE)
    assert len(ids) == 8
    with zipfile.ZipFile(made.decks["oakhaven"]) as deck:
        parts = [deck.read(name).decode("utf-8", "replace") for name in deck.namelist() if name.endswith(".xml")]
    assert any("64% against a target of 60% as reported then" in part for part in parts)
    assert any("as reported then, 7 of 8" in part for part in parts)
    assert [who for who in ids if any(who in part for part in parts)] == []
