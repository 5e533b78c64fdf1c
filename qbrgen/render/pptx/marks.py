"""Marks: one a person. The state is told by the fill (filled, half, outlined, dotted), the persona by the outline's shape."""

# ruff: noqa: E501 (a line of XML is not broken up)

from __future__ import annotations

from qbrgen.document import Mark
from qbrgen.render.pptx.canvas import frame_xml, solid, stroke
from qbrgen.render.pptx.grid import Box, emu

KINDS = ("ellipse", "rect", "diamond", "hexagon", "triangle")  # in the order of the personas
FIVE = 5  # marks stand in groups of five, to be counted by eye


def kind_of(persona: int) -> str:
    """The shape of a persona's marks, by its place."""
    return KINDS[persona % len(KINDS)]


def mark_xml(kind: str, mark: Mark, x: float, y: float, size: float) -> str:
    """Position and look of one mark in a square of `size` points."""
    weight = max(1.25, min(2.5, size / 14))
    inset = 0.0 if mark is Mark.FILLED else weight / 2
    # A square looks larger than a circle of the same width.
    inset += size * {"rect": 0.05, "hexagon": 0.01, "triangle": 0.01}.get(kind, 0.0)
    box = Box(x + inset, y + inset, size - 2 * inset, size - 2 * inset)
    if mark is Mark.HALF:
        look = _half(kind, box) + solid("accent") + stroke("accent", weight)
    else:
        look = f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'
        look += {
            Mark.FILLED: solid("accent") + stroke("", 0),
            Mark.OUTLINED: "<a:noFill/>" + stroke("muted", weight),
            Mark.DOTTED: "<a:noFill/>" + stroke("muted", weight, "sysDot"),
        }[mark]
    return f"<p:spPr>{frame_xml(box)}{look}</p:spPr>"


def _half(kind: str, box: Box) -> str:
    """The shape's outline, and its left half filled: two paths of one shape."""
    w, h = emu(box.w), emu(box.h)
    whole, left = _paths(kind, w, h)
    size = f'w="{w}" h="{h}"'
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path {size} stroke="0">{left}<a:close/></a:path><a:path {size} fill="none">{whole}<a:close/></a:path>'
        "</a:pathLst></a:custGeom>"
    )


def _paths(kind: str, w: int, h: int) -> tuple[str, str]:
    """(whole outline, left half) in a box of w by h."""
    if kind == "ellipse":
        turn = f'<a:moveTo><a:pt x="{w // 2}" y="{h}"/></a:moveTo><a:arcTo wR="{w // 2}" hR="{h // 2}" stAng="5400000" swAng="'
        return turn + '21600000"/>', turn + '10800000"/>'
    points = {
        "rect": [(0, 0), (w, 0), (w, h), (0, h)],
        "diamond": [(w // 2, 0), (w, h // 2), (w // 2, h), (0, h // 2)],
        "hexagon": [(w // 4, 0), (w * 3 // 4, 0), (w, h // 2), (w * 3 // 4, h), (w // 4, h), (0, h // 2)],
        "triangle": [(w // 2, 0), (w, h), (0, h)],
    }[kind]
    half = {
        "rect": [(0, 0), (w // 2, 0), (w // 2, h), (0, h)],
        "diamond": [(w // 2, 0), (w // 2, h), (0, h // 2)],
        "hexagon": [(w // 4, 0), (w // 2, 0), (w // 2, h), (w // 4, h), (0, h // 2)],
        "triangle": [(w // 2, 0), (w // 2, h), (0, h)],
    }[kind]
    return _polygon(points), _polygon(half)


def _polygon(points: list[tuple[int, int]]) -> str:
    first, *rest = (f'<a:pt x="{x}" y="{y}"/>' for x, y in points)
    return f"<a:moveTo>{first}</a:moveTo>" + "".join(f"<a:lnTo>{point}</a:lnTo>" for point in rest)


def box_xml(x: float, y: float, w: float, h: float, *, filled: bool, role: str = "accent") -> str:
    """A small rectangle, filled or outlined."""
    if filled:
        look, box = solid(role) + stroke("", 0), Box(x, y, w, h)
    else:
        look, box = "<a:noFill/>" + stroke("muted", 1.5), Box(x + 0.75, y + 0.75, w - 1.5, h - 1.5)
    return f'<p:spPr>{frame_xml(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{look}</p:spPr>'


def offsets(count: int, size: float, gap: float, width: float, apart: float | None = None) -> list[tuple[float, int]]:
    """(x, row) of each of `count` marks: wrapped in `width`, a wider gap after every five, rows of whole fives where they wrap.

    apart: how much wider that gap is; as much again as any other where nothing is said.
    """
    more = gap if apart is None else apart
    five = FIVE * (size + gap) + more
    if count * size + (count - 1) * gap + (count - 1) // FIVE * more <= width:
        return [(at * (size + gap) + (at // FIVE) * more, 0) for at in range(count)]
    fives = max(1, int((width + gap + more) // five))
    per_row = fives * FIVE if width >= five - gap - more else max(1, int((width + gap) // (size + gap)))
    found = []
    for at in range(count):
        column = at % per_row
        found.append((column * (size + gap) + (column // FIVE) * more, at // per_row))
    return found
