"""What commands say where they are asked for what cannot be: each finding by its code, as it is shown."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
from running import run

from qbrgen.cli import init_write, options
from qbrgen.define.workspace import load_workspace
from qbrgen.draft import survey
from qbrgen.errors import Finding, InputError, Level
from qbrgen.lint.finding import SignFound
from qbrgen.score.rows import rows_behind
from qbrgen.score.workspace import account_ids

sys.path.append(str(Path(__file__).resolve().parents[1] / "draft"))
from folders_made import write_export

WORKFLOW = """\
      - id: {0}
        name: Deals moved on {0}
        produces: deals that move
        target: 50%
        frequency: {{events: moved_{0}}}
"""
FILES = {
    "qbrgen.yml": """\
vendor: Halyard
data:
  events: [{file: data/events.csv}]
  accounts: [{file: data/crm.csv}]
  people: [{file: data/people.csv}]
""",
    "playbooks/sales.yml": """\
playbook: sales
personas:
  - id: reps
    name: quota-carrying reps
    titles: [Rep]
    target: 70%
    workflows:
"""
    + "".join(map(WORKFLOW.format, ("monday", "tuesday", "friday"))),
    "accounts/acme.yml": "account: acme\nname: Acme\nplaybook: sales\n",
    "data/crm.csv": "account,name\nacme,Acme\nbirch,Birch\n",
    "data/people.csv": "user,account,name,title\nu-1,acme,Jon Bell,Rep\nu-2,birch,Ada Kerr,Rep\n",
    "data/events.csv": "time,user,account,event\n2026-07-01,u-1,acme,moved_monday\n",
}
NEW = ("account", "new", "Birch", "--playbook", "sales", "--yes", "-w")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of one account, and of another that only the table knows."""
    for name, text in FILES.items():
        path = tmp_path / "workspace" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "workspace"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    """What commands show, by its code."""
    found: dict[str, Finding] = {}
    as_it_is = options.show_finding

    def kept(finding: Finding, why: str = "") -> None:
        found[finding.code] = finding
        as_it_is(finding, why)

    monkeypatch.setattr(options, "show_finding", kept)
    return found


def test_an_account_that_no_table_knows_is_warned_of_with_the_nearest(root: Path, shown: dict[str, Finding]) -> None:
    assert run(*NEW, root, "--id", "birhc").exit_code == 0
    finding = shown["account-not-in-data"]
    assert finding.level is Level.WARNING
    assert finding.what == "no table of the workspace knows an account 'birhc'."
    assert finding.fix == "Did you mean 'birch'?"


def test_what_is_not_given_where_nothing_is_asked_is_named(root: Path, shown: dict[str, Finding]) -> None:
    assert run("account", "new", "--yes", "-w", root).exit_code == 2
    finding = shown["answer-missing"]
    assert finding.what == "--yes asks nothing, and this is not given: the account's name (NAME)."
    assert finding.fix == "Give it, or leave --yes out."


def test_a_person_that_cannot_be_taken_apart_is_told_with_an_example(root: Path, shown: dict[str, Finding]) -> None:
    assert run(*NEW, root, "--person", "u-2 Ada Kerr").exit_code == 2
    finding = shown["person-unclear"]
    assert finding.what == "--person 'u-2 Ada Kerr' is not ID, NAME, PERSONA and, if known, FROM."
    assert finding.fix == "Write 'u-1, Jon Bell, reps, 2026-01-05'."
    assert not (root / "accounts" / "birch.yml").exists()


def test_an_account_that_is_broken_is_left_out_of_the_workbook_and_told(root: Path, shown: dict[str, Finding]) -> None:
    (root / "accounts" / "birch.yml").write_text("account: birch\nplaybook: nobody\n", encoding="utf-8")
    assert run("sheet", "export", "-w", root, "--out", root / "sheet.xlsx").exit_code == 0
    finding = shown["account-set-aside"]
    assert finding.level is Level.WARNING
    assert finding.what == "the account 'birch' is broken, and left out."
    assert finding.fix == "`qbrgen check` tells what is wrong with it."


