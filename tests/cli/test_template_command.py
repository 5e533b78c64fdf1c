"""`qbrgen template`: what there is, copies to change, and a change in what is made next."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbrgen.cli.main import main
from qbrgen.compose.deck import storyline
from qbrgen.narrate.wording import load_wording
from qbrgen.resources import templates_dir

SAMPLES = Path(__file__).resolve().parents[2] / "sample_accounts"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as far as templates go."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "qbrgen.yml").write_text("vendor: Halyard\n", encoding="utf-8")
    return folder


def copied(workspace: Path) -> dict[str, str]:
    own = workspace / "templates"
    return {path.relative_to(own).as_posix(): path.read_text(encoding="utf-8") for path in own.rglob("*.*")}


def test_without_a_name_all_html_and_css_is_copied_as_it_is_shipped(workspace: Path) -> None:
    done = run("template", "copy", "-w", workspace)
    assert done.exit_code == 0, done.output
    found = copied(workspace)
    assert {"brief/document.html", "brief/style.css", "brief/svg/bar.svg", "talk-track/style.css"} <= found.keys()
    assert {name.rpartition(".")[2] for name in found} == {"html", "css", "svg"}
    assert all(text == (templates_dir() / name).read_text(encoding="utf-8") for name, text in found.items())
    assert len(done.output.splitlines()) == len(found)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("brief/style.css", ["brief/style.css"]),
        ("talk-track", ["talk-track/blocks.html", "talk-track/document.html", "talk-track/style.css"]),
        ("storylines/15-minutes.yml", ["storylines/15-minutes.yml"]),
        ("talk-track/", ["talk-track/blocks.html", "talk-track/document.html", "talk-track/style.css"]),
        ("talk-track\\style.css", ["talk-track/style.css"]),
    ],
)
def test_one_template_or_a_folder_of_them_is_copied(workspace: Path, name: str, files: list[str]) -> None:
    assert run("template", "copy", name, "-w", workspace).exit_code == 0
    assert sorted(copied(workspace)) == files


@pytest.mark.parametrize(
    "name", ["style.css", "brief/nope.html", "lint", "lint/words.yml", "../themes", "", "/", "brie"]
)
def test_a_name_that_is_none_is_told_with_the_folders_and_nothing_is_copied(workspace: Path, name: str) -> None:
    done = run("template", "copy", "brief", name, "-w", workspace)
    assert done.exit_code == 2
    assert "There is no template" in done.output
    assert "a folder: brief, brief/svg," in done.output
    assert not (workspace / "templates").exists()


def test_what_was_changed_is_not_written_over_unless_asked_and_then_kept(workspace: Path) -> None:
    run("template", "copy", "brief", "-w", workspace)
    mine = workspace / "templates" / "brief" / "head.html"
    mine.write_text("mine", encoding="utf-8")
    (workspace / "templates" / "brief" / "people.html").unlink()
    refused = run("template", "copy", "-w", workspace)
    assert (refused.exit_code, mine.read_text(encoding="utf-8")) == (2, "mine")
    assert f"You have changed {mine}." in refused.output
    assert not (workspace / "templates" / "talk-track").exists(), "something was copied all the same"
    assert run("template", "copy", "--replace", "-w", workspace).exit_code == 0
    assert mine.read_bytes() == (templates_dir() / "brief" / "head.html").read_bytes()
    assert mine.with_name("head.html.bak").read_text(encoding="utf-8") == "mine"


def test_the_list_tells_what_is_yours_and_what_you_have_changed(workspace: Path) -> None:
    run("template", "copy", "talk-track", "-w", workspace)
    (workspace / "templates" / "talk-track" / "style.css").write_text("p {}", encoding="utf-8")
    lines = run("template", "list", "-w", workspace).output.splitlines()
    assert [line.split()[0] for line in lines if line.endswith("[yours, changed]")] == ["talk-track/style.css"]
    assert sum("[yours" in line for line in lines) == 3
    records = {each["name"]: each for each in json.loads(run("template", "list", "-w", workspace, "--json").output)}
    assert records["talk-track/style.css"]["changed"]
    assert records["brief/style.css"]["own"] is None
    assert all(len(each["says"]) > 15 for each in records.values())


def test_a_folder_that_is_no_workspace_gets_no_templates(tmp_path: Path) -> None:
    assert run("template", "copy", "-w", tmp_path).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_copied_words_and_storylines_say_what_the_shipped_ones_say(workspace: Path) -> None:
    run("template", "copy", "wording", "storylines", "-w", workspace)
    own, shipped = load_wording(workspace, "en-GB"), load_wording(None, "en-GB")
    assert own.findings == ()
    assert set(own.keys()) == set(shipped.keys())
    assert storyline("default", workspace).parts == storyline("default", None).parts


# ---- in a workspace that makes files --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "workspace"
    shutil.copytree(SAMPLES, folder)
    return folder


def test_a_fault_stops_a_command_before_anything_is_made_and_check_tells_it_too(samples: Path, tmp_path: Path) -> None:
    faulty = samples / "templates" / "brief" / "head.html"
    faulty.parent.mkdir(parents=True)
    faulty.write_text("\n{{ acount }}", encoding="utf-8")
    try:
        for command in (("brief", "acme"), ("deck", "acme"), ("check",)):
            out = () if command == ("check",) else ("--out", tmp_path / "out")
            done = run(*command, "-w", samples, *out)
            assert done.exit_code == 2, command
            assert f"{faulty}:2: error: There is no variable 'acount'." in done.output
        assert not (tmp_path / "out").exists()
    finally:
        shutil.rmtree(samples / "templates")


def test_a_fault_that_shows_only_in_a_page_is_told_once_for_all_accounts(samples: Path, tmp_path: Path) -> None:
    faulty = samples / "templates" / "talk-track" / "blocks.html"
    faulty.parent.mkdir(parents=True)
    faulty.write_text("{% macro draw(block) %}\n{{ block.colour }}{% endmacro %}", encoding="utf-8")
    try:
        done = run("deck", "acme", "tidewell", "-w", samples, "--out", tmp_path)
        assert done.output.count("has no 'colour'; it has ") == 1
        assert f"{faulty}:2: error: " in done.output
        assert done.exit_code == 1, "the decks were made"
        assert not list((tmp_path / "internal").glob("*.html"))
    finally:
        shutil.rmtree(samples / "templates")
