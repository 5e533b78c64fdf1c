"""Each sign of a generated document: found in a small deck that has it, not in one that nearly has."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Deck, chart, line, made, table
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt
from sign_decks import WITH, WITHOUT, Change

from qbrgen.lint import SIGNS, lint_deck


def cases(of: dict[str, list[Change]]) -> list[object]:
    return [pytest.param(code, change, id=f"{code}: {change.__name__}") for code in of for change in of[code]]


@pytest.mark.parametrize(("code", "change"), cases(WITH))
def test_a_deck_that_has_the_sign_is_found(code: str, change: Change, tmp_path: Path) -> None:
    found = [one for one in lint_deck(made(change, tmp_path / "deck.pptx")) if one.code == code]
    assert found, "the sign is not seen"
    assert all(one.slide >= 2 and one.what and one.fix for one in found)


@pytest.mark.parametrize(("code", "change"), cases(WITHOUT))
def test_a_deck_that_nearly_has_it_is_not(code: str, change: Change, tmp_path: Path) -> None:
    assert [one for one in lint_deck(made(change, tmp_path / "deck.pptx")) if one.code == code] == []


def test_offices_own_theme_is_found_and_so_is_the_shadow_of_its_shapes(tmp_path: Path) -> None:
    def office(deck: Deck) -> None:
        deck.slide().shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(60), Pt(200), Pt(200), Pt(80))

    found = {one.code: one for one in lint_deck(made(office, tmp_path / "deck.pptx", template=None))}
    assert found["office-theme"].slide == 0
    assert "shadow" in found


def test_what_a_template_draws_itself_is_judged_on_demand(tmp_path: Path) -> None:
    def ruled(deck: Deck) -> None:
        slide = deck.slide()
        rule = line(slide, 43, 95, 200)
        slide.slide_layout.shapes._spTree.append(rule._element)

    path = made(ruled, tmp_path / "deck.pptx")
    assert lint_deck(path) == []
    assert [(one.code, one.shape.partition(":")[0]) for one in lint_deck(path, template=True)] == [
        ("rule-under-title", "Content")
    ]


def test_every_code_has_a_deck_with_it_and_one_without() -> None:
    assert set(WITH) | {"office-theme"} == set(SIGNS)
    assert set(WITHOUT) == set(SIGNS)
    assert set(SIGNS.values()) == set(range(1, 13))


def test_a_good_deck_has_no_sign(tmp_path: Path) -> None:
    def good(deck: Deck) -> None:
        table(deck.slide("2 of 3 workflows are on target"), [["Workflow", "Now"], ["Calls", "80%, 8 of 10"]] * 2)
        chart(deck.slide("First meetings rose from 3 to 5"))

    assert [one for one in lint_deck(made(good, tmp_path / "deck.pptx"), template=True) if one.sign != 4] == []
