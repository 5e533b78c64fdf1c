"""The definition of the measure: Ibis expressions over event rows, the same for every engine that runs them.

In: `rows`, a table of the shape that `sources` makes of any export:

    source   int       which file
    wall     timestamp local time of a row whose time came without an offset; null otherwise
    instant  timestamp UTC of a row whose time came with one; null otherwise. Both null: not readable
    user, account, event  text, null when missing
    micro    int64     occurrences × MICRO, null when missing      } only where a source maps a value
    misfit   boolean   a value that is no number                   }
    id       text      the row's own id                              only where a source maps one
    alike    boolean   `id` was made of the other cells            only where a source asks for that
    days     int       how many days the row stands for, from its time on (1 or 7; of a month 28 or 35, from the Monday
                       of its first ISO week); only where a source has such rows
    number   int       of the row in its file; only where single rows are asked for

Out: small tables of counts. Nothing here asks the engine for a time zone or the start of a week, on which engines
and sessions differ: local time is UTC plus offsets that Python's zoneinfo gave for stretches of time, and a week is
a division of the number of days since Monday 1970-01-05 (three cases a row measured as fast as none, and the same
number however long the data; one CASE arm a week grows with it).

A row that stands for a week counts on its fourth day: it is in the ISO week, and in the milestone window, that shares
most of its days (method.md: "period"). Nobody knows the order of what it holds: it is part of no chain.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

import ibis

from qbrgen.measure.counts import MICRO, Reason
from qbrgen.measure.local_time import Stretch
from qbrgen.period import EPOCH_MONDAY

# A time outside these years is a slip or a placeholder (0001-01-01, the epoch, 9999-12-31): not readable.
EARLIEST, LATEST = datetime(1990, 1, 1), datetime(2100, 1, 1)


class Fate(IntEnum):
    """What becomes of a row by its time, value and id alone; the rest depends on its group (see `told`)."""

    COUNTED = 0
    DUPLICATE = 1
    TIME = 2
    BAD_VALUE = 3
    NO_VALUE = 4
    BEFORE = 5
    AFTER = 6
    SAME_ROW = 7


@dataclass(frozen=True)
class Cover:
    """The days that the data cover, both counted in, and how UTC becomes local time there."""

    first: date
    last: date
    stretches: Sequence[Stretch]

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last of them, as days since Monday 1970-01-05."""
        return (self.first - EPOCH_MONDAY).days, (self.last - EPOCH_MONDAY).days


def bounds(rows: ibis.Table, by: str | None = None, *, values: bool = False) -> ibis.Table:
    """One row: how many rows there are, how many have a readable time, first and last local time and UTC; of the local
    times also the first and last day of the week (Monday: 0), and whether none has a time of day. values: also how many
    values are no number."""
    wall, instant = _plausible(rows.wall), _plausible(rows.instant)
    weekday = _day(wall) % 7
    misfits = {"misfits": rows.misfit.sum()} if values else {}
    return rows.aggregate(
        by=[by] if by else [],
        rows=rows.count(),
        readable=ibis.coalesce(wall, instant).count(),
        first_wall=wall.min(),
        last_wall=wall.max(),
        first_instant=instant.min(),
        last_instant=instant.max(),
        first_weekday=weekday.min(),
        last_weekday=weekday.max(),
        whole_days=(wall == wall.truncate("D")).all(),
        **misfits,
    )


def repeated_ids(rows: ibis.Table) -> ibis.Table:
    """The ids that stand on more than one row."""
    given = rows.filter(rows.id.notnull())
    return given.group_by("id").having(given.count() > 1).agg()


def timed(rows: ibis.Table, cover: Cover) -> ibis.Table:
    """Rows with `at`, the local wall time; null when it could not be read."""
    return rows.mutate(at=ibis.coalesce(_plausible(rows.wall), _local(_plausible(rows.instant), cover.stretches)))


def marked(
    rows: ibis.Table, repeated: ibis.Table | None, bytewise: Callable[[Any], Any] = lambda text: text
) -> ibis.Table:
    """Timed rows with `copy`: whether another row with the same id is the one to count.

    That one is the most complete, then the earliest; the rest of the order only makes the choice independent of the
    order of rows. repeated: the ids on more than one row; None when there are none. bytewise: by what a text is
    ordered, where the engine would go by a language's alphabet.
    """
    if repeated is None:
        return rows.mutate(copy=ibis.literal(False))
    once = rows.anti_join(repeated, "id").mutate(copy=ibis.literal(False))
    several = rows.semi_join(repeated, "id")
    order: list[Any] = [several[name].isnull() for name in ("at", "user", "account", "event")]
    order += [several["at"], *(bytewise(several[name]) for name in ("account", "user", "event"))]
    if "micro" in rows.columns:
        order += [several.misfit, several.micro.fill_null(MICRO)]
    if "days" in rows.columns:
        order.append(several.days)
    if "number" in rows.columns:  # of copies that are alike in everything, the first in the files
        order += [several.source, several.number]
    rank = ibis.row_number().over(ibis.window(group_by=several.id, order_by=order))
    return ibis.union(once, several.mutate(copy=rank > 0), distinct=False)


