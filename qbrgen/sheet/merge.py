"""Three states of each row (as exported, as it came back, as the workspace has it now) → what is to change.

What nobody edited on the sheet stays as the workspace has it. What both changed is a conflict, unless one side is
preferred. An import that was done already changes nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import instead_of
from qbrgen.sheet.cells import Value, shown
from qbrgen.sheet.columns import EVERYONE, SHEETS, Column, Sheet
from qbrgen.sheet.model import Kept, ReadSheet, SheetRow, Workbook
from qbrgen.sheet.rows import Key, Row, Rows


class Prefer(StrEnum):
    """Whose value is taken where the sheet and the workspace have both changed one."""

    SHEET = "sheet"
    WORKSPACE = "workspace"


class How(StrEnum):
    """What happens to a row or a cell."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is to change, for people to read. account: "" for the whole workspace."""

    account: str
    how: How
    where: Location
    what: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Line:
    """A row as it is to be. now: as the workspace has it, None for a new one. edited: columns that are to change."""

    sheet: Sheet
    called: str
    account: str
    values: dict[str, Value]
    now: Row | None = None
    source: SheetRow | None = None
    edited: frozenset[str] = frozenset()

    def at(self, column: str = "") -> Location:
        """The cell that it comes from; its sheet where nobody touched it."""
        return self.source.at(column, self.called) if self.source else Location(self.called)


