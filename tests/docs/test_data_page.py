"""docs/data.md: its tables are those of the code, and its example says what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from data_page import PAGE, as_made

from qbrgen.define.settings_schema import DataWritten
from qbrgen.load.exports.registry import BY_NAME, EXPORTS


def test_the_page_is_that_of_the_code(tmp_path: Path, update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    now = as_made(text, tmp_path)
    assert "2 of 3 quota-carrying reps are active every week" in now
    if update_golden:
        PAGE.write_text(now, encoding="utf-8")
    elif text != now:
        pytest.fail("docs/data.md differs from the code: run `pytest tests/docs --update-golden`", False)


def test_every_entry_that_the_page_shows_is_one_that_the_settings_take() -> None:
    blocks = re.findall(r"(?s)```yaml\n(?!# )(.*?)```", PAGE.read_text(encoding="utf-8"))
    assert len(blocks) >= 4
    for block in blocks:
        written = yaml.safe_load(block)
        data = DataWritten.model_validate(written.get("data", written))
        exports = [each.export for kind in ("events", "people") for each in getattr(data, kind) if each.export]
        assert set(exports) <= BY_NAME.keys()


def test_what_is_told_of_an_export_is_told_in_sentences() -> None:
    for export in EXPORTS:
        for told in (export.get, export.joins, export.unused, *export.traps):
            assert not told or told.endswith("."), f"{export.name}: {told}"
            assert "  " not in told
