"""The slides of what is: who is active, workflows against target, week by week, and what it produces."""

from __future__ import annotations

from dataclasses import replace

from qbrgen.compose.charts import before_after, chosen_series, rhythm_key, target_bars, trend
from qbrgen.compose.key_figures import first_impact, impact_figure, key_figures
from qbrgen.compose.people import people_block
from qbrgen.compose.slides.opening import direction_basis, direction_window, period_facts
from qbrgen.compose.slides.parts import LeftOut, content, full_stop, joined, left_out, says_the_same
from qbrgen.compose.tables import PEOPLE_GAPS
from qbrgen.compose.told import Told
from qbrgen.define.model.account import Source
from qbrgen.document import Block, Bullets, Slide, Status, TargetBars, Text
from qbrgen.narrate.wording import capital
from qbrgen.score.states import Trend as Call

# With more personas than these, the marks need the whole slide.
MOST_PERSONAS_WITH_PLAN = 2
NO_ONE = Status.NOT_APPLICABLE


def people(told: Told) -> Slide | LeftOut:
    """Every persona with a mark for each person, N of M, and the plan for those who are not active yet."""
    block = people_block(told)
    if block is None or told.picture.feed_silent:
        return left_out(told, "people")
    receipts = [told.picture.breadth.receipt, *(persona.receipt for persona in told.picture.personas)]
    rhythms = {persona.rhythm for persona in told.picture.personas if persona.people}
    rhythm = rhythm_key(rhythms.pop()) if len(rhythms) == 1 else "mixed"
    if isinstance(block, TargetBars):
        explained = told.say("footnote-workflows")
    elif any(person.caption for group in block.groups for person in group.people):
        explained = told.say(f"footnote-people-{rhythm}", **period_facts(told))
    else:
        explained = told.say("footnote-people", **period_facts(told))
    return content(told, "people", (block, *_plan_for_people(told)), joined(told, explained, told.cite(receipts)))


def _plan_for_people(told: Told) -> tuple[Block, ...]:
    if sum(1 for persona in told.picture.personas if persona.people) > MOST_PERSONAS_WITH_PLAN:
        return ()
    plans = [
        told.text(f"gap-plan:{gap.key}")
        for gap in told.picture.gaps
        if gap.kind in PEOPLE_GAPS and gap.action is not None
    ]
    items = tuple(dict.fromkeys(plan for plan in plans if plan))
    return (Bullets(items, told.say("what-we-do")),) if items else ()


def workflows(told: Told) -> Slide | LeftOut:
    """Every workflow as a bar with its target on it; groups in which there is no one to count are only named."""
    bars = target_bars(told, with_previous=False)
    if bars is None or not told.picture.depth.measurable:
        return left_out(told, "workflows")
    cited = told.cite(workflow.receipt for workflow in told.picture.workflows)
    counted = tuple(group for group in bars.groups if any(bar.status is not NO_ONE for bar in group.bars))
    without = [group.label for group in bars.groups if group not in counted]
    named = Text(told.say("no-one-to-count-in", groups=told.wording.listing(without)), "muted") if without else None
    shown = replace(bars, groups=counted)
    return content(told, "workflows", (shown, named), joined(told, told.say("footnote-workflows"), cited))


def direction(told: Told) -> Slide | LeftOut:
    """One line by week against its target, and the call."""
    series = chosen_series(told)
    if series is None or told.picture.direction.trend is Call.NO_DATA:
        return left_out(told, "direction")
    broken = any(not point.denominator for point in series.points)
    gap = told.say("footnote-line-gap") if broken else ""
    footnote = joined(told, told.text(f"receipt:{series.receipt}"), gap, told.cite([series.receipt]))
    return content(told, "direction", (trend(told, series), _call(told)), footnote)


def _call(told: Told) -> Text | None:
    """What the call in the title rests on: who does more and who less, or why it is too early."""
    fact, title = told.text("direction-fact"), told.text("title:direction")
    if told.picture.direction.trend is Call.TOO_EARLY or not fact:
        said = full_stop(told, capital(fact)) or told.text("direction")
        return None if not said or says_the_same(said, title) else Text(said, "muted")
    return Text(direction_window(told) if fact in title else capital(direction_basis(told)), "muted")


def impact(told: Told) -> Slide | LeftOut:
    """What it produces, by whose word: the first-listed impact drawn, every one in words with its witness."""
    shown = first_impact(told)
    if shown is None:
        return left_out(told, "impact")
    figure = told.text("figure:impact")
    drawn: Block | None = before_after(told, shown, figure) or key_figures(impact_figure(told))
    said = [told.text(f"impact:{each.impact.id}") for each in told.picture.impacts if each.tellable]
    words = [text for text in said if text and not says_the_same(text, told.text("title:impact"))]
    cited = told.cite(each.receipt for each in told.picture.impacts if each.tellable)
    estimated = any(each.tellable and each.impact.source is Source.ESTIMATE for each in told.picture.impacts)
    footnote = joined(told, told.say("footnote-estimate") if estimated else "", cited)
    return content(told, "impact", (drawn, *(Text(text) for text in words)), footnote)
