"""Counting takes little memory, and more only where little is not enough."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest

from qbrgen.measure import engine as room
from qbrgen.measure.engine import Engine, engine

_NUMBERS = 300_000


def _numbers(session: Engine) -> ibis.Table:
    session.connection.execute(f"CREATE TEMP VIEW numbers AS SELECT range AS n FROM range({_NUMBERS})")
    return session.table("numbers")


def test_groups_that_do_not_fit_into_little_memory_go_to_the_folder_of_the_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "LITTLE", "12MB")
    with engine() as session:
        numbers = _numbers(session)
        groups = session.run("groups", numbers.group_by("n").agg(rows=numbers.count()), any_order=True)
        again = session.run("again", groups.mutate(more=groups.n + 1, text=groups.n.cast("string")), any_order=True)
        written = [path for path in Path(session.folder).iterdir() if path.stat().st_size]
        assert written
        assert session.frame(again.aggregate(rows=again.rows.sum(), n=again.n.sum())).to_numpy().tolist() == [
            [_NUMBERS, sum(range(_NUMBERS))]
        ]


def test_what_cannot_be_done_in_little_memory_is_done_in_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LITTLE", "2MB")
    with engine() as session:
        numbers = _numbers(session)
        kept = session.run("kept", numbers.aggregate(all=numbers.n.collect()))
        found = session.frame(kept.select(length=kept["all"].length()))
        assert found["length"].tolist() == [_NUMBERS]
        assert session.first("SELECT length(list(n)) FROM numbers") == (_NUMBERS,)


@pytest.mark.parametrize(("limit", "most"), [("300MB", 300e6), ("1GB", 700e6), ("5TB", 700e6)])
def test_where_there_is_less_than_little_memory_no_more_than_that_is_taken(
    limit: str, most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = ibis.duckdb.connect
    monkeypatch.setattr(ibis.duckdb, "connect", lambda **told: connect(**told, memory_limit=limit))
    with engine() as session:
        number, unit = session.little.removesuffix("MB").removesuffix(" MiB"), session.little[-3:]
        assert float(number) * (2**20 if unit == "MiB" else 1e6) == pytest.approx(most, rel=0.001)
        numbers = _numbers(session)
        assert session.frame(numbers.aggregate(rows=numbers.count()))["rows"].tolist() == [_NUMBERS]
