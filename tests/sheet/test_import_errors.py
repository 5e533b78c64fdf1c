"""What a workbook should not hold is told at once, with sheet and cell, and then nothing is written."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from editing import Book

from qbrgen.errors import Finding, InputError, Level
from qbrgen.sheet.columns import SHEETS
from qbrgen.sheet.merge import Prefer
from qbrgen.sheet.plan import ImportPlan, plan_import
from qbrgen.sheet.save import save


def told(plan: ImportPlan, level: Level = Level.ERROR) -> dict[str, str]:
    """Where → code, of what is told at that level."""
    return {str(finding.where): finding.code for finding in plan.findings if finding.level is level}


def of_code(plan: ImportPlan, code: str) -> Finding:
    return next(finding for finding in plan.findings if finding.code == code)


def test_every_wrong_cell_is_told_at_once_with_what_to_write_instead(workspace: Path, book: Book) -> None:
    wrong = {
        ("Accounts", "Renewal", "31/03/2027"): "date-not-readable",
        ("Accounts", "Next review", 46310): "date-is-a-number",
        ("Accounts", "Baseline", "six"): "not-a-number",
        ("Accounts", "Names agreed", "maybe"): "not-yes-or-no",
        ("Accounts", "Currency", "pounds"): "not-a-currency",
        ("Accounts", "Goal by", "=TODAY()"): "cell-is-formula",
        ("Accounts", "Notes", "a\u202eb"): "hidden-character",
        ("Accounts", "Segment", 1.1): "cell-made-a-number",
        ("Accounts", "Playbook", "sales-engagment"): "unknown-choice",
        ("Impact", "Speaks of", datetime(2026, 3, 1)): "cell-made-a-date",
        ("Impact", "Change", 30): "change-without-percent",
        ("Impact", "Source", "guess"): "unknown-choice",
        ("Impact", "Place", 0): "not-above-zero",
        ("Plans", "Closes", "reps/calls"): "unknown-choice",
        ("Plans", "Due", "#N/A"): "cell-is-error",
        ("People", "Persona", "rep"): "unknown-choice",
        ("Targets", "Here", 70): "target-out-of-range",
    }
    expected = {}
    for number, ((title, header, value), code) in enumerate(wrong.items()):
        row = 2 + number % 8
        book.set(title, row, header, value)
        if code == "date-is-a-number":
            book.page(title).cell(row, book.place(title, header)).number_format = "General"
        expected[book.cell(title, row, header)] = code
    week = book.add("Closed weeks", Account="acme", Week="2026-W60")
    expected[book.cell("Closed weeks", week, "Week")] = "week-not-readable"
    before = {path: path.read_bytes() for path in workspace.rglob("*.yml")}
    plan = plan_import(book.save(), workspace)
    assert told(plan) == expected
    assert all(finding.fix for finding in plan.findings if finding.level is Level.ERROR)
    assert plan.files == []
    assert {path: path.read_bytes() for path in workspace.rglob("*.yml")} == before


def test_the_same_value_written_another_way_is_no_change(workspace: Path, book: Book) -> None:
    acme = book.row("Accounts", Account="acme")
    book.set("Accounts", acme, "Name", "  Acme ")
    book.set("Accounts", acme, "ARR", "84,000")
    book.set("Accounts", acme, "Renewal", "2027-03-31")
    book.set("Accounts", acme, "Baseline", 6.000000000000001)
    book.set("Accounts", acme, "Names agreed", False)
    book.set("Impact", 2, "Change", "-30 %")
    book.set("Impact", 2, "Source", "Estimate")
    book.set("Plans", 2, "Account", "Acme")
    book.set("Closed weeks", 2, "Week", datetime(2026, 8, 12))
    plan = plan_import(book.save(), workspace)
    assert (plan.changes, plan.findings) == ([], [])


def test_sheets_and_columns_may_go_move_and_come(workspace: Path, book: Book) -> None:
    """Nothing of what is not there changes; what is there is known by its header and by its row's mark."""
    del book.book["Plans"]
    book.page("Impact").title = "Our impact"
    book.book.create_sheet("Scratch").append(["anything"])
    book.page("Accounts").delete_cols(book.place("Accounts", "Notes"))
    book.page("Accounts").insert_cols(4)
    book.page("Accounts").cell(1, 4).value = "My column"
    book.page("Accounts").cell(2, 4).value = "mine"
    book.page("People").insert_rows(1)
    people = book.page("People")
    first = [cell.value for cell in people[3]]
    last = people.max_row
    for cell, other in zip(people[3], people[last], strict=True):
        cell.value, other.value = other.value, cell.value
    assert first[0]
    people.row_dimensions[10].hidden = True
    plan = plan_import(book.save(), workspace)
    assert plan.changes == []
    notes = {finding.code: finding.what for finding in plan.findings}
    assert set(notes) == {"sheet-gone", "sheet-unknown", "column-gone", "column-unknown"}
    assert "Notes (internal)" in notes["column-gone"]
    assert all(finding.level is not Level.ERROR for finding in plan.findings)


