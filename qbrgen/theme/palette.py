"""From a brand's colours to ours by role: taken by name, else from its semantic colours, else derived; then checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from qbrgen.theme import colour
from qbrgen.theme.brand import Notes, Place
from qbrgen.theme.model import Palette

ROLES = tuple(field.name for field in dataclasses.fields(Palette))
_SEMANTIC = {
    "background": ("background",),
    "ink": ("foreground", "dark"),
    "accent": ("primary",),
    "behind": ("danger", "warning"),
}
_NEXT = ("secondary", "tertiary", "info", "link", "success")  # what points, where a brand has no primary colour
_DEFAULT = Palette()
_LIGHT_INK = "#F3F5F8"
_QUIET = {"panel": 0.05, "track": 0.10, "rule": 0.18, "previous": 0.50, "muted": 0.70}  # share of ink in paper
_LEAST = {"ink": 4.5, "muted": 4.5, "accent": 4.5, "behind": 4.5, "previous": 3.0}
# What tells what is behind, where a brand does not: ochre, wine, blue; the first of another hue than what points.
_BEHIND = (_DEFAULT.behind, "#8A1640", "#1F4E8C")
_OTHER_HUE = 30.0  # degrees
_ROOM = 20.0  # ΔL* that text needs to have to itself: two colours a grey step apart, and some to spare
_PANEL_CONTRAST = 1.35  # at most between paper and panel: text stands on both


@dataclasses.dataclass(slots=True)
class _Given:
    """A brand's own colours by role, and where each stands in its file."""

    colours: dict[str, str]
    places: dict[str, Place]
    note: Notes

    def moved(self, role: str, why: str, now: str, code: str = "contrast-repaired") -> None:
        """Say that the brand's own colour of a role is not the one used. What was derived is nobody's."""
        if role in self.places:
            named = ".".join(self.places[role])
            self.note(code, f"{named} {self.colours[role]} {why}.", f"{now} is used.", at=self.places[role])


def palette_of(semantic: Mapping[str, object], named: Mapping[str, object], note: Notes) -> Palette:
    """The palette of a brand. `semantic`: brand.yml's roles (primary, danger …); `named`: its own palette by name.

    A palette colour that bears the name of one of our roles (muted, panel, behind …) is that role. Text has a contrast
    of 4.5 on paper and panel, marks have 3, and a grey print tells accent from behind and from previous, whatever the
    brand gives; each colour of its own that had to be moved for that is noted.
    """
    given = _Given({}, {}, note)
    for role in ROLES:
        _find(role, semantic, named, given)
    if "accent" not in given.colours:
        _choose_accent(semantic, named, given)
    roles = _grounds(given)
    ink = _ink(roles["background"], given)
    roles |= {role: colour.mix(roles["background"], ink, share) for role, share in _QUIET.items() if role != "panel"}
    accent = given.colours.get("accent", _DEFAULT.accent)
    behind = next((one for one in _BEHIND if colour.hue_apart(one, accent) >= _OTHER_HUE), _BEHIND[0])
    roles |= {"accent": accent, "behind": behind, "ink": ink}
    own = {role: value for role, value in given.colours.items() if role not in ("background", "panel", "ink")}
    return Palette(**_checked(roles | own, given))


def on_paper(semantic: Mapping[str, object], named: Mapping[str, object]) -> Palette:
    """The palette of a brand whose ground is dark for what is printed: its colours on white, moved until they pass."""
    grounds = {"background", "foreground", "light", "dark", *ROLES} - {"accent", "behind"}

    def kept(colours: Mapping[str, object]) -> dict[str, object]:
        return {name: value for name, value in colours.items() if name not in grounds}

    return palette_of(kept(semantic), kept(named), Notes(Path()))


def _find(role: str, semantic: Mapping[str, object], named: Mapping[str, object], given: _Given) -> None:
    candidates: list[tuple[Place, object]] = [(("color", "palette", role), named.get(role))]
    for name in _SEMANTIC.get(role, ()):
        candidates += [(("color", name), semantic.get(name)), (("color", "palette", name), named.get(name))]
    for place, value in candidates:
        if value is None:
            continue
        parsed = colour.parse(value)
        if parsed:
            given.colours[role], given.places[role] = parsed, place
            return
        what = f"{'.'.join(place)} is {str(value)[:40]!r}, which is no colour."
        given.note("colour-not-parsed", what, 'Write "#RRGGBB".', at=place)


