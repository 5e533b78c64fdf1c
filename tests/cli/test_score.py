"""`qbrgen score`, and the score wherever else the command line tells it: by score, and never without its parts."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main

BY_SCORE = ("fernhill", "acme", "oakhaven", "sable-meridian", "zielona-dolina", "calder-wye", "pembury")


def run(*arguments: str, root: Path) -> Result:
    return CliRunner().invoke(main, [*arguments, "-w", str(root)])


def records(*arguments: str, root: Path) -> list[dict[str, Any]]:
    return json.loads(run("score", *arguments, "--json", root=root).stdout)  # type: ignore[no-any-return]


def test_accounts_stand_by_score_and_those_withheld_last_in_either_order(sample_accounts: Path) -> None:
    highest = [record["account"] for record in records("--all", root=sample_accounts)]
    lowest = [record["account"] for record in records("--all", "--lowest-first", root=sample_accounts)]
    assert highest == [*BY_SCORE, "tidewell"]
    assert lowest == [*reversed(BY_SCORE), "tidewell"]


def test_json_has_exact_parts_that_make_the_exact_total(sample_accounts: Path) -> None:
    for record in records("--all", root=sample_accounts):
        found = record["score"]
        if found["exact"] is None:
            assert found["missing"]
            continue
        above = sum(part["weight"] * Fraction(part["exact"]) for part in found["parts"])
        assert Fraction(found["exact"]) == above / sum(part["weight"] for part in found["parts"]) * 100
        assert found["total"] == pytest.approx(float(Fraction(found["exact"])))


def test_a_withheld_score_says_what_is_missing(sample_accounts: Path) -> None:
    (record,) = records("tidewell", root=sample_accounts)
    assert (record["score"]["total"], record["score"]["missing"]) == (None, ["direction"])
    assert record["score"]["withheld"] == ["too early to tell the direction"]
    output = run("score", "tidewell", root=sample_accounts).output
    assert "withheld: too early to tell the direction" in " ".join(output.split())


def test_the_table_has_names_standing_score_parts_and_the_weights_below(sample_accounts: Path) -> None:
    lines = run("score", "acme", "fernhill", root=sample_accounts).output.splitlines()
    heading, fernhill, acme, *below = lines
    assert heading.split() == ["Account", "Standing", "Score", "Breadth", "Depth", "Direction"]
    assert fernhill.split()[0] == "Fernhill"
    told = " ".join(acme.split())
    assert told == "Acme real adoption 88 75% (6 of 8) 96% Spreading, 100%"
    note = " ".join(" ".join(below).split())
    assert note.startswith("Weights of the score: breadth 40, depth 40 and direction 20.")
    assert "not for a customer" in note


def test_csv_has_a_line_an_account_with_parts_and_weights(sample_accounts: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("score", "--all", "--csv", root=sample_accounts).stdout)))
    assert [row["account"] for row in rows] == [*BY_SCORE, "tidewell"]
    acme = rows[1]
    assert (acme["breadth"], acme["breadth_weight"], acme["outcome"], acme["outcome_weight"]) == ("0.75", "40", "", "")
    assert (rows[-1]["score"], rows[-1]["withheld"]) == ("", "too early to tell the direction")


def test_csv_says_which_accounts_use_a_draft(sample_accounts: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(sample_accounts, root)
    path = root / "accounts" / "acme.yml"
    path.write_text(path.read_text(encoding="utf-8") + "draft: true\n", encoding="utf-8")
    rows = csv.DictReader(io.StringIO(run("score", "acme", "fernhill", "--csv", root=root).stdout))
    assert {row["account"]: row["draft"] for row in rows} == {"acme": "DRAFT", "fernhill": ""}


def test_a_spreadsheet_runs_no_name_as_a_formula(sample_accounts: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(sample_accounts, root)
    path = root / "accounts" / "acme.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: Acme", 'name: "=1+1"', 1), encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(run("score", "acme", "--csv", root=root).stdout))
    assert row["name"] == "'=1+1"


def test_the_weights_of_the_settings_are_those_that_count(sample_accounts: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(sample_accounts, root)
    with (root / "qbrgen.yml").open("a", encoding="utf-8") as file:
        file.write("\nrules: {score_weights: {breadth: 1, depth: 0, direction: 0}}\n")
    (record,) = records("acme", root=root)
    assert record["score"]["parts"] == [{"part": "breadth", "weight": 1, "value": 0.75, "exact": "3/4"}]
    assert record["score"]["exact"] == "75"


@pytest.mark.parametrize("arguments", [(), ("acme", "--all"), ("--all", "--json", "--csv")])
def test_what_cannot_be_meant_is_refused(sample_accounts: Path, arguments: tuple[str, ...]) -> None:
    assert run("score", *arguments, root=sample_accounts).exit_code == 2


def test_the_json_summary_has_the_same_score_and_the_sentence_has_none(sample_accounts: Path) -> None:
    (scored,) = records("acme", root=sample_accounts)
    (told,) = json.loads(run("summary", "acme", "--json", root=sample_accounts).stdout)
    assert told["score"] == scored["score"]
    assert "88" not in run("summary", "acme", root=sample_accounts).output


def test_explain_shows_the_sum_that_the_score_is(sample_accounts: Path) -> None:
    output = " ".join(run("explain", "acme", "score", root=sample_accounts).output.split())
    assert "The score is 88 of 100: breadth 75%, depth 96% and direction 100%." in output
    assert "40 × breadth 75% + 40 × depth 95.8% + 20 × direction 100%, over 100, is 88.3; depth is the" in output
    reached = re.findall(r"[\d.]+(?=%)", " ".join(output.split()).partition("at most 100%: ")[2])
    assert reached == ["100", "100", "82.7", "100", "100", "92.3"]
