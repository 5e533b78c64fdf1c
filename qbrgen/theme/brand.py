"""A `_brand.yml`, read with its own library. What the library refuses is set aside with a note, the rest is used."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Any

import yaml

from qbrgen.errors import Finding, Level, Location

_ROUNDS = 30  # a file with more separate mistakes than this is read without its colours, fonts and logos
_MOST_BYTES = 1_000_000
_MOST_PARTS = 20_000  # values, those that an alias repeats counted each time
_SCHEMA = "See the brand.yml schema."
_DEFAULTS = "The default look is used."
_OF_LIBRARY = re.compile(r"(?:Posix|Windows)Path\((?P<name>'[^']*')\)")
Place = tuple[str, ...]


class Notes:
    """Notes about one file, each once: with the line of the part that it is about, where that is known."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[Finding] = []
        self.lines: dict[Place, int] = {}

    def __call__(self, code: str, what: str, fix: str = "", at: Place = (), line: int | None = None) -> None:
        """at: keys that lead to the part; the line is that of the deepest of them that the file has."""
        for end in range(len(at), 0, -1):
            line = line or self.lines.get(at[:end])
        if not any((code, what) == (finding.code, finding.what) for finding in self.found):
            self.found.append(Finding(Level.NOTE, code, what, fix, Location(str(self.path), line)))


def read_brand(note: Notes) -> Any:
    """The `brand_yml.Brand` in the file that `note` is of; what its schema refuses is left out, each with a note.

    A file that is no YAML mapping at all counts as empty: every role then has its default.
    """
    from brand_yml import Brand
    from pydantic import ValidationError

    data = _mapping(note)
    for _ in range(_ROUNDS):
        try:
            return Brand.model_validate({**data, "path": note.path.absolute()})
        except ValidationError as error:
            problems = {_place(data, tuple(problem["loc"])): str(problem["msg"]) for problem in error.errors()}
        except Exception as error:  # the library raises classes of its own for circular names and the like
            problems = {_place(data, ("color",)): str(error)}
        deepest = [at for at in problems if at and not any(at == other[: len(at)] for other in problems if other != at)]
        for at in deepest:
            _drop(data, at, problems[at], note)
        if not deepest:
            break
    note("brand-unreadable", "Too much of this file does not follow the brand.yml schema.", _SCHEMA)
    return Brand.model_validate({})


def _mapping(note: Notes) -> dict[str, Any]:
    """What the file holds, and the line of each part, in `note`."""
    try:
        text = _text(note)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is not None:
            _number(node, (), note, [_MOST_PARTS])
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"This file is no YAML: {getattr(error, 'problem', None) or _first_line(error)}."
        note("brand-unreadable", what, _DEFAULTS, line=mark.line + 1 if mark else None)
        return {}
    except RecursionError:
        note(
            "brand-unreadable", "This file cannot be read: a part of it holds itself, or is nested too deep.", _DEFAULTS
        )
        return {}
    except (OSError, ValueError) as error:
        note("brand-unreadable", f"This file cannot be read: {_first_line(error)}.", _DEFAULTS)
        return {}
    if not isinstance(data, dict):
        held = "holds a list, no settings" if isinstance(data, list) else "holds a single text, no settings"
        held = "is empty" if data is None else held
        note("brand-unreadable", f"This file {held}.", _DEFAULTS)
        return {}
    given = {str(key): value for key, value in data.items() if value is not None}
    return given | ({"logo": _relative_logos(given["logo"])} if "logo" in given else {})


def _text(note: Notes) -> str:
    """The file as text. Raises ValueError for one that is none."""
    content = note.path.read_bytes()
    if len(content) > _MOST_BYTES:
        raise ValueError(f"it has {len(content):,} bytes, a brand file has a few thousand")
    marks = (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")
    encoding = next((name for mark, name in marks if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "windows-1252", content.decode("cp1252", errors="replace")
    if encoding in ("utf-16", "windows-1252"):
        note("brand-encoding", f"This file is not in UTF-8; it was read as {encoding}.", "Save it as UTF-8.")
    return text


def _number(node: yaml.Node, place: Place, note: Notes, left: list[int]) -> None:
    """Note the line of every part, and keys that stand twice. left: how many parts more may come."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError(f"it holds more than {_MOST_PARTS:,} parts")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in seen:
                what = f"{'.'.join((*place, name))} stands here a second time."
                note("brand-key-twice", what, "The last one counts.", line=line)
            seen.add(name)
            note.lines[(*place, name)] = line
            _number(value, (*place, name), note, left)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            note.lines[(*place, str(at))] = value.start_mark.line + 1
            _number(value, (*place, str(at)), note, left)


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["unknown problem"])[0].rstrip(".")


def _place(data: Any, said: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of `data` that a problem is about, () for none.

    The library tries each member of a union and names it in its place: such steps are passed over.
    """
    node: Any = data
    found: tuple[str | int, ...] = ()
    for step in said:
        in_list = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if in_list or (isinstance(node, dict) and step in node):
            node, found = node[step], (*found, step)
        elif not found:
            return ()
    return found


def _drop(data: dict[str, Any], place: tuple[str | int, ...], why: str, note: Notes) -> None:
    """Take a part out of `data`, and what holds nothing without it."""
    at = tuple(map(str, place))
    why = _OF_LIBRARY.sub(r"\g<name>", _first_line(why).removeprefix("Value error, "))
    note("brand-part-ignored", f"{'.'.join(at)} is set aside: {why}.", _SCHEMA, at=at)
    while place:
        holder: Any = data
        for step in place[:-1]:
            holder = holder[step]
        del holder[place[-1]]
        place = place[:-1]
        if holder:
            return


def _relative_logos(logo: Any) -> Any:
    """Logo paths from the root of a web site ("/img/logo.svg") read as from the theme's folder."""
    if isinstance(logo, str):
        return logo.lstrip("/") or None
    if isinstance(logo, dict):
        return {key: _relative_logos(value) for key, value in logo.items()}
    return logo
