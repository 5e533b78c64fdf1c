"""docs/checks.md: every finding that the code can raise is in it, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks_page import page
from codes_raised import codes_raised, levels_raised

from qbrgen.errors import Level
from qbrgen.finding_codes import GROUPS, KINDS, why

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "checks.md"


@pytest.fixture(scope="module")
def raised() -> dict[str, set[str]]:
    return codes_raised(ROOT / "qbrgen")


def test_the_page_is_that_of_the_code(update_golden: bool) -> None:
    now = page()
    if update_golden:
        PAGE.write_text(now, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != now:
        pytest.fail("docs/checks.md differs from the code: run `pytest tests/docs --update-golden`", False)


def test_every_code_that_can_be_raised_says_what_it_means(raised: dict[str, set[str]]) -> None:
    unknown = {code: sorted(places) for code, places in raised.items() if code not in KINDS}
    assert unknown == {}, "write what they mean into qbrgen/finding_codes, then run `pytest tests/docs --update-golden`"


def test_every_code_that_is_told_of_can_be_raised(raised: dict[str, set[str]]) -> None:
    written = {
        text
        for path in (ROOT / "qbrgen").rglob("*.py")
        if "finding_codes" not in path.parts
        for text in path.read_text(encoding="utf-8").split('"')
    }
    assert sorted(KINDS.keys() - raised.keys() - written) == []


def test_each_comes_in_the_levels_that_are_told() -> None:
    known = (each for each in levels_raised(ROOT / "qbrgen") if each[0] in KINDS)
    assert [each for each in known if each[1] not in KINDS[each[0]].levels.split(", ")] == []


def test_no_code_is_told_of_twice() -> None:
    assert len(KINDS) == sum(len(kinds) for kinds in GROUPS.values())


def test_each_says_in_whole_sentences_what_is_wrong_and_what_to_do() -> None:
    levels = {level.value for level in Level}
    for code, kind in KINDS.items():
        assert set(kind.levels.split(", ")) <= levels, code
        assert kind.means.endswith("."), code
        assert kind.do.endswith("."), code
        assert why(code) in ("", kind.why)
        assert not kind.why or kind.why.endswith("."), code
    assert why("no-such-code") == ""
