"""A workbook that came back and a workspace → what an import would change, and whether the workspace bears it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from qbrgen.define.stand_ins import StandIns
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.yaml_files import Place, YamlFile, parse_yaml
from qbrgen.sheet.apply import FileEdit, applied
from qbrgen.sheet.cells import Value, shown
from qbrgen.sheet.columns import SHEETS
from qbrgen.sheet.merge import Change, Line, Merged, Prefer, called, merge
from qbrgen.sheet.model import Workbook
from qbrgen.sheet.reading import read_workbook
from qbrgen.sheet.rows import Known, Rows, lists_of, read_known, rows_of
from qbrgen.sheet.workbook import fingerprint


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. findings: everything to be told; nothing may be written while an error is among them."""

    known: Known
    changes: list[Change] = field(default_factory=list)
    files: list[FileEdit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        return any(finding.level is Level.ERROR for finding in self.findings)


def plan_import(path: Path, root: Path, prefer: Prefer | None = None) -> ImportPlan:
    """Read the workbook, hold it against the workspace, and try the changes without writing anything.

    Raises InputError when the file is no workbook of ours, or the workspace cannot be used.
    """
    known = read_known(root)
    accounts = list(known.definitions.accounts)
    names = {name: account.name for name, account in known.definitions.accounts.items()}
    book = read_workbook(path, lists_of(known, accounts), names)
    if book.accounts and not any(name in known.parts.written for name in book.accounts):
        what = f"the workbook is of another workspace: there is no account '{book.accounts[0]}' here."
        fix = "Name the workspace that it was exported from with -w FOLDER."
        raise InputError([Finding(Level.ERROR, "sheet-of-another", what, fix, Location(path.name))])
    merged = merge(book, rows_of(known, accounts), prefer)
    done = applied(known, merged)
    plan = ImportPlan(known, merged.changes, done.files)
    plan.findings = [*book.findings, *merged.findings, *done.findings]
    plan.findings += _changed_since(book, merged, root)
    if not plan.broken and plan.files:
        plan.findings += _trial(plan, merged)
    if plan.broken:
        plan.files = []
    return plan


def _changed_since(book: Workbook, merged: Merged, root: Path) -> list[Finding]:
    """Which files were changed after the export: what only they changed stays."""
    changed = []
    for name, before in book.files.items():
        path = root / name
        if path.is_file() and fingerprint(path.read_bytes()) != before:
            changed.append(name)
    if not changed or not merged.changes:
        return []
    what = f"changed in the workspace since the export on {book.made}, and kept: {', '.join(sorted(changed))}."
    return [Finding(Level.NOTE, "changed-since-export", what)]


# ---- the trial ------------------------------------------------------------------------------------------------------


def _trial(plan: ImportPlan, merged: Merged) -> list[Finding]:
    """Load the workspace as it would be; what it would not bear is told at the cells that did it."""
    with tempfile.TemporaryDirectory(prefix="qbrgen-sheet-") as folder:
        stand_ins: dict[str, Path] = {}
        for number, edit in enumerate(plan.files):
            path = Path(folder) / f"{number}-{Path(edit.name).name}"
            path.write_bytes(edit.after.encode())
            stand_ins[edit.name] = path
        places = {str(path): _Placed(edit) for path, edit in zip(stand_ins.values(), plan.files, strict=True)}
        try:
            after = read_known(plan.known.root, stand_ins)
        except InputError as problem:
            return [_located(finding, places) for finding in _new(problem.findings, plan.known, stand_ins)]
    aside = [
        finding
        for account, reasons in after.definitions.set_aside.items()
        if account not in plan.known.definitions.set_aside
        for finding in reasons
        if finding.level is Level.ERROR
    ]
    if aside:
        return [_located(finding, places) for finding in aside]
    return _as_wanted(after, merged)


def _new(findings: Iterable[Finding], known: Known, stand_ins: StandIns) -> list[Finding]:
    """The errors that the workspace of today does not have."""
    aside = (finding for reasons in known.definitions.set_aside.values() for finding in reasons)
    there = Counter(_said(finding, {}) for finding in aside)
    called_by = {str(path): name for name, path in stand_ins.items()}
    found = []
    for finding in findings:
        if finding.level is Level.ERROR and not there[_said(finding, called_by)]:
            found.append(finding)
    return found


def _said(finding: Finding, names: dict[str, str]) -> tuple[str, str, str]:
    file = finding.where.file if finding.where else ""
    return finding.code, finding.what, names.get(file, file)


class _Placed:
    """The places of a new text by line, and the rows that they come from."""

    def __init__(self, edit: FileEdit) -> None:
        self.edit = edit
        self.file: YamlFile = parse_yaml(edit.after.removeprefix("\ufeff"), edit.name)

    def cell(self, line: int | None) -> Location:
        """The cell behind a line; the file's name where no row stands behind it."""
        places = [place for place, at in self.file.lines.items() if at == line]
        for place in sorted(places, key=len, reverse=True):
            for length in range(len(place), -1, -1):
                row = self.edit.origins.get(place[:length])
                if row is not None and row.source is not None and (length or self._of_account(place)):
                    return row.at(_column(row, place[length:]))
        return Location(self.edit.name)

    def _of_account(self, place: Place) -> bool:
        return not place or place[0] not in ("people", "impact", "actions", "overrides", "closed_weeks")


def _column(line: Line, place: Place) -> str:
    words = tuple(part for part in place if isinstance(part, str))
    for column in line.sheet.columns:
        if column.path and (column.path == words or (words and column.path[: len(words)] == words)):
            return column.key
    return "account"


def _located(finding: Finding, places: dict[str, _Placed]) -> Finding:
    placed = places.get(finding.where.file) if finding.where else None
    if placed is None or finding.where is None:
        return finding
    return replace(finding, where=placed.cell(finding.where.line))


# ---- what comes out is what the sheet says --------------------------------------------------------------------------


def _as_wanted(after: Known, merged: Merged) -> list[Finding]:
    """Whether each row that is to change reads as the sheet has it. What the schema cannot say so is told."""
    touched = [account for account in merged.touched() if account]
    rows = rows_of(after, [account for account in touched if account in after.definitions.accounts])
    findings: list[Finding] = []
    for sheet in SHEETS:
        there = Counter(
            _signature(sheet.key, row.values, merged) for row in rows[sheet.key].values() if row.account in touched
        )
        for line in merged.lines.get(sheet.key, []):
            if line.account not in touched or not line.edited:
                continue
            if there[_signature(sheet.key, line.values, merged)]:
                continue
            findings += _differs(line, rows)
    return findings


def _signature(sheet: str, values: object, _merged: Merged) -> tuple[Value, ...]:
    held: dict[str, Value] = dict(values)  # type: ignore[call-overload]
    keys = [column.key for each in SHEETS if each.key == sheet for column in each.edited()]
    return tuple(held.get(key) for key in keys if key not in ("place", "account"))


def _differs(line: Line, rows: Rows) -> list[Finding]:
    """What an edited cell would come out as; one that was emptied goes back to where its value comes from."""
    same = [row for row in rows[line.sheet.key].values() if line.now is not None and row.key == line.now.key]
    if not same:
        return []
    findings = []
    for key in sorted(line.edited - {"place"}):
        column, value, found = line.sheet.column(key), line.values.get(key), same[0].values.get(key)
        if value == found:
            continue
        origin = same[0].origins.get(key)
        what = f"{column.header} of {called(line.sheet, line.values)} would be {shown(column.kind, found)}"
        if value is None and origin:
            what += f", as {origin} has it."
            findings.append(Finding(Level.NOTE, "cell-from-elsewhere", what, where=line.at(key)))
        else:
            what += f", not {shown(column.kind, value)}."
            fix = "Change it in the account's file itself."
            findings.append(Finding(Level.ERROR, "cell-not-taken", what, fix, line.at(key)))
    return findings
