"""Where an account stands in a portfolio: internal, and by one rule that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from qbrgen.define.model.settings import Rules
from qbrgen.score.picture import Breadth, Depth, Direction, Gap
from qbrgen.score.states import Standing, Trend


def standing_of(
    silent: bool, started: bool, breadth: Breadth, depth: Depth, direction: Direction, gaps: Iterable[Gap], rules: Rules
) -> Standing:
    """At risk: the feed is silent, no persona is active, adoption is shrinking, or logins mask a persona of which fewer
    than half are active.

    Cannot say: the account's data had not begun (`started`: they had); or none of the above, and no persona has anyone
    to count or no workflow is measurable. Who and what are both part of adoption; where one is missing, that is the
    finding (a silent feed is a risk, not this).
    Real adoption: every countable persona is active, and enough of the measurable workflows are on target
    (`Rules.real_adoption_depth`). Everything else is partial adoption.
    """
    if silent:
        return Standing.AT_RISK if started else Standing.UNKNOWN
    nobody = breadth.personas_counted > 0 and breadth.personas_active == 0
    if nobody or direction.trend is Trend.SHRINKING or any(gap.hides_most for gap in gaps):
        return Standing.AT_RISK
    if breadth.personas_counted == 0 or depth.measurable == 0:
        return Standing.UNKNOWN
    everyone = breadth.personas_active == breadth.personas_counted
    deep = depth.met >= rules.real_adoption_depth * depth.measurable
    return Standing.REAL if everyone and deep else Standing.PARTIAL
