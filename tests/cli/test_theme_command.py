"""`qbrgen theme`: from somebody's template to a theme of the workspace, and what is told where that cannot be."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from broken_templates import LAYOUT, changed, link, main_type, ole, put, put_file, swap, zipped
from click.testing import CliRunner, Result
from pptx import Presentation

from qbrgen.cli.main import main
from qbrgen.cli.theme import theme
from qbrgen.compose.preview import preview_document
from qbrgen.document import Document
from qbrgen.render.pptx import pictures
from qbrgen.render.pptx.theme_folder import theme_files
from qbrgen.theme.load import read_theme

LAYOUTS = [f"ppt/slideLayouts/slideLayout{at}.xml" for at in range(1, 5)]
NAMES = ("Title", "Statement", "Content", "Appendix")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def a_workspace(folder: Path) -> Path:
    """A workspace as far as themes go."""
    folder.mkdir()
    (folder / "qbrgen.yml").write_text("vendor: Halyard\n", encoding="utf-8")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return a_workspace(tmp_path / "workspace")


@pytest.fixture(scope="module")
def our(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's template: a .potx whose layouts bear German names."""
    renamed = [
        swap(part, f'name="{old}"', f'name="{new}"')
        for part, old, new in zip(
            LAYOUTS,
            ("Title", "Statement", "Content", "Appendix"),
            ("Titel", "Aussage", "Inhalt", "Anhang"),
            strict=True,
        )
    ]
    content = changed(main_type("presentationml.template.main+xml"), *renamed)
    return put_file(tmp_path_factory.mktemp("template"), "our.potx", content)


@dataclass(frozen=True)
class Added:
    """A workspace to which the template was added as ours, and what was said."""

    workspace: Path
    result: Result

    @property
    def folder(self) -> Path:
        return self.workspace / "themes" / "ours"


def short_preview(theme: str) -> Document:
    """Its first two slides: what a check finds is about the theme, not about the slides."""
    whole = preview_document(theme)
    return replace(whole, slides=whole.slides[:2])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbrgen.compose.preview.preview_document", short_preview)


@pytest.fixture(scope="module")
def added_once(our: Path, tmp_path_factory: pytest.TempPathFactory) -> Added:
    workspace = a_workspace(tmp_path_factory.mktemp("added") / "workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qbrgen.compose.preview.preview_document", short_preview)
        return Added(workspace, run("theme", "add", our, "--name", "ours", "-w", workspace))


@pytest.fixture
def added(added_once: Added, tmp_path: Path) -> Added:
    """A copy of it that a test may change."""
    shutil.copytree(added_once.workspace, tmp_path / "copy")
    return replace(added_once, workspace=tmp_path / "copy")


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
def test_add_takes_nothing_over_from_sample_slides(shared: Path, workspace: Path) -> None:
    template = shared / "templates" / "automizer_SlideMasters.pptx"
    assert len(Presentation(str(template)).slides) == 3
    run("theme", "add", template, "--name", "masters", "-w", workspace)
    made = Presentation(str(workspace / "themes" / "masters" / "template.pptx"))
    assert len(made.slides) == 0
    assert len(made.slide_masters) == 2
    names = [str(part.partname) for part in made.part.package.iter_parts()]
    assert not [name for name in names if "/slides/" in name or "/notesSlides/" in name]


@pytest.mark.parametrize(
    "name", ["../ours", "", "fonts", "CON", "our theme", "ours.pptx", "-w", "a" * 41, "ünser"]
)  # fmt: skip
def test_a_name_that_no_folder_should_have_is_refused(name: str, our: Path, workspace: Path) -> None:
    result = run("theme", "add", our, f"--name={name}", "-w", workspace)
    assert result.exit_code == 2
    assert "cannot be the name of a theme" in result.output
    assert not (workspace / "themes").exists()


def test_a_template_that_cannot_be_used_leaves_nothing_behind(workspace: Path, tmp_path: Path) -> None:
    for path in (no_titles(tmp_path), put_file(tmp_path, "a.thmx", zipped(("theme/theme/themeManager.xml", b"<a/>")))):
        result = run("theme", "add", path, "--name", "ours", "-w", workspace)
        assert result.exit_code == 2
        assert "error:" in result.output
        assert "Traceback" not in result.output
        assert not (workspace / "themes").exists()


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


# ---- check ----------------------------------------------------------------------------------------------------------


def test_check_is_fine_for_what_comes_with_qbrgen() -> None:
    result = run("theme", "check", "plain")
    assert result.exit_code == 0
    assert result.output == "plain: fine.\n"


@pytest.mark.usefixtures("quick")
def test_check_tells_what_is_wrong_with_the_template_in_a_theme(added: Added) -> None:
    (added.folder / "template.pptx").write_bytes(ole("EncryptedPackage"))
    result = run("theme", "check", "ours", "-w", added.workspace)
    assert result.exit_code == 2
    assert "protected by a password" in result.output
    assert "ours: 1 error." in result.output
    both = run("theme", "check", "ours", "plain", "-w", added.workspace, "--json")
    assert both.exit_code == 1
    found = {each["theme"]: each for each in json.loads(both.stdout)}
    assert found["plain"]["fine"]
    assert [each["code"] for each in found["ours"]["findings"]] == ["template-encrypted"]


