"""What kept_once.py keeps is what the product itself would make."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
from kept_once import Once, asked_of

from qbrgen.define.model.workspace import Definitions
from qbrgen.define.workspace import load_workspace
from qbrgen.errors import InputError
from qbrgen.measure.events import measure

PLAYBOOK = """\
playbook: sales
personas:
  - id: reps
    name: reps
    titles: [Rep]
    rhythm: {rhythm}
    target: 70%
    workflows:
      - {{id: calls, name: Calls, produces: deals, target: 50%, share: {{numerator: call, denominator: [call, mail]}}}}
      - {{id: notes, name: Notes, produces: deals, target: 50%, frequency: {{events: note}}}}
      - {{id: plans, name: Plans, produces: deals, target: 50%, frequency: {{events: plan}}}}
"""
SETTINGS = """\
vendor: Halyard
data:
  events: {file: data/events.csv, each_row: month}
  people: {file: data/people.csv}
"""


def workspace(root: Path, rhythm: str) -> Path:
    """One whose rows stand for a month: what they tell depends on the rhythm of the people."""
    files = {
        "qbrgen.yml": SETTINGS,
        "playbooks/sales.yml": PLAYBOOK.format(rhythm=rhythm),
        "accounts/acme.yml": "account: acme\nplaybook: sales\n",
        "data/people.csv": "user,account,title,from\nu1,acme,Rep,2025-01-06\n",
        "data/events.csv": "time,user,account,event\n2026-07-01,u1,acme,call\n2026-08-01,u1,acme,note\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def told(definitions: Definitions) -> dict[str, object]:
    """Everything that counting finds, or why it refuses to."""
    try:
        counts = measure(definitions)
    except InputError as error:
        return {"findings": list(error.findings)}
    found = {each.name: getattr(counts, each.name) for each in fields(counts)}
    return {name: each.to_csv() if isinstance(each, pd.DataFrame) else each for name, each in found.items()}


@pytest.mark.parametrize("rhythm", ["sample", "week", "month"])
def test_counting_asks_definitions_for_nothing_that_is_left_out_of_the_key(
    rhythm: str, sample_accounts: Path, tmp_path: Path
) -> None:
    definitions = load_workspace(sample_accounts if rhythm == "sample" else workspace(tmp_path, rhythm))
    assert asked_of(definitions) != definitions
    assert told(asked_of(definitions)) == told(definitions)


def test_a_row_more_or_another_rhythm_is_counted_anew_and_a_name_is_not(tmp_path: Path) -> None:
    once, root = Once(), workspace(tmp_path, "month")
    events, account = root / "data/events.csv", root / "accounts/acme.yml"
    assert once.measure(load_workspace(root)).balance.rows == 2
    account.write_text("account: acme\nplaybook: sales\nname: Acme\n", encoding="utf-8")
    assert len(once.kept["counts"]) == 1
    assert once.measure(load_workspace(root)).balance.rows == 2
    assert len(once.kept["counts"]) == 1
    events.write_text(events.read_text(encoding="utf-8") + "2026-09-01,u1,acme,note\n", encoding="utf-8")
    assert once.measure(load_workspace(root)).balance.rows == 3
    workspace(root, "week")
    with pytest.raises(InputError):
        once.measure(load_workspace(root))
