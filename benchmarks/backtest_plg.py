"""The backtest on the demonstration data plg_funnel: 1,500 accounts, feature counts a month, a churn date. No people.

It runs, and cannot decide the question; the reasons are counted from the data and printed. The data are not part of
this repository: put them beside the checkout as ../shared/data/plg_funnel, or name their folder.

    python benchmarks/backtest_plg.py [FOLDER]

A month's count stands on the 15th, the account is its own one "person" with the rhythm of a month, and three features
that make something stand for workflows. Only accounts that ever paid are ranked: the others cannot be lost here.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pandas as pd

from qbrgen.backtest.outcomes import read_outcomes
from qbrgen.backtest.report import lines
from qbrgen.backtest.run import Backtest, backtest
from qbrgen.define.workspace import load_workspace

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "plg_funnel"
FEATURES = ("Reports", "Automations", "Custom Workflows")

SETTINGS = """\
vendor: Benchmark
as_of: 2024-12-31
data_start: 2023-01-01
data:
  events:
    - file: events.csv
      columns: {time: day, user: account_id, account: account_id, event: feature, value: times_used}
  people:
    - file: people.csv
      columns: {user: account_id, account: account_id, persona: persona, from: signup_date}
  accounts:
    - file: people.csv
      columns: {account: account_id}
accounts: {from_table: true, playbook: plg}
"""

PLAYBOOK = """\
playbook: plg
name: The product
personas:
  - id: account
    name: accounts taken for a person
    one: account taken for a person
    rhythm: month
    target: 100%
    workflows:
"""

WORKFLOW = """\
      - id: {id}
        name: {name} used each month
        produces: something that the data do not tell
        target: 70%
        frequency: {{events: {name}, times: 1}}
        says: {{did: "used {name}"}}
"""


def make_workspace(data: Path, folder: Path) -> Path:
    """The paying accounts as a workspace in `folder`. Out: the file of outcomes."""
    accounts = pd.read_csv(data / "accounts.csv")
    accounts = accounts[accounts["plan"] != "Free"]
    usage = pd.read_csv(data / "feature_usage.csv")
    usage = usage[usage["account_id"].isin(accounts["account_id"])]
    (folder / "playbooks").mkdir(parents=True)
    flows = [WORKFLOW.format(id=name.lower().replace(" ", "-"), name=name) for name in FEATURES]
    (folder / "playbooks" / "plg.yml").write_text(PLAYBOOK + "".join(flows), encoding="utf-8")
    (folder / "qbrgen.yml").write_text(SETTINGS, encoding="utf-8")
    usage.assign(day=usage["usage_month"] + "-15").to_csv(folder / "events.csv", index=False)
    accounts.assign(persona="account").to_csv(folder / "people.csv", index=False)
    accounts.to_csv(folder / "outcomes.csv", index=False)
    return folder / "outcomes.csv"


def run(data: Path) -> Backtest:
    """The backtest, from a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = make_workspace(data, Path(folder) / "workspace")
        definitions = load_workspace(outcomes.parent)
        columns = {"account": "account_id", "lost_on": "churn_date", "since": "conversion_date"}
        read = read_outcomes(outcomes, columns, definitions.accounts, definitions.set_aside, None)
        return backtest(definitions, read.fates)


def reasons(data: Path, found: Backtest) -> list[str]:
    """Why these data cannot decide, with the figures."""
    accounts = pd.read_csv(data / "accounts.csv")
    usage = pd.read_csv(data / "feature_usage.csv")
    paying = accounts[accounts["plan"] != "Free"]
    months = usage[usage["account_id"].isin(paying["account_id"])].groupby("account_id")["usage_month"]
    span, last = months.nunique(), months.max()
    churned = paying.dropna(subset=["churn_date"]).set_index("account_id")["churn_date"].str[:7]
    kept = paying[paying["churn_date"].isna()]["account_id"]
    after = int((last.reindex(churned.index) > churned).sum())
    silent = sum(case.silent for case in found.cases)
    return [
        "No people: breadth is 0 of 1 or 1 of 1, direction needs four people, and without direction there is no score.",
        "No logins: the question is about logins, and there is nothing to compare with but event counts.",
        f"Few events: a paying account is used in {span.median():.0f} months (median) and then never again, "
        f"whether it stays or not; {silent:,} of {len(found.cases):,} account-quarters are silent.",
        f"Use and loss know nothing of each other: {after} of {len(churned)} lost accounts are used in months after "
        f"they were lost, and the accounts that stay are used for {span.reindex(kept).median():.0f} months, "
        f"the lost ones for {span.reindex(churned.index).median():.0f}. The data were made by a generator.",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DATA, help="folder with the data of plg_funnel")
    data = parser.parse_args().folder
    if not (data / "feature_usage.csv").is_file():
        print(f"Skipped: there is no plg_funnel data in {data}.")
        return
    found = run(data)
    print("\n".join(lines(found)))
    print("\nWhy these data cannot decide the question:")
    for reason in reasons(data, found):
        print(f"- {reason}")


if __name__ == "__main__":
    main()
