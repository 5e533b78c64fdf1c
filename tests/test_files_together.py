"""Several files are written together: all of them, or none."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from qbrgen.errors import InputError
from qbrgen.files import files_written_together, folder_written_whole, written_whole


def contents(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_what_was_there_stays_beside_what_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("old")
    (tmp_path / "a.yml.bak").write_text("older")
    with files_written_together(tmp_path) as staged:
        (staged / "a.yml").write_text("new")
        (staged / "sub").mkdir()
        (staged / "sub" / "b.yml").write_text("b")
    assert contents(tmp_path) == {"a.yml": "new", "a.yml.bak": "older", "a.yml.bak2": "old", "sub/b.yml": "b"}


def test_a_block_that_ends_badly_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), files_written_together(tmp_path / "new") as staged:  # noqa: PT012
        (staged / "a.yml").write_text("new")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_where_one_cannot_be_written_those_before_it_are_put_back(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("old")
    (tmp_path / "z").write_text("a file where a folder is needed")
    before = contents(tmp_path)
    with pytest.raises(OSError, match="z"), files_written_together(tmp_path) as staged:  # noqa: PT012
        (staged / "a.yml").write_text("new")
        (staged / "n").mkdir()
        (staged / "n" / "b.yml").write_text("new")
        (staged / "z").mkdir()
        (staged / "z" / "c.yml").write_text("new")
    assert contents(tmp_path) == before
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize("writing", [files_written_together, folder_written_whole, written_whole])
@pytest.mark.parametrize("code", [errno.ENOENT, errno.EINVAL, errno.EIO, errno.ENAMETOOLONG])
def test_a_folder_that_the_system_does_not_make_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writing: Callable[[Path], AbstractContextManager[Path]], code: int
) -> None:
    folder = tmp_path / "new"
    target = folder if writing is files_written_together else folder / "file"

    def refused(self: Path, *_: object, **__: object) -> None:
        raise OSError(code, "for a reason", str(self))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(InputError) as caught, writing(target):
        pass
    (finding,) = caught.value.findings
    assert finding.code == "no-folder"
    assert finding.what == f"The folder {folder} cannot be made" + ("." if code == errno.ENOENT else ": for a reason.")