@pytest.mark.usefixtures("quick")
def test_check_takes_a_folder_for_a_name(added: Added) -> None:
    result = run("theme", "check", added.folder, "--json")
    assert json.loads(result.stdout)[0]["fine"]
    empty = run("theme", "check", added.workspace)
    assert empty.exit_code == 2
    assert "without _brand.yml" in empty.output
    assert run("theme", "check", "oours", "-w", added.workspace).output.count("Did you mean 'ours'?") == 1


@pytest.mark.usefixtures("quick")
def test_check_tells_all_that_does_not_fit_in_a_map_with_its_line(added: Added) -> None:
    mapped = added.folder / "template.yml"
    text = mapped.read_text(encoding="utf-8")
    content = text.index("content:")
    wrong = text[content:].replace('"Inhalt"', '"Content"', 1).replace("footer: 11", "footer: Foot", 1)
    mapped.write_text(text[:content] + wrong + "summary: {layout: Inhalt}\n", encoding="utf-8")
    result = run("theme", "check", "ours", "-w", added.workspace)
    lines = mapped.read_text(encoding="utf-8").splitlines()
    assert result.exit_code == 0
    named = lines.index('  layout: "Content"') + 1
    assert f"template.yml:{named}: warning: content: there is no layout 'Content'; there are Titel, " in result.output
    assert f"template.yml:{len(lines)}: warning: 'summary' is no kind of slide" in result.output
    assert "qbrgen theme inspect" in result.output
    strict = run("theme", "check", "ours", "-w", added.workspace, "--strict")
    assert strict.exit_code == 2


@pytest.mark.usefixtures("quick")
def test_check_tells_of_slots_and_placeholders_that_are_none(added: Added) -> None:
    mapped = added.folder / "template.yml"
    text = mapped.read_text(encoding="utf-8").replace("  title: 0", "  titel: 0", 1)
    mapped.write_text(text.replace("footer: 11", "footer: Foot", 1), encoding="utf-8")
    told = run("theme", "check", "ours", "-w", added.workspace).output
    assert "title: it names no placeholder for the title." in told
    assert "title: 'titel' is no part of a slide; there are kicker, title," in told
    assert "has no placeholder 'Foot'; it has" in told


@pytest.mark.usefixtures("quick")
def test_a_map_that_is_missing_or_no_yaml_leaves_the_proposed_one(added: Added) -> None:
    mapped = added.folder / "template.yml"
    mapped.write_text("title: {layout: [\n", encoding="utf-8")
    told = run("theme", "check", "ours", "-w", added.workspace).output
    assert f"{mapped}:2: warning: The map of the template's layouts cannot be read" in told
    assert "the map that is proposed for the template is used" in told
    mapped.write_text("title: Titel\n", encoding="utf-8")
    assert "holds no slots for title" in run("theme", "check", "ours", "-w", added.workspace).output
    mapped.unlink()
    assert run("theme", "check", "ours", "-w", added.workspace).output == "ours: fine.\n"


@pytest.mark.usefixtures("quick")
def test_check_tells_of_frames_with_little_room_and_of_text_that_is_hard_to_read(
    tmp_path: Path, workspace: Path
) -> None:
    low = swap(LAYOUT, 'cx="11094720" cy="4140200"', 'cx="11094720" cy="1800000"')
    pale = swap(LAYOUT, '<a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/>',
                '<a:schemeClr val="bg2"/></a:solidFill><a:latin typeface="+mj-lt"/>')  # fmt: skip
    foreign = swap(
        "ppt/theme/theme1.xml", '<a:accent1><a:srgbClr val="2E3A52"/>', '<a:accent1><a:srgbClr val="0A4F68"/>'
    )
    run("theme", "add", put_file(tmp_path, "low.pptx", changed(low, pale, foreign)), "--name", "low", "-w", workspace)
    mapped = workspace / "themes" / "low" / "template.yml"
    text = mapped.read_text(encoding="utf-8")
    for name in ("Statement", "Appendix"):
        text = text.replace(f'layout: "{name}"', 'layout: "Content"')
    mapped.write_text(text, encoding="utf-8")
    told = run("theme", "check", "low", "-w", workspace).output
    assert "on the layout 'Content': lists and tables go on over more slides." in told
    assert "The title on the layout 'Content' is hard to read" in told


@pytest.mark.usefixtures("quick")
def test_check_tells_what_the_brand_file_lacks(added: Added) -> None:
    brand = added.folder / "_brand.yml"
    text = brand.read_text(encoding="utf-8").replace('accent: "', 'accent: "no colour ')
    brand.write_text(text + "logo: {medium: gone.png}\n", encoding="utf-8")
    result = run("theme", "check", "ours", "-w", added.workspace)
    assert "no colour" in result.output
    assert "gone.png" in result.output


