"""The worked examples of docs/examples.md come out as they were worked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from worked_examples import ACCOUNT, PAGE, Example, examples, told, write_workspace

from qbrgen.errors import Level
from qbrgen.score.workspace import score_workspace

EXAMPLES = examples(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.title for example in EXAMPLES])
def test_an_example_comes_out_as_it_was_worked_out(example: Example, tmp_path: Path) -> None:
    scored = score_workspace(write_workspace(example, tmp_path))
    assert not [finding for finding in scored.findings if finding.level is Level.ERROR]
    picture = scored.pictures[ACCOUNT]
    assert {figure: told(picture, figure) for figure in example.results} == example.results


def test_every_section_is_an_example_with_people_and_results() -> None:
    assert len(EXAMPLES) >= 20
    assert all(example.people and example.results for example in EXAMPLES)


def test_an_example_with_a_wrong_result_would_fail(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").replace("| Ann | review | 1 to 9, 12 |", "| Ann | review | 1 to 9 |")
    changed = examples(text)[0]
    picture = score_workspace(write_workspace(changed, tmp_path)).pictures[ACCOUNT]
    assert told(picture, "Ann") == "lapsed, 9 of 13" != changed.results["Ann"]
