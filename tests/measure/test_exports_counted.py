"""Each known export, from the vendor's schema to exact counts: what was planned, by person and week, and no more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from exports_made import WRITERS, write
from exports_planned import LOGIN

from qbrgen.cli.main import main
from qbrgen.define.model.workspace import Definitions
from qbrgen.measure.counts import Counts, Reason
from qbrgen.period import EPOCH_MONDAY
from qbrgen.score.workspace import score_workspace

Weekly = Counter[tuple[str, str, date]]


@dataclass(frozen=True)
class Counted:
    """The workspace of all exports: what was planned by vendor, and what was counted."""

    root: Path
    planned: dict[str, Weekly]
    definitions: Definitions
    counts: Counts


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    root = tmp_path_factory.mktemp("exports") / "workspace"
    planned = write(root)
    scored = score_workspace(root)
    return Counted(root, planned, scored.definitions, scored.counts)


def weeks_of(counts: Counts, users: set[str]) -> Weekly:
    frame = counts.weekly[counts.weekly["user"].isin(list(users))]
    mondays = [EPOCH_MONDAY + timedelta(weeks=int(week)) for week in frame["week"]]
    times = [int(occurrences) // 1_000_000 for occurrences in frame["occurrences"]]
    return Counter(dict(zip(zip(frame["user"], frame["event"], mondays, strict=True), times, strict=True)))


@pytest.mark.parametrize("vendor", WRITERS)
def test_what_people_did_is_counted_to_the_last_row(vendor: str, counted: Counted) -> None:
    work = Counter({key: times for key, times in counted.planned[vendor].items() if key[1] != LOGIN})
    assert weeks_of(counted.counts, {who for who, *_ in work}) == work
    assert work


def test_every_row_of_every_export_is_counted_or_set_aside_with_its_reason(counted: Counted) -> None:
    balance = counted.counts.balance
    assert balance.rows == balance.counted + sum(balance.set_aside.values())
    # 18 calls are in two tables of Segment, and three tools sent one event twice; 12 cells of wide rows are 0
    assert balance.set_aside == {Reason.DUPLICATE: 21, Reason.NO_VALUE: 12}
    assert balance.of_unknown_people == balance.of_no_persona == 0


def test_nothing_is_wrong_with_a_workspace_of_known_exports(counted: Counted) -> None:
    done = CliRunner().invoke(main, ["check", "-w", str(counted.root)])
    assert done.exit_code == 0, done.output
    assert " error: " not in done.output


def test_of_a_history_the_latest_row_tells(counted: Counted) -> None:
    accounts = counted.definitions.accounts
    assert accounts["pendo"].name == "Pendo Ltd"
    assert [person.title for person in accounts["pendo"].people] == ["Rep", "Rep"]
    assert [person.id for person in accounts["segment"].people] == ["seg-1", "seg-2"]
    assert "old-one" not in accounts


def test_ids_of_salesforce_of_both_lengths_are_one_and_case_matters(counted: Counted) -> None:
    account = counted.definitions.accounts["0015g00000AbCdEAAV"]
    assert {person.name: person.id for person in account.people} == {
        "Ana Diaz": "0035g00000aAaAaAAK",
        "Ben Ode": "0035g00000AaAaAAAV",
    }
    assert account.owner == "Olu"


def test_headers_in_seven_languages_tell_the_same(counted: Counted) -> None:
    for number in range(7):
        account = counted.definitions.accounts[f"8{number}01"]
        person = account.people[0]
        assert (account.owner, person.id, person.title) == ("Olu", f"9{number}01", "Rep")
        assert person.name == ("Ito Ana" if account.name == "Co ja" else "Ana Ito")


def test_page_views_are_presence_and_usage_by_month_is_a_value(counted: Counted) -> None:
    presence = counted.counts.presence
    assert set(presence["user"]) == {"pen-1", "seg-1", "seg-2"}
    # the logins among Segment's calls, and no other: one a week, on Mondays
    logins = {(who, monday) for who, what, monday in counted.planned["segment"] if what == LOGIN}
    weeks = presence[presence["account"] == "segment"][["user", "week"]].itertuples(index=False)
    assert {(str(user), EPOCH_MONDAY + timedelta(weeks=int(str(week)))) for user, week in weeks} == logins
    assert [float(value) for value in counted.counts.values["value"]] == [30, 42]
