"""Does the backtest tell the truth? Histories of which the truth is known, because they are made here.

Three truths about accounts that are lost in a quarter:

  work    in the quarter before, people stop working one by one; they log in and click as ever until the loss is near
  nothing the loss comes out of nowhere: every AUC has to be 0.5, and its interval has to hold it
  logins  in the quarter before, people log in and click less and less, and go on working (by mail, by an integration)

In all of them accounts differ in size and habit, some people never took up the work, and in any quarter one account in
ten has a slump of work, and one in ten of logins, whatever becomes of it. Everything is drawn with a seed.

    python benchmarks/backtest_synthetic.py                     # one history of each truth, with the whole report
    python benchmarks/backtest_synthetic.py --seeds 20          # how often each verdict comes, and what the null covers
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import numpy as np

from qbrgen.backtest.outcomes import read_outcomes
from qbrgen.backtest.rankers import Ranker
from qbrgen.backtest.report import lines
from qbrgen.backtest.run import CHANCE, Backtest, backtest
from qbrgen.define.workspace import load_workspace

Truth = Literal["work", "nothing", "logins"]
TRUTHS: tuple[Truth, ...] = ("work", "nothing", "logins")

FIRST_MONDAY = date(2024, 1, 1)  # the first week of Q1 2024
WEEKS = 13  # in each of the quarters used here

SETTINGS = """\
vendor: Benchmark
fiscal_year_starts: January
time_zone: UTC
as_of: {as_of}
data_start: 2024-01-01
data:
  events:
    - file: events.csv
      columns: {{time: day, user: user, account: account, event: event, value: times}}
  people:
    - file: people.csv
      columns: {{user: user, account: account, persona: persona, from: from}}
  accounts:
    - file: accounts.csv
      columns: {{account: account}}
  presence:
    - file: logins.csv
      columns: {{time: day, user: user, account: account}}
accounts: {{from_table: true, playbook: analytics}}
"""

PLAYBOOK = """\
playbook: analytics
name: Analytics
personas:
  - id: analysts
    name: analysts
    one: analyst
    rhythm: week
    target: 60%
    workflows:
      - id: reports
        name: A report published each week
        produces: decisions made on this week's figures
        target: 70%
        frequency: {events: report_published, times: 1}
        says: {did: published a report}
      - id: governed
        name: Reports on governed data
        produces: one version of each figure
        target: 60%
        share: {numerator: report_on_governed_data, denominator: report_published}
        says: {of: reports, do: stand on governed data}
      - id: reviews
        name: A report reviewed each week
        produces: figures that somebody else has checked
        target: 50%
        frequency: {events: report_reviewed, times: 1}
        says: {did: reviewed a report}
