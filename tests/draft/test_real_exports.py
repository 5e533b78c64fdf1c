"""`qbrgen init` over exports that this project did not write: no mapping by hand, check passes, files are made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main

pytestmark = pytest.mark.slow

# What the data of each folder do not tell, and what the draft has to say of it.
CANNOT = {
    "lightdash_saas": "",
    "vivainsights": "Each is taken as an account of its own",
    "plg_funnel": "who is active cannot be said",
    "fivetran_pendo": "none of them is in",
    "github_copilot": "no quarter is complete since",
}
ACCOUNTS = {"lightdash_saas": 1001, "vivainsights": 7, "plg_funnel": 1500, "fivetran_pendo": 3, "github_copilot": 1}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module", params=sorted(CANNOT))
def drafted(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, Result]:
    export = shared / "data" / str(request.param)
    if not export.is_dir():
        pytest.skip(f"the export {request.param} is not beside this checkout")
    folder = tmp_path_factory.mktemp(str(request.param)) / "draft"
    return str(request.param), folder, run("init", folder, "--from", export, "--yes")


def test_a_draft_is_made_that_check_passes_with_warnings(drafted: tuple[str, Path, Result]) -> None:
    name, folder, made = drafted
    assert made.exit_code == 0, made.output
    assert CANNOT[name] in made.output
    checked = run("check", "-w", folder)
    assert checked.exit_code == 0, checked.output
    assert "is a draft" in checked.stderr
    assert f"{ACCOUNTS[name]:,} account" in checked.stdout.splitlines()[-1]


def test_every_account_gets_its_sentence(drafted: tuple[str, Path, Result]) -> None:
    name, folder, _ = drafted
    told = run("summary", "--json", "-w", folder)
    assert told.exit_code == 0, told.output
    records = json.loads(told.stdout)
    assert len(records) == ACCOUNTS[name]
    assert all(record["draft"] and record["sentence"].endswith(".") for record in records)


def test_decks_and_briefs_are_made(drafted: tuple[str, Path, Result], tmp_path: Path) -> None:
    name, folder, made = drafted
    if ACCOUNTS[name] <= 10:
        built = run("build", "-w", folder, "--out", tmp_path)
        assert built.exit_code == 0, built.output
        assert len(list((tmp_path / "for-customers").glob("*.pptx"))) == ACCOUNTS[name]
        return
    account = made.stdout.split("qbrgen deck ")[1].split()[0]
    for command, kind in (("deck", "for-customers/*.pptx"), ("brief", "internal/*.pdf")):
        result = run(command, account, "-w", folder, "--out", tmp_path)
        assert result.exit_code == 0, result.output
        assert len(list(tmp_path.glob(kind))) == 1