def dated(rows: ibis.Table, cover: Cover) -> ibis.Table:
    """Marked rows with `begins`, `day` and `ends` (the row's first, its middle and its last day, the same for an event;
    as days since Monday 1970-01-05), and `fate`."""
    length: Any = rows.days if "days" in rows.columns else ibis.literal(1)
    begins = _day(rows["at"])
    rows = rows.mutate(begins=begins, day=begins + length // 2, ends=begins + length - 1)
    first, last = cover.days
    first_true: list[tuple[Any, int]] = [(rows["copy"], Fate.DUPLICATE), (rows["at"].isnull(), Fate.TIME)]
    if "alike" in rows.columns:
        first_true.insert(0, (rows["copy"] & rows.alike, Fate.SAME_ROW))
    if "micro" in rows.columns:
        first_true += [(rows.misfit, Fate.BAD_VALUE), (rows.micro <= 0, Fate.NO_VALUE)]
    first_true += [(rows.begins < first, Fate.BEFORE), (rows.ends > last, Fate.AFTER)]
    cases = [(condition, ibis.literal(int(fate), "int8")) for condition, fate in first_true]
    return rows.mutate(fate=ibis.cases(*cases, else_=ibis.literal(int(Fate.COUNTED), "int8")))


OTHER = ""
"""In reduced rows: a user or an event that is there, and that nobody asks for by name."""


def reduced(rows: ibis.Table, events: Collection[str], accounts: Collection[str] | None = None) -> ibis.Table:
    """Dated rows with fewer different cells, so that fewer groups are made of them, which tell the same.

    An event that no definition asks for is OTHER; so are event and user of a row that counts nowhere by its time or
    value, or because its account is not among `accounts` (where these are given).
    """
    counts = rows.fate == int(Fate.COUNTED)
    if accounts is not None:
        counts &= rows.account.isin(sorted(accounts)).fill_null(False)
    asked = counts & rows.event.isin(sorted(events)).fill_null(False)
    event = ibis.cases((asked | rows.event.isnull(), rows.event), else_=OTHER)
    user = ibis.cases((counts | rows.user.isnull(), rows.user), else_=OTHER)
    return rows.mutate(event=event, user=user)


def names_of_rows(rows: ibis.Table) -> ibis.Table:
    """Rows by event name, as `names` tells them of groups that are not reduced."""
    named = rows.filter(rows.event.notnull())
    return named.group_by("event").agg(rows=named.count())


def counted(rows: ibis.Table, by_day: Iterable[str]) -> ibis.Table:
    """THE measure: dated rows → rows and occurrences by fate, account, user, event and bucket.

    by_day: event names counted by day, for milestones; all others are counted by week. bucket: the day, or the
    Monday of the week, as days since Monday 1970-01-05. first, last: the first and last day of the group's rows.
    """
    monday = rows.day - rows.day % 7
    names = sorted(by_day)
    bucket = ibis.cases((rows.event.isin(names), rows.day), else_=monday) if names else monday
    keyed = rows.mutate(bucket=ibis.cases((rows.fate == int(Fate.COUNTED), bucket)).cast("int32"))
    occurrences = keyed.micro.fill_null(MICRO).sum() if "micro" in rows.columns else keyed.count() * MICRO
    return keyed.group_by("fate", "account", "user", "event", "bucket").agg(
        rows=keyed.count(),
        occurrences=occurrences.cast("int64"),
        first=keyed.begins.min().cast("int32"),
        last=keyed.ends.max().cast("int32"),
    )


def joined(parts: Sequence[ibis.Table]) -> ibis.Table:
    """The groups of several places as those of one."""
    every = ibis.union(*parts, distinct=False)
    return every.group_by("fate", "account", "user", "event", "bucket").agg(
        rows=every.rows.sum().cast("int64"),
        occurrences=every.occurrences.sum().cast("int64"),
        first=every["first"].min(),
        last=every["last"].max(),
    )


def told(groups: ibis.Table, accounts: ibis.Table, headers: Collection[tuple[str, str]] = ()) -> ibis.Table:
    """Groups with `reason`: why their rows are set aside (a text of `Reason`), or null; and `week`.

    accounts: account, broken (set aside by its definition). headers: how files call the columns of user and event: what
    stands in those of a header that comes again among the rows.
    """
    known = accounts.rename(of="account")
    groups = groups.left_join(known, groups.account == known.of)
    by_fate = {Fate.BAD_VALUE: Reason.BAD_VALUE, Fate.NO_VALUE: Reason.NO_VALUE}
    by_fate |= {Fate.BEFORE: Reason.BEFORE, Fate.AFTER: Reason.AFTER}
    again = [(groups.user == user) & (groups.event == event) for user, event in sorted(headers)]
    no_row = groups.fate.isin([int(Fate.TIME), int(Fate.DUPLICATE)])
    reason = ibis.cases(
        *((no_row & header, str(Reason.HEADER)) for header in again),
        (groups.fate == int(Fate.DUPLICATE), str(Reason.DUPLICATE)),
        (groups.fate == int(Fate.SAME_ROW), str(Reason.SAME_ROW)),
        (groups.fate == int(Fate.TIME), str(Reason.TIME)),
        (groups.user.isnull(), str(Reason.NO_USER)),
        (groups.account.isnull(), str(Reason.NO_ACCOUNT)),
        (groups.of.isnull(), str(Reason.UNKNOWN_ACCOUNT)),
        (groups.broken, str(Reason.ACCOUNT_SET_ASIDE)),
        (groups.event.isnull(), str(Reason.NO_EVENT)),
        *((groups.fate == int(fate), str(why)) for fate, why in by_fate.items()),
    )
    return groups.mutate(reason=reason, week=groups.bucket // 7).drop("of", "broken")


# ---- what is read from the told groups ------------------------------------------------------------------------------


def balance(groups: ibis.Table, weeks: range) -> ibis.Table:
    """Rows by reason, and whether their week is full (`weeks`: the numbers of the full ones)."""
    groups = groups.mutate(full=_within(groups, weeks).fill_null(False))
    return groups.group_by("reason", "full").agg(rows=groups.rows.sum().cast("int64"))


def weekly(groups: ibis.Table, wanted: ibis.Table, people: ibis.Table, weeks: range) -> ibis.Table:
    """Occurrences and rows by who, what and full week, for the events that the definitions name.

    Grouping and sorting numbers takes a third of what texts take. who: of `people`. what: of `wanted`.
    """
    kept = _numbered(_kept(groups, weeks), wanted, people)
    return kept.group_by("who", "what", "week").agg(**_sums(kept))


def daily(groups: ibis.Table, wanted: ibis.Table, people: ibis.Table) -> ibis.Table:
    """Occurrences and rows by who, what and day, for the milestones' events; part weeks too."""
    kept = _numbered(groups.filter(groups.reason.isnull()), wanted.filter(wanted.by_day), people)
    return kept.group_by("who", "what", day=kept.bucket).agg(**_sums(kept))


def people_seen(groups: ibis.Table) -> ibis.Table:
    """Everyone with an event, by account and user: the first day with one of any name, and who: a number, in order."""
    found = first_event(groups)
    return found.mutate(who=ibis.row_number().over(ibis.window(order_by=[found.account, found.user])))


def _numbered(groups: ibis.Table, wanted: ibis.Table, people: ibis.Table) -> ibis.Table:
    found = groups.inner_join(wanted.select("account", "event", "what"), ["account", "event"])
    return found.inner_join(people.select("account", "user", "who"), ["account", "user"])


def first_event(groups: ibis.Table) -> ibis.Table:
    """The first day with an event of any name, by account and user."""
    kept = groups.filter(groups.reason.isnull())
    return kept.group_by("account", "user").agg(day=kept["first"].min())


def unknown_users(groups: ibis.Table, people: ibis.Table, weeks: range) -> ibis.Table:
    """Rows by account and user, for users who are not among the account's people. full: those of full weeks alone."""
    kept = groups.filter(groups.reason.isnull()).anti_join(people, ["account", "user"])
    full = ibis.cases((_within(kept, weeks), kept.rows), else_=0).sum()
    return kept.group_by("account", "user").agg(rows=kept.rows.sum().cast("int64"), full=full.cast("int64"))


def names(groups: ibis.Table) -> ibis.Table:
    """Rows by event name, whatever becomes of them."""
    named = groups.filter(groups.event.notnull())
    return named.group_by("event").agg(rows=named.rows.sum().cast("int64"))


def strangers(groups: ibis.Table) -> ibis.Table:
    """Rows by account, of accounts that the workspace does not have."""
    kept = groups.filter(groups.reason == str(Reason.UNKNOWN_ACCOUNT))
    return kept.group_by("account").agg(rows=kept.rows.sum().cast("int64"))


def life(groups: ibis.Table, weeks: range) -> ibis.Table:
    """Rows and occurrences of any name by anyone, by account and full week."""
    kept = _kept(groups, weeks)
    # any name: bytes sent may be among them, whose sum outgrows 64 bits
    occurrences = kept.occurrences.sum().cast("float64")
    return kept.group_by("account", "week").agg(rows=kept.rows.sum().cast("int64"), occurrences=occurrences)


def heard(groups: ibis.Table) -> ibis.Table:
    """The first and the last day with an event of any name by anyone, by account and week, part weeks too."""
    kept = groups.filter(groups.reason.isnull())
    return kept.group_by("account", "week").agg(first=kept["first"].min(), last=kept["last"].max())


def last_event(groups: ibis.Table) -> ibis.Table:
    """The last day with an event of any name by anyone, by account."""
    kept = groups.filter(groups.reason.isnull())
    return kept.group_by("account").agg(day=kept["last"].max())


def ordered(rows: ibis.Table, chains: Collection[tuple[str, str]]) -> ibis.Table:
    """Dated rows → every single event of the chains' names, with its local time; a row of a week is none.

    chains: (account, event) that are in one; an event may come of an account that has no chain with it.
    """
    kept = _in_chains(rows, chains).filter(lambda row: row.begins == row.ends)
    return kept.select("account", "user", "event", "at", "day")


def unordered(rows: ibis.Table, chains: Collection[tuple[str, str]]) -> ibis.Table:
    """Dated rows → account and name of the chains' events that came in rows of a week."""
    return _in_chains(rows, chains).filter(lambda row: row.begins < row.ends).select("account", "event").distinct()


def present(rows: ibis.Table, accounts: Collection[str], cover: Cover, weeks: range) -> ibis.Table:
    """Timed presence rows → account, user and full week, once each."""
    rows = dated(rows.mutate(copy=ibis.literal(False)), cover)
    rows = rows.filter(rows.fate == int(Fate.COUNTED), rows.user.notnull())
    rows = rows.mutate(week=rows.day // 7)
    rows = rows.filter(_within(rows, weeks), rows.account.isin(sorted(accounts)))
    return rows.select("account", "user", week=rows.week.cast("int64")).distinct()


# ---- parts ----------------------------------------------------------------------------------------------------------


def _plausible(moment: Any) -> Any:
    return ibis.cases(((moment >= EARLIEST) & (moment < LATEST), moment))


def _day(moment: Any) -> Any:
    """The day of a local time, as days since Monday 1970-01-05."""
    return moment.date().delta(ibis.date(EPOCH_MONDAY.isoformat()), unit="day")


def _local(instant: Any, stretches: Sequence[Stretch]) -> Any:
    """UTC → local wall time; the latest stretch first, where most rows are."""
    shifted = [(stretch.begins, _shift(instant, stretch.offset)) for stretch in reversed(stretches)]
    if not shifted:
        return instant
    *later, (_, earliest) = shifted
    return ibis.cases(*((instant >= begins, local) for begins, local in later), else_=earliest) if later else earliest


def _shift(instant: Any, offset: timedelta) -> Any:
    seconds = round(offset.total_seconds())
    if seconds == 0:
        return instant
    amount = ibis.interval(seconds=abs(seconds))
    return instant + amount if seconds > 0 else instant - amount


def _in_chains(rows: ibis.Table, chains: Collection[tuple[str, str]]) -> ibis.Table:
    accounts, events = (sorted({pair[place] for pair in chains}) for place in (0, 1))
    kept = rows.filter(rows.fate == int(Fate.COUNTED), rows.user.notnull())
    return kept.filter(kept.event.isin(events), kept.account.isin(accounts))


def _within(table: ibis.Table, weeks: range) -> Any:
    return (table.week >= weeks.start) & (table.week < weeks.stop)


def _kept(groups: ibis.Table, weeks: range) -> ibis.Table:
    return groups.filter(groups.reason.isnull(), _within(groups, weeks))


def _sums(groups: ibis.Table) -> dict[str, Any]:
    return {name: groups[name].sum().cast("int64") for name in ("occurrences", "rows")}
