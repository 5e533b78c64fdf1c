"""docs/templates.md and its reference: what they say of templates is what the code gives them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from templates_page import page

from qbrgen.render.pdf import html as pages
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import load_theme

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "templates-reference.md"
sys.path.append(str(ROOT / "tests" / "render" / "pdf"))


def test_the_reference_is_that_of_the_code(update_golden: bool) -> None:
    now = page()
    if update_golden:
        REFERENCE.write_text(now, encoding="utf-8")
    elif REFERENCE.read_text(encoding="utf-8") != now:
        pytest.fail("docs/templates-reference.md differs from the code: run `pytest tests/docs --update-golden`", False)


def test_templates_are_given_what_the_reference_says_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefs_by_hand import brief

    given: dict[str, set[str]] = {}
    render = Template.render

    def noted(self: Template, *args: Any, **facts: Any) -> str:
        given.setdefault(str(self.name), set()).update(dict(*args, **facts))
        return render(self, *args, **facts)

    monkeypatch.setattr(Template, "render", noted)
    theme = load_theme("plain", None)
    pdf_bytes(brief(), theme, page="Letter")
    assert given.pop("document.html") == set(pages.VARIABLES)
    assert given.pop("style.css", set(pages.STYLE)) == set(pages.STYLE)
    assert given == {f"svg/{name}.svg": set(facts) for name, facts in pages.DRAWINGS.items()}
