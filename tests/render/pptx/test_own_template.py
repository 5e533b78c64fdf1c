"""Our own templates, read without python-pptx: what it would read is what is read."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qbrgen.render.pptx.layouts import open_template
from qbrgen.render.pptx.own_template import own_template
from qbrgen.render.pptx.package import blank
from qbrgen.theme import Theme, load_theme
from qbrgen.theme.load import read_theme

OURS = ("plain", "halyard", "folio")


@pytest.mark.parametrize("theme", [load_theme(name) for name in OURS], ids=OURS)
@pytest.mark.parametrize("alone", [False, True], ids=["its template", "its brand file alone"])
def test_layouts_and_parts_are_those_that_python_pptx_reads(theme: Theme, alone: bool) -> None:
    asked = dataclasses.replace(theme, template=None) if alone else theme
    found = own_template(asked)
    assert found is not None
    presentation, layouts, findings = open_template(asked)
    read = blank(presentation)
    assert (found[0], []) == (layouts, findings)
    assert set(found[1].parts) == set(read.parts)
    assert [getattr(found[1], name) for name in ("presentation", "notes_master", "core", "app")] == [
        getattr(read, name) for name in ("presentation", "notes_master", "core", "app")
    ]
    assert dict(found[1].defaults) == dict(read.defaults)
    assert dict(found[1].overrides) == dict(read.overrides)


def test_a_copy_in_a_workspace_and_one_in_other_colours_are_read_like_any_template(tmp_path: Path) -> None:
    theme = load_theme("plain")
    shutil.copytree(theme.folder, tmp_path / "plain")
    assert own_template(read_theme(tmp_path / "plain")) is None
    palette = dataclasses.replace(theme.palette, accent="#123456")
    assert own_template(dataclasses.replace(theme, palette=palette)) is None
    wrong = {role: {**slots, "title": "Nowhere"} for role, slots in theme.layouts.items()}
    assert own_template(dataclasses.replace(theme, layouts=wrong)) is None


def test_a_deck_on_a_template_of_ours_needs_no_python_pptx_nor_what_reads_foreign_ones(tmp_path: Path) -> None:
    """Their imports cost more than the deck; so does a library that brings the network with it."""
    code = """
import sys
from pathlib import Path
from qbrgen.compose.preview import preview_document
from qbrgen.render.pptx import write_deck
from qbrgen.theme import load_theme
write_deck(preview_document("x"), load_theme("plain"), Path(sys.argv[1]))
held = ("pptx", "qbrgen.render.pptx.foreign_layouts", "qbrgen.render.pptx.template_info", "qbrgen.render.pptx.layouts")
print(*(name for name in held if name in sys.modules))
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "deck.pptx")], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
