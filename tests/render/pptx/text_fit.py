"""Whether the text of a deck fits its frames and cells, measured anew from the parsed XML: `unfit(path, ink)`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deck_checks import EMU, A, Deck, P

from qbrgen.render.pptx.text import Ink, Para, Run

FLOOR = 12.0
SLACK = 1.5  # points that rounding may take


def unfit(path: Path, ink: Ink) -> list[str]:
    """Text that is higher than its frame, a row lower than its cells' text, and type below the floor."""
    deck = Deck(path)
    found: list[str] = []
    for slide in deck.slides():
        tree = deck.xml(slide)
        layout = deck.xml(next(target for _, kind, target, _ in deck.links(slide) if kind == "slideLayout"))
        found += [f"{slide}: {what}" for shape in tree.iter(f"{P}sp") for what in _frame(shape, layout, ink)]
        found += [f"{slide}: {what}" for table in tree.iter(f"{A}tbl") for what in _table(table, ink)]
        small = {int(run.get("sz")) / 100 for run in tree.iter(f"{A}rPr") if run.get("sz")}
        found += [f"{slide}: type of {size} points" for size in small if size < FLOOR]
    return found


def _frame(shape: Any, layout: Any, ink: Ink) -> list[str]:
    text = "".join(shape.itertext()).strip()
    if shape.find(f"{P}txBody") is None or not text:
        return []
    holder = _held(shape, layout)
    frame = shape.find(f"{P}spPr/{A}xfrm")
    frame = holder.find(f"{P}spPr/{A}xfrm") if frame is None else frame
    insets = shape.find(f"{P}txBody/{A}bodyPr")
    left, top, right, bottom = (int(insets.get(side) or 0) / EMU for side in ("lIns", "tIns", "rIns", "bIns"))
    wide, high = (int(frame.find(f"{A}ext").get(side)) / EMU for side in ("cx", "cy"))
    style = None if holder is None else holder.find(f".//{A}lvl1pPr")
    needed = ink.height(_paragraphs(shape.find(f"{P}txBody"), style), wide - left - right)
    if needed + top + bottom <= high + SLACK:
        return []
    return [f"{next(shape.iter(f'{P}cNvPr')).get('name')}: {needed:.1f} points of text in {high:.1f}: {text[:40]!r}"]


def _held(shape: Any, layout: Any) -> Any:
    """The layout's placeholder that a shape fills; None for a text box."""
    wanted = shape.find(f".//{P}ph")
    if wanted is None:
        return None
    key = (wanted.get("type"), wanted.get("idx"))
    for other in layout.iter(f"{P}sp"):
        holder = other.find(f".//{P}ph")
        if holder is not None and (holder.get("type"), holder.get("idx")) == key:
            return other
    raise LookupError(key)


def _table(table: Any, ink: Ink) -> list[str]:
    widths = [int(column.get("w")) / EMU for column in table.iter(f"{A}gridCol")]
    found = []
    for row in table.iter(f"{A}tr"):
        high = int(row.get("h")) / EMU
        for cell, wide in zip(row.iter(f"{A}tc"), widths, strict=True):
            sides = cell.find(f"{A}tcPr")
            left, top, right, bottom = (int(sides.get(side)) / EMU for side in ("marL", "marT", "marR", "marB"))
            needed = ink.height(_paragraphs(cell.find(f"{A}txBody"), None), wide - left - right) + top + bottom
            if needed > high + SLACK:
                found.append(f"a row of {high:.1f} for {needed:.1f}: {''.join(cell.itertext())[:40]!r}")
    return found


def _paragraphs(body: Any, style: Any) -> list[Para]:
    """Paragraphs as they were set; what is not said is the layout's."""
    return [_paragraph(paragraph, style) for paragraph in body.findall(f"{A}p")]


def _paragraph(paragraph: Any, style: Any) -> Para:
    set_by = [each for each in (paragraph.find(f"{A}pPr"), style) if each is not None]
    given = None if style is None else style.find(f"{A}defRPr")
    spacing = _first(set_by, f"{A}lnSpc/{A}spcPct", 100_000) / 100_000
    before = _first(set_by, f"{A}spcBef/{A}spcPts", 0) / 100
    hang = int((set_by[0].get("marL") if set_by else None) or 0) / EMU
    runs = []
    for run in paragraph.iter(f"{A}r"):
        looks = [each for each in (run.find(f"{A}rPr"), given) if each is not None]
        size = next((int(look.get("sz")) / 100 for look in looks if look.get("sz")), 18.0)
        bold = next((look.get("b") == "1" for look in looks if look.get("b")), False)
        heading = any(
            (font := look.find(f"{A}latin")) is not None and font.get("typeface") == "+mj-lt" for look in looks
        )
        runs.append(Run(run.find(f"{A}t").text or "", size, bold, heading=heading))
    return Para(tuple(runs), before=before, spacing=spacing, hang=hang)


def _first(places: list[Any], path: str, default: int) -> int:
    return next((int(found.get("val")) for each in places if (found := each.find(path)) is not None), default)
