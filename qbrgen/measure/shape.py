"""SQL of a file's rows in the one shape that `expression` counts, whatever its columns are like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qbrgen.define.model.sources import EachRow
from qbrgen.load.amounts import GROUPED, SPACES
from qbrgen.load.cells import NOTHING
from qbrgen.load.reading import Decimal
from qbrgen.load.times import (
    EXCEL_EPOCH,
    HALF_DAY,
    ISO,
    MAGNITUDES,
    MONTHS,
    NUMBER,
    SCALES,
    UTC_NAMES,
    Form,
    Shape,
)
from qbrgen.measure.counts import MICRO
from qbrgen.measure.expression import EARLIEST, LATEST
from qbrgen.measure.readers import Reader, literal

_MOST = 1_000_000_000  # occurrences of one row; more is a slip, and sums would not fit 64 bits
_DECIMAL = "DECIMAL(18, 6)"
_TEXTS = ("VARCHAR", "JSON")
_NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER")
_WORDS = ", ".join(f"'{word}'" for word in sorted(NOTHING))
# A time that says where it is: anything after the date but digits, colons, dots, blanks and the T.
_ZONED = "regexp_matches(substr({text}, 11), '[^0-9:. T]')"
INSTANTS = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS")
# An id that a spreadsheet or a data frame turned into a fraction.
_WHOLE = r"^[0-9]+\.0+$"
_POWER = r"^[0-9]\.[0-9]+[eE]\+?[0-9]{1,2}$"
# Of a row with `wall` and `instant`: no time, or one that `expression` takes for none.
NOT_READ = (
    f"coalesce(wall, instant) IS NULL OR coalesce(wall, instant) < TIMESTAMP '{EARLIEST}' "
    f"OR coalesce(wall, instant) >= TIMESTAMP '{LATEST}'"
)


@dataclass(frozen=True)
class Made:
    """What a file's view is made of: so that it can be made again once more is known of its columns.

    columns: our field → SQL. types: our field → DuckDB's type. wide: event name → (SQL, type). form, decimal: how its
    times and values are written.
    """

    reader: Reader
    columns: Mapping[str, str]
    types: Mapping[str, str]
    fields: Sequence[str]
    each_row: EachRow
    wide: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    form: Form = ISO
    decimal: Decimal = Decimal.POINT


def select_of(made: Made) -> str:
    """The rows of a file: wall, instant, user, account, event, id, micro, misfit, days, number, as far as asked for."""
    made = _with_values(_projected(made))
    rows, time, kind = _staged(made)
    columns, types = {**made.columns, "time": time}, {**made.types, "time": kind}
    made = replace(made, reader=replace(made.reader, sql=rows), columns=columns, types=types)
    if made.each_row in (EachRow.DAY, EachRow.MONTH):
        day = _written_day(made, *_times(time, kind, made.form))
        rows = f"(SELECT *, {_apart(day)} AS qbrgen_day FROM {rows})"
        made = replace(made, reader=replace(made.reader, sql=rows))
    return _wide_rows(made) if made.wide else f"SELECT {', '.join(_parts(made))} FROM {rows}"


def rows_with_times(made: Made) -> tuple[str, str, str]:
    """(what to select from, SQL of local time of rows without an offset, UTC of rows with one) of a file's time."""
    rows, time, kind = _staged(made)
    return rows, *_times(time, kind, made.form)


# Steps of a view are queries within each other, each step a column on the one before. Written as one expression they
# would repeat themselves without bounds: it took the engine longer to plan such a query than to run it.


def _projected(made: Made) -> Made:
    """Made of our own names for the columns, ids and texts of values without blanks around them."""
    columns = {field: f"qbrgen_{field}" for field in made.columns}
    wide = {event: (f"qbrgen_cell_{at}", kind) for at, (event, (_, kind)) in enumerate(made.wide.items())}
    listed = [f"{sql} AS {columns[field]}" for field, sql in made.columns.items()]
    listed += [f"{sql} AS {wide[event][0]}" for event, (sql, _) in made.wide.items()]
    listed += [f"{made.reader.number} AS qbrgen_number"] if "number" in made.fields else []
    trimmed = [
        f"{text_of(columns[field], made.types[field])} AS {columns[field]}"
        for field in ("user", "account")
        if made.types.get(field) in _TEXTS
    ]
    trimmed += [
        f"{_given(column)} AS {column}" for column in _written_values(replace(made, columns=columns, wide=wide))
    ]
    rows = f"(SELECT {', '.join(listed)} FROM {made.reader.sql})"
    if trimmed:
        rows = f"(SELECT * REPLACE ({', '.join(trimmed)}) FROM {rows})"
    reader = replace(made.reader, sql=rows, number="qbrgen_number")
    return replace(made, reader=reader, columns=columns, wide=wide)


