"""Wording files → entries: the files of a folder, each nested mapping as keys joined by dots ("who.all")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.yaml_files import YamlFile, read_yaml, yaml_paths


@dataclass(frozen=True, slots=True)
class Entry:
    """One template as written. own: it is the workspace's, so that its errors are the user's. line: of its key."""

    key: str
    source: str
    file: str
    line: int
    own: bool
    block: bool = False

    def at(self, line: int | None = None) -> Location:
        """Where it stands; `line` counts within the template, from 1."""
        return Location(self.file, self.line + ((line or 1) - 1) + int(self.block and line is not None))


def read_entries(folder: Path, name: str, own: bool, findings: list[Finding]) -> dict[str, Entry]:
    """Every entry of a folder by its key; what is wrong goes into `findings`. name: how they call the folder."""
    paths, problems = yaml_paths(folder, name)
    findings += problems
    entries: dict[str, Entry] = {}
    for path in paths:
        file = read_yaml(path, f"{name}/{path.relative_to(folder).as_posix()}")
        findings += file.findings
        if file.value is None:
            continue
        if not isinstance(file.value, dict):
            findings.append(
                wording_error("wording-not-a-mapping", "the file is not a list of `key: words`.", "", file.at())
            )
            continue
        written = file.text.splitlines()
        for entry in _entries(file, written, file.value, (), own, findings):
            first = entries.setdefault(entry.key, entry)
            if first is not entry:
                what = f"the entry '{entry.key}' is here a second time (first at {first.at()})."
                findings.append(wording_error("duplicate-wording", what, "Keep one of the two.", entry.at()))
    return entries


def _entries(
    file: YamlFile,
    written: Sequence[str],
    value: Mapping[str, Any],
    place: tuple[str, ...],
    own: bool,
    findings: list[Finding],
) -> Iterable[Entry]:
    """written: the file's lines."""
    for key, item in value.items():
        here = (*place, key)
        if isinstance(item, dict):
            yield from _entries(file, written, item, here, own, findings)
        elif isinstance(item, str):
            where = file.at(*here)
            line = written[where.line - 1] if where.line else ""
            block = bool(re.search(r":\s+[|>][-+]?\s*(#.*)?$", line))
            yield Entry(".".join(here), item, where.file, where.line or 1, own, block)
        else:
            what = f"'{'.'.join(here)}' is not text."
            findings.append(wording_error("wording-not-text", what, "Put the words in quotes.", file.at(*here)))


def wording_error(code: str, what: str, fix: str, where: Location | None = None) -> Finding:
    """An error in a wording file."""
    return Finding(Level.ERROR, code, what, fix, where)
