from __future__ import annotations

import dataclasses
from datetime import date
from itertools import pairwise

import pytest
from by_hand import EMAIL_TIME, LIVE_LIST, NO_OWNER, gap, narrative, persona, picture, slide, texts_in, workflow

from qbrgen.audience import Audience
from qbrgen.compose.deck import Composed, compose_deck, storyline
from qbrgen.compose.storyline import Part, Storyline
from qbrgen.compose.told import shortened
from qbrgen.document import (
    BeforeAfter,
    Bullets,
    Callout,
    Columns,
    KeyFigures,
    People,
    Role,
    Table,
    TargetBars,
    Text,
    Trend,
)
from qbrgen.errors import AudienceLeak
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import Breadth, Depth, Direction
from qbrgen.score.states import GapKind, TargetState
from qbrgen.score.states import Trend as Call

STORY = [
    "title", "sentence", "bought", "promises", "people", "workflows", "direction", "impact", "gaps", "plan", "next",
    "receipts",
]  # fmt: skip


def keys(composed: Composed) -> list[str]:
    return [slide.key for slide in composed.document.slides]


def test_a_full_account_gets_the_whole_story_in_order(wording: Wording) -> None:
    composed = compose_deck(narrative(picture()), wording)
    assert keys(composed) == STORY
    assert composed.left_out == ()
    assert composed.findings == ()
    assert composed.document.kind == "deck"
    assert composed.document.audience is Audience.CUSTOMER


def test_each_slide_holds_the_blocks_that_its_message_needs(wording: Wording) -> None:
    composed = compose_deck(narrative(picture()), wording)
    kinds = {s.key: [type(block) for block in s.blocks] for s in composed.document.slides}
    assert kinds["sentence"] == [KeyFigures]
    assert kinds["bought"] == [Columns]
    assert kinds["promises"] == [Table]
    assert kinds["people"] == [People, Bullets]
    assert kinds["workflows"] == [TargetBars]
    assert kinds["direction"] == [Trend, Text]
    assert kinds["impact"] == [BeforeAfter, Text]
    assert kinds["gaps"] == [Table]
    assert kinds["plan"] == [Table, Bullets]
    assert kinds["next"] == [TargetBars, Text, Callout]
    assert kinds["receipts"] == [Table]


def test_no_geometry_comes_three_times_running(wording: Wording) -> None:
    slides = compose_deck(narrative(picture()), wording).document.slides
    shapes = [(s.role, tuple(type(block) for block in s.blocks)) for s in slides]
    assert not any(a == b == c for a, b, c in zip(shapes, shapes[1:], shapes[2:], strict=False))


def test_titles_are_the_findings_and_each_is_said_once(wording: Wording) -> None:
    slides = compose_deck(narrative(picture()), wording).document.slides
    titles = [s.title for s in slides]
    assert len(set(titles)) == len(titles)
    assert slide(compose_deck(narrative(picture()), wording), "people").title == "The finding of people"


def test_the_sentence_slide_says_the_sentence_itself(wording: Wording) -> None:
    shown = slide(compose_deck(narrative(picture()), wording), "sentence")
    assert shown.role is Role.STATEMENT
    assert shown.title == "The sentence of Acme."
    figures = shown.blocks[0]
    assert isinstance(figures, KeyFigures)
    assert [figure.figure for figure in figures.figures] == ["6 of 8", "2 of 3", "−30%", "Spreading"]
    assert figures.figures[0].note == "4 of 8 before"
    assert figures.figures[1].boxes == (2, 3)
    assert figures.figures[2].change == (1.0, 0.7)
    assert figures.figures[3].note == "In the second half of 26 weeks, 5 people do more, 1 less."


def test_the_ask_stands_on_one_slide(wording: Wording) -> None:
    told = narrative(picture())
    story = Storyline("short", (Part("ahead", ("plan",)),))
    for composed, slide_with_it in (
        (compose_deck(told, wording), "next"),
        (compose_deck(told, wording, story), "plan"),
    ):
        asked = [s.key for s in composed.document.slides if any(isinstance(block, Callout) for block in s.blocks)]
        assert asked == [slide_with_it]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme", "Acme"),
        ("Calder & Wye Insurance Brokers", "Calder & Wye Insurance…"),
        ("Przedsiębiorstwo Handlowo-Usługowe", "Przedsiębiorstwo…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsge…"),
        ("東京国際物流システム株式会社営業本部", "東京国際物流システム株式…"),
    ],
)
def test_a_long_name_is_shortened_at_a_word(name: str, shown: str) -> None:
    assert shortened(name, 25) == shown


