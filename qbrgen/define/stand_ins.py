"""Files that stand in for files of a workspace: what would be if a changed playbook were put in its place.

A stand-in lies anywhere. It is read as if it lay where the file that it stands in for lies; findings name it as it was
typed. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qbrgen.define.sources import name_of
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.nearest import instead_of, listed, nearest
from qbrgen.load.yaml_files import YamlFile, read_yaml, yaml_paths

StandIns = Mapping[str, Path]
"""A file's name within the workspace ("playbooks/sales.yml") → the file to read in its place."""

SETTINGS = "qbrgen.yml"
_TOP_LINE = re.compile(r"""^(\w+):[ \t]*["']?([^"'#\n]*?)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
_FOLDERS = {"playbook": "playbooks", "account": "accounts"}


def read_definition(path: Path, root: Path, stand_ins: StandIns) -> YamlFile:
    """One of the workspace's own files, or what stands in for it."""
    name = name_of(path, root)
    other = stand_ins.get(name)
    return read_yaml(path, name) if other is None else read_yaml(other, str(other))


def find_stand_ins(root: Path, typed: Iterable[str]) -> dict[str, Path]:
    """For which file of the workspace `root` each file typed stands in.

    typed: "FILE", which stands in for the playbook or the account that it names itself after (`playbook:`, `account:`,
    else its file name) or for the settings; or "NAME=FILE". Raises InputError with all that fit nowhere.
    """
    found: dict[str, Path] = {}
    problems: list[Finding] = []
    places = _Places(root)
    for text in dict.fromkeys(typed):
        name, file = _parts(text)
        if not file.is_file():
            problems.append(_missing(file))
            continue
        place, wrong = places.named(name, file) if name else places.of(file)
        problems += wrong
        if place in found:
            what = f"{file} and {found[place]} both stand in for {place}."
            problems.append(_error("what-if-twice", what, "Name one of them."))
        elif place:
            found[place] = file
    if problems:
        raise InputError(problems)
    return found


def _parts(text: str) -> tuple[str, Path]:
    """("", FILE) or (NAME, FILE); a file whose own name holds an = sign is a file."""
    name, sign, file = text.partition("=")
    return (name.strip(), Path(file.strip())) if sign and not Path(text).is_file() else ("", Path(text))


@dataclass(frozen=True, slots=True)
class _Place:
    """One file of the workspace that another may stand in for. ids: what it is called."""

    file: str
    kind: str
    ids: tuple[str, ...]


class _Places:
    """The files of a workspace that others may stand in for; each folder is read when it is first needed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, list[_Place]] = {"settings": [_Place(SETTINGS, "settings", ("qbrgen", SETTINGS))]}

    def named(self, name: str, file: Path) -> tuple[str, list[Finding]]:
        """The place called `name`: an id, a file's name, or its path within the workspace."""
        fits = [each for each in self._all() if name in (*each.ids, each.file)]
        if len(fits) == 1:
            return fits[0].file, []
        if fits:
            what = f"'{name}' may be any of {listed([each.file for each in fits])}."
            return "", [_error("what-if-ambiguous", what, f"Write which: --what-if {fits[0].file}={file}")]
        return "", [self._nowhere(f"there is no '{name}' in the workspace for {file} to stand in for.", name, file)]

    def of(self, file: Path) -> tuple[str, list[Finding]]:
        """The place of the file's kind that it names itself after."""
        content = read_yaml(file, str(file))
        top = _top(content)
        if not top:
            return "", [_no_definition(file, content)]
        kind = _kind(file, top)
        called = top.get(kind) or file.stem
        for name in (called, file.stem):
            for place in self._of_kind(kind):
                if kind == "settings" or name in place.ids:
                    return place.file, []
        what = f"the workspace has no {kind} '{called}' for it to stand in for."
        return "", [*content.findings, self._nowhere(what, called, file, kind)]

    def _nowhere(self, what: str, name: str, file: Path, kind: str = "") -> Finding:
        places = self._of_kind(kind) if kind else [*self._of_kind("settings"), *self._of_kind("playbook")]
        names = sorted(each.ids[0] for each in places)
        near = instead_of(name, names, f"{kind}s" if kind else "files") if names else ""
        meant = nearest(name, names) or next(iter(names), "NAME")
        example = f"Say for which it stands in: --what-if {meant}={file}"
        return _error("what-if-nowhere", what, f"{near} {example}".strip(), Location(str(file)))

    def _all(self) -> Iterator[_Place]:
        for kind in ("settings", *_FOLDERS):
            yield from self._of_kind(kind)

    def _of_kind(self, kind: str) -> list[_Place]:
        if kind not in self._read:
            paths, _ = yaml_paths(self._root / _FOLDERS[kind], _FOLDERS[kind])
            self._read[kind] = [self._place(path, kind) for path in paths]
        return self._read[kind]

    def _place(self, path: Path, kind: str) -> _Place:
        name = name_of(path, self._root)
        own = _top(read_yaml(path, name)).get(kind)
        return _Place(name, kind, tuple(dict.fromkeys(each for each in (own, path.stem) if each)))


def _top(file: YamlFile) -> dict[str, str]:
    """The keys at the top of a file, with their values where these are text; of a file that is not YAML too."""
    if isinstance(file.value, dict):
        return {key: value if isinstance(value, str) else "" for key, value in file.value.items()}
    return {match[1]: match[2] for match in _TOP_LINE.finditer(file.text)}


def _kind(file: Path, top: Mapping[str, str]) -> str:
    """What a file is, by what stands in it; one that tells nothing is taken for a playbook."""
    if file.name == SETTINGS or top.keys() & {"vendor", "data", "rules"}:
        return "settings"
    of_account = top.keys() & {"account", "overrides", "outcome", "impact"}
    return "account" if of_account and "personas" not in top else "playbook"


def _missing(file: Path) -> Finding:
    what = f"'{file}' is a folder, not a file." if file.exists() else f"there is no file '{file}'."
    return _error("what-if-missing", what, _COPY)


_COPY = "Name a changed copy of a playbook, of an account's file or of qbrgen.yml: --what-if FILE"


def _no_definition(file: Path, content: YamlFile) -> Finding:
    """A file in which nothing tells what it is: most often an empty one, or a table."""
    if all(line.lstrip().startswith("#") for line in content.text.splitlines() if line.strip()):
        what = "the file is empty."
    else:
        what = "this is no playbook, no account's file and no qbrgen.yml."
    return _error("what-if-no-definition", what, _COPY, Location(str(file)))


def _error(code: str, what: str, fix: str, where: Location | None = None) -> Finding:
    return Finding(Level.ERROR, code, what, fix, where)
