"""Event rows → counts: files are opened, what they cover is settled, one expression counts, small frames come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, time, timedelta
from typing import Any

import pandas as pd

from qbrgen.define.model import Definitions, EachRow, Settings, Table
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.measure import expression, roster
from qbrgen.measure.counts import Balance, Counts, Reason
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.expression import Cover
from qbrgen.measure.local_time import Stretch, stretches
from qbrgen.measure.sources import File, first_unreadable, open_files, union
from qbrgen.measure.spans import Span, broken, no_rows, not_as_told, read_spans
from qbrgen.measure.values import read_values
from qbrgen.period import EPOCH_MONDAY, full_weeks


def measure(definitions: Definitions, as_of: date | None = None) -> Counts:
    """Count every event of a workspace.

    as_of: the last day that counts; default the settings' own, else the last full day that the data cover: the day
    before that of the last event, which may have been cut off by the export, or that day itself where its last event
    has no time of day (a day given as a day is a whole one) or its row stands for a week. The first day is the
    settings', else the first event's.
    Raises InputError with every finding about files that are missing, empty, broken, or not as mapped.
    """
    sources = definitions.settings.sources
    given = as_of or definitions.settings.as_of
    values, findings = read_values(definitions.settings, given)
    with engine() as session:
        keep_people(session, definitions, (*sources.events, *sources.presence))
        events, problems = open_tables(session, definitions.settings, sources.events, "events")
        findings += problems
        presence, problems = open_tables(session, definitions.settings, sources.presence, "presence")
        findings += problems
        stop_at(findings)
        zone = definitions.settings.time_zone or UTC
        spans, problems = read_spans(session, events, zone)
        findings += [*problems, *no_rows(spans)]
        presence_spans, problems = read_spans(session, presence, zone)
        stop_at([*findings, *problems])
        everything = [*spans, *presence_spans]
        cover = _cover(definitions.settings, as_of, spans, everything, values)
        if given is None and len(values):  # the events told the as-of date: values after it count as little
            values, _ = read_values(definitions.settings, cover.last)
        try:
            counts = _counts(session, definitions, cover, spans, presence, values)
        except BrokenFileError as error:
            raise InputError([broken(Location(definitions.settings.root.name), error)]) from error
    return replace(counts, odd_files=tuple(not_as_told(everything)))


def stop_at(findings: Sequence[Finding]) -> None:
    """InputError with these findings where one of them is an error."""
    if any(finding.level is Level.ERROR for finding in findings):
        raise InputError(findings)


# ---- files ----------------------------------------------------------------------------------------------------------


def keep_people(session: Engine, definitions: Definitions, tables: Iterable[Table]) -> None:
    """The session's table of users and their accounts, filled where a file has no account column."""
    pairs: list[tuple[str, str]] = []
    if any("account" not in table.columns and not table.of_account for table in tables):
        people = roster.people_of_definitions(definitions) | roster.people_of_tables(definitions)
        pairs = roster.sole_accounts(people)
    session.keep("user_accounts", pairs, {"user": "VARCHAR", "account": "VARCHAR"})


def open_tables(
    session: Engine, settings: Settings, tables: Sequence[Table], name: str, *, numbered: bool = False
) -> tuple[list[File], list[Finding]]:
    """Make a view of each file and one over all of them, `name` ("events", "presence"); what is wrong with them.

    numbered: with the number of each row in its file.
    """
    needed = ["time", "user", "event"] if name == "events" else ["time", "user"]
    optional = [field for field in ("value", "id") if any(field in table.columns for table in tables)]
    if "value" not in optional and any(table.event_columns for table in tables):
        optional.insert(0, "value")
    fields = [*needed, "account", *(optional if name == "events" else [])]
    if any(table.each_row is not EachRow.EVENT for table in tables):
        fields.append("days")
    if numbered:
        fields.append("number")
    files, findings = open_files(session, tables, settings, fields, needed, name)
    if files:
        union(session.connection, files, name)
    return files, findings


