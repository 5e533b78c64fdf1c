"""`qbrgen init`: from a folder of exports to a draft that can be reviewed; it asks what no data tell."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli import init_ask
from qbrgen.cli.main import main
from qbrgen.define.workspace import load_workspace

sys.path.append(str(Path(__file__).resolve().parents[1] / "draft"))
from folders_made import events, people, write_csv, write_export

PLAYBOOK = Path("playbooks") / "first-draft.yml"


def run(*words: object, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answers)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_export(tmp_path_factory.mktemp("exports") / "spring")


@pytest.fixture(scope="module")
def made(export: Path) -> tuple[Path, Result]:
    """A draft made without a question; tests of it change nothing."""
    folder = export.parent / "draft"
    return folder, run("init", folder, "--from", export, "--yes", "--vendor", "Halyard")


def test_a_draft_is_made_without_a_question_and_shows_its_first_sentences(made: tuple[Path, Result]) -> None:
    folder, result = made
    assert result.exit_code == 0, result.output
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "qbrgen.yml",
        "playbooks/first-draft.yml",
        "accounts/a-1.yml",
        "accounts/a-2.yml",
        "accounts/a-3.yml",
    }
    told = result.stdout.split("Written:")[1]
    assert all(name in told for name in names)
    sentences = told.split("The first sentences, for Q2 2026:")[1]
    assert "Brightwell" in sentences
    assert "shift planners published a shift in" in " ".join(sentences.split())


def test_what_it_proposes_shows_rows_and_reasons_and_what_is_left(made: tuple[Path, Result]) -> None:
    output = made[1].stdout
    assert "tracks.csv: what people do" in output
    assert "u000" in output  # a row of it
    assert "login: presence ('login'): being there produces nothing" in output
    assert "notification_sent: the product does it by itself" in output
    assert "deals.csv: Deals tell what was bought, not what people do." in output
    assert "Together they take 100% of the people who have a job title." in output


def test_check_passes_on_it_with_warnings(made: tuple[Path, Result]) -> None:
    result = run("check", "-w", made[0])
    assert result.exit_code == 0, result.output
    assert "is a draft" in result.stderr
    assert "error" not in result.stderr
    assert "3 accounts can be reviewed" in result.stdout


def test_every_proposal_says_that_it_is_to_be_confirmed(made: tuple[Path, Result]) -> None:
    folder, _ = made
    settings = (folder / "qbrgen.yml").read_text(encoding="utf-8")
    playbook = (folder / PLAYBOOK).read_text(encoding="utf-8")
    assert "vendor: Halyard # your company" in settings
    for line in settings.splitlines():
        if line.startswith(("fiscal_year_starts", "time_zone", "currency")):
            assert "# to confirm:" in line
    for key in ("name:", "titles:", "rhythm:", "target:", "frequency:"):
        lines = [line for line in playbook.splitlines() if line.strip().startswith(key)]
        assert lines
        assert [line for line in lines if "#" not in line] == []
    assert playbook.count("produces: (to be confirmed)") == playbook.count("frequency:")
    assert "\ndraft: true\n" in settings
    assert "\ndraft: true\n" in playbook


def test_nothing_is_copied_and_the_files_are_named_from_the_workspace(made: tuple[Path, Result]) -> None:
    folder, _ = made
    assert "file: ../spring/tracks.csv" in (folder / "qbrgen.yml").read_text(encoding="utf-8")
    assert not list(folder.rglob("*.csv"))


def test_what_is_there_is_never_overwritten_unasked(export: Path, made: tuple[Path, Result], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(made[0], folder)
    (folder / "qbrgen.yml").write_text("vendor: Mine\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run("init", folder, "--from", export, "--yes")
    assert result.exit_code == 2
    assert "holds qbrgen.yml already" in result.stderr
    assert "--force" in result.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_force_says_what_it_replaced_and_keeps_it(export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "qbrgen.yml").write_text("vendor: Mine\n", encoding="utf-8")
    (folder / "qbrgen.yml.bak").write_text("vendor: Before\n", encoding="utf-8")
    result = run("init", folder, "--from", export, "--yes", "--force", "--copy")
    assert result.exit_code == 0, result.output
    assert "replaced:" in result.stdout
    assert (folder / "qbrgen.yml.bak").read_text(encoding="utf-8") == "vendor: Before\n"
    assert (folder / "qbrgen.yml.bak2").read_text(encoding="utf-8") == "vendor: Mine\n"
    # --copy: the data lie in the workspace, those that are used
    assert sorted(path.name for path in (folder / "data").iterdir()) == ["accounts.csv", "tracks.csv", "users.csv"]
    assert "file: data/tracks.csv" in (folder / "qbrgen.yml").read_text(encoding="utf-8")


def test_without_a_terminal_and_without_yes_it_says_so_and_writes_nothing(export: Path, tmp_path: Path) -> None:
    result = run("init", tmp_path / "new", "--from", export)
    assert result.exit_code == 2
    assert "There is no terminal to ask questions at." in result.stderr
    assert "--yes" in result.stderr
    assert not (tmp_path / "new").exists()


def test_it_asks_what_no_data_tell(export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init_ask, "may_ask", lambda: True)
    (few := tmp_path / "few").mkdir()
    for name in ("tracks.csv", "users.csv"):  # without the CRM nobody knows who owns the accounts
        shutil.copyfile(export / name, few / name)
    answers = "Halyard\nJuly\nLondon\nEurope/London\n\nPriya Raman\n"  # London is no zone: it asks again
    result = run("init", tmp_path / "new", "--from", few, answers=answers)
    assert result.exit_code == 0, result.output
    assert "Did you mean 'Europe/London'?" in result.output
    settings = (tmp_path / "new" / "qbrgen.yml").read_text(encoding="utf-8")
    assert "time_zone: Europe/London # where days" in settings
    assert "fiscal_year_starts: July" in settings
    assert "owner: Priya Raman" in (tmp_path / "new" / "accounts" / "a-1.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--time-zone", "Mars/Base"), "'Mars/Base' is not known"),
        (("--currency", "pounds"), "not a currency"),
        (("--fiscal-year-starts", "Smarch"), "'Smarch' is not a month"),
        (("--vendor", "Hal\u202eyard"), "U+202E"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_read(tmp_path: Path, option: tuple[str, str], said: str) -> None:
    result = run("init", tmp_path / "new", "--from", tmp_path, "--yes", *option)
    assert result.exit_code == 2
    assert said in result.stderr


def test_events_of_people_in_no_list_are_a_group_of_unknown_jobs(tmp_path: Path) -> None:
    header = ("event_id", "user_id", "account_id", "event_name", "occurred_at")
    accounts = {user: account for user, account, *_ in people()}
    rows = [(row, user, accounts[user], event, at) for row, user, event, at in events()]
    write_csv(tmp_path / "export" / "tracks.csv", header, rows)
    strangers = [(f"x{place}", account, name, title) for place, (_, account, name, title) in enumerate(people())]
    write_csv(tmp_path / "export" / "users.csv", ("user_id", "account_id", "full_name", "job_title"), strangers)
    result = run("init", tmp_path / "new", "--from", tmp_path / "export", "--yes")
    assert result.exit_code == 0, result.output
    assert "Note: 24 people have events, and none of them is in users.csv" in result.stdout
    playbook = (tmp_path / "new" / PLAYBOOK).read_text(encoding="utf-8")
    assert playbook.count("  - id: ") - playbook.count("      - id: ") == 1
    assert "name: people whose job is not known" in playbook
    assert "Shift Planner: 8 (0)" in playbook or "Sr. Shift Planner: 4 (0)" in playbook
    # nothing is derived: who comes with a newer export is there
    assert not (tmp_path / "new" / "data").exists()
    write_csv(
        tmp_path / "export" / "tracks.csv", header, [*rows, ("e", "u999", "A-1", "shift_published", "2026-06-30")]
    )
    accounts_now = load_workspace(tmp_path / "new").accounts.values()
    everyone = {person.id: person.seats[0].persona for account in accounts_now for person in account.people}
    assert everyone == dict.fromkeys([*accounts, "u999"], "job-not-known")


def test_counts_by_account_and_month_become_values_and_nobody_is_invented(tmp_path: Path) -> None:
    rows = [
        (f"A{number}", feature, f"2026-0{month}", f"{number + month}")
        for number in range(4)
        for feature in ("Reports", "Automations", "Exports")
        for month in range(1, 7)
        if (number + month) % 3
    ]
    write_csv(tmp_path / "export" / "usage.csv", ("account_id", "feature", "usage_month", "times_used"), rows)
    crm = [(f"A{number}", f"Account {number}") for number in range(4)]
    write_csv(tmp_path / "export" / "accounts.csv", ("account_id", "account_name"), crm)
    result = run("init", tmp_path / "new", "--from", tmp_path / "export", "--yes")
    assert result.exit_code == 0, result.output
    assert "who is active cannot be said" in result.stdout
    assert "No one is named yet for the people of the account" in " ".join(result.stdout.split())
    assert "4 accounts can be reviewed" in result.stdout
    assert not (tmp_path / "new" / "data").exists(), "the export itself is read: nothing is derived"
    assert "months_in_use: true" in (tmp_path / "new" / "qbrgen.yml").read_text(encoding="utf-8")
    assert run("check", "-w", tmp_path / "new").exit_code == 0


def test_only_presence_is_no_workspace(tmp_path: Path) -> None:
    rows = [(f"e{number}", f"u{number % 5}", "user_logged_in", f"2026-02-{1 + number % 28:02}") for number in range(60)]
    write_csv(tmp_path / "export" / "tracks.csv", ("event_id", "user_id", "event", "timestamp"), rows)
    result = run("init", tmp_path / "new", "--from", tmp_path / "export", "--yes")
    assert result.exit_code == 2
    assert "No event in the data tells of work" in result.stderr
    assert "user_logged_in: presence" in result.stderr
    assert not (tmp_path / "new").exists()


def test_days_that_nothing_settles_are_asked_for_and_never_guessed(tmp_path: Path) -> None:
    rows = [
        (row, user, event, f"{at[8:10]}/{at[5:7]}/{at[:4]}") for row, user, event, at in events() if at[8:10] < "13"
    ]
    write_csv(tmp_path / "export" / "tracks.csv", ("event_id", "user_id", "event_name", "occurred_at"), rows)
    write_csv(tmp_path / "export" / "users.csv", ("user_id", "account_id", "full_name", "job_title"), people())
    refused = run("init", tmp_path / "new", "--from", tmp_path / "export", "--yes")
    assert refused.exit_code == 2
    assert "Write --dates day-first or --dates month-first." in refused.stderr
    assert not (tmp_path / "new").exists()
    made = run("init", tmp_path / "new", "--from", tmp_path / "export", "--yes", "--dates", "day-first")
    assert made.exit_code == 0, made.output
    assert "read: {dates: day-first}" in (tmp_path / "new" / "qbrgen.yml").read_text(encoding="utf-8")


def test_departments_may_be_one_account_and_a_young_export_is_told_so_far(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        (user, f"2026-02-{day:02}", {"A-1": "IT", "A-2": "Legal", "A-3": "HR"}[of], title, str(day % 3), str(place % 2))
        for place, (user, of, _, title) in enumerate(people())
        for day in (2, 9, 16, 23)
    ]
    header = ("employee_id", "week", "Organization", "role", "notes_shared", "tickets_solved")
    write_csv(tmp_path / "export" / "weekly.csv", header, rows)
    monkeypatch.setattr(init_ask, "may_ask", lambda: True)
    words = ("init", tmp_path / "new", "--from", tmp_path / "export", "--vendor", "Halyard", "--time-zone", "UTC")
    result = run(*words, answers="n\nBrightwell\n\n\n\n\n")  # no accounts of their own; one, called so
    assert result.exit_code == 0, result.output
    assert "The accounts seem to be parts of one company: " in result.stdout
    assert "no quarter is complete since: Q1 2026 is told so far" in result.stderr
    assert "account: Brightwell" in (tmp_path / "new" / "qbrgen.yml").read_text(encoding="utf-8")
    assert "name: Brightwell # as documents say it" in next((tmp_path / "new" / "accounts").iterdir()).read_text(
        encoding="utf-8"
    )
