"""A few pixels: what is drawn stands where it should, in the colour of its role."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from briefs_by_hand import BARS, brief
from reading_pdfs import has_colour, picture

from qbrgen.document import BarGroup, Section, TargetBars
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import Theme


def _one_bar(theme: Theme, value: float | None, number: int = 0) -> np.ndarray:
    bar = replace(BARS.groups[0].bars[number], value=value, previous=None)
    block = TargetBars((BarGroup("", (bar,)),), "one workflow")
    content, _ = pdf_bytes(brief(Section("a", "A", (block,), level=1)), theme)
    return picture(content, scale=2.0)


def _widest_run(mask: np.ndarray) -> int:
    rows = mask.sum(axis=1)
    return int(rows.max())


def test_a_bar_is_as_long_as_its_value_in_the_accent(theme: Theme) -> None:
    full = _widest_run(has_colour(_one_bar(theme, 1.0), theme.palette.accent))
    half = _widest_run(has_colour(_one_bar(theme, 0.5), theme.palette.accent))
    assert abs(half / full - 0.5) < 0.05


def test_a_workflow_off_target_is_drawn_in_its_own_colour(theme: Theme) -> None:
    pixels = _one_bar(theme, 0.62, number=3)
    assert _widest_run(has_colour(pixels, theme.palette.behind)) > 40
    assert not has_colour(pixels, theme.palette.accent)[80:].any()


def test_the_target_is_a_mark_across_the_bar(theme: Theme) -> None:
    pixels = _one_bar(theme, 1.0)
    bar = has_colour(pixels, theme.palette.accent)
    row = int(bar.sum(axis=1).argmax())
    columns = np.flatnonzero(bar[row])
    columns = columns[: next((n + 1 for n, gap in enumerate(np.diff(columns)) if gap > 20), len(columns))]
    ink = np.flatnonzero(has_colour(pixels, theme.palette.ink)[row])
    mark = [column for column in ink if columns[0] < column < columns[-1]]
    assert abs((np.mean(mark) - columns[0]) / (columns[-1] - columns[0]) - 0.7) < 0.02


def test_no_data_draws_no_bar(theme: Theme) -> None:
    track = has_colour(_one_bar(theme, None), theme.palette.track)
    assert _widest_run(track[:-2] & track[1:-1] & track[2:]) < 20, "more than the edge of a rule"


def test_the_two_states_stay_apart_in_grey(brief_pdf: bytes, theme: Theme) -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(theme.palette.accent) - grey(theme.palette.behind)) > 20
    assert has_colour(picture(brief_pdf), theme.palette.accent).any()