@pytest.mark.usefixtures("quick")
def test_check_tells_how_far_a_preview_spreads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbrgen.cli.theme_check._SPREAD", 0.5)
    told = run("theme", "check", "plain").output
    assert "note: A preview of 2 slides takes 2: lists and tables go on over more slides." in told


def test_check_asks_for_names_or_all() -> None:
    for arguments in ((), ("plain", "--all")):
        result = run("theme", "check", *arguments)
        assert result.exit_code == 2
        assert "or write --all" in result.output


# ---- preview --------------------------------------------------------------------------------------------------------


def texts(path: Path) -> list[str]:
    slides = Presentation(str(path)).slides
    return [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "libreoffice", lambda: None)


@pytest.mark.usefixtures("no_office")
def test_a_preview_is_one_slide_of_each_kind_and_says_on_each_that_it_is_one(added: Added) -> None:
    result = run("theme", "preview", "ours", "-w", added.workspace)
    assert result.exit_code == 0, result.output
    path = added.workspace / "out" / "previews" / "ours-preview.pptx"
    assert str(path) in result.output
    assert "libreoffice.org" in result.output
    shown = texts(path)
    assert len(shown) >= 11
    assert all("PREVIEW" in text for text in shown)
    layouts = {slide.slide_layout.name for slide in Presentation(str(path)).slides}
    assert layouts <= {"Titel", "Aussage", "Inhalt", "Anhang"}


@pytest.mark.usefixtures("no_office")
def test_a_template_is_previewed_before_a_theme_is_made_of_it(our: Path, tmp_path: Path) -> None:
    result = run("theme", "preview", our, "--out", tmp_path / "look")
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "look").iterdir()] == ["our-preview.pptx"]


@pytest.mark.usefixtures("no_office")
def test_previews_are_all_made_or_none(our: Path, tmp_path: Path) -> None:
    bad = put_file(tmp_path, "macros.pptm", changed(put("ppt/vbaProject.bin", b"x")))
    result = run("theme", "preview", our, bad, "nobody", "--out", tmp_path / "look")
    assert result.exit_code == 2
    assert "holds macros" in result.output
    assert "There is no theme 'nobody'." in result.output
    assert not (tmp_path / "look").exists()


@pytest.mark.usefixtures("no_office", "quick")
def test_a_brand_file_is_previewed_by_its_name_or_its_folder(added: Added, tmp_path: Path) -> None:
    (added.folder / "template.pptx").unlink()
    for asked in (added.folder / "_brand.yml", added.folder):
        result = run("theme", "preview", asked, "--out", tmp_path / "look")
        assert result.exit_code == 0, result.output
        assert len(texts(tmp_path / "look" / "ours-preview.pptx")) == 2


@pytest.mark.usefixtures("no_office", "quick")
def test_two_previews_of_one_name_are_not_written_over_each_other(added: Added, our: Path, tmp_path: Path) -> None:
    other = shutil.copyfile(our, tmp_path / "ours.potx")
    result = run("theme", "preview", "ours", other, "-w", added.workspace, "--out", tmp_path / "look")
    assert result.exit_code == 2
    assert "Two of these are called 'ours'" in result.output
    assert not (tmp_path / "look").exists()


def test_a_preview_is_shown_as_a_pdf_where_libreoffice_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def office(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        folder = Path(command[command.index("--outdir") + 1])
        (folder / f"{Path(command[-1]).stem}.pdf").write_bytes(b"%PDF-1.7")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(pictures, "libreoffice", lambda: "soffice")
    monkeypatch.setattr(subprocess, "run", office)
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = run("theme", "preview", "plain", "--out", tmp_path)
    assert (tmp_path / "plain-preview.pdf").read_bytes() == b"%PDF-1.7"
    assert str(tmp_path / "plain-preview.pdf") in result.output
    assert [part for part in asked[0] if part.startswith("-env:UserInstallation=file://")]


@pytest.mark.slow
def test_a_preview_opens_in_libreoffice(tmp_path: Path) -> None:
    if pictures.libreoffice() is None:
        pytest.skip("LibreOffice is not installed")
    result = run("theme", "preview", "plain", "--out", tmp_path)
    assert (tmp_path / "plain-preview.pdf").read_bytes().startswith(b"%PDF")
    assert result.exit_code == 0


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
def test_a_link_out_of_a_template_is_noted_when_it_is_added(tmp_path: Path, workspace: Path) -> None:
    linked = put_file(tmp_path, "linked.pptx", changed(link("hyperlink", "https://brand.example/")))
    result = run("theme", "add", linked, "--name", "ours", "-w", workspace)
    assert "note: The link to https://brand.example/ is left out" in result.output


# ---- help -----------------------------------------------------------------------------------------------------------

COMMANDS = list(theme.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_on_themes_has_help_with_an_example_and_for_each_option(name: str) -> None:
    assert f"qbrgen theme {name}" in run("theme", name, "--help").output.split("Example:")[1]
    options = [option for option in theme.commands[name].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_commands_are_listed_in_the_order_of_work_each_on_its_line() -> None:
    listed = run("theme", "--help").output.split("Commands:")[1].strip().splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS == ["list", "inspect", "add", "preview", "check"]
    assert not [line for line in listed if "..." in line]
