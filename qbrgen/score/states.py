"""The words of the account picture: every state, call and kind, as enumerations."""

from __future__ import annotations

from enum import StrEnum


class PersonState(StrEnum):
    """The five states, the two ways of not being counted, and silence of the feed."""

    ACTIVE = "active"
    OCCASIONAL = "occasional"
    LAPSED = "lapsed"
    NOT_YET = "not yet active"
    NEW = "new"
    AWAY = "away"  # no unit in seat in the whole period
    NO_DATA = "no data"  # the account's feed is silent

    @property
    def counts(self) -> bool:
        """Whether people in this state are among the M of N of M."""
        return self in (PersonState.ACTIVE, PersonState.OCCASIONAL, PersonState.LAPSED, PersonState.NOT_YET)


class TargetState(StrEnum):
    """The four states of a workflow; only MET and NOT_MET are measurable."""

    MET = "met"
    NOT_MET = "not met"
    NO_DATA = "no data"
    NOT_APPLICABLE = "not applicable"

    @property
    def measurable(self) -> bool:
        return self in (TargetState.MET, TargetState.NOT_MET)


class Trend(StrEnum):
    """The call of direction.md."""

    SPREADING = "spreading"
    SHRINKING = "shrinking"
    UNCLEAR = "no clear change"
    TOO_EARLY = "too early to tell"
    NO_DATA = "no data"


class Forecast(StrEnum):
    """Where a workflow will stand on the renewal date."""

    ON_TARGET = "on target"
    BELOW = "below target"
    OPEN = "on either side"  # the range holds the target


class Cause(StrEnum):
    """Why a figure of the period before differs from the one that was delivered."""

    TARGET = "target"
    DEFINITION = "definition"
    ROSTER = "roster"
    DATA = "data"  # events that came late or were corrected


class GapKind(StrEnum):
    """Every kind of gap; the wording files have an entry for each."""

    NOT_YET_ACTIVE = "people not yet active"
    LAPSED = "people lapsed"
    OCCASIONAL = "people occasional"
    OFF_TARGET = "workflow off target"
    NO_EVENTS = "workflow without events"
    TURNING_DOWN = "workflow turning down"
    ONE_PERSON = "workflow rests on one person"
    MISS_AT_RENEWAL = "will miss at renewal"
    MASKED = "masked by logins"
    NO_IMPACT = "no impact stated"
    IMPACT_UNSOURCED = "impact without a source"
    IMPACT_OLD = "impact is old"
    NO_OUTCOME = "no outcome stated"
    NO_BASELINE = "outcome without baseline"
    NO_PEOPLE = "persona with no one named"
    FEED_SILENT = "no data came"
    FEED_STOPPED = "data stopped coming"
    EVENT_NEVER = "event name never occurs"
    UNKNOWN_PEOPLE = "people whom no roster knows"

    @property
    def is_missing_piece(self) -> bool:
        """What cannot be measured or shown for want of something, as against what is measured and behind."""
        return self in _MISSING_PIECES


_MISSING_PIECES = frozenset(
    {
        GapKind.NO_EVENTS,
        GapKind.NO_IMPACT,
        GapKind.IMPACT_UNSOURCED,
        GapKind.IMPACT_OLD,
        GapKind.NO_OUTCOME,
        GapKind.NO_BASELINE,
        GapKind.NO_PEOPLE,
        GapKind.FEED_SILENT,
        GapKind.FEED_STOPPED,
        GapKind.EVENT_NEVER,
        GapKind.UNKNOWN_PEOPLE,
    }
)


class Standing(StrEnum):
    """Where an account stands in a portfolio (internal). See score/standing.py for the rule."""

    REAL = "real adoption"
    PARTIAL = "partial adoption"
    AT_RISK = "at risk"
    UNKNOWN = "cannot say"


class PortfolioOrder(StrEnum):
    """How a portfolio lists its accounts: what needs attention comes first in either."""

    RENEWAL = "renewal"  # worst renewals first
    SCORE = "score"  # lowest score first, those withheld last


class Part(StrEnum):
    """The parts that a score may be made from."""

    BREADTH = "breadth"
    DEPTH = "depth"
    DIRECTION = "direction"
    OUTCOME = "outcome"
