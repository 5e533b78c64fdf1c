"""One account more: what the workspace knows of it already, and the answers to a few questions → its YAML file."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qbrgen.define.model.playbook import Persona
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.nearest import nearest
from qbrgen.sheet.cells import Value, yaml_value
from qbrgen.sheet.columns import ACCOUNTS, Column, Kind
from qbrgen.sheet.naming import file_name, slug
from qbrgen.sheet.rows import Known, plain_value, read_known
from qbrgen.sheet.tree import put_at
from qbrgen.sheet.yaml_text import entry

# Asked in this order; the account's own key → the question.
QUESTIONS = {
    "owner": "Who owns it (the CSM)",
    "segment": "Segment",
    "arr": "Annual recurring revenue, such as 184000 (internal)",
    "currency": "Its currency",
    "renewal": "Renewal date, such as 2027-03-31 (internal)",
    "language": "Language of its documents",
    "sponsor": "The customer's sponsor: who sits in the room",
    "role": "The sponsor's job title",
    "bought": "What they bought, in their own words (reach more buyers without hiring)",
    "measure": "The figure that shows it (first meetings per rep and month)",
    "unit": "Its unit (days, GBP; empty: none)",
    "base": "Where that figure stood before",
    "base_on": "On which day",
    "goal": "Where it should get to",
    "goal_on": "By when",
    "now": "Where it stands now",
    "now_on": "On which day",
    "next": "Day of the next review",
}
AFTER = {
    "role": "sponsor",
    "measure": "bought",
    "unit": "bought",
    "base": "bought",
    "base_on": "base",
    "goal": "bought",
}
AFTER |= {"goal_on": "goal", "now": "bought", "now_on": "now", "currency": "arr"}
"""A question that makes sense only once another is answered."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """One person as they are written into the file."""

    id: str
    name: str = ""
    persona: str = ""
    first: date | None = None


@dataclass(slots=True)
class Answers:
    """What has been answered. values: by column of the sheet Accounts."""

    account: str
    name: str
    playbook: str
    values: dict[str, Value] = field(default_factory=dict)
    people: list[NewPerson] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What the workspace knows of an account that has no file. table: by column, from the CRM. people: by persona id,
    those whom the people table has; nowhere: job titles of those in no persona."""

    table: Mapping[str, Value]
    table_file: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    people_file: str = ""
    nowhere: tuple[str, ...] = ()


def proposed_id(known: Known, name: str) -> str:
    """The id of an account of that name: as the CRM has it, else made of the name."""
    for row in known.parts.crm.rows.values():
        if row.name and row.name.casefold() == name.casefold():
            return row.id
    made = slug(name) or "account"
    free = _without_file(known)
    return next((each for each in free if slug(each) == made), made)


def _without_file(known: Known) -> list[str]:
    """Account ids that the tables know, and that have no file."""
    ids = {*known.parts.crm.rows, *known.parts.people.by_account}
    return sorted(each for each in ids if known.file_of(each) is None)


def check_id(known: Known, account: str) -> Finding | None:
    """Why no account of that id can be made; None where it can."""
    file = known.file_of(account)
    path = known.root / file_name(account)
    if file is None and not path.exists():
        return None
    what = f"there is an account '{account}' already." if file else f"{file_name(account)} is there already."
    fix = "Change that file, or `qbrgen sheet export`; or choose another id with --id."
    return Finding(Level.ERROR, "account-twice", what, fix, Location(file.name if file else file_name(account)))


def unknown_id(known: Known, account: str) -> Finding | None:
    """A warning for an id that no table knows; events of that account may not be found."""
    free = _without_file(known)
    if not free or account in free:
        return None
    close = nearest(account, free)
    what = f"no table of the workspace knows an account '{account}'."
    fix = f"Did you mean '{close}'?" if close else "See that it is the id that the events have."
    return Finding(Level.WARNING, "account-not-in-data", what, fix)


def beforehand(known: Known, account: str, playbook: str) -> Beforehand:
    """What is known of an account before anything is asked. playbook: "" where it is not yet known."""
    row = known.parts.crm.rows.get(account)
    table: dict[str, Value] = {}
    if row:
        keys = ("name", "playbook", "owner", "segment", "renewal")
        table = {key: plain_value(getattr(row, key)) for key in keys if getattr(row, key)}
        if row.arr:
            table |= {"arr": plain_value(row.arr.amount), "currency": row.arr.currency}
    rows = known.parts.people.of(account)
    found = known.parts.playbooks.sound.get(playbook)
    by_persona: Counter[str] = Counter()
    nowhere: dict[str, None] = {}
    for user, title, persona in {(each.user, each.title, each.persona) for each in rows}:
        named = persona if found and persona in found.matcher.ids else None
        fits = named or (found.matcher.persona_of(title) if found else None)
        if fits:
            by_persona[fits] += 1
        else:
            nowhere[title or user] = None
    where = row.where.file if row else ""
    return Beforehand(table, where, by_persona, rows[0].where.file if rows else "", tuple(sorted(nowhere)))


def personas_of(known: Known, playbook: str) -> tuple[Persona, ...]:
    """The personas of a playbook."""
    return known.parts.playbooks.sound[playbook].personas


def column(key: str) -> Column:
    """The column of the sheet Accounts: what an answer must be like."""
    return ACCOUNTS.column(key)


