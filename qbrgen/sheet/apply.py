"""What is to change → the texts of the files, changed. Nothing is written here."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from qbrgen.define.schema import keys_of
from qbrgen.define.settings_schema import SettingsFile
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.yaml_files import Place, parse_yaml
from qbrgen.sheet.cells import Value, decimal, yaml_value
from qbrgen.sheet.columns import SHEETS, Kind, Sheet
from qbrgen.sheet.merge import Line, Merged, called
from qbrgen.sheet.naming import free_file_name, slug
from qbrgen.sheet.people import people_edits
from qbrgen.sheet.rows import Known
from qbrgen.sheet.tree import ACCOUNT_KEYS, ListOf, put, put_at
from qbrgen.sheet.yaml_edit import Item, NotEditableError, edited

Origins = dict[Place, Line]
_SHEETS = {sheet.key: sheet for sheet in SHEETS}


@dataclass(slots=True)
class FileEdit:
    """One file. account: "" for the settings. before: "" for a file to come. origins: place in the new text → line."""

    name: str
    account: str
    before: str
    after: str
    origins: Origins = field(default_factory=dict)


@dataclass(slots=True)
class Applied:
    """The files that change. findings: what cannot be written, and what is worth saying."""

    files: list[FileEdit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def applied(known: Known, merged: Merged) -> Applied:
    """Every file that the changes touch, with its new text."""
    result = Applied()
    lines: dict[str, dict[str, list[Line]]] = {}
    for sheet, every in merged.lines.items():
        for line in every:
            lines.setdefault(line.account, {}).setdefault(sheet, []).append(line)
    for account in merged.touched():
        edit = _Edit(known, account, lines.get(account, {}), merged, result)
        edit.run()
    return result


class _Edit:
    """One account's file, or the settings (account "")."""

    def __init__(
        self, known: Known, account: str, lines: Mapping[str, list[Line]], merged: Merged, result: Applied
    ) -> None:
        self.known, self.account, self.lines, self.merged, self.result = known, account, lines, merged, result
        file = known.settings_file if account == "" else known.file_of(account)
        taken = {edit.name for edit in result.files} | {each.file.name for each in known.parts.written.values()}
        self.name = file.name if file else free_file_name(account, taken)
        self.text = _raw(known.root / file.name) if file else ""
        self.tree: dict[str, Any] = copy.deepcopy(file.value) if file and isinstance(file.value, dict) else {}
        self.origins: Origins = {}
        self.order: list[int] = []  # of impacts, where new ones go between others

    def run(self) -> None:
        if self.account:
            self._account()
            self._list("impact", "impact")
            self._list("plans", "actions")
            findings = people_edits(self.known, self.account, self.tree, self.lines, self.merged, self.origins)
            self.result.findings += findings
            self._targets()
        self._closed()
        self._comments_left()
        order = ACCOUNT_KEYS if self.account else keys_of(SettingsFile)
        try:
            after = edited(self.text, self.tree, order)
            if self.order:
                tree = parse_yaml(after.removeprefix("\ufeff"), self.name).value
                after = edited(after, {**tree, "impact": [Item(was, tree["impact"][was]) for was in self.order]}, order)
        except NotEditableError as problem:
            what = f"the file cannot be changed from here: {problem}."
            fix = "Make these changes in the file itself."
            where = Location(self.name)
            self.result.findings.append(Finding(Level.ERROR, "not-editable", what, fix, where, self.account or None))
            return
        if after != self.text:
            self.result.files.append(FileEdit(self.name, self.account, self.text, after, self.origins))

    # ---- the account itself -----------------------------------------------------------------------------------------

    def _account(self) -> None:
        for line in self.lines.get("accounts", []):
            self.origins[()] = line
            if line.now is None or not self.text:
                put(self.tree, "account", self.account, ACCOUNT_KEYS)
            for key in line.edited - {"account", "arr", "currency"}:
                column = line.sheet.column(key)
                put_at(self.tree, column.path, yaml_value(column.kind, line.values[key]))
            if line.edited & {"arr", "currency"}:
                self._arr(line)
        if not self.text and "account" not in self.tree:
            put(self.tree, "account", self.account, ACCOUNT_KEYS)

    def _arr(self, line: Line) -> None:
        amount, currency = line.values["arr"], line.values["currency"]
        if amount is None:
            put(self.tree, "arr", None, ACCOUNT_KEYS)
            return
        told = isinstance(amount, Fraction) and decimal(amount)
        put(self.tree, "arr", f"{told} {currency}" if currency else yaml_value(Kind.NUMBER, amount), ACCOUNT_KEYS)

    # ---- impact and plans -------------------------------------------------------------------------------------------

    def _list(self, sheet: str, key: str) -> None:
        lines = self.lines.get(sheet, [])
        if not any(line.edited for line in lines) and not self._removed(sheet):
            return
        found = ListOf(self.tree, key)
        old = [line for line in lines if line.now is not None]
        new = [line for line in lines if line.now is None]
        ids = {str(line.values["id"]) for line in lines if line.values.get("id")}
        if sheet == "impact":
            old, new = _in_place(old, new)
        for line in lines:
            if line.now is None:
                line.values["id"] = line.values["id"] or _free(line, ids)
        for line in old:
            for name in line.edited - {"account", "place"}:
                column = line.sheet.column(name)
                put_at(found.at(_index(line)), column.path, yaml_value(column.kind, line.values[name]), (key,))
        found.keep([_index(line) for line in old], [_written(line.sheet, line.values) for line in new])
        found.store()
        every = [*old, *new]
        if sheet == "impact" and any("place" in line.edited for line in new):
            self.order = _placed(every)
            every = [every[number] for number in self.order]
        for number, line in enumerate(every):
            self.origins[key, number] = line

    def _removed(self, sheet: str) -> bool:
        return any(row.account == self.account for row in self.merged.removed.get(sheet, []))

    def _comments_left(self) -> None:
        """Comments are never taken away with a row; one that stood above it now stands above another."""
        file, lines = self.known.file_of(self.account), self.text.splitlines()
        for sheet, rows in self.merged.removed.items():
            for row in rows:
                line = file.lines.get(row.place) if file and len(row.place) == 2 and row.account == self.account else 0
                if line and line > 1 and lines[line - 2].lstrip().startswith("#"):
                    what = f"a comment above {called(_SHEETS[sheet], row.values)} stays: {lines[line - 2].strip()}"
                    where = Location(self.name, line - 1)
                    self.result.findings.append(Finding(Level.NOTE, "comment-left", what, where=where))

    # ---- targets and closed weeks -----------------------------------------------------------------------------------

    def _targets(self) -> None:
        for line in self.lines.get("targets", []):
            if line.now is None:
                continue
            place = tuple(str(part) for part in line.now.place)
            self.origins[place] = line
            if line.edited:
                names = ("overrides", "personas", "persona", "workflows", "workflow")[: len(place)]
                put_at(self.tree, (*place, "target"), yaml_value(Kind.SHARE, line.values["target"]), names)

    def _closed(self) -> None:
        lines = self.lines.get("closed", [])
        if not any(line.edited for line in lines) and not self._removed("closed"):
            return
        found = ListOf(self.tree, "closed_weeks", ACCOUNT_KEYS if self.account else keys_of(SettingsFile))
        old = [line for line in lines if line.now is not None]
        for line in old:
            if "week" in line.edited:
                found.replace(_index(line), line.values["week"])
        found.keep([_index(line) for line in old], [line.values["week"] for line in lines if line.now is None])
        found.store()


