"""What a sentence names: the playbook's own words in any form, and nothing that only sounds like them."""

from __future__ import annotations

import dataclasses

import pytest
from paraphrases import OTHER, SAME, WRONG
from pictures import EMAIL_TIME, persona, picture, workflow

from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import hear
from qbrgen.pipeline import Review
from qbrgen.score.picture import AccountPicture


def named(text: str, of: AccountPicture, lexicon: Lexicon) -> set[str]:
    return {mention.key for mention in hear(text, of, lexicon).mentions}


@pytest.mark.parametrize(("account", "text", "key"), SAME, ids=[case[1] for case in SAME])
def test_a_paraphrase_in_the_playbooks_words_names_it(
    account: str, text: str, key: str, review: Review, lexicon: Lexicon
) -> None:
    assert (key in named(text, review.pictures[account], lexicon)) == (text not in WRONG)


@pytest.mark.parametrize(("account", "text", "key"), OTHER, ids=[f"{case[1]} / {case[2]}" for case in OTHER])
def test_what_only_sounds_like_it_does_not(account: str, text: str, key: str, review: Review, lexicon: Lexicon) -> None:
    assert (key in named(text, review.pictures[account], lexicon)) == (text in WRONG)


def test_the_tables_are_large_enough_and_the_rule_is_nearly_always_right() -> None:
    assert min(len(SAME), len(OTHER)) >= 60
    assert len(WRONG) <= 0.05 * (len(SAME) + len(OTHER))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jon Bell works in it", True),
        ("Jon works in it", True),
        ("JON BELL works in it", True),
        ("jon works in it", False),  # a name has its capital
        ("Jona works in it", False),
        ("Bell works in it", False),
    ],
)
def test_a_person_is_named_by_the_full_name_or_a_first_name_that_is_theirs_alone(
    text: str, found: bool, lexicon: Lexicon
) -> None:
    of = picture([persona(active=2)])
    assert ("person:reps-0" in named(text, of, lexicon)) == found


def test_a_first_name_that_two_people_have_names_neither(lexicon: Lexicon) -> None:
    of = picture([persona(active=2)])
    people = tuple(dataclasses.replace(p, name=f"Jon {p.id}") for p in of.personas[0].people)
    of = dataclasses.replace(of, personas=(dataclasses.replace(of.personas[0], people=people),))
    assert not {key for key in named("Jon works in it", of, lexicon) if key.startswith("person:")}


def test_synonyms_of_a_workflow_an_impact_and_the_outcome_name_them(lexicon: Lexicon) -> None:
    impact = dataclasses.replace(EMAIL_TIME, synonyms=("typing hours",))
    of = picture(workflows=[workflow(synonyms=("cadences",))], impacts=[impact])
    assert {"workflow:reps/sequenced-touches", "impact:email-time"} <= named(
        "The hours of typing went down with cadences", of, lexicon
    )


def test_words_of_two_sentences_name_nothing_together(lexicon: Lexicon) -> None:
    assert "impact:email-time" not in named("It is manual. The email came. No time.", picture(), lexicon)
