"""Opening a template that somebody else made: refused with a reason, or given back as a PPTX that is safe to build on.

Nothing is unpacked to disk and nothing is fetched. What a template may be (POTX, show, sample slides) and what is
wrong with it is decided here, before python-pptx sees it; what is dropped from it quietly or with a note is decided
in `template_cleaning`.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.render.pptx.opc import write_package
from qbrgen.render.pptx.template_cleaning import Damaged, cleaned
from qbrgen.render.pptx.template_kind import is_zip, no_package, other_package
from qbrgen.resources import themes_dir

# Limits. PowerPoint's own templates stay far below each of them; every deck carries what its template holds.
MOST_BYTES = 100_000_000  # of the file
MOST_UNPACKED = 400_000_000  # of all its parts together, counted while they are read, never taken from headers
MOST_XML = 20_000_000  # of one XML part
MOST_RATIO = 150  # unpacked to packed, over the whole file, once that matters
MOST_PARTS = 10_000
_RATIO_MATTERS = 50_000_000
_CHUNK = 1 << 20
_DAMAGED = "Open it in PowerPoint, let it repair the file if it offers to, and save it as a new .pptx."
_DO_NOT_OPEN = "It may be made to harm whoever opens it. Ask who sent it for another copy."
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}

Refuse = Callable[[str, str, str], None]  # code, what, fix


@dataclass(frozen=True, slots=True)
class SafeTemplate:
    """A template that may be built on.

    content: a PPTX, whatever it was saved as, without macros, external links and the like. findings: notes on what was
    left out of it.
    """

    content: bytes
    findings: tuple[Finding, ...]


def safe_template(path: Path) -> SafeTemplate:
    """The template in `path`, read once for each state of the file.

    Raises InputError with what it is instead and what to do: no file, no PowerPoint file, protected, with macros,
    damaged, too large, unsafe.
    """
    state = _state(path)
    return _opened(path, *state)


def _state(path: Path) -> tuple[int, int]:
    """(size, time of change) of a file. Raises InputError where there is none."""
    if path.is_dir():
        raise _refused(path, "template-is-folder", "it is a folder", "Give the .pptx or .potx file itself.")
    try:
        status = path.stat()
    except FileNotFoundError:
        raise _refused(path, "template-missing", "there is no such file", "Check how it is written.") from None
    if not path.is_file():
        raise _refused(path, "template-missing", "it is no file", "Give a .pptx or .potx file.")
    if status.st_size > MOST_BYTES:
        fix = "Every deck would carry it. Save it with compressed pictures and without videos and sample slides."
        what = f"it is {status.st_size / 1e6:.0f} MB large, more than {MOST_BYTES / 1e6:.0f} MB"
        raise _refused(path, "template-too-large", what, fix)
    return status.st_size, status.st_mtime_ns


def _refused(path: Path, code: str, what: str, fix: str) -> InputError:
    return InputError([Finding(Level.ERROR, code, _sentence(path, what), fix, Location(str(path)))])


def _sentence(path: Path, what: str) -> str:
    return f"{path.name} cannot be used as a template: {what}."


@lru_cache(maxsize=8)
def _opened(path: Path, size: int, changed: int) -> SafeTemplate:  # noqa: ARG001 - both name the state that is kept
    content = path.read_bytes()
    problems: list[Finding] = []

    def refuse(code: str, what: str, fix: str) -> None:
        problems.append(Finding(Level.ERROR, code, _sentence(path, what), fix, Location(str(path))))

    parts = _parts(content, path.name, refuse)
    if parts is not None:
        _check_xml(parts, refuse)
    if problems or parts is None:
        raise InputError(problems)
    try:
        clean = cleaned(parts, Location(str(path)))
    except Damaged as problem:
        refuse(problem.code, problem.what, problem.fix or _DAMAGED)
        raise InputError(problems) from None
    safe = SafeTemplate(write_package(clean.parts) if clean.parts != parts else content, clean.findings)
    wrong = "" if path.resolve().is_relative_to(themes_dir().resolve()) else _unreadable(safe.content)
    if wrong:
        refuse("template-damaged", f"what it holds is not as PowerPoint writes it ({wrong})", _DAMAGED)
        raise InputError(problems)
    return safe


def _unreadable(content: bytes) -> str:
    """Why python-pptx cannot read masters, layouts and placeholders, "" where it can.

    Everything that is asked of a template later is asked here once, of python-pptx alone: what it raises at that point
    is the file's fault and no bug. Templates that come with qbrgen are not asked.
    """
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    try:
        presentation = Presentation(io.BytesIO(content))
        _ = presentation.slide_width, presentation.slide_height, presentation.core_properties.title
        for slide in presentation.slides:
            _ = slide.slide_layout.name
        for master in presentation.slide_masters:
            for layout in master.slide_layouts:
                _ = layout.slide_master
            for owner in (master, *master.slide_layouts):
                _ = owner.name
                for holder in owner.placeholders:
                    _ = holder.name, holder.placeholder_format.idx, holder.placeholder_format.type
                    _ = holder.left, holder.top, holder.width, holder.height
    except (PythonPptxError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        return " ".join(str(problem).split())[:100] or type(problem).__name__
    return ""


def _parts(content: bytes, name: str, refuse: Refuse) -> dict[str, bytes] | None:
    """Every part by name; None where it is no presentation at all, once that is said."""
    if not is_zip(content):
        refuse(*no_package(content, name))
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            names = frozenset(member.filename.lower() for member in members)
            if not _is_presentation(names):
                refuse(*other_package(names))
                return None
            if not _sound(members, refuse):
                return None
            return _read(package, members, len(content), refuse)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as problem:
        told = "it is damaged, or was not copied or downloaded whole"
        refuse("template-damaged", f"{told} ({str(problem)[:80] or type(problem).__name__})", _DAMAGED)
        return None


def _is_presentation(names: frozenset[str]) -> bool:
    """By its contents page and a presentation anywhere in it: which one counts is looked up later."""
    plain = {name.replace("\\", "/") for name in names}
    return "[content_types].xml" in plain and any(
        name.startswith("ppt/") or name.rpartition("/")[2] == "presentation.xml" for name in plain
    )


def _sound(members: Iterable[zipfile.ZipInfo], refuse: Refuse) -> bool:
    """What the list of members tells before any is read."""
    members = list(members)
    if len(members) > MOST_PARTS:
        refuse("template-bomb", f"it holds {len(members):,} parts, more than {MOST_PARTS:,}", _DO_NOT_OPEN)
        return False
    twice = [name for name, count in Counter(member.filename.lower() for member in members).items() if count > 1]
    if twice:
        refuse("template-damaged", f"it holds {_few(twice)} twice", _DAMAGED)
    unsafe = [member.filename for member in members if _leads_out(member.filename)]
    if unsafe:
        refuse("template-unsafe-name", f"its parts have names that lead out of it: {_few(unsafe)}", _DO_NOT_OPEN)
    if any(member.flag_bits & 0x1 for member in members):
        fix = "Take the password off the archive, and give the .pptx or .potx as PowerPoint saves it."
        refuse("template-encrypted", "its parts are protected by a password", fix)
        return False
    return not twice and not unsafe


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _few(names: list[str]) -> str:
    shown = ", ".join(name[:80] for name in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _read(
    package: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo], packed: int, refuse: Refuse
) -> dict[str, bytes] | None:
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        chunks: list[bytes] = []
        size = 0
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                total += len(chunk)
                if total > MOST_UNPACKED or (is_xml and size > MOST_XML) or _out_of_proportion(total, packed):
                    what = f"{member.filename[:80]} unpacks to more than any template needs"
                    refuse("template-bomb", what, _DO_NOT_OPEN)
                    return None
        parts[member.filename] = b"".join(chunks)
    return parts


def _out_of_proportion(total: int, packed: int) -> bool:
    return total > _RATIO_MATTERS and total > MOST_RATIO * packed


def _check_xml(parts: dict[str, bytes], refuse: Refuse) -> None:
    """No document type (entities that grow without end are written there), no encoding that Office does not write.

    Nulls are looked past: they are half of what UTF-16 writes, with a mark at its beginning or without.
    """
    for name, content in parts.items():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        plain = content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        named = _ENCODING.match(plain)
        strange = (named and named[1].lower() not in _ENCODINGS) or plain.lstrip()[:1] not in (b"<", b"")
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or strange:
            refuse("template-unsafe-xml", f"{name[:80]} holds XML that PowerPoint never writes", _DO_NOT_OPEN)
