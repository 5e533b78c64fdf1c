"""Plain values → YAML as a careful person would write it.

Only what our own reader reads back as the same value is ever given (`load.yaml_files`): a plain word where that is
enough, quotes where it is not.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from qbrgen.load.yaml_files import parse_yaml

WIDTH = 120
# Written in braces, on one line, as in the sample accounts.
_ON_ONE_LINE = frozenset({"sponsor", "baseline", "goal", "present", "away", "seats", "synonyms", "closed_weeks"})
_NESTED = frozenset({"people"})  # a list on lines of their own, each item in braces


def scalar(value: Any, *, flow: bool, like: str = "", indent: int = 0) -> str:
    """One value as it stands after `key: `.

    flow: within braces or brackets. like: how the value was written before, whose quotes are kept. indent: of the key,
    for text of several paragraphs, which goes onto lines of its own.
    """
    if isinstance(value, str):
        return _text(value, flow, like, indent)
    if value is None:
        return "null" if flow else ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(text: str, flow: bool, like: str, indent: int) -> str:
    if not flow and (like[:1] in ("|", ">") or "\n" in text):
        block = _block(text, like.partition("\n")[0].strip() if like[:1] in ("|", ">") else "|-", indent)
        if text and _reads_as(block, text, flow=False):
            return block
    for written in _ways(text, like):
        if _reads_as(written, text, flow=flow):
            return written
    return json.dumps(text)


def _ways(text: str, like: str) -> list[str]:
    single, double = "'" + text.replace("'", "''") + "'", json.dumps(text, ensure_ascii=False)
    before = {"'": [single], '"': [double]}.get(like[:1], [])
    return [*before, text, double]


def _block(text: str, head: str, indent: int) -> str:
    """A block of lines under its head: | keeps line ends, > folds them."""
    space = " " * (indent + 2)
    paragraphs = text.split("\n\n")
    if head.startswith(">"):
        paragraphs = ["\n".join(textwrap.wrap(each, max(40, WIDTH - indent - 2))) for each in paragraphs]
        lines = "\n\n\n".join(paragraphs).split("\n")
    else:
        lines = text.split("\n")
    return "\n".join([head, *(space + line if line else "" for line in lines)])


def _reads_as(written: str, text: str, *, flow: bool) -> bool:
    """Whether our reader reads the text back."""
    file = parse_yaml(f"k: {{k: {written}, l: 1}}\nl: 1\n" if flow else f"k: {written}\nl: 1\n", "")
    if file.findings or not isinstance(file.value, dict) or set(file.value) != {"k", "l"}:
        return False
    found = file.value["k"]
    if not flow:
        return isinstance(found, str) and _same_text(found, text)
    return bool(found == {"k": text, "l": 1}) and isinstance(found["k"], str)


def _same_text(found: str, text: str) -> bool:
    """A block keeps its last line end; no text of ours begins or ends with one."""
    return found.strip() == text.strip() if found.endswith("\n") else found == text


def flow(value: Any) -> str:
    """A value in braces and brackets, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value, flow=True)


def entry(key: str, value: Any, indent: int, dash: int = 2) -> str:
    """`key: value`, its lines but the first indented by `indent`; no line end at the end.

    dash: how far the dashes of a list stand in from its key.
    """
    name = scalar(key, flow=False)
    if isinstance(value, Mapping) and value:
        if key in _ON_ONE_LINE or _is_leaf(value):
            return f"{name}: {flow(value)}"
        space = " " * (indent + 2)
        return f"{name}:\n" + "\n".join(space + entry(k, v, indent + 2, dash) for k, v in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        if key in _ON_ONE_LINE or all(not isinstance(each, Mapping) for each in value):
            return f"{name}: {flow(value)}"
        space = " " * (indent + dash)
        return f"{name}:\n" + "\n".join(
            space + item(each, indent + dash, one_line=key in _NESTED, dash=dash) for each in value
        )
    if isinstance(value, Mapping | list | tuple):
        return f"{name}: {flow(value)}"
    written = scalar(value, flow=False, indent=indent)
    return f"{name}: {written}" if written else f"{name}:"


def _is_leaf(value: Mapping[str, Any]) -> bool:
    """What differs of one workflow: `{target: 50%}`."""
    return list(value) == ["target"]


def item(value: Any, indent: int, *, one_line: bool, dash: int = 2) -> str:
    """One item of a list, from its dash on; its further lines are indented to stand under the first word."""
    if not isinstance(value, Mapping) or one_line or not value:
        return f"- {flow(value)}"
    lines = (entry(key, each, indent + 2, dash) for key, each in value.items())
    return "- " + ("\n" + " " * (indent + 2)).join(lines)
