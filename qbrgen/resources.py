"""Where the templates and themes that come with qbrgen lie: beside the code in a wheel, one folder up in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"qbrgen was installed without its {name}/ folder; install it again from a complete wheel")


def templates_dir() -> Path:
    """The folder of wording, storylines and HTML that come with qbrgen."""
    return _shipped("templates")


def themes_dir() -> Path:
    """The folder of themes that come with qbrgen."""
    return _shipped("themes")