def test_a_name_that_two_accounts_bear_is_told_with_their_ids(root: Path) -> None:
    (root / "accounts" / "birch.yml").write_text("account: birch\nname: Acme Ltd\nplaybook: sales\n", encoding="utf-8")
    acme = root / "accounts" / "acme.yml"
    acme.write_text(acme.read_text(encoding="utf-8").replace("name: Acme", "name: Acme Ltd"), encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        account_ids(load_workspace(root), ["acme ltd"])
    (finding,) = wrong.value.findings
    assert finding.code == "ambiguous-account"
    assert finding.what == "2 accounts are called 'acme ltd'."
    assert finding.fix == "Write the id: acme, birch."


def test_what_stands_in_is_not_held_against_a_workspace_that_is_broken_itself(
    root: Path, shown: dict[str, Finding]
) -> None:
    other = root.parent / "sales.yml"
    other.write_text(FILES["playbooks/sales.yml"].replace("70%", "80%"), encoding="utf-8")
    settings = root / "qbrgen.yml"
    settings.write_text(FILES["qbrgen.yml"].replace("vendor", "vendr"), encoding="utf-8")
    assert run("check", "-w", root, "--what-if", other).exit_code == 2
    assert shown["unknown-key"].level is Level.ERROR
    finding = shown["what-if-present"]
    assert finding.level is Level.NOTE
    assert finding.what.startswith("The workspace as it is has errors; there is nothing to compare with")


def test_rows_of_weeks_that_the_data_hold_in_part_are_noted(root: Path) -> None:
    (root / "qbrgen.yml").write_text(
        FILES["qbrgen.yml"] + "data_start: 2026-07-01\nas_of: 2026-07-12\n", encoding="utf-8"
    )
    told = json.loads(run("check", "-w", root, "--period", "2026-Q3", "--json").stdout)
    (finding,) = (each for each in told["findings"] if each["code"] == "rows-in-part-weeks")
    assert finding["level"] == "note"
    assert finding["what"] == "1 event row of weeks that the data hold in part: counted nowhere."
    assert told["balance"]["in_part_weeks"] == 1


# ---- init -----------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_told_and_one_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("a,b\n", encoding="utf-8")
    for name, what in (("nowhere", "There is no folder '{}'."), ("events.csv", "'{}' is a file, not a folder.")):
        with pytest.raises(InputError) as wrong:
            survey.survey(tmp_path / name)
        (finding,) = wrong.value.findings
        assert (finding.code, finding.what) == ("no-folder", what.format(tmp_path / name))
        assert finding.fix == "Name the folder that holds your exports."


def test_a_folder_of_far_too_many_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST_FILES", 2)
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        survey.survey(tmp_path)
    (finding,) = wrong.value.findings
    assert (finding.code, finding.what) == ("many-files", f"{tmp_path} holds 3 files; that is not one export.")
    assert finding.fix == "Name the folder of the export itself."


def test_who_does_not_want_files_replaced_is_told_that_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qbrgen.yml").write_text("mine", encoding="utf-8")
    monkeypatch.setattr(click, "confirm", lambda *_, **__: False)
    with pytest.raises(InputError) as wrong:
        init_write.check(tmp_path, {"qbrgen.yml": "new"}, force=False, may_ask=True)
    (finding,) = wrong.value.findings
    assert (finding.code, finding.what, finding.fix) == (
        "not-replaced",
        "Nothing was written.",
        "Choose another folder.",
    )


def test_a_draft_that_cannot_be_reviewed_is_told_with_what_to_do(
    tmp_path: Path, shown: dict[str, Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise InputError([Finding(Level.ERROR, "no-rows", "the files hold no row.")])

    monkeypatch.setattr("qbrgen.pipeline.open_review", broken)
    write_export(tmp_path / "spring")
    folder = tmp_path / "new draft"
    result = run("init", folder, "--from", tmp_path / "spring", "--yes", "--vendor", "Halyard")
    assert result.exit_code == 1
    finding = shown["draft-not-reviewed"]
    assert finding.level is Level.ERROR
    assert finding.what == "The draft is written, and cannot be reviewed as it is."
    assert finding.fix == f"Correct it, then: qbrgen check -w '{folder}'"
    assert (folder / "qbrgen.yml").is_file()


# ---- files that change, themes --------------------------------------------------------------------------------------


def test_rows_that_change_between_counting_and_listing_are_told(
    tmp_path: Path, sample_accounts: Path, shown: dict[str, Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(sample_accounts, tmp_path / "samples")
    events = root / "data" / "events.csv"

    def later(*given: Any) -> Any:
        lines = events.read_text(encoding="utf-8").splitlines(keepends=True)
        events.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
        return rows_behind(*given)

    monkeypatch.setattr("qbrgen.score.rows.rows_behind", later)
    result = run("explain", "acme", "workflow:reps/sequenced-touches", "--rows", "-w", root)
    assert result.exit_code == 2
    finding = shown["rows-changed"]
    assert finding.what == (
        "The rows of workflow:reps/sequenced-touches do not add up to its figure: the files have changed meanwhile."
    )
    assert finding.fix == "Run the command again."


@pytest.mark.usefixtures("quick")
def test_a_low_title_and_more_signs_than_are_listed_are_notes(
    shown: dict[str, Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = [SignFound("margin", number, "", "too near to the edge.", "") for number in range(1, 6)]
    monkeypatch.setattr("qbrgen.lint.lint_deck", lambda _: signs)
    monkeypatch.setattr("qbrgen.cli.theme_template._TITLE_LINES", 1000)
    run("theme", "check", "plain")
    more, low = shown["preview-more"], shown["template-low-title"]
    assert (more.level, more.what, more.fix) == (
        Level.NOTE,
        "A preview: 2 more like these.",
        "Look at it: `qbrgen theme preview`.",
    )
    assert low.level is Level.NOTE
    assert re.match(r"Titles have [\d.]+ in of height on the layout '.+': longer ones push the body down\.", low.what)
    assert low.fix == "Two lines take 0.6 in."
