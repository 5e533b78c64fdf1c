"""Every number in every generated text is a fact of the statement's own receipts, or was typed by a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pictures import picture
from random_pictures import pictures
from receipted import receipted
from test_golden import ACCOUNTS

from qbrgen.define.workspace import load_workspace
from qbrgen.figures import Fact, Form, Receipt
from qbrgen.measure.events import measure
from qbrgen.narrate.statement import Narrative, Register, Statement
from qbrgen.narrate.story import narrate
from qbrgen.narrate.trace import trace, trace_text
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.period import latest_complete
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import GapKind

WORDING = load_wording(None, "en-GB")
# To trace every number of a narrative takes a fifth of a second: a few in each run, very many in a slow one.
traced = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # to make a whole picture smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def samples(sample_accounts: Path) -> Mapping[str, AccountPicture]:
    definitions = load_workspace(sample_accounts)
    counts = measure(definitions)
    return score_accounts(definitions, counts, latest_complete(counts.as_of, definitions.settings.fiscal_year_starts))


def orphans(said: Narrative, wording: Wording = WORDING) -> list[tuple[str, str, str]]:
    """(key, number, text) of every number that no receipt of its statement accounts for."""
    return [
        (key, number.text, statement.text)
        for key, statement in said.statements.items()
        for number in trace(statement, said, wording)
        if number.is_orphan
    ]


# ---- the walk -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", list(Register))
@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_number_of_a_sample_account_is_an_orphan(
    account: str, register: Register, samples: Mapping[str, AccountPicture]
) -> None:
    said = narrate(samples[account], register, WORDING)
    assert orphans(said) == []
    assert sum(len(trace(each, said, WORDING)) for each in said.statements.values()) > 100


@pytest.mark.parametrize("locale", ["de-DE", "fr-FR", "sv-SE", "en-IN"])
def test_no_number_is_an_orphan_as_another_country_writes_it(
    locale: str, samples: Mapping[str, AccountPicture]
) -> None:
    wording = load_wording(None, locale)
    for account in ("sable-meridian", "calder-wye"):
        assert orphans(narrate(samples[account], Register.BRIEF, wording), wording) == []


@traced
@given(pictures().map(receipted), st.sampled_from(list(Register)))
def test_no_number_of_any_picture_is_an_orphan(of: AccountPicture, register: Register) -> None:
    assert orphans(narrate(of, register, WORDING)) == []


@pytest.mark.slow
@settings(traced, max_examples=300, derandomize=False)
@given(pictures().map(receipted), st.sampled_from(list(Register)))
def test_no_number_of_very_many_pictures_is_an_orphan(of: AccountPicture, register: Register) -> None:
    assert orphans(narrate(of, register, WORDING)) == []


# ---- the walk can fail ----------------------------------------------------------------------------------------------


def changed(said: Narrative, key: str, **changes: object) -> Narrative:
    statement = dataclasses.replace(said.statements[key], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(said, statements={**said.statements, key: statement})


def numbers_in(said: Narrative) -> Iterator[tuple[str, Statement, int, int]]:
    for key, statement in said.statements.items():
        for number in trace(statement, said, WORDING):
            if number.fact is not None and number.text[-1:].isdigit():
                yield key, statement, number.start, number.end


def test_a_number_typed_into_a_wording_template_is_found(tmp_path: Path, samples: Mapping[str, AccountPicture]) -> None:
    folder = tmp_path / "templates" / "wording" / "en"
    folder.mkdir(parents=True)
    template = "title: {on-target: '{{ n }} of {{ m }} workflows are on target, and 17 more soon'}\n"
    (folder / "own.yml").write_text(template, encoding="utf-8")
    wording = load_wording(tmp_path, "en-GB")
    found = orphans(narrate(samples["acme"], Register.DECK, wording), wording)
    assert [(key, number) for key, number, _ in found] == [("notes:workflows", "17")]


def test_a_number_word_typed_into_a_wording_template_is_found(
    tmp_path: Path, samples: Mapping[str, AccountPicture]
) -> None:
    folder = tmp_path / "templates" / "wording" / "en"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text("title: {receipts: nine figures come from these counts}\n", encoding="utf-8")
    wording = load_wording(tmp_path, "en-GB")
    found = orphans(narrate(samples["acme"], Register.DECK, wording), wording)
    assert [(key, number) for key, number, _ in found] == [("title:receipts", "Nine")]


def test_one_digit_more_in_any_text_is_found(samples: Mapping[str, AccountPicture]) -> None:
    said = narrate(samples["acme"], Register.DECK, WORDING)
    missed = []
    for key, statement, _, end in numbers_in(said):
        text = statement.text[:end] + "7" + statement.text[end:]
        wrong = dataclasses.replace(statement, text=text)
        if not any(number.is_orphan for number in trace(wrong, said, WORDING)):
            missed.append((key, text))
    assert missed == []


def test_the_receipts_of_two_statements_swapped_are_found(samples: Mapping[str, AccountPicture]) -> None:
    said = narrate(samples["acme"], Register.DECK, WORDING)
    one, other = "workflow:reps/sequenced-touches", "workflow:reps/same-day-replies"
    receipts = {key: said.statements[key].receipts for key in (one, other)}
    swapped = changed(changed(said, one, receipts=receipts[other]), other, receipts=receipts[one])
    assert {key for key, _, _ in orphans(swapped)} == {one, other}


def test_a_figure_of_another_receipt_of_the_same_account_is_an_orphan() -> None:
    said = narrate(receipted(picture()), Register.DECK, WORDING)
    wrong = changed(said, "figure:people", text="341 of 550")  # same-day replies
    assert [number for _, number, _ in orphans(wrong)] == ["341", "550"]


def test_a_count_is_no_percentage_and_no_money() -> None:
    receipt = Receipt(
        "a", "share", "", figures=(Fact("counted", Fraction(70)), Fact("value", Fraction(3, 5), Form.SHARE))
    )
    for text, orphan in (("70", False), ("70%", True), ("£70", True), ("70k", True), ("60%", False), ("60", True)):
        assert trace_text(text, [receipt], (), WORDING)[0].is_orphan is orphan, text


# ---- which fact it is -----------------------------------------------------------------------------------------------


def named(said: Narrative, key: str) -> list[tuple[str, str, str]]:
    return [(n.text, n.receipt, n.fact.name if n.fact else n.typed) for n in trace(said.statements[key], said, WORDING)]


def test_each_number_says_which_fact_it_is(samples: Mapping[str, AccountPicture]) -> None:
    said = narrate(samples["acme"], Register.DECK, WORDING)
    touches = "workflow:reps/sequenced-touches"
    assert named(said, touches) == [
        ("80%", touches, "value"),
        ("4,180", touches, "counted"),
        ("5,225", touches, "counted-of"),
        ("10", touches, "points"),
        ("70%", touches, "target"),
        ("54%", touches, "before-share"),
    ]
    assert named(said, "persona:reps") == [
        ("5", "persona:reps", "counted"),
        ("7", "persona:reps", "counted-of"),
        ("5", "persona:reps", "needed"),
        ("Two", "persona:reps", "not-yet"),
        ("2", "persona:reps", "before"),
        ("7", "persona:reps", "before-of"),
    ]


def test_a_number_that_a_person_typed_is_theirs(samples: Mapping[str, AccountPicture]) -> None:
    said = narrate(samples["acme"], Register.DECK, WORDING)
    assert said.text("ask") == "Agree that all seven reps work in sequences before the end of November."
    assert named(said, "ask") == [(said.text("ask"), "", said.text("ask"))]


def test_the_customers_receipts_hold_no_internal_figure(samples: Mapping[str, AccountPicture]) -> None:
    for each in samples.values():
        said = narrate(each, Register.DECK, WORDING)
        assert not {"renewal", "score"} & {receipt.id for receipt in said.picture.receipts}
        names = {fact.name for receipt in said.picture.receipts for fact in receipt.figures}
        assert not names & {"arr", "renewal", "days-to-renewal", "score", "outlook-expected", "gap-rows"}


# ---- receipts -------------------------------------------------------------------------------------------------------


def test_every_gap_of_the_sample_accounts_has_a_receipt_with_words_and_files(
    samples: Mapping[str, AccountPicture],
) -> None:
    kinds = set()
    for each in samples.values():
        said = narrate(each, Register.BRIEF, WORDING)
        for gap in said.picture.gaps:
            receipt = said.picture.receipt(gap.receipt)
            assert said.text(f"receipt:{receipt.id}"), gap.key
            assert receipt.sources, gap.key
            kinds.add(gap.kind)
    assert {GapKind.UNKNOWN_PEOPLE, GapKind.IMPACT_OLD, GapKind.MASKED, GapKind.MISS_AT_RENEWAL} <= kinds


def test_every_receipt_says_its_rule_and_when_it_is_of(samples: Mapping[str, AccountPicture]) -> None:
    for each in samples.values():
        said = narrate(each, Register.BRIEF, WORDING)
        for receipt in said.picture.receipts:
            text = said.text(f"receipt:{receipt.id}")
            assert text, receipt.id
            days = [fact for fact in receipt.figures if fact.form is Form.DATE]
            assert receipt.window or days or receipt.rule == "no-impact", receipt.id


def test_a_receipt_of_what_no_one_wrote_down_names_the_file_that_should_say_it(
    samples: Mapping[str, AccountPicture],
) -> None:
    for account, each in samples.items():
        for gap in each.gaps:
            if gap.kind in (GapKind.NO_IMPACT, GapKind.IMPACT_OLD, GapKind.NO_OUTCOME, GapKind.NO_BASELINE):
                assert f"accounts/{account}.yml" in each.receipt(gap.own_receipt).sources


def test_a_number_word_is_a_number_only_where_it_stands_for_one() -> None:
    receipt = Receipt("a", "active", "people", figures=(Fact("not-yet", Fraction(2)),))
    traced = trace_text("Two reps are new, and no one is active in one of the last weeks.", [receipt], (), WORDING)
    assert [(each.text, each.is_orphan) for each in traced] == [("Two", False)]
