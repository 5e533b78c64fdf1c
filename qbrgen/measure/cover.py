"""What the data cover: the first and the last full day, and how their times become local ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, time, timedelta

import pandas as pd

from qbrgen.define.model.settings import Settings
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.measure.expression import Cover
from qbrgen.measure.local_time import Stretch, stretches
from qbrgen.measure.remote import Held
from qbrgen.measure.spans import Span

AnySpan = Span | Held


def cover_of(
    settings: Settings,
    as_of: date | None,
    spans: Sequence[AnySpan],
    everything: Sequence[AnySpan],
    values: pd.DataFrame,
) -> Cover:
    """The days that are counted, and the time zone's shifts over them.

    spans: of events; everything: of presence, too. values: as `Counts.values`. Raises InputError where nothing tells a
    last day.
    """
    last = as_of or settings.as_of or _last_full_day(spans, values)
    if last is None:
        what = "The data hold no event: nothing says which days they cover."
        where = settings.sources.events[0].where if settings.sources.events else Location("qbrgen.yml")
        fix = "Check the event files and how their columns are mapped."
        raise InputError([Finding(Level.ERROR, "no-events", what, fix, where)])
    days = [span.first.date() for span in spans if span.first]
    if not days and len(values):  # ready-made values alone cover the days that they speak of
        days = [values["first"].min().date()]
    return Cover(settings.data_start or min(days, default=last), last, shifts_of(settings, everything))


def shifts_of(settings: Settings, spans: Iterable[AnySpan]) -> list[Stretch]:
    """How UTC becomes local time over all times with an offset that these files hold."""
    instants = [instant for span in spans for instant in span.instants]
    return stretches(settings.time_zone or UTC, min(instants), max(instants)) if instants else []


def _last_full_day(spans: Sequence[AnySpan], values: pd.DataFrame) -> date | None:
    last = max((span.last for span in spans if span.last), default=None)
    if last is not None:
        return last.date() if last.time() == time() else last.date() - timedelta(days=1)
    if len(values):
        day: date = values["last"].max().date()
        return day
    return None
