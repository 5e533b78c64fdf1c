"""A `_brand.yml`, read with its own library. What the library refuses is set aside with a note, the rest is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from qbrgen.errors import Finding, Level, Location

Note = Callable[[str, str, str], None]  # code, what, fix
_ROUNDS = 30  # a file with more separate mistakes than this is read without its colours, fonts and logos


def notes_for(path: Path, findings: list[Finding]) -> Note:
    """A function that adds a note about `path` to `findings`."""

    def note(code: str, what: str, fix: str = "") -> None:
        findings.append(Finding(Level.NOTE, code, what, fix, Location(str(path))))

    return note


def read_brand(path: Path, note: Note) -> Any:
    """The `brand_yml.Brand` in `path`; parts that its schema refuses are left out, each with a note.

    A file that is no YAML mapping at all counts as empty: every role then has its default.
    """
    from brand_yml import Brand
    from pydantic import ValidationError

    data = _mapping(path, note)
    for _ in range(_ROUNDS):
        try:
            return Brand.model_validate({**data, "path": path.absolute()})
        except ValidationError as error:
            problems = [(tuple(problem["loc"]), str(problem["msg"])) for problem in error.errors()]
            dropped = [_drop(data, place, why, note) for place, why in problems]
            if not any(dropped):
                break
        except Exception as error:  # the library raises classes of its own for circular names and the like
            if not _drop(data, ("color",), str(error), note):
                break
    note("brand-unreadable", "Too much of this file does not follow the brand.yml schema.", "See the brand.yml schema.")
    return Brand.model_validate({})


def _mapping(path: Path, note: Note) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        note("brand-unreadable", f"This file cannot be read: {_first_line(error)}", "The default look is used.")
        return {}
    if not isinstance(data, dict):
        note("brand-unreadable", "This file holds no settings.", "The default look is used.")
        return {}
    given = {str(key): value for key, value in data.items() if value is not None}
    return given | ({"logo": _relative_logos(given["logo"])} if "logo" in given else {})


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["unknown problem"])[0]


def _drop(data: dict[str, Any], place: tuple[str | int, ...], why: str, note: Note) -> bool:
    """Take the part that `place` points at out of `data`; whether there was one.

    The library tries each member of a union and names it in `place`: such steps are passed over.
    """
    holder: Any = None
    key: Any = None
    node: Any = data
    named: list[str] = []
    for step in place:
        in_list = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if in_list or (isinstance(node, dict) and step in node):
            holder, key, node = node, step, node[step]
            named.append(str(step))
        elif not named:
            return False
    if holder is None:
        return False
    del holder[key]
    note("brand-part-ignored", f"{'.'.join(named)} is set aside: {_first_line(why)}.", "See the brand.yml schema.")
    return True


def _relative_logos(logo: Any) -> Any:
    """Logo paths from the root of a web site ("/img/logo.svg") read as from the theme's folder."""
    if isinstance(logo, str):
        return logo.lstrip("/") or None
    if isinstance(logo, dict):
        return {key: _relative_logos(value) for key, value in logo.items()}
    return logo