@dataclass(slots=True)
class Merged:
    """lines: of every sheet, those that stay and those that are new. removed: those that go."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    removed: dict[str, list[Row]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def touched(self) -> list[str]:
        """The accounts that something changes in, "" for the whole workspace."""
        return sorted({change.account for change in self.changes})


def merge(book: Workbook, now: Rows, prefer: Prefer | None = None) -> Merged:
    """Hold the workbook against what was exported and what is there now."""
    result = Merged()
    known = {row.account for row in now["accounts"].values()}
    if "accounts" in book.sheets:
        known |= {str(row.values.get("account") or "") for row in book.sheets["accounts"].rows if row.token == ""}
    for name, read in book.sheets.items():
        kept = {token: each for token, each in book.kept.items() if each.sheet == name}
        _SheetMerge(read, kept, now[name], known, prefer, result).run()
    for name, rows in now.items():
        if name not in book.sheets:
            result.lines[name] = [_as_is(_BY_KEY[name], _BY_KEY[name].title, row) for row in rows.values()]
            result.removed[name] = []
    return result


def _as_is(sheet: Sheet, called: str, row: Row) -> Line:
    return Line(sheet, called, row.account, dict(row.values), row)


class _SheetMerge:
    """One sheet."""

    def __init__(
        self,
        read: ReadSheet,
        kept: Mapping[str, Kept],
        now: Mapping[Key, Row],
        known: set[str],
        prefer: Prefer | None,
        result: Merged,
    ) -> None:
        self.read, self.kept, self.now, self.known = read, kept, now, known
        self.prefer, self.result, self.sheet = prefer, result, read.sheet
        self.columns = [column for column in self.sheet.edited() if column.key in read.columns]
        self.of_now = {row.account for row in now.values()}
        self.lines: dict[Key, Line] = {}
        self.new: list[Line] = []
        self.removed: list[Row] = []
        self.seen: dict[tuple[str, ...], set[tuple[Value, ...]]] = {}

    def run(self) -> None:
        originals, others = self._by_token()
        for token, kept in self.kept.items():
            row = originals.get(token)
            if row is None:
                self._gone(kept)
            else:
                self._old(kept, row)
        gone = {row.key for row in self.removed}
        for key, present in self.now.items():
            if key not in self.lines and key not in gone:
                self.lines[key] = _as_is(self.sheet, self.read.called, present)
        for row in others:
            self._new(row)
        in_order = [self.lines[key] for key in self.now if key in self.lines]
        self.result.lines[self.sheet.key] = [*in_order, *self.new]
        self.result.removed[self.sheet.key] = self.removed

    def _by_token(self) -> tuple[dict[str, SheetRow], list[SheetRow]]:
        """Rows by token, and the new ones. Of copies of a row the one most like it was is the row itself."""
        found: dict[str, SheetRow] = {}
        others: list[SheetRow] = []
        for row in self.read.rows:
            if row.token not in self.kept:
                others.append(row)
            elif row.token not in found:
                found[row.token] = row
            elif self._alike(row) > self._alike(found[row.token]):
                others.append(found[row.token])
                found[row.token] = row
            else:
                others.append(row)
        return found, sorted(others, key=lambda row: row.number)

    def _alike(self, row: SheetRow) -> int:
        kept = self.kept[row.token].values
        return sum(row.values.get(column.key) == kept.get(column.key) for column in self.columns)

    # ---- rows that were exported ------------------------------------------------------------------------------------

    def _old(self, kept: Kept, row: SheetRow) -> None:
        edits = {c.key: row.values[c.key] for c in self.columns if self._edited(c, row, kept)}
        present = self.now.get(kept.key)
        if not edits:
            if present is not None:
                line = _as_is(self.sheet, self.read.called, present)
                line.source = row
                self.lines[present.key] = line
            return
        if "account" in edits:
            self._moved(kept, row, present)
        elif present is None:
            self._edited_but_gone(kept, row)
        else:
            self._changed(kept, row, present, edits)

    def _edited(self, column: Column, row: SheetRow, kept: Kept) -> bool:
        return column.key in row.values and row.values[column.key] != kept.values.get(column.key)

    def _changed(self, kept: Kept, row: SheetRow, present: Row, edits: Mapping[str, Value]) -> None:
        line = Line(self.sheet, self.read.called, present.account, dict(present.values), present, row)
        edited = []
        for key, value in edits.items():
            column, before = self.sheet.column(key), present.values.get(key)
            if value == before:
                continue
            if before != kept.values.get(key) and not self._settled(column, row, kept.values.get(key), value, before):
                continue
            origin = present.origins.get(key)
            if value is None and origin:
                what = f"{column.header} comes from {origin}, and cannot be emptied here."
                fix = f"Write another value, or change it in {origin}."
                self._tell("cell-from-elsewhere", what, fix, row.at(key, self.read.called))
                continue
            line.values[key] = value
            edited.append(key)
            texts = (shown(column.kind, before), shown(column.kind, value))
            self._note(
                line,
                How.CHANGED,
                f"{self._label(present.values)}{column.header}",
                row.at(key, self.read.called),
                *texts,
            )
        line.edited = frozenset(edited)
        self.lines[present.key] = line

    def _settled(self, column: Column, row: SheetRow, kept: Value, value: Value, before: Value) -> bool:
        """Both changed a cell: whether the sheet's value is taken. A conflict nobody decided is an error."""
        if self.prefer is not None:
            return self.prefer is Prefer.SHEET
        said = [shown(column.kind, each) for each in (kept, value, before)]
        what = f"{column.header} was {said[0]} when exported; the sheet says {said[1]}, the workspace now {said[2]}."
        self._tell("changed-in-both", what, _CHOOSE, row.at(column.key, self.read.called))
        return False

    def _edited_but_gone(self, kept: Kept, row: SheetRow) -> None:
        if self.prefer is Prefer.WORKSPACE:
            return
        if kept.account and kept.account not in self.known:
            what = f"{self._called(kept.values)} was edited here, and the account '{kept.account}' is gone or broken."
            fix = "`qbrgen check` tells what is wrong with it; where it is to be gone, --prefer workspace."
            self._tell("edited-but-gone", what, fix, row.at("account", self.read.called))
            return
        if self.prefer is Prefer.SHEET and not self.sheet.fixed:
            self._new(row)
            return
        what = f"{self._called(kept.values)} was edited here, and is no longer in the workspace."
        fix = "Delete the row, or export a new workbook." if self.sheet.fixed else _CHOOSE
        self._tell("edited-but-gone", what, fix, row.at("account", self.read.called))

    def _moved(self, kept: Kept, row: SheetRow, present: Row | None) -> None:
        if self.sheet.key == "accounts":
            what = f"the id of an account stays as it is ('{kept.account}'): the data know it by that."
            self._tell(
                "account-id-changed", what, "Put it back; the name may change.", row.at("account", self.read.called)
            )
        elif self.sheet.fixed:
            what = f"a target belongs to the account '{kept.account}'."
            self._tell("row-is-fixed", what, "Put its account back.", row.at("account", self.read.called))
        else:
            if present is not None:
                self._remove(present, row.at("account", self.read.called))
            self._new(row)

    def _gone(self, kept: Kept) -> None:
        """A row that did not come back."""
        present = self.now.get(kept.key)
        if present is None:
            return
        if self.sheet.fixed or self.sheet.key == "accounts":
            what = f"{self._called(kept.values)} is no longer on the sheet: nothing of it changes."
            if self.sheet.key == "accounts":
                what += " To take an account away, delete its file."
            where = Location(self.read.called)
            self.result.findings.append(Finding(Level.NOTE, "row-gone", what, where=where))
            return
        changed = [c.key for c in self.sheet.edited() if present.values.get(c.key) != kept.values.get(c.key)]
        if changed and changed != ["place"]:
            if self.prefer is Prefer.WORKSPACE:
                return
            if self.prefer is None:
                what = f"{self._called(kept.values)} is taken away here, and has been changed in the workspace since."
                self._tell("changed-in-both", what, _CHOOSE, Location(self.read.called))
                return
        self._remove(present, Location(self.read.called))

    def _remove(self, present: Row, where: Location) -> None:
        self.removed.append(present)
        self.result.changes.append(Change(present.account, How.REMOVED, where, self._called(present.values)))

    # ---- rows that are new ------------------------------------------------------------------------------------------

    def _new(self, row: SheetRow) -> None:
        values = {column.key: row.values.get(column.key) for column in self.sheet.edited()}
        account = str(values["account"] or "")
        if self.sheet.fixed:
            what = "the row is none of those exported: targets cannot be added here."
            self._tell(
                "row-is-fixed", what, "Delete it; a playbook adds workflows.", row.at("account", self.read.called)
            )
            return
        if any(column.needed and column.key not in row.values for column in self.columns):
            return  # what stands there is wrong, and told
        lacking = [column for column in self.columns if column.needed and not values[column.key]]
        for column in lacking:
            what = f"{column.header} is missing in a new row."
            self._tell("cell-missing", what, column.about, row.at(column.key, self.read.called))
        if lacking:
            return
        if self._there_already(values):
            self._is_there(values, row)
            return
        if self._twice(account, row):
            return
        if account == EVERYONE and self.sheet.key == "closed":
            account = ""
        elif account not in self.known:
            self._unknown(account, row)
            return
        line = Line(
            self.sheet, self.read.called, account, values, None, row, frozenset(k for k, v in values.items() if v)
        )
        self.new.append(line)
        self.seen.clear()
        self._note(line, How.ADDED, self._called(values), row.at("account", self.read.called), "", _summary(line))

    def _twice(self, account: str, row: SheetRow) -> bool:
        """Whether a new row makes an account that is there, or that another row makes."""
        if self.sheet.key != "accounts":
            return False
        what, fix = f"the account '{account}' is there already.", "Change its own row."
        if account not in self.of_now:
            what, fix = f"the account '{account}' is new in two rows.", "Keep one of them."
        found = account in self.of_now or any(line.account == account for line in self.new)
        if found:
            self._tell("account-twice", what, fix, row.at("account", self.read.called))
        return found

    def _there_already(self, values: Mapping[str, Value]) -> bool:
        """Whether the workspace has such a row: the workbook was imported before, or a row was copied.

        What is filled in where a new row leaves it empty (an id, a name of the people table) need not be the same.
        """
        filled = {"id", "place", "name", "title"} if self.sheet.key != "accounts" else set(values)
        loose = [key for key, value in values.items() if key in filled and not value]
        strict = [key for key in values if key not in loose and key != "place"]
        there = self._signatures(tuple(strict))
        return tuple(values[key] for key in strict) in there

    def _signatures(self, keys: tuple[str, ...]) -> set[tuple[Value, ...]]:
        if keys not in self.seen:
            every = [*self.lines.values(), *self.new]
            self.seen[keys] = {tuple(line.values.get(key) for key in keys) for line in every}
        return self.seen[keys]

    def _is_there(self, values: Mapping[str, Value], row: SheetRow) -> None:
        what = f"{self._called(values)} is in the workspace already: the row changes nothing."
        where = row.at("account", self.read.called)
        self.result.findings.append(Finding(Level.NOTE, "row-there-already", what, where=where))

    def _unknown(self, account: str, row: SheetRow) -> None:
        what = f"there is no account '{account}'."
        fix = instead_of(account, sorted(self.known - {""}), "accounts")
        self._tell("unknown-account", what, fix, row.at("account", self.read.called))

    # ---- telling ----------------------------------------------------------------------------------------------------

    def _tell(self, code: str, what: str, fix: str, where: Location) -> None:
        self.result.findings.append(Finding(Level.ERROR, code, what, fix, where))

    def _note(self, line: Line, how: How, what: str, where: Location, before: str, after: str) -> None:
        self.result.changes.append(Change(line.account, how, where, what, before, after))

    def _label(self, values: Mapping[str, Value]) -> str:
        return "" if self.sheet.key == "accounts" else f"{self._called(values)}: "

    def _called(self, values: Mapping[str, Value]) -> str:
        return called(self.sheet, values)


