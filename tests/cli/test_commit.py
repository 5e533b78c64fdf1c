"""`qbrgen commit` keeps a review as delivered: once, without loss, and the next review says what has changed."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.define.reviews import load_reviews
from qbrgen.pipeline import open_review
from qbrgen.score.states import Cause

NAME = "reviews/2026-Q2/oakhaven.yml"


@pytest.fixture
def workspace(sample_accounts: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace in which nothing is recorded yet."""
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__", "reviews"))
    return copy


def commit(workspace: Path, *more: str, **env: str) -> Result:
    arguments = ["commit", *more, "-w", str(workspace)]
    return CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": "1783036800", **env})


def test_a_record_is_written_where_a_person_finds_it_and_reads_back(workspace: Path) -> None:
    result = commit(workspace, "oakhaven", "--period", "2026-Q2")
    assert (result.exit_code, result.stderr) == (0, "    promised for the next review: 8 targets and 3 actions\n")
    assert result.stdout.strip() == str(workspace / NAME)
    records, findings = load_reviews(workspace, ["oakhaven"], 1)
    assert findings == []
    record = records["oakhaven"]["2026-Q2"]
    assert (record.recorded_on, record.as_of) == (date(2026, 7, 3), date(2026, 9, 30))


def test_the_period_is_the_latest_complete_one_unless_said(workspace: Path) -> None:
    assert commit(workspace, "oakhaven").exit_code == 0
    assert (workspace / "reviews/2026-Q3/oakhaven.yml").is_file()


def test_a_second_commit_changes_nothing_and_says_so_whatever_the_day(workspace: Path) -> None:
    commit(workspace, "oakhaven", "--period", "2026-Q2")
    before = (workspace / NAME).read_bytes()
    result = commit(workspace, "oakhaven", "--period", "2026-Q2", SOURCE_DATE_EPOCH="1793036800")
    assert result.exit_code == 0
    assert "already recorded" in result.stdout
    assert (workspace / NAME).read_bytes() == before


def test_a_quarter_that_goes_on_has_no_review_to_keep(workspace: Path) -> None:
    result = commit(workspace, "oakhaven", "--period", "2026-Q2", "--as-of", "2026-05-20")
    assert result.exit_code == 2
    assert "Q2 2026 goes on to 2026-06-28, and the data are read to 2026-05-20" in result.stderr
    assert not (workspace / "reviews").exists()


def test_an_account_that_had_not_begun_has_no_review_to_keep(workspace: Path) -> None:
    refused = commit(workspace, "tidewell", "--period", "2026-Q2")
    assert refused.exit_code == 2
    assert refused.stderr.count("had not started in Q2 2026; its first data came on 2026-08-10") == 1
    assert not (workspace / "reviews/2026-Q2/tidewell.yml").exists()
    every = commit(workspace, "--all", "--period", "2026-Q2")
    assert every.exit_code == 0
    assert every.stderr.count("had not started in Q2 2026") == 1
    assert not (workspace / "reviews/2026-Q2/tidewell.yml").exists()
    assert (workspace / NAME).is_file()


def other_target(workspace: Path) -> None:
    path = workspace / "playbooks" / "sales-engagement.yml"
    text = path.read_text(encoding="utf-8")
    assert "target: 75%" in text
    path.write_text(text.replace("target: 75%", "target: 65%", 1), encoding="utf-8")


def test_a_record_that_differs_is_kept_and_what_would_change_is_told(workspace: Path) -> None:
    commit(workspace, "oakhaven", "--period", "2026-Q2")
    before = (workspace / NAME).read_bytes()
    other_target(workspace)
    result = commit(workspace, "oakhaven", "--period", "2026-Q2")
    assert result.exit_code == 2
    assert f"{NAME}: error:" in result.stderr
    assert "personas/reps/workflows/same-day-replies/target: 75% → 65%" in result.stderr
    assert "Leave it, if that is what was delivered. To put what is counted today in its place" in result.stderr
    assert "--replace" in result.stderr
    assert (workspace / NAME).read_bytes() == before


def test_with_replace_it_is_overwritten(workspace: Path) -> None:
    commit(workspace, "oakhaven", "--period", "2026-Q2")
    other_target(workspace)
    result = commit(workspace, "oakhaven", "--period", "2026-Q2", "--replace")
    assert result.exit_code == 0
    assert "error" not in result.stderr
    assert "target: 65%" in (workspace / NAME).read_text(encoding="utf-8")


def test_one_record_that_differs_does_not_keep_the_others_from_being_written(workspace: Path) -> None:
    commit(workspace, "oakhaven", "--period", "2026-Q2")
    other_target(workspace)
    result = commit(workspace, "--all", "--period", "2026-Q2")
    assert result.exit_code == 1
    assert len(list((workspace / "reviews/2026-Q2").iterdir())) == 7  # Tidewell began in the quarter after
    assert "target: 75%" in (workspace / NAME).read_text(encoding="utf-8")


def test_a_record_that_cannot_be_read_is_not_overwritten_without_replace(workspace: Path) -> None:
    (workspace / "reviews/2026-Q2").mkdir(parents=True)
    (workspace / NAME).write_text("account: oakhaven\n", encoding="utf-8")
    result = commit(workspace, "oakhaven", "--period", "2026-Q2")
    assert result.exit_code == 2
    assert "missing" in result.stderr
    assert commit(workspace, "oakhaven", "--period", "2026-Q2", "--replace").exit_code == 0


