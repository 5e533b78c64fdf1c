"""Histories for the tests of the backtest: the generator of the benchmark, and a workspace with every way to peek."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from qbrgen.backtest.outcomes import read_outcomes
from qbrgen.backtest.run import Backtest, backtest
from qbrgen.define.workspace import load_workspace

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
HOLD_IN_Q1 = date(2024, 6, 30)  # outcomes known until then: the first quarter alone can be judged
AFTER_Q1 = date(2024, 4, 1)

# What a playbook may ask for beyond the generator's own: a ready-made value, a milestone and a chain.
MORE_WORKFLOWS = """\
      - id: delivered
        name: Figures delivered in time
        produces: decisions made in time
        target: 90%
        value: {metric: delivery, source: a report, combine: mean}
        says: {of: figures, do: are delivered in time}
      - id: first-report
        name: A first report in 30 days
        produces: a quick start
        target: 50%
        milestone: {steps: [{event: report_published, at_least: 2}], within_days: 30}
        says: {did: published two reports}
      - id: published-and-reviewed
        name: Reports published, then reviewed
        produces: figures that somebody else has checked
        target: 50%
        chain: {events: [report_published, report_reviewed], within_days: 9, times: 1}
        says: {did: published a report that was reviewed}
"""


def generator(name: str = "backtest_synthetic") -> ModuleType:
    """A module of benchmarks/."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        assert spec
        assert spec.loader
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


def rich_history(folder: Path, **plan: object) -> Path:
    """A small workspace with workflows of all kinds, outcomes with readings, and people without a start date."""
    make = generator()
    given = {"truth": "work", "accounts": 6, "quarters": 3, "people": (5, 6), "hazard": 0.4, "seed": 3} | plan
    outcomes: Path = make.make_history(folder, make.Plan(**given))
    playbook = folder / "playbooks" / "analytics.yml"
    text = playbook.read_text(encoding="utf-8").partition("      - id: reviews")[
        0
    ]  # five are the most a persona may have
    playbook.write_text(text + MORE_WORKFLOWS, encoding="utf-8")
    settings = folder / "qbrgen.yml"
    values = "  values:\n    - file: values.csv\n      columns: {account: account, metric: metric, period: day}\n"
    text = settings.read_text(encoding="utf-8").replace("accounts: {from_table", f"{values}accounts: {{from_table")
    settings.write_text(text + "rules: {score_weights: {outcome: 10}}\n", encoding="utf-8")
    weekly = [("a0000", "delivery", f"2024-{month:02d}-{day:02d}", 0.8) for month in (1, 2, 3) for day in (1, 8, 15)]
    weekly.append(("a0000", "delivery", "2024-03-29", 0.1))  # a week that lies mostly in the next quarter
    append(folder / "values.csv", [("account", "metric", "day", "value"), *weekly])
    append(folder / "people.csv", [("a0000-x", "a0000", "analysts", ""), ("a0001-x", "a0001", "analysts", "")])
    append(folder / "events.csv", [("2024-02-05", "a0001-x", "a0001", "report_published", 1)])
    (folder / "accounts").mkdir()
    text = "account: a0000\nplaybook: analytics\noutcome:\n  bought: decide faster\n"
    readings = "  baseline: {value: 1, on: 2024-01-01}\n  goal: {value: 9}\n  present: {value: 5, on: 2024-03-01}\n"
    (folder / "accounts" / "a0000.yml").write_text(text + readings, encoding="utf-8")
    return outcomes


def append(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def judged(outcomes: Path, known_until: date | None = HOLD_IN_Q1, horizon: int = 1) -> Backtest:
    """The backtest of the workspace that holds `outcomes`."""
    definitions = load_workspace(outcomes.parent)
    assert not definitions.set_aside
    read = read_outcomes(outcomes, {}, definitions.accounts, definitions.set_aside, definitions.settings.time_zone)
    return backtest(definitions, read.fates, known_until=known_until, horizon=horizon)
