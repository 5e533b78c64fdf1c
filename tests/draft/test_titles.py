"""Job titles become groups by the work that they tell: not by seniority, spelling or region."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qbrgen.draft.patterns import patterns_of, taken_by
from qbrgen.draft.titles import plain_title, title_groups


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Sr. Software Eng II (EMEA)", "software engineer"),
        ("software  ENGINEER", "software engineer"),
        ("Account Executive - West", "account executive"),
        ("SDR", "sales development representative"),
        ("Software Engineer, Payments", "software engineer"),
        ("Ｍａｒｋｅｔｉｎｇ Mgr", "marketing manager"),
        ("Intern", "intern"),
        ("营业代表", "营业代表"),
        ("- / -", ""),
    ],
)
def test_a_title_is_read_without_what_says_nothing_of_the_work(title: str, plain: str) -> None:
    assert plain_title(title) == plain


def ids(titles: dict[str, int]) -> dict[str, set[str]]:
    return {group.id: set(group.titles) for group in title_groups(titles)}


def test_those_who_lead_are_another_group_than_those_they_lead() -> None:
    found = ids({"Sales Rep": 9, "Account Executive": 4, "VP Sales": 1, "Sales Manager": 2})
    assert found == {"sales": {"Sales Rep", "Account Executive"}, "sales-managers": {"VP Sales", "Sales Manager"}}


def test_a_product_manager_leads_no_one() -> None:
    assert ids({"Product Manager": 5, "Senior Product Manager": 2}) == {
        "product": {"Product Manager", "Senior Product Manager"}
    }


def test_a_rare_title_spelled_almost_as_a_common_one_is_that_one() -> None:
    found = ids({"Choreographer": 40, "Choreograhper": 1})
    assert list(found.values()) == [{"Choreographer", "Choreograhper"}]


def test_alike_titles_of_other_work_stay_apart() -> None:
    assert set(ids({"Project Manager": 40, "Product Manager": 1})) == {"project", "product"}


def test_titles_of_other_languages_are_grouped_by_their_own_words() -> None:
    found = ids({"Ingénieur logiciel": 4, "Ingénieur réseau": 3, "Vendedora": 2, "营业代表": 5})
    assert {frozenset(titles) for titles in found.values()} == {
        frozenset({"Ingénieur logiciel", "Ingénieur réseau"}),
        frozenset({"Vendedora"}),
        frozenset({"营业代表"}),
    }


def test_what_says_that_nothing_is_known_is_no_title() -> None:
    assert title_groups({"": 4, "n/a": 2, "-": 1}) == []


def test_the_largest_group_comes_first_and_is_called_by_its_title_where_all_have_it() -> None:
    first, second = title_groups({"Nurse": 3, "Graphic Designer": 9, "UX Designer": 4})
    assert (first.many, first.people) == ("designers", 13)
    assert (second.many, second.one) == ("nurses", "nurse")


@pytest.mark.parametrize(
    ("title", "many", "one"),
    [
        ("VP Finance", "vice presidents of finance", "vice president of finance"),
        ("Vice President of Finance, EMEA", "vice presidents of finance", "vice president of finance"),
        ("Vice President, Sales", "vice presidents of sales", "vice president of sales"),
        ("Head of Sales", "heads of sales", "head of sales"),
        ("Director, Finance", "directors of finance", "director of finance"),
        ("Director of IT", "directors of IT", "director of IT"),
        ("Chief of Staff", "chiefs of staff", "chief of staff"),
        ("Head Nurse", "head nurses", "head nurse"),
        ("Salesperson", "salespeople", "salesperson"),
        ("Responsable marketing", "marketers and content writers", "marketer or content writer"),
        ("Filialleiter", "people whose title is “Filialleiter”", "person whose title is “Filialleiter”"),
        ("Director General", "people whose title is “Director General”", "person whose title is “Director General”"),
        ("Vendedor", "people whose title is “Vendedor”", "person whose title is “Vendedor”"),
        ("Porter Band 5 - Ward 7", "porters", "porter"),
    ],
)
def test_a_plural_is_one_that_people_say_or_none_is_made(title: str, many: str, one: str) -> None:
    (group,) = title_groups({title: 3})
    assert (group.many, group.one) == (many, one)


def test_titles_that_share_a_word_are_called_by_it_as_it_is_written() -> None:
    (pay,) = title_groups({"Responsable Paie": 3, "Gestionnaire Paie": 2})
    assert (pay.many, pay.one) == ("people with “Paie” in their job title", "person with “Paie” in their job title")
    (oberin,) = title_groups({"Oberin Senior - Ward 1": 2, "Oberin - Ward 2": 1, "Oberin": 1})
    assert oberin.many == "people with “Oberin” in their job title"


def test_german_titles_of_women_and_men_are_one_group_and_small_words_make_none() -> None:
    assert len(title_groups({"Filialleiter": 3, "Filialleiterin": 4})) == 1
    assert len(title_groups({"Chargé de paie": 3, "Directrice de site": 2})) == 2


_WORDS = st.sampled_from(
    ["Senior", "Data", "Engineer", "Manager", "of", "Sales", "II", "設計", "Näherin", "(EU)", "Rep"]
)
_TITLES = st.dictionaries(st.lists(_WORDS, max_size=4).map(" ".join), st.integers(1, 50), max_size=12)


@settings(max_examples=15, phases=[Phase.generate])
@given(_TITLES)
def test_everyone_with_a_title_is_in_one_group_and_nobody_twice(titles: dict[str, int]) -> None:
    groups = title_groups(titles)
    held = Counter(title for group in groups for title in group.titles)
    assert set(held.values()) <= {1}
    assert {title for title in titles if plain_title(title)} == set(held)
    assert len({group.id for group in groups}) == len(groups)


@settings(max_examples=15, phases=[Phase.generate])
@given(_TITLES)
def test_the_patterns_of_few_titles_take_just_these(titles: dict[str, int]) -> None:
    groups = title_groups(titles)
    patterns = [(group.id, patterns_of(group, {})) for group in groups]
    expected = {title.casefold(): group.id for group in groups for title in group.titles}
    taken = taken_by(patterns, titles)
    assert {title.casefold(): group for title, group in taken.items()} == expected


def test_hundreds_of_titles_become_a_few_patterns_that_take_no_one_else() -> None:
    mine = {f"Sales Representative, Area {number}": 2 for number in range(200)}
    others = {"Sales Representative Trainer": 1}
    (group,) = title_groups(mine)
    patterns = patterns_of(group, others)
    assert patterns == ("*sales representative*",)
    assert taken_by([(group.id, patterns)], mine).keys() == mine.keys()
