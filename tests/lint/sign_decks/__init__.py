"""Small decks, each with one sign of a generated document, or nearly; a module a kind of sign."""

from sign_decks import drawn, placed, told, written
from sign_decks.asked import WITH, WITHOUT, Change

__all__ = ["WITH", "WITHOUT", "Change", "drawn", "placed", "told", "written"]
