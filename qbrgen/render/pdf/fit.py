"""Laying out until every part keeps to its pages: a brief to two, a plan to three, a portfolio's opening to one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qbrgen.errors import Finding, Level
from qbrgen.render.pdf.coverage import texts
from qbrgen.render.pdf.fonts import text_width
from qbrgen.render.pdf.html import Pages
from qbrgen.render.pdf.views import TIGHTEST, PartView

MOST_PAGES = 2  # of an account's brief
MOST_OF_PLAN = 3
SHORTENED = TIGHTEST + 1  # as tight, and what has something to stand in its place has made way
# A brief whose texts alone, set solid, take this share of its pages most likely needs the tightest setting: laying out
# begins there and not at the loosest, for each try costs as much as all the rest.
_CROWDED = 0.3
_SOLID_PT, _SOLID_LINE = 9.5, 4.2  # mm
_MM_PER_PX = 25.4 / 96
# Each step gives up at least this share of what is left after it (measured on the sample accounts): where less is free,
# the step before is not tried.
_LEAST_GAIN = {1: 0.015, 2: 0.015, 3: 0.12}


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

    def tried(steps: Mapping[str, int]) -> tuple[LaidOut, Collection[str]]:
        """(laid out so, ids of the parts that are too long)."""
        html = pages.html(steps, [part.id for part in parts], numbers)
        laid_out = lay_out(html)
        long = {limit.part: (limit, taken) for limit, taken in _taken(limits, laid_out) if taken > limit.pages}
        findings = tuple(_finding(limit, taken) for limit, taken in long.values() if limit.told)
        return LaidOut(laid_out, html, steps, dict(pages.told), findings), long

    known = parts[0].id in (steps or {})
    brief = len(parts) == 1 and bool(limits) and limits[0].pages == MOST_PAGES
    if pages.document.kind == "plan":
        return _with_a_page_less(parts[0].id, tried)
    if not known and brief and _crowded(pages, parts[0]):
        made = _tightest_first(pages, parts[0].id, tried)
    else:
        made = _loosest_first(dict(steps or {}), tried)
    if brief and made.findings and any(section.instead for _, section in parts[0].sections):
        made, _ = tried({parts[0].id: SHORTENED})
    return made


_Try = Callable[[Mapping[str, int]], tuple[LaidOut, Collection[str]]]


def _loosest_first(steps: dict[str, int], tried: _Try) -> LaidOut:
    while True:
        made, long = tried(dict(steps))
        tighter = {part: steps.get(part, 0) + 1 for part in long if steps.get(part, 0) < TIGHTEST}
        if not tighter:
            return made
        steps |= tighter
        del made  # pages take megabytes each: a long part's are not kept while it is laid out again


def _with_a_page_less(part: str, tried: _Try) -> LaidOut:
    """A success plan as loose as can be, or a little tighter where that spares its third page."""
    made, long = tried({part: 0})
    if len(made.document.pages) == MOST_OF_PLAN:
        for step in (1, 2):
            tighter, _ = tried({part: step})
            if len(tighter.document.pages) < MOST_OF_PLAN:
                return tighter
    return _loosest_first({part: 1}, tried) if long else made


def _tightest_first(pages: Pages, part: str, tried: _Try) -> LaidOut:
    made, long = tried({part: TIGHTEST})
    while not long and _may_be_looser(pages, made, made.steps[part]):
        looser, long = tried({part: made.steps[part] - 1})
        made = made if long else looser
    return made


def _crowded(pages: Pages, part: PartView) -> bool:
    """Whether a brief has so much to tell that it most likely needs the tightest setting."""
    sections = (part.head, *(section for _, section in part.sections))
    wide = sum(text_width(pages.theme.body, text, _SOLID_PT) for section in sections for text in texts(section))
    room = MOST_PAGES * pages.sheet.text_height
    return wide / pages.sheet.content * _SOLID_LINE > _CROWDED * room


def _may_be_looser(pages: Pages, made: LaidOut, step: int) -> bool:
    """Whether what is free on the pages of one brief might do for the step before."""
    last = made.document.pages[-1]._page_box.children[0].children[0]
    full = pages.sheet.text_height
    used = full * (len(made.document.pages) - 1) + last.height * _MM_PER_PX
    return step > 0 and MOST_PAGES * full - used > _LEAST_GAIN[step] * used


def _limits(pages: Pages, parts: Sequence[PartView]) -> Iterator[_Limit]:
    """Which of `parts` are limited: a brief, those that a portfolio's rows link to, its opening, and a success plan."""
    ends = [*[part.id for part in parts[1:]], ""]
    for part, end in zip(parts, ends, strict=True):
        if pages.document.kind == "brief" or part.linked:
            yield _Limit(part.id, part.head.heading, MOST_PAGES, end, told=True)
        elif pages.document.kind == "portfolio" and part is pages.parts[0]:
            breaks = (name for name, section in part.sections if section.page_break)
            yield _Limit(part.id, part.head.heading, 1, next(breaks, end), told=False)
        elif pages.document.kind == "plan":
            yield _Limit(part.id, part.head.heading, MOST_OF_PLAN, end, told=True)


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
    if limit.pages == MOST_OF_PLAN:
        what = f"The success plan of {limit.heading} takes {taken} pages; it should keep to {limit.pages}."
        fix = "Shorten what its account file says: its actions, above all."
        return Finding(Level.WARNING, "plan-too-long", what, fix)
    return Finding(
        Level.WARNING,
        "brief-too-long",
        f"The brief of {limit.heading} takes {taken} pages, at the tightest setting; it should keep to {limit.pages}.",
        "Shorten what its account file says, or report it: a brief should choose what it shows.",
    )
