"""Each figure of a sentence is held against the data of what it is said of."""

from __future__ import annotations

import re

import pytest

from qbrgen.listen.bind import Verdict
from qbrgen.listen.judge import Judgement, judge
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.tell import Answer
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording
from qbrgen.pipeline import Review

STRONG = (
    "5 of 7 quota-carrying reps and the sales manager are active every week; 80% of outbound touches now run through "
    "sequences; the team estimates that has cut manual email time by roughly 30%; two reps are not yet active, and "
    "there is a plan."
)
WEAK = "42 monthly active users, up from 31"


@pytest.fixture(scope="module")
def words(review: Review) -> Wording:
    return review.wording


def test_the_weak_example_of_the_method_fails_all_three(review: Review, lexicon: Lexicon) -> None:
    found = judge(WEAK, review.pictures["acme"], lexicon)
    assert [part.value for part in found.missing] == ["who", "what", "produces"]
    assert found.presence == "active users"
    assert not found.passes


def test_the_strong_example_of_the_method_passes(review: Review, lexicon: Lexicon) -> None:
    found = judge(STRONG, review.pictures["acme"], lexicon)
    assert found.passes
    assert found.marks == 4
    assert [each.verdict for each in found.figures] == [Verdict.AGREES] * 4
    assert [each.claim.value for each in found.claims] == ["everyone", "every-unit", "cause", "a-plan"]


@pytest.mark.parametrize("register", list(Register))
def test_the_sentence_of_every_sample_account_passes_its_own_test(
    register: Register, review: Review, lexicon: Lexicon
) -> None:
    passed = []
    for account, of in review.pictures.items():
        found = judge(review.narrative(account, register).text("sentence"), of, lexicon)
        assert found.figures_agree, account
        passed += [account] if found.passes else []
        assert found.passes or [part.value for part in found.missing] == ["produces"]
    assert len(passed) == 6  # Calder & Wye's impact is too old to be told, Oakhaven has none


def test_the_sentence_of_another_account_fails(review: Review, lexicon: Lexicon) -> None:
    for account, of in review.pictures.items():
        for other in review.pictures:
            if other != account:
                said = review.narrative(other, Register.LINE).text("sentence")
                assert not judge(said, of, lexicon).passes, (account, other)


_FIGURE = re.compile(r"\b\d[\d,]*(?:\.\d+)?(?=%|\b)")
_DATES = re.compile(r"\d+ (?:January|July|September|October)|20\d\d|61 mid")


def changed_by_one(said: str) -> list[str]:
    """The sentence with one of its figures a little larger, one at a time. Dates and names stay."""
    fixed = [match.span() for match in _DATES.finditer(said)]
    texts = []
    for match in _FIGURE.finditer(said):
        if not any(first <= match.start() < last for first, last in fixed):
            number = match[0]
            more = f"{float(number) + 0.1:.1f}" if "." in number else str(int(number.replace(",", "")) + 1)
            texts.append(said[: match.start()] + more + said[match.end() :])
    words = {"one": "two", "two": "three", "three": "four"}
    for match in re.finditer(r"\b(?:one|two|three)\b(?! (?:other|sales))", said):
        texts.append(said[: match.start()] + words[match[0]] + said[match.end() :])
    return texts


def test_each_figure_changed_by_one_is_caught(review: Review, lexicon: Lexicon) -> None:
    tried = 0
    for account, of in review.pictures.items():
        for text in changed_by_one(review.narrative(account, Register.LINE).text("sentence")):
            found = judge(text, of, lexicon)
            assert not found.figures_agree, text
            tried += 1
    assert tried > 50


def verdict(text: str, review: Review, lexicon: Lexicon, account: str = "acme") -> list[str]:
    """What is told of the figures and claims of a text, those that are fine as "ok"."""
    found: Judgement = judge(text, review.pictures[account], lexicon)
    answer = Answer(found, review.wording)
    told = ["ok" if each.verdict.fine else answer.figure(each) for each in found.figures]
    return told + ["ok" if each.true else answer.claim(each) for each in found.claims]


