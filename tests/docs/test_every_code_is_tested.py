"""No finding without a test that brings it about: a test names its code, or is said to ask for its words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from codes_tested import TESTED_BY_ITS_WORDS

from qbrgen.finding_codes import KINDS

TESTS = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent


@cache
def sources() -> dict[str, str]:
    """Every file of tests but those of this folder, which names codes and brings none about."""
    paths = (path for path in TESTS.rglob("*.py") if path.parent != HERE)
    return {path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@cache
def named() -> frozenset[str]:
    """The codes that stand in a test: between quotes where they are a single word, that may mean something else."""
    words = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+|(?<=[\"'])[a-z]+(?=[\"'])", "\n".join(sources().values()))
    return frozenset(words) & KINDS.keys()


def told_by_words() -> dict[str, str]:
    """Code → the test that asks for its words."""
    return {
        code: f"{file}::{test}"
        for file, tests in TESTED_BY_ITS_WORDS.items()
        for test, codes in tests.items()
        for code in codes.split()
    }


def test_every_code_is_named_by_a_test_or_asked_for_by_its_words() -> None:
    untested = sorted(KINDS.keys() - named() - told_by_words().keys())
    assert untested == [], "write a test that brings each about and names it"


def test_the_tests_that_ask_for_words_are_there_and_needed() -> None:
    assert sorted(told_by_words().keys() & named()) == [], "named by a test: take it out of codes_tested.py"
    assert sorted(told_by_words().keys() - KINDS.keys()) == [], "no such code"
    places = (place.split("::") for place in told_by_words().values())
    assert [test for file, test in places if f"def {test}(" not in sources()[file]] == []


@pytest.mark.slow
def test_each_of_them_brings_about_its_codes(tmp_path: Path) -> None:
    told = tmp_path / "codes.json"
    tests = sorted({f"tests/{place}" for place in told_by_words().values()})
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "codes_made", "-p", "no:cacheprovider", "-m", "not slow", *tests],
        env={**os.environ, "CODES_MADE": str(told), "PYTHONPATH": os.pathsep.join([str(HERE), str(TESTS.parent)])},
        cwd=TESTS.parent,
        capture_output=True,
        check=True,
    )
    made = json.loads(told.read_text(encoding="utf-8"))
    lacking = {code: place for code, place in told_by_words().items() if code not in made.get(f"tests/{place}", [])}
    assert lacking == {}
