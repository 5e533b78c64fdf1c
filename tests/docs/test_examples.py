"""The worked examples of docs/examples.md come out as they were worked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from worked_examples import PAGE, Example, examples, told, write_workspace

from qbrgen.score.picture import AccountPicture
from qbrgen.score.workspace import score_workspace

EXAMPLES = examples(PAGE.read_text(encoding="utf-8"))


def scored(chosen: list[Example], folder: Path) -> dict[str, AccountPicture]:
    """Account id → picture, of examples with the same settings."""
    found = score_workspace(write_workspace(chosen, folder))
    assert not found.set_aside
    return dict(found.pictures)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, AccountPicture]:
    """The picture of every example, by its account id."""
    alike: dict[str, list[Example]] = {}
    for example in EXAMPLES:
        alike.setdefault(repr(example.definitions["settings"]), []).append(example)
    found: dict[str, AccountPicture] = {}
    for chosen in alike.values():
        found |= scored(chosen, tmp_path_factory.mktemp("examples"))
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.title for example in EXAMPLES])
def test_an_example_comes_out_as_it_was_worked_out(example: Example, pictures: dict[str, AccountPicture]) -> None:
    picture = pictures[example.account]
    assert {figure: told(picture, figure) for figure in example.results} == example.results


def test_every_section_is_an_example_with_people_and_results() -> None:
    assert len(EXAMPLES) >= 20
    assert all(example.people and example.results for example in EXAMPLES)


def test_an_example_with_other_rows_would_fail(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").replace("| Ann | review | 1 to 9, 12 |", "| Ann | review | 1 to 9 |")
    changed = examples(text)[0]
    (picture,) = (found for name, found in scored([changed], tmp_path).items() if name == changed.account)
    assert told(picture, "Ann") == "lapsed, 9 of 13"
    assert changed.results["Ann"] == "active, 10 of 13"
