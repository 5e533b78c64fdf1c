"""Facts of a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from qbrgen.figures import Fact, Form
from qbrgen.score.facts.making import count, day_if_known
from qbrgen.score.picture import Gap


def gap_facts(gap: Gap, target: Fraction | None) -> Iterator[Fact]:
    """The facts of a gap by their own names (score/gaps.py), since when, and how many people it is about."""
    yield from day_if_known("since", gap.since)
    for name, fact in gap.facts:
        key = f"gap-{name.replace('_', '-')}"
        for value in fact if isinstance(fact, tuple) else (fact,):
            yield from _gap_fact(key, name, value, target)
    active, counted = gap.fact("active"), gap.fact("counted")
    if isinstance(active, int) and isinstance(counted, int):
        yield count("not-active", counted - active)
    whole = gap.fact("workflows")
    if isinstance(whole, tuple):
        yield count("gap-workflows", len(whole))
    yield count("gap-who", len(gap.who))
    if len(gap.who) > 6:
        yield count("gap-who-more", len(gap.who) - 6)
    planned = gap.action.action if gap.action else None
    if planned:
        yield from day_if_known("plan-due", planned.due)
        yield from day_if_known("plan-done", planned.done_on)


def _gap_fact(key: str, name: str, value: object, target: Fraction | None) -> Iterable[Fact]:
    if isinstance(value, date):
        return [Fact(key, value, Form.DATE)]
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return []
    if name == "target":
        return [Fact("target", Fraction(value), Form.TARGET)]
    if name in ("value", "expected", "low", "high"):
        return [Fact(key, Fraction(value), Form.SHARE, against=target)]
    if name in ("recent", "earlier", "share"):
        return [Fact(key, Fraction(value), Form.SHARE)]
    return [] if name == "missing" else [count(key, value, "gap-of" if name == "done" else "")]
