"""Who is in which persona at which account: by the people tables, and by the lists that accounts write themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Absence, Person, Seat
from qbrgen.define.model.playbook import Persona
from qbrgen.define.people_tables import People, PersonRow
from qbrgen.define.schema import PersonWritten
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import is_nothing
from qbrgen.load.identifiers import in_full
from qbrgen.load.nearest import instead_of, listed
from qbrgen.load.yaml_files import YamlFile


class Matcher:
    """Finds the persona of a job title: the first whose patterns it fits. Case does not matter, spaces little."""

    def __init__(self, personas: tuple[Persona, ...]) -> None:
        self.ids = [persona.id for persona in personas]
        self._patterns = [(persona.id, _pattern(persona.titles)) for persona in personas if persona.titles]
        self._known: dict[str, str | None] = {}

    def persona_of(self, title: str) -> str | None:
        if title not in self._known:
            words = " ".join(title.split())
            fits = (name for name, pattern in self._patterns if pattern.fullmatch(words))
            self._known[title] = next(fits, None)
        return self._known[title]


def fits(pattern: str, title: str) -> bool:
    """Whether a job title fits one pattern of a persona."""
    return _pattern([pattern]).fullmatch(" ".join(title.split())) is not None


def _pattern(titles: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(" ".join(title.split())).replace(r"\*", ".*").replace(r"\?", ".") for title in titles)
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE | re.DOTALL)


# ---- from the table -------------------------------------------------------------------------------------------------


def from_table(account: str, people: People, matcher: Matcher) -> tuple[tuple[Person, ...], list[Finding]]:
    """The people of an account by the people table, in order of user id, each called as their latest seat says.

    Those of no persona are left out and tallied in `people`. A day of a seat that cannot be read is an error.
    """
    seats: dict[str, list[tuple[Seat, PersonRow]]] = {}
    left_out: dict[str, str] = {}
    others: list[PersonRow] = []
    for row in people.of(account):
        persona = _persona_of_row(row, people, matcher)
        if persona is not None:
            seats.setdefault(row.user, []).append((Seat(persona, row.first, row.last), row))
        elif row.otherwise:
            others.append(row)
        else:
            left_out[row.user] = row.title
    for row in [row for row in others if row.user not in seats]:
        if row.otherwise in matcher.ids:
            seats.setdefault(row.user, []).append((Seat(row.otherwise, row.first, row.last), row))
        else:
            people.unknown_personas[row.otherwise].append(row.where)
    for user, title in left_out.items():
        if user not in seats:
            people.unmatched[title] += 1
    findings: list[Finding] = []
    result: list[Person] = []
    for user, held in seats.items():
        findings += _seat_findings(user, held, account)
        row = held[-1][1]
        ordered = sorted({seat for seat, _ in held}, key=_from)
        result.append(Person(user, row.name or user, tuple(ordered), (), row.title))
    taken = [wrong for held in seats.values() for _, row in held for _, wrong in row.wrong]
    return tuple(result), [*findings, *_of_account(account, taken)]


def _of_account(account: str, wrong: Iterable[Finding]) -> list[Finding]:
    return [replace(each, account=account) for each in wrong]


def _persona_of_row(row: PersonRow, people: People, matcher: Matcher) -> str | None:
    if not row.persona or is_nothing(row.persona):
        return matcher.persona_of(row.title)
    if row.persona in matcher.ids:
        return row.persona
    people.unknown_personas[row.persona].append(row.where)
    return None


def _from(seat: Seat) -> tuple[date, date]:
    return (seat.first or date.min, seat.last or date.max)


def _seat_findings(user: str, held: list[tuple[Seat, PersonRow]], account: str) -> list[Finding]:
    return check_seats(user, [(seat, row.where) for seat, row in held], account)


def check_seats(user: str, seats: list[tuple[Seat, Location]], account: str) -> list[Finding]:
    """A seat ends after it begins, and nobody is in two personas at once. The same seat twice is the same seat.

    Seats of one persona that overlap are one seat (its days are all of theirs), and that is said.
    """
    findings: list[Finding] = []
    ordered = sorted(dict(reversed(seats)).items(), key=lambda each: _from(each[0]))
    latest: dict[str, tuple[date, Location]] = {}  # persona → the last day so far, and the seat that has it
    for seat, where in ordered:
        begins, ends = _from(seat)
        if ends < begins:
            what = f"the seat of {user} ends on {seat.last}, before it begins on {seat.first}."
            fix = "Correct one of the two days."
            findings.append(Finding(Level.ERROR, "seat-ends-before-it-begins", what, fix, where, account))
            continue
        for persona, (until, other) in latest.items():
            if begins <= until:
                findings.append(_at_once(user, seat.persona, persona, where, other, account))
        until, other = latest.get(seat.persona, (date.min, where))
        latest[seat.persona] = max((until, other), (ends, where), key=lambda each: each[0])
    return findings


def _at_once(user: str, persona: str, other: str, where: Location, also: Location, account: str) -> Finding:
    if persona == other:
        what = f"{user} holds two seats as '{persona}' at the same time (also {also}): they count as one."
        fix = "Where that is wrong, end the first seat the day before the second begins."
        return Finding(Level.WARNING, "overlapping-seats", what, fix, where, account)
    what = f"{user} is in two personas at the same time, '{other}' ({also}) and '{persona}'."
    fix = "End the first seat the day before the second begins."
    return Finding(Level.ERROR, "two-personas-at-once", what, fix, where, account)


def in_two_accounts(accounts: Iterable[Account]) -> dict[str, list[str]]:
    """User → the accounts where they hold seats on the same days."""
    held: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for account in accounts:
        for person in account.people:
            held[person.id] += [(*_from(seat), account.id) for seat in person.seats]
    found: dict[str, list[str]] = {}
    for user, seats in held.items():
        together: set[str] = set()
        for number, (begins, ends, account_id) in enumerate(seats):
            for other in seats[:number]:
                if account_id != other[2] and begins <= other[1] and other[0] <= ends:
                    together |= {account_id, other[2]}
        if together:
            found[user] = sorted(together)
    return found


# ---- from the account's own list ------------------------------------------------------------------------------------


def from_list(
    written: list[PersonWritten], file: YamlFile, account: str, people: People, matcher: Matcher
) -> tuple[tuple[Person, ...], list[Finding]]:
    """The people that an account lists itself; what the list leaves out comes from the people table."""
    findings: list[Finding] = []
    rows: dict[str, list[PersonRow]] = defaultdict(list)
    for row in people.of(account):
        rows[row.user].append(row)
    by_name: dict[str, list[str]] = defaultdict(list)
    for each, held in rows.items():
        by_name[held[-1].name.casefold()].append(each)
    found: dict[str, Person] = {}
    taken: list[Finding] = []
    for index, person in enumerate(written):
        where = file.at("people", index)
        user = in_full(person.id) or _user_of(person.name, by_name)
        if user is None:
            what = f"{person.name or 'a person'} has no id, and the people table does not have that name just once."
            fix = "Add `id:`, the user id in the events."
            findings.append(Finding(Level.ERROR, "person-without-id", what, fix, where, account))
            continue
        if user in found:
            fix = "Keep one entry; write several `seats:` under it."
            what = f"the person '{user}' is listed twice."
            findings.append(Finding(Level.ERROR, "person-twice", what, fix, where, account))
            continue
        own = rows.get(user, [])
        seats, wrong = _seats_of(person, user, file, index, account, own, matcher)
        findings += wrong
        taken += _days_taken(person, own)
        absences, wrong = _absences(person, file, index, account)
        findings += wrong
        table = own[-1] if own else None
        name = person.name or (table.name if table else "") or user
        title = person.title or (table.title if table else "")
        found[user] = Person(user, name, seats, absences, title)
    return tuple(found.values()), [*findings, *_of_account(account, taken)]


def _user_of(name: str, by_name: Mapping[str, list[str]]) -> str | None:
    users = by_name.get(name.casefold(), []) if name else []
    return users[0] if len(users) == 1 else None


def _seats_of(
    person: PersonWritten,
    user: str,
    file: YamlFile,
    index: int,
    account: str,
    rows: list[PersonRow],
    matcher: Matcher,
) -> tuple[tuple[Seat, ...], list[Finding]]:
    where = file.at("people", index)
    if person.seats and (person.persona or person.from_ or person.to):
        fix = "Move persona, from and to into `seats:`."
        what = f"the person '{user}' has both `seats:` and a persona or days beside it."
        return (), [Finding(Level.ERROR, "seats-twice", what, fix, where, account)]
    if person.seats:
        places = [file.at("people", index, "seats", number) for number in range(len(person.seats))]
        held = [(Seat(s.persona, s.from_, s.to), place) for s, place in zip(person.seats, places, strict=True)]
    else:
        held = _seat_written(person, rows, file.at("people", index, "persona"), matcher)
        if not held:
            fix = f"Add `persona:`, one of: {listed(matcher.ids)}."
            what = f"the person '{user}' has no persona."
            return (), [Finding(Level.ERROR, "person-without-persona", what, fix, where, account)]
    findings = [
        Finding(
            Level.ERROR,
            "unknown-persona",
            f"the person '{user}' is in the persona '{seat.persona}', which the account does not have.",
            instead_of(seat.persona, matcher.ids, "personas"),
            place,
            account,
        )
        for seat, place in held
        if seat.persona not in matcher.ids
    ]
    findings += check_seats(user, held, account)
    return tuple(sorted({seat for seat, _ in held}, key=_from)), findings


def _seat_written(
    person: PersonWritten, rows: list[PersonRow], place: Location, matcher: Matcher
) -> list[tuple[Seat, Location]]:
    """The seat that an entry without `seats:` writes; what it leaves out, its row of the people table has.

    Where it writes nothing of a seat at all, all its rows are its seats: someone who left and came back has two.
    """

    def of(row: PersonRow) -> str | None:
        return row.persona if row.persona in matcher.ids else matcher.persona_of(row.title)

    otherwise = next((row.otherwise for row in rows if row.otherwise in matcher.ids), None)
    if not (person.persona or person.title or person.from_ or person.to):
        held = [(Seat(persona, row.first, row.last), row.where) for row in rows if (persona := of(row))]
        return held or ([(Seat(otherwise, rows[-1].first, rows[-1].last), rows[-1].where)] if otherwise else [])
    row = rows[-1] if rows else None
    listed_in = row.persona if row and row.persona in matcher.ids else None
    persona = person.persona or listed_in or matcher.persona_of(person.title or (row.title if row else ""))
    persona = persona or otherwise
    if persona is None:
        return []
    first, last = person.from_ or (row.first if row else None), person.to or (row.last if row else None)
    return [(Seat(persona, first, last), place)]


def _days_taken(person: PersonWritten, rows: list[PersonRow]) -> Iterator[Finding]:
    """What cannot be read of the days that an entry takes from its rows, as `_seat_written` does."""
    if person.seats:
        return
    own = {"from": person.from_, "to": person.to}
    whole = not (person.persona or person.title or person.from_ or person.to)
    for row in rows if whole else rows[-1:]:
        yield from (wrong for field, wrong in row.wrong if not own[field])


def _absences(
    person: PersonWritten, file: YamlFile, index: int, account: str
) -> tuple[tuple[Absence, ...], list[Finding]]:
    findings: list[Finding] = []
    for number, away in enumerate(person.away):
        if away.to < away.from_:
            what = f"the absence of {person.id or person.name} ends on {away.to}, before it begins on {away.from_}."
            where = file.at("people", index, "away", number)
            fix = "Correct one of the two days."
            findings.append(Finding(Level.ERROR, "absence-ends-before-it-begins", what, fix, where, account))
    return tuple(Absence(away.from_, away.to) for away in person.away), findings
