"""What is wrong with the data is told so that a CSM can act on it, and stands in the picture as the right gap."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import run

HEADER = "sent_at,user_id,account_id,event,quantity,event_id"


def told(workspace: Path, *more: str) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit code of `check`, and its findings by code (the last of each)."""
    result = run("check", "--json", "-w", workspace, *more)
    return result.exit_code, {finding["code"]: finding for finding in json.loads(result.stdout)["findings"]}


def gaps(workspace: Path, account: str) -> list[str]:
    (record,) = json.loads(run("summary", account, "--json", "-w", workspace).stdout)
    return [gap["kind"] for gap in record["gaps"]]


def add_events(workspace: Path, *rows: str) -> None:
    path = workspace / "data" / "events.csv"
    text = path.read_text(encoding="utf-8")
    columns = text.split("\n", 1)[0].strip().split(",")
    cells = [dict(zip(HEADER.split(","), row.split(","), strict=True)) for row in rows]
    lines = [",".join(cell.get(column, "") for column in columns) for cell in cells]
    path.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


def settings(workspace: Path, old: str, new: str) -> None:
    path = workspace / "qbrgen.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def repeated(workspace: Path) -> int:
    output = run("check", "-w", workspace).output
    found = re.search(
        r"(\d+) event rows? set aside: duplicate id\.\n +An id that came more than once counts once", output
    )
    return int(found[1]) if found else 0


def test_a_repeated_id_counts_once_and_is_told(workspace: Path) -> None:
    before = repeated(workspace), run("summary", "acme", "--json", "-w", workspace).stdout
    lines = (workspace / "data" / "events.csv").read_text(encoding="utf-8").splitlines()
    with (workspace / "data" / "events.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines[1:4]) + "\n")
    after = repeated(workspace), run("summary", "acme", "--json", "-w", workspace).stdout
    assert after == (before[0] + 3, before[1])


def test_an_id_that_most_rows_share_is_no_id_of_rows(workspace: Path) -> None:
    settings(workspace, "id: event_id}", "id: user_id}")
    _, found = told(workspace)
    assert found["ids-repeated"]["level"] == "warning"
    assert "`id:`" in found["ids-repeated"]["fix"]


def test_events_by_nobody_on_the_roster_are_a_gap_of_their_account(workspace: Path) -> None:
    add_events(workspace, "2026-08-05T09:00:00Z,u-nobody,acme,sequence_touch_sent,1,x-1")
    code, found = told(workspace)
    assert code == 0
    assert "in no roster: acme (u-nobody), fernhill" in found["unknown-people"]["what"]
    assert "people whom no roster knows" in gaps(workspace, "acme")


def test_an_account_where_only_unknown_people_work_is_not_silent(workspace: Path) -> None:
    path = workspace / "data" / "events.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    users = lines[0].split(",").index("user_id"), lines[0].split(",").index("account_id")
    changed = []
    for line in lines[1:]:
        cells = line.split(",")
        if cells[users[1]] == "acme":
            cells[users[0]] = "new-" + cells[users[0]]
        changed.append(",".join(cells))
    path.write_text("\n".join([lines[0], *changed]) + "\n", encoding="utf-8")
    found = gaps(workspace, "acme")
    assert "people whom no roster knows" in found
    assert "no data came" not in found
    assert "people not yet active" in found


def test_an_event_name_that_never_occurs_is_a_gap_and_the_nearest_names_are_offered(workspace: Path) -> None:
    playbook = workspace / "playbooks" / "sales-engagement.yml"
    text = playbook.read_text(encoding="utf-8")
    playbook.write_text(text.replace("pipeline_reviewed", "pipline_review"), encoding="utf-8")
    assert text != playbook.read_text(encoding="utf-8")
    code, found = told(workspace)
    assert code == 0
    finding = found["event-never-occurs"]
    assert finding["file"] == "playbooks/sales-engagement.yml"
    assert "'pipline_review'" in finding["what"]
    assert "Did you mean pipeline_reviewed" in finding["fix"]
    assert "The names there are: " in finding["fix"]
    assert "event name never occurs" in gaps(workspace, "acme")


def test_an_event_name_that_an_override_got_wrong_is_told_at_the_override(workspace: Path) -> None:
    account = workspace / "accounts" / "acme.yml"
    text = account.read_text(encoding="utf-8")
    account.write_text(
        text.replace(
            "coached-calls: {target: 50%}", "coached-calls: {target: 50%, frequency: {events: call_coachd}}", 1
        ),
        encoding="utf-8",
    )
    line = next(n for n, each in enumerate(account.read_text(encoding="utf-8").splitlines(), 1) if "coachd" in each)
    _, found = told(workspace)
    assert (found["event-never-occurs"]["file"], found["event-never-occurs"]["line"]) == ("accounts/acme.yml", line)


def test_a_quarter_that_goes_on_is_told_so_far_where_none_is_complete(workspace: Path) -> None:
    settings(workspace, "as_of: 2026-09-30", "as_of: 2026-04-12")
    code, found = told(workspace)
    assert code == 0
    assert "no quarter is complete since: Q2 2026 is told so far" in found["quarter-in-progress"]["what"]
    assert "end of Q2" not in found.get("data-stale", {"what": ""})["what"], "it is told once"


@pytest.mark.parametrize(
    ("day", "code", "words"),
    [
        ("2025-01-31", "no-full-day", "before the first day of the data, 2026-03-30"),
        ("2026-04-01", "period-without-data", "hold no full week"),
        ("2028-01-31", "period-without-data", "hold nothing of Q4 2027"),
    ],
)
def test_an_as_of_date_outside_the_data_is_refused_with_what_the_data_cover(
    workspace: Path, day: str, code: str, words: str
) -> None:
    settings(workspace, "as_of: 2026-09-30", f"as_of: {day}")
    result = run("deck", "--all", "-w", workspace)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output
    assert not (workspace / "out").exists()
    exit_code, found = told(workspace)
    assert (exit_code, list(found)) == (2, [code])
    if code == "no-full-day":
        assert found[code]["file"] == "qbrgen.yml"
        assert "Set a later as-of date" in found[code]["fix"]


def test_broken_data_and_a_broken_account_are_told_in_one_run(workspace: Path) -> None:
    account = workspace / "accounts" / "acme.yml"
    account.write_text(account.read_text(encoding="utf-8").replace("playbook: ", "playbok: ", 1), encoding="utf-8")
    events = workspace / "data" / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("2026-", "yesterday-"), encoding="utf-8")
    code, found = told(workspace)
    assert code == 2
    assert {"unknown-key", "time-not-readable"} <= set(found)
