"""What the work produces, by whose word, and how far the outcome has come (method.md: "Impact").

An impact is told only with its figure, its source, the date it was said and, for an estimate, who said it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qbrgen.define.model import Account, Impact, Outcome, Rules, Source
from qbrgen.score.picture import ImpactPicture, OutcomePicture


def impact_pictures(account: Account, as_of: date, rules: Rules) -> tuple[ImpactPicture, ...]:
    """The account's impacts in their order, each with whether it may be told."""
    found = []
    for impact in account.impacts:
        stale = impact.said_on is not None and (as_of - impact.said_on).days > rules.impact_stale_days
        tellable = not stale and not missing_from(impact)
        found.append(ImpactPicture(impact, tellable, stale, receipt=f"impact:{impact.id}"))
    return tuple(found)


def missing_from(impact: Impact) -> tuple[str, ...]:
    """What an impact lacks before it may be told: "value", "source", "by", "date"."""
    lacks = {
        "value": impact.change is None and impact.value is None,
        "source": impact.source is None,
        "by": impact.source is Source.ESTIMATE and not impact.by,
        "date": impact.said_on is None,
    }
    return tuple(name for name, lacking in lacks.items() if lacking)


def outcome_picture(outcome: Outcome | None) -> OutcomePicture | None:
    """The outcome with its progress from baseline to goal; nothing where nobody said what was bought."""
    if outcome is None or not outcome.bought:
        return None
    return OutcomePicture(outcome, progress(outcome))


def progress(outcome: Outcome) -> Fraction | None:
    """(present − baseline) ÷ (goal − baseline), exact; None where a reading is missing or the goal is the baseline."""
    baseline, goal, present = outcome.baseline, outcome.goal, outcome.present
    if baseline is None or goal is None or present is None or goal.value == baseline.value:
        return None
    return (present.value - baseline.value) / (goal.value - baseline.value)
