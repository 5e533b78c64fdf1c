"""Whole workspaces: the sample, a real export, and anything that a keyboard can produce."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbrgen.define.json_schema import json_schemas
from qbrgen.define.workspace import load_workspace
from qbrgen.errors import InputError, Level

LIGHTDASH = Path(__file__).resolve().parents[1] / "workspaces" / "lightdash_saas"


def loads_or_says_why(root: Path) -> None:
    """The whole contract of load_workspace over any input."""
    try:
        loaded = load_workspace(root)
    except InputError as error:
        findings = error.findings
    else:
        assert not any(finding.level is Level.ERROR for finding in loaded.findings)
        for findings in loaded.set_aside.values():
            assert any(finding.level is Level.ERROR for finding in findings)
        return
    assert any(finding.level is Level.ERROR for finding in findings)
    assert all(finding.what for finding in findings)


def test_the_sample_workspace_loads_clean_and_at_once(sample_accounts: Path) -> None:
    load_workspace(sample_accounts)
    start = time.process_time()
    loaded = load_workspace(sample_accounts)
    assert time.process_time() - start < 0.5
    assert loaded.set_aside == {}
    assert not [finding for finding in loaded.findings if finding.level is Level.ERROR]
    acme = loaded.accounts["acme"]
    assert Counter(seat.persona for person in acme.people for seat in person.seats)["managers"] == 1
    coached = next(w for p in acme.personas for w in p.workflows if w.id == "coached-calls")
    assert coached.target * 2 == 1
    assert {f"account/{name}" for name in loaded.accounts} <= set(loaded.where)


def test_a_real_export_loads_and_says_what_it_lacks(shared: Path, tmp_path: Path) -> None:
    data = shared / "data" / "lightdash_saas"
    if not data.is_dir():
        pytest.skip("the export is not beside this checkout")
    root = tmp_path / "workspace"
    shutil.copytree(LIGHTDASH, root)
    (root / "data").mkdir(exist_ok=True)
    for name in ("accounts_raw.csv", "users_raw.csv", "tracks_raw.csv"):
        shutil.copy(data / name, root / "data" / name)
    start = time.process_time()
    loaded = load_workspace(root)
    assert time.process_time() - start < 3
    assert len(loaded.accounts) + len(loaded.set_aside) == 1005
    reasons = Counter(finding.code for findings in loaded.set_aside.values() for finding in findings)
    assert reasons["account-without-people"] == 3
    assert set(reasons) <= {"account-without-people", "account-without-personas"}
    assert any(finding.code == "names-shared" for finding in loaded.findings)
    placed = sum(len(account.people) for account in loaded.accounts.values())
    told = next((finding.what for finding in loaded.findings if finding.code == "people-without-persona"), "0 people")
    assert placed + int(told.split()[0].replace(",", "")) == 6006


@given(text=st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="abc:-[]{}&*!|>'\"# \n,1%."))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["qbrgen.yml", "playbooks/sales.yml", "accounts/acme.yml", "data/people.csv"])
def test_any_text_in_any_file_ends_in_findings(workspace, name: str, text: str) -> None:
    original = (workspace.root / name).read_bytes()
    loads_or_says_why(workspace.write(name, text).root)
    workspace.write(name, original)


VALUES = [
    "",
    "null",
    "true",
    "no",
    "0",
    "-1",
    "1e400",
    "70%",
    "[]",
    "{}",
    "[[1]]",
    "{a: b}",
    "- x",
    "2026-02-30",
    "'",
    "*a",
    "&a b",
    "!x y",
    "\t",
    "9" * 50,
]


@pytest.mark.parametrize("seed", range(150))
def test_any_value_in_the_place_of_any_other_ends_in_findings(workspace, seed: int) -> None:
    chance = random.Random(seed)
    for name in ("qbrgen.yml", "playbooks/sales.yml", "accounts/acme.yml"):
        lines = (workspace.root / name).read_text().splitlines()
        for _ in range(chance.randint(0, 3)):
            index = chance.randrange(len(lines))
            change = chance.randrange(4)
            if change == 0:
                lines[index] = re.sub(r": .*$", lambda _: f": {chance.choice(VALUES)}", lines[index])
            elif change == 1:
                lines[index] = chance.choice(VALUES)
            elif change == 2:
                lines.insert(index, lines[chance.randrange(len(lines))])
            else:
                lines[index] = lines[index].replace(chance.choice("abeot{}[]:,- "), chance.choice('x{}[]:,"- '))
        workspace.write(name, "\n".join(lines))
    loads_or_says_why(workspace.root)


def test_defining_needs_none_of_the_heavy_libraries(sample_accounts: Path) -> None:
    heavy = "pandas", "numpy", "ibis", "duckdb", "weasyprint", "matplotlib", "pptx", "scipy", "pyarrow"
    code = (
        "import sys; from pathlib import Path; from qbrgen.define.workspace import load_workspace;"
        f"load_workspace(Path({str(sample_accounts)!r})); print([m for m in {heavy!r} if m in sys.modules])"
    )
    root = sample_accounts.parent
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_editors_get_a_schema_of_every_file_in_which_everything_is_described() -> None:
    schemas = json_schemas()
    assert set(schemas) == {"settings", "playbook", "account", "review"}
    for schema in schemas.values():
        for model in (schema, *schema.get("$defs", {}).values()):
            assert model.get("additionalProperties") is False
            for key, value in model["properties"].items():
                assert value.get("description"), f"{model['title']}.{key}"
    workflow = schemas["playbook"]["$defs"]["PlaybookWorkflow"]
    assert {"id", "name", "produces", "target"} <= set(workflow["required"])


def test_a_thousand_accounts_load_in_seconds(workspace) -> None:
    text = (workspace.root / "accounts/acme.yml").read_text()
    for number in range(1000):
        account = text.replace("account: acme", f"account: a{number}") + f"people: [{{id: u{number}, persona: reps}}]\n"
        workspace.write(f"accounts/a{number}.yml", account)
    start = time.process_time()
    assert len(workspace.load().accounts) == 1001
    assert time.process_time() - start < 8
