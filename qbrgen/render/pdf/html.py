"""Document → HTML by the Jinja2 templates in templates/brief, which a workspace may override.

Templates run sandboxed, escape what they print, and fail on a name that does not exist. Pictures that they ask for
(marks and bars as SVG templates, line charts by matplotlib) go into the table of assets.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from qbrgen.document import Document, Trend
from qbrgen.render.charts.style import ChartFace, ChartStyle
from qbrgen.render.pdf import views
from qbrgen.render.pdf.assets import Assets
from qbrgen.render.pdf.columns import note_columns, table_columns
from qbrgen.render.pdf.coverage import right_to_left
from qbrgen.render.pdf.fonts import SystemFont, text_width
from qbrgen.render.pdf.style import Sheet, StyleValues, declared_family, fallback_name, paper
from qbrgen.render.templates import Sandbox, printed, sandbox, template_errors
from qbrgen.theme import Theme

SVG = "image/svg+xml"
ELSEWHERE = "part:"  # how the address of an id in another part begins; `merge_pdfs` joins it
PAGES = ""  # among the numbers of pages: how many there are in all
UNKNOWN_PAGE = "000"  # where a page is not yet known: as wide as one that is
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kind(block: object) -> str:
    """The name of a block: "key-figures" for KeyFigures."""
    return _CAMEL.sub("-", type(block).__name__).lower()


def mm(number: float) -> str:
    """A measure as CSS takes it: "12.5"."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


VARIABLES = {
    "document": "the document: a Document",
    "parts": "its parts, each an account or a portfolio's first page: a list of PartView",
    "first": "the first of all parts: a PartView",
    "address": "`address(id)`: what a link to an id takes as its href, also where it is in another part",
    "pages": "of a document that is made part by part: how many pages there are in all; else 0",
    "page_of": "`page_of(id)`: the number of the page that an id stands on, as text",
    "links": '`links.target(key)`: id of the Section of that key, "" where there is none',
    "sheet": "the page's measures in mm: a Sheet",
    "half": "width of a column in mm",
    "logo": 'address of the theme\'s logo, "" where it has none',
    "brand": "the company's name",
    "svg": "`svg(name, …)`: draws svg/NAME.svg with what it is given; returns the picture's address",
    "trend": "`trend(block, width, height)`: draws the line of a Trend, in mm; returns the picture's address",
    "table_columns": "`table_columns(block, width, step)`: measured columns of a Table, each with share (%) and nowrap",
    "bar_columns": "`bar_columns(block, width, step)`: measured columns of TargetBars: a BarColumns",
    "bar_scale": "`bar_scale(block)`: the value at the right end of every bar of TargetBars, 1 or more",
    "note_columns": "`note_columns(block, width)`: Notes in two columns of the same height, each of (number, text)",
    "two_abreast": "`two_abreast(groups, width)`: whether personas stand better in two columns",
    "figure_is_long": "`figure_is_long(figure, width)`: whether a KeyFigure needs the smaller size",
    "reading_is_long": "`reading_is_long(reading, width)`: whether a Reading needs the smaller size",
}
"""What the templates of pages are given. docs/templates.md lists it."""
STYLE = {"style": "sizes, colours and typefaces of the theme: a StyleValues; every text in it is safe inside CSS"}
"""What style.css is given."""
COLOUR = {"colour": "the theme's colours for paper by role, each #RRGGBB"}
_SIZE = {"width": "of the picture in mm", "height": "of the picture in mm"}
DRAWINGS = {
    "bar": COLOUR | {"bar": "a TargetBar", "scale": "the value at the right end"} | _SIZE,
    "boxes": COLOUR | {"filled": "number of boxes filled", "total": "number of boxes"},
    "change": COLOUR | {"before": "a number above 0", "after": "a number above 0"} | _SIZE,
    "length": COLOUR | {"share": "length as a share of one", "role": "role of the bar's colour"} | _SIZE,
    "marks": COLOUR | {"personas": "a list of Mark for each persona", "shapes": "names of shapes, one a persona"},
}
"""What each template in svg/ is given."""
FILTERS: dict[str, Callable[..., Any]] = {
    "kind": kind,
    "fives": views.fives,
    "contents_pages": views.contents_pages,
    "kept_end": views.kept_end,
    "breakable": views.breakable,
    "placed": views.placed,
    "named": views.named,
    "right_to_left": right_to_left,
    "mm": mm,
}
"""Filters of the templates, besides Jinja2's."""


@lru_cache(maxsize=8)
def environment(own: Path | None) -> Sandbox:
    """Templates of the workspace (`own`) before those that come with qbrgen."""
    return sandbox("brief", own, FILTERS, VARIABLES | STYLE)


def variables_of(name: str) -> Collection[str] | None:
    """What the template `name` is given; None for one of a user's own making that another draws or includes."""
    folder, _, file = name.rpartition("/")
    if folder == "svg":
        return DRAWINGS.get(file.removesuffix(".svg"))
    return STYLE if name == "style.css" else VARIABLES if name.endswith(".html") else None


