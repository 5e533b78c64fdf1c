"""Files nobody cleaned are recognised by names, contents and what joins; each column with its reason."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from folders_made import events, people, write_csv, write_export

from qbrgen.draft.model import Kind, Mapped
from qbrgen.draft.prepare import ONE_ACCOUNT, departments, fitted
from qbrgen.draft.roles import map_tables
from qbrgen.draft.settings_text import entry_of
from qbrgen.draft.survey import survey
from qbrgen.errors import InputError


def mapped(folder: Path) -> tuple[dict[Kind, Mapped], dict[str, str]]:
    found = survey(folder)
    tables, left = map_tables(found.tables)
    return {each.kind: each for each in tables}, dict([*found.left, *left])


def test_every_file_is_recognised_and_what_is_left_has_its_reason(tmp_path: Path) -> None:
    tables, left = mapped(write_export(tmp_path))
    assert tables[Kind.EVENTS].columns == {
        "time": "occurred_at",
        "user": "user_id",
        "event": "event_name",
        "id": "event_id",
    }
    assert tables[Kind.PEOPLE].columns == {
        "user": "user_id",
        "account": "account_id",
        "name": "full_name",
        "title": "job_title",
    }
    assert tables[Kind.ACCOUNTS].columns == {
        "account": "account_id",
        "name": "account_name",
        "owner": "csm",
        "arr": "arr",
        "renewal": "renewal_date",
    }
    assert set(left) == {"deals.csv", "README.md"}
    assert all(table.reasons[key] for table in tables.values() for key in table.columns)


def test_a_crm_with_the_addresses_of_owners_holds_accounts_and_no_people(tmp_path: Path) -> None:
    write_export(tmp_path)
    crm = [(f"A-{n}", f"Customer {n}", f"priya{n}@vendor.com", "Priya Raman", f"{n}0000") for n in (1, 2, 3)]
    write_csv(tmp_path / "accounts.csv", ("account_id", "account_name", "owner_email", "csm", "arr"), crm)
    tables, _ = mapped(tmp_path)
    assert tables[Kind.ACCOUNTS].columns == {
        "account": "account_id",
        "name": "account_name",
        "owner": "csm",
        "arr": "arr",
    }
    assert tables[Kind.PEOPLE].table.name == "users.csv"


def test_columns_in_another_language_are_found_by_what_joins(tmp_path: Path) -> None:
    write_csv(tmp_path / "ereignisse.csv", ("Nr", "Wer", "Ereignis", "Zeit"), events())
    write_csv(tmp_path / "leute.csv", ("Kennung", "Firma", "Vollname", "Stelle"), people())
    tables, _ = mapped(tmp_path)
    assert tables[Kind.EVENTS].columns["user"] == "Wer"
    assert tables[Kind.EVENTS].columns["event"] == "Ereignis"
    assert tables[Kind.PEOPLE].columns["user"] == "Kennung"
    assert tables[Kind.PEOPLE].columns["title"] == "Stelle"


def test_the_id_that_joins_goes_before_the_one_that_only_sounds_right(tmp_path: Path) -> None:
    rows = [(f"x{place}", *row) for place, row in enumerate(people())]
    write_csv(tmp_path / "users.csv", ("id", "user_key", "account_id", "name", "job_title"), rows)
    write_csv(tmp_path / "tracks.csv", ("event_id", "user_id", "event", "timestamp"), events())
    tables, _ = mapped(tmp_path)
    assert tables[Kind.PEOPLE].columns["user"] == "user_key"


def test_several_files_with_the_same_columns_are_one_table(tmp_path: Path) -> None:
    header = ("event_id", "user_id", "event", "timestamp")
    for month in ("01", "02"):
        write_csv(tmp_path / f"tracks-2026-{month}.csv", header, events()[:50])
    (table,) = survey(tmp_path).tables
    assert table.name == "tracks-2026-0*.csv"
    assert len(table.paths) == 2


def wide(folder: Path, account: str = "Organization") -> Path:
    header = ("PersonId", "MetricDate", account, "FunctionType", "Emails_sent", "Meeting_hours", "Notes_shared")
    rows = [
        (user, f"2026-0{month}-0{day}", {"A-1": "IT", "A-2": "Legal", "A-3": "HR"}[of], title, "3", "2.5", f"{day}")
        for user, of, _, title in people()
        for month, day in ((2, 1), (2, 8), (3, 1), (3, 8))
    ]
    write_csv(folder / "weekly.csv", header, rows)
    return folder


def test_of_a_wide_table_the_counts_become_events_and_the_rest_is_told(tmp_path: Path) -> None:
    header = ("employee_id", "week", "company_id", "role", "notes_shared", "meeting_hours", "mood")
    rows = [
        (user, f"2026-02-{day:02}", of, title, f"{day}", f"{day / 4}", f"{1 + day % 5}")
        for user, of, _, title in people()
        for day in (2, 9, 16, 23)
    ]
    write_csv(tmp_path / "weekly.csv", header, rows)
    tables, _ = mapped(tmp_path)
    table = tables[Kind.EVENTS]
    assert table.each_row == "week"
    assert "notes_shared" in table.event_columns.values()
    assert "time spent" in table.left["meeting_hours"]
    assert tables[Kind.PEOPLE].columns["title"] == "role"


def test_departments_of_one_company_are_noticed_and_may_be_one_account(tmp_path: Path) -> None:
    tables, _ = map_tables(survey(wide(tmp_path)).tables)
    assert sorted(departments(tables)) == ["HR", "IT", "Legal"]
    together, _ = fitted(tables, "Brightwell")
    assert {table.account for table in together} == {"Brightwell"}
    assert all("account" not in table.columns for table in together)


def test_without_any_column_of_accounts_all_is_one(tmp_path: Path) -> None:
    write_csv(tmp_path / "tracks.csv", ("event_id", "user_id", "event", "timestamp"), events())
    tables, _ = fitted(map_tables(survey(tmp_path).tables)[0])
    assert [table.account for table in tables] == [ONE_ACCOUNT]


@pytest.mark.parametrize("content", ["", "only one column\nx\n"])
def test_a_folder_without_a_table_is_told_with_what_is_in_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"holds no table.*\n?.*a\.csv"):
        survey(tmp_path)


def test_of_several_rows_of_a_person_the_one_written_last_is_asked_for(tmp_path: Path) -> None:
    header = ("user_id", "account_id", "full_name", "job_title", "last_modified")
    rows = [(*row, day) for row in people() for day in ("2026-01-01", "2026-02-01")]
    write_csv(tmp_path / "users.csv", header, rows)
    tables, _ = mapped(tmp_path)
    assert tables[Kind.PEOPLE].columns["updated"] == "last_modified"


def test_a_table_of_logins_tells_who_was_there_and_no_event(tmp_path: Path) -> None:
    rows = [(user, at) for _, user, event, at in events() if event == "login"]
    write_csv(tmp_path / "logins.csv", ("user_id", "logged_in_at"), rows)
    write_export(tmp_path)
    tables, _ = mapped(tmp_path)
    assert tables[Kind.PRESENCE].columns == {"time": "logged_in_at", "user": "user_id"}
    assert tables[Kind.EVENTS].table.name == "tracks.csv"


def test_where_no_list_of_people_says_whose_they_are_the_events_say_it(tmp_path: Path) -> None:
    accounts = {user: account for user, account, *_ in people()}
    rows = [(row, user, accounts[user], event, at) for row, user, event, at in events()]
    write_csv(tmp_path / "tracks.csv", ("event_id", "user_id", "company_id", "event", "timestamp"), rows)
    write_csv(tmp_path / "users.csv", ("user_id", "job_title"), [(user, title) for user, _, _, title in people()])
    tables, _ = fitted(map_tables(survey(tmp_path).tables)[0])
    lists = [table for table in tables if table.kind is Kind.PEOPLE]
    assert [table.table.name for table in lists] == ["users.csv", "tracks.csv"]
    assert lists[1].columns == {"user": "user_id", "account": "company_id"}


def test_an_export_in_german_is_recognised_with_first_and_last_names(tmp_path: Path) -> None:
    accounts = {user: account for user, account, *_ in people()}
    staff = [(user, account, "Jo", user.upper(), title) for user, account, _, title in people()]
    write_csv(tmp_path / "Personen.csv", ("Benutzer-ID", "Kunde", "Nachname", "Vorname", "Position"), staff)
    rows = [(at, user, event) for _, user, event, at in events() if user in accounts]
    write_csv(tmp_path / "Nutzung.csv", ("Zeitpunkt", "Benutzer-ID", "Aktion"), rows)
    tables, left = mapped(tmp_path)
    assert left == {}
    assert tables[Kind.EVENTS].columns == {"time": "Zeitpunkt", "user": "Benutzer-ID", "event": "Aktion"}
    assert tables[Kind.PEOPLE].columns == {
        "user": "Benutzer-ID",
        "account": "Kunde",
        "name": "Vorname",
        "last_name": "Nachname",
        "title": "Position",
    }


def test_what_a_bare_number_counts_is_told_by_its_size(tmp_path: Path) -> None:
    rows = [(str(1_782_738_000_000 + row), user, event) for row, (_, user, event, _at) in enumerate(events())]
    write_csv(tmp_path / "tracks.csv", ("ts", "user_id", "event"), rows)
    tables, _ = mapped(tmp_path)
    assert "milliseconds since 1970" in tables[Kind.EVENTS].reasons["time"]


def test_a_workbook_of_several_sheets_is_a_table_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Made by the portal"])
    sheets = {
        "Usage": [("user_id", "event_name", "occurred_at"), *((user, name, at) for _, user, name, at in events())],
        "Users": [("user_id", "account_id", "full_name", "job_title"), *people()],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden.append(["user_id", "job_title"])
    book.save(tmp_path / "export.xlsx")
    tables, left = mapped(tmp_path)
    assert {kind: each.table.sheet for kind, each in tables.items()} == {Kind.EVENTS: "Usage", Kind.PEOPLE: "Users"}
    assert left == {"export.xlsx, first sheet": "it has one column only"}
    entry = entry_of(tables[Kind.PEOPLE], lambda table: table.name)
    assert (entry["file"], entry["read"]) == ("export.xlsx", {"sheet": "Users"})


def test_headers_in_japanese_and_ids_with_a_fraction_are_recognised(tmp_path: Path) -> None:
    number = {account: place + 1 for place, account in enumerate(sorted({row[1] for row in people()}))}
    users = {row[0]: place for place, row in enumerate(people())}
    rows = [(at, f"{users[user]}.0", name) for _, user, name, at in events()]
    write_csv(tmp_path / "log.csv", ("日時", "ユーザーID", "操作"), rows)
    staff = [(str(users[user]), f"{number[account]}.0", name, title) for user, account, name, title in people()]
    write_csv(tmp_path / "staff.csv", ("社員番号", "会社ID", "氏名", "役職"), staff)
    tables, left = mapped(tmp_path)
    assert left == {}
    assert tables[Kind.EVENTS].columns == {"time": "日時", "user": "ユーザーID", "event": "操作"}
    assert tables[Kind.PEOPLE].columns == {"user": "社員番号", "account": "会社ID", "name": "氏名", "title": "役職"}
