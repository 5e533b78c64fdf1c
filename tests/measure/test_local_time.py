"""A time zone as stretches of constant offset says the same as zoneinfo, at every moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from qbrgen.measure.local_time import stretches, to_local

ZONES = (
    *("Europe/London", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran", "Pacific/Apia", "Asia/Kolkata", "UTC"),
    *(
        "Australia/Sydney",
        "America/Santiago",
        "Pacific/Tongatapu",
        "Pacific/Pago_Pago",
        "Asia/Pyongyang",
        "Antarctica/Troll",
    ),
)
FIRST, LAST = datetime(1995, 1, 1), datetime(2035, 1, 1)
STRETCHES = {zone: stretches(ZoneInfo(zone), FIRST, LAST) for zone in ZONES}


@given(st.sampled_from(ZONES), st.datetimes(FIRST, LAST))
def test_the_stretch_of_a_moment_gives_its_local_time(zone: str, moment: datetime) -> None:
    stretch = next(each for each in reversed(STRETCHES[zone]) if each.begins <= moment)
    expected = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert moment + stretch.offset == to_local(ZoneInfo(zone), moment) == expected


def test_a_stretch_begins_at_the_second_at_which_the_clocks_change() -> None:
    begins = [each.begins for each in STRETCHES["Europe/London"]]
    assert {datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1)} <= set(begins)


def test_neighbouring_stretches_differ() -> None:
    for found in STRETCHES.values():
        assert all(one.offset != two.offset for one, two in pairwise(found))
        assert all(two.begins - one.begins > timedelta(days=1) for one, two in pairwise(found))
