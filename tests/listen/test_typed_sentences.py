"""Sentences as people type them: the true pass, the false are found out, and the rest is said to be unchecked."""

from __future__ import annotations

import re

import pytest
from typed import FALSE, INTERNAL, PRESENCE, TRUE, UNCHECKED

from qbrgen.listen.judge import Judgement, judge
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.tell import Answer
from qbrgen.pipeline import Review


def told(found: Judgement, review: Review) -> list[str]:
    return [line.text for line in Answer(found, review.wording).lines()]


def heard(account: str, text: str, review: Review, lexicon: Lexicon) -> Judgement:
    return judge(text, review.pictures[account], lexicon)


@pytest.mark.parametrize(("account", "text"), TRUE)
def test_what_is_true_is_not_called_wrong(account: str, text: str, review: Review, lexicon: Lexicon) -> None:
    found = heard(account, text, review, lexicon)
    assert found.figures_agree, told(found, review)
    assert found.figures or found.claims, "nothing was found to be checked"


@pytest.mark.parametrize(("account", "text"), FALSE)
def test_what_is_false_is_found_out(account: str, text: str, review: Review, lexicon: Lexicon) -> None:
    found = heard(account, text, review, lexicon)
    assert found.wrong or found.unverified, told(found, review)
    assert not found.passes


@pytest.mark.parametrize(("account", "text"), UNCHECKED)
def test_what_cannot_be_checked_is_said_to_be_so(account: str, text: str, review: Review, lexicon: Lexicon) -> None:
    found = heard(account, text, review, lexicon)
    assert found.passes, told(found, review)
    assert found.unchecked == 1, told(found, review)
    assert "one claim could not be checked" in told(found, review)[-1]


@pytest.mark.parametrize(("account", "text"), PRESENCE)
def test_presence_is_flagged(account: str, text: str, review: Review, lexicon: Lexicon) -> None:
    assert heard(account, text, review, lexicon).presence


@pytest.mark.parametrize(("account", "text"), INTERNAL)
def test_what_is_internal_is_checked_and_flagged(account: str, text: str, review: Review, lexicon: Lexicon) -> None:
    found = heard(account, text, review, lexicon)
    assert found.internal
    assert not found.wrong, told(found, review)
    assert any("not for the customer" in line for line in told(found, review))


def test_no_line_is_told_twice(review: Review, lexicon: Lexicon) -> None:
    for account, text in [*TRUE, *FALSE, *UNCHECKED, *PRESENCE, *INTERNAL]:
        lines = told(heard(account, text, review, lexicon), review)
        assert len(lines) == len(set(lines)), (text, lines)


def test_a_baseline_is_not_called_the_quarter_before(review: Review, lexicon: Lexicon) -> None:
    found = heard("zielona-dolina", "average time to answer a shop fell from 31 to 19 hours", review, lexicon)
    (line,) = [line for line in told(found, review) if line.startswith("31")]
    assert "before: 31 hours" in line
    assert "quarter" not in line


@pytest.mark.parametrize(
    "text",
    [
        "Are 5 of 7 reps active, do they run touches through sequences, and is manual email time down?",
        "5 of 7 reps run touches through sequences; is manual email time down?",
    ],
)
def test_a_question_says_nothing(text: str, review: Review, lexicon: Lexicon) -> None:
    found = heard("acme", text, review, lexicon)
    assert found.asks
    assert not found.passes
    assert "question" in told(found, review)[-1]


def test_a_list_of_names_passes_with_a_hint_and_without_the_mark_for_figures(review: Review, lexicon: Lexicon) -> None:
    found = heard("acme", "reps, sequences, manual email time", review, lexicon)
    assert found.passes
    assert found.marks == 3
    assert re.search(r"names all three.*figure", told(found, review)[-1])


def test_a_denied_figure_is_said_to_be_denied(review: Review, lexicon: Lexicon) -> None:
    lines = told(heard("acme", "Manual email time is not down 30%", review, lexicon), review)
    assert any("30%" in line and "denied" in line for line in lines)


def test_why_an_impact_may_not_be_told_is_said(review: Review, lexicon: Lexicon) -> None:
    calder = "time from quote to first follow-up fell by roughly 40%"
    assert any("too old" in line for line in told(heard("calder-wye", calder, review, lexicon), review))
    pembury = "time to a first reply fell by 20%"
    assert any("elsewhere" in line for line in told(heard("pembury", pembury, review, lexicon), review))
    zielona = "thanks to sequences average time to answer a shop fell from 31 to 19 hours"
    assert any("cause" in line for line in told(heard("zielona-dolina", zielona, review, lexicon), review))
