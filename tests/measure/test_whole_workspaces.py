"""Measuring the sample workspace, and an export that this project did not write."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from naive_measure import naive_measure

from qbrgen.define.model.playbook import Chain, Milestone
from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.measure.findings import event_names


def test_the_sample_workspace_counts_as_plain_loops_over_its_rows_do(sample_accounts: Path) -> None:
    definitions = load_workspace(sample_accounts)
    (events,) = definitions.settings.sources.events
    workflows = [
        (account.id, workflow)
        for account in definitions.accounts.values()
        for persona in account.personas
        for workflow in persona.workflows
    ]
    naive = naive_measure(
        [events.path],
        dict(events.columns),
        ZoneInfo(definitions.settings.time_zone_name),
        {account.id: {person.id for person in account.people} for account in definitions.accounts.values()},
        {id_: {name for other, w in workflows if other == id_ for name in event_names(w)} for id_, _ in workflows},
        {name for _, w in workflows if isinstance(w.measure, Milestone) for name in event_names(w)},
        {name for _, w in workflows if isinstance(w.measure, Chain) for name in event_names(w)},
        definitions.settings.as_of,
        definitions.settings.data_start,
    )
    counts = measure(definitions)
    assert (counts.as_of, counts.data_start) == (naive.as_of, naive.data_start)
    weekly = {
        (row.account, row.user, row.event, str(row.week)): (row.occurrences, row.rows)
        for row in counts.weekly.itertuples()
    }
    assert weekly == naive.weekly
    assert counts.balance.set_aside == dict(naive.set_aside)
    assert (counts.balance.counted, counts.balance.in_part_weeks) == (naive.counted, naive.in_part_weeks)
    assert counts.balance.rows == naive.counted + naive.in_part_weeks + naive.set_aside.total()


def test_an_export_without_an_account_column_is_counted_by_its_people(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "lightdash_saas"
    here = Path(__file__).parents[1] / "workspaces" / "lightdash_saas"
    workspace = Path(shutil.copytree(here, tmp_path / "workspace"))
    (workspace / "data").mkdir(exist_ok=True)
    for path in source.glob("*.csv"):
        shutil.copyfile(path, workspace / "data" / path.name)
    counts = measure(load_workspace(workspace))
    balance = counts.balance
    with (source / "tracks_raw.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert balance.rows == len(rows)
    assert balance.rows == balance.counted + balance.in_part_weeks + sum(balance.set_aside.values())
    assert counts.seen_events == {row["event_name"] for row in rows}
    assert counts.unknown_users.empty
    assert int(counts.life["rows"].sum()) == balance.counted
