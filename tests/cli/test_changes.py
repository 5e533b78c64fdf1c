"""`qbrgen changes` tells which figures and sentences are not as delivered, and the cause of each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from test_commit import commit, drop, late_replies

from qbrgen.cli.main import main

GOLDEN = Path(__file__).parent / "golden" / "changes-oakhaven.txt"
PLAYBOOK = "playbooks/sales-engagement.yml"


@pytest.fixture
def workspace(sample_accounts: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace in which nothing is recorded yet."""
    copy = tmp_path / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__", "reviews"))
    return copy


def changes(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["changes", *arguments, "-w", str(workspace)])


def record(workspace: Path, *arguments: str) -> dict[str, Any]:
    """The first account's changes as JSON."""
    result = changes(workspace, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)[0]
    return found


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def causes(found: dict[str, Any]) -> set[str]:
    return {cause for figure in found["figures"] for cause in figure["causes"]}


def of_sentences(found: dict[str, Any]) -> dict[str, list[str]]:
    return {each["key"]: each["causes"] for each in found["sentences"]}


# ---- what is printed ------------------------------------------------------------------------------------------------


def test_what_changed_at_a_sample_account_reads_as_it_was_approved(sample_accounts: Path, update_golden: bool) -> None:
    result = changes(sample_accounts, "oakhaven")
    assert (result.exit_code, result.stderr) == (0, "")
    if update_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == GOLDEN.read_text(encoding="utf-8")


def test_the_reference_account_says_what_moved_and_by_what(sample_accounts: Path) -> None:
    said = " ".join(changes(sample_accounts, "acme").stdout.split())
    assert (
        "Outbound touches through sequences: 54% (2,330 of 4,337) as delivered for Q2 2026, 80% (4,180 of 5,225) now."
        in said
    )
    assert "New events of the same people: +26 points." in said
    assert "Marta Nowak, Luke Farrell and Chidi Obi became active." in said
    assert "Another target: it was 60% and is 75%." in said


def test_where_no_review_is_recorded_that_is_said_and_is_no_error(workspace: Path) -> None:
    result = changes(workspace, "acme")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "No review of Acme up to Q3 2026 has been recorded" in result.stdout
    assert record(workspace, "acme")["since"] is None


def test_an_unknown_account_is_an_error(workspace: Path) -> None:
    assert changes(workspace, "akme").exit_code == 2


@pytest.mark.parametrize(("typed", "said"), [("2027-Q1", "later than the quarter that is told"), ("last", "'last'")])
def test_a_review_that_cannot_be_asked_for_is_an_error(workspace: Path, typed: str, said: str) -> None:
    result = changes(workspace, "acme", "--since", typed)
    assert result.exit_code == 2
    assert said in result.stderr


def test_all_accounts_are_told_one_after_another(sample_accounts: Path) -> None:
    result = changes(sample_accounts, "--all", "--json")
    assert result.exit_code == 0
    since = {each["account"]: each["since"] for each in json.loads(result.stdout)}
    assert since["acme"] == since["oakhaven"] == "2026-Q2"
    assert since["tidewell"] is None


def test_an_account_that_was_set_aside_makes_the_exit_code_1(workspace: Path) -> None:
    (workspace / "accounts" / "fernhill.yml").write_text("account: fernhill\nplaybook: none-such\n", encoding="utf-8")
    assert changes(workspace, "--all").exit_code == 1


def test_the_steps_in_json_add_up_exactly(sample_accounts: Path) -> None:
    stepped = 0
    for each in json.loads(changes(sample_accounts, "--all", "--json").stdout):
        for figure in each.get("figures", ()):
            for side in ("value", "numerator", "denominator"):
                then, now = (figure[end] and figure[end] for end in ("then", "now"))
                if not figure["steps"] or then[side] is None or now[side] is None:
                    continue
                stepped += 1
                assert Fraction(then[side]) + total(step[side] for step in figure["steps"]) == Fraction(now[side])
    assert stepped > 50


def total(sizes: Iterable[str | int]) -> Fraction:
    return sum((Fraction(size) for size in sizes), Fraction(0))


# ---- a quarter that was delivered -----------------------------------------------------------------------------------


@pytest.fixture
def delivered(workspace: Path) -> Path:
    """The same with the second quarter of Calder & Wye recorded."""
    assert commit(workspace, "calder-wye", "--period", "2026-Q2").exit_code == 0
    return workspace


def q2(workspace: Path) -> dict[str, Any]:
    return record(workspace, "calder-wye", "--period", "2026-Q2")


