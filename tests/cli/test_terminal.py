"""Whatever a text holds, the terminal shows it and never obeys it."""

from __future__ import annotations

import ast
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import qbrgen.cli
from qbrgen.cli.main import main
from qbrgen.cli.terminal import say_json, say_line, styled, visible

# A title of the window, a colour, a bell, the C1 form of CSI, an override and an isolate of direction, a rubout.
STEERING = "\x1b]0;owned\x07 \x1b[31mred \x9b2J \u202eback \u2066side\u2069 \x7f"
RAW = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u2069", "\x7f", "\x08")


@pytest.fixture
def workspace(tmp_path: Path, sample_accounts: Path) -> Path:
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out"))
    return copy


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=typed)


def harmless(result: Result) -> bool:
    """Nothing raw on the terminal; and the command ended as commands end."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return not any(sign in result.output for sign in RAW)


def steering_file(folder: Path, ending: str) -> Path:
    path = folder / f"{STEERING}{ending}"
    try:
        path.touch()
    except OSError:
        pytest.skip("this system has no such file names")
    return path


# ---- the one place --------------------------------------------------------------------------------------------------


def test_commands_print_in_one_place_only() -> None:
    """A command that prints past it would hand on whatever the data hold."""
    folder = Path(qbrgen.cli.__file__).parent
    printing = {
        (path.name, node.lineno)
        for path in folder.glob("*.py")
        if path.name != "terminal.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in ("echo", "secho", "style", "write"))
            or (isinstance(node.func, ast.Name) and node.func.id == "print")
        )
    }
    assert not printing


def test_a_line_shows_what_steers_and_keeps_what_names_are_written_with(capsys: pytest.CaptureFixture[str]) -> None:
    say_line(STEERING)
    written = "Zo\u00eb \u0639\u0644\u06cc\u200c\u0631 \u200f(3) 1\u00a0200\u202f\u20ac \U0001f468\u200d\U0001f469"
    say_line(written)
    first, second, _ = capsys.readouterr().out.split("\n")
    assert first == r"\x1b]0;owned\x07 \x1b[31mred \x9b2J \u202eback \u2066side\u2069 \x7f"
    assert second == written


def test_colours_are_the_command_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert styled("\x1b[31mA", "cyan").text == "\x1b[36m\\x1b[31mA\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert styled("A", "cyan", bold=True).text == "A"


def test_lines_stay_lines_but_a_carriage_return_does_not_overwrite_one() -> None:
    assert visible("A\r\tB\nC") == r"A\r\tB\nC"


def test_json_reads_back_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    value = {STEERING: [STEERING, "Zo\u00eb \U0001f468\u200d\U0001f469 1\u202f200", "\ud800"]}
    say_json(value)
    out = capsys.readouterr().out
    assert not any(sign in out for sign in RAW)
    assert "Zo\u00eb \U0001f468\u200d\U0001f469 1\u202f200" in out
    assert json.loads(out) == value


# ---- the ways in ----------------------------------------------------------------------------------------------------


def rename_event(workspace: Path) -> None:
    """An event of the data and one more user are called as no one would call them."""
    path = workspace / "data" / "events.csv"
    head, first, rest = path.read_text(encoding="utf-8").split("\n", 2)
    cells = dict(zip(head.split(","), first.split(","), strict=True))
    strange = [cells | {"event": STEERING, "event_id": "s1"}, cells | {"user_id": STEERING, "event_id": "s2"}]
    rows = [",".join(row.values()) for row in strange]
    path.write_text("\n".join([head, *rows, first, rest]), encoding="utf-8")


def test_a_sentence_as_it_was_typed(workspace: Path) -> None:
    typed = f"5 of 7 reps {STEERING} are active, and 99 {STEERING} others"
    assert harmless(run("sentence", "acme", typed, "-w", workspace, "--json"))
    assert harmless(run("sentence", "acme", "-", "-w", workspace, typed=typed))


def test_what_was_asked_for(workspace: Path) -> None:
    asked: list[tuple[str, ...]] = [
        ("explain", "acme", STEERING),
        ("summary", STEERING),
        ("score", STEERING),
        (STEERING,),
        ("deck", STEERING),
    ]
    asked += [("summary", "--period", STEERING), ("summary", "--as-of", STEERING), ("summary", f"--{STEERING}")]
    asked += [("deck", "acme", "--theme", STEERING), ("changes", "acme", "--since", STEERING)]
    asked += [("backtest", STEERING), ("check", "--what-if", STEERING), ("check", "--what-if", f"{STEERING}=a.yml")]
    for each in asked:
        result = run(*each, *(("-w", str(workspace)) if len(each) > 1 else ()))
        assert result.exit_code == 2, each
        assert harmless(result), each


def test_names_of_files_and_folders(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / STEERING
    try:
        out.mkdir()
    except OSError:
        pytest.skip("this system has no such file names")
    made = run("deck", "acme", "-w", workspace, "--out", out)
    assert made.exit_code == 0
    assert harmless(made)
    moved = tmp_path / f"w{STEERING}"
    workspace.rename(moved)
    for ending, folder in (
        (".yml", "playbooks"),
        (".yml", "accounts"),
        (".yml", "reviews"),
        (".yml", "templates/wording/en"),
    ):
        (moved / folder).mkdir(parents=True, exist_ok=True)
        steering_file(moved / folder, ending).write_text("a: [1\n", encoding="utf-8")
    for command in (("check",), ("summary", "acme"), ("commit", "acme"), ("check", "--json")):
        assert harmless(run(*command, "-w", moved)), command


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_name_of_a_file_that_is_no_text(workspace: Path, tmp_path: Path) -> None:
    out = Path(os.fsdecode(bytes(tmp_path) + b"/out\x9b31m"))
    made = run("deck", "acme", "-w", workspace, "--out", out)
    assert made.exit_code == 0
    assert "out\\udc9b31m" in made.output


def test_events_and_cells_of_the_data(workspace: Path) -> None:
    rename_event(workspace)
    for command in (
        ("check",),
        ("check", "--json"),
        ("explain", "acme", "--rows"),
        ("explain", "acme", "--rows", "--json"),
    ):
        result = run(*command, "-w", workspace)
        assert harmless(result), command


@pytest.mark.parametrize("name", ["people.csv", "crm.csv"])
def test_names_of_columns(workspace: Path, name: str) -> None:
    path = workspace / "data" / name
    head, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{STEERING}{head}\n{rest}", encoding="utf-8")
    result = run("check", "-w", workspace)
    assert result.exit_code == 2
    assert harmless(result)


def test_a_record_s_texts(workspace: Path) -> None:
    path = workspace / "reviews" / "2026-Q2" / "acme.yml"
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    record["told"] = dict.fromkeys(record["told"], STEERING)
    path.write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")
    for command in (("changes", "acme"), ("changes", "acme", "--json"), ("check",), ("summary", "acme")):
        result = run(*command, "-w", workspace)
        assert harmless(result), command


@pytest.mark.parametrize("words", [json.dumps(STEERING), "'" + '{{ "\\x1b[31m" }}' + "'", "\"{{ name ~ '\u202e' }}\""])
def test_an_entry_of_wording_is_refused_with_its_line(workspace: Path, words: str) -> None:
    folder = workspace / "templates" / "wording" / "en"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text(f"score:\n  internal: {words}\n", encoding="utf-8")
    result = run("summary", "acme", "-w", workspace)
    assert result.exit_code == 2
    assert "templates/wording/en/own.yml:2: error:" in result.output
    assert "holds the character U+" in result.output
    assert harmless(result)