def test_merged_cells_and_headers_that_are_there_twice_are_refused(workspace: Path, book: Book) -> None:
    book.page("Plans").merge_cells("C3:C5")
    book.page("Impact").cell(1, book.place("Impact", "By")).value = "What"
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {"Plans!C3:C5": "cells-merged", "Impact!M1": "column-twice"}


def test_rows_that_cannot_be_are_told(workspace: Path, book: Book) -> None:
    expected = {}
    row = book.add("Plans", Account="acmee", Action="x")
    expected[book.cell("Plans", row, "Account")] = "unknown-account"
    row = book.add("Plans", Account="acme", Owner="Ann")
    expected[book.cell("Plans", row, "Action")] = "cell-missing"
    row = book.add("Away", Account="oakhaven", User_id="u-9999", From="2026-07-01", To="2026-07-02")
    expected[book.cell("Away", row, "User id")] = "unknown-person"
    row = book.add("Targets", Account="acme", Here=0.5)
    expected[book.cell("Targets", row, "Account")] = "row-is-fixed"
    row = book.row("Accounts", Account="pembury")
    book.set("Accounts", row, "Account", "pembury-2")
    expected[book.cell("Accounts", row, "Account")] = "account-id-changed"
    book.set("Accounts", 2, "Owner", None)
    expected[book.cell("Accounts", 2, "Owner")] = "cell-from-elsewhere"
    plan = plan_import(book.save(), workspace)
    assert told(plan) == expected


def test_what_the_workspace_would_not_bear_is_told_at_the_cell_that_did_it(workspace: Path, book: Book) -> None:
    """Rules that need several values: the import is tried before anything is written."""
    ends = book.row("People", User_id="u-5001")
    book.set("People", ends, "To", datetime(2020, 1, 1))
    book.set("Plans", 3, "Id", "live-list")
    book.set("Impact", 2, "Figure", 12)
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {
        book.cell("People", ends, "User id"): "seat-ends-before-it-begins",  # of the whole row
        book.cell("Plans", 3, "Id"): "id-twice",
        book.cell("Impact", 2, "Figure"): "impact-of-two-kinds",
    }
    assert plan.files == []


def test_whoever_takes_the_last_person_away_is_told(workspace: Path, book: Book) -> None:
    for number in range(book.page("People").max_row, 1, -1):
        if book.get("People", number, "Account") == "oakhaven":
            book.remove("People", number)
    plan = plan_import(book.save(), workspace)
    assert set(told(plan).values()) == {"account-without-people", "unknown-person"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("accounts.csv", "sheet-kind"),
        ("accounts.ods", "sheet-kind"),
        ("no.xlsx", "file-missing"),
        ("bad.xlsx", "excel-broken"),
    ],
)
def test_what_is_no_workbook_is_told_with_what_to_do(name: str, code: str, workspace: Path, tmp_path: Path) -> None:
    if code != "file-missing":
        (tmp_path / name).write_text("Account,Name\nacme,Acme\n")
    with pytest.raises(InputError) as caught:
        plan_import(tmp_path / name, workspace)
    (finding,) = caught.value.findings
    assert finding.code == code
    assert finding.fix


