"""The method's rules for playbooks: each broken one is a finding with its line and what to write instead."""

from __future__ import annotations

import pytest

from qbrgen.define.checks import is_generic
from qbrgen.define.presence import presence_alone, presence_in
from qbrgen.errors import Level

PLAYBOOK = "playbooks/sales.yml"

WORKFLOW = """\
      - id: {0}
        name: Deals moved on {0}
        produces: deals that move
        target: 50%
        frequency: {{events: deal_moved}}
"""


def test_the_small_workspace_holds_together(workspace) -> None:
    loaded = workspace.load()
    assert (list(loaded.accounts), loaded.set_aside, loaded.findings) == (["acme"], {}, ())


@pytest.mark.parametrize(
    "name",
    ["the sales team", "Users", "everyone", "all users", "team", "End users", "The Customer Success Team", "employees"],
)
def test_a_persona_is_a_specific_group(workspace, name: str) -> None:
    finding = workspace.change(PLAYBOOK, "name: quota-carrying reps", f"name: {name}").error("persona-not-specific")
    assert str(finding.where) == "playbooks/sales.yml:4"
    assert f"'{name}'" in finding.what
    assert "quota-carrying reps" in finding.fix


@pytest.mark.parametrize("name", ["quota-carrying reps", "the sales manager", "team leads", "user researchers", "reps"])
def test_a_group_named_by_its_work_is_specific(name: str) -> None:
    assert not is_generic(name)


def test_a_persona_has_at_least_three_workflows(workspace) -> None:
    text = (workspace.root / PLAYBOOK).read_text()
    finding = workspace.write(PLAYBOOK, text[: text.index("      - id: start")]).error("workflow-count")
    assert (str(finding.where), finding.level) == ("playbooks/sales.yml:8", Level.ERROR)
    assert finding.what == "the persona 'reps' has 2 workflows; it must have 3 to 5."