def _choose_accent(semantic: Mapping[str, object], named: Mapping[str, object], given: _Given) -> None:
    """A brand without a primary colour: its next one, or the first of its palette that is no grey."""
    candidates: list[tuple[Place, object]] = [(("color", name), semantic.get(name)) for name in _NEXT]
    candidates += [(("color", "palette", str(name)), value) for name, value in named.items() if name not in ROLES]
    for place, value in candidates:
        parsed = colour.parse(value)
        if parsed and colour.chroma(parsed) >= 0.2:
            given.colours["accent"], given.places["accent"] = parsed, place
            what = f"There is no color.primary: {'.'.join(place)} {parsed} points instead."
            given.note("accent-chosen", what, "Name the colour that points as color.primary.", at=place)
            return


def _grounds(given: _Given) -> dict[str, str]:
    """Paper and panel: both so light, or so dark, that text on them has room for two colours."""
    paper = given.colours.get("background", _DEFAULT.background)
    panel = given.colours.get("panel")
    if panel and colour.contrast(panel, paper) > _PANEL_CONTRAST:
        moved = _mixed_panel(paper)
        given.moved("panel", f"is too far from the paper {paper} for text to be read on both", moved)
        panel = None
    for count in range(101):
        for step in (0.01 * count, -0.01 * count):
            ground = colour.shifted(paper, step)
            tint = panel if panel and not count else _mixed_panel(ground)
            if colour.room((ground, tint), colour.TEXT_CONTRAST) >= _ROOM:
                if count:
                    given.moved("background", "is neither light nor dark enough for text in two colours", ground)
                elif panel and tint != panel:
                    given.moved("panel", "leaves no room for text in two colours", tint)
                return {"background": ground, "panel": tint}
    return {"background": _DEFAULT.background, "panel": _DEFAULT.panel}


def _mixed_panel(paper: str) -> str:
    return colour.mix(paper, _DEFAULT.ink if colour.is_light(paper) else _LIGHT_INK, _QUIET["panel"])


def _ink(paper: str, given: _Given) -> str:
    ink = given.colours.get("ink")
    if ink and colour.contrast(ink, paper) >= colour.TEXT_CONTRAST:
        return ink
    usual = _DEFAULT.ink if colour.is_light(paper) else _LIGHT_INK
    given.moved("ink", f"cannot be read on {paper}", usual)
    return usual


def _checked(roles: dict[str, str], given: _Given) -> dict[str, str]:
    """Contrast and grey print, repaired by lightness; what was moved of the brand's own is said, once."""
    grounds = (roles["background"], roles["panel"])
    why: dict[str, tuple[str, str]] = {}
    for role, least in _LEAST.items():
        moved = colour.readable(roles[role], grounds, least)
        if moved != roles[role]:
            ratio = min(colour.contrast(roles[role], ground) for ground in grounds)
            why[role] = f"has {ratio:.1f}:1 on its ground, {least}:1 is needed", "contrast-repaired"
        roles[role] = moved
    for role in _tell_apart(roles, grounds):
        why.setdefault(role, ("cannot be told from its neighbour in grey print", "grey-print-repaired"))
    if any(colour.contrast(roles["track"], roles[role]) < colour.MARK_CONTRAST for role in ("accent", "behind")):
        roles["track"] = colour.mix(roles["background"], roles["ink"], _QUIET["track"])
        why["track"] = "hides the bar on it", "contrast-repaired"
    for role, (reason, code) in why.items():
        given.moved(role, reason, roles[role], code)
    return roles


def _tell_apart(roles: dict[str, str], grounds: tuple[str, str]) -> list[str]:
    """Move behind and previous until a grey print tells them from accent, and accent where behind cannot; which did."""
    before = dict(roles)
    for role, least in (("behind", colour.TEXT_CONTRAST), ("previous", colour.MARK_CONTRAST)):
        if abs(colour.lightness(roles[role]) - colour.lightness(roles["accent"])) >= colour.GREY_STEP:
            continue
        moved = colour.apart(roles[role], roles["accent"], grounds, least)
        if moved is None and role == "behind":  # accent stands in the middle of what room there is
            moved = colour.nearest(roles[role], grounds, least)
            roles["accent"] = colour.apart(roles["accent"], moved, grounds, colour.TEXT_CONTRAST) or roles["accent"]
        roles[role] = moved or roles[role]
    return [role for role in ("accent", "behind", "previous") if roles[role] != before[role]]
