"""`qbrgen explain`: each figure by itself, each receipt once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main


def explained(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["explain", *arguments, "-w", str(root)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_each_figure_of_a_statement_says_what_it_is(sample_accounts: Path) -> None:
    text = explained(sample_accounts, "acme", "workflow:reps/sequenced-touches")
    assert "80%: 4,180 of 5,225 outbound touches" in text
    assert "10: 80% − the target of 70%" in text
    assert "files: data/events.csv, data/people.csv" in text


def test_every_receipt_is_printed_once(sample_accounts: Path) -> None:
    lines = explained(sample_accounts, "acme").splitlines()
    for receipt in ("people: 6 of 8", "persona:reps: 5 of 7", "workflow:reps/sequenced-touches: 4,180"):
        assert sum(line.startswith(f"  {receipt}") for line in lines) == 1, receipt


def test_a_beginning_takes_every_statement_that_begins_so(sample_accounts: Path) -> None:
    told = json.loads(explained(sample_accounts, "acme", "workflow:", "--json"))
    keys = [each["statement"] for each in told["statements"]]
    assert len(keys) == 7
    assert all(key.startswith("workflow:") for key in keys)


def test_json_has_statements_figures_and_receipts_without_repetition(sample_accounts: Path) -> None:
    told = json.loads(explained(sample_accounts, "acme", "--json"))
    ids = [receipt["id"] for receipt in told["receipts"]]
    assert len(ids) == len(set(ids))
    for each in told["statements"]:
        assert set(each["receipts"]) <= set(ids)
        assert {figure["receipt"] for figure in each["figures"]} <= {"", "period", *each["receipts"]}


@pytest.mark.parametrize("account", ["fernhill", "calder-wye", "tidewell", "sable-meridian"])
def test_no_figure_is_left_without_a_word_for_what_it_is(sample_accounts: Path, account: str) -> None:
    text = explained(sample_accounts, account)
    for word in ("from the receipt", "of the gap", "please report this"):
        assert word not in text
