"""The plain script of the benchmark says all that a brief says: else what it costs would tell nothing."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import briefs_by_hand
from reading_pdfs import pages_text


def plain_brief() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "plain_brief.py"
    spec = importlib.util.spec_from_file_location("plain_brief", path)
    assert spec
    assert spec.loader
    module = sys.modules["plain_brief"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_plain_script_is_given_every_word_that_a_brief_shows(brief_pdf: bytes) -> None:
    plain = plain_brief()

    def said(items: object) -> str:
        return " ".join(
            " ".join((item.text, *(cell for row in item.rows for cell in row), *map(said, item.columns)))
            for item in items  # type: ignore[attr-defined]
        )

    items = plain.read(briefs_by_hand.brief())
    trend = next(item.draw[1] for item in below(items) if item.draw[0] == "line")
    drawn = {
        trend.title,
        trend.first_text,
        trend.last_text,
        trend.last_note,
        trend.target_text,
        *trend.span_names,
    }
    given = set(re.findall(r"\w+", " ".join((said(items), *drawn, "0% 50% 100%", "Halyard"))))
    shown = {word for page in pages_text(brief_pdf) for word in re.findall(r"\w+", page)}
    assert len(shown) > 200
    assert shown - given <= {"1", "2"}, "the numbers of the pages"


def below(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        for column in item.columns:
            yield from below(column)
