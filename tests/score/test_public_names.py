"""`from qbrgen import …` in a notebook: every name is there, and asking for none costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import qbrgen


@pytest.mark.parametrize("name", qbrgen.__all__)
def test_every_public_name_can_be_imported(name):
    assert getattr(qbrgen, name) is not None
    assert name in dir(qbrgen)


def test_a_name_that_is_not_there_says_so():
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = qbrgen.nothing_like_it


@pytest.mark.parametrize(
    ("wanted", "never"),
    [
        ("import qbrgen", ("pandas", "pydantic", "pptx", "weasyprint", "matplotlib")),
        ("from qbrgen import score_account", ("pptx", "weasyprint", "matplotlib", "scipy", "duckdb")),
    ],
)
def test_imports_stay_light(wanted, never):
    code = f"{wanted}\nimport sys\nprint([name for name in {never!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


DOCUMENT_LIBRARIES = ("pptx", "weasyprint", "matplotlib", "jinja2", "babel", "rich", "click", "brand_yml", "fontTools")

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ImportError(f"{{name}} is not installed here")

sys.meta_path.insert(0, Blocked())

import qbrgen

for name in qbrgen.__all__:
    getattr(qbrgen, name)
scored = qbrgen.score_workspace({folder!r}, period="2026-Q3")
frame = qbrgen.portfolio_frame(scored.portfolio())
print(scored.pictures["acme"].breadth.active, len(scored.frames().accounts), len(frame))
"""


def test_scoring_frames_and_portfolio_need_no_library_of_documents(sample_accounts):
    code = BLOCKED.format(blocked=DOCUMENT_LIBRARIES, folder=str(sample_accounts))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["6", "8", "8"], "")