def stylesheet(values: StyleValues, own: Path | None = None) -> str:
    """The stylesheet for a theme and a page size, as CSS."""
    with template_errors(own):
        # CSS is no HTML: its values were checked by pattern, and escaping would only break its quotes.
        return printed(environment(own).get_template("style.css"), own, {"style": values})


@dataclass
class Pages:
    """Makes the HTML of one document: `html(steps)` may be called again with tighter settings."""

    document: Document
    theme: Theme
    sheet: Sheet
    assets: Assets
    fallbacks: tuple[SystemFont, ...] = ()
    own: Path | None = None
    _drawn: dict[tuple[Any, ...], str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.links = views.linker(self.document)
        self.parts = views.parts(self.document, self.links, self.sheet, self.theme)
        self._homes = views.homes(self.parts, self.links)
        self.told: dict[str, int] = {}

    def html(
        self, steps: Mapping[str, int], only: Collection[str] = (), numbers: Mapping[str, int] | None = None
    ) -> str:
        """steps: id of a part → how tightly it is set, 0 (default) to 3. only: ids of the parts to make; default all.
        numbers: id → its page, as far as it is known, and `PAGES` → how many there are. Afterwards `told` holds those
        that were written, 0 for unknown.
        """
        self.told = {}
        shown = [views.set_at(part, steps.get(part.id, 0)) for part in self.parts if not only or part.id in only]
        colours = dataclasses.asdict(self.theme.on_paper)
        colours["background"] = paper(colours["background"])
        facts = {
            "document": self.document,
            "parts": shown,
            "first": self.parts[0],
            "address": self._address({part.id for part in shown}),
            "pages": (numbers or {}).get(PAGES, 0),
            "page_of": lambda name: self._page_of(name, numbers or {}),
            "links": self.links,
            "sheet": self.sheet,
            "half": (self.sheet.content - self.sheet.gutter) / 2,
            "svg": self._svg(colours),
            "trend": self._trend,
            "table_columns": lambda table, width, step: table_columns(table, width, self.theme, step),
            "bar_columns": lambda block, width, step: views.bar_columns(block, width, self.theme, step),
            "bar_scale": views.bar_scale,
            "note_columns": lambda notes, width: note_columns(notes, width, self.sheet.gutter, self.theme),
            "two_abreast": views.two_abreast,
            "figure_is_long": lambda figure, width: views.figure_is_long(figure, width, self.theme),
            "reading_is_long": lambda reading, width: views.reading_is_long(reading, width, self.theme),
            "logo": self._logo(),
            "brand": self.document.company or self.theme.logo_alt or self.theme.brand,
        }
        with template_errors(self.own):
            return printed(environment(self.own).get_template("document.html"), self.own, facts, len(shown))

    def _address(self, shown: Collection[str]) -> Callable[[str], str]:
        def address(name: str) -> str:
            return f"#{name}" if self._homes.get(name) in shown else f"{ELSEWHERE}{name}"

        return address

    def _page_of(self, name: str, numbers: Mapping[str, int]) -> str:
        self.told[name] = numbers.get(name, 0)
        return str(self.told[name] or UNKNOWN_PAGE)

    def _svg(self, colours: Mapping[str, str]) -> Callable[..., str]:
        def svg(name: str, **facts: Any) -> str:
            """Draw templates/brief/svg/`name`.svg; returns the picture's address."""
            drawing = environment(self.own).get_template(f"svg/{name}.svg").render(colour=colours, **facts)
            return self.assets.add(drawing.encode(), SVG)

        return svg

    def _trend(self, trend: Trend, width: float, height: float) -> str:
        key = (trend, width, height)
        if key not in self._drawn:
            from qbrgen.render.charts.trend import trend_svg

            self._drawn[key] = self.assets.add(trend_svg(trend, self._chart_style(), width, height), SVG)
        return self._drawn[key]

    def _chart_style(self) -> ChartStyle:
        from babel import Locale, UnknownLocaleError
        from babel.numbers import format_percent

        try:
            locale = Locale.parse(self.document.language, sep="-")
        except (ValueError, UnknownLocaleError):
            locale = Locale("en")
        body = self.theme.body
        own = [ChartFace(declared_family(body), face.path, face.weight) for face in body.faces if not face.italic]
        spare = [
            ChartFace(fallback_name(number), font.path, weight)
            for number, font in enumerate(self.fallbacks)
            for weight in (400, 700)  # the same outlines stand in for bold
        ]
        return ChartStyle(
            self.theme.on_paper,
            (*own, *spare),
            lambda text, size, bold: text_width(body, text, size, bold),
            lambda share: format_percent(share, locale=locale),
        )

    def _logo(self) -> str:
        """The logo's address, "" when the theme has none. Themes take out of a drawing all that runs or fetches."""
        logo = self.theme.logo or self.theme.logo_picture
        return self.assets.add(logo.content, logo.kind) if logo else ""
