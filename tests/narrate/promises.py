"""Promises by hand: one of each kind and state, and the hard case of a long list of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from pictures import BEFORE, REPLIES

from qbrgen.audience import Audience
from qbrgen.define.model.account import Side
from qbrgen.figures import Ratio
from qbrgen.score.commitment import Commitment, CommitmentKind, Commitments, CommitmentState, Unjudged

MISSED, KEPT = CommitmentState.MISSED, CommitmentState.KEPT
NOT_MEASURABLE, OPEN = CommitmentState.NOT_MEASURABLE, CommitmentState.OPEN
DELIVERED = date(2026, 7, 3)


def of_people(n: int | None = 5, m: int = 7, target: Fraction = Fraction(7, 10), **changes: Any) -> Commitment:
    """A group of people; n None cannot be measured."""
    reached = NOT_MEASURABLE if n is None else KEPT if Fraction(n, m) >= target else MISSED
    facts: dict[str, Any] = {"id": "reps", "name": "quota-carrying reps", "unit": "people", "receipt": "persona:reps"}
    if n is None:
        facts["why"] = Unjudged.NO_ONE
    else:
        facts |= {"value": Fraction(n, m), "ratio": Ratio(Fraction(n), Fraction(m))}
    return Commitment(**({"kind": CommitmentKind.PEOPLE, "state": reached, "target": target} | facts | changes))


def of_workflow(done: int | None = 341, of: int = 550, target: Fraction = Fraction(3, 4), **changes: Any) -> Commitment:
    """A workflow; done None cannot be measured."""
    reached = NOT_MEASURABLE if done is None else KEPT if Fraction(done, of) >= target else MISSED
    facts: dict[str, Any] = {"id": REPLIES.id, "name": REPLIES.name, "unit": "events", "receipt": REPLIES.receipt}
    if done is None:
        facts["why"] = Unjudged.NO_DATA
    else:
        facts |= {"value": Fraction(done, of), "ratio": Ratio(Fraction(done), Fraction(of))}
    return Commitment(**({"kind": CommitmentKind.WORKFLOW, "state": reached, "target": target} | facts | changes))


def of_action(state: CommitmentState = KEPT, **changes: Any) -> Commitment:
    """An action, due on 11 September; a kept one was done two days before."""
    facts: dict[str, Any] = {"id": "clinic", "name": "Two-hour clinic with the brokers", "owner": "Priya Raman"}
    facts |= {"side": Side.VENDOR, "due": date(2026, 9, 11)}
    if state is KEPT:
        facts["done_on"] = date(2026, 9, 9)
    if state is OPEN:
        facts["due"] = date(2026, 10, 23)
    return Commitment(**({"kind": CommitmentKind.ACTION, "state": state} | facts | changes))


SECRET = of_action(MISSED, id="secret", name="zqcanary step", audience=Audience.INTERNAL)


def promises(each: Iterable[Commitment]) -> Commitments:
    """In the order that scoring gives them."""
    order = list(CommitmentState)
    return Commitments(BEFORE, DELIVERED, tuple(sorted(each, key=lambda one: order.index(one.state))))


REVIEW = promises(
    [
        of_people(),
        of_workflow(target_now=Fraction(3, 5)),
        of_workflow(
            4180,
            5225,
            Fraction(7, 10),
            id="reps/sequenced-touches",
            name="Outbound touches through sequences",
            receipt="workflow:reps/sequenced-touches",
            was_met=True,
        ),
        of_action(MISSED, moved_to=date(2026, 10, 30)),
        of_action(OPEN, id="queue", name="The reply queue on the home screen", owner="Dana Ortiz", side=Side.CUSTOMER),
        SECRET,
    ]
)
"""A review of everyday promises: missed, moved, open, kept, and one that the customer never sees."""

LONG = "Follow-up of small-business quotes within one working day, by team"


def long_review(names: Iterable[str] = ()) -> Commitments:
    """Fourteen promises with names of 60 letters and more, half of them missed."""
    found = list(names) or [f"{LONG} {chr(65 + n)}" for n in range(14)]
    made = []
    for place, name in enumerate(found):
        state = (MISSED, KEPT)[place % 2]
        if place % 3 == 2:
            owner = "Maximiliana Featherstonehaugh-Cholmondeley"
            made.append(of_action(state, id=f"a{place}", name=name, owner=owner))
        else:
            done = 900 if state is KEPT else 421
            made.append(of_workflow(done, 1200, id=f"reps/w{place}", name=name, receipt="", target_now=Fraction(4, 5)))
    return promises(made)
