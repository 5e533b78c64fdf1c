"""Our colour roles on somebody else's template: each bound to a slot of its scheme, changed until it can be read there.

Slides are drawn in the slots of our own templates (`theme_part.SCHEME`). In another template these mean other things:
its accent6 may be a green, its background a photograph. So for each layout every role gets a colour of that template,
lighter or darker where contrast needs it, and what was drawn is rewritten. All stay slots: a change of the theme in
PowerPoint recolours the deck.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.template_colours import SchemeColour
from qbrgen.render.pptx.template_info import LayoutInfo
from qbrgen.render.pptx.theme_part import SCHEME
from qbrgen.theme.colour import GREY_STEP, MARK_CONTRAST, TEXT_CONTRAST, contrast, lightness, mix, rgb

Binding = Mapping[str, SchemeColour]  # role → colour
_ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
_ROLES = {slot: role for role, slot in SCHEME.items()}
_DRAWN = re.compile(r'<a:schemeClr val="(' + "|".join(_ROLES) + r')"/>')
_HAIR = 0.1  # programs round colours: a contrast keeps this much above what is needed
_WARNING_HUE = 10 / 360  # red, a little towards orange: what "behind" looks like where a template has such a colour
_NO_WARNING = 140.0  # what it costs that behind is told by weight and shape alone
_COLOURED = 0.15  # saturation from which a colour has a hue that is seen


def bound(xml: str, binding: Binding) -> str:
    """What was drawn in our slots, in those of the template."""
    return _DRAWN.sub(lambda found: binding[_ROLES[found[1]]].xml, xml)


@dataclass(frozen=True)
class _Ground:
    """What a layout's content stands on. shades: its colours; paper: the slot nearest to it; plain: one colour."""

    scheme: Mapping[str, str]
    shades: tuple[str, ...]
    paper: SchemeColour
    plain: bool

    @property
    def light(self) -> bool:
        return sum(lightness(shade) for shade in self.shades) / len(self.shades) > 50


def bind(layout: LayoutInfo, frame: Box) -> Binding:
    """Every role as a colour of this layout's scheme, for content in `frame`.

    Text gets 4.5:1 and marks 3:1 on every colour that they stand on, where the scheme has such colours at all; behind
    and accent differ by 12 of L*, so that grey print tells them apart.
    """
    ground = _ground(layout, frame)
    scheme = layout.scheme
    bodies = [holder.colour for holder in layout.of_kind("obj", "body") if holder.colour and not holder.colour.fixed]
    ink = _ink(ground, [*bodies, *(SchemeColour(slot) for slot in ("tx1", "tx2", "bg1", "bg2"))])
    panel = _panel(ground, ink)
    under = _under(ground, panel)
    title = layout.title.colour if layout.title else None
    previous = _previous(ground, ink)
    accent, behind = _accents(scheme, under, ink, title, previous)
    muted = _quietest(scheme, ink, under, TEXT_CONTRAST + 0.4)
    return {
        "ink": ink,
        "background": ground.paper,
        "muted": muted,
        "panel": panel,
        "accent": accent,
        "behind": behind,
        "previous": previous,
        "rule": _faint(ground, ink, 1.6),
        "track": _faint(ground, ink, 1.22),
    }


def readable_as(colour: SchemeColour, scheme: Mapping[str, str], grounds: Iterable[str], least: float) -> SchemeColour:
    """The same slot, lighter or darker no further than needed for `least` contrast; itself where it has that."""
    shades = tuple(grounds)
    return _nearest(colour, scheme, lambda shown: _on_all(shown, shades) >= least) or colour


