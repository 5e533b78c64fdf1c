"""`qbrgen backtest`: what it prints, its exit codes, and what it says of wrong input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from histories import append, generator

from qbrgen.backtest.rankers import OURS, RIVALS
from qbrgen.cli.main import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["backtest", *(str(a) for a in arguments)])


@pytest.fixture
def outcomes(tmp_path: Path) -> Path:
    make = generator()
    return make.make_history(tmp_path / "workspace", make.Plan("work", 12, 3, people=(3, 4), hazard=0.3, seed=2))


def test_it_prints_the_verdict_then_the_history_and_both_tables(outcomes: Path) -> None:
    result = run(outcomes, "-w", outcomes.parent)
    assert result.exit_code == 0, result.output
    printed = result.stdout.splitlines()
    assert [line for line in printed if line.startswith("Verdict: ")] == printed[:1]
    history = next(n for n, line in enumerate(printed) if line.startswith("12 accounts, 2 quarters, "))
    assert re.match(
        r"[\d,]+ account-quarters?; \d of \d lost accounts? (was|were) still there to", printed[history][25:]
    )
    assert printed[history + 1].startswith("  as of 2024-03-31 (Q1 2024): 12 accounts, ")
    for ranker in (*OURS, *RIVALS):
        table = next(n for n, line in enumerate(printed) if line.startswith(ranker.value))
        assert table > history, ranker


def test_what_an_auc_is_stands_in_one_plain_line_above_the_table(outcomes: Path) -> None:
    printed = run(outcomes, "-w", outcomes.parent).stdout.splitlines()
    told = printed.index(
        "AUC: 1 means every lost account was ranked below every kept one of its quarter, 0.5 is a coin toss."
    )
    assert printed[told + 1].split()[-5:] == ["AUC", "95%", "interval", "ranked", "lost"]


def test_one_of_a_thing_is_told_in_the_singular(outcomes: Path) -> None:
    outcomes.write_text("account,lost_on\na0000,2024-05-20\na0001,\n", encoding="utf-8")
    text = run(outcomes, "-w", outcomes.parent, "--known-until", "2024-06-30").output
    assert "2 accounts, 1 quarter, 2 account-quarters; 1 of 1 lost account was still there to be ranked" in text
    assert "only 1 loss could be ranked by breadth and a rival; fewer than 10 tell nothing." in " ".join(text.split())
    for wrong in (r"\b1 (losses|quarters|accounts|lost accounts|account-quarters)\b", "foretold"):
        assert not re.search(wrong, text), wrong
    append(outcomes, [("gone-1", "2024-05-01")])
    told = run(outcomes, "-w", outcomes.parent, "--known-until", "2024-06-30").stderr
    assert "1 lost account is not in the workspace and could not be ranked" in told


def test_accounts_that_are_in_no_ranking_are_told_with_the_reason(outcomes: Path) -> None:
    text = "account,lost_on,since\na0000,2024-02-01,\na0001,,2024-09-01\na0002,,\na0003,2024-05-20,\n"
    outcomes.write_text(text, encoding="utf-8")
    printed = run(outcomes, "-w", outcomes.parent).stdout
    (line,) = [line for line in printed.splitlines() if line.startswith("Left out: ")]
    assert "8 accounts without an outcome (a0004, a0005," in line
    assert "1 account lost before it could be ranked (a0000)" in line
    assert "1 account begun too late to be ranked (a0001)" in line
    record = json.loads(run(outcomes, "-w", outcomes.parent, "--json").stdout)
    assert record["left_out"]["begun too late to be ranked"] == ["a0001"]
    assert record["accounts"] + sum(map(len, record["left_out"].values())) == 12


def test_no_account_that_was_ranked_no_person_and_no_login_figure_is_printed(outcomes: Path) -> None:
    told = [line for line in run(outcomes, "-w", outcomes.parent).output.splitlines() if "Left out: " not in line]
    assert not re.search(r"a00\d\d", "\n".join(told))
    record = json.loads(run(outcomes, "-w", outcomes.parent, "--json").stdout)
    assert not re.search(r"a00\d\d", json.dumps(record | {"left_out": {}}))
    record = json.loads(run(outcomes, "-w", outcomes.parent, "--json").stdout)
    assert set(record["rankers"][0]) == {"ranker", "value", "low", "high", "account_quarters", "losses"}


def test_the_json_holds_what_is_printed(outcomes: Path) -> None:
    record = json.loads(run(outcomes, "-w", outcomes.parent, "--json").stdout)
    printed = run(outcomes, "-w", outcomes.parent).stdout
    assert record["sentence"] in printed
    assert sum(quarter["lost"] for quarter in record["quarters"]) == record["losses"]
    assert len(record["differences"]) == len(OURS) * len(RIVALS)
    breadth = next(each for each in record["rankers"] if each["ranker"] == "breadth")
    assert re.search(rf"^breadth +{breadth['value']:.2f} ", printed, re.MULTILINE)


def test_columns_horizon_and_known_until_are_heard(outcomes: Path) -> None:
    text = outcomes.read_text(encoding="utf-8").replace("account,lost_on", "customer,churned")
    outcomes.write_text(text, encoding="utf-8")
    columns = ("--column", "account=customer", "--column", "lost_on = churned")
    record = json.loads(run(outcomes, "-w", outcomes.parent, *columns, "--horizon", "2", "--json").stdout)
    assert [(quarter["period"], quarter["ahead"]) for quarter in record["quarters"]] == [("Q1 2024", "Q3 2024")]
    longer = run(outcomes, "-w", outcomes.parent, *columns, "--known-until", "2024-12-31", "--json")
    assert [quarter["period"] for quarter in json.loads(longer.stdout)["quarters"]] == ["Q1 2024", "Q2 2024", "Q3 2024"]


def test_a_loss_after_the_last_day_known_is_told_and_counts_as_kept(outcomes: Path) -> None:
    outcomes.write_text("account,lost_on\na0000,2024-07-01\na0001,\n", encoding="utf-8")
    result = run(outcomes, "-w", outcomes.parent, "--known-until", "2024-06-30")
    assert result.exit_code == 0
    assert (
        "outcomes.csv:2: warning: the account 'a0000' is lost on 2024-07-01, after the last day known" in result.stderr
    )
    assert "no account was lost by 2024-06-30" in " ".join(result.stdout.split())
    assert "It cannot be decided" in result.stdout


def test_lost_accounts_that_the_workspace_does_not_have_are_told_as_a_bias(outcomes: Path) -> None:
    append(outcomes, [("gone-1", "2024-05-01"), ("gone-2", "2024-05-01"), ("kept-1", "")])
    result = run(outcomes, "-w", outcomes.parent)
    assert "2 lost accounts are not in the workspace" in result.stderr


def test_an_account_set_aside_ends_in_exit_code_1(outcomes: Path) -> None:
    (outcomes.parent / "accounts").mkdir()
    (outcomes.parent / "accounts" / "a0003.yml").write_text("account: a0003\nplaybook: nobody\n", encoding="utf-8")
    result = run(outcomes, "-w", outcomes.parent)
    assert result.exit_code == 1
    assert "Verdict: " in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.csv"], "the file is not there"),
        (["OUTCOMES", "--column", "lost=churned"], "write FIELD=NAME, FIELD being one of account, lost_on, since"),
        (["OUTCOMES", "--column", "lost_on"], "write FIELD=NAME"),
        (["OUTCOMES", "--column", "lost_on=churned"], "has no column 'churned' (lost_on)"),
        (["OUTCOMES", "--horizon", "0"], "--horizon"),
        (["OUTCOMES", "--horizon", "3"], "no quarter lies whole in the data with the 3 quarters after it known"),
        (["OUTCOMES", "--known-until", "soon"], "'soon' is not a date. Write it as 2026-09-30."),
        (["OUTCOMES", "--known-until", "2024-06-29"], "no quarter lies whole in the data with the quarter after it"),
    ],
)
def test_wrong_input_is_told_and_ends_in_exit_code_2(outcomes: Path, arguments: list[str], told: str) -> None:
    given = [str(outcomes) if word == "OUTCOMES" else word for word in arguments]
    result = run(*given, "-w", outcomes.parent)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
    assert "Traceback" not in result.output
    assert not result.stdout


def test_a_wrong_row_of_the_outcomes_is_told_with_its_line(outcomes: Path) -> None:
    append(outcomes, [("a0000", "03/04/2024")])
    result = run(outcomes, "-w", outcomes.parent)
    assert result.exit_code == 2
    assert "outcomes.csv:14: error: '03/04/2024' is not a date (lost_on)." in result.output
