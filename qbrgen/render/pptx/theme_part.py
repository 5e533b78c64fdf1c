"""The theme part of a deck: our colour roles in the twelve slots that PowerPoint knows, and the two typefaces.

Slides name slots, never colours, so that changing the theme in PowerPoint recolours the deck.
"""

from __future__ import annotations

from qbrgen.render.pptx.markup import quoteattr
from qbrgen.theme import Palette, Theme
from qbrgen.theme.colour import mix

# Role → scheme colour as slides write it (through the master's colour map).
SCHEME = {
    "ink": "tx1",
    "background": "bg1",
    "muted": "tx2",
    "panel": "bg2",
    "accent": "accent1",
    "behind": "accent2",
    "previous": "accent3",
    "rule": "accent5",
    "track": "accent6",
}
_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"


def scheme_slots(palette: Palette) -> dict[str, str]:
    """What each slot of a colour scheme holds in a template of our own: slot → "#RRGGBB"."""
    return {
        "dk1": palette.ink,
        "lt1": palette.background,
        "dk2": palette.muted,
        "lt2": palette.panel,
        "accent1": palette.accent,
        "accent2": palette.behind,
        "accent3": palette.previous,
        "accent4": mix(palette.accent, palette.background, 0.45),
        "accent5": palette.rule,
        "accent6": palette.track,
        "hlink": palette.accent,
        "folHlink": palette.muted,
    }


def theme_part(theme: Theme) -> bytes:
    """The theme part's XML for this theme."""
    name = quoteattr(theme.brand)
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{value[1:]}"/></a:{slot}>' for slot, value in scheme_slots(theme.palette).items()
    )
    fonts = "".join(
        f'<a:{kind}><a:latin typeface={quoteattr(font.office)}/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'
        for kind, font in (("majorFont", theme.heading), ("minorFont", theme.body))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="{{}}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    lines = "".join(line.format(width) for width in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{_NS}" name={name}><a:themeElements>'
        f"<a:clrScheme name={name}>{colours}</a:clrScheme><a:fontScheme name={name}>{fonts}</a:fontScheme>"
        f"<a:fmtScheme name={name}><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    ).encode()
