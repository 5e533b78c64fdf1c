"""The files of templates: those that come with qbrgen, a workspace's own, and what is wrong with these before they run.

A workspace's templates/ has the folders of qbrgen's own: a page or a storyline there takes the place of the one that
is called so, an entry of wording that of the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, meta, nodes

from qbrgen.errors import Finding, Level, Location
from qbrgen.render.templates import Sandbox
from qbrgen.resources import templates_dir

PAGES = ("brief", "talk-track")
"""Folders of HTML, CSS and SVG, which are checked before anything is made."""
_NOT_OURS = ("lint",)  # what the lint looks for is not a workspace's to change
_OF_PAGES = (".html", ".css", ".svg")
_MOST_BYTES = 1_000_000
_SPECIAL = ("loop", "caller", "varargs", "kwargs", "self", "super")  # names that Jinja2 gives
_SHIPPED = "Compare it with the one that comes with qbrgen, or delete it to use that one."


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One template that comes with qbrgen. name: below templates/ ("brief/style.css"). own: the workspace's, if any."""

    name: str
    shipped: Path
    own: Path | None

    @property
    def changed(self) -> bool:
        """Whether the workspace's own says something else than the one that comes with qbrgen."""
        return self.own is not None and self.own.read_bytes() != self.shipped.read_bytes()

    @property
    def says(self) -> str:
        """What it is for: the first sentence of its opening comment."""
        text = self.shipped.read_text(encoding="utf-8")
        if text.startswith("{#"):
            said = text[2 : text.index("#}")]
        else:
            lines = text.splitlines()
            end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
            said = " ".join(line.lstrip("# ") for line in lines[:end])
        said = " ".join(said.split())
        return said.partition(". ")[0].rstrip(".") + "."


def template_files(root: Path | None) -> list[TemplateFile]:
    """Every template that a workspace may change, by name. root: of the workspace, None for none."""
    ours = templates_dir()
    found = sorted(path for path in ours.rglob("*") if path.suffix in (*_OF_PAGES, ".yml") and path.is_file())
    named = [
        (path.relative_to(ours).as_posix(), path) for path in found if path.relative_to(ours).parts[0] not in _NOT_OURS
    ]
    return [TemplateFile(name, path, _own(root, name)) for name, path in named]


def _own(root: Path | None, name: str) -> Path | None:
    path = root / "templates" / name if root else None
    return path if path is not None and path.is_file() else None


# ---- what is wrong with a workspace's own ---------------------------------------------------------------------------


def template_findings(root: Path) -> list[Finding]:
    """What is wrong with a workspace's templates of pages, as far as it is seen without running them."""
    folders = [(group, root / "templates" / group) for group in PAGES]
    return [finding for group, folder in folders if folder.is_dir() for finding in _Folder(group, folder).findings()]