AGREE = [
    "half past one",  # no figure of an account
    "all seven quota-carrying reps",
    "both reps who are not yet active",
    "of the 7 reps, 5 are active",
    "5 out of 7 reps are active",
    "5/7 reps are active",
    "five of the seven reps are active",
    "71% of the reps are active",
    "roughly 70% of the reps are active",
    "more than half of the reps are active",
    "6 of 8 people are active",
    "the other 2 people are not active",
    "4,180 of 5,225 outbound touches run through sequences",
    "80.0% of outbound touches run through sequences",
    "about 80% of outbound touches run through sequences",
    "more than three quarters of outbound touches run through sequences",
    "at least 75% of outbound touches run through sequences",
    "sequenced touches are up 26 points",
    "sequenced touches are at 80%, up from 54%",
    "sequenced touches rose by 26 points from 54% last quarter",
    "sequenced touches are 10 points above the target of 70%",
    "sequences: 80%, against a 70% target",
    "4 of 6 workflows are on target",
    "30% less manual email time",
    "manual email time is down 30%",
    "the team saves 30% of its manual email time",
    "manual email time fell by roughly 30%",
    "a 30% cut in manual email time",
    "first meetings booked per rep and month went from 6 to 8",
    "8 first meetings booked per rep and month, the goal is 10",
    "62% of replies are answered the same day",
    "since 22 September 2026, and by 2026-10-16, in Q3 2026",
    "the sales manager reviewed the pipeline board in 13 of 13 weeks",
    "two actions are planned",
    "adoption is spreading",
    "two reps are not yet active and there is a plan",
]
DISAGREE = [
    ("6 of 7 reps are active", "6 of 7 is said of quota-carrying reps, active; the data have 5 of 7: 1 too high"),
    ("5 of 8 reps are active", "5 of 8 is said of quota-carrying reps, active; the data have 5 of 7"),
    (
        "80% of replies are answered the same day",
        "80% is said of Replies answered the same day; the data have 62%: 18 points too high",
    ),
    (
        "half of the reps are active",
        "half of is said of quota-carrying reps, active; the data have 71.4%: 21.4 points too low",
    ),
    ("all reps are active", "all is said of quota-carrying reps, active; the data have 71.4%: 28.6 points too high"),
    (
        "sequenced touches are at 80%, up from 60%",
        "60% is said of Outbound touches through sequences, the quarter "
        "before; the data have 53.7%: 6.3 points too high",
    ),
    ("manual email time rose by 30%", "“30%”: manual email time went down"),
    (
        "manual email time fell by 45%",
        "45% is said of manual email time, change; the data have −30%: 15 points too high",
    ),
    ("manual email time has risen", "“risen”: manual email time went down"),
    (
        "sequences are at 80% of touches, short of the target of 85%",
        "85% is said of Outbound touches through sequences, target; the data have 70%: 15 points too high",
    ),
    ("adoption is shrinking", "“adoption is shrinking”: the data say: spreading"),
    ("there is no plan for the two reps not yet active", "“there is no plan”: there is one"),
    ("we closed 42 tickets", "42: cannot be checked, as it speaks of nothing in the data of Acme"),
    ("12345678901234567890123 touches", "12345678901234567890123: this is no number that can be read"),
]


@pytest.mark.parametrize("text", AGREE)
def test_a_figure_that_the_data_bear_out_agrees(text: str, review: Review, lexicon: Lexicon) -> None:
    assert set(verdict(text, review, lexicon)) <= {"ok"}


@pytest.mark.parametrize(("text", "expected"), DISAGREE, ids=[case[0] for case in DISAGREE])
def test_a_figure_that_differs_is_told_with_the_difference(
    text: str, expected: str, review: Review, lexicon: Lexicon
) -> None:
    assert expected in verdict(text, review, lexicon)


@pytest.mark.parametrize(
    ("account", "text", "fine"),
    [
        ("fernhill", "the reps are active every week", False),
        ("calder-wye", "there is a plan for the reps not active", False),
        ("calder-wye", "the plan is overdue", True),
        ("sable-meridian", "pipeline opened by outbound rose from £840k to £1.2m", True),
        ("sable-meridian", "pipeline opened by outbound rose by £360,000", True),
        ("sable-meridian", "pipeline opened by outbound rose by 43% to 1.2 million GBP", True),
        ("sable-meridian", "pipeline opened by outbound rose to £1.3m", False),
        ("sable-meridian", "pipeline opened by outbound rose to €1.2m", False),
        ("zielona-dolina", "average time to answer a shop is 12 hours shorter, at 19 hours", True),
        ("zielona-dolina", "average time to answer a shop is down by 12 hours", True),
        ("zielona-dolina", "average time to answer a shop is down by 10 hours", False),
        ("fernhill", "first meetings per rep and month rose from 5 to 8", True),
        ("fernhill", "first meetings per rep and month fell from 5 to 8", False),
    ],
)
def test_claims_and_amounts_of_other_accounts(
    account: str, text: str, fine: bool, review: Review, lexicon: Lexicon
) -> None:
    assert (set(verdict(text, review, lexicon, account)) == {"ok"}) == fine
