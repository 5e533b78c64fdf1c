"""`qbrgen check`: every problem at once, in order, with why it matters; the balance adds up; exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main

SETTINGS = """\
vendor: Halyard
as_of: 2026-09-30
data:
  events: [{file: events.csv, columns: {id: id}}]
  people: [{file: people.csv}]
  values: [{file: values.csv}]
"""
WORKFLOW = """\
      - id: {id}
        name: Doing {id}
        produces: meetings
        target: 70%
        frequency: {{events: {event}}}
"""
PLAYBOOK = """\
playbook: sales
personas:
  - id: reps
    name: quota-carrying reps
    titles: [Account Executive]
    target: 70%
    workflows:
""" + "".join(WORKFLOW.format(id=name, event=f"{name}_done") for name in ("calls", "plans", "notes"))
PEOPLE = """\
user,account,title
u-1,acme,Account Executive
dana,acme,Account Executive
b-1,beta,Account Executive
g-1,gamma,Account Executive
x-1,acme,Chef
"""
OCTOBER = {"SOURCE_DATE_EPOCH": "1791417600"}  # 8 October 2026: eight days after the as-of date
DECEMBER = {"SOURCE_DATE_EPOCH": "1796083200"}  # 1 December 2026


def weeks(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=7)


def rows() -> Iterator[str]:
    """A messy export: every reason to set a row aside, ids written otherwise, feeds that end."""
    begin, end = date(2026, 4, 6), date(2026, 9, 28)
    for day in weeks(begin, end):
        for account, user, event in (
            ("acme", "u-1", "calls_done"), ("acme", "u-1", "plans_done"), ("acme", "u-1", "notes_done"),
            ("acme", "u-1", "deal_won"), ("acme", "x-1", "calls_done"), ("acme", "Dana@acme.com", "calls_done"),
            ("acme", "U-1", "page_viewed"), ("gama", "g-1", "calls_done"),
        ):  # fmt: skip
            yield f"{day} 09:00,{user},{account},{event},"
        if day < date(2026, 8, 1):
            yield f"{day} 09:00,b-1,beta,calls_done,"
    yield from (f"2026-09-01 10:00,u-1,acme,calls_done,{number % 2}" for number in range(4))  # two ids, twice each
    yield "2026-09-02 10:00,,acme,calls_done,"
    yield "2026-09-02 10:00,u-1,,calls_done,"
    yield "2026-09-02 10:00,u-1,ACME,calls_done,"
    yield "2026-10-02 10:00,u-1,acme,calls_done,"
    yield "yesterday,u-1,acme,calls_done,"


def write(root: Path, **more: str) -> Path:
    files = {
        "qbrgen.yml": SETTINGS,
        "playbooks/sales.yml": PLAYBOOK,
        **{f"accounts/{name}.yml": f"account: {name}\n" for name in ("acme", "beta", "gamma")},
        "events.csv": "\n".join(["time,user,account,event,id", *rows()]) + "\n",
        "people.csv": PEOPLE,
        "values.csv": "account,metric,time,value\nAcme,delivery,2026-07-06,0.9\n",
    } | more
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def check(root: Path, *more: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["check", "-w", str(root), *more], env=env or OCTOBER)


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("messy"))


@pytest.fixture(scope="module")
def told(messy: Path) -> dict[str, Any]:
    """What `check --json` says of the messy workspace."""
    result = check(messy, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def only(told: dict[str, Any], code: str) -> dict[str, Any]:
    (found,) = [finding for finding in told["findings"] if finding["code"] == code]
    return dict(found)


def test_each_finding_tells_its_level_code_place_why_and_what_to_do(told: dict[str, Any]) -> None:
    for finding in told["findings"]:
        assert set(finding) == {"level", "code", "what", "why", "fix", "file", "line", "account"}
    assert only(told, "unknown-people")["why"] == "Their work counts for nobody."


@pytest.mark.parametrize("code", ["events-unused", "events-of-presence", "rows-in-part-weeks"])
def test_what_is_told_of_events_alone_names_their_file(told: dict[str, Any], code: str) -> None:
    found = [finding["file"] for finding in told["findings"] if finding["code"] == code]
    assert found in ([], ["events.csv"])
    assert found or code == "rows-in-part-weeks"


def test_users_whom_no_roster_knows_are_told_at_the_file_that_they_belong_into(told: dict[str, Any]) -> None:
    assert only(told, "unknown-people")["file"] == "people.csv"


def test_the_balance_adds_up_and_tells_every_reason(told: dict[str, Any], messy: Path) -> None:
    balance = told["balance"]
    parts = balance["counted_in_period"], balance["counted_in_other_periods"], balance["in_part_weeks"]
    assert balance["read"] == sum(parts) + sum(balance["set_aside"].values())
    assert balance["read"] == len((messy / "events.csv").read_text().splitlines()) - 1
    assert balance["set_aside"] == {
        "duplicate id": 2, "time not readable": 1, "no user": 1, "no account": 1, "unknown account": 27,
        "after the as-of date": 1,
    }  # fmt: skip
    assert balance["counted_in_period"] == 13 * 7 + 5 + 2  # five of beta's, and two of the four with an id
    assert balance["count_for_nobody"] == {"unknown_people": 25 * 2, "no_persona": 25, "no_workflow": 25 * 2}
    assert balance["files"] == {"events.csv": {"read": balance["read"], "set_aside": balance["set_aside"]}}


def test_rows_set_aside_are_told_with_the_place_of_the_first(told: dict[str, Any], messy: Path) -> None:
    lines = (messy / "events.csv").read_text().splitlines()
    found = {f["what"]: lines[f["line"] - 1] for f in told["findings"] if f["code"] == "rows-set-aside"}
    assert found["1 event row set aside: no user."] == "2026-09-02 10:00,,acme,calls_done,"
    assert found["2 event rows set aside: duplicate id."].startswith("2026-09-01 10:00,u-1,acme,calls_done,")
    assert only(told, "time-not-readable")["line"] == lines.index("yesterday,u-1,acme,calls_done,") + 1
    strangers = found["27 event rows set aside: unknown account (gama: 26, ACME: 1)."]
    assert strangers == "2026-04-06 09:00,g-1,gama,calls_done,"


def test_of_several_files_each_has_its_own_balance(messy: Path, tmp_path: Path) -> None:
    text = (messy / "events.csv").read_text().splitlines(keepends=True)
    parts = {"events/a.csv": "".join(text[:100]), "events/b.csv": text[0] + "".join(text[100:])}
    root = write(tmp_path, **parts, **{"qbrgen.yml": SETTINGS.replace("events.csv", "events")})
    balance = json.loads(check(root, "--json").stdout)["balance"]
    assert {name: file["read"] for name, file in balance["files"].items()} == {
        "events/a.csv": 99, "events/b.csv": len(text) - 100,
    }  # fmt: skip
    for reason, rows in balance["set_aside"].items():
        assert rows == sum(file["set_aside"].get(reason, 0) for file in balance["files"].values())
    assert balance["files"]["events/a.csv"]["set_aside"] == {"unknown account": 11}
    lines = check(root).stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("of the file"))
    assert lines[at].split() == ["of", "the", "file", "read", "set", "aside"]
    assert lines[at + 1].split() == ["events/a.csv", "99", "11"]


def test_exports_that_overlap_are_told_and_count_once_where_that_is_written(messy: Path, tmp_path: Path) -> None:
    head, *lines = (line.rpartition(",")[0] + "\n" for line in (messy / "events.csv").read_text().splitlines())
    parts = {"events/a.csv": head + "".join(lines[:150]), "events/b.csv": head + "".join(lines[50:])}
    entry = "{file: events, columns: {time: time}}"
    settings = SETTINGS.replace("{file: events.csv, columns: {id: id}}", entry)
    root = write(tmp_path, **parts, **{"qbrgen.yml": settings})
    found = only(json.loads(check(root, "--json").stdout), "rows-in-two-files")
    assert found["what"].startswith("100 rows stand in two files and count twice")
    assert (found["file"], found["line"]) == ("qbrgen.yml", settings[: settings.index(entry)].count("\n") + 1)
    once = settings.replace(entry, entry.replace("}}", "}, same_rows: once}"))
    told = json.loads(check(write(tmp_path, **{"qbrgen.yml": once}), "--json").stdout)
    assert told["balance"]["set_aside"]["the same row in another file"] == 100
    assert "rows-in-two-files" not in [finding["code"] for finding in told["findings"]]


def test_a_row_of_a_distant_year_is_told_and_not_taken_for_the_end_of_the_data(messy: Path, tmp_path: Path) -> None:
    odd = (messy / "events.csv").read_text() + "2099-12-31 09:00,u-1,acme,calls_done,\n"
    settings = "".join(line for line in SETTINGS.splitlines(keepends=True) if not line.startswith("as_of:"))
    root = write(tmp_path, **{"events.csv": odd, "qbrgen.yml": settings})
    found = only(json.loads(check(root, "--json").stdout), "period-without-data")
    assert "hold nothing of Q3 2099" in found["what"]
    assert "set `as_of:`" in found["fix"]


def test_account_ids_written_in_two_ways_are_one_finding_that_names_each(told: dict[str, Any]) -> None:
    found = only(told, "ids-alike")
    assert "'acme' (accounts/acme.yml:1) and 'ACME' (the events, 1 row) and 'Acme' (the values, 1 row)" in found["what"]
    assert "differ only by case" in found["what"]
    assert (found["file"], found["line"]) == ("accounts/acme.yml", 1)


def test_an_account_without_events_is_told_which_id_was_likely_meant(told: dict[str, Any]) -> None:
    found = only(told, "account-without-events")
    assert found["account"] == "gamma"
    assert "Did you mean 'gama', which the events have (26 rows)?" in found["fix"]


def test_users_written_otherwise_than_the_roster_has_them_are_named_with_both_forms(told: dict[str, Any]) -> None:
    found = {f["what"].split("'")[1]: f for f in told["findings"] if f["code"] == "user-ids-alike"}
    assert set(found) == {"Dana@acme.com", "U-1"}
    assert "'dana' in the roster differ only by one being an e-mail address" in found["Dana@acme.com"]["what"]
    assert "'u-1' in the roster differ only by case" in found["U-1"]["what"]
    assert [(f["file"], f["line"]) for f in found.values()] == [("people.csv", 2), ("people.csv", 3)]


def test_a_feed_that_ends_before_the_others_is_told(told: dict[str, Any]) -> None:
    found = only(told, "account-data-end-early")
    assert found["account"] == "beta"
    assert "end on 2026-07-27, 63 days before those of others (2026-09-28)" in found["what"]


def test_events_that_no_workflow_counts_are_told_by_frequency_and_presence_apart(told: dict[str, Any]) -> None:
    assert "1 event name, by rows: deal_won (26)." in only(told, "events-unused")["what"]
    assert "page_viewed (26)" in only(told, "events-of-presence")["what"]


def test_people_of_no_persona_are_told_by_title_and_headcount(told: dict[str, Any]) -> None:
    assert "Chef (1)" in only(told, "people-without-persona")["what"]


def test_values_of_unknown_accounts_are_not_lost_without_a_word(told: dict[str, Any]) -> None:
    assert (
        "1 ready-made value of accounts that the workspace does not have: Acme."
        in only(told, "values-of-unknown-accounts")["what"]
    )


def test_rows_of_unknown_accounts_are_told_by_account(told: dict[str, Any]) -> None:
    aside = [f["what"] for f in told["findings"] if f["code"] == "rows-set-aside"]
    assert "27 event rows set aside: unknown account (gama: 26, ACME: 1)." in aside


def test_an_as_of_date_that_was_chosen_and_is_long_past_is_noted(messy: Path, told: dict[str, Any]) -> None:
    assert "data-stale" not in {finding["code"] for finding in told["findings"]}
    found = only(json.loads(check(messy, "--json", env=DECEMBER).stdout), "data-stale")
    assert (found["level"], found["file"], found["line"]) == ("note", "qbrgen.yml", 2)
    assert "2026-09-30, 62 days before today" in found["what"]


def test_data_that_end_in_mid_period_are_told_where_that_period_is_asked_for(messy: Path) -> None:
    found = only(
        json.loads(check(messy, "--json", "--as-of", "2026-08-31", "--period", "2026-Q3").stdout), "data-stale"
    )
    assert found["level"] == "warning"
    assert "reach to 2026-08-31, 27 days before the end of Q3 2026" in found["what"]


def test_the_terminal_shows_errors_first_then_files_and_why_once_and_the_table(messy: Path) -> None:
    result = check(messy)
    lines = result.stderr.splitlines()
    levels = [level for line in lines for level in ("warning:", "note:") if f"{level} " in line.split("'")[0]]
    assert levels == sorted(levels, reverse=True)
    assert sum("Why: The person counts as not active" in line for line in lines) == 1
    table = result.stdout.splitlines()
    assert table[0].startswith("event rows read")
    assert [line.split("  ")[1] for line in table[1:4]] == [
        "counted in Q3 2026", "counted in other quarters", "in weeks that the data hold in part",
    ]  # fmt: skip
    figures = [int(line.rsplit(" ", 1)[1]) for line in table if line.startswith(("event rows", "  "))]
    assert figures[0] == sum(figures[1:])
    assert (
        "Counted, but in nobody's figures: 50 rows of users in no roster, 25 rows of people in no persona, "
        "50 rows of events that no workflow counts." in table
    )


def test_strict_makes_warnings_errors(messy: Path) -> None:
    assert check(messy, "--strict").exit_code == 2


def people(number: int) -> Iterable[str]:
    return (f"  - {{id: u-{each}, persona: repz}}" for each in range(number))


def test_of_many_findings_of_a_kind_the_first_few_are_shown_and_all_on_request(tmp_path: Path) -> None:
    account = "\n".join(["account: beta", "people:", *people(30)]) + "\n"
    root = write(tmp_path, **{"accounts/beta.yml": account})
    result = check(root)
    assert result.exit_code == 1
    assert result.stderr.count("'repz'") == 20
    assert "and 10 more of this kind (unknown-persona); -v shows all." in result.stderr
    every = check(root, "-v")
    assert every.stderr.count("'repz'") == 30
    assert "-v shows all" not in every.stderr
    found = json.loads(check(root, "--json").stdout)
    assert sum(finding["code"] == "unknown-persona" for finding in found["findings"]) == 30
    assert found["set_aside"] == ["beta"]
    assert check(root, "--strict").exit_code == 2


def test_where_nothing_can_be_made_the_record_has_no_balance(tmp_path: Path) -> None:
    result = check(write(tmp_path, **{"playbooks/sales.yml": "playbook: sales\npersonas: []\n"}), "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert (found["balance"], found["period"], found["accounts"]) == (None, None, 0)
    assert "no-personas" in {finding["code"] for finding in found["findings"]}


def test_a_draft_is_told_and_the_record_says_which_accounts_rest_on_it(sample_accounts: Path, tmp_path: Path) -> None:
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    path = copy / "accounts" / "acme.yml"
    path.write_text(path.read_text(encoding="utf-8") + "draft: true\n", encoding="utf-8")
    found = json.loads(check(copy, "--json").stdout)
    assert found["drafts"] == ["acme"]
    assert only(found, "draft")["level"] == "warning"
    said = CliRunner().invoke(main, ["summary", "acme", "-w", str(copy)]).output
    assert said.splitlines()[1].startswith("DRAFT: the definitions")
    (record,) = json.loads(CliRunner().invoke(main, ["summary", "acme", "--json", "-w", str(copy)]).stdout)
    assert record["draft"]
    assert "DRAFT" not in CliRunner().invoke(main, ["summary", "fernhill", "-w", str(copy)]).output
    kept = CliRunner().invoke(main, ["commit", "acme", "fernhill", "-w", str(copy)])
    assert kept.exit_code == 0
    assert kept.stderr.count("are a draft, and what is promised here") == 1, "fernhill is none"
