"""What people said, promised or weighed: facts of impacts, the outcome, the score and commitments."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from qbrgen.define.model.account import Source
from qbrgen.figures import Fact, Form, Receipt
from qbrgen.score.commitment import Commitment, CommitmentKind
from qbrgen.score.facts.making import count, day_if_known, parts_of, share_if_known
from qbrgen.score.picture import AccountPicture, ImpactPicture


def impact_facts(picture: ImpactPicture) -> Iterator[Fact]:
    """An impact, as its witness has put it."""
    impact = picture.impact
    if impact.change is not None:
        form = Form.ESTIMATE if impact.source is Source.ESTIMATE else Form.SHARE
        yield Fact("change", abs(impact.change), form)
        yield Fact("change-as-stated", abs(impact.change), Form.TARGET)
    for name, value in (("stated-before", impact.before), ("stated", impact.value)):
        if value is not None:
            yield Fact(name, value, Form.AMOUNT, unit=impact.unit)
    yield from day_if_known("said-on", impact.said_on)


def outcome_facts(picture: AccountPicture) -> Iterator[Fact]:
    """The outcome's readings, and how far it has come."""
    if picture.outcome is None:
        return
    outcome = picture.outcome.outcome
    for name, reading in (("present", outcome.present), ("baseline", outcome.baseline), ("goal", outcome.goal)):
        if reading:
            yield Fact(name, reading.value, Form.AMOUNT, unit=outcome.unit)
            yield from day_if_known(f"{name}-on", reading.on)
    yield from share_if_known("progress", picture.outcome.progress)
    yield from share_if_known("time-gone", picture.outcome.time_gone)


def score_facts(picture: AccountPicture, receipt: Receipt) -> Iterator[Fact]:
    """The score, its parts and their weights."""
    if picture.score is None:
        return
    facts = dict(receipt.rule_facts)
    if picture.score.total is not None:
        yield Fact("score", picture.score.total, Form.SCORE)
    yield count("scale", 100)
    yield count("weights", sum(entry.weight for entry in picture.score.parts))
    for entry in picture.score.parts:
        yield count(f"{entry.part}-weight", entry.weight)
        if entry.value is not None:
            yield Fact(f"{entry.part}-part", entry.value, Form.SHARE)
            yield Fact(f"{entry.part}-part", entry.value, Form.TENTHS)
    yield Fact("all-of-it", Fraction(1), Form.SHARE)  # "at most 100%"
    reached = facts.get("reached")
    for _, share in reached if isinstance(reached, tuple) else ():
        yield Fact("of-target", share, Form.TENTHS)


def commitment_facts(found: Commitment) -> Iterator[Fact]:
    """What was promised, and what became of it."""
    if found.ratio is not None:
        yield from parts_of("counted", found.ratio)
    yield from share_if_known("value", found.value, found.target)
    for name, target in (("target-promised", found.target), ("target-now", found.target_now)):
        if target is not None:
            yield Fact(name, target, Form.TARGET)
            if found.ratio is not None and found.kind is CommitmentKind.PEOPLE:
                yield count(f"{name}-people", ceil(target * found.ratio.denominator), "counted-of")
    if found.value is not None and found.target is not None:
        yield Fact("points", found.value, Form.POINTS, against=found.target)
    for name in ("due", "done_on", "moved_to"):
        yield from day_if_known(name.replace("_", "-"), getattr(found, name))
