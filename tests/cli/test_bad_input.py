"""What a user can get wrong ends in messages and an exit code, never in a traceback or half a file."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from running import run

Edit = Callable[[Path], None]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}: the test would break nothing"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def keep_only(workspace: Path, *accounts: str) -> None:
    """Some accounts show it as well as all."""
    for path in (workspace / "accounts").iterdir():
        if path.stem not in accounts:
            path.unlink()


def test_a_wrong_account_is_answered_with_the_nearest(workspace: Path) -> None:
    result = run("summary", "acmee", "-w", workspace)
    assert result.exit_code == 2
    assert "There is no account 'acmee'." in result.output
    assert "acme" in result.output.split("Did you mean")[1]


def test_every_wrong_account_is_named_in_one_run(workspace: Path) -> None:
    result = run("deck", "acmee", "nobody-at-all", "-w", workspace)
    assert result.exit_code == 2
    assert "'acmee'" in result.output
    assert "'nobody-at-all'" in result.output
    assert not (workspace / "out").exists()


def test_problems_in_several_files_are_told_in_one_run_with_file_and_line(workspace: Path) -> None:
    playbook = workspace / "playbooks" / "sales-engagement.yml"
    replace(playbook, "target: 75%", "target: regularly")
    line = playbook.read_text(encoding="utf-8").splitlines().index("        target: regularly") + 1
    replace(workspace / "qbrgen.yml", "time_zone: Europe/London", "time_zone: Europe/Londn")
    result = run("check", "-w", workspace)
    assert result.exit_code == 2
    assert f"sales-engagement.yml:{line}" in result.output
    assert "qbrgen.yml:" in result.output
    assert "Europe/London" in result.output
    assert "Traceback" not in result.output


def test_a_broken_playbook_makes_nothing(workspace: Path) -> None:
    replace(workspace / "playbooks" / "sales-engagement.yml", "target: 75%", "target: often")
    result = run("build", "-w", workspace)
    assert result.exit_code == 2
    assert not (workspace / "out").exists()


def test_a_broken_account_is_set_aside_and_the_others_are_told(workspace: Path) -> None:
    replace(workspace / "accounts" / "acme.yml", "coached-calls: {target: 50%}", "coached-cals: {target: 50%}")
    result = run("summary", "-w", workspace)
    assert result.exit_code == 1
    assert "acme.yml:" in result.output
    assert "coached-calls" in result.output
    assert result.output.count("Q3 2026") >= 7


def test_a_broken_account_asked_for_alone_gives_its_reason_and_no_file(workspace: Path) -> None:
    replace(workspace / "accounts" / "acme.yml", "playbook: sales-engagement", "playbook: sales-engagemnt")
    result = run("deck", "acme", "-w", workspace)
    assert result.exit_code == 2
    assert "sales-engagement" in result.output
    assert "nothing was made" in result.output
    assert not list(workspace.rglob("*.pptx"))


@pytest.mark.parametrize("command", ["summary", "explain", "score", "brief", "commit"])
def test_where_nothing_can_be_made_the_exit_code_is_2_in_every_command(workspace: Path, command: str) -> None:
    replace(workspace / "accounts" / "acme.yml", "playbook: sales-engagement", "playbook: none")
    result = run(command, "acme", "-w", workspace)
    assert result.exit_code == 2
    assert "nothing was made" in result.output


def test_a_build_of_broken_accounts_only_makes_no_file(workspace: Path) -> None:
    for path in (workspace / "accounts").iterdir():
        replace(path, "account: ", "ownr: nobody\naccount: ")
    for command in ("build", "portfolio"):
        result = run(command, "-w", workspace)
        assert result.exit_code == 2
        assert "8 accounts set aside; nothing was made." in result.output
        assert not (workspace / "out").exists()


def test_an_event_file_with_the_wrong_columns_names_those_that_are_there(workspace: Path) -> None:
    replace(workspace / "data" / "events.csv", "sent_at", "sent_on")
    result = run("summary", "acme", "-w", workspace)
    assert result.exit_code == 2
    assert "sent_at" in result.output
    assert "sent_on" in result.output


def test_a_missing_data_file_is_named(workspace: Path) -> None:
    (workspace / "data" / "events.csv").unlink()
    result = run("check", "-w", workspace)
    assert result.exit_code == 2
    assert "events.csv" in result.output


def test_dates_that_do_not_parse_are_told_with_their_row(workspace: Path) -> None:
    people = workspace / "data" / "people.csv"
    lines = people.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    cells = lines[2].split(",")
    cells[header.index("start_date")] = "31/31/2026"
    people.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]) + "\n", encoding="utf-8")
    result = run("check", "-w", workspace)
    assert result.exit_code in (1, 2)
    assert "people.csv:3" in result.output
    assert "31/31/2026" in result.output


def test_event_times_that_do_not_parse_are_set_aside_and_counted(workspace: Path) -> None:
    events = workspace / "data" / "events.csv"
    lines = events.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("sent_at")
    cells = lines[1].split(",")
    cells[column] = "yesterday"
    events.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    result = run("check", "-w", workspace)
    assert result.exit_code == 0
    assert "not readable" in result.output


def test_a_folder_that_is_no_workspace_is_said(tmp_path: Path) -> None:
    result = run("summary", "-w", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_a_folder_without_settings_is_told_in_one_message(tmp_path: Path) -> None:
    result = run("summary", "-w", tmp_path)
    assert result.exit_code == 2
    assert result.output.count("error:") == 1
    assert f"'{tmp_path}' holds no qbrgen.yml." in result.output
    (tmp_path / "qbrgen.yaml").write_text("vendor: Halyard\n", encoding="utf-8")
    assert "Rename qbrgen.yaml to qbrgen.yml." in run("summary", "-w", tmp_path).output


def test_without_a_workspace_the_option_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("summary")
    assert result.exit_code == 2
    assert "--workspace" in result.output


@pytest.mark.parametrize("period", ["next", "2026-Q5", "Q3"])
def test_a_period_that_is_none_says_how_to_write_one(workspace: Path, period: str) -> None:
    result = run("summary", "acme", "-w", workspace, "--period", period)
    assert result.exit_code == 2
    assert "2026-Q3" in result.output


def test_a_period_outside_the_data_says_what_the_data_cover(workspace: Path) -> None:
    result = run("summary", "acme", "-w", workspace, "--period", "2031-Q1")
    assert result.exit_code == 2
    assert "2026-03-30" in result.output
    assert "--period 2026-Q3" in result.output


def test_an_unknown_theme_names_those_there_are(workspace: Path) -> None:
    result = run("deck", "acme", "-w", workspace, "--theme", "haliard")
    assert result.exit_code == 2
    assert "halyard" in result.output
    assert not (workspace / "out").exists()


def test_check_tells_what_is_sloppy_in_the_brand_file_and_an_unknown_theme_with_all_else(workspace: Path) -> None:
    folder = workspace / "themes" / "ours"
    folder.mkdir(parents=True)
    (folder / "_brand.yml").write_text("color:\n  primary: bleu-ish\nlogo: gone.png\n", encoding="utf-8")
    settings = workspace / "qbrgen.yml"
    replace(settings, "theme: halyard", "theme: ours")
    result = run("check", "-w", workspace)
    assert result.exit_code == 0
    told = "".join(result.output.split())
    assert "_brand.yml:2:note:color.primaryis'bleu-ish',whichisnocolour." in told
    assert "_brand.yml:3:note:Thelogogone.pngisnofileofthistheme." in told
    replace(settings, "theme: ours", "theme: haliard")
    result = run("check", "-w", workspace)
    assert result.exit_code == 2
    assert "There is no theme 'haliard'. Did you mean 'halyard'?" in " ".join(result.output.split())


def test_a_date_that_is_none_says_how_to_write_one(workspace: Path) -> None:
    result = run("summary", "acme", "-w", workspace, "--as-of", "30.9.2026")
    assert result.exit_code == 2
    assert "2026-09-30" in result.output


@pytest.mark.parametrize("command", ["summary", "score", "deck", "brief", "commit"])
def test_accounts_and_all_are_not_given_both(workspace: Path, command: str) -> None:
    result = run(command, "acme", "--all", "-w", workspace)
    assert result.exit_code == 2
    assert "Name accounts or write --all, not both." in result.output


@pytest.mark.parametrize("command", ["score", "deck", "brief", "commit"])
def test_which_accounts_has_to_be_said(workspace: Path, command: str) -> None:
    result = run(command, "-w", workspace)
    assert result.exit_code == 2
    assert "Name one or more accounts, or write --all." in result.output


def test_the_summary_of_all_is_that_of_no_accounts_named(workspace: Path) -> None:
    assert run("summary", "--all", "-w", workspace).stdout == run("summary", "-w", workspace).stdout


def test_a_file_in_the_way_of_the_output_folder_is_said(workspace: Path) -> None:
    (workspace / "taken").write_text("")
    result = run("deck", "acme", "-w", workspace, "--out", workspace / "taken" / "deeper")
    assert result.exit_code == 2
    assert f"{workspace / 'taken'} is a file, and a folder is needed there." in result.output
    assert "--out" in result.output


def test_what_is_in_the_way_in_both_rooms_is_told_at_once_and_nothing_is_made(workspace: Path) -> None:
    out = workspace / "out"
    (out / "internal" / "acme-2026-Q3-brief.pdf").mkdir(parents=True)
    (out / "internal" / "report.json").mkdir()
    (out / "for-customers").write_text("")
    before = sorted(out.rglob("*"))
    result = run("build", "-w", workspace)
    assert result.exit_code == 2
    assert result.output.count("for-customers is a file") == 1
    assert "acme-2026-Q3-brief.pdf is a folder" in result.output
    assert "report.json is a folder" in result.output
    assert result.output.count("error:") == 3
    assert sorted(out.rglob("*")) == before


def test_a_bug_keeps_its_traceback_and_the_other_accounts_their_files(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qbrgen import pipeline

    genuine = pipeline.make_deck

    def faulty(review: pipeline.Review, account_id: str, *rest: object) -> pipeline.Made:
        if account_id == "acme":
            raise KeyError("a bug")
        return genuine(review, account_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "make_deck", faulty)
    keep_only(workspace, "acme", "oakhaven", "tidewell")
    result = run("deck", "--all", "-w", workspace)
    assert isinstance(result.exception, ExceptionGroup)
    assert "account acme" in "".join(result.exception.exceptions[0].__notes__)
    assert len(list((workspace / "out").rglob("*.pptx"))) == 2


@pytest.mark.parametrize(
    "slip", [("\nname: Acme", "\n name: Acme"), ("name: Acme", 'name: "Acme'), ("\nname:", "\n\tname:")]
)
def test_a_slip_in_an_accounts_yaml_is_one_finding_with_its_line(workspace: Path, slip: tuple[str, str]) -> None:
    replace(workspace / "accounts" / "acme.yml", *slip)
    result = run("check", "-w", workspace)
    assert result.exit_code == 1
    assert result.output.count("acme.yml:") == 1
    assert "names no playbook" not in result.output


def test_a_slip_in_the_settings_blames_no_playbook(workspace: Path) -> None:
    replace(workspace / "qbrgen.yml", "theme: ", "theme : : ")
    result = run("check", "-w", workspace)
    assert result.exit_code == 2
    assert "inbox_delivery" not in result.output


def test_a_file_whose_times_cannot_be_read_is_refused_with_an_example(workspace: Path) -> None:
    events = workspace / "data" / "events.csv"
    text = events.read_text(encoding="utf-8")
    events.write_text(text.replace("2026-", "yesterday-"), encoding="utf-8")
    result = run("deck", "acme", "-w", workspace)
    assert result.exit_code == 2
    assert "events.csv:2" in result.output
    assert "yesterday-" in result.output
    assert "2026-07-31 09:30:00" in result.output


def test_an_event_file_without_rows_is_said(workspace: Path) -> None:
    events = workspace / "data" / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    result = run("summary", "-w", workspace)
    assert result.exit_code == 2
    assert "events.csv:1" in result.output
    assert "no rows" in result.output


def test_an_as_of_date_beyond_the_data_is_no_silence(workspace: Path) -> None:
    result = run("summary", "acme", "-w", workspace, "--as-of", "2027-08-15")
    assert result.exit_code == 2
    assert "2026-09-30" in result.output
    assert "--period 2026-Q3" in result.output


def test_an_as_of_date_beyond_the_data_does_not_stretch_them(workspace: Path) -> None:
    result = run("summary", "acme", "-w", workspace, "--as-of", "2030-01-01")
    assert result.exit_code == 2
    assert "The data run from 2026-03-30 to 2026-09-30 and hold nothing of Q4 2029." in result.output


def test_an_as_of_date_weeks_after_the_last_event_is_warned_of(workspace: Path) -> None:
    result = run("summary", "acme", "-w", workspace, "--as-of", "2026-10-31")
    assert result.exit_code == 0
    assert "the last event of any account is of 2026-09-30" in result.output


def test_when_the_only_account_is_broken_nothing_was_made(workspace: Path) -> None:
    replace(workspace / "accounts" / "acme.yml", "playbook: sales-engagement", "playbook: none")
    assert "nothing was made" in run("deck", "acme", "-w", workspace).output


@pytest.mark.parametrize(
    ("command", "name"),
    [("deck", "for-customers/acme-2026-Q3-qbr.pptx"), ("brief", "internal/acme-2026-Q3-brief.pdf")],
)
def test_a_folder_in_the_way_of_one_file_is_told_before_any_is_made(workspace: Path, command: str, name: str) -> None:
    (workspace / "out" / name).mkdir(parents=True)
    result = run(command, "acme", "oakhaven", "-w", workspace)
    assert result.exit_code == 2
    assert f"{Path(name).name} is a folder, and a file is to be written there." in result.output
    assert not [path for path in (workspace / "out").rglob("*") if path.is_file()]


def test_a_file_that_is_locked_costs_that_file_only(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qbrgen import pipeline

    genuine = pipeline.make_deck

    def locked(review: pipeline.Review, account_id: str, *rest: object) -> pipeline.Made:
        if account_id == "acme":
            raise PermissionError(errno.EACCES, "Permission denied", "acme-2026-Q3-qbr.pptx")
        return genuine(review, account_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "make_deck", locked)
    result = run("deck", "acme", "oakhaven", "-w", workspace)
    assert result.exit_code == 1
    assert "acme-2026-Q3-qbr.pptx: Permission denied." in result.output
    assert "--out" in result.output
    assert len(list((workspace / "out").rglob("*.pptx"))) == 1
    assert run("deck", "acme", "-w", workspace, "--no-talk-track").exit_code == 2


def test_a_missing_pdf_library_costs_the_pdfs_and_not_the_decks(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qbrgen import pipeline
    from qbrgen.errors import MissingLibrary

    def missing(*_: object) -> pipeline.Made:
        raise MissingLibrary("Pango is missing. Install it: brew install pango")

    monkeypatch.setattr(pipeline, "make_brief", missing)
    keep_only(workspace, "acme", "tidewell")
    result = run("build", "-w", workspace)
    assert result.exit_code == 1
    assert "brew install pango" in result.output
    assert len(list((workspace / "out").rglob("*.pptx"))) == 2
    assert (workspace / "out" / "internal" / "report.json").is_file()
    assert run("brief", "acme", "-w", workspace).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("Agree that 42 monthly active users is too few.", "error"),
        ("Save the renewal before the churn review.", "warning"),
        ("Ask Jon Bell to begin with the list.", "warning"),
    ],
)
def test_what_a_customer_must_not_read_is_found_in_typed_text(workspace: Path, typed: str, level: str) -> None:
    account = workspace / "accounts" / "acme.yml"
    lines = account.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("ask:"))
    account.write_text("\n".join([*lines[:number], f"ask: {typed}", *lines[number + 1 :]]) + "\n", encoding="utf-8")
    result = run("check", "-w", workspace)
    assert result.exit_code == (1 if level == "error" else 0)
    assert f"acme.yml:{number + 1}: {level}:" in result.output
