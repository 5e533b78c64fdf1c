"""Checked text of playbooks and accounts → the frozen nouns of `model`."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qbrgen.define.model.account import Action, Impact, Outcome, Reading, Side
from qbrgen.define.model.playbook import Chain, Frequency, Measure, Milestone, Persona, ReadyMade, Share, Step, Workflow
from qbrgen.define.review_schema import WorkflowDeliveredWritten
from qbrgen.define.schema import (
    ActionWritten,
    ImpactWritten,
    OutcomeWritten,
    PlaybookPersona,
    PlaybookWorkflow,
    ReadingWritten,
    WorkflowWritten,
)
from qbrgen.define.values import Better
from qbrgen.period import Rhythm

ONCE = Fraction(1)


def personas(written: Iterable[PlaybookPersona]) -> tuple[Persona, ...]:
    """Personas that passed the checks → model, in order."""
    return tuple(_persona(each) for each in written)


def _persona(written: PlaybookPersona) -> Persona:
    assert written.target is not None  # checked: persona-without-target
    return Persona(
        id=written.id,
        name=written.name,
        one=written.one or _one(written.name),
        rhythm=written.rhythm or Rhythm.WEEK,
        target=written.target,
        workflows=tuple(_workflow(each) for each in written.workflows),
        titles=tuple(written.titles),
        synonyms=tuple(written.synonyms),
    )


def _one(name: str) -> str:
    """One of a plural that names no singular: good for most English nouns; `one:` is there for the others."""
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _workflow(written: PlaybookWorkflow) -> Workflow:
    assert written.target is not None  # checked: workflow-without-target
    says = written.says.model_dump() if written.says else {}
    return Workflow(
        id=written.id,
        name=written.name,
        produces=written.produces,
        target=written.target,
        measure=measure(written),
        says={key: words for key, words in says.items() if words},
        synonyms=tuple(written.synonyms),
    )


def measure(written: WorkflowWritten | WorkflowDeliveredWritten) -> Measure:
    """How a workflow is counted: the one kind that it names."""
    if written.share:
        return Share(tuple(written.share.numerator), tuple(written.share.denominator))
    if written.frequency:
        return Frequency(tuple(written.frequency.events), written.frequency.times or ONCE)
    if written.milestone:
        steps = tuple(Step(step.event, step.at_least or ONCE) for step in written.milestone.steps)
        return Milestone(steps, written.milestone.within_days)
    if written.chain:
        return Chain(tuple(written.chain.events), written.chain.within_days, written.chain.times or ONCE)
    assert written.value is not None  # checked: target-without-kind
    return ReadyMade(written.value.metric, written.value.source, written.value.combine)


def outcome(written: OutcomeWritten | None) -> Outcome | None:
    """The outcome bought, or None."""
    if written is None:
        return None
    return Outcome(
        bought=written.bought,
        measure=written.measure,
        unit=written.unit,
        baseline=_reading(written.baseline),
        goal=_reading(written.goal),
        present=_reading(written.present),
        synonyms=tuple(written.synonyms),
    )


def _reading(written: ReadingWritten | None) -> Reading | None:
    return Reading(written.value, written.on) if written else None


def impacts(written: Iterable[ImpactWritten]) -> tuple[Impact, ...]:
    """Impacts, in order; one without an id is called by its number."""
    return tuple(
        Impact(
            id=each.id or f"impact-{number}",
            what=each.what,
            change=each.change,
            value=each.value,
            before=each.from_,
            unit=each.unit,
            lower_is_better=each.better is Better.LOWER,
            source=each.source,
            by=each.by,
            because=each.because,
            period=each.period,
            said_on=each.on,
            synonyms=tuple(each.synonyms),
        )
        for number, each in enumerate(written, start=1)
    )


def actions(written: Iterable[ActionWritten]) -> tuple[Action, ...]:
    """Actions, in order; one without an id is called by its number."""
    return tuple(
        Action(
            id=each.id or f"action-{number}",
            action=each.action,
            owner=each.owner,
            side=each.side or Side.VENDOR,
            due=each.due,
            done_on=each.done,
            closes=each.closes,
            internal=each.internal,
        )
        for number, each in enumerate(written, start=1)
    )