# ---- what the data cover --------------------------------------------------------------------------------------------


def _cover(
    settings: Settings, as_of: date | None, spans: Sequence[Span], everything: Sequence[Span], values: pd.DataFrame
) -> Cover:
    last = as_of or settings.as_of or _last_full_day(spans, values)
    if last is None:
        what = "The data hold no event: nothing says which days they cover."
        where = settings.sources.events[0].where if settings.sources.events else Location("qbrgen.yml")
        fix = "Check the event files and how their columns are mapped."
        raise InputError([Finding(Level.ERROR, "no-events", what, fix, where)])
    days = [span.first.date() for span in spans if span.first]
    return Cover(settings.data_start or min(days, default=last), last, shifts_of(settings, everything))


def shifts_of(settings: Settings, spans: Iterable[Span]) -> list[Stretch]:
    """How UTC becomes local time over all times with an offset that these files hold."""
    instants = [instant for span in spans for instant in span.instants]
    return stretches(settings.time_zone or UTC, min(instants), max(instants)) if instants else []


def _last_full_day(spans: Sequence[Span], values: pd.DataFrame) -> date | None:
    last = max((span.last for span in spans if span.last), default=None)
    if last is not None:
        return last.date() if last.time() == time() else last.date() - timedelta(days=1)
    if len(values):
        day: date = values["last"].max().date()
        return day
    return None


# ---- counting -------------------------------------------------------------------------------------------------------


def _counts(
    session: Engine,
    definitions: Definitions,
    cover: Cover,
    spans: Sequence[Span],
    presence: Sequence[File],
    values: pd.DataFrame,
) -> Counts:
    weeks = full_weeks(cover.first, cover.last)
    accounts = session.keep("accounts", roster.known_accounts(definitions), {"account": "VARCHAR", "broken": "BOOLEAN"})
    columns = {"account": "VARCHAR", "event": "VARCHAR", "by_day": "BOOLEAN", "in_order": "BOOLEAN"}
    asked = roster.wanted_events(definitions)
    wanted = session.keep("wanted", asked, columns)
    if not spans:
        session.connection.execute(_NO_EVENTS)
    rows = _dated(session, cover)
    by_day = {event for _, event, is_daily, _ in asked if is_daily}
    groups = session.run("groups", expression.told(expression.counted(rows, by_day), accounts))
    last_event = _with_days(session.frame(expression.last_event(groups)))
    names = _rows_by(session.frame(expression.names(groups), "event"), "event")
    chains = any(in_order for *_, in_order in asked)
    chained = rows if chains else rows.limit(0)
    ordered = expression.ordered(chained, wanted)
    unordered = session.frame(expression.unordered(chained, wanted))["event"] if "days" in rows.columns else ()
    daily = session.frame(expression.daily(groups, wanted), "account", "user", "event", "day")
    unknown, *for_nobody = _unknown_users(session, groups, definitions, weeks)
    return Counts(
        as_of=cover.last,
        data_start=cover.first,
        weekly=session.frame(expression.weekly(groups, wanted, weeks), "account", "user", "event", "week"),
        daily=_with_days(daily),
        ordered=_with_days(session.frame(ordered, "account", "user", "at", "event")),
        first_event=_with_days(session.frame(expression.first_event(groups), "account", "user")),
        life=session.frame(expression.life(groups, weeks), "account", "week"),
        heard=_with_days(session.frame(expression.heard(groups), "account", "week"), "first", "last"),
        last_event=dict(zip(last_event["account"], last_event["day"].dt.date, strict=True)),
        presence=_presence(session, presence, accounts, cover, weeks),
        values=values[values["account"].isin(list(definitions.accounts))].reset_index(drop=True),
        unknown_users=unknown,
        seen_events=frozenset(names),
        balance=_balance(session, groups, weeks, spans, for_nobody),
        unordered=frozenset(unordered),
        event_rows=names,
        strangers=_rows_by(session.frame(expression.strangers(groups), "account"), "account"),
        value_strangers=_strange_values(definitions, values),
    )


