"""A theme made of somebody's template by `qbrgen theme add`, for tests of the commands on themes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from click.testing import Result

from qbrgen.compose.preview import preview_document
from qbrgen.document import Document

LAYOUTS = [f"ppt/slideLayouts/slideLayout{at}.xml" for at in range(1, 5)]
NAMES = ("Title", "Statement", "Content", "Appendix")


def a_workspace(folder: Path) -> Path:
    """A workspace as far as themes go."""
    folder.mkdir()
    (folder / "qbrgen.yml").write_text("vendor: Halyard\n", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Added:
    """A workspace to which the template was added as ours, and what was said."""

    workspace: Path
    result: Result

    @property
    def folder(self) -> Path:
        return self.workspace / "themes" / "ours"


def short_preview(theme: str) -> Document:
    """Its first two slides: what a check finds is about the theme, not about the slides."""
    whole = preview_document(theme)
    return replace(whole, slides=whole.slides[:2])
