"""YAML files → plain values, with the line of every key and item.

Scalars follow the core schema of YAML 1.2, so that `no` and `on` stay text, with two differences that protect ids:
whole numbers with leading zeros (0042) and hexadecimal ones stay text. Dates stay text. Everything that is wrong
becomes a finding with file and line; nothing a user can write raises.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from qbrgen.errors import Finding, Level, Location

Place = tuple[str | int, ...]

_PLAIN = "plain"
_TAG = "tag:yaml.org,2002:"
_STR, _MAP, _SEQ = _TAG + "str", _TAG + "map", _TAG + "seq"
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_ZEROS = re.compile(r"[-+]?0[0-9]+")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_MOST_NODES = 200_000  # aliases of aliases can unfold without end
_LONGEST_NUMBER = 40
_DEEPEST = 100

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Composes nodes; plain scalars keep a tag of their own, so that they are resolved here and not by YAML 1.1."""

    def resolve(self, kind: Any, _value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return _PLAIN if implicit[0] else _STR
        return _SEQ if kind is yaml.SequenceNode else _MAP

    def descend_resolver(self, _parent: Any, _index: Any) -> None:
        """Called by the composer before each node; the one written in C would crash on deep nesting."""
        self._depth: int = getattr(self, "_depth", 0) + 1
        if self._depth > _DEEPEST:
            raise _TooMuchError

    def ascend_resolver(self) -> None:
        self._depth -= 1


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file as read.

    name: how findings call it (relative to the workspace). value: mappings, lists, text, numbers, booleans and None.
    lines: place (keys and list positions from the top) → line, from 1. text: as it stands in the file, "" when it
    could not be read.
    """

    name: str
    value: Any = None
    lines: Mapping[Place, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    text: str = ""

    def at(self, *place: str | int) -> Location:
        """Where a value is written; for one that is not there, the nearest thing around it."""
        for length in range(len(place), -1, -1):
            line = self.lines.get(place[:length])
            if line is not None:
                return Location(self.name, line)
        return Location(self.name)

    def has(self, *place: str | int) -> bool:
        """Whether something is written there; a key with nothing after it is not."""
        holder = self.value
        for part in place:
            try:
                holder = holder[part]
            except (KeyError, IndexError, TypeError):
                return False
        return holder is not None


def yaml_paths(folder: Path, name: str) -> tuple[list[Path], list[Finding]]:
    """Every .yml and .yaml file under a folder, sorted; hidden ones are left alone. A missing folder has none."""
    findings: list[Finding] = []
    if not folder.exists():
        return [], findings
    if not folder.is_dir():
        what = f"{name} is a file, not a folder."
        return [], [_error("not-a-folder", Location(name), what, "Make it a folder of .yml files.")]

    def unreadable(error: OSError) -> None:
        findings.append(_error("unreadable", Location(name), f"the folder cannot be read: {error.strerror}.", _RIGHTS))

    paths: list[Path] = []
    for where, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        paths += [Path(where, each) for each in files if each.endswith((".yml", ".yaml")) and not each.startswith(".")]
    return sorted(paths), findings


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file. name: how findings call it. Never raises for what a file may hold; see `YamlFile.findings`."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        missing = _error("file-missing", Location(name), "the file is not there.", _missing(path))
        return YamlFile(name, findings=(missing,))
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}."
        return YamlFile(name, findings=(_error("unreadable", Location(name), what, _RIGHTS),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"the file is not UTF-8 text (byte 0x{raw[error.start]:02x})."
        return YamlFile(name, findings=(_error("not-utf-8", Location(name, line), what, "Save it as UTF-8."),))
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Parse the text of a file; see `read_yaml`."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        reader = _Reader(name)
        value = reader.value(node, ()) if node is not None else None
    except yaml.YAMLError as error:
        return YamlFile(name, findings=(_syntax(error, text, name),), text=text)
    except (RecursionError, _TooMuchError):
        what = "the file is nested too deeply, or its aliases unfold without end."
        return YamlFile(name, findings=(_error("yaml-too-deep", Location(name), what, "Write it flatter."),), text=text)
    return YamlFile(name, value, reader.lines, tuple(reader.findings), text)


class _TooMuchError(Exception):
    """More nodes than any definition has."""


class _Reader:
    """Nodes → plain values; notes lines and findings on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.findings: list[Finding] = []
        self._nodes = 0

    def value(self, node: Any, place: Place) -> Any:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise _TooMuchError
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if node.tag not in (_MAP, _SEQ):
            self._unknown_tag(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, place)

    def _mapping(self, node: Any, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                what = "a key must be a word, not a list or a mapping."
                self._wrong("key-not-text", line, what, "Write `key: value`.")
                continue
            key: str = key_node.value
            if key in found:
                first = self.lines[(*place, key)]
                what = f"the key '{key}' is here a second time (first on line {first})."
                self._wrong("duplicate-key", line, what, "Keep one of the two.")
                continue
            self.lines[(*place, key)] = line
            found[key] = self.value(value_node, (*place, key))
        return found

    def _scalar(self, node: Any) -> Any:
        text: str = node.value
        tag: str = node.tag
        if tag in (_STR, "!"):
            return text
        if tag != _PLAIN and tag not in (_TAG + "int", _TAG + "float", _TAG + "bool", _TAG + "null"):
            self._unknown_tag(node)
            return text
        return core_scalar(text)

    def _unknown_tag(self, node: Any) -> None:
        tag = str(node.tag).removeprefix(_TAG)
        self._wrong("unknown-tag", node.start_mark.line + 1, f"the tag '{tag}' means nothing here.", "Leave it out.")

    def _wrong(self, code: str, line: int, what: str, fix: str) -> None:
        self.findings.append(_error(code, Location(self.name, line), what, fix))


def core_scalar(text: str) -> Any:
    """An unquoted scalar by the core schema of YAML 1.2, with the two differences of this module."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if len(text) <= _LONGEST_NUMBER and not _ZEROS.fullmatch(text):
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text


_RIGHTS = "Check that it is a file that you may read."


def _error(code: str, where: Location, what: str, fix: str) -> Finding:
    return Finding(Level.ERROR, code, what, fix, where)


def _missing(path: Path) -> str:
    other = path.with_suffix(".yaml" if path.suffix == ".yml" else ".yml")
    return f"Rename {other.name} to {path.name}." if other.exists() else f"Write {path.name} in {path.parent}."


def _syntax(error: yaml.YAMLError, text: str, name: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    line = mark.line + 1 if mark is not None else None
    position = getattr(error, "position", None)
    if line is None and isinstance(position, int):
        line = text.count("\n", 0, position) + 1
    if isinstance(error, yaml.composer.ComposerError) and "document" in (error.context or ""):
        problem = "a second document begins with ---"
    where = Location(name, min(line, text.count("\n") + 1) if line else None)
    written = text.split("\n")[line - 1] if line and line <= text.count("\n") + 1 else ""
    return _error("yaml-syntax", where, f"this is not YAML: {problem}.", _advice(problem, written))


def _advice(problem: str, line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if "mapping values" in problem:
        return "Put quotes around text that holds a colon, and check the indentation."
    if "\t" in indent:
        return "Indent with spaces, not tabs."
    if "document" in problem:
        return "Keep one document to a file."
    if "cannot start any token" in problem:
        return "Put quotes around text that begins with a sign such as @, % or `."
    return "Check the indentation, brackets and quotes on this line and the one before."
