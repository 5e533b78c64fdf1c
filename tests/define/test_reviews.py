"""The record of one review: people can read it, and what is broken is told and stops nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qbrgen.define.json_schema import json_schemas
from qbrgen.define.model.account import Side
from qbrgen.define.model.playbook import Share
from qbrgen.define.model.review import (
    ActionPromised,
    ActiveRule,
    PersonaDelivered,
    PersonDelivered,
    Promised,
    ReviewRecord,
    WorkflowDelivered,
)
from qbrgen.define.review_text import review_differences, review_text
from qbrgen.errors import Level
from qbrgen.figures import Span
from qbrgen.period import Rhythm

if TYPE_CHECKING:
    from conftest import Workspace


RECORD = ReviewRecord(
    account="acme",
    period="2026-Q2",
    as_of=date(2026, 6, 30),
    recorded_on=date(2026, 7, 3),
    window=Span(date(2026, 3, 30), date(2026, 6, 28)),
    rule=ActiveRule(Fraction(3, 4), 4, 2, 4),
    personas=(
        PersonaDelivered(
            "reps",
            "quota-carrying reps",
            Fraction(7, 10),
            Rhythm.WEEK,
            active=1,
            counted=2,
            people={
                "u-1": PersonDelivered("active", 13),
                "u-2": PersonDelivered("lapsed", 12),
                "0042": PersonDelivered("left", 5),
            },
            workflows=(
                WorkflowDelivered(
                    "touches",
                    "Outbound touches through sequences",
                    Fraction(3, 5),
                    Share(("sequence_touch",), ("sequence_touch", "manual_touch")),
                    "not met",
                    Fraction(418),
                    Fraction(723),
                    Fraction(418, 723),
                ),
            ),
        ),
    ),
    events={"sequence_touch": Fraction(418), "manual_touch": Fraction(305)},
    promised=Promised(
        ("reps", "reps/touches"),
        (
            ActionPromised(
                "live-list",
                "Working session on the reps' live lead list: build one sequence together and enrol 20 leads",
                "Ines Carvalho",
                Side.VENDOR,
                date(2026, 7, 16),
                "reps",
            ),
            ActionPromised("quiet", "Ask who signs", "Jo Moss", Side.VENDOR, date(2026, 8, 1), internal=True),
        ),
    ),
    told={"touches": "Reps run 57.8% of outbound touches through sequences; the target is 60%."},
)
TEXT = """\
# The review of 2026-Q2 as it was delivered, written by `qbrgen commit`. The next review is compared with it: it says
# where a target, a way of counting or the roster has changed since, and what became of each thing promised here, judged
# by the targets and definitions of this file. Internal: it names people by their ids.
# Keep it under version control, and do not edit it.
account: acme
period: 2026-Q2
as_of: 2026-06-30
recorded_on: 2026-07-03
window: {from: 2026-03-30, to: 2026-06-28}
active_rule: {active_share: 75%, new_units: 4, recent_units: 2, lapsed_units: 4}
personas:
  reps:
    name: quota-carrying reps
    target: 70%
    rhythm: week
    active: 1
    counted: 2
    people:
      u-1: {state: active, in_seat: 13}
      u-2: {state: lapsed, in_seat: 12}
      0042: {state: left, in_seat: 5}
    workflows:
      touches:
        name: Outbound touches through sequences
        target: 60%
        share:
          numerator: [sequence_touch]
          denominator: [sequence_touch, manual_touch]
        state: not met
        numerator: 418
        denominator: 723
        figure: 418/723  # 57.8%
events:
  sequence_touch: 418
  manual_touch: 305
promised:
  targets:
    - reps
    - reps/touches
  actions:
    live-list:
      action: "Working session on the reps' live lead list: build one sequence together and enrol 20 leads"
      owner: Ines Carvalho
      side: vendor
      due: 2026-07-16
      closes: reps
    quiet:
      action: Ask who signs
      owner: Jo Moss
      side: vendor
      due: 2026-08-01
      internal: true
told:
  touches: Reps run 57.8% of outbound touches through sequences; the target is 60%.
