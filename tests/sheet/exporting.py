"""Workbooks of a workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qbrgen.sheet.rows import chosen_accounts, lists_of, read_known, rows_of
from qbrgen.sheet.workbook import Export, files_behind, write_workbook


def exported(root: Path, path: Path, accounts: tuple[str, ...] = ()) -> Path:
    """The workbook of a workspace."""
    known = read_known(root)
    chosen = chosen_accounts(known, accounts)
    everything = Export(
        "Halyard",
        date(2026, 10, 1),
        tuple(chosen),
        rows_of(known, chosen),
        lists_of(known, chosen),
        files_behind(known, chosen),
    )
    write_workbook(path, everything)
    return path
