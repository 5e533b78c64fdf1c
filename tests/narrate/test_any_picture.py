"""Whatever the picture: no residue, no slip, no presence word, nothing internal for the customer.

That no number is an orphan is in test_receipts.py.
"""

from __future__ import annotations

from hypothesis import given
from random_pictures import CANARY, INTERNAL, ONE_OF_ONE, PRESENCE, RESIDUE, SLIPS, WORDING, often, pictures, registers

from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.score.picture import AccountPicture


@often
@given(pictures(), registers)
def test_no_residue_no_slip_and_no_presence_word(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    for key, statement in said.statements.items():
        text = statement.text
        assert text == text.strip(), (key, text)
        assert text, key
        for pattern in (RESIDUE, PRESENCE):
            assert not pattern.search(text), (key, text)
        if not key.startswith("receipt:"):  # counts there stand by themselves
            assert not SLIPS.search(ONE_OF_ONE.sub("", text)), (key, text)
    assert all(said.left_out.values())


@often
@given(pictures())
def test_the_customer_reads_nothing_internal(of: AccountPicture) -> None:
    said = narrate(of, Register.DECK, WORDING)
    assert CANARY not in repr(said)
    for key, statement in said.statements.items():
        assert not INTERNAL.search(statement.text), (key, statement.text)


@often
@given(pictures(), registers)
def test_every_receipt_that_is_listed_exists(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    known = {receipt.id for receipt in of.receipts}
    for key, statement in said.statements.items():
        assert set(statement.receipts) <= known, key
        assert statement.audience is register.audience
    for key in ("people", "figure:people", "figure:workflows", "direction", "sentence"):
        assert key not in said or said.statements[key].receipts, key


@often
@given(pictures(), registers)
def test_every_sentence_starts_and_ends_as_a_sentence(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    whole = (
        "sentence",
        "people",
        "persona:",
        "workflow:",
        "definition:",
        "gap:",
        "impact:",
        "plan",
        "next",
        "direction",
        "score",
    )
    for key, statement in said.statements.items():
        if any(key == w or (w.endswith(":") and key.startswith(w)) for w in whole):
            assert statement.text[0].isupper() or statement.text[0].isdigit(), (key, statement.text)
            assert statement.text.endswith("."), (key, statement.text)
        if key.startswith("title:"):
            assert not statement.text.endswith("."), (key, statement.text)
