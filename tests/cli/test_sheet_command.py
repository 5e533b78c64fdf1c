"""qbrgen sheet and qbrgen account: what they print, ask and leave behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from qbrgen.cli import account as account_command
from qbrgen.cli import sheet as sheet_command
from qbrgen.cli.main import main
from qbrgen.define.workspace import load_workspace
from qbrgen.score.workspace import account_ids


@pytest.fixture
def workspace(sample_accounts: Path, tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    shutil.copytree(sample_accounts, root)
    return root


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    for module in (account_command, sheet_command):
        monkeypatch.setattr(module, "may_ask", lambda: True)


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=typed)


def files_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def edited(workspace: Path, tmp_path: Path) -> Path:
    """A workbook with one value changed, one row added and one taken away."""
    path = tmp_path / "accounts.xlsx"
    assert run("sheet", "export", "-w", workspace, "--out", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    plans = book["Plans"]
    headers = {cell.value: cell.column for cell in plans[1]}
    plans.cell(2, headers["Owner"]).value = "Ann Lee"
    plans.cell(plans.max_row + 1, headers["Account"]).value = "acme"
    plans.cell(plans.max_row, headers["Action"]).value = "Ring Dana"
    plans.delete_rows(4)
    book.save(path)
    return path


@pytest.mark.usefixtures("somebody")
def test_an_import_shows_every_change_asks_and_writes(workspace: Path, edited: Path) -> None:
    before = files_of(workspace)
    refused = run("sheet", "import", edited, "-w", workspace, typed="n\n")
    assert refused.exit_code == 0
    assert "Nothing is written." in refused.output
    assert files_of(workspace) == before
    done = run("sheet", "import", edited, "-w", workspace, typed="y\n")
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert "acme accounts/acme.yml" in lines
    assert (
        "~ action “One hour on a live list with each of the two reps”: Owner: “Priya Raman” → “Ann Lee” (Plans!F2)"
        in lines
    )
    assert "- action “Build three sequences from the openers that the best reps use” (Plans)" in lines
    assert "+ action “Ring Dana” (Plans!B22)" in lines
    assert "3 changes in 1 file." in lines
    assert "warning: the action has no owner and no due date: it is not yet a plan." in done.output
    changed = {path for path, content in files_of(workspace).items() if before.get(path) != content}
    assert changed == {workspace / "accounts" / "acme.yml"}
    assert "Nothing has changed" in run("sheet", "import", edited, "-w", workspace).output


def test_an_import_that_can_ask_nobody_writes_nothing_without_yes(workspace: Path, edited: Path) -> None:
    before = files_of(workspace)
    result = run("sheet", "import", edited, "-w", workspace)
    assert result.exit_code == 2
    assert "Say --yes to write it." in result.output
    assert files_of(workspace) == before
    assert run("sheet", "import", edited, "-w", workspace, "--yes").exit_code == 0


def test_an_export_goes_among_internal_files_and_never_over_edits(workspace: Path) -> None:
    first = run("sheet", "export", "-w", workspace)
    assert first.exit_code == 0
    path = workspace / "out" / "internal" / "accounts.xlsx"
    assert f"qbrgen sheet import {path} -w {workspace}" in " ".join(first.output.split())
    assert openpyxl.load_workbook(path).sheetnames[:2] == ["Read me", "Accounts"]
    content = path.read_bytes()
    again = run("sheet", "export", "-w", workspace)
    assert again.exit_code == 2
    assert "perhaps with edits" in " ".join(again.output.split())
    assert path.read_bytes() == content
    assert run("sheet", "export", "-w", workspace, "--replace").exit_code == 0
    unknown = run("sheet", "export", "acne", "-w", workspace, "--out", workspace / "new.xlsx")
    assert unknown.exit_code == 2
    assert "Did you mean 'acme'?" in unknown.output


def test_the_workbook_has_drop_downs_real_dates_and_hides_what_is_not_for_people(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.xlsx"
    run("sheet", "export", "-w", workspace, "--out", path)
    book = openpyxl.load_workbook(path)
    assert [page.title for page in book.worksheets if page.sheet_state != "visible"] == ["Lists", "qbrgen"]
    accounts = book["Accounts"]
    headers = {cell.value: cell.column for cell in accounts[1]}
    assert accounts.column_dimensions["A"].hidden
    assert accounts.freeze_panes == "D2"
    assert accounts.auto_filter.ref
    assert accounts.cell(2, headers["Renewal (internal)"]).is_date
    assert accounts.cell(2, headers["ARR (internal)"]).value == 84000
    rules = {page.title: len(page.data_validations.dataValidation) for page in book.worksheets}
    assert all(rules[title] for title in ("Accounts", "People", "Away", "Impact", "Plans", "Targets", "Closed weeks"))
    (personas,) = [
        rule.formula1 for rule in book["People"].data_validations.dataValidation if "MATCH" in str(rule.formula1)
    ]
    assert "MATCH($B2," in personas  # those of the account in the row


def test_what_the_page_for_csms_shows_is_what_is_printed(workspace: Path, tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "spreadsheet.md").read_text(encoding="utf-8")
    path = tmp_path / "accounts.xlsx"
    run("sheet", "export", "-w", workspace, "--out", path)
    book = openpyxl.load_workbook(path)
    for cell, value in {
        "Accounts!U2": 9,
        "Plans!H2": "2026-11-01",
        "Impact!B11": "oakhaven",
        "Impact!F11": "hours of calls saved",
        "Impact!G11": -0.15,
        "Impact!L11": "estimate",
        "Impact!M11": "Naomi Fraser",
    }.items():
        sheet, _, place = cell.partition("!")
        book[sheet][place].value = value
    for sheet in ("People", "Away"):
        rows = [row[0].row for row in book[sheet].iter_rows() if any(cell.value == "u-5005" for cell in row)]
        book[sheet].delete_rows(rows[0])
    book.save(path)
    shown = page.split("```")[3].strip().splitlines()
    told = run("sheet", "import", path, "-w", workspace, "--yes").output.splitlines()
    assert [line for line in shown if line and line not in told and not line.startswith(("Write", "4 changes"))] == []
    book["Plans"]["J7"].value = "reps/calls"
    book.save(path)
    refused = run("sheet", "import", path, "-w", workspace, "--yes").output
    assert page.split("```")[5].strip().removesuffix("…") in refused


# ---- account new ----------------------------------------------------------------------------------------------------

GIVEN = ("account", "new", "Acme Foods", "--playbook", "sales-engagement", "--yes", "--person", "u-1, Jon Bell, reps")


def test_an_account_is_made_of_options_alone(workspace: Path) -> None:
    result = run(*GIVEN, "-w", workspace, "--outcome", "sell more", "--baseline", "6", "--arr", "1,200")
    assert result.exit_code == 0
    text = (workspace / "accounts" / "acme-foods.yml").read_text(encoding="utf-8")
    assert "account: acme-foods\nname: Acme Foods\nplaybook: sales-engagement\n" in text
    assert "arr: 1200 GBP\n" in text
    assert "outcome:\n  bought: sell more\n  baseline: {value: 6}\n" in text
    assert "people:\n  - {id: u-1, name: Jon Bell, persona: reps}\n" in text
    assert "# impact:" in text
    assert "goal: where it should get to" in result.output
    assert f"qbrgen summary acme-foods -w {workspace}" in result.output
    account = load_workspace(workspace).accounts["acme-foods"]
    assert (account.name, account.people[0].name, len(account.personas)) == ("Acme Foods", "Jon Bell", 2)


def test_an_account_without_people_is_told_to_be_set_aside_until_someone_is_named(workspace: Path) -> None:
    result = run(*GIVEN[:6], "-w", workspace)
    assert result.exit_code == 0
    assert "the account is set aside until someone is named" in result.output
    assert f"Then: qbrgen check -w {workspace}" in result.output
    assert list(load_workspace(workspace).set_aside) == ["acme-foods"]


def test_an_account_that_is_there_is_never_written_over(workspace: Path) -> None:
    assert run(*GIVEN, "-w", workspace).exit_code == 0
    before = files_of(workspace)
    again = run(*GIVEN, "-w", workspace, "--owner", "Ann")
    assert again.exit_code == 2
    assert "there is an account 'acme-foods' already" in again.output
    assert files_of(workspace) == before


def test_an_id_of_salesforce_is_one_account_whichever_form_is_typed(workspace: Path, tmp_path: Path) -> None:
    short, full = "0015g00000AbCdE", "0015g00000AbCdEAAV"
    own = workspace / "accounts" / "oakhaven.yml"
    own.write_text(own.read_text(encoding="utf-8").replace("account: oakhaven", f"account: {short}"), encoding="utf-8")
    shutil.rmtree(workspace / "reviews")
    again = run(*GIVEN, "--id", short, "-w", workspace)
    assert again.exit_code == 2
    assert f"there is an account '{full}' already" in again.output
    assert account_ids(load_workspace(workspace), [short]) == [full]
    path = tmp_path / "accounts.xlsx"
    assert run("sheet", "export", short, "-w", workspace, "--out", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    headers = {cell.value: cell.column for cell in book["Plans"][1]}
    book["Plans"].cell(2, headers["Account"]).value = short
    book["Plans"].cell(2, headers["Owner"]).value = "Ann Lee"
    book.save(path)
    assert "1 change in 1 file" in run("sheet", "import", path, "-w", workspace, "--yes").output


def test_what_comes_next_can_be_pasted_whatever_the_folder_is_called(workspace: Path) -> None:
    root = workspace.rename(workspace.with_name("our workspace"))
    result = run(*GIVEN, "--id", "Acme Foods", "-w", root)
    assert f"qbrgen summary 'Acme Foods' -w '{root}'" in result.output


def test_missing_answers_without_a_terminal_are_named(workspace: Path) -> None:
    before = files_of(workspace)
    result = run("account", "new", "-w", workspace)
    assert result.exit_code == 2
    assert "no terminal" in result.output
    assert "NAME" in result.output
    assert "--playbook" in result.output
    wrong = run(*GIVEN, "-w", workspace, "--renewal", "soon", "--goal", "ten", "--person", "u-2, Ann, repz")
    assert wrong.exit_code == 2
    assert [word for word in ("--renewal", "--goal", "'repz'") if word not in wrong.output] == []
    assert files_of(workspace) == before


@pytest.mark.usefixtures("somebody")
def test_questions_make_an_account_and_ask_again_what_was_not_understood(workspace: Path) -> None:
    typed = [
        "Acme Foods",
        "",
        "7",
        "2",
        "Ann",
        "",
        "x",
        "1200",
        "",
        "2027-13-01",
        "2027-03-31",
        "",
        "",
        "sell more",
        "",
    ]
    typed += ["", "", "", "", "", "u-1", "Jon Bell", "", "", "", "y"]
    result = run("account", "new", "-w", workspace, typed="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    text = (workspace / "accounts" / "acme-foods.yml").read_text(encoding="utf-8")
    assert "owner: Ann\narr: 1200 GBP\nrenewal: 2027-03-31\n" in text
    assert "people:\n  - {id: u-1, name: Jon Bell, persona: reps}\n" in text
    assert "it is '2027-13-01', not a date" in result.output


@pytest.mark.usefixtures("somebody")
def test_ctrl_c_leaves_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(workspace)
    answers = iter(["Acme Foods", "acme-foods", "2", "Ann"])

    def typed(*_: object, **__: object) -> str:
        found = next(answers, None)
        if found is None:
            raise click.Abort
        return found

    monkeypatch.setattr(click, "prompt", typed)
    result = run("account", "new", "-w", workspace)
    assert result.exit_code == 130
    assert "Nothing is written." in result.output
    assert files_of(workspace) == before


@pytest.mark.usefixtures("somebody")
def test_what_the_tables_know_is_not_asked(workspace: Path) -> None:
    """An account of the CRM whose file is yet to be written: owner, segment, ARR, renewal and people are known."""
    (workspace / "accounts" / "tidewell.yml").unlink()
    result = run("account", "new", "tidewell", "--playbook", "sales-engagement", "-w", workspace, typed="\n" * 12)
    assert result.exit_code == 0, result.output
    assert "From data/crm.csv: Owner “Inês Carvalho”, Segment “Small”, Renewal 2027-08-09" in result.output
    assert "From data/people.csv: managers 1, reps" in result.output
    assert "Who works there?" not in result.output
    text = (workspace / "accounts" / "tidewell.yml").read_text(encoding="utf-8")
    assert "# owner: from data/crm.csv" in text
    assert "# people: the list comes from data/people.csv" in text
