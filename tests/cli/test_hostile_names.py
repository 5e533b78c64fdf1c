"""Names come out as they were typed or are refused with their place: never as markup, as code or as an escape."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
import yaml
from pptx import Presentation
from running import run

AS_TYPED = [
    "{{ 7*7 }} {% raw %}",
    '<b>O\'Neill & "Sons"</b> &amp;',
    r"C:\new\table %s %(x)s",
    "\u05d0\u05d1\u05d2 (Ltd) 24",
    "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
    "Zo\u00eb \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 60,
    "Long Name " * 30 + "End",
]
REFUSED = ["A\x1b[31mB", "A\x00B", "A\x07B", "A\x85B", "A\u202eB", "A\u2066B\u2069", "A\u200bB", "A\ufeffB"]


@pytest.fixture
def workspace(tmp_path: Path, sample_accounts: Path) -> Path:
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "reviews"))
    return copy


def called(workspace: Path, name: str) -> None:
    """Give the reference account another name."""
    path = workspace / "accounts" / "acme.yml"
    text = path.read_text(encoding="utf-8")
    written = yaml.safe_dump({"name": name}, allow_unicode=True, width=10_000)
    assert "name: Acme\n" in text
    path.write_text(text.replace("name: Acme\n", written, 1), encoding="utf-8")


@pytest.mark.parametrize("name", AS_TYPED, ids=range(len(AS_TYPED)))
def test_an_account_is_called_as_it_was_typed(workspace: Path, name: str, tmp_path: Path) -> None:
    called(workspace, name)
    (record,) = json.loads(run("summary", "acme", "--json", "-w", workspace).stdout)
    assert record["name"] == name
    assert run("summary", "acme", "-w", workspace).stdout.startswith(f"{name}, Q3 2026")
    assert run("deck", "acme", "--no-talk-track", "-w", workspace, "--out", tmp_path / "out").exit_code == 0
    (path,) = (tmp_path / "out").rglob("*.pptx")
    slides = Presentation(str(path)).slides
    lines = (p for slide in slides for p in slide._element.iter("{*}p"))
    shown = "\n".join("".join(run.text or "" for run in line.iter("{*}t")) for line in lines)
    assert name in shown or len(name) > 60  # a long one is cut where it has no room


def test_a_brief_shows_markup_as_text(workspace: Path, tmp_path: Path) -> None:
    called(workspace, AS_TYPED[1])
    assert run("brief", "acme", "-w", workspace, "--out", tmp_path / "out").exit_code == 0
    (path,) = (tmp_path / "out").rglob("*.pdf")
    assert AS_TYPED[1] in " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("name", REFUSED, ids=range(len(REFUSED)))
def test_characters_that_nobody_sees_are_refused_with_their_line(workspace: Path, name: str) -> None:
    path = workspace / "accounts" / "acme.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Acme\n", f"name: {json.dumps(name)}\n", 1), encoding="utf-8")
    result = run("summary", "acme", "-w", workspace)
    assert result.exit_code == 2
    assert f"accounts/acme.yml:3: error: `name` holds the character U+{ord(name[1]):04X}" in result.output


@pytest.mark.parametrize("file", ["people.csv", "crm.csv"])
def test_a_name_in_the_data_that_turns_the_text_round_is_refused_with_its_row(workspace: Path, file: str) -> None:
    path = workspace / "data" / file
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index({"people.csv": "full_name", "crm.csv": "csm"}[file])] = "Anna\u202eBell"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    result = run("check", "-w", workspace)
    assert f"data/{file}:2: error: 'Anna\\u202eBell' holds the character U+202E" in result.output


def test_no_escape_reaches_the_terminal(workspace: Path) -> None:
    playbook = workspace / "playbooks" / "sales-engagement.yml"
    text = playbook.read_text(encoding="utf-8")
    playbook.write_text(text.replace("target: 75%", 'target: "\\e[31mred"', 1), encoding="utf-8")
    result = run("check", "-w", workspace)
    assert result.exit_code == 2
    assert "\x1b[31mred" not in result.output
    assert "\\x1b[31mred" in result.output
