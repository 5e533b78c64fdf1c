"""`qbrgen sentence` answers any text with an exit code that a script can use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.listen.words import MOST_CHARACTERS

WEAK = "42 monthly active users, up from 31"


def run(sample_accounts: Path, *arguments: str, typed: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["sentence", *arguments, "-w", str(sample_accounts)], input=typed)


@pytest.fixture(scope="module")
def own(sample_accounts: Path) -> str:
    said = CliRunner().invoke(main, ["summary", "acme", "--json", "-w", str(sample_accounts)])
    return str(json.loads(said.stdout)[0]["sentence"])


def test_a_sentence_that_passes_ends_with_0(sample_accounts: Path, own: str) -> None:
    done = run(sample_accounts, "acme", own)
    assert done.exit_code == 0
    assert done.stdout.startswith("who: quota-carrying reps and sales managers\nwhat: Outbound touches")
    assert "It passes." in done.stdout
    assert "The sentence from the data" not in done.stdout


def test_one_that_does_not_ends_with_1_and_shows_the_accounts_own(sample_accounts: Path, own: str) -> None:
    done = run(sample_accounts, "acme", WEAK)
    assert done.exit_code == 1
    assert "who, what and what it produces are missing" in " ".join(done.stdout.split())
    assert "“active users” says that somebody was there" in done.stdout
    assert own in " ".join(done.stdout.split())


def test_the_text_may_come_from_standard_input(sample_accounts: Path, own: str) -> None:
    assert run(sample_accounts, "acme", "-", typed="\ufeff" + own.replace("; ", ";\r\n")).exit_code == 0


def test_json_tells_the_same_to_a_machine(sample_accounts: Path) -> None:
    done = run(sample_accounts, "acme", "6 of 7 reps are active", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told["who"]["named"] == ["persona:reps"]
    assert told["missing"] == ["what", "produces"]
    (figure,) = told["figures"]
    assert (figure["said"], figure["verdict"], figure["data"]) == ("6 of 7", "differs", "5 of 7")
    assert told["own"].startswith("5 of 7")


@pytest.mark.parametrize("text", ["", "   \n", "\x1b\x07\u202e"])
def test_no_text_is_wrong_input(text: str, sample_accounts: Path) -> None:
    done = run(sample_accounts, "acme", text)
    assert done.exit_code == 2
    assert "There is no sentence to test." in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("source", ["argument", "stdin"])
def test_a_hundred_thousand_characters_are_refused_at_once(source: str, sample_accounts: Path) -> None:
    text = "5 of 7 reps; " * 8000
    done = run(sample_accounts, "acme", *([text] if source == "argument" else ["-"]), typed=text)
    assert done.exit_code == 2
    assert f"a sentence has {MOST_CHARACTERS:,} at most" in done.stderr


def test_bytes_that_are_no_text_are_read_as_far_as_they_go(sample_accounts: Path) -> None:
    assert run(sample_accounts, "acme", "-", typed=b"\xff\xfe reps \x80").exit_code == 1


def test_nothing_typed_reaches_the_terminal_as_a_command(sample_accounts: Path) -> None:
    done = run(sample_accounts, "acme", "6 \x1b]0;x\x07of 7 reps \x1b[2J\u202eare active {{ 7*7 }} <b>9%</b>")
    assert not {"\x1b", "\x07", "\u202e"} & set(done.output)
    assert "49" not in done.output


def test_an_unknown_account_and_a_missing_text_are_wrong_input(sample_accounts: Path) -> None:
    assert run(sample_accounts, "acmee", "x").exit_code == 2
    assert run(sample_accounts, "acme").exit_code == 2
