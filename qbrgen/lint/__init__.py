"""The lint: twelve signs of a generated document, found in any PPTX. It knows no accounts, only files.

`lint_deck` reads a file and gives what it found; docs/lint.md defines each sign.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qbrgen.lint.finding import SIGNS, SignFound
from qbrgen.lint.model import DeckRead
from qbrgen.lint.read import read_deck
from qbrgen.lint.signs import ALL

__all__ = ["SIGNS", "SignFound", "lint_deck", "signs_of"]


def lint_deck(path: Path, *, template: bool = False) -> list[SignFound]:
    """Every sign found in the file, in the order of its slides.

    template: also judge what its masters and layouts draw themselves, which is the house's own choice otherwise.
    Raises InputError where the file is no PPTX that can be read.
    """
    deck = read_deck(path)
    if not template:
        slides = tuple(replace(slide, shapes=slide.own) for slide in deck.slides)
        deck = replace(deck, slides=slides)
    return signs_of(deck)


def signs_of(deck: DeckRead) -> list[SignFound]:
    """Every sign found in a deck that was read."""
    return sorted((found for sign in ALL for found in sign(deck)), key=lambda one: one.order)
