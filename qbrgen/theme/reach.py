"""Which files a theme may reach: those in its folder and in the shared fonts beside it."""

from __future__ import annotations

from pathlib import Path

from qbrgen.resources import themes_dir

SHARED_FONTS = "fonts"  # the folder beside the themes that holds the typefaces that come with qbrgen


def inside(folder: Path, relative: str) -> Path | None:
    """The file that a brand file names, None when there is none, or when it lies elsewhere."""
    try:
        path = (folder / relative).resolve()
        homes = (folder.resolve(), (folder.parent / SHARED_FONTS).resolve(), (themes_dir() / SHARED_FONTS).resolve())
        return path if any(path.is_relative_to(home) for home in homes) and path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def is_address(given: str) -> bool:
    """Whether this names something on the web (or by a scheme), which nothing here ever fetches."""
    return "://" in given or given.startswith(("//", "data:"))
