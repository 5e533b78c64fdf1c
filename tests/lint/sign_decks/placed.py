"""How things are placed: cards in a row, sizes of type, and what does not fit."""

from __future__ import annotations

from building import FINDING, Deck, panel, picture, table, text, xml
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Pt

from sign_decks.asked import has, lacks

# ---- 5: geometry -----------------------------------------------------------------------------------------------------


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


# ---- 7: sizes --------------------------------------------------------------------------------------------------------


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


# ---- 11: fit ---------------------------------------------------------------------------------------------------------


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
