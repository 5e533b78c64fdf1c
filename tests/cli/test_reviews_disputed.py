"""A delivered review and its record: where they differ, where the record is broken, and what moved a sentence."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main

Q2, Q3 = "reviews/2026-Q2/acme.yml", "reviews/2026-Q3/acme.yml"


def run(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-w", str(workspace)], env={"SOURCE_DATE_EPOCH": "1791072000"})


def flat(text: str) -> str:
    return " ".join(text.split())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(workspace: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    """Key → a sentence of Acme's that reads otherwise, from JSON."""
    result = run(workspace, "changes", "acme", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return {each["key"]: each for each in json.loads(result.stdout)[0]["sentences"]}


def late_touches(workspace: Path, user: str, number: int = 20) -> None:
    """Touches of May that came only now."""
    path = workspace / "data" / "events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, header, restval="", lineterminator="\n")
        for count in range(number):
            out.writerow(
                {"sent_at": f"2026-05-13T10:{count:02}:00Z", "user_id": user, "account_id": "acme", "quantity": "1"}
                | {"event": "sequence_touch_sent", "event_id": f"late-{count}"}
            )


# ---- a figure that was told, and is another one now -----------------------------------------------------------------


@pytest.fixture
def disputed(workspace: Path) -> Path:
    """The review of Q3 is recorded with an impact of −30%; then the account's file says −35%."""
    assert run(workspace, "commit", "acme").exit_code == 0
    edit(workspace / "accounts" / "acme.yml", "-30%", "-35%")
    return workspace


def test_a_record_whose_sentences_have_another_figure_is_not_already_recorded(disputed: Path) -> None:
    before = (disputed / Q3).read_bytes()
    result = run(disputed, "commit", "acme")
    assert result.exit_code == 2
    assert "already recorded" not in result.stdout
    assert "told/impact:email-time: 30% → 35%" in result.stderr
    assert "told/sentence: 30% → 35%" in result.stderr
    assert "--replace" in result.stderr
    assert (disputed / Q3).read_bytes() == before


@pytest.mark.parametrize("command", [("deck", "acme"), ("build",)])
def test_no_deck_is_made_whose_record_tells_another_figure(disputed: Path, command: tuple[str, ...]) -> None:
    result = run(disputed, *command, "--commit")
    assert result.exit_code == 2
    assert "told/impact:email-time: 30% → 35%" in result.stderr
    assert not (disputed / "out").exists()


def test_with_replace_the_record_tells_what_is_told_now(disputed: Path) -> None:
    assert run(disputed, "commit", "acme", "--replace").exit_code == 0
    assert "roughly 35%" in flat((disputed / Q3).read_text(encoding="utf-8"))
    assert "already recorded" in run(disputed, "commit", "acme").stdout


def test_the_same_figures_in_other_words_are_already_recorded(workspace: Path) -> None:
    run(workspace, "commit", "acme")
    folder = workspace / "templates" / "wording" / "en"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text("workflow:\n  full: '{{ clause }}; that is {{ relation }}'\n", encoding="utf-8")
    assert "already recorded" in run(workspace, "commit", "acme").stdout


def test_a_date_that_has_passed_since_is_no_other_figure(workspace: Path) -> None:
    run(workspace, "commit", "acme")
    later = run(workspace, "commit", "acme", "--period", "2026-Q3", "--as-of", "2026-11-30")
    assert (later.exit_code, "already recorded" in later.stdout) == (0, True), later.stderr


# ---- a record that is there, and cannot be read ---------------------------------------------------------------------


@pytest.fixture
def broken(workspace: Path) -> Path:
    edit(workspace / Q2, "recorded_on: 2026-07-03\n", "")
    return workspace


def test_changes_says_that_there_is_a_record_which_cannot_be_read_and_fails(broken: Path) -> None:
    result = run(broken, "changes", "acme")
    assert result.exit_code == 2
    assert "has been recorded" not in result.stdout
    assert flat(result.stdout).endswith(
        "A review of Acme is recorded for Q2 2026, and its record cannot be read (reviews/2026-Q2/acme.yml), so "
        "nothing is compared with it."
    )
    found = json.loads(run(broken, "changes", "acme", "--json").stdout)[0]
    assert found["unreadable"] == [Q2]
    assert "cannot be read" in found["text"]


def test_among_others_a_record_that_cannot_be_read_makes_the_exit_code_1(broken: Path) -> None:
    result = run(broken, "changes", "--all")
    assert result.exit_code == 1
    assert "Compared with the review of Q2 2026" in result.stdout


def test_a_later_review_that_can_be_read_is_compared_with_all_the_same(broken: Path) -> None:
    assert run(broken, "commit", "acme").exit_code == 0
    assert run(broken, "changes", "acme").exit_code == 0


def test_a_record_that_cannot_be_read_is_never_none_recorded(broken: Path) -> None:
    deck = run(broken, "deck", "acme")
    assert "No promise of an earlier review is recorded" not in deck.stderr
    assert "promises: The record of the review of Q2 2026 cannot be read" in deck.stderr
    explained = run(broken, "explain", "acme", "commitments")
    assert explained.exit_code == 2
    assert "is recorded yet" not in explained.stderr
    assert "the record of the review of Q2 2026 cannot be read" in explained.stderr
    summed = json.loads(run(broken, "summary", "acme", "--json").stdout)[0]
    assert summed["commitments"] == {"promised_in": "Q2 2026", "unreadable": True}


@pytest.mark.parametrize("command", [("changes", "acme"), ("commit", "acme", "--period", "2026-Q2")])
def test_the_first_advice_is_to_restore_it_and_the_last_says_what_it_costs(
    broken: Path, command: tuple[str, ...]
) -> None:
    said = flat(run(broken, *command).stderr)
    assert said.index("Restore it from version control") < said.index("commit acme --period 2026-Q2 --replace")
    assert "what was promised and told then is lost" in said


# ---- a review that was not recorded ---------------------------------------------------------------------------------


def test_a_review_that_is_named_and_was_not_recorded_is_an_error_with_those_there_are(workspace: Path) -> None:
    result = run(workspace, "changes", "acme", "--since", "2026-Q1")
    assert result.exit_code == 2
    assert "No review of Acme for 2026-Q1 is recorded" in result.stderr
    assert "2026-Q2" in result.stderr
    assert run(workspace, "changes", "--all", "--since", "2026-Q1").exit_code == 2


def test_among_all_accounts_those_without_the_named_review_are_told_so(workspace: Path) -> None:
    result = run(workspace, "changes", "--all", "--since", "2026-Q2")
    assert result.exit_code == 0
    assert "No review of Tidewell" in flat(result.stdout)


# ---- what moved a sentence ------------------------------------------------------------------------------------------


def test_someones_state_that_late_data_moved_is_a_cause_of_the_sentence_that_tells_it(workspace: Path) -> None:
    late_touches(workspace, "u-1046")
    reps = told(workspace)["persona:reps"]
    assert "one is no longer active" in reps["now"] or "one no longer active" in reps["now"]
    assert reps["causes"] == ["data", "events"]
    assert told(workspace, "--period", "2026-Q2")["persona:reps"]["causes"] == ["data"]


def test_a_plan_that_is_there_since_is_a_cause_beside_the_late_data(workspace: Path) -> None:
    assert told(workspace, "--period", "2026-Q2")["sentence"]["causes"] == ["stated"]
    late_touches(workspace, "u-1046")
    sentence = told(workspace, "--period", "2026-Q2")["sentence"]
    assert ("no plan yet" in sentence["then"], "there is a plan" in sentence["now"]) == (True, True)
    assert sentence["causes"] == ["data", "stated"]


def test_how_often_someone_did_it_is_moved_by_new_events_and_not_by_time(workspace: Path) -> None:
    managers = told(workspace)["persona:managers"]
    assert ("11 of 13 weeks" in managers["then"], "every week" in managers["now"]) == (True, True)
    assert managers["causes"] == ["events"]


def test_what_other_weeks_and_other_people_in_them_moved_is_not_told_as_time(workspace: Path) -> None:
    result = run(workspace, "changes", "zielona-dolina", "--json")
    causes = {each["key"]: each["causes"] for each in json.loads(result.stdout)[0]["sentences"]}
    assert causes["persona:reps"] == causes["direction"] == ["events"]


# ---- how it is listed -----------------------------------------------------------------------------------------------


def test_sentences_have_headings_in_words_with_their_keys_beside_them(workspace: Path) -> None:
    lines = run(workspace, "changes", "acme").stdout.splitlines()
    assert "  Quota-carrying reps (persona:reps)" in lines
    assert "  Outbound touches through sequences (workflow:reps/sequenced-touches)" in lines
    assert "  What is not working: Calls with an outcome logged (gap:off-target/reps/call-dispositions)" in lines
    assert "  What it produces: manual email time (impact:email-time)" in lines


def test_sentences_that_only_tell_another_quarter_are_counted_in_one_line(workspace: Path) -> None:
    first = "workflow:reps/first-sequence"
    result = run(workspace, "changes", "acme")
    assert first not in result.stdout
    assert "One more: only another quarter is told (--all-sentences shows it)." in flat(result.stdout)
    every = run(workspace, "changes", "acme", "--all-sentences")
    assert first in every.stdout
    assert "only another quarter is told" not in every.stdout
    assert told(workspace)[first]["causes"] == ["time"]


def test_what_weighs_most_comes_first(workspace: Path) -> None:
    keys = list(told(workspace))
    assert keys[:3] == ["sentence", "people", "persona:reps"]
    flows = [key for key in keys if key.startswith("workflow:") and not key.endswith("first-sequence")]
    assert flows[0] == "workflow:reps/sequenced-touches"  # it has crossed its target, and moved furthest
    assert flows[-1] == "workflow:managers/coached-calls"  # it is still below
    assert keys.index("impact:email-time") < keys.index(flows[0])
    assert keys.index(flows[-1]) > keys.index("direction")
    gone = [key for key in keys if key.startswith("gap:off-target/reps/sequenced")]
    assert keys.index(gone[0]) > keys.index(flows[0])


def test_an_impact_that_has_become_old_is_moved_by_time_wherever_it_was_said(workspace: Path) -> None:
    result = run(workspace, "changes", "calder-wye", "--json")
    causes = {each["key"]: each["causes"] for each in json.loads(result.stdout)[0]["sentences"]}
    assert causes["impact:follow-up-time"] == causes["gap:impact/follow-up-time"] == ["time"]
    assert causes["sentence"] == ["left", "events", "time"]


def test_an_unmoved_figure_is_the_same_now(workspace: Path) -> None:
    said = flat(run(workspace, "changes", "acme", "--period", "2026-Q2").stdout)
    assert "33% (150 of 455) as delivered for Q2 2026, and the same now." in said
