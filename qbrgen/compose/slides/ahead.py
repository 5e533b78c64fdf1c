"""The slides of what is to come: what is not working yet, the plan, next quarter, and what is needed to measure."""

from __future__ import annotations

from collections.abc import Sequence

from qbrgen.compose.charts import spoken, target_bar
from qbrgen.compose.people import persona_label
from qbrgen.compose.slides.parts import LeftOut, content, joined, left_out
from qbrgen.compose.tables import customer_gaps, open_actions, plan_table, ranked_gaps
from qbrgen.compose.told import Told
from qbrgen.document import BarGroup, Block, Bullets, Callout, Slide, Status, TargetBar, TargetBars, Text
from qbrgen.narrate.people import needed
from qbrgen.narrate.wording import capital
from qbrgen.score.picture import PersonaPicture, PlannedAction
from qbrgen.score.states import TargetState

NEXT, SIGNATURES = "next", "signatures"
MOST_GAPS = 6
MOST_NEEDS = 7
MOST_TARGETS = 5
MOST_KEPT = 5
MOST_BARS_WITH_NAMES = 3
# A callout under more rows than these would run over.
MOST_ACTIONS_WITH_ASK = 5
# Under more rows than these, what the plan does not reach is left to the slide of gaps.
MOST_ACTIONS_WITH_REST = 3
MOST_WITHOUT_PLAN = 3


def gaps(told: Told) -> Slide | LeftOut:
    """The most urgent gaps with since when and what is done about each; the rest are counted."""
    listed = customer_gaps(told, MOST_GAPS)
    if listed is None:
        return left_out(told, "gaps")
    more = Text(told.say("and-more-gaps", count=listed.more), "muted") if listed.more else None
    breadth, depth = told.picture.breadth, told.picture.depth
    counted, measurable = (0, 0) if told.picture.feed_silent else (breadth.counted, depth.measurable)
    footnote = told.say(
        "footnote-gaps",
        n=len(listed.table.rows),
        counted=counted,
        people=told.ratio(breadth.active, counted),
        measurable=measurable,
        workflows=told.ratio(depth.met, measurable),
    )
    totals = [receipt for receipt, of in ((breadth.receipt, counted), (depth.receipt, measurable)) if of]
    cited = told.cite([*totals, *(gap.receipt for gap in ranked_gaps(told)[:MOST_GAPS])])
    return content(told, "gaps", (listed.table, more), joined(told, footnote.strip(), cited))


def plan(told: Told) -> Slide | LeftOut:
    """Open actions of both sides, soonest first; what we ask for where no later slide says it."""
    actions = open_actions(told)
    if not actions:
        return left_out(told, "plan")
    ask = "" if {NEXT, SIGNATURES} & {*told.slides} else told.text("ask")
    callout = Callout(told.say("we-ask"), ask) if ask and len(actions) <= MOST_ACTIONS_WITH_ASK else None
    return content(told, "plan", (plan_table(told, actions), _without_plan(told, actions), callout), "")


def _without_plan(told: Told, actions: Sequence[PlannedAction]) -> Bullets | None:
    """Under a short plan, what it does not reach: the most urgent gaps that nobody has an action for."""
    if len(actions) > MOST_ACTIONS_WITH_REST:
        return None
    short = [told.text(f"gap-short:{gap.key}") for gap in ranked_gaps(told) if gap.action is None]
    items = tuple(capital(text) for text in short[:MOST_WITHOUT_PLAN])
    if len(short) > len(items):
        items = (*items, told.say("and-more-gaps", count=len(short) - len(items)))
    return Bullets(items, told.say("without-plan")) if items else None


def next_quarter(told: Told) -> Slide | LeftOut:
    """Next quarter's targets, as the way that is left to each; what is to stay on target; the decision asked for."""
    bars = _to_reach(told)
    ask = told.text("ask")
    if not (told.text("next") or bars or ask):
        return left_out(told, "next")
    blocks: list[Block] = []
    if bars:
        columns = (told.say("targets-to-reach"), told.say("column-now"), told.say("column-target"), "")
        alt = told.say("alt-workflows", bars=told.wording.clauses(f"{bar.label}: {bar.alt}" for bar in bars))
        blocks.append(TargetBars((BarGroup("", tuple(bars[:MOST_TARGETS])),), alt, columns))
        if len(bars) > MOST_TARGETS:
            blocks.append(Text(told.say("and-more-targets", count=len(bars) - MOST_TARGETS), "muted"))
    stay = _to_keep(told) if len(bars) <= MOST_BARS_WITH_NAMES else ""  # under more bars, the title counts them
    if stay or not bars:
        blocks.append(Text(stay or told.text("next")))
    if ask:
        blocks.append(Callout(told.say("decision"), ask))
    return content(told, "next", tuple(blocks), "")


def _to_reach(told: Told) -> list[TargetBar]:
    """A bar for each persona and workflow that is to reach its target."""
    picture = told.picture
    people = [_persona_bar(told, persona) for persona in picture.personas if persona.is_active is False]
    behind = [workflow for workflow in picture.workflows if workflow.state is TargetState.NOT_MET]
    return people + [target_bar(told, workflow, with_previous=False) for workflow in behind]


def _persona_bar(told: Told, persona: PersonaPicture) -> TargetBar:
    need = needed(persona.target, persona.counted)
    bar = TargetBar(
        label=told.say("persona-active-share", persona=persona_label(persona)),
        value=persona.active / persona.counted,
        target=need / persona.counted,
        value_text=told.ratio(persona.active, persona.counted),
        target_text=told.ratio(need, persona.counted),
        state_text=told.say("points-to-go", points=need - persona.active),
        status=Status.NOT_MET,
    )
    return spoken(told, bar)


def _to_keep(told: Told) -> str:
    """The workflows on target by name, the longest list cut; "" when there is none."""
    met = [capital(workflow.name) for workflow in told.picture.workflows if workflow.state is TargetState.MET]
    if not met:
        return ""
    shown = met if len(met) <= MOST_KEPT else met[: MOST_KEPT - 1]
    more = len(met) - len(shown)
    names = told.wording.commas(shown) if more else told.wording.listing(shown)
    return told.say("workflows-stay", names=names, more=more)


def needs(told: Told) -> Slide | LeftOut:
    """What is missing before this can be measured. The deck shows it only when little else is left."""
    missing = [gap for gap in ranked_gaps(told) if gap.kind.is_missing_piece]
    items = tuple(dict.fromkeys(told.text(f"gap:{gap.key}") for gap in missing))
    shown = tuple(item for item in items if item)[:MOST_NEEDS]
    if not shown:
        return left_out(told, "needs")
    return content(told, "needs", (Bullets(shown),), "")
