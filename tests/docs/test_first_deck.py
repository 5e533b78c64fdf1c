"""docs/first-deck.md: every command of the walk-through runs as it stands, and prints what stands there."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main

sys.path.append(str(Path(__file__).resolve().parents[1] / "draft"))
from folders_made import write_export

PAGE = Path(__file__).resolve().parents[2] / "docs" / "first-deck.md"
TODAY = "1783036800"  # 3 July 2026: the day after the last of the export
_BLOCK = re.compile(r"(?ms)^```(console|diff)(?: (\S+))?\n(.*?)^```$")


def test_the_walk_through_goes_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    write_export(tmp_path / "export")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    text = PAGE.read_text(encoding="utf-8")
    now = _BLOCK.sub(_gone_through, text)
    assert (tmp_path / "first" / "out" / "for-customers").is_dir()
    if update_golden:
        PAGE.write_text(now, encoding="utf-8")
    elif now != text:
        pytest.fail("docs/first-deck.md tells other than happens: run `pytest tests/docs --update-golden`", False)


def _gone_through(block: re.Match[str]) -> str:
    kind, name, content = block.groups()
    if kind == "diff":
        _edit(Path(name), content.splitlines())
        return block[0]
    command = content.splitlines()[0]
    done = CliRunner().invoke(main, shlex.split(command)[2:])
    assert done.exit_code == 0, f"{command}\n{done.output}"
    printed = done.output.replace("\\", "/").rstrip("\n")
    return f"```console\n{command}\n{printed}\n```"


def _edit(path: Path, lines: list[str]) -> None:
    """Put each line after + in the place of the line after the - before it: of several alike, the first."""
    text = path.read_text(encoding="utf-8")
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0]) == ("-", "+")
        assert f"\n{old[1:]}\n" in text, f"{path}: {old}"
        text = text.replace(f"\n{old[1:]}\n", f"\n{new[1:]}\n", 1)
    path.write_text(text, encoding="utf-8")


def test_every_command_of_the_page_is_one() -> None:
    named = re.findall(r"`qbrgen (\w+)", PAGE.read_text(encoding="utf-8"))
    assert set(named) <= set(main.commands)
