"""docs/data.md: its tables are those of the code, and its example says what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from data_page import PAGE, as_made

from qbrgen.load.exports.registry import EXPORTS


def test_the_page_is_that_of_the_code(tmp_path: Path, update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    now = as_made(text, tmp_path)
    assert "2 of 3 quota-carrying reps are active every week" in now
    if update_golden:
        PAGE.write_text(now, encoding="utf-8")
    elif text != now:
        pytest.fail("docs/data.md differs from the code: run `pytest tests/docs --update-golden`", False)


def test_what_is_told_of_an_export_is_told_in_sentences() -> None:
    for export in EXPORTS:
        for told in (export.get, export.joins, export.unused, *export.traps):
            assert not told or told.endswith("."), f"{export.name}: {told}"
            assert "  " not in told
