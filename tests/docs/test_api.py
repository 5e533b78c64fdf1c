"""docs/api.md: its code runs as it stands, without the libraries of documents, and its lists are complete."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from reference import page

import qbrgen

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "api.md"
REFERENCE = ROOT / "docs" / "api-reference.md"

_RUN = """
import doctest, re, sys
for name in ("pptx", "weasyprint", "matplotlib", "jinja2", "babel", "rich", "click", "brand_yml", "fontTools"):
    sys.modules[name] = None
text = open("docs/api.md", encoding="utf-8").read()
code = "".join(re.findall(r"(?ms)^```python\\n(.*?)^```", text))
found = doctest.DocTestParser().get_doctest(code, {}, "docs/api.md", "docs/api.md", 0)
ran = doctest.DocTestRunner().run(found)
print(ran.attempted)
sys.exit(bool(ran.failed))
"""


def test_the_code_of_the_page_runs_without_the_libraries_of_documents() -> None:
    done = subprocess.run([sys.executable, "-c", _RUN], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert int(done.stdout.split()[-1]) > 20, "few examples were found"


def test_every_public_name_is_in_the_list() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## Names")[2].partition("\n## ")[0]
    heads = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = [name for head in heads for name in re.findall(r"`(\w+)`", head)]
    assert sorted(named) == sorted(qbrgen.__all__)


def test_the_reference_is_that_of_the_code(update_golden: bool) -> None:
    now = page()
    if update_golden:
        REFERENCE.write_text(now, encoding="utf-8")
    elif REFERENCE.read_text(encoding="utf-8") != now:
        pytest.fail("docs/api-reference.md differs from the code: run `pytest tests/docs --update-golden`", False)


def test_links_have_a_place() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (PAGE, REFERENCE)}
    for name, text in texts.items():
        for to, anchor in re.findall(r"\]\(([\w.-]*)#([\w-]+)\)", text):
            heads = re.findall(r"(?m)^#+ (.*)$", texts[to or name])
            assert anchor in {re.sub(r"[^\w-]", "", head.lower().replace(" ", "-")) for head in heads}