"""
NAME = "reviews/2026-Q2/acme.yml"


def test_a_person_can_read_the_file() -> None:
    assert review_text(RECORD) == TEXT


def test_the_differences_are_told_one_by_one_and_the_days_are_none() -> None:
    flow = RECORD.personas[0].workflows[0]
    later = replace(flow, target=Fraction(7, 10))
    persona = replace(RECORD.personas[0], workflows=(later,))
    days = {"recorded_on": date(2026, 10, 1), "as_of": date(2026, 9, 30)}
    new = replace(RECORD, personas=(persona,), told={"touches": "Otherwise worded."}, **days)
    assert review_differences(RECORD, new) == ["personas/reps/workflows/touches/target: 60% → 70%"]


def test_another_promise_is_a_difference() -> None:
    assert RECORD.promised is not None
    later = replace(RECORD.promised.actions[0], due=date(2026, 9, 16))
    new = replace(RECORD, promised=Promised(("reps",), (later,)))
    assert review_differences(RECORD, new) == [
        "promised/targets: reps, reps/touches → reps",
        "promised/actions/live-list/due: 2026-07-16 → 2026-09-16",
        "promised/actions/quiet/action: Ask who signs → -",
        "promised/actions/quiet/owner: Jo Moss → -",
        "promised/actions/quiet/side: vendor → -",
        "promised/actions/quiet/due: 2026-08-01 → -",
        "promised/actions/quiet/internal: true → -",
    ]


def test_a_record_from_before_promises_were_kept_says_none(workspace: Workspace) -> None:
    workspace.write(NAME, TEXT.partition("promised:")[0])
    loaded = workspace.load()
    assert loaded.reviews == {"acme": {"2026-Q2": replace(RECORD, promised=None, told={})}}


def test_a_record_is_read_with_the_workspace(workspace: Workspace) -> None:
    workspace.write(NAME, TEXT)
    loaded = workspace.load()
    assert loaded.reviews == {"acme": {"2026-Q2": RECORD}}
    assert [finding for finding in loaded.findings if finding.code.startswith("review")] == []


def test_a_workspace_without_records_has_none(workspace: Workspace) -> None:
    assert workspace.load().reviews == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("    target: 70%", "    target: often", 14, "not a number"),
        ("state: not met", "state: nearly", 29, "nearly"),
        ("state: not met", "state: met", 29, "deny"),
        ("figure: 418/723", "figure: 419/723", 32, "numerator ÷ denominator"),
        ("        denominator: 723\n", "", 30, "go together"),
        ("active: 1", "active: 2", 16, "its people make 1"),
        ("counted: 2", "counted: 3", 17, "its people make 2"),
        ("in_seat: 12", "in_seat: -1", 20, "whole number"),
        ("        share:", "        shares:", 26, "not known here"),
        ("state: left", "state: gone", 21, "gone"),
        ("period: 2026-Q2", "period: spring", 6, "not a quarter"),
        ("2026-06-28}", "2026-09-28}", 9, "not within Q2 2026"),
        ("recorded_on: 2026-07-03\n", "", 5, "missing"),
        ("window:", "\twindow:", 9, "not YAML"),
        ("    - reps/touches", "    - reps/touch", 39, "no workflow of this record"),
        ("    - reps/touches", "    - reps", 39, "twice"),
        ("due: 2026-07-16", "due: soon", 45, "soon"),
        ("      owner: Ines Carvalho\n", "", 41, "`owner` is missing"),
        ("owner: Ines Carvalho", "owner: ''", 43, "`owner` is empty"),
        ("side: vendor", "side: both", 44, "both"),
        ("targets:\n    - reps\n    - reps/touches", "targets: reps", 37, "`targets` is no list"),
        ("    - reps/touches", "    - [reps]", 39, "`targets 2` is no text"),
    ],
)
def test_a_broken_record_is_one_warning_with_its_line_and_stops_nothing(
    workspace: Workspace, old: str, new: str, line: int, word: str
) -> None:
    workspace.write(NAME, TEXT.replace(old, new, 1))
    loaded = workspace.load()
    finding = workspace.told("review-broken")
    assert finding.level is Level.WARNING
    assert finding.where is not None
    assert (finding.where.file, finding.where.line) == (NAME, line)
    assert word in finding.what
    assert finding.fix.startswith("Restore it from version control")
    assert "`qbrgen commit acme --period 2026-Q2 --replace`" in finding.fix
    assert "what was promised and told then is lost" in finding.fix
    assert loaded.reviews == {}
    assert "acme" in loaded.accounts


def test_a_workflow_that_is_counted_in_two_ways_is_broken(workspace: Workspace) -> None:
    more = "        frequency: {events: [x], times: 1}\n        state: not met"
    workspace.write(NAME, TEXT.replace("        state: not met", more))
    assert "in 2 ways" in workspace.told("review-broken").what


@pytest.mark.parametrize(
    ("old", "fix"),
    [
        ("acne", "Was acne renamed to acme? Write `account: acme` in the record. "),
        (
            "acme-holdings-of-europe",
            "Was acme-holdings-of-europe renamed to acme? Write `account: acme` in the record. ",
        ),
        ("zephyr", "Was it renamed? Write its new id in the record. "),
    ],
)
def test_a_record_that_is_read_for_nobody_is_warned_of_with_the_nearest_account(
    old: str, fix: str, workspace: Workspace
) -> None:
    workspace.write(f"reviews/2026-Q2/{old}.yml", TEXT.replace("account: acme", f"account: {old}"))
    finding = workspace.told("review-of-unknown-account")
    assert finding.level is Level.WARNING
    assert finding.fix == f"{fix}If the customer has left, delete the file."
    assert workspace.load().reviews == {}


ACTION_LINE = TEXT.split("\n").index("    live-list:") + 2
WORDS = '"Working session on the reps\' live lead list: build one sequence together and enrol 20 leads"'
SAID = ("name-not-agreed", "internal-word", "presence-figure")


@pytest.mark.parametrize(
    ("words", "code", "word"),
    [
        ("Sit down with Ada Kerr", "name-not-agreed", "Ada Kerr"),
        ("Talk about the renewal", "internal-word", "renewal"),
        ("Get to 40 logins", "presence-figure", "logins"),
    ],
)
def test_what_the_customer_would_read_of_a_promised_action_is_warned_of_in_the_record(
    words: str, code: str, word: str, workspace: Workspace
) -> None:
    workspace.write(NAME, TEXT.replace(WORDS, words))
    finding = workspace.told(code)
    assert (finding.level, str(finding.where)) == (Level.WARNING, f"{NAME}:{ACTION_LINE}")
    assert word in finding.what
    assert "`internal: true`" in finding.fix
    assert "2026-Q2" in workspace.load().reviews["acme"]


def test_what_the_customer_never_reads_or_agreed_to_is_not_warned_of_in_a_record(workspace: Workspace) -> None:
    named = TEXT.replace(WORDS, "Sit down with Ada Kerr")
    inside = named.replace("      closes: reps\n", "      closes: reps\n      internal: true\n")
    workspace.write(NAME, inside)
    assert not [each for each in workspace.load().findings if each.code in SAID]
    workspace.write(NAME, named)
    agreed = workspace.append("accounts/acme.yml", "names_agreed: true\n").load().findings
    assert not [each for each in agreed if each.code in SAID]


def test_an_action_that_todays_file_marks_internal_is_not_warned_of_in_a_record(workspace: Workspace) -> None:
    workspace.write(NAME, TEXT.replace(WORDS, "Talk about the renewal"))
    action = "{id: live-list, action: A, owner: B, due: 2026-10-01, internal: true}"
    workspace.append("accounts/acme.yml", f"actions:\n  - {action}\n")
    assert not [each for each in workspace.load().findings if each.code in SAID]


def test_a_record_that_was_given_away_to_no_account_is_broken(workspace: Workspace) -> None:
    workspace.write(NAME, TEXT.replace("account: acme", "account: acne"))
    finding = workspace.told("review-broken")
    assert (finding.level, finding.account) == (Level.WARNING, "acme")
    assert "account: acme" in finding.fix


def test_of_two_records_of_one_review_the_first_counts_and_the_second_is_told(workspace: Workspace) -> None:
    workspace.write(NAME, TEXT).write("reviews/2026-Q2/other.yml", TEXT)
    assert workspace.told("review-twice").where is not None
    assert set(workspace.load().reviews["acme"]) == {"2026-Q2"}


def test_a_record_of_another_fiscal_year_is_told(workspace: Workspace) -> None:
    workspace.write(NAME, TEXT).append("qbrgen.yml", "fiscal_year_starts: February\n")
    assert "fiscal year" in workspace.told("review-broken").what


def test_editors_get_a_schema_of_the_record() -> None:
    schema = json_schemas()["review"]
    assert set(schema["required"]) >= {"account", "period", "personas", "window"}


def test_the_text_has_only_its_own_line_ends(tmp_path: Path) -> None:
    from qbrgen.files import write_text

    write_text(tmp_path / "x.yml", review_text(RECORD))
    assert b"\r" not in (tmp_path / "x.yml").read_bytes()