@pytest.mark.parametrize("name", ["reviews", "reviews/2026-Q3"])
def test_a_file_where_the_records_go_is_told_with_what_helps(workspace: Path, name: str) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    (workspace / name).write_text("", encoding="utf-8")
    result = commit(workspace, "acme", "oakhaven")
    assert result.exit_code == 2
    assert result.stderr.count(f"{workspace / name} is a file, and a folder is needed there.") == 1
    assert "Move it." in result.stderr
    assert "--out" not in result.stderr


def test_a_folder_in_the_place_of_one_record_is_told_before_any_is_written(workspace: Path) -> None:
    (workspace / "reviews/2026-Q3/acme.yml").mkdir(parents=True)
    result = commit(workspace, "--all")
    assert result.exit_code == 2
    assert "acme.yml is a folder" in result.stderr
    assert len(list((workspace / "reviews/2026-Q3").iterdir())) == 1


def test_a_day_that_is_no_number_of_seconds_is_refused_before_anything_is_written(workspace: Path) -> None:
    result = commit(workspace, "oakhaven", SOURCE_DATE_EPOCH="today")
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr
    assert not (workspace / "reviews").exists()


def test_the_same_run_writes_the_same_bytes(workspace: Path) -> None:
    commit(workspace, "--all", "--period", "2026-Q2")
    first = {path.name: path.read_bytes() for path in (workspace / "reviews/2026-Q2").iterdir()}
    commit(workspace, "--all", "--period", "2026-Q2", "--replace")
    assert first == {path.name: path.read_bytes() for path in (workspace / "reviews/2026-Q2").iterdir()}


# ---- from one quarter to the next -----------------------------------------------------------------------------------


def test_a_target_someone_who_left_and_late_events_are_all_told_in_the_next_review(workspace: Path) -> None:
    assert commit(workspace, "calder-wye", "--period", "2026-Q2").exit_code == 0
    other_target(workspace)
    drop(workspace, "u-3001")
    late_replies(workspace, "u-3002", 40)
    review = open_review(workspace, accounts=["calder-wye"])
    picture = review.pictures["calder-wye"]
    found = {w.id.partition("/")[2]: w.delivered for w in picture.workflows}
    replies, calls, coached = (found[name] for name in ("same-day-replies", "call-dispositions", "coached-calls"))
    assert replies is not None
    assert calls is not None
    assert coached is not None
    assert replies.causes == (Cause.TARGET, Cause.ROSTER, Cause.DATA)
    assert (replies.numerator, replies.denominator, replies.target) == (529, 697, 0.75)
    assert calls.causes == (Cause.ROSTER,)
    assert coached.causes == ()


BROKEN = {
    "a key that is missing": "account: oakhaven\n",
    "no YAML at all": "account: oakhaven\nperiod: [2026-Q2\n",
    "an empty file": "",
}


PRINTING, DRAWING = ("summary", "score", "explain", "commit"), ("deck", "brief")
WARNED = [*product(PRINTING, BROKEN), *((command, "an empty file") for command in DRAWING)]


@pytest.mark.parametrize(("command", "broken"), WARNED)
def test_a_broken_record_is_warned_of_wherever_something_of_its_account_is_made(
    workspace: Path, tmp_path: Path, command: str, broken: str
) -> None:
    (workspace / NAME).parent.mkdir(parents=True)
    (workspace / NAME).write_text(BROKEN[broken], encoding="utf-8")
    where = ("--out", str(tmp_path / "out")) if command in DRAWING else ()
    result = CliRunner().invoke(main, [command, "oakhaven", "-w", str(workspace), *where])
    assert result.exit_code == 0
    assert result.stderr.count("the record of a review cannot be used, nothing is compared with it") == 1
    assert f"{NAME}" in result.stderr
    assert "cannot be used" not in result.stdout


def test_a_broken_record_of_another_account_is_not_told(workspace: Path) -> None:
    (workspace / NAME).parent.mkdir(parents=True)
    (workspace / NAME).write_text("account: oakhaven\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["summary", "acme", "-w", str(workspace)])
    assert (result.exit_code, result.stderr) == (0, "")


def drop(workspace: Path, user: str) -> None:
    """Take someone off the roster altogether."""
    path = workspace / "data" / "people.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{user},") and f",{user}," not in line]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8", newline="")


def late_replies(workspace: Path, user: str, number: int) -> None:
    """Replies of May that were answered the same day, and came only now."""
    path = workspace / "data" / "events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
    place = {name: index for index, name in enumerate(header)}
    with path.open("a", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for count in range(number):
            for event in ("reply_received", "reply_answered_same_day"):
                row = [""] * len(header)
                values = {"sent_at": f"2026-05-13T10:{count:02}:00Z", "user_id": user, "account_id": "calder-wye"}
                values |= {"event": event, "event_id": f"late-{event}-{count}", "quantity": "1"}
                for name, value in values.items():
                    row[place[name]] = value
                out.writerow(row)
