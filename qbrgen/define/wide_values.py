"""Ready-made values that stand in several columns: a column a metric, or a column a period → a row a value.

A column whose name is a time (2026-07, 2026-Q3, 2026-W31, 2026-07-31) holds the values of that time, where an entry
names neither a time nor a value. An empty cell is no value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from qbrgen.define.model.sources import Table
from qbrgen.load.cells import is_nothing
from qbrgen.load.tables import TableData

METRIC, PERIOD, VALUE = "(metric)", "(period)", "(value)"
"""The columns that a table gets."""

_TIME = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d{4}-?[Ww]\d{2}|\d{4}-?[Qq][1-4]|[Qq][1-4] \d{4}")


def period_columns(columns: Iterable[str], taken: Collection[str]) -> tuple[str, ...]:
    """Those of the columns whose name is a time. taken: those that are mapped as something else."""
    return tuple(column for column in columns if column not in taken and _TIME.fullmatch(column))


def as_one_column(table: Table) -> Table:
    """The table with the columns mapped that `in_rows` makes."""
    columns = dict(table.columns)
    if table.event_columns or table.of_metric:
        columns["metric"] = METRIC
    if table.period_columns:
        columns["period"] = PERIOD
    if table.event_columns or table.period_columns:
        columns["value"] = VALUE
    return replace(table, columns=columns)


def in_rows(table: Table, content: TableData) -> TableData:
    """A row for each value of each row; the same where each row holds one under a name of its own."""
    if {METRIC, PERIOD, VALUE}.isdisjoint(table.columns.values()) or VALUE in content.columns:
        return content
    several = [(metric, "", column) for metric, column in table.event_columns.items()]
    several = several or [(table.of_metric, column, column) for column in table.period_columns]
    places = {column: place for place, column in enumerate(content.columns)}
    rows, lines = [], []
    for row, line in zip(content.rows, content.lines, strict=True):
        for metric, period, column in several or [(table.of_metric, "", "")]:
            cell = row[places[column]] if column in places else ""
            if not several or not is_nothing(cell):
                rows.append([*row, metric, period, cell])
                lines.append(line)
    return replace(content, columns=(*content.columns, METRIC, PERIOD, VALUE), rows=rows, lines=lines)
