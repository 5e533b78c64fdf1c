"""What tests of commands and documents would make again and again of the same input is made once and kept: counts,
pictures and wording. conftest.py puts these in the place of the product's own.

A key holds all that its result depends on. Counting, scoring and the reading of words are tested by the product's own
functions (tests/measure, tests/twin, tests/score, tests/narrate).
"""

from __future__ import annotations

import copy
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from qbrgen.define.model.account import Account
from qbrgen.define.model.playbook import Persona
from qbrgen.define.model.settings import Rules
from qbrgen.define.model.workspace import Definitions
from qbrgen.measure.counts import Counts
from qbrgen.measure.events import measure
from qbrgen.narrate import wording
from qbrgen.period import Period
from qbrgen.resources import templates_dir
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture

MOST = 24  # of each kind, some megabytes each
# What is written there is in the definitions, or no counting asks for it.
NOT_COUNTED = frozenset({"qbrgen.yml", "accounts", "playbooks", "reviews", "templates", "themes", "out"})
_OF_WORKFLOWS = re.compile("playbook/|account/.*/overrides/")
NO_WEEKS: frozenset[int] = frozenset()
_load_wording = wording.load_wording


class Kept:
    """The things made last, by what they were made of."""

    def __init__(self) -> None:
        self._made: OrderedDict[Any, Any] = OrderedDict()

    def __len__(self) -> int:
        return len(self._made)

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._made:
            self._made[key] = make()
            if len(self._made) > MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key]


class Once:
    """`measure`, `score_accounts` and `load_wording` as tests of commands and documents have them."""

    def __init__(self) -> None:
        self.kept = {"counts": Kept(), "pictures": Kept(), "wordings": Kept()}
        self._of: OrderedDict[int, tuple[Counts, bytes]] = OrderedDict()

    def measure(self, definitions: Definitions, as_of: date | None = None) -> Counts:
        """The same files under definitions that ask for the same events are counted once.

        The product counts what `asked_of` leaves: were it to ask for more, the counts would be found wrong.
        """
        if _elsewhere(definitions):
            return measure(definitions, as_of)
        asked = asked_of(definitions)
        root = definitions.settings.root
        key = _said(root, (asked, as_of)) + _bytes_of(root, NOT_COUNTED)
        counts: Counts = copy.deepcopy(self.kept["counts"].get(key, lambda: measure(asked, as_of)))
        self._of[id(counts)] = (counts, key)
        if len(self._of) > MOST:
            self._of.popitem(last=False)
        return counts

    def score_accounts(
        self, definitions: Definitions, counts: Counts, period: Period, only: Iterable[str] | None = None
    ) -> dict[str, AccountPicture]:
        """The same definitions and counts are scored once; of counts that were not made here nothing is known."""
        only = None if only is None else tuple(only)
        known = self._of.get(id(counts))
        if known is None:
            return score_accounts(definitions, counts, period, only)
        key = known[1] + _said(definitions.settings.root, (definitions, period, only))
        return dict(self.kept["pictures"].get(key, lambda: score_accounts(definitions, counts, period, only)))

    def load_wording(self, root: Path | None, locale: str, *, thorough: bool = False) -> wording.Wording:
        """The same files of words are read, and their templates compiled, once."""
        folder = root / "templates" / "wording" if root else None
        if folder and folder.exists() and not folder.is_dir():
            return _load_wording(root, locale, thorough=thorough)
        own = _bytes_of(folder) if folder and folder.exists() else b""
        key = (own, _stamps(templates_dir() / "wording"), locale, thorough)
        found: wording.Wording = self.kept["wordings"].get(key, lambda: _load_wording(root, locale, thorough=thorough))
        return found


def asked_of(definitions: Definitions) -> Definitions:
    """What counting asks of definitions: the data's files and columns, who there is, and how each workflow is counted,
    today and in recorded reviews, and where that is written. No name, target, plan or note."""
    told = replace(
        definitions.settings, vendor="", theme="", locale="", rules=Rules(), draft=False, closed_weeks=NO_WEEKS
    )
    return replace(
        definitions,
        settings=told,
        accounts={name: _only_counted(account) for name, account in definitions.accounts.items()},
        set_aside=dict.fromkeys(definitions.set_aside, ()),
        findings=(),
        where={what: place for what, place in definitions.where.items() if _OF_WORKFLOWS.match(what)},
        reviews={
            name: {
                period: replace(record, told={}, promised=None, personas=tuple(map(_only_measures, record.personas)))
                for period, record in found.items()
            }
            for name, found in definitions.reviews.items()
        },
        broken_reviews={},
    )


def _only_counted(account: Account) -> Account:
    personas = (
        Persona(each.id, "", "", each.rhythm, Fraction(0), _only_measures(each).workflows) for each in account.personas
    )
    people = (replace(person, name="", title="", absences=()) for person in account.people)
    return Account(account.id, "", account.playbook, tuple(personas), tuple(people))


def _only_measures(persona: Any) -> Any:
    """A persona, as it is or as it was delivered, whose workflows have no words and no target."""
    flows = (replace(flow, name="", target=Fraction(0)) for flow in persona.workflows)
    return replace(persona, name="", target=Fraction(0), workflows=tuple(flows))


def _elsewhere(definitions: Definitions) -> bool:
    """Whether some of the data lie in a database or beside the workspace, where they may change unseen."""
    settings = definitions.settings
    sources = settings.sources
    tables = [*sources.events, *sources.presence, *sources.values, *sources.people, *sources.accounts]
    tables += [names for table in tables for names in table.names.values()]
    return any(table.database or not table.path.is_relative_to(settings.root) for table in tables)


def _said(root: Path, what: object) -> bytes:
    """A digest of definitions and the like, whatever folder they are in."""
    return sha256(repr(what).replace(str(root), ".").encode()).digest()


def _bytes_of(root: Path, but: frozenset[str] = frozenset()) -> bytes:
    """A digest of the names and bytes of every file below a folder, but for those in some folders of it."""
    found = sha256()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if name.parts[0] not in but and path.is_file():
            found.update(f"{name}\n".encode() + sha256(path.read_bytes()).digest())
    return found.digest()


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells that files of the product itself were changed, as a test of its words may do."""
    found = ((str(path), path.stat()) for path in sorted(folder.rglob("*.yml")))
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in found)
