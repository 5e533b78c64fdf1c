"""The success plans of the sample accounts, as files: they say what deck and brief say, and what is signed is whole."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from making import Made
from reading import deck_texts, pdf_pages, pdf_texts, squeezed
from test_documents import ACCOUNTS, LEFTOVERS, PRESENCE
from test_every_number import Known
from validators import openxml_audit_errors

from qbrgen.figures import Span
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.wording import Wording, capital
from qbrgen.pipeline import make_deck, make_talk_track, theme_of
from qbrgen.score.picture import AccountPicture

MOST_PAGES = 3
# Every figure of every statement is traced for it, which takes long.
WALKED = [
    pytest.param(each, marks=() if each in ("acme", "zielona-dolina", "sable-meridian") else pytest.mark.slow)
    for each in ACCOUNTS
]
PAGE = re.compile(r"\b\d / \d\b")


def whole(made: Made, account: str) -> str:
    return " ".join(pdf_pages(made.plans[account]))


def closed(text: str) -> str:
    """Without white space: a line may end anywhere."""
    return re.sub(r"\s", "", squeezed(text))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_figure_and_target_of_a_plan_is_that_of_the_deck_and_of_the_brief(made: Made, account: str) -> None:
    said = made.review.narrative(account, Register.DECK)
    plan, deck = closed(whole(made, account)), closed(" ".join(deck_texts(made.decks[account]).values()))
    brief = closed(" ".join(pdf_pages(made.briefs[account])))
    seen = 0
    for workflow in said.picture.workflows:
        value = said.text(f"workflow-value:{workflow.id}") or said.text(f"workflow-state:{workflow.id}")
        assert all(closed(value) in file for file in (plan, deck, brief)), workflow.id
        assert closed(capital(workflow.name)) in plan
        assert closed(said.text(f"definition:{workflow.id}")) in plan
        assert closed(said.text(f"workflow-target:{workflow.id}")) in plan
        seen += 1
    for persona in said.picture.personas:
        if persona.counted > 1 and not said.picture.feed_silent:
            figure = closed(f"{persona.active} of {persona.counted}")
            assert all(figure in file for file in (plan, deck, brief)), persona.id
    for planned in said.picture.actions:
        if planned.action.done_on is None:
            assert closed(planned.action.action) in plan
            assert closed(planned.action.action) in deck
            assert closed(planned.action.owner or "not set") in plan
    assert seen


@pytest.mark.parametrize("account", WALKED)
def test_every_number_of_a_plan_has_a_receipt(made: Made, account: str) -> None:
    """Exceptions: the number of a page, and the days of the quarter in which the plan is judged."""
    said, wording = made.review.narrative(account, Register.DECK), made.review.wording
    known = Known(said, wording)
    more = tuple(of_the_quarter_ahead(said, wording))
    for text in pdf_texts(made.plans[account]):
        assert known.left(PAGE.sub(" ", text), *more) == [], text


def of_the_quarter_ahead(said: Narrative, wording: Wording) -> Iterator[str]:
    ahead = said.picture.next_period
    assert ahead is not None
    yield wording.period(ahead)
    yield wording.span(Span(ahead.first_day, ahead.last_day))
    yield f"{ahead.last_week - ahead.first_week + 1} full weeks"
    if said.picture.next_review:
        yield wording.date(said.picture.next_review)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_figure_of_a_plan_stands_beside_what_was_counted_its_days_and_its_rule(made: Made, account: str) -> None:
    """The receipt that the customer's deck has in its appendix: counts, window, rule; no people, events or files."""
    said, wording = made.review.narrative(account, Register.DECK), made.review.wording
    plan = closed(whole(made, account))
    for workflow in said.picture.workflows:
        ratio = workflow.ratio
        if ratio and workflow.value is not None and ratio.denominator > 1:
            counts = " of ".join(wording.number(each) for each in (ratio.numerator, ratio.denominator))
            assert closed(counts) in plan, workflow.id
    assert closed(wording.span(said.picture.window)) in plan
    assert closed(said.text("definition:active")) in plan
    inside = made.review.narrative(account, Register.BRIEF).picture
    sources = {source.rpartition("/")[2] for receipt in inside.receipts for source in receipt.sources}
    events = {name for receipt in inside.receipts for name, _ in receipt.events}
    assert sources
    assert not [word for word in (*sources, *events) if closed(word) in plan]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_people_are_named_in_a_plan_only_where_names_are_agreed(made: Made, account: str) -> None:
    picture = made.review.pictures[account]
    plan = closed(whole(made, account))
    names = [person.name for persona in picture.personas for person in persona.people]
    told = [name for name in names if closed(name) in plan and not owns(picture, name)]
    assert told == ([name for name in names if not owns(picture, name)] if picture.names_agreed else [])


