"""What a CSM types for the customer to read: asks, actions, outcome and impact; and actions promised in a past review.

A typed text goes into the customer's file as it is, so it is checked before: presence figures are refused; words of the
vendor's own concerns (ARR, renewal, churn), and names of people that the customer did not agree to, are warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Person
from qbrgen.define.model.review import ReviewRecord
from qbrgen.define.presence import presence_in
from qbrgen.define.schema import AccountFile
from qbrgen.errors import Finding, Level
from qbrgen.load.yaml_files import Place, YamlFile

_INTERNAL = re.compile(r"\b(arr|acv|mrr|churn\w*|renewals?|at risk|upsell\w*|cross-sell\w*|health score)\b", re.I)
_PRESENCE = "presence-figure"
_FIXES = {
    _PRESENCE: "Say what people get done instead; presence figures reach no file.",
    "internal-word": "Put it into the customer's words, or mark an action `internal: true`.",
    "name-not-agreed": "Name the role instead, or write `names_agreed: true` once the customer agreed.",
}


def check_customer_texts(account: str, written: AccountFile, file: YamlFile, people: Iterable[Person]) -> list[Finding]:
    """Findings for every text of an account's file that its customer will read. people: its roster."""
    names = [] if written.names_agreed else _names(people)
    findings: list[Finding] = []
    for text, place in _texts(written):
        for code, what in _found_in(text, names):
            level = Level.ERROR if code == _PRESENCE else Level.WARNING
            findings.append(Finding(level, code, what, _FIXES[code], file.at(*place), account))
    return findings


def check_promised_texts(record: ReviewRecord, file: YamlFile, account: Account) -> list[Finding]:
    """Findings for the actions of a record that its customer will read: they are told as they were recorded.

    Warnings all: what was delivered is no error of today. What is internal, in the record or today, is told to nobody.
    """
    names = [] if account.names_agreed else _names(account.people)
    findings: list[Finding] = []
    for then in record.promised.actions if record.promised else ():
        today = then.among(account.actions)
        if then.internal or (today and today.internal):
            continue
        where = file.at("promised", "actions", then.id, "action")
        for code, what in _found_in(then.action, names):
            fix = "Mark the action `internal: true` in the account's file, or here where that no longer has it."
            if code == "name-not-agreed":
                fix += " Or write `names_agreed: true` once the customer agreed."
            findings.append(Finding(Level.WARNING, code, what, fix, where, account.id))
    return findings


def _names(people: Iterable[Person]) -> list[str]:
    return [person.name for person in people if " " in person.name.strip()]


def _found_in(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(code, what is wrong) of a text that the customer would read. names: of people who may not be named."""
    word = presence_in(text)
    if word and re.search(r"\d", text):
        yield _PRESENCE, f"the customer would read a presence figure ('{word}') in '{text}'."
    internal = _INTERNAL.search(text)
    if internal:
        yield "internal-word", f"the customer would read '{internal[0]}' in '{text}'."
    for name in names:
        if name in text:
            yield "name-not-agreed", f"'{name}' is named in '{text}', and the account has not agreed to names."


def _texts(written: AccountFile) -> Iterator[tuple[str, Place]]:
    """(text, its place) of what is typed for the customer. Owners, witnesses and the sponsor are named by agreement."""
    yield written.ask, ("ask",)
    for index, action in enumerate(written.actions):
        if not action.internal:
            yield action.action, ("actions", index, "action")
    if written.outcome:
        yield written.outcome.bought, ("outcome", "bought")
        yield written.outcome.measure, ("outcome", "measure")
    for index, impact in enumerate(written.impact):
        yield impact.what, ("impact", index, "what")
        yield impact.period, ("impact", index, "period")