def _raw(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _index(line: Line) -> int:
    """Where an item stands in its list; one that stands without a list is the first."""
    place = line.now.place if line.now else ()
    return int(place[-1])


def _written(sheet: Sheet, values: Mapping[str, Value]) -> dict[str, Any]:
    """A new item, with what it holds in the order of the columns."""
    found: dict[str, Any] = {}
    for column in sheet.columns:
        value = yaml_value(column.kind, values.get(column.key))
        if column.path and value not in (None, False):
            found[column.path[-1]] = value
    return found


def _free(line: Line, ids: set[str]) -> str:
    """An id made of the text, which no other has."""
    text = str(line.values.get("action") or line.values.get("what") or "")
    stem = slug(text, 32) or line.sheet.key
    number, found = 1, stem
    while found in ids:
        number += 1
        found = f"{stem}-{number}"
    ids.add(found)
    return found


def _in_place(old: list[Line], new: list[Line]) -> tuple[list[Line], list[Line]]:
    """The old impacts by the place that they are to have; of two at one place, the one that was put there."""
    if not any("place" in line.edited for line in old):
        return old, new

    def rank(line: Line) -> tuple[Fraction, bool]:
        place = line.values.get("place")
        return (place if isinstance(place, Fraction) else Fraction(10**9), "place" not in line.edited)

    return sorted(old, key=rank), new


def _placed(lines: list[Line]) -> list[int]:
    """The lines by the places that new ones ask for."""
    order: list[int] = [number for number, line in enumerate(lines) if line.now]
    for number, line in enumerate(lines):
        place = line.values.get("place")
        if line.now is None:
            order.insert(int(place) - 1 if isinstance(place, Fraction) else len(order), number)
    return order
