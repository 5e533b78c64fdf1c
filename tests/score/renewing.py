"""What tests of the outlook on a renewal share."""

from __future__ import annotations

from qbrgen.score.states import GapKind


def missed(picture):
    return [gap for gap in picture.gaps if gap.kind is GapKind.MISS_AT_RENEWAL]
