"""A YAML file is changed in parts: it then holds what is wanted, and what nobody changed stays byte for byte."""

from __future__ import annotations

import copy
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from yaml_written import KEYS, Edits, Style, random_edit, random_value, text_of

from qbrgen.load.yaml_files import parse_yaml
from qbrgen.sheet.yaml_edit import Item, NotEditableError, edited, plain

SEEDS = st.integers(0, 10**9)
MANY = settings(max_examples=40, phases=[Phase.generate])
COMMENT = re.compile(r"# (?:note|above) \d+.*")


def made(seed: int) -> tuple[random.Random, str, dict[str, Any]]:
    """A random file, and what it holds."""
    rng = random.Random(seed)
    value = {key: random_value(rng) for key in rng.sample(KEYS, rng.randint(1, 7))}
    text = text_of(value, Style(rng, dash=rng.choice([0, 2])))
    return rng, text, parse_yaml(text, "").value


def value_of(text: str) -> Any:
    """What a file holds."""
    file = parse_yaml(text.removeprefix("\ufeff"), "")
    assert not file.findings
    return without_last_ends(file.value)


def without_last_ends(value: Any) -> Any:
    """A value in which a block of text has lost its last line end: no text of ours ends with one."""
    if isinstance(value, dict):
        return {key: without_last_ends(each) for key, each in value.items()}
    if isinstance(value, list):
        return [without_last_ends(each) for each in value]
    return value.rstrip("\n") if isinstance(value, str) else value


@MANY
@given(SEEDS)
def test_after_any_edit_the_file_holds_just_what_is_wanted(seed: int) -> None:
    rng, text, value = made(seed)
    wanted = random_edit(value, rng, Edits())
    ends = rng.choice(["\n", "\r\n"])
    written = rng.choice(["", "\ufeff"]) + text.replace("\n", ends)
    written = written.removesuffix(ends) if rng.random() < 0.2 and not text.endswith("|\n") else written
    after = edited(written, wanted)
    assert value_of(after) == without_last_ends(plain(wanted))
    assert after.startswith("\ufeff") == written.startswith("\ufeff")
    if ends == "\r\n" and "\r\n" in written:
        assert "\n" not in after.replace("\r\n", "")


@MANY
@given(SEEDS)
def test_where_nothing_is_taken_away_every_comment_stays(seed: int) -> None:
    rng, text, value = made(seed)
    wanted = random_edit(value, rng, Edits(remove=0))
    after = edited(text, wanted)
    assert Counter(COMMENT.findall(text)) == Counter(COMMENT.findall(after))


@MANY
@given(SEEDS)
def test_a_value_changed_leaves_every_other_line_as_it_was(seed: int) -> None:
    rng, text, value = made(seed)
    wanted = copy.deepcopy(value)
    place = rng.choice(_leaves(wanted))
    _set(wanted, place, rng.choice(["something else", 17, "a: b", "2026-10-16"]))
    after = edited(text, wanted)
    line = parse_yaml(text, "").lines[place] - 1
    before_lines, after_lines = text.split("\n"), after.split("\n")
    assert after_lines[:line] == before_lines[:line]
    tail = len(before_lines) - line - 1
    block = 1 if before_lines[line].rstrip().endswith(("|", "|-", ">-")) else 0  # its text stands on the next line
    assert tail - block == 0 or after_lines[-(tail - block) :] == before_lines[line + 1 + block :]
    assert COMMENT.findall(before_lines[line]) == COMMENT.findall(after_lines[line])


def _leaves(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in _leaves(each, (*place, key))]
    if isinstance(value, list):
        return [leaf for index, each in enumerate(value) for leaf in _leaves(each, (*place, index))]
    return [place]


def _set(value: Any, place: tuple[str | int, ...], new: Any) -> None:
    for part in place[:-1]:
        value = value[part]
    value[place[-1]] = new


def test_a_file_that_holds_what_is_wanted_stays_byte_for_byte(sample_accounts: Path) -> None:
    for path in [*sample_accounts.glob("*/*.yml"), sample_accounts / "qbrgen.yml"]:
        text = path.read_bytes().decode()
        assert edited(text, parse_yaml(text, "").value) == text


LIST = """\
# The reference account.
impact:
  # told first
  - id: a   # one
    what: x

  # the second
  - {id: b, what: y}   # two
  - id: c
    what: >
      long
      text
notes: end
"""


def test_items_change_places_with_the_comments_right_above_them() -> None:
    value = parse_yaml(LIST, "").value
    first, second, third = value["impact"]
    wanted = {"impact": [Item(2, third), Item(0, {**first, "what": "z"}), Item(1, second)], "notes": "end"}
    assert (
        edited(LIST, wanted)
        == """\
# The reference account.
impact:
  - id: c
    what: >
      long
      text

  # told first
  - id: a   # one
    what: z
  # the second
  - {id: b, what: y}   # two
notes: end
"""
    )


def test_a_new_key_goes_where_the_schema_has_it_and_a_new_block_stands_apart() -> None:
    text = "account: a\nlanguage: en-GB\n\noutcome:   # bought\n  bought: x\n\nask: y\n"
    value = parse_yaml(text, "").value
    wanted = {**value, "owner": "Ann", "impact": [{"what": "time", "change": "-30%"}]}
    order = ("account", "owner", "language", "outcome", "impact", "ask")
    assert edited(text, wanted, order) == (
        "account: a\nowner: Ann\nlanguage: en-GB\n\noutcome:   # bought\n  bought: x\n\n"
        "impact:\n  - what: time\n    change: -30%\n\nask: y\n"
    )


def test_quotes_and_blocks_stay_as_they_are_written() -> None:
    text = "a: 'one'   # c\nb: \"two\"\nc: >-\n  three\n  lines\nd: |\n  four\n\nlast: 1\n"
    wanted = {"a": "it's", "b": "2", "c": "other words", "d": "five", "last": 1}
    assert edited(text, wanted) == "a: 'it''s' # c\nb: \"2\"\nc: >-\n  other words\nd: |\n  five\n\nlast: 1\n"


def test_one_item_without_a_list_gets_a_list_around_it() -> None:
    text = "people:\n  id: a\n  name: A   # first\nclosed_weeks: 2026-W33\n"
    wanted = {
        "people": [Item(0, {"id": "a", "name": "B"}), Item(None, {"id": "b"})],
        "closed_weeks": [Item(0, "2026-W33"), Item(None, "2026-W52")],
    }
    after = edited(text, wanted)
    assert after == ("people:\n  - id: a\n    name: B # first\n  - id: b\nclosed_weeks: [2026-W33, 2026-W52]\n")


def test_a_value_that_an_alias_repeats_is_not_changed_in_two_places() -> None:
    text = "a: &x {b: 1}\nc: *x\n"
    with pytest.raises(NotEditableError, match="aliases"):
        edited(text, {"a": {"b": 2}, "c": {"b": 1}})
