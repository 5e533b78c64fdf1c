"""One kind of finding."""

from __future__ import annotations

from typing import NamedTuple

E, W, N = "error", "warning", "note"
EW, EN, WN, EWN = f"{E}, {W}", f"{E}, {N}", f"{W}, {N}", f"{E}, {W}, {N}"


class Kind(NamedTuple):
    """levels: those that it comes in. means, do: what is wrong, and what to do. why: why it matters, where that does
    not go without saying."""

    levels: str
    means: str
    do: str
    why: str = ""