# A workspace may hold ready-made values alone.
_NO_EVENTS = """CREATE TEMP VIEW events AS SELECT 0 AS source, CAST(NULL AS TIMESTAMP) AS wall,
    CAST(NULL AS TIMESTAMP) AS instant, '' AS "user", '' AS account, '' AS event WHERE false"""


def _dated(session: Engine, cover: Cover) -> Any:
    rows = expression.timed(session.table("events"), cover)
    repeated = None
    if "id" in rows.columns:
        found = session.run("repeated", expression.repeated_ids(rows))
        repeated = found if session.first("SELECT 1 FROM repeated LIMIT 1") else None
    return expression.dated(expression.marked(rows, repeated), cover)


def _presence(session: Engine, files: Sequence[File], accounts: Any, cover: Cover, weeks: range) -> pd.DataFrame:
    if not files:
        return pd.DataFrame({"account": [], "user": [], "week": []}).astype(
            {"account": "str", "user": "str", "week": "int64"}
        )
    rows = expression.timed(session.table("presence"), cover)
    return session.frame(expression.present(rows, accounts, cover, weeks), "account", "user", "week")


def _strange_values(definitions: Definitions, values: pd.DataFrame) -> dict[str, int]:
    """Account id that the workspace does not have → its ready-made values."""
    known = {*definitions.accounts, *definitions.set_aside}
    found = values["account"].value_counts()
    return {str(name): int(number) for name, number in sorted(found.items()) if name not in known}


def _rows_by(frame: pd.DataFrame, column: str) -> dict[str, int]:
    return dict(zip(frame[column], map(int, frame["rows"]), strict=True))


def _unknown_users(
    session: Engine, groups: Any, definitions: Definitions, weeks: range
) -> tuple[pd.DataFrame, int, int]:
    """(users with events whom neither the definitions nor the people data of their account know, their rows in full
    weeks, those of people in no persona)."""
    personas = sorted(roster.people_of_definitions(definitions))
    people = session.keep("people", personas, {"account": "VARCHAR", "user": "VARCHAR"})
    found = session.frame(expression.unknown_users(groups, people, weeks), "account", "user")
    known = roster.people_of_tables(definitions) if len(found) else set()
    strange = pd.Series([pair not in known for pair in zip(found["account"], found["user"], strict=True)], dtype=bool)
    unknown = found.loc[strange, ["account", "user", "rows"]].reset_index(drop=True)
    return unknown, int(found["full"][strange].sum()), int(found["full"][~strange].sum())


def _balance(session: Engine, groups: Any, weeks: range, spans: Sequence[Span], for_nobody: Sequence[int]) -> Balance:
    told = session.frame(expression.balance(groups, weeks))
    whole = told["reason"].isna()
    by_reason = {str(reason): int(rows) for reason, rows in told[~whole].groupby("reason")["rows"].sum().items()}
    examples: dict[str, Location] = {}
    for span in spans:
        if span.readable < span.rows and Reason.TIME not in examples:
            examples[Reason.TIME] = Location(span.file.name, first_unreadable(session.connection, span.file)[0])
    return Balance(
        rows=int(told["rows"].sum()),
        counted=int(told[whole & told["full"]]["rows"].sum()),
        set_aside={str(reason): by_reason[reason] for reason in Reason if reason in by_reason},
        by_source={span.file.name: span.rows for span in spans},
        in_part_weeks=int(told[whole & ~told["full"]]["rows"].sum()),
        of_unknown_people=for_nobody[0],
        of_no_persona=for_nobody[1],
        examples=examples,
    )


def _with_days(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Numbers of days → dates at midnight, in these columns ("day" unless named)."""
    begin = pd.Timestamp(EPOCH_MONDAY)
    days = {name: begin + pd.to_timedelta(frame[name].astype("int64"), unit="D") for name in columns or ("day",)}
    return frame.assign(**{name: dates.astype("datetime64[ns]") for name, dates in days.items()})
