"""Counting takes little memory, and more only where little is not enough."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest

from qbrgen.errors import InputError
from qbrgen.measure import engine as room
from qbrgen.measure import memory
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


def test_what_does_not_fit_into_all_the_memory_that_is_free_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LITTLE", "2MB")
    monkeypatch.setattr(room, "_LEAST", 2)
    monkeypatch.setattr(room, "free_memory", lambda: 3_000_000)
    with engine() as session:
        assert session.most == "2MB"
        numbers = _numbers(session)
        with pytest.raises(InputError) as caught:
            session.run("kept", numbers.aggregate(all=numbers.n.collect()))
    (finding,) = caught.value.findings
    assert finding.code == "too-little-memory"
    assert "2MB" in finding.what


def test_no_more_memory_is_taken_than_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 100_000_000)
    with engine() as session:
        assert (session.most, session.little) == ("80MB", "80MB")
        numbers = _numbers(session)  # of which many more groups are made than fit
        groups = session.run(
            "groups", numbers.group_by("n", more=numbers.n * 7).agg(text=numbers.n.cast("string").max())
        )
        assert session.frame(groups.aggregate(rows=groups.count()))["rows"].tolist() == [_NUMBERS]
    monkeypatch.setattr(room, "free_memory", lambda: None)
    with engine() as session:
        assert session.most == session.first("SELECT current_setting('memory_limit')")[0]


GROUPS = {
    "machine": ({"proc/meminfo": "MemTotal: 9000 kB\nMemAvailable: 2000 kB\n"}, 2000 * 1024),
    "container": (
        {
            "proc/meminfo": "MemAvailable: 9000000 kB\n",
            "proc/self/cgroup": "0::/\n",
            "groups/memory.max": "512000000\n",
            "groups/memory.current": "400000000\n",
            "groups/memory.stat": "anon 1\ninactive_file 250000000\nactive_file 5\n",
        },
        362_000_000,
    ),
    "group within groups": (
        {
            "proc/self/cgroup": "0::/user/job\n",
            "groups/user/memory.max": "512000000\n",
            "groups/user/memory.current": "500000000\n",
            "groups/user/job/memory.max": "max\n",
            "groups/user/job/memory.current": "1\n",
        },
        12_000_000,
    ),
    "of the first version": (
        {
            "proc/self/cgroup": "9:cpu,cpuacct:/\n4:memory:/docker/f00\n0::/\n",
            "groups/memory/memory.limit_in_bytes": "300000000\n",
            "groups/memory/memory.usage_in_bytes": "310000000\n",
            "groups/memory/memory.stat": "total_inactive_file 20000000\n",
        },
        10_000_000,
    ),
    "no word of it": ({}, None),
}


@pytest.mark.parametrize("name", GROUPS)
def test_free_memory_is_that_of_machine_and_container_without_what_is_kept_of_files(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, free = GROUPS[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.setattr(memory, "_PROC", tmp_path / "proc")
    monkeypatch.setattr(memory, "_GROUPS", tmp_path / "groups")
    assert memory.free_memory() == free


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
