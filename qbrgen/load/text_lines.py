"""The lines of a text file, one after the other, however large it is; a line without end is refused, not read."""

from __future__ import annotations

import csv
import io
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from qbrgen.load.bad_file import BadFileError, unreadable
from qbrgen.load.encodings import Encoding, first_not_in
from qbrgen.load.packed import opened
from qbrgen.load.reading import Reading

LONGEST = 2_000_000  # characters of a line; what DuckDB takes as well
_DELIMITERS = ",;\t|"
_SELDOM = "^~\x1f\x01¦"
_SAMPLE_LINES = 20
_SAID_SO = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # a first line that Excel writes and reads

csv.field_size_limit(LONGEST)  # 131,072 is less than the JSON that some exports hold in a cell


@contextmanager
def text_of(path: Path, name: str, encoding: Encoding) -> Iterator[IO[str]]:
    """A text file with its line ends as they are. Raises BadFileError, also while it is read."""
    with opened(path, name) as stream, io.TextIOWrapper(stream, encoding.codec, encoding.errors, newline="") as text:
        try:
            yield text
        except UnicodeDecodeError as error:
            what = f"the file is no {encoding.codec} text (byte 0x{error.object[error.start]:02x})."
            fix = "Save it as 'CSV UTF-8', or say its encoding: `read: {encoding: …}`."
            raise BadFileError("not-utf-8", name, what, fix, first_not_in(path, name, encoding.codec)) from error


def check_lines(path: Path, name: str) -> None:
    """BadFileError for a plain text file with a line longer than any row is: found without reading all of it, by
    looking for an end of a line in each stretch of that length."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            for start in range(0, len(text) - LONGEST, LONGEST):
                stop = start + LONGEST
                if text.find(b"\n", start, stop) < 0 and text.find(b"\r", start, stop) < 0:
                    what = f"a line after character {start:,} is longer than {LONGEST:,} characters."
                    fix = "Look for a quote that is never closed, or a file that is no text."
                    raise BadFileError("line-too-long", name, what, fix)
    except ValueError:  # an empty file cannot be mapped
        return
    except OSError as error:
        raise unreadable(name, error) from error


def lines_of(text: IO[str], name: str) -> Iterator[str]:
    """Its lines with their ends. Raises BadFileError where one is longer than any row is."""
    number = 0
    while line := text.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            what = f"the line is longer than {LONGEST:,} characters."
            fix = "Look for a quote that is never closed, or a file that is no text."
            raise BadFileError("line-too-long", name, what, fix, number)
        yield line


def layout_of(lines: list[str], reading: Reading) -> tuple[str, int]:
    """(delimiter, line of the header) of a CSV file by its first lines. What somebody said goes before."""
    header = reading.header
    told = _SAID_SO.fullmatch(lines[0]) if lines and header == 1 else None
    if told:
        header = 2
    delimiter = reading.delimiter or (told[1] if told else "")
    return delimiter or _delimiter(lines[header - 1 :]), header


def _delimiter(lines: list[str]) -> str:
    """The sign that the header has most of; of equals the one that makes rows of one width."""
    outside = "".join(lines[0].split('"')[::2]) if lines else ""
    signs = _DELIMITERS if any(sign in outside for sign in _DELIMITERS) else _SELDOM
    if not any(sign in outside for sign in signs):
        return ","
    return max(signs, key=lambda sign: (_is_even(lines, sign), outside.count(sign)))


def _is_even(lines: list[str], sign: str) -> bool:
    try:
        widths = {len(cells) for cells in csv.reader(lines, delimiter=sign) if cells}
    except csv.Error:
        return False
    return len(widths) == 1 and widths != {1}


def first_lines(path: Path, name: str, encoding: Encoding, reading: Reading) -> list[str]:
    """So many lines as tell the layout of a CSV file."""
    with text_of(path, name, encoding) as text:
        lines = lines_of(text, name)
        return [line for _, line in zip(range(reading.header + _SAMPLE_LINES), lines, strict=False)]
