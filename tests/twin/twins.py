"""Engine and twin side by side: where they differ, and the smallest account that shows it.

As a script, `python tests/twin/twins.py SEED` runs one workspace of worlds.py again, and shows the first account that
differs as small as it can be made.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import balance, run, told
from plain import Plain
from smallest import shown, smallest
from twin_picture import twin_picture, twin_rows
from twin_rows import Rows
from worlds import world

ROWS = ""  # where the workspace's rows differ, and not an account


@dataclass(frozen=True)
class Twin:
    """What the twin says of a workspace: its rows, and the picture of each account that is not set aside."""

    rows: Rows
    pictures: dict[str, Any]


def twin_of(plain: Plain) -> Twin:
    rows = twin_rows(plain)
    return Twin(rows, {name: twin_picture(plain, name, rows) for name in sorted(rows.sound)})


def differences(plain: Plain, twin: Twin | None = None) -> dict[str, list[str]]:
    """Account → lines that say where engine and twin differ; empty when they agree."""
    scored, twin = run(plain), twin or twin_of(plain)
    found = {ROWS: _differ(balance(scored.counts), _balance(twin.rows))}
    for name in plain.accounts:
        picture = scored.pictures.get(name)
        found[name] = _differ(told(picture) if picture else None, twin.pictures.get(name))
    found[ROWS] += _differ(scored.aside, frozenset(plain.accounts) - twin.rows.sound, "accounts set aside")
    return {name: lines for name, lines in found.items() if lines}


def _balance(rows: Rows) -> dict[str, Any]:
    return {
        "days": (rows.data_start, rows.as_of),
        "rows": (rows.rows, rows.counted, rows.in_part_weeks),
        "aside": dict(rows.aside),
        "names": rows.names,
    }


def _differ(engine: Any, twin: Any, where: str = "") -> list[str]:
    if isinstance(engine, dict) and isinstance(twin, dict):
        keys = sorted({*engine, *twin}, key=str)
        return [line for key in keys for line in _differ(engine.get(key), twin.get(key), f"{where} › {key}")]
    if isinstance(engine, list) and isinstance(twin, list) and len(engine) == len(twin):
        pairs = enumerate(zip(engine, twin, strict=True))
        return [line for n, (one, other) in pairs for line in _differ(one, other, f"{where} › {n}")]
    return [] if engine == twin else [f"{where}: engine {engine!r}, twin {twin!r}"]


def report(seed: int, plain: Plain, found: dict[str, list[str]]) -> str:
    """What a failed run says: every account that differs, the command to run it again, the smallest account."""
    lines = [f"seed {seed}: python tests/twin/twins.py {seed}"]
    for name, differ in found.items():
        lines += [f"{name or 'rows'}:", *(f"    {line}" for line in differ)]
    name = next((name for name in found if name != ROWS), ROWS)
    alone = plain.alone(name) if name else plain
    if name:  # these may come from all accounts' rows
        rows = twin_rows(plain)
        alone.settings = {**alone.settings, "as_of": str(rows.as_of), "data_start": str(rows.data_start)}
    if name and differences(alone).get(name):
        less = smallest(alone, lambda one: bool(differences(one).get(name)))
        lines += [f"the smallest account {name}:", *differences(less)[name], shown(less)]
    return "\n".join(lines)


def main() -> None:
    for seed in map(int, sys.argv[1:]):
        plain = world(seed)
        found = differences(plain)
        print(report(seed, plain, found) if found else f"seed {seed}: engine and twin agree")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
