"""Colours: parsed by strict pattern, contrast and lightness measured, repaired by shifting lightness alone.

Contrast is WCAG's ratio (1 to 21); lightness is CIE L* (0 to 100), which is what a grey print keeps of a colour.
"""

from __future__ import annotations

import colorsys
import re

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_HEX_WITH_ALPHA = re.compile(r"#[0-9a-fA-F]{8}")
_WORD = re.compile(r"[a-zA-Z]{3,24}")
_NUMBERS = r"\(\s*\d{1,3}%?\s*,\s*\d{1,3}%?\s*,\s*\d{1,3}%?\s*\)"
_FUNCTION = re.compile(rf"(?:rgb|hsl){_NUMBERS}", re.IGNORECASE)
TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0
GREY_STEP = 12.0  # ΔL* at which two neighbours differ in a grey print


def parse(text: object) -> str | None:
    """A colour as CSS writes it (hexadecimal, by name, rgb() or hsl() of numbers) as "#RRGGBB"; None for all else.

    What is transparent counts as if it were not.
    """
    if not isinstance(text, str):
        return None
    text = text.strip()
    if _HEX_WITH_ALPHA.fullmatch(text):
        text = text[:7]
    if _HEX.fullmatch(text):
        digits = text[1:]
        return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits)).upper()
    if _WORD.fullmatch(text) or _FUNCTION.fullmatch(text):
        from PIL.ImageColor import getrgb

        try:
            parts = getrgb("".join(text.split()))[:3]
        except ValueError:
            return None
        return _hex(*(part / 255 for part in parts)) if max(parts) <= 255 else None
    return None


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in (red, green, blue))


def luminance(colour: str) -> float:
    """WCAG relative luminance, 0 to 1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100."""
    return _lightness(luminance(colour))


def _lightness(y: float) -> float:
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def is_light(colour: str) -> bool:
    """Whether dark text is read on it rather than light text."""
    return luminance(colour) > 0.18


def chroma(colour: str) -> float:
    """How far from a grey, 0 to 1."""
    return max(rgb(colour)) - min(rgb(colour))


def hue_apart(one: str, other: str) -> float:
    """Degrees between two hues, 0 to 180; 180 where one of them is a grey."""
    if min(chroma(one), chroma(other)) < 0.05:
        return 180.0
    hues = [colorsys.rgb_to_hls(*rgb(each))[0] * 360 for each in (one, other)]
    between = abs(hues[0] - hues[1])
    return min(between, 360 - between)


def room(backgrounds: tuple[str, ...], least: float) -> float:
    """ΔL* between the colours of text that have `least` contrast on every background: all darker, or all lighter."""
    dark = min((luminance(ground) + 0.05) / least - 0.05 for ground in backgrounds)
    light = max((luminance(ground) + 0.05) * least - 0.05 for ground in backgrounds)
    return max(_lightness(dark) if dark > 0 else 0.0, 100 - _lightness(light) if light < 1 else 0.0)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    return _hex(*(a + (b - a) * share for a, b in zip(rgb(one), rgb(other), strict=True)))


def shifted(colour: str, step: float) -> str:
    """The same hue and saturation, lighter (step above 0) or darker by `step` of HLS lightness (0 to 1)."""
    hue, light, saturation = colorsys.rgb_to_hls(*rgb(colour))
    return _hex(*colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light + step)), saturation))


def readable(colour: str, backgrounds: tuple[str, ...], least: float) -> str:
    """`colour`, moved in lightness no further than needed until it has `least` contrast on every background."""
    away = -0.01 if is_light(backgrounds[0]) else 0.01
    moved = colour
    for count in range(101):
        moved = shifted(colour, away * count)
        if all(contrast(moved, background) >= least for background in backgrounds):
            return moved
    return moved


def apart(colour: str, neighbour: str, backgrounds: tuple[str, ...], least: float) -> str | None:
    """`colour` moved until a grey print tells it from `neighbour` and it stays readable; None when nothing fits."""
    for count in range(101):
        for step in (0.01 * count, -0.01 * count):
            moved = shifted(colour, step)
            far = abs(lightness(moved) - lightness(neighbour)) >= GREY_STEP
            if far and all(contrast(moved, background) >= least for background in backgrounds):
                return moved
    return None


def nearest(colour: str, backgrounds: tuple[str, ...], least: float) -> str:
    """`colour` moved as near to its backgrounds as `least` contrast allows."""
    away = -0.01 if is_light(backgrounds[0]) else 0.01
    ladder = [shifted(colour, away * count) for count in range(-100, 101)]
    return next((one for one in ladder if all(contrast(one, ground) >= least for ground in backgrounds)), ladder[-1])
