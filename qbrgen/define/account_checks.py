"""The rules for one account's own file: impacts, outcome and plans, as findings of that account."""

from __future__ import annotations

from collections.abc import Iterable

from qbrgen.define.model.account import Source
from qbrgen.define.model.playbook import Persona
from qbrgen.define.presence import presence_in
from qbrgen.define.schema import AccountFile, ActionWritten, ImpactWritten, OutcomeWritten, PlaybookPersona
from qbrgen.errors import Finding, Level
from qbrgen.load.nearest import instead_of
from qbrgen.load.yaml_files import Place, YamlFile

_FOUND_ELSEWHERE = ("impact", "outcome")

_END_WORDS = {"owner": "owner", "due": "due date"}


class AccountChecks:
    """Runs the rules over one account's file."""

    def __init__(self, account: str, written: AccountFile, file: YamlFile) -> None:
        self.account, self.written, self.file = account, written, file
        self.findings: list[Finding] = []

    def run(self, personas: Iterable[Persona | PlaybookPersona]) -> list[Finding]:
        """Every finding of the file. personas: the account's, after its overrides."""
        for index, impact in enumerate(self.written.impact):
            self._impact(impact, ("impact", index))
        self._unique([impact.id for impact in self.written.impact], "impact")
        self._unique([action.id for action in self.written.actions], "actions")
        if self.written.outcome:
            self._outcome(self.written.outcome)
        ends: list[str] = []
        for persona in personas:
            ends += [persona.id, *(f"{persona.id}/{workflow.id}" for workflow in persona.workflows)]
        for index, action in enumerate(self.written.actions):
            self._action(action, ("actions", index), [*ends, *_FOUND_ELSEWHERE])
        return self.findings

    def _add(self, level: Level, code: str, what: str, fix: str, place: Place) -> None:
        self.findings.append(Finding(level, code, what, fix, self.file.at(*place), self.account))

    def _impact(self, impact: ImpactWritten, place: Place) -> None:
        self._presence(impact.what, (*place, "what"))
        given = [key for key in ("change", "value") if getattr(impact, key) is not None]
        if not given and not any(self.file.has(*place, key) for key in ("change", "value")):
            fix = "Add `change:`, such as -30%, or `value:` with its `unit:`."
            self._add(Level.ERROR, "impact-without-figure", f"the impact '{impact.what}' has no figure.", fix, place)
        if len(given) == 2:
            what = f"the impact '{impact.what}' has both a change and a value."
            fix = "Keep `change:`, or write `value:` with `from:`."
            self._add(Level.ERROR, "impact-of-two-kinds", what, fix, (*place, "value"))
        elif impact.from_ is not None and impact.value is None:
            what = "`from` is the figure before, and there is no `value` after it."
            self._add(Level.ERROR, "impact-without-value", what, "Add `value:`.", (*place, "from"))
        if impact.source is None:
            if not self.file.has(*place, "source"):
                what = f"the impact '{impact.what}' has no source: it is not told, and becomes a gap."
                fix = "Add `source:` (measured, estimate or benchmark) and `by:`."
                self._add(Level.WARNING, "impact-without-source", what, fix, place)
        elif not impact.by:
            by = "the report" if impact.source is Source.MEASURED else "the person's name or role"
            what = f"nobody stands behind the impact '{impact.what}'."
            self._add(Level.WARNING, "impact-without-witness", what, f"Add `by:`, {by}.", place)
        if impact.on is None and not self.file.has(*place, "on"):
            what = f"the impact '{impact.what}' has no date, so nobody sees how old it is."
            fix = "Add `on:`, the day that it was said or measured."
            self._add(Level.WARNING, "impact-without-date", what, fix, place)

    def _outcome(self, outcome: OutcomeWritten) -> None:
        self._presence(outcome.measure, ("outcome", "measure"))
        baseline, goal = outcome.baseline, outcome.goal
        if baseline and goal and baseline.value == goal.value:
            what = "the goal of the outcome is its baseline: no progress can be told."
            self._add(Level.WARNING, "goal-is-baseline", what, "Correct one of the two.", ("outcome", "goal"))

    def _presence(self, text: str, place: Place) -> None:
        word = presence_in(text)
        if word:
            what = f"'{text}' is a presence figure ('{word}'): being there is no result."
            fix = "Name what the customer gets from the work: time, money, meetings, errors."
            self._add(Level.ERROR, "presence-figure", what, fix, place)

    def _action(self, action: ActionWritten, place: Place, ends: list[str]) -> None:
        if action.closes and action.closes not in ends:
            what = f"the action closes '{action.closes}', which the account does not have."
            fix = instead_of(action.closes, ends, "things to close")
            self._add(Level.ERROR, "unknown-end", what, fix, (*place, "closes"))
        lacking = [key for key in ("owner", "due") if not getattr(action, key) and not self.file.has(*place, key)]
        if lacking and not action.done:
            what = f"the action has no {' and no '.join(_END_WORDS[key] for key in lacking)}: it is not yet a plan."
            fix = f"Add {' and '.join(f'`{key}:`' for key in lacking)}."
            self._add(Level.WARNING, "action-is-no-plan", what, fix, place)

    def _unique(self, ids: list[str], key: str) -> None:
        for index, name in enumerate(ids):
            if name and name in ids[:index]:
                what = f"the id '{name}' is used twice in `{key}`."
                self._add(Level.ERROR, "id-twice", what, "Give each its own id.", (key, index, "id"))
