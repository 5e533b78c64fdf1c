"""One broken account is set aside with its reasons, each with file and line; the others are made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from qbrgen.define.model.account import Side
from qbrgen.define.model.people import Absence, Seat
from qbrgen.define.model.playbook import Combine, Frequency, ReadyMade
from qbrgen.errors import Level
from qbrgen.figures import Money
from qbrgen.period import Rhythm

ACME = "accounts/acme.yml"


@pytest.mark.parametrize(
    ("text", "code", "line", "fix"),
    [
        ("overrides: {personas: {repz: {target: 50%}}}", "unknown-persona", 12, "Did you mean 'reps'?"),
        ("overrides: {personas: {reps: {workflows: {reviws: {target: 50%}}}}}", "unknown-workflow", 12, "'reviews'"),
        ("overrides: {personas: {reps: {workflows: {reviews: {target: often}}}}}", "target-is-a-word", 12, "70%"),
        ("overrides: {personas: {reps: {workflows: {reviews: {drop: true}}}}}", "workflow-count", 12, "Add the other"),
        (
            "overrides: {personas: {reps: {workflows: {extra: {add: true, target: 5%}}}}}",
            "target-without-kind",
            12,
            "share",
        ),
        (
            "overrides: {personas: {reps: {workflows: {reviews: {name: Logins}}}}}",
            "presence-figure",
            12,
            "Name the work",
        ),
        ("overrides: {personas: {reps: {name: the team}}}", "persona-not-specific", 12, "quota-carrying reps"),
        ("overrides: {personas: {reps: {drop: true}}}", "no-personas", 12, "Keep one"),
        ("overrides: {persona: {}}", "unknown-key", 12, "'personas'"),
        (
            "actions:\n  - {action: A, owner: B, due: 2026-10-01, closes: rep}",
            "unknown-end",
            13,
            "Did you mean 'reps'?",
        ),
        (
            "actions:\n  - {action: A, owner: B, due: 2026-10-01, closes: reps/touch}",
            "unknown-end",
            13,
            "'reps/touches'",
        ),
        ("actions:\n  - {id: a, action: A, owner: B, due: 1/10/2026}", "date-not-readable", 13, "2026-10-16"),
        ("actions:\n  - {action: A, owner: B, due: 2026-10-01, side: vendr}", "unknown-choice", 13, "'vendor'"),
        ("actions:\n  - {action: A, owner: B, due: 2026-10-01, done: true}", "date-not-readable", 13, "2026-10-16"),
        ("outcome: {bought: more, measure: weekly active users}", "presence-figure", 12, "Name what the customer gets"),
        ("outcome: {measure: meetings}", "missing-key", 12, "`bought:`"),
        ("names_agreed: yes", "bool-type", 12, "true or false"),
        ("closed_weeks: [2026-W54]", "week-not-readable", 12, "W01 to W53"),
        ("arr: a lot", "not-money", 12, "184000 GBP"),
        ("renewal: next spring", "date-not-readable", 12, "2026-10-16"),
        ("language: klingon", "unknown-locale", 12, "language"),
        ("name: Acme again", "duplicate-key", 12, "Keep one"),
        ("sponser: {name: D}", "unknown-key", 12, "Did you mean 'sponsor'?"),
        ("people: []", "account-without-people", 12, "people table"),
        ("people:\n  - {name: Nobody, persona: reps}", "person-without-id", 13, "`id:`"),
        ("people:\n  - {id: u-9}", "person-without-persona", 13, "one of: reps"),
        ("people:\n  - {id: u-9, persona: repps}", "unknown-persona", 13, "Did you mean 'reps'?"),
        ("people:\n  - {id: u-9, persona: reps}\n  - {id: u-9, persona: reps}", "person-twice", 14, "`seats:`"),
        (
            "people:\n  - {id: u, persona: reps, from: 2026-05-01, to: 2026-04-01}",
            "seat-ends-before-it-begins",
            13,
            "two days",
        ),
        (
            "people:\n  - {id: u, persona: reps, away: [{from: 2026-05-02, to: 2026-05-01}]}",
            "absence-ends-before-it-begins",
            13,
            "two days",
        ),
        ("people:\n  - {id: u, persona: reps, seats: [{persona: reps}]}", "seats-twice", 13, "into `seats:`"),
    ],
)
def test_a_broken_rule_sets_the_account_aside(workspace, text: str, code: str, line: int, fix: str) -> None:
    finding = workspace.append(ACME, text + "\n").reason(code)
    assert str(finding.where) == f"accounts/acme.yml:{line}"
    assert fix in finding.fix
    assert (finding.level, finding.account) == (Level.ERROR, "acme")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "fix"),
    [
        ("playbook: sales", "playbook: slaes", "unknown-playbook", 3, "Did you mean 'sales'?"),
        ("what: manual email time", "what: logins per week", "presence-figure", 6, "Name what the customer gets"),
        ("change: -30%", "change: a third", "not-a-change", 7, "-30%"),
        ("change: -30%", "change: -30", "change-without-percent", 7, "-30%"),
        ("change: -30%", "change: -130%", "change-out-of-range", 7, "-30%"),
        ("    change: -30%\n", "", "impact-without-figure", 5, "`change:`"),
        ("change: -30%", "change: -30%\n    value: 4", "impact-of-two-kinds", 8, "`from:`"),
        ("change: -30%", "from: 4\n    unit: h", "impact-without-value", 7, "`value:`"),
        ("source: estimate", "source: guess", "unknown-choice", 9, "measured, estimate, benchmark"),
        ("better: lower", "better: less", "unknown-choice", 8, "higher, lower"),
        ("on: 2026-09-22", "on: 22 September", "date-not-readable", 11, "2026-10-16"),
        ("name: Acme", "name: [Acme]", "not-text", 2, "quotes"),
        ("name: Acme", 'name: "A\\x00me"', "hidden-character", 2, "Take it out"),
        ("playbook: sales", "playbook: [sales", "yaml-syntax", 4, "brackets"),
    ],
)
def test_a_broken_value_sets_the_account_aside(workspace, old: str, new: str, code: str, line: int, fix: str) -> None:
    finding = workspace.change(ACME, old, new).reason(code)
    assert str(finding.where) == f"accounts/acme.yml:{line}"
    assert fix in finding.fix


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "fix"),
    [
        ("    source: estimate\n", "", "impact-without-source", 5, "`source:`"),
        ("    by: the team\n", "", "impact-without-witness", 5, "name or role"),
        ("    on: 2026-09-22\n", "", "impact-without-date", 5, "`on:`"),
        ("name: Acme", "name: Acme\nactions: [{action: Train them}]", "action-is-no-plan", 3, "`owner:` and `due:`"),
        ("name: Acme", "name: Acme\ndraft: true", "draft", 3, "draft: true"),
    ],
)
def test_what_becomes_a_gap_is_a_warning(workspace, old: str, new: str, code: str, line: int, fix: str) -> None:
    finding = workspace.change(ACME, old, new).told(code)
    assert str(finding.where) == f"accounts/acme.yml:{line}"
    assert fix in finding.fix
    assert finding.level is Level.WARNING


def test_an_account_without_people_is_set_aside_and_the_others_are_made(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nplaybook: sales\n")
    finding = workspace.reason("account-without-people", "beta")
    assert str(finding.where) == "accounts/beta.yml:1"
    assert list(workspace.load().accounts) == ["acme"]


def test_an_account_whose_people_have_no_persona_says_their_titles(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nplaybook: sales\n")
    workspace.append("data/people.csv", "u-8,beta,A,Engineer,,\nu-9,beta,B,Engineer,,\n")
    finding = workspace.reason("account-without-personas", "beta")
    assert "none of the 2 people" in finding.what
    assert "Engineer (2)" in finding.what
    assert "`titles:`" in finding.fix


def test_two_files_of_one_account_set_it_aside(workspace) -> None:
    workspace.write("accounts/other.yml", "account: acme\n")
    finding = workspace.reason("account-twice")
    assert "accounts/acme.yml" in finding.what
    assert str(finding.where) == "accounts/other.yml:1"


def test_ids_that_differ_by_case_only_are_a_warning(workspace) -> None:
    workspace.append("data/people.csv", "u-8,Acme ,A,Account Executive,,\n")
    finding = workspace.told("ids-alike")
    assert "'acme' (accounts/acme.yml:1) and 'Acme' (data/people.csv:4) differ only by case" in finding.what


def test_an_account_may_leave_out_its_id_and_its_playbook(workspace) -> None:
    workspace.change(ACME, "account: acme\n", "").change(ACME, "playbook: sales\n", "")
    assert workspace.load().accounts["acme"].playbook == "sales"


def test_an_account_holds_what_its_file_and_the_table_say(workspace) -> None:
    workspace.append(
        ACME, 'closed_weeks: [2026-W52]\nsponsor: {name: Dana Ortiz, role: VP Sales}\nnotes: "Quiet: please"\n'
    )
    workspace.append("qbrgen.yml", "closed_weeks: [2026-W53]\n")
    loaded = workspace.load()
    account = loaded.accounts["acme"]
    assert (account.name, account.owner, account.language) == ("Acme", "Priya Raman", "en-GB")
    assert account.arr == Money(Decimal(184000), "GBP")
    assert account.renewal == date(2027, 1, 31)
    assert account.sponsor is not None
    assert account.notes == "Quiet: please"
    assert len(account.closed_weeks) == 2
    assert len(loaded.settings.closed_weeks) == 1
    (impact,) = account.impacts
    assert (impact.change, impact.lower_is_better, impact.by) == (Fraction(-3, 10), True, "the team")
    assert str(loaded.where["account/acme"]) == "accounts/acme.yml:1"
    assert str(loaded.where["account/acme/impact/email-time"]) == "accounts/acme.yml:5"
    assert str(loaded.where["playbook/sales/reps/reviews"]) == "playbooks/sales.yml:15"
    assert str(loaded.where["settings/time_zone"]) == "qbrgen.yml:2"


def test_an_override_changes_what_it_writes_and_nothing_else(workspace) -> None:
    workspace.append(
        ACME,
        """\
