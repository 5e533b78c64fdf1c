"""Which column of a table is what: as it is written, by a known export (`export:`), or by the same name as ours.

In: an entry of `data:` and the columns of its file. Out: a `Mapping` and what is wrong with it. A file that fits no
export, or another one, is told which it looks like, ready to paste.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qbrgen.define.model.sources import EachRow
from qbrgen.define.settings_schema import (
    EventsFile,
    FileWritten,
    NamesFile,
    PartWritten,
    PresenceFile,
    RowsWritten,
    ValuesFile,
)
from qbrgen.define.wide_values import period_columns
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.exports.model import Export
from qbrgen.load.exports.recognise import recognise, with_paths
from qbrgen.load.exports.registry import BY_NAME
from qbrgen.load.nearest import instead_of, listed, nearest
from qbrgen.load.reading import Reading
from qbrgen.load.tables import TableData

REQUIRED = {
    "events": ("time", "user", "event"),
    "people": ("user",),
    "accounts": ("account",),
    "presence": ("time", "user"),
    "values": ("account", "metric"),
    "names": ("id", "name"),
}
Sample = Callable[[], Sequence[Sequence[str]]]
"""Some rows of a file, read where it takes them to know what it holds."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What was made of an entry for one file."""

    columns: dict[str, str]
    each_row: EachRow = EachRow.EVENT
    reading: Reading = field(default_factory=Reading)
    event_columns: Mapping[str, str] = field(default_factory=dict)
    export: str = ""
    period_columns: tuple[str, ...] = ()


def export_of(written: FileWritten | NamesFile, kind: str, where: Location) -> tuple[Export | None, list[Finding]]:
    """The export that an entry names, and what is wrong with the name."""
    if not written.export:
        return None, []
    export = BY_NAME.get(written.export)
    if export is None:
        close = nearest(written.export, BY_NAME)
        what = f"there is no known export '{written.export}'."
        meant = f"Did you mean '{close}'? " if close else ""
        alike = [name for name in BY_NAME if kind in BY_NAME[name].holds]
        fix = f"{meant}Those of {kind} are: {', '.join(alike)}."
        return None, [Finding(Level.ERROR, "unknown-export", what, fix, where)]
    if _used_as(kind, export, written) not in export.holds:
        holds = [each for each in export.holds if each != "names"] or export.holds
        what = f"'{export.name}' ({export.called}) holds {_in_words(holds)}, no {kind}."
        fix = export.unused or f"Move the entry to `{export.holds[0]}:`."
        if kind == "presence" and "events" in export.holds:
            fix = "Name those of its events that are presence under `only:`, such as [Signed In]."
        if export.holds[:1] == ("names",):
            fix = "Name it under `names:` of the table whose ids it explains."
        return None, [Finding(Level.ERROR, "export-holds-other", what, fix, where)]
    return export, []


def _used_as(kind: str, export: Export, written: FileWritten | NamesFile) -> str:
    """As what an export's columns are read: presence may be some of its events."""
    some = isinstance(written, PresenceFile) and written.only and "presence" not in export.holds
    return "events" if some else kind


def mapping(
    kind: str,
    written: FileWritten | NamesFile,
    content: TableData,
    sample: Sample,
    export: Export | None,
    where: Mapping[str, Location],
) -> tuple[Mapped, list[Finding]]:
    """Our fields → columns of one file. where: our field → where it is (to be) written.

    "" in `where` is the place of `columns:`, "export" that of the export.
    """
    every = with_paths(content.columns, sample()) if export is not None and content.columns else content.columns
    given = {key: column for key, column in written.columns.model_dump(by_alias=True).items() if column}
    keys = [info.alias or key for key, info in type(written.columns).model_fields.items()]
    of_account = isinstance(written, PartWritten) and written.account
    findings: list[Finding] = []
    if of_account and "account" in given:
        what = "the entry says both of which account every row is and in which column the account stands."
        findings.append(Finding(Level.ERROR, "account-twice-said", what, "Keep one of the two.", where["account"]))
    by_name = {key: key for key in keys if key in content.columns}
    found = export.mapping(_used_as(kind, export, written), every) if export is not None else by_name
    columns = given | {key: column for key, column in found.items() if key not in given and key in keys}
    if of_account:
        columns.pop("account", None)
    mapped = Mapped(columns, _each_row(written, export), written.read.reading(), {}, export.name if export else "")
    if isinstance(written, EventsFile):
        mapped = replace(mapped, event_columns=_event_columns(written, export, content, columns))
    if isinstance(written, ValuesFile):
        if written.value_columns:
            mapped = replace(mapped, event_columns=written.value_columns)
        elif not {"period", "time", "value", "numerator"} & set(columns):
            mapped = replace(mapped, period_columns=period_columns(content.columns, columns.values()))
    if content.columns:
        lacking = _lacking(kind, mapped, bool(of_account))
        if isinstance(written, ValuesFile) and (written.metric or written.value_columns):
            lacking = [name for name in lacking if name != "metric"]
        if isinstance(written, PresenceFile) and written.only and "event" not in columns:
            lacking.append("event")
        findings += _not_mapped(kind, lacking, content, every, sample, export, where)
    return mapped, findings


