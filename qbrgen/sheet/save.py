"""Several files written together: all of them, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.files import make_folder
from qbrgen.sheet.apply import FileEdit


def save(root: Path, edits: Iterable[FileEdit]) -> list[Path]:
    """Write every file; → their paths. Each is written beside its place first, then all of them take their places.

    Raises InputError where a file has been changed since it was read, and OSError where the system refuses; either way
    every file is as it was.
    """
    files = [((root / edit.name).resolve(), edit) for edit in edits]
    _unchanged(files)
    ready: list[tuple[Path, Path, bytes | None]] = []
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, edit in files:
            before = path.read_bytes() if path.exists() else None
            ready.append((path, _beside(path, edit.after.encode()), before))
        for path, temporary, before in ready:
            done.append((path, before))
            temporary.replace(path)
    except BaseException:
        for path, before in reversed(done):
            _put_back(path, before)
        raise
    finally:
        for _, temporary, _ in ready:
            temporary.unlink(missing_ok=True)
    return [path for path, _ in files]


def _unchanged(files: Iterable[tuple[Path, FileEdit]]) -> None:
    findings = []
    for path, edit in files:
        there = path.read_bytes().decode() if path.exists() else ""
        if there != edit.before:
            what = "the file was changed while the question stood." if edit.before else "the file is there already."
            findings.append(
                Finding(Level.ERROR, "changed-meanwhile", what, "Run the command once more.", Location(edit.name))
            )
    if findings:
        raise InputError(findings)


def _beside(path: Path, content: bytes) -> Path:
    """The content in a temporary file of the same folder, with the rights of the file that it is to replace."""
    make_folder(path.parent)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".qbrgen-", suffix=path.suffix)
    except OSError as problem:
        raise type(problem)(problem.errno, problem.strerror, str(path)) from problem
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    current = os.umask(0)
    os.umask(current)
    temporary = Path(name)
    temporary.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~current)
    return temporary


def _put_back(path: Path, before: bytes | None) -> None:
    """As far as the system lets us: what is told is the first trouble."""
    with suppress(OSError):
        if before is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != before:
            temporary = _beside(path, before)
            temporary.replace(path)
