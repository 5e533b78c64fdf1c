"""From a brand's colours to ours by role: taken by name, else from its semantic colours, else derived; then checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from qbrgen.theme import colour
from qbrgen.theme.brand import Note
from qbrgen.theme.model import Palette

ROLES = tuple(field.name for field in dataclasses.fields(Palette))
_SEMANTIC = {
    "background": ("background",),
    "ink": ("foreground", "dark"),
    "accent": ("primary",),
    "behind": ("danger", "warning"),
}
_DEFAULT = Palette()


def palette_of(semantic: Mapping[str, object], named: Mapping[str, object], note: Note) -> Palette:
    """The palette of a brand. `semantic`: brand.yml's roles (primary, danger …); `named`: its own palette by name.

    A palette colour that bears the name of one of our roles (muted, panel, behind …) is that role.
    """
    found: dict[str, str] = {}
    for role in ROLES:
        value = _first(role, semantic, named, note)
        if value:
            found[role] = value
    background = found.setdefault("background", _DEFAULT.background)
    if not found.get("ink") or colour.contrast(found["ink"], background) < colour.TEXT_CONTRAST:
        light = colour.luminance(background) > 0.18
        given = found.get("ink")
        found["ink"] = _DEFAULT.ink if light else "#F3F5F8"
        if given:
            note("contrast-repaired", f"Text in {given} cannot be read on {background}.", f"{found['ink']} is used.")
    return _checked(_derived(found), set(found), note)


def _first(role: str, semantic: Mapping[str, object], named: Mapping[str, object], note: Note) -> str | None:
    candidates = [(f"palette.{role}", named.get(role))]
    for name in _SEMANTIC.get(role, ()):
        candidates += [(name, semantic.get(name)), (f"palette.{name}", named.get(name))]
    for name, value in candidates:
        if value is None:
            continue
        parsed = colour.parse(value)
        if parsed:
            return parsed
        note("colour-not-parsed", f"color.{name} is {str(value)[:40]!r}, which is no colour.", 'Write "#RRGGBB".')
    return None


def _derived(found: dict[str, str]) -> dict[str, str]:
    """Every role, those not given mixed from paper and ink."""
    paper, ink = found["background"], found["ink"]
    quiet = {"panel": 0.05, "track": 0.10, "rule": 0.18, "previous": 0.50, "muted": 0.70}
    roles = {role: colour.mix(paper, ink, share) for role, share in quiet.items()}
    roles |= {"accent": _DEFAULT.accent, "behind": _DEFAULT.behind} | found
    return roles


def _checked(roles: dict[str, str], given: set[str], note: Note) -> Palette:
    """Contrast and grey print, repaired by lightness; what was moved of the brand's own is said."""
    grounds = (roles["background"], roles["panel"])
    for role, least in (("ink", 4.5), ("muted", 4.5), ("accent", 4.5), ("behind", 4.5), ("previous", 3.0)):
        moved = colour.readable(roles[role], grounds, least)
        if moved != roles[role] and role in given:
            ratio = colour.contrast(roles[role], grounds[0])
            what = f"{role} {roles[role]} has {ratio:.1f}:1 on {grounds[0]}, {least}:1 is needed."
            note("contrast-repaired", what, f"{moved} is used.")
        roles[role] = moved
    if abs(colour.lightness(roles["behind"]) - colour.lightness(roles["accent"])) < colour.GREY_STEP:
        moved_apart = colour.apart(roles["behind"], roles["accent"], grounds, colour.TEXT_CONTRAST)
        if moved_apart is None:
            moved_apart, roles["accent"] = roles["behind"], _darker(roles["accent"], roles["behind"], grounds)
        if "behind" in given:
            what = f"In grey print {roles['behind']} cannot be told from {roles['accent']}."
            note("grey-print-repaired", what, f"{moved_apart} is used.")
        roles["behind"] = moved_apart
    return Palette(**roles)


def _darker(accent: str, behind: str, grounds: tuple[str, ...]) -> str:
    return colour.apart(accent, behind, grounds, colour.TEXT_CONTRAST) or accent