def test_without_an_impact_direction_is_the_third_figure_and_the_impact_slide_drops_out(wording: Wording) -> None:
    composed = compose_deck(narrative(picture(impacts=())), wording)
    figures = slide(composed, "sentence").blocks[0]
    assert isinstance(figures, KeyFigures)
    assert figures.figures[2].figure == "Spreading"
    assert "impact" not in keys(composed)
    assert [item.slide for item in composed.left_out] == ["impact"]
    assert "impact" in composed.left_out[0].reason.lower()


def test_an_impact_that_may_not_be_told_is_not_told(wording: Wording) -> None:
    untold = dataclasses.replace(EMAIL_TIME, tellable=False)
    composed = compose_deck(narrative(picture(impacts=(untold,))), wording)
    assert not any("manual email time" in text.lower() for text in texts_in(composed.document))


def test_talk_tracks_are_split_into_paragraphs(wording: Wording) -> None:
    assert slide(compose_deck(narrative(picture()), wording), "gaps").notes == ("Say this of gaps.", "Counted so.")


def test_gaps_come_most_urgent_first_and_the_rest_are_counted(wording: Wording) -> None:
    many = tuple(gap(f"g{i}", weight=i) for i in range(9))
    shown = slide(compose_deck(narrative(picture(gaps=many)), wording), "gaps")
    table, more = shown.blocks
    assert isinstance(table, Table)
    assert isinstance(more, Text)
    assert [row[0].text for row in table.rows] == [f"gap g{i}" for i in (8, 7, 6, 5, 4, 3)]
    assert "3 more" in more.text


def test_a_plan_says_what_is_not_set_and_comes_soonest_first(wording: Wording) -> None:
    table = slide(compose_deck(narrative(picture()), wording), "plan").blocks[0]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == [
        "One hour on a live list with each", "2 of 7 reps not yet active", "Priya Raman", "16 October",
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[1]][2:] == ["Not set", "Not set"]


def test_what_is_done_is_no_longer_planned(wording: Wording) -> None:
    done = dataclasses.replace(LIVE_LIST, action=dataclasses.replace(LIVE_LIST.action, done_on=date(2026, 9, 1)))
    assert "plan" not in keys(compose_deck(narrative(picture(actions=(done,))), wording))


def test_receipts_are_numbered_and_cited_by_number(wording: Wording) -> None:
    composed = compose_deck(narrative(picture()), wording)
    table = slide(composed, "receipts").blocks[0]
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["1", "2", "3", "4", "5"]
    assert slide(composed, "people").footnote.endswith("Receipts 1 and 2.")


def test_a_deck_without_the_receipts_slide_cites_none(wording: Wording) -> None:
    story = Storyline("short", (Part("opening", ("title", "promises", "people")),))
    composed = compose_deck(narrative(picture()), wording, story)
    assert keys(composed) == ["title", "promises", "people"]
    assert "eceipt" not in " ".join(texts_in(composed.document))


def silent_account() -> dict[str, object]:
    nothing = Direction(Call.NO_DATA)
    return {
        "feed_silent": True,
        "personas": (persona(weekly=(), direction=nothing, is_active=None),),
        "workflows": (workflow(value=None, state=TargetState.NO_DATA, weekly=(), direction=nothing),),
        "breadth": Breadth(0, 7, 0, 0, 0, 0, 1, None, "people"),
        "depth": Depth(0, 0, 1, 0, None, "depth"),
        "direction": nothing,
        "impacts": (),
        "gaps": (gap("feed", GapKind.FEED_SILENT, 90), gap("impact", GapKind.NO_IMPACT, 50)),
    }


