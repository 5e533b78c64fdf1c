"""What a workspace's own words state by themselves: a number without a receipt, or presence.

In: the workspace's entries and the shipped ones. Out: findings with file and line. Every number that qbrgen shows is
counted or stated, and has a receipt; one typed into an entry has none. Presence never counts as use
(define/presence.py), so no entry speaks of it. Where the shipped entry does either, its copy may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes

from qbrgen.define.presence import presence_in
from qbrgen.errors import Finding, Level
from qbrgen.narrate.entries import Entry, wording_error
from qbrgen.narrate.sandbox import FUNCTIONS, Sandbox

# The words for numbers, said only where a number with a receipt is; and what `qbrgen sentence` listens for.
_EXEMPT = ("numbers.", "sentence-test.hear.")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def typed_claims(own: Mapping[str, Entry], base: Mapping[str, Entry], sandbox: Sandbox) -> Iterator[Finding]:
    """A warning for each of the workspace's entries that holds a typed number, an error for each that speaks of
    presence. Entries that do not parse, or that no shipped one has the key of, are left to the other checks."""
    for entry in own.values():
        if entry.key not in base or entry.key.startswith(_EXEMPT):
            continue
        try:
            written = list(_literal(entry, sandbox))
        except TemplateSyntaxError:
            continue
        shipped = [text for _, text in _literal(base[entry.key], sandbox)]
        number = _first(written, _number_in)
        if number and not any(map(_number_in, shipped)):
            yield _typed_number(entry, *number)
        presence = _first(written, presence_in)
        if presence and not any(map(presence_in, shipped)):
            yield _presence(entry, *presence)


def _number_in(text: str) -> str | None:
    found = _NUMBER.search(text)
    return found[0] if found else None


def _first(written: Iterable[tuple[int, str]], find: Callable[[str], str | None]) -> tuple[int, str] | None:
    """(line, what is found) of the first text that holds it; it may go over the end of a line."""
    for begins, text in written:
        found = find(text)
        if found:
            lines = enumerate(text.split("\n"), begins)
            return next((number for number, line in lines if find(line)), begins), found
    return None


def _literal(entry: Entry, sandbox: Sandbox) -> Iterator[tuple[int, str]]:
    """(line, text) of all that the template writes by itself: its plain text, and the words that it hands to plural(),
    to another entry or to a field of its own. Not what it compares with, looks for, or the keys of entries."""
    yield from _written(sandbox.parse(entry.source))


def _written(node: nodes.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.TemplateData):
        yield node.lineno, node.data
    elif isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.lineno, node.value
    elif isinstance(node, nodes.Filter):
        if node.node is not None:
            yield from _written(node.node)
    elif isinstance(node, nodes.Call):
        yield from _handed(node)
    elif not isinstance(node, nodes.Compare | nodes.Getitem | nodes.Mod):
        for child in node.iter_child_nodes():
            yield from _written(child)


def _handed(call: nodes.Call) -> Iterator[tuple[int, str]]:
    """The words among the arguments of a call; the first of say() is a key, and a method of a text looks for its."""
    if isinstance(call.node, nodes.Name) and call.node.name in FUNCTIONS:
        for argument in (*call.args[1:], *(each.value for each in call.kwargs)):
            yield from _written(argument)
    elif isinstance(call.node, nodes.Getattr):
        yield from _written(call.node.node)


def _typed_number(entry: Entry, line: int, number: str) -> Finding:
    what = f"'{entry.key}' holds the number {number}, typed: every number that is shown has a receipt, and it has none."
    fix = "Use a field for it, or write the words without it."
    return Finding(Level.WARNING, "wording-number", what, fix, entry.at(line))


def _presence(entry: Entry, line: int, word: str) -> Finding:
    what = f"'{entry.key}' speaks of presence ('{word}'): being there produces nothing."
    return wording_error("wording-presence", what, "Write what people get done instead.", entry.at(line))
