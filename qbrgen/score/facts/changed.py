"""The figures of a receipt as the last delivered review had them (score/change.py), for texts that tell both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qbrgen.figures import Fact, Form
from qbrgen.score.change import FigureKind, Point
from qbrgen.score.facts.making import ratio_if_known
from qbrgen.score.picture import AccountPicture

LINE = "moved"  # how the keys of the statements begin that say them (narrate/since.py)


def changed_facts(picture: AccountPicture, receipt: str) -> Iterator[Fact]:
    """The figure with this receipt, then and now; nothing where it has not moved."""
    change = picture.changes.figure(receipt) if picture.changes else None
    if change is None:
        return
    for name, point in (("reviewed", change.then), ("since-review", change.now)):
        if point is not None:
            facts = _point(name, point, of_people=change.kind is not FigureKind.WORKFLOW)
            yield from (replace(fact, only=LINE) for fact in facts)


def review_facts(picture: AccountPicture) -> Iterator[Fact]:
    """Which review it is, and when it was delivered."""
    if picture.changes is not None:
        yield Fact("period", picture.changes.period.label, Form.LABEL)
        yield Fact("delivered-on", picture.changes.recorded_on, Form.DATE)


def _point(name: str, point: Point, *, of_people: bool) -> Iterator[Fact]:
    yield from ratio_if_known(name, point.numerator, point.denominator)
    if point.value is not None and not of_people:
        yield Fact(f"{name}-share", point.value, Form.SHARE, against=point.target)
