"""Colours as a template names them: a slot of its colour scheme, changed or not, and what that comes to on the screen.

DrawingML's changes of a colour are applied in the order in which they are written (ECMA-376 part 1, 20.1.2.3): lumMod
and lumOff on HSL's lightness, satMod on its saturation; tint and shade mix in white and black.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qbrgen.theme.colour import parse, rgb

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLOTS = (
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_PLAIN = ("lumMod", "lumOff", "satMod", "tint", "shade")

Changes = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SchemeColour:
    """A slot of the colour scheme as slides name it ("tx1", "accent2"), or a fixed colour ("#RRGGBB"), and what is
    changed of it: (name, thousandths of a percent), in order."""

    slot: str
    changes: Changes = ()

    @property
    def fixed(self) -> bool:
        """Whether a change of the theme leaves it as it is."""
        return self.slot.startswith("#")

    @property
    def xml(self) -> str:
        """As a slide writes it."""
        tag, value = ("srgbClr", self.slot[1:]) if self.fixed else ("schemeClr", self.slot)
        inside = "".join(f'<a:{name} val="{value}"/>' for name, value in self.changes)
        return f'<a:{tag} val="{value}">{inside}</a:{tag}>' if inside else f'<a:{tag} val="{value}"/>'

    def changed(self, *changes: tuple[str, int]) -> SchemeColour:
        """This colour with further changes."""
        return SchemeColour(self.slot, self.changes + changes)

    def shown(self, scheme: Mapping[str, str]) -> str:
        """ "#RRGGBB" under a scheme (slot as slides name it → "#RRGGBB"), as if nothing shone through."""
        colour = self.slot if self.fixed else scheme.get(self.slot, "#000000")
        for name, value in self.changes:
            colour = _changed(colour, name, value / 100_000)
        return colour


def _changed(colour: str, name: str, share: float) -> str:
    if name == "alpha":
        return colour
    if name in ("tint", "shade"):
        return _mixed_in(colour, 1.0 if name == "tint" else 0.0, min(1.0, max(0.0, share)))
    hue, light, saturation = colorsys.rgb_to_hls(*rgb(colour))
    if name == "lumMod":
        light *= share
    elif name == "lumOff":
        light += share
    else:
        saturation *= share
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), min(1.0, max(0.0, saturation)))
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _mixed_in(colour: str, light: float, share: float) -> str:
    """White (1.0) or black (0.0) mixed into a colour as light mixes, as PowerPoint does it. share: of the colour."""
    found = "#"
    for part in rgb(colour):
        linear = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        mixed = linear * share + light * (1 - share)
        found += f"{round(255 * (mixed * 12.92 if mixed <= 0.0031308 else 1.055 * mixed ** (1 / 2.4) - 0.055)):02X}"
    return found


def scheme_of(theme: Any, colour_map: Mapping[str, str]) -> dict[str, str]:
    """Slot as slides name it → "#RRGGBB", from a theme part's tree and a master's colour map."""
    found = {}
    holder = theme.find(f"{A}themeElements/{A}clrScheme") if theme is not None else None
    for slot in SLOTS:
        element = holder.find(f"{A}{slot}") if holder is not None else None
        value = _slot(element[0]) if element is not None and len(element) else ""
        found[slot] = value if value.startswith("#") else "#FFFFFF" if "lt" in slot else "#000000"
    named = {**_USUAL_MAP, **colour_map}
    return found | {name: found.get(slot, "#000000") for name, slot in named.items()}


def read_colour(element: Any, standing_for: SchemeColour | None = None) -> SchemeColour | None:
    """The colour in a:schemeClr, a:srgbClr, a:sysClr or a:prstClr; None for others. standing_for: phClr, here."""
    if element is None:
        return None
    changes: Changes = tuple(
        (name, int(child.get("val")))
        for child in element
        if (name := child.tag.rsplit("}", 1)[-1]) in _PLAIN and (child.get("val") or "").lstrip("-").isdigit()
    )
    if element.tag == f"{A}schemeClr" and element.get("val") == "phClr":
        return SchemeColour(standing_for.slot, standing_for.changes + changes) if standing_for else None
    slot = _slot(element)
    return SchemeColour(slot, changes) if slot else None


def _slot(element: Any) -> str:
    """The slot, or the fixed colour, that a colour's element names; "" where it names none that is known."""
    kind, value = element.tag.rsplit("}", 1)[-1], element.get("val") or ""
    if kind == "schemeClr":
        return value
    if kind == "srgbClr":
        return parse(f"#{value}") or ""
    if kind == "sysClr":  # what it was where the file was saved; else what it mostly is
        return parse(f"#{element.get('lastClr')}") or ("#000000" if value.endswith("Text") else "#FFFFFF")
    if kind == "prstClr":
        from PIL.ImageColor import colormap

        named = colormap.get(value.lower())
        return named.upper() if isinstance(named, str) else ""
    return ""


def fill_colours(holder: Any, standing_for: SchemeColour | None = None) -> Sequence[SchemeColour] | None:
    """Colours of the fill in an a:spPr, p:bgPr or the like: one for a solid one, each stop of a gradient, none at all
    for a picture or no fill; None where it names no fill."""
    if holder is None:
        return None
    for child in holder:
        kind = child.tag.rsplit("}", 1)[-1]
        if kind == "solidFill":
            colour = read_colour(child[0] if len(child) else None, standing_for)
            return [colour] if colour else []
        if kind == "gradFill":
            stops = [read_colour(stop[0], standing_for) for stop in child.iter(f"{A}gs") if len(stop)]
            return [colour for colour in stops if colour]
        if kind == "pattFill":
            grounds = [read_colour(ground[0], standing_for) for ground in child if len(ground)]
            return [colour for colour in grounds if colour]
        if kind in ("noFill", "blipFill"):
            return []
    return None


def opacity(holder: Any) -> float:
    """How much of what is below it a fill hides: 1.0 all, 0.0 nothing."""
    amounts = [
        int(value)
        for each in (holder.iter(f"{A}alpha", f"{A}alphaModFix") if holder is not None else ())
        if (value := each.get("val") or each.get("amt") or "").isdigit()
    ]
    return min(1.0, min(amounts, default=100_000) / 100_000)
