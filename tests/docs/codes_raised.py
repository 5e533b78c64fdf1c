"""Every code that a finding can have, read from the source: the literals that reach `Finding(level, code, …)`.

A code is passed on through functions and classes with a parameter `code`, so that these are followed by name. A name in
that place stands for the codes written in the function around it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEVERAL_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ELSEWHERE = ("lint", "finding_codes")  # the lint has findings and a page of its own
# Called by other names than they are defined by, and codes that are put together.
_CALLED = {"note": {0}, "Finding": {1}}
_PUT_TOGETHER = {
    "{kind}-twice": {"persona-twice", "workflow-twice"},
    "unknown-{kind}": {"unknown-persona", "unknown-workflow", "unknown-owner", "unknown-segment"},
}
_BARE = (ast.Constant, ast.Name, ast.expr_context, ast.operator, ast.alias)  # nothing is within these
_SHAPES = {"dict-type", "model-type", "bool-type"}  # of pydantic: define/validate


@dataclass(frozen=True)
class _Source:
    """One file: every call with the function around it, and where functions and classes take a code."""

    calls: list[tuple[ast.AST, ast.Call]]
    takers: dict[str, set[int]]


def codes_raised(root: Path) -> dict[str, set[str]]:
    """Code → the places that raise it."""
    sources = _sources(root)
    takers: dict[str, set[int]] = defaultdict(set)
    for source in sources.values():
        for name, places in source.takers.items():
            takers[name] |= places
    takers |= _CALLED
    found: dict[str, set[str]] = defaultdict(set)
    for name, source in sources.items():
        for around, call in source.calls:
            called = _name(call.func)
            for place in source.takers.get(called, takers.get(called, ())):  # the file's own go before others
                for code in _codes(call, place, around):
                    found[code].add(f"{name}:{call.lineno}")
    for code in _SHAPES:
        found[code].add("define/validate.py")
    return dict(found)


def levels_raised(root: Path) -> Iterator[tuple[str, str, str]]:
    """(code, level, place) of each finding whose level and code are written side by side."""
    for name, source in _sources(root).items():
        for _, call in source.calls:
            if _name(call.func) == "Finding" and len(call.args) > 1:
                level, code = call.args[:2]
                if isinstance(code, ast.Constant) and isinstance(level, ast.Attribute):
                    yield str(code.value), level.attr.lower(), f"{name}:{call.lineno}"


@cache
def _sources(root: Path) -> dict[str, _Source]:
    paths = [path for path in sorted(root.rglob("*.py")) if path.relative_to(root).parts[0] not in _ELSEWHERE]
    return {path.relative_to(root).as_posix(): _source(ast.parse(path.read_text(encoding="utf-8"))) for path in paths}


def _source(tree: ast.AST) -> _Source:
    source = _Source([], defaultdict(set))
    ahead: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while ahead:
        around, node = ahead.pop()
        inner = around
        if isinstance(node, ast.Call):
            source.calls.append((around, node))
        elif isinstance(node, ast.FunctionDef):
            inner = node
            if node.name != "__init__":
                source.takers[node.name] |= _place_of_code(node)
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name == "__init__":
                    source.takers[node.name] |= _place_of_code(method)
        ahead += [(inner, child) for child in ast.iter_child_nodes(node) if not isinstance(child, _BARE)]
    return source


def _place_of_code(function: ast.FunctionDef) -> set[int]:
    names = [each.arg for each in function.args.args]
    if "code" not in names:
        return set()
    annotated = next(each.annotation for each in function.args.args if each.arg == "code")
    if not (isinstance(annotated, ast.Name) and annotated.id == "str"):
        return set()
    return {names.index("code") - (names[0] in ("self", "cls"))}


def _name(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _codes(call: ast.Call, place: int, around: ast.AST) -> set[str]:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    given += [] if given or len(call.args) <= place else [call.args[place]]
    return {code for value in given for code in _of(value, around)}


def _of(value: ast.expr, around: ast.AST) -> set[str]:
    if isinstance(value, ast.Constant):
        return {value.value} if isinstance(value.value, str) and _CODE.fullmatch(value.value) else set()
    if isinstance(value, ast.JoinedStr):
        return _PUT_TOGETHER.get(ast.unparse(value)[2:-1], set())
    if isinstance(value, ast.IfExp):
        return _of(value.body, around) | _of(value.orelse, around)
    if isinstance(value, ast.Name) and isinstance(around, ast.FunctionDef):
        return {
            node.value
            for node in ast.walk(around)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SEVERAL_WORDS.fullmatch(node.value)
        }
    return set()
