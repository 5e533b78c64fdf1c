"""What the engine sees in a column of times or values that is not all plain, for the rules of `load.times`."""

from __future__ import annotations

from typing import Any

from qbrgen.define.model.sources import EachRow
from qbrgen.errors import Finding
from qbrgen.load.amounts import COMMA, POINT, SPACES, Proofs, decimal_of
from qbrgen.load.cells import NOTHING
from qbrgen.load.reading import Decimal
from qbrgen.load.times import HALF_DAY, MAGNITUDES, NUMBER, PARTS, PATTERNS, Column, Form, Seen, Shape, form_of
from qbrgen.measure.readers import literal
from qbrgen.measure.shape import NOT_READ, rows_with_times
from qbrgen.measure.sources import File, line_near

_WORDS = ", ".join(literal(word) for word in sorted(NOTHING))
_IN_TEXT = (Shape.FIGURES, Shape.YEAR_FIRST, Shape.NAMED, Shape.MONTH_ALONE)
_ISO_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]*)?$"  # of a year that no data are of
_NO_TIMES = ("TIMESTAMP", "DATE", "TIME", "BOOLEAN", "STRUCT", "MAP", "BLOB")


def form_of_times(connection: Any, file: File) -> tuple[Form, list[Finding]]:
    """How the times of a file are written that ISO does not read, and what is to be told of it."""
    made = file.made
    kind = made.types["time"]
    if kind.startswith(_NO_TIMES) or kind.endswith("[]"):
        return made.form, []
    column = made.columns["time"]
    text = f"trim(CAST({column} AS VARCHAR))"
    is_text = kind in ("VARCHAR", "JSON")
    number = f"try_cast({text} AS DOUBLE)" if is_text else f"CAST({column} AS DOUBLE)"
    odd = f"({NOT_READ}) AND NOT regexp_matches(text, {literal(_ISO_TIME)})" if is_text else "true"
    rows_read, wall, instant = rows_with_times(made)
    listed = f"{made.reader.number} AS n, {text} AS text, {number} AS number, {wall} AS wall, {instant} AS instant"
    given = f"SELECT {listed} FROM {rows_read}"
    shape = f"CASE {' '.join(_cases())} ELSE {literal(Shape.OTHER)} END"
    parts = [f"try_cast(nullif(regexp_extract(text, {literal(PARTS)}, {at}), '') AS INTEGER)" for at in (1, 2)]
    shaped = f"SELECT n, text, {shape} AS shape, {parts[0]} AS first, {parts[1]} AS second FROM given WHERE {odd}"
    sql = f"""WITH given AS (SELECT * FROM ({given}) WHERE lower(text) NOT IN ({_WORDS}) AND text <> {_header(file)}),
        shaped AS ({shaped})
        SELECT shape, count(*), min(n), arg_min(text, n), bool_or(first <> second),
            min(n) FILTER (first > 12), arg_min(text, n) FILTER (first > 12),
            min(n) FILTER (second > 12), arg_min(text, n) FILTER (second > 12)
        FROM shaped GROUP BY shape
        UNION ALL SELECT 'rows', count(*), min(n) FILTER (NOT ({odd})), arg_min(text, n) FILTER (NOT ({odd})),
            NULL, NULL, NULL, NULL, NULL FROM given"""
    seen: dict[Shape, Seen] = {}
    rows, iso = 0, None
    for name, count, *rest in connection.execute(sql).fetchall():
        if name == "rows":
            rows, iso = count, (line_near(file, rest[0]), rest[1]) if rest[1] else None
            continue
        line, example, uneven, first_line, first, second_line, second = rest
        high_first = (line_near(file, first_line), first) if first else None
        high_second = (line_near(file, second_line), second) if second else None
        seen[Shape(name)] = Seen(count, (line_near(file, line), example), high_first, high_second, bool(uneven))
    months = file.table.each_row is EachRow.MONTH
    found = Column(file.name, file.table.columns["time"], rows, seen, iso, months)
    return form_of(found, file.table.reading)


def _header(file: File) -> str:
    """The name of the column, which stands among its times where exports were put together."""
    return literal(file.table.columns["time"])


def _cases() -> list[str]:
    """The shape of a text, in the order of `load.times.shape_of`."""
    cases = []
    for shape in _IN_TEXT:
        matches = " OR ".join(f"regexp_matches(text, {literal(pattern)})" for pattern, _ in PATTERNS[shape])
        if shape is Shape.YEAR_FIRST:
            half = f"regexp_matches(text, {literal(HALF_DAY)})"
            cases.append(f"WHEN ({matches}) AND {half} THEN {literal(Shape.HALF_DAYS)}")
        cases.append(f"WHEN {matches} THEN {literal(shape)}")
    is_number = f"regexp_matches(text, {literal(NUMBER)})"
    for shape, (low, high) in MAGNITUDES.items():
        cases.append(f"WHEN {is_number} AND number >= {low} AND number < {high} THEN {literal(shape)}")
    return cases


def decimal_of_values(connection: Any, file: File) -> tuple[Decimal, list[Finding]]:
    """The sign before the fractions of a file's values, and what is to be told of it."""
    made = file.made
    texts = [column for column, kind in made.wide.values() if kind in ("VARCHAR", "JSON")]
    names = [file.table.event_columns[event] for event, (_, kind) in made.wide.items() if kind in ("VARCHAR", "JSON")]
    if "value" in made.columns and made.types["value"] in ("VARCHAR", "JSON"):
        texts, names = [made.columns["value"]], [file.table.columns["value"]]
    if not texts:
        return made.decimal, []
    listed = ", ".join(f"CAST({text} AS VARCHAR)" for text in texts)
    given = f"SELECT {made.reader.number} AS n, unnest([{listed}]) AS text FROM {made.reader.sql}"
    joined = f"regexp_replace(trim(text), {literal(SPACES)}, '\\1\\2', 'g')"
    told = [f"regexp_matches({joined}, {literal(pattern)})" for pattern in (COMMA, POINT)]
    signed = f"SELECT n, text, {told[0]} AS comma, {told[1]} AS point FROM ({given}) WHERE regexp_matches(text, '[.,]')"
    sql = f"""SELECT min(n) FILTER (comma), arg_min(text, n) FILTER (comma),
            min(n) FILTER (point), arg_min(text, n) FILTER (point)
        FROM ({signed})"""
    ((comma_line, comma, point_line, point),) = connection.execute(sql).fetchall()
    found = Proofs(
        (line_near(file, comma_line), comma) if comma else None, (line_near(file, point_line), point) if point else None
    )
    return decimal_of(found, file.table.reading, names[0] if len(names) == 1 else ", ".join(names[:3]), file.name)
