"""Event rows by chance, as a product's export has them, and a workspace that counts them: for benchmarks/measure.py.

    python benchmarks/measure_events.py FOLDER 10000000

Every cell comes from a hash of the row's number and the seed, so that the same number gives the same files on any
machine: half a year of events in the order of their time, by 20,000 people at 200 accounts, few of them busy, with 40
event names, few of them common. Times are UTC, in Parquet. One id in a hundred stands on two rows. 10,000,000 rows make
one file. The workspace counts a fifth of the names: a share, a frequency, a milestone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

SEED = 7
ACCOUNTS, PEOPLE, NAMES = 200, 20_000, 40
ROWS_OF_A_FILE = 10_000_000

_ROWS = """
SELECT
    '{{' || substr(md5(CAST(n - if(hash(n, 1, {seed}) % 100 = 0, 977, 0) AS VARCHAR)), 1, 24) || '}}' AS row_id,
    CAST(TIMESTAMP '2026-01-05' + to_microseconds(n * {step} + CAST(hash(n, 2, {seed}) % 60000000 AS BIGINT))
        AS TIMESTAMPTZ) AS "timestamp",
    'user-' || lpad(CAST(person AS VARCHAR), 6, '0') AS user_id,
    'account-' || lpad(CAST(person % {accounts} AS VARCHAR), 4, '0') AS account_id,
    'event_' || lpad(CAST(CAST(floor(pow((hash(n, 4, {seed}) % 1000003) / 1000003.0, 2) * {names}) AS INT) AS VARCHAR),
        2, '0') AS event,
    CAST(hash(n, 5, {seed}) % 100000 AS INTEGER) / 100 AS duration,
    'Mozilla/5.0 (X11; Linux x86_64) build ' || CAST(hash(n, 6, {seed}) % 90 AS VARCHAR) AS context
FROM (
    SELECT n, CAST(floor(pow((hash(n, 3, {seed}) % 1000003) / 1000003.0, 2) * {people}) AS BIGINT) AS person
    FROM range({first}, {last}) AS rows(n)
)
"""

_SETTINGS = """vendor: Halyard
time_zone: Europe/London
data:
  events:
    - file: DATA
      columns: {{time: timestamp, user: user_id, account: account_id, event: event{id}}}
  people:
    - file: people.csv
      columns: {{user: user, account: account, persona: persona}}
  accounts:
    - file: accounts.csv
      columns: {{account: account, name: name}}
accounts: {{from_table: true, playbook: sales}}
"""

_PLAYBOOK = """playbook: sales
personas:
  - id: reps
    name: reps
    one: rep
    rhythm: week
    target: 75%
    workflows:
      - id: touches
        name: Touches through sequences
        produces: meetings
        target: 70%
        share: {numerator: [event_00, event_01], denominator: [event_00, event_01, event_02, event_03]}
        says: {of: touches, do: run through sequences}
      - id: board
        name: Reviews of the board
        produces: forecasts
        target: 75%
        frequency: {events: [event_04], times: 2}
        says: {did: reviewed the board}
      - id: start
        name: A first sequence
        produces: a start
        target: 75%
        milestone: {steps: [{event: event_05, at_least: 3}], within_days: 14}
        says: {did: made a first sequence}
"""


def make_events(folder: Path, rows: int) -> list[Path]:
    """The files of so many rows; those that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    step = 181 * 86_400_000_000 // rows
    files = []
    for number, first in enumerate(range(0, rows, ROWS_OF_A_FILE)):
        path = folder / f"events-{number:03}.parquet"
        files.append(path)
        if path.exists():
            continue
        last = min(first + ROWS_OF_A_FILE, rows)
        given = {"seed": SEED, "step": step, "accounts": ACCOUNTS, "people": PEOPLE, "names": NAMES}
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            sql = _ROWS.format(**given, first=first, last=last)
            part = path.with_suffix(".part")
            connection.execute(f"COPY ({sql}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)")
            part.rename(path)
    return files


def make_workspace(folder: Path, rows: int, *, with_ids: bool) -> Path:
    """A workspace over so many rows, with or without the ids by which copies are told. Its events are made where they
    are not there."""
    root = folder / f"{rows}{'-ids' if with_ids else ''}"
    make_events(folder / f"{rows}-events", rows)
    (root / "playbooks").mkdir(parents=True, exist_ok=True)
    settings = _SETTINGS.format(id=", id: row_id" if with_ids else "")
    (root / "qbrgen.yml").write_text(settings.replace("DATA", f"../{rows}-events/*.parquet"), encoding="utf-8")
    (root / "playbooks" / "sales.yml").write_text(_PLAYBOOK, encoding="utf-8")
    people = [f"user-{n:06},account-{n % ACCOUNTS:04},reps" for n in range(PEOPLE)]
    (root / "people.csv").write_text("\n".join(["user,account,persona", *people, ""]), encoding="utf-8")
    accounts = [f"account-{n:04},Account {n}" for n in range(ACCOUNTS)]
    (root / "accounts.csv").write_text("\n".join(["account,name", *accounts, ""]), encoding="utf-8")
    return root


def main() -> None:
    parser = argparse.ArgumentParser(description="Make event rows by chance, and a workspace that counts them.")
    parser.add_argument("folder", type=Path, help="where the files are made")
    parser.add_argument("rows", type=int, help="how many events; 10,000,000 make one file")
    asked = parser.parse_args()
    for made in make_events(asked.folder, asked.rows):
        print(made)


if __name__ == "__main__":
    main()
