"""Document + theme → one HTML file that holds all it needs: no script, no font, no picture, nothing to fetch.

The templates in templates/talk-track, which a workspace may override, draw paragraphs, bullets, callouts and tables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from qbrgen.document import Document
from qbrgen.files import write_text
from qbrgen.render.templates import sandbox, template_errors
from qbrgen.theme import Theme
from qbrgen.theme.colour import TEXT_CONTRAST, parse, readable

_PAPER, _INK = "#FFFFFF", "#17202E"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def write_html(document: Document, theme: Theme, path: Path, *, templates: Path | None = None) -> None:
    """Write `document` to `path`, whole or not at all.

    templates: a folder whose templates come before those of qbrgen. Raises InputError where one of them fails,
    ValueError for a document of slides.
    """
    write_text(path, html_text(document, theme, templates=templates))


def html_text(document: Document, theme: Theme, *, templates: Path | None = None) -> str:
    """The file's content: `write_html` without the writing."""
    if not document.sections:
        raise ValueError("a talk track is made of sections; this document has slides")
    own = templates if templates is not None and templates.is_dir() else None
    with template_errors(own):
        page = _environment(own).get_template("document.html")
        return page.render(document=document, accent=_accent(theme)) + "\n"


def _accent(theme: Theme) -> str:
    """The theme's accent, dark enough to be read on white; the ink where the theme's is no colour."""
    return readable(parse(theme.palette.accent) or _INK, (_PAPER,), TEXT_CONTRAST)


@lru_cache(maxsize=8)
def _environment(own: Path | None) -> ImmutableSandboxedEnvironment:
    made = sandbox("talk-track", own)
    made.filters["kind"] = lambda block: _CAMEL.sub("-", type(block).__name__).lower()
    return made
