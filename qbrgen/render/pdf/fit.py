"""Laying out until every part keeps to its pages: an account's brief to two, a portfolio's opening to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from qbrgen.document import Document
from qbrgen.errors import Finding, Level
from qbrgen.render.pdf.html import Pages
from qbrgen.render.pdf.views import TOP, linker

MOST_PAGES = 2  # of an account's brief
TIGHTEST = 3  # steps of tightening that the stylesheet knows


@dataclass(frozen=True, slots=True)
class _Limit:
    """A part that must end before `end` (a section's id, "" for the document's end), within `pages` pages."""

    part: str
    heading: str
    pages: int
    end: str
    told: bool  # whether it is a finding when it does not


def fitted(pages: Pages, lay_out: Callable[[str, Any], Any]) -> tuple[Any, str, list[Finding]]:
    """Laid out, the HTML of it, and a finding for each brief that stays too long at the tightest setting."""
    limits = list(_limits(pages.document))
    steps = _apart(pages, limits, lay_out) if len(limits) > 1 else {}
    while True:
        html = pages.html(steps)
        laid_out = lay_out(html, pages.assets)
        long = {limit.part: (limit, taken) for limit, taken in _taken(limits, laid_out) if taken > limit.pages}
        tighter = {part: steps.get(part, 0) + 1 for part in long if steps.get(part, 0) < TIGHTEST}
        if not tighter:
            return laid_out, html, [_finding(limit, taken) for limit, taken in long.values() if limit.told]
        steps |= tighter
        del laid_out  # a portfolio's pages take megabytes each: never two lay-outs at a time


def _apart(pages: Pages, limits: list[_Limit], lay_out: Callable[[str, Any], Any]) -> dict[str, int]:
    """How tightly each brief must be set, tried by itself: laying out a whole portfolio for one of them takes long."""
    steps: dict[str, int] = {}
    for limit in limits:
        if limit.told:
            for step in range(TIGHTEST + 1):
                steps[limit.part] = step
                if len(lay_out(pages.html(steps, limit.part), pages.assets).pages) <= limit.pages:
                    break
    return steps


def _limits(document: Document) -> Iterator[_Limit]:
    """Which parts are limited: a brief, the briefs that a portfolio's rows link to, and a portfolio's opening."""
    linked = linker(document).linked
    sections = [(f"part-{number}", section) for number, section in enumerate(document.sections)]
    heads = [(name, section) for name, section in sections if section.level == 1]
    if document.sections[0].level != 1:
        heads.insert(0, (TOP, document.sections[0]))
    ends = [*[name for name, _ in heads[1:]], ""]
    for number, ((name, section), end) in enumerate(zip(heads, ends, strict=True)):
        if document.kind == "brief" or section.key in linked:
            yield _Limit(name, section.heading or document.title, MOST_PAGES, end, told=True)
        elif document.kind == "portfolio" and number == 0:
            breaks = (each for each, below in sections if below.page_break)
            yield _Limit(name, section.heading, 1, next(breaks, end), told=False)


def _taken(limits: list[_Limit], laid_out: Any) -> Iterator[tuple[_Limit, int]]:
    """(limit, pages that its part takes)."""
    starts = {name: number for number, page in enumerate(laid_out.pages) for name in page.anchors}
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
