"""The rules of the method for personas and workflows (method.md: the words, targets), as findings.

They look at a playbook, and at what an account's overrides make of it; `Written` says where each thing stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qbrgen.define.presence import presence_alone, presence_in
from qbrgen.define.schema import KINDS, PersonaWritten, PlaybookFile, PlaybookPersona, WorkflowWritten
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import listed
from qbrgen.load.yaml_files import YamlFile

FEWEST, MOST = 3, 5
UNCONFIRMED = "(to be confirmed)"  # with this begins what a draft cannot know of a workflow

Where = Callable[..., Location]

_ID = re.compile(r"[^\W_][\w.-]*")
_GENERIC = re.compile(
    r"(?:the |all |our |your |every |their |any )*(?:"
    r"(?:\S+ )*(?:teams?|departments?|users?|organi[sz]ations?|company|staff|workforce|everyone|everybody|folks)|"
    r"people|persons?|employees?|members?|customers?|clients?|individuals?|anyone|anybody|admins? and users|"
    r"sales|marketing|support|finance|hr|it|engineering|operations|management|leadership|"
    r"user base|power users|seats|licen[cs]es|logins"
    r")"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where findings of one persona or workflow go.

    where: key → its place (called without a key: the thing itself). written: whether a key stands in a file, even
    with a value that did not fit (then its absence is no second finding). account: id, for an account's overrides.
    draft: rules of wording and number are warnings.
    """

    where: Where
    written: Callable[..., bool]
    account: str | None = None
    draft: bool = False

    def lacks(self, model: WorkflowWritten | PersonaWritten, key: str) -> bool:
        """Whether a key is not written or empty; what is written and did not fit has its finding already."""
        return not getattr(model, key) and (key in model.model_fields_set or not self.written(key))

    def finding(self, code: str, what: str, fix: str, *key: str | int, soft: bool = False) -> Finding:
        level = Level.WARNING if soft and self.draft else Level.ERROR
        return Finding(level, code, what, fix, self.where(*key), self.account)


def check_playbook(playbook: PlaybookFile, file: YamlFile) -> list[Finding]:
    """Every rule that a playbook breaks."""
    findings = _ids(
        [(persona.id, file.at("personas", i, "id")) for i, persona in enumerate(playbook.personas)], "persona"
    )
    if not playbook.personas and (not file.has("personas") or file.value["personas"] == []):
        fix = "Name who must work differently under `personas:`."
        findings.append(Finding(Level.ERROR, "no-personas", "the playbook has no persona.", fix, file.at("personas")))
    for i, persona in enumerate(playbook.personas):
        findings += _persona_of_playbook(persona, file, ("personas", i), playbook.draft or persona.draft)
    return findings


def _persona_of_playbook(
    persona: PlaybookPersona, file: YamlFile, place: tuple[str | int, ...], draft: bool
) -> list[Finding]:
    scope = _scope(file, place, draft)
    findings = check_persona(persona, persona.id, scope)
    ids = [(each.id, file.at(*place, "workflows", j, "id")) for j, each in enumerate(persona.workflows)]
    findings += _ids(ids, "workflow")
    findings += check_number(persona.id, len(ids), scope)
    for j, workflow in enumerate(persona.workflows):
        findings += check_workflow(workflow, workflow.id, _scope(file, (*place, "workflows", j), draft))
    return findings


def _scope(file: YamlFile, place: tuple[str | int, ...], draft: bool) -> Scope:
    return Scope(lambda *key: file.at(*place, *key), lambda *key: file.has(*place, *key), draft=draft)


def check_persona(persona: PersonaWritten, persona_id: str, scope: Scope) -> list[Finding]:
    """A persona is named specifically, and has a number as its target."""
    findings: list[Finding] = []
    if scope.lacks(persona, "name"):
        fix = "Add `name:`, in the plural, such as 'quota-carrying reps'."
        findings.append(scope.finding("persona-without-name", f"the persona '{persona_id}' has no name.", fix, "name"))
    if is_generic(persona.name):
        what = f"'{persona.name}' is not a specific group: it does not say who must work differently."
        fix = "Name them by the work they answer for, such as 'quota-carrying reps' or 'sales managers'."
        findings.append(scope.finding("persona-not-specific", what, fix, "name", soft=True))
    if scope.lacks(persona, "target"):
        what = f"the persona '{persona_id}' has no target."
        fix = "Add `target:`, the share of its people to be active, such as 70%."
        findings.append(scope.finding("persona-without-target", what, fix, "target"))
    return findings


def is_generic(name: str) -> bool:
    """Whether a persona's name says nothing of who they are ("the sales team", "users", "everyone")."""
    return _GENERIC.fullmatch(" ".join(name.lower().split())) is not None


def check_number(persona_id: str, workflows: int, scope: Scope) -> list[Finding]:
    """A persona has 3 to 5 workflows."""
    if FEWEST <= workflows <= MOST:
        return []
    what = f"the persona '{persona_id}' has {workflows} workflow{'' if workflows == 1 else 's'}; it must have 3 to 5."
    fix = (
        "Add the other workflows that produce the outcome."
        if workflows < FEWEST
        else "Keep those that matter most to the outcome; more than five are not followed."
    )
    return [scope.finding("workflow-count", what, fix, "workflows", soft=True)]


