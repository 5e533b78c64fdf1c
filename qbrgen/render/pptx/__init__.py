"""Decks: a Document of slides + a Theme → PPTX, native and editable."""

from qbrgen.render.pptx.deck import write_deck

__all__ = ["write_deck"]
