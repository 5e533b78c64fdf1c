"""The one style of every chart that matplotlib draws: colours by role, typeface, sizes, weights of lines, file.

Colours and typefaces are the theme's, text stays text, and the same chart gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qbrgen.theme import Palette

LABEL_PT = 9.0  # the smallest size that still reads on paper and on a phone
VALUE_PT = 10.5
GRID_PT, SPLIT_PT, TARGET_PT = 0.5, 0.6, 0.9  # weights of lines
EARLIER_PT, LINE_PT, DOT_PT = 1.4, 2.0, 4.4
METADATA = {"Date": None, "Creator": None}  # of the file: nothing that differs from run to run
MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class ChartFace:
    """A font file that chart text may use, under the family name that the document declares for it."""

    family: str
    path: Path
    weight: int = 400


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """What a chart needs of a theme.

    faces: the theme's body family first, then fallbacks. measure: (text, size in pt, bold) → width in mm.
    percent: a share of one → "50%" in the document's language, for the axis.
    """

    palette: Palette
    faces: tuple[ChartFace, ...]
    measure: Callable[[str, float, bool], float]
    percent: Callable[[float], str]

    @property
    def families(self) -> list[str]:
        """Families in order of preference, each once."""
        return list(dict.fromkeys(face.family for face in self.faces))

    @property
    def settings(self) -> Any:
        """For matplotlib's `rc_context`."""
        return {
            "svg.fonttype": "none",
            "svg.hashsalt": "qbrgen",
            "font.family": self.families,
            "path.simplify": False,
        }
