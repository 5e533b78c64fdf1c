"""What a wording template may do: say words, choose between them, call another entry. Nothing else.

Jinja2's immutable sandbox, made narrower: a few filters and methods of text, one loop deep, and an end to everything
that could grow. In: the source of a template. Out: an environment that runs it, and what is wrong with it in advance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 20_000
"""Characters that an entry may come to: far more than any text about an account."""
FUNCTIONS = ("plural", "say")
METHODS = ("startswith", "endswith", "split", "lower", "upper", "strip", "removeprefix", "removesuffix")
"""Methods of text that a template may call."""
_THOUSAND = 1000
_LOOP = frozenset({"first", "last", "index", "index0", "length", "revindex", "previtem", "nextitem"})
_PLAIN_FILTERS = ("abs", "default", "first", "int", "join", "last", "length", "list", "lower", "round", "trim", "upper")
_ALLOWED = (
    *(
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.Name,
        nodes.Const,
        nodes.If,
        nodes.CondExpr,
        nodes.Assign,
    ),
    *(nodes.Filter, nodes.Test, nodes.Call, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg),
    *(nodes.Pos, nodes.Concat, nodes.List, nodes.Tuple, nodes.Keyword, nodes.For, nodes.With, nodes.Scope),
)
_CALLED = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.Block: "block",
    nodes.AssignBlock: "set … endset",
    nodes.Pow: "**",
    nodes.Dict: "{…: …}",
}


class Year(int):
    """A year: a number that no sign stands within."""


class TooLongError(SecurityError):
    """A template that comes to more than any text has."""


class _Generator(CodeGenerator):
    """Code in which ~ minds the length of what it makes."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja2's own name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment of `functions` and `filters`, and of little else.

    grouped: how a whole number of thousands is written; a `Year` is written as it is.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    code_generator_class = _Generator

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        filters: Mapping[str, Callable[..., Any]],
        grouped: Callable[[int], str] = str,
    ) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, finalize=self.printed)
        self.grouped = grouped
        self.globals = dict(functions)
        self.filters = {name: self.filters[name] for name in _PLAIN_FILTERS} | {"replace": _replaced} | dict(filters)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - Jinja2's own signature
        """Text has a few methods and a loop its place; nothing else has anything to ask for."""
        return (isinstance(obj, str) and attr in METHODS) or (isinstance(obj, LoopContext) and attr in _LOOP)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers are reckoned with; text is only put together."""
        if isinstance(left, str) and isinstance(right, str) and operator == "+":
            return self.joined((left, right))
        if operator == "**" or any(isinstance(side, str | list | tuple) for side in (left, right)):
            raise SecurityError(f"{operator} is for numbers only")
        return super().call_binop(context, operator, left, right)

    def printed(self, value: object) -> object:
        """What is put into a text for a value. Raises ValueError for a fact that is missing."""
        if value is None:
            raise ValueError("a fact that is missing would have been written into the text")
        return self.grouped(value) if type(value) is int and value >= _THOUSAND else value

    def joined(self, parts: Sequence[Any]) -> str:
        """Parts as one text. Raises TooLongError where that is longer than any text about an account."""
        text = "".join(str(self.printed(part)) for part in parts)
        if len(text) > LONGEST:
            raise TooLongError(f"it comes to more than {LONGEST:,} characters")
        return text


_compiled: dict[tuple[type[Sandbox], frozenset[str], str], CodeType] = {}
_MOST_COMPILED = 20_000


def template_of(environment: Sandbox, source: str) -> Template:
    """The template of a source. The same words are compiled once for all environments that compile them alike.

    Raises what Jinja2 raises for a source that cannot be parsed.
    """
    key = (type(environment), frozenset(environment.filters), source)
    if key not in _compiled:
        if len(_compiled) >= _MOST_COMPILED:
            _compiled.clear()
        _compiled[key] = environment.compile(source)
    return Template.from_code(environment, _compiled[key], environment.make_globals(None))


def rendered(pieces: Iterator[str]) -> str:
    """The text of a template, piece by piece, stopped where it does not end."""
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > LONGEST:
            raise TooLongError(f"it comes to more than {LONGEST:,} characters")
        found.append(piece)
    return "".join(found)


def forbidden(template: nodes.Template, filters: Mapping[str, object]) -> Iterator[tuple[int, str, str]]:
    """(line, what, fix) of everything in a parsed template that no wording needs."""
    for node in _nodes(template):
        if not isinstance(node, _ALLOWED):
            name = _CALLED.get(type(node), type(node).__name__)
            yield node.lineno, f"'{name}' is not for wording.", "Use words, fields, filters, if and say()."
        elif isinstance(node, nodes.For) and (node.recursive or any(node is not f for f in node.find_all(nodes.For))):
            yield node.lineno, "a loop within a loop is not for wording.", "Use the filters join and listing."
        elif isinstance(node, nodes.Filter) and node.name not in filters:
            yield (
                node.lineno,
                f"there is no filter '{node.name}'.",
                f"The filters there are: {', '.join(sorted(filters))}.",
            )
        elif isinstance(node, nodes.Getattr) and node.attr not in (*METHODS, *_LOOP):
            yield node.lineno, f"'.{node.attr}' is not for wording.", f"Text has: {', '.join(METHODS)}."
        elif isinstance(node, nodes.Call) and not _may_be_called(node.node):
            yield (
                node.lineno,
                "only say(), plural() and methods of text are called.",
                f"Text has: {', '.join(METHODS)}.",
            )


def _may_be_called(node: nodes.Expr) -> bool:
    if isinstance(node, nodes.Name):
        return node.name in FUNCTIONS
    return isinstance(node, nodes.Getattr) and node.attr in METHODS


def _nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _nodes(child)


def said_entries(template: nodes.Template) -> Iterator[tuple[int, str]]:
    """(line, key) of every entry that a template says by a key written out."""
    for call in template.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and call.args:
            key = call.args[0]
            if isinstance(key, nodes.Const) and isinstance(key.value, str):
                yield call.lineno, key.value


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) * len(new) > LONGEST:
        raise TooLongError(f"it comes to more than {LONGEST:,} characters")
    return text.replace(old, new)
