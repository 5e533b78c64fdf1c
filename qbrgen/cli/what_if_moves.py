"""What would go from which state to which, added up over the accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from qbrgen.cli.what_if_lines import moved, state_of, verdict

if TYPE_CHECKING:
    from qbrgen.score.difference import Difference

Moves = Mapping[tuple[str, str | None, str | None], int]
"""(what, old state, new state) → how many; None: not there."""


def moves(found: Iterable[Difference]) -> Moves:
    """What goes from which state to which, over many accounts: workflows, personas, people, then accounts."""
    differences = list(found)
    pairs: list[tuple[str, str | None, str | None]] = []
    for each in differences:
        flows = ((flow.then, flow.now) for flow in each.workflows)
        pairs += [("workflow", old.state if old else None, new.state if new else None) for old, new in flows]
    for each in differences:
        personas = ((persona.then, persona.now) for persona in each.personas)
        pairs += [("persona", verdict(old) if old else None, verdict(new) if new else None) for old, new in personas]
    for each in differences:
        pairs += [("person", state_of(person.then), state_of(person.now)) for person in moved(each)]
    pairs += [("account", each.then.standing, each.now.standing) for each in differences]
    return Counter((what, old, new) for what, old, new in pairs if old != new)
