"""The sample accounts' documents, as tests pass them around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import Result

from qbrgen.pipeline import Review


@dataclass(frozen=True)
class Built:
    """What `qbrgen build` said of the sample workspace, and the folder with all that it made."""

    result: Result
    out: Path


@dataclass(frozen=True)
class Made:
    """Every file of the sample workspace: decks, briefs and plans by account id, and the portfolio."""

    review: Review
    decks: Mapping[str, Path]
    briefs: Mapping[str, Path]
    portfolio: Path
    plans: Mapping[str, Path]
