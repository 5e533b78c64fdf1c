"""`qbrgen explain --rows` lists the events behind every figure, and they add up to it."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.cli.options import spreadsheet_cell
from qbrgen.cli.terminal import visible
from qbrgen.measure.counts import Reason
from qbrgen.resources import templates_dir
from qbrgen.score.row_list import COUNTED
from qbrgen.score.row_marks import Part, Why
from qbrgen.score.rows import rows_behind
from qbrgen.score.workspace import ScoredWorkspace, score_workspace

SAMPLES = Path(__file__).resolve().parents[2] / "sample_accounts"
TOUCHES = "workflow:reps/sequenced-touches"


def explain(*arguments: str, workspace: Path = SAMPLES) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments, "-w", str(workspace)])


def as_json(*arguments: str, workspace: Path = SAMPLES) -> list[dict[str, Any]]:
    result = explain(*arguments, "--json", workspace=workspace)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    receipts = {receipt["id"]: receipt for receipt in told["receipts"]}
    return [{**each, "receipts": [receipts[name] for name in each["receipts"]]} for each in told["statements"]]


@pytest.fixture(scope="module")
def samples() -> ScoredWorkspace:
    return score_workspace(SAMPLES)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLES, tmp_path / "samples")


def test_the_rows_of_every_sample_account_add_up_to_every_figure(samples: ScoredWorkspace) -> None:
    assert len(samples.pictures) == 8
    for picture in samples.pictures.values():
        found = rows_behind(samples.definitions, samples.counts, picture, picture.receipts)
        assert [each.receipt for each in found] == list(picture.receipts)
        for each in found:
            assert each.adds_up, (picture.id, each.receipt, each.numerator, each.denominator, each.events)
        counted = [each for each in found if each.receipt.rule in COUNTED]
        assert {f"workflow:{flow.id}" for flow in picture.workflows} <= {each.receipt.id for each in counted}
        assert {f"persona:{persona.id}" for persona in picture.personas} <= {each.receipt.id for each in counted}


def test_the_rows_of_the_reference_account_add_up_by_hand() -> None:
    (record,) = as_json("acme", TOUCHES, "--rows")
    (receipt,) = record["receipts"]
    rows = receipt["rows"]
    assert sum(row["adds"] for row in rows if row["counted"] == "both") == receipt["numerator"] == 4180
    assert sum(row["adds"] for row in rows) == receipt["denominator"] == 5225
    assert [row["why"] for row in rows if row["counted"] == "set aside"] == ["no user"]
    written = (SAMPLES / "data" / "events.csv").read_text(encoding="utf-8").splitlines()
    for row in rows:
        assert f",{row['user']},{row['event']}," in written[row["line"] - 1]


def test_a_terminal_gets_a_line_with_the_sum_and_some_forty_rows() -> None:
    result = explain("acme", TOUCHES, "--rows")
    assert "154 of 155 rows count; they add up to 4,180 of 5,225 events; set aside: 1 without a user." in result.stdout
    assert len(re.findall(r"data/events\.csv:\d+", result.stdout)) == 40
    assert "And 115 more: --limit 0, --csv FILE or --json." in result.stdout


def test_a_limit_is_kept_over_all_figures_and_none_shows_every_row() -> None:
    few = explain("acme", "sentence", "--limit", "8").stdout
    assert len(re.findall(r"data/events\.csv:\d+", few)) == 8
    every = explain("acme", TOUCHES, "--limit", "0").stdout
    assert len(re.findall(r"data/events\.csv:\d+", every)) == 155
    assert " more: " not in every


def test_json_has_every_row_unless_a_limit_was_given() -> None:
    (record,) = as_json("acme", TOUCHES, "--rows")
    assert len(record["receipts"][0]["rows"]) == record["receipts"][0]["rows_in_all"] == 155
    (record,) = as_json("acme", TOUCHES, "--limit", "3")
    assert (len(record["receipts"][0]["rows"]), record["receipts"][0]["rows_in_all"]) == (3, 155)
    assert "rows" not in as_json("acme", TOUCHES)[0]["receipts"][0]


def test_a_csv_file_has_every_row_and_says_that_it_is_internal(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    result = explain("acme", TOUCHES, "--csv", str(path))
    assert (result.exit_code, "155 rows written" in result.stderr) == (0, True)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 155
    assert {row["audience"] for row in rows} == {"internal"}
    assert sum(int(row["adds"]) for row in rows) == 5225


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("mine", encoding="utf-8")
    result = explain("acme", TOUCHES, "--csv", str(path))
    assert (result.exit_code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "is there already" in result.stderr
    assert "--replace" in result.stderr
    assert explain("acme", TOUCHES, "--csv", str(path), "--replace").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("audience,")


def test_what_keeps_the_file_from_being_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = explain("acme", TOUCHES, "--csv", str(tmp_path / "file" / "rows.csv"))
    assert result.exit_code == 2
    assert "is a file, and a folder is needed there" in result.stderr
    result = explain("acme", TOUCHES, "--replace")
    assert (result.exit_code, "--csv FILE" in result.stderr) == (2, True)


def test_an_impact_says_who_stated_it_when_and_in_which_line() -> None:
    output = explain("acme", "impact:email-time", "--rows").stdout
    assert "No event is behind it: manual email time, the team, 22 September 2026 (accounts/acme.yml:17)." in output
    (record,) = as_json("acme", "impact:email-time", "--rows")
    stated = record["receipts"][0]["stated"]
    assert [(each["file"], each["line"], each["on"]) for each in stated] == [("accounts/acme.yml", 17, "2026-09-22")]


@pytest.mark.parametrize("statement", ["outcome", "plan", "score", "outlook:reps/sequenced-touches", "standing"])
def test_a_statement_without_events_of_its_own_says_what_it_is_from(statement: str) -> None:
    result = explain("acme", statement, "--rows")
    assert result.exit_code == 0, result.output
    told = ("No event is behind it", "It has no rows of its own", "rows count", "no rows")
    assert any(text in " ".join(result.stdout.split()) for text in told)


def test_an_unknown_statement_is_told_with_the_nearest() -> None:
    result = explain("acme", "workflow:reps/no-such-thing", "--rows")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no statement" in result.stderr


def test_a_figure_without_rows_says_so(copy: Path) -> None:
    path = copy / "data" / "events.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not re.search(r",acme,.*,(sequence|manual)_touch_sent,", line)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    result = explain("acme", TOUCHES, "--rows", workspace=copy)
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "No row of sequence_touch_sent and manual_touch_sent from anyone in this account" in told


def test_an_account_without_any_rows_is_told_without_a_traceback(copy: Path) -> None:
    path = copy / "data" / "events.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if ",acme," not in line) + "\n", encoding="utf-8")
    result = explain("acme", "--rows", workspace=copy)
    assert result.exit_code == 0, result.output
    assert "data/events.csv:" not in result.stdout


def test_names_in_the_data_reach_neither_a_terminal_nor_a_spreadsheet_as_commands(copy: Path, tmp_path: Path) -> None:
    path = copy / "data" / "events.csv"
    when = "2026-07-06T10:00:00Z"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"x1,{when},acme,\x1b[31mred\u202e,sequence_touch_sent,1\nx2,{when},acme,=1+1,manual_touch_sent,1\n")
    result = explain("acme", TOUCHES, "--limit", "0", "--csv", str(tmp_path / "rows.csv"), workspace=copy)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "\\x1b[31mred\\u202e" in result.stdout
    assert "no: by somebody outside the group" in " ".join(result.stdout.split())
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert "'=1+1" in {row["user"] for row in csv.DictReader(file)}


def test_texts_are_shown_as_typed_where_they_do_no_harm() -> None:
    assert visible("Zoë O'Brien [bold] 李") == "Zoë O'Brien [bold] 李"
    assert visible("a\u200db") == "a\u200db"
    assert visible("a\nb\ud800") == "a\\nb\\ud800"
    assert (spreadsheet_cell("@x"), spreadsheet_cell(-3)) == ("'@x", -3)


def test_every_way_of_counting_has_its_words() -> None:
    words = yaml.safe_load((templates_dir() / "wording" / "en" / "rows.yml").read_text(encoding="utf-8"))["rows"]
    assert {part.value for part in Part} - {Part.ASIDE.value} == set(words["part"])
    assert {why.name.lower().replace("_", "-") for why in (*Reason, *Why)} == set(words["why"])
