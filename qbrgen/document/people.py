"""People and key figures: who is counted, drawn one by one, and how many, in large type."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.document.marks import Mark


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
