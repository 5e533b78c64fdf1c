"""Writes the logo and the template of the themes that come with qbrgen: `python themes/make_templates.py`.

The same brand file gives the same bytes. Run it after changing a theme's _brand.yml.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from qbrgen.render.pptx.arrangement import Arrangement, Shape
from qbrgen.render.pptx.arrangements import arrangement_of, sail
from qbrgen.render.pptx.template import LAYOUT_MAP, template_bytes
from qbrgen.theme.load import read_theme

HERE = Path(__file__).resolve().parent
BOLD = HERE / "fonts" / "LiberationSans-Bold.ttf"
Points = tuple[tuple[float, float], ...]
# A main sail and a jib on one mast, in a box of 100 by 100.
SAILS: tuple[Points, ...] = (((46, 4), (46, 84), (98, 84)), ((36, 24), (36, 84), (4, 84)))
HULL: Points = ((4, 92), (98, 92), (98, 100), (4, 100))
THEMES = ("folio", "halyard", "plain")


def boat(x: float, y: float, size: float, colour: str) -> tuple[Shape, ...]:
    """Halyard's mark, its top left corner at x and y."""
    return tuple(
        Shape("Mark", tuple((x + px * size / 100, y + py * size / 100) for px, py in points), colour)
        for points in (*SAILS, HULL)
    )


def arrangement(name: str) -> Arrangement:
    """How a theme that comes with qbrgen arranges its layouts: Halyard's sail bears its mark."""
    if name == "halyard":
        return sail(boat(812, 372, 92, "bg1"), boat(901, 31, 16, "accent1"))
    return arrangement_of(name)


def draw_logo(folder: Path, word: str, ink: str, accent: str) -> None:
    """A wordmark with its mark, as SVG (outlines, no font needed) and as PNG."""
    size, gap = 100, 34
    font = TTFont(BOLD)
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), 104 / font["head"].unitsPerEm
    x, outlines = float(size + gap), ""
    for letter in word:
        pen = SVGPathPen(glyphs)
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(pen)
        outlines += f'<path transform="translate({x:.2f} 86) scale({scale:.5f} {-scale:.5f})" d="{pen.getCommands()}"/>'
        x += glyph.width * scale
    marks = "".join(f'<path d="M{" L".join(f"{px} {py}" for px, py in points)}Z"/>' for points in (*SAILS, HULL))
    (folder / "logo.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x:.0f} 112" role="img"><title>{word}</title>'
        f'<g fill="{accent}">{marks}</g><g fill="{ink}">{outlines}</g></svg>\n',
        encoding="utf-8",
    )
    over = 8  # drawn large, then shrunk: smooth edges
    image = Image.new("RGBA", (round(x) * over, 112 * over), (255, 255, 255, 0))
    pen_ = ImageDraw.Draw(image)
    for points in (*SAILS, HULL):
        pen_.polygon([(px * over, py * over) for px, py in points], fill=accent)
    face = ImageFont.truetype(str(BOLD), 104 * over)
    pen_.text(((size + gap) * over, 86 * over), word, font=face, fill=ink, anchor="ls")
    image.resize((round(x) * 3, 112 * 3), Image.Resampling.LANCZOS).save(folder / "logo.png", optimize=True)


def main() -> None:
    """Logo first: the template shows it."""
    for name in THEMES:
        folder = HERE / name
        theme = read_theme(folder)
        if name == "halyard":
            draw_logo(folder, theme.brand, theme.palette.ink, theme.palette.accent)
            theme = read_theme(folder)
        (folder / "template.pptx").write_bytes(template_bytes(theme, arrangement(name)))
        text = yaml.safe_dump(LAYOUT_MAP, sort_keys=False, allow_unicode=True)
        head = (
            "# Role of a slide: the layout that it takes, and which of its placeholders (name or index) takes what.\n"
        )
        (folder / "template.yml").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
