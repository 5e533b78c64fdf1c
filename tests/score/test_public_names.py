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
