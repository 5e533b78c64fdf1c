"""Blocks that are read: paragraphs, points, footnotes, contents, and room to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
