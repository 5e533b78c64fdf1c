"""Rows by chance, with every trouble that an export may have: offsets, changes of clocks, edges of weeks, slips."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from plain import Row

DAY = timedelta(days=1)
NAMES = ("done", "other", "first", "then", "last")


class Clock:
    """The workspace's time zone: local moments as exports write them."""

    def __init__(self, name: str) -> None:
        self.name, self.zone = name, ZoneInfo(name)

    def text(self, rng: Random, moment: datetime) -> str:
        """A local wall time in one of the forms of exports."""
        there = moment.replace(tzinfo=self.zone)
        utc = there.astimezone(UTC)
        away = timezone(timedelta(minutes=rng.choice((-570, -300, 0, 60, 330, 765))))
        forms = (
            *4 * [f"{moment:%Y-%m-%d %H:%M:%S}"],
            f"{moment:%Y-%m-%dT%H:%M}",
            moment.date().isoformat(),
            *2 * [there.astimezone(away).isoformat(sep=rng.choice(" T"))],
            f"{utc:%Y-%m-%d %H:%M:%S} UTC",
            f"{utc:%Y-%m-%d %H:%M:%S} +0000",
            *2 * [f"{utc:%Y-%m-%dT%H:%M:%S.%fZ}"],
        )
        return rng.choice(forms)


def moment_on(rng: Random, day: date) -> datetime:
    """A moment of a day; now and then the first or the last of its week, or at night, when clocks change."""
    chance = rng.random()
    if chance < 0.08:
        monday = day - DAY * day.weekday()
        return datetime.combine(monday, time()) + timedelta(seconds=rng.choice((-1, 0, 0, 1)))
    if chance < 0.15:
        return datetime.combine(day, time(rng.randint(0, 3), rng.choice((0, 30, 59))))
    return datetime.combine(day, time(rng.choice((0, 9, 9, 12, 17)), rng.choice((0, 0, 30))))


def event_row(rng: Random, clock: Clock, account: str, user: str, name: str, moment: datetime, number: int) -> Row:
    """One event; one in twenty has something wrong with it."""
    row = {
        "row id": rng.choice(("", f"{account}-{number}", f"{account}-{number}")),
        "sent at": clock.text(rng, moment),
        "user_id": user,
        "account_id": account,
        "event": name,
        "qty": rng.choice(("", "", "", "1", "1", "2", "0.5", "3", "1.25")),
    }
    trouble = rng.random()
    if trouble < 0.012:
        row["qty"] = rng.choice(("0", "-4", "many", "0.0000004", "n/a", "1e1", "2000000000"))
    elif trouble < 0.018:
        row["sent at"] = rng.choice(("", "soon", "2026-02-30", "31 March", "9999-12-31T00:00:00Z"))
    elif trouble < 0.025:
        row["user_id"] = rng.choice(("", "stranger", f" {user} "))
    elif trouble < 0.03:
        row["event"] = rng.choice(("", "opened", f"{name} "))
    elif trouble < 0.033:
        row["account_id"] = rng.choice(("", "nowhere"))
    elif trouble < 0.05:
        row["row id"] = f"{account}-{rng.randint(0, number)}"  # perhaps another row's
    return row


def value_rows(rng: Random, account: str, first: date, last: date, quarter: str) -> list[Row]:
    """Rows of a ready-made metric: weekly from any weekday, by ISO week, by month, by quarter, or a day or two."""
    form = rng.randrange(6)
    rows = []
    begin = first - DAY * rng.randint(0, 60)
    if form == 0:
        whens = [str(begin + DAY * 7 * n) for n in range(rng.randint(2, 20)) if rng.random() < 0.8]
    elif form == 1:
        days = [begin + DAY * 7 * n for n in range(rng.randint(1, 20))]
        whens = [f"{d.isocalendar().year}-W{d.isocalendar().week:02}" for d in days]
    elif form == 2:
        whens = sorted({f"{begin + DAY * 20 * n:%Y-%m}" for n in range(rng.randint(1, 8))})
    elif form == 3:
        whens = [quarter]
    elif form == 4:
        whens = sorted({f"{begin + DAY * 20 * n:%Y-%m}-01" for n in range(rng.randint(2, 8))})
    else:
        whens = [str(first + DAY * rng.randint(0, (last - first).days)), str(last + DAY)][: rng.randint(1, 2)]
    for when in whens:
        above, below = rng.randint(0, 9), rng.choice((0, 5, 10, 10))
        given = {"value": rng.choice(("0.7", "50%", "0.913", "")), "above": "", "below": ""}
        if rng.random() < 0.6:
            given = {"value": rng.choice(("", "", "0.7")), "above": str(above), "below": str(below)}
        rows.append({"account_id": account, "metric": f"rate-{account}", "when": when, **given})
    return rows
