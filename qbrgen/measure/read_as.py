"""Ids in events that are read as something else.

As the names that a table of `names:` gives them; and ids of Salesforce of 15 characters as those of 18 that the
workspace knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from qbrgen.define.model.settings import Settings
from qbrgen.define.model.sources import Table
from qbrgen.define.small_tables import names_of

Translations = Mapping[str, Mapping[str, str]]


def translations(table: Table, settings: Settings) -> Translations:
    """Our field (event, user, account) → what its ids are read as; without an entry for a field that stays as it is."""
    forms = settings.sources.other_forms
    named = {field: names_of(names, settings.root).names for field, names in table.names.items()}
    found = {field: {**(forms if field != "event" else {}), **named.get(field, {})} for field in _FIELDS}
    return {field: names for field, names in found.items() if names}


_FIELDS = ("event", "user", "account")


def read_as(connection: Any, select: str, told: Translations, columns: Mapping[str, object], view: str) -> str:
    """SQL of a file's rows with its ids read as `told`; what has no name stays as it is.

    columns: our fields that the file has. view: the beginning of the names of tables that are made for it.
    """
    fields = [field for field in told if field in columns]
    for field in fields:
        pairs = pd.DataFrame(list(told[field].items()), columns=["id", "name"], dtype="str")
        connection.register(f"{view}_{field}", pairs)
    if not fields:
        return select
    replaced = ", ".join(f'coalesce({field}_of.name, found."{field}") AS "{field}"' for field in fields)
    joins = " ".join(f'LEFT JOIN {view}_{field} AS {field}_of ON found."{field}" = {field}_of.id' for field in fields)
    return f"SELECT found.* REPLACE ({replaced}) FROM ({select}) AS found {joins}"
