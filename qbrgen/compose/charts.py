"""Workflows against target, the weeks, before and after: the blocks that renderers draw as charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from qbrgen.compose.people import persona_label
from qbrgen.compose.told import Told
from qbrgen.define.model.account import Impact, Source
from qbrgen.document import BarGroup, BeforeAfter, Status, TargetBar, TargetBars, Trend, TrendPoint
from qbrgen.narrate.wording import capital
from qbrgen.period import Rhythm, monday_of
from qbrgen.score.picture import ImpactPicture, WeekPoint, WorkflowPicture
from qbrgen.score.states import TargetState

STATUS = {
    TargetState.MET: Status.MET,
    TargetState.NOT_MET: Status.NOT_MET,
    TargetState.NO_DATA: Status.NO_DATA,
    TargetState.NOT_APPLICABLE: Status.NOT_APPLICABLE,
}
# Fewer points than this are no line.
FEWEST_POINTS = 4


def target_bars(told: Told, *, with_previous: bool) -> TargetBars | None:
    """Every workflow against its target, by persona; None when the account has none.

    with_previous: the brief's column of the quarter before.
    """
    groups: list[BarGroup] = []
    for persona in told.picture.personas:
        workflows = told.picture.workflows_of(persona.id)
        if workflows:
            bars = tuple(target_bar(told, workflow, with_previous=with_previous) for workflow in workflows)
            groups.append(BarGroup(persona_label(persona), bars, persona.id))
    if not groups:
        return None
    before = told.picture.previous_period
    earlier = with_previous and any(bar.previous_text for group in groups for bar in group.bars)
    headings = (
        told.say("column-workflow"),
        told.say("column-now"),
        told.say("column-target"),
        (told.wording.period(before) if before else told.say("column-last-quarter")) if earlier else "",
    )
    said = [f"{bar.label}: {bar.alt}" for group in groups for bar in group.bars]
    return TargetBars(tuple(groups), told.say("alt-workflows", bars=told.wording.clauses(said)), headings)


def spoken(told: Told, bar: TargetBar) -> TargetBar:
    """The bar with what it shows in words: its value against its target, or why it has none."""
    said = told.say("alt-bar", value=bar.value_text, target=bar.target_text, state=bar.state_text)
    return replace(bar, alt=said if bar.value_text else bar.state_text)


def target_bar(told: Told, workflow: WorkflowPicture, *, with_previous: bool) -> TargetBar:
    """One workflow against its target."""
    previous = workflow.previous if with_previous else None
    bar = TargetBar(
        label=capital(workflow.name),
        value=None if workflow.value is None else float(workflow.value),
        target=float(workflow.target),
        value_text=told.text(f"workflow-value:{workflow.id}"),
        target_text=told.text(f"workflow-target:{workflow.id}"),
        state_text=told.text(f"workflow-state:{workflow.id}"),
        status=STATUS[workflow.state],
        previous=None if previous is None else float(previous),
        previous_text=told.text(f"workflow-previous:{workflow.id}") if with_previous else "",
        count_text=counted_from(told, workflow),
    )
    return spoken(told, bar)


def counted_from(told: Told, workflow: WorkflowPicture) -> str:
    """ "4,182 of 5,221": the counts behind a workflow's value; "" for a ready-made one that came without them."""
    receipt = next((each for each in told.picture.receipts if each.id == workflow.receipt), None)
    counts = workflow.ratio or receipt
    if counts is None or workflow.value is None or counts.numerator is None or not counts.denominator:
        return ""
    done = told.wording.number(counts.numerator)
    total = told.wording.number(counts.denominator)
    unit = workflow.unit.replace(" ", "-") or "events"
    return told.say(f"count-{unit}", done=done, total=total, n=counts.denominator)


# ---- week by week ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Series:
    """The one line that is shown: whose it is, what it must reach, and its points without leading empty ones."""

    name: str
    target: Fraction
    points: tuple[WeekPoint, ...]
    rhythm: Rhythm
    receipt: str


def chosen_series(told: Told) -> Series | None:
    """The first-listed measurable workflow with a weekly series, else the first persona's people, else None.

    First-listed, never the best-looking (method.md, Statements).
    """
    picture = told.picture
    for workflow in picture.workflows:
        points = _trimmed(workflow.weekly)
        if workflow.state.measurable and _filled(points) >= FEWEST_POINTS:
            rhythm = picture.persona(workflow.persona).rhythm
            return Series(capital(workflow.name), workflow.target, points, rhythm, workflow.receipt)
    for persona in picture.personas:
        points = _trimmed(persona.weekly)
        if persona.is_active is not None and _filled(points) >= FEWEST_POINTS:
            name = told.say("series-people", persona=capital(persona.name))
            return Series(name, persona.target, points, persona.rhythm, persona.receipt)
    return None


def _trimmed(points: Sequence[WeekPoint]) -> tuple[WeekPoint, ...]:
    first = next((i for i, point in enumerate(points) if point.denominator), len(points))
    return tuple(points[first:])


