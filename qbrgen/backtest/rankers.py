"""The numbers that are put to the test: those of the account picture, and their rivals from logins and event counts.

Each gives one number an account and quarter, higher meaning healthier, or None where it cannot tell: nothing is filled.
Login figures are looked at here and nowhere else beyond the masked check; they leave this room as ranks only.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from qbrgen.define.model.settings import Rules, ScoreWeights
from qbrgen.measure.counts import Counts
from qbrgen.period import Period
from qbrgen.period import previous as quarter_before
from qbrgen.score.adoption_score import score_of
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Part, Standing

_RECENT_WEEKS = 4  # "monthly active users"


class Ranker(StrEnum):
    """What ranks. The first five are the picture's, the others rivals."""

    BREADTH = "breadth"
    DEPTH = "depth"
    DIRECTION = "direction"
    SCORE = "score"
    STANDING = "standing"
    LOGIN_PEOPLE = "people who logged in"
    LOGIN_WEEKS = "person-weeks with a login"
    LOGIN_SHARE = "share of people who logged in, last 4 weeks"
    LOGIN_CHANGE = "change of person-weeks with a login"
    EVENTS = "events of any name"
    EVENT_CHANGE = "change of events of any name"


OURS = (Ranker.BREADTH, Ranker.DEPTH, Ranker.DIRECTION, Ranker.SCORE, Ranker.STANDING)
LOGINS = (Ranker.LOGIN_PEOPLE, Ranker.LOGIN_WEEKS, Ranker.LOGIN_SHARE, Ranker.LOGIN_CHANGE)
EVENTS = (Ranker.EVENTS, Ranker.EVENT_CHANGE)
RIVALS = (*LOGINS, *EVENTS)

Values = dict[Ranker, Fraction | None]

_PARTS = {Ranker.BREADTH: Part.BREADTH, Ranker.DEPTH: Part.DEPTH, Ranker.DIRECTION: Part.DIRECTION}
_EVERY_PART = Rules(score_weights=ScoreWeights(1, 1, 1, 1))  # parts are ranked whatever they weigh in the score
_STANDINGS = {Standing.AT_RISK: Fraction(0), Standing.PARTIAL: Fraction(1), Standing.REAL: Fraction(2)}


def of_picture(picture: AccountPicture) -> Values:
    """What the account picture says. With a silent feed breadth, depth, direction and score say nothing.

    breadth: active ÷ counted people. depth: the mean over the measurable workflows of min(1, value ÷ target).
    direction: spreading, no clear change, shrinking. score: by the workspace's weights. standing: its three steps.
    """
    score = score_of(picture.breadth, picture.workflows, picture.direction, picture.outcome, _EVERY_PART)
    parts = {entry.part: entry.value for entry in score.parts}
    values: Values = {ranker: None if picture.feed_silent else parts[part] for ranker, part in _PARTS.items()}
    values[Ranker.SCORE] = picture.score.total if picture.score else None
    values[Ranker.STANDING] = _STANDINGS.get(picture.standing) if picture.standing else None
    return values


@dataclass(frozen=True, slots=True)
class Activity:
    """Logins and events of every account by week. presence: account → week → users. first_login: of the workspace."""

    data_week: int
    presence: Mapping[str, Mapping[int, Set[str]]] = field(default_factory=dict)
    events: Mapping[str, Mapping[int, Fraction]] = field(default_factory=dict)
    first_login: int | None = None


def activity_of(counts: Counts, data_week: int) -> Activity:
    """The activity in a workspace's counts. data_week: the first week that lies whole in the data."""
    presence: dict[str, dict[int, set[str]]] = {}
    frame = counts.presence
    for account, user, week in zip(frame["account"], frame["user"], frame["week"], strict=True):
        presence.setdefault(str(account), {}).setdefault(int(week), set()).add(str(user))
    events: dict[str, dict[int, Fraction]] = {}
    life: pd.DataFrame = counts.life
    for account, week, micro in zip(life["account"], life["week"], life["occurrences"], strict=True):
        events.setdefault(str(account), {})[int(week)] = Fraction(micro)
    first = int(frame["week"].min()) if len(frame) else None
    return Activity(data_week, presence, events, first)


def of_activity(account: str, people: frozenset[str], activity: Activity, period: Period, first_month: int) -> Values:
    """What the rivals say of one account.

    people: the ids of those on its roster in the period. Before the workspace's first login, logins say nothing; of a
    quarter that the data hold in part, a change from it says nothing. A change is (now - before) ÷ (now + before),
    which ranks as the ratio does and can tell of something out of nothing.
    """
    before = quarter_before(period, first_month)
    values: Values = dict.fromkeys(RIVALS)
    seen = activity.presence.get(account, {})
    if activity.first_login is not None and activity.first_login <= period.first_week:
        values[Ranker.LOGIN_PEOPLE] = Fraction(len(_users(seen, period.weeks)))
        values[Ranker.LOGIN_WEEKS] = Fraction(_person_weeks(seen, period.weeks))
        recent = _users(seen, range(period.last_week - _RECENT_WEEKS + 1, period.last_week + 1))
        values[Ranker.LOGIN_SHARE] = Fraction(len(recent & people), len(people)) if people else None
        if activity.first_login <= before.first_week:
            now, then = _person_weeks(seen, period.weeks), _person_weeks(seen, before.weeks)
            values[Ranker.LOGIN_CHANGE] = _change(Fraction(now), Fraction(then))
    events = activity.events.get(account, {})
    values[Ranker.EVENTS] = _sum(events, period.weeks)
    if activity.data_week <= before.first_week:
        values[Ranker.EVENT_CHANGE] = _change(_sum(events, period.weeks), _sum(events, before.weeks))
    return values


def _users(seen: Mapping[int, Set[str]], weeks: range) -> set[str]:
    return {user for week, users in seen.items() if week in weeks for user in users}


def _person_weeks(seen: Mapping[int, Set[str]], weeks: range) -> int:
    return sum(len(users) for week, users in seen.items() if week in weeks)


def _sum(events: Mapping[int, Fraction], weeks: range) -> Fraction:
    return sum((micro for week, micro in events.items() if week in weeks), Fraction(0))


def _change(now: Fraction, before: Fraction) -> Fraction | None:
    return (now - before) / (now + before) if now + before else None
