"""Ways out of a promise, tried in a real workspace: each is noticed, or changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main
from qbrgen.pipeline import open_review
from qbrgen.score.commitment import Commitment, CommitmentState

PLAYBOOK, ACCOUNT = "playbooks/sales-engagement.yml", "accounts/calder-wye.yml"
RECORD = "reviews/2026-Q2/calder-wye.yml"


def judged(workspace: Path) -> dict[str, Commitment]:
    found = open_review(workspace, accounts=["calder-wye"]).pictures["calder-wye"].commitments
    return {each.id: each for each in found.all} if found else {}


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(workspace: Path) -> None:
        path = workspace / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def both(*edits: Callable[[Path], None]) -> Callable[[Path], None]:
    def edit(workspace: Path) -> None:
        for each in edits:
            each(workspace)

    return edit


EDITS = {
    "a lower target": change(PLAYBOOK, "target: 70%", "target: 5%"),
    "an event that everybody causes": change(
        PLAYBOOK, "numerator: sequence_touch_sent", "numerator: manual_touch_sent"
    ),
    "a renamed event": change(PLAYBOOK, "sequence_touch_sent", "touch_sent_in_sequence"),
    "a renamed workflow": change(PLAYBOOK, "id: sequenced-touches", "id: other-touches"),
    "a renamed persona": both(
        change(PLAYBOOK, "id: reps", "id: sellers"), change(ACCOUNT, "closes: reps", "closes: sellers")
    ),
    "another rhythm": change(PLAYBOOK, "rhythm: week", "rhythm: month"),
    "a later date": change(ACCOUNT, "due: 2026-09-11", "due: 2026-12-11"),
    "another rule of who is active": change("qbrgen.yml", "locale: en-GB", "locale: en-GB\nrules: {active_share: 5%}"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_of_the_definitions_keeps_no_promise(workspace: Path, edit: Callable[[Path], None]) -> None:
    before = judged(workspace)
    edit(workspace)
    after = judged(workspace)
    assert {key: (each.state, each.value) for key, each in after.items()} == {
        key: (each.state, each.value) for key, each in before.items()
    }
    assert after["reps/sequenced-touches"].state is CommitmentState.MISSED
    assert after["reps"].value == Fraction(2, 7)
    assert after["broker-clinic"].state is CommitmentState.MISSED


BREAKS = {
    "a target that is taken out of the personas": change(RECORD, "      call-dispositions:", "      calls:"),
    "a target at a word": change(RECORD, "        target: 70%", "        target: often"),
    "no longer YAML": change(RECORD, "promised:", "promised: ["),
    "another account": change(RECORD, "account: calder-wye", "account: nobody"),
    "another quarter": change(RECORD, "period: 2026-Q2", "period: 2026-Q3"),
}


SUMMARY, DECK = ["summary", "calder-wye"], ["deck", "calder-wye", "--no-talk-track"]


@pytest.mark.parametrize(
    ("edit", "command"),
    [*((edit, SUMMARY) for edit in BREAKS.values()), (BREAKS["no longer YAML"], DECK)],
    ids=[*BREAKS, "a deck"],
)
def test_a_broken_record_is_warned_of_as_promises_that_are_not_judged(
    workspace: Path, edit: Callable[[Path], None], command: list[str]
) -> None:
    edit(workspace)
    result = CliRunner().invoke(main, [*command, "-w", str(workspace)])
    assert result.exit_code == 0
    assert result.stderr.count("what it promised is not judged") == 1
    assert f"{RECORD}:" in result.stderr


@pytest.mark.parametrize(
    "command", [["summary", "oakhaven-uk"], ["deck", "oakhaven-uk", "--no-talk-track"], ["brief", "oakhaven-uk"]]
)
def test_an_account_that_was_renamed_does_not_lose_its_promises_in_silence(workspace: Path, command: list[str]) -> None:
    change("accounts/oakhaven.yml", "account: oakhaven", "account: oakhaven-uk")(workspace)
    result = CliRunner().invoke(main, [*command, "-w", str(workspace)])
    assert "reviews/2026-Q2/oakhaven.yml:" in result.stderr
    assert "Was oakhaven renamed to oakhaven-uk? Write `account: oakhaven-uk` in the record." in result.stderr
