"""What `qbrgen init` writes: all of it or nothing, and nothing over what is there without being told to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import check_places
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.draft.model import Draft
    from qbrgen.draft.settings_text import Named
    from qbrgen.draft.survey import Survey, Surveyed
    from qbrgen.draft.write import Answers

_MOST_UP = 3  # folders: a path that goes further up is written whole


def naming(folder: Path, source: Path, copied: bool) -> Named:
    """How the workspace names the data files: from its folder, or by the whole path where they lie far away."""

    def named(table: Surveyed) -> str:
        if copied:
            return f"data/{table.name}"
        whole = source.resolve() / table.name
        try:
            relative = Path(os.path.relpath(whole, folder.resolve()))
        except ValueError:  # another drive
            return whole.as_posix()
        return (relative if relative.parts.count("..") <= _MOST_UP else whole).as_posix()

    return named


def files(draft: Draft, answers: Answers, named: Named, source: Path) -> dict[str, str]:
    """The files of the workspace, by their names in it."""
    from qbrgen.draft.write import files_of

    return files_of(draft, answers, named, source.name or str(source))


def check(folder: Path, files: Mapping[str, str], *, force: bool, may_ask: bool) -> list[str]:
    """Which files take the place of others. InputError where that may not be, or something is in the way."""
    check_places([folder / name for name in files], "Move it, or choose another folder.")
    there = [name for name, text in files.items() if (folder / name).exists() and _differs(folder / name, text)]
    if not there or force:
        return there
    if may_ask:
        shown = ", ".join(there[:5]) + (f" and {len(there) - 5} more" if len(there) > 5 else "")
        asked = f"\n{folder} holds {shown} already. Replace them? What is there is kept beside them as NAME.bak."
        if click.confirm(asked, default=False):
            return there
        raise InputError([Finding(Level.ERROR, "not-replaced", "Nothing was written.", "Choose another folder.")])
    what = f"{folder} holds {there[0]} already" + (
        f", and {len(there) - 1} more that would be replaced." if there[1:] else "."
    )
    fix = "Choose another folder, or write --force: what is replaced is then kept beside it as NAME.bak."
    raise InputError([Finding(Level.ERROR, "would-replace", what, fix)])


def _differs(path: Path, text: str) -> bool:
    return path.read_bytes() != text.encode()


def put(folder: Path, files: Mapping[str, str], copied: Survey | None, draft: Draft) -> list[Path]:
    """Write them all, or none; the paths of those written. copied: the survey whose files go along."""
    from qbrgen.files import files_written_together

    written: list[Path] = []
    data = _originals(draft) if copied else []
    with files_written_together(folder) as staged:
        for name, text in files.items():
            if (folder / name).exists() and not _differs(folder / name, text):
                continue
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(folder / name)
        for source in data:
            place = Path("data") / source.relative_to(copied.folder if copied else folder)
            path = staged / place
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, path)
            written.append(folder / place)
    return written


def _originals(draft: Draft) -> list[Path]:
    """Every file that the workspace reads, once; of those in an archive the archive."""
    tables = [mapped.table for mapped in draft.tables]
    tables += [mapped.names.table for mapped in draft.tables if mapped.names]
    paths = (path if path.exists() else path.parent for table in tables for path in table.paths)
    return list(dict.fromkeys(paths))