def owns(picture: AccountPicture, name: str) -> bool:
    """Whether somebody signs, or is the owner of an action: that was typed for the customer to read."""
    typed = " ".join(f"{planned.action.owner} {planned.action.action}" for planned in picture.actions)
    return name in typed or (picture.sponsor is not None and name == picture.sponsor.name)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_plan_keeps_to_three_pages_and_what_is_signed_is_on_one_of_them(made: Made, account: str) -> None:
    pages = pdf_pages(made.plans[account])
    assert len(pages) <= (MOST_PAGES if len(made.review.pictures[account].personas) > 2 else 2)
    (signed,) = [page for page in pages if page.count("Signature") == 2]
    picture = made.review.pictures[account]
    for words in (f"For {picture.name}", f"For {picture.vendor}", picture.sponsor.name, picture.owner):  # type: ignore[union-attr]
        assert closed(words) in closed(signed)
    assert signed.count("Role") == signed.count("Date") == 2
    assert all("Success plan" in page or "success plan" in page for page in pages)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_nothing_in_a_plan_speaks_of_presence_money_or_risk_or_was_left_over(made: Made, account: str) -> None:
    picture, wording = made.review.pictures[account], made.review.wording
    for text in pdf_texts(made.plans[account]):
        assert not PRESENCE.search(text), text
        assert not LEFTOVERS.search(text), text
        assert not re.search(r"(?i)\b(arr|churn|at risk|standing|health|score)\b", text), text
        assert picture.arr is None or wording.money(picture.arr) not in text
        assert not picture.notes or picture.notes not in text


def test_a_plan_says_whose_it_is_in_its_properties(made: Made) -> None:
    with pikepdf.open(made.plans["acme"]) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert info["/Title"] == "Acme: success plan, Q4 2026"
        assert info["/Author"] == "Priya Raman"
        assert info["/Subject"] == "Success plan agreed between Halyard and Acme, Q4 2026"
        assert info["/Keywords"] == "Success plan, Acme, Q4 2026"
        assert info["/CreationDate"].startswith("D:20260930")
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_outline() as outline:
            found = [item.title for root in outline.root for item in (root, *root.children)]
    assert found[:3] == ["Acme", "Quota-carrying reps", "Sales manager"]
    assert found[-1] == "Agreed"


def test_the_success_plan_as_slides_is_a_valid_deck_with_a_talk_track_beside_it(made: Made, tmp_path: Path) -> None:
    review = dataclasses.replace(made.review, storyline="success-plan")
    theme = theme_of(review)
    deck = make_deck(review, "acme", theme, tmp_path)
    assert openxml_audit_errors([deck.path]) == []
    assert deck.findings == ()
    slides = deck_texts(deck.path)
    keys = list(dict.fromkeys(name.partition(":")[2] for name in slides))
    assert keys == ["title", "bought", "promises", "agreement", "plan", "signatures"]
    talk = make_talk_track(review, "acme", theme, tmp_path).path.read_text(encoding="utf-8")
    assert re.findall(r'<p class="number">(\d+)', talk)[-1] == str(len(slides))
    assert "let us both sign it" in talk
