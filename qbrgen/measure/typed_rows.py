"""Tables of a database → rows of the one shape (see `expression`), as Ibis expressions over their typed columns.

What a file's text says is settled by `sources`; a table says it by its types. A timestamp with a time zone is an
instant, one without is local time, a date is a local midnight. A column of text is read as ISO text, a whole number as
seconds, milliseconds, microseconds or nanoseconds since 1970, whichever lies in our years. Numbers and texts follow the
rules of `sources` to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from qbrgen.define.model.sources import EachRow, Table
from qbrgen.load.cells import NOTHING
from qbrgen.measure.counts import MICRO
from qbrgen.measure.expression import EARLIEST, LATEST

MOST = 1_000_000_000  # occurrences of one row; more is a slip, and sums would not fit 64 bits

_TIME = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?"
    r" ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)?$"
)
_NUMBER = r"^[+-]?([0-9]{1,18}([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,2})?$"
_UNITS = ((1, "seconds"), (10**3, "milliseconds"), (10**6, "microseconds"), (10**9, "nanoseconds"))
_FIRST, _LAST = (int((each - EARLIEST.replace(year=1970)).total_seconds()) for each in (EARLIEST, LATEST))

# Whose cast of a timestamp with a time zone gives UTC where the session's zone is UTC; elsewhere it may drop the zone
# without a word.
UTC_BY_CAST = frozenset({"postgresql", "duckdb", "spark", "databricks", "bigquery", "redshift", "clickhouse"})


@ibis.udf.scalar.builtin(name="trim")  # type: ignore[untyped-decorator]
def _trim(text: str) -> str:  # type: ignore[empty-body]
    """Without spaces at both ends; the engines differ on other blanks."""


@ibis.udf.scalar.builtin(name="convert_timezone")  # type: ignore[untyped-decorator]
def _convert_timezone(zone: str, moment: dt.Timestamp(timezone="UTC")) -> dt.Timestamp(timezone="UTC"):  # type: ignore
    """Snowflake's, where a cast would drop the zone."""


class UnsuitableColumnError(Exception):
    """A column whose type cannot be what it is mapped as. field: ours; column: theirs; kind: its type."""

    def __init__(self, field: str, column: str, kind: str) -> None:
        super().__init__(column)
        self.field, self.column, self.kind = field, column, kind


def typed_rows(found: ibis.Table, table: Table, fields: Sequence[str], source: int, kind: str) -> ibis.Table:
    """The rows of one table in the shape. fields: as for files. source: its number. kind: of the database.

    Raises UnsuitableColumnError.
    """
    columns = table.columns
    wall, instant = _times(found, columns["time"], kind)
    days: Any = ibis.literal(table.each_row.days, "int64")
    if table.each_row is EachRow.MONTH:
        local = ibis.coalesce(wall, instant)  # a month is named by its date, whatever the zone
        wall, instant = local.truncate("M"), ibis.null("timestamp")
        days = _days_of_month(wall)
    given: dict[str, Any] = {"source": ibis.literal(source, "int64"), "wall": wall, "instant": instant}
    for field in ("user", "account", "event", "id"):
        if field in fields:
            given[field] = _text(found[columns[field]]) if field in columns else ibis.null("string")
    if table.of_account:
        given["account"] = ibis.literal(table.of_account)
    if "value" in fields:
        column = found[columns["value"]] if "value" in columns else None
        given["micro"], given["misfit"] = value_of(column, columns.get("value", ""))
    if "days" in fields:
        given["days"] = days
    if "number" in fields:
        given["number"] = ibis.literal(0, "int64")
    return found.select(**given)


def _times(found: ibis.Table, column: str, kind: str) -> tuple[Any, Any]:
    """(local time of rows without an offset, UTC of rows with one)."""
    moment, nothing = found[column], ibis.null("timestamp")
    dtype = moment.type()
    if dtype.is_timestamp() and dtype.timezone is not None:
        if kind == "snowflake":
            return nothing, _convert_timezone("UTC", moment).cast("timestamp")
        if kind not in UTC_BY_CAST:
            raise UnsuitableColumnError("time", column, "a timestamp with a time zone")
        return nothing, moment.cast("timestamp")
    if dtype.is_timestamp() or dtype.is_date():
        return (moment if dtype == dt.timestamp else moment.cast("timestamp")), nothing
    if dtype.is_string():
        return _times_of_text(_trim(moment))
    if dtype.is_integer():
        return nothing, _epoch(moment.cast("int64"))
    raise UnsuitableColumnError("time", column, str(dtype))


