"""What counting costs: ours beside the least that a group by takes, Polars and pandas (docs/benchmarks.md).

    python benchmarks/measure.py [ROWS …] [--folder FOLDER] [--rounds 3] [--without NAME …]

Each counts the same Parquet files (benchmarks/measure_events.py makes them, where they are not there) in a process of
its own, in turns; CPU seconds and peak memory are those of the whole process, imports and the workspace included.
The floor is DuckDB grouping the four columns (time, account, person, event) by person, event and week; "bare" leaves
the event out of its key. Nothing of both is told by anything: no time zone, no copies, no balance. Polars and pandas
group as the floor does, of those pandas up to 10,000,000 rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median

from measure_events import make_workspace

_GROUPED = """SELECT account_id, user_id, {event} date_trunc('week', CAST("timestamp" AS TIMESTAMP)) AS week,
    count(*) AS rows, count(event) AS named FROM '{files}' GROUP BY ALL"""
_MOST_FOR_PANDAS = 10_000_000


def floor(root: Path, event: str = "event,") -> int:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        files = _events(root) / "*.parquet"
        table = connection.execute(_GROUPED.format(event=event, files=files)).to_arrow_table()
        assert table is not None
        return int(table.num_rows)


def bare_floor(root: Path) -> int:
    return floor(root, "")


def ours(root: Path, memory: str = "") -> int:
    from qbrgen.define.workspace import load_workspace
    from qbrgen.measure import engine
    from qbrgen.measure.events import measure

    if memory:
        usual = engine.Engine.__init__

        def limited(self: engine.Engine, folder: Path) -> None:
            usual(self, folder)
            self.most = memory
            self.connection.execute(f"SET memory_limit = '{memory}'")

        engine.Engine.__init__ = limited  # type: ignore[method-assign]
    counts = measure(load_workspace(root))
    assert counts.balance.rows == counts.balance.counted + counts.balance.in_part_weeks + sum(
        counts.balance.set_aside.values()
    )
    return len(counts.weekly)


def ours_in_1_gb(root: Path) -> int:
    return ours(root, "1GB")


def ours_with_ids(root: Path) -> int:
    return ours(root.with_name(f"{root.name}-ids"))


def polars(root: Path) -> int:
    import polars as pl

    rows = pl.scan_parquet(_events(root) / "*.parquet")
    week = pl.col("timestamp").dt.truncate("1w").alias("week")
    grouped = rows.group_by("account_id", "user_id", "event", week).agg(pl.len())
    height: int = grouped.collect(engine="streaming").height
    return height


def pandas(root: Path) -> int:
    import pandas as pd

    columns = ["timestamp", "account_id", "user_id", "event"]
    rows = pd.concat(pd.read_parquet(path, columns=columns) for path in sorted(_events(root).glob("*.parquet")))
    week = rows["timestamp"].dt.tz_localize(None).dt.to_period("W").dt.start_time
    return len(rows.groupby(["account_id", "user_id", "event", week]).size())


COUNTED: dict[str, Callable[[Path], int]] = {
    "floor": floor,
    "bare floor": bare_floor,
    "ours": ours,
    "ours, copies told by their ids": ours_with_ids,
    "ours, memory_limit 1GB": ours_in_1_gb,
    "Polars, streaming": polars,
    "pandas": pandas,
}


def _events(root: Path) -> Path:
    return root.with_name(f"{root.name}-events")


def _one(name: str, root: Path) -> None:
    """In a process of its own: count, and print what it took."""
    warnings.simplefilter("ignore")
    found = COUNTED[name](root)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1000, "groups": found}
    print(json.dumps(told))


def _apart(name: str, root: Path) -> dict[str, float] | None:
    command = [sys.executable, __file__, "--one", name, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: {(done.stderr.strip().splitlines() or ['ended'])[-1]}", file=sys.stderr)
        return None
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rows", nargs="*", type=int, default=[10_000_000, 100_000_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "qbrgen-measure")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], choices=list(COUNTED), metavar="NAME")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _one(given.one[0], Path(given.one[1]))
        return
    for rows in given.rows:
        make_workspace(given.folder, rows, with_ids=True)
        root = make_workspace(given.folder, rows, with_ids=False)
        names = [each for each in COUNTED if each not in given.without]
        names = [each for each in names if each != "pandas" or rows <= _MOST_FOR_PANDAS]
        taken: dict[str, list[dict[str, float]]] = defaultdict(list)
        for _ in range(given.rounds):
            for name in names:
                told = _apart(name, root)
                if told:
                    taken[name].append(told)
        print(f"\n| {rows:,} rows | CPU s | x floor | peak MB | groups |\n|---|---|---|---|---|")
        for name, every in taken.items():
            cpu = median(each["cpu"] for each in every)
            ratios = [each["cpu"] / least["cpu"] for each, least in zip(every, taken["floor"], strict=False)]
            peak = max(each["peak"] for each in every)
            print(f"| {name} | {cpu:.1f} | {median(ratios):.2f} | {peak:,.0f} | {every[0]['groups']:,} |", flush=True)


if __name__ == "__main__":
    main()
