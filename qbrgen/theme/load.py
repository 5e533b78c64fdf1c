"""Finding a theme and reading its folder into a `Theme`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.resources import themes_dir
from qbrgen.theme.brand import Notes, read_brand
from qbrgen.theme.colour import is_light
from qbrgen.theme.logo import read_logo
from qbrgen.theme.model import ARRANGEMENTS, Theme
from qbrgen.theme.palette import on_paper, palette_of
from qbrgen.theme.typefaces import typeface

_LONGEST_NAME = 200
_PROPOSED = "Until then the map that is proposed for the template is used."


def load_theme(name: str, root: Path | None = None) -> Theme:
    """The theme `name` from the workspace's own themes/ (below `root`), else from those that come with qbrgen.

    Raises InputError, listing the themes there are, when there is none of that name. Sloppy brand files fall back, with
    findings.
    """
    folders = theme_folders(root)
    folder = folders.get(name)
    if folder is None and root and (root / "themes" / name).is_dir() and name.strip("./\\"):
        raise InputError([_no_theme(root / "themes" / name)])
    if folder is None:
        near = difflib.get_close_matches(name, folders, n=1)
        fix = (f"Did you mean {near[0]!r}? " if near else "") + f"There are: {', '.join(sorted(folders))}."
        raise InputError([Finding(Level.ERROR, "theme-not-found", f"There is no theme {name!r}.", fix)])
    return read_theme(folder)


def _no_theme(folder: Path) -> Finding:
    """What a folder among a workspace's themes lacks to be one."""
    what = f"The folder {folder} holds no file _brand.yml, so it is no theme."
    alike = sorted(path.name for path in folder.iterdir() if path.is_file() and "brand" in path.name.lower())
    fix = f"Rename {alike[0]} to _brand.yml." if alike else "Write one, or make the theme with `qbrgen theme add`."
    return Finding(Level.ERROR, "theme-not-found", what, fix)


def theme_folders(root: Path | None = None) -> dict[str, Path]:
    """Every theme there is, by name; a workspace's own goes before one of the same name that comes with qbrgen."""
    places = [themes_dir()] + ([root / "themes"] if root else [])
    return {
        folder.name: folder
        for place in places
        if place.is_dir()
        for folder in sorted(place.iterdir())
        if (folder / "_brand.yml").is_file()
    }


def read_theme(folder: Path) -> Theme:
    """The theme in `folder`: its brand file, with the template and the logo that lie beside it."""
    findings: list[Finding] = []
    note = Notes(folder / "_brand.yml")
    brand = read_brand(note)
    semantic: Mapping[str, object] = brand.color.model_dump(exclude={"palette"}) if brand.color else {}
    named: Mapping[str, object] = (brand.color.palette or {}) if brand.color else {}
    palette = palette_of(semantic, named, note)
    printed = None if is_light(palette.background) else on_paper(semantic, named)
    arrangement = _arrangement(brand, note)
    logo = read_logo(brand, folder, palette.background, note)
    page = read_logo(brand, folder, printed.background, note) if printed else logo
    template = next((folder / name for name in ("template.pptx", "template.potx") if (folder / name).is_file()), None)
    return Theme(
        name=folder.name,
        folder=folder,
        brand=_brand_name(brand) or folder.name,
        palette=palette,
        heading=typeface(brand, "headings", folder, note),
        body=typeface(brand, "base", folder, note),
        logo=page.page if page else None,
        logo_picture=logo.slide if logo else None,
        logo_alt=(_line(logo.alt) if logo else "") or _brand_name(brand),
        template=template,
        layouts=_layouts(folder / "template.yml", findings) if template else {},
        findings=tuple(dict.fromkeys((*note.found, *findings))),
        printed=printed,
        arrangement=arrangement,
    )


def _brand_name(brand: Any) -> str:
    name = brand.meta.name if brand.meta else None
    return _line(getattr(name, "short", None) or getattr(name, "full", None) or (name if isinstance(name, str) else ""))


def _line(text: object) -> str:
    """A text as one line of characters that can be seen: what XML and PDF cannot hold is left out."""
    kept = "".join(character if character.isprintable() else " " for character in str(text or ""))
    return " ".join(kept.split())[:_LONGEST_NAME]


def _arrangement(brand: Any, note: Notes) -> str:
    """defaults.qbrgen.arrangement: the place that brand.yml has for what only one program knows."""
    own = (brand.defaults or {}).get("qbrgen")
    name = own.get("arrangement") if isinstance(own, dict) else own
    if name is None or name in ARRANGEMENTS:
        return str(name or "plain")
    what = f"There is no arrangement {str(name)[:40]!r}: plain is used."
    at = ("defaults", "qbrgen", "arrangement")
    note("arrangement-unknown", what, f"Write `arrangement:` and one of {', '.join(ARRANGEMENTS)}.", at=at)
    return "plain"


def _layouts(path: Path, findings: list[Finding]) -> dict[str, Mapping[str, object]]:
    """The map of the template's layouts; {} where there is none or where it cannot be read: one is then proposed."""

    def warn(what: str, fix: str, line: int | None = None) -> None:
        where = Location(str(path), line)
        findings.append(Finding(Level.WARNING, "template-map-unreadable", what, f"{fix} {_PROPOSED}", where))

    if not path.is_file():
        return {}
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or str(error).splitlines()[0]
        warn(f"The map of the template's layouts cannot be read: {told}.", "Mend that line.", mark and mark.line + 1)
        return {}
    wrong = [role for role, slots in data.items() if not isinstance(slots, dict)] if isinstance(data, dict) else ["it"]
    if wrong:
        what = f"The map of the template's layouts holds no slots for {', '.join(map(str, wrong))}."
        warn(what, "Write, for example, `content: {layout: Title and Content, title: 0, body: 1}`.")
        return {}
    return {str(role): {str(slot): value for slot, value in slots.items()} for role, slots in data.items()}
