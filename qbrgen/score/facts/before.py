"""A figure as it was: in the quarter before, and as the review of that quarter reported it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from qbrgen.figures import Fact, Form
from qbrgen.score.facts.making import count, parts_of, ratio_if_known, share_if_known
from qbrgen.score.other_times import Delivered
from qbrgen.score.picture import Comparison


def before_facts(then: Comparison | None) -> Iterator[Fact]:
    """The quarter before: of those in seat in both, and with everyone of the time."""
    if then is None:
        return
    yield from ratio_if_known("before", then.active_then, then.both)
    yield count("now-of-both", then.active_now, "before-of")
    if then.as_reported:
        yield from ratio_if_known("everyone-then", *then.as_reported)


def delivered_facts(found: Delivered | None) -> Iterator[Fact]:
    """The figure as the review of the quarter before reported it, its target, and the same quarter by today's count."""
    if found is None:
        return
    yield from ratio_if_known("reported", found.numerator, found.denominator)
    if found.state is not None or found.target is not None:
        yield from share_if_known("reported-share", found.value, found.target)
        yield from share_if_known("reported-share", found.value)
    if found.target is not None:
        yield Fact("target-then", found.target, Form.TARGET)
        if found.denominator:
            yield count("needed-then", ceil(found.target * found.denominator), "reported-of")
    yield from parts_of("recounted", found.recounted_ratio)
    yield from share_if_known("recounted-share", found.recounted)
