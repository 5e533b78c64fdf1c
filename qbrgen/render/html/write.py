"""Document + theme → one HTML file that holds all it needs: no script, no font, no picture, nothing to fetch.

The templates in templates/talk-track, which a workspace may override, draw paragraphs, bullets, callouts and tables.
Whatever they hold, a browser that opens the page fetches nothing and runs nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from qbrgen.document import Document
from qbrgen.files import write_text
from qbrgen.render.limits import Limits, limited
from qbrgen.render.templates import Sandbox, own_templates, printed, sandbox, template_errors
from qbrgen.theme import Theme
from qbrgen.theme.colour import TEXT_CONTRAST, parse, readable

VARIABLES = {
    "document": "the talk track: a Document, whose sections are the slides",
    "accent": "the theme's accent as #RRGGBB, dark enough to be read on white",
}
"""What the templates are given. docs/templates.md lists it."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_PAPER, _INK = "#FFFFFF", "#17202E"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEAD = re.compile(r"\s*(<!doctype[^<>]*>)?\s*(<html\b[^<>]*>)?\s*<head\b[^<>]*>", re.IGNORECASE)


def kind(block: object) -> str:
    """The name of a block: "key-figures" for KeyFigures."""
    return _CAMEL.sub("-", type(block).__name__).lower()


FILTERS = {"kind": kind}
"""Filters of the templates, besides Jinja2's."""


def write_html(document: Document, theme: Theme, path: Path, *, templates: Path | None = None) -> None:
    """Write `document` to `path`, whole or not at all.

    templates: a folder whose templates come before those of qbrgen. Raises InputError where one of them fails,
    ValueError for a document of slides.
    """
    write_text(path, html_text(document, theme, templates=templates))


def html_text(document: Document, theme: Theme, *, templates: Path | None = None) -> str:
    """The file's content: `write_html` without the writing. A user's templates run in a process of their own."""
    if not document.sections:
        raise ValueError("a talk track is made of sections; this document has slides")
    own = own_templates(templates)
    if own is None:
        return _text(document, theme, None)
    return limited(own, Limits(), _text, document, theme, own)


def _text(document: Document, theme: Theme, own: Path | None) -> str:
    with template_errors(own):
        facts = {"document": document, "accent": _accent(theme)}
        page = printed(environment(own).get_template("document.html"), own, facts)
    return _closed(page) + "\n"


def _closed(page: str) -> str:
    """The page with its policy: nothing is fetched, and nothing runs. It comes first, and no other loosens it."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    head = _HEAD.match(page)
    return f"{page[: head.end()]}\n{policy}{page[head.end() :]}" if head else f"<!DOCTYPE html>\n{policy}\n{page}"


def _accent(theme: Theme) -> str:
    """The theme's accent, dark enough to be read on white; the ink where the theme's is no colour."""
    return readable(parse(theme.palette.accent) or _INK, (_PAPER,), TEXT_CONTRAST)


@lru_cache(maxsize=8)
def environment(own: Path | None) -> Sandbox:
    """Templates of the workspace (`own`) before those that come with qbrgen."""
    return sandbox("talk-track", own, FILTERS, VARIABLES)
