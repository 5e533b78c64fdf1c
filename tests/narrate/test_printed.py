"""Which fact a number is: the wording that printed it decides, and what is declared of that holds in every picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pictures import picture
from random_pictures import pictures
from receipted import receipted
from test_golden import ACCOUNTS

from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.narrate.explained import figures_of
from qbrgen.narrate.marks import paths_of, unmarked
from qbrgen.narrate.printed import PRINTED, declared, is_named
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.talk_track import narrate_talk_track
from qbrgen.narrate.trace import trace
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.period import latest_complete
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture

WORDING = load_wording(None, "en-GB")
# (account, statement) → its figures as written and the facts that they are, in the order of the text.
READ: dict[tuple[str, str], str] = {
    ("acme", "sentence"): "5 of 7 persona:reps/counted | 80% workflow:reps/sequenced-touches/value"
    " | 30% impact:email-time/change | two persona:reps/not-yet",
    ("acme", "persona:reps"): "5 of 7 persona:reps/counted | 5 persona:reps/needed | Two persona:reps/not-yet"
    " | 2 of 7 persona:reps/before",
    ("acme", "people"): "6 of 8 people/counted | 3 of 8 people/before",
    ("acme", "commitments"): "10 review/promised | 8 review/promised-kept | 2 review/promised-missed",
    ("acme", "commitment:people/reps"): "5 of 7 commitment:people/reps/target-promised-people"
    " | 5 commitment:people/reps/counted",
    ("acme", "commitment:workflow/reps/same-day-replies"): "60% commitment:workflow/reps/same-day-replies/"
    "target-promised | 62% commitment:workflow/reps/same-day-replies/value | 341 of 550 commitment:workflow/reps/"
    "same-day-replies/counted | 75% commitment:workflow/reps/same-day-replies/target-now",
    ("acme", "workflow:reps/same-day-replies"): "62% workflow:reps/same-day-replies/value | 341 of 550 workflow:reps/"
    "same-day-replies/counted | 13 workflow:reps/same-day-replies/points | 75% workflow:reps/same-day-replies/target"
    " | 33% workflow:reps/same-day-replies/before-share | 60% workflow:reps/same-day-replies/target-then",
    ("acme", "score"): "88 score/score | 100 score/scale | 75% score/breadth-part | 96% score/depth-part"
    " | 100% score/direction-part",
    ("calder-wye", "sentence"): "2 of 7 persona:reps/counted | 1 of 2 persona:managers/counted | 12 of 13 persona:reps/"
    "least | 60% workflow:reps/sequenced-touches/value | 70% workflow:reps/sequenced-touches/target | 14 July 2025"
    " gap:impact/follow-up-time/said-on | 6 people/not-active | 4 people/lapsed | 2 people/occasional",
    ("calder-wye", "gap:lapsed/managers"): "1 of 2 persona:managers/lapsed",
    ("calder-wye", "gap:occasional/reps"): "2 of 7 persona:reps/occasional",
    ("fernhill", "sentence"): "8 of 9 persona:reps/counted | two persona:reps/missed-at-most | one persona:reps/new"
    " | 87% workflow:reps/sequenced-touches/value | 5 impact:first-meetings/stated-before | 8 impact:first-meetings/"
    "stated | one persona:reps/occasional",
    (
        "fernhill",
        "persona:reps",
    ): "8 of 9 persona:reps/counted | two persona:reps/missed-at-most | 7 persona:reps/"
    "needed | One persona:reps/occasional | 7 persona:reps/before-of | 1 persona:reps/before | 6 persona:reps/"
    "now-of-both | 2 of 8 persona:reps/everyone-then | One persona:reps/new | one persona:reps/left",
    ("fernhill", "gap:off-target/reps/first-sequence"): "2 of 3 workflow:reps/first-sequence/counted"
    " | 14 workflow:reps/first-sequence/within-days | 13 workflow:reps/first-sequence/points"
    " | 80% workflow:reps/first-sequence/target",
    ("fernhill", "direction"): "26 direction/weeks | 8 direction/more | 10 of 11 people/counted | 8 people/before-of"
    " | 2 people/before | 7 people/now-of-both",
    ("oakhaven", "sentence"): "5 of 6 persona:reps/counted | one persona:reps/missed-at-most"
    " | 82% workflow:reps/sequenced-touches/value | one persona:reps/occasional",
    (
        "oakhaven",
        "persona:reps",
    ): "5 of 6 persona:reps/counted | one persona:reps/missed-at-most | 5 persona:reps/"
    "needed | One persona:reps/occasional | 5 of 6 persona:reps/before | 6 of 7 persona:reps/reported"
    " | One persona:reps/away",
    ("oakhaven", "direction"): "25 direction/weeks | 1 of 7 direction/more | 1 direction/less | 6 of 7 people/counted"
    " | 6 of 7 people/before",
    ("oakhaven", "outlook"): "3 of 6 renewal/on-course | 2 renewal/open | 1 renewal/off-course",
    ("pembury", "sentence"): "1 of 7 persona:reps/counted | 11 of 13 persona:reps/least | two persona:managers/"
    "counted-of | 18% workflow:reps/sequenced-touches/value | 70% workflow:reps/sequenced-touches/target"
    " | 20% impact:first-reply/change | 8 people/not-active | 2 people/not-yet | 5 people/lapsed | 1 people/occasional",
    ("pembury", "persona:managers"): "two persona:managers/counted-of",
    ("pembury", "gap:masked/reps"): "six persona:reps/not-active",
    ("pembury", "gap:one-person/reps/sequenced-touches"): "Three workflow:reps/sequenced-touches/gap-workflows"
    " | 7 workflow:reps/sequenced-touches/gap-people | 11 of 15 workflow:reps/sequenced-touches/gap-done",
    ("sable-meridian", "people"): "46 of 59 people/counted | 4 people/groups-of | 57 people/before-of"
    " | 44 people/before | 44 people/now-of-both | 45 of 59 people/everyone-then | One people/new",
    ("sable-meridian", "persona:managers"): "5 of 6 persona:managers/counted | 5 persona:managers/needed"
    " | One persona:managers/not-yet | 4 of 6 persona:managers/before",
    ("zielona-dolina", "gap:lapsed/reps"): "1 of 10 persona:reps/lapsed",
    ("zielona-dolina", "gap:occasional/reps"): "1 of 10 persona:reps/occasional",
}


@pytest.fixture(scope="module")
def samples(sample_accounts: Path) -> Mapping[str, AccountPicture]:
    definitions = load_workspace(sample_accounts)
    counts = measure(definitions)
    return score_accounts(definitions, counts, latest_complete(counts.as_of, definitions.settings.fiscal_year_starts))


def leadership(of: AccountPicture) -> Narrative:
    """What leadership reads and the CSM says of a picture."""
    return narrate_talk_track(narrate(of, Register.BRIEF, WORDING), narrate(of, Register.DECK, WORDING), WORDING)


def contradicted(said: Narrative, wording: Wording = WORDING) -> Iterator[str]:
    """Where a number is none of the facts that its place in the wording is declared to hold."""
    for key, statement in said.statements.items():
        if key.startswith("receipt:"):  # the receipts themselves
            continue
        paths = paths_of(key, statement.text, said, wording)
        assert paths or not statement.text, f"{key}: {statement.text}"
        for number in trace(statement, said, wording):
            names = declared(paths[number.start])
            if number.fact is not None and names and not any(_is(name, number) for name in names):
                place = " > ".join(f"{each.entry}:{each.field}" for each in paths[number.start])
                yield f"{key}, {number.text!r} at {place} is {number.receipt}/{number.fact.name}, not {names}"


def _is(name: str, number: object) -> bool:
    return is_named(name, number.receipt, number.fact.name)  # type: ignore[attr-defined]


# ---- as a person reads it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("account", "key"), READ)
def test_each_figure_of_a_sentence_is_the_fact_that_a_reader_takes_it_for(
    account: str, key: str, samples: Mapping[str, AccountPicture]
) -> None:
    said = narrate(samples[account], Register.BRIEF, WORDING)
    found = [f"{f.text} {f.receipt}/{f.name}" for f in figures_of(said.statements[key], said, WORDING) if f.receipt]
    wanted = READ[account, key].split(" | ")
    assert found[: len(wanted)] == wanted


# ---- by construction ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS)
def test_in_the_sample_accounts_every_place_of_the_wording_holds_its_declared_fact(
    account: str, samples: Mapping[str, AccountPicture]
) -> None:
    assert list(contradicted(leadership(samples[account]))) == []
    assert list(contradicted(narrate(samples[account], Register.DECK, WORDING))) == []


# Each picture is narrated twice in every register: a smaller one that fails alike would take minutes to find.
pictured = settings(
    deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), max_examples=10
)


@pictured
@given(pictures().map(receipted))
def test_in_any_picture_every_place_of_the_wording_holds_its_declared_fact(of: AccountPicture) -> None:
    """Values differ from picture to picture: a fact that is declared wrongly has the right value in a few of them only,
    and is found in all the others."""
    assert list(contradicted(leadership(of))) == []


@pytest.mark.slow
@settings(pictured, max_examples=400)
@given(pictures().map(receipted))
def test_in_hundreds_of_pictures_every_place_of_the_wording_holds_its_declared_fact(of: AccountPicture) -> None:
    assert list(contradicted(leadership(of))) == []


def test_a_wrong_declaration_is_found(monkeypatch: pytest.MonkeyPatch, samples: Mapping[str, AccountPicture]) -> None:
    monkeypatch.setitem(PRINTED, "people.and-target", {"need": "persona/not-active"})
    declared.cache_clear()
    found = [each for account in ACCOUNTS for each in contradicted(narrate(samples[account], Register.LINE, WORDING))]
    monkeypatch.undo()
    declared.cache_clear()
    assert found


def test_what_is_declared_is_there() -> None:
    kinds = {"figure", "workflow-value", "workflow-target", "workflow-previous", "commitment-target", "commitment-came"}
    entries = {part.partition(":")[0] for key in PRINTED for part in key.split(" > ")}
    assert [entry for entry in sorted(entries - kinds) if entry not in WORDING] == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_number_of_what_is_said_aloud_has_a_place_that_is_declared(
    account: str, samples: Mapping[str, AccountPicture]
) -> None:
    """Apart from the label of the quarter, and the parts of the score, whose own names decide."""
    said = narrate(samples[account], Register.BRIEF, WORDING)
    for key in said.spoken():
        statement = said.statements[key]
        paths = paths_of(key, statement.text, said, WORDING)
        for number in trace(statement, said, WORDING):
            by_name = number.fact is not None and (number.fact.name == "period" or number.fact.name.endswith("-part"))
            assert number.typed or by_name or declared(paths[number.start]), (key, number.text, statement.text)


# ---- other words ----------------------------------------------------------------------------------------------------


def own_wording(folder: Path, text: str) -> Wording:
    words = folder / "templates" / "wording" / "en"
    words.mkdir(parents=True)
    (words / "own.yml").write_text(text, encoding="utf-8")
    return load_wording(folder, "en-GB")


@pytest.mark.parametrize(
    "text",
    [
        "group: {some: '{{ m }} {{ name }}, {{ n }} of whom'}",
        "group: {some: '{{ n }} of {{ m }} {{ name }}{{ name[:0] }}'}",
        "people: {total: '{{ reach|upper }}: {{ n }} of {{ m }}'}",
        "sentence: {whole: '{{ (parts|join(\"; \"))[:90] }}'}",
        "who: {active: '{% if who|length < 30 %}short{% endif %} {{ who }} {{ n }}'}",
    ],
)
def test_words_of_a_workspace_cannot_break_a_trace(
    text: str, tmp_path: Path, samples: Mapping[str, AccountPicture]
) -> None:
    wording = own_wording(tmp_path, text)
    said = narrate(samples["acme"], Register.BRIEF, wording)
    for key in said.spoken():
        assert trace(said.statements[key], said, wording) is not None
    assert "6 of 8" in said.text("people") or "total" in text


def test_a_workspaces_own_order_of_the_numbers_is_followed(tmp_path: Path) -> None:
    wording = own_wording(tmp_path, "group: {some: 'of {{ m }} {{ name }}, {{ n }}'}")
    said = narrate(receipted(picture()), Register.BRIEF, wording)
    found = [(each.text, each.fact.name) for each in trace(said.statements["sentence"], said, wording) if each.fact]
    assert found[:2] == [("7", "counted-of"), ("5", "counted")]


def test_the_marks_are_never_in_what_is_said() -> None:
    said = leadership(receipted(picture()))
    list(contradicted(said))
    assert all(each.text == unmarked(each.text) for each in said.statements.values())
