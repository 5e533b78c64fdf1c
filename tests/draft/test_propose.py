"""What is proposed comes of what people do: who does something goes before who is many."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from folders_made import events, people, write_csv, write_export

from qbrgen.draft import prepare
from qbrgen.draft.model import Draft, Kind
from qbrgen.draft.prepare import fitted
from qbrgen.draft.propose import MOST_PERSONAS, propose
from qbrgen.draft.roles import map_tables
from qbrgen.draft.survey import survey
from qbrgen.draft.titles import title_groups
from qbrgen.draft.workflows import proposed
from qbrgen.period import Rhythm

IDLE = ("Nurse", 60)  # many, and none of them ever does anything
BUSY = ("Lawyer", "Teacher", "Choreographer", "Zookeeper", "Carpenter", "Beekeeper", "Plumber", "Glazier")


def drafted(folder: Path) -> Draft:
    tables, left = map_tables(survey(folder).tables)
    tables, unused = fitted(tables)
    return propose(tables, [*left, *unused])


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """Eight kinds of work, each of them with one person more than the one before, and sixty who do nothing."""
    folder = tmp_path_factory.mktemp("many")
    roster = [(f"{title}{place}", "A", title) for n, title in enumerate(BUSY) for place in range(n + 2)]
    roster += [(f"idle{place}", "A", IDLE[0]) for place in range(IDLE[1])]
    write_csv(folder / "users.csv", ("user_id", "account_id", "job_title"), roster)
    rows = [
        (f"{user}-{week}-{name}", user, name, f"2026-0{1 + week // 4}-{5 + 7 * (week % 4):02}")
        for user, _, title in roster
        if title != IDLE[0]
        for week in range(12)
        for name in ("plan_drawn", "login", *(["part_fitted"] if week % 2 else []))
    ]
    write_csv(folder / "tracks.csv", ("event_id", "user_id", "event", "timestamp"), rows)
    return drafted(folder)


def test_at_most_six_personas_those_first_whose_people_do_most(draft: Draft) -> None:
    assert len(draft.personas) == MOST_PERSONAS == 6
    assert [persona.with_events for persona in draft.personas] == [9, 8, 7, 6, 5, 4]
    assert all(persona.people == persona.with_events for persona in draft.personas)


def test_the_share_of_people_that_each_takes_and_the_titles_that_none_takes_by_headcount(draft: Draft) -> None:
    everyone = sum(range(2, 10)) + IDLE[1]
    assert sum(persona.share for persona in draft.personas) == Fraction(39, everyone)
    assert [(each.title, each.people, each.with_events) for each in draft.unmatched] == [
        ("Nurse", 60, 0),
        ("Teacher", 3, 3),
        ("Lawyer", 2, 2),
    ]


def test_workflows_are_what_they_do_most_regularly_and_presence_is_none(draft: Draft) -> None:
    for persona in draft.personas:
        assert persona.rhythm is Rhythm.WEEK
        assert [workflow.events for workflow in persona.workflows] == [("plan_drawn",), ("part_fitted",)]
    assert [each.event for each in draft.set_aside] == ["login"]


@pytest.mark.parametrize("trouble", ["key twice", "other encoding"])
def test_events_that_have_to_be_read_in_another_way_are_counted_all_the_same(trouble: str, tmp_path: Path) -> None:
    """The engine comes upon it in the midst of the file."""
    write_csv(tmp_path / "users.csv", ("user_id", "account_id", "job_title"), [("Zo\u00eb", "A", "Lawyer")])
    rows = [("plan_drawn", f"u{number}", f"2026-0{1 + number % 6}-05") for number in range(12_000)]
    rows += [("plan_drawn", "Zo\u00eb", f"2026-0{1 + number}-05") for number in range(6)]
    if trouble == "key twice":
        lines = [f'{{"event": "{name}", "user_id": "{user}", "timestamp": "{at}"}}' for name, user, at in rows]
        lines[-1] = lines[-1].replace('"event"', '"event": "no", "event"')
        (tmp_path / "tracks.jsonl").write_text("\n".join(lines), encoding="utf-8")
    else:
        write_csv(tmp_path / "tracks.csv", ("event", "user_id", "timestamp"), rows)
        (tmp_path / "tracks.csv").write_bytes((tmp_path / "tracks.csv").read_text(encoding="utf-8").encode("cp1252"))
    (persona,) = drafted(tmp_path).personas
    assert persona.people == persona.with_events == 12_001


def test_targets_come_from_the_data(draft: Draft) -> None:
    for persona in draft.personas:
        drawn, fitted_ = persona.workflows
        assert drawn.target.today == 1
        assert drawn.target.share == Fraction(19, 20)  # the most that is proposed
        assert Fraction(2, 5) <= fitted_.target.today <= fitted_.target.share <= Fraction(3, 5)


def test_of_many_accounts_the_target_is_what_the_best_quarter_reach() -> None:
    target = proposed([(n, 10) for n in range(10)], Fraction(1, 10), "of their weeks")
    assert (target.share, target.today) == (Fraction(7, 10), Fraction(45, 100))
    assert "over 10 accounts; the best quarter of them reach 70% or more" in target.why


def test_no_target_is_so_low_that_nothing_reaches_it() -> None:
    target = proposed([(0, 10), (1, 90)], Fraction(1, 10), "of their weeks")
    assert target.share == Fraction(1, 10)
    assert "10% is the least that is proposed" in target.why


def test_people_with_events_in_no_list_are_counted_and_told(tmp_path: Path) -> None:
    write_export(tmp_path)
    known = [row for row in people() if row[0] not in ("u000", "u001")]
    known[0] = (*known[0][:3], "n/a")
    write_csv(tmp_path / "users.csv", ("user_id", "account_id", "full_name", "job_title"), known)
    draft = drafted(tmp_path)
    assert any("1 person of the lists has no job title" in sentence for sentence in draft.cannot)
    # without an account in the events nobody knows whose they are: they stand in no account either
    assert any("2 people with events are in no list of people (8%)" in sentence for sentence in draft.cannot)


def test_events_are_their_own_list_of_people_unless_they_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = {user: account for user, account, *_ in people()}
    rows = [(row, user, accounts[user], event, at) for row, user, event, at in events()]
    write_csv(tmp_path / "t.csv", ("id", "user_id", "account_id", "event", "at"), rows)
    made = drafted(tmp_path)
    assert [mapped.persona for mapped in made.of(Kind.PEOPLE)] == ["job-not-known"]
    assert made.roster == ()
    monkeypatch.setattr(prepare, "_MOST_BYTES", 1)
    written = drafted(tmp_path)
    assert not written.of(Kind.PEOPLE)
    assert {user for user, *_ in written.roster} == set(accounts)


def test_counts_without_a_list_of_accounts_are_their_own_list(tmp_path: Path) -> None:
    rows = [(f"C{n}", feature, f"2026-0{m}", "4") for n in range(3) for feature in ("Quotes", "Orders") for m in (1, 2)]
    write_csv(tmp_path / "use.csv", ("account_id", "feature", "month", "usage_count"), rows)
    made = drafted(tmp_path)
    assert [mapped.columns for mapped in made.of(Kind.ACCOUNTS)] == [{"account": "account_id"}]
    assert made.from_table
    assert [mapped.months_in_use for mapped in made.of(Kind.VALUES)] == [True]


def test_where_no_column_tells_the_account_that_is_said(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", ("id", "user_id", "event", "at"), events())
    assert any("No column tells the account" in sentence for sentence in drafted(tmp_path).cannot)


def test_thousands_of_titles_are_grouped() -> None:
    kinds = ("Engineer", "Nurse", "Zookeeper", "Näherin", "営業担当")
    titles = {f"{kind}, unit {number}": 1 + number % 7 for kind in kinds for number in range(800)}
    groups = title_groups(titles)
    assert len(groups) == len(kinds)
    assert sum(group.people for group in groups) == sum(titles.values())
