"""Data files as they lie on disk: plain, packed with gzip (.gz), or in a .zip.

A file in an archive has the path of the archive with its own name within it ("exports.zip/july/events.csv"). Nothing is
ever written under a name from an archive. An archive that would fill the disk is refused before it does.
"""

from __future__ import annotations

import gzip
import io
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from qbrgen.load.bad_file import AGAIN, BadFileError, broken_pack, unreadable
from qbrgen.load.nearest import file_instead_of, listed

CSV = frozenset({".csv", ".tsv", ".txt", ".tab"})
LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
PARQUET = frozenset({".parquet", ".pq"})
AVRO = frozenset({".avro"})
EXCEL = frozenset({".xlsx", ".xlsm"})
KINDS = "CSV (.csv, .tsv), Excel (.xlsx), Parquet (.parquet), JSON (.json), JSON lines (.jsonl) or Avro (.avro)"
_READ = CSV | LINES | JSON | PARQUET | AVRO | EXCEL

_MOST_FILES = 10_000  # in one archive
# Text shrinks to a twentieth, seldom to a fiftieth; only what is made to do harm unpacks to a thousandfold.
_MOST_TIMES = 200
_ALWAYS_RIGHT = 256 << 20  # bytes; so much may unpack from anything
_SPARE = 256 << 20  # bytes of the disk that unpacking leaves free
_CHUNK = 1 << 20
_BROKEN = (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, NotImplementedError)


def kind_of(path: Path) -> str:
    """What kind of file it is, packed or not: ".csv" for events.csv.gz and exports.zip/events.csv.gz."""
    suffix = path.suffix.lower()
    return path.with_suffix("").suffix.lower() if suffix == ".gz" else suffix


def is_data(name: str) -> bool:
    """Whether a file of this name holds data that can be read; hidden and temporary ones do not."""
    path = PurePosixPath(name)
    if any(part.startswith((".", "_", "~")) for part in path.parts):
        return False
    return kind_of(Path(name)) in _READ


def located(path: Path) -> tuple[Path, str]:
    """(the file on disk, the name within it) of a data file; the name is "" outside an archive."""
    if ".zip" not in path.as_posix().lower():
        return path, ""
    for parent in path.parents:
        if parent.suffix.lower() == ".zip" and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return path, ""


def is_plain(path: Path) -> bool:
    """Whether a file lies open on the disk, or packed with gzip: not in an archive."""
    return not located(path)[1]


def files_in(archive: Path, name: str) -> list[Path]:
    """The data files of a .zip, in order of their names. name: how findings call it. Raises BadFileError."""
    with _archive(archive, name) as pack:
        names = [each.filename for each in pack.infolist() if not each.is_dir()]
    if len(names) > _MOST_FILES:
        what = f"the archive holds {len(names):,} files, more than {_MOST_FILES:,}."
        raise BadFileError("archive-too-large", name, what, "Unpack it, and name the folder that holds the data.")
    outside = [each for each in names if each.startswith(("/", "\\")) or ".." in PurePosixPath(each).parts]
    if outside:
        what = f"the archive names files outside itself: {listed(outside)}."
        raise BadFileError("archive-unsafe", name, what, "Do not trust it; pack the data files anew.")
    found = sorted(each for each in names if is_data(each))
    if not found:
        what = f"the archive holds no data file, only: {listed(sorted(names))}." if names else "the archive is empty."
        raise BadFileError("archive-without-data", name, what, f"Data files are {KINDS}.")
    return [archive / each for each in found]


@contextmanager
def opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    """The bytes of a data file, unpacked as they are read. Raises BadFileError, also while they are read."""
    disk, inner = located(path)
    try:
        if not inner:
            with _unzipped(disk.open("rb"), path, name, disk.stat().st_size) as stream:
                yield stream
            return
        with _archive(disk, name) as pack:
            entry = _entry(pack, inner, name)
            with pack.open(entry) as member:
                guarded = _Guarded(member, name, entry.compress_size)
                with _unzipped(
                    cast("IO[bytes]", io.BufferedReader(guarded)), path, name, entry.compress_size
                ) as stream:
                    yield stream
    except _BROKEN as error:
        raise broken_pack(name, error) from error
    except OSError as error:
        raise unreadable(name, error) from error


def unpacked(path: Path, name: str, target: Path) -> Path:
    """A copy of a data file on the disk, out of its archive. Raises BadFileError."""
    with opened(path, name) as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            if shutil.disk_usage(target.parent).free < _SPARE:
                what = "the disk has no room to unpack the file."
                raise BadFileError("archive-too-large", name, what, "Free some space, or unpack it elsewhere.")
            copy.write(chunk)
    return target


# ---- one file -------------------------------------------------------------------------------------------------------


@contextmanager
def _unzipped(stream: IO[bytes], path: Path, name: str, size: int) -> Iterator[IO[bytes]]:
    """What a stream holds, out of its gzip where its name says so. size: of the packed bytes."""
    with stream:
        if path.suffix.lower() != ".gz":
            yield stream
            return
        with gzip.open(stream, "rb") as plain:
            yield cast("IO[bytes]", io.BufferedReader(_Guarded(cast("IO[bytes]", plain), name, size)))


class _Guarded(io.RawIOBase):
    """A packed stream that gives up where it unpacks to more than data ever do."""

    def __init__(self, stream: IO[bytes], name: str, packed: int) -> None:
        super().__init__()
        self._stream, self._name = stream, name
        self._most = max(packed * _MOST_TIMES, _ALWAYS_RIGHT)
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        found = self._stream.read(len(view))
        view[: len(found)] = found
        self._read += len(found)
        if self._read > self._most:
            raise _unpacks_to_too_much(self._name)
        return len(found)


@contextmanager
def _archive(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as pack:
            yield pack
    except _BROKEN as error:
        raise BadFileError("unreadable", name, "the file is no .zip archive, or a broken one.", AGAIN) from error
    except OSError as error:
        raise unreadable(name, error) from error


def _entry(pack: zipfile.ZipFile, inner: str, name: str) -> zipfile.ZipInfo:
    try:
        entry = pack.getinfo(inner)
    except KeyError as error:
        what = "the archive does not hold this file."
        raise BadFileError("file-missing", name, what, file_instead_of(inner, pack.namelist())) from error
    if entry.flag_bits & 1:
        what = "the file is packed with a password."
        raise BadFileError("archive-locked", name, what, "Unpack it, and name the unpacked file.")
    if entry.file_size > max(entry.compress_size * _MOST_TIMES, _ALWAYS_RIGHT):
        raise _unpacks_to_too_much(name)
    return entry


def check_size(path: Path, name: str) -> None:
    """BadFileError for a .gz that says itself that it unpacks to more than data ever do."""
    if path.suffix.lower() != ".gz":
        return
    try:
        with path.open("rb") as file:
            packed = file.seek(0, 2)
            file.seek(max(packed - 4, 0))
            size = int.from_bytes(file.read(4), "little")  # modulo 4 GB: what is larger is found while it is read
    except OSError as error:
        raise unreadable(name, error) from error
    if size > max(packed * _MOST_TIMES, _ALWAYS_RIGHT):
        raise _unpacks_to_too_much(name)


def _unpacks_to_too_much(name: str) -> BadFileError:
    what = f"the file unpacks to more than {_MOST_TIMES} times its size: no data do that."
    return BadFileError("archive-too-large", name, what, "Look at where it comes from; unpack it by hand.")
