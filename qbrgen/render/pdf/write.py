"""Document + theme → a PDF file: tagged (PDF/UA-1), with its fonts inside, the same bytes for the same input.

Reads like a table of contents: make it drawable, HTML, lay out, tighten until a brief keeps to its pages, write.
"""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from qbrgen.document import Document
from qbrgen.errors import Finding
from qbrgen.files import write_bytes
from qbrgen.theme import Theme


def write_pdf(
    document: Document, theme: Theme, path: Path, *, page: str = "A4", templates: Path | None = None
) -> list[Finding]:
    """Write `document` (a brief, a portfolio or a plan) to `path`, whole or not at all.

    page: "A4" or "Letter". templates: a folder whose HTML, CSS and SVG templates come before those of qbrgen. Returns
    findings: characters that no font here draws, a brief of more than two pages, pictures that were refused.
    Raises MissingLibrary, with the command to install it, where WeasyPrint's system libraries are missing; InputError
    when the theme holds something else than colours and names, or a template of the user's fails.
    """
    content, findings = pdf_bytes(document, theme, page=page, templates=templates)
    write_bytes(path, content)
    return findings


def pdf_bytes(
    document: Document, theme: Theme, *, page: str = "A4", templates: Path | None = None
) -> tuple[bytes, list[Finding]]:
    """The file's content, and its findings: `write_pdf` without the writing. A user's templates run in a process of
    their own."""
    from qbrgen.render.templates import own_templates

    if not document.sections:
        raise ValueError("a PDF is made of sections; this document has slides")
    own = own_templates(templates)
    if own is None:
        return _content(document, theme, page, None)
    from qbrgen.render.limits import Limits, limited

    parts = sum(section.level == 1 for section in document.sections)
    return limited(own, Limits().for_parts(max(parts, 1)), _content, document, theme, page, own)


def _content(document: Document, theme: Theme, page: str, own: Path | None) -> tuple[bytes, list[Finding]]:
    from qbrgen.render.pdf.book import written
    from qbrgen.render.pdf.collector import held_back
    from qbrgen.render.pdf.coverage import drawable
    from qbrgen.render.pdf.engine import collected_warnings, located, weasyprint
    from qbrgen.render.pdf.html import Pages
    from qbrgen.render.pdf.style import SHEETS

    weasyprint()
    ready = drawable(document, theme)
    press = _press(_Key(theme, page, ready.fallbacks, own))
    with held_back(), collected_warnings() as warned:
        pages = Pages(ready.document, theme, SHEETS[page], press.assets(), ready.fallbacks, own)
        content, tight = written(pages, press)
    return content, [*ready.findings, *located([*press.findings, *warned], own), *tight]


@dataclass(frozen=True, eq=False)
class _Key:
    """What a stylesheet depends on. Two keys are the same when their values are."""

    theme: Theme
    page: str
    fallbacks: tuple[Any, ...]
    templates: Path | None

    def _values(self) -> tuple[object, ...]:
        theme = self.theme
        files = sorted(self.templates.rglob("*")) if self.templates else []
        changed = tuple((str(file), file.stat().st_mtime_ns) for file in files if file.is_file())
        return (theme.folder, theme.on_paper, theme.body, theme.heading, self.page, self.fallbacks, changed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())


class _Press:
    """One font configuration and one parsed stylesheet, kept for every document of the same theme and page size."""

    def __init__(self, key: _Key) -> None:
        from qbrgen.render.pdf.assets import Assets
        from qbrgen.render.pdf.engine import collected_warnings, fetcher, weasyprint
        from qbrgen.render.pdf.html import stylesheet
        from qbrgen.render.pdf.style import SHEETS, style_values

        library = weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self._assets = Assets()
        css = stylesheet(style_values(key.theme, SHEETS[key.page], key.fallbacks, self._assets), key.templates)
        self.fonts = FontConfiguration()
        with collected_warnings() as self.findings:
            self.css = library.CSS(string=css, font_config=self.fonts, url_fetcher=fetcher(self._assets))

    def assets(self) -> Any:
        """A table for one document's pictures."""
        from qbrgen.render.pdf.assets import Assets

        return Assets()

    def lay_out(self, html: str, assets: Any, first: int = 1) -> Any:
        """HTML → WeasyPrint's document, laid out on pages that begin with the number `first`."""
        from qbrgen.render.pdf.engine import fetcher, weasyprint

        source = weasyprint().HTML(string=html, url_fetcher=fetcher(assets))
        sheets = [self.css]
        if first > 1:
            sheets.append(weasyprint().CSS(string=f"@page :first {{ counter-increment: page {first} }}"))
        return source.render(font_config=self.fonts, stylesheets=sheets)


@lru_cache(maxsize=8)
def _press(key: _Key) -> _Press:
    return _Press(key)


# WeasyPrint's font configurations remove their temporary folders when they go; at the interpreter's very end they no
# longer can, and say so on the terminal.
atexit.register(_press.cache_clear)
