"""Nothing internal is in any byte of a customer's deck or plan: canaries in every internal field that is declared."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from canaries import SIGNS, internal_fields, planted
from making import Made
from package_search import places_of
from reading import pdf_texts

from qbrgen.compose.brief import compose_brief
from qbrgen.compose.deck import compose_deck
from qbrgen.compose.success_plan import compose_plan
from qbrgen.define.model.review import BrokenReview
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.pipeline import theme_of
from qbrgen.render.pdf import write_pdf
from qbrgen.render.pptx import write_deck
from qbrgen.score.picture import AccountPicture

ACCOUNTS = ("acme", "zielona-dolina", "tidewell")  # with names agreed and not, with a record and without


def with_broken_review(picture: AccountPicture) -> AccountPicture:
    """A record that cannot be read is among what a picture may hold; the samples have none."""
    return dataclasses.replace(picture, broken_reviews=(BrokenReview(None, "a file"),))


@pytest.fixture(scope="module")
def pictures(made: Made) -> tuple[dict[str, Any], set[str]]:
    """(pictures with canaries, the fields that hold one)."""
    done: set[str] = set()
    found = {name: planted(with_broken_review(made.review.pictures[name]), done=done) for name in ACCOUNTS}
    return found, done


def test_every_internal_field_that_a_picture_can_hold_has_a_canary(pictures: tuple[dict[str, Any], set[str]]) -> None:
    assert internal_fields(AccountPicture) - pictures[1] == set()
    assert {"AccountPicture.arr", "PersonPicture.name", "Receipt.people", "Gap.who"} <= pictures[1]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_canary_is_in_any_byte_of_the_deck(
    made: Made, pictures: tuple[dict[str, Any], set[str]], account: str, tmp_path: Path
) -> None:
    narrative = narrate(pictures[0][account], Register.DECK, made.review.wording)
    document = compose_deck(narrative, made.review.wording).document
    path = tmp_path / "deck.pptx"
    write_deck(document, theme_of(made.review), path)
    assert places_of(SIGNS, path) == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_canary_is_in_the_plan_or_in_what_its_pdf_holds(
    made: Made, pictures: tuple[dict[str, Any], set[str]], account: str, tmp_path: Path
) -> None:
    narrative = narrate(pictures[0][account], Register.DECK, made.review.wording)
    composed = compose_plan(narrative, made.review.wording)
    assert [sign for sign in SIGNS if sign in repr(composed).casefold()] == []
    path = tmp_path / "plan.pdf"
    write_pdf(composed.document, theme_of(made.review), path)
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "plain.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    held = (tmp_path / "plain.pdf").read_bytes().decode("latin-1") + " ".join(pdf_texts(path))
    assert narrative.picture.name in held
    assert [sign for sign in SIGNS if sign in held.casefold()] == []


def test_the_same_canaries_stand_in_the_brief(made: Made, pictures: tuple[dict[str, Any], set[str]]) -> None:
    """They are there to be seen: money, renewal, what is asked of leadership."""
    brief = compose_brief(narrate(pictures[0]["acme"], Register.BRIEF, made.review.wording), made.review.wording)
    said = repr(brief).casefold()
    assert [sign for sign in ("canary", "99k", "2031", "at risk") if sign not in said] == []


def test_a_field_of_a_new_type_is_an_error_and_no_leak() -> None:
    from qbrgen.audience import internal

    @dataclasses.dataclass(frozen=True)
    class New:
        weight: complex = internal(default=1j)

    globals()["New"] = New
    with pytest.raises(TypeError, match="no canary of type"):
        planted(New())