"""


@dataclass(frozen=True)
class Plan:
    """How a history is made. hazard: the chance of an account to be lost in a quarter."""

    truth: Truth
    accounts: int = 200
    quarters: int = 7
    people: tuple[int, int] = (4, 12)
    hazard: float = 0.05
    slump: float = 0.10
    seed: int = 1


def make_history(folder: Path, plan: Plan) -> Path:
    """Write a workspace and its outcomes into `folder`. Out: the file of outcomes."""
    rng = np.random.default_rng([plan.seed, TRUTHS.index(plan.truth)])
    events: list[Sequence[object]] = []
    logins: list[Sequence[object]] = []
    people: list[Sequence[object]] = []
    outcomes: list[Sequence[object]] = []
    for number in range(plan.accounts):
        account = f"a{number:04d}"
        lost_in = next((q for q in range(1, plan.quarters) if rng.random() < plan.hazard), None)
        lost_on = None
        if lost_in is not None:
            lost_on = FIRST_MONDAY + timedelta(days=int((lost_in + rng.random()) * 7 * WEEKS))
        outcomes.append((account, lost_on or ""))
        size = int(rng.integers(*plan.people, endpoint=True))
        people += [(f"{account}-{p}", account, "analysts", "2023-01-02") for p in range(size)]
        _account(account, size, lost_in, lost_on, plan, rng, events, logins)
    (folder / "playbooks").mkdir(parents=True)
    (folder / "playbooks" / "analytics.yml").write_text(PLAYBOOK, encoding="utf-8")
    as_of = FIRST_MONDAY + timedelta(weeks=WEEKS * plan.quarters, days=-1)
    (folder / "qbrgen.yml").write_text(SETTINGS.format(as_of=as_of), encoding="utf-8")
    _write(folder / "events.csv", ("day", "user", "account", "event", "times"), events)
    _write(folder / "logins.csv", ("day", "user", "account"), logins)
    _write(folder / "people.csv", ("user", "account", "persona", "from"), people)
    _write(folder / "accounts.csv", ("account",), [row[:1] for row in outcomes])
    _write(folder / "outcomes.csv", ("account", "lost_on"), outcomes)
    return folder / "outcomes.csv"


def _account(
    account: str,
    size: int,
    lost_in: int | None,
    lost_on: date | None,
    plan: Plan,
    rng: np.random.Generator,
    events: list[Sequence[object]],
    logins: list[Sequence[object]],
) -> None:
    """The rows of one account, week by week until it is lost."""
    weeks = WEEKS * plan.quarters
    took_up = rng.beta(6, 2)  # the share of its people who do the work at all
    works = np.where(rng.random(size) < took_up, rng.uniform(0.8, 0.98, size), 0.1)[:, None] * np.ones(weeks)
    shows = rng.uniform(0.6, 0.95, size)[:, None] * np.ones(weeks)
    for quarter in range(plan.quarters):
        falls = {"work": rng.random() < plan.slump, "logins": rng.random() < plan.slump}
        if lost_in is not None and quarter == lost_in - 1 and plan.truth != "nothing":
            falls[plan.truth] = True
        here = slice(quarter * WEEKS, (quarter + 1) * WEEKS)
        for kind, of in (("work", works), ("logins", shows)):
            if falls[kind]:
                _fall(of[:, here], rng)
    if lost_in is not None:  # whatever came first, in the last quarter both go
        works[:, lost_in * WEEKS :] *= 0.3
        shows[:, lost_in * WEEKS :] *= 0.4
    last = (lost_on - FIRST_MONDAY).days // 7 if lost_on else weeks
    worked, showed = rng.random((size, weeks)) < works, rng.random((size, weeks)) < shows
    clicks = rng.poisson(12, (size, weeks))
    reports = 1 + rng.poisson(1.5, (size, weeks))
    governed = rng.binomial(reports, rng.beta(7, 3))
    reviewed = rng.random((size, weeks)) < 0.8
    for week in range(min(last, weeks)):
        day = FIRST_MONDAY + timedelta(weeks=week, days=int(rng.integers(0, 5)))
        for person in range(size):
            user = f"{account}-{person}"
            if showed[person, week]:
                logins.append((day, user, account))
                events.append((day, user, account, "page_opened", clicks[person, week] + 1))
            if worked[person, week]:
                events.append((day, user, account, "report_published", reports[person, week]))
                if governed[person, week]:
                    events.append((day, user, account, "report_on_governed_data", governed[person, week]))
                if reviewed[person, week]:
                    events.append((day, user, account, "report_reviewed", 1))


def _fall(chances: np.ndarray, rng: np.random.Generator) -> None:
    """Three in four people stop, each from a week of their own in the first nine of the quarter."""
    for person in np.flatnonzero(rng.random(len(chances)) < 0.75):
        chances[person, int(rng.integers(0, 9)) :] *= 0.1


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def run(plan: Plan, horizon: int = 1) -> Backtest:
    """Make a history in a temporary folder and put it to the test."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = make_history(Path(folder) / "workspace", plan)
        definitions = load_workspace(outcomes.parent)
        read = read_outcomes(outcomes, {}, definitions.accounts, definitions.set_aside, None)
        return backtest(definitions, read.fates, horizon=horizon)


def _many(truth: Truth, options: argparse.Namespace) -> None:
    """How often each verdict comes over many seeds; with no truth in it, how often the intervals hold 0.5."""
    verdicts: Counter[str] = Counter()
    held: dict[Ranker, list[bool]] = {}
    values: dict[Ranker, list[float]] = {}
    for seed in range(1, options.seeds + 1):
        found = run(Plan(truth, accounts=options.accounts, quarters=options.quarters, seed=seed))
        verdicts[found.verdict.value] += 1
        for rank in found.ranks:
            if rank.auc.value is not None and rank.auc.low is not None and rank.auc.high is not None:
                values.setdefault(rank.ranker, []).append(rank.auc.value)
                held.setdefault(rank.ranker, []).append(rank.auc.low <= CHANCE <= rank.auc.high)
    print(f"{truth}: {options.seeds} seeds; verdicts: {dict(verdicts)}")
    for ranker, each in values.items():
        inside = f", interval holds {CHANCE} in {sum(held[ranker])} of {len(each)}"
        print(f"  {ranker.value}: mean AUC {np.mean(each):.3f}{inside if truth == 'nothing' else ''}")
    if truth == "nothing":
        every = [one for each in held.values() for one in each]
        print(f"  all rankers together: {sum(every)} of {len(every)} intervals hold {CHANCE} ({np.mean(every):.1%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", choices=TRUTHS, help="only this one; default all three")
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--quarters", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=0, help="run so many seeds and count the verdicts")
    parser.add_argument("--horizon", type=int, default=1)
    options = parser.parse_args()
    for truth in (options.truth,) if options.truth else TRUTHS:
        if options.seeds:
            _many(truth, options)
            continue
        began = time.perf_counter()
        plan = Plan(truth, accounts=options.accounts, quarters=options.quarters, seed=options.seed)
        found = run(plan, options.horizon)
        print(f"== truth: {truth}; seed {options.seed}; {time.perf_counter() - began:.0f} s")
        print("\n".join(lines(found)), end="\n\n")


if __name__ == "__main__":
    main()
