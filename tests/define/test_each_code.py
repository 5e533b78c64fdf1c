"""One thing changed in a small workspace that holds together: the finding of each code, its place and its words.

Here stand the codes that no test of their room brings about; tests/docs holds that every code is brought about by one.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import fastavro
import pytest
from openpyxl import Workbook
from pydantic import BaseModel

from qbrgen.define.stand_ins import find_stand_ins
from qbrgen.define.validate import validate
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.yaml_files import read_yaml

if TYPE_CHECKING:
    from conftest import Workspace

ERROR, WARNING, NOTE = Level.ERROR, Level.WARNING, Level.NOTE
SETTINGS, ACCOUNT = "qbrgen.yml", "accounts/acme.yml"
EVENTS = "    - file: data/events.csv\n"
PEOPLE = "    - file: data/people.csv\n"
CRM = "    - file: data/crm.csv\n      columns: {account: id, name: name, owner: csm, arr: arr, renewal: renewal}\n"


class Case(NamedTuple):
    """In `file`, `old` becomes `new`; `files` are put beside, and in the settings `entry` becomes another.
    Then a finding stands `at`, and says `what` and `fix`."""

    code: str
    level: Level
    at: str
    what: str
    fix: str
    file: str = SETTINGS
    old: str = ""
    new: str = ""
    files: tuple[tuple[str, str], ...] = ()
    entry: tuple[str, str] = ("", "")


CASES = [
    Case(
        "no-accounts-table",
        ERROR,
        "qbrgen.yml:11",
        "accounts are to come from a table, and `data:` names no table of accounts.",
        "Add `accounts:` to `data:`, with `file:` and `columns:`.",
        old="  accounts:\n" + CRM,
        new="accounts: {from_table: true, playbook: sales}\n",
    ),
    Case(
        "goal-is-baseline",
        WARNING,
        "accounts/acme.yml:8",
        "the goal of the outcome is its baseline: no progress can be told.",
        "Correct one of the two.",
        ACCOUNT,
        "impact:",
        "outcome:\n  what: win rate\n  better: higher\n  baseline: {value: 20%, as_of: 2026-01-05}\n"
        "  goal: {value: 20%, by: 2026-12-31}\nimpact:",
    ),
    Case(
        "two-places",
        ERROR,
        "qbrgen.yml:6",
        "names a file and a database.",
        "Keep one of the two.",
        old=EVENTS,
        new="    - file: data/events.csv\n      database: duckdb://a.duckdb\n      table: events\n",
    ),
    Case(
        "dict-type",
        ERROR,
        "qbrgen.yml:2",
        "`databases` is no mapping.",
        "Write `key: value` lines under it.",
        old="vendor: Halyard\n",
        new="vendor: Halyard\ndatabases: postgresql://host/db\n",
    ),
    Case(
        "not-a-url",
        ERROR,
        "qbrgen.yml:5",
        "the database 'warehouse' is given by no URL.",
        "Write it as postgresql://host/database.",
        old="data:\n",
        new="databases:\n  warehouse: host/database\ndata:\n",
    ),
    Case(
        "not-a-delimiter",
        ERROR,
        "qbrgen.yml:7",
        "`delimiter` is 'x', which separates no columns.",
        'Write ";", ",", "|" or tab.',
        old=EVENTS,
        new=EVENTS + "      read: {delimiter: x}\n",
    ),
    Case(
        "unknown-encoding",
        ERROR,
        "qbrgen.yml:7",
        "`encoding` is 'utf-9', no encoding that is known.",
        "Write utf-8, utf-16, cp1252",
        old=EVENTS,
        new=EVENTS + "      read: {encoding: utf-9}\n",
    ),
    Case(
        "numbers-mixed",
        ERROR,
        "data/crm.csv:2",
        "the column 'arr' has both '1.234,56' and '1,234.56' (line 3): which sign begins fractions?",
        "`read: {decimal: ','}`",
        files=(("data/crm.csv", 'id,name,csm,arr,renewal\nacme,Acme,P,"1.234,56",\nbeta,Beta,P,"1,234.56",\n'),),
    ),
    Case(
        "files-left-out",
        NOTE,
        "qbrgen.yml:12",
        "what is no data file is left out: readme.md.",
        "Data files are ",
        old="data/crm.csv",
        new="data/crm",
        files=(("data/crm/a.csv", "id,name,csm,arr,renewal\nacme,Acme,P,1,\n"), ("data/crm/readme.md", "Of May.")),
    ),
    Case(
        "report-footer",
        NOTE,
        "data/crm.csv:3",
        "1 row holds no id of Salesforce where one belongs (the end of a report); left out.",
        "",
        old=CRM,
        new="    - file: data/crm.csv\n      export: salesforce-accounts\n",
        files=(
            (
                "data/crm.csv",
                "Account ID,Account Name,Account Owner\n0015g00000Abc12,Acme,P\nCopyright (c) salesforce.com,,\n",
            ),
        ),
    ),
    Case(
        "unknown-database",
        ERROR,
        "qbrgen.yml:8",
        "there is no database 'warehous' under `databases:`.",
        "Did you mean 'warehouse'?",
        old="data:\n  events:\n" + EVENTS,
        new="databases: {warehouse: '${URL}'}\ndata:\n  events:\n    - database: warehous\n      table: events\n",
    ),
    Case(
        "unknown-database-kind",
        ERROR,
        "qbrgen.yml:7",
        "databases of the kind 'postgre' cannot be read.",
        "Did you mean 'postgresql'?",
        old=EVENTS,
        new="    - database: postgre://host/db\n      table: events\n",
    ),
    Case(
        "people-without-title",
        WARNING,
        "qbrgen.yml:9",
        "data/people.csv has neither a job title nor a persona: it puts nobody into a persona.",
        "Map `title:` or `persona:`, or list the people in each account's file.",
        old=", title: job_title",
        new="",
    ),
    Case(
        "rows-taken",
        NOTE,
        "data/crm.json",
        "the rows are taken from the list 'accounts'.",
        "",
        old="data/crm.csv",
        new="data/crm.json",
        files=(("data/crm.json", '{"accounts": [{"id": "acme", "name": "A", "csm": "P", "arr": 1, "renewal": ""}]}'),),
    ),
    Case(
        "variable-not-set",
        ERROR,
        "qbrgen.yml:14",
        "the URL of the database 'warehouse' asks for NO_SUCH_URL, which the environment does not have.",
        "Set it: export NO_SUCH_URL=…",
        old="data:\n",
        new="databases: {warehouse: '${NO_SUCH_URL}'}\ndata:\n",
        entry=("    - file: data/crm.csv\n", "    - database: warehouse\n      table: accounts\n"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_a_thing_that_is_wrong_is_told_at_its_place_and_with_what_to_write(workspace: Workspace, case: Case) -> None:
    for name, text in case.files:
        workspace.write(name, text)
    if case.old:
        workspace.change(case.file, case.old, case.new)
    finding = _told(workspace.change(SETTINGS, *case.entry), case.code)
    assert (finding.level, str(finding.where)) == (case.level, case.at)
    assert case.what in finding.what
    assert case.fix in finding.fix


def _told(workspace: Workspace, code: str) -> Finding:
    try:
        loaded = workspace.load()
        findings = [*loaded.findings, *(each for held in loaded.set_aside.values() for each in held)]
    except InputError as stopped:
        findings = list(stopped.findings)
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, findings
    return found[0]


def test_a_sheet_that_the_workbook_lacks_is_told_with_those_it_has(workspace: Workspace) -> None:
    book = Workbook()
    book.active.title = "Accounts"
    book.save(workspace.root / "data" / "crm.xlsx")
    entry = "    - file: data/crm.xlsx\n      read: {sheet: Acounts}\n"
    finding = workspace.change(SETTINGS, "    - file: data/crm.csv\n", entry).error("sheet-missing")
    assert (finding.level, str(finding.where)) == (ERROR, "data/crm.xlsx")
    assert finding.what == "the workbook has no sheet 'Acounts'."
    assert "Did you mean 'Accounts'?" in finding.fix


def test_of_a_workbook_of_several_sheets_it_is_told_which_is_read(workspace: Workspace) -> None:
    book = Workbook()
    book.active.title = "Accounts"
    for row in (["id", "name", "csm", "arr", "renewal"], ["acme", "Acme", "P", 1, ""]):
        book.active.append(row)
    book.create_sheet("Old")
    book.save(workspace.root / "data" / "crm.xlsx")
    finding = workspace.change(SETTINGS, "data/crm.csv", "data/crm.xlsx").told("sheet-taken")
    assert (finding.level, str(finding.where)) == (NOTE, "data/crm.xlsx")
    assert finding.what == "the workbook has several sheets; 'Accounts' is read."
    assert finding.fix == "For another one write `read: {sheet: …}`: Old."


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"Obj\x01 and no more", "the file is no Avro file, or a broken one."), (b"", "")],
)
def test_an_avro_file_that_is_none_is_told(workspace: Workspace, content: bytes, what: str) -> None:
    workspace.write("data/crm.avro", content or _bare_values())
    finding = workspace.change(SETTINGS, "data/crm.csv", "data/crm.avro").error("avro-broken")
    assert (finding.level, str(finding.where)) == (ERROR, "data/crm.avro")
    assert finding.what == (what or "the file holds no records, only bare values.")
    assert finding.fix


def _bare_values() -> bytes:
    written = io.BytesIO()
    fastavro.writer(written, fastavro.parse_schema("int"), [1, 2])
    return written.getvalue()


def test_a_table_that_the_database_lacks_is_told(workspace) -> None:
    with duckdb.connect(workspace.root / "crm.duckdb") as there:
        there.execute("create table accounts (id varchar, name varchar)")
    entry = "    - database: duckdb://crm.duckdb\n      table: acounts\n"
    finding = workspace.change(SETTINGS, "    - file: data/crm.csv\n", entry).error("table-missing")
    assert (finding.level, str(finding.where)) == (ERROR, "qbrgen.yml:13")
    assert finding.what == "the database 'duckdb://crm.duckdb' has no table 'acounts'."
    assert "Did you mean 'accounts'?" in finding.fix


# ---- files that stand in for others ---------------------------------------------------------------------------------


def what_if(workspace: Workspace, *typed: str) -> list[Finding]:
    with pytest.raises(InputError) as wrong:
        find_stand_ins(workspace.root, typed)
    return list(wrong.value.findings)


def test_a_stand_in_that_is_not_there_or_is_a_folder_is_told(workspace: Workspace, tmp_path: Path) -> None:
    missing, folder = what_if(workspace, "nowhere.yml", str(tmp_path / "playbooks"))
    assert [(each.level, each.code) for each in (missing, folder)] == [(ERROR, "what-if-missing")] * 2
    assert missing.what == "there is no file 'nowhere.yml'."
    assert folder.what == f"'{tmp_path / 'playbooks'}' is a folder, not a file."
    assert missing.fix == "Name a changed copy of a playbook, of an account's file or of qbrgen.yml: --what-if FILE"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# nothing yet\n", "the file is empty."),
        ("a;b\n1;2\n", "this is no playbook, no account's file and no qbrgen.yml."),
    ],
)
def test_a_stand_in_that_defines_nothing_is_told(workspace: Workspace, text: str, what: str) -> None:
    path = workspace.write("other.txt", text).root / "other.txt"
    (finding,) = what_if(workspace, str(path))
    assert (finding.level, finding.code, str(finding.where)) == (ERROR, "what-if-no-definition", str(path))
    assert finding.what == what


def test_a_stand_in_for_nothing_that_is_there_is_told_with_the_nearest(workspace: Workspace) -> None:
    path = workspace.write("other.yml", "playbook: sale\n").root / "other.yml"
    (finding,) = what_if(workspace, str(path))
    assert (finding.level, finding.code, str(finding.where)) == (ERROR, "what-if-nowhere", str(path))
    assert finding.what == "the workspace has no playbook 'sale' for it to stand in for."
    assert finding.fix.startswith("Did you mean 'sales'?")
    assert finding.fix.endswith(f"--what-if sales={path}")


def test_a_name_that_two_files_bear_is_told_with_both(workspace: Workspace) -> None:
    path = workspace.write("accounts/sales.yml", "account: sales\n").write("new.yml", "playbook: x\n").root / "new.yml"
    (finding,) = what_if(workspace, f"sales={path}")
    assert (finding.level, finding.code) == (ERROR, "what-if-ambiguous")
    assert finding.what == "'sales' may be any of playbooks/sales.yml, accounts/sales.yml."
    assert finding.fix == f"Write which: --what-if playbooks/sales.yml={path}"


def test_two_files_that_stand_in_for_one_are_told_with_both(workspace: Workspace) -> None:
    one, other = (workspace.write(name, "playbook: sales\n").root / name for name in ("one.yml", "other.yml"))
    (finding,) = what_if(workspace, str(one), str(other))
    assert (finding.level, finding.code) == (ERROR, "what-if-twice")
    assert finding.what == f"{other} and {one} both stand in for playbooks/sales.yml."
    assert finding.fix == "Name one of them."


class Odd(BaseModel):
    """A schema with a kind of value that no file of a workspace has."""

    count: int


def test_what_no_message_was_written_for_is_still_told_with_its_line(workspace: Workspace) -> None:
    path = workspace.write("odd.yml", "# odd\ncount: few\n").root / "odd.yml"
    _, (finding,) = validate(Odd, read_yaml(path, "odd.yml"))
    assert (finding.level, finding.code, str(finding.where)) == (ERROR, "does-not-fit", "odd.yml:2")
    assert finding.what.startswith("`count` does not fit: Input should be a valid integer")
    assert finding.fix == "See the example in sample_accounts."
