"""Is a workspace's wording right? Found before anything is said: unknown entries, fields and filters, templates that do
not parse or do not end, and those that fail on facts that may be rare.

In: the workspace's entries and the shipped ones. Out: findings with file and line.
"""

from __future__ import annotations

import itertools
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes

from qbrgen.errors import Finding, InputError
from qbrgen.load.characters import hidden
from qbrgen.load.nearest import instead_of, listed
from qbrgen.narrate.entries import Entry, wording_error
from qbrgen.narrate.sandbox import FUNCTIONS, Sandbox, forbidden, said_entries
from qbrgen.narrate.wording_claims import typed_claims

Say = Callable[..., str]
_MOST_TRIALS = 40
_MOST_MEANT = 8


def check_entries(own: Mapping[str, Entry], base: Mapping[str, Entry], filters: Iterable[str]) -> Iterator[Finding]:
    """A workspace's entries: known keys, templates that parse, nothing forbidden, and only the fields that the shipped
    entry has. filters: those of a wording, by name."""
    sandbox = Sandbox(dict.fromkeys(FUNCTIONS, str), dict.fromkeys(filters, str))  # only their names matter here
    says: dict[str, list[tuple[int, str]]] = {}
    for entry in own.values():
        if entry.key not in base:
            if not entry.key.startswith("numbers."):
                fix = instead_of(entry.key, base, "entries")
                yield wording_error("unknown-wording", f"there is no entry '{entry.key}'.", fix, entry.at())
            continue
        fields = fields_of(base[entry.key], sandbox)
        code = hidden(entry.source)
        if code:
            yield _unseen(entry, code)
            continue
        try:
            template = sandbox.parse(entry.source)
            wrong = list(forbidden(template, sandbox.filters))
            used = meta.find_undeclared_variables(template) - {*FUNCTIONS} if not wrong else set()
        except TemplateSyntaxError as error:
            what = f"the template of '{entry.key}' does not parse: {(error.message or '').removesuffix('.')}."
            yield wording_error(
                "wording-syntax", what, f"The fields there are: {_listed(fields)}.", entry.at(error.lineno)
            )
            continue
        for const in template.find_all(nodes.Const):  # written as an escape: "\\x1b"
            if isinstance(const.value, str) and (code := hidden(const.value)):
                yield _unseen(entry, code, const.lineno)
        for line, problem, way in wrong:
            what, fix = f"in the template of '{entry.key}' {problem}", f"{way} The fields are: {_listed(fields)}."
            yield wording_error("wording-forbidden", what, fix, entry.at(line))
        for name in sorted(used - set(fields)):
            what = f"'{entry.key}' has no field '{name}'."
            fix = instead_of(name, fields, "fields") if fields else "It takes none; write plain words."
            yield wording_error("unknown-field", what, fix, entry.at(_line_of(entry, name)))
        says[entry.key] = list(said_entries(template))
        for line, key in says[entry.key]:
            if key not in base:
                what = f"'{entry.key}' says the entry '{key}', which is not there."
                yield wording_error("unknown-wording", what, instead_of(key, base, "entries"), entry.at(line))
    yield from _without_end(own, base, says, sandbox)
    yield from typed_claims(own, base, sandbox)


def _unseen(entry: Entry, code: str, line: int | None = None) -> Finding:
    what = f"'{entry.key}' holds the character {code}, which nobody can see."
    return wording_error("hidden-character", what, "Take it out.", entry.at(line))


def fields_of(entry: Entry, sandbox: Sandbox) -> list[str]:
    """The fields that an entry may use."""
    return sorted(meta.find_undeclared_variables(sandbox.parse(entry.source)) - {*FUNCTIONS})


def _listed(fields: Sequence[str]) -> str:
    return listed(fields) if fields else "none"


def _line_of(entry: Entry, name: str) -> int:
    lines = entry.source.splitlines()
    return next((n for n, line in enumerate(lines, 1) if re.search(rf"\b{re.escape(name)}\b", line)), 1)


