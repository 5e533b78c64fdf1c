"""`qbrgen drill`: practice that tells what is missing, keeps a private score and leaves the terminal as it was."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.listen import practice

GOOD = (
    "5 of 7 reps are active; 80% of outbound touches run through sequences; manual email time fell by roughly 30% by "
    "the team's estimate\n"
)


@pytest.fixture
def scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "drill.json"
    monkeypatch.setattr(practice, "score_path", lambda: path)
    return path


def drill(sample_accounts: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["drill", *arguments, "-w", str(sample_accounts)], input=typed)


def kept(scores: Path) -> dict[str, list[int]]:
    (marks,) = json.loads(scores.read_text(encoding="utf-8"))["workspaces"].values()
    return dict(marks)


def test_it_asks_for_each_tells_what_is_missing_and_keeps_the_score(sample_accounts: Path, scores: Path) -> None:
    done = drill(sample_accounts, "acme", "fernhill", typed=GOOD + "the reps are fine\n")
    assert done.exit_code == 0
    assert "1 of 2: Acme, Q3 2026" in done.stdout
    assert "2 of 2: Fernhill Logistics" in done.stdout
    assert "4 of 4" in done.stdout
    assert "what: no workflow is named" in done.stdout
    assert done.stdout.count("The sentence from the data: ") == 2
    assert "1 of 2 sentences passed, 5 of 8 marks" in done.stdout
    assert kept(scores) == {"acme": [4], "fernhill": [1]}
    assert "reps" not in scores.read_text(encoding="utf-8")


def test_the_next_time_it_tells_which_way_it_went(sample_accounts: Path, scores: Path) -> None:
    drill(sample_accounts, "acme", typed="the reps are fine\n")
    again = drill(sample_accounts, "acme", typed=GOOD)
    assert "(last time 1 of 4)" in again.stdout
    assert "4 of 4, up from 1" in again.stdout
    assert "1 of 1 sentence passed, 4 of 4 marks (1 of 4 the last time)." in again.stdout
    assert kept(scores) == {"acme": [1, 4]}


@pytest.mark.parametrize("typed", ["q\n", "Q\n", ""])
def test_q_or_the_end_of_input_ends_it_with_0_and_keeps_nothing(
    typed: str, sample_accounts: Path, scores: Path
) -> None:
    done = drill(sample_accounts, typed=typed)
    assert done.exit_code == 0
    assert done.stdout.endswith("Nothing was practised.\n")
    assert not scores.exists()


def test_an_empty_line_skips(sample_accounts: Path, scores: Path) -> None:
    done = drill(sample_accounts, "acme", "fernhill", typed="\n\n")
    assert done.stdout.count("skipped") == 2
    assert not scores.exists()


def test_a_line_too_long_is_asked_for_again(sample_accounts: Path, scores: Path) -> None:
    done = drill(sample_accounts, "acme", typed="x" * 20_000 + "\n" + GOOD)
    assert done.exit_code == 0
    assert "a sentence has" in done.stderr
    assert kept(scores) == {"acme": [4]}


@pytest.mark.usefixtures("scores")
def test_order_seed_and_count(sample_accounts: Path) -> None:
    def asked(*arguments: str) -> list[str]:
        done = drill(sample_accounts, *arguments, typed="\n" * 9)
        return [
            line.split(": ")[1].split(",")[0] for line in done.stdout.splitlines() if " of " in line and ": " in line
        ]

    listed = asked()
    assert len(listed) == 8
    assert asked("--order", "random", "--seed", "1") == asked("--order", "random", "--seed", "1") != listed
    assert asked("--count", "2") == listed[:2]
    drill(sample_accounts, "acme", typed=GOOD)
    assert asked("--order", "weakest")[-1] == "Acme"
    assert drill(sample_accounts, "--seed", "1").exit_code == 2


def test_forget_forgets_these_accounts_only(sample_accounts: Path, scores: Path) -> None:
    drill(sample_accounts, "acme", "fernhill", typed=GOOD + GOOD)
    done = drill(sample_accounts, "acme", "--forget")
    assert done.stdout == "The scores of one account are forgotten.\n"
    assert list(kept(scores)) == ["fernhill"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 9}', '{"version": 1, "workspaces": {"x": {"acme": [7]}}}', "\x00", "[" * 9999],
)
def test_a_broken_score_file_is_a_note_and_nothing_worse(content: str, sample_accounts: Path, scores: Path) -> None:
    scores.parent.mkdir(parents=True)
    scores.write_text(content, encoding="utf-8")
    done = drill(sample_accounts, "acme", typed=GOOD)
    assert done.exit_code == 0
    assert "cannot be read" in done.stderr
    assert kept(scores) == {"acme": [4]}


def test_scores_that_cannot_be_written_are_a_warning(
    sample_accounts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(practice, "score_path", lambda: tmp_path / "file" / "drill.json")
    done = drill(sample_accounts, "acme", typed=GOOD)
    assert done.exit_code == 0
    assert "The scores are not kept" in done.stderr


# ---- at a terminal --------------------------------------------------------------------------------------------------


# A test run in the background ignores Ctrl-C, and whoever it starts would, too.
HEARS_CTRL_C = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("qbrgen", run_name="__main__", alter_sys=True)
"""


