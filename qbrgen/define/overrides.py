"""A playbook and an account's overrides → the personas of that account.

Only what the override writes is changed; a target of another kind takes the place of the playbook's. The rules of the
playbook hold for what comes out, and what breaks them is told at the override that did it.
"""

from __future__ import annotations

from typing import Any

from qbrgen.define.checks import Scope, check_number, check_persona, check_workflow
from qbrgen.define.schema import (
    KINDS,
    OverridesWritten,
    PersonaOverride,
    PlaybookFile,
    PlaybookPersona,
    PlaybookWorkflow,
    WorkflowOverride,
    Written,
)
from qbrgen.errors import Finding, Level
from qbrgen.load.nearest import instead_of
from qbrgen.load.yaml_files import Place, YamlFile

_SWITCHES = frozenset({"drop", "add", "workflows"})


def merge(
    playbook: PlaybookFile, overrides: OverridesWritten | None, file: YamlFile, account: str, draft: bool = False
) -> tuple[list[PlaybookPersona], list[Finding]]:
    """The account's personas in the playbook's order, those added last, and every rule that the overrides break."""
    if overrides is None or not overrides.personas:
        return playbook.personas, []
    return _Merge(file, account, draft or playbook.draft).personas(playbook, overrides)


class _Merge:
    """One merge; collects findings on the way."""

    def __init__(self, file: YamlFile, account: str, draft: bool) -> None:
        self.file, self.account, self.draft = file, account, draft
        self.findings: list[Finding] = []

    def personas(
        self, playbook: PlaybookFile, overrides: OverridesWritten
    ) -> tuple[list[PlaybookPersona], list[Finding]]:
        result: list[PlaybookPersona] = []
        changes = dict(overrides.personas)
        for persona in playbook.personas:
            change = changes.pop(persona.id, None)
            if change is None:
                result.append(persona)
            elif not change.drop:
                result.append(self._persona(persona, change))
        known = [persona.id for persona in playbook.personas]
        for name, change in changes.items():
            if self._may_add(name, change, known, "persona", ("overrides", "personas", name)):
                result.append(self._persona(PlaybookPersona(id=name), change))
        if not result:
            what = "the overrides drop every persona."
            where = self.file.at("overrides", "personas")
            fix = "Keep one, or leave the account out."
            self.findings.append(Finding(Level.ERROR, "no-personas", what, fix, where, self.account))
        return result, self.findings

    def _persona(self, persona: PlaybookPersona, change: PersonaOverride) -> PlaybookPersona:
        place: Place = ("overrides", "personas", persona.id)
        changes = dict(change.workflows)
        workflows: list[PlaybookWorkflow] = []
        for workflow in persona.workflows:
            own = changes.pop(workflow.id, None)
            if own is None:
                workflows.append(workflow)
            elif not own.drop:
                workflows.append(self._workflow(workflow, own, (*place, "workflows", workflow.id)))
        known = [workflow.id for workflow in persona.workflows]
        for name, own in changes.items():
            spot = (*place, "workflows", name)
            if self._may_add(name, own, known, "workflow", spot):
                workflows.append(self._workflow(PlaybookWorkflow(id=name), own, spot))
        merged = persona.model_copy(update={**_written(change), "workflows": workflows})
        scope = self._scope(place, merged.draft)
        self.findings += check_persona(merged, persona.id, scope)
        if len(workflows) != len(persona.workflows) or change.add:
            self.findings += check_number(persona.id, len(workflows), scope)
        return merged

    def _workflow(self, workflow: PlaybookWorkflow, change: WorkflowOverride, place: Place) -> PlaybookWorkflow:
        update = _written(change)
        if any(kind in update for kind in KINDS):
            update = {**dict.fromkeys(KINDS), "says": None, **update}
        merged = workflow.model_copy(update=update)
        self.findings += check_workflow(merged, workflow.id, self._scope(place))
        return merged

    def _may_add(
        self, name: str, change: PersonaOverride | WorkflowOverride, known: list[str], kind: str, place: Place
    ) -> bool:
        if change.add:
            return True
        what = f"the playbook has no {kind} '{name}' here."
        fix = f"{instead_of(name, known, f'{kind}s')} To add one of the account's own, write `add: true`."
        self.findings.append(Finding(Level.ERROR, f"unknown-{kind}", what, fix, self.file.at(*place), self.account))
        return False

    def _scope(self, place: Place, draft: bool = False) -> Scope:
        def where(*key: str | int) -> Any:
            return self.file.at(*place, *key)

        return Scope(where, lambda *key: self.file.has(*place, *key), self.account, self.draft or draft)


def _written(change: Written) -> dict[str, Any]:
    """The fields that an override writes."""
    return {name: getattr(change, name) for name in change.model_fields_set - _SWITCHES}
