"""What is written is read again as it was meant, whatever the names in the data are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from folders_made import write_export
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qbrgen.draft.model import Draft, DraftPersona, DraftWorkflow, SetAside, Target, Unmatched
from qbrgen.draft.roles import map_tables
from qbrgen.draft.survey import survey
from qbrgen.draft.write import Answers, files_of
from qbrgen.load.characters import hidden
from qbrgen.load.yaml_files import parse_yaml
from qbrgen.period import Rhythm

ANSWERS = Answers("Halyard", "January", "UTC", "GBP")
_ODD = st.sampled_from(
    ["no", "0042", "1e5", "# x", "a: b", "- x", "'", '"', "~", "2026-01-01", "*x", "&y", "{}", "%", "\u200bx"]
)
_NAMES = (
    (st.text(max_size=20) | _ODD)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not hidden(text))
)


def draft(event: str, title: str, account: str) -> Draft:
    target = Target(Fraction(1, 2), Fraction(2, 5), title)
    workflow = DraftWorkflow("w", event, event, (event,), target, event)
    persona = DraftPersona(
        "p", title, title, (title,), Rhythm.WEEK, event, target, (workflow,), 3, 2, Fraction(1), event
    )
    aside = (SetAside(event, 1, title),)
    return Draft(
        (), ((account, event),), (persona,), aside, aside, (Unmatched(title, 3, 1),), 3, accounts={account: title}
    )


@settings(max_examples=25, phases=[Phase.generate], deadline=None)
@given(_NAMES, _NAMES, _NAMES)
def test_every_name_is_read_as_it_was(event: str, title: str, account: str) -> None:
    files = files_of(draft(event, title, account), ANSWERS, lambda table: table.name, account)
    read = {name: parse_yaml(text, name) for name, text in files.items()}
    assert all(not file.findings for file in read.values())
    (persona,) = read["playbooks/first-draft.yml"].value["personas"]
    assert (persona["name"], persona["titles"]) == (title, [title])
    assert persona["workflows"][0]["frequency"]["events"] == event
    assert persona["workflows"][0]["says"]["did"] == event
    written = [file for name, file in read.items() if name.startswith("accounts/")]
    assert [file.value["account"] for file in written] == [account]
    assert read["qbrgen.yml"].value["draft"] is True


def test_two_accounts_whose_ids_are_alike_get_a_file_each() -> None:
    made = replace(draft("e", "t", "A 1"), accounts={"A 1": "", "a-1": "", "A/1": ""})
    files = files_of(made, ANSWERS, lambda table: table.name, "x")
    assert len([name for name in files if name.startswith("accounts/")]) == 3


def test_every_reason_stands_beside_its_column(tmp_path: Path) -> None:
    tables, _ = map_tables(survey(write_export(tmp_path)).tables)
    made = replace(draft("e", "t", "A"), tables=tuple(tables))
    settings_file = files_of(made, ANSWERS, lambda table: table.name, "x")["qbrgen.yml"]
    for mapped in tables:
        for key, column in mapped.columns.items():
            assert f"{key}: {column} # {mapped.reasons[key]}"[:100] in settings_file


def test_a_header_below_a_title_is_proposed_and_to_be_confirmed(tmp_path: Path) -> None:
    tracks = write_export(tmp_path) / "tracks.csv"
    tracks.write_text("Usage of all customers\n\n" + tracks.read_text(encoding="utf-8"), encoding="utf-8")
    tables, _ = map_tables(survey(tmp_path).tables)
    (events,) = (mapped for mapped in tables if mapped.table.name == "tracks.csv")
    assert events.columns["event"] == "event_name"
    made = replace(draft("e", "t", "A"), tables=tuple(tables))
    settings_file = files_of(made, ANSWERS, lambda table: table.name, "x")["qbrgen.yml"]
    assert "read: {header: 3} # to confirm: its header is line 3, below 'Usage of all customers'" in settings_file
    assert settings_file.count("read: {") == 1  # the other files have none
