"""Twenty ways to read a file or the network from a page: none is taken, in a template, a name, or a stylesheet."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from briefs_by_hand import acme, brief

from qbrgen.document import Text
from qbrgen.errors import Level
from qbrgen.render.pdf.engine import collected_warnings
from qbrgen.render.pdf.write import _content, pdf_bytes
from qbrgen.theme import Theme

_LINKED = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
IN_HTML = {
    "img": '<img src="{}" alt="x">',
    "srcset": '<img srcset="{} 2x" src="{}" alt="x">',
    "picture": '<picture><source srcset="{}"><img src="{}" alt="x"></picture>',
    "link": '<link rel="stylesheet" href="{}">',
    "link-attachment": '<link rel="attachment" href="{}">',
    "a-attachment": '<p><a rel="attachment" href="{}">x</a></p>',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "iframe": '<iframe src="{}"></iframe>',
    "svg-image": '<svg viewBox="0 0 9 9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
    "svg-use": '<svg viewBox="0 0 9 9"><title>x</title><use href="{}#a"/></svg>',
    "style-attribute": '<p style="background: url({})">x</p>',
    "input": '<input type="image" src="{}">',
    "video": '<video poster="{}"></video>',
}
IN_CSS = {
    "import": '@import "{}";',
    "import-url": "@import url({});",
    "font-face": '@font-face {{ font-family: x; src: url("{}") }} .x {{ font-family: x }}',
    "background": "body {{ background: url({}) }}",
    "content": '.x::before {{ content: url("{}") }}',
    "list-style": "li {{ list-style-image: url({}) }}",
    "border-image": ".x {{ border: 3px solid; border-image: url({}) 3 }}",
    "page": "@page {{ background: url({}) }}",
}
_STYLED = '<p class="x">x</p><ul><li>x</li></ul>'
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><base href="{base}"><title>t</title>{{}}</head><body><h1>t</h1>{body}</body>'
)
_watched: list[str] | None = None


def _audit(event: str, args: tuple[object, ...]) -> None:
    if _watched is not None and event in ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request"):
        what = str(args[1] if event == "socket.connect" else args[0])
        if not what.startswith("data:"):
            _watched.append(f"{event} {what}")


sys.addaudithook(_audit)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is opened and asked of the network meanwhile."""
    global _watched  # noqa: PLW0603 - an audit hook stays, and sees no other
    _watched = seen = []
    try:
        yield seen
    finally:
        _watched = None


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Way → address of a file of its own; those of styles hold a colour that no page has."""
    folder = tmp_path_factory.mktemp("canaries")
    addresses = {}
    for way in (*IN_HTML, *IN_CSS, "nested", "relative"):
        path = folder / f"canary-{way}.svg"
        path.write_text(f'<svg {_LINKED} viewBox="0 0 9 9"><rect id="a" width="9" height="9" fill="#abcdef"/></svg>')
        addresses[way] = path.as_uri()
    return addresses


def _html(canaries: dict[str, str]) -> str:
    inner = f'<svg {_LINKED} viewBox="0 0 9 9"><image xlink:href="{canaries["nested"]}" width="9" height="9"/></svg>'
    nested = f'<img src="data:image/svg+xml,{quote(inner)}" alt="x"><img src="canary-relative.svg" alt="x">'
    return nested + "\n".join(page.replace("{}", canaries[way]) for way, page in IN_HTML.items())


def _css(canaries: dict[str, str]) -> str:
    return "\n".join(rule.format(canaries[way]) for way, rule in IN_CSS.items())


def _taken(seen: list[str]) -> set[str]:
    return {line.partition("canary-")[2].removesuffix(".svg") for line in seen if "canary-" in line}


def _asked_of_the_network(seen: list[str]) -> list[str]:
    return [line for line in seen if not line.startswith("open ")]


def test_the_ways_are_ways_without_our_own_fetcher(canaries: dict[str, str]) -> None:
    from weasyprint import HTML

    base = Path(canaries["img"].removeprefix("file://")).parent.as_uri() + "/"
    page = _PAGE.format(base=base, body=_html(canaries) + _STYLED).format(f"<style>{_css(canaries)}</style>")
    with watched() as seen:
        HTML(string=page).write_pdf()
    assert len(_taken(seen)) >= 17, sorted(_taken(seen))


def test_no_way_in_templates_of_a_users_is_taken(theme: Theme, tmp_path: Path, canaries: dict[str, str]) -> None:
    own = tmp_path / "own"
    own.mkdir()
    base = Path(canaries["img"].removeprefix("file://")).parent.as_uri() + "/"
    net = "".join(page.replace("{}", f"http://127.0.0.1:9/{way}") for way, page in IN_HTML.items())
    page = _PAGE.format(base=base, body=_html(canaries) + net + _STYLED).format("")
    (own / "document.html").write_text(page)
    (own / "style.css").write_text(_css(canaries) + '@import "http://127.0.0.1:9/x.css";')
    with watched() as seen:
        content, findings = _content(brief(), theme, "A4", own)
    assert (_taken(seen), _asked_of_the_network(seen)) == (set(), [])
    assert b"/EmbeddedFile" not in content
    refused = [finding for finding in findings if "nothing is read from files or the network" in finding.what]
    assert len(refused) >= 12
    assert {Path(finding.where.file).name for finding in refused if finding.where} == {"document.html", "style.css"}


def test_no_way_in_a_name_is_taken_and_the_name_is_printed_as_typed(theme: Theme, canaries: dict[str, str]) -> None:
    typed = _html(canaries) + f"<style>{_css(canaries)}</style>"
    head, *others = acme()
    named = replace(head, heading='<img src="file:///x">', blocks=(*head.blocks, Text(typed)), meta=(f"</p>{typed}",))
    with watched() as seen:
        content, _ = pdf_bytes(replace(brief(named, *others), title=typed, footer=f'"{typed}', company=typed), theme)
    assert (_taken(seen), _asked_of_the_network(seen)) == (set(), [])
    assert b"/URI" not in content


def test_what_the_library_would_log_is_a_warning_each_once() -> None:
    with collected_warnings() as found:
        for _ in range(2):
            logging.getLogger("weasyprint").warning("Ignored `%s` at 1:1, unknown property.", "colr: red")
    (finding,) = found
    assert (finding.level, finding.code) == (Level.WARNING, "pdf-engine")
    assert finding.what == "Ignored `colr: red` at 1:1, unknown property."
