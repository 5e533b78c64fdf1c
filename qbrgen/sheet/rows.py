"""A workspace → the rows of the sheets: what each cell shows, where it comes from, and where its row stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from qbrgen.define.accounts import WrittenAccount
from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Person
from qbrgen.define.model.workspace import Definitions
from qbrgen.define.schema import ActionWritten, ImpactWritten, PersonWritten
from qbrgen.define.stand_ins import SETTINGS, StandIns
from qbrgen.define.workspace import Parts, put_together, read_parts
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.identifiers import in_full
from qbrgen.load.nearest import instead_of
from qbrgen.load.yaml_files import Place, YamlFile
from qbrgen.period import monday_of
from qbrgen.sheet.cells import Value, text_value, week_text
from qbrgen.sheet.columns import ACCOUNTS, EVERYONE, IMPACT, PLANS, Column

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. key: which thing it is, unique on its sheet, the same as long as the thing is there.

    values: by column, those only shown among them. origins: column → where a value comes from that the account's own
    file does not hold ("data/crm.csv"). place: keys and list positions to where it is written, () for the whole file.
    """

    key: Key
    account: str
    values: Mapping[str, Value]
    origins: Mapping[str, str] = field(default_factory=dict)
    place: Place = ()


Rows = dict[str, dict[Key, Row]]


@dataclass(frozen=True, slots=True)
class Known:
    """A workspace as the sheets need it. aside: accounts that are left out as they are broken."""

    root: Path
    parts: Parts
    definitions: Definitions

    @property
    def settings_file(self) -> YamlFile:
        return self.parts.loaded.file

    def file_of(self, account: str) -> YamlFile | None:
        """An account's own file; None for one that only a table knows."""
        written = self.parts.written.get(account)
        return written.file if written and written.has_file else None


def read_known(root: Path, stand_ins: StandIns | None = None) -> Known:
    """Read a workspace. Raises InputError with every finding when it cannot be used."""
    parts = read_parts(root, stand_ins or {})
    return Known(root, parts, put_together(parts))


def chosen_accounts(known: Known, wanted: Iterable[str]) -> list[str]:
    """The accounts wanted, else all that are sound. Raises InputError for those that are not there or broken."""
    sound, aside = known.definitions.accounts, known.definitions.set_aside
    names = list(dict.fromkeys(map(in_full, wanted)))
    findings: list[Finding] = []
    for name in names:
        if name in aside:
            findings += aside[name]
        elif name not in sound:
            fix = instead_of(name, sorted(sound), "accounts")
            findings.append(Finding(Level.ERROR, "unknown-account", f"there is no account '{name}'.", fix))
    if findings:
        raise InputError(findings)
    return names or list(sound)


def rows_of(known: Known, accounts: Iterable[str]) -> Rows:
    """The rows of every sheet, in the order that they stand in."""
    rows: Rows = {"accounts": {}, "people": {}, "away": {}, "impact": {}, "plans": {}, "targets": {}, "closed": {}}
    settings = known.parts.loaded.written
    for row in _closed("", "", settings.closed_weeks if settings else []):
        _add(rows["closed"], row)
    for name in accounts:
        account, source = known.definitions.accounts[name], known.parts.written[name]
        _add(rows["accounts"], _account(known, source, account))
        for sheet, found in (
            ("people", _people(known, source, account)),
            ("away", _away(source, account)),
            ("impact", _items(account, "impact", source.written.impact)),
            ("plans", _items(account, "actions", source.written.actions)),
            ("targets", _targets(known, source, account)),
            ("closed", _closed(name, account.name, source.written.closed_weeks)),
        ):
            for row in found:
                _add(rows[sheet], row)
    return rows


def _add(rows: dict[Key, Row], row: Row) -> None:
    rows.setdefault(row.key, row)


def plain_value(raw: Any) -> Value:
    """A value of the schema as a cell shows it."""
    if isinstance(raw, StrEnum):
        return raw.value
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        return text_value(raw)
    return Fraction(raw) if isinstance(raw, int) else raw


def written_at(model: Any, path: Iterable[str]) -> Value:
    """What a schema's model holds at a path of keys."""
    for key in path:
        if model is None:
            return None
        model = getattr(model, f"{key}_" if key == "from" else key)
    return plain_value(model)


# ---- accounts -------------------------------------------------------------------------------------------------------


def _account(known: Known, source: WrittenAccount, account: Account) -> Row:
    written = source.written
    values = {column.key: written_at(written, column.path) for column in ACCOUNTS.columns if column.path}
    values["account"] = account.id
    row = known.parts.crm.rows.get(account.id)
    table = row.where.file if row else ""
    origins: dict[str, str] = {}
    values["arr"] = Fraction(account.arr.amount) if account.arr else None
    values["currency"] = account.arr.currency if account.arr else None
    if written.arr is None and account.arr:
        origins |= {"arr": table, "currency": table}
    elif written.arr is not None and not written.arr.currency:
        origins["currency"] = SETTINGS
    for key in ("name", "owner", "segment", "renewal"):
        if not values[key] and row and getattr(row, key):
            values[key], origins[key] = plain_value(getattr(row, key)), table
    if not values["name"]:
        values["name"], origins["name"] = account.id, "its id"
    if not values["playbook"]:
        values["playbook"] = account.playbook
        origins["playbook"] = table if row and row.playbook else SETTINGS
    if not values["language"]:
        values["language"], origins["language"] = account.language, SETTINGS
    return Row((account.id,), account.id, values, origins)


# ---- people ---------------------------------------------------------------------------------------------------------


def owns_people(source: WrittenAccount) -> bool:
    """Whether an account lists its people itself, in place of the people table."""
    return source.has_file and source.file.has("people")


