"""A document's parts → one PDF: each brief of a portfolio is laid out, written and forgotten before the next.

Where a link tells the page that it leads to, that page may be in another part, so its number is written by us. What
stands before the briefs is laid out first to be counted, then every brief, and at last the opening once more, which
then can name the pages of them all. Every page also tells how many there are: a brief takes two, and where one takes
another number, all are made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any, Protocol

from qbrgen.errors import Finding
from qbrgen.render.pdf.collector import sweep
from qbrgen.render.pdf.engine import finished
from qbrgen.render.pdf.fit import MOST_PAGES, LaidOut, anchors, fitted
from qbrgen.render.pdf.html import PAGES, Pages
from qbrgen.render.pdf.merge import merge_pdfs
from qbrgen.render.pdf.views import PartView, split

_MOST_ROUNDS = 4  # a page's number changes no layout but in odd cases, and then once


class Press(Protocol):
    """What lays out HTML, on pages that begin with the number `first`."""

    def lay_out(self, html: str, assets: Any, first: int = 1) -> Any: ...


@dataclass
class _Book:
    """numbers: id → its page, of what has been laid out last; `PAGES` → how many pages there are in all. steps: id of a
    part → how tightly it was set. taken: id of a brief → its pages."""

    pages: Pages
    press: Press
    numbers: dict[str, int] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)

    def lay_out(self, parts: Sequence[PartView], first: int) -> LaidOut:
        """Parts on pages that begin with the number `first`; where their ids stand is known after it."""
        sweep()
        on_pages = partial(self.press.lay_out, assets=self.pages.assets, first=first)
        steps = {part.id: self.steps[part.id] for part in parts if part.id in self.steps} or None
        made = fitted(self.pages, parts, on_pages, self.numbers, steps)
        self.numbers |= anchors(made.document, first)
        self.steps |= made.steps
        return made

    def settled(self, parts: Sequence[PartView], first: int) -> LaidOut:
        """The same, once more where they tell a page of their own."""
        made = self.lay_out(parts, first)
        for _ in range(_MOST_ROUNDS):
            if all(self.numbers.get(name, told) == told for name, told in made.told.items()):
                break
            made = self.lay_out(parts, first)
        return made

    def pages_of(self, parts: Sequence[PartView]) -> int:
        """How many a brief takes; until that is known, as many as it may."""
        return self.taken.get(parts[0].id, MOST_PAGES)

    def count(self, opening: Sequence[Sequence[PartView]]) -> int:
        """How many pages the opening takes, whose ids then have their numbers."""
        first = 1
        for parts in opening:  # none is kept: megabytes for each page
            first += len(self.lay_out(parts, first).document.pages)
        return first - 1


def written(pages: Pages, press: Press) -> tuple[bytes, list[Finding]]:
    """The file of a document, and a finding for each brief that takes too many pages."""
    groups = split(pages.parts) if pages.document.kind == "portfolio" else [list(pages.parts)]
    book = _Book(pages, press)
    if len(groups) == 1:
        alone = book.settled(groups[0], 1)
        return _file(alone, groups[0]), list(alone.findings)
    briefs = [group for group in groups if group[0].linked]
    opening = [group for group in groups if not group[0].linked]
    count = book.count(opening)
    for left in reversed(range(_MOST_ROUNDS)):
        total = book.numbers[PAGES] = count + sum(map(book.pages_of, briefs))
        made, told = _briefs(book, briefs, count + 1, last=not left)
        files, findings, same = _opening(book, opening)
        if same and total == count + sum(map(book.pages_of, briefs)):
            break
        count = book.count(opening)
    sweep()
    return merge_pdfs([*files, *made]), [*findings, *told]


def _opening(book: _Book, opening: Sequence[Sequence[PartView]]) -> tuple[list[bytes], list[Finding], bool]:
    """The files of all that stands before the briefs, what is said of them, and whether its ids are on the pages that
    they were thought to be on."""
    files: list[bytes] = []
    findings: list[Finding] = []
    before, first = dict(book.numbers), 1
    for parts in opening:
        made = book.lay_out(parts, first)
        first += len(made.document.pages)
        files.append(_file(made, parts))
        findings.extend(made.findings)
    return files, findings, book.numbers == before


def _briefs(
    book: _Book, briefs: Sequence[Sequence[PartView]], first: int, *, last: bool
) -> tuple[list[bytes], list[Finding]]:
    """The file of each, on pages that begin with the number `first`, and what is said of them.

    Each page tells how many there are in all. Once a brief takes another number of them than was thought, the rest is
    only counted, for all are made once more; unless this is the `last` time.
    """
    files: list[bytes] = []
    findings: list[Finding] = []
    as_thought = True
    for parts in briefs:
        made = book.settled(parts, first)
        taken = len(made.document.pages)
        as_thought = as_thought and taken == book.pages_of(parts)
        book.taken[parts[0].id] = taken
        first += taken
        if as_thought or last:
            files.append(_file(made, parts))
        findings.extend(made.findings)
    return files, findings


def _file(made: LaidOut, parts: Sequence[PartView]) -> bytes:
    content: bytes = made.document.write_pdf(
        finisher=partial(finished, parts[0].id),
        pdf_variant="pdf/ua-1",
        pdf_identifier=sha256(made.html.encode()).digest()[:16],
    )
    return content
