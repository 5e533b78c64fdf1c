"""How data and definitions fit: event names that never occur, people whom no roster knows, rows set aside."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from qbrgen.define.model.playbook import Chain, Frequency, Measure, Milestone, ReadyMade, Share, Workflow
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.nearest import listed
from qbrgen.load.report import counted
from qbrgen.measure.counts import Counts, Reason
from qbrgen.measure.spans import TIME_FIX

# An as-of date so much later than the last event is a typing slip, or an export that ended early.
_BEYOND_DAYS = 14


def event_names(workflow: Workflow) -> tuple[str, ...]:
    """Every event name that a workflow is counted from; none for a ready-made value."""
    return events_of(workflow.measure)


def events_of(measure: Measure) -> tuple[str, ...]:
    """The same of a way of counting."""
    match measure:
        case Share(numerator, denominator):
            return tuple(dict.fromkeys((*numerator, *denominator)))
        case Frequency(events=events) | Chain(events=events):
            return events
        case Milestone(steps=steps):
            return tuple(step.event for step in steps)
        case ReadyMade():
            return ()


def data_findings(definitions: Definitions, counts: Counts) -> list[Finding]:
    """Warnings and notes about how data and definitions fit, once for the workspace."""
    return [
        *_names_never_seen(definitions, counts),
        *_people_unknown(definitions, counts),
        *counts.odd_files,
        *_chains_of_weeks(counts),
        *urgent_findings(counts),
        *_rows_set_aside(definitions, counts),
    ]


def events_at(definitions: Definitions, counts: Counts) -> Location | None:
    """Where events as such stand: their file, or the entry of the first where there are several."""
    if len(counts.balance.by_source) == 1:
        return Location(next(iter(counts.balance.by_source)))
    return next((table.where for table in definitions.settings.sources.events), None)


def urgent_findings(counts: Counts) -> Iterator[Finding]:
    """What would make a document wrong without a word: rows whose time is lost, an as-of date beyond the data."""
    lost = counts.balance.set_aside.get(Reason.TIME, 0)
    if lost:
        what = f"{counted(lost, 'event row')} set aside: {Reason.TIME}."
        yield Finding(Level.WARNING, "time-not-readable", what, TIME_FIX, counts.balance.examples.get(Reason.TIME))
    last = max(counts.last_event.values(), default=None)
    if last is not None and (counts.as_of - last).days > _BEYOND_DAYS:
        what = f"The as-of date is {counts.as_of}, and the last event of any account is of {last}."
        fix = "Where the data end earlier, set an earlier as-of date."
        yield Finding(Level.WARNING, "as-of-beyond-data", what, fix)


def _names_never_seen(definitions: Definitions, counts: Counts) -> Iterator[Finding]:
    """A definition that names an event which no row has is most often a typing slip: the nearest names are offered."""
    users: dict[str, set[str]] = {}
    for account in definitions.accounts.values():
        for persona in account.personas:
            for workflow in persona.workflows:
                for name in event_names(workflow):
                    if name not in counts.seen_events:
                        own = f"account/{account.id}/overrides/{persona.id}/{workflow.id}"
                        place = own if own in definitions.where else f"playbook/{account.playbook}/"
                        users.setdefault(name, set()).add(
                            place if place == own else f"{place}{persona.id}/{workflow.id}"
                        )
    for name, places in sorted(users.items()):
        near = get_close_matches(name, counts.seen_events, n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        first, *others = sorted(places, key=lambda place: (place.startswith("account/"), place))
        also = f" and {counted(len(others), 'other')}" if others else ""
        yield Finding(
            Level.WARNING,
            "event-never-occurs",
            f"No row of the data has the event {name!r}, from which {_called(first)}{also} is counted.",
            f"{meant}The names there are: {listed(sorted(counts.seen_events))}.",
            definitions.where.get(first),
        )


def _called(place: str) -> str:
    *_, persona, workflow = place.split("/")
    return f"the workflow '{workflow}' of '{persona}'"


def _chains_of_weeks(counts: Counts) -> Iterator[Finding]:
    for name in sorted(counts.unordered):
        what = f"Rows that stand for a week or a month hold the event {name!r} of a chain; nobody knows its order: "
        what += "left out of it."
        fix = "Export it as single events, or count the workflow by `frequency:`."
        yield Finding(Level.WARNING, "chain-of-weeks", what, fix)


def _people_unknown(definitions: Definitions, counts: Counts) -> Iterator[Finding]:
    """Told at the table that they belong into; where there is none, at the first of their accounts."""
    unknown = counts.unknown_users
    if len(unknown):
        rows = int(unknown["rows"].sum())
        tables = [table.called(definitions.settings.root) for table in definitions.settings.sources.people]
        named = [f"{account} ({listed(users)})" for account, users in unknown.groupby("account")["user"]]
        yield Finding(
            Level.WARNING,
            "unknown-people",
            f"{counted(len(unknown), 'user')} with {counted(rows, 'event row')} in no roster: {listed(named)}.",
            "Add them to the people data, or to the account's file.",
            Location(tables[0]) if tables else definitions.where.get(f"account/{unknown['account'].iloc[0]}"),
        )


def _rows_set_aside(definitions: Definitions, counts: Counts) -> Iterator[Finding]:
    for reason, rows in counts.balance.set_aside.items():
        if rows and reason != Reason.TIME:
            where = counts.balance.examples.get(reason)
            what = f"{counted(rows, 'event row')} set aside: {reason}{_whose(Reason(reason), counts)}."
            fix = _ASIDE.get(Reason(reason), "").format(as_of=counts.as_of, data_start=counts.data_start)
            if reason == Reason.DUPLICATE and rows > counts.balance.rows * _MOST_REPEATED:
                yield Finding(Level.WARNING, "ids-repeated", what, _NO_ID_OF_ROWS, where)
            else:
                yield Finding(Level.NOTE, "rows-set-aside", what, fix, where)
    if counts.balance.in_part_weeks:
        in_part = counted(counts.balance.in_part_weeks, "event row")
        what = f"{in_part} of weeks that the data hold in part: counted nowhere."
        yield Finding(Level.NOTE, "rows-in-part-weeks", what, where=events_at(definitions, counts))


def _whose(reason: Reason, counts: Counts) -> str:
    """ " (zenith: 1,204, apex: 3)": whose rows they are, of accounts that are not there; most rows first."""
    if reason is not Reason.UNKNOWN_ACCOUNT or not counts.strangers:
        return ""
    ordered = sorted(counts.strangers.items(), key=lambda each: (-each[1], each[0]))
    return f" ({listed(f'{name}: {rows:,}' for name, rows in ordered)})"


# An export that overlaps the one before repeats some ids; where most are repeated, they are no ids of rows.
_MOST_REPEATED = 0.5
_NO_ID_OF_ROWS = "Most ids stand on several rows: map `id:` to the id of the row (not of a person or a session)."

# What becomes of the rows, or what to do.
_ASIDE = {
    Reason.DUPLICATE: "An id that came more than once counts once.",
    Reason.SAME_ROW: "Rows that stand in several files count once, as `same_rows: once` says.",
    Reason.HEADER: "It stands among the rows where exports were put together in one file; it is no row.",
    Reason.NO_USER: "Nobody can be named for them.",
    Reason.NO_ACCOUNT: "Map `account:`, or give each person one account in the people data.",
    Reason.UNKNOWN_ACCOUNT: "Write an accounts/NAME.yml for those that the workspace should have.",
    Reason.ACCOUNT_SET_ASIDE: "They count as soon as its errors are mended.",
    Reason.BAD_VALUE: "Write how many occurrences a row stands for, such as 3, or map another column as `value:`.",
    Reason.NO_VALUE: "A row stands for as many occurrences as its value says.",
    Reason.BEFORE: "The data start on {data_start}.",
    Reason.AFTER: "The as-of date is {as_of}; they count when it has come to them.",
}
