"""Findings of a workbook that is brought back, each by its code: what is rare, and what nothing else brings about."""

from __future__ import annotations

from pathlib import Path

import pytest
from editing import Book

from qbrgen.errors import Finding, Level
from qbrgen.sheet import apply
from qbrgen.sheet.plan import plan_import
from qbrgen.sheet.yaml_edit import NotEditableError


def of_code(book: Book, workspace: Path, code: str) -> Finding:
    (finding,) = (each for each in plan_import(book.save(), workspace).findings if each.code == code)
    return finding


def test_a_row_of_an_account_that_did_not_come_back_changes_nothing_and_is_told(workspace: Path, book: Book) -> None:
    book.remove("Accounts", book.row("Accounts", Account="fernhill"))
    finding = of_code(book, workspace, "row-gone")
    assert (finding.level, str(finding.where)) == (Level.NOTE, "Accounts")
    assert "fernhill" in finding.what
    assert finding.what.endswith("nothing of it changes. To take an account away, delete its file.")


def test_a_sheet_that_is_there_twice_is_told_with_its_name(workspace: Path, book: Book) -> None:
    book.book.copy_worksheet(book.page("Plans")).title = "Plans of May"
    finding = of_code(book, workspace, "sheet-twice")
    assert (finding.level, str(finding.where)) == (Level.ERROR, "Plans of May")
    assert finding.what == "'Plans of May' is the sheet 'Plans' a second time."
    assert finding.fix == "Delete one of the two."


def test_a_file_that_cannot_be_changed_in_parts_is_left_as_it_is_and_told(
    workspace: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> str:
        raise NotEditableError("two changes meet in one place")

    monkeypatch.setattr(apply, "edited", refused)
    book.set("Accounts", book.row("Accounts", Account="acme"), "Notes", "new")
    finding = of_code(book, workspace, "not-editable")
    assert (finding.level, str(finding.where), finding.account) == (Level.ERROR, "accounts/acme.yml", "acme")
    assert finding.what == "the file cannot be changed from here: two changes meet in one place."
    assert finding.fix == "Make these changes in the file itself."


def test_what_would_come_out_otherwise_than_the_sheet_has_it_is_told_at_its_cell(
    workspace: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A net: it holds whatever the writing of files gets wrong."""
    as_it_is = apply.edited
    monkeypatch.setattr(apply, "edited", lambda *given: as_it_is(*given).replace("of May", "of June"))
    row = book.row("Accounts", Account="acme")
    book.set("Accounts", row, "Notes", "of May")
    finding = of_code(book, workspace, "cell-not-taken")
    assert (finding.level, str(finding.where)) == (Level.ERROR, book.cell("Accounts", row, "Notes"))
    assert "would be “of June”, not “of May”." in finding.what
    assert finding.fix == "Change it in the account's file itself."