# ---- the file -------------------------------------------------------------------------------------------------------

_HINTS = {
    "owner": "# owner: who looks after it (the CSM)",
    "renewal": "# renewal: 2027-03-31      # internal",
    "sponsor": "# sponsor: {name: who sits in the room, role: job title}",
    "outcome": "# outcome:                 # what they bought, in their own words, and where it stands\n"
    "#   bought: reach more buyers without hiring more reps\n"
    "#   measure: first meetings booked per rep and month\n"
    "#   baseline: {value: 6, on: 2026-03-31}\n"
    "#   goal: {value: 10, on: 2026-12-31}",
    "impact": "# impact:                  # what the work produces, by whose word; the first is told in the summary\n"
    "#   - what: manual email time\n"
    "#     change: -30%\n"
    "#     source: estimate       # measured, estimate or benchmark: the words follow it\n"
    "#     by: who says so\n"
    "#     on: 2026-09-22",
    "people": "# people:                  # who works there, by persona\n"
    "#   - {id: user id in the events, name: Full Name, persona: id of the persona, from: 2026-01-05}",
    "actions": "# actions:                 # a plan needs an owner and a date\n"
    "#   - action: what will be done\n"
    "#     owner: who does it\n"
    "#     side: vendor           # or customer\n"
    "#     due: 2026-10-16",
    "ask": "# ask: the decision asked of the customer",
}


def account_text(known: Known, answers: Answers, before: Beforehand, today: date) -> str:
    """The YAML file, with comments: what was answered, and in comments what may come."""
    tree: dict[str, Any] = {"account": answers.account, "name": answers.name, "playbook": answers.playbook}
    for key, value in answers.values.items():
        each = column(key)
        if each.path:
            put_at(tree, each.path, yaml_value(each.kind, value))
    amount = answers.values.get("arr")
    if amount is not None:
        currency = answers.values.get("currency") or known.definitions.settings.currency
        number = yaml_value(Kind.NUMBER, amount)
        put_at(tree, ("arr",), f"{number} {currency}" if currency else number)
    if answers.people:
        tree["people"] = [_person(person) for person in answers.people]
    head = f"# Made by qbrgen account new on {today.isoformat()}. Lines after a # are examples; change what you like."
    top = [_line(key, tree, before) for key in ("account", "name", "playbook", *_MIDDLE, "sponsor", "next_review")]
    blocks = [_block(key, tree, before) for key in ("outcome", "impact", "people", "actions", "ask")]
    return "\n".join([head, *(line for line in top if line), *(f"\n{block}" for block in blocks)]) + "\n"


_MIDDLE = ("owner", "segment", "arr", "renewal", "language")


def _person(person: NewPerson) -> dict[str, Any]:
    first = person.first.isoformat() if person.first else None
    held = {"id": person.id, "name": person.name, "persona": person.persona, "from": first}
    return {key: value for key, value in held.items() if value}


def _line(key: str, tree: Mapping[str, Any], before: Beforehand) -> str:
    if key in tree:
        return entry(key, tree[key], 0)
    if key in before.table:
        return f"# {key}: from {before.table_file}; written here, it goes before that"
    return _HINTS.get(key, "")


def _block(key: str, tree: Mapping[str, Any], before: Beforehand) -> str:
    if key in tree:
        return entry(key, tree[key], 0)
    if key == "people" and before.people_file:
        return f"# people: the list comes from {before.people_file}, by job title."
    return _HINTS[key]


def missing(answers: Answers, before: Beforehand) -> list[str]:
    """What is still to be said of the account, the most important first."""
    found = []
    if not answers.people and not before.people:
        found.append("people: nobody can be active; the account is set aside until someone is named")
    for key, what in (
        ("bought", "outcome: what they bought"),
        ("base", "baseline: where the outcome stood before"),
        ("goal", "goal: where it should get to"),
        ("owner", "owner: the CSM"),
        ("renewal", "renewal date"),
        ("sponsor", "sponsor"),
    ):
        if not answers.values.get(key) and key not in before.table:
            found.append(what)
    return [*found, "impact: what the work produces, by whose word", "actions: the plan"]


def try_account(known: Known, account: str, text: str) -> list[Finding]:
    """What the workspace would say of the new file. Raises InputError for what it would not bear."""
    with tempfile.TemporaryDirectory(prefix="qbrgen-account-") as folder:
        path = Path(folder) / Path(file_name(account)).name
        path.write_text(text, encoding="utf-8", newline="\n")
        after = read_known(known.root, {file_name(account): path})
    reasons = after.definitions.set_aside.get(account, ())
    errors = [finding for finding in reasons if finding.level is Level.ERROR and finding.code not in _TO_COME]
    if errors:
        raise InputError(_renamed(errors, str(path), account))
    return _renamed((f for f in after.definitions.findings if f.account == account), str(path), account)


_TO_COME = frozenset({"account-without-people", "account-without-personas"})


def _renamed(findings: Iterable[Finding], temporary: str, account: str) -> list[Finding]:
    found = []
    for each in findings:
        where = each.where
        if where and where.file == temporary:
            where = Location(file_name(account), where.line)
        found.append(Finding(each.level, each.code, each.what, each.fix, where, each.account))
    return found