def _times_of_text(text: Any) -> tuple[Any, Any]:
    """ISO text; whatever else, and a day that no calendar has, is no time."""
    right = text.re_search(_TIME)
    year, month, day = (_digits(right, text, *at) for at in ((0, 4), (5, 2), (8, 2)))
    timed = right & text.length().__gt__(10) & text.substr(10, 1).isin([" ", "T"]) & (text.substr(13, 1) == ":")
    hour, minute = (_digits(timed, text, at, 2) for at in (11, 14))
    to_second = timed & (text.substr(16, 1) == ":")
    second = _digits(to_second, text, 17, 2)
    fraction = ibis.cases((to_second & (text.substr(19, 1) == "."), text.re_extract(r"[.]([0-9]+)", 1)), else_="")
    micro = (fraction + ibis.literal("000000")).substr(0, 6)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = ibis.cases((month.isin([4, 6, 9, 11]), 30), ((month == 2) & leap, 29), (month == 2, 28), else_=31)
    exists = right & (month >= 1) & (month <= 12) & (day >= 1) & (day <= longest)
    exists &= (hour <= 23) & (minute <= 59) & (second <= 59) & (year >= EARLIEST.year - 1) & (year <= LATEST.year)
    whole = ibis.literal(":")
    clock = _two(hour) + whole + _two(minute) + whole + _two(second) + ibis.literal(".") + micro
    written = ibis.cases((exists, text.substr(0, 10) + ibis.literal(" ") + clock))
    moment = written.cast("timestamp")
    offset = text.re_extract(r"(Z|UTC|[+-][0-9]{2}:?[0-9]{0,2})$", 1)
    zoned = right & (text.length() > 10) & text.re_search(r"[0-9:. T].*(Z|UTC)$|..........+[+-][0-9]{2}(:?[0-9]{2})?$")
    signed = zoned & offset.substr(0, 1).isin(["+", "-"])
    away = _digits(signed, offset, 1, 2) * 60 + _digits(signed & (offset.length() > 3), offset.replace(":", ""), 3, 2)
    utc = moment - ibis.cases((offset.substr(0, 1) == "-", -away), else_=away).as_interval("m")
    return ibis.cases((~zoned, moment)), ibis.cases((zoned, utc))


def _digits(given: Any, text: Any, at: int, length: int) -> Any:
    """A number within a text, 0 where it is not given."""
    return ibis.cases((given, text.substr(at, length)), else_="0").cast("int64")


def _two(number: Any) -> Any:
    return ibis.cases((number < 10, ibis.literal("0") + number.cast("string")), else_=number.cast("string"))


def _epoch(number: Any) -> Any:
    """Time since 1970 in the unit in which it lies in our years, which no two units share."""
    cases = []
    for per_second, _ in _UNITS:
        within = (number >= _FIRST * per_second) & (number < _LAST * per_second)
        seconds = number // per_second if per_second > 1 else number
        micros = (number % per_second) * 1_000_000 // per_second if per_second > 1 else ibis.literal(0, "int64")
        cases.append((within, seconds, micros))
    seconds = ibis.cases(*((within, seconds.cast("int64")) for within, seconds, _ in cases))
    micros = ibis.cases(*((within, micros.cast("int64")) for within, _, micros in cases))
    return ibis.timestamp("1970-01-01 00:00:00") + seconds.as_interval("s") + micros.as_interval("us")


def _text(column: Any) -> Any:
    """A name or an id; whole numbers in a column of fractions lose their .0, as everywhere."""
    dtype = column.type()
    if dtype.is_floating() or (dtype.is_decimal() and dtype.scale != 0):
        whole = (column == column.floor()) & (column.abs() < 1e15)
        text = ibis.cases((whole, column.cast("int64").cast("string")), else_=column.cast("string"))
    else:
        text = column if dtype.is_string() else column.cast("string")
    return _trim(text).nullif("")


def value_of(column: Any, name: str) -> tuple[Any, Any]:
    """(occurrences in micro-units, whether the cell is no number of occurrences)."""
    if column is None:
        return ibis.null("int64"), ibis.literal(False)
    dtype = column.type()
    if dtype.is_string():
        text = _trim(column)
        given = ~text.lower().isin(sorted(NOTHING))
        number = text.re_search(_NUMBER)
        rough = ibis.cases((number, text), else_="0").cast("float64")
        fits = given & number & (rough.abs() <= MOST)
        exact = ibis.cases((fits & text.re_search("[eE]"), rough.cast("string")), (fits, text), else_="0")
        micro = _micro(exact.cast("decimal(38, 12)"))
    elif dtype.is_floating():
        given = ~column.isnan()
        fits = given & (column.abs() <= MOST)
        micro = (ibis.cases((fits, column), else_=0.0) * MICRO + 0.5).floor().cast("int64")
    elif dtype.is_numeric():
        given = column.notnull()
        fits = (column >= -MOST) & (column <= MOST)
        micro = column.cast("int64") * MICRO if dtype.is_integer() else _micro(ibis.cases((fits, column)))
    else:
        raise UnsuitableColumnError("value", name, str(dtype))
    given = given & column.notnull()
    return ibis.cases((fits, micro)), (given & ~fits.fill_null(False)).fill_null(False)


def _micro(number: Any) -> Any:
    """A decimal number → millionths, halves up."""
    return (number * MICRO + ibis.literal("0.5").cast("decimal(2, 1)")).floor().cast("int64")


def _days_of_month(first: Any) -> Any:
    following = (first + ibis.interval(days=31)).truncate("M")
    return following.date().delta(first.date(), unit="day")
