"""The sample accounts' documents, as tests pass them around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qbrgen.pipeline import Review


@dataclass(frozen=True)
class Made:
    """Every file of the sample workspace: decks, briefs and plans by account id, and the portfolio."""

    review: Review
    decks: Mapping[str, Path]
    briefs: Mapping[str, Path]
    portfolio: Path
    plans: Mapping[str, Path]
