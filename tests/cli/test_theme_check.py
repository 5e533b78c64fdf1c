"""`qbrgen theme check`: what is wrong with a theme, its map and its brand file, all at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from broken_templates import LAYOUT, changed, ole, put_file, swap
from running import run
from themes_added import Added


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
    tmp_path: Path, theme_workspace: Path
) -> None:
    low = swap(LAYOUT, 'cx="11094720" cy="4140200"', 'cx="11094720" cy="1800000"')
    pale = swap(LAYOUT, '<a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/>',
                '<a:schemeClr val="bg2"/></a:solidFill><a:latin typeface="+mj-lt"/>')  # fmt: skip
    foreign = swap(
        "ppt/theme/theme1.xml", '<a:accent1><a:srgbClr val="2E3A52"/>', '<a:accent1><a:srgbClr val="0A4F68"/>'
    )
    template = put_file(tmp_path, "low.pptx", changed(low, pale, foreign))
    run("theme", "add", template, "--name", "low", "-w", theme_workspace)
    mapped = theme_workspace / "themes" / "low" / "template.yml"
    text = mapped.read_text(encoding="utf-8")
    for name in ("Statement", "Appendix"):
        text = text.replace(f'layout: "{name}"', 'layout: "Content"')
    mapped.write_text(text, encoding="utf-8")
    told = run("theme", "check", "low", "-w", theme_workspace).output
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
