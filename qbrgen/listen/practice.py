"""The score of practice: how well each account's sentence was said from memory, and when.

It is personal, so it is kept in the user's state directory and never in the workspace, which others share. The file
holds marks only, no sentences. A file that cannot be read is said to be so and begun anew; nothing else ends for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from qbrgen.files import write_text

MOST_MARKS = 4
_VERSION = 1
_MOST_KEPT = 20  # attempts of an account, the latest


def score_path() -> Path:
    """Where the scores are: the user's own state directory."""
    return user_state_path("qbrgen", appauthor=False) / "drill.json"


@dataclass
class Scores:
    """The marks of one workspace: account id → marks of each attempt, the latest last.

    broken: why the file could not be read, "" where it could. others: what it holds of other workspaces.
    """

    workspace: str
    marks: dict[str, list[int]] = field(default_factory=dict)
    others: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    broken: str = ""

    def last(self, account: str) -> int | None:
        """Marks of the latest attempt, None where there was none."""
        there = self.marks.get(account)
        return there[-1] if there else None

    def add(self, account: str, marks: int) -> None:
        """Keep one attempt."""
        self.marks[account] = [*self.marks.get(account, []), marks][-_MOST_KEPT:]

    def forget(self, accounts: Iterable[str]) -> int:
        """Forget the marks of these accounts; how many had any."""
        return sum(self.marks.pop(account, None) is not None for account in accounts)


def read_scores(path: Path, workspace: Path) -> Scores:
    """The scores of one workspace. A file that is missing is empty; one that is broken is told in `broken`."""
    key = str(workspace.resolve())
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Scores(key)
    except (OSError, UnicodeDecodeError) as problem:
        return Scores(key, broken=str(problem))
    try:
        every = _workspaces(json.loads(text))
    except (ValueError, RecursionError) as problem:
        return Scores(key, broken=str(problem))
    return Scores(key, every.pop(key, {}), every)


def _workspaces(raw: Any) -> dict[str, dict[str, list[int]]]:
    """The content of the file. Raises ValueError for anything that we did not write."""
    if not isinstance(raw, dict) or raw.get("version") != _VERSION or not isinstance(raw.get("workspaces"), dict):
        raise ValueError("it is not a score file of this version")
    return {str(place): _accounts(accounts) for place, accounts in raw["workspaces"].items()}


def _accounts(raw: Any) -> dict[str, list[int]]:
    if not isinstance(raw, dict):
        raise ValueError("a workspace's scores are not a mapping")
    for marks in raw.values():
        if not isinstance(marks, list) or not all(type(m) is int and 0 <= m <= MOST_MARKS for m in marks):
            raise ValueError("an account's marks are not numbers from 0 to 4")
    return {str(account): list(marks) for account, marks in raw.items()}


def write_scores(path: Path, scores: Scores) -> None:
    """Write the scores, whole or not at all. Raises OSError where the system refuses."""
    every: Mapping[str, object] = {**scores.others, scores.workspace: scores.marks}
    content = {"version": _VERSION, "workspaces": {place: marks for place, marks in every.items() if marks}}
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
