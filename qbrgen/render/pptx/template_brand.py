"""A `_brand.yml` from a PowerPoint template: its colours and typefaces by our roles, so that PDFs match its decks."""

from __future__ import annotations

import json
from dataclasses import replace

from qbrgen.render.pptx.grid import Box
from qbrgen.render.pptx.template_binding import bind
from qbrgen.render.pptx.template_info import LayoutInfo, TemplateInfo
from qbrgen.theme.colour import lightness

_PAPER = 95.0  # L*: a darker background is the screen's, and PDFs are printed on white
_ROLES = ("accent", "behind", "previous", "muted", "panel", "rule", "track")
_HEAD = """\
# The brand of the theme {name}, made from {source}, so that PDFs match the decks.
# Decks take colours and typefaces from the template itself. The format is that of brand.yml.
# Change what you like; `qbrgen theme check {name}` tells what is repaired.
"""
_FOOT = """
# logo:                          # stands on the briefs: put the file into this folder
#   medium: {path: logo.svg, alt: Our name}
# typography:
#   fonts:                       # with their TTF or OTF files here, PDFs are set in your own typefaces
#     - family: Our Sans
#       source: file
#       files: [{path: OurSans-Regular.ttf, weight: 400}, {path: OurSans-Bold.ttf, weight: 700}]
"""


def brand_text(info: TemplateInfo, name: str, layout: LayoutInfo, frame: Box) -> str:
    """The text of the `_brand.yml`.

    layout: that of most slides. frame: where their content stands. Colours are those that decks have there; a layout
    that is dark or a picture is taken as if it were white, as PDFs are printed.
    """
    printed = _printed(layout)
    binding = bind(printed, frame)
    paper = printed.background[0]
    shown = {"paper": paper, "ink": binding["ink"].shown(printed.scheme)}
    shown |= {role: binding[role].shown(printed.scheme) for role in _ROLES}
    heading, body = info.heading or info.body, info.body or info.heading
    assert info.path is not None
    lines = [
        _HEAD.format(name=name, source=info.path.name),
        f"meta:\n  name: {_quoted(name)}\n",
        "color:",
        "  palette:",
    ]
    lines += [f"    {role}: {_quoted(colour)}" for role, colour in shown.items()]
    lines += ["  background: paper", "  foreground: ink", "  primary: accent", "  danger: behind"]
    if body:
        lines += ["", "typography:", f"  base: {_quoted(body)}", f"  headings: {_quoted(heading)}"]
    return "\n".join(lines) + "\n" + _FOOT


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever is in it."""
    return json.dumps(text)


def _printed(layout: LayoutInfo) -> LayoutInfo:
    """The layout on one colour as light as paper, without what is drawn behind."""
    if layout.background_colour is not None and lightness(layout.background_colour.shown(layout.scheme)) >= _PAPER:
        return replace(layout, background=(layout.background_colour.shown(layout.scheme),), drawn=())
    return replace(layout, background=("#FFFFFF",), background_colour=None, drawn=())
