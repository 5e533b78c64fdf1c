"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path in the same folder, which becomes `path` when the block ends well and vanishes when it does not.

    A file that is open elsewhere (PowerPoint locks its decks on Windows) raises PermissionError and stays as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _by_its_own_name(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=path.suffix)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


_PREFIX = ".qbrgen-"


@contextmanager
def _by_its_own_name(path: Path) -> Iterator[None]:
    """Trouble with the temporary file is told as trouble with `path`: the name that the user knows."""
    try:
        yield
    except OSError as problem:
        if problem.errno is None or not Path(str(problem.filename)).name.startswith(_PREFIX):
            raise
        raise type(problem)(problem.errno, problem.strerror, str(path)) from problem


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with \\n line ends, whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes, whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_bytes(content)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
