"""What is known of an export: a frozen `Export`; and how names of columns are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

KINDS = ("events", "people", "accounts", "presence", "values", "names")
"""What a table may hold. names: ids with their names, for `names:` beside another table."""

_UNHEARD = re.compile(r"""[\s_\-"'`\u00a0\ufeff]+""")

Columns = Mapping[str, tuple[str, ...]]
"""Our field → the columns that may hold it, the best first."""


@dataclass(frozen=True, slots=True)
class Export:
    """One table that a tool exports.

    name: what `export:` in qbrgen.yml says. called: what it is called to people. get: where it comes from.
    needs: by what it is recognised: of each group one column must be there. knows: further columns that it usually
    has. lacks: columns that it never has. columns: by what it holds (see KINDS), the columns of our fields; the first
    kind is what it is used for where nobody says. counts: patterns of columns that hold counts, each of which becomes
    an event of its name. each_row: what a row stands for, as in qbrgen.yml. presence: patterns of event names that say
    no more than that someone was there, or that the tool sends by itself. goes_before: exports whose columns its files
    have too. general: of no vendor; every vendor goes before it. salesforce_ids: its ids are those of Salesforce.
    joins: what to write beside it to bring in its other tables. traps: what misleads, a sentence each. unused: why
    nothing in it can be counted; "" where something can.
    """

    name: str
    called: str
    get: str
    needs: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Columns]
    knows: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    each_row: str = "event"
    presence: tuple[str, ...] = ()
    goes_before: tuple[str, ...] = ()
    general: bool = False
    salesforce_ids: bool = False
    joins: str = ""
    traps: tuple[str, ...] = ()
    unused: str = ""

    @property
    def holds(self) -> tuple[str, ...]:
        """What it can be used for, the usual first."""
        return tuple(self.columns)

    def mapping(self, kind: str, columns: Iterable[str]) -> dict[str, str]:
        """Our fields → the columns of a file that hold them; a field that no column holds is left out."""
        finder = Finder(columns)
        found = {ours: finder.first(theirs) for ours, theirs in self.columns.get(kind, {}).items()}
        return {ours: column for ours, column in found.items() if column is not None}

    def event_columns(self, columns: Iterable[str]) -> dict[str, str]:
        """Event name → the column that counts it: every column of counts, under its own name."""
        patterns = [heard(pattern) for pattern in self.counts]
        return {name: name for name in columns if any(fnmatchcase(heard(name), pattern) for pattern in patterns)}

    def missing(self, columns: Iterable[str]) -> list[str]:
        """The columns that it needs and a file does not have; of alternatives the usual one."""
        finder = Finder(columns)
        return [group[0] for group in self.needs if finder.first(group) is None]

    def is_presence(self, event: str) -> bool:
        """Whether the tool itself sends this event, or it tells of mere presence."""
        return any(fnmatchcase(event.casefold(), pattern.casefold()) for pattern in self.presence)


class Finder:
    """Finds columns of a file by name, whatever their case, spaces, underscores, hyphens and quotes.

    (Snowflake writes USER_ID for user_id, a spreadsheet "User ID".) A column of exactly that name goes first.
    """

    def __init__(self, columns: Iterable[str]) -> None:
        self.columns = list(columns)
        self._by_sound: dict[str, str] = {}
        for column in self.columns:
            self._by_sound.setdefault(heard(column), column)

    def first(self, names: Iterable[str]) -> str | None:
        """The file's column for the first of these names that it has; None where it has none."""
        for name in names:
            if name in self.columns:
                return name
            if heard(name) in self._by_sound:
                return self._by_sound[heard(name)]
        return None


def heard(name: str) -> str:
    """A column's name without what tools write differently: case, spaces, underscores, hyphens, quotes."""
    return _UNHEARD.sub("", name).casefold()
