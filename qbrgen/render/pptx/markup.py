"""Text and attributes as XML. The library's own way (xml.sax.saxutils) imports half of the network on its way in, which
takes longer than a slide."""

from __future__ import annotations

_KEPT = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}  # white space that an attribute would turn into a blank


def escape(text: str) -> str:
    """Text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoteattr(text: str) -> str:
    """The value of an attribute, with its quotes."""
    text = escape(text).replace('"', "&quot;")
    for letter, kept in _KEPT.items():
        text = text.replace(letter, kept)
    return f'"{text}"'
