"""What a Parquet file says of itself: rows, and first and last time, without reading its rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from qbrgen.define.model.sources import EachRow
from qbrgen.measure.expression import EARLIEST, LATEST
from qbrgen.measure.shape import INSTANTS, Made, utc_of

_READS_PARQUET = "read_parquet("


def quick_bounds(connection: Any, made: Made) -> pd.Series | None:
    """The same as `expression.bounds`; None where only its rows tell it.

    That is where a time is no timestamp with a time zone, or where one lies outside our years: then it counts as
    unreadable. Local times are looked at for their days of the week.
    """
    events = made.each_row is EachRow.EVENT and not made.wide
    if not (events and made.reader.sql.startswith(_READS_PARQUET) and made.types.get("time") in INSTANTS):
        return None
    time = made.columns["time"]
    whole = f"SELECT count(*) AS rows, count({time}) AS readable, min({time}) AS a, max({time}) AS b"
    told = f"SELECT rows, readable, {utc_of('a')}, {utc_of('b')}"
    rows, readable, first, last = connection.execute(f"{told} FROM ({whole} FROM {made.reader.sql})").fetchall()[0]
    if first is None or first < EARLIEST or last >= LATEST:
        return None
    nothing = dict.fromkeys(("first_wall", "last_wall", "first_weekday", "last_weekday", "whole_days"))
    instants = {"first_instant": pd.Timestamp(first), "last_instant": pd.Timestamp(last)}
    return pd.Series({"rows": rows, "readable": readable, **nothing, **instants}, dtype="object")
