"""The facts of each receipt of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qbrgen.figures import Fact, Form, Receipt
from qbrgen.score.facts.changed import changed_facts
from qbrgen.score.facts.counted import counted_facts, rule_facts
from qbrgen.score.facts.gaps import gap_facts
from qbrgen.score.facts.listed import listed_facts
from qbrgen.score.facts.making import count
from qbrgen.score.facts.people import breadth_facts, persona_facts
from qbrgen.score.facts.stated import commitment_facts, impact_facts, outcome_facts, score_facts
from qbrgen.score.facts.workflows import depth_facts, direction_facts, outlook_facts, workflow_facts
from qbrgen.score.picture import AccountPicture, PersonaPicture, WorkflowPicture


def with_figures(picture: AccountPicture) -> AccountPicture:
    """The picture with the figures of every receipt."""
    makers = _Facts(picture)
    receipts = tuple(replace(receipt, figures=makers.of(receipt)) for receipt in picture.receipts)
    return replace(picture, receipts=receipts)


class _Facts:
    """The facts of one picture's receipts."""

    def __init__(self, picture: AccountPicture) -> None:
        self._picture = picture

    def of(self, receipt: Receipt) -> tuple[Fact, ...]:
        """What the receipt counted; what the picture says of it; its rule, window and gaps. Each of them once."""
        found = [*counted_facts(receipt), *self._noun(receipt), *self._of_gaps(receipt)]
        aside = [*self._frame(receipt)]
        if receipt.rule != "outlook":  # its facts are of several forms
            aside += rule_facts(receipt)
        return tuple(dict.fromkeys((*found, *(replace(fact, aside=True) for fact in aside))))

    def _noun(self, receipt: Receipt) -> Iterator[Fact]:
        picture, name = self._picture, receipt.id
        yield from breadth_facts(picture, picture.breadth) if name == picture.breadth.receipt else ()
        yield from depth_facts(picture.depth) if name == picture.depth.receipt else ()
        for persona in picture.personas:
            if name == persona.receipt:
                yield from persona_facts(persona)
        for workflow in picture.workflows:
            if name == workflow.receipt:
                yield from workflow_facts(workflow)
            if workflow.outlook and name == workflow.outlook.receipt:
                yield from outlook_facts(workflow, workflow.outlook, receipt)
        nouns: tuple[AccountPicture | PersonaPicture | WorkflowPicture, ...]
        nouns = (picture, *picture.personas, *picture.workflows)
        for direction in (each.direction for each in nouns):
            if name == direction.receipt:
                yield from direction_facts(direction)
        yield from self._stated(receipt)
        yield from listed_facts(picture, name)
        yield from changed_facts(picture, name)

    def _stated(self, receipt: Receipt) -> Iterator[Fact]:
        """What people said, promised or weighed."""
        picture = self._picture
        for impact in picture.impacts:
            if receipt.id == impact.receipt:
                yield from impact_facts(impact)
        for commitment in picture.commitments.all if picture.commitments else ():
            if receipt.id == commitment.receipt:
                yield from commitment_facts(commitment)
        if receipt.rule == "outcome":
            yield from outcome_facts(picture)
        if receipt.rule == "score":
            yield from score_facts(picture, receipt)

    def _of_gaps(self, receipt: Receipt) -> Iterator[Fact]:
        for gap in self._picture.gaps:
            if receipt.id in (gap.receipt, gap.own_receipt):
                workflow = next((w for w in self._picture.workflows if w.id == gap.workflow), None)
                yield from gap_facts(gap, workflow.target if workflow else None)

    def _frame(self, receipt: Receipt) -> Iterator[Fact]:
        """The days that were counted, and when the review of the quarter before was delivered."""
        if receipt.window:
            yield Fact("first-day", receipt.window.first, Form.DATE)
            yield Fact("last-day", receipt.window.last, Form.DATE)
        if self._picture.delivered_on:
            yield Fact("delivered-on", self._picture.delivered_on, Form.DATE)
        more = len(receipt.people) - 12
        if more > 0:
            yield count("people-unnamed", more)
