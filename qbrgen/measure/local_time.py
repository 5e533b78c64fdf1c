"""A time zone as stretches of constant offset, so that any engine can turn UTC into local time by comparing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

_STEP = timedelta(days=1)  # no zone changes its offset twice within a day


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begins` (UTC, naive) on, local time is UTC plus `offset`."""

    begins: datetime
    offset: timedelta


def stretches(zone: tzinfo, first: datetime, last: datetime) -> list[Stretch]:
    """The stretches of a zone between two moments of UTC (naive), the first of them beginning at `first`."""
    moment = first.replace(microsecond=0)
    found = [Stretch(moment, _offset(zone, moment))]
    while moment < last:
        ahead = min(moment + _STEP, last)
        offset = _offset(zone, ahead)
        if offset != found[-1].offset:
            found.append(Stretch(_change(zone, moment, ahead), offset))
        moment = ahead
    return found


def to_local(zone: tzinfo, instant: datetime) -> datetime:
    """UTC (naive) → local wall time (naive)."""
    return instant + _offset(zone, instant)


def _offset(zone: tzinfo, instant: datetime) -> timedelta:
    return instant.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The second at which the offset changes between two moments, by halving."""
    target = _offset(zone, after)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(zone, middle) == target:
            after = middle
        else:
            before = middle
    return after
