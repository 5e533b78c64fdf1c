"""Names that run from right to left stay where they stand in a line that runs from left to right."""

from __future__ import annotations

import pytest

from qbrgen.render.pptx.text import in_order

ONE, OTHER, MARK = "\u0633\u0627\u0631\u0629 \u0639\u0644\u064a", "\u05d9\u05e2\u05dc", "\u200e"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (f"{ONE} 62%, target 75%", f"{ONE}{MARK} 62%, target 75%"),
        (f"{ONE} (3 of 7)", f"{ONE}{MARK} (3 of 7)"),
        (f"{ONE}: 62%", f"{ONE}{MARK}: 62%"),
        (f"{ONE}, {OTHER} and {ONE}", f"{ONE}{MARK}, {OTHER} and {ONE}"),
        (f"{ONE} ({OTHER})", f"{ONE}{MARK} ({OTHER})"),
        # Nothing follows that could go astray, and a name is left whole.
        (ONE, ONE),
        (f"{ONE} (Ltd) 24", f"{ONE} (Ltd) 24"),
        (f"5 of 7: {ONE}", f"5 of 7: {ONE}"),
        (f"{ONE}.", f"{ONE}."),
        ("Anna, Ben 62%", "Anna, Ben 62%"),
    ],
)
def test_figures_and_the_next_name_stay_behind_a_name(text: str, drawn: str) -> None:
    assert in_order(text) == drawn


def test_what_follows_in_another_style_counts_too() -> None:
    assert in_order(ONE, " 62%") == f"{ONE}{MARK}"
    assert in_order(f"{ONE}, {OTHER}", " 62%") == f"{ONE}{MARK}, {OTHER}{MARK}"
    assert in_order("Anna ", f"{ONE} 62%") == "Anna "
