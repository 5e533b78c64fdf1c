"""A footer says as much as its frame has room for, in a size that is the template's own."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from foreign_templates import MADE
from pptx import Presentation
from sample_slides import document

from qbrgen.document import Role, Slide, Text
from qbrgen.render.pptx import write_deck
from qbrgen.render.pptx.opened import opened
from qbrgen.theme import load_theme

LONG = "Halyard for Westmoreland Commonwealth Homeowners Mutual Assurance Company of the North, Q3 2026"
FORMS = ("Westmoreland Commonwealth Homeowners Mutual Assurance, Q3 2026", "Westmoreland…, Q3 2026", "Q3 2026")


def footer(folder: Path, made: str | None, text: str) -> Any:
    """The footer of a content slide: on a template made by hand, or on ours."""
    theme = load_theme("plain")
    if made:
        (folder / "template.pptx").write_bytes(MADE[made]())
        theme = dataclasses.replace(theme, folder=folder, template=folder / "template.pptx")
    slide = Slide("one", Role.CONTENT, "What is used", blocks=(Text("Everything."),))
    write_deck(document(slide, footer=text, shorter_footers=FORMS), theme, folder / "deck.pptx")
    shapes = Presentation(str(folder / "deck.pptx")).slides[0].shapes
    return next(shape for shape in shapes if shape.name == "one/footer").text_frame.paragraphs[0]


@pytest.mark.parametrize("made", ["4:3", None], ids=["theirs", "ours"])
def test_a_footer_that_has_no_room_is_said_in_fewer_words(made: str | None, tmp_path: Path) -> None:
    assert footer(tmp_path, made, "Halyard for Acme, Q3 2026").text == "Halyard for Acme, Q3 2026"
    assert footer(tmp_path, made, LONG).text in FORMS[:2]


def test_a_footer_becomes_no_smaller_than_the_template_s_own_or_than_what_is_legible(tmp_path: Path) -> None:
    assert footer(tmp_path, "4:3", "Acme, Q3 2026").runs[0].font.size.pt == 12
    theme = dataclasses.replace(load_theme("plain"), folder=tmp_path, template=tmp_path / "template.pptx")
    held = opened(theme).layouts[Role.CONTENT].slots["footer"].held
    assert held is not None
    assert held.steps == (12.0,)
