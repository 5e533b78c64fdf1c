"""Each command does what its help says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main
from qbrgen.cli.theme import theme

COMMANDS = list(main.commands)
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"qbrgen {name}" in result.output.split("Example:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"qbrgen {name}" in readme


def test_the_short_help_of_every_command_fits_its_line() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output.split("Commands:")[1].strip().splitlines()
    assert len(listed) == len(COMMANDS)
    assert [line for line in listed if "..." in line] == []


def test_the_options_that_the_readme_promises_are_there() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    assert "All but `init`, `lint` and `schema` take `-w FOLDER`" in readme
    commands = {name: command for name, command in main.commands.items() if not isinstance(command, click.Group)}
    commands |= theme.commands
    without = [name for name, command in commands.items() if "-w" not in {o for p in command.params for o in p.opts}]
    assert sorted(without) == ["init", "inspect", "lint", "schema"]  # inspect: of a template, before there is a theme


HELP_OF_EACH = """
import contextlib, io, json, runpy, sys, traceback
found = {}
for script in sys.argv[1:]:
    said, code = io.StringIO(), None
    sys.argv, sys.path[0] = [script, "--help"], script.rpartition("/")[0]
    with contextlib.redirect_stdout(said):
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as end:
            code = end.code
        except BaseException:
            code = traceback.format_exc()
    found[script] = [code, said.getvalue()]
json.dump(found, sys.stdout)
"""


def test_every_benchmark_tells_how_it_is_run() -> None:
    """One after another in one process: what they import takes longer than what they say."""
    scripts = sorted(str(path) for path in BENCHMARKS.glob("*.py"))
    command = [sys.executable, "-c", HELP_OF_EACH, *scripts]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=300)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert list(found) == scripts
    assert {script: code for script, (code, _) in found.items() if code != 0} == {}
    assert [script for script, (_, said) in found.items() if not said.startswith("usage: ")] == []


def test_no_option_is_without_help() -> None:
    missing = [
        (name, option.name)
        for name, command in main.commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert missing == []


def test_the_summary_of_acme_names_who_what_and_what_it_produces(sample_accounts: Path) -> None:
    result = CliRunner().invoke(main, ["summary", "acme", "-w", str(sample_accounts)])
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert "5 of 7 quota-carrying reps and the sales manager are active every week" in text
    assert "80% of outbound touches now run through sequences" in text
    assert "the team estimates that has cut manual email time by roughly 30%" in text
    assert "two reps are not yet active, and there is a plan" in text


def test_an_account_is_found_by_its_name_in_any_case(sample_accounts: Path) -> None:
    by_name = CliRunner().invoke(main, ["summary", "ACME", "-w", str(sample_accounts)])
    by_id = CliRunner().invoke(main, ["summary", "acme", "-w", str(sample_accounts)])
    assert by_name.output == by_id.output


def test_the_json_summary_holds_the_figures_of_every_account(sample_accounts: Path) -> None:
    result = CliRunner().invoke(main, ["summary", "--json", "-w", str(sample_accounts)])
    records = {record["account"]: record for record in json.loads(result.stdout)}
    assert len(records) == 8
    assert records["acme"]["people"] == {"active": 6, "counted": 8, "new": 0}


def test_explain_prints_the_receipt_of_each_figure_in_the_sentence(sample_accounts: Path) -> None:
    result = CliRunner().invoke(main, ["explain", "acme", "sentence", "-w", str(sample_accounts)])
    assert result.exit_code == 0
    for told in ("sequence_touch_sent", "manual_touch_sent", "29 June to 27 September 2026", "events.csv"):
        assert told in result.output


def test_explain_answers_an_unknown_statement_with_those_there_are(sample_accounts: Path) -> None:
    result = CliRunner().invoke(main, ["explain", "acme", "sentense", "-w", str(sample_accounts)])
    assert result.exit_code == 2
    assert "sentence" in result.output.split("Did you mean")[1]


def test_the_sample_workspace_has_no_errors(sample_accounts: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--json", "-w", str(sample_accounts)])
    assert result.exit_code == 0
    assert [f for f in json.loads(result.stdout)["findings"] if f["level"] == "error"] == []


def test_a_schema_whose_place_is_taken_is_told_before_any_is_written(tmp_path: Path) -> None:
    (tmp_path / "account.schema.json").mkdir()
    result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "account.schema.json is a folder" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["account.schema.json"]


def test_schema_writes_one_file_a_kind(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path)])
    assert result.exit_code == 0
    for kind in ("settings", "playbook", "account"):
        assert json.loads((tmp_path / f"{kind}.schema.json").read_text(encoding="utf-8"))["type"] == "object"


@pytest.mark.parametrize("command", [["deck", "acme"], ["build"]])
def test_an_unknown_storyline_is_told_once_with_those_there_are_and_nothing_is_made(
    sample_accounts: Path, tmp_path: Path, command: list[str]
) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(
        main, [*command, "-w", str(sample_accounts), "--storyline", "../default", "--out", str(out)]
    )
    assert result.exit_code == 2
    assert result.output.count("There is no storyline '../default'.") == 1
    assert "Choose one of: 15-minutes, 30-minutes, default, success-plan." in result.output
    assert not out.exists()


def test_a_storyline_makes_a_deck_and_a_talk_track_of_their_own(sample_accounts: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["deck", "acme", "-w", str(sample_accounts), "--storyline", "15-minutes", "--out", str(tmp_path)]
    )
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.rglob("acme-*")) == [
        "acme-2026-Q3-qbr-15-minutes.pptx",
        "acme-2026-Q3-talk-track-15-minutes.html",
    ]
