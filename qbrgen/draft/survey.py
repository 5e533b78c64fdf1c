"""A folder of exports → its tables: what files there are, which belong together, and a sample of each one's rows."""

from __future__ import annotations

import glob
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from qbrgen.draft.columns import Column, columns_of
from qbrgen.draft.title_words import word_set
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.bad_file import BadFileError
from qbrgen.load.formats.excel import sheets_of
from qbrgen.load.formats.model import DataFile
from qbrgen.load.header_line import FIRST, HeaderLine, header_line
from qbrgen.load.packed import EXCEL, kind_of
from qbrgen.load.reading import AS_SEEN, Reading
from qbrgen.load.tables import TableData, data_files, read_table

MOST_ROWS, MOST_CELLS = 20_000, 1_500_000  # of a sample: enough to tell what a column is, and to join ids
MOST_FILES = 2_000
_DEEPEST = 4
_NO_DATA = word_set(
    """.md .rst .html .htm .pdf .docx .doc .pptx .png .jpg .jpeg .gif .svg .sql .py .r .ipynb .yml .yaml .toml .log
    .lock .css .js .ds_store .bak .tmp"""
)


@dataclass(frozen=True)
class Surveyed:
    """One table of an export: one file, or several with the same columns.

    name: of its file, from the folder; of several a pattern with *, or their archive. place: the same as a path.
    paths: its files. sample: rows of the one that has most. whole: whether the sample is all there is.
    header: where its header stands, the same in all its files. sheet: of a workbook, "" for the first.
    """

    name: str
    place: Path
    paths: tuple[Path, ...]
    sample: TableData
    whole: bool
    header: HeaderLine = FIRST
    sheet: str = ""

    @property
    def called(self) -> str:
        """How people are told of it: its name, and its sheet."""
        return f"{self.name}, sheet '{self.sheet}'" if self.sheet else self.name

    @property
    def header_told(self) -> str:
        """Where its header stands, and below what; "" where it is the first line."""
        above = f", below '{self.header.above}'" if self.header.above else ""
        return f"its header is line {self.header.line}{above}" if self.header.line > 1 else ""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What its columns look like."""
        return columns_of(self.sample.columns, self.sample.rows)

    def column(self, name: str | None) -> Column | None:
        """One column, by its name."""
        return next((column for column in self.columns if column.name == name), None)


class _Read(NamedTuple):
    path: Path
    sample: TableData
    header: HeaderLine
    sheet: str


@dataclass(frozen=True)
class Survey:
    """Every table of a folder, and the files that are none, each with the reason."""

    folder: Path
    tables: tuple[Surveyed, ...]
    left: tuple[tuple[str, str], ...]


def survey(folder: Path) -> Survey:
    """Look at every file of a folder. Raises InputError where it cannot be read, or holds no table."""
    paths = _files(folder)
    tables: list[_Read] = []
    left: list[tuple[str, str]] = []
    for path in _unpacked(paths):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in _NO_DATA:
            left.append((name, "it is no table"))
            continue
        sheets = _sheets(path, name)
        for sheet in sheets:
            reading = replace(AS_SEEN, sheet=sheet)
            header = header_line(DataFile(path, name, reading))
            sample = _sample(path, name, replace(reading, header=header.line))
            why = _no_table(sample)
            if why:
                first = f"{name}, first sheet" if sheets[1:] else name
                left.append((f"{name}, sheet '{sheet}'" if sheet else first, why))
            else:
                tables.append(_Read(path, sample, header, sheet))
    if not tables:
        what = f"The folder {folder} holds no table that can be read."
        told = "; ".join(f"{name}: {why}" for name, why in left[:8])
        raise InputError(
            [Finding(Level.ERROR, "no-tables", what, told or "Put the exports there: CSV, Excel, Parquet.")]
        )
    return Survey(folder, tuple(_together(folder, tables)), tuple(left))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        what = f"There is no folder '{folder}'." if not folder.exists() else f"'{folder}' is a file, not a folder."
        raise InputError([Finding(Level.ERROR, "no-folder", what, "Name the folder that holds your exports.")])
    found: list[Path] = []

    def refused(error: OSError) -> None:
        what = f"The folder {error.filename} cannot be read: {error.strerror}."
        raise InputError([Finding(Level.ERROR, "unreadable", what, "See that you may read it.")])

    for where, folders, files in os.walk(folder, onerror=refused):
        deep = len(Path(where).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if deep < _DEEPEST else []
        found += [Path(where, each) for each in sorted(files) if not each.startswith((".", "_", "~"))]
    if len(found) > MOST_FILES:
        what = f"{folder} holds {len(found):,} files; that is not one export."
        raise InputError([Finding(Level.ERROR, "many-files", what, "Name the folder of the export itself.")])
    return found


def _unpacked(paths: Sequence[Path]) -> list[Path]:
    """The files, with those in an archive in place of it; an archive that cannot be opened stays, and is told."""
    return [
        inner
        for path in paths
        for inner in ((data_files(path, path.name)[0] or [path]) if path.suffix.lower() == ".zip" else [path])
    ]


def _sheets(path: Path, name: str) -> list[str]:
    """The sheets of a workbook, "" for its first; of everything else that alone."""
    if kind_of(path) not in EXCEL:
        return [""]
    try:
        _, *others = sheets_of(DataFile(path, name)) or [""]
    except BadFileError:
        return [""]  # told when it is read
    return ["", *others]


def _sample(path: Path, name: str, reading: Reading) -> TableData:
    head = read_table(path, name, most=0, reading=reading)
    most = min(MOST_ROWS, MOST_CELLS // max(1, len(head.columns)))
    return read_table(path, name, most=most, reading=reading) if head.columns else head


def _no_table(sample: TableData) -> str:
    if sample.name.endswith(".txt") and len(sample.columns) < 4:
        return "it is a text, no table"
    errors = [finding.what for finding in sample.findings if finding.level is Level.ERROR]
    if errors and not sample.rows:
        return errors[0].rstrip(".")
    if len(sample.columns) < 2:
        return "it has one column only"
    return "" if sample.rows else "it has no rows"


def _together(folder: Path, tables: Sequence[_Read]) -> list[Surveyed]:
    """Files of one folder with the same columns on the same line, and names that begin alike, are one table."""
    alike: dict[tuple[object, ...], list[_Read]] = defaultdict(list)
    for read in tables:
        path, ending = read.path, "".join(read.path.suffixes[-2:]).lower()
        alike[path.parent, ending, read.sample.columns, read.header.line, read.sheet].append(read)
    found: list[Surveyed] = []
    for group in alike.values():
        paths = tuple(read.path for read in group)
        place = _place_of(paths) if len(group) > 1 else None
        if place:
            name = place.relative_to(folder).as_posix()
            _, first, header, sheet = max(group, key=lambda read: len(read.sample.rows))
            found.append(Surveyed(name, place, paths, first, whole=False, header=header, sheet=sheet))
            continue
        found += [
            Surveyed(each.name, path, (path,), each, _is_whole(each), header, sheet)
            for path, each, header, sheet in group
        ]
    return sorted(found, key=lambda table: table.name)


def _is_whole(sample: TableData) -> bool:
    return len(sample.rows) < min(MOST_ROWS, MOST_CELLS // max(1, len(sample.columns)))


def _same_start(names: Sequence[str]) -> str:
    """The letters with which all of them begin."""
    letters = takewhile(lambda each: len(set(each)) == 1, zip(*names, strict=False))
    return "".join(each[0] for each in letters)


def _place_of(paths: Sequence[Path]) -> Path | None:
    """What names all these files and no other: their archive, or a pattern of their names; None where nothing does."""
    above = paths[0].parent
    if above.is_file():
        return above if set(data_files(above, above.name)[0]) == set(paths) else None
    names = [path.name for path in paths]
    begin = _same_start(names)
    end = _same_start([name[::-1] for name in names])[::-1]
    pattern = f"{glob.escape(begin)}*{glob.escape(end)}"
    matched = {path for path in paths[0].parent.glob(pattern) if path.is_file()}
    return above / pattern if len(begin) >= 3 and matched == set(paths) else None