def at_a_terminal(
    sample_accounts: Path, tmp_path: Path, typed: bytes, send: int | None = None, **environment: str
) -> tuple[int, bytes, bool]:
    """Run at a pseudo-terminal: (exit code, everything shown, whether the terminal's settings are as before)."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    variables = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm-256color", **environment}
    command = [sys.executable, "-c", HEARS_CTRL_C, "drill", "acme", "-w", str(sample_accounts)]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=variables,
        start_new_session=True,
    )
    shown, sent, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([ours], [], [], 0.1)[0]:
            shown += os.read(ours, 65536)
        elif process.poll() is not None:
            break
        if not sent and b"> " in shown:
            sent = True
            if send is None:
                os.write(ours, typed)
            else:
                time.sleep(0.2)
                process.send_signal(send)
    if process.poll() is None:
        process.kill()
    code = process.wait(timeout=10)
    after = termios.tcgetattr(theirs)
    os.close(ours)
    os.close(theirs)
    return code, shown, before == after


Shown = tuple[int, bytes, bool]


@pytest.fixture(scope="module")
def left(sample_accounts: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """A run that is left at once, at a terminal of colours."""
    return at_a_terminal(sample_accounts, tmp_path_factory.mktemp("left"), b"q\n", NO_COLOR="")


def assert_put_back(code: int, shown: bytes, same: bool) -> None:
    assert code == 0, shown
    assert same
    assert b"\x1b[?" not in shown  # no mode was set, so none is left set
    assert shown.endswith(b"\r\n")


def test_at_a_terminal_q_ends_it_with_0_and_puts_everything_back(left: Shown) -> None:
    assert_put_back(*left)


@pytest.mark.parametrize("typed", [b"\x04", GOOD.encode()])
def test_at_a_terminal_it_ends_with_0_and_puts_everything_back(
    typed: bytes, sample_accounts: Path, tmp_path: Path
) -> None:
    assert_put_back(*at_a_terminal(sample_accounts, tmp_path, typed))


def test_ctrl_c_ends_it_with_130_and_the_score_so_far(sample_accounts: Path, tmp_path: Path) -> None:
    code, shown, same = at_a_terminal(sample_accounts, tmp_path, b"", signal.SIGINT)
    assert code == 130, shown
    assert same
    assert b"Traceback" not in shown
    assert b"Nothing was practised." in shown
    assert shown.endswith(b"\r\n")


def test_no_color_is_respected_and_colours_are_there_without_it(
    left: Shown, sample_accounts: Path, tmp_path: Path
) -> None:
    assert b"\x1b" not in at_a_terminal(sample_accounts, tmp_path, b"q\n", NO_COLOR="1")[1]
    assert b"\x1b[" in left[1]
