"""What a file is made of: slides or sections of blocks, and the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from qbrgen.audience import Audience
from qbrgen.document.charts import BeforeAfter, Readings, TargetBars, Trend
from qbrgen.document.marks import Status
from qbrgen.document.people import KeyFigures, People
from qbrgen.document.tables import Table
from qbrgen.document.texts import Bullets, Callout, Contents, Notes, Signatures, Text
from qbrgen.errors import AudienceLeak


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns of blocks side by side (weights are shares of the width). Columns do not nest."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    weights: tuple[float, float] = (1.0, 1.0)


Block = (
    Text
    | Bullets
    | KeyFigures
    | People
    | TargetBars
    | Trend
    | BeforeAfter
    | Readings
    | Table
    | Callout
    | Notes
    | Contents
    | Signatures
    | Columns
)


class Role(StrEnum):
    """The kind of a slide: it decides the layout."""

    TITLE = "title"
    STATEMENT = "statement"  # the sentence, large, and the key figures
    CONTENT = "content"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Slide:
    """One message. key: stable ("people"); kicker: the topic in two words above the title; title: the finding.

    footnote: what the figures are counted from. notes: speaker notes, paragraphs. section: name of the deck's section.
    """

    key: str
    role: Role
    title: str
    kicker: str = ""
    blocks: tuple[Block, ...] = ()
    footnote: str = ""
    notes: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief. level 1 opens a page (an account in a portfolio), level 2 is a heading within it.

    keep: never broken over pages. page_break: starts a new page. status: shape of the first of `meta`, which then
    stands out as the state of the whole section ("At risk"). back: where a reader of this section comes from, as (text,
    key of a Section or `anchor` of a Cell). instead: what stands for its blocks where the pages do not hold them,
    however tightly they are set; () for blocks that are never left out.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()
    level: Literal[1, 2] = 2
    meta: tuple[str, ...] = ()  # at the right of a level 1 heading: "£184k a year", "renews 31 Jan 2027, in 117 days"
    page_break: bool = False
    keep: bool = True
    bookmark: str = ""
    status: Status | None = None
    back: tuple[tuple[str, str], ...] = ()
    instead: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file to be made.

    audience: who may read it; every composer sets it, and a customer document is composed from a redacted picture only.
    made_on: the date it carries (the as-of date or SOURCE_DATE_EPOCH; never the clock). footer: at the foot of each
    page; shorter_footers: the same in ever fewer words, for a foot that has no room for it. draft_text: what each page
    says when a definition is a draft ("DRAFT …"), else "". page_text: what stands before the number of a page that a
    link leads to ("p.").
    customer_name: for the title slide. presenter lines are on the title slide's blocks.
    """

    kind: Literal["deck", "brief", "portfolio", "plan", "talk-track"]
    audience: Audience
    title: str
    subject: str
    author: str
    company: str
    language: str
    made_on: date
    footer: str
    slides: tuple[Slide, ...] = ()
    sections: tuple[Section, ...] = ()
    keywords: tuple[str, ...] = ()
    draft_text: str = ""
    page_text: str = ""
    shorter_footers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.slides) == bool(self.sections):
            raise ValueError("a document has either slides or sections")
        if self.kind in ("deck", "plan") and self.audience is not Audience.CUSTOMER:
            raise AudienceLeak(f"a {self.kind} is for the customer, not {self.audience}")
        if self.kind == "talk-track" and self.audience is not Audience.INTERNAL:
            raise AudienceLeak("a talk track is internal")
