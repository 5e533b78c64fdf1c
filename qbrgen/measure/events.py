"""Event rows → counts: files are opened, what they cover is settled, one expression counts, small frames come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date

import ibis
import pandas as pd

from qbrgen.define.model.sources import EachRow
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.report import counted
from qbrgen.measure import expression, roster
from qbrgen.measure.copies import copies
from qbrgen.measure.counts import Balance, Counts, Reason
from qbrgen.measure.cover import AnySpan, cover_of
from qbrgen.measure.engine import BrokenFileError, Engine, engine
from qbrgen.measure.expression import Cover
from qbrgen.measure.here import Here, files_of, headers_of
from qbrgen.measure.long_rows import Pairs, long_row_findings, pairs_in
from qbrgen.measure.only import never_occurs
from qbrgen.measure.read_as import read_as
from qbrgen.measure.remote import Remote, databases_of
from qbrgen.measure.sources import first_unreadable
from qbrgen.measure.spans import TIME_FIX, Span, gave_up, in_their_encodings, no_rows, not_as_told
from qbrgen.measure.values import AFTER, feed_of, read_values
from qbrgen.period import EPOCH_MONDAY, full_weeks

Place = Here | Remote


@in_their_encodings
def measure(definitions: Definitions, as_of: date | None = None) -> Counts:
    """Count every event of a workspace.

    as_of: the last day that counts; default the settings' own, else the last full day that the data cover: the day
    before that of the last event, which may have been cut off by the export, or that day itself where its last event
    has no time of day (a day given as a day is a whole one) or its row stands for a week. The first day is the
    settings', else the first event's.
    Raises InputError with every finding about files that are missing, empty, broken, or not as mapped.
    """
    settings = definitions.settings
    given = as_of or settings.as_of
    values, findings = read_values(settings, given)
    with engine() as session, databases_of(settings) as remotes:
        here = Here(session, files_of(settings))
        places: list[Place] = [here, *remotes]
        for place in places:
            findings += place.open(definitions)
        stop_at(findings)
        for place in places:
            findings += place.look(settings.time_zone or UTC)
        if not any(span.rows for remote in remotes for span in remote.spans["events"]):
            findings += no_rows(here.spans["events"])
        stop_at(findings)
        spans = [span for place in places for span in place.spans["events"]]
        seen = [span for place in places for span in place.spans["presence"]]
        cover = cover_of(settings, as_of, spans, [*spans, *seen], values)
        if given is None and len(values):  # the events told the as-of date: values after it count as little
            values, findings = read_values(settings, cover.last)
        try:
            counts, too_long = _counts(session, definitions, cover, places, values)
        except BrokenFileError as error:
            raise gave_up(settings.root.name, error, [*here.files["events"], *here.files["presence"]]) from error
        odd = [*too_long, *(finding for finding in findings if finding.code == AFTER)]
        odd += [lost for span in seen if (lost := _lost_times(session, span))]
    if not settings.sources.events:  # ready-made values alone: they are what is heard of an account
        counts = replace(counts, **feed_of(counts.values, full_weeks(cover.first, cover.last)))
    stop_at(too_long)
    odd += [*not_as_told([*here.spans["events"], *here.spans["presence"]]), *_ids_apart(places)]
    odd += never_occurs((span.file.name, span.file.table, span.rows) for span in seen)
    odd += copies(here.files["events"])
    return replace(counts, odd_files=tuple(odd))


def _lost_times(session: Engine, span: AnySpan) -> Finding | None:
    """Rows of presence that are set aside; those of events are in the balance."""
    lost = span.rows - span.readable
    if not lost:
        return None
    what = f"{counted(lost, 'row')} of presence set aside: {Reason.TIME}."
    return Finding(Level.WARNING, "presence-time-not-readable", what, TIME_FIX, _first_lost(session, span))


def _first_lost(session: Engine, span: AnySpan) -> Location:
    """The place of the first time that cannot be read, as far as that is known."""
    return Location(
        span.file.name, first_unreadable(session.connection, span.file)[0] if isinstance(span, Span) else None
    )


def stop_at(findings: Sequence[Finding]) -> None:
    """InputError with these findings where one of them is an error."""
    if any(finding.level is Level.ERROR for finding in findings):
        raise InputError(findings)


# ---- counting -------------------------------------------------------------------------------------------------------


def _counts(
    session: Engine, definitions: Definitions, cover: Cover, places: Sequence[Place], values: pd.DataFrame
) -> tuple[Counts, list[Finding]]:
    """The counts, and what rows that stand for a day or a month cannot tell."""
    weeks = full_weeks(cover.first, cover.last)
    accounts = session.keep("accounts", roster.known_accounts(definitions), {"account": "VARCHAR", "broken": "BOOLEAN"})
    columns = {"account": "VARCHAR", "event": "VARCHAR", "by_day": "BOOLEAN", "in_order": "BOOLEAN", "what": "BIGINT"}
    asked = roster.wanted_events(definitions)
    named = sorted({event for _, event, *_ in asked})
    wanted = session.keep("wanted", [(*each, named.index(each[1])) for each in asked], columns)
    places = [place for place in places if place.files["events"] or place.files["presence"]]
    with_events = [place for place in places if place.files["events"]]
    groups, names, rows = _groups(session, definitions, cover, with_events, accounts)
    last_event = _with_days(session.frame(expression.last_event(groups)))
    life = session.frame(expression.life(groups, weeks), "account", "week")
    heard = session.frame(expression.heard(groups), "account", "week")
    strangers = session.frame(expression.strangers(groups), "account")
    unknown, *for_nobody = _unknown_users(session, groups, definitions, weeks)
    balance = _balance(session, groups, weeks, with_events, for_nobody)
    seen = session.run("people_seen", expression.people_seen(groups))
    people = session.frame(seen, "who")
    weekly = session.frame(expression.weekly(groups, wanted, seen, weeks), "who", "what", "week")
    daily = session.frame(expression.daily(groups, wanted, seen), "who", "what", "day")
    session.drop("groups")  # millions of rows: their place is wanted for the names in the frames
    ordered, unordered = _chains(definitions, with_events, rows, [(a, e) for a, e, _, in_order in asked if in_order])
    counts = Counts(
        as_of=cover.last,
        data_start=cover.first,
        weekly=_with_names(weekly, people, named),
        daily=_with_days(_with_names(daily, people, named)),
        ordered=ordered,
        first_event=_with_days(people.drop(columns="who")),
        life=life,
        heard=_with_days(heard, "first", "last"),
        last_event=dict(zip(last_event["account"], last_event["day"].dt.date, strict=True)),
        presence=_presence(definitions, places, cover, weeks),
        values=values[values["account"].isin(list(definitions.accounts))].reset_index(drop=True),
        unknown_users=unknown,
        seen_events=frozenset(names),
        balance=balance,
        unordered=frozenset(unordered),
        event_rows=names,
        strangers=_rows_by(strangers, "account"),
        value_strangers=_strange_values(definitions, values),
    )
    return counts, long_row_findings(definitions, *(_of_length(with_events, rows, of) for of in _LONG))


_LONG = (EachRow.DAY, EachRow.MONTH)


def _of_length(places: Sequence[Place], rows: Sequence[ibis.Table], each_row: EachRow) -> Pairs:
    """(account, event) that came in rows that stand for this long."""
    found: set[tuple[str, str]] = set()
    for place, each in zip(places, rows, strict=True):
        found |= set(pairs_in(each, place.files["events"], each_row, place.frame))
    return found


def _groups(
    session: Engine, definitions: Definitions, cover: Cover, places: Sequence[Place], accounts: ibis.Table
) -> tuple[ibis.Table, dict[str, int], list[ibis.Table]]:
    """(the told groups of all places, the rows of each event name, the dated rows of each place)."""
    asked = roster.wanted_events(definitions)
    by_day = {event for _, event, is_daily, _ in asked if is_daily}
    events = {event for _, event, *_ in asked}
    forms = definitions.settings.sources.other_forms
    known = {*definitions.accounts, *definitions.set_aside, *forms}
    names: Counter[str] = Counter()
    headers = headers_of(file for place in places for file in place.files["events"])
    parts, dated = [], []
    for number, place in enumerate(places):
        rows = _dated(place, cover)
        dated.append(rows)
        if isinstance(place, Remote):
            groups = place.arrow(expression.counted(expression.reduced(rows, events, known), by_day))
            parts.append(_in_full(session, session.take(f"groups_{number}", groups), f"groups_{number}", forms))
            names.update(place.names)
            continue
        if place.reduces:
            parts.append(expression.counted(expression.reduced(rows, events), by_day))
            names.update(_rows_by(place.frame(expression.names_of_rows(place.table("events"))), "event"))
            continue
        part = expression.counted(rows, by_day)
        if len(places) == 1:
            groups = session.run("groups", expression.told(part, accounts, headers), any_order=True)
            return groups, _rows_by(session.frame(expression.names(groups), "event"), "event"), dated
        parts.append(session.run(f"groups_{number}", part, any_order=True))
        names.update(_rows_by(session.frame(expression.names(parts[-1])), "event"))
    if not parts:
        session.connection.execute(_NO_EVENTS)
        parts = [expression.counted(_dated(Here(session, {}), cover), by_day)]
    one = parts[0] if len(parts) == 1 and not isinstance(places[0] if places else None, Remote) else None
    every = one if one is not None else expression.joined(parts)
    groups = session.run("groups", expression.told(every, accounts, headers), any_order=True)
    return groups, dict(sorted(names.items())), dated


# A workspace may hold ready-made values alone.
_NO_EVENTS = """CREATE TEMP VIEW events AS SELECT 0 AS source, CAST(NULL AS TIMESTAMP) AS wall,
    CAST(NULL AS TIMESTAMP) AS instant, '' AS "user", '' AS account, '' AS event WHERE false"""


def _dated(place: Place, cover: Cover) -> ibis.Table:
    rows = expression.timed(place.table("events"), cover)
    repeated = None
    if "id" in rows.columns:
        found = place.run("repeated", expression.repeated_ids(place.table("events")))
        repeated = found if len(place.frame(found.limit(1))) else None
    return expression.dated(expression.marked(rows, repeated, place.bytewise), cover)


def _in_full(session: Engine, groups: ibis.Table, name: str, forms: Mapping[str, str]) -> ibis.Table:
    """Groups of a database with the ids that may be written in two forms as the workspace has them."""
    if not forms:
        return groups
    told = {"user": forms, "account": forms}
    select = read_as(session.connection, f"SELECT * FROM {name}", told, told, name)
    session.connection.execute(f"CREATE TEMP VIEW {name}_read AS {select}")
    return session.table(f"{name}_read")


def _chains(
    definitions: Definitions, places: Sequence[Place], rows: Sequence[ibis.Table], chains: Sequence[tuple[str, str]]
) -> tuple[pd.DataFrame, set[str]]:
    """(every event of a chain in order, the names of those that came in rows of a week)."""
    frames, unordered = [], []
    columns = ("account", "user", "at", "event")
    asked = [*chains, *_other_accounts(definitions, chains)]
    for place, each in zip(places, rows, strict=True) if chains else ():
        frames.append(_renamed(definitions, place, place.frame(expression.ordered(each, asked), *columns)))
        if "days" in each.columns:
            unordered.append(_renamed(definitions, place, place.frame(expression.unordered(each, asked))))
    pairs = pd.DataFrame(list(chains), columns=["account", "event"], dtype="str")
    ordered = pd.concat(frames, ignore_index=True).merge(pairs) if frames else _NOTHING_ORDERED
    if len(frames) > 1:
        ordered = ordered.sort_values(list(columns), kind="stable", ignore_index=True)
    names = {name for frame in unordered for name in frame.merge(pairs)["event"]}
    return _with_days(ordered), names


_NOTHING_ORDERED = pd.DataFrame({"account": [], "user": [], "event": [], "at": [], "day": []}).astype(
    {"account": "str", "user": "str", "event": "str", "at": "datetime64[us]", "day": "int64"}
)


def _other_accounts(definitions: Definitions, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same pairs with the other forms of their accounts' ids."""
    forms = definitions.settings.sources.other_forms
    return [(form, event) for account, event in pairs for form, of in forms.items() if of == account]


