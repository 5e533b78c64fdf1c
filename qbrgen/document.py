"""The output-neutral document: what `compose` makes and `render` draws. It knows of no account and no format.

A deck is a Document whose parts are Slides; a brief or a portfolio is one whose parts are Sections. Both hold the same
blocks, so that the same facts come out in the same words, marks and colours. Every text is final: renderers measure,
wrap and draw, they never word. Shares on charts are floats of one (0.8 is 80%), made from exact figures at the last
moment; the text beside them is already formatted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from qbrgen.audience import Audience
from qbrgen.errors import AudienceLeak


class Status(StrEnum):
    """A state that is drawn: always as shape and word, colour only beside them."""

    MET = "met"
    NOT_MET = "not met"
    NO_DATA = "no data"
    NOT_APPLICABLE = "not applicable"
    PARTLY = "partly"  # of a whole account: some of it on target


class Mark(StrEnum):
    """How one person is drawn: filled (active), half (occasional), outlined (not active), dotted (new or away)."""

    FILLED = "filled"
    HALF = "half"
    OUTLINED = "outlined"
    DOTTED = "dotted"


TextStyle = Literal["lead", "body", "strong", "muted", "small"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. lead is the account's sentence in large type. key: what it is, where a slide has several texts."""

    text: str
    style: TextStyle = "body"
    language: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short points, one line each where possible."""

    items: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large figure ("6 of 8") with its label above, its note below, and optionally small marks.

    boxes: (filled, total) drawn as small rectangles. people: persons' marks, one tuple a persona. share: (part, whole)
    drawn as one bar, where there are too many for marks. change: (before, after) drawn as two bars of that length; both
    above 0. key: what it is, the same in every quarter ("people").
    """

    label: str
    figure: str
    note: str = ""
    people: tuple[tuple[Mark, ...], ...] = ()
    boxes: tuple[int, int] | None = None
    share: tuple[int, int] | None = None
    change: tuple[float, float] | None = None
    alt: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Two or three key figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class PersonMark:
    """One person. caption: short ("13 of 13"); name only where the document's audience may read it."""

    mark: Mark
    caption: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A persona: label, its note ("target: 5 of 7 active"), a mark for each person, the figure at the end.

    key: which persona, the same whatever the label says of one person or of several.
    """

    label: str
    figure: str
    people: tuple[PersonMark, ...]
    note: str = ""
    remark: str = ""  # ("and 2 new")
    key: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """People as marks, by persona. key: what each kind of mark that occurs means, (mark, word) in order; shows_key: it
    is drawn, and not left to another block beside. total: of all groups ("6 of 8 in all"), which decks draw."""

    groups: tuple[PeopleGroup, ...]
    key: tuple[tuple[Mark, str], ...]
    alt: str
    shows_key: bool = True
    total: str = ""


@dataclass(frozen=True, slots=True)
class TargetBar:
    """One workflow against target. value and target are floats of one; without a value no bar is drawn.

    `state_text` says in words how it stands, and why there is no value.

    value_text: "80%"; target_text: "70%"; previous_text: "58%" or "" ; state_text: "on target", "13 points
    below", "no data".
    count_text: what the value is counted from ("4,182 of 5,221"), drawn quietly beside or under the label; ""
    draws none. alt: the bar in words ("80%, target 70%, on target").
    """

    label: str
    value: float | None
    target: float
    value_text: str
    target_text: str
    state_text: str
    status: Status
    previous: float | None = None
    previous_text: str = ""
    count_text: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The workflows of one persona. key: which one, as in `PeopleGroup`."""

    label: str
    bars: tuple[TargetBar, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class TargetBars:
    """Workflows as bars with the target marked on them.

    headings: of the columns value, target, previous ("" drops it).
    """

    groups: tuple[BarGroup, ...]
    alt: str
    headings: tuple[str, str, str, str] = ("Workflow", "Now", "Target", "")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One unit of time: category label ("6 Apr"), value (float of one) or None where there was nothing to divide by."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A line by week against its target, direct labels, no legend.

    split: index of the first point of this period (a dotted rule is drawn before it), with the two spans' names.
    series_name and target_name are the headings of the chart's own data ("Edit data"). unit_word: "week".
    """

    points: tuple[TrendPoint, ...]
    target: float | None
    first_text: str
    last_text: str
    last_note: str
    target_text: str
    alt: str
    series_name: str
    target_name: str
    split: int | None = None
    span_names: tuple[str, str] = ("", "")
    title: str = ""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Two bars from a common zero, earlier first, with their values as text and the witness below.

    before_text, after_text: "" where only the change is known: the bar then carries no number. figure: the change in
    large type, "" where the bars already say it. key: which impact.
    """

    label: str
    before: float
    after: float
    before_text: str
    after_text: str
    before_name: str
    after_name: str
    witness: str
    alt: str
    figure: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a measure: its name ("Where you started"), its date, its value as text and as a number.

    value: None for one that is not set. kind: how its bar is drawn, the same everywhere: earlier lighter, now solid,
    a goal outlined.
    """

    name: str
    on: str
    text: str
    value: float | None
    kind: Literal["earlier", "now", "goal"]


@dataclass(frozen=True, slots=True)
class Readings:
    """One measure at its start, now and at its goal, as bars from a common zero. Decks and plans draw it."""

    label: str
    readings: tuple[Reading, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    lines: more lines like its text, each of its own. sub: a last, quieter line. link: key of a Section of the same
    document, or the `anchor` of another cell. status draws its shape. continues: of a row's first cell: the row goes on
    with what the row above is about, and no rule parts them. anchor: a key by which links lead to this cell.
    """

    text: str
    strong: bool = False
    lines: tuple[str, ...] = ()
    sub: str = ""
    link: str = ""
    status: Status | None = None
    note: str = ""  # a footnote mark ("3")
    continues: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """width: share of the table's width (they need not add up to 1). nowrap: dates and owners."""

    heading: str
    width: float
    align: Literal["left", "right"] = "left"
    nowrap: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. A renderer cuts a long one over to further slides or pages, repeating the header.

    lines: one for each row, which spans the table's width below it; none at all for a table without. legible: a slide
    cuts it over before its type becomes smaller than a reader in the room can read. fixed: a page keeps the widths
    asked for, so that tables of one kind stand alike below each other.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alt: str
    small: bool = False  # receipts and definitions
    lines: tuple[str, ...] = ()
    legible: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """One thing asked or said apart: label ("We ask today:") and text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Notes:
    """Receipts in short as numbered footnotes: (number, text). rest: what follows the last one, without a number."""

    items: tuple[tuple[str, str], ...]
    heading: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents. link: key of a Section; without one it is a heading for the lines below it."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document holds, each with the number of its page, which only the renderer knows. Briefs have it; decks do
    not."""

    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """One side's room to sign. party: "For Acme"; lines: (label, what is known of it, or "" to write on)."""

    party: str
    lines: tuple[tuple[str, str], ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for two to sign, side by side; never cut. The last line of each is the signature itself, and higher."""

    sides: tuple[Signature, ...]


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
