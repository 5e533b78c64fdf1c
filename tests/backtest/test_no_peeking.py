"""A ranking uses nothing that was not known at the end of its quarter."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from histories import AFTER_Q1, append, judged, rich_history

from qbrgen.backtest.as_it_was import as_it_was
from qbrgen.backtest.rankers import Ranker
from qbrgen.backtest.run import Backtest
from qbrgen.define.workspace import load_workspace

AS_OF = date(2024, 3, 31)  # the last day of the first quarter


def ranked(found: Backtest) -> dict[str, dict[Ranker, object]]:
    assert [quarter.period.last_day for quarter in found.quarters] == [AS_OF]
    return {case.account: case.values for case in found.cases}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[Ranker, object]]:
    """The rankings of the first quarter, undisturbed."""
    return ranked(judged(rich_history(tmp_path_factory.mktemp("history") / "workspace")))


def test_the_history_can_tell_of_every_ranker(before) -> None:
    told = {ranker for values in before.values() for ranker, value in values.items() if value is not None}
    later = {Ranker.LOGIN_CHANGE, Ranker.EVENT_CHANGE}  # the data hold no quarter before the first
    assert set(Ranker) - told == later


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_after_the_quarter_changes_no_ranking_in_it(tmp_path: Path, before, seed: int) -> None:
    """Later rows go, and others come in their place: events, logins, values, people, ids, readings."""
    outcomes, chance = rich_history(tmp_path / "workspace"), random.Random(seed)
    folder = outcomes.parent
    for name in ("events.csv", "logins.csv"):
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        kept = [row for row in rows if row[0] < AFTER_Q1.isoformat() or chance.random() < 0.5]
        chance.shuffle(kept)
        path.unlink()
        append(path, [header, *kept])
    later = [AFTER_Q1 + timedelta(days=chance.randrange(150)) for _ in range(300)]
    users = [f"a{account:04d}-{person}" for account in range(6) for person in (*range(7), "x")]
    names = ("report_published", "report_reviewed", "report_on_governed_data", "page_opened", "never_heard_of")
    for day in later:
        user = chance.choice(users)
        append(folder / "events.csv", [(day, user, user[:5], chance.choice(names), chance.randrange(9))])
        append(folder / "logins.csv", [(day, user, user[:5])])
    daily = [("a0000", "delivery", AFTER_Q1 + timedelta(days=day), chance.random()) for day in range(9)]
    append(folder / "values.csv", [*daily, ("a0000", "delivery", "2024-05", 0.1)])
    append(
        folder / "people.csv", [("a0001-6", "a0001", "analysts", "2024-04-02"), ("a0002-x", "a0002", "analysts", "")]
    )
    account = folder / "accounts" / "a0000.yml"
    account.write_text(account.read_text(encoding="utf-8").replace("2024-03-01", f"2024-04-{chance.randint(1, 9):02d}"))
    after = ranked(judged(outcomes))
    outcome_moved = {"a0000": {Ranker.SCORE}}  # its reading was taken away from the quarter, so its score is withheld
    for name, values in before.items():
        for ranker, value in values.items():
            if ranker in outcome_moved.get(name, set()):
                assert after[name][ranker] is None
            else:
                assert after[name][ranker] == value, (name, ranker)


def test_an_event_within_the_quarter_does_change_its_ranking(tmp_path: Path, before) -> None:
    outcomes = rich_history(tmp_path / "workspace")
    append(outcomes.parent / "events.csv", [(AS_OF, "a0000-0", "a0000", "page_opened", 1)])
    assert ranked(judged(outcomes))["a0000"][Ranker.EVENTS] == before["a0000"][Ranker.EVENTS] + 1_000_000


def test_who_was_lost_later_changes_no_ranking(tmp_path: Path, before) -> None:
    outcomes = rich_history(tmp_path / "workspace")
    outcomes.write_text("account,lost_on\n" + "".join(f"a{n:04d},\n" for n in range(6)), encoding="utf-8")
    assert ranked(judged(outcomes)) == before


def test_people_without_a_start_are_known_from_their_first_event_on(tmp_path: Path) -> None:
    definitions = load_workspace(rich_history(tmp_path / "workspace").parent)

    def roster(day: date, account: str) -> set[str]:
        return {person.id for person in as_it_was(definitions, day).definitions.accounts[account].people}

    assert "a0001-x" not in roster(date(2024, 2, 4), "a0001")
    assert "a0001-x" in roster(date(2024, 2, 5), "a0001")
    assert "a0000-x" not in roster(date(2024, 9, 1), "a0000")
    assert as_it_was(definitions, AS_OF).unknown_people == 1


def test_a_value_that_speaks_of_later_days_too_is_not_known_yet(tmp_path: Path) -> None:
    outcomes = rich_history(tmp_path / "workspace")
    append(outcomes.parent / "values.csv", [("a0000", "delivery", "2024-Q2", 0.5), ("a0000", "delivery", "2024-02", 1)])
    values = as_it_was(load_workspace(outcomes.parent), date(2024, 5, 31)).counts.values
    assert values["last"].max().date() <= date(2024, 5, 31)
    assert 1 in set(values["value"])


def test_a_reading_of_the_outcome_without_a_date_is_not_used(tmp_path: Path) -> None:
    outcomes = rich_history(tmp_path / "workspace")
    account = outcomes.parent / "accounts" / "a0000.yml"
    text = account.read_text(encoding="utf-8")
    account.write_text(text.replace("{value: 5, on: 2024-03-01}", "{value: 5}"), encoding="utf-8")
    assert ranked(judged(outcomes))["a0000"][Ranker.SCORE] is None


def test_an_account_is_ranked_from_its_first_sign_of_life_to_its_loss(tmp_path: Path) -> None:
    outcomes = rich_history(tmp_path / "workspace", hazard=0.0)
    rows = ["account,lost_on,since", "a0000,2024-03-31,", "a0001,2024-04-01,", "a0002,2024-06-30,", "a0003,2024-07-01,"]
    outcomes.write_text("\n".join([*rows, "a0004,,2024-04-01", "a0005,,2024-03-31"]), encoding="utf-8")
    found = {case.account: case.lost for case in judged(outcomes).cases}
    assert found == {"a0001": True, "a0002": True, "a0003": False, "a0005": False}


def test_two_quarters_ahead_leaves_out_who_was_lost_in_between(tmp_path: Path) -> None:
    outcomes = rich_history(tmp_path / "workspace", hazard=0.0)
    rows = ["account,lost_on", "a0000,2024-04-01", "a0001,2024-07-01", "a0002,2024-09-29", "a0003,", "a0004,2024-09-30"]
    outcomes.write_text("\n".join(rows), encoding="utf-8")
    found = judged(outcomes, known_until=date(2024, 9, 29), horizon=2)
    assert [(quarter.gone, quarter.ahead.label) for quarter in found.quarters] == [(1, "Q3 2024")]
    lost = {case.account: case.lost for case in found.cases}
    assert lost == {"a0001": True, "a0002": True, "a0003": False, "a0004": False}
