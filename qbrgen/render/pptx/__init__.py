"""Decks: a Document of slides + a Theme → PPTX, native and editable."""

from qbrgen.render.pptx.deck import slide_numbers, write_deck

__all__ = ["slide_numbers", "write_deck"]
