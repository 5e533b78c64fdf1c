"""The success plan as slides: each group's workflows with targets and definitions, and room to sign. Off by default: a
storyline asks for them.
"""

from __future__ import annotations

from dataclasses import replace

from qbrgen.compose.agreed import group_heading, judged_line, say, signatures, workflows_table
from qbrgen.compose.slides.ahead import NEXT, SIGNATURES
from qbrgen.compose.slides.opening import AGREEMENT, period_facts
from qbrgen.compose.slides.parts import LeftOut, content, joined, left_out
from qbrgen.compose.told import Told
from qbrgen.document import Block, Callout, Slide, Text
from qbrgen.narrate.wording import capital


def agreement(told: Told) -> Slide | LeftOut:
    """Every workflow with what it produces, how it is judged, the figure of now and the target."""
    blocks: list[Block] = []
    for persona in told.picture.personas:
        table = workflows_table(told, persona, legible=True)
        if table is not None:
            blocks += [Text(group_heading(told, persona), "strong"), table]
    if not blocks:
        return left_out(told, AGREEMENT)
    counted = told.wording.stop(told.say("footnote-period", **period_facts(told)))
    cited = told.cite(workflow.receipt for workflow in told.picture.workflows)
    slide = content(told, AGREEMENT, tuple(blocks), joined(told, counted, cited))
    notes = (say(told, "rule"), told.wording.stop(told.text("definition:active")), counted)
    return _titled(told, slide, capital(say(told, "title-agreement")), notes)


def signing(told: Told) -> Slide:
    """When it is judged, the decision asked for where no other slide asks, and room for both sides to sign."""
    ask = "" if NEXT in told.slides else told.text("ask")
    blocks: tuple[Block | None, ...] = (
        Text(judged_line(told)),
        Callout(told.say("decision"), ask) if ask else None,
        signatures(told),
    )
    facts = {"vendor": told.picture.vendor, "account": told.picture.name}
    return _titled(
        told, content(told, SIGNATURES, blocks, ""), say(told, "title-signatures", **facts), (say(told, "rule"),)
    )


def _titled(told: Told, slide: Slide, title: str, notes: tuple[str, ...]) -> Slide:
    """The slide under a finding of its own, with what the speaker may say."""
    return replace(
        slide, title=title, kicker=told.say(f"kicker-{slide.key}"), notes=tuple(text for text in notes if text)
    )
