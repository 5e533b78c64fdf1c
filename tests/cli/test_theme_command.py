"""`qbrgen theme inspect` and `add`: from somebody's template to a theme of the workspace, and what is told where that
cannot be.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
import yaml
from broken_templates import LAYOUT, changed, link, ole, put, put_file, swap, zipped
from pptx import Presentation
from running import run
from themes_added import LAYOUTS, Added

from qbrgen.cli.theme import theme
from qbrgen.render.pptx.theme_folder import theme_files
from qbrgen.theme.load import read_theme


def no_titles(folder: Path) -> Path:
    """A template none of whose layouts has a title."""
    edits = [swap(part, 'type="title"', 'type="body" idx="99"') for part in LAYOUTS[1:]]
    edits.append(swap(LAYOUTS[0], 'type="ctrTitle"', 'type="body" idx="99"'))
    return put_file(folder, "untitled.pptx", changed(*edits))


# ---- inspect --------------------------------------------------------------------------------------------------------


def test_inspect_shows_each_placeholder_and_what_it_would_take(our: Path) -> None:
    result = run("theme", "inspect", our)
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.output.splitlines()]
    assert ["Proposed", "for", "title:", "'Titel'"] in lines
    (body,) = [line for line in lines if line[:2] == ["Body", "anything"] and line[-1] == "body"]
    assert body == ["Body", "anything", "1", "0.60,", "1.92", "12.13", "×", "4.53", "18", "body"]
    assert "13.33 × 7.50 in (16:9), 1 master, 4 layouts" in result.output
    assert f"qbrgen theme add {our} --name NAME" in result.output


def test_inspect_tells_frames_in_centimetres_too(our: Path) -> None:
    assert "33.87 × 19.05 cm" in run("theme", "inspect", our, "--unit", "cm").output


def test_inspect_as_json_is_the_whole_template(our: Path) -> None:
    (found,) = json.loads(run("theme", "inspect", our, "--json").stdout)["templates"]
    by_name = {layout["name"]: layout for layout in found["layouts"]}
    assert list(by_name) == ["Titel", "Aussage", "Inhalt", "Anhang"]
    assert by_name["Titel"]["takes"]["title"]["title"] == [0]
    taken = [role for layout in found["layouts"] for role in layout["takes"]]
    assert sorted(taken) == ["appendix", "content", "statement", "title"]
    frame = next(each for each in by_name["Inhalt"]["placeholders"] if each["kind"] == "title")
    assert (frame["left"], frame["width"]) == (0.6, 12.133)


def test_inspect_tells_of_all_files_that_cannot_be_used_and_shows_the_others(our: Path, tmp_path: Path) -> None:
    old = put_file(tmp_path, "old.ppt", ole("PowerPoint Document"))
    locked = put_file(tmp_path, "locked.pptx", ole("EncryptedPackage"))
    result = run("theme", "inspect", old, our, locked, tmp_path / "none.potx")
    assert result.exit_code == 1
    assert "our.potx" in result.stdout
    for told in ("old.ppt cannot be used", "protected by a password", "none.potx cannot be used"):
        assert told in result.stderr
    assert "Traceback" not in result.output
    alone = run("theme", "inspect", old, locked, "--json")
    assert alone.exit_code == 2
    assert [each["code"] for each in json.loads(alone.stdout)["findings"]] == [
        "template-old-format",
        "template-encrypted",
    ]


def test_inspect_shows_names_that_steer_a_terminal_as_text(tmp_path: Path) -> None:
    hostile = put_file(tmp_path, "hostile.pptx", changed(swap(LAYOUT, 'name="Content"', 'name="[red]\u202e evil"')))
    result = run("theme", "inspect", hostile)
    assert "\u202e" not in result.output
    assert "[red]\\u202e evil" in result.output


def test_a_template_without_titles_is_shown_and_told(tmp_path: Path) -> None:
    result = run("theme", "inspect", no_titles(tmp_path))
    assert "None of the template's layouts has a placeholder for the title." in result.output
    assert "theme add" not in result.output


# ---- add ------------------------------------------------------------------------------------------------------------


def test_add_makes_a_theme_that_decks_can_be_made_on(added_once: Added) -> None:
    folder, result = added_once.folder, added_once.result
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in folder.iterdir()) == ["_brand.yml", "template.pptx", "template.yml"]
    assert next(layout.name for layout in Presentation(str(folder / "template.pptx")).slide_layouts) == "Titel"
    mapping = yaml.safe_load((folder / "template.yml").read_text(encoding="utf-8"))
    assert mapping["title"]["layout"] == "Titel"
    assert mapping["content"]["title"] == 0
    assert {font.office for font in (read_theme(folder).heading, read_theme(folder).body)} == {"Arial"}
    assert "theme: ours" in result.output
    listed = run("theme", "list", "-w", added_once.workspace)
    assert f"ours     ours     template  {folder}" in listed.output


def test_what_add_writes_says_how_to_change_it(added_once: Added) -> None:
    text = (added_once.folder / "template.yml").read_text(encoding="utf-8")
    assert "qbrgen theme check ours" in text
    assert [line for line in text.splitlines() if line.startswith("  title: 0") and line.endswith("# Title")]
    assert "logo" in (added_once.folder / "_brand.yml").read_text(encoding="utf-8")


def test_the_same_template_gives_the_same_theme(our: Path) -> None:
    assert theme_files(our, "ours") == theme_files(our, "ours")


@pytest.mark.usefixtures("quick")
def test_add_overwrites_nothing_without_being_asked(our: Path, added: Added) -> None:
    folder = added.folder
    (folder / "template.yml").write_text("mine: {}\n", encoding="utf-8")
    (folder / "logo.svg").write_text("<svg/>", encoding="utf-8")
    result = run("theme", "add", our, "--name", "ours", "-w", added.workspace)
    assert result.exit_code == 2
    assert "--replace" in result.output
    assert (folder / "template.yml").read_text(encoding="utf-8") == "mine: {}\n"
    replaced = run("theme", "add", our, "--name", "ours", "-w", added.workspace, "--replace")
    assert replaced.exit_code == 0, replaced.output
    assert (folder / "template.yml.bak").read_text(encoding="utf-8") == "mine: {}\n"
    assert "template.yml.bak" in replaced.output
    assert (folder / "logo.svg").is_file()
    assert not (folder / "template.pptx.bak").exists()
    assert [path.name for path in (added.workspace / "themes").iterdir()] == ["ours"]


@pytest.mark.usefixtures("quick")
def test_add_takes_nothing_over_from_sample_slides(shared: Path, theme_workspace: Path) -> None:
    template = shared / "templates" / "automizer_SlideMasters.pptx"
    assert len(Presentation(str(template)).slides) == 3
    run("theme", "add", template, "--name", "masters", "-w", theme_workspace)
    made = Presentation(str(theme_workspace / "themes" / "masters" / "template.pptx"))
    assert len(made.slides) == 0
    assert len(made.slide_masters) == 2
    names = [str(part.partname) for part in made.part.package.iter_parts()]
    assert not [name for name in names if "/slides/" in name or "/notesSlides/" in name]


@pytest.mark.parametrize(
    "name", ["../ours", "", "fonts", "CON", "our theme", "ours.pptx", "-w", "a" * 41, "ünser"]
)  # fmt: skip
def test_a_name_that_no_folder_should_have_is_refused(name: str, our: Path, theme_workspace: Path) -> None:
    result = run("theme", "add", our, f"--name={name}", "-w", theme_workspace)
    assert result.exit_code == 2
    assert "cannot be the name of a theme" in result.output
    assert not (theme_workspace / "themes").exists()


def test_a_template_that_cannot_be_used_leaves_nothing_behind(theme_workspace: Path, tmp_path: Path) -> None:
    for path in (no_titles(tmp_path), put_file(tmp_path, "a.thmx", zipped(("theme/theme/themeManager.xml", b"<a/>")))):
        result = run("theme", "add", path, "--name", "ours", "-w", theme_workspace)
        assert result.exit_code == 2
        assert "error:" in result.output
        assert "Traceback" not in result.output
        assert not (theme_workspace / "themes").exists()


def test_a_failure_half_way_keeps_the_theme_as_it_was(our: Path, added: Added, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in added.folder.iterdir()}

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device", str(added.folder / "template.yml"))

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("theme", "add", our, "--name", "ours", "-w", added.workspace, "--replace")
    assert result.exit_code == 2
    assert "No space left" in result.output
    assert {path.name: path.read_bytes() for path in added.folder.iterdir()} == before
    assert [path.name for path in (added.workspace / "themes").iterdir()] == ["ours"]


def test_a_folder_that_is_no_workspace_gets_no_theme(our: Path, tmp_path: Path) -> None:
    result = run("theme", "add", our, "--name", "ours", "-w", tmp_path)
    assert result.exit_code == 2
    assert "holds no qbrgen.yml" in result.output
    assert not (tmp_path / "themes").exists()


# ---- a deck on a bad template ---------------------------------------------------------------------------------------


def test_a_deck_on_a_template_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, sample_accounts: Path
) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(sample_accounts, workspace, ignore=shutil.ignore_patterns("out", "__pycache__"))
    folder = workspace / "themes" / "ours"
    folder.mkdir(parents=True)
    (folder / "_brand.yml").write_text("color: {primary: '#0B4F8A'}\n", encoding="utf-8")
    (folder / "template.pptx").write_bytes(changed(put("ppt/vbaProject.bin", b"x")))
    result = run("deck", "acme", "-w", workspace, "--theme", "ours")
    assert result.exit_code == 2
    assert result.output.count("holds macros or controls") == 1
    assert not list((workspace / "out").rglob("*.pptx"))


@pytest.mark.usefixtures("quick")
def test_a_link_out_of_a_template_is_noted_when_it_is_added(tmp_path: Path, theme_workspace: Path) -> None:
    linked = put_file(tmp_path, "linked.pptx", changed(link("hyperlink", "https://brand.example/")))
    result = run("theme", "add", linked, "--name", "ours", "-w", theme_workspace)
    assert "note: The link to https://brand.example/ is left out" in result.output


COMMANDS = list(theme.commands)


# ---- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_on_themes_has_help_with_an_example_and_for_each_option(name: str) -> None:
    assert f"qbrgen theme {name}" in run("theme", name, "--help").output.split("Example:")[1]
    options = [option for option in theme.commands[name].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_commands_are_listed_in_the_order_of_work_each_on_its_line() -> None:
    listed = run("theme", "--help").output.split("Commands:")[1].strip().splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS == ["list", "inspect", "add", "preview", "check"]
    assert not [line for line in listed if "..." in line]
