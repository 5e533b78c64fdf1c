"""How accounts of the data fit those of the definitions, where a whole workspace would be too much to make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from qbrgen.errors import Finding, Level
from qbrgen.measure.fit import _ending_early, _events_unused, _Forms, stale_findings

LAST = date(2026, 9, 27)


def ending(feeds: dict[str, Iterable[date]]) -> list[Finding]:
    """What is told of accounts whose events came on these days."""
    heard = [
        {"account": name, "week": day.toordinal() // 7, "first": pd.Timestamp(day), "last": pd.Timestamp(day)}
        for name, days in feeds.items()
        for day in days
    ]
    last = {name: max(days) for name, days in feeds.items()}
    counts: Any = SimpleNamespace(last_event=last, heard=pd.DataFrame(heard), as_of=LAST)
    definitions: Any = SimpleNamespace(accounts=dict.fromkeys(feeds), where={})
    return list(_ending_early(definitions, counts))


def every(days: int, until: date) -> list[date]:
    return [until - timedelta(days=days * step) for step in range(6)]


def test_a_feed_is_told_when_it_is_silent_for_twice_as_long_as_ever_before() -> None:
    others = {"other": every(1, LAST)}
    assert ending({**others, "weekly": every(7, LAST - timedelta(days=14))}) == []
    (told,) = ending({**others, "weekly": every(7, LAST - timedelta(days=15))})
    assert (told.level, told.account) == (Level.WARNING, "weekly")
    assert ending({**others, "rare": every(30, LAST - timedelta(days=60))}) == []
    assert [each.account for each in ending({**others, "rare": every(30, LAST - timedelta(days=61))})] == ["rare"]


def test_where_many_end_early_they_are_told_together_and_as_a_note() -> None:
    gone = {f"a{number:02}": every(1, LAST - timedelta(days=40 + number)) for number in range(11)}
    (told,) = ending({"other": every(1, LAST), **gone})
    assert (told.level, told.account) == (Level.NOTE, None)
    assert "11 of 12 accounts end well before 2026-09-27: a10 (2026-08-08)" in told.what
    many = {f"b{number:03}": every(1, LAST) for number in range(110)}
    assert len(ending({**many, **gone})) == 11, "eleven of so many are told one by one"


@pytest.mark.parametrize(
    ("user", "meant", "how"),
    [
        ("dana@acme.com", "dana", "one being an e-mail address"),
        ("Kim Lee", "kimlee", "case and blanks"),
        ("0035g00000XyZaB", "0035g00000XyZaBAAV", "the length of a Salesforce id (15 or 18 characters)"),
        ("ben", "", ""),  # two addresses begin with it
        ("dan", "", ""),
    ],
)
def test_a_user_is_found_again_however_their_id_is_written(user: str, meant: str, how: str) -> None:
    known = _Forms(["dana", "kimlee", "0035g00000XyZaBAAV", "ben@acme.com", "ben@acme.org"])
    assert known.meant(user) == (meant, how)


@pytest.mark.parametrize(
    ("as_of", "today", "chosen", "levels"),
    [
        (LAST, LAST + timedelta(days=45), False, []),
        (LAST, LAST + timedelta(days=46), False, [Level.WARNING]),
        (LAST, LAST + timedelta(days=46), True, [Level.NOTE]),
        (LAST, None, False, []),
        (LAST - timedelta(days=7), None, False, [Level.NOTE]),
        (LAST - timedelta(days=8), None, False, [Level.WARNING]),
        (LAST - timedelta(days=8), LAST, False, []),
    ],
)
def test_old_data_are_told_unless_they_were_asked_for(
    as_of: date, today: date | None, chosen: bool, levels: list[Level]
) -> None:
    settings = SimpleNamespace(as_of=as_of if chosen else None, rules=SimpleNamespace(data_stale_days=45))
    definitions: Any = SimpleNamespace(settings=settings, where={"settings/as_of": "qbrgen.yml:2"})
    counts: Any = SimpleNamespace(as_of=as_of)
    period: Any = SimpleNamespace(last_day=LAST, label="Q3 2026")
    assert [each.level for each in stale_findings(definitions, counts, period, today)] == levels


def test_events_of_presence_are_told_apart_from_what_may_be_work_in_other_languages_too() -> None:
    definitions: Any = SimpleNamespace(accounts={})
    rows = {"Anmeldung": 9, "Anmeldung zum Kurs": 4, "page_vue": 3, "logins": 2}
    counts: Any = SimpleNamespace(event_rows=rows, balance=SimpleNamespace(by_source={"e.csv": 18}))
    work, presence = _events_unused(definitions, counts)
    assert "1 event name, by rows: Anmeldung zum Kurs (4)." in work.what
    assert "only show presence: Anmeldung (9), page_vue (3), logins (2)." in presence.what
