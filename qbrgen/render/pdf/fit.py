"""Laying out until every part keeps to its pages: an account's brief to two, a portfolio's opening to one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qbrgen.errors import Finding, Level
from qbrgen.render.pdf.html import Pages
from qbrgen.render.pdf.views import PartView

MOST_PAGES = 2  # of an account's brief
TIGHTEST = 3  # steps of tightening that the stylesheet knows


@dataclass(frozen=True, slots=True)
class _Limit:
    """A part that must end before `end` (a section's id, "" for the last page), within `pages` pages."""

    part: str
    heading: str
    pages: int
    end: str
    told: bool  # whether it is a finding when it does not


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Parts on their pages. html: what they were made of. steps: how tightly each is set. told: ids whose pages they
    tell → the number that was written. findings: briefs that stay too long at the tightest setting."""

    document: Any
    html: str
    steps: Mapping[str, int]
    told: Mapping[str, int]
    findings: tuple[Finding, ...]


def fitted(
    pages: Pages,
    parts: Sequence[PartView],
    lay_out: Callable[[str], Any],
    numbers: Mapping[str, int],
    steps: Mapping[str, int] | None = None,
) -> LaidOut:
    """`parts` laid out, as loosely as their limits allow.

    numbers: id → its page, as far as it is known. steps: to begin with.
    """
    limits = list(_limits(pages, parts))
    ids = [part.id for part in parts]
    steps = dict(steps or {})
    while True:
        html = pages.html(steps, ids, numbers)
        laid_out = lay_out(html)
        long = {limit.part: (limit, taken) for limit, taken in _taken(limits, laid_out) if taken > limit.pages}
        tighter = {part: steps.get(part, 0) + 1 for part in long if steps.get(part, 0) < TIGHTEST}
        if not tighter:
            findings = tuple(_finding(limit, taken) for limit, taken in long.values() if limit.told)
            return LaidOut(laid_out, html, steps, dict(pages.told), findings)
        steps |= tighter
        del laid_out  # pages take megabytes each: never two lay-outs at a time


def _limits(pages: Pages, parts: Sequence[PartView]) -> Iterator[_Limit]:
    """Which of `parts` are limited: a brief, those that a portfolio's rows link to, and a portfolio's opening."""
    ends = [*[part.id for part in parts[1:]], ""]
    for part, end in zip(parts, ends, strict=True):
        if pages.document.kind == "brief" or part.linked:
            yield _Limit(part.id, part.head.heading, MOST_PAGES, end, told=True)
        elif pages.document.kind == "portfolio" and part is pages.parts[0]:
            breaks = (name for name, section in part.sections if section.page_break)
            yield _Limit(part.id, part.head.heading, 1, next(breaks, end), told=False)


def anchors(laid_out: Any, first: int) -> dict[str, int]:
    """Id → the number of its page, of pages that begin with the number `first`."""
    return {name: number for number, page in enumerate(laid_out.pages, first) for name in page.anchors}


def _taken(limits: Collection[_Limit], laid_out: Any) -> Iterator[tuple[_Limit, int]]:
    """(limit, pages that its part takes)."""
    starts = anchors(laid_out, 0)
    for limit in limits:
        end = starts.get(limit.end, len(laid_out.pages)) if limit.end else len(laid_out.pages)
        yield limit, end - starts.get(limit.part, 0)


def _finding(limit: _Limit, taken: int) -> Finding:
    return Finding(
        Level.WARNING,
        "brief-too-long",
        f"The brief of {limit.heading} takes {taken} pages, at the tightest setting; it should keep to {limit.pages}.",
        "Shorten what its account file says, or report it: a brief should choose what it shows.",
    )
