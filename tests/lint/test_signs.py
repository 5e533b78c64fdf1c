"""Each sign of a generated document: found in a small deck that has it, not in one that nearly has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from building import FINDING, Deck, chart, line, made, panel, picture, table, text, xml
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from qbrgen.lint import SIGNS, lint_deck

Change = Callable[[Deck], object]
WITH: dict[str, list[Change]] = {}
WITHOUT: dict[str, list[Change]] = {}


def has(code: str) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        WITH.setdefault(code, []).append(change)
        return change

    return keep


def lacks(code: str) -> Callable[[Change], Change]:
    def keep(change: Change) -> Change:
        WITHOUT.setdefault(code, []).append(change)
        return change

    return keep


# ---- 1, 2, 12: what is drawn ----------------------------------------------------------------------------------------


@has("rule-under-title")
def rule_below(deck: Deck) -> None:
    line(deck.slide(), 43, 95, 200)


@has("rule-under-title")
def thin_bar_below(deck: Deck) -> None:
    panel(deck.slide(), 43, 95, 120, 3)


@lacks("rule-under-title")
def rule_between_parts_of_the_body(deck: Deck) -> None:
    line(deck.slide(), 43, 300, 800)


@lacks("rule-under-title")
def panel_below_the_title(deck: Deck) -> None:
    panel(deck.slide(), 43, 95, 300, 120)


@has("striped-card")
def card_with_stripe(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 240, 120, MSO_SHAPE.ROUNDED_RECTANGLE)
    panel(slide, 60, 182, 6, 116)


@lacks("striped-card")
def card_without_stripe(deck: Deck) -> None:
    panel(deck.slide(), 60, 180, 240, 120, MSO_SHAPE.ROUNDED_RECTANGLE)


@lacks("striped-card")
def bar_beside_a_square_panel(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 240, 120)
    panel(slide, 60, 182, 6, 116)


@has("gradient")
def gradient_in_a_panel(deck: Deck) -> None:
    panel(deck.slide(), 60, 180, 240, 120).fill.gradient()


@has("gradient")
def gradient_behind_the_slide(deck: Deck) -> None:
    deck.slide().background.fill.gradient()


@lacks("gradient")
def one_colour(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 240, 120)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(255, 255, 255)


@has("shadow")
def shadow_of_its_own(deck: Deck) -> None:
    shape = panel(deck.slide(), 60, 180, 240, 120)
    xml(shape._element.spPr, "effectLst/outerShdw", blurRad="50800")


@lacks("shadow")
def no_effect(deck: Deck) -> None:
    panel(deck.slide(), 60, 180, 240, 120)


# ---- 3, 6, 8, 12: texts ---------------------------------------------------------------------------------------------


@has("emoji-icon")
def emoji_before_a_point(deck: Deck) -> None:
    text(deck.slide(), "\U0001f680 Touches run through sequences")


@has("emoji-icon")
def emoji_alone_in_a_cell(deck: Deck) -> None:
    table(deck.slide(), [["Goal", "State"], ["Sequences", "\u2705"]])


@lacks("emoji-icon")
def marks_of_type(deck: Deck) -> None:
    table(deck.slide(), [["Goal", "State"], ["Sequences", "\u25bc missed"], ["Calls \u2192 deals", "\u25cf kept"]])


@lacks("emoji-icon")
def emoji_within_a_quote(deck: Deck) -> None:
    text(deck.slide(), "Dana wrote: we are there \U0001f389 at last")


@has("centred-text")
def sentence_in_the_middle(deck: Deck) -> None:
    box = text(deck.slide(), "Every rep of the northern team works in sequences now")
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


@has("centred-text")
def points_in_the_middle(deck: Deck) -> None:
    box = text(deck.slide(), "Reps work in sequences\nManagers review each week")
    for paragraph in box.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER


@lacks("centred-text")
def label_in_the_middle(deck: Deck) -> None:
    box = text(deck.slide(), "13 of 13", w=100)
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


@has("leftover")
def tag_of_a_template(deck: Deck) -> None:
    text(deck.slide(), "Prepared for {{ account }}")


@has("leftover")
def to_do(deck: Deck) -> None:
    deck.slide().notes_slide.notes_text_frame.text = "TODO: ask Dana"


@has("leftover")
def value_of_a_program(deck: Deck) -> None:
    table(deck.slide(), [["Rep", "Share"], ["Ana", "NaN"]])


@has("leftover")
def nothing_where_a_name_belongs(deck: Deck) -> None:
    text(deck.slide(), "Owner: None")


@has("leftover")
def prompt_of_the_layout(deck: Deck) -> None:
    slide = deck.slide()
    slide.shapes.title.text_frame.text = slide.slide_layout.placeholders[1].text_frame.text
    text(slide, "Click to add text")


@lacks("leftover")
def none_in_a_sentence(deck: Deck) -> None:
    text(deck.slide(), "None of the reps is new. Ferdinand works in {braces}, nan-o-metres and undefinedness.")


@has("empty-placeholder")
def body_left_empty(deck: Deck) -> None:
    slide = deck.presentation.slides.add_slide(deck.presentation.slide_layouts[2])
    slide.shapes.title.text_frame.text = FINDING


@lacks("empty-placeholder")
def body_filled(deck: Deck) -> None:
    slide = deck.presentation.slides.add_slide(deck.presentation.slide_layouts[2])
    for at, holder in enumerate(slide.placeholders):
        holder.text_frame.text = f"{FINDING}{at * '.'}"


@has("filler")
def filler_words(deck: Deck) -> None:
    text(deck.slide(), "We leverage sequences to reach buyers")


@lacks("filler")
def words_that_mean_something(deck: Deck) -> None:
    text(deck.slide(), "The levers of the depot were replaced in June")


@has("thank-you")
def thanks(deck: Deck) -> None:
    deck.slide("Thank you!")


@has("thank-you")
def questions(deck: Deck) -> None:
    deck.slide("Questions?")


@lacks("thank-you")
def thanks_within_a_finding(deck: Deck) -> None:
    deck.slide("Reps thank customers in four of five replies")


# ---- 4: titles ------------------------------------------------------------------------------------------------------


@has("title-missing")
def no_title(deck: Deck) -> None:
    deck.slide("")


@lacks("title-missing")
def a_title(deck: Deck) -> None:
    deck.slide()


@has("title-topic")
def topic(deck: Deck) -> None:
    deck.slide("Adoption overview")


@has("title-topic")
def topic_of_many_words(deck: Deck) -> None:
    deck.slide("Overview of the workflows of the northern and southern teams")


@has("title-topic")
def headline_case(deck: Deck) -> None:
    deck.slide("Strong Momentum Across Northern Sales Teams And Beyond")


@lacks("title-topic")
def finding(deck: Deck) -> None:
    deck.slide("Adoption is spreading")
    deck.slide("Two actions by 23 October, each with an owner")
    deck.slide("Acme bought Halyard to reach more buyers without hiring more reps")


@has("title-repeated")
def same_title_twice(deck: Deck) -> None:
    deck.slide()
    deck.slide()


@lacks("title-repeated")
def parts_of_one_slide(deck: Deck) -> None:
    deck.slide(f"{FINDING} (1 of 2)")
    deck.slide(f"{FINDING} (2 of 2)")


@has("title-figure")
def figure_that_is_nowhere(deck: Deck) -> None:
    text(deck.slide("80% of touches run through sequences"), "Touches through sequences")


@lacks("title-figure")
def figure_in_a_table_or_chart_or_note(deck: Deck) -> None:
    table(deck.slide("80% of touches run through sequences"), [["Workflow", "Now"], ["Touches, 8 of 10", "80%"]])
    chart(deck.slide("First meetings rose from 3 to 5"))
    slide = deck.slide("Replies took 19 hours")
    slide.notes_slide.notes_text_frame.text = "Median of the quarter: 19 hours."


@lacks("title-figure")
def figure_that_can_be_counted(deck: Deck) -> None:
    rows = [["Workflow", "State"], ["Calls", "on target"], ["Replies", "5 points below"], ["Deals", "7 points below"]]
    table(deck.slide("2 of 3 workflows are below target"), rows)
    text(deck.slide("2 of 8 people are not active yet"), "Active: 6 of 8 people")
    text(deck.slide("Of 3 people, 1 left in June"), "Of the three who began, one left in June.")


@has("title-figure")
def rest_of_another_whole(deck: Deck) -> None:
    text(deck.slide("2 of 8 people are not active yet"), "Active: 5 of 8 people")


@has("title-figure")
def header_counted_as_a_row(deck: Deck) -> None:
    rows = [["Step", "By"], ["Calls", "June"], ["Replies", "July"], ["Deals", "May"]]
    table(deck.slide("4 steps are planned for the summer"), rows)


# ---- 5: geometry ----------------------------------------------------------------------------------------------------


@has("equal-cards")
def three_cards(deck: Deck) -> None:
    slide = deck.slide()
    for at in range(3):
        panel(slide, 60 + at * 280, 180, 250, 150)


@lacks("equal-cards")
def one_large_two_small(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 400, 200)
    panel(slide, 480, 180, 200, 95)
    panel(slide, 480, 285, 200, 95)


@has("same-geometry")
def three_lists_running(deck: Deck) -> None:
    for word in ("Reps", "Managers", "Analysts"):
        text(deck.slide(f"{word} work in sequences every week"), "One\nTwo", h=200)


@lacks("same-geometry")
def two_lists_and_a_table(deck: Deck) -> None:
    for word in ("Reps", "Managers"):
        text(deck.slide(f"{word} work in sequences every week"), "One\nTwo", h=200)
    table(deck.slide("Analysts work in sequences every week"), [["Who", "What"], ["Ana", "Merges"]])


@lacks("same-geometry")
def one_slide_in_three_parts(deck: Deck) -> None:
    for part in (1, 2, 3):
        text(deck.slide(f"{FINDING} ({part} of 3)"), "One\nTwo", h=200)


# ---- 7: sizes -------------------------------------------------------------------------------------------------------


@has("size-off-scale")
def odd_size(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences", size=17)


@lacks("size-off-scale")
def size_of_the_layouts(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences", size=28)


@has("size-below-floor")
def dust(deck: Deck) -> None:
    text(deck.slide(), "Counted over 13 weeks", size=9)


@lacks("size-below-floor")
def raised_figure(deck: Deck) -> None:
    box = text(deck.slide(), "Counted over 13 weeks", size=12)
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = "3", Pt(8)
    run._r.get_or_add_rPr().set("baseline", "30000")


@has("shrunk-text")
def scaled_text(deck: Deck) -> None:
    box = text(deck.slide(), "Reps work in sequences")
    box.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    xml(box._element.txBody, "bodyPr/normAutofit", fontScale="62500")


@lacks("shrunk-text")
def text_that_may_shrink(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences").text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE


# ---- 9: Office's own ------------------------------------------------------------------------------------------------


@lacks("office-theme")
def own_theme(deck: Deck) -> None:
    deck.slide()


@has("legend")
def chart_with_legend(deck: Deck) -> None:
    chart(deck.slide(), legend=True)


@lacks("legend")
def many_series(deck: Deck) -> None:
    chart(deck.slide(), legend=True, series=5)


@has("default-chart")
def plain_chart(deck: Deck) -> None:
    chart(deck.slide(), coloured=False)


@lacks("default-chart")
def coloured_chart(deck: Deck) -> None:
    chart(deck.slide())


@has("chart-picture")
def picture_by_matplotlib(deck: Deck) -> None:
    picture(deck.slide(), software="Matplotlib version3.10.0, https://matplotlib.org/")


@has("chart-picture")
def picture_that_says_so(deck: Deck) -> None:
    picture(deck.slide(), alt="Bar chart of touches by week")


@lacks("chart-picture")
def photograph(deck: Deck) -> None:
    picture(deck.slide(), alt="The depot in Leeds, graphite grey")
    picture(deck.slide("Acme has an organisation of its own"), alt="A small chart", w=60, h=40)


# ---- 10: shares -----------------------------------------------------------------------------------------------------


@has("share-without-count")
def bare_share(deck: Deck) -> None:
    text(deck.slide(), "62% of replies are answered the same day")


@lacks("share-without-count")
def share_with_its_count(deck: Deck) -> None:
    text(deck.slide(), "62% of replies are answered the same day: 341 of 550")
    text(deck.slide("Managers review deals"), "62% (n = 84)")


@lacks("share-without-count")
def change_and_target(deck: Deck) -> None:
    text(deck.slide(), "Time to reply fell by 30%; \u221230% since March. Target: 70%")
    table(deck.slide("Targets stay as they were"), [["Workflow", "Target"], ["Replies", "75%"]])


@has("share-decimals")
def decimals_of_few(deck: Deck) -> None:
    text(deck.slide(), "62.5% of reps are active, 5 of 8")


@lacks("share-decimals")
def decimals_of_many(deck: Deck) -> None:
    text(deck.slide(), "62.1% of replies, 342 of 551")


@lacks("share-decimals")
def decimals_that_keep_a_state_true(deck: Deck) -> None:
    text(deck.slide(), "69.6% of calls are logged, 32 of 46; the target is 70%")


@lacks("share-decimals")
def decimals_that_keep_two_shares_apart(deck: Deck) -> None:
    slide = deck.slide()
    text(slide, "69.6% of calls are logged, 32 of 46")
    text(slide, "70% of replies are answered, 35 of 50", y=300)


# ---- 11: fit --------------------------------------------------------------------------------------------------------


@has("overflow")
def too_much_text(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every week and so do managers. " * 6, w=300, h=60)


@lacks("overflow")
def as_much_as_fits(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every week and so do managers. " * 6, w=800, h=90)


@has("overlap")
def text_over_text(deck: Deck) -> None:
    slide = deck.slide()
    text(slide, "Reps work in sequences")
    text(slide, "Managers review deals", y=208)


@has("overlap")
def table_that_grows_into_text(deck: Deck) -> None:
    slide = deck.slide()
    words = "A plan that needs several lines in a narrow column of a table"
    table(slide, [["Gap", "Plan"], ["Replies", words], ["Calls", words]], w=240)
    text(slide, "Below the table", y=280)


@lacks("overlap")
def frames_that_share_no_text(deck: Deck) -> None:
    slide = deck.slide()
    text(slide, "Reps", h=200)
    text(slide, "Managers", y=300)


@lacks("overlap")
def label_on_a_picture_and_in_a_panel(deck: Deck) -> None:
    slide = deck.slide()
    picture(slide, alt="The depot")
    text(slide, "Leeds", x=80, y=300, w=100)
    panel(slide, 500, 180, 300, 100)
    text(slide, "On a panel", x=520, y=200, w=200)


@has("off-slide")
def beyond_the_edge(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every week", x=800, w=400)


@lacks("off-slide")
def on_the_slide(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every week", x=500, w=400)


@has("margin")
def into_the_margin(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences", x=4)


@lacks("margin")
def picture_to_the_edge(deck: Deck) -> None:
    picture(deck.slide(), alt="The depot").left = 0


@has("lonely-word")
def word_on_its_own_line(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every single week today", w=370, h=90)


@has("lonely-word")
def long_word_on_its_own_line(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every single week collaboratively", w=370, h=90)


@lacks("lonely-word")
def two_words_held_together(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every single week of\u00a0June", w=370, h=90)


@lacks("lonely-word")
def two_words_on_the_last_line(deck: Deck) -> None:
    text(deck.slide(), "Reps work in sequences every single week today and then", w=370, h=90)


# ---- the tests ------------------------------------------------------------------------------------------------------


def cases(of: dict[str, list[Change]]) -> list[object]:
    return [pytest.param(code, change, id=f"{code}: {change.__name__}") for code in of for change in of[code]]


@pytest.mark.parametrize(("code", "change"), cases(WITH))
def test_a_deck_that_has_the_sign_is_found(code: str, change: Change, tmp_path: Path) -> None:
    found = [one for one in lint_deck(made(change, tmp_path / "deck.pptx")) if one.code == code]
    assert found, "the sign is not seen"
    assert all(one.slide >= 2 and one.what and one.fix for one in found)


@pytest.mark.parametrize(("code", "change"), cases(WITHOUT))
def test_a_deck_that_nearly_has_it_is_not(code: str, change: Change, tmp_path: Path) -> None:
    assert [one for one in lint_deck(made(change, tmp_path / "deck.pptx")) if one.code == code] == []


def test_offices_own_theme_is_found_and_so_is_the_shadow_of_its_shapes(tmp_path: Path) -> None:
    def office(deck: Deck) -> None:
        deck.slide().shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(60), Pt(200), Pt(200), Pt(80))

    found = {one.code: one for one in lint_deck(made(office, tmp_path / "deck.pptx", template=None))}
    assert found["office-theme"].slide == 0
    assert "shadow" in found


def test_what_a_template_draws_itself_is_judged_on_demand(tmp_path: Path) -> None:
    def ruled(deck: Deck) -> None:
        slide = deck.slide()
        rule = line(slide, 43, 95, 200)
        slide.slide_layout.shapes._spTree.append(rule._element)

    path = made(ruled, tmp_path / "deck.pptx")
    assert lint_deck(path) == []
    assert [(one.code, one.shape.partition(":")[0]) for one in lint_deck(path, template=True)] == [
        ("rule-under-title", "Content")
    ]


def test_every_code_has_a_deck_with_it_and_one_without() -> None:
    assert set(WITH) | {"office-theme"} == set(SIGNS)
    assert set(WITHOUT) == set(SIGNS)
    assert set(SIGNS.values()) == set(range(1, 13))


def test_a_good_deck_has_no_sign(tmp_path: Path) -> None:
    def good(deck: Deck) -> None:
        table(deck.slide("2 of 3 workflows are on target"), [["Workflow", "Now"], ["Calls", "80%, 8 of 10"]] * 2)
        chart(deck.slide("First meetings rose from 3 to 5"))

    assert [one for one in lint_deck(made(good, tmp_path / "deck.pptx"), template=True) if one.sign != 4] == []