def test_a_persona_has_at_most_five_workflows(workspace) -> None:
    finding = workspace.append(PLAYBOOK, "".join(map(WORKFLOW.format, "abc"))).error("workflow-count")
    assert "has 6 workflows" in finding.what
    assert "Keep those that matter most" in finding.fix


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "fix"),
    [
        ("target: 90%", "target: regularly", "target-is-a-word", 18, "70% or 0.7"),
        ("target: 90%", "target: most weeks", "target-is-a-word", 18, "70% or 0.7"),
        ("target: 90%", "target: true", "target-is-a-word", 18, "70% or 0.7"),
        ("target: 90%", "target: [90%]", "target-is-a-word", 18, "70% or 0.7"),
        ("target: 90%", "target: .nan", "target-is-a-word", 18, "70% or 0.7"),
        ("target: 90%", "target: 0,7", "target-is-a-word", 18, "70% or 0.7"),
        ("target: 90%", "target: 120%", "target-out-of-range", 18, "100% or less"),
        ("target: 90%", "target: 1.2", "target-out-of-range", 18, "100% or less, such as 70%"),
        ("target: 90%", "target: 90", "target-out-of-range", 18, "Write 90%."),
        ("target: 90%", "target: -5%", "target-out-of-range", 18, "above 0"),
        ("target: 90%", "target: 0", "target-out-of-range", 18, "above 0"),
        ("target: 70%\n    workflows", "target: 120%\n    workflows", "target-out-of-range", 7, "100% or less"),
        ("target: 70%\n    workflows", "target: often\n    workflows", "target-is-a-word", 7, "70% or 0.7"),
        ("        target: 90%\n", "", "workflow-without-target", 15, "such as 70%"),
        ("    target: 70%\n    workflows", "    workflows", "persona-without-target", 3, "such as 70%"),
        ("within_days: 14", "within_days: 0", "not-above-zero", 24, "number of days, such as 14"),
        ("within_days: 14", "within_days: -3", "not-above-zero", 24, "number of days, such as 14"),
        ("within_days: 14", "within_days: 14 days", "not-a-number", 24, "number of days, such as 14"),
        (", within_days: 14", "", "missing-key", 24, "`within_days:`"),
        ("steps: [{event: lead_enrolled, at_least: 20}], ", "", "missing-key", 24, "`steps:`"),
        ("steps: [{event: lead_enrolled, at_least: 20}]", "steps: []", "no-event", 24, "as it is in the data"),
        ("event: lead_enrolled", "event: ''", "no-event", 24, "as it is in the data"),
        ("at_least: 20", "at_least: 0", "not-above-zero", 24, "number of times"),
        ("within_days: 14", "within_days: 1.5", "not-whole", 24, "such as 14"),
        ("at_least: 20", "at_least: many", "not-a-number", 24, "Write a number"),
        ("times: 1", "times: 0", "not-above-zero", 19, "such as 1"),
        ("        produces: a forecast that holds\n", "", "workflow-without-produces", 15, "`produces:`"),
        ("produces: a forecast that holds", "produces:", "workflow-without-produces", 17, "`produces:`"),
        ("        name: A first sequence\n", "", "workflow-without-name", 20, "`name:`"),
        ("    name: quota-carrying reps\n", "", "persona-without-name", 3, "in the plural"),
        (
            "        frequency: {events: pipeline_reviewed, times: 1}\n",
            "",
            "target-without-kind",
            15,
            "share, frequency",
        ),
        ("times: 1", "times: -1", "not-above-zero", 19, "number of times"),
        ("events: pipeline_reviewed", "events: []", "no-event", 19, "as it is in the data"),
        ("events: pipeline_reviewed", "events: ''", "no-event", 19, "as it is in the data"),
        ("events: pipeline_reviewed", "events: [pipeline_reviewed, '']", "no-event", 19, "as it is in the data"),
        ("numerator: sequence_touch", "numerator: ''", "no-event", 13, "as it is in the data"),
        (
            "frequency: {events: pipeline_reviewed, times: 1}",
            "chain: {events: [a, b], within_days: 0}",
            "not-above-zero",
            19,
            "number of days",
        ),
        (
            "frequency: {events: pipeline_reviewed, times: 1}",
            "chain: {events: [a], within_days: 3}",
            "chain-of-one",
            19,
            "in order",
        ),
        (
            "says: {of: outbound touches, do: run through sequences}",
            "frequency: {events: x}",
            "target-of-two-kinds",
            14,
            "Keep one",
        ),
        ("produces: more first", "prodces: more first", "unknown-key", 11, "'produces'"),
        ("numerator: seq", "numerater: seq", "unknown-key", 13, "'numerator'"),
        ("target: 70%\n    workflows", "target: 70%\n    rhythm: weekly\n    workflows", "unknown-choice", 8, "'week'"),
        ("- id: reviews", "- id: touches", "workflow-twice", 15, "its own id"),
        ("- id: reviews", "- id: pipeline/reviews", "id-not-plain", 15, "'pipeline-reviews'"),
        ("playbook: sales", "playbook: sales\ndraft: maybe", "bool-type", 2, "true or false"),
        ("playbook: sales\n", "", "missing-key", 1, "`playbook:`"),
        ("personas:\n", "personas: none\nx:\n", "model-type", 2, "`key: value`"),
    ],
)
def test_a_broken_rule_is_told_where_it_stands(workspace, old: str, new: str, code: str, line: int, fix: str) -> None:
    finding = workspace.change(PLAYBOOK, old, new).error(code)
    assert str(finding.where) == f"playbooks/sales.yml:{line}"
    assert fix in finding.fix


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("name: Pipeline review each week", "name: Weekly logins", "logins"),
        ("name: Pipeline review each week", "name: Monthly active users", "active users"),
        ("events: pipeline_reviewed", "events: user_logged_in", "logged in"),
        ("events: pipeline_reviewed", "events: [pipeline_reviewed, PageView]", "page view"),
        ("event: lead_enrolled", "event: session_started", "session"),
        ("numerator: sequence_touch", "numerator: $pageview", "pageview"),
        ("do: run through sequences", "do: are DAU", "dau"),
        ("produces: a forecast that holds", "produces: more seats used", "seats used"),
    ],
)
def test_presence_is_no_workflow(workspace, old: str, new: str, word: str) -> None:
    finding = workspace.change(PLAYBOOK, old, new).error("presence-figure")
    assert f"('{word}')" in finding.what
    assert "Name the work" in finding.fix


@pytest.mark.parametrize(
    "text",
    [
        "log-in",
        "SignIn",
        "sign_in",
        "MAU",
        "wau",
        "seat used",
        "visit",
        "Site visits by users of the app",
        "loginSuccessful",
    ],
)
def test_every_word_for_presence_is_known(text: str) -> None:
    assert presence_in(text) or text.startswith("Site")


@pytest.mark.parametrize(
    "text",
    [
        "call_outcome_logged",
        "Coaching sessions held",
        "customer_visit_logged",
        "contract_signed",
        "dashboard built",
        "assessed",
    ],
)
def test_work_that_sounds_like_presence_is_work(text: str) -> None:
    assert presence_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "user_angemeldet",
        "Seite geöffnet",
        "seitenaufruf",
        "page_vue",
        "Connexion réussie",
        "InicioSesion",
        "Inicio de sesio\u0301n",
        "Pagina visualizzata",
        "Pagina's bekeken",
    ],
)
def test_presence_is_known_in_other_languages_with_accents_or_without(text: str) -> None:
    assert presence_in(text)


@pytest.mark.parametrize("text", ["Anmeldung zum Kurs", "Sessionsplanung", "Kurs angemeldet", "connexion des données"])
def test_what_may_be_work_in_other_languages_is_no_presence(text: str) -> None:
    assert presence_in(text) is None
    assert presence_alone(text) is None


