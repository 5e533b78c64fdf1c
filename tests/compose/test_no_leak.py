"""No internal fact reaches a customer document: canaries in every internal field; the walker is proved to see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from by_hand import LIVE_LIST, gap, narrative, picture, texts_in
from canaries import CANARY, SCORE, planted

from qbrgen.audience import Audience
from qbrgen.compose.brief import compose_brief
from qbrgen.compose.deck import compose_deck
from qbrgen.define.model.account import Action
from qbrgen.document import Document, Text
from qbrgen.figures import Receipt
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture, PlannedAction
from qbrgen.score.states import GapKind


def internal_plan() -> PlannedAction:
    action = Action("secret", f"{CANARY} action", f"{CANARY} owner", closes="reps", internal=True)
    return PlannedAction(action, overdue=True, audience=Audience.INTERNAL)


def whole() -> AccountPicture:
    """An account with a canary wherever the customer may not look: fields, gaps, actions."""
    masked = gap(f"{CANARY}-masked", GapKind.MASKED, 99, persona="reps", audience=Audience.INTERNAL)
    shown = gap("not-yet/reps", GapKind.NOT_YET_ACTIVE, 20, persona="reps", action=internal_plan(), who=("u-5",))
    parts = {entry.part.value: entry.value for entry in SCORE.parts}
    weights = {f"{part}_weight": 1 for part in parts}
    counted = Receipt("score", "score", "", rule_facts=(*parts.items(), *weights.items()), audience=Audience.INTERNAL)
    receipts = (counted, *picture().receipts)
    made = picture(gaps=(masked, shown), actions=(internal_plan(), LIVE_LIST), receipts=receipts)
    return planted(made)  # type: ignore[no-any-return]


SCORE_SIGNS = ("score", "48 of 100", "61%", "53%", "29%")


def told(document: Document) -> Iterator[str]:
    for text in texts_in(document):
        yield text.lower()


def signs(text: str) -> bool:
    return any(sign in text for sign in (CANARY, "98.7", "xts", "2031", "at risk", *SCORE_SIGNS))


def test_no_canary_reaches_the_customers_deck(wording: Wording) -> None:
    document = compose_deck(narrative(whole()), wording).document
    assert [text for text in told(document) if signs(text)] == []


def test_no_canary_reaches_the_deck_through_the_real_words_either(wording: Wording) -> None:
    document = compose_deck(narrate(whole(), Register.DECK, wording), wording).document
    assert [text for text in told(document) if signs(text)] == []
    brief = compose_brief(narrate(whole(), Register.BRIEF, wording), wording)
    assert sum(CANARY in text for text in told(brief)) > 5


def test_the_score_is_told_to_leadership_and_in_no_word_of_a_customers_narrative(wording: Wording) -> None:
    deck, brief = (narrate(whole(), register, wording) for register in (Register.DECK, Register.BRIEF))
    assert deck.picture.score is None
    assert not any(receipt.rule == "score" for receipt in deck.picture.receipts)
    assert [key for key, said in deck.statements.items() if any(sign in said.text for sign in SCORE_SIGNS)] == []
    for sign in SCORE_SIGNS[1:]:
        assert sign in brief.text("score")
    assert "1 × breadth 61%" in brief.text("receipt:score")


def test_the_same_canaries_are_seen_in_the_brief(wording: Wording) -> None:
    """The walker finds them where they may stand: money, renewal, names, internal gaps and actions."""
    document = compose_brief(narrative(whole(), Register.BRIEF), wording)
    seen = " ".join(text for text in told(document) if signs(text))
    for sign in ("99k", "2031", "canary picture.personas[0].people[5].name", "canary-masked", "canary action"):
        assert sign in seen


@pytest.mark.parametrize("path", ["title", "footer", "slides", "notes", "keywords"])
def test_a_canary_put_into_any_part_of_a_deck_is_found(wording: Wording, path: str) -> None:
    document = compose_deck(narrative(whole()), wording).document
    first = document.slides[0]
    broken = {
        "title": dataclasses.replace(document, title=CANARY),
        "footer": dataclasses.replace(document, footer=CANARY),
        "slides": dataclasses.replace(
            document, slides=(dataclasses.replace(first, blocks=(Text(CANARY),)), *document.slides[1:])
        ),
        "notes": dataclasses.replace(
            document, slides=(*document.slides[:-1], dataclasses.replace(document.slides[-1], notes=(CANARY,)))
        ),
        "keywords": dataclasses.replace(document, keywords=(CANARY,)),
    }[path]
    assert any(signs(text) for text in told(broken))