overrides:
  personas:
    reps:
      rhythm: two weeks
      workflows:
        reviews: {target: 50%}
        start: {frequency: {events: lead_enrolled, times: 2}}
        delivered:
          add: true
          name: Mail delivered
          produces: mail that is read
          target: 95%
          value: {metric: delivered, source: Postmaster report, combine: sum ÷ sum}
""",
    )
    account = workspace.load().accounts["acme"]
    (reps,) = account.personas
    assert (reps.rhythm, reps.target, reps.name) == (Rhythm.TWO_WEEKS, Fraction(7, 10), "quota-carrying reps")
    touches, reviews, start, delivered = reps.workflows
    assert (touches.target, reviews.target) == (Fraction(7, 10), Fraction(1, 2))
    assert reviews.measure == Frequency(("pipeline_reviewed",), Fraction(1))
    assert start.measure == Frequency(("lead_enrolled",), Fraction(2))
    assert delivered.measure == ReadyMade("delivered", "Postmaster report", Combine.RATIO)
    assert touches.says == {"of": "outbound touches", "do": "run through sequences"}


def test_people_by_name_have_seats_and_absences(workspace) -> None:
    workspace.append(
        ACME,
        """\
people:
  - {id: u-7, name: Eve, persona: reps, from: 2026-01-05, away: [{from: 2026-08-03, to: 2026-08-14}]}
  - {name: ada kerr}
  - id: 0042
    seats:
      - {persona: reps, from: 2026-03-01, to: 2026-05-31}
      - {persona: reps, from: 2026-07-01}
""",
    )
    eve, ada, other = workspace.load().accounts["acme"].people
    assert eve.absences == (Absence(date(2026, 8, 3), date(2026, 8, 14)),)
    assert (ada.id, ada.name, ada.seats) == ("u-2", "ada kerr", (Seat("reps", date(2026, 2, 2), None),))
    assert (other.id, other.name) == ("0042", "0042")
    assert [seat.first for seat in other.seats] == [date(2026, 3, 1), date(2026, 7, 1)]


def test_actions_and_impacts_without_ids_are_called_by_their_number(workspace) -> None:
    workspace.append(
        ACME, "actions:\n  - {action: Train, owner: Dana, due: 2026-10-01, side: customer, internal: true}\n"
    )
    loaded = workspace.load()
    (action,) = loaded.accounts["acme"].actions
    assert (action.id, action.side, action.internal, action.is_plan) == ("action-1", Side.CUSTOMER, True, True)
    assert str(loaded.where["account/acme/action/action-1"]) == "accounts/acme.yml:13"
