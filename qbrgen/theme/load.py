"""Finding a theme and reading its folder into a `Theme`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.resources import themes_dir
from qbrgen.theme.brand import Note, notes_for, read_brand
from qbrgen.theme.model import Font, FontFace, Theme
from qbrgen.theme.palette import palette_of

DEFAULT_FAMILY = "Liberation Sans"
SHARED_FONTS = "fonts"  # the folder beside the themes that holds the typefaces that come with qbrgen
# Families of the same widths that office laptops have.
_OFFICE = {
    "Liberation Sans": "Arial",
    "Liberation Serif": "Times New Roman",
    "Carlito": "Calibri",
    "Caladea": "Cambria",
}
_STYLES = {"Regular": (400, False), "Bold": (700, False), "Italic": (400, True), "BoldItalic": (700, True)}


def load_theme(name: str, root: Path | None = None) -> Theme:
    """The theme `name` from the workspace's own themes/ (below `root`), else from those that come with qbrgen.

    Raises InputError, listing the themes there are, when there is none of that name. Sloppy brand files fall back, with
    findings.
    """
    folders = theme_folders(root)
    folder = folders.get(name)
    if folder is None:
        near = difflib.get_close_matches(name, folders, n=1)
        fix = (f"Did you mean {near[0]!r}? " if near else "") + f"There are: {', '.join(sorted(folders))}."
        raise InputError([Finding(Level.ERROR, "theme-not-found", f"There is no theme {name!r}.", fix)])
    return read_theme(folder)


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
    path = folder / "_brand.yml"
    note = notes_for(path, findings)
    brand = read_brand(path, note)
    semantic: Mapping[str, object] = brand.color.model_dump(exclude={"palette"}) if brand.color else {}
    named: Mapping[str, object] = (brand.color.palette or {}) if brand.color else {}
    logo, alt = _logo(brand, folder, note)
    template = next((folder / name for name in ("template.pptx", "template.potx") if (folder / name).is_file()), None)
    return Theme(
        name=folder.name,
        folder=folder,
        brand=_brand_name(brand) or folder.name,
        palette=palette_of(semantic, named, note),
        heading=_font(brand, "headings", folder, note),
        body=_font(brand, "base", folder, note),
        logo=logo,
        logo_picture=_picture(logo, note),
        logo_alt=alt or _brand_name(brand),
        template=template,
        layouts=_layouts(folder / "template.yml", findings) if template else {},
        findings=tuple(dict.fromkeys(findings)),
    )


def _brand_name(brand: Any) -> str:
    name = brand.meta.name if brand.meta else None
    return str(
        getattr(name, "short", None) or getattr(name, "full", None) or (name if isinstance(name, str) else "") or ""
    )


def _layouts(path: Path, findings: list[Finding]) -> dict[str, Mapping[str, object]]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        roles: dict[str, Mapping[str, object]] = {str(role): dict(slots) for role, slots in data.items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        what = f"The map of the template's layouts cannot be read: {error}".splitlines()[0]
        findings.append(Finding(Level.WARNING, "template-map-unreadable", what, "", Location(str(path))))
        return {}
    return roles


def _inside(folder: Path, relative: str) -> Path | None:
    """The file, when it lies in the theme's folder or in the shared fonts beside it: a theme reaches no further."""
    path = (folder / relative).resolve()
    homes = (folder.resolve(), (folder.parent / SHARED_FONTS).resolve(), (themes_dir() / SHARED_FONTS).resolve())
    return path if path.is_file() and any(path.is_relative_to(home) for home in homes) else None


def _logo(brand: Any, folder: Path, note: Note) -> tuple[Path | None, str]:
    """The largest logo file that exists, and its alt text."""
    logo = brand.logo
    if logo is None:
        return None, ""
    sizes = [getattr(logo, size, None) for size in ("large", "medium", "small")]
    for size in [logo] if hasattr(logo, "path") else sizes:
        resource = getattr(size, "light", None) or size
        if resource is None or not hasattr(resource, "path"):
            continue
        given = str(getattr(resource.path, "root", resource.path))
        path = _inside(folder, given) if "://" not in given else None
        if path:
            return path, str(resource.alt or "")
        note("logo-missing", f"The logo {given} is no file of this theme.", "Put it into the theme's folder.")
    return None, ""


def _picture(logo: Path | None, note: Note) -> Path | None:
    """What PowerPoint can show of a logo everywhere: the PNG or JPEG itself, or the PNG beside an SVG."""
    if logo is None or logo.suffix.lower() in (".png", ".jpg", ".jpeg"):
        return logo
    beside = logo.with_suffix(".png")
    if beside.is_file():
        return beside
    note("logo-not-for-decks", f"{logo.name} cannot stand in a deck.", f"Put {beside.name} beside it.")
    return None


def _font(brand: Any, part: str, folder: Path, note: Note) -> Font:
    """The typeface for headings or base, with its files; without any, measured and set in PDFs as the default one."""
    typography = brand.typography
    chosen = getattr(typography, part, None) or getattr(typography, "base", None) if typography else None
    named = str(getattr(chosen, "family", None) or (chosen if isinstance(chosen, str) else "") or DEFAULT_FAMILY)
    family = named.split(",", maxsplit=1)[0].strip().strip("'\"") or DEFAULT_FAMILY
    faces = _faces(typography, family, folder, note)
    if faces:
        return Font(family, _OFFICE.get(family, family), faces)
    shipped = shipped_faces()
    if family == DEFAULT_FAMILY:
        return Font(family, _OFFICE[family], shipped)
    note(
        "font-without-files",
        f"The typeface {family} has no TTF or OTF file in this theme.",
        f"Decks name it and measure it with {DEFAULT_FAMILY}; PDFs are set in {DEFAULT_FAMILY}.",
    )
    return Font(DEFAULT_FAMILY, family, shipped)


def shipped_faces() -> tuple[FontFace, ...]:
    """The faces of the typeface that comes with qbrgen."""
    folder = themes_dir() / SHARED_FONTS
    return tuple(
        FontFace(folder / f"LiberationSans-{style}.ttf", weight, italic) for style, (weight, italic) in _STYLES.items()
    )


def _faces(typography: Any, family: str, folder: Path, note: Note) -> tuple[FontFace, ...]:
    faces: list[FontFace] = []
    for font in typography.fonts if typography else ():
        if font.family != family:
            continue
        for file in getattr(font, "files", None) or ():
            given = str(getattr(file.path, "root", file.path))
            path = _inside(folder, given) if "://" not in given else None
            if path is None:
                note("font-missing", f"The font {given} is no file of this theme.", "Put it into the theme's folder.")
            elif path.suffix.lower() in (".ttf", ".otf"):
                faces.append(FontFace(path, _weight(file.weight), str(file.style) == "italic"))
            else:
                note("font-not-usable", f"{path.name} cannot be measured.", "Give a TTF or OTF file.")
    return tuple(faces)


def _weight(value: Any) -> int:
    root = getattr(value, "root", value)
    return root if isinstance(root, int) else 700 if str(root) in ("bold", "bolder") else 400