def check_workflow(workflow: WorkflowWritten, workflow_id: str, scope: Scope) -> list[Finding]:
    """A workflow has a name, says what it produces, has a number as target and one kind of it, and is no presence."""
    findings: list[Finding] = []
    asked = (
        ("name", "workflow-without-name", "has no name", "such as 'Outbound touches through sequences'"),
        ("produces", "workflow-without-produces", "does not say what it produces", "what the customer gets from it"),
    )
    for key, code, lacks, example in asked:
        if scope.lacks(workflow, key):
            what = f"the workflow '{workflow_id}' {lacks}."
            findings.append(scope.finding(code, what, f"Add `{key}:`, {example}.", key))
    if workflow.produces.startswith(UNCONFIRMED) and not scope.draft:
        what = f"the workflow '{workflow_id}' does not say yet what it produces: it still has the words of the draft."
        fix = "Write under `produces:` what the customer gets from it."
        findings.append(scope.finding("workflow-without-produces", what, fix, "produces"))
    if scope.lacks(workflow, "target"):
        what = f"the workflow '{workflow_id}' has no target."
        findings.append(
            scope.finding("workflow-without-target", what, "Add `target:`, a number such as 70%.", "target")
        )
    findings += _kind(workflow, workflow_id, scope)
    findings += _presence(workflow, scope)
    return findings


def _kind(workflow: WorkflowWritten, workflow_id: str, scope: Scope) -> list[Finding]:
    given = [kind for kind in KINDS if getattr(workflow, kind) is not None]
    if not given and not any(scope.written(kind) for kind in KINDS):
        what = f"the workflow '{workflow_id}' does not say how it is counted."
        return [scope.finding("target-without-kind", what, f"Add one of: {listed(KINDS)}.")]
    if len(given) > 1:
        what = f"the workflow '{workflow_id}' is counted in {len(given)} ways: {listed(given)}."
        return [scope.finding("target-of-two-kinds", what, "Keep one of them.", given[1])]
    findings: list[Finding] = []
    for key, names in _event_lists(workflow):
        if not all(names) or (not names and scope.written(*key)):  # a key that is missing is told as that alone
            what = f"`{key[-1]}` of the workflow '{workflow_id}' names no event."
            findings.append(scope.finding("no-event", what, "Write the event's name as it is in the data.", *key))
    if workflow.chain and 0 < len(workflow.chain.events) < 2:
        what = f"the chain of the workflow '{workflow_id}' has one event."
        fix = "Name two or more, in order, or use `frequency:`."
        findings.append(scope.finding("chain-of-one", what, fix, "chain", "events"))
    return findings


def _event_lists(workflow: WorkflowWritten) -> Iterable[tuple[tuple[str, str], list[str]]]:
    """(key, event names) of a workflow's target."""
    if workflow.share:
        yield ("share", "numerator"), workflow.share.numerator
        yield ("share", "denominator"), workflow.share.denominator
    if workflow.frequency:
        yield ("frequency", "events"), workflow.frequency.events
    if workflow.milestone:
        yield ("milestone", "steps"), [step.event for step in workflow.milestone.steps]
    if workflow.chain:
        yield ("chain", "events"), workflow.chain.events


def _presence(workflow: WorkflowWritten, scope: Scope) -> list[Finding]:
    texts: list[tuple[tuple[str, ...], str]] = [(("name",), workflow.name), (("produces",), workflow.produces)]
    if workflow.says:
        texts += [(("says", key), getattr(workflow.says, key)) for key in ("of", "do", "did")]
    if workflow.value:
        texts.append((("value", "metric"), workflow.value.metric))
    texts += [(key, name) for key, names in _event_lists(workflow) for name in names]
    findings = []
    for key, text in texts:
        word = presence_in(text)
        if word:
            what = f"'{text}' is a presence figure ('{word}'): being there produces nothing."
            fix = "Name the work that produces the outcome, and the event that is sent when it is done."
            findings.append(scope.finding("presence-figure", what, fix, *key))
        elif presence_alone(text):
            what = f"'{text}' may mean mere presence, as a login does: being there produces nothing."
            fix = "Where it is work that somebody completes, leave it; else name the event of that work."
            findings.append(Finding(Level.NOTE, "presence-perhaps", what, fix, scope.where(*key), scope.account))
    return findings


def _ids(ids: list[tuple[str, Location]], kind: str) -> list[Finding]:
    """Ids are short, and each is used once."""
    findings: list[Finding] = []
    first: dict[str, Location] = {}
    for name, where in ids:
        if not name:
            continue  # told as a missing key
        if not _ID.fullmatch(name):
            example = "-".join(re.findall(r"\w+", name.lower())) or "reps"
            what = f"the {kind} id '{name}' has characters other than letters, digits, - _ and '.'."
            findings.append(Finding(Level.ERROR, "id-not-plain", what, f"Write it as '{example}'.", where))
        elif name in first:
            what = f"the {kind} id '{name}' is used twice (first at {first[name]})."
            findings.append(Finding(Level.ERROR, f"{kind}-twice", what, "Give each its own id.", where))
        first.setdefault(name, where)
    return findings