def test_right_after_the_delivery_nothing_has_changed(delivered: Path) -> None:
    result = changes(delivered, "calder-wye", "--period", "2026-Q2")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "Nothing has changed since the review of Q2 2026 was delivered on 3 July 2026."
    ]
    found = q2(delivered)
    assert (found["figures"], found["sentences"], found["late_events"]) == ([], [], {})


def test_rows_that_came_late_are_told_as_late_data_alone_with_their_number(delivered: Path) -> None:
    late_replies(delivered, "u-3002", 30)
    found = q2(delivered)
    assert causes(found) == {"data"}
    moved = {name: each["now"] - each["then"] for name, each in found["late_events"].items()}
    assert moved == {"reply_answered_same_day": 30, "reply_received": 30}
    assert of_sentences(found)["workflow:reps/same-day-replies"] == ["data"]


def test_someone_taken_off_the_roster_is_told_as_people_alone(delivered: Path) -> None:
    drop(delivered, "u-3001")
    found = q2(delivered)
    assert causes(found) == {"roster"}
    assert found["late_events"] == {}


def test_events_that_count_otherwise_are_told_as_definition_alone_though_no_definition_names_the_old_ones(
    delivered: Path,
) -> None:
    edit(
        delivered / PLAYBOOK,
        "          numerator: call_outcome_logged\n          denominator: call_made",
        "          numerator: sequence_touch_sent\n          denominator: manual_touch_sent",
    )
    found = q2(delivered)
    flow = next(each for each in found["figures"] if each["id"] == "workflow:reps/call-dispositions")
    assert [step["causes"] for step in flow["steps"]] == [["definition"]]
    assert causes(found) == {"definition"}


def test_another_target_is_told_as_target_alone(delivered: Path) -> None:
    edit(delivered / PLAYBOOK, "target: 75%", "target: 60%")
    assert causes(q2(delivered)) == {"target"}


def test_what_the_accounts_file_states_anew_is_told_so(delivered: Path) -> None:
    path = delivered / "accounts" / "calder-wye.yml"
    text = path.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.strip().startswith("bought:"))
    edit(
        path,
        line,
        line.replace("bought: ", "bought: not only to ", 1) if '"' not in line else line.replace('"', '"x ', 1),
    )
    found = q2(delivered)
    assert found["figures"] == []
    assert of_sentences(found)["outcome"][0] == "stated"


def test_a_date_that_has_passed_is_told_as_time_alone(workspace: Path) -> None:
    assert commit(workspace, "acme").exit_code == 0
    found = record(workspace, "acme", "--as-of", "2026-10-20", "--period", "2026-Q3")
    assert found["figures"] == []
    assert found["sentences"]
    assert {cause for each in found["sentences"] for cause in each["causes"]} == {"time"}


def test_other_words_for_the_same_figures_are_told_as_that(workspace: Path) -> None:
    assert commit(workspace, "acme").exit_code == 0
    folder = workspace / "templates" / "wording" / "en"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text("workflow:\n  full: '{{ clause }}; that is {{ relation }}'\n", encoding="utf-8")
    found = record(workspace, "acme")
    assert found["figures"] == []
    assert of_sentences(found)["workflow:reps/sequenced-touches"] == ["wording"]


def test_a_record_without_sentences_compares_figures_and_says_so(delivered: Path) -> None:
    path = delivered / "reviews" / "2026-Q2" / "calder-wye.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("told:")], encoding="utf-8")
    late_replies(delivered, "u-3002", 30)
    found = q2(delivered)
    assert found["sentences"] == []
    assert not found["sentences_recorded"]
    assert "written before sentences were kept" in found["notes"][-1]
    assert causes(found) == {"data"}


def test_the_brief_says_loudly_that_what_was_delivered_is_no_longer_so(delivered: Path) -> None:
    from qbrgen.compose.brief import compose_brief
    from qbrgen.document import Callout
    from qbrgen.narrate.statement import Register
    from qbrgen.pipeline import open_review

    late_replies(delivered, "u-3002", 30)
    review = open_review(delivered, accounts=["calder-wye"], period="2026-Q2")
    head = compose_brief(review.narrative("calder-wye", Register.BRIEF), review.wording).sections[0]
    callout = head.blocks[1]
    assert isinstance(callout, Callout)
    assert "was delivered on 3 July, and today's figures are no longer what it said" in callout.text
    assert "late or corrected data" in callout.text
    assert "moved-after-delivery" not in review.narrative("calder-wye", Register.DECK)
