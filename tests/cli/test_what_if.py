"""`qbrgen check --what-if FILE` tells exactly what would change, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main

SETTINGS = """\
vendor: Halyard
as_of: 2026-09-27
data_start: 2026-06-29
data:
  events: [{file: data/events.csv}]
  people: [{file: data/people.csv}]
"""
PLAYBOOK = """\
playbook: sales
personas:
  - id: reps
    name: quota-carrying reps
    titles: [Rep]
    target: 70%
    workflows:
      - id: touches
        name: Touches through sequences
        produces: more first meetings
        target: 70%
        share: {numerator: sequence, denominator: [sequence, manual]}
        says: {of: touches, do: run through sequences}
      - id: reviews
        name: Weekly review
        produces: a forecast that holds
        target: 90%
        frequency: {events: reviewed}
        says: {did: reviewed their list}
      - id: notes
        name: Notes shared
        produces: deals that survive a change of rep
        target: 50%
        share: {numerator: note, denominator: call}
        says: {of: calls, do: have notes}
"""
WEEKLY = {"birch": (8, 2), "cedar": (3, 1), "dale": (3, 2)}
"""Touches through sequences and by hand, by each rep in each week."""
ROWS = [
    (date(2026, 6, 29) + timedelta(weeks=week, days=1), f"{account}-{rep}", account, event, number)
    for account, (sequence, manual) in WEEKLY.items()
    for week in range(13)
    for rep in (1, 2)
    for event, number in (
        ("sequence", sequence),
        ("manual", manual),
        ("reviewed", 1 if rep == 1 or account != "dale" or week % 4 else 0),
        ("call", 4),
        ("note", 3),
        ("demo", 1 if account == "birch" else 0),
    )
    if number
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of three accounts that do what WEEKLY says."""
    root = tmp_path / "workspace"
    for folder in ("data", "playbooks", "accounts"):
        (root / folder).mkdir(parents=True)
    (root / "qbrgen.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "playbooks" / "sales.yml").write_text(PLAYBOOK, encoding="utf-8")
    people, events = ["user,account,name,title,from"], ["time,user,account,event,value"]
    for account in WEEKLY:
        (root / "accounts" / f"{account}.yml").write_text(f"account: {account}\nname: {account.title()}\n")
        people += [f"{account}-{rep},{account},{account.title()} Rep {rep},Rep,2025-01-06" for rep in (1, 2)]
    events += [",".join(map(str, row)) for row in ROWS]
    (root / "data" / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    (root / "data" / "events.csv").write_text("\n".join(events) + "\n", encoding="utf-8")
    return root


class Change:
    """Writes changed copies outside the workspace and runs the command on them."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root.parent / "proposals"
        self.folder.mkdir()

    def copy(self, old: str, new: str, of: str = "playbooks/sales.yml", name: str = "") -> Path:
        text = (self.root / of).read_text(encoding="utf-8")
        assert old in text
        path = self.folder / (name or Path(of).name)
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    def raw(self, text: str, name: str = "x.yml") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def same(self, name: str = "") -> Path:
        return self.copy("playbook: sales", "# a proposal\nplaybook: sales", name=name)

    def run(self, *files: object, options: tuple[str, ...] = ()) -> Result:
        """Run; whatever it says, no file of the workspace is touched, made or removed."""
        arguments = [part for file in files for part in ("--what-if", str(file))]
        before = self._digests()
        result = CliRunner().invoke(main, ["check", "-w", str(self.root), *arguments, *options])
        assert self._digests() == before
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    def json(self, *files: object) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*files, options=("--json",)).stdout)
        return found

    def _digests(self) -> dict[Path, str]:
        files = [path for path in self.root.rglob("*") if path.is_file()]
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def change(root: Path) -> Change:
    return Change(root)


def line_of(path: Path, text: str) -> int:
    return next(n for n, line in enumerate(path.read_text().splitlines(), start=1) if text in line)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def touches(account: str) -> Fraction:
    """The share of touches through sequences, from the rows alone."""
    sums: Counter[str] = Counter()
    for _, _, where, event, number in ROWS:
        if where == account:
            sums[event] += number
    return Fraction(sums["sequence"], sums["sequence"] + sums["manual"])


@pytest.mark.parametrize("target", [60, 75, 76, 100])
def test_another_target_turns_exactly_the_workflows_that_it_should(change: Change, target: int) -> None:
    new = Fraction(target, 100)
    expected = {
        account: ["met" if touches(account) >= each else "not met" for each in (Fraction(7, 10), new)]
        for account in WEEKLY
        if (touches(account) >= Fraction(7, 10)) != (touches(account) >= new)
    }
    found = change.json(change.copy("target: 70%\n        share", f"target: {target}%\n        share"))
    turned = {
        each["account"]: [flow["then"]["state"], flow["now"]["state"]]
        for each in found["accounts"]
        for flow in each["workflows"]
        if flow["then"]["state"] != flow["now"]["state"]
    }
    assert turned == expected
    assert found["totals"]["changed"] == len(expected)
    assert sum(move["number"] for move in found["totals"]["moves"] if move["what"] == "workflow") == len(expected)
    values = {each["account"]: each["workflows"][0]["now"]["value"] for each in found["accounts"]}
    assert values == {account: float(touches(account)) for account in values}


def test_people_read_the_totals_then_each_account_with_its_sentence_before_and_after(change: Change) -> None:
    result = change.run(change.copy("target: 70%\n        share", "target: 78%\n        share"))
    text = in_one_line(result.output)
    assert result.exit_code == 0
    assert "1 of 3 accounts would change: 1 workflow goes from met to not met" in text
    assert "met → not met, 75% (78 of 104), target 70% → 78%" in text
    assert "before: Both quota-carrying reps are active every week; 75% of touches run through sequences;" in text
    assert (
        "after: Both quota-carrying reps are active every week; 75% of touches run through sequences, short of" in text
    )
    assert "would keep their states and be worded differently (Birch, Dale)" in text
    assert re.search(r"\d other sentences? would read differently", text)


def test_a_file_that_says_the_same_changes_nothing(change: Change) -> None:
    same = change.same()
    result = change.run(same)
    assert result.exit_code == 0
    assert "nothing would change: all 3 accounts would read as today" in in_one_line(result.output)
    found = change.json(same)
    assert found["accounts"] == []
    assert found["totals"] == {"accounts": 3, "changed": 0, "only_worded_differently": 0, "unchanged": 3, "moves": []}


def test_every_error_of_the_file_is_told_at_its_place_in_it(change: Change) -> None:
    broken = change.copy("target: 90%", "target: regularly")
    broken.write_text(broken.read_text().replace("target: 50%", "target: 150%"))
    result = change.run(broken)
    assert result.exit_code == 2
    places = [(str(broken), line_of(broken, text)) for text in ("regularly", "150%")]
    assert all(f"{file}:{line}: error" in result.output for file, line in places)
    as_json = change.run(broken, options=("--json",))
    assert as_json.exit_code == 2
    assert [(f["file"], f["line"]) for f in json.loads(as_json.stdout)["findings"]] == places


def test_a_dropped_workflow_is_told_with_what_it_is_today(change: Change) -> None:
    start = PLAYBOOK.index("      - id: notes")
    changed = change.copy(
        PLAYBOOK[start:],
        "      - {id: spare, name: Demos, produces: trust, target: 10%, frequency: "
        "{events: demo}, says: {did: gave a demo}}\n",
    )
    result = change.run(changed)
    text = in_one_line(result.output)
    assert "3 workflows are dropped (today 3 met)" in text
    assert "3 workflows are added (1 met and 2 not met)" in text
    assert "Notes shared (quota-carrying reps): dropped; met today, 75% (78 of 104), target 50%" in text


def test_an_event_name_that_no_playbook_had_is_measured(change: Change) -> None:
    found = change.json(change.copy("frequency: {events: reviewed}", "frequency: {events: demo}"))
    flows = {each["account"]: each["workflows"][0]["now"] for each in found["accounts"] if each["workflows"]}
    assert {name: (flow["numerator"], flow["denominator"], flow["state"]) for name, flow in flows.items()} == {
        "cedar": (0, 26, "not met"),
        "dale": (0, 26, "not met"),
    }, "birch does it in all its 26 weeks, as it does the event of today"


def test_a_persona_of_another_name_keeps_its_states(change: Change) -> None:
    result = change.run(change.copy("name: quota-carrying reps", "name: sellers"))
    text = in_one_line(result.output)
    assert result.exit_code == 0
    assert "no state of any account would change" in text
    assert "Sellers: called 'quota-carrying reps' today" in text
    assert "after: Both sellers are active every week" in text


def test_a_persona_of_another_id_is_another_one_and_its_people_are_not_told_twice(change: Change) -> None:
    result = change.run(change.copy("- id: reps", "- id: sellers"))
    text = in_one_line(result.output)
    assert "3 personas are added (3 active)" in text
    assert "3 personas are dropped (today 3 active)" in text
    assert "Rep 1" not in result.output


def test_changed_rules_are_read_as_if_the_file_lay_in_the_workspace(change: Change) -> None:
    change.copy("frequency: {events: reviewed}", "frequency: {events: reviewed}")
    rules = change.copy(
        "vendor: Halyard", "vendor: Halyard\nrules: {active_share: 100%}", of="qbrgen.yml", name="q4.yml"
    )
    only_reviews = change.copy("[sequence, manual]", "[demo, sequence]")
    found = change.json(rules, only_reviews)
    assert {each["for"] for each in found["stand_ins"]} == {"qbrgen.yml", "playbooks/sales.yml"}
    assert found["same_days_counted"] is True
    assert found["findings"]["new"] == []


def test_a_stricter_rule_moves_people_who_are_named(root: Path, change: Change) -> None:
    events = root / "data" / "events.csv"
    kept = [row for row in events.read_text().splitlines() if not ("dale-2" in row and "2026-08" in row)]
    kept = [row for row in kept if "dale-2" not in row or "2026-07-07" not in row]
    events.write_text("\n".join(kept) + "\n")
    loose = "vendor: Halyard\nrules: {active_share: 50%}"
    result = change.run(change.copy("vendor: Halyard", loose, of="qbrgen.yml"))
    text = in_one_line(result.output)
    assert "1 persona goes from not active to active" in text
    assert "1 person goes from occasional to active" in text
    assert "Quota-carrying reps, occasional → active: Dale Rep 2 (8 of 13 weeks)" in text
    assert "people active: 1 of 2 → 2 of 2" in text


def test_accounts_that_a_change_would_set_aside_are_listed_with_the_reason(root: Path, change: Change) -> None:
    action = "actions:\n  - {action: Show it, owner: Ann Lee, due: 2026-10-30, closes: reps/notes}\n"
    (root / "accounts" / "dale.yml").write_text(f"account: dale\nname: Dale\n{action}")
    changed = change.copy("- id: notes", "- id: shared-notes")
    result = change.run(changed)
    assert result.exit_code == 1
    assert "1 account that can be reviewed today would be set aside" in in_one_line(result.output)
    assert "accounts/dale.yml:4: error" in result.output
    found = change.json(changed)
    assert list(found["set_aside"]) == ["dale"]
    assert {each["account"] for each in found["accounts"]} == {"birch", "cedar"}


def test_new_findings_are_told_and_strict_counts_them(change: Change) -> None:
    changed = change.copy("frequency: {events: reviewed}", "frequency: {events: reviewd}")
    result = change.run(changed)
    assert result.exit_code == 0
    assert (
        f"{changed}:{line_of(changed, 'id: reviews')}: warning: No row of the data has the event 'reviewd'"
        in result.output
    )
    assert change.run(changed, options=("--strict",)).exit_code == 2


def test_findings_of_today_are_not_told_as_new(root: Path, change: Change) -> None:
    slip = PLAYBOOK.replace("numerator: note", "numerator: notte")
    (root / "playbooks" / "sales.yml").write_text(slip, encoding="utf-8")
    unrelated = change.copy("playbook: sales", "# proposal\nplaybook: sales")  # one line further down
    assert change.json(unrelated)["findings"] == {"new": [], "gone": []}
    assert change.run(unrelated, options=("--strict",)).exit_code == 0
    mended = change.json(change.copy("numerator: notte", "numerator: note"))["findings"]
    assert [finding["code"] for finding in mended["gone"]] == ["event-never-occurs"]


def test_a_changed_account_stands_in_for_the_account(change: Change) -> None:
    override = "name: Dale\noverrides: {personas: {reps: {target: 40%}}}"
    found = change.json(change.copy("name: Dale", override, of="accounts/dale.yml", name="proposal.yml"))
    assert found["stand_ins"][0]["for"] == "accounts/dale.yml"
    assert [each["account"] for each in found["accounts"]] in ([], ["dale"])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda c: [c.copy("playbook: sales", "playbook: selling", name="x.yml")], "The playbooks there are: sales."),
        (lambda c: [c.copy("playbook: sales", "playbook: selling", name="x.yml")], "--what-if sales="),
        (lambda c: [f"sals={c.same()}"], "there is no 'sals' in the workspace"),
        (lambda c: [c.folder / "nothing.yml"], "there is no file"),
        (lambda c: [c.folder], "is a folder, not a file"),
        (lambda c: [c.raw("")], "the file is empty"),
        (lambda c: [c.raw("# playbook\n\n")], "the file is empty"),
        (lambda c: [c.raw("id,name\na,b\n", "crm.csv")], "this is no playbook, no account's file and no qbrgen.yml"),
        (lambda c: [c.raw("- one\n- two\n")], "this is no playbook, no account's file and no qbrgen.yml"),
        (lambda c: [c.folder / "nothing.yml"], "a changed copy of a playbook, of an account's file or of qbrgen.yml"),
        (lambda c: [c.same(), c.same("y.yml")], "both stand in for playbooks/sales.yml"),
    ],
)
def test_a_file_that_stands_in_for_nothing_is_one_clear_error(
    change: Change, make: Callable[[Change], list[object]], told: str
) -> None:
    result = change.run(*make(change))
    assert result.exit_code == 2
    assert told in result.output
    assert result.output.count("error:") == 1


def test_a_file_that_is_no_definition_is_never_offered_a_place(change: Change) -> None:
    assert "--what-if sales=" not in change.run(change.raw("id,name\na,b\n", "crm.csv")).output


def test_of_a_lower_target_scores_are_whole_numbers_and_sentences_other_only_beside_one(
    sample_accounts: Path, tmp_path: Path
) -> None:
    text = (sample_accounts / "playbooks" / "sales-engagement.yml").read_text(encoding="utf-8")
    changed = tmp_path / "q4.yml"
    changed.write_text(text.replace("target: 75%", "target: 65%"), encoding="utf-8")
    output = CliRunner().invoke(main, ["check", "-w", str(sample_accounts), "--what-if", str(changed)]).output
    scores = re.findall(r"score: (\S+)(?: → (\S+))? \(", output)
    assert scores
    assert all(re.fullmatch(r"\d+|withheld|", figure) for pair in scores for figure in pair)
    assert not [pair for pair in scores if pair[0] == pair[1]]
    told = [in_one_line(block) for block in output.split("\n\n") if "would read differently;" in block]
    assert told
    assert all((" other sentence" in block) == ("before:" in block) for block in told)


def test_a_name_says_for_which_file_another_stands_in(change: Change) -> None:
    changed = change.copy("target: 70%\n        share", "target: 78%\n        share", name="x.yml")
    changed.write_text(changed.read_text().replace("playbook: sales\n", "playbook: sales # q4\n"))
    for name in ("sales", "playbooks/sales.yml"):
        assert change.json(f"{name}={changed}")["totals"]["changed"] == 1


def test_json_has_the_statements_of_every_reader(change: Change) -> None:
    found = change.json(change.copy("target: 70%\n        share", "target: 78%\n        share"))
    (cedar,) = [each for each in found["accounts"] if each["account"] == "cedar"]
    assert {told["register"] for told in cedar["statements"]} == {"deck", "brief", "line"}
    assert {"workflows", "personas", "people", "gaps", "depth", "statements"} <= set(cedar)
    assert cedar["depth"] == {
        "then": {"met": 3, "measurable": 3, "no_data": 0, "not_applicable": 0},
        "now": {"met": 2, "measurable": 3, "no_data": 0, "not_applicable": 0},
    }
    assert cedar["gaps"]["new"][0]["kind"] == "workflow off target"


def test_verbose_shows_deck_and_brief(change: Change) -> None:
    changed = change.copy("target: 70%\n        share", "target: 78%\n        share")
    assert "workflow:reps/touches (deck, brief, line)" in change.run(changed, options=("--verbose",)).output


def test_the_sample_accounts_answer_a_higher_target(sample_accounts: Path, tmp_path: Path) -> None:
    text = (sample_accounts / "playbooks" / "sales-engagement.yml").read_text(encoding="utf-8")
    changed = tmp_path / "q4.yml"
    first = text.index("target: 70%", text.index("id: sequenced-touches"))
    changed.write_text(text[:first] + "target: 82%" + text[first + 11 :], encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "-w", str(sample_accounts), "--what-if", str(changed)])
    assert result.exit_code == 0, result.output
    assert "met → not met, 80% (4,180 of 5,225), target 70% → 82%" in in_one_line(result.output)
