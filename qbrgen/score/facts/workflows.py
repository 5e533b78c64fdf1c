"""What is done: facts of workflows, of the depth over them, of their outlook and of direction."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qbrgen.figures import Fact, Form, Receipt
from qbrgen.period import week_of
from qbrgen.score.facts.before import delivered_facts
from qbrgen.score.facts.making import MOST_TARGETS, count, day_if_known, parts_of, ratio_if_known, share_if_known
from qbrgen.score.other_times import Outlook
from qbrgen.score.picture import Depth, Direction, WorkflowPicture

_PACES = ("lowest", "highest", "slowest", "present", "fastest")


def depth_facts(depth: Depth) -> Iterator[Fact]:
    """Workflows on target, below it and without a figure."""
    below = depth.measurable - depth.met
    yield count("below", below, "counted-of")
    yield count("not-measurable", depth.no_data + depth.not_applicable)
    yield count("no-data", depth.no_data)
    yield count("not-applicable", depth.not_applicable)
    if depth.previous:
        yield from ratio_if_known("before", *depth.previous)
    yield from delivered_facts(depth.delivered)
    yield count("more-below", below - MOST_TARGETS)


def workflow_facts(workflow: WorkflowPicture) -> Iterator[Fact]:
    """A workflow's value beside its target, now and before."""
    target = workflow.target
    yield from share_if_known("value", workflow.value, target)
    yield Fact("target", target, Form.TARGET)
    if workflow.value is not None:
        yield Fact("points", workflow.value, Form.POINTS, against=target)
    yield from share_if_known("before-share", workflow.previous)
    yield from parts_of("before", workflow.previous_ratio)
    yield from share_if_known("everyone-then-share", workflow.previous_reported)
    yield from delivered_facts(workflow.delivered)
    yield count("early", workflow.early)
    yield from day_if_known("since", workflow.below_since)


def outlook_facts(workflow: WorkflowPicture, outlook: Outlook, receipt: Receipt) -> Iterator[Fact]:
    """Where a workflow is heading for by the renewal, and by which pace."""
    target, facts = workflow.target, dict(receipt.rule_facts)
    for name in ("expected", "low", "high"):
        yield from share_if_known(f"outlook-{name}", getattr(outlook, name), target)
    yield Fact("target", target, Form.TARGET)
    yield from day_if_known("renewal", outlook.renewal)
    yield from share_if_known("value", workflow.value, target)
    moving = outlook.rests_on != "level"
    for name in _PACES:
        if isinstance(fact := facts.get(name), Fraction):
            yield Fact(f"outlook-{name}", fact, Form.PACE if moving else Form.SHARE)
    for name in ("ahead", "run"):
        if isinstance(number := facts.get(name), int):
            yield count(f"outlook-{name}", number)
    if receipt.window:
        yield count("outlook-away", week_of(outlook.renewal) - week_of(receipt.window.last))
    series = facts.get("series")
    for share in series if isinstance(series, tuple) else ():
        yield Fact("outlook-unit", share, Form.SHARE)


def direction_facts(found: Direction) -> Iterator[Fact]:
    """How many went up, down or stayed, of those compared."""
    compared = found.more + found.less + found.same
    for name in ("more", "less", "same"):
        yield count(name, getattr(found, name), "compared")
    yield count("compared", compared)
    yield count("weeks", found.weeks)
