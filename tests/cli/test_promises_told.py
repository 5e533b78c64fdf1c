"""What became of the last review's promises, for a machine; and what the CSM is told of her storyline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main


@pytest.mark.parametrize(("audience", "kept"), [("internal", 2), ("customer", 1)])
def test_a_summary_counts_the_promises_that_its_reader_may_see(sample_accounts: Path, audience: str, kept: int) -> None:
    asked = ["summary", "calder-wye", "fernhill", "--json", "--audience", audience, "-w", str(sample_accounts)]
    found = {each["account"]: each["commitments"] for each in json.loads(CliRunner().invoke(main, asked).stdout)}
    assert found["fernhill"] is None
    assert found["calder-wye"] == {
        "promised_in": "Q2 2026", "recorded_on": "2026-07-03", "missed": 10, "not_measurable": 0, "open": 0,
        "kept": kept,
    }  # fmt: skip


def test_the_csm_is_told_of_a_missed_promise_that_the_storyline_leaves_out(
    sample_accounts: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    folder = copy / "templates" / "storylines"
    folder.mkdir(parents=True)
    (folder / "default.yml").write_text("sections:\n  - section: adoption\n    slides: [title, people]\n", "utf-8")
    result = CliRunner().invoke(main, ["deck", "acme", "-w", str(copy)])
    assert result.exit_code == 0, result.output
    told = " ".join(result.stderr.split())
    assert "templates/storylines/default.yml" in told
    assert (
        "The storyline has no slide 'promises', and 2 promises were missed: the slide is put in before 'people'" in told
    )
