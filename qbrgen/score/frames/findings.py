"""The frames of what was found beside the figures: gaps, plans, impacts, outcomes and receipts; and the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qbrgen.audience import Audience
from qbrgen.define.model.account import Side, Source
from qbrgen.score.commitment import CommitmentKind, CommitmentState, Unjudged
from qbrgen.score.frames.columns import (
    ACCOUNT,
    DAY,
    LIST,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Frame,
    Row,
    field,
    inner,
    inside,
    score_columns,
    words,
)
from qbrgen.score.picture import AccountPicture, Gap
from qbrgen.score.portfolio_picture import PortfolioPicture
from qbrgen.score.states import GapKind, Standing, Trend


def _gaps(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield from ((picture, gap) for gap in picture.gaps)


def _fact(name: str, dtype: str, says: str) -> Column:
    """A number that the gap is told with; gaps of another kind have none."""

    def value(row: Row) -> object:
        gap: Gap = row[-1]
        found = gap.fact(name)
        return found if isinstance(found, (int, Fraction)) else None

    return Column(name, dtype, says, value)


GAPS = Frame(
    "gaps",
    "One row a gap, the most urgent first.",
    2,
    (
        ACCOUNT,
        field("gap", TEXT, "its key, unique in the account", "key"),
        field("kind", GapKind, "what is missing or failing"),
        Column("persona", TEXT, "id of the persona, where it is of one", lambda row: row[-1].persona or None),
        Column("workflow", TEXT, "id of the workflow, where it is of one", lambda row: row[-1].workflow or None),
        field("since", DAY, "the day from which it is true of everyone it is told of"),
        field("at_least", YES_NO, "it may have been so for longer"),
        _fact("count", WHOLE, "people (or rows) it is told of"),
        _fact("counted", WHOLE, "of how many people"),
        _fact("value", NUMBER, "value of the workflow"),
        _fact("target", NUMBER, "its target"),
        Column("planned", YES_NO, "there is a plan for it", lambda row: row[-1].action is not None),
        field("action", TEXT, "id of that plan", "action.action.id"),
        inside("who", LIST, "user ids", lambda row: tuple(row[-1].who)),
        inner("audience", Audience, "who may see it"),
    ),
    _gaps,
)


def _actions(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield from ((picture, planned) for planned in picture.actions)


ACTIONS = Frame(
    "actions",
    "One row an action of the plan.",
    2,
    (
        ACCOUNT,
        field("action", TEXT, "id", "action.id"),
        field("what", TEXT, "the action", "action.action"),
        field("owner", TEXT, "who does it", "action.owner"),
        field("side", Side, "whose side the owner is on", "action.side"),
        field("due", DAY, "by when", "action.due"),
        field("done_on", DAY, "when it was done", "action.done_on"),
        field("overdue", YES_NO, "due on or before the as-of date, and not done"),
        field("closes", TEXT, "what it is meant to close; empty: nothing in particular", "action.closes"),
        inner("audience", Audience, "who may see it"),
    ),
    _actions,
)


def _commitments(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    if picture.commitments:
        yield from ((picture, each) for each in picture.commitments.all)


COMMITMENTS = Frame(
    "commitments",
    "One row a promise of the last recorded review, the missed ones first.",
    3,
    (
        ACCOUNT,
        field("kind", CommitmentKind, "what was promised"),
        field("commitment", TEXT, "id: of the persona, persona/workflow, or of the action", "id"),
        field("what", TEXT, "its name as recorded; of an action its words", "name"),
        field("state", CommitmentState, "what became of it, by the recorded target and definition"),
        field("target", NUMBER, "the recorded target; missing for actions"),
        field("target_now", NUMBER, "today's target, where it is another one"),
        field("was_met", YES_NO, "it was on target when it was promised"),
        field("value", NUMBER, "as counted in this period by the recorded definition"),
        field("numerator", NUMBER, "what was counted, in `unit`", "ratio.numerator"),
        field("denominator", NUMBER, "of how many", "ratio.denominator"),
        field("unit", TEXT, "what numerator and denominator count"),
        field("counted_otherwise", YES_NO, "today's definition is another one, or there is none"),
        field("why", Unjudged, "why it cannot be measured"),
        Column("owner", TEXT, "who was to do the action", lambda row: row[-1].owner or None),
        Column("side", Side, "whose side the owner is on", lambda row: row[-1].side if row[-1].owner else None),
        field("due", DAY, "by when, as recorded"),
        field("done_on", DAY, "when it was done"),
        field("moved_to", DAY, "its date today, where it is another one"),
        field("dropped", YES_NO, "the account's file no longer has it"),
        Column("promised_in", TEXT, "the review that promised it", lambda row: row[0].commitments.period.name),
        Column("promised_on", DAY, "when that was recorded", lambda row: row[0].commitments.recorded_on),
        field("receipt", TEXT, "id of its receipt"),
        inner("audience", Audience, "who may see it"),
    ),
    _commitments,
)


def _impacts(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield from ((picture, impact) for impact in picture.impacts)


IMPACTS = Frame(
    "impacts",
    "One row an impact: what the workflows produce, and by whose word.",
    2,
    (
        ACCOUNT,
        field("impact", TEXT, "id", "impact.id"),
        field("what", TEXT, "what changed", "impact.what"),
        field("change", NUMBER, "relative change: -0.3 is 30% down", "impact.change"),
        field("before", NUMBER, "the figure before, in `unit`", "impact.before"),
        field("value", NUMBER, "the figure, in `unit`", "impact.value"),
        field("unit", TEXT, "of value and before", "impact.unit"),
        field("lower_is_better", YES_NO, "down is better", "impact.lower_is_better"),
        field("source", Source, "measured, estimate or benchmark; missing where nobody said", "impact.source"),
        field("by", TEXT, "the witness", "impact.by"),
        field("because", YES_NO, "the source itself says that the workflows caused it", "impact.because"),
        field("period", TEXT, "the time it speaks of", "impact.period"),
        field("said_on", DAY, "when it was said or measured", "impact.said_on"),
        field("tellable", YES_NO, "it has a source and is not old"),
        field("stale", YES_NO, "it is older than a year"),
    ),
    _impacts,
)


def _outcomes(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    if picture.outcome:
        yield picture, picture.outcome


OUTCOMES = Frame(
    "outcomes",
    "One row an account that says what was bought.",
    1,
    (
        ACCOUNT,
        field("bought", TEXT, "what the customer bought, in its own words", "outcome.bought"),
        field("measure", TEXT, "the figure that shows it", "outcome.measure"),
        field("unit", TEXT, "of that figure", "outcome.unit"),
        field("baseline", NUMBER, "where it stood", "outcome.baseline.value"),
        field("baseline_on", DAY, "when", "outcome.baseline.on"),
        field("goal", NUMBER, "where it is to get", "outcome.goal.value"),
        field("goal_on", DAY, "by when", "outcome.goal.on"),
        field("present", NUMBER, "where it stands", "outcome.present.value"),
        field("present_on", DAY, "when", "outcome.present.on"),
        field("progress", NUMBER, "(present − baseline) ÷ (goal − baseline); may leave 0 to 1"),
    ),
    _outcomes,
)


def _receipts(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield from ((picture, receipt) for receipt in picture.receipts)


RECEIPTS = Frame(
    "receipts",
    "One row a figure: what it was counted from. `picture.receipt(id)` has the counts of each event.",
    2,
    (
        ACCOUNT,
        field("receipt", TEXT, "id, as the picture's figures name it", "id"),
        field("rule", TEXT, "the rule that was applied"),
        field("unit", TEXT, "of numerator and denominator"),
        field("numerator", NUMBER, "what was counted"),
        field("denominator", NUMBER, "of how many"),
        field("first_day", DAY, "first day of the rows", "window.first"),
        field("last_day", DAY, "last day of the rows", "window.last"),
        inside("events", LIST, "names of the events counted", lambda row: tuple(name for name, _ in row[-1].events)),
        inside("people", LIST, "user ids of the people counted", lambda row: tuple(row[-1].people)),
        inside("sources", LIST, "file names", lambda row: tuple(row[-1].sources)),
    ),
    _receipts,
)


def _portfolio(overview: PortfolioPicture, _: Audience) -> Iterator[Row]:
    pressing = {entry.row.id: entry for entry in overview.attention}
    yield from ((row, pressing.get(row.id), row) for row in overview.rows)


PORTFOLIO = Frame(
    "portfolio",
    "One row an account of a portfolio, worst renewals first; made by `portfolio_frame`. Internal.",
    1,
    (
        ACCOUNT,
        inner("name", TEXT, "the customer's name"),
        inner("owner", TEXT, "the CSM"),
        inner("segment", TEXT, "as the CRM has it"),
        inner("standing", Standing, "where it stands"),
        *score_columns(),
        inner("arr", NUMBER, "annual recurring revenue, in `currency`", "arr.amount"),
        inner("currency", TEXT, "ISO 4217 code of the ARR", "arr.currency"),
        inner("renewal", DAY, "renewal date"),
        inner("renews_soon", YES_NO, "within two quarters of the as-of date"),
        inner("active", WHOLE, "people active (N)"),
        inner("counted", WHOLE, "people who count (M)"),
        inner("personas_active", WHOLE, "personas that reach their target"),
        inner("personas_counted", WHOLE, "personas with anyone to count"),
        inner("met", WHOLE, "workflows on target"),
        inner("measurable", WHOLE, "workflows met or not met"),
        inner("direction", Trend, "which way it goes", "trend"),
        inner("feed_silent", YES_NO, "no event of any name came in the period"),
        inner("open_gaps", WHOLE, "gaps"),
        inside("needs_attention", YES_NO, "one of the worst ten", lambda row: row[1] is not None),
        inside("reasons", LIST, "its most urgent kinds of gap", lambda row: words(row[1], "reasons")),
        inside(
            "unplanned", WHOLE, "gaps without a plan, where it needs attention", lambda row: row[1] and row[1].unplanned
        ),
    ),
    _portfolio,
)
