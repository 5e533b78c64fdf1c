"""Random YAML as people write it (braces or lines, quotes, comments, blank lines, indents), and random edits of it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from qbrgen.sheet.yaml_edit import Item

KEYS = (
    "account",
    "name",
    "notes",
    "outcome",
    "impact",
    "people",
    "actions",
    "closed",
    "id",
    "what",
    "from",
    "to",
    "on",
)
TEXTS = (
    *(
        "plain words",
        "a: b",
        "it's",
        'say "so"',
        "#5",
        "a #b",
        "50%",
        "-30%",
        "2026-03-31",
        "0042",
        "true",
        "null",
        "~",
    ),
    *(
        "[x",
        "{x}",
        "a, b",
        "- x",
        "ł ż 日本",
        "x ",
        "@home",
        "*a",
        "&a",
        "!t",
        "| x",
        "> y",
        "1.10",
        "",
        "12",
        "1e5",
        "no",
    ),
)


@dataclass
class Style:
    """One way of writing."""

    rng: random.Random
    dash: int = 2
    comments: int = 0

    def comment(self, chance: float = 0.25) -> str:
        if self.rng.random() > chance:
            return ""
        self.comments += 1
        return f"{' ' * self.rng.randint(1, 6)}# note {self.comments} it's: so"

    def above(self, indent: int) -> list[str]:
        lines = []
        if self.rng.random() < 0.12:
            lines.append("")
        if self.rng.random() < 0.15:
            self.comments += 1
            lines.append(f"{' ' * indent}# above {self.comments}")
        return lines


def random_value(rng: random.Random, depth: int = 0) -> Any:
    """A value of a workspace's kind: texts, numbers, truth, nothing, lists and mappings."""
    kind = rng.random()
    if depth < 3 and kind < 0.22:
        return {key: random_value(rng, depth + 1) for key in rng.sample(KEYS, rng.randint(1, 4))}
    if depth < 3 and kind < 0.36:
        same = rng.random() < 0.7
        return [
            {key: random_value(rng, 3) for key in rng.sample(KEYS, rng.randint(1, 4))} if same else rng.choice(TEXTS)
            for _ in range(rng.randint(1, 4))
        ]
    return rng.choice([rng.choice(TEXTS), rng.choice(TEXTS), rng.randint(-5, 99), 12.5, True, False, None])


def text_of(value: dict[str, Any], style: Style) -> str:
    """The mapping, written in that style."""
    return "\n".join(_mapping(value, style, 0)) + "\n"


def _mapping(value: dict[str, Any], style: Style, indent: int) -> list[str]:
    lines: list[str] = []
    for key, each in value.items():
        lines += style.above(indent)
        lines += _entry(key, each, style, indent)
    return lines


def _entry(key: str, value: Any, style: Style, indent: int) -> list[str]:
    space = " " * indent
    in_braces = style.rng.random() < 0.4
    if isinstance(value, dict) and value and not in_braces:
        return [f"{space}{key}:{style.comment()}", *_mapping(value, style, indent + 2)]
    if isinstance(value, list) and value and not in_braces:
        return [f"{space}{key}:{style.comment()}", *_items(value, style, indent + style.dash)]
    if isinstance(value, str) and value and value.strip() == value and "#" not in value and style.rng.random() < 0.1:
        return [f"{space}{key}: {style.rng.choice(['|', '|-', '>-'])}", f"{space}  {value}"]
    written = flow(value, style)
    return [f"{space}{key}:{' ' * bool(written)}{written}{style.comment()}"]


def _items(value: list[Any], style: Style, indent: int) -> list[str]:
    lines: list[str] = []
    for each in value:
        lines += style.above(indent)
        if isinstance(each, dict) and each and style.rng.random() < 0.6:
            inner = [line for key, held in each.items() for line in _entry(key, held, style, indent + 2)]
            lines += [" " * indent + "- " + inner[0].lstrip(), *inner[1:]]
        else:
            lines.append(f"{' ' * indent}- {flow(each, style)}{style.comment()}")
    return lines


def flow(value: Any, style: Style) -> str:
    """On one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each, style) or 'null'}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each, style) or "null" for each in value) + "]"
    if value is None:
        return style.rng.choice(["", "null", "~"])
    if isinstance(value, str):
        plain = (
            value.replace(" ", "").isalpha() and value.strip() == value and value not in ("true", "null", "no", "on")
        )
        quoted = [json.dumps(value), "'" + value.replace("'", "''") + "'"]
        return style.rng.choice([value, *quoted] if plain else quoted)
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Edits:
    """How much of each kind of edit there is."""

    change: float = 0.3
    remove: float = 0.15
    add: float = 0.3


def random_edit(value: Any, rng: random.Random, edits: Edits) -> Any:
    """The value with things changed, added and taken away; lists hold `Item`s."""
    if isinstance(value, dict):
        kept = [key for key in value if rng.random() >= edits.remove] or list(value)[:1]
        found = {key: random_edit(value[key], rng, edits) for key in kept}
        if rng.random() < edits.add:
            new = [key for key in KEYS if key not in value]
            found |= {key: random_value(rng, 2) for key in rng.sample(new, min(2, len(new)))}
        return found
    if isinstance(value, list) and value:
        kept_items = [index for index in range(len(value)) if rng.random() >= edits.remove] or [0]
        items = [Item(index, random_edit(value[index], rng, edits)) for index in kept_items]
        if rng.random() < edits.add:
            items.append(Item(None, random_value(rng, 3)))
        return items
    if rng.random() >= edits.change:
        return value
    return rng.choice([rng.choice(TEXTS), rng.randint(0, 9), True, None])
