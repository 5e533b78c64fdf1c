"""Workspaces that a test may break; a company's template, and a theme that `qbrgen theme add` made of it, made once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from broken_templates import changed, main_type, put_file, swap
from running import run
from themes_added import LAYOUTS, NAMES, Added, a_workspace, short_preview


@pytest.fixture
def workspace(tmp_path: Path, sample_accounts: Path) -> Path:
    """A copy of the sample workspace that a test may break."""
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    return copy


@pytest.fixture
def theme_workspace(tmp_path: Path) -> Path:
    """A workspace as far as themes go."""
    return a_workspace(tmp_path / "workspace")


@pytest.fixture(scope="session")
def our(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's template: a .potx whose layouts bear German names."""
    renamed = [
        swap(part, f'name="{old}"', f'name="{new}"')
        for part, old, new in zip(LAYOUTS, NAMES, ("Titel", "Aussage", "Inhalt", "Anhang"), strict=True)
    ]
    content = changed(main_type("presentationml.template.main+xml"), *renamed)
    return put_file(tmp_path_factory.mktemp("template"), "our.potx", content)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews of two slides."""
    monkeypatch.setattr("qbrgen.compose.preview.preview_document", short_preview)


@pytest.fixture(scope="session")
def added_once(our: Path, tmp_path_factory: pytest.TempPathFactory) -> Added:
    workspace = a_workspace(tmp_path_factory.mktemp("added") / "workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qbrgen.compose.preview.preview_document", short_preview)
        return Added(workspace, run("theme", "add", our, "--name", "ours", "-w", workspace))


@pytest.fixture
def added(added_once: Added, tmp_path: Path) -> Added:
    """A copy of it that a test may change."""
    shutil.copytree(added_once.workspace, tmp_path / "copy")
    return replace(added_once, workspace=tmp_path / "copy")