def _with_values(made: Made) -> Made:
    """With a number beside each value that is a text: `<column>_read`, null where it is none."""
    values = _written_values(made)
    if not values:
        return made
    read = [
        f"try_cast({column if made.decimal is Decimal.POINT else _plain(column, made.decimal)} AS {_DECIMAL})"
        for column in values
    ]
    added = ", ".join(f"{number} AS {column}_read" for column, number in zip(values, read, strict=True))
    rows = f"(SELECT *, {added} FROM {made.reader.sql})"
    if made.decimal is Decimal.POINT:
        # what is plain already, nearly every value, costs no pattern
        again = ", ".join(
            f"CASE WHEN {column}_read IS NULL AND {column} IS NOT NULL "
            f"THEN try_cast({_plain(column, made.decimal)} AS {_DECIMAL}) ELSE {column}_read END AS {column}_read"
            for column in values
        )
        rows = f"(SELECT * REPLACE ({again}) FROM {rows})"
    return replace(made, reader=replace(made.reader, sql=rows))


def _written_values(made: Made) -> list[str]:
    """The columns of values that are texts."""
    found = [column for column, kind in made.wide.values() if kind in _TEXTS]
    return [*found, made.columns["value"]] if made.types.get("value") in _TEXTS else found


def _given(column: str) -> str:
    return f"CASE WHEN lower(trim({column})) NOT IN ({_WORDS}) THEN trim({column}) END"


def _parts(made: Made) -> list[str]:
    wall, instant = _times(made.columns["time"], made.types["time"], made.form)
    days = str(made.each_row.days)
    if made.each_row in (EachRow.DAY, EachRow.MONTH):
        wall, instant = "CAST(qbrgen_day AS TIMESTAMP)", "CAST(NULL AS TIMESTAMP)"
        if made.each_row is EachRow.MONTH:
            begins = _first_monday("date_trunc('month', qbrgen_day)")
            ends = _first_monday("(date_trunc('month', qbrgen_day) + INTERVAL 1 MONTH)")
            wall, days = f"CAST({begins} AS TIMESTAMP)", f"coalesce(date_diff('day', {begins}, {ends}), 28)"
    parts = [f"{wall} AS wall", f"{instant} AS instant"]
    for name in ("user", "account", "event", "id"):
        if name in made.fields:
            parts.append(f'{_name(made, name)} AS "{name}"')
    if "value" in made.fields:
        micro, misfit = _value(made.columns.get("value"), made.types.get("value", ""))
        parts += [f"{micro} AS micro", f"{misfit} AS misfit"]
    if "days" in made.fields:
        parts.append(f"{days} AS days")
    if "number" in made.fields:
        parts.append(f"{made.reader.number} AS number")
    return parts


def _name(made: Made, name: str) -> str:
    if name not in made.columns:
        return "CAST(NULL AS VARCHAR)"
    is_id = name in ("user", "account") and made.types[name] in _TEXTS
    return _whole_id(made.columns[name]) if is_id else text_of(made.columns[name], made.types[name])


def _wide_rows(made: Made) -> str:
    """A row for each event column of each row. An empty cell stands for none, as a 0 does; ids are those of cells."""
    cells = []
    for event, (column, kind) in made.wide.items():
        micro, misfit = _value(column, kind)
        none = f"CASE WHEN {misfit} THEN NULL ELSE coalesce({micro}, 0) END"
        cells.append(f"{{'event': {literal(event)}, 'micro': {none}, 'misfit': {misfit}}}")
    plain = [part for part in _parts(made) if not part.endswith((" AS micro", " AS misfit", ' AS "event"'))]
    rows = f"SELECT {', '.join(plain)}, unnest([{', '.join(cells)}]) AS cell FROM {made.reader.sql}"
    parts = ["wall", "instant"]
    for name in ("user", "account", "event", "id"):
        if name in made.fields:
            of = {"event": 'cell.event AS "event"', "id": "id || ' ' || cell.event AS id"}
            parts.append(of.get(name, f'"{name}"'))
    parts += ["cell.micro AS micro", "cell.misfit AS misfit"]
    parts += [name for name in ("days", "number") if name in made.fields]
    return f"SELECT {', '.join(parts)} FROM ({rows})"


# ---- times ----------------------------------------------------------------------------------------------------------


