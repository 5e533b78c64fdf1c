"""What the work produces, by whose word, and how far the outcome has come (method.md: "Impact").

An impact is told only with its figure, its source, the date it was said and, for an estimate, who said it. What was
said after the day that a picture speaks from is set aside, as events after it are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from qbrgen.define.model.account import Account, Impact, Outcome, Reading, Source
from qbrgen.define.model.settings import Rules
from qbrgen.period import Period, following
from qbrgen.score.picture import ImpactPicture, OutcomePicture

DAYS_TO_REPORT = 45  # a quarter that others followed is told as it was known so many days after its end


def told_until(period: Period, as_of: date, first_month: int) -> date:
    """The last day of what people said that belongs into a picture: the as-of date; 45 days after the end of a period
    that is not the latest complete one, where that is earlier."""
    if following(period, first_month).last_day > as_of:
        return as_of
    return min(as_of, period.last_day + timedelta(days=DAYS_TO_REPORT))


def said_later(impact: Impact, until: date) -> bool:
    """Whether an impact was said after that day."""
    return impact.said_on is not None and impact.said_on > until


def impact_pictures(account: Account, until: date, rules: Rules) -> tuple[ImpactPicture, ...]:
    """The account's impacts in their order, each with whether it may be told; those said after `until` are left out."""
    found = []
    for impact in account.impacts:
        if said_later(impact, until):
            continue
        stale = impact.said_on is not None and (until - impact.said_on).days > rules.impact_stale_days
        tellable = not stale and not missing_from(impact)
        found.append(ImpactPicture(impact, tellable, stale, receipt=f"impact:{impact.id}" if tellable else ""))
    return tuple(found)


def later_impacts(impacts: Sequence[Impact], until: date) -> tuple[date, ...]:
    """When those were said that are set aside as later than `until`, the first first."""
    return tuple(sorted(impact.said_on for impact in impacts if impact.said_on and said_later(impact, until)))


def missing_from(impact: Impact) -> tuple[str, ...]:
    """What an impact lacks before it may be told: "value", "source", "by", "date"."""
    lacks = {
        "value": impact.change is None and impact.value is None,
        "source": impact.source is None,
        "by": impact.source is Source.ESTIMATE and not impact.by,
        "date": impact.said_on is None,
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def outcome_picture(outcome: Outcome | None, until: date) -> OutcomePicture | None:
    """The outcome with its progress from baseline to goal; nothing where nobody said what was bought.

    Readings dated after `until` are left out; a goal's date lies ahead and stays.
    """
    if outcome is None or not outcome.bought:
        return None
    baseline, present = _known(outcome.baseline, until), _known(outcome.present, until)
    known = replace(outcome, baseline=baseline, present=present)
    later = tuple(name for name in ("baseline", "present") if getattr(known, name) != getattr(outcome, name))
    return OutcomePicture(known, progress(known), later)


def _known(reading: Reading | None, until: date) -> Reading | None:
    return None if reading and reading.on and reading.on > until else reading


def progress(outcome: Outcome) -> Fraction | None:
    """(present − baseline) ÷ (goal − baseline), exact; None where a reading is missing or the goal is the baseline."""
    baseline, goal, present = outcome.baseline, outcome.goal, outcome.present
    if baseline is None or goal is None or present is None or goal.value == baseline.value:
        return None
    return (present.value - baseline.value) / (goal.value - baseline.value)
