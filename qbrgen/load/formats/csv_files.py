"""CSV: any delimiter, any encoding; the header need not be the first line."""

from __future__ import annotations

import csv
from itertools import islice

from qbrgen.load.bad_file import BadFileError
from qbrgen.load.encodings import Encoding, encoding_of
from qbrgen.load.formats.model import DataFile, Opened, Rows, cleaned
from qbrgen.load.text_lines import first_lines, layout_of, lines_of, text_of


def open_csv(file: DataFile, *, whole: bool) -> Opened:
    """whole: the encoding is that of the whole file; otherwise of its beginning, for the header alone."""
    encoding = encoding_of(file.path, file.name, file.reading, whole=whole)
    rows = csv_rows(file, encoding)
    _, columns = next(rows, (1, []))
    return Opened(columns, rows, (encoding.guessed,) if encoding.guessed else ())


def csv_rows(file: DataFile, encoding: Encoding) -> Rows:
    """Every row from the header on, with the line on which it begins. Empty lines are no rows."""
    delimiter, header = layout_of(first_lines(file.path, file.name, encoding, file.reading), file.reading)
    line = header - 1
    with text_of(file.path, file.name, encoding) as text:
        reader = csv.reader(islice(lines_of(text, file.name), header - 1, None), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                yield line + 1, cleaned(cells)
                line = reader.line_num + header - 1
        except csv.Error as error:
            fix = "Look for a quote that is opened and never closed, or is not doubled inside quotes."
            what = f"the row cannot be read: {error}."
            raise BadFileError("csv-syntax", file.name, what, fix, line + 1) from error
