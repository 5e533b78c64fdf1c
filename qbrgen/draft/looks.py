"""A table → the columns that may be its ids, its time, its events, its titles: by names, contents and what joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from qbrgen.draft import role_words as words
from qbrgen.draft.columns import Column
from qbrgen.draft.joins import best_join, looks_like_id
from qbrgen.draft.model import Kind
from qbrgen.draft.survey import Surveyed
from qbrgen.draft.title_words import word_set

_YES_NO = word_set("true false yes no y n t f 0 1")
NEARLY_UNIQUE = 1.05  # rows to each different id: a list of people or accounts, in which few stand twice
_OWN_NAME = {
    Kind.PEOPLE: word_set("user users people person visitor contact contacts member employee student"),
    Kind.ACCOUNTS: word_set("account accounts company companies customer customers organization tenant"),
}


Fits = Callable[[Column], object]
"""Whether a column may be what its name says."""


@dataclass(frozen=True)
class Looked:
    """A table with the columns that may be its ids, the likeliest first, and what it may hold."""

    table: Surveyed
    users: tuple[Column, ...]
    accounts: tuple[Column, ...]
    time: Column | None
    event: Column | None
    title: Column | None
    counts: tuple[Column, ...] = field(default_factory=tuple)


def look(table: Surveyed) -> Looked:
    """The first look at a table by itself: which columns have the names and contents of what."""
    columns = table.columns
    own = [column for column in columns if column.is_called(*words.OWN_ID) and looks_like_id(column)]
    own_name = set(name_words(table))
    users = named(columns, words.USER, lambda column: not column.is_time and column.different > 0 and not _by(column))
    accounts = named(columns, words.ACCOUNT, lambda column: not column.is_time and _is_account(column))
    of_people = bool(own_name & _OWN_NAME[Kind.PEOPLE])
    if of_people and own:
        users = (*own, *(column for column in users if column not in own))
    elif own_name & _OWN_NAME[Kind.ACCOUNTS] and own:
        accounts = (*own, *(column for column in accounts if column not in own))
    users = tuple(column for column in users if column not in accounts[:1] or column.has("user id"))
    times = named(columns, words.TIME, lambda column: column.is_time and not _not_when(column))
    time = times[0] if times else next((c for c in columns if c.is_time and not _not_when(c)), None)
    events = named(columns, words.EVENT, _is_event)
    events = tuple(column for column in events if column not in (*users[:1], *accounts[:1]))
    taken = {*users, *accounts, *events[:1], *([time] if time else [])}
    return Looked(
        table,
        users,
        accounts,
        time,
        next((column for column in events if column.figures < 0.5), None),
        title_of(columns, taken),
        tuple(column for column in columns if column not in taken and is_measure(column)),
    )


def name_words(table: Surveyed) -> list[str]:
    """The words of a file's name, or of its sheet's, in lower case."""
    stem = table.sheet.lower() or table.name.rsplit("/", 1)[-1].split(".", 1)[0].lower()
    return stem.replace("-", "_").replace(" ", "_").split("_")


def named(columns: Iterable[Column], names: Sequence[str], fits: Fits) -> tuple[Column, ...]:
    """The columns with these names that fit, in the order of the names."""
    found: list[Column] = []
    for name in names:
        found += [c for c in columns if c.has(name) and c not in found and fits(c)]
    return tuple(found)


def _not_when(column: Column) -> bool:
    return any(word in column.words for word in words.NOT_WHEN)


def _is_account(column: Column) -> bool:
    """Whether it may name accounts: something, and no measure with fractions."""
    return column.different > 0 and not (
        column.figures > 0.9 and any("." in cell for cell in list(column.numbers)[:50])
    )


def _is_event(column: Column) -> bool:
    """Whether it may name events: something, and neither times nor yes and no."""
    return column.different > 0 and not column.is_time and not {c.lower() for c in list(column.numbers)[:3]} <= _YES_NO


def _by(column: Column) -> bool:
    """Whether it tells who made or changed the row, which is not who the row is about."""
    return "by" in column.words


def title_of(columns: Iterable[Column], taken: set[Column]) -> Column | None:
    """The column of job titles: by its name, or because its cells tell kinds of work."""
    rest = [column for column in columns if column not in taken and column.is_text and column.different > 0]
    best: tuple[float, Column] | None = None
    for column in rest:
        rank = next((1.5 - place / 40 for place, name in enumerate(words.TITLE) if column.has(name)), 0.0)
        score = rank + column.jobs if rank or column.each > 1.5 else 0.0
        if (rank or column.jobs >= 0.5) and score > 0.5 and column.emails < 0.1 and (best is None or score > best[0]):
            best = (score, column)
    return best[1] if best else None


def is_measure(column: Column) -> bool:
    """A column of a wide table that may count something: numbers, not all the same, no id."""
    return column.figures >= 0.95 and column.different > 1 and column.words[-1:] != ("id",) and column.filled > 0.2


# ---- ids that join --------------------------------------------------------------------------------------------------


def joined(seen: Sequence[Looked]) -> list[Looked]:
    """Each table with the id columns first that other tables know; where no name tells them, those that join."""
    people = [one for one in seen if _may_be_people(one)]
    found: list[Looked] = []
    for one in seen:
        users = one.users
        others = [column for other in people if other is not one for column in other.users]
        if not users and one.time and one.accounts == ():
            users = tuple(column for column in one.table.columns if looks_like_id(column))
            join = best_join(users, [c for other in seen if other is not one for c in other.table.columns if _key(c)])
            users = (join.one,) if join and join.share > 0.5 else ()
        elif users and others and not _may_be_people(one):
            join = best_join(users, others)
            users = (join.one, *(column for column in users if column is not join.one)) if join else users
        found.append(replace(one, users=users))
    return [_known_as_people(one, found) for one in found]


def _key(column: Column) -> bool:
    return column.each <= NEARLY_UNIQUE and looks_like_id(column)


def _may_be_people(one: Looked) -> bool:
    return bool(one.users) and one.users[0].each <= 3 and not (one.event and one.time and one.title is None)


def _known_as_people(one: Looked, seen: Sequence[Looked]) -> Looked:
    """In a list of people, the id that the events use: `id` may be it where another column is called email."""
    events = [
        other for other in seen if other is not one and other.time and (other.event or other.counts) and other.users
    ]
    if not events or (one.event and one.time):
        return one
    keys = [column for column in one.table.columns if looks_like_id(column) and column not in one.accounts[:1]]
    join = best_join([other.users[0] for other in events], [*one.users, *keys])
    if join is None or (join.other not in one.users and join.share < 0.5):
        return one
    return replace(one, users=(join.other, *(column for column in one.users if column is not join.other)))
