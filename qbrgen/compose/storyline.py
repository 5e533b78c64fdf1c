"""Storylines: which slides a deck has, in which order and sections. Data, so that a user changes them without Python.

sections:
  - section: opening            # named by the label `section-opening`; or give `heading: Our own words`
    slides: [title, sentence]
needs_below: 5                  # with fewer content slides than this, the slide `needs` takes its place
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.yaml_files import YamlFile, read_yaml
from qbrgen.resources import templates_dir

PROMISES = "promises"
WINS = ("people", "workflows", "direction", "impact")
"""The slides that may tell of success: a missed promise is shown before the first of them."""
_OPENING = ("title", "sentence", "bought")


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a deck. heading: literal words, or "" for the label `section-<section>`."""

    section: str
    slides: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Storyline:
    """The order of a deck. needs_below: fewer content slides than this bring the slide "needs". file: of it."""

    name: str
    parts: tuple[Part, ...]
    needs_below: int = 5
    file: str = ""

    @property
    def slides(self) -> tuple[str, ...]:
        return tuple(key for part in self.parts for key in part.slides)


def load_storyline(name: str, root: Path | None, known: Collection[str]) -> Storyline:
    """The storyline `name` from the workspace's templates/storylines/ (below `root`), else from those shipped.

    known: every slide key that there is. Raises InputError with every finding: no such storyline, YAML that cannot be
    read, a section without slides, a slide that is unknown or listed twice.
    """
    own = [(root / "templates" / "storylines", "templates/storylines")] if root else []
    folders = [*own, (templates_dir() / "storylines", "storylines")]
    there = {path.stem for folder, _ in folders if folder.is_dir() for path in folder.glob("*.yml") if path.is_file()}
    for folder, said in folders:
        path = folder / f"{name}.yml"
        if name in there and path.is_file():  # a name, and no path to elsewhere
            reader = _Reader(read_yaml(path, f"{said}/{name}.yml"), known)
            storyline = reader.storyline(name)
            if reader.findings:
                raise InputError(list(dict.fromkeys(reader.findings)))
            return replace(storyline, file=f"{said}/{name}.yml")
    near = get_close_matches(name, there, n=1)
    fix = (f"Did you mean {near[0]!r}? " if near else "") + f"Choose one of: {', '.join(sorted(there))}."
    raise InputError([Finding(Level.ERROR, "unknown-storyline", f"There is no storyline {name!r}.", fix)])


def with_promises(story: Storyline, missed: int) -> tuple[Storyline, tuple[Finding, ...]]:
    """The storyline with the slide of promises before the first win, where `missed` of them were, and what the CSM is
    told of the change; as it is where none was missed, or where it has the slide in time.
    """
    slides = story.slides
    wins = [place for place, key in enumerate(slides) if key in WINS]
    there = slides.index(PROMISES) if PROMISES in slides else None
    if not missed or (there is not None and (not wins or there < wins[0])):
        return story, ()
    before = slides[wins[0]] if wins else next((key for key in slides if key not in _OPENING), "")
    parts = tuple(replace(part, slides=_put_in(part.slides, before)) for part in story.parts)
    parts = tuple(part for part in parts if part.slides)
    if not before:  # an opening alone
        parts = (*parts[:-1], replace(parts[-1], slides=(*parts[-1].slides, PROMISES)))
    return replace(story, parts=parts), (_put_in_anyway(story, missed, before, late=there is not None),)


def _put_in(slides: tuple[str, ...], before: str) -> tuple[str, ...]:
    """One section's slides, with that of promises before `before` and nowhere else."""
    others = [key for key in slides if key != PROMISES]
    if before in others:
        others.insert(others.index(before), PROMISES)
    return tuple(others)


def _put_in_anyway(story: Storyline, missed: int, before: str, *, late: bool) -> Finding:
    promises = "1 promise was" if missed == 1 else f"{missed} promises were"
    has = f"has the slide '{PROMISES}' after '{before}'" if late else f"has no slide '{PROMISES}'"
    where = f"before '{before}'" if before else "at its end"
    what = f"The storyline {has}, and {promises} missed: the slide is put in {where}."
    fix = f"Put {PROMISES} {where} in the storyline; it drops out by itself where nothing was promised."
    return Finding(Level.WARNING, "promises-put-in", what, fix, Location(story.file) if story.file else None)


class _Reader:
    """Checks what a storyline file holds, and collects findings."""

    def __init__(self, file: YamlFile, known: Collection[str]) -> None:
        self.file, self.known = file, known
        self.findings: list[Finding] = list(file.findings)
        self.told: set[str] = set()

    def storyline(self, name: str) -> Storyline:
        if self.findings:
            return Storyline(name, ())
        if not isinstance(self.file.value, dict):
            held = "is empty" if self.file.value is None else "holds no fields"
            self.find("storyline-sections", f"The storyline {held}.", "Write sections: and a list below it.")
            return Storyline(name, ())
        fields = self.fields(("sections", "needs_below"))
        sections = fields.get("sections")
        if not isinstance(sections, list) or not sections:
            self.find("storyline-sections", "A storyline lists sections.", "Write sections: and a list below it.")
            return Storyline(name, ())
        below = fields.get("needs_below", 5)
        if not isinstance(below, int) or isinstance(below, bool) or below < 0:
            what = f"needs_below is {below!r}, not a whole number."
            self.find("storyline-needs-below", what, "Write needs_below: 5.", "needs_below")
            below = 5
        return Storyline(name, tuple(self.part(place) for place in range(len(sections))), below)

    def part(self, place: int) -> Part:
        at = ("sections", place)
        if not isinstance(self.file.value["sections"][place], dict):
            self.find("storyline-form", "Fields are expected here.", "Write section: and slides: below a dash.", *at)
            return Part("", ())
        fields = self.fields(("section", "heading", "slides"), *at)
        section, heading = str(fields.get("section") or ""), str(fields.get("heading") or "")
        if not (section or heading):
            self.find("storyline-section-name", "This section has no name.", "Write section: opening.", *at)
        slides = fields.get("slides")
        if not isinstance(slides, list) or not slides:
            self.find("storyline-slides", "This section lists no slides.", "Write slides: [people, workflows].", *at)
            slides = []
        for number, key in enumerate(slides):
            self.slide(str(key), *at, "slides", number)
        return Part(section, tuple(str(key) for key in slides), heading)

    def slide(self, key: str, *at: str | int) -> None:
        if key not in self.known:
            self.find("unknown-slide", f"There is no slide {key!r}.", f"Choose from: {', '.join(self.known)}.", *at)
        elif key in self.told:
            self.find("slide-listed-twice", f"The slide {key!r} is listed twice.", "Keep one of the two.", *at)
        self.told.add(key)

    def fields(self, allowed: tuple[str, ...], *at: str | int) -> dict[str, Any]:
        value = self.file.value
        for step in at:
            value = value[step]
        assert isinstance(value, dict)
        for key in value:
            if key not in allowed:
                self.find(
                    "storyline-field", f"{key!r} means nothing here.", f"Choose from: {', '.join(allowed)}.", *at, key
                )
        return value

    def find(self, code: str, what: str, fix: str, *at: str | int) -> None:
        self.findings.append(Finding(Level.ERROR, code, what, fix, self.file.at(*at)))
