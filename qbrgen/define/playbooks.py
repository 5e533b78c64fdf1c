"""playbooks/*.yml → playbooks that keep the rules, or the findings that say why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qbrgen.define import resolve
from qbrgen.define.checks import check_playbook
from qbrgen.define.drafts import draft_findings
from qbrgen.define.model.playbook import Persona, ReadyMade
from qbrgen.define.roster import Matcher
from qbrgen.define.schema import PlaybookFile
from qbrgen.define.sources import Loaded
from qbrgen.define.stand_ins import StandIns, read_definition
from qbrgen.define.validate import validate
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import instead_of
from qbrgen.load.yaml_files import YamlFile, yaml_paths

FOLDER = "playbooks"


@dataclass(frozen=True, slots=True)
class Playbook:
    """A playbook that keeps the rules: as written (for overrides) and resolved."""

    id: str
    written: PlaybookFile
    personas: tuple[Persona, ...]
    matcher: Matcher
    file: YamlFile


@dataclass(slots=True)
class Playbooks:
    """sound, broken: by id. names: ids of all, so that nobody is told that a broken one does not exist.

    broken: what could be read of them, for finding what else is wrong with the accounts that use them.
    """

    sound: dict[str, Playbook] = field(default_factory=dict)
    broken: dict[str, PlaybookFile] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def where(self) -> Mapping[str, Location]:
        found: dict[str, Location] = {}
        for playbook in self.sound.values():
            top = f"playbook/{playbook.id}"
            found[top] = playbook.file.at("playbook")
            for i, persona in enumerate(playbook.written.personas):
                found[f"{top}/{persona.id}"] = playbook.file.at("personas", i)
                for j, workflow in enumerate(persona.workflows):
                    place = ("personas", i, "workflows", j)
                    found[f"{top}/{persona.id}/{workflow.id}"] = playbook.file.at(*place)
        return found


def load_playbooks(root: Path, values: Loaded, stand_ins: StandIns, *, draft: bool = False) -> Playbooks:
    """Every playbook of a workspace. values: the tables of ready-made values, where their metrics must be found.

    draft: whether the whole workspace is one.
    """
    playbooks = Playbooks()
    paths, playbooks.findings = yaml_paths(root / FOLDER, FOLDER)
    if not paths and not playbooks.findings:
        what = "the workspace has no playbook."
        fix = f"Write one as {FOLDER}/NAME.yml: personas, workflows, targets."
        playbooks.findings.append(Finding(Level.ERROR, "no-playbook", what, fix, Location(FOLDER)))
    for path in paths:
        _load(path, read_definition(path, root, stand_ins), playbooks, draft)
    playbooks.findings += _metrics(playbooks, values)
    return playbooks


def _load(path: Path, file: YamlFile, playbooks: Playbooks, draft: bool) -> None:
    written, findings = validate(PlaybookFile, file)
    if written is not None:
        findings += check_playbook(written, file)
        if written.playbook in playbooks.names:
            what = f"the playbook id '{written.playbook}' is used by two files."
            fix = "Give each its own id."
            findings.append(Finding(Level.ERROR, "playbook-twice", what, fix, file.at("playbook")))
    playbooks.names.append(written.playbook if written and written.playbook else path.stem)
    broken = any(finding.level is Level.ERROR for finding in findings)
    if written is not None and broken:
        playbooks.broken[written.playbook] = written
    elif written is not None:
        findings += draft_findings(file, f"the playbook '{written.playbook}'", by_another=draft)
        personas = resolve.personas(written.personas)
        playbooks.sound[written.playbook] = Playbook(written.playbook, written, personas, Matcher(personas), file)
    playbooks.findings += findings


def _metrics(playbooks: Playbooks, values: Loaded) -> list[Finding]:
    """Ready-made targets find their metric in a table of values."""
    known = {cell for table, data in values for cell in data.column(table.columns.get("metric")) if cell}
    findings: list[Finding] = []
    for playbook in playbooks.sound.values():
        for i, persona in enumerate(playbook.personas):
            for j, workflow in enumerate(persona.workflows):
                measure = workflow.measure
                if isinstance(measure, ReadyMade) and measure.metric not in known:
                    where = playbook.file.at("personas", i, "workflows", j, "value", "metric")
                    fix = instead_of(measure.metric, sorted(known), "metrics") if known else "Add `values:` to `data:`."
                    what = f"the metric '{measure.metric}' is in no table of values."
                    findings.append(Finding(Level.WARNING, "unknown-metric", what, fix, where))
    return findings
