"""The slides of what is to come: what is not working yet, the plan, next quarter, and what is needed to measure."""

from __future__ import annotations

from qbrgen.compose.slides.parts import LeftOut, content, joined, left_out
from qbrgen.compose.tables import MISSING, customer_gaps, open_actions, plan_table, ranked_gaps
from qbrgen.compose.told import Told
from qbrgen.document import Block, Bullets, Callout, Columns, Slide, Text
from qbrgen.narrate.people import needed
from qbrgen.narrate.wording import capital
from qbrgen.score.picture import TargetState

MOST_GAPS = 6
MOST_NEEDS = 7
MOST_TARGETS = 8
# A callout under more rows than these would run over.
MOST_ACTIONS_WITH_ASK = 5


def gaps(told: Told) -> Slide | LeftOut:
    """The most urgent gaps with since when and what is done about each; the rest are counted."""
    listed = customer_gaps(told, MOST_GAPS)
    if listed is None:
        return left_out(told, "gaps")
    more = Text(told.say("and-more-gaps", count=listed.more), "muted") if listed.more else None
    cited = told.cite(gap.receipt for gap in ranked_gaps(told)[:MOST_GAPS])
    return content(told, "gaps", (listed.table, more), joined(told.say("footnote-gaps"), cited))


def plan(told: Told) -> Slide | LeftOut:
    """Open actions of both sides, soonest first, and what we ask for."""
    actions = open_actions(told)
    if not actions:
        return left_out(told, "plan")
    ask = told.text("ask")
    callout = Callout(told.say("we-ask"), ask) if ask and len(actions) <= MOST_ACTIONS_WITH_ASK else None
    return content(told, "plan", (plan_table(told, actions), callout), "")


def next_quarter(told: Told) -> Slide | LeftOut:
    """Next quarter's targets: what is to reach its target, what is to stay there; and the decision asked for."""
    targets, keep = _targets(told)
    ask = told.text("ask")
    if not (told.text("next") or targets or ask):
        return left_out(told, "next")
    left: list[Block] = []
    if targets:
        left.append(Bullets(targets, told.say("targets-to-reach")))
    if keep:
        left.append(Bullets((keep,), told.say("targets-to-keep")))
    if not left and told.text("next"):
        left.append(Text(told.text("next")))
    decision = (Callout(told.say("decision"), ask),) if ask else ()
    blocks: tuple[Block, ...] = (
        (Columns(tuple(left), decision, (0.6, 0.4)),) if left and decision else (*left, *decision)
    )
    return content(told, "next", blocks, "")


def _targets(told: Told) -> tuple[tuple[str, ...], str]:
    """(each persona or workflow that is to reach its target, "5 workflows stay on target" or "")."""
    picture = told.picture
    behind = [
        told.say(
            "persona-to-reach",
            persona=capital(p.name),
            now=told.ratio(p.active, p.counted),
            target=told.ratio(needed(p.target, p.counted), p.counted),
        )
        for p in picture.personas
        if p.is_active is False
    ]
    behind += [
        capital(short)
        for workflow in picture.workflows
        if workflow.state is TargetState.NOT_MET and (short := told.text(f"workflow-short:{workflow.id}"))
    ]
    more = len(behind) - MOST_TARGETS
    if more > 0:
        behind = [*behind[:MOST_TARGETS], told.say("and-more-targets", count=more)]
    met = picture.depth.met
    return tuple(behind), told.say("workflows-stay", count=met) if met else ""


def needs(told: Told) -> Slide | LeftOut:
    """What is missing before this can be measured. The deck shows it only when little else is left."""
    missing = [gap for gap in ranked_gaps(told) if gap.kind in MISSING]
    items = tuple(dict.fromkeys(told.text(f"gap:{gap.key}") for gap in missing))
    shown = tuple(item for item in items if item)[:MOST_NEEDS]
    if not shown:
        return left_out(told, "needs")
    return content(told, "needs", (Bullets(shown),), "")