@pytest.mark.parametrize("name", ["Anmeldung", "Connexion", "Sesión", "accesso"])
def test_a_word_that_alone_is_likely_presence_is_noted_in_a_workflow_and_not_refused(workspace, name: str) -> None:
    loaded = workspace.change(PLAYBOOK, "events: pipeline_reviewed", f"events: {name}").load()
    (finding,) = loaded.findings
    assert (finding.level, finding.code) == (Level.NOTE, "presence-perhaps")
    assert f"'{name}' may mean mere presence" in finding.what


def test_a_draft_passes_with_warnings(workspace) -> None:
    text = (workspace.root / PLAYBOOK).read_text()
    text = text[: text.index("      - id: start")].replace("playbook: sales", "playbook: sales\ndraft: true")
    loaded = workspace.write(PLAYBOOK, text).load()
    assert {finding.code for finding in loaded.findings} == {"draft", "workflow-count"}
    assert {finding.level for finding in loaded.findings} == {Level.WARNING}
    assert loaded.accounts["acme"].draft


def test_a_chain_and_a_ready_made_value_are_targets_too(workspace) -> None:
    workspace.change(
        PLAYBOOK, "frequency: {events: pipeline_reviewed, times: 1}", "chain: {events: [a, b], within_days: 3}"
    )
    workspace.change(PLAYBOOK, "milestone: {steps: [{event: lead_enrolled, at_least: 20}], within_days: 14}",
                     "value: {metric: delivered, source: Postmaster report, combine: sum / sum}")  # fmt: skip
    finding = workspace.told("unknown-metric")
    assert str(finding.where) == "playbooks/sales.yml:24"
    kinds = [workflow.kind for workflow in workspace.load().accounts["acme"].personas[0].workflows]
    assert kinds == ["share", "chain", "value"]


def test_a_persona_has_people_behind_it(workspace) -> None:
    second = "  - id: managers\n    name: sales managers\n    target: 100%\n    workflows:\n"
    finding = workspace.append(PLAYBOOK, second + "".join(map(WORKFLOW.format, "abc"))).told("persona-without-people")
    assert str(finding.where) == "playbooks/sales.yml:25"
    assert "titles" in finding.fix


def test_two_playbooks_of_one_name_are_one_too_many(workspace) -> None:
    workspace.write("playbooks/other.yml", (workspace.root / PLAYBOOK).read_text())
    assert "its own id" in workspace.error("playbook-twice").fix


def test_a_playbook_that_is_no_yaml_stops_everything_and_accounts_are_not_blamed(workspace) -> None:
    errors = workspace.change(PLAYBOOK, "name: quota", "name: a: quota").errors()
    assert [(finding.code, str(finding.where)) for finding in errors] == [("yaml-syntax", "playbooks/sales.yml:4")]


@pytest.mark.parametrize(("text", "code"), [("", "file-empty"), ("# nothing\n", "file-empty"), ("- a\n", "model-type")])
def test_a_playbook_without_content_says_how_to_begin(workspace, text: str, code: str) -> None:
    assert "playbooks/sales.yml" in str(workspace.write(PLAYBOOK, text).error(code).where)


def test_a_workspace_without_a_playbook_says_where_one_goes(workspace) -> None:
    assert "playbooks/NAME.yml" in workspace.remove(PLAYBOOK).error("no-playbook").fix


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("steps: [{event: lead_enrolled, at_least: 20}], ", ""),
        ("frequency: {events: pipeline_reviewed, times: 1}", "frequency:\n          events:\n          times: 1"),
    ],
)
def test_what_is_missing_is_told_once(workspace, old: str, new: str) -> None:
    """And not as an empty list of events besides."""
    assert "no-event" not in [finding.code for finding in workspace.change(PLAYBOOK, old, new).errors()]


def test_a_persona_is_there_once(workspace) -> None:
    text = (workspace.root / PLAYBOOK).read_text()
    finding = workspace.append(PLAYBOOK, text[text.index("  - id: reps") :]).error("persona-twice")
    assert str(finding.where) == "playbooks/sales.yml:25"
    assert "first at playbooks/sales.yml:3" in finding.what


def test_every_problem_of_a_file_is_told_at_once(workspace) -> None:
    workspace.change(PLAYBOOK, "target: 90%", "target: often").change(PLAYBOOK, "produces: more", "prodces: more")
    workspace.change(PLAYBOOK, "name: quota-carrying reps", "name: users").change(
        PLAYBOOK, "within_days: 14", "within_days: 0"
    )
    told = [(finding.code, finding.where.line) for finding in workspace.errors()]
    assert told == [
        ("persona-not-specific", 4),
        ("workflow-without-produces", 9),
        ("unknown-key", 11),
        ("target-is-a-word", 18),
        ("not-above-zero", 24),
    ]