class _Folder:
    """The templates of one kind of page in a workspace."""

    def __init__(self, group: str, folder: Path) -> None:
        self.group, self.folder = group, folder
        self.environment, self.given = _environment(group, folder)
        self.parsed: dict[str, nodes.Template] = {}
        self.included: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        paths = sorted(path for path in self.folder.rglob("*") if path.suffix in _OF_PAGES and path.is_file())
        own = {path.relative_to(self.folder).as_posix(): path for path in paths}
        for name, path in own.items():
            yield from self._parsed(name, path)
        shipped = templates_dir() / self.group
        names = {path.relative_to(shipped).as_posix() for path in shipped.rglob("*") if path.is_file()}
        needed = {name for tree in self.parsed.values() for name in meta.find_referenced_templates(tree)}
        for name, path in own.items():
            drawn = name.startswith("svg/") or None in needed  # by a name that is put together
            if name not in names | needed and not drawn:
                what = f"Nothing uses this file: {self.group} has {', '.join(sorted(names))}."
                fix = "Give it the name of the one that it is to replace, or delete it."
                yield Finding(Level.WARNING, "template-unused", what, fix, Location(str(path)))
        for name in self.parsed:
            yield from self._faults(name, own[name], names | own.keys())

    def _parsed(self, name: str, path: Path) -> Iterator[Finding]:
        where = Location(str(path))
        if not path.resolve().is_relative_to(self.folder.resolve()):
            yield _error(
                "It is a link to a file elsewhere: only what lies in this folder is read.", where, "Copy the file."
            )
            return
        content = path.read_bytes()
        if len(content) > _MOST_BYTES:
            what = f"It has {len(content):,} bytes; a template has a few thousand."
            yield _error(what, where, "Embed fewer pictures, or make them smaller.")
            return
        try:
            tree = self.environment.parse(content.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            yield _error("It is not UTF-8 text.", Location(str(path), line), "Save it as UTF-8.")
        except TemplateSyntaxError as fault:
            yield _error(f"{(fault.message or 'It cannot be read').rstrip('.')}.", Location(str(path), fault.lineno))
        except RecursionError:
            yield _error("It is nested too deeply.", where)
        else:
            self.parsed[name] = tree
            self.included |= {str(each) for node in tree.find_all(nodes.Include) for each in _constants(node.template)}

    def _faults(self, name: str, path: Path, files: Collection[str]) -> Iterator[Finding]:
        """Filters, tests, variables and files that there are not. One that is included sees what stands around it."""
        tree, included = self.parsed[name], name in self.included
        for kind, there in ((nodes.Filter, self.environment.filters), (nodes.Test, self.environment.tests)):
            for node in tree.find_all(kind):
                if node.name not in there:
                    word = kind.__name__.lower()
                    own = _listed(there, "Filters of qbrgen") if kind is nodes.Filter else ""
                    yield _error(f"There is no {word} '{node.name}'.", Location(str(path), node.lineno), own)
        for line, each in _references(tree):
            if each not in files:
                fix = f"There are {', '.join(sorted(files))}."
                yield _error(f"There is no template '{each}'.", Location(str(path), line), fix)
        given = self.given(name)
        if given is not None and not included:
            known = {*given, *self.environment.globals, *_SPECIAL, *_made_names(tree)}
            unknown = {node.name: node.lineno for node in _reversed(tree) if node.name not in known}
            for each, line in sorted(unknown.items()):
                fix = f"There are {', '.join(sorted(given))}."
                yield _error(f"There is no variable '{each}'.", Location(str(path), line), fix)


def _reversed(tree: nodes.Template) -> list[nodes.Name]:
    """Every name that is read, the last one first."""
    return [node for node in tree.find_all(nodes.Name) if node.ctx == "load"][::-1]


def _made_names(tree: nodes.Template) -> Iterator[str]:
    """Names that a template gives to something itself."""
    yield from (node.name for node in tree.find_all(nodes.Name) if node.ctx != "load")
    yield from (node.name for node in tree.find_all(nodes.Macro))
    yield from (node.target for node in tree.find_all(nodes.Import))
    for node in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in node.names)


def _environment(group: str, folder: Path) -> tuple[Sandbox, Callable[[str], Collection[str] | None]]:
    """The sandbox of one kind of page, and what each of its templates is given: None where nobody knows."""
    if group == "talk-track":
        from qbrgen.render.html import write

        return write.environment(folder), lambda _name: write.VARIABLES
    from qbrgen.render.pdf import html

    return html.environment(folder), html.variables_of


def _references(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """(line, name) of every template that another cannot do without, where the name is written out."""
    for kind in (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends):
        for node in tree.find_all(kind):
            found: Any = node
            if not getattr(found, "ignore_missing", False):
                yield from ((found.lineno, name) for name in _constants(found.template))


def _constants(names: nodes.Expr) -> list[str]:
    """Names of templates that are written out."""
    found = names.items if isinstance(names, nodes.List | nodes.Tuple) else [names]
    return [str(each.value) for each in found if isinstance(each, nodes.Const)]


def _listed(there: Mapping[str, object], what: str) -> str:
    from jinja2.filters import FILTERS

    return f"{what}: {', '.join(sorted(set(there) - set(FILTERS)))}; and those of Jinja2."


def _error(what: str, where: Location, fix: str = _SHIPPED) -> Finding:
    return Finding(Level.ERROR, "template", what, fix or _SHIPPED, where)
