"""Files that are missing, or are not what they seem to be."""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes.kind import EW, E, Kind

KINDS: Mapping[str, Kind] = {
    "csv-syntax": Kind(E, "A CSV file whose rows cannot be told apart.", "Correct the quotes, or export it again."),
    "duplicate-key": Kind(E, "A key of a YAML file stands twice.", "Keep one of the two."),
    "excel-broken": Kind(E, "An Excel file that cannot be opened.", "Save it again as .xlsx."),
    "file": Kind(
        E, "The system refuses a file or a folder.", "Close it where it is open, make room, or write elsewhere."
    ),
    "file-empty": Kind(E, "A definition's file holds nothing.", "Write it, or delete it."),
    "file-kind": Kind(E, "A data file of a kind that is not read.", "Save it as one of the kinds in docs/data.md."),
    "file-missing": Kind(E, "A file that is named is not there.", "Correct the name, or put the file there."),
    "file-name": Kind(E, "The name of a data file is not UTF-8.", "Rename it."),
    "file-there": Kind(E, "A file that a command would write is there already.", "Move it, or name another."),
    "in-the-way": Kind(
        E, "A folder stands where a file should go, or the other way round.", "Move it, or name another --out."
    ),
    "json-syntax": Kind(E, "A file that should hold JSON does not.", "Export it again, one object to a line."),
    "key-not-text": Kind(E, "A key of a YAML file is a list or a mapping.", "Write `key: value`."),
    "no-folder": Kind(E, "A folder to write to cannot be made.", "Choose another."),
    "not-a-folder": Kind(
        E, "A file stands where a folder of definitions should be.", "Make it a folder of .yml files."
    ),
    "not-utf-8": Kind(E, "A file is not UTF-8 text.", "Save it as UTF-8, or say its encoding under `read:`."),
    "parquet-broken": Kind(E, "A Parquet file that cannot be opened.", "Export it again."),
    "row-too-long": Kind(
        EW, "A row has more cells than the header has columns.", "Put quotes around what holds a separator."
    ),
    "source-date": Kind(E, "SOURCE_DATE_EPOCH is no number of seconds.", "Set it to one, or unset it."),
    "table-empty": Kind(E, "A data file without a header.", "Export it again, with its column names in the first row."),
    "unknown-tag": Kind(E, "A tag in a YAML file (!…) that means nothing here.", "Leave it out."),
    "unreadable": Kind(
        E, "A file or folder cannot be read, or breaks off.", "Give yourself the right to read it, or export it again."
    ),
    "yaml-syntax": Kind(E, "A file is not YAML.", "Correct what stands at that line: quotes, indentation, brackets."),
    "yaml-too-deep": Kind(E, "A YAML file is nested too deeply, or unfolds without end.", "Write it flatter."),
}
