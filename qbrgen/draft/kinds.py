"""A table with its columns looked at → what it holds, which column is what, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from qbrgen.define.presence import presence_alone
from qbrgen.draft import role_words as words
from qbrgen.draft.columns import Column
from qbrgen.draft.event_names import event_words, no_work
from qbrgen.draft.looks import NEARLY_UNIQUE, Fits, Looked, is_measure, name_words, named
from qbrgen.draft.model import Kind, Mapped
from qbrgen.draft.survey import Surveyed
from qbrgen.draft.title_words import word_set

_CRM = frozenset({"owner", "segment", "arr", "renewal"})
_PRESENCE = word_set("login logins signin signins session sessions visit visits pageviews logons")


def mapped_of(one: Looked) -> list[Mapped] | str:
    """What a table is used for; or why it is used for nothing."""
    account = one.accounts[0] if one.accounts else None
    if account and _is_crm(one, account):
        return [_accounts(one, account)]
    found = _of_users(one, one.users[0], account) if one.users else []
    if found:
        return found
    if account and one.time and (one.event or _metric(one)) and _count(one):
        return [_values(one, account)]
    if account and account.each <= NEARLY_UNIQUE:
        return [_accounts(one, account)]
    no_person = "it names accounts and no person: who did it cannot be said"
    return no_person if account and one.time else "neither people, nor accounts, nor what they do is in its columns"


def _is_crm(one: Looked, account: Column) -> bool:
    """Whether the people of a table are e-mail addresses beside what a CRM knows of each account: its owner's, or that
    of whom one writes to. A list of people tells their jobs, and has many of an account."""
    beside = one.users and all(user.emails > 0.5 for user in one.users)
    if not beside or one.title or one.event or account.each > NEARLY_UNIQUE:
        return False
    return not _CRM.isdisjoint(_accounts(one, account).columns)


def _of_users(one: Looked, user: Column, account: Column | None) -> list[Mapped]:
    """What a table with a column of people is used for; nothing where that is not clear."""
    if one.time and one.event and not (user.each <= NEARLY_UNIQUE and one.title):
        return [_events(one, user, account)]
    if one.time and len(one.counts) > 1 and user.each > 1.2:
        return _wide(one, user, account)
    if one.time and not one.title and any(w in _PRESENCE or presence_alone(w) for w in name_words(one.table)):
        return [_presence(one, user, account)]
    if one.title or user.each <= 1.5 or named(one.table.columns, words.PERSON_NAME, bool):
        return [_people(one, user, account)]
    return []


def _events(one: Looked, user: Column, account: Column | None) -> Mapped:
    assert one.time is not None
    assert one.event is not None
    columns = {"time": one.time.name, "user": user.name}
    reasons = {"time": _time_reason(one.time), "user": _id_reason(user, "person")}
    if account and account.filled > 0.5:
        columns["account"], reasons["account"] = account.name, _id_reason(account, "account")
    columns["event"] = one.event.name
    reasons["event"] = f"{one.event.different:,} different names, such as {_some(one.event)}"
    value = next(iter(named(one.table.columns, words.VALUE, lambda c: c.figures > 0.95 and not c.is_time)), None)
    if value and value.different > 1:
        columns["value"], reasons["value"] = value.name, "its name, and it holds numbers: how often the row happened"
    row_id = next(iter(named(one.table.columns, words.ROW_ID, lambda c: c.each == 1 and c.filled == 1)), None)
    if row_id and row_id.name not in columns.values():
        columns["id"], reasons["id"] = row_id.name, "each row has its own: one that came twice counts once"
    return Mapped(Kind.EVENTS, one.table, columns, reasons)


def _presence(one: Looked, user: Column, account: Column | None) -> Mapped:
    """A table of logins or visits: it tells who was there, which finds accounts that look busy and are not."""
    assert one.time is not None
    columns = {"time": one.time.name, "user": user.name} | ({"account": account.name} if account else {})
    reasons = {"time": _time_reason(one.time), "user": _id_reason(user, "person")}
    return Mapped(Kind.PRESENCE, one.table, columns, reasons | ({"account": "its name"} if account else {}))


def _wide(one: Looked, user: Column, account: Column | None) -> list[Mapped]:
    """A row a person and day, week or month, a column a measure; who the people are stands in the same rows."""
    assert one.time is not None
    columns = {"time": one.time.name, "user": user.name}
    reasons = {"time": _time_reason(one.time), "user": _id_reason(user, "person")}
    if account:
        columns["account"], reasons["account"] = account.name, _id_reason(account, "account")
    measures: dict[str, str] = {}
    left: dict[str, str] = {}
    for column in one.counts:
        why = no_work(column.name, column=True) or _no_count(column)
        if why:
            left[column.name] = why
        else:
            measures[_unlike(event_words(column.name, whole=True).name, measures)] = column.name
    if not measures:  # a wrong guess costs more than a long list
        measures, left = {column.name: column.name for column in one.counts}, {}
    found = [
        Mapped(Kind.EVENTS, one.table, columns, reasons, each_row=_each_row(one), event_columns=measures, left=left)
    ]
    if one.title or account:
        found.append(_people(one, user, account))
    return found


def numbers_left(table: Surveyed, columns: Mapping[str, str], events: Mapping[str, str]) -> dict[str, str]:
    """Columns of numbers of a wide table that are no events → why."""
    taken = {*columns.values(), *events.values()}
    numbers = [column for column in table.columns if column.name not in taken and is_measure(column)]
    return {c.name: no_work(c.name, column=True) or _no_count(c) or "it is no count of work done" for c in numbers}


def _no_count(column: Column) -> str:
    """Why the numbers of a column are no counts: fractions, or a scale that all share."""
    some = list(column.numbers)[:500]
    if any("." in cell.rstrip("0").rstrip(".") for cell in some):
        return "it holds fractions: an amount, not a count"
    values = [float(cell.replace(",", "")) for cell in some if cell.replace(",", "").lstrip("-").isdigit()]
    if values and min(values) >= 1 and max(values) <= 10 and column.each > 100 and column.filled == 1:
        return "it runs from 1 to at most 10 and is never empty: a score, not a count"
    return "it holds numbers below 0" if values and min(values) < 0 else ""


def _unlike(name: str, taken: dict[str, str]) -> str:
    number = 2
    found = name
    while found in taken:
        found, number = f"{name} {number}", number + 1
    return found


def _each_row(one: Looked) -> str:
    """How long a row speaks for: by the days between the times of one person."""
    assert one.time is not None
    if one.time.months >= 0.9:
        return "month"
    days = sorted({cell[:10] for cell in one.time.cells})
    try:
        ordinals = [date.fromisoformat(day).toordinal() for day in days]
    except ValueError:
        return "day"
    gaps = {after - before for before, after in pairwise(ordinals)}
    if gaps and min(gaps) >= 28:
        return "month"
    return "week" if gaps and min(gaps) >= 7 else "day"


def _people(one: Looked, user: Column, account: Column | None) -> Mapped:
    columns = {"user": user.name}
    reasons = {"user": _id_reason(user, "person")}
    if account:
        columns["account"], reasons["account"] = account.name, _id_reason(account, "account")
    taken = {user.name, *columns.values()}
    named_so: Fits = lambda c: c.is_text and c.emails < 0.5 and c.filled > 0.2  # noqa: E731
    name, last = (_first(one, names, taken, named_so) for names in (words.FIRST_NAME, words.LAST_NAME))
    if not (name and last):
        name, last = _first(one, words.PERSON_NAME, taken, named_so), None
    email = _first(one, ("email", "e mail"), taken, lambda c: c.emails > 0.5)
    if name or email:
        chosen = name or email
        assert chosen is not None
        columns["name"], reasons["name"] = chosen.name, "its name" if name else "no names, so their e-mail addresses"
    if last:
        columns["last_name"], reasons["last_name"] = last.name, "its name: it stands after the first name"
    updated = _updated(one, user)
    if updated:
        columns["updated"], reasons["updated"] = updated.name, "of several rows of a person those written last count"
    if one.title:
        jobs = one.title.jobs
        told = f", and {jobs:.0%} of its different texts tell a kind of work" if jobs else ""
        columns["title"] = one.title.name
        reasons["title"] = f"{one.title.different:,} different texts, such as {_some(one.title)}{told}"
    for key, names in (("from", words.FROM), ("to", words.TO)):
        day = _first(one, names, taken, lambda c: c.is_time)
        if day:
            columns[key], reasons[key] = day.name, "its name, and it holds days"
    return Mapped(Kind.PEOPLE, one.table, columns, reasons)


def _updated(one: Looked, ids: Column) -> Column | None:
    """When a row was written, in a table that has several rows of the same id."""
    if ids.each <= 1:
        return None
    written = _first(one, words.UPDATED, set(), lambda c: c.is_time)
    return written or one.time


def _accounts(one: Looked, account: Column) -> Mapped:
    columns = {"account": account.name}
    reasons = {"account": _id_reason(account, "account")}
    wanted = (
        ("name", words.ACCOUNT_NAME, lambda c: c.is_text),
        ("owner", words.OWNER, lambda c: c.is_text),
        ("segment", words.SEGMENT, lambda c: c.different <= 50),
        ("arr", words.ARR, lambda c: c.figures > 0.9),
        ("currency", words.CURRENCY, lambda c: c.is_text),
        ("renewal", words.RENEWAL, lambda c: c.is_time),
    )
    for key, names, fits in wanted:
        found = _first(one, names, set(columns.values()), fits)
        if found and found.filled > 0:
            columns[key], reasons[key] = found.name, f"its name, and cells such as {_some(found)}"
    updated = _updated(one, account)
    if updated and updated.name not in columns.values():
        columns["updated"], reasons["updated"] = (
            updated.name,
            "of several rows of an account the one written last counts",
        )
    return Mapped(Kind.ACCOUNTS, one.table, columns, reasons)


def _values(one: Looked, account: Column) -> Mapped:
    metric, count = one.event or _metric(one), _count(one)
    assert metric is not None
    assert count is not None
    assert one.time is not None
    when = "period" if one.time.months >= 0.9 else "time"
    columns = {"account": account.name, "metric": metric.name, when: one.time.name, "value": count.name}
    reasons = {
        "account": _id_reason(account, "account"),
        "metric": f"{metric.different:,} different names, such as {_some(metric)}",
        when: _time_reason(one.time),
        "value": "its name, and it holds numbers",
    }
    return Mapped(Kind.VALUES, one.table, columns, reasons)


def _metric(one: Looked) -> Column | None:
    rest = [c for c in one.table.columns if c.is_text and c not in one.accounts and c.each > 5 and c.different > 1]
    return min(rest, key=lambda column: column.different, default=None)


def _count(one: Looked) -> Column | None:
    found = named(one.table.columns, words.VALUE, lambda c: c.figures > 0.95 and not c.is_time)
    return next(iter(found), None)


def _first(one: Looked, names: Sequence[str], taken: set[str], fits: Fits) -> Column | None:
    found = named(one.table.columns, names, lambda c: c.name not in taken and c.different > 0 and fits(c))
    return found[0] if found else None


# ---- reasons --------------------------------------------------------------------------------------------------------


def _time_reason(column: Column) -> str:
    how = "months" if column.months >= 0.9 else _since_1970(column) if column.days < 0.9 else "times"
    return f"its name, and it holds {how}, such as {_some(column, 1)}"


def _since_1970(column: Column) -> str:
    digits = len(next(iter(column.numbers), "").partition(".")[0])
    return f"{'seconds' if digits <= 10 else 'milliseconds' if digits <= 13 else 'microseconds'} since 1970"


def _id_reason(column: Column, of: str) -> str:
    if column.different == 1:
        return f"its name; it is always {_some(column, 1)}"
    return f"its name; {column.different:,} different ones, such as {_some(column, 1)}: one to each {of}"


def _some(column: Column, number: int = 2) -> str:
    cells = [cell if len(cell) <= 30 else f"{cell[:29]}…" for cell, _ in column.numbers.most_common(number)]
    return " and ".join(f"'{cell}'" for cell in cells)
