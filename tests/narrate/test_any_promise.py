"""Whatever was promised: no slip, no residue, nothing internal, and no figure that the promise does not have."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from fractions import Fraction
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import AS_OF
from promises import KEPT, MISSED, OPEN, of_action, of_people, of_workflow, promises
from random_pictures import CANARY, INTERNAL, ONE_OF_ONE, PRESENCE, RESIDUE, SLIPS, WORDING, often, pictures

from qbrgen.audience import Audience
from qbrgen.figures import Receipt
from qbrgen.narrate.commitments import key_of
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.score.commitment import Commitment, CommitmentKind, Unjudged
from qbrgen.score.picture import AccountPicture

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
TARGETS = [Fraction(1, 2), Fraction(7, 10), Fraction(2, 3), Fraction(1), Fraction(1, 8)]
days = st.integers(-80, 80).map(lambda n: AS_OF + timedelta(days=n))


@st.composite
def one_of_people(draw: st.DrawFn, of: AccountPicture) -> Commitment:
    known = [(p.id, p.name) for p in of.personas]
    place, name = draw(st.sampled_from([*known, ("gone", "former partners")]))
    m = draw(st.integers(1, 12))
    n = draw(st.one_of(st.none(), st.integers(0, m)))
    return of_people(n, m, draw(st.sampled_from(TARGETS)), id=place, name=name, receipt=f"commitment:people/{place}",
                     was_met=draw(st.booleans()), target_now=draw(st.sampled_from([None, *TARGETS])),
                     counted_otherwise=place == "gone" or draw(st.booleans()))  # fmt: skip


@st.composite
def one_of_workflows(draw: st.DrawFn, of: AccountPicture) -> Commitment:
    known = [(w.id, w.name, w.unit) for w in of.workflows]
    place, name, unit = draw(st.sampled_from([*known, ("gone/inbox", "E-mails that reach the inbox", "")]))
    m = draw(st.integers(1, 5000))
    n = draw(st.one_of(st.none(), st.integers(0, m)))
    facts = {"id": place, "name": name, "unit": unit, "receipt": f"commitment:workflow/{place}"}
    facts |= {"was_met": draw(st.booleans()), "target_now": draw(st.sampled_from([None, *TARGETS]))}
    facts |= {"counted_otherwise": place == "gone/inbox" or draw(st.booleans())}
    if n is None and draw(st.booleans()):
        return of_workflow(0, 1, draw(st.sampled_from(TARGETS)), **facts | {"value": None, "ratio": None})
    if n is None:
        facts["why"] = draw(st.sampled_from([*Unjudged, None]))
    return of_workflow(n, m, draw(st.sampled_from(TARGETS)), **facts)


@st.composite
def one_of_actions(draw: st.DrawFn, place: int) -> Commitment:
    state, hidden = draw(st.sampled_from([KEPT, MISSED, OPEN])), draw(st.booleans())
    facts = {"due": draw(days), "owner": draw(st.sampled_from(["", "Priya Raman"]))}
    facts |= {"done_on": draw(days) if state is KEPT or (state is MISSED and draw(st.booleans())) else None}
    facts |= {"moved_to": draw(st.one_of(st.none(), days)), "dropped": draw(st.booleans())}
    facts |= {"name": f"{CANARY} step" if hidden else "Sit together for an hour"}
    audience = Audience.INTERNAL if hidden else Audience.CUSTOMER
    return of_action(state, id=f"a{place}", audience=audience, **facts)


@st.composite
def promised_pictures(draw: st.DrawFn) -> AccountPicture:
    """Any picture, with promises of every kind about its own people and workflows and about others."""
    of = draw(pictures())
    found = draw(st.lists(one_of_people(of), max_size=3, unique_by=key_of))
    found += draw(st.lists(one_of_workflows(of), max_size=5, unique_by=key_of))
    found += [draw(one_of_actions(place)) for place in range(draw(st.integers(0, 5)))]
    receipts = [Receipt(each.receipt, "active", "people") for each in found if each.receipt]
    return dataclasses.replace(of, commitments=promises(found), receipts=(*of.receipts, *receipts))


registers = st.sampled_from(list(Register))
seldom = settings(parent=often, max_examples=30)


@seldom
@given(promised_pictures(), registers)
def test_no_slip_whatever_was_promised(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    for key, statement in said.statements.items():
        if not ("commitment" in key or key.endswith(":promises")):
            continue
        text = statement.text
        assert text == text.strip(), (key, text)
        for pattern in (RESIDUE, PRESENCE):
            assert not pattern.search(text), (key, text)
        assert not SLIPS.search(ONE_OF_ONE.sub("", text)), (key, text)
        assert statement.audience is register.audience
        if key == "commitments" or key.startswith("commitment:"):
            assert text.endswith("."), (key, text)
            assert text[0].isupper() or text[0] in "“0123456789" or text.startswith(CANARY), (key, text)


@seldom
@given(promised_pictures())
def test_the_customer_reads_nothing_internal_of_what_was_promised(of: AccountPicture) -> None:
    said = narrate(of, Register.DECK, WORDING)
    assert CANARY not in repr(said)
    for key, statement in said.statements.items():
        if "commitment" in key or key.endswith(":promises"):
            assert not INTERNAL.search(statement.text), (key, statement.text)


@seldom
@given(promised_pictures(), registers)
def test_every_promise_that_the_reader_may_see_is_told(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    assert of.commitments is not None
    read = [each for each in of.commitments.all if register.audience.may_see(each.audience)]
    for each in read:
        key = key_of(each)
        for part in ("", "-what", "-target", "-came", "-state", "-short"):
            assert said.text(f"commitment{part}:{key}"), (part, key)
    assert ("commitments" in said) == bool(read)
    assert ("commitments-missed" in said) == any(each.state is MISSED for each in read)


@seldom
@given(promised_pictures())
def test_no_figure_of_a_promise_is_of_anything_else(of: AccountPicture) -> None:
    said = narrate(of, Register.DECK, WORDING)
    shown = said.picture.commitments
    for each in shown.all if shown else ():
        if each.kind is CommitmentKind.ACTION:
            continue
        text = said.text(f"commitment:{key_of(each)}").replace(of.period.label, " ").replace(each.name, " ")
        wide = re.sub(r"in their first \d+ days", " ", text)
        assert set(NUMBER.findall(wide)) <= set(figures(each)), (text, figures(each))


def figures(of: Commitment) -> set[str]:
    """Every way in which the figures of one promise may be written."""
    known = {WORDING.target(target) for target in (of.target, of.target_now) if target is not None}
    if of.value is not None:
        known.add(WORDING.percent(of.value, of.target))
    if of.ratio is not None:
        known |= {WORDING.count(each) for each in (of.ratio.numerator, of.ratio.denominator)}
        known.add(WORDING.count(ceil((of.target or 0) * of.ratio.denominator)))
    return known
