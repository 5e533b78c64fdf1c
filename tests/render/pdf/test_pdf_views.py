"""What is measured before the page is made: columns, bars, rows of marks, ends of paragraphs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from briefs_by_hand import BARS, GAPS, F, O, brief

from qbrgen.document import (
    BarGroup,
    Cell,
    Column,
    Contents,
    ContentsEntry,
    Notes,
    PeopleGroup,
    PersonMark,
    Section,
    Status,
    Table,
)
from qbrgen.render.pdf.columns import note_columns, table_columns
from qbrgen.render.pdf.fonts import text_width
from qbrgen.render.pdf.style import SHEETS
from qbrgen.render.pdf.views import (
    bar_columns,
    breakable,
    contents_pages,
    fives,
    kept_end,
    linker,
    parts,
    placed,
    shortened,
    two_abreast,
)
from qbrgen.theme import Theme


def test_dates_and_owners_get_the_room_that_they_need(theme: Theme) -> None:
    columns = table_columns(GAPS, 182.0, theme)
    assert sum(column.share for column in columns) == pytest.approx(100, abs=0.1)
    for index, text in ((3, "Priya Raman"), (4, "16 Oct 2026")):
        assert columns[index].nowrap
        assert columns[index].share * 1.82 > text_width(theme.body, text, 10.5)


def test_an_owner_of_sixty_characters_wraps_and_leaves_room_for_the_rest(theme: Theme) -> None:
    table = Table((Column("Gap", 0.7), Column("Owner", 0.3, nowrap=True)), ((Cell("x"), Cell("Long " * 12)),), "")
    gap, owner = table_columns(table, 182.0, theme)
    assert not owner.nowrap
    assert owner.share <= 33
    assert gap.share >= 67


def test_a_table_of_figures_only_fills_its_width(theme: Theme) -> None:
    table = Table((Column("A", 1, "right"), Column("B", 1, "right")), ((Cell("1"), Cell("2")),), "")
    assert sum(column.share for column in table_columns(table, 80.0, theme)) == pytest.approx(100, abs=0.1)


def test_a_column_of_much_text_takes_room_from_one_of_little(theme: Theme) -> None:
    columns = (Column("Gap", 0.5), Column("Plan", 0.5))
    table = Table(columns, tuple((Cell("many words " * 12), Cell("few words")) for _ in range(4)), "")
    wide, narrow = table_columns(table, 100.0, theme)
    assert wide.share > narrow.share + 20


def test_no_column_gets_narrower_than_its_longest_word(theme: Theme) -> None:
    columns = (Column("A", 0.5), Column("B", 0.5))
    table = Table(columns, ((Cell("many words " * 40), Cell("Anspruchsberechtigungen")),), "")
    assert table_columns(table, 100.0, theme)[1].share >= text_width(theme.body, "Anspruchsberechtigungen", 10.5)


def test_columns_of_figures_stand_as_far_apart_as_they_asked_where_there_is_room(theme: Theme) -> None:
    columns = (Column("Owner", 0.4), Column("A", 0.3, "right"), Column("B", 0.3, "right"))
    table = Table(columns, ((Cell("Priya Raman"), Cell("1"), Cell("2")),), "")
    assert [round(column.share) for column in table_columns(table, 182.0, theme)] == [40, 30, 30]


def test_a_long_owner_leaves_the_plan_its_room(theme: Theme) -> None:
    columns = (
        Column("Gap", 0.40), Column("Since", 0.12, nowrap=True), Column("Plan", 0.32),
        Column("Owner, by", 0.16, nowrap=True),
    )  # fmt: skip
    row = (
        Cell("1 of 10 reps no longer active", strong=True), Cell("14 September"),
        Cell("Work through one shared list with the reps who are not yet there"),
        Cell("Małgorzata Święcicka-Żółkowska", sub="6 November"),
    )  # fmt: skip
    plan, owner = table_columns(Table(columns, (row, row), ""), 182.0, theme)[2:]
    assert owner.nowrap
    assert plan.share * 1.82 > 38


def test_footnotes_stand_in_two_columns_of_about_the_same_height_in_their_order(theme: Theme) -> None:
    items = tuple((str(number), "counted from the events of the quarter " * (1 + number % 3)) for number in range(9))
    left, right = note_columns(Notes(items), 182.0, 6.0, theme)
    assert (*left, *right) == items
    lengths = [sum(len(text) for _, text in column) for column in (left, right)]
    assert min(lengths) > 0.7 * max(lengths)
    assert note_columns(Notes(items[:1]), 182.0, 6.0, theme) == [[items[0]], []]


def test_without_any_value_there_is_room_for_names_and_none_for_bars(theme: Theme) -> None:
    (first, *_), *_ = (group.bars for group in BARS.groups)
    silent = replace(first, value=None, value_text="", status=Status.NO_DATA, state_text="no data")
    columns = bar_columns(replace(BARS, groups=(BarGroup("Reps", (silent,)),)), 182.0, theme)
    assert (columns.bar, columns.value) == (0.0, 0.0)
    assert sum(columns.drawn) == pytest.approx(182.0)


def test_a_table_without_rows_has_columns(theme: Theme) -> None:
    assert len(table_columns(Table(GAPS.columns, (), ""), 182.0, theme)) == 5


@pytest.mark.parametrize("width", [182.0, 88.0])
def test_bars_keep_a_length_of_use(theme: Theme, width: float) -> None:
    columns = bar_columns(BARS, width, theme)
    assert sum(columns.drawn) == pytest.approx(width)
    assert min(columns.drawn) > 5
    assert columns.bar > 18
    assert columns.label > 20
    assert bool(columns.state) == (width > 100)


def test_marks_stand_in_fives_and_personas_apart() -> None:
    row = placed(((F,) * 6, (), (F,)))
    assert [persona for _, persona, _ in row] == [0] * 6 + [1]
    edges = [edge for edge, _, _ in row]
    gaps = [after - before for before, after in pairwise(edges)]
    assert gaps[3] < gaps[4]
    assert gaps[3] < gaps[5]
    assert [len(five) for five in fives(range(12))] == [5, 5, 2]


def test_many_personas_with_few_names_stand_two_abreast() -> None:
    crowd = tuple(PersonMark(F) for _ in range(20))
    few = PeopleGroup("Reps", "18 of 20", (*crowd, PersonMark(F, "", "Ana"), PersonMark(O, "", "Jon")))
    assert two_abreast((few, few, few, few), 182.0)
    assert not two_abreast((few, few, few, few), 88.0)
    assert not two_abreast((few,), 182.0)
    many = PeopleGroup("Reps", "0 of 30", tuple(PersonMark(O, "", f"Person {n}") for n in range(30)))
    assert not two_abreast((many, few, few), 182.0)


def test_a_paragraph_does_not_end_on_a_line_of_one_word() -> None:
    assert kept_end("cut by roughly 30%.") == "cut by roughly\u00a030%."
    assert kept_end("two words") == "two words"
    assert kept_end("") == ""
    assert " bergerdorff" in kept_end("a Wolfeschlegelsteinhausen bergerdorff")


def test_a_running_head_is_cut_with_an_ellipsis(theme: Theme) -> None:
    assert shortened("Acme", 90, theme) == "Acme"
    cut = shortened("W" * 200, 90, theme)
    assert cut.endswith("…")
    assert text_width(theme.body, cut, 8.5) <= 90


def test_ways_back_lead_to_sections_and_to_cells_and_not_to_what_is_not_there(theme: Theme) -> None:
    opening = Section("portfolio", "Portfolio, Q3 2026", level=1)
    rows = ((Cell("Acme", link="acme", anchor="line/acme"),),)
    listed = Section("accounts", "Every account", (Table((Column("Account", 1.0),), rows, ""),))
    back = (("Contents", "accounts"), ("In the list", "line/acme"), ("Nowhere", "nothing"))
    account = Section("acme", "Acme", level=1, back=back)
    document = brief(opening, listed, account)
    links = linker(document)
    assert parts(document, links, SHEETS["A4"], theme)[-1].back == (
        ("Contents", "part-1"), ("In the list", "line-0"),
    )  # fmt: skip
    assert links.linked == {"acme"}


@pytest.mark.parametrize(("count", "pages"), [(5, [(3, 2)]), (84, [(42, 42)]), (100, [(42, 42), (8, 8)])])
def test_contents_are_read_one_column_after_the_other_on_pages_that_hold_them(
    count: int, pages: list[tuple[int, int]]
) -> None:
    entries = tuple(ContentsEntry(f"Account {number}", f"a{number}") for number in range(count))
    made = contents_pages(Contents(entries))
    assert [tuple(len(column) for column in page) for page in made] == pages
    assert [entry for page in made for column in page for entry in column] == list(entries)


def test_a_heading_of_the_contents_keeps_its_first_line() -> None:
    parts_of_it = [ContentsEntry(f"Part {number}", f"p{number}") for number in range(2)]
    entries = (*parts_of_it, ContentsEntry("Briefs"), *(ContentsEntry(f"A{n}", f"a{n}") for n in range(3)))
    ((left, right),) = contents_pages(Contents(entries))
    assert [entry.text for entry in left] == ["Part 0", "Part 1"]
    assert right[0].text == "Briefs"


def test_a_very_long_word_of_a_name_may_break_so_that_its_mark_stays_beside_it() -> None:
    word = "Featherstonehaughdorroffkapellmeister"
    shown = breakable(f"Anna {word}")
    assert shown.replace("\u00ad", "") == f"Anna {word}"
    assert max(map(len, shown.split()[1].split("\u00ad"))) < 12
    assert breakable("Małgorzata Święcicka-Ziółkowska") == "Małgorzata Święcicka-Ziółkowska"
    assert "-\u00ad" not in breakable("Aleksandra Wojciechowska-Szczęsna"), "two hyphens at the end of a line"
    assert "-\u00ad" not in breakable("Aleksandra Wojciechowska-Szczęsna"), "two hyphens at the end of a line"
