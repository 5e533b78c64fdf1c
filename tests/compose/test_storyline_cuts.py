"""The cuts of 15 and 30 minutes that come with qbrgen, for every sample account."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from by_hand import texts_in

from qbrgen.compose.deck import Composed, compose_deck, storyline
from qbrgen.compose.storyline import PROMISES, WINS, Part, Storyline
from qbrgen.compose.talk_track import compose_talk_track
from qbrgen.document import Slide, Table
from qbrgen.errors import InputError
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.talk_track import narrate_talk_track
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture

CUTS = {"15-minutes": 7, "30-minutes": 10}  # the most slides that are talked through
RECEIPT = re.compile(r"\b[Rr]eceipts? (\d[\d, to and]*)")


@pytest.fixture(scope="module")
def told(pictures: dict[str, AccountPicture], wording: Wording) -> dict[str, Narrative]:
    return {key: narrate(each, Register.DECK, wording) for key, each in pictures.items()}


@pytest.fixture(scope="module")
def cuts(told: dict[str, Narrative], wording: Wording) -> dict[tuple[str, str], Composed]:
    return {(name, key): compose_deck(each, wording, storyline(name)) for name in CUTS for key, each in told.items()}


def talked_through(deck: Composed) -> list[Slide]:
    return [slide for slide in deck.document.slides if slide.key != "receipts"]


@pytest.mark.parametrize("name", CUTS)
def test_a_cut_tells_the_default_story_with_slides_left_out_and_none_moved(name: str) -> None:
    whole = storyline().slides
    places = [whole.index(key) for key in storyline(name).slides]
    assert places == sorted(places)
    assert len(places) < len(whole)


@pytest.mark.parametrize("name", CUTS)
def test_a_cut_keeps_to_its_time_and_ends_with_what_is_asked(cuts: dict[tuple[str, str], Composed], name: str) -> None:
    for (cut, account), deck in cuts.items():
        if cut == name:
            slides = [slide.key for slide in talked_through(deck)]
            assert 4 <= len(slides) <= CUTS[name], account
            assert slides[:2] == ["title", "sentence"], account
            assert slides[-1] == "next", account


def test_no_cut_leaves_out_a_missed_promise_or_tells_a_win_before_it(
    cuts: dict[tuple[str, str], Composed], pictures: dict[str, AccountPicture]
) -> None:
    seen = 0
    for (name, account), deck in cuts.items():
        slides = [slide.key for slide in deck.document.slides]
        assert not deck.findings, "the storyline itself has the slide in time"
        if pictures[account].commitments and pictures[account].commitments.all:
            assert slides.index(PROMISES) < min(slides.index(key) for key in WINS if key in slides), (name, account)
            seen += 1
    assert seen >= 4


def test_every_receipt_that_a_cut_cites_stands_in_its_appendix_and_without_one_none_is_cited(
    cuts: dict[tuple[str, str], Composed],
) -> None:
    for (name, account), deck in cuts.items():
        slides = deck.document.slides
        printed = {
            int(row[0].text)
            for slide in slides
            if slide.key == "receipts"
            for block in slide.blocks
            if isinstance(block, Table)
            for row in block.rows
        }
        cited = {
            int(number)
            for slide in slides
            for text in texts_in(slide)
            for found in RECEIPT.findall(text)
            for number in re.findall(r"\d+", found)
        }
        assert cited <= printed, (name, account)
        assert bool(cited) == bool(printed) == (name == "30-minutes"), (name, account)


def test_a_slide_of_a_cut_without_its_data_drops_out_and_the_csm_reads_why(
    cuts: dict[tuple[str, str], Composed],
) -> None:
    for (name, account), deck in cuts.items():
        there = {slide.key for slide in deck.document.slides}
        told = {item.slide for item in deck.left_out}
        # `needs` stands for slides that are not there; where enough is left, nothing is left out by its absence.
        assert set(storyline(name).slides) - there - told <= {"needs"}, (name, account)
        assert all(item.reason.strip() for item in deck.left_out)
    assert ("impact", "No impact is stated.") in cuts["15-minutes", "oakhaven"].left_out


def test_without_a_slide_of_the_plan_the_gaps_tell_each_plan_and_the_last_slide_asks(
    cuts: dict[tuple[str, str], Composed],
) -> None:
    slides = {slide.key: slide for slide in cuts["15-minutes", "acme"].document.slides}
    assert "plan" not in slides
    assert "One hour on a live list with each of the two reps (Priya Raman, by 16 October)" in texts_in(slides["gaps"])
    assert "Agree that all seven reps work in sequences before the end of November." in texts_in(slides["next"])


@pytest.mark.parametrize("name", CUTS)
def test_the_talk_track_goes_slide_by_slide_with_the_cut(
    cuts: dict[tuple[str, str], Composed],
    told: dict[str, Narrative],
    pictures: dict[str, AccountPicture],
    wording: Wording,
    name: str,
) -> None:
    for account, narrative in told.items():
        deck = cuts[name, account]
        brief = narrate(pictures[account], Register.BRIEF, wording)
        talk = compose_talk_track(
            narrate_talk_track(brief, narrative, wording), deck, {}, narrative.text("sentence"), wording
        )
        assert [section.key for section in talk.sections[1:]] == [slide.key for slide in deck.document.slides]


def test_the_page_on_storylines_names_every_slide_and_every_storyline_that_there_is() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "storylines.md").read_text(encoding="utf-8")
    for key in storyline().slides:
        assert f"`{key}`" in page
    for name in ("default", *CUTS):
        assert f"| `{name}` |" in page


def test_a_storyline_of_which_nothing_is_left_is_told_with_every_reason(
    told: dict[str, Narrative], wording: Wording
) -> None:
    story = Storyline("mine", (Part("results", ("impact",)),), file="templates/storylines/mine.yml")
    with pytest.raises(
        InputError, match="No slide of the storyline 'mine' has anything to show for oakhaven"
    ) as caught:
        compose_deck(told["oakhaven"], wording, story)
    assert "impact: No impact is stated." in caught.value.findings[0].what