def _times(column: str, kind: str, form: Form) -> tuple[str, str]:
    nothing = "CAST(NULL AS TIMESTAMP)"
    if kind in INSTANTS:
        return nothing, utc_of(column)
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"CAST({column} AS TIMESTAMP)", nothing
    if kind.startswith(_NUMBERS):
        return _counted(f"CAST({column} AS DOUBLE)", form)
    if kind not in ("VARCHAR", "JSON"):
        return nothing, nothing
    text = f"trim({column})"
    wall, instant = _written(text)
    if form.shapes & MAGNITUDES.keys():
        number = f"CASE WHEN regexp_matches({text}, {literal(NUMBER)}) THEN try_cast({text} AS DOUBLE) END"
        counted_wall, counted_instant = _counted(number, form)
        wall, instant = f"coalesce({wall}, {counted_wall})", f"coalesce({instant}, {counted_instant})"
    return wall, instant


def utc_of(instant: str) -> str:
    """SQL of the UTC of an instant of one of INSTANTS; the session's zone is UTC."""
    return f"CAST(CAST({instant} AS TIMESTAMPTZ) AS TIMESTAMP)"


def _written(text: str) -> tuple[str, str]:
    zoned = _ZONED.format(text=text)
    close = f"replace(replace({text}, ' +', '+'), ' -', '-')"
    return (
        f"CASE WHEN NOT {zoned} THEN try_cast({text} AS TIMESTAMP) END",
        f"CASE WHEN {zoned} THEN CAST(try_cast({close} AS TIMESTAMPTZ) AS TIMESTAMP) END",
    )


def _counted(number: str, form: Form) -> tuple[str, str]:
    """SQL of the times that numbers count: seconds and their parts in UTC, Excel's days in local time."""
    wall, instant = "CAST(NULL AS TIMESTAMP)", "CAST(NULL AS TIMESTAMP)"
    for shape in sorted(form.shapes & MAGNITUDES.keys()):
        low, high = MAGNITUDES[shape]
        within = f"({number}) >= {low} AND ({number}) < {high}"
        if shape is Shape.EXCEL:
            micro = f"CAST(round((({number}) - {EXCEL_EPOCH}) * 86400) AS BIGINT) * {MICRO}"
            wall = f"CASE WHEN {within} THEN make_timestamp({micro}) END"
        else:
            micro = f"CAST(round(({number}) * {MICRO} / {SCALES[shape]}) AS BIGINT)"
            instant = f"CASE WHEN {within} THEN make_timestamp({micro}) END"
    return wall, instant


def _staged(made: Made) -> tuple[str, str, str]:
    """(what to select from, SQL of a file's time, its type): a text in ISO form, by the rule of `load.times.iso_text`.

    Each step is a column of its own on the one before: written into each other they would grow beyond all bounds.
    """
    rows, column, kind = made.reader.sql, made.columns.get("time", "NULL"), made.types.get("time", "")
    if kind not in ("VARCHAR", "JSON") or not made.form.shapes - MAGNITUDES.keys():
        return rows, column, kind
    steps = [f"trim(CAST({column} AS VARCHAR))"]
    for pattern, replacement in made.form.rewrites():
        steps.append(f"regexp_replace({_TIME}, {literal(pattern)}, {literal(replacement)})")
    if made.form.shapes & {Shape.NAMED, Shape.MONTH_ALONE}:
        month = f"instr({literal(MONTHS)}, lower(substr({_TIME}, 6, 3)))"
        named = f"regexp_matches({_TIME}, '^[0-9]{{4}}-[A-Za-z]{{3}}-') AND {month} % 3 = 1"
        figures = f"left({_TIME}, 5) || (({month} + 2) // 3) || substr({_TIME}, 9)"
        steps.append(f"CASE WHEN {named} THEN {figures} ELSE {_TIME} END")
    steps += [_half_days(), f"trim(regexp_replace({_TIME}, {literal(UTC_NAMES)}, '+00:00'))"]
    rows = f"(SELECT *, {steps[0]} AS {_TIME} FROM {rows})"
    for step in steps[1:]:
        rows = f"(SELECT * REPLACE ({_apart(step)} AS {_TIME}) FROM {rows})"
    return rows, _TIME, "VARCHAR"


def _apart(step: str) -> str:
    """A step that the engine's planner leaves apart: it writes plain ones into each other again."""
    return f"unnest([{step}])"


_TIME = "qbrgen_time"


