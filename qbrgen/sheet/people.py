"""What is to change of the people of one account → its `people:` list.

A person has a row for each seat. Where an account takes its people from the people table and one of them is edited, it
gets a list of its own: those who are as the table has them stand in it by their id alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import instead_of
from qbrgen.load.yaml_files import Place
from qbrgen.sheet.cells import Value, yaml_value
from qbrgen.sheet.columns import PEOPLE
from qbrgen.sheet.merge import Line, Merged
from qbrgen.sheet.rows import Known, Row, owns_people
from qbrgen.sheet.tree import ListOf, order_of, put

_SEAT = ("persona", "from", "to")
_OWN = ("name", "title")


@dataclass(slots=True)
class _Person:
    """One person as they are to be. user: as the workspace has it; now: its rows there. lines: of its seats."""

    user: str
    lines: list[Line] = field(default_factory=list)
    now: list[Row] = field(default_factory=list)
    away: list[Line] = field(default_factory=list)
    away_now: list[Row] = field(default_factory=list)

    @property
    def new(self) -> bool:
        return not self.now

    @property
    def touched(self) -> bool:
        """Whether something of it differs from what the workspace has."""
        seats = len(self.lines) != len(self.now) or any(line.edited for line in self.lines)
        return seats or len(self.away) != len(self.away_now) or any(line.edited for line in self.away)


def people_edits(
    known: Known,
    account: str,
    tree: dict[str, Any],
    lines: Mapping[str, list[Line]],
    merged: Merged,
    origins: dict[Place, Line],
) -> list[Finding]:
    """Change `people:` of an account's tree. origins is filled with where each row then stands."""
    removed = [row for sheet in ("people", "away") for row in merged.removed.get(sheet, []) if row.account == account]
    touched = any(line.edited for sheet in ("people", "away") for line in lines.get(sheet, []))
    if not touched and not removed:
        return []
    source = known.parts.written.get(account)
    own = source is not None and owns_people(source)
    edit = _PeopleEdit(account, tree, lines, removed, own, origins)
    findings = edit.run()
    if not own and known.parts.people.of(account):
        table = known.parts.people.of(account)[0].where.file
        what = (
            f"the people of '{account}' were those of {table}; from now on they are the list in its own file. "
            f"Who joins {table} later is to be added there too."
        )
        findings.append(Finding(Level.WARNING, "people-become-own", what, account=account))
    return findings


