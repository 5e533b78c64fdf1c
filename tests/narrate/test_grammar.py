"""Every text of every random account picture, read by a grammar that shares nothing with qbrgen (grammar_check.py)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from grammar_check import RULES, sentence_slips, slips
from hypothesis import given, settings
from pictures import managers, persona, picture, workflow
from random_pictures import CANARY, often, pictures, registers
from test_any_promise import promised_pictures
from test_delivered_words import recorded

from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.talk_track import narrate_talk_track
from qbrgen.narrate.wording import load_wording
from qbrgen.score.picture import AccountPicture, PersonaPicture
from qbrgen.score.states import PersonState

WORDING = load_wording(None, "en-GB")
fewest = settings(often, max_examples=12)
FIGURES = ("figure:", "workflow-value:", "workflow-previous:")  # "1 of 1" alone, in large, is a figure and no clause
SENTENCES = (
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
)
EVERY = {"every week": "week", "in every two-week period": "two weeks", "in every month": "month"}


def typed_in(of: AccountPicture) -> set[str]:
    """Everything in a picture that somebody typed."""
    names = {person.name for group in of.personas for person in group.people if person.name}
    names |= {planned.action.action for planned in of.actions} | {planned.action.owner for planned in of.actions}
    names |= {flow.name for flow in of.workflows} | {told.impact.what for told in of.impacts}
    return names | {told.impact.by for told in of.impacts} | {of.ask.rstrip("."), of.ask_of_leadership}


def wrong_in(said: Narrative, of: AccountPicture) -> list[tuple[str, str, str]]:
    """(key, slip, text) of everything that is wrong in a narrative."""
    typed, found = typed_in(of), []
    for key, statement in said.statements.items():
        if key.startswith(FIGURES):
            continue
        whole = any(key == s or (s.endswith(":") and key.startswith(s)) for s in (*SENTENCES, "notes:"))
        check = sentence_slips if whole else slips
        found += [(key, slip, statement.text) for slip in check(statement.text, typed)]
    return found + [(key, slip, why) for key, why in said.left_out.items() for slip in slips(why)]


@often
@given(pictures(), registers)
def test_no_text_of_any_account_has_a_slip(of: AccountPicture, register: Register) -> None:
    assert not wrong_in(narrate(of, register, WORDING), of)


@often
@given(recorded(), registers)
def test_no_text_that_compares_with_the_last_review_has_a_slip(of: AccountPicture, register: Register) -> None:
    assert not wrong_in(narrate(of, register, WORDING), of)


@fewest
@given(promised_pictures(), registers)
def test_no_text_about_what_was_promised_has_a_slip(of: AccountPicture, register: Register) -> None:
    assert not wrong_in(narrate(of, register, WORDING), of)


@fewest
@given(promised_pictures())
def test_no_text_of_the_private_talk_track_has_a_slip(of: AccountPicture) -> None:
    brief, deck = (narrate(of, register, WORDING) for register in (Register.BRIEF, Register.DECK))
    assert not wrong_in(narrate_talk_track(brief, deck, WORDING), of)


@pytest.mark.slow
@settings(often, max_examples=1500, derandomize=False)
@given(pictures() | recorded(), registers)
def test_no_text_of_very_many_accounts_has_a_slip(of: AccountPicture, register: Register) -> None:
    assert not wrong_in(narrate(of, register, WORDING), of)


# ---- figures and "every week" ---------------------------------------------------------------------------------------


def shown_decimals(value: Fraction, target: Fraction) -> int:
    """Decimals that a percentage may have: more only where fewer would deny the state, or say none or all."""
    aim = _percent(target, next(n for n in range(3) if n == 2 or target * 100 * 10**n % 1 == 0))
    for decimals in range(7):
        shown = _percent(value, decimals)
        denies = (shown >= aim) != (value >= target)
        if not denies and not (shown == 0 and value) and not (shown == 100 and value != 1):
            return decimals
    return 6


def _percent(share: Fraction, decimals: int) -> Decimal:
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@often
@given(pictures(), registers)
def test_no_share_is_told_more_precisely_than_its_counts_allow(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING)
    for flow in of.workflows:
        if flow.value is None:
            continue
        decimals = shown_decimals(flow.value, flow.target)
        assert said.text(f"workflow-value:{flow.id}") == f"{_percent(flow.value, decimals)}%"
        few = flow.ratio is not None and flow.ratio.denominator < 10
        text = said.text(f"workflow:{flow.id}").split(". ")[0]
        if few and "%" in text.split(" target of ")[0] and flow.value not in (0, 1):
            assert f"{flow.ratio.numerator} of {flow.ratio.denominator}" in text, text  # type: ignore[union-attr]


def test_three_of_seven_is_no_figure_with_decimals() -> None:
    of = picture(workflows=[workflow(done=3, of=7, previous=None)])
    said = narrate(of, Register.DECK, WORDING).text("workflow:reps/sequenced-touches")
    assert said.startswith("43% of outbound touches (3 of 7) run through sequences, 27 points below the target of 70%.")


def always_there(group: PersonaPicture) -> bool:
    """Whether every active person of a group completed something in every unit in seat."""
    return all(p.units_done == p.units_in_seat for p in group.people if p.state is PersonState.ACTIVE)


def false_every(said: Narrative, of: AccountPicture) -> list[str]:
    """Clauses that say "every week" of somebody of whom it is not true."""
    wrong = []
    for key, statement in said.statements.items():
        for clause in re.split(r"[.;]\s|, |\n", statement.text):
            for words, rhythm in EVERY.items():
                if words not in clause or " active" not in f"{clause} active" or "counts as active" in clause:
                    continue
                who = clause.split(words)[0]
                meant = [g for g in of.personas if (g.name in who or g.one in who) and g.active]
                done = [w for w in of.workflows if w.word("did") and w.word("did") in who]
                done = [w for w in done if key == f"workflow:{w.id}"] or done
                true = all(w.value == 1 for w in done) if done else all(map(always_there, meant))
                if not true or any(g.rhythm.value != rhythm for g in meant):
                    wrong.append(f"{key}: {clause}")
    return wrong


@often
@given(pictures(), registers)
def test_every_week_is_said_only_where_it_is_true(of: AccountPicture, register: Register) -> None:
    one_of_a_kind = {w.word("did"): w for w in of.workflows}
    if len([w for w in of.workflows if w.word("did")]) == len(one_of_a_kind) - ("" in one_of_a_kind):
        assert not false_every(narrate(of, register, WORDING), of)


def test_a_false_every_week_would_be_found() -> None:
    of = picture([persona(active=3, least=(12, 13)), managers()])
    said = narrate(picture([persona(active=3), managers()]), Register.DECK, WORDING)
    assert "every week" in said.text("sentence")
    assert false_every(said, of)


# ---- each rule finds what it is for ---------------------------------------------------------------------------------

SLIPS = {
    "plural": [
        "1 reps are active",
        "2 rep of the group",
        "one more people",
        "1 of 1 person",
        "two week",
        "12 workflow",
    ],
    "verb": [
        "none of the 4 people in four groups are active",
        "none of the 9 people in the three other groups are",
        "3 of 9 people in two groups is active",
        "2 of 7 reps is active",
        "1 of 7 reps are active",
        "three leads has left",
        "none of the 4 reps are active",
    ],
    "a or an": ["a estimate of it", "an review", "an unit", "a hour"],
    "doubled word": ["of the the group", "it was was so"],
    "brackets": ["5 of 7 (reps", "reps) are active", "he said “no plan"],
    "list": ["reps, leads, and and analysts", "two reps and one lead and three analysts"],
    "figures and words": ["two more reps and 3 reps are new"],
    "spaces": ["two  reps", "two reps , one lead", " two reps", "( two reps)"],
    "orphan comma": ["5 of 7,, active", "active;;", "5 of 7 (), active", "reps active,", "; one is new"],
    "residue": ["the {{ name }}", "a value of None", "it is nan", "Fraction(1, 2)"],
    "nothing of nothing": ["0 of 0", "none of the 0 reps", "all 0 reps"],
    "small whole": [
        "all 1 reps",
        "both 7 reps",
        "all 2 leads",
        "one of the last one",
        "none of the two leads",
        "1 of 1 workflow",
        "it was 1 of 1",
    ],
    "all of them": ["7 of 7 reps are active"],
    "none are": ["none of the 4 reps are active", "neither are active"],
    "number of nothing": ["0 were active before", "0 people did more", "it was 0 of 5"],
    "possessive": ["James's's calls", "the reps 's calls"],
    "all or more": ["in 100% or more of their weeks"],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in SLIPS.items() for text in texts])
def test_each_rule_finds_its_slip(rule: str, text: str) -> None:
    assert list(RULES[rule](text)), text


def test_every_rule_has_a_slip_that_it_finds() -> None:
    assert set(SLIPS) == set(RULES)


GOOD = [
    "5 of 7 quota-carrying reps and the sales manager are active every week.",
    "None of the 4 reps is active; one more rep is new.",
    "1 of 7 reps is active, but neither of the two sales managers is.",
    "None of the 4 people in four groups is active, and 3 of 9 people in two groups were.",
    "The team lead is active, but none of the 9 people in the three other groups is.",
    "Both team leads and all 12 heads of sales are active in at least 10 of 13 weeks.",
    "An hour on a one-to-one list; a unit a week.",
]


@pytest.mark.parametrize("text", GOOD)
def test_good_texts_have_no_slip(text: str) -> None:
    assert not sentence_slips(text)


def test_a_sentence_without_capital_or_stop_is_found() -> None:
    assert sentence_slips("two reps are new. one is not")
    assert not sentence_slips("Two reps are new. One is not.")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("who.active", "{{ who }} is active"),
        ("group.number", "{{ n|words }} {{ one }}"),
        ("aside.new", "{{ n|words }} more are new ,"),
        ("people.reach", "0 of 0 groups"),
        ("often.every-week", "every  week week"),
    ],
)
def test_a_wording_with_a_slip_is_found(entry: str, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("words")
    folder = root / "templates" / "wording" / "en"
    folder.mkdir(parents=True)
    (folder / "mine.yml").write_text(f"{entry.replace('.', ': {')}: {words!r}}}\n", encoding="utf-8")
    of = picture([persona(active=5, not_yet=2, new=1), managers()])
    assert wrong_in(narrate(of, Register.DECK, load_wording(root, "en-GB")), of)
    assert not wrong_in(narrate(of, Register.DECK, WORDING), of)
    assert CANARY not in repr(of)
