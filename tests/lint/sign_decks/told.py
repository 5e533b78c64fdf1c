"""What titles and shares tell: topics, figures that are nowhere, shares without their count."""

from __future__ import annotations

from building import FINDING, Deck, chart, table, text

from sign_decks.asked import has, lacks

# ---- 4: titles -------------------------------------------------------------------------------------------------------


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


# ---- 10: shares ------------------------------------------------------------------------------------------------------


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