class _PeopleEdit:
    """The people of one account."""

    def __init__(
        self,
        account: str,
        tree: dict[str, Any],
        lines: Mapping[str, list[Line]],
        removed: Iterable[Row],
        own: bool,
        origins: dict[Place, Line],
    ) -> None:
        self.account, self.tree, self.own, self.origins = account, tree, own, origins
        self.findings: list[Finding] = []
        self.people: dict[str, _Person] = {}
        self._group(lines, removed)

    def run(self) -> list[Finding]:
        found = ListOf(self.tree, "people")
        kept: list[int] = []
        new: list[dict[str, Any]] = []
        places: list[_Person] = []
        for person in self.people.values():
            if not person.lines:
                self._without_seat(person)
            elif self.own and not person.new:
                was = int(person.now[0].place[1])
                if person.touched:
                    self._change(found.at(was), person)
                kept.append(was)
                places.append(person)
        for person in self.people.values():
            if person.lines and (person.new or not self.own):
                new.append(self._entry(person))
                places.append(person)
        if not places and self.people:
            what = f"nobody is left at '{self.account}': nobody can be active there."
            self._wrong("account-without-people", what, "Keep at least one row.", Location(PEOPLE.title))
            return self.findings
        found.keep(kept, new)
        found.store()
        for number, person in enumerate(places):
            self._note_places(number, person)
        return self.findings

    def _group(self, lines: Mapping[str, list[Line]], removed: Iterable[Row]) -> None:
        """Rows by person. One whose id is edited is still the person that it was."""
        for line in lines.get("people", []):
            user = line.now.key[1] if line.now else str(line.values["id"])
            person = self.people.setdefault(user, _Person(user))
            person.lines.append(line)
            if line.now:
                person.now.append(line.now)
        for row in removed:
            if len(row.key) == 3:
                self.people.setdefault(row.key[1], _Person(row.key[1])).now.append(row)
        for line in lines.get("away", []):
            self._absence(line)
        for row in removed:
            if len(row.key) == 4 and row.key[1] in self.people:
                self.people[row.key[1]].away_now.append(row)
        for person in self.people.values():
            person.now.sort(key=lambda row: row.key)

    def _absence(self, line: Line) -> None:
        user = str(line.values["id"])
        person = self.people.get(user)
        if person is None:  # by the id that they are to have, or by name
            every = [each for each in self.people.values() if each.lines]
            called = {str(each.lines[0].values.get(key)): each for key in ("name", "id") for each in every}
            person = called.get(user)
        if person is None:
            what = f"'{self.account}' has no person '{user}'."
            self._wrong("unknown-person", what, instead_of(user, list(self.people), "people"), line.at("id"))
            return
        person.away.append(line)
        if line.now:
            self.people.get(line.now.key[1], person).away_now.append(line.now)

    def _wrong(self, code: str, what: str, fix: str, where: Location) -> None:
        self.findings.append(Finding(Level.ERROR, code, what, fix, where, self.account))

    def _without_seat(self, person: _Person) -> None:
        for line in person.away:
            what = f"the person '{person.user}' is taken away on the sheet People, and has an absence here."
            self._wrong("unknown-person", what, "Delete this row too.", line.at("id"))

    # ---- one entry --------------------------------------------------------------------------------------------------

    def _one(self, person: _Person, key: str) -> Value:
        """What all rows of a person must say alike; an edited one goes before the others."""
        said = [line.values.get(key) for line in person.lines if key in line.edited]
        said += [line.values.get(key) for line in person.lines if line.now] or [person.lines[0].values.get(key)]
        typed = {str(line.values.get(key)) for line in person.lines if key in line.edited and line.values.get(key)}
        if key == "name" and not any(key in line.edited for line in person.lines if line.now):
            # a new row renames nobody: its id may be the wrong one
            typed |= {str(line.values.get(key)) for line in person.lines if line.now and line.values.get(key)}
        if len(typed) > 1:
            column = PEOPLE.column(key)
            line = next(line for line in reversed(person.lines) if key in line.edited)
            what = (
                f"{column.header} of '{person.user}' is not the same in all of their rows: {', '.join(sorted(typed))}."
            )
            self._wrong("rows-differ", what, "Write it alike in each.", line.at(key))
        return said[0]

    def _change(self, entry: dict[str, Any], person: _Person) -> None:
        """Change the entry that a person has."""
        order = order_of("people")
        for key in ("id", *_OWN):
            edited = [line for line in person.lines if key in line.edited and line.now]
            if edited or (key in _OWN and any(key in line.edited and line.values.get(key) for line in person.lines)):
                value = self._one(person, key)
                if value != person.now[0].values.get(key):
                    put(entry, key, yaml_value(PEOPLE.column(key).kind, value), order)
        if len(person.lines) != len(person.now) or any(line.edited & set(_SEAT) for line in person.lines):
            self._seats(entry, person)
        self._absences(entry, person)

    def _seats(self, entry: dict[str, Any], person: _Person) -> None:
        order = order_of("people")
        if entry.get("seats") is not None:
            seats = ListOf(entry, "seats", order)
            old = [line for line in person.lines if line.now]
            for line in old:
                for key in line.edited & set(_SEAT):
                    put(seats.at(int(_last(line))), key, _of(line, key), order_of("seats"))
            seats.keep([int(_last(line)) for line in old], [_seat(line) for line in person.lines if not line.now])
            seats.store()
        elif len(person.lines) == 1 and len(person.now) == 1 and person.lines[0].now:
            line = person.lines[0]
            for key in line.edited & set(_SEAT):
                put(entry, key, _of(line, key), order)
        else:
            for key in _SEAT:
                put(entry, key, None, order)
            if len(person.lines) == 1:
                for key, value in _seat(person.lines[0]).items():
                    put(entry, key, value, order)
            else:
                put(entry, "seats", [_seat(line) for line in person.lines], order)

    def _absences(self, entry: dict[str, Any], person: _Person) -> None:
        if len(person.away) == len(person.away_now) and not any(line.edited for line in person.away):
            return
        away = ListOf(entry, "away", order_of("people"))
        old = [line for line in person.away if line.now and line.now.key[1] == person.user]
        for line in old:
            for key in line.edited & {"from", "to"}:
                put(away.at(int(_last(line))), key, _of(line, key), order_of("away"))
        new = [{"from": _of(line, "from"), "to": _of(line, "to")} for line in person.away if line not in old]
        away.keep([int(_last(line)) for line in old], new)
        away.store()

    def _entry(self, person: _Person) -> dict[str, Any]:
        """A new entry: all that is known of someone new; of someone of the people table what differs from it."""
        changed = person.new or any("id" in line.edited for line in person.lines)
        user = self._one(person, "id") if changed else person.user
        entry: dict[str, Any] = {"id": user}
        if person.new or user != person.user:
            entry |= {key: self._one(person, key) for key in _OWN}
        else:
            entry |= {key: self._one(person, key) for key in _OWN if any(key in line.edited for line in person.lines)}
        seated = person.new or len(person.lines) != len(person.now)
        if seated or user != person.user or any(line.edited & {*_SEAT, "title"} for line in person.lines):
            seats = [_seat(line) for line in person.lines]
            entry |= seats[0] if len(seats) == 1 else {"seats": seats}
        if person.away:
            entry["away"] = [{"from": _of(line, "from"), "to": _of(line, "to")} for line in person.away]
        return {key: value for key, value in entry.items() if value is not None}

    def _note_places(self, number: int, person: _Person) -> None:
        place: Place = ("people", number)
        for index, line in enumerate(person.lines):
            self.origins[(*place, "seats", index)] = line
        self.origins[place] = person.lines[0]
        for index, line in enumerate(person.away):
            self.origins[(*place, "away", index)] = line


def _last(line: Line) -> Any:
    """Where a seat or an absence stands in its list; one without a list is the first."""
    place = line.now.place if line.now else ()
    return place[-1] if len(place) > 2 else 0


def _of(line: Line, key: str) -> Any:
    return yaml_value(line.sheet.column(key).kind, line.values.get(key))


def _seat(line: Line) -> dict[str, Any]:
    found = {key: _of(line, key) for key in _SEAT}
    return {key: value for key, value in found.items() if value is not None}