def _filled(points: Sequence[WeekPoint]) -> int:
    return sum(1 for point in points if point.denominator)


def trend(told: Told, series: Series) -> Trend:
    """`series` as a line against its target: first and last values in words, the last one with its counts."""
    picture, wording = told.picture, told.wording
    shares = [point.numerator / point.denominator if point.denominator else None for point in series.points]
    known = [i for i, share in enumerate(shares) if share is not None]
    first, last = shares[known[0]], shares[known[-1]]
    if first is None or last is None:
        raise ValueError("a line needs points")
    last_text = wording.percent(last, series.target)
    target_text = told.say("target-line", target=wording.target(series.target))
    split = next((i for i, p in enumerate(series.points) if p.week >= picture.period.first_week), None)
    earlier = told.wording.period(picture.previous_period) if picture.previous_period else ""
    return Trend(
        points=tuple(
            TrendPoint(told.short_day(monday_of(point.week)), None if share is None else float(share))
            for point, share in zip(series.points, shares, strict=True)
        ),
        target=float(series.target),
        first_text=wording.percent(first),
        last_text=last_text,
        last_note=_last_note(told, series, known[-1]),
        target_text=target_text,
        alt=told.say(
            "alt-trend",
            series=series.name,
            first=wording.percent(first),
            first_day=wording.day_month(monday_of(series.points[known[0]].week)),
            last=last_text,
            last_day=wording.day_month(monday_of(series.points[known[-1]].week)),
            target=target_text,
        ),
        series_name=series.name,
        target_name=told.say("column-target"),
        split=split if split else None,
        span_names=(earlier, told.wording.period(picture.period)),
        title=told.say(f"trend-by-{rhythm_key(series.rhythm)}", series=series.name),
    )


def rhythm_key(rhythm: Rhythm) -> str:
    """A rhythm as part of a label's key."""
    return rhythm.value.replace(" ", "-")


def _last_note(told: Told, series: Series, index: int) -> str:
    point = series.points[index]
    counts = {"done": told.wording.number(point.numerator), "total": told.wording.number(point.denominator)}
    if index == len(series.points) - 1:
        return told.say(f"trend-last-{rhythm_key(series.rhythm)}", **counts)
    return told.say("trend-last-seen", day=told.wording.day_month(monday_of(point.week)), **counts)


# ---- impact ---------------------------------------------------------------------------------------------------------


def change_of(told: ImpactPicture) -> tuple[float, float] | None:
    """(before, after) of an impact on a common scale; None where it has no before, or either is not above 0."""
    impact = told.impact
    if impact.before is not None and impact.value is not None:
        pair = (float(impact.before), float(impact.value))
    elif impact.change is not None:
        pair = (1.0, float(1 + impact.change))
    else:
        return None
    return pair if min(pair) > 0 else None


def before_after(told: Told, shown: ImpactPicture, figure: str) -> BeforeAfter | None:
    """An impact as two bars, earlier first, with its witness; None where it has no before.

    figure: the impact in figures ("−30%"). Where only the change is known, no bar carries a number, and the figure
    stands beside them; where both values are known, the bars say them and nothing says them again.
    """
    pair = change_of(shown)
    if pair is None:
        return None
    impact, elsewhere = shown.impact, shown.impact.source is Source.BENCHMARK
    values = ("", figure if elsewhere else "")  # a benchmark is no figure of this account, so it is never large
    if impact.before is not None and impact.value is not None:
        values = (told.amount(impact.before, impact.unit), told.amount(impact.value, impact.unit))
    return BeforeAfter(
        label=capital(impact.what),
        before=pair[0],
        after=pair[1],
        before_text=values[0],
        after_text=values[1],
        before_name=told.say("elsewhere-before" if elsewhere else "before"),
        after_name=_after(told, impact),
        witness=_witness(told, impact),
        alt=_alt(told, impact, figure, values),
        figure="" if any(values) else figure,
        key=impact.id,
    )


def _alt(told: Told, impact: Impact, figure: str, values: tuple[str, str]) -> str:
    what = capital(impact.what)
    if all(values):
        return told.say("alt-before-after-values", what=what, before=values[0], after=values[1])
    return told.say("alt-before-after", what=what, change=figure)


def _witness(told: Told, impact: Impact) -> str:
    """By whose word, and the time that the figure speaks of, where the account's file says it."""
    witness = told.text(f"impact-witness:{impact.id}")
    if not impact.period or impact.source is Source.BENCHMARK:
        return witness
    return told.say("witness-and-period", witness=witness, period=impact.period)


def _after(told: Told, impact: Impact) -> str:
    """What the second bar is called. The time that the figure speaks of stands with its witness."""
    if impact.source is Source.BENCHMARK:
        return told.say("elsewhere-in", period=impact.period) if impact.period else told.say("elsewhere-after")
    return told.say("after")
