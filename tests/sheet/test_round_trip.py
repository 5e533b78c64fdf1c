"""A workbook goes out, is edited and comes back: the YAML then says what the sheet says, and nothing else moves."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from editing import Book
from exporting import exported
from openxml_audit import OpenXmlValidator

from qbrgen.errors import Level
from qbrgen.load.yaml_files import parse_yaml
from qbrgen.sheet.columns import SHEETS
from qbrgen.sheet.plan import plan_import
from qbrgen.sheet.rows import chosen_accounts, read_known, rows_of
from qbrgen.sheet.save import save


def files_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.yml"))}


def imported(book: Path, root: Path) -> list[str]:
    """The names of the files that an import writes. Nothing may be wrong."""
    plan = plan_import(book, root)
    assert [str(finding) for finding in plan.findings if finding.level is Level.ERROR] == []
    save(root, plan.files)
    return sorted(edit.name for edit in plan.files)


def test_a_workbook_that_nobody_edited_changes_nothing(workspace: Path, sample_workbook: Path, tmp_path: Path) -> None:
    before = files_of(workspace)
    plan = plan_import(sample_workbook, workspace)
    assert (plan.changes, plan.files, plan.findings) == ([], [], [])
    saved_again = tmp_path / "again.xlsx"  # by a program that writes every part of it in its own way
    openpyxl.load_workbook(sample_workbook).save(saved_again)
    assert imported(saved_again, workspace) == []
    assert files_of(workspace) == before


def test_texts_of_tables_with_odd_spaces_are_no_edits(workspace: Path, tmp_path: Path) -> None:
    for name, before, after in (("people", "Jon Bell", " Jon\u00a0  Bell"), ("crm", "Priya Raman", "Priya  Raman")):
        path = workspace / "data" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    plan = plan_import(exported(workspace, tmp_path / "accounts.xlsx"), workspace)
    assert (plan.changes, plan.findings) == ([], [])


def test_every_account_comes_out_of_the_workbook_as_the_files_have_it(workspace: Path, sample_workbook: Path) -> None:
    """Cleared of its own files, nothing of a sheet is left: so all that a sheet shows comes from the files."""
    rows = rows_of(known := read_known(workspace), chosen_accounts(known, ()))
    book = Book(sample_workbook)
    assert {sheet.title: book.rows(sheet) for sheet in SHEETS} == {
        sheet.title: len(rows[sheet.key]) for sheet in SHEETS
    }
    plans = [book.get("Plans", number, "Action") for number in range(2, 2 + len(rows["plans"]))]
    assert plans == [row.values["action"] for row in rows["plans"].values()]


def test_the_workbook_is_sound_to_an_outside_validator(sample_workbook: Path) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(str(sample_workbook)).errors] == []


# ---- random edits ---------------------------------------------------------------------------------------------------

WORDS = ('it\'s so: "yes"', "50%", "- a dash", "# no comment", "Łódź", "true", "2026-01-05", "0042", "a, b [c] {d}")
TEXTS = {
    "Accounts": ("Name", "Owner", "Segment", "Outcome bought", "Measured by", "Ask of leadership", "Notes"),
    "Impact": ("What", "By", "Speaks of"),
    "Plans": ("Action", "Owner"),
}
DAYS = {"Accounts": ("Renewal", "Next review", "Baseline on"), "Impact": ("Said on",), "Plans": ("Due", "Done")}
NUMBERS = {"Accounts": ("ARR", "Baseline", "Goal"), "Impact": ()}
CHOICES = {
    "Accounts": {"Names agreed": ("yes", "no"), "Draft": ("yes", "no"), "Currency": ("GBP", "EUR")},
    "Impact": {
        "Better": ("higher", "lower"),
        "Source": ("measured", "estimate", "benchmark"),
        "Says it is why": ("yes", "no"),
    },
    "Plans": {"Side": ("vendor", "customer"), "Internal": ("yes", "no"), "Closes": ("impact", "outcome")},
}


def edit_at_random(book: Book, rng: random.Random) -> None:
    """Some dozens of edits that a CSM might make."""
    for title in ("Accounts", "Impact", "Plans"):
        last = book.page(title).max_row
        for _ in range(rng.randint(2, 12)):
            row = rng.randint(2, last)
            _edit_cell(book, title, row, rng)
    for number in range(2, book.page("Targets").max_row + 1):
        if rng.random() < 0.1:
            book.set("Targets", number, "Here", rng.choice([None, 0.55, 0.625, "80%"]))
    for title, chance in (("Impact", 0.15), ("Plans", 0.2), ("Closed weeks", 0.5), ("Away", 0.4)):
        for number in range(book.page(title).max_row, 1, -1):
            if rng.random() < chance:
                book.remove(title, number)
    for account in rng.sample(["acme", "oakhaven", "tidewell"], 2):
        book.add("Plans", Account=account, Action=rng.choice(WORDS) + " once", Owner="Ann", Due=a_day(rng))
        book.add("Impact", Account=account, What=rng.choice(WORDS), Change=-0.125, Source="estimate", By="Ann")
        book.add("Closed weeks", Account=account, Week=f"2026-W{rng.randint(40, 52)}")
    _edit_people(book, rng)


def _edit_cell(book: Book, title: str, row: int, rng: random.Random) -> None:
    kind = rng.choice(["text", "text", "day", "number", "choice"])
    if kind == "text":
        book.set(title, row, rng.choice(TEXTS[title]), rng.choice(WORDS) + f" {rng.randint(1, 99)} ")
    elif kind == "day":
        book.set(title, row, rng.choice(DAYS[title]), rng.choice([a_day(rng), a_day(rng).date().isoformat()]))
    elif kind == "number" and NUMBERS.get(title):
        book.set(title, row, rng.choice(NUMBERS[title]), rng.choice([rng.randint(1, 10**6), 12.5, "1,250"]))
    else:
        header = rng.choice(list(CHOICES[title]))
        book.set(title, row, header, rng.choice(CHOICES[title][header]))


def _edit_people(book: Book, rng: random.Random) -> None:
    """Names and titles anywhere, new people, one who changed persona, absences."""
    people = list(range(2, book.page("People").max_row + 1))
    once = Counter((book.get("People", number, "Account"), book.get("People", number, "User id")) for number in people)
    single = [n for n in people if once[book.get("People", n, "Account"), book.get("People", n, "User id")] == 1]
    for number in rng.sample(single, 3):
        book.set("People", number, "Name", f"{rng.choice(WORDS)} {number}")
    changed = rng.choice([n for n in single if book.get("People", n, "To") is None and book.get("People", n, "From")])
    book.set("People", changed, "To", datetime(2026, 12, 31))
    account, user = (book.get("People", changed, key) for key in ("Account", "User id"))
    persona = book.get("People", changed, "Persona")
    book.add("People", Account=account, User_id=user, Persona=persona, From=datetime(2027, 2, 1))
    book.add("People", Account="oakhaven", User_id="0042", Name="New One", Persona="reps", From=a_day(rng))
    book.add("Away", Account="oakhaven", User_id="u-5003", From="2026-07-06", To=datetime(2026, 7, 17))


def a_day(rng: random.Random) -> datetime:
    return datetime(2026, 1, 5) + timedelta(days=rng.randint(0, 500))


def said(title: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """A row without what an import fills in: ids and places of new rows, the name of someone known."""
    left_out = {"account_name", "id", "place"} if title in ("Impact", "Plans") else {"account_name"}
    return tuple(sorted((key, str(value)) for key, value in values.items() if key not in left_out))


WAYS: dict[str, Callable[[Any], str] | None] = {
    "as the samples are": None,
    "as a library dumps it": lambda value: yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=40),
    "as JSON": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
}


@pytest.mark.parametrize("way", WAYS)
def test_random_edits_come_out_as_they_were_typed_and_all_else_stays(way: str, workspace: Path, tmp_path: Path) -> None:
    rng = random.Random(way)
    write = WAYS[way]
    for path in (workspace / "accounts").glob("*.yml") if write else ():
        path.write_text(write(parse_yaml(path.read_text(encoding="utf-8"), path.name).value), encoding="utf-8")
    book = Book(exported(workspace, tmp_path / "accounts.xlsx"))
    edit_at_random(book, rng)
    path = book.save()
    before = files_of(workspace)
    written = imported(path, workspace)
    after = files_of(workspace)
    assert {name for name in after if after[name] != before[name]} == set(written)
    for name in before:
        own_lines = [line.strip() for line in before[name].decode().splitlines() if line.lstrip().startswith("#")]
        assert [line for line in own_lines if line not in after[name].decode()] == []
    assert_as_typed(path, workspace)
    assert imported(path, workspace) == []  # a second time it changes nothing
    assert files_of(workspace) == after


def assert_as_typed(path: Path, root: Path) -> None:
    """Every row of the workbook stands in the workspace as it was typed, and no other does."""
    from qbrgen.sheet.reading import read_workbook
    from qbrgen.sheet.rows import lists_of

    known = read_known(root)
    accounts = chosen_accounts(known, ())
    rows = rows_of(known, accounts)
    names = {name: account.name for name, account in known.definitions.accounts.items()}
    read = read_workbook(path, lists_of(known, accounts), names)
    for key, sheet in read.sheets.items():
        editable = [column.key for column in sheet.sheet.edited()]
        typed = Counter(
            said(
                sheet.sheet.title,
                {k: row.values.get(k) for k in editable if k not in ("name", "title") or key != "people"},
            )
            for row in sheet.rows
        )
        there = Counter(
            said(
                sheet.sheet.title,
                {k: row.values.get(k) for k in editable if k not in ("name", "title") or key != "people"},
            )
            for row in rows[key].values()
        )
        assert typed == there, key
    people = {(row.values["account"], row.values["id"]): row.values["name"] for row in rows["people"].values()}
    for row in read.sheets["people"].rows:
        if row.values["name"]:
            assert people[row.values["account"], row.values["id"]] == row.values["name"]


def test_an_export_of_some_accounts_changes_only_these(workspace: Path, tmp_path: Path) -> None:
    path = exported(workspace, tmp_path / "one.xlsx", ("acme",))
    book = Book(path)
    assert book.rows(SHEETS[0]) == 1
    book.set("Accounts", 2, "Notes", "new")
    assert imported(book.save(), workspace) == ["accounts/acme.yml"]


def test_a_workspace_whose_accounts_come_from_a_table_gets_files_for_those_that_are_edited(
    workspace: Path, tmp_path: Path
) -> None:
    settings = workspace / "qbrgen.yml"
    settings.write_text(settings.read_text() + "accounts: {from_table: true, playbook: sales-engagement}\n")
    shutil.rmtree(workspace / "reviews")
    (workspace / "accounts" / "tidewell.yml").unlink()
    book = Book(exported(workspace, tmp_path / "table.xlsx"))
    row = book.row("Accounts", Account="tidewell")
    assert book.get("Accounts", row, "Owner") == "Inês Carvalho"
    book.set("Accounts", row, "Outcome bought", "sell heat pumps")
    assert imported(book.save(), workspace) == ["accounts/tidewell.yml"]
    text = (workspace / "accounts" / "tidewell.yml").read_text(encoding="utf-8")
    assert text == "account: tidewell\noutcome:\n  bought: sell heat pumps\n"


def test_a_new_row_of_accounts_with_its_people_makes_a_new_account(workspace: Path, book: Book) -> None:
    book.add("Accounts", Account="acme-foods", Name="Acme Foods", Playbook="sales-engagement", ARR=1200)
    book.add("People", Account="Acme Foods", User_id="u-1", Name="Jon Bell", Persona="reps", From=datetime(2026, 1, 5))
    book.add("Plans", Account="acme-foods", Action="Begin", Closes="reps")
    assert imported(book.save(), workspace) == ["accounts/acme-foods.yml"]
    assert (workspace / "accounts" / "acme-foods.yml").read_text(encoding="utf-8") == (
        "account: acme-foods\nname: Acme Foods\nplaybook: sales-engagement\narr: 1200\npeople:\n"
        "  - {id: u-1, name: Jon Bell, persona: reps, from: 2026-01-05}\n"
        "actions:\n  - id: begin\n    action: Begin\n    closes: reps\n"
    )
