"""What a CSM types for the customer to read: asks, actions, outcome and impact.

A typed text goes into the customer's file as it is, so it is checked before: presence figures are refused; words of the
vendor's own concerns (ARR, renewal, churn), and names of people that the customer did not agree to, are warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qbrgen.define.model import Person
from qbrgen.define.presence import presence_in
from qbrgen.define.schema import AccountFile
from qbrgen.errors import Finding, Level
from qbrgen.load.yaml_files import Place, YamlFile

_INTERNAL = re.compile(r"\b(arr|acv|mrr|churn\w*|renewals?|at risk|upsell\w*|cross-sell\w*|health score)\b", re.I)


def check_customer_texts(account: str, written: AccountFile, file: YamlFile, people: Iterable[Person]) -> list[Finding]:
    """Findings for every text of an account's file that its customer will read. people: its roster."""
    names = [] if written.names_agreed else [person.name for person in people if " " in person.name.strip()]
    findings: list[Finding] = []
    for text, place in _texts(written):
        word = presence_in(text)
        if word and re.search(r"\d", text):
            what = f"the customer would read a presence figure ('{word}') in '{text}'."
            fix = "Say what people get done instead; presence figures reach no file."
            findings.append(Finding(Level.ERROR, "presence-figure", what, fix, file.at(*place), account))
        internal = _INTERNAL.search(text)
        if internal:
            what = f"the customer would read '{internal[0]}' in '{text}'."
            fix = "Put it into the customer's words, or mark an action `internal: true`."
            findings.append(Finding(Level.WARNING, "internal-word", what, fix, file.at(*place), account))
        for name in names:
            if name in text:
                what = f"'{name}' is named in '{text}', and the account has not agreed to names."
                fix = "Name the role instead, or write `names_agreed: true` once the customer agreed."
                findings.append(Finding(Level.WARNING, "name-not-agreed", what, fix, file.at(*place), account))
    return findings


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
