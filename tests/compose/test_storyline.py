from __future__ import annotations

from pathlib import Path

import pytest

from qbrgen.compose.deck import storyline
from qbrgen.errors import InputError


def own(root: Path, text: str, name: str = "default") -> Path:
    folder = root / "templates" / "storylines"
    folder.mkdir(parents=True)
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return root


def test_a_workspace_storyline_comes_before_the_shipped_one(tmp_path: Path) -> None:
    text = "sections:\n  - heading: Unser Weg\n    slides: [title, people]\nneeds_below: 0\n"
    story = storyline(root=own(tmp_path, text))
    assert story.slides == ("title", "people")
    assert story.parts[0].heading == "Unser Weg"
    assert story.needs_below == 0


def test_a_workspace_without_storylines_uses_the_shipped_one(tmp_path: Path) -> None:
    assert storyline(root=tmp_path) == storyline()


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = (
        "needs_below: few\n"
        "sections:\n"
        "  - section: opening\n"
        "    slides: [title, logins]\n"
        "  - slides: [title]\n"
        "    color: red\n"
        "  - section: end\n"
    )
    with pytest.raises(InputError) as caught:
        storyline(root=own(tmp_path, text))
    found = {(f.code, f.where.line if f.where else None) for f in caught.value.findings}
    assert found == {
        ("storyline-needs-below", 1),
        ("unknown-slide", 4),
        ("storyline-section-name", 5),
        ("slide-listed-twice", 5),
        ("storyline-field", 6),
        ("storyline-slides", 7),
    }
    assert all(f.fix for f in caught.value.findings)


def test_a_storyline_that_is_no_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"default\.yml:3"):
        storyline(root=own(tmp_path, "sections:\n  - [\n"))


@pytest.mark.parametrize("text", ["", "- title\n", "sections: title\n", "sections: []\n", "sections: [title]\n"])
def test_a_storyline_of_another_form_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        storyline(root=own(tmp_path, text))
    assert len(caught.value.findings) == 1


def test_an_unknown_storyline_names_those_there_are(tmp_path: Path) -> None:
    root = own(tmp_path, "sections: []\n", "short")
    with pytest.raises(InputError, match="default, short"):
        storyline("long", root)
    with pytest.raises(InputError, match="Did you mean '15-minutes'"):
        storyline("15-minute", root)
