"""WeasyPrint behind a thin layer: loaded when first needed, fed from memory only, its stylesheets parsed once."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import cache
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from qbrgen.errors import Finding, Level, Location, MissingLibrary
from qbrgen.render.pdf.assets import Assets
from qbrgen.render.pdf.libraries import missing_library_message

_LOGGERS = ("weasyprint",)


def weasyprint() -> ModuleType:
    """The library. Raises MissingLibrary, with the command to install what it needs, where it cannot be loaded."""
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # it prints a page of advice of its own
            import weasyprint as library
    except OSError as cause:
        raise MissingLibrary(missing_library_message(cause)) from cause
    return library  # type: ignore[no-any-return]


@cache
def _fetcher_class() -> type:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class MemoryFetcher(URLFetcher):  # type: ignore[misc]
        """Knows the table of assets and data: addresses. No file, no network, whatever a page asks for."""

        def __init__(self, assets: Assets) -> None:
            super().__init__(allowed_protocols=("data", "mem"), allow_redirects=False)
            self._assets = assets

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            found = self._assets.find(url)
            if found is None:
                raise ValueError(f"{url[:80]} is not part of the document; nothing is read from files or the network")
            content, mime_type = found
            return URLFetcherResponse(url, content, {"Content-Type": mime_type})

    return MemoryFetcher


def fetcher(assets: Assets) -> Any:
    """A URLFetcher for `assets` and data: only."""
    return _fetcher_class()(assets)


@contextmanager
def collected_warnings() -> Iterator[list[Finding]]:
    """What the library would have logged, as findings, each once."""
    findings: list[Finding] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            finding = Finding(Level.WARNING, "pdf-engine", record.getMessage())
            if finding not in findings:
                findings.append(finding)

    collector = Collector(logging.WARNING)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
    try:
        yield findings
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(collector)
            logger.propagate = propagate


_LINE = {"Type", "S", "K", "Pg", "P"}
_QUOTED = re.compile(r"`([^`]+)`|'([^']+)'")


def located(findings: Iterable[Finding], own: Path | None) -> list[Finding]:
    """What the library said of a user's templates, with file and line of the words that it quotes, where they are."""
    files = sorted(file for file in own.rglob("*") if file.is_file()) if own else []
    lines = [
        (str(file), number, "".join(line.split()))
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
    ]
    return [replace(finding, where=_quoted_place(finding.what, lines)) for finding in findings]


def _quoted_place(said: str, lines: Sequence[tuple[str, int, str]]) -> Location | None:
    for match in _QUOTED.finditer(said):
        words = "".join((match[1] or match[2]).split())[:300]
        for file, number, line in lines:
            if words and words in line:
                return Location(file, number)
    return None


def _join_lines(pdf: Any, by_reference: Mapping[bytes, Any]) -> None:
    """Drop the element that WeasyPrint writes for each line, near half of all: the paragraph, cell or heading around it
    holds its content itself."""
    around: dict[bytes, tuple[int, bytes]] = {}  # a line's reference → its content, and what it is in
    for reference, item in by_reference.items():
        if isinstance(item, dict) and item.get("S") == "/Span" and set(item) == _LINE:
            content, parent = item["K"], bytes(item["P"])
            if len(content) == 1 and isinstance(content[0], int) and by_reference[parent].get("Pg") == item["Pg"]:
                around[reference] = content[0], parent
    for parent in {parent for _, parent in around.values()}:
        kids = by_reference[parent]["K"]
        kids[:] = [around[kid][0] if isinstance(kid, bytes) and kid in around else kid for kid in kids]
    root = by_reference[bytes(pdf.catalog["StructTreeRoot"])]
    for held in by_reference[bytes(root["ParentTree"])]["Nums"]:
        if isinstance(held, list):
            held[:] = [around[each][1] if each in around else each for each in held]
    for reference in around:
        by_reference[reference].clear()


def _slim(elements: Iterable[Any]) -> None:
    """Leave out what the structure tree need not say: the type of an element, and the list around its one piece of
    content (ISO 32000-1, table 323). A portfolio holds some 300 elements a brief, and its joining holds them all."""
    for element in elements:
        if isinstance(element, dict) and element.get("Type") == "/StructElem":
            del element["Type"]
            content = element.get("K", ())
            if len(content) == 1 and isinstance(content[0], int):
                element["K"] = content[0]


def finished(name: str, _document: Any, pdf: Any) -> None:
    """Write /Scope on the header cells of the tagged tables, which WeasyPrint leaves out: of columns or of rows; and
    begin their identifiers with `name`, so that they differ from those of another part of the same document. Lines are
    tagged by the paragraph that they are of, and elements say no more than they must."""
    by_reference = {bytes(item.reference): item for item in pdf.objects if hasattr(item, "reference")}
    _join_lines(pdf, by_reference)
    for item in pdf.objects:
        if not isinstance(item, dict) or item.get("S") != "/TH" or "A" not in item:
            continue
        parent: Any = item
        while isinstance(parent, dict) and parent.get("S") not in ("/THead", "/TBody", "/Table"):
            parent = by_reference.get(bytes(parent["P"])) if "P" in parent else None
        in_head = isinstance(parent, dict) and parent.get("S") == "/THead"
        item["A"]["Scope"] = "/Column" if in_head else "/Row"
        if "ID" in item:  # the cells that it heads name it by the same object
            item["ID"].string = f"{name}-{item['ID'].string}"
    _slim(by_reference.values())