def _ground(layout: LayoutInfo, frame: Box) -> _Ground:
    shades = layout.ground(frame)
    scheme = layout.scheme
    own = layout.background_colour
    if len(shades) == 1 and own is not None and not own.fixed and own.shown(scheme) == shades[0]:
        return _Ground(scheme, shades, own, True)
    middle = shades[len(shades) // 2]
    slots = [SchemeColour(slot) for slot in ("bg1", "tx1")]
    if len(shades) == 1:  # a fixed colour: the nearest that the scheme can make
        slots = [variant for slot in slots for variant in _variants(slot)]
    return _Ground(scheme, shades, min(slots, key=lambda each: _far(each.shown(scheme), middle)), len(shades) == 1)


def _far(one: str, other: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(rgb(one), rgb(other), strict=True))


def _on_all(colour: str, shades: Iterable[str]) -> float:
    """The least contrast of a colour on any of these."""
    return min(contrast(colour, shade) for shade in shades)


def _variants(colour: SchemeColour) -> Iterator[SchemeColour]:
    """A colour, and darker and lighter ones of the kind that PowerPoint offers."""
    yield colour
    for share in range(95, 0, -5):
        yield colour.changed(("lumMod", share * 1000))
        yield colour.changed(("lumMod", share * 1000), ("lumOff", (100 - share) * 1000))


def _nearest(colour: SchemeColour, scheme: Mapping[str, str], good: Callable[[str], bool]) -> SchemeColour | None:
    """The variant of a colour that is `good` and nearest to it in lightness."""
    was = lightness(colour.shown(scheme))
    fitting = [each for each in _variants(colour) if good(each.shown(scheme))]
    return min(fitting, key=lambda each: abs(lightness(each.shown(scheme)) - was), default=None)


def _ink(ground: _Ground, candidates: Iterable[SchemeColour]) -> SchemeColour:
    """The first that can be read well; else the one that can be read best."""
    listed = list(candidates)
    found = next((one for one in listed if _on_all(one.shown(ground.scheme), ground.shades) >= 7.0), None)
    return found or max(listed, key=lambda one: _on_all(one.shown(ground.scheme), ground.shades))


def _panel(ground: _Ground, ink: SchemeColour) -> SchemeColour:
    """A field that stands out a little: a shade of the paper, or paper that lets a picture shine through."""
    if not ground.plain:
        return ground.paper.changed(("alpha", 60_000))
    shade = ground.shades[0]
    darker = ground.light or lightness(shade) > 20  # in the middle of the scale: away from the text
    good = [
        each
        for each in _variants(ground.paper)
        if (lightness(each.shown(ground.scheme)) < lightness(shade)) == darker
        and 2.0 <= abs(lightness(each.shown(ground.scheme)) - lightness(shade)) <= 9.0
        and contrast(ink.shown(ground.scheme), each.shown(ground.scheme)) >= TEXT_CONTRAST
    ]
    wanted = 4.0
    return min(
        good, key=lambda each: abs(abs(lightness(each.shown(ground.scheme)) - lightness(shade)) - wanted),
        default=ground.paper,
    )  # fmt: skip


def _under(ground: _Ground, panel: SchemeColour) -> tuple[str, ...]:
    """All that text and marks stand on."""
    shown = panel.shown(ground.scheme)
    if ground.plain:
        return (*ground.shades, shown)
    return (*ground.shades, *(mix(shade, shown, 0.6) for shade in ground.shades))


def _quietest(scheme: Mapping[str, str], ink: SchemeColour, under: tuple[str, ...], least: float) -> SchemeColour:
    """The variant of the ink that is nearest to `least` contrast, and not below."""
    base = SchemeColour(ink.slot)
    fitting = [one for one in (ink, *_variants(base)) if _on_all(one.shown(scheme), under) >= least]
    return min(fitting, key=lambda one: _on_all(one.shown(scheme), under), default=ink)


def _previous(ground: _Ground, ink: SchemeColour) -> SchemeColour:
    """The quietest neutral mark of 3:1: between paper and ink where such a colour can be made."""
    scheme = ground.scheme
    neutral = [
        one
        for base in (SchemeColour(ink.slot), SchemeColour(ground.paper.slot))
        for one in _variants(base)
        if _on_all(one.shown(scheme), ground.shades) >= MARK_CONTRAST + _HAIR
    ]
    middle = lightness(ground.shades[len(ground.shades) // 2])
    lighter = lightness(ink.shown(scheme)) > middle
    between = [one for one in neutral if (lightness(one.shown(scheme)) > middle) == lighter]
    return min(between or neutral, key=lambda one: _on_all(one.shown(scheme), ground.shades), default=ink)


def _faint(ground: _Ground, ink: SchemeColour, wanted: float) -> SchemeColour:
    """Decoration: near to `wanted` contrast, a shade of the paper rather than of the ink."""
    scheme, shade = ground.scheme, ground.shades[len(ground.shades) // 2]
    nearer = [
        (abs(contrast(one.shown(scheme), shade) - wanted) + (0.08 if base is not ground.paper else 0.0), one)
        for base in (ground.paper, SchemeColour(ink.slot))
        for one in _variants(base)
        if (lightness(one.shown(scheme)) < lightness(shade)) == ground.light
    ]
    return min(nearer, key=lambda each: each[0], default=(0.0, ink))[1]


@dataclass(frozen=True, slots=True)
class _Tone:
    """A colour that can be read: how light it is, its hue and how much of it is seen, and by how much it was moved."""

    colour: SchemeColour
    light: float
    hue: float
    seen: float
    moved: float


def _tones(slot: str, scheme: Mapping[str, str], under: tuple[str, ...]) -> list[_Tone]:
    """What can be read of an accent: its nearest variant, and those that are lighter or darker still."""
    was = lightness(scheme[slot])
    found = []
    for one in _variants(SchemeColour(slot)):
        shown = one.shown(scheme)
        if _on_all(shown, under) >= TEXT_CONTRAST + _HAIR:
            hue, seen = _hue(shown)
            found.append(_Tone(one, lightness(shown), hue, seen, abs(lightness(shown) - was)))
    return found


def _accents(
    scheme: Mapping[str, str],
    under: tuple[str, ...],
    ink: SchemeColour,
    title: SchemeColour | None,
    previous: SchemeColour,
) -> tuple[SchemeColour, SchemeColour]:
    """(accent, behind): the accent of the template's titles, else an early one, changed little; and for "behind" one
    that looks like a warning, told from the accent in colour and in grey. Each wish has its weight."""
    titled = title is not None and title.slot in _ACCENTS
    order = [title.slot] if title is not None and titled else []
    order += [slot for slot in _ACCENTS if slot not in order]
    tones = {slot: _tones(slot, scheme, under) for slot in order}
    earlier = lightness(previous.shown(scheme))
    own = {slot: _hue(scheme[slot])[1] for slot in order}
    best: tuple[float, SchemeColour, SchemeColour] | None = None
    for place, slot in enumerate(order):
        for accent in tones[slot]:
            washed = accent.seen < _COLOURED <= own[slot]
            cost = 1.6 * accent.moved + 16.0 * place + (35.0 if washed else 0.0)
            cost += 30.0 if place and titled else 0.0
            cost += 25.0 if place and accent.seen >= _COLOURED and _turn(accent.hue, _WARNING_HUE) < 45 / 360 else 0.0
            cost += 12.0 if abs(accent.light - earlier) < GREY_STEP else 0.0
            if best is None or cost + _NO_WARNING < best[0]:
                best = (cost + _NO_WARNING, accent.colour, ink)
            for other in order:
                if other == slot or cost >= best[0]:
                    continue
                for behind in tones[other]:
                    total = cost + _unlike_warning(behind, accent)
                    if total < best[0]:
                        best = (total, accent.colour, behind.colour)
    return (best[1], best[2]) if best else (ink, ink)


def _unlike_warning(behind: _Tone, accent: _Tone) -> float:
    """How little a colour says "behind" beside an accent."""
    if behind.seen < _COLOURED:
        return 200.0
    muddy = 18 / 360 < behind.hue < 75 / 360 and behind.light < 45  # a dark orange is a brown
    calm = 75 / 360 < behind.hue < 280 / 360  # a green or a blue says that all is well
    alike = accent.seen >= _COLOURED and _turn(behind.hue, accent.hue) < 22 / 360
    grey = abs(behind.light - accent.light) < GREY_STEP
    cost = behind.moved * (2.0 if muddy else 1.0) + 100.0 * _turn(behind.hue, _WARNING_HUE)
    return cost + (80.0 if alike else 0.0) + (70.0 if grey else 0.0) + (60.0 if calm else 0.0)


def _hue(colour: str) -> tuple[float, float]:
    hue, light, saturation = colorsys.rgb_to_hls(*rgb(colour))
    return hue, saturation * (1 - abs(2 * light - 1))


def _turn(one: float, other: float) -> float:
    """Between two hues, 0 to 0.5 of a turn."""
    return min(abs(one - other), 1 - abs(one - other))
