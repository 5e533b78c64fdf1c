"""The sample workspace as it was on 30 June: its definitions and plans of that time, from which the second quarter's
reviews were recorded. Between then and now a target rose, plans were done, moved, dropped and made, and what was said
of impact and outcome was said.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main

RECORDED_ON = date(2026, 7, 3)

PLANS = {
    "acme": """\
actions:
  - id: opening-sequences
    action: Build three sequences from the openers that the best reps use
    owner: Priya Raman
    side: vendor
    due: 2026-07-24
    closes: reps/sequenced-touches
  - id: ask-the-team
    action: Ask the team how much time sequences save them
    owner: Dana Ortiz
    side: customer
    due: 2026-08-28
    closes: impact
""",
    "calder-wye": """\
actions:
  - id: lapsed-list
    action: Send Halyard the list of the policies that lapsed in 2024
    owner: Dorothy Vane
    side: customer
    due: 2026-07-17
  - id: renewal-sequences
    action: Write two sequences for policies that are about to lapse
    owner: Tom Whitfield
    side: vendor
    due: 2026-08-14
    closes: reps/sequenced-touches
  - id: broker-clinic
    action: Two-hour clinic with the brokers on the quote sequences
    owner: Tom Whitfield
    side: vendor
    due: 2026-09-11
    closes: reps
  - id: mailer-price
    action: Find out what the policy system's own mailer costs
    owner: Tom Whitfield
    side: vendor
    due: 2026-09-04
    internal: true
""",
    "oakhaven": """\
actions:
  - id: term-start
    action: Import the autumn employer list
    owner: Inês Carvalho
    side: vendor
    due: 2026-09-18
  - id: spring-list
    action: Agree with the colleges on the employer list for spring
    owner: Naomi Fraser
    side: customer
    due: 2026-11-27
""",
    "zielona-dolina": """\
actions:
  - id: three-reps
    action: Work through one shared list with the reps who are not yet there
    owner: Małgorzata Święcicka-Żółkowska
    side: customer
    due: 2026-09-11
    closes: reps
""",
}


def workspace_of_june(sample_accounts: Path, folder: Path) -> Path:
    """A copy of the sample workspace in `folder`, with June's target and plans, and no review recorded yet."""
    copy = folder / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__", "reviews"))
    playbook = copy / "playbooks" / "sales-engagement.yml"
    text = playbook.read_text(encoding="utf-8")
    assert text.count("target: 75%") == 1
    playbook.write_text(text.replace("target: 75%", "target: 60%"), encoding="utf-8")
    for account, plan in PLANS.items():
        file = copy / "accounts" / f"{account}.yml"
        text, found = re.subn(r"^actions:.*\n(?:[ #].*\n)*", plan, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert found == 1, account
        text = re.sub(r"^  present:.*on: 2026-09.*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^impact:.*\n(?: .*\n)* +on: 2026-09-.*\n", "", text, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")
    return copy


def record_reviews(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """`qbrgen commit` of the second quarter on 3 July: account → its record."""
    at = datetime(RECORDED_ON.year, RECORDED_ON.month, RECORDED_ON.day, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(at.timestamp())))
    arguments = ["commit", *PLANS, "--period", "2026-Q2", "--as-of", "2026-06-30", "-w", str(workspace)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return {account: workspace / "reviews" / "2026-Q2" / f"{account}.yml" for account in PLANS}