def _each_row(written: FileWritten | NamesFile, export: Export | None) -> EachRow:
    said = written.each_row if isinstance(written, RowsWritten) else None
    return said or EachRow(export.each_row if export else EachRow.EVENT)


def _event_columns(
    written: EventsFile, export: Export | None, content: TableData, columns: Mapping[str, str]
) -> Mapping[str, str]:
    if written.event_columns or export is None or "event" in columns:
        return written.event_columns
    taken = set(columns.values())
    return {name: column for name, column in export.event_columns(content.columns).items() if column not in taken}


def _lacking(kind: str, mapped: Mapped, of_account: bool) -> list[str]:
    """Our fields that must be mapped and are not."""
    columns = mapped.columns
    lacking = [name for name in REQUIRED[kind] if name not in columns]
    if kind == "events" and mapped.event_columns:
        lacking = [name for name in lacking if name != "event"]
    if kind == "values":
        if not {"period", "time"} & set(columns):
            lacking.append("time")
        if "value" not in columns and not {"numerator", "denominator"} <= set(columns):
            lacking.append("value")
        if mapped.event_columns or mapped.period_columns:
            lacking = [name for name in lacking if name != "value" and not (mapped.period_columns and name == "time")]
        if of_account and "account" in lacking:
            lacking.remove("account")
    return lacking


# ---- what is said of a table that does not fit ----------------------------------------------------------------------


def _not_mapped(
    kind: str,
    lacking: Sequence[str],
    content: TableData,
    every: Sequence[str],
    sample: Sample,
    export: Export | None,
    where: Mapping[str, Location],
) -> list[Finding]:
    if not lacking:
        return []
    looks = _looks_like(kind, content, sample())
    if export is not None:
        return [_misfit(export, lacking, content, every, looks, where["export"])]
    if looks is None:
        return [
            Finding(
                Level.ERROR,
                "column-not-mapped",
                f"which column of {content.name} is the {name} of the {kind} is not said.",
                f"Add `{name}:` under `columns:`{_WIDE.get((kind, name), '')}. "
                f"{instead_of(name, content.columns, 'columns')}",
                where[""],
            )
            for name in lacking
        ]
    what = f"which columns of {content.name} are the {_in_words(lacking)} of the {kind} is not said."
    fix = f"It looks like {looks.called}: write `export: {looks.name}` beside `file:`; or map them under `columns:`."
    if kind not in looks.holds:
        fix = _of_another_kind(looks, kind)
    return [Finding(Level.ERROR, "column-not-mapped", what, fix, where[""])]


_WIDE = {
    ("values", "metric"): "; or write `metric: …` beside `file:` where all rows are of one",
    ("values", "value"): "; or, where each metric has a column, `value_columns: {metric: column}` beside `file:`",
    ("values", "time"): "; or, where each time has a column, name these columns as 2026-07 or 2026-Q3",
}


def _misfit(
    export: Export,
    lacking: Sequence[str],
    content: TableData,
    every: Sequence[str],
    looks: Export | None,
    where: Location,
) -> Finding:
    missing = export.missing(every)
    what = f"{content.name} is no '{export.name}' ({export.called})"
    if missing:
        what += f": it lacks {'the columns' if len(missing) > 1 else 'the column'} {_in_words(missing)}."
    else:
        what += f": it has no column for the {_in_words(lacking)}."
    if looks is not None and looks is not export:
        fix = f"It looks like {looks.called}: write `export: {looks.name}`."
    else:
        fix = f"Map {_in_words([f'`{name}:`' for name in lacking])} under `columns:`. It has {listed(content.columns)}."
    return Finding(Level.ERROR, "export-does-not-fit", what, fix, where)


def _looks_like(kind: str, content: TableData, sample: Sequence[Sequence[str]]) -> Export | None:
    """The export that the columns look like; one of the wanted kind before others."""
    found = [match.export for match in recognise(content.columns, sample)]
    return next((export for export in found if kind in export.holds), found[0] if found else None)


def _of_another_kind(looks: Export, kind: str) -> str:
    if looks.unused:
        return f"It looks like {looks.called}. {looks.unused}"
    if looks.holds[0] == "names":
        return f"It looks like {looks.called}: name it under `names:` of the events whose ids it explains."
    return (
        f"It looks like {looks.called}, which holds no {kind}: move it to `{looks.holds[0]}:`, `export: {looks.name}`."
    )


def _in_words(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; "nothing" for none."""
    if len(words) < 2:
        return words[0] if words else "nothing that can be counted"
    return f"{', '.join(words[:-1])} and {words[-1]}"
