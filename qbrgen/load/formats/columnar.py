"""Parquet and Avro: typed columns. They have no lines: rows are counted, the header being row 1 as everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qbrgen.load.bad_file import AGAIN, BadFileError
from qbrgen.load.formats.model import DataFile, Opened, Records, Rows, cell_text, of_records
from qbrgen.load.packed import is_plain, opened, unpacked


def open_parquet(file: DataFile) -> Opened:
    """A whole column of records is one column; its parts are found by dotted names."""
    from pyarrow import ArrowException, parquet  # heavy, and needed only here

    what = "the file is no Parquet file, or a broken one."
    try:
        with _on_disk(file) as path:
            columns = [str(column) for column in parquet.ParquetFile(path).schema_arrow.names]
    except (ArrowException, ValueError) as error:
        raise BadFileError("parquet-broken", file.name, what, AGAIN) from error

    def rows() -> Rows:
        line = 1
        try:
            with _on_disk(file) as path:
                for batch in parquet.ParquetFile(path).iter_batches():
                    for values in zip(*map(_cells, batch.columns), strict=True):
                        line += 1
                        yield line, [cell_text(value) for value in values]
        except (ArrowException, ValueError, OSError) as error:  # packed pages that are broken are an OSError
            raise BadFileError("parquet-broken", file.name, what, AGAIN, line if line > 1 else None) from error

    return Opened(columns, rows())


def _cells(column: Any) -> list[Any]:
    """The values of a column. Times of years that Python does not know come as text."""
    try:
        found: list[Any] = column.to_pylist()
    except OverflowError:
        found = column.cast("string").to_pylist()
    return found


def open_avro(file: DataFile) -> Opened:
    """The parts of nested records are columns with dots."""
    return of_records(_avro_records(file), _avro_records(file))


def _avro_records(file: DataFile) -> Records:
    import fastavro  # needed for few files only

    number = 0
    with opened(file.path, file.name) as stream:
        try:
            for number, record in enumerate(fastavro.reader(stream), start=1):
                if not isinstance(record, dict):
                    what = "the file holds no records, only bare values."
                    raise BadFileError("avro-broken", file.name, what, AGAIN)
                yield number, record
        except BadFileError:
            raise
        except OSError as error:
            raise BadFileError("unreadable", file.name, f"the file cannot be read: {error}.", AGAIN) from error
        except Exception as error:  # fastavro raises whatever the broken part happens to cause
            what = "the file is no Avro file, or a broken one." if not number else "the file breaks off before its end."
            raise BadFileError("avro-broken", file.name, what, AGAIN, number or None) from error


@contextmanager
def _on_disk(file: DataFile) -> Iterator[Path]:
    """The file where it can be read from any place: itself, or a copy out of its archive."""
    if is_plain(file.path) and file.path.suffix.lower() != ".gz":
        yield file.path
        return
    with TemporaryDirectory(prefix="qbrgen-") as folder:
        yield unpacked(file.path, file.name, Path(folder, "table.parquet"))
