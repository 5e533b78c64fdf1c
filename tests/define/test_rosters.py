"""Who is in which persona: by the people table, by job title, over time."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from qbrgen.define.model.people import Seat
from qbrgen.errors import Level

PEOPLE = "data/people.csv"


def seats(workspace, user: str) -> tuple[Seat, ...]:
    return next(person.seats for person in workspace.load().accounts["acme"].people if person.id == user)


def test_a_title_fits_whatever_its_case_and_spaces(workspace) -> None:
    workspace.append(PEOPLE, "u-3,acme,C,  account   EXECUTIVE II ,,\nu-4,acme,D,Chief Account Executive,,\n")
    people = workspace.load().accounts["acme"].people
    assert [person.id for person in people] == ["u-1", "u-2", "u-3"]


def test_question_marks_stand_for_one_sign_and_brackets_for_themselves(workspace) -> None:
    workspace.change("playbooks/sales.yml", '["Account Executive*"]', '["AE ?", "Rep [EMEA]"]')
    workspace.append(PEOPLE, "u-3,acme,C,AE 1,,\nu-4,acme,D,AE 12,,\nu-5,acme,E,rep [emea],,\n")
    assert [person.id for person in workspace.load().accounts["acme"].people] == ["u-3", "u-5"]


def test_the_first_persona_that_fits_wins(workspace) -> None:
    workflows = "".join(
        f"      - {{id: {x}, name: Deals {x}, produces: d, target: 5%, frequency: {{events: e}}}}\n" for x in "abc"
    )
    second = '  - id: all\n    name: sellers\n    titles: ["*"]\n    target: 50%\n    workflows:\n'
    workspace.append("playbooks/sales.yml", second + workflows).append(PEOPLE, "u-3,acme,C,Engineer,,\n")
    personas = {person.id: person.seats[0].persona for person in workspace.load().accounts["acme"].people}
    assert personas == {"u-1": "reps", "u-2": "reps", "u-3": "all"}


def test_a_file_may_say_the_persona_of_those_whom_nothing_else_puts_into_one(workspace) -> None:
    workspace.write("data/active.csv", "who,where\nu-1,acme\nu-7,acme\nu-7,acme\n")
    entry = "    - {file: data/active.csv, columns: {user: who, account: where}, persona: others}\n"
    workspace.change("qbrgen.yml", "  accounts:\n", f"{entry}  accounts:\n")
    assert "'others'" in workspace.told("unknown-persona").what
    workflows = "".join(
        f"      - {{id: {x}, name: Deals {x}, produces: d, target: 5%, frequency: {{events: e}}}}\n" for x in "abc"
    )
    second = "  - id: others\n    name: sellers of other kinds\n    target: 50%\n    workflows:\n"
    workspace.append("playbooks/sales.yml", second + workflows)
    personas = {person.id: person.seats[0].persona for person in workspace.load().accounts["acme"].people}
    assert personas == {"u-1": "reps", "u-2": "reps", "u-7": "others"}
    workspace.append("accounts/acme.yml", "people: [{id: u-1}, {id: u-7, name: Gil}]\n")
    assert seats(workspace, "u-7") == (Seat("others", None, None),)


def test_people_of_no_persona_are_left_out_and_counted_by_title(workspace) -> None:
    workspace.append(PEOPLE, "u-3,acme,C,Engineer,,\nu-4,acme,D,Engineer,,\nu-5,acme,E,,,\n")
    finding = workspace.told("people-without-persona")
    assert finding.what == "3 people are in no persona: Engineer (2), no title (1)."
    assert finding.level is Level.NOTE


def test_a_seat_without_a_start_has_none_and_a_timestamp_is_its_local_day(workspace) -> None:
    workspace.append(PEOPLE, "u-3,acme,C,Account Executive,,\n")
    workspace.append(PEOPLE, "u-4,acme,D,Account Executive,2026-06-30T23:30:00Z,2026-09-01 10:00:00\n")
    assert seats(workspace, "u-3") == (Seat("reps", None, None),)
    assert seats(workspace, "u-4") == (Seat("reps", date(2026, 7, 1), date(2026, 9, 1)),)


def test_several_rows_of_a_person_are_several_seats(workspace) -> None:
    workspace.append(
        PEOPLE, "u-3,acme,C,Account Executive,2026-06-01,\nu-3,acme,C,Account Executive,2026-01-01,2026-03-31\n"
    )
    assert seats(workspace, "u-3") == (
        Seat("reps", date(2026, 1, 1), date(2026, 3, 31)),
        Seat("reps", date(2026, 6, 1), None),
    )


def test_someone_whom_an_account_lists_by_name_keeps_all_seats_of_the_people_table(workspace) -> None:
    workspace.change(PEOPLE, "2026-02-02,", "2026-02-02,2026-03-31")
    workspace.append(PEOPLE, "u-2,acme,Ada Kerr,Account Executive,2026-06-01,\n")
    workspace.append("accounts/acme.yml", "people:\n  - {name: Ada Kerr}\n  - {id: u-1}\n")
    assert seats(workspace, "u-2") == (
        Seat("reps", date(2026, 2, 2), date(2026, 3, 31)),
        Seat("reps", date(2026, 6, 1), None),
    )
    assert seats(workspace, "u-1") == (Seat("reps", date(2026, 1, 5), None),)


def test_the_same_row_twice_is_one_seat(workspace) -> None:
    workspace.append(PEOPLE, "u-1,acme,Jon Bell,Account Executive,2026-01-05,\n")
    assert seats(workspace, "u-1") == (Seat("reps", date(2026, 1, 5), None),)


def test_seats_of_one_persona_that_overlap_count_as_one_and_that_is_said(workspace) -> None:
    workspace.append(PEOPLE, "u-1,acme,Jon Bell,Account Executive,2026-03-01,\n")
    finding = workspace.told("overlapping-seats")
    assert (str(finding.where), finding.level) == ("data/people.csv:4", Level.WARNING)
    assert "also data/people.csv:2" in finding.what
    assert "the day before" in finding.fix


def test_seats_that_an_account_lists_may_overlap_too(workspace) -> None:
    seats_written = "seats: [{persona: reps, to: 2026-05-01}, {persona: reps, from: 2026-05-01}]"
    workspace.append("accounts/acme.yml", f"people:\n  - {{id: u, {seats_written}}}\n")
    assert str(workspace.told("overlapping-seats").where) == "accounts/acme.yml:13"


SECOND = ("heads", "Head of S")


def second_persona(workspace) -> None:
    text = (workspace.root / "playbooks/sales.yml").read_text()
    text = text[text.index("  - id: reps") :].replace("reps", SECOND[0], 1).replace("Account Exec", SECOND[1])
    workspace.append("playbooks/sales.yml", text)


def test_two_personas_at_once_are_found_behind_a_short_seat_between_them(workspace) -> None:
    second_persona(workspace)
    workspace.append(
        PEOPLE,
        "u-1,acme,Jon Bell,Account Executive,2026-01-06,2026-01-07\nu-1,acme,Jon Bell,Head of Sutive,2026-03-01,\n",
    )
    finding = workspace.reason("two-personas-at-once")
    assert str(finding.where) == "data/people.csv:5"
    assert "(data/people.csv:2)" in finding.what


def test_a_person_in_one_persona_after_the_other_is_no_problem(workspace) -> None:
    second_persona(workspace)
    workspace.change(PEOPLE, "2026-01-05,", "2026-01-05,2026-02-28")
    workspace.append(PEOPLE, "u-1,acme,Jon Bell,Head of Sutive,2026-03-01,\nu-8,acme,H,Head of Sutive,,\n")
    assert workspace.load().findings == ()


def test_a_person_at_two_accounts_at_once_is_noted_and_one_after_the_other_is_not(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nname: Beta\nplaybook: sales\n")
    workspace.append(PEOPLE, "u-1,beta,Jon Bell,Account Executive,2026-06-01,\n")
    finding = workspace.told("person-in-two-accounts")
    assert finding.level is Level.NOTE
    assert "u-1 (acme and beta)" in finding.what
    workspace.change(PEOPLE, "2026-01-05,", "2026-01-05,2026-05-31")
    assert workspace.load().findings == ()


def test_a_person_in_two_personas_at_once_sets_the_account_aside(workspace) -> None:
    second_persona(workspace)
    workspace.append(PEOPLE, "u-1,acme,Jon Bell,Head of Sutive,2026-03-01,\n")
    finding = workspace.reason("two-personas-at-once")
    assert "'reps' (data/people.csv:2) and 'heads'" in finding.what
    assert str(finding.where) == "data/people.csv:4"


def test_a_seat_that_ends_before_it_begins_sets_the_account_aside(workspace) -> None:
    workspace.append(PEOPLE, "u-3,acme,C,Account Executive,2026-06-01,2026-05-01\n")
    assert str(workspace.reason("seat-ends-before-it-begins").where) == "data/people.csv:4"


def test_a_day_that_the_calendar_does_not_have_is_told_as_that(workspace) -> None:
    finding = workspace.append(PEOPLE, "u-3,acme,C,Account Executive,2026-02-30,\n").reason("date-not-readable")
    assert str(finding.where) == "data/people.csv:4"
    assert "no such day" in finding.fix


def test_a_date_that_cannot_be_read_sets_aside_the_account_of_its_row_and_no_other(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nplaybook: sales\n")
    workspace.append(PEOPLE, "u-3,beta,C,Account Executive,2026-02-02,01.02.2026x\n")
    finding = workspace.reason("date-not-readable", "beta")
    assert (str(finding.where), finding.account) == ("data/people.csv:4", "beta")
    assert list(workspace.load().accounts) == ["acme"]


def test_a_date_of_someone_who_is_in_no_persona_changes_no_figure_and_sets_nothing_aside(workspace) -> None:
    finding = workspace.append(PEOPLE, "u-3,acme,C,Engineer,soon,\n").told("date-not-readable")
    assert (finding.level, str(finding.where)) == (Level.WARNING, "data/people.csv:4")
    assert "left out" in finding.what


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("{id: u-1}", True),  # the person of the row is not listed
        ("{id: u-3}", False),
        ("{id: u-3, to: 2026-09-30}", False),
        ("{id: u-3, from: 2026-02-01}", True),
        ("{id: u-3, seats: [{persona: reps, from: 2026-02-01}]}", True),
    ],
)
def test_where_an_account_lists_its_people_only_days_that_it_takes_from_the_table_must_be_read(
    workspace, written: str, sound: bool
) -> None:
    workspace.append(PEOPLE, "u-3,acme,C,Account Executive,soon,\n")
    loaded = workspace.append("accounts/acme.yml", f"people: [{written}]\n").load()
    assert ("acme" in loaded.accounts) is sound


def test_a_date_of_a_table_without_accounts_sets_aside_the_accounts_that_its_person_is_in(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nplaybook: sales\n")
    workspace.append(PEOPLE, "u-3,beta,C,Account Executive,,\n")
    workspace.write("data/hr.csv", "user_id,start\nu-1,2026-01-05\nu-3,soon\n")
    entry = "    - {file: data/hr.csv, columns: {user: user_id, from: start}}\n"
    workspace.change("qbrgen.yml", "  accounts:\n", f"{entry}  accounts:\n")
    assert str(workspace.reason("date-not-readable", "beta").where) == "data/hr.csv:3"
    assert list(workspace.load().accounts) == ["acme"]


def test_a_column_most_of_whose_days_cannot_be_read_is_an_error_of_the_workspace(workspace) -> None:
    workspace.append(PEOPLE, "".join(f"u-{n},acme,N,Account Executive,end of 2025,\n" for n in (3, 4, 5)))
    told = [finding for finding in workspace.errors() if finding.code == "date-not-readable"]
    assert [(str(finding.where), finding.account) for finding in told] == [
        (f"data/people.csv:{line}", None) for line in (4, 5, 6)
    ]


def test_the_days_of_one_account_among_several_set_aside_that_one_however_many_they_are(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nplaybook: sales\n")
    workspace.append(PEOPLE, "".join(f"u-{n},beta,N,Account Executive,,left\n" for n in range(3, 40)))
    loaded = workspace.load()
    assert list(loaded.accounts) == ["acme"]
    told = [finding.what for finding in loaded.set_aside["beta"]]
    assert len(told) == 21
    assert "and 17 more like this (date-not-readable)." in told


def test_ids_have_no_spaces_around_them(workspace) -> None:
    workspace.append(PEOPLE, " u-3 , acme ,C,Account Executive,,\n")
    assert seats(workspace, "u-3")


def test_the_persona_column_goes_before_the_title(workspace) -> None:
    workspace.change("qbrgen.yml", "title: job_title", "persona: role, title: job_title")
    workspace.write(PEOPLE, "user_id,account_id,full_name,job_title,start,end,role\nu-1,acme,A,Engineer,,,reps\n"
                    "u-2,acme,B,Engineer,,,repz\nu-3,acme,C,Account Executive,,,\n")  # fmt: skip
    finding = workspace.told("unknown-persona")
    assert (str(finding.where), finding.level) == ("data/people.csv:3", Level.WARNING)
    assert "Did you mean 'reps'?" in finding.fix
    assert [person.id for person in workspace.load().accounts["acme"].people] == ["u-1", "u-3"]


def test_rows_without_ids_and_of_unknown_accounts_are_counted(workspace) -> None:
    workspace.append(
        PEOPLE, ",acme,C,Account Executive,,\nu-9,zeta,D,Account Executive,,\nu-8,zeta,E,Account Executive,,\n"
    )
    workspace.append("data/crm.csv", "omega,Omega,,,\n")
    assert "1 row of data/people.csv" in workspace.told("people-without-id").what
    assert (
        "2 rows of people belong to accounts that the workspace does not have: zeta."
        in workspace.told("people-of-unknown-accounts").what
    )
    assert "1 row of accounts has no file of its own: omega." in workspace.told("accounts-without-file").what


def test_accounts_come_from_the_table_when_the_settings_say_so(workspace) -> None:
    workspace.append("qbrgen.yml", "accounts: {from_table: true, playbook: sales}\n")
    workspace.append("data/crm.csv", "beta,Acme,,12,\ngamma,Gamma,,,\ndelta,Delta,,,\n")
    workspace.append(PEOPLE, "u-8,beta,E,Account Executive,,\nu-9,gamma,F,Engineer,,\n")
    loaded = workspace.load()
    assert list(loaded.accounts) == ["acme", "beta"]
    assert {name: [f.code for f in found] for name, found in loaded.set_aside.items()} == {
        "delta": ["account-without-people"],
        "gamma": ["account-without-personas"],
    }
    assert str(loaded.set_aside["gamma"][0].where) == "data/crm.csv:4"
    assert loaded.accounts["acme"].impacts
    assert "'Acme'" in workspace.told("names-shared").what
    assert str(loaded.where["account/beta"]) == "data/crm.csv:3"


def test_a_table_of_accounts_may_name_their_playbooks(workspace) -> None:
    workspace.append("qbrgen.yml", "accounts: {from_table: true, playbook: sales}\n")
    workspace.change("qbrgen.yml", "{account: id,", "{account: id, playbook: pb,")
    workspace.write("data/crm.csv", "id,name,csm,arr,renewal,pb\nacme,Acme,,,,\nbeta,Beta,,,,slaes\n")
    finding = workspace.reason("unknown-playbook", "beta")
    assert str(finding.where) == "data/crm.csv:3"
    assert "Did you mean 'sales'?" in finding.fix


def test_the_order_of_rows_changes_neither_people_nor_their_order_nor_what_they_are_called(workspace) -> None:
    rows = (
        "u-4,acme,Dee Old,Account Executive,2026-01-01,2026-03-31\n",
        "u-4,acme,Dee New,Account Executive II,2026-06-01,\n",
        "u-3,acme,C,Account Executive,2026-02-01,\n",
    )
    header = "user_id,account_id,full_name,job_title,start,end\n"
    people = [
        workspace.write(PEOPLE, header + "".join(order)).load().accounts["acme"].people for order in permutations(rows)
    ]
    assert [(person.id, person.name, person.title) for person in people[0]] == [
        ("u-3", "C", "Account Executive"),
        ("u-4", "Dee New", "Account Executive II"),
    ]
    assert all(found == people[0] for found in people)