def _renamed(definitions: Definitions, place: Place, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a database with the ids that may be written in two forms as the workspace has them."""
    forms = dict(definitions.settings.sources.other_forms)
    if not forms or not isinstance(place, Remote):
        return frame
    return frame.assign(**{name: frame[name].replace(forms) for name in ("account", "user") if name in frame})


def _presence(definitions: Definitions, places: Sequence[Place], cover: Cover, weeks: range) -> pd.DataFrame:
    columns = ["account", "user", "week"]
    forms = definitions.settings.sources.other_forms
    accounts = {*definitions.accounts, *(form for form, of in forms.items() if of in definitions.accounts)}
    frames = []
    for place in places:
        if place.files["presence"]:
            rows = expression.present(expression.timed(place.table("presence"), cover), accounts, cover, weeks)
            frames.append(_renamed(definitions, place, place.frame(rows, *columns)))
    if not frames:
        return pd.DataFrame({"account": [], "user": [], "week": []}).astype(
            {"account": "str", "user": "str", "week": "int64"}
        )
    every = pd.concat(frames, ignore_index=True)
    if len(frames) == 1 and not forms:
        return every
    return every.drop_duplicates().sort_values(columns, ignore_index=True)


def _ids_apart(places: Sequence[Place]) -> list[Finding]:
    """That copies are told by their id within one place only, where events lie in several."""
    with_events = [place for place in places if place.files["events"]]
    tables = [table for place in with_events for table in place.tables["events"] if "id" in table.columns]
    if len(with_events) < 2 or not tables:
        return []
    what = "the events lie in several places, and rows with the same id are told as copies within one place only."
    fix = "Where an event may be in two of them, bring its table to one place."
    return [Finding(Level.NOTE, "ids-within-one-place", what, fix, tables[0].where)]


def _strange_values(definitions: Definitions, values: pd.DataFrame) -> dict[str, int]:
    """Account id that the workspace does not have → its ready-made values."""
    known = {*definitions.accounts, *definitions.set_aside}
    found = values["account"].value_counts()
    return {str(name): int(number) for name, number in sorted(found.items()) if name and name not in known}


def _rows_by(frame: pd.DataFrame, column: str) -> dict[str, int]:
    return dict(zip(frame[column], map(int, frame["rows"]), strict=True))


def _unknown_users(
    session: Engine, groups: ibis.Table, definitions: Definitions, weeks: range
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


def _balance(
    session: Engine, groups: ibis.Table, weeks: range, places: Sequence[Place], for_nobody: Sequence[int]
) -> Balance:
    told = session.frame(expression.balance(groups, weeks))
    whole = told["reason"].isna()
    by_reason = {str(reason): int(rows) for reason, rows in told[~whole].groupby("reason")["rows"].sum().items()}
    examples: dict[str, Location] = {}
    spans = [span for place in places for span in place.spans["events"]]
    for span in spans:
        if span.readable < span.rows and Reason.TIME not in examples:
            examples[Reason.TIME] = _first_lost(session, span)
    return Balance(
        rows=int(told["rows"].sum()),
        counted=int(told[whole & told["full"]]["rows"].sum()),
        set_aside={str(reason): by_reason[reason] for reason in Reason if reason in by_reason},
        by_source={span.file.name: span.rows for span in spans},
        in_part_weeks=int(told[whole & ~told["full"]]["rows"].sum()),
        of_unknown_people=for_nobody[0],
        of_no_persona=for_nobody[1],
        times={span.file.name: (span.first, span.last) for span in spans if span.first and span.last},
        examples=examples,
    )


def _with_names(frame: pd.DataFrame, people: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Numbers of people and events → account, user and event."""
    who, what = frame["who"].to_numpy(), frame["what"].to_numpy()
    named = pd.Series(list(names), dtype="str")
    texts = {
        "account": people["account"].take(who).array,
        "user": people["user"].take(who).array,
        "event": named.take(what).array,
    }
    return pd.DataFrame({**texts, **frame.drop(columns=["who", "what"])})


def _with_days(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Numbers of days → dates at midnight, in these columns ("day" unless named)."""
    begin = pd.Timestamp(EPOCH_MONDAY)
    days = {name: begin + pd.to_timedelta(frame[name].astype("int64"), unit="D") for name in columns or ("day",)}
    return frame.assign(**{name: dates.astype("datetime64[ns]") for name, dates in days.items()})
