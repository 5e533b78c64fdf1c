"""JSON lines (one object to a line), and JSON: a list of objects, or an object that holds such a list.

Rows of JSON lines stand on lines, those of a list are counted from 1. Files of any size are read piece by piece.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.bad_file import BadFileError
from qbrgen.load.encodings import Encoding, encoding_of
from qbrgen.load.formats.model import DataFile, Opened, Records, of_records
from qbrgen.load.nearest import listed
from qbrgen.load.text_lines import LONGEST, lines_of, text_of

_LINE_FIX = "Write one object to a line, in braces."
_FILE_FIX = "Export it again, or write one object to a line and name the file .jsonl."
_BYTES = 1 << 12  # at a time: the parser keeps the whole path of each value in them
_FIRST_LINES = 10
_DEEPEST = 2000  # characters of the dotted path to a value
_LONGEST = 32_000_000  # characters of one value


def open_json_lines(file: DataFile, *, whole: bool) -> Opened:
    """whole: as for CSV."""
    encoding = encoding_of(file.path, file.name, file.reading, whole=whole)
    notes = (encoding.guessed,) if encoding.guessed else ()
    return of_records(_of_lines(file, encoding), _of_lines(file, encoding), notes)


def open_json(file: DataFile, *, whole: bool) -> Opened:
    """A .json file, whichever of the three it holds."""
    encoding = encoding_of(file.path, file.name, file.reading, whole=whole)
    if holds_lines(file, encoding):
        return open_json_lines(file, whole=whole)
    notes = (encoding.guessed,) if encoding.guessed else ()
    place, told = rows_place(file, encoding)
    return of_records(_of_list(file, encoding, place), _of_list(file, encoding, place), (*notes, *told))


def holds_lines(file: DataFile, encoding: Encoding) -> bool:
    """Whether a .json file has an object on each line: its first line is one whole, and a second one follows."""
    if file.reading.rows:
        return False
    with text_of(file.path, file.name, encoding) as text:
        lines = (text.readline(LONGEST) for _ in range(_FIRST_LINES))
        written = (line for line in lines if line.strip())
        first, second = next(written, ""), next(written, "")
    try:
        return isinstance(json.loads(first), dict) and second.lstrip().startswith("{")
    except (ValueError, RecursionError):
        return False


# ---- lines ----------------------------------------------------------------------------------------------------------


def _of_lines(file: DataFile, encoding: Encoding) -> Records:
    with text_of(file.path, file.name, encoding) as text:
        for line, written in enumerate(lines_of(text, file.name), start=1):
            if not written.strip():
                continue
            try:
                record = json.loads(written, parse_constant=_nothing)
            except (ValueError, RecursionError) as error:
                what = f"the line is not JSON: {error}."
                fix = "It begins as a list: name the file .json." if written.lstrip().startswith("[") else _LINE_FIX
                raise BadFileError("json-syntax", file.name, what, fix, line) from error
            if not isinstance(record, dict):
                raise BadFileError("json-syntax", file.name, "the line is no object.", _LINE_FIX, line)
            yield line, record


def _nothing(_constant: str) -> None:
    """NaN and infinities are no numbers."""


# ---- a list ---------------------------------------------------------------------------------------------------------


def rows_place(file: DataFile, encoding: Encoding) -> tuple[str, tuple[Finding, ...]]:
    """Where the list of rows lies ("" for the file itself), and the note that tells so where nobody said it."""
    if file.reading.rows:
        return file.reading.rows, ()
    found: list[str] = []
    holders: list[str] = []
    with _events(file, encoding) as events:
        for prefix, event, _ in events:
            if event == "start_map" and holders and prefix == f"{holders[-1]}.item" and holders[-1] not in found:
                found.append(holders[-1])
            elif event == "start_array":
                if not prefix:
                    return "", ()
                holders.append(prefix)
            elif event == "end_array":
                holders.pop()
    found = [each for each in found if ".item" not in f"{each}."]
    if not found:
        what = "the file holds no list of objects."
        raise BadFileError("json-syntax", file.name, what, "Export rows as a list of objects, or as JSON lines.", 1)
    if len(found) > 1:
        what = f"the file holds several lists of objects: {listed(found)}."
        fix = f"Say which of them holds the rows: `read: {{rows: {found[0]}}}`."
        raise BadFileError("json-rows", file.name, what, fix)
    what = f"the rows are taken from the list '{found[0]}'."
    return found[0], (Finding(Level.NOTE, "rows-taken", what, "", Location(file.name)),)


def _of_list(file: DataFile, encoding: Encoding, place: str) -> Records:
    import ijson

    number = 0
    with _events(file, encoding) as events:
        for number, record in enumerate(ijson.items(events, f"{place}.item" if place else "item"), start=1):
            if not isinstance(record, dict):
                what = f"item {number:,} of the list is no object."
                raise BadFileError("json-syntax", file.name, what, "Export rows as a list of objects.")
            yield number, record
    if place and not number:
        with _events(file, encoding) as events:
            lists = list(dict.fromkeys(prefix for prefix, event, _ in events if event == "start_array"))
        if place not in lists:
            fix = f"The lists there are: {listed(lists)}." if lists else "The file holds no list."
            raise BadFileError("json-rows", file.name, f"the file holds no list '{place}'.", fix)


@contextmanager
def _events(file: DataFile, encoding: Encoding) -> Iterator[Iterator[tuple[str, str, Any]]]:
    """What ijson's parser tells of a file: (path, event, value), one after the other."""
    import ijson

    with text_of(file.path, file.name, encoding) as text:
        counted = _Bytes(text, file.name)
        try:
            yield _each(ijson.parse(counted, buf_size=_BYTES, use_float=True), counted)
        except (ijson.JSONError, ValueError, RecursionError) as error:
            if isinstance(error, UnicodeDecodeError):
                raise
            said = str(error).splitlines()[0] if str(error) else "it breaks off"
            what = f"the file is not JSON: {said.removeprefix('parse error: ')}."
            raise BadFileError("json-syntax", file.name, what, _FILE_FIX, counted.line) from error


def _each(events: Iterator[tuple[str, str, Any]], read: _Bytes) -> Iterator[tuple[str, str, Any]]:
    for event in events:
        read.since = 0
        if len(event[0]) > _DEEPEST:
            raise BadFileError("json-syntax", read.name, "the file is nested too deeply.", _FILE_FIX, read.line)
        yield event


class _Bytes:
    """A text as UTF-8 bytes. line: where it is. Refuses a text without end; `since` is set back at each event."""

    def __init__(self, text: IO[str], name: str) -> None:
        self._text, self.name = text, name
        self.line, self.since = 1, 0

    def read(self, size: int = _BYTES) -> bytes:
        chunk = self._text.read(size if size > 0 else _BYTES) if size else ""
        self.line += chunk.count("\n")
        self.since += len(chunk)
        if self.since > _LONGEST:
            what = f"a value is longer than {_LONGEST:,} characters."
            raise BadFileError("line-too-long", self.name, what, _FILE_FIX, self.line)
        return chunk.encode("utf-8", "surrogatepass")
