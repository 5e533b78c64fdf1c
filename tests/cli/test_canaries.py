"""A whole workspace full of canaries: in what is internal to one account, and in everything of all the others."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from package_search import money_words, places_of

from qbrgen.cli.main import main

OURS, INTERNAL, OTHERS = "acme", "Zqintern", "Zqother"
ARR, RENEWAL = 918_273, "2031-05-04"
# As files write them, and as people do.
SIGNS = [INTERNAL, OTHERS, *money_words(ARR), "£0.9m", "2031"]


TYPED = r"\b(name|role|bought|measure|what|by|action|owner|ask|ask_of_leadership|notes): ([\"']?)(?=[^\s>|{\[])"


def internal_of_ours(text: str) -> str:
    """Notes, what is asked of leadership, a plan that is internal."""
    plan = f"""
  - id: secret
    action: {INTERNAL} call
    owner: {INTERNAL} owner
    side: vendor
    due: 2026-10-30
    closes: managers/coached-calls
    internal: true
"""
    assert text.count("\nask: ") == 1
    return re.sub(r"\b(ask_of_leadership|notes): ", rf"\1: {INTERNAL} ", text).replace("\nask: ", f"{plan}\nask: ")


def all_of_others(text: str) -> str:
    """Every text that people typed, with a canary."""
    return re.sub(TYPED, rf"\1: \2{OTHERS} ", text)


def edit_csv(path: Path, change: Any) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *map(change, rows)])


def crm(row: list[str]) -> list[str]:
    mark = INTERNAL if row[0] == OURS else OTHERS
    owner = row[1] if row[0] == OURS else f"{OTHERS} {row[1]}"  # ours presents the deck
    return [row[0], owner, f"{mark} {row[2]}", str(ARR), RENEWAL]


def people(row: list[str]) -> list[str]:
    """Nobody of ours agreed to be named."""
    return [row[0], row[1], f"{INTERNAL if row[1] == OURS else OTHERS} {row[2]}", *row[3:]]


@pytest.fixture(scope="module")
def deck(sample_accounts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our account's deck, made among all the others."""
    copy = tmp_path_factory.mktemp("canaries") / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    for path in (copy / "accounts").glob("*.yml"):
        change = internal_of_ours if path.stem == OURS else all_of_others
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    edit_csv(copy / "data" / "crm.csv", crm)
    edit_csv(copy / "data" / "people.csv", people)
    for name in ("events", "logins", "people"):
        (copy / "data" / f"{name}.csv").rename(copy / "data" / f"{INTERNAL}-{name}.csv")
    settings = (copy / "qbrgen.yml").read_text(encoding="utf-8")
    (copy / "qbrgen.yml").write_text(re.sub(r"data/(events|logins|people)\.csv", rf"data/{INTERNAL}-\1.csv", settings))
    result = CliRunner().invoke(main, ["deck", OURS, "-w", str(copy)])
    assert result.exit_code == 0, result.output
    return next((copy / "out" / "for-customers").iterdir())


def test_no_canary_is_in_any_byte_of_a_customers_deck(deck: Path) -> None:
    assert places_of(SIGNS, deck) == []
    assert not any(sign in deck.name for sign in SIGNS)


def test_the_canaries_are_there_to_be_seen(deck: Path) -> None:
    """The CSM's own talk track, beside it, holds what is internal to the account."""
    page = next((deck.parents[1] / "internal").glob("*.html")).read_text(encoding="utf-8")
    assert f"{INTERNAL} call" in page
    assert f"{INTERNAL} Dana" in page


def test_no_id_of_a_person_or_an_event_is_in_it(deck: Path, sample_accounts: Path) -> None:
    with (sample_accounts / "data" / "events.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["account_id"] == OURS]
    ids = {row[key] for row in rows for key in ("user_id", "event") if row[key]}
    assert len(ids) > 10
    assert places_of([*ids, rows[0]["event_id"], rows[-1]["event_id"]], deck) == []
