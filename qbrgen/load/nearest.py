"""What a mistyped name was probably meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import PurePath

_SHOWN = 12


def nearest(word: str, names: Iterable[str], *, like: float = 0.6) -> str | None:
    """The name of `names` that is most like `word`, ignoring case; None when none is like it.

    like: of 1, how much the two must have in common.
    """
    by_lower = {name.lower(): name for name in names}
    lower = word.strip().lower()
    if lower in by_lower:
        return by_lower[lower]
    found = difflib.get_close_matches(lower, by_lower, n=1, cutoff=like)
    return by_lower[found[0]] if found else None


def listed(names: Iterable[str]) -> str:
    """Names in a row for a message, at most twelve of them: "a, b, c, and 4 more"."""
    every = list(names)
    more = f", and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more


def instead_of(word: str, names: Iterable[str], kind: str) -> str:
    """The end of a finding about an unknown name: the nearest one, and what there is.

    kind: what the names are, in the plural ("columns", "playbooks").
    """
    every = list(names)
    if not every:
        return f"There are no {kind}."
    close = nearest(word, every)
    meant = f"Did you mean '{close}'? " if close else ""
    return f"{meant}The {kind} there are: {listed(every)}."


def file_instead_of(name: str, names: Iterable[str]) -> str:
    """The end of a finding about a file that is not there: the nearest of those in its folder, and all of them.

    Endings are not compared: `e.csv` is not what `nope.csv` was meant to be, and `churned.xlsx` may be `churned.csv`.
    """
    every = sorted(names)
    stems = {PurePath(each).stem: each for each in every}
    if not stems:
        return "Its folder holds no file."
    close = nearest(PurePath(name).stem, stems)
    meant = f"Did you mean '{stems[close]}'? " if close else ""
    return f"{meant}In its folder there are: {listed(every)}."