def _without_end(
    own: Mapping[str, Entry], base: Mapping[str, Entry], says: Mapping[str, Sequence[tuple[int, str]]], sandbox: Sandbox
) -> Iterator[Finding]:
    """Entries that come back to themselves by what they say."""
    known = dict(says)

    def follow(key: str) -> Sequence[tuple[int, str]]:
        if key not in known:
            known[key] = list(said_entries(sandbox.parse(base[key].source))) if key in base else []
        return known[key]

    for start in says:
        seen: dict[str, int] = {}  # entry → the line in `start` that leads there
        ahead = [(key, line) for line, key in follow(start)]
        while ahead:
            key, line = ahead.pop()
            if key not in seen:
                seen[key] = line
                ahead += [(each, line) for _, each in follow(key)]
        if start in seen:
            what = f"'{start}' says itself{'' if start in dict(_turned(says[start])) else ', by another entry'}."
            yield wording_error("wording-without-end", what, "Say another one.", own[start].at(seen[start]))


def _turned(said: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    return ((key, line) for line, key in said)


def broken(entry: Entry, error: Exception, facts: Iterable[str]) -> Finding:
    """The finding for a template of the user's that failed while it was rendered. facts: the fields that it had."""
    if isinstance(error, InputError):
        return error.findings[0]
    line = getattr(error, "lineno", None)
    if line is None:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == "<template>"), None)
    problem = (isinstance(error, TemplateError) and error.message) or str(error) or type(error).__name__
    what = f"the template of '{entry.key}' fails: {problem.removesuffix('.')}."
    return wording_error("wording-fails", what, f"The fields there are: {_listed(sorted(facts))}.", entry.at(line))


# ---- on trial: facts that may be rare -------------------------------------------------------------------------------

_NUMBERS = (0, 1, 2, 5, 21)
_LISTS = (["Anna"], ["Anna", "Ben"], ["Anna", "Ben", "Cleo"])
_SAMPLES: dict[str, Sequence[object]] = {
    "number": _NUMBERS,
    "share": (Fraction(0), Fraction(1, 3), Fraction(7, 10), Fraction(1)),
    "list": _LISTS,
    "text": ("some words", "Some, more's", ""),
}
_BY_FILTER = {
    **dict.fromkeys(("words", "count", "number", "abs", "int", "round"), "number"),
    **dict.fromkeys(("percent", "target"), "share"),
    **dict.fromkeys(("listing", "join", "length", "last", "first", "list"), "list"),
    **dict.fromkeys(("lower", "upper", "replace", "trim", "capital", "stop"), "text"),
}


def try_entries(own: Mapping[str, Entry], base: Mapping[str, Entry], say: Say, shipped: Say) -> Iterator[Finding]:
    """Each of the workspace's entries said with many facts of the kinds that the shipped one takes.

    say, shipped: the words with and without the workspace's. Told is only what fails where the shipped entry does not,
    for each kind of fact that a field might have.
    """
    sandbox = Sandbox(dict.fromkeys(FUNCTIONS, str), dict.fromkeys((*_BY_FILTER, *_OTHER_FILTERS), str))
    kinds = _Kinds(base, sandbox)
    for entry in own.values():
        if entry.key in base:
            failed = _on_trial(entry, kinds, say, shipped)
            if failed is not None:
                yield failed


_OTHER_FILTERS = ("money", "date", "day_month", "span", "default", "stop", "capital")


def _on_trial(entry: Entry, kinds: _Kinds, say: Say, shipped: Say) -> Finding | None:
    failed: Finding | None = None
    for samples in kinds.of(entry.key):
        error = _first_error(entry, samples, say, shipped)
        if error is None:
            return None
        failed = failed or broken(entry, error, samples)
    return failed


def _first_error(entry: Entry, samples: Mapping[str, Sequence[object]], say: Say, shipped: Say) -> Exception | None:
    for facts in _combined(samples):
        try:
            shipped(entry.key, **facts)
        except Exception:  # these facts never come together
            continue
        try:
            say(entry.key, **facts)
        except Exception as error:
            return error
    return None


