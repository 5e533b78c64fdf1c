"""`qbrgen explain --rows`: the events behind every figure, on the terminal, as JSON and as CSV. Internal."""

from __future__ import annotations

import csv
import functools
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.options import Command, check_places, spreadsheet_cell
from qbrgen.cli.terminal import say_line, styled, visible
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from rich.table import Table

    from qbrgen.measure.rows import EventRow
    from qbrgen.measure.values import ValueRow
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording
    from qbrgen.pipeline import Review
    from qbrgen.score.row_list import RowList, Stated
    from qbrgen.score.row_marks import Marked

_LIMIT = 40
_PLAIN_WIDTH = 140  # of a table that no terminal shows
_UNITS = {
    "weeks in seat": "weeks-in-seat",
    "two-week units in seat": "two-weeks-in-seat",
    "months in seat": "months-in-seat",
}
_COLUMNS = (
    *("audience", "account", "period", "figure", "time", "days", "user", "name", "event", "occurrences"),
    *("value", "numerator", "denominator", "counted", "why", "adds", "file", "line"),
)


@dataclass(frozen=True)
class RowsAsked:
    """How rows are asked for. limit: how many at most are shown over all figures; 0 all; None as is usual."""

    limit: int | None
    path: Path | None
    replace: bool


def rows_options(command: Command) -> Command:
    """--rows, --limit, --csv and --replace, as one argument `rows`: None where no rows are asked for."""

    @functools.wraps(command)
    def told(*args: Any, rows: bool, limit: int | None, csv_path: Path | None, replace: bool, **options: Any) -> Any:
        if replace and csv_path is None:
            raise click.UsageError("--replace goes with --csv FILE.")
        asked = RowsAsked(limit, csv_path, replace) if rows or limit is not None or csv_path else None
        return command(*args, rows=asked, **options)

    of_file = click.Path(path_type=Path, dir_okay=False)
    limit_help = f"Rows to show over all figures; 0: all. Default: {_LIMIT}, with --json all. Says --rows as well."
    for option in (
        click.option("--replace", is_flag=True, help="With --csv: put the list in the place of a file."),
        click.option("--csv", "csv_path", type=of_file, help="Write all rows to this file. Says --rows as well."),
        click.option("--limit", type=click.IntRange(min=0), help=limit_help),
        click.option("--rows", is_flag=True, help="List the events behind each figure, and how each was counted."),
    ):
        told = option(told)
    return told  # type: ignore[return-value]


def check_csv(asked: RowsAsked) -> None:
    """InputError where the CSV file may not be written, before anything is counted."""
    path = asked.path
    if path is None:
        return
    if path.is_file() and not asked.replace:
        what, fix = f"{path} is there already.", "Choose another name, or write --replace to put the list in its place."
        raise InputError([Finding(Level.ERROR, "file-there", what, fix)])
    check_places([path], "Choose another file with --csv.")


def lists_of(review: Review, account_id: str, narrative: Narrative, keys: Sequence[str]) -> list[RowList]:
    """The rows behind every receipt of these statements, each receipt once.

    Raises InputError where files cannot be read any more, or have changed since they were counted.
    """
    from qbrgen.score.rows import rows_behind

    ids = dict.fromkeys(name for key in keys for name in narrative.statements[key].receipts)
    picture = review.pictures[account_id]
    found = rows_behind(review.definitions, review.counts, picture, [narrative.picture.receipt(name) for name in ids])
    for each in found:
        if not each.adds_up:
            what = f"The rows of {each.receipt.id} do not add up to its figure: the files have changed meanwhile."
            raise InputError([Finding(Level.ERROR, "rows-changed", what, "Run the command again.")])
    return found


# ---- the terminal ---------------------------------------------------------------------------------------------------