def test_with_little_left_the_slide_of_what_is_needed_takes_its_place(wording: Wording) -> None:
    bare = picture(**silent_account(), actions=(), ask="", commitments=None)
    said = narrative(bare, without=["outcome", "figure:*", "next", "ask"])
    composed = compose_deck(said, wording)
    assert keys(composed) == ["title", "sentence", "bought", "needs", "receipts"]
    needed = slide(composed, "needs").blocks[0]
    assert isinstance(needed, Bullets)
    assert needed.items == ("Gap feed in a full sentence.", "Gap impact in a full sentence.")
    reasons = {item.slide: item.reason for item in composed.left_out}
    assert set(reasons) == {"promises", "people", "workflows", "direction", "impact", "gaps", "plan", "next"}
    assert reasons["people"] == wording.say("label.left-out-silent")


def test_with_enough_to_show_nothing_is_said_of_what_is_needed(wording: Wording) -> None:
    composed = compose_deck(narrative(picture(gaps=(gap("impact", GapKind.NO_IMPACT),))), wording)
    assert "needs" not in keys(composed)
    assert composed.left_out == ()


def test_no_slide_is_an_empty_frame(wording: Wording) -> None:
    nothing = dict.fromkeys(("personas", "workflows", "impacts", "gaps", "actions", "receipts"), ())
    bare = narrative(
        picture(**nothing, outcome=None, ask="", commitments=None),
        without=["title:", "notes:", "outcome*", "next", "figure:", "direction*", "ask"],
    )
    composed = compose_deck(bare, wording)
    assert keys(composed) == ["title", "sentence"]
    assert {item.slide for item in composed.left_out} == set(STORY) - {"title", "sentence"} | {"needs"}
    assert all(item.reason for item in composed.left_out)


def test_no_slide_says_the_same_thing_twice(wording: Wording) -> None:
    for shown in compose_deck(narrative(picture()), wording).document.slides:
        said = [text.text for text in shown.blocks if isinstance(text, Text)] + [shown.title]
        assert len(set(said)) == len(said)


def test_sections_of_the_storyline_are_in_the_deck(wording: Wording) -> None:
    sections = [s.section for s in compose_deck(narrative(picture()), wording).document.slides]
    assert list(dict.fromkeys(sections)) == ["Opening", "Adoption", "Results", "Next steps", "Appendix"]
    assert all(a == b or a not in sections[sections.index(b) :] for a, b in pairwise(sections))


def test_the_title_slide_names_both_sides_and_how_far_the_data_go(wording: Wording) -> None:
    shown = slide(compose_deck(narrative(picture()), wording), "title")
    assert [block.text for block in shown.blocks if isinstance(block, Text)] == [
        "Quarterly business review, Q3 2026", "Dana Ortiz, VP Sales, Acme", "Priya Raman, Halyard",
    ]  # fmt: skip
    assert "27 September 2026" in shown.footnote


def test_shorter_footers_lose_the_vendor_then_words_of_the_name_and_never_the_period(wording: Wording) -> None:
    of = dataclasses.replace(picture(), name="Westmoreland Commonwealth Mutual")
    made = compose_deck(narrative(of), wording).document
    assert made.shorter_footers[0] == "Westmoreland Commonwealth Mutual, Q3 2026"
    assert "Westmoreland…, Q3 2026" in made.shorter_footers
    assert made.shorter_footers[-1] == "Q3 2026"
    assert list(made.shorter_footers) == sorted(made.shorter_footers, key=len, reverse=True)


def test_a_narrative_for_leadership_is_refused(wording: Wording) -> None:
    with pytest.raises(AudienceLeak):
        compose_deck(narrative(picture(), Register.BRIEF), wording)


def test_a_picture_that_was_not_redacted_is_refused(wording: Wording) -> None:
    whole = dataclasses.replace(narrative(picture()), picture=picture())
    with pytest.raises(AudienceLeak, match="not redacted"):
        compose_deck(whole, wording)


def test_an_internal_statement_is_refused(wording: Wording) -> None:
    told = narrative(picture())
    leaked = dataclasses.replace(told.statements["people"], audience=Audience.INTERNAL)
    with pytest.raises(AudienceLeak, match="people"):
        compose_deck(dataclasses.replace(told, statements=dict(told.statements) | {"people": leaked}), wording)


