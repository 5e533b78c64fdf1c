"""Sign 9: Office's default theme, a legend, a chart in Office's default style, a chart as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbrgen.lint.finding import SignFound
from qbrgen.lint.model import DeckRead

# The six accents of the themes that Office has opened with: 2007, 2013, 2023.
OFFICE = (
    ("4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646"),
    ("5B9BD5", "ED7D31", "A5A5A5", "FFC000", "4472C4", "70AD47"),
    ("4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"),
    ("156082", "E97132", "196B24", "0F9ED5", "A02B93", "4EA72E"),
)
_MOST = 4  # lines or bars that can be labelled where they stand
_LARGE = 0.08  # of the slide: a picture that may be a chart


def office_theme(deck: DeckRead) -> Iterator[SignFound]:
    """A theme whose six accents are those that Office comes with."""
    for palette in deck.palettes:
        if palette in OFFICE:
            what = "The deck has the colours of Office's default theme."
            yield SignFound("office-theme", 0, "", what, "Take a theme of your own.")


def plots(deck: DeckRead) -> Iterator[SignFound]:
    """Legends of up to four series, series that nothing gives a look, pictures of charts."""
    pictured = re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in deck.words.pictured)})s?\b", re.IGNORECASE)
    for slide in deck.slides:
        for shape in slide.own:
            plot = shape.plot
            if plot and plot.legend and len(plot.series) <= _MOST:
                fix = "Write the name at the line or the bar."
                yield SignFound("legend", slide.number, shape.name, "The chart has a legend.", fix)
            if plot and plot.series and all(series.plain for series in plot.series):
                what = "The chart is as Office draws it by default."
                fix = "Give its series colours that tell what matters."
                yield SignFound("default-chart", slide.number, shape.name, what, fix)
            large = shape.box.w * shape.box.h >= _LARGE * deck.width * deck.height
            if shape.kind == "picture" and large and (shape.picture or pictured.search(f"{shape.name} {shape.alt}")):
                what = "A chart stands as a picture."
                yield SignFound("chart-picture", slide.number, shape.name, what, "Draw it as a chart with its data.")