def print_rows(review: Review, narrative: Narrative, lists: Sequence[RowList], asked: RowsAsked) -> None:
    """A line and a table for each figure."""
    from rich.console import Console
    from rich.padding import Padding

    say, console = review.wording.say, Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    if not lists:
        say_line(f"\n  {review.wording.sentence(say('rows.no-figure'))}")
    limit = _LIMIT if asked.limit is None else asked.limit
    each_gets = max(1, limit // max(1, sum(bool(found.rows) for found in lists))) if limit else 0
    for found in lists:
        say_line("\n", styled(found.receipt.id, "cyan"))
        line = review.wording.sentence(_first_line(review, found))
        say_line(click.wrap_text(line, width=100, initial_indent="  ", subsequent_indent="  "))
        shown = _some(found, each_gets)
        if shown:
            console.print(Padding(_table(review.wording, _names(narrative), shown), (0, 0, 0, 2), expand=False))
        if len(shown) < len(found.rows):
            say_line(f"  {review.wording.sentence(say('rows.more', n=len(found.rows) - len(shown)))}")


def _some(found: RowList, most: int) -> list[Marked]:
    """So many of the rows at most, the counted before the others, of which up to a quarter is shown; 0: all."""
    counted, aside = found.counted, found.set_aside
    if not most:
        return [*counted, *aside]
    kept = min(len(aside), max(most // 4, most - len(counted)))
    return [*counted[: most - kept], *aside[:kept]]


def _first_line(review: Review, found: RowList) -> str:
    wording, say, receipt = review.wording, review.wording.say, found.receipt
    if found.rows:
        counted, rows = len(found.counted), len(found.rows)
        why = Counter(_why(wording, each) for each in found.set_aside)
        aside = [say("rows.aside-item", n=n, why=reason) for reason, n in why.items()]
        told = say("rows.counted", rows=rows, counted=counted)
        return say("rows.sum", rows=told, sum=_sum(wording, found) if counted else "", aside=aside)
    if found.stated:
        items = [
            say(
                "rows.item",
                what=each.what,
                by=each.by,
                day=wording.date(each.on) if each.on else "",
                place=str(each.where or ""),
            )
            for each in found.stated
        ]
        return say("rows.stated", items=items)
    if found.made_of:
        return say("rows.made-of", figures=list(found.made_of))
    if receipt.rule == "value":
        return say("rows.no-values")
    if receipt.events and receipt.window:
        events = [name for name, _ in receipt.events]
        return say("rows.no-rows", events=events, window=wording.span(receipt.window))
    return say("rows.nothing", files=list(receipt.sources))


def _sum(wording: Wording, found: RowList) -> str:
    """What the counted rows add up to; nothing where the figure is no sum."""
    above, below, unit = found.numerator, found.denominator, found.receipt.unit
    if above is None or below is None:
        return ""
    if not below:
        return wording.say("rows.sum-none")
    facts = {"n": wording.number(above), "m": wording.number(below), "m_count": below, "counted": len(found.counted)}
    if unit in _UNITS:
        one, many = (wording.say(f"rows.{_UNITS[unit]}-{form}") for form in ("one", "many"))
        return wording.say("rows.sum-units", one=one, many=many, **facts)
    if found.receipt.rule == "active":
        return wording.say("rows.sum-active", **facts)
    return wording.say(f"rows.sum-{unit if unit in ('events', 'people') else 'values'}", **facts)


def _table(wording: Wording, names: Mapping[str, str], shown: Sequence[Marked]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("time", "who", "event", "n", "counted", "place"):
        table.add_column(
            wording.say(f"rows.column-{name}"),
            justify="right" if name == "n" else "left",
            no_wrap=name == "time",
            overflow="fold",
        )
    for each in shown:
        style = "" if each.why is None else "dim"
        cells = _event_cells(wording, names, each) if _is_event(each.row) else _value_cells(wording, each)
        table.add_row(*(Text(visible(cell), style=style) for cell in cells))
    return table


def _is_event(row: EventRow | ValueRow) -> bool:
    return hasattr(row, "micro")


def _event_cells(wording: Wording, names: Mapping[str, str], each: Marked) -> list[str]:
    row: Any = each.row
    when = wording.say("rows.unreadable") if row.at is None else f"{row.at:%Y-%m-%d %H:%M}"
    if row.at is not None and row.days > 1:
        when = wording.say("rows.week-from", day=f"{row.at:%Y-%m-%d}")
    number = wording.number(_occurrences(row))
    place = row.place.file
    if row.place.number is not None:
        place = wording.say(f"rows.{row.place.kind}", file=place, n=row.place.number)
    return [when, names.get(row.user, row.user), row.event, number, _counted(wording, each), place]


def _value_cells(wording: Wording, each: Marked) -> list[str]:
    row: Any = each.row
    when = wording.say("rows.from-to", first=row.first.isoformat(), last=row.last.isoformat())
    number = wording.number(row.value) if row.value is not None else ""
    if row.value is None and row.numerator is not None and row.denominator is not None:
        number = wording.say("rows.ratio", n=wording.number(row.numerator), m=wording.number(row.denominator))
    return [when, "", row.metric, number, _counted(wording, each), str(row.where)]


def _counted(wording: Wording, each: Marked) -> str:
    if each.why is None:
        return wording.say(f"rows.part.{each.part}")
    return wording.say("rows.set-aside", why=_why(wording, each))


def _why(wording: Wording, each: Marked) -> str:
    return wording.say(f"rows.why.{each.why.name.lower().replace('_', '-')}") if each.why is not None else ""


def _names(narrative: Narrative) -> dict[str, str]:
    return {p.id: p.name or p.id for persona in narrative.picture.personas for p in persona.people if p.id}


def _occurrences(row: EventRow) -> Fraction:
    from qbrgen.measure.counts import MICRO

    return Fraction(row.micro, MICRO)


# ---- for machines ---------------------------------------------------------------------------------------------------


def add_rows(
    narrative: Narrative, records: Sequence[dict[str, Any]], lists: Sequence[RowList], asked: RowsAsked
) -> None:
    """Give each receipt of these JSON records its rows (all of them, unless a limit was given) and what was stated."""
    found = {each.receipt.id: each for each in lists}
    names = _names(narrative)
    for receipt in (receipt for record in records for receipt in record["receipts"]):
        mine = found[receipt["id"]]
        shown = _some(mine, asked.limit or 0)
        receipt["rows"] = [{k: v for k, v in _record(names, each).items() if v is not None} for each in shown]
        receipt["rows_in_all"] = len(mine.rows)
        receipt["stated"] = [_stated(each) for each in mine.stated]
        receipt["made_of"] = list(mine.made_of)


def _stated(stated: Stated) -> dict[str, Any]:
    return {
        "what": stated.what,
        "by": stated.by,
        "on": stated.on.isoformat() if stated.on else None,
        "file": stated.where.file if stated.where else None,
        "line": stated.where.line if stated.where else None,
    }


def _record(names: Mapping[str, str], each: Marked) -> dict[str, Any]:
    row: Any = each.row
    marked = {"counted": each.part.value, "why": each.why.value if each.why is not None else None}
    if not _is_event(row):
        figures = {name: _exact(getattr(row, name)) for name in ("value", "numerator", "denominator")}
        days = (row.last - row.first).days + 1
        told = {"time": row.first.isoformat(), "days": days, "event": row.metric, **figures, **marked}
        return {**told, "file": row.where.file, "line": row.where.line}
    return {
        "time": row.at.isoformat(sep=" ") if row.at else None,
        "days": row.days if row.days > 1 else None,
        "user": row.user,
        "name": names.get(row.user),
        "event": row.event,
        "occurrences": _exact(_occurrences(row)),
        **marked,
        "adds": _exact(Fraction(each.micro, 1_000_000)),
        "file": row.place.file,
        row.place.kind.value: row.place.number,
    }


def _exact(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def write_csv(review: Review, narrative: Narrative, lists: Sequence[RowList], path: Path) -> int:
    """Write every row of these figures, whole or not at all: how many there are. Each says that it is internal."""
    from qbrgen.files import write_text

    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    rows = 0
    for record in _csv_records(review, narrative, lists):
        writer.writerow({name: spreadsheet_cell(value) for name, value in record.items()})
        rows += 1
    write_text(path, text.getvalue())
    return rows


def _csv_records(review: Review, narrative: Narrative, lists: Sequence[RowList]) -> Iterator[dict[str, Any]]:
    names = _names(narrative)
    for found in lists:
        top = {"audience": "internal", "account": narrative.picture.id, "period": review.period.name}
        for each in found.rows:
            record = {**top, "figure": found.receipt.id, **_record(names, each)}
            if "row" in record:  # of a file without lines
                record["line"] = record.pop("row")
            yield record
