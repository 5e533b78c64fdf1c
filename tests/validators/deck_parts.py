"""A PPTX as its parts: XML, relationships, slides in order. Knows no qbrgen."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMU = 12700


class Deck:
    """The parts of a PPTX, parsed."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.names = package.namelist()
            self.parts = {name: package.read(name) for name in self.names}
        self._parsed: dict[str, Any] = {}

    def xml(self, name: str) -> Any:
        if name not in self._parsed:
            self._parsed[name] = etree.fromstring(self.parts[name])
        return self._parsed[name]

    def links(self, name: str) -> list[tuple[str, str, str, bool]]:
        """(id, kind, target part, external) of a part's relationships; those of the package for ""."""
        folder, file = posixpath.split(name)
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if rels not in self.parts:
            return []
        found = []
        for link in self.xml(rels):
            external = link.get("TargetMode") == "External"
            target = link.get("Target")
            where = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((link.get("Id"), link.get("Type").rsplit("/", 1)[-1], where, external))
        return found

    def linked(self, name: str, kind: str) -> list[str]:
        """The parts that a part's relationships of one kind lead to."""
        return [target for _, what, target, _ in self.links(name) if what == kind]

    def slides(self) -> list[str]:
        """Slide parts in the order of the presentation."""
        by_id = {link: target for link, _, target, _ in self.links("ppt/presentation.xml")}
        return [by_id[one.get(f"{R}id")] for one in self.xml("ppt/presentation.xml").iter(f"{P}sldId")]

    def layout(self, slide: str) -> str:
        """The layout of a slide."""
        return self.linked(slide, "slideLayout")[0]

    def master(self, slide: str) -> str:
        """The master of a slide."""
        return self.linked(self.layout(slide), "slideMaster")[0]

    def all_of(self, folder: str) -> list[str]:
        """The XML parts that lie in a folder of ppt/."""
        return [name for name in self.names if name.startswith(f"ppt/{folder}/") and name.endswith(".xml")]