def test_a_workbook_of_somebody_elses_and_one_without_its_hidden_parts_are_told(
    workspace: Path, book: Book, tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(InputError, match="no hidden sheet"):
        plan_import(other, workspace)
    book.page("Plans").delete_cols(1)
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {"Plans": "sheet-without-rows"}
    book.page("qbrgen").cell(3, 3).value = "{"
    with pytest.raises(InputError, match="has been changed"):
        plan_import(book.save(), workspace)


def test_a_workbook_of_another_workspace_is_told(workspace: Path, sample_workbook: Path) -> None:
    shutil.rmtree(workspace / "reviews")
    for path in (workspace / "accounts").glob("*.yml"):
        path.unlink()
    text = "account: other\nplaybook: sales-engagement\npeople: [{id: u-1, persona: reps}]\n"
    (workspace / "accounts" / "other.yml").write_text(text)
    with pytest.raises(InputError, match="of another workspace"):
        plan_import(sample_workbook, workspace)


def test_an_account_may_change_its_playbook_and_the_personas_of_its_people_at_once(workspace: Path, book: Book) -> None:
    row = book.row("Accounts", Account="oakhaven")
    book.set("Accounts", row, "Playbook", "revenue-teams")
    for number in range(2, book.page("People").max_row + 1):
        if book.get("People", number, "Account") == "oakhaven":
            book.set("People", number, "Persona", "executives")
    for number in range(2, book.page("Plans").max_row + 1):
        if book.get("Plans", number, "Account") == "oakhaven":
            book.set("Plans", number, "Closes", "executives")
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {}
    assert [edit.name for edit in plan.files] == ["accounts/oakhaven.yml"]
    book.set("People", book.row("People", User_id="u-5003"), "Persona", "reps")
    assert list(told(plan_import(book.save(), workspace)).values()) == ["unknown-persona"]


def test_an_id_may_change_with_the_absences_that_name_it(workspace: Path, book: Book) -> None:
    book.set("People", book.row("People", User_id="u-5002"), "User id", "u-6002")
    book.set("Away", book.row("Away", User_id="u-5002"), "User id", "u-6002")
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {}
    (edit,) = plan.files
    assert "  - {id: u-6002, name: Peter Lindgren, persona: reps, from: 2021-01-18, away: [{" in edit.after


def test_people_of_the_table_keep_what_the_table_knows_of_them(workspace: Path, book: Book) -> None:
    """One of two seats goes, another gets a new id: both are then written out; the others stand by their ids."""
    book.remove("People", book.row("People", User_id="u-2008", Persona="reps"))
    book.set("People", book.row("People", User_id="u-2002"), "User id", "u-9002")
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {}
    (edit,) = plan.files
    people = edit.after.split("people:\n")[1].split("\n\n")[0].splitlines()
    assert people[0] == "  - {id: u-2001}"
    assert people[1].startswith(
        "  - {id: u-9002, name: Omar Haddad, title: Sales Development Rep, persona: reps, from: 20"
    )
    assert [line for line in people if "u-2008" in line] == ["  - {id: u-2008, persona: managers, from: 2026-07-06}"]
    assert of_code(plan, "people-become-own").level is Level.WARNING


# ---- both sides changed ---------------------------------------------------------------------------------------------


def both_changed(workspace: Path, book: Book) -> Path:
    """One cell changed on both sides, one on each side only, one row taken away that the workspace changed."""
    path = workspace / "accounts" / "acme.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("present: {value: 8,", "present: {value: 9,").replace("due: 2026-10-16", "due: 2026-10-20")
    path.write_text(text.replace("due: 2026-10-23", "due: 2026-10-24"), encoding="utf-8")
    acme = book.row("Accounts", Account="acme")
    book.set("Accounts", acme, "Now", 11)
    book.set("Accounts", acme, "Notes", "of the sheet")
    book.remove("Plans", book.row("Plans", Id="reply-queue"))
    return book.save()


def test_what_both_sides_changed_is_a_conflict_that_tells_all_three_values(workspace: Path, book: Book) -> None:
    plan = plan_import(both_changed(workspace, book), workspace)
    conflicts = [finding.what for finding in plan.findings if finding.code == "changed-in-both"]
    assert conflicts == [
        "Now was 8 when exported; the sheet says 11, the workspace now 9.",
        "action “Put the reply queue on the reps' home screen” is taken away here, and has been changed in the "
        "workspace since.",
    ]
    assert "accounts/acme.yml" in of_code(plan, "changed-since-export").what
    assert plan.files == []


@pytest.mark.parametrize("prefer", list(Prefer))
def test_a_conflict_is_decided_by_the_side_that_is_preferred(prefer: Prefer, workspace: Path, book: Book) -> None:
    path = both_changed(workspace, book)
    plan = plan_import(path, workspace, prefer)
    assert told(plan) == {}
    save(workspace, plan.files)
    text = (workspace / "accounts" / "acme.yml").read_text(encoding="utf-8")
    assert ("value: 11" in text, "value: 9" in text) == (prefer is Prefer.SHEET, prefer is Prefer.WORKSPACE)
    assert ("id: reply-queue" in text) == (prefer is Prefer.WORKSPACE)
    assert "notes: of the sheet" in text  # only the sheet changed it
    assert "due: 2026-10-20" in text  # only the workspace changed it


def test_a_row_that_was_copied_and_not_changed_is_no_second_one(workspace: Path, book: Book) -> None:
    copied(book, "Plans", 4)
    plan = plan_import(book.save(), workspace)
    assert plan.changes == []
    assert of_code(plan, "row-there-already").level is Level.NOTE


def test_of_a_row_and_its_changed_copy_the_one_that_is_as_before_is_the_row_itself(workspace: Path, book: Book) -> None:
    copied(book, "Plans", 4)
    book.set("Plans", 4, "Action", "Ring Dana")
    book.set("Plans", 4, "Id", None)
    plan = plan_import(book.save(), workspace)
    assert [(change.how.value, change.what) for change in plan.changes] == [("added", "action “Ring Dana”")]


def copied(book: Book, title: str, row: int) -> None:
    """A row once more at the end, with its hidden mark."""
    page = book.page(title)
    last = page.max_row + 1
    for place, cell in enumerate(page[row], start=1):
        page.cell(last, place).value = cell.value


def sorted_without_marks(book: Book, title: str) -> None:
    """Sort what can be seen of a sheet backwards; the hidden first column stays where it is."""
    page = book.page(title)
    rows = [[cell.value for cell in row[1:]] for row in page.iter_rows(min_row=2)]
    for number, row in enumerate(reversed([row for row in rows if row[0]]), start=2):
        for place, value in enumerate(row, start=2):
            page.cell(number, place).value = value


def test_rows_sorted_without_their_hidden_column_are_still_themselves(workspace: Path, book: Book) -> None:
    for sheet in SHEETS:
        sorted_without_marks(book, sheet.title)
    path = book.save()
    assert plan_import(path, workspace).changes == []
    book.set("Plans", book.row("Plans", Id="live-list"), "Owner", "Ann Lee")
    row = book.row("Targets", Account="acme", Workflow="sequenced-touches")
    book.set("Targets", row, "Here", 0.8)
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {}
    assert [(change.account, change.what, change.after) for change in plan.changes] == [
        ("acme", "action “One hour on a live list with each of the two reps”: Owner", "“Ann Lee”"),
        ("acme", "target “Outbound touches through sequences”: Here", "80%"),
    ]


def test_cells_deleted_in_part_of_a_row_take_their_action_away_and_no_other(workspace: Path, book: Book) -> None:
    page, gone = book.page("Plans"), book.row("Plans", Id="reply-queue")
    for number in range(gone, page.max_row + 1):
        for place in range(2, page.max_column + 1):
            page.cell(number, place).value = page.cell(number + 1, place).value
    plan = plan_import(book.save(), workspace)
    assert [(change.how.value, change.what) for change in plan.changes] == [
        ("removed", "action “Put the reply queue on the reps' home screen”")
    ]


def test_new_accounts_whose_files_would_have_one_name_get_two(workspace: Path, book: Book) -> None:
    for number, account in enumerate(("株式会社", "有限会社", "Acme!"), start=1):
        book.add("Accounts", Account=account, Name=f"New {number}", Playbook="sales-engagement")
        book.add("People", Account=account, User_id=f"n{number}", Name="Ann", Persona="reps", From=datetime(2026, 1, 5))
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {}
    assert [(edit.account, edit.name) for edit in plan.files] == [
        ("Acme!", "accounts/acme-2.yml"),
        ("有限会社", "accounts/account.yml"),
        ("株式会社", "accounts/account-2.yml"),
    ]


def test_an_account_that_is_new_in_two_rows_is_told(workspace: Path, book: Book) -> None:
    book.add("Accounts", Account="new", Name="New", Playbook="sales-engagement")
    row = book.add("Accounts", Account="new", Name="Newer", Playbook="sales-engagement")
    book.add("People", Account="new", User_id="n1", Name="Ann", Persona="reps", From=datetime(2026, 1, 5))
    plan = plan_import(book.save(), workspace)
    assert told(plan) == {book.cell("Accounts", row, "Account"): "account-twice"}


def test_a_new_row_with_the_id_of_someone_else_renames_nobody(workspace: Path, book: Book) -> None:
    expected = {}
    for account, user in (("acme", "u-1041"), ("oakhaven", "u-5002")):
        row = book.add("People", Account=account, User_id=user, Name="Ann Lee", Persona="reps")
        expected[book.cell("People", row, "Name")] = "rows-differ"
    plan = plan_import(book.save(), workspace)
    assert told(plan) == expected
    assert "Ann Lee, Jon Bell" in of_code(plan, "rows-differ").what


def test_edits_of_an_account_that_is_gone_or_broken_since_are_told_so(workspace: Path, book: Book) -> None:
    (workspace / "accounts" / "fernhill.yml").unlink()
    broken = workspace / "accounts" / "tidewell.yml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("account: tidewell", "account: [tidewell"))
    book.set("Accounts", book.row("Accounts", Account="fernhill"), "Notes", "new")
    book.set("Plans", book.row("Plans", Id="first-leads"), "Owner", "Ann Lee")
    path = book.save()
    for prefer in (None, Prefer.SHEET):
        plan = plan_import(path, workspace, prefer)
        assert set(told(plan).values()) == {"edited-but-gone"}
        assert sum("is gone or broken" in finding.what for finding in plan.findings) == 2
    plan = plan_import(path, workspace, Prefer.WORKSPACE)
    assert (told(plan), plan.changes) == ({}, [])


def test_a_comment_above_what_is_taken_away_stays_and_is_told(workspace: Path, book: Book) -> None:
    book.remove("People", book.row("People", User_id="u-5005"))
    book.remove("Away", book.row("Away", User_id="u-5005"))
    plan = plan_import(book.save(), workspace)
    assert of_code(plan, "comment-left").what.endswith("stays: # away all quarter: counted apart, not against the team")


# ---- all files or none ----------------------------------------------------------------------------------------------


def test_where_one_file_cannot_be_written_none_is(workspace: Path, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2, 10):
        book.set("Accounts", number, "Notes", "new")
    plan = plan_import(book.save(), workspace)
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "oakhaven.yml":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(PermissionError):
        save(workspace, plan.files)
    assert {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()} == before


def test_a_file_that_changes_while_the_question_stands_is_not_written_over(workspace: Path, book: Book) -> None:
    book.set("Accounts", 2, "Notes", "new")
    plan = plan_import(book.save(), workspace)
    path = workspace / "accounts" / "acme.yml"
    path.write_text(path.read_text() + "# mine\n")
    with pytest.raises(InputError, match="changed while the question stood"):
        save(workspace, plan.files)
    assert path.read_text().endswith("# mine\n")