_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
_CHOOSE = "Take the sheet's with --prefer sheet or the workspace's with --prefer workspace, or change one of the two."
_NAMED_BY = {
    "accounts": ("account",),
    "people": ("name", "id"),
    "away": ("id", "from"),
    "impact": ("what", "id"),
    "plans": ("action", "id"),
    "targets": ("what",),
    "closed": ("week",),
}
_NOUNS = {
    "accounts": "account",
    "people": "person",
    "away": "absence of",
    "impact": "impact",
    "plans": "action",
    "targets": "target",
    "closed": "closed week",
}


def called(sheet: Sheet, values: Mapping[str, Value]) -> str:
    """How a row is called in a message: action “A rota for replies on Fridays”."""
    keys = _NAMED_BY[sheet.key]
    if sheet.key == "away":
        return f"absence of {values.get('name') or values.get('id')} from {values.get('from')}"
    name = next((values[key] for key in keys if values.get(key)), "")
    text = str(name)
    quoted = f"“{text}”" if sheet.key in ("impact", "plans", "targets") else text
    return f"{_NOUNS[sheet.key]} {quoted}".strip()


def _summary(line: Line) -> str:
    """What a new row holds, in one line."""
    told = [
        f"{column.header} {shown(column.kind, line.values[column.key])}"
        for column in line.sheet.edited()
        if line.values.get(column.key) and column.key not in ("account", *_NAMED_BY[line.sheet.key][:1])
    ]
    return ", ".join(told)
