"""How tightly a brief is set: as loosely as its two pages allow, found with few layouts."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from briefs_by_hand import SENTENCE, brief

from qbrgen.audience import Audience
from qbrgen.document import Cell, Column, Section, Table, Text
from qbrgen.errors import Level
from qbrgen.render.pdf.assets import Assets
from qbrgen.render.pdf.fit import MOST_OF_PLAN, fitted
from qbrgen.render.pdf.html import Pages
from qbrgen.render.pdf.style import SHEETS
from qbrgen.render.pdf.write import _Key, _press
from qbrgen.theme import Theme

MM = 96 / 25.4
FULL = SHEETS["A4"].text_height


def laid_out(pages: int, last: float) -> Any:
    """What is laid out on so many pages, the last filled to `last` mm."""
    body = SimpleNamespace(height=last * MM)
    page = SimpleNamespace(anchors={}, _page_box=SimpleNamespace(children=[SimpleNamespace(children=[body])]))
    return SimpleNamespace(pages=[page] * pages)


@pytest.mark.parametrize(
    ("paragraphs", "by_step", "step", "tried"),
    [
        (1, [(2, 100.0)], 0, [0]),
        (1, [(3, 20.0), (2, 260.0)], 1, [0, 1]),
        (60, [(3, 150.0), (3, 130.0), (3, 50.0), (2, 220.0)], 3, [3]),
        (60, [(3, 150.0), (3, 130.0), (2, 250.0), (2, 170.0)], 2, [3, 2, 1]),
        (60, [(2, 190.0), (2, 180.0), (2, 170.0), (2, 80.0)], 0, [3, 2, 1, 0]),
        (60, [(4, 9.0), (4, 8.0), (3, 90.0), (3, 50.0)], 3, [3]),
    ],
    ids=["roomy", "a-little-long", "crowded", "crowded-but-looser-will-do", "only-looks-crowded", "too-long"],
)
def test_a_brief_is_set_as_loosely_as_it_fits_and_a_crowded_one_is_tried_from_the_tightest(
    theme: Theme, paragraphs: int, by_step: list[tuple[int, float]], step: int, tried: list[int]
) -> None:
    section = Section("a", "A", tuple(Text(SENTENCE) for _ in range(paragraphs)), level=1)
    pages = Pages(brief(section), theme, SHEETS["A4"], Assets())
    seen: list[int] = []

    def lay_out(html: str) -> Any:
        seen.append(int(re.findall(r'class="part step-(\d)', html)[0]))
        return laid_out(*by_step[seen[-1]])

    made = fitted(pages, pages.parts, lay_out, {})
    assert made.steps.get("part-0", 0) == step
    assert seen == tried
    assert len(made.document.pages) == by_step[step][0]
    assert [finding.code for finding in made.findings] == ["brief-too-long"] * (by_step[step][0] > 2)


def test_a_brief_that_was_set_before_is_set_the_same_again(theme: Theme) -> None:
    pages = Pages(brief(Section("a", "A", (Text(SENTENCE),), level=1)), theme, SHEETS["A4"], Assets())
    seen: list[str] = []

    def lay_out(html: str) -> Any:
        seen.append(html)
        return laid_out(2, FULL)

    assert fitted(pages, pages.parts, lay_out, {}, {"part-0": 2}).steps == {"part-0": 2}
    assert len(seen) == 1


def test_what_has_something_to_stand_in_its_place_makes_way_where_even_the_tightest_setting_is_too_long(
    theme: Theme,
) -> None:
    receipts = Section("r", "Receipts", (Text("every receipt"),), instead=(Text("see elsewhere"),))
    made = Section("a", "A", tuple(Text(SENTENCE) for _ in range(60)), level=1)
    pages = Pages(brief(made, receipts), theme, SHEETS["A4"], Assets())

    def lay_out(html: str) -> Any:
        return laid_out(2 if "see elsewhere" in html else 3, FULL)

    made_so = fitted(pages, pages.parts, lay_out, {})
    assert "every receipt" not in made_so.html
    assert 'class="part step-3' in made_so.html
    assert made_so.findings == ()


def test_a_success_plan_that_stays_too_long_is_told_with_what_to_shorten(theme: Theme) -> None:
    section = Section("a", "A", (Text(SENTENCE),), level=1)
    plan = replace(brief(section), kind="plan", audience=Audience.CUSTOMER)
    pages = Pages(plan, theme, SHEETS["A4"], Assets())
    (finding,) = fitted(pages, pages.parts, lambda _: laid_out(MOST_OF_PLAN + 1, FULL), {}).findings
    assert (finding.level, finding.code) == (Level.WARNING, "plan-too-long")
    assert finding.what.endswith(f" takes {MOST_OF_PLAN + 1} pages; it should keep to {MOST_OF_PLAN}.")
    assert finding.fix == "Shorten what its account file says: its actions, above all."


def rows_by_page(laid_out: Any) -> list[int]:
    """How many of the rows named "Row 0", "Row 1" … stand on each page that has any."""
    pages = ([getattr(box, "text", "") for box in page._page_box.descendants()] for page in laid_out.pages)
    counts = [sum(bool(re.fullmatch(r"Row \d", text)) for text in texts) for texts in pages]
    return [count for count in counts if count]


@pytest.mark.parametrize("step", range(4))
def test_no_row_of_a_table_stands_alone_on_a_page_however_tightly_a_brief_is_set(theme: Theme, step: int) -> None:
    rows = tuple((Cell(f"Row {number}"), Cell("what it holds")) for number in range(6))
    press = _press(_Key(theme, "A4", (), None))
    table = Table((Column("Row", 0.5), Column("Holds", 0.5)), rows, "Six rows")
    for height in range(200, 246, 5):  # mm before the table's section: its break falls after each row in turn
        pages = Pages(brief(Section("a", "A", (table,), level=2)), theme, SHEETS["A4"], Assets())
        html = pages.html({pages.parts[0].id: step}).replace("<h2", f'<div style="height: {height}mm"></div><h2', 1)
        split = rows_by_page(press.lay_out(html, pages.assets))
        assert sum(split) == len(rows)
        assert min(split) > 1, f"{split} rows at {height} mm"
