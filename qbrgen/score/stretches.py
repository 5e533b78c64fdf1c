"""A period as workflows see it: its units, its full weeks within the data, and whether the data are silent in it."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.period import sunday_of
from qbrgen.score.evidence import Evidence
from qbrgen.score.seats import Calendar, Timeline


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period as workflows see it: its units, and its first and last full week within the data."""

    positions: range
    first_week: int
    last_week: int
    silent: bool

    @property
    def last_day(self) -> int:
        return sunday_of(self.last_week).toordinal()


def stretches(calendar: Calendar, timeline: Timeline, evidence: Evidence) -> tuple[Stretch, Stretch | None]:
    """(this period, the one before or None where the data do not reach back far enough)."""
    this = Stretch(
        timeline.this,
        calendar.first_week,
        calendar.last_week,
        silent=silent_in(evidence, calendar.first_week, calendar.last_week),
    )
    if not calendar.previous:
        return this, None
    first = max(calendar.previous.first_week, calendar.data_week)
    last = calendar.previous.last_week
    return this, Stretch(timeline.before, first, last, silent=silent_in(evidence, first, last))


def silent_in(evidence: Evidence, first_week: int, last_week: int) -> bool:
    """Whether no event of any name by anyone came in these full weeks."""
    return not any(first_week <= week <= last_week for week in evidence.life)
