"""The frames of what is done: workflows, weeks, and which way it all goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qbrgen.audience import Audience
from qbrgen.figures import Ratio
from qbrgen.period import monday_of
from qbrgen.score.frames.columns import (
    ACCOUNT,
    DAY,
    LIST,
    NUMBER,
    PERSONA,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Frame,
    Row,
    delivered,
    field,
    inner,
    inside,
    share,
)
from qbrgen.score.picture import AccountPicture, PersonaPicture, WeekPoint
from qbrgen.score.states import Forecast, TargetState, Trend


def _workflows(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield from ((picture, workflow) for workflow in picture.workflows)


def _ratio(name: str, says: str, path: str, part: str) -> Column:
    def value(row: Row) -> object:
        found: Ratio | None = getattr(row[-1], path)
        return found and getattr(found, part)

    return Column(name, NUMBER, says, value)


WORKFLOW = Column("workflow", TEXT, "id of the workflow: persona/workflow", lambda row: row[1].id)

WORKFLOWS = Frame(
    "workflows",
    "One row a workflow: its value, its target and its state. The state compares exact figures: trust it, not a "
    "comparison of the floats.",
    2,
    (
        ACCOUNT,
        WORKFLOW,
        field("persona", TEXT, "id of the persona"),
        field("name", TEXT, "as documents call it"),
        field("kind", TEXT, "share, frequency, milestone, chain or value"),
        field("produces", TEXT, "what the customer gets from it"),
        field("target", NUMBER, "the share to reach"),
        field("state", TargetState, "the state"),
        field("value", NUMBER, "the share reached; missing where there is none"),
        _ratio("numerator", "what was counted, in `unit`", "ratio", "numerator"),
        _ratio("denominator", "of how many, in `unit`", "ratio", "denominator"),
        field("unit", TEXT, "what the ratio counts; empty for a ready-made value"),
        field("early", WHOLE, "milestones: reached before the window closed, told beside"),
        field("direction", Trend, "which way it goes", "direction.trend"),
        field("previous", NUMBER, "the period before by today's definition, over people in seat in both"),
        _ratio("previous_numerator", "of that, what was counted", "previous_ratio", "numerator"),
        _ratio("previous_denominator", "of that, of how many", "previous_ratio", "denominator"),
        field("previous_reported", NUMBER, "the period before over everyone in seat then, where it differs"),
        field("below_since", DAY, "Monday since which it is below target"),
        field("below_at_least", YES_NO, "it may have been below for longer"),
        *delivered(lambda row: row[-1].delivered),
        inside("shortfall", LIST, "user ids of those behind the shortfall", lambda row: tuple(row[-1].shortfall)),
        inner("outlook", Forecast, "where it will stand on the renewal date", "outlook.forecast"),
        inner("outlook_expected", NUMBER, "value expected then", "outlook.expected"),
        inner("outlook_low", NUMBER, "lower end of the range", "outlook.low"),
        inner("outlook_high", NUMBER, "upper end of the range", "outlook.high"),
        inner("outlook_at_pace", YES_NO, "at its present pace; else at its present level", "outlook.at_pace"),
        inner("outlook_at_rest", YES_NO, "at its present level, as a rise or fall has come to rest", "outlook.at_rest"),
    ),
    _workflows,
)


# ---- by week --------------------------------------------------------------------------------------------------------


def _points(weekly: Sequence[WeekPoint], persona: PersonaPicture) -> Iterator[tuple[date, bool, WeekPoint]]:
    for point in weekly:
        monday = monday_of(point.week)
        yield monday, persona.window is not None and monday >= persona.window.first, point


def _persona_weeks(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    for persona in picture.personas:
        yield from ((picture, persona, *point) for point in _points(persona.weekly, persona))


def _workflow_weeks(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    for workflow in picture.workflows:
        persona = picture.persona(workflow.persona)
        yield from ((picture, workflow, *point) for point in _points(workflow.weekly, persona))


def _iso_week(monday: date) -> str:
    return "{}-W{:02}".format(*monday.isocalendar()[:2])


_WEEK = (
    Column("week", DAY, "Monday of the unit's first week", lambda row: row[2]),
    Column("iso_week", TEXT, "the same as 2026-W27", lambda row: _iso_week(row[2])),
    Column("in_period", YES_NO, "of this period; else of the one before", lambda row: row[3]),
)
_WEEK_SHARE = Column("share", NUMBER, "of one", lambda row: share(row[-1].numerator, row[-1].denominator))

PERSONA_WEEKS = Frame(
    "persona_weeks",
    "One row a persona and unit (a week, two weeks or a month), over this period and the one before.",
    3,
    (
        ACCOUNT,
        PERSONA,
        *_WEEK,
        field("did_it", WHOLE, "people with a completion", "numerator"),
        field("in_seat", WHOLE, "people in seat", "denominator"),
        _WEEK_SHARE,
    ),
    _persona_weeks,
)

WORKFLOW_WEEKS = Frame(
    "workflow_weeks",
    "One row a workflow and unit, over this period and the one before. Milestones and ready-made values have none.",
    3,
    (
        ACCOUNT,
        WORKFLOW,
        *_WEEK,
        field("numerator", NUMBER, "what was counted, in the workflow's unit"),
        field("denominator", NUMBER, "of how many"),
        _WEEK_SHARE,
    ),
    _workflow_weeks,
)


# ---- direction ------------------------------------------------------------------------------------------------------


def _directions(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield picture, "account", "", picture.direction
    yield from ((picture, "persona", persona.id, persona.direction) for persona in picture.personas)
    yield from ((picture, "workflow", workflow.id, workflow.direction) for workflow in picture.workflows)


DIRECTIONS = Frame(
    "directions",
    "One row for the account, for each persona and for each workflow: the call and the facts behind it.",
    3,
    (
        ACCOUNT,
        Column("of", TEXT, "account, persona or workflow", lambda row: row[1]),
        Column("id", TEXT, "of the persona or the workflow; empty for the account", lambda row: row[2]),
        field("trend", Trend, "the call"),
        field("more", WHOLE, "people who did it more in the second half"),
        field("less", WHOLE, "people who did it less"),
        field("same", WHOLE, "people who did it as much"),
        field("weeks", WHOLE, "units that were looked at"),
        field("slope", NUMBER, "change of the share per unit"),
        field("signal", NUMBER, "the change as a multiple of what chance alone brings"),
        field("limit", NUMBER, "what the signal has to reach before a change is called"),
    ),
    _directions,
)