def test_the_default_storyline_tells_every_slide_there_is() -> None:
    assert set(storyline().slides) == {*STORY, "needs"}
    assert NO_OWNER.action.due is None


def test_a_finding_that_is_a_title_already_is_not_a_title_again(wording: Wording) -> None:
    said = narrative(picture(), texts=dict.fromkeys(("title:gaps", "title:next"), "No data came since July"))
    composed = compose_deck(said, wording)
    assert slide(composed, "gaps").title == "No data came since July"
    assert slide(composed, "next").title == "Next quarter"
    assert slide(composed, "next").kicker == ""


def test_where_no_data_came_the_sentence_stands_with_when_it_last_did(wording: Wording) -> None:
    silent = silent_account() | {"feed_last": date(2026, 5, 2)}
    composed = compose_deck(narrative(picture(**silent), without=["figure:*", "direction*"]), wording)
    figures = slide(composed, "sentence").blocks[0]
    assert isinstance(figures, KeyFigures)
    assert [(figure.label, figure.figure) for figure in figures.figures] == [
        ("Last data", "2 May 2026"), ("People in seat", "7"),
    ]  # fmt: skip
    receipts = slide(composed, "receipts").blocks[0]
    assert isinstance(receipts, Table)
    assert {row[2].text for row in receipts.rows} == {"no data", ""}


# ---- how a slide is composed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "counted"), [((5, 6), [True, True]), ((5, 29), [False, False]), ((3, 6), [False, True])]
)
def test_counts_stand_under_the_marks_of_every_group_that_may_have_them_or_of_none(
    wording: Wording, people: tuple[int, int], counted: list[bool]
) -> None:
    """Not in a group so small that they would name someone; and under no marks where one group has too many."""
    personas = tuple(
        persona(key, active=many, not_yet=0) for key, many in zip(("reps", "managers"), people, strict=True)
    )
    block = people_of(compose_deck(narrative(picture(personas=personas)), wording))
    assert [any(person.caption for person in group.people) for group in block.groups] == counted


def people_of(composed: Composed) -> People:
    return next(block for block in slide(composed, "people").blocks if isinstance(block, People))


def test_a_short_plan_is_followed_by_what_has_none_and_a_long_one_is_not(wording: Wording) -> None:
    composed = compose_deck(narrative(picture()), wording)
    table, rest = slide(composed, "plan").blocks
    assert isinstance(table, Table)
    assert rest == Bullets(("Gap off-target/reps/same-day-replies",), "No plan yet")
    many = tuple(
        dataclasses.replace(LIVE_LIST, action=dataclasses.replace(LIVE_LIST.action, id=f"a{at}")) for at in range(4)
    )
    composed = compose_deck(narrative(picture(actions=many)), wording)
    assert [type(block) for block in slide(composed, "plan").blocks] == [Table]


def test_of_many_gaps_without_a_plan_the_most_urgent_are_named_and_the_rest_counted(wording: Wording) -> None:
    gaps = tuple(gap(f"off-target/reps/w-{at}", weight=at) for at in range(9))
    composed = compose_deck(narrative(picture(gaps=gaps)), wording)
    rest = slide(composed, "plan").blocks[1]
    assert isinstance(rest, Bullets)
    assert rest.items == (*(f"Gap off-target/reps/w-{at}" for at in (8, 7, 6)), "And 6 more.")


def test_the_agreement_names_a_persona_once_and_its_target_beside_its_workflows(wording: Wording) -> None:
    bought = slide(compose_deck(narrative(picture()), wording), "bought").blocks[0]
    assert isinstance(bought, Columns)
    table = next(block for block in bought.right if isinstance(block, Table))
    who = [(row[0].text, row[0].sub, row[0].continues) for row in table.rows]
    target = "Target: 70% of quota-carrying {} active"
    assert who == [
        ("Quota-carrying reps", "", False),
        ("", target.format("reps"), True),
        ("Quota-carrying manager", target.format("managers"), False),
    ]


def test_groups_of_people_are_added_up_and_a_single_one_is_not(wording: Wording) -> None:
    assert people_of(compose_deck(narrative(picture()), wording)).total == "6 of 8 in all"
    assert people_of(compose_deck(narrative(picture(personas=(persona(),))), wording)).total == ""