def _combined(samples: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """Every combination where there are few; else those that let each field run through its samples at its own pace."""
    names, values = list(samples), list(samples.values())
    if not names:
        yield {}
        return
    total = 1
    for each in values:
        total *= len(each)
    if total <= _MOST_TRIALS:
        yield from (dict(zip(names, each, strict=True)) for each in itertools.product(*values))
        return
    for number in range(_MOST_TRIALS):
        at = [(number // (place + 1) + place) % len(each) for place, each in enumerate(values)]
        yield {name: each[n] for name, each, n in zip(names, values, at, strict=True)}


class _Kinds:
    """What kind of fact each field of an entry is, as far as the shipped templates show by its use: first the entry's
    own, else all that have a field of that name."""

    def __init__(self, base: Mapping[str, Entry], sandbox: Sandbox) -> None:
        self._base, self._sandbox = base, sandbox
        self._templates: dict[str, nodes.Template] = {}
        self._elsewhere: dict[str, tuple[str, ...]] = {}

    def _parsed(self, key: str) -> nodes.Template:
        if key not in self._templates:
            self._templates[key] = self._sandbox.parse(self._base[key].source)
        return self._templates[key]

    def of(self, key: str) -> Iterator[dict[str, Sequence[object]]]:
        """Samples by field, once for each way in which fields whose kind is not plain may be meant."""
        template = self._parsed(key)
        fields = fields_of(self._base[key], self._sandbox)
        kinds = [self._kinds(template, field) for field in fields]
        words = [node.value for node in template.find_all(nodes.Const) if isinstance(node.value, str) and node.value]
        for meant in itertools.islice(itertools.product(*kinds), _MOST_MEANT):
            yield {field: self._samples(kind, words) for field, kind in zip(fields, meant, strict=True)}

    def _kinds(self, template: nodes.Template, field: str) -> tuple[str, ...]:
        kind = self._kind(template, field)
        if kind:
            return (kind,)
        if field not in self._elsewhere:
            word = re.compile(rf"\b{re.escape(field)}\b")
            having = (self._parsed(key) for key, entry in self._base.items() if word.search(entry.source))
            known = {kind for each in having if (kind := self._kind(each, field))}
            self._elsewhere[field] = tuple(sorted(known)) or ("text", "number")
        return self._elsewhere[field]

    @staticmethod
    def _samples(kind: str, words: Sequence[str]) -> Sequence[object]:
        return (*_SAMPLES[kind], *words[:4]) if kind == "text" else _SAMPLES[kind]

    def _kind(self, template: nodes.Template, field: str, depth: int = 3) -> str:
        """What it is used as: number, share, list, text; "" where that cannot be told."""
        ways = (
            (_BY_FILTER.get(node.name, "") for node in template.find_all(nodes.Filter) if _is(node.node, field)),
            (_taken_from(node) for node in template.find_all(nodes.Getitem) if _is(node.node, field)),
            ("text" for node in template.find_all(nodes.Getattr) if _is(node.node, field)),
            (_compared_with(node, field) for node in template.find_all(nodes.Compare)),
            ("number" for node in template.find_all(nodes.Call) if _counts(node, field)),
            (self._passed_on(node, field, depth) for node in template.find_all(nodes.Call)),
        )
        return next((kind for way in ways for kind in way if kind), "")

    def _passed_on(self, call: nodes.Call, field: str, depth: int) -> str:
        """The kind of a field that is handed to another entry."""
        if not (depth and isinstance(call.node, nodes.Name) and call.node.name == "say" and call.args):
            return ""
        key = call.args[0]
        if not isinstance(key, nodes.Const) or key.value not in self._base:
            return ""
        names = (each.key for each in call.kwargs if _is(each.value, field))
        return next((kind for name in names if (kind := self._kind(self._parsed(key.value), name, depth - 1))), "")


def _is(node: nodes.Node | None, field: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == field


def _taken_from(node: nodes.Getitem) -> str:
    return "list" if isinstance(node.arg, nodes.Slice) else "text"


def _compared_with(node: nodes.Compare, field: str) -> str:
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    constants = [side.value for side in sides if isinstance(side, nodes.Const)]
    if not constants or not any(_is(side, field) for side in sides):
        return ""
    return "number" if isinstance(constants[0], int | float) else "text"


def _counts(node: nodes.Call, field: str) -> bool:
    """Whether it is what plural() goes by."""
    if not (isinstance(node.node, nodes.Name) and node.node.name == "plural" and node.args):
        return False
    return any(_is(each, field) for each in (node.args[0], *node.args[0].find_all(nodes.Name)))
