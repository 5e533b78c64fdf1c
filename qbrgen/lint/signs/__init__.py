"""The twelve signs of a generated document, each a function from a deck to what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qbrgen.lint.finding import SignFound
from qbrgen.lint.model import DeckRead
from qbrgen.lint.signs.drawing import gradients_and_shadows, rules_under_titles, striped_cards
from qbrgen.lint.signs.fit import lonely_words, overflow, placement
from qbrgen.lint.signs.geometry import equal_cards, same_geometry
from qbrgen.lint.signs.plots import office_theme, plots
from qbrgen.lint.signs.shares import shares
from qbrgen.lint.signs.sizes import sizes
from qbrgen.lint.signs.texts import centred, emoji, filler, leftovers
from qbrgen.lint.signs.titles import thank_you, titles

ALL: tuple[Callable[[DeckRead], Iterator[SignFound]], ...] = (
    rules_under_titles,
    striped_cards,
    emoji,
    titles,
    equal_cards,
    same_geometry,
    centred,
    sizes,
    leftovers,
    office_theme,
    plots,
    shares,
    overflow,
    placement,
    lonely_words,
    gradients_and_shadows,
    filler,
    thank_you,
)