def _half_days() -> str:
    part = [f"regexp_extract({_TIME}, {literal(HALF_DAY)}, {number})" for number in range(6)]
    hour = f"(try_cast({part[2]} AS INTEGER) % 12 + CASE WHEN lower({part[5]}) = 'p' THEN 12 ELSE 0 END)"
    clock = f"lpad(CAST({hour} AS VARCHAR), 2, '0') || ':' || {part[3]} || ':' || coalesce(nullif({part[4]}, ''), '00')"
    return f"CASE WHEN regexp_matches({_TIME}, {literal(HALF_DAY)}) THEN {part[1]} || ' ' || {clock} ELSE {_TIME} END"


def _written_day(made: Made, wall: str, instant: str) -> str:
    """SQL of the day of a row of a day or a month: as it is written, whatever its offset; nobody means the day before
    by midnight in London. A typed time has lost how it was written: UTC, in which such exports are."""
    local = f"CAST(coalesce({wall}, {instant}) AS DATE)"
    if made.types["time"] not in ("VARCHAR", "JSON"):
        return local
    written = f"try_cast(regexp_extract(trim({made.columns['time']}), '^[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}') AS DATE)"
    return f"CASE WHEN {local} IS NOT NULL THEN coalesce({written}, {local}) END"


def _first_monday(first: str) -> str:
    """SQL of the day on which a month of ISO weeks begins: the Monday before its first Thursday."""
    return f"(CAST({first} AS DATE) + CAST((11 - isodow(CAST({first} AS DATE))) % 7 AS INTEGER) - 3)"


# ---- texts and values -----------------------------------------------------------------------------------------------


def text_of(column: str, kind: str) -> str:
    """SQL of a name or id; whole numbers in a column of fractions lose their .0, as everywhere."""
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"CAST(try_cast({column} AS BIGINT) AS VARCHAR)"
        is_whole = f"{column} = trunc({column}) AND abs({column}) < 1e15"
        return f"CASE WHEN {is_whole} THEN {whole} ELSE CAST({column} AS VARCHAR) END"
    return f"nullif(trim({column if kind == 'VARCHAR' else f'CAST({column} AS VARCHAR)'}), '')"


def _whole_id(text: str) -> str:
    """SQL of an id without the fraction or the power that a spreadsheet gave it, by the rule of `load.settled`."""
    whole = f"CASE WHEN regexp_matches({text}, {literal(_WHOLE)}) THEN regexp_extract({text}, '^[0-9]+') "
    number = f"try_cast({text} AS DOUBLE)"
    power = f"WHEN regexp_matches({text}, {literal(_POWER)}) AND {number} < 1e15 AND {number} = trunc({number}) "
    whole += f"{power}THEN CAST(CAST({number} AS BIGINT) AS VARCHAR) ELSE {text} END"
    # What begins with no figure or holds no point, nearly every id, costs no pattern.
    return f"CASE WHEN {text} < ':' AND contains({text}, '.') THEN {whole} ELSE {text} END"


def _value(column: str | None, kind: str) -> tuple[str, str]:
    """SQL of (occurrences in micro-units, whether the cell is no number of occurrences)."""
    if column is None:
        return "CAST(NULL AS BIGINT)", "false"
    given, number = column, f"{column}_read"
    if kind not in _TEXTS:
        given = f"CASE WHEN NOT isnan({column}) THEN {column} END" if kind in ("DOUBLE", "FLOAT") else f"({column})"
        number = f"try_cast({given} AS {_DECIMAL})"
    fits = f"{number} BETWEEN -{_MOST} AND {_MOST}"
    return (
        # by way of a float, which holds each whole number up to the most; a decimal of 18 figures would overflow
        f"CASE WHEN {fits} THEN CAST(round(CAST({number} AS DOUBLE) * {MICRO}) AS BIGINT) END",
        f"coalesce({given} IS NOT NULL AND NOT coalesce({fits}, false), false)",
    )


def _plain(text: str, decimal: Decimal) -> str:
    """SQL of a number with a point before its fraction, by the rule of `load.amounts.plain_number`."""
    joined = f"regexp_replace({text}, {literal(SPACES)}, '\\1\\2', 'g')"
    thousands = literal("," if decimal is Decimal.POINT else ".")
    grouped = f"regexp_matches({joined}, {literal(GROUPED[decimal])})"
    whole = f"CASE WHEN {grouped} THEN replace({joined}, {thousands}, '') ELSE {joined} END"
    if decimal is Decimal.POINT:
        return whole
    return f"CASE WHEN contains({whole}, '.') THEN NULL ELSE replace({whole}, ',', '.') END"
