"""Slide 4 and the brief show what the record, the account's file and the data say, read without qbrgen.

The record and the files are read as YAML; the figures are those of the naive count. The sample accounts are counted as
they were promised, but for targets, which the record keeps: a promise is the naive value against the recorded target.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
import yaml
from making import Made
from naive_figures import Account, naive_figures, percent
from pptx import Presentation
from reading import notes_texts, pdf_pages

ROOT = Path(__file__).resolve().parents[2] / "sample_accounts"
RECORDED = sorted(path.stem for path in (ROOT / "reviews" / "2026-Q2").glob("*.yml"))
MARKS = {"▼": "missed", "○": "not measurable", "–": "not due yet", "●": "kept"}
ORDER = list(MARKS.values())
WINS = ("people", "workflows", "direction", "impact")
AS_OF = date(2026, 9, 30)


@pytest.fixture(scope="module")
def naive() -> dict[str, Account]:
    return naive_figures(ROOT, 2026, 3)


def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def rows_of(deck: Path) -> list[list[str]]:
    """The rows of every page of slide 4, in order, headers left out."""
    found = []
    for slide in Presentation(str(deck)).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table and "What we promised last time" in texts:
                rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
                found += rows[1:]
    return found


def expected(account: str, counted: Account) -> list[tuple[str, str, str, str]]:
    """(what, target or date, what came of it, state) of each promise that the customer may read, in their order."""
    record = yaml_of(ROOT / "reviews" / "2026-Q2" / f"{account}.yml")
    found = []
    for name, persona in record["personas"].items():
        if name in record["promised"]["targets"]:
            found.append(people(persona, counted.personas[name].active, counted.personas[name].counted))
        for flow, was in persona["workflows"].items():
            if f"{name}/{flow}" in record["promised"]["targets"]:
                found.append(workflow(was, counted.workflows[f"{name}/{flow}"].value))
    file = yaml_of(ROOT / "accounts" / f"{account}.yml")
    today = {action["id"]: action for action in file.get("actions", ())}
    for key, action in record["promised"].get("actions", {}).items():
        if not action.get("internal"):
            found.append(step(action, today.get(key)))
    return sorted(found, key=lambda row: ORDER.index(row[3]))


def people(was: dict[str, Any], active: int, counted: int) -> tuple[str, str, str, str]:
    target = percent(was["target"])
    state = "kept" if Fraction(active, counted) >= target else "missed"
    if counted == 1:
        return was["name"], "Active", "Active" if active else "Not active", state
    return was["name"], f"{ceil(target * counted)} of {counted}", f"{active} of {counted}", state


def workflow(was: dict[str, Any], value: Fraction | None) -> tuple[str, str, str, str]:
    if value is None:
        return was["name"], was["target"], "No one to count", "not measurable"
    state = "kept" if value >= percent(was["target"]) else "missed"
    return was["name"], was["target"], f"{floor(value * 100 + Fraction(1, 2))}%", state


def step(was: dict[str, Any], today: dict[str, Any] | None) -> tuple[str, str, str, str]:
    due, done = was["due"], (today or {}).get("done")
    shown = f"{due.day} {due:%B}"
    if done:
        late = done > due
        came = f"Done late, on {done.day} {done:%B}" if late else f"Done on {done.day} {done:%B}"
        return was["action"], shown, came, "missed" if late else "kept"
    state = "missed" if due <= AS_OF else "not due yet"
    came = "Not due yet" if state == "not due yet" else "Not done"
    if today is None:
        came = "Not noted as done, and no longer in the plan"
    elif today["due"] != due:
        moved = today["due"]
        came += f", moved to {moved.day} {moved:%B}"
    return was["action"], shown, came, state


def test_four_sample_accounts_have_promises() -> None:
    assert RECORDED == ["acme", "calder-wye", "oakhaven", "zielona-dolina"]


@pytest.mark.parametrize("account", RECORDED)
def test_slide_four_says_what_the_record_and_the_data_say(made: Made, naive: dict[str, Account], account: str) -> None:
    rows, wanted = rows_of(made.decks[account]), expected(account, naive[account])
    if len(wanted) > len(rows):  # the last of the kept ones share a row, by name
        wanted, together = wanted[: len(rows) - 1], wanted[len(rows) - 1 :]
        shared = rows.pop()
        assert len(rows) >= 6
        assert {state for *_, state in together} == {"kept"}
        assert shared[1:3] == ["", ""]
        assert all(what.casefold() in shared[0].casefold() for what, *_ in together), shared
    for row, (what, target, came, state) in zip(rows, wanted, strict=True):
        assert row[0].casefold().startswith(what.casefold()), row
        assert row[1].partition("\n")[0] == target, row
        assert row[2].partition(" (")[0] == came, row
        mark, _, word = row[3].partition("\u00a0")
        assert (MARKS[mark], word) == (state, state), row


@pytest.mark.parametrize("account", RECORDED)
def test_a_missed_promise_comes_before_every_win(made: Made, naive: dict[str, Account], account: str) -> None:
    states = [row[3] for row in expected(account, naive[account])]
    kickers = ["What we promised last time", "Who is active", "Workflows against target", "Spreading or shrinking"]
    places = []
    for kicker in kickers:
        for number, slide in enumerate(Presentation(str(made.decks[account])).slides, 1):
            if any(shape.has_text_frame and shape.text_frame.text == kicker for shape in slide.shapes):
                places.append(number)
                break
    assert places[0] == 4
    assert places == sorted(places)
    assert states == sorted(states, key=ORDER.index)


@pytest.mark.parametrize("account", RECORDED)
def test_the_talk_track_and_the_brief_name_every_missed_promise(
    made: Made, naive: dict[str, Account], account: str
) -> None:
    notes = " ".join(notes_texts(made.decks[account]))
    brief = " ".join(" ".join(pdf_pages(made.briefs[account])).split())
    missed = [row for row in expected(account, naive[account]) if row[3] == "missed"]
    count = len(expected(account, naive[account]))
    assert f"Of the {count} things promised in the last review" in notes
    for what, _, came, _ in missed:
        assert came.removesuffix("%").casefold() in notes.casefold(), what
        if "of" not in came:  # people are counted in a phrase of their own
            begin = " ".join(what.split()[:4])  # the words of an action are cut where a brief is full
            assert begin.casefold() in brief.casefold(), what


def test_an_internal_promise_is_in_no_part_of_a_deck(made: Made) -> None:
    from reading import package_text

    for account in RECORDED:
        record = yaml_of(ROOT / "reviews" / "2026-Q2" / f"{account}.yml")
        hidden = [each["action"] for each in record["promised"].get("actions", {}).values() if each.get("internal")]
        content = package_text(made.decks[account])
        assert [text for text in hidden if text in content] == []
        assert (
            not hidden or any(hidden[0] in page for page in pdf_pages(made.briefs[account])) or account == "calder-wye"
        )
