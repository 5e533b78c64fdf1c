"""Every place of a file in which a word could stand, and the search that finds it there. Knows no qbrgen.

A package is taken apart to the last byte: names, texts over runs, attributes with their entities resolved, embedded
workbooks, pictures' own words, what the zip carries beside its parts.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_ZIP = b"PK\x03\x04"
OVER_RUNS = " (text)"  # of an XML part, its tags taken out
_TAG = re.compile(r"<[^>]*>")


def package_texts(content: bytes, where: str = "") -> Iterator[tuple[str, str]]:
    """(place, text) for everything that a package holds, and what is packed in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        yield f"{where}the archive's comment", _decoded(package.comment)
        for info in package.infolist():
            place = f"{where}{info.filename}"
            yield f"{place} (its name)", info.filename
            yield f"{place} (comment)", _decoded(info.comment)
            yield f"{place} (extra field)", _decoded(info.extra)
            yield from _part(place, package.read(info))
        yield f"{where}bytes between the parts", _decoded(_between(content, package))


def _part(place: str, part: bytes) -> Iterator[tuple[str, str]]:
    if part.startswith(_ZIP):
        yield from package_texts(part, f"{place} > ")
        return
    text = _decoded(part)
    yield place, text
    if place.endswith((".xml", ".rels", ".vml")) or text.lstrip("\ufeff \r\n\t").startswith("<"):
        yield f"{place}{OVER_RUNS}", html.unescape(_TAG.sub("", text))  # over runs
        yield f"{place} (entities)", html.unescape(text)
    for chunk in _compressed(part):
        yield f"{place} (compressed)", _decoded(chunk)


def _decoded(data: bytes) -> str:
    """Bytes as text, in the ways in which a program may have written them."""
    ways = [data.decode("utf-8", "ignore"), data.decode("utf-16-le", "ignore"), data.decode("utf-16-be", "ignore")]
    return "\n".join(ways) if b"\0" in data else ways[0]


def _compressed(part: bytes) -> Iterator[bytes]:
    """What a PNG says in compressed chunks (zTXt, iTXt)."""
    if not part.startswith(b"\x89PNG"):
        return
    at = 8
    while at + 8 <= len(part):
        size, kind = int.from_bytes(part[at : at + 4], "big"), part[at + 4 : at + 8]
        data = part[at + 8 : at + 8 + size]
        if kind in (b"zTXt", b"iTXt"):
            for start in range(len(data)):
                if data[start : start + 1] == b"\x78":
                    try:
                        yield zlib.decompress(data[start:])
                    except zlib.error:
                        continue
        at += size + 12


def _between(content: bytes, package: zipfile.ZipFile) -> bytes:
    """Bytes of the file that belong to no part: before the first, between two, before the directory."""
    spans = []
    for info in package.infolist():
        start = info.header_offset
        name, extra = (int.from_bytes(content[start + at : start + at + 2], "little") for at in (26, 28))
        spans.append((start, start + 30 + name + extra + info.compress_size))
    found, end = b"", 0
    for start, stop in sorted(spans):
        found += content[end:start]
        end = stop
    return found + content[end : package.start_dir]


def places_of(words: Iterable[str], path: Path) -> list[str]:
    """ "place: word" wherever one of the words stands, in upper or lower case.

    A figure is no part of a longer one, nor put together from two that stand beside each other.
    """
    wanted = {word: _pattern(word) for word in words}
    found = []
    for place, text in package_texts(path.read_bytes()):
        folded, joined = text.casefold(), place.endswith(OVER_RUNS)
        for word, pattern in wanted.items():
            if not (joined and word.isdigit()) and pattern.search(folded):
                found.append(f"{place}: {word}")
    return found


def _pattern(word: str) -> re.Pattern[str]:
    plain = re.escape(word.casefold())
    return re.compile(rf"(?<![\d.,]){plain}(?!\d)" if word[0].isdigit() else plain)


def money_words(amount: int) -> list[str]:
    """An amount as files and people write it."""
    plain = str(amount)
    groups = f"{amount:,}"
    return [plain, groups, *(groups.replace(",", mark) for mark in ".' \u00a0\u202f"), f"{round(amount / 1000)}k"]
