"""Writing files whole or not at all, seeing beforehand what is in their way, and the day that they carry."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from qbrgen.errors import Finding, InputError, Level


def source_date() -> date | None:
    """The day of SOURCE_DATE_EPOCH (seconds since 1970), which files are to carry as the day they were made; None where
    it is not set. Raises InputError where it is no such number."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970."
        fix = "Unset it, or write one such as 1783036800."
        raise InputError([Finding(Level.ERROR, "source-date", what, fix)]) from None


def in_the_way(paths: Iterable[Path], fix: str) -> list[Finding]:
    """What keeps files from being written, each thing once; nothing is made to find out.

    A file where a folder is needed, a folder in a file's place, a folder that may not be written to. fix: what helps.
    """
    told = dict.fromkeys(what for path in paths if (what := _obstacle(path)))
    return [Finding(Level.ERROR, "in-the-way", what, fix) for what in told]


def _obstacle(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder, and a file is to be written there."
    above = next((folder for folder in path.parents if os.path.lexists(folder)), None)
    if above is None:
        return f"The folder {path.parent} cannot be made."
    if not above.is_dir():
        return f"{above} is a file, and a folder is needed there."
    return "" if os.access(above, os.W_OK | os.X_OK) else f"{above} is a folder that you may not write to."


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it is not there.

    Raises InputError where the system makes none (within /proc, a name that it does not take), and OSError where it
    says what stands in the way: rights, or a file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (PermissionError, FileExistsError, NotADirectoryError):
        raise
    except OSError as problem:
        why = f": {problem.strerror}" if problem.strerror and not isinstance(problem, FileNotFoundError) else ""
        what = f"The folder {folder} cannot be made{why}."
        raise InputError([Finding(Level.ERROR, "no-folder", what, "Choose another.")]) from None


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path in the same folder, which becomes `path` when the block ends well and vanishes when it does not.

    A file that is open elsewhere (PowerPoint locks its decks on Windows) raises PermissionError and stays as it was.
    """
    make_folder(path.parent)
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


@contextmanager
def folder_written_whole(path: Path) -> Iterator[Path]:
    """A temporary folder beside `path`, which takes its place when the block ends well and vanishes when it does not.

    A folder that is there already is gone afterwards: what is to stay of it is copied into the new one.
    """
    make_folder(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=_PREFIX) as above:
        new, old = Path(above) / "new", Path(above) / "old"
        new.mkdir()
        yield new
        if path.exists():
            path.replace(old)
        try:
            new.replace(path)
        except OSError:
            if old.exists():
                old.replace(path)
            raise


@contextmanager
def files_written_together(root: Path) -> Iterator[Path]:
    """A temporary folder whose files go into `root` when the block ends well: all of them, or none.

    A file that is there already stays beside the new one as NAME.bak (.bak2, …). Where one cannot be written, those
    before it are put back as they were.
    """
    new_folder = not root.exists()
    make_folder(root)
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=_PREFIX) as above:
            yield Path(above)
            _moved_in(Path(above), root)
    except BaseException:
        if new_folder and not any(root.iterdir()):
            root.rmdir()
        raise


def backup_of(path: Path) -> Path:
    """Where a file is kept that another takes the place of: NAME.bak, or the next number that is free."""
    names = (path.with_name(f"{path.name}.bak{number if number > 1 else ''}") for number in count(1))
    return next(each for each in names if not each.exists())


def _moved_in(staged: Path, root: Path) -> None:
    undo: list[tuple[Path, Path | None]] = []
    folders: list[Path] = []
    try:
        for source in sorted(path for path in staged.rglob("*") if path.is_file()):
            target = root / source.relative_to(staged)
            missing = [folder for folder in target.parents if not folder.exists()]
            target.parent.mkdir(parents=True, exist_ok=True)
            folders += reversed(missing)
            kept = backup_of(target) if target.exists() else None
            if kept:
                target.replace(kept)
            undo.append((target, kept))
            source.replace(target)
    except OSError:
        for target, kept in reversed(undo):
            target.unlink(missing_ok=True)
            if kept:
                kept.replace(target)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise


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
