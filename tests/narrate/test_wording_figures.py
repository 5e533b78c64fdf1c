"""How figures, names, dates and sentences are written, in whose language."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from own_words import findings, own
from pictures import managers, persona, picture

from qbrgen.errors import InputError
from qbrgen.figures import Money, Span
from qbrgen.narrate.marks import MarkingWording, unmarked
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording, capital, load_wording
from qbrgen.period import Quarter, period_of
from qbrgen.resources import templates_dir

WORDING = load_wording(None, "en-GB")

# ---- other languages ------------------------------------------------------------------------------------------------


def test_a_language_without_words_is_said_in_english_with_its_own_figures() -> None:
    wording = load_wording(None, "de-DE")
    assert wording.locale == "en-DE"
    assert wording.count(4182) == "4.182"
    assert wording.say("state.met") == "on target"


def test_a_half_translated_language_is_told_what_it_lacks(tmp_path: Path) -> None:
    (said,) = findings(own(tmp_path, "state: {met: im Ziel}\n", "de"), "de-DE")
    assert said.startswith("templates/wording/de: error: the wording for 'de' lacks")


def test_a_language_with_more_plural_forms_names_them(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "wording" / "pl"
    shutil.copytree(templates_dir() / "wording" / "en", folder)
    said = "{{ n|words }} {{ plural(n, 'tydzień', 'tygodnia', few='tygodnie', many='tygodni') }}"
    text = (folder / "statements.yml").read_text(encoding="utf-8")
    entry = next(line for line in text.splitlines() if line.startswith("  number: "))
    text = text.replace(entry, f'  number: "{said}"').replace("numbers: {1: one, 2: two", "numbers: {1: jeden, 2: dwa")
    (folder / "statements.yml").write_text(text, encoding="utf-8")
    wording = load_wording(tmp_path, "pl-PL")
    forms = {n: wording.say("group.number", n=n, one="", name="") for n in (1, 2, 5, 22, 25)}
    assert forms == {1: "jeden tydzień", 2: "dwa tygodnie", 5: "five tygodni", 22: "22 tygodnie", 25: "25 tygodni"}
    assert wording.plural(Fraction(3, 2), "tydzień", "tygodnia", few="tygodnie", many="tygodni") == "tygodnia"
    assert wording.listing(["a", "b", "c"]) == "a, b i c"


def test_an_unknown_locale_is_told() -> None:
    with pytest.raises(InputError, match="'klingon' is not a locale"):
        load_wording(None, "klingon")


# ---- names as typed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["{{ 7 * 7 }}", "{% raw %}", '<b>O\'Neill & "Sons"</b>', "Øst ليلى", "{}%s", "None"])
def test_names_come_out_as_they_were_typed(wording: Wording, name: str) -> None:
    assert narrate(picture(name=name), Register.DECK, wording).text("outcome").startswith(f"{name} bought Halyard")


# ---- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "target", "said"),
    [
        (Fraction(4, 5), None, "80%"),
        (Fraction(3, 7), None, "43%"),
        (Fraction(1, 8), None, "13%"),
        (Fraction(696, 1000), Fraction(7, 10), "69.6%"),
        (Fraction(6996, 10000), Fraction(7, 10), "69.96%"),
        (Fraction(704, 1000), Fraction(7, 10), "70%"),
        (Fraction(124, 1000), Fraction(125, 1000), "12%"),
        (Fraction(1249, 10000), Fraction(125, 1000), "12%"),
        (Fraction(1251, 10000), Fraction(125, 1000), "13%"),
        (Fraction(2, 3), Fraction(2, 3), "67%"),
        (Fraction(666, 1000), Fraction(2, 3), "66.6%"),
        (Fraction(997, 1000), None, "99.7%"),
        (Fraction(1), Fraction(1), "100%"),
        (Fraction(3, 1000), None, "0.3%"),
        (Fraction(0), Fraction(7, 10), "0%"),
        (Fraction(-3, 10), None, "−30%"),
    ],
)
def test_a_percentage_never_contradicts_its_state(
    wording: Wording, value: Fraction, target: Fraction | None, said: str
) -> None:
    assert wording.percent(value, target) == said


@pytest.mark.parametrize(("value", "said"), [("0.7", "70%"), ("0.125", "12.5%"), ("1", "100%"), ("0.3333", "33.33%")])
def test_a_target_is_shown_as_it_was_written(wording: Wording, value: str, said: str) -> None:
    assert wording.target(Fraction(value)) == said


@pytest.mark.parametrize(
    ("value", "target", "said"), [("0.616", "0.75", "13"), ("0.614", "0.75", "14"), ("0.696", "0.7", "0.4")]
)
def test_points_are_what_a_reader_gets_by_subtraction(wording: Wording, value: str, target: str, said: str) -> None:
    assert wording.points_between(Fraction(value), Fraction(target)) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("184000", "£184k"),
        ("1234567", "£1.2m"),
        ("9960000", "£10m"),
        ("999499", "£999k"),
        ("999999", "£1m"),
        ("850", "£850"),
        ("12.5", "£13"),
        ("1.25", "£1.25"),
        ("2500000000", "£2.5bn"),
        ("0", "£0"),
        ("1000", "£1k"),
        ("-1500", "−£1.5k"),
    ],
)
def test_money_is_said_in_short(wording: Wording, amount: str, said: str) -> None:
    assert wording.money(Money(Decimal(amount), "GBP")) == said


def test_dates_counts_and_lists_are_the_locales(wording: Wording) -> None:
    day = date(2027, 1, 31)
    assert (wording.date(day), wording.day_month(day)) == ("31 January 2027", "31 January")
    assert load_wording(None, "en-US").date(day) == "January 31, 2027"
    assert wording.near(day, date(2026, 9, 30)) == "31 January"
    assert wording.near(day, date(2025, 9, 30)) == "31 January 2027"
    assert wording.span(Span(date(2026, 12, 1), day)) == "1 December 2026 to 31 January 2027"
    assert wording.listing(["a", "b", "c"]) == "a, b and c"
    assert wording.listing([]) == ""
    assert [wording.words(n) for n in (0, 1, 9, 10, 1234)] == ["0", "one", "nine", "10", "1,234"]
    assert wording.number(Fraction(7, 3)) == "2.33"


def test_a_sentence_gets_its_capital_and_stop_but_names_keep_their_own(wording: Wording) -> None:
    assert capital("two reps") == "Two reps"
    assert capital("iOS developers") == "iOS developers"
    assert capital("u-2990") == "u-2990"
    assert capital("herculie.semeradova@example.com and one more") == "herculie.semeradova@example.com and one more"
    assert capital("e-mail time") == "E-mail time"
    assert wording.stop("Done") == "Done."
    assert wording.stop("Done.") == "Done."
    assert wording.stop('He said "done."') == 'He said "done."'
    assert wording.stop("") == ""


@pytest.mark.parametrize(
    ("share", "said"),
    [(Fraction(976, 1000), "98%"), (Fraction(998, 1000), "99%"), (Fraction(97, 100), "95%"), (Fraction(1), "100%")],
)
def test_an_estimate_is_all_only_where_it_was_told_as_all(wording: Wording, share: Fraction, said: str) -> None:
    assert wording.roughly(share) == said


def test_an_estimate_just_above_the_whole_is_not_the_whole(wording: Wording) -> None:
    assert wording.roughly(Fraction(1015, 1000)) != "100%"


def test_sentence_end_joins_and_the_name_of_a_quarter_are_words_too(tmp_path: Path, wording: Wording) -> None:
    text = "sentence:\n  end: '{{ text }}。'\n  row: \"{{ sentences|join('') }}\"\n"
    text += "clauses: \"{{ clauses|join(' ; ') }}\"\nperiod: 'T{{ quarter }} {% if fiscal %}EF{% endif %}{{ year }}'\n"
    words = load_wording(own(tmp_path, text), "en-GB")
    assert words.sentences(["two reps are new", "", "Done."]) == "Two reps are new。Done."
    assert words.clauses(["a", "", "b"]) == "a ; b"
    assert words.stop("おわり。") == "おわり。"
    assert words.period(period_of(Quarter(2026, 3), 1)) == "T3 2026"
    assert words.period(period_of(Quarter(2026, 3), 4)) == "T3 EF2026"
    said = narrate(picture([persona(active=5, not_yet=2), managers()]), Register.DECK, words)
    assert said.text("people").endswith("。")
    assert ". " not in said.text("notes:people")
    assert wording.period(period_of(Quarter(2026, 3), 4)) == "Q3 FY2026"


@pytest.mark.parametrize("written", ["{{ n }}", "{{ n or 'none' }}", "{{ n ~ '' }}", "{{ n - 1 + 1 }}"])
def test_a_number_of_thousands_is_grouped_whether_or_not_an_entry_says_count(tmp_path: Path, written: str) -> None:
    wording = load_wording(own(tmp_path, f'people:\n  are-not: "{written} of {{{{ m }}}}"\n'), "en-GB")
    assert wording.say("people.are-not", n=1050, m=12_000) == "1,050 of 12,000"
    assert wording.say("people.are-not", n=80, m=999) == "80 of 999"


def test_a_year_is_no_number_of_anything() -> None:
    assert load_wording(None, "en-GB").period_labelled("Q3 2026") == "Q3 2026"
    assert load_wording(None, "en-GB").period_labelled("Q3 FY2027") == "Q3 FY2027"


@pytest.mark.parametrize("wording", [WORDING, MarkingWording(WORDING)], ids=["plain", "marked"])
def test_a_group_of_more_than_a_thousand_people_is_told_as_other_numbers_are(wording: Wording) -> None:
    assert unmarked(wording.say("group.some", n=80, m=1050, name="people")) == "80 of 1,050 people"
