"""The cuts of 15 and 30 minutes as files: valid for every sample account, and beside the whole deck."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from making import Made
from reading import deck_texts
from validators import openxml_audit_errors

from qbrgen.pipeline import Review, deck_path, make_deck, make_talk_track, talk_track_path, theme_of

CUTS = ("15-minutes", "30-minutes")


@pytest.fixture(scope="module")
def cuts(made: Made) -> dict[str, Review]:
    """The review of the sample accounts, told in each cut."""
    return {name: dataclasses.replace(made.review, storyline=name) for name in CUTS}


@pytest.mark.parametrize("name", CUTS)
def test_every_deck_of_a_cut_is_valid_and_has_the_slides_of_its_storyline(
    cuts: dict[str, Review], name: str, tmp_path: Path
) -> None:
    review = cuts[name]
    theme = theme_of(review)
    decks = [make_deck(review, account, theme, tmp_path).path for account in review.pictures]
    assert openxml_audit_errors(decks) == []
    for deck in decks:
        keys = list(dict.fromkeys(key.partition(":")[2] for key in deck_texts(deck)))
        assert keys == [key for key in review.story.slides if key in keys], deck.name
        assert {"title", "sentence", "next"} <= set(keys), deck.name


def test_a_cut_stands_beside_the_whole_deck_and_replaces_nothing(made: Made, cuts: dict[str, Review]) -> None:
    out = Path("out")
    reviews = (made.review, *cuts.values())
    for place, kinds in ((deck_path, "qbr"), (talk_track_path, "talk-track")):
        names = [place(review, "acme", out).stem for review in reviews]
        assert names == [f"acme-2026-Q3-{kinds}{cut}" for cut in ("", "-15-minutes", "-30-minutes")]


def test_the_talk_track_of_a_cut_numbers_its_slides_as_the_file_does(cuts: dict[str, Review], tmp_path: Path) -> None:
    review = cuts["15-minutes"]
    theme = theme_of(review)
    slides = deck_texts(make_deck(review, "fernhill", theme, tmp_path).path)
    talk = make_talk_track(review, "fernhill", theme, tmp_path).path.read_text(encoding="utf-8")
    assert re.findall(r'<p class="number">(\d+)', talk) == [name.partition(":")[0] for name in slides]
