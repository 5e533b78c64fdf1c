"""The settings of a workspace: qbrgen.yml, its rules and the weights of the score."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, tzinfo
from fractions import Fraction
from pathlib import Path
from typing import Literal

from qbrgen.define.model.sources import Sources


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What each part of the score counts for: whole numbers, one at least above 0. A part of weight 0 is left out."""

    breadth: int = 40
    depth: int = 40
    direction: int = 20
    outcome: int = 0  # no part unless asked for: few customers give its readings each quarter


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of method.md that a workspace may set."""

    active_share: Fraction = Fraction(3, 4)  # of the units in seat of the period
    new_units: int = 4  # fewer units in seat than this so far: new
    recent_units: int = 2  # active in one of the last so many
    lapsed_units: int = 4  # nothing in the last so many: lapsed
    impact_stale_days: int = 365
    data_stale_days: int = 45  # an as-of date so long ago is told by `check`
    real_adoption_depth: Fraction = Fraction(3, 5)  # workflows on target for "real adoption" (portfolio)
    score_weights: ScoreWeights = ScoreWeights()


@dataclass(frozen=True, slots=True)
class Settings:
    """qbrgen.yml. as_of None: the last full day that the events cover. data_start None: their first day.

    draft: not confirmed yet, and so is every account.
    """

    root: Path
    vendor: str
    theme: str = "plain"
    fiscal_year_starts: int = 1
    time_zone: tzinfo | None = None
    time_zone_name: str = "UTC"
    locale: str = "en-GB"
    paper: Literal["A4", "Letter"] = "A4"
    currency: str = ""
    as_of: date | None = None
    data_start: date | None = None
    closed_weeks: frozenset[int] = frozenset()
    rules: Rules = field(default_factory=Rules)
    sources: Sources = field(default_factory=Sources)
    draft: bool = False
