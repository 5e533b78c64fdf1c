"""`qbrgen theme preview`: one slide of each kind, of a theme or of a template before it is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from broken_templates import changed, put, put_file
from pptx import Presentation
from running import run
from themes_added import Added

from qbrgen.render.pptx import pictures


def texts(path: Path) -> list[str]:
    slides = Presentation(str(path)).slides
    return [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "libreoffice", lambda: None)


@pytest.mark.usefixtures("no_office")
def test_a_preview_is_one_slide_of_each_kind_and_says_on_each_that_it_is_one(added: Added) -> None:
    result = run("theme", "preview", "ours", "-w", added.workspace)
    assert result.exit_code == 0, result.output
    path = added.workspace / "out" / "previews" / "ours-preview.pptx"
    assert str(path) in result.output
    assert "libreoffice.org" in result.output
    shown = texts(path)
    assert len(shown) >= 11
    assert all("PREVIEW" in text for text in shown)
    layouts = {slide.slide_layout.name for slide in Presentation(str(path)).slides}
    assert layouts <= {"Titel", "Aussage", "Inhalt", "Anhang"}


@pytest.mark.usefixtures("no_office")
def test_a_template_is_previewed_before_a_theme_is_made_of_it(our: Path, tmp_path: Path) -> None:
    result = run("theme", "preview", our, "--out", tmp_path / "look")
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "look").iterdir()] == ["our-preview.pptx"]


@pytest.mark.usefixtures("no_office")
def test_previews_are_all_made_or_none(our: Path, tmp_path: Path) -> None:
    bad = put_file(tmp_path, "macros.pptm", changed(put("ppt/vbaProject.bin", b"x")))
    result = run("theme", "preview", our, bad, "nobody", "--out", tmp_path / "look")
    assert result.exit_code == 2
    assert "holds macros" in result.output
    assert "There is no theme 'nobody'." in result.output
    assert not (tmp_path / "look").exists()


@pytest.mark.usefixtures("no_office", "quick")
def test_a_brand_file_is_previewed_by_its_name_or_its_folder(added: Added, tmp_path: Path) -> None:
    (added.folder / "template.pptx").unlink()
    for asked in (added.folder / "_brand.yml", added.folder):
        result = run("theme", "preview", asked, "--out", tmp_path / "look")
        assert result.exit_code == 0, result.output
        assert len(texts(tmp_path / "look" / "ours-preview.pptx")) == 2


@pytest.mark.usefixtures("no_office", "quick")
def test_two_previews_of_one_name_are_not_written_over_each_other(added: Added, our: Path, tmp_path: Path) -> None:
    other = shutil.copyfile(our, tmp_path / "ours.potx")
    result = run("theme", "preview", "ours", other, "-w", added.workspace, "--out", tmp_path / "look")
    assert result.exit_code == 2
    assert "Two of these are called 'ours'" in result.output
    assert not (tmp_path / "look").exists()


def test_a_preview_is_shown_as_a_pdf_where_libreoffice_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def office(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        folder = Path(command[command.index("--outdir") + 1])
        (folder / f"{Path(command[-1]).stem}.pdf").write_bytes(b"%PDF-1.7")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(pictures, "libreoffice", lambda: "soffice")
    monkeypatch.setattr(subprocess, "run", office)
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = run("theme", "preview", "plain", "--out", tmp_path)
    assert (tmp_path / "plain-preview.pdf").read_bytes() == b"%PDF-1.7"
    assert str(tmp_path / "plain-preview.pdf") in result.output
    assert [part for part in asked[0] if part.startswith("-env:UserInstallation=file://")]


@pytest.mark.slow
def test_a_preview_opens_in_libreoffice(tmp_path: Path) -> None:
    if pictures.libreoffice() is None:
        pytest.skip("LibreOffice is not installed")
    result = run("theme", "preview", "plain", "--out", tmp_path)
    assert (tmp_path / "plain-preview.pdf").read_bytes().startswith(b"%PDF")
    assert result.exit_code == 0
