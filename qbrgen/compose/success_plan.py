"""The success plan: the agreement with the customer as a file of its own, with room to sign.

In: a narrative in the register DECK, made from a picture that was redacted for the customer. Out: a Document of
sections, and what the CSM is told that it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.compose.agreed import (
    actions_table,
    group_line,
    judged_figures,
    names_line,
    say,
    signatures,
    without_action,
    workflows_table,
)
from qbrgen.compose.deck import check_customer
from qbrgen.compose.people import persona_label
from qbrgen.compose.plan_lacks import lacking
from qbrgen.compose.slides.opening import period_facts, readings
from qbrgen.compose.tables import open_actions
from qbrgen.compose.told import Told, shortened
from qbrgen.document import Block, Callout, Document, Section, Text
from qbrgen.errors import Finding
from qbrgen.score.picture import PersonaPicture

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording

# A group with more workflows or names than these may be broken over pages.
MOST_KEPT_TOGETHER = 5
MOST_NAMES_KEPT = 24
MOST_LETTERS_IN_FOOTER = 44


@dataclass(frozen=True, slots=True)
class ComposedPlan:
    """A plan, and what it lacks: each a warning for the CSM, who sends it."""

    document: Document
    findings: tuple[Finding, ...] = ()


def compose_plan(narrative: Narrative, wording: Wording) -> ComposedPlan:
    """One account's success plan.

    Raises AudienceLeak when the narrative is not the customer's, or holds any internal fact.
    """
    check_customer(narrative)
    told = Told(narrative, wording)
    picture = told.picture
    period = wording.period(picture.next_period or picture.period)
    facts = {"account": picture.name, "vendor": picture.vendor, "period": period}
    document = Document(
        kind="plan",
        audience=Audience.CUSTOMER,
        title=say(told, "title", **facts),
        subject=say(told, "subject", **facts),
        author=picture.owner or picture.vendor,
        company=picture.vendor,
        language=wording.locale,
        made_on=picture.as_of,
        footer=say(told, "footer", **{**facts, "account": shortened(picture.name, MOST_LETTERS_IN_FOOTER)}),
        sections=(
            _head(told, period),
            *(_group(told, persona) for persona in picture.personas),
            _actions(told),
            _judged(told),
            _agreed(told),
        ),
        keywords=(say(told, "name"), picture.name, period),
        draft_text=told.text("draft"),
    )
    return ComposedPlan(document, tuple(lacking(told)))


def _section(told: Told, key: str, *blocks: Block | None, keep: bool = True) -> Section:
    shown = tuple(block for block in blocks if block is not None)
    return Section(key, say(told, f"heading-{key}"), shown, keep=keep)


def _head(told: Told, period: str) -> Section:
    """The outcome in large type, its start, its figure of now and its goal."""
    picture = told.picture
    said = told.text("outcome") or told.say("no-outcome")
    return Section(
        key=picture.id,
        heading=picture.name,
        blocks=(Text(said, "lead"), *_readings(told)),
        level=1,
        meta=(say(told, "name"), period, say(told, "with", vendor=picture.vendor)),
        bookmark=picture.name,
    )


def _readings(told: Told) -> tuple[Block, ...]:
    """The outcome's readings and how far it has come, or that they are not stated."""
    shown = told.picture.outcome
    if shown is None:
        return ()
    drawn = readings(told)
    if drawn is None:
        return (Text(say(told, "no-readings"), "muted"),)
    if shown.progress is None or not 0 <= shown.progress <= 1:
        return (drawn,)
    progress = told.say("outcome-progress", percent=told.wording.percent(shown.progress))
    return (replace(drawn, label=told.wording.clauses([drawn.label, progress])),)


def _group(told: Told, persona: PersonaPicture) -> Section:
    """One group: its people, its target, and its workflows with what each is judged by."""
    names = names_line(told, persona)
    table = workflows_table(told, persona)
    blocks = (Text(group_line(told, persona)), Text(names, "muted") if names else None, table)
    few = len(told.picture.workflows_of(persona.id)) <= MOST_KEPT_TOGETHER
    short = not names or len(persona.people) <= MOST_NAMES_KEPT
    shown = tuple(block for block in blocks if block is not None)
    return Section(f"group/{persona.id}", persona_label(persona), shown, keep=few and short)


def _actions(told: Told) -> Section:
    """Open actions of both sides, soonest first; then the most urgent gaps that nobody has an action for."""
    actions = open_actions(told)
    listed = actions_table(told, actions) if actions else Text(say(told, "no-actions"), "muted")
    return _section(told, "actions", listed, without_action(told), keep=False)


def _judged(told: Told) -> Section:
    """The quarter and the day, the rule, who counts as active, and what the figures of now were counted over."""
    key = "counted-none" if told.picture.feed_silent else "counted-now"
    said = told.wording.row(
        [say(told, "rule"), told.wording.stop(told.text("definition:active")), say(told, key, **period_facts(told))]
    )
    return _section(told, "judged", judged_figures(told), Text(said))


def _agreed(told: Told) -> Section:
    """The decision asked for, and room to sign."""
    ask = told.text("ask")
    return _section(told, "signatures", Callout(told.say("decision"), ask) if ask else None, signatures(told))
