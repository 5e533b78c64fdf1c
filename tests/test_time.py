"""Time done right, from files to figures: as-of dates, late rows, silence, leap weeks, year ends, fiscal starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from qbrgen.errors import InputError
from qbrgen.score.picture import AccountPicture, WorkflowPicture
from qbrgen.score.states import GapKind, PersonState, TargetState
from qbrgen.score.workspace import ScoredWorkspace, score_workspace

SETTINGS = """\
vendor: Halyard
time_zone: {zone}
fiscal_year_starts: {start}
{more}
data:
  events: {{file: "data/events*.csv", columns: {{time: time, user: user, account: account, event: event}}}}
  people: {{file: data/people.csv}}
"""

PLAYBOOK = """\
playbook: sales
personas:
  - id: reps
    name: quota-carrying reps
    one: rep
    target: 50%
    rhythm: {rhythm}
    workflows:
      - {{id: calls, name: Calls, produces: deals, target: 50%, frequency: {{events: call}}}}
      - {{id: notes, name: Notes, produces: deals, target: 50%, frequency: {{events: note}}}}
      - {{id: plans, name: Plans, produces: deals, target: 50%, frequency: {{events: plan}}}}
"""

Row = tuple[str, str, str, str]


def days(first: date, last: date, step: int = 7) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


def calls(times: Iterable[date | str], user: str = "u1", account: str = "acme") -> list[Row]:
    return [(str(time), user, account, "call") for time in times]


def scored(
    root: Path,
    *files: list[Row],
    period: str | None = None,
    as_of: date | None = None,
    start: int = 1,
    zone: str = "UTC",
    more: str = "",
    rhythm: str = "week",
    accounts: tuple[str, ...] = ("acme",),
) -> ScoredWorkspace:
    """Score a workspace of one rep an account, in seat since 2010, with these files of events."""
    texts = {
        "qbrgen.yml": SETTINGS.format(zone=zone, start=start, more=more),
        "playbooks/sales.yml": PLAYBOOK.format(rhythm=rhythm),
        "data/people.csv": "user,account,persona,from\n"
        + "".join(f"u{n},{account},reps,2010-01-04\n" for n, account in enumerate(accounts, 1)),
    }
    texts |= {f"accounts/{account}.yml": f"account: {account}\n" for account in accounts}
    for number, rows in enumerate(files):
        lines = [",".join(row) for row in [("time", "user", "account", "event"), *rows]]
        texts[f"data/events-{number}.csv"] = "\n".join(lines) + "\n"
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return score_workspace(root, period=period, as_of=as_of)


def calls_of(picture: AccountPicture) -> WorkflowPicture:
    return next(workflow for workflow in picture.workflows if workflow.id == "reps/calls")


def weeks_counted(review: ScoredWorkspace, account: str = "acme") -> Fraction:
    """The weeks in seat of the one rep: what the frequency is divided by."""
    ratio = calls_of(review.pictures[account]).ratio
    assert ratio is not None
    return ratio.denominator


def thursdays_in(first: date, after: date) -> int:
    return sum(day.isocalendar().weekday == 4 for day in days(first, after - timedelta(days=1), 1))


# ---- the as-of date -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "weeks"),
    [
        (date(2026, 8, 8), 5),  # a Saturday: its week is not full
        (date(2026, 8, 9), 6),
        (date(2026, 8, 10), 6),
        (date(2026, 8, 12), 6),
        (date(2026, 9, 26), 12),
        (date(2026, 9, 27), 13),
    ],
)
def test_an_as_of_date_in_mid_period_counts_the_full_weeks_until_then(as_of: date, weeks: int, tmp_path: Path) -> None:
    rows = calls(days(date(2026, 3, 30), date(2026, 10, 25), 1))
    review = scored(tmp_path, rows, period="2026-Q3", as_of=as_of)
    ratio = calls_of(review.pictures["acme"]).ratio
    assert ratio
    assert (ratio.numerator, ratio.denominator) == (weeks, weeks)


def test_rows_after_the_as_of_date_change_nothing_and_are_counted_as_such(tmp_path: Path) -> None:
    until, later = days(date(2026, 3, 30), date(2026, 8, 12), 1), days(date(2026, 8, 13), date(2026, 10, 25), 1)
    both = scored(tmp_path / "both", calls(until + later), period="2026-Q3", as_of=date(2026, 8, 12))
    alone = scored(tmp_path / "alone", calls(until), period="2026-Q3", as_of=date(2026, 8, 12))
    assert both.pictures == alone.pictures
    assert both.counts.balance.set_aside == {"after the as-of date": len(later)}
    assert both.counts.balance.in_part_weeks == alone.counts.balance.in_part_weeks == 3


def test_without_a_period_the_latest_complete_one_is_told(tmp_path: Path) -> None:
    rows = calls(days(date(2026, 1, 5), date(2026, 10, 25), 1))
    assert scored(tmp_path, rows, as_of=date(2026, 9, 27)).period.label == "Q3 2026"
    assert scored(tmp_path, rows, as_of=date(2026, 9, 26)).period.label == "Q2 2026"


# ---- rows that come late --------------------------------------------------------------------------------------------


def test_rows_that_come_late_count_as_if_they_had_been_there(tmp_path: Path) -> None:
    """The second file holds earlier times than the first; then the same rows in order of time."""
    rows = calls(days(date(2026, 3, 30), date(2026, 9, 30), 1))
    late = scored(tmp_path / "late", rows[100:], rows[:100])
    in_time = scored(tmp_path / "time", rows[:100], rows[100:])
    assert late.pictures == in_time.pictures
    assert late.counts.data_start == date(2026, 3, 30)


def test_a_late_file_makes_up_for_the_weeks_that_lacked_it(tmp_path: Path) -> None:
    rows = calls(days(date(2026, 3, 30), date(2026, 9, 30), 1))
    hole = [row for row in rows if not "2026-07-20" <= row[0] <= "2026-08-16"]
    assert calls_of(scored(tmp_path / "hole", hole).pictures["acme"]).value == Fraction(9, 13)
    late = [row for row in rows if row not in hole]
    assert calls_of(scored(tmp_path / "late", hole, late).pictures["acme"]).value == 1


# ---- nothing came ---------------------------------------------------------------------------------------------------


def test_a_period_of_which_the_data_hold_nothing_is_refused_with_one_that_they_do(tmp_path: Path) -> None:
    rows = calls([*days(date(2026, 1, 5), date(2026, 3, 25)), *days(date(2026, 7, 6), date(2026, 10, 7))])
    with pytest.raises(InputError) as refused:
        scored(tmp_path, rows, period="2026-Q2")
    (finding,) = refused.value.findings
    assert "from 2026-01-05 to 2026-10-05 and hold nothing of Q2 2026" in finding.what
    assert "--period 2026-Q3" in finding.fix


def test_an_account_of_which_nothing_came_is_no_data_while_the_others_are_counted(tmp_path: Path) -> None:
    loud = calls(days(date(2026, 3, 30), date(2026, 9, 30)), "u1")
    quiet = calls(days(date(2026, 3, 30), date(2026, 6, 25)), "u2", "birch")
    review = scored(tmp_path, loud + quiet, accounts=("acme", "birch"))
    birch = review.pictures["birch"]
    assert {workflow.state for workflow in birch.workflows} == {TargetState.NO_DATA}
    assert [person.state for persona in birch.personas for person in persona.people] == [PersonState.NO_DATA]
    assert GapKind.FEED_SILENT in {gap.kind for gap in birch.gaps}
    assert calls_of(review.pictures["acme"]).state is TargetState.MET


# ---- years ----------------------------------------------------------------------------------------------------------


def test_the_leap_week_is_the_fourteenth_of_its_quarter(tmp_path: Path) -> None:
    rows = calls(days(date(2026, 6, 29), date(2027, 1, 3)))
    review = scored(tmp_path, rows, as_of=date(2027, 1, 3))
    assert (review.period.label, weeks_counted(review)) == ("Q4 2026", 14)
    assert calls_of(review.pictures["acme"]).value == 1
    closed = scored(tmp_path, rows, as_of=date(2027, 1, 3), more="closed_weeks: 2026-W53")
    assert weeks_counted(closed) == 13


def test_the_last_days_of_december_count_in_the_first_quarter_where_their_week_does(tmp_path: Path) -> None:
    review = scored(tmp_path, calls(["2025-12-30", *days(date(2026, 1, 5), date(2026, 4, 1))]))
    assert review.period.label == "Q1 2026"
    assert review.pictures["acme"].window.first == date(2026, 1, 5)  # the data begin on a Tuesday: no full week
    whole = scored(tmp_path, calls(["2025-12-29", "2025-12-30", *days(date(2026, 1, 5), date(2026, 4, 1))]))
    assert (whole.period.label, weeks_counted(whole)) == ("Q1 2026", 13)
    assert calls_of(whole.pictures["acme"]).value == 1


@pytest.mark.parametrize("start", range(1, 13))
def test_a_fiscal_year_may_start_in_any_month(start: int, tmp_path: Path) -> None:
    rows = calls(days(date(2025, 1, 6), date(2027, 6, 27)))
    review = scored(tmp_path, rows, start=start, as_of=date(2026, 12, 6))
    # the quarters end with the months start + 2, + 5, …: the last of which the Thursdays are all there on 6 December
    ends = [date(2026, month, 1) for month in range(1, 13) if (month - start) % 3 == 0 and month <= 12]
    after = max(end for end in ends if end <= date(2026, 12, 4))
    begins = date(after.year if after.month > 3 else after.year - 1, (after.month - 4) % 12 + 1, 1)
    assert weeks_counted(review) == thursdays_in(begins, after)
    assert review.pictures["acme"].window.first <= begins + timedelta(days=3)


@pytest.mark.parametrize(
    ("last", "label", "rhythm", "units"),
    [
        (date(2026, 3, 29), "Q1 2026", "week", 13),
        (date(2026, 3, 29), "Q1 2026", "two weeks", 7),  # the first is 22 December to 4 January
        (date(2026, 3, 29), "Q1 2026", "month", 3),
        (date(2027, 1, 3), "Q4 2026", "week", 14),
        (date(2027, 1, 3), "Q4 2026", "two weeks", 7),  # the last holds 2026-W52 and W53
        (date(2027, 1, 3), "Q4 2026", "month", 3),
        (date(2027, 3, 28), "Q1 2027", "two weeks", 6),  # and the next begins on 4 January
    ],
)
def test_the_units_of_a_rhythm_run_on_over_year_ends(
    last: date, label: str, rhythm: str, units: int, tmp_path: Path
) -> None:
    review = scored(tmp_path, calls(days(date(2025, 6, 30), last)), rhythm=rhythm, as_of=last)
    assert (review.period.label, weeks_counted(review)) == (label, units)
    assert calls_of(review.pictures["acme"]).value == 1


# ---- the zone -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "last_instant"),
    [
        ("Pacific/Tongatapu", "2026-09-27T10:59:59Z"),  # +13
        ("Pacific/Pago_Pago", "2026-09-28T10:59:59Z"),  # -11
        ("Australia/Sydney", "2026-09-27T13:59:59Z"),
        ("Europe/London", "2026-09-27T22:59:59Z"),
    ],
)
def test_the_last_second_of_a_quarter_is_that_of_the_workspaces_zone(
    zone: str, last_instant: str, tmp_path: Path
) -> None:
    weekly = [f"{day}T12:00:00Z" for day in days(date(2026, 6, 25), date(2026, 9, 17))]
    dates = {"zone": zone, "as_of": date(2026, 10, 11), "period": "2026-Q3"}
    within = scored(tmp_path, calls([*weekly, last_instant]), **dates)
    assert calls_of(within.pictures["acme"]).value == 1
    later = last_instant.replace("59:59Z", "59:59.999999Z")
    assert calls_of(scored(tmp_path, calls([*weekly, later]), **dates).pictures["acme"]).value == 1
    after = str(int(last_instant[11:13]) + 1).zfill(2)
    beyond = f"{last_instant[:11]}{after}:00:00Z"
    assert calls_of(scored(tmp_path, calls([*weekly, beyond]), **dates).pictures["acme"]).value == Fraction(12, 13)