def _people(known: Known, source: WrittenAccount, account: Account) -> Iterator[Row]:
    tables = {row.user: row.where.file for row in known.parts.people.of(account.id)}
    entries: list[PersonWritten | None] = [None] * len(account.people)
    if owns_people(source):
        entries = list(source.written.people)
    for index, (person, entry) in enumerate(zip(account.people, entries, strict=True)):
        origin = tables.get(person.id, "the playbook's job titles")
        yield from _seats(account, person, entry, origin, ("people", index))


def _seats(account: Account, person: Person, entry: PersonWritten | None, origin: str, place: Place) -> Iterator[Row]:
    seats = [(seat.persona, seat.first, seat.last) for seat in person.seats]
    if entry and entry.seats:
        seats = [(seat.persona, seat.from_, seat.to) for seat in entry.seats]
    own = {"persona", "from", "to"} if entry and entry.seats else set()
    own |= {key for key in ("id", "name", "title", "persona", "from", "to") if entry and written_at(entry, (key,))}
    name = None if person.name == person.id and "name" not in own else text_value(person.name)
    for number, (persona, first, last) in enumerate(seats):
        values: dict[str, Value] = {
            "account": account.id,
            "account_name": text_value(account.name),
            "id": text_value(person.id),
            "name": name,
            "title": text_value(person.title),
            "persona": persona,
            "from": first,
            "to": last,
        }
        keys = ("id", "name", "title", "persona", "from", "to")
        origins = {key: origin for key in keys if key not in own and values[key] is not None}
        at = (*place, "seats", number) if entry and entry.seats else place
        yield Row((account.id, person.id, str(number)), account.id, values, origins, at)


def _away(source: WrittenAccount, account: Account) -> Iterator[Row]:
    if not owns_people(source):
        return
    for index, (person, entry) in enumerate(zip(account.people, source.written.people, strict=True)):
        for number, away in enumerate(entry.away):
            values: dict[str, Value] = {
                "account": account.id,
                "account_name": text_value(account.name),
                "id": text_value(person.id),
                "name": text_value(person.name),
                "from": away.from_,
                "to": away.to,
            }
            key = (account.id, person.id, away.from_.isoformat(), away.to.isoformat())
            yield Row(key, account.id, values, place=("people", index, "away", number))


# ---- impact, plans, targets, closed weeks ---------------------------------------------------------------------------


def _items(account: Account, name: str, items: Iterable[ImpactWritten | ActionWritten]) -> Iterator[Row]:
    """Impacts or actions. One without an id is known again by its text."""
    sheet = IMPACT if name == "impact" else PLANS
    seen: Counter[str] = Counter()
    for index, each in enumerate(items):
        called = each.id or f"“{each.what if isinstance(each, ImpactWritten) else each.action}”"
        seen[called] += 1
        values = _common(sheet.columns, account, each)
        if name == "impact":
            values["place"] = Fraction(index + 1)
        key = (account.id, called) if seen[called] == 1 else (account.id, called, str(seen[called]))
        yield Row(key, account.id, values, place=(name, index))


def _common(columns: Iterable[Column], account: Account, model: Any) -> dict[str, Value]:
    values: dict[str, Value] = {"account": account.id, "account_name": text_value(account.name)}
    return values | {column.key: written_at(model, column.path) for column in columns if column.path}


def _targets(known: Known, source: WrittenAccount, account: Account) -> Iterator[Row]:
    playbook = known.parts.playbooks.sound[account.playbook].written
    usual: dict[tuple[str, str], Value] = {}
    for each in playbook.personas:
        usual[each.id, ""] = each.target
        usual |= {(each.id, workflow.id): workflow.target for workflow in each.workflows}
    overrides = source.written.overrides.personas if source.written.overrides else {}
    for persona in account.personas:
        change = overrides.get(persona.id)
        spots = [("", f"{persona.name}: share to be active", change.target if change else None)]
        for workflow in persona.workflows:
            own = change.workflows.get(workflow.id) if change else None
            spots.append((workflow.id, workflow.name, own.target if own else None))
        for spot, what, target in spots:
            values: dict[str, Value] = {
                "account": account.id,
                "account_name": text_value(account.name),
                "persona": persona.id,
                "workflow": spot or None,
                "what": text_value(what),
                "playbook": usual.get((persona.id, spot)),
                "target": target,
            }
            place = ("overrides", "personas", persona.id, *(("workflows", spot) if spot else ()))
            yield Row((account.id, persona.id, spot), account.id, values, place=place)


def _closed(account: str, name: str, weeks: Iterable[int]) -> Iterator[Row]:
    for index, week in enumerate(weeks):
        values: dict[str, Value] = {
            "account": account or EVERYONE,
            "account_name": text_value(name),
            "week": week_text(week),
            "monday": monday_of(week),
        }
        yield Row((account, week_text(week)), account, values, place=("closed_weeks", index))


# ---- lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lists:
    """What may be chosen: playbooks and accounts of the workspace, personas and gaps to close by account."""

    playbooks: list[str]
    accounts: list[str]
    personas: Mapping[str, list[str]]
    closes: Mapping[str, list[str]]


def lists_of(known: Known, accounts: Iterable[str]) -> Lists:
    """The lists behind the drop-downs."""
    personas: dict[str, list[str]] = {}
    closes: dict[str, list[str]] = {}
    for name in accounts:
        held = known.definitions.accounts[name].personas
        personas[name] = [persona.id for persona in held]
        closes[name] = [
            *(end for p in held for end in (p.id, *(f"{p.id}/{workflow.id}" for workflow in p.workflows))),
            "impact",
            "outcome",
        ]
    return Lists(sorted(known.parts.playbooks.sound), list(personas), personas, closes)
