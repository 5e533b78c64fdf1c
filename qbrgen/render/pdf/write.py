"""Document + theme → a PDF file: tagged (PDF/UA-1), with its fonts inside, the same bytes for the same input.

Reads like a table of contents: make it drawable, HTML, lay out, tighten until a brief keeps to its pages, write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from qbrgen.document import Document
from qbrgen.errors import Finding, Level
from qbrgen.files import write_bytes
from qbrgen.theme import Theme

MOST_PAGES = 2  # of an account's brief
TIGHTEST = 2  # steps of tightening that the stylesheet knows


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
    """The file's content, and its findings: `write_pdf` without the writing."""
    from qbrgen.render.pdf.coverage import drawable
    from qbrgen.render.pdf.engine import collected_warnings, scope_headers, weasyprint
    from qbrgen.render.pdf.html import Pages
    from qbrgen.render.pdf.style import SHEETS

    if not document.sections:
        raise ValueError("a PDF is made of sections; this document has slides")
    weasyprint()
    ready = drawable(document, theme)
    press = _press(_Key(theme, page, ready.fallbacks, templates))
    with collected_warnings() as warned:
        pages = Pages(ready.document, theme, SHEETS[page], press.assets(), ready.fallbacks, templates)
        laid_out, html, tight = _fitted(pages, press)
        content = laid_out.write_pdf(
            finisher=scope_headers,
            pdf_variant="pdf/ua-1",
            pdf_identifier=sha256(html.encode()).digest()[:16],
        )
    return content, [*ready.findings, *warned, *tight]


@dataclass(frozen=True, eq=False)
class _Key:
    """What a stylesheet depends on. Two keys are the same when their values are."""

    theme: Theme
    page: str
    fallbacks: tuple[Any, ...]
    templates: Path | None

    def _values(self) -> tuple[object, ...]:
        theme = self.theme
        css = self.templates / "style.css" if self.templates else None
        changed = css.stat().st_mtime_ns if css is not None and css.is_file() else 0
        return (theme.folder, theme.palette, theme.body, theme.heading, self.page, self.fallbacks, css, changed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())


class _Press:
    """One font configuration and one parsed stylesheet, kept for every document of the same theme and page size."""

    def __init__(self, key: _Key) -> None:
        from qbrgen.render.pdf.assets import Assets
        from qbrgen.render.pdf.engine import fetcher, weasyprint
        from qbrgen.render.pdf.html import stylesheet
        from qbrgen.render.pdf.style import SHEETS, style_values

        library = weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self._assets = Assets()
        css = stylesheet(style_values(key.theme, SHEETS[key.page], key.fallbacks, self._assets), key.templates)
        self.fonts = FontConfiguration()
        self.css = library.CSS(string=css, font_config=self.fonts, url_fetcher=fetcher(self._assets))

    def assets(self) -> Any:
        """A table for one document's pictures."""
        from qbrgen.render.pdf.assets import Assets

        return Assets()

    def lay_out(self, html: str, assets: Any) -> Any:
        """HTML → WeasyPrint's document, laid out on pages."""
        from qbrgen.render.pdf.engine import fetcher, weasyprint

        source = weasyprint().HTML(string=html, url_fetcher=fetcher(assets))
        return source.render(font_config=self.fonts, stylesheets=[self.css])


@lru_cache(maxsize=8)
def _press(key: _Key) -> _Press:
    return _Press(key)


def _fitted(pages: Any, press: _Press) -> tuple[Any, str, list[Finding]]:
    """Laid out; parts that must keep to two pages and do not are set tighter, step by step."""
    steps: dict[str, int] = {}
    while True:
        html = pages.html(steps)
        laid_out = press.lay_out(html, pages.assets)
        long = dict(_too_long(pages.document, laid_out))
        tighter = {part: steps.get(part, 0) + 1 for part in long if steps.get(part, 0) < TIGHTEST}
        if not tighter:
            return laid_out, html, [_finding(pages.document, part, count) for part, count in long.items()]
        steps |= tighter
        del laid_out  # a portfolio's pages take megabytes each: never two lay-outs at a time


def _too_long(document: Document, laid_out: Any) -> Iterator[tuple[str, int]]:
    """(id, pages) of each account's brief that takes more than it may."""
    from qbrgen.render.pdf.views import linker

    links = linker(document)
    starts = {
        name: number for number, page in enumerate(laid_out.pages) for name in page.anchors if name.startswith("part-")
    }
    heads = [(f"part-{number}", section) for number, section in enumerate(document.sections) if section.level == 1]
    ends = [*[starts.get(name, 0) for name, _ in heads[1:]], len(laid_out.pages)]
    for (name, section), end in zip(heads, ends, strict=True):
        limited = document.kind == "brief" or section.key in links.linked
        count = end - starts.get(name, 0)
        if limited and count > MOST_PAGES:
            yield name, count


def _finding(document: Document, part: str, count: int) -> Finding:
    heading = document.sections[int(part.removeprefix("part-"))].heading
    return Finding(
        Level.WARNING,
        "brief-too-long",
        f"The brief of {heading} takes {count} pages, at the tightest setting; it should keep to {MOST_PAGES}.",
        "Shorten what its account file says, or report it: a brief should choose what it shows.",
    )
