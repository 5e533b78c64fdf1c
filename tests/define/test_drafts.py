"""`draft: true`: where it may stand, whom it makes a draft, and what is told of it."""

from __future__ import annotations

import pytest

from qbrgen.define.json_schema import json_schemas
from qbrgen.errors import Level

SETTINGS, PLAYBOOK, ACME = "qbrgen.yml", "playbooks/sales.yml", "accounts/acme.yml"
BETA = "account: beta\nplaybook: sales\npeople:\n  - {id: u-9, persona: reps}\n"
OVERRIDE = "overrides: {personas: {reps: {workflows: {touches: {target: 80%, draft: true}}}}}\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "drafts", "told"),
    [
        (SETTINGS, "vendor: Halyard", "vendor: Halyard\ndraft: true", "acme beta", "the workspace's qbrgen.yml"),
        (PLAYBOOK, "playbook: sales", "playbook: sales\ndraft: true", "acme beta", "the playbook 'sales' is a draft"),
        (PLAYBOOK, "    target: 70%", "    target: 70%\n    draft: true", "acme beta", "the persona 'reps' (line 8)"),
        (
            PLAYBOOK,
            "        target: 90%",
            "        target: 90%\n        draft: true",
            "acme beta",
            "'reviews' (line 19)",
        ),
        (ACME, "name: Acme", "name: Acme\ndraft: true", "acme", "the account 'acme' is a draft"),
        (ACME, "name: Acme\n", f"name: Acme\n{OVERRIDE}", "acme", "the workflow 'touches' (line 3)"),
    ],
)
def test_whatever_uses_a_draft_is_one_and_each_file_is_told_once(
    workspace, file: str, old: str, new: str, drafts: str, told: str
) -> None:
    loaded = workspace.write("accounts/beta.yml", BETA).change(file, old, new).load()
    assert " ".join(id_ for id_, account in loaded.accounts.items() if account.draft) == drafts
    (finding,) = [finding for finding in loaded.findings if finding.code == "draft"]
    assert finding.level is Level.WARNING
    assert told in finding.what
    assert "`draft: true`" in finding.fix
    lines = (workspace.root / file).read_text().splitlines()
    assert str(finding.where) == f"{file}:{next(n for n, line in enumerate(lines, 1) if 'draft: true' in line)}"


def test_a_workflow_that_an_account_drops_makes_it_no_draft(workspace) -> None:
    workspace.change(PLAYBOOK, "        target: 90%", "        target: 90%\n        draft: true")
    assert workspace.load().accounts["acme"].draft
    dropped = "overrides: {personas: {reps: {workflows: {reviews: {draft: false}}}}}\n"
    assert not workspace.append(ACME, dropped).load().accounts["acme"].draft, "confirmed for this account"


def test_a_draft_tells_the_lines_that_say_what_to_confirm(workspace) -> None:
    workspace.change(PLAYBOOK, "playbook: sales", "playbook: sales\ndraft: true  # to confirm: by Ada")
    workspace.change(PLAYBOOK, "    target: 70%", "    target: 70%  # To confirm: 70% of the reps?")
    found = workspace.change(PLAYBOOK, "one: quota", "# to confirm\n    one: quota").told("draft")
    assert "To confirm: line 2 (by Ada), line 6, line 9 (70% of the reps?)." in found.what
    for target in ("70%", "90%", "80%"):
        workspace.change(PLAYBOOK, f"        target: {target}\n", f"        target: {target}  # to confirm: agreed?\n")
    assert "line 6, line 9 (70% of the reps?), and lines 14, 20 and 25." in workspace.told("draft").what


def test_several_drafts_of_one_file_are_one_finding(workspace) -> None:
    workspace.change(PLAYBOOK, "    target: 70%", "    target: 70%\n    draft: true")
    found = workspace.change(PLAYBOOK, "        target: 90%", "        target: 90%\n        draft: true").told("draft")
    assert "holds 2 drafts: the persona 'reps' (line 8), the workflow 'reviews' (line 20)" in found.what


def test_comments_left_over_once_all_is_confirmed_are_noted(workspace) -> None:
    found = workspace.change(PLAYBOOK, "target: 70%", "target: 70%  # to confirm: 70%?").told("to-confirm-left-over")
    assert (found.level, str(found.where)) == (Level.NOTE, "playbooks/sales.yml:7")
    loaded = workspace.change(SETTINGS, "vendor: Halyard", "vendor: Halyard\ndraft: true").load()
    assert "to-confirm-left-over" not in {finding.code for finding in loaded.findings}, "all of it is a draft"


def test_a_draft_persona_may_have_too_few_workflows(workspace) -> None:
    text = (workspace.root / PLAYBOOK).read_text()
    short = text[: text.index("      - id: start")]
    assert "workflow-count" in {finding.code for finding in workspace.write(PLAYBOOK, short).errors()}
    loaded = workspace.change(PLAYBOOK, "    target: 70%", "    target: 70%\n    draft: true").load()
    assert {finding.code for finding in loaded.findings} == {"draft", "workflow-count"}


def test_what_is_no_draft_is_told_nothing(workspace) -> None:
    loaded = workspace.load()
    assert not loaded.accounts["acme"].draft
    assert not loaded.findings


def test_an_account_s_own_draft_of_a_persona_may_have_too_few_workflows(workspace) -> None:
    dropped = "overrides: {personas: {reps: {%sworkflows: {start: {drop: true}}}}}\n"
    assert workspace.append(ACME, dropped % "").reason("workflow-count").level is Level.ERROR
    loaded = workspace.change(ACME, "reps: {", "reps: {draft: true, ").load()
    assert {finding.code for finding in loaded.findings} == {"draft", "workflow-count"}


def test_editors_know_where_a_draft_may_stand() -> None:
    schemas = json_schemas()
    for kind in ("settings", "playbook", "account"):
        assert schemas[kind]["properties"]["draft"]["type"] == "boolean"
    parts = schemas["playbook"]["$defs"] | schemas["account"]["$defs"]
    for part in ("PlaybookPersona", "PlaybookWorkflow", "PersonaOverride", "WorkflowOverride"):
        assert "draft" in parts[part]["properties"]
