"""What is written: emoji, tags of a template, filler words, and thanks."""

from __future__ import annotations

from building import FINDING, Deck, table, text
from pptx.enum.text import PP_ALIGN

from sign_decks.asked import has, lacks


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
