"""A small workspace that holds together, for tests to break one thing at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from qbrgen.define.model.workspace import Definitions
from qbrgen.define.workspace import load_workspace
from qbrgen.errors import Finding, InputError

SETTINGS = """\
vendor: Halyard
time_zone: Europe/London
currency: GBP
data:
  events:
    - file: data/events.csv
      columns: {time: at, user: user_id, account: account_id, event: event}
  people:
    - file: data/people.csv
      columns: {user: user_id, account: account_id, name: full_name, title: job_title, from: start, to: end}
  accounts:
    - file: data/crm.csv
      columns: {account: id, name: name, owner: csm, arr: arr, renewal: renewal}
"""

PLAYBOOK = """\
playbook: sales
personas:
  - id: reps
    name: quota-carrying reps
    one: quota-carrying rep
    titles: ["Account Executive*"]
    target: 70%
    workflows:
      - id: touches
        name: Outbound touches through sequences
        produces: more first meetings
        target: 70%
        share: {numerator: sequence_touch, denominator: [sequence_touch, manual_touch]}
        says: {of: outbound touches, do: run through sequences}
      - id: reviews
        name: Pipeline review each week
        produces: a forecast that holds
        target: 90%
        frequency: {events: pipeline_reviewed, times: 1}
      - id: start
        name: A first sequence
        produces: new reps who book meetings early
        target: 80%
        milestone: {steps: [{event: lead_enrolled, at_least: 20}], within_days: 14}
"""

ACCOUNT = """\
account: acme
name: Acme
playbook: sales
impact:
  - id: email-time
    what: manual email time
    change: -30%
    better: lower
    source: estimate
    by: the team
    on: 2026-09-22
"""

PEOPLE = """\
user_id,account_id,full_name,job_title,start,end
u-1,acme,Jon Bell,Account Executive,2026-01-05,
u-2,acme,Ada Kerr,"Account Executive, Enterprise",2026-02-02,
"""

FILES = {
    "qbrgen.yml": SETTINGS,
    "playbooks/sales.yml": PLAYBOOK,
    "accounts/acme.yml": ACCOUNT,
    "data/events.csv": "at,user_id,account_id,event\n2026-07-01,u-1,acme,sequence_touch\n",
    "data/people.csv": PEOPLE,
    "data/crm.csv": "id,name,csm,arr,renewal\nacme,Acme Ltd,Priya Raman,184000,2027-01-31\n",
}


class Workspace:
    """A folder of files, changed by name, and what loading it says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> Workspace:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def change(self, name: str, old: str, new: str) -> Workspace:
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        return self.write(name, text.replace(old, new, 1))

    def append(self, name: str, text: str) -> Workspace:
        return self.write(name, (self.root / name).read_text(encoding="utf-8") + text)

    def remove(self, name: str) -> Workspace:
        (self.root / name).unlink()
        return self

    def load(self) -> Definitions:
        return load_workspace(self.root)

    def errors(self) -> list[Finding]:
        """What stops the whole workspace."""
        with pytest.raises(InputError) as caught:
            self.load()
        return list(caught.value.findings)

    def error(self, code: str) -> Finding:
        """The one finding of this code among those that stop the workspace."""
        return only(self.errors(), code)

    def reason(self, code: str, account: str = "acme") -> Finding:
        """The one finding of this code for which an account was set aside."""
        loaded = self.load()
        assert account in loaded.set_aside, f"{account} was not set aside: {loaded.findings}"
        assert account not in loaded.accounts
        return only(list(loaded.set_aside[account]), code)

    def told(self, code: str) -> Finding:
        """The one warning or note of this code; nothing is stopped."""
        return only(list(self.load().findings), code)


def only(findings: list[Finding], code: str) -> Finding:
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, "\n".join(f"{finding.code}: {finding}" for finding in findings)
    return found[0]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)
