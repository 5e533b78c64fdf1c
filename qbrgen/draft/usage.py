"""Drafts of exports that name no person: counts by account and month become ready-made values, and that is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from qbrgen.draft.activity import Source
from qbrgen.draft.event_names import event_words, no_work
from qbrgen.draft.model import Draft, DraftPersona, DraftWorkflow, Kind, Mapped, SetAside, Target
from qbrgen.draft.titles import id_of
from qbrgen.draft.workflows import MOST, proposed
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.cells import parse_number
from qbrgen.period import Rhythm

NOT_NAMED = "people-not-named"
SOURCE = "the export of feature usage"
LAST_MONTH = 9999 * 12
_MONTHS_KEPT = 9  # three quarters: this one, the one before, and what is needed to tell a change
_LOWEST = Fraction(1, 4)

Used = dict[tuple[str, str], set[int]]
"""(account, metric) → the months in which it was used, counted from year 0."""


def of_counts(tables: Sequence[Mapped], left: tuple[tuple[str, str], ...], source: Source) -> Draft:
    """A draft of counts by account and month. Raises InputError where there are none either."""
    counts = [mapped for mapped in tables if mapped.kind is Kind.VALUES]
    if not counts:
        raise InputError([_nothing(tables, left)])
    used = _used(source)
    if not used:
        raise InputError([_nothing(tables, left)])
    months = {month for seen in used.values() for month in seen}
    last = max(months)
    kept = range(max(min(months), last - _MONTHS_KEPT + 1), last + 1)
    metrics = _metrics(used, kept)
    aside = [SetAside(metric, rows, why) for metric, rows in metrics.items() if (why := no_work(metric))]
    work = [metric for metric in metrics if not no_work(metric)][:MOST]
    unused = [metric for metric in metrics if metric not in work and not no_work(metric)]
    first = _first_months(used)
    workflows = tuple(_workflow(metric, used, kept, first) for metric in work)
    persona = DraftPersona(
        id=NOT_NAMED,
        name="people of the account",
        one="person of the account",
        titles=(),
        rhythm=Rhythm.MONTH,
        rhythm_why="the export counts by the month",
        target=Target(Fraction(1, 2), Fraction(0), "nobody is named, so nobody can be counted"),
        workflows=workflows,
        people=0,
        with_events=0,
        share=Fraction(0),
        why="the export counts by account, not by person",
    )
    lists = [mapped for mapped in tables if mapped.kind is Kind.ACCOUNTS] or _lists_of(counts)
    return Draft(
        tables=(*lists, *(replace(mapped, months_in_use=True) for mapped in counts)),
        left=left,
        personas=(persona,),
        set_aside=tuple(aside),
        unused=tuple(SetAside(metric, metrics[metric], "used in fewer months") for metric in unused),
        unmatched=(),
        people=0,
        cannot=(
            "The export names no person: who is active cannot be said, and nobody is counted.",
            "It counts by account and month: each workflow is the share of months in which the account used it at all.",
        ),
        from_table=True,
        accounts={},
        first_day=_day(kept[0]),
        last_day=_day(last),
    )


def _lists_of(counts: Sequence[Mapped]) -> list[Mapped]:
    """The counts as lists of the accounts, where no file lists these."""
    why = {"account": "no list of accounts is there, and each row here names one"}
    return [Mapped(Kind.ACCOUNTS, each.table, {"account": each.columns["account"]}, why) for each in counts]


def _used(source: Source) -> Used:
    """What each account used in which months: any number above 0."""
    used: Used = defaultdict(set)
    for table, data in source.data.values:
        cells = {key: data.column(table.columns.get(key)) for key in ("account", "metric", "value")}
        times = data.column(table.columns.get("time") or table.columns.get("period"))
        for account, metric, value, time in zip(*cells.values(), times, strict=True):
            month = _month(time)
            if account and metric and month is not None and _above_zero(value):
                used[account, metric].add(month)
    return used


def _month(text: str) -> int | None:
    year, _, month = text[:7].partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    return int(year) * 12 + int(month) - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _above_zero(text: str) -> bool:
    try:
        return parse_number(text) > 0
    except ValueError:
        return False


def _metrics(used: Used, months: range) -> dict[str, int]:
    """Metric → account-months in use, the most used first."""
    found: dict[str, int] = defaultdict(int)
    for (_, metric), seen in used.items():
        found[metric] += sum(month in months for month in seen)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _first_months(used: Used) -> dict[str, int]:
    """Account → the first month in which it used anything: before that it was no customer, as far as the data tell."""
    found: dict[str, int] = {}
    for (account, _), seen in used.items():
        found[account] = min(found.get(account, LAST_MONTH), *seen)
    return found


def _workflow(metric: str, used: Used, months: range, first: Mapping[str, int]) -> DraftWorkflow:
    quarter = range(max(months[0], months[-1] - 2), months[-1] + 1)
    shares = []
    heard = {account for (account, _), seen in used.items() if not seen.isdisjoint(quarter)}
    for account in heard:
        own = [month for month in quarter if month >= first[account]]
        shares.append((sum(month in used.get((account, metric), ()) for month in own), len(own)))
    users = sum(done > 0 for done, _ in shares)
    name = event_words(metric).name
    return DraftWorkflow(
        id=id_of(metric),
        name=f"{name} in use",
        did="",
        events=(),
        target=proposed(shares, _LOWEST, "of the months"),
        why=f"{users:,} of {len(shares):,} accounts with any use in the last three months of the data used it",
        metric=metric,
    )


def _nothing(tables: Sequence[Mapped], left: Sequence[tuple[str, str]]) -> Finding:
    seen = "; ".join(f"{mapped.table.called} holds {mapped.kind}" for mapped in tables)
    told = "; ".join(f"{name}: {why}" for name, why in left)
    what = "No file tells what people do: a row with a person, an event and a time, or a column a measure."
    return Finding(Level.ERROR, "no-events", what, ". ".join(text for text in (seen, told) if text))
