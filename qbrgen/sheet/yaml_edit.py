"""A YAML text and the value that it is to hold → the text with just that changed.

Nothing is written anew but what differs: every other byte stays, with comments, order, quotes, indentation and line
ends. ruamel.yaml tells where each value stands; what comes out is read again and must hold just the value wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from qbrgen.load.yaml_files import core_scalar, parse_yaml
from qbrgen.sheet.yaml_places import Places
from qbrgen.sheet.yaml_text import entry, flow, item, scalar


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list that is wanted. was: its place in the list as it stands, from 0; None for a new one."""

    was: int | None
    value: Any


class NotEditableError(ValueError):
    """The file is written in a way that cannot be changed in parts (aliases, for one); the message tells which."""


def plain(wanted: Any) -> Any:
    """A wanted value without its `Item`s: what the file is to hold."""
    if isinstance(wanted, Item):
        return plain(wanted.value)
    if isinstance(wanted, dict):
        return {key: plain(value) for key, value in wanted.items()}
    return [plain(value) for value in wanted] if isinstance(wanted, list) else wanted


def edited(text: str, wanted: dict[str, Any], order: Sequence[str] = ()) -> str:
    """The text, changed so that it holds `wanted`.

    wanted: the whole mapping; lists hold `Item`s where their items are to be known again, plain values otherwise.
    order: keys at the top in the order of the schema, which tells where a new one goes. Raises NotEditableError.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    if _same(parse_yaml(body, "").value, plain(wanted)):
        return text
    ended = body.endswith("\n") or not body
    crlf = body.count("\r\n") * 2 > body.count("\n")
    result = _Edit(body if ended else f"{body}\n", order).run(wanted)
    result = result if ended else result.removesuffix("\n")
    for tried in (_comments_in_column(body, result), result):
        found = parse_yaml(tried, "")
        if not found.findings and _same(found.value, plain(wanted)):
            return mark + (tried.replace("\r\n", "\n").replace("\n", "\r\n") if crlf else tried)
    raise NotEditableError("it is written in a way that cannot be changed in parts, such as with aliases (&, *)")


def _same(found: Any, wanted: Any) -> bool:
    """Whether a value is the one wanted; a block of text may keep its last line end."""
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict) and found.keys() == wanted.keys() and all(_same(found[k], wanted[k]) for k in found)
        )
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_same, found, wanted))
    if isinstance(wanted, str) and isinstance(found, str):
        return found.rstrip("\n") == wanted.rstrip("\n")
    return bool(found == wanted) and type(found) is type(wanted)


_COMMENT = re.compile(r"(.*\S)( +)(#.*)")


def _comments_in_column(before: str, after: str) -> str:
    """Comments behind changed values go back to their column, as far as there is room."""
    columns: dict[str, set[int]] = {}
    for line in before.splitlines():
        if match := _COMMENT.fullmatch(line):
            columns.setdefault(match[3], set()).add(match.start(3))
    lines = after.split("\n")
    for number, line in enumerate(lines):
        match = _COMMENT.fullmatch(line.rstrip("\r"))
        if match and len(columns.get(match[3], ())) == 1:
            column = next(iter(columns[match[3]]))
            space = " " * max(1, column - len(match[1]))
            lines[number] = f"{match[1]}{space}{match[3]}" + line[len(line.rstrip("\r")) :]
    return "\n".join(lines)


class _Edit(Places):
    """One text; collects the pieces to replace, and puts them in at the end, last first."""

    def __init__(self, text: str, order: Sequence[str]) -> None:
        super().__init__(text)
        self.order = list(order)
        self.pieces: list[tuple[int, int, str]] = []  # start, end, what goes there

    def run(self, wanted: dict[str, Any]) -> str:
        root = YAML(typ="safe", pure=True).compose(self.text)
        if root is None:
            end = self.text if not self.text or self.text.endswith("\n") else self.text + "\n"
            return end + "".join(entry(key, value, 0) + "\n" for key, value in plain(wanted).items())
        if not isinstance(root, MappingNode):
            raise NotEditableError("its top level is no mapping")
        self.dash = _dash_indent(root)
        self._mapping(root, wanted, top=True)
        return self._put_in()

    def _put_in(self) -> str:
        result = self.text
        last = len(result) + 1
        # what was noted first comes first where several go in at one place
        numbered = sorted(((start, end, n, new) for n, (start, end, new) in enumerate(self.pieces)), reverse=True)
        for start, end, _, new in numbered:
            if end > last:
                raise NotEditableError("two changes meet in one place")
            last = start
            result = result[:start] + new + result[end:]
        return result

    # ---- values -----------------------------------------------------------------------------------------------------

    def _value(self, key: str, key_node: Node, node: Node, wanted: Any, in_flow: bool) -> None:
        if isinstance(wanted, dict) and isinstance(node, MappingNode):
            self._mapping(node, wanted)
        elif isinstance(wanted, list) and isinstance(node, SequenceNode):
            self._sequence(key, node, wanted)
        elif isinstance(wanted, list) and len(wanted) > 0 and _is_first(wanted):
            self._into_list(key_node, node, wanted)
        elif isinstance(node, ScalarNode) and not isinstance(wanted, dict | list):
            self._scalar(key_node, node, wanted, in_flow)
        else:
            self._anew(key, key_node, node, wanted, in_flow)

    def _scalar(self, key_node: Node, node: Node, wanted: Any, in_flow: bool) -> None:
        start, end = self.span(key_node, node)
        before = self.text[start:end]
        there = node.value if before[:1] in ("'", '"', "|", ">") else core_scalar(node.value)
        if _same(there, wanted):
            return
        new = scalar(wanted, flow=in_flow, like=before, indent=key_node.start_mark.column)
        if before[:1] in ("|", ">"):
            new += before[len(before.rstrip("\n")) :]
        self.pieces.append((start, end, new if start < end else f" {new}"))

    def _anew(self, key: str, key_node: Node, node: Node, wanted: Any, in_flow: bool) -> None:
        """A value of another shape, or a list that was one item: its own text goes."""
        start, end = self.span(key_node, node)
        if "#" in self.text[start:end]:
            raise NotEditableError(f"`{key}` holds comments, and is to be written in another shape")
        if in_flow or isinstance(node, ScalarNode) or self.text[start] in "[{":
            new = flow(plain(wanted)) if isinstance(wanted, dict | list) else scalar(wanted, flow=in_flow)
            self.pieces.append((start, end, new if start < end else f" {new}"))
            return
        column = key_node.start_mark.column
        self.pieces.append((key_node.start_mark.index, end, entry(key, plain(wanted), column, self.dash)))

    def _into_list(self, key_node: Node, node: Node, wanted: list[Any]) -> None:
        """One item that stands without a dash gets one, and the others after it."""
        start, end = self.span(key_node, node)
        column, dash = key_node.start_mark.column, self.dash
        if not isinstance(node, MappingNode) or self.text[start] == "{":
            first = self.text[start:end]
            rest = ", ".join(flow(plain(each)) for each in wanted[1:])
            if not _same(parse_yaml(f"k: {first}", "").value["k"], plain(wanted[0])):
                first = flow(plain(wanted[0]))
            self.pieces.append((start, end, f"[{first}{', ' if rest else ''}{rest}]"))
            return
        indent = node.start_mark.column
        self.pieces.append((start, start, "- "))
        self._mapping(node, wanted[0].value if isinstance(wanted[0], Item) else wanted[0])
        for line in _line_starts(self.text, start, end):
            self.pieces.append((line, line, "  "))
        for each in wanted[1:]:
            new = item(plain(each), indent, one_line=False, dash=dash)
            after = self.after_line(end)
            self.pieces.append((after, after, f"{' ' * max(indent, column)}{new}\n"))

    # ---- mappings ---------------------------------------------------------------------------------------------------

    def _mapping(self, node: MappingNode, wanted: dict[str, Any], *, top: bool = False) -> None:
        in_flow = self.text[node.start_mark.index] == "{"
        pairs = [(str(key.value), key, value) for key, value in node.value]
        staying = [pair for pair in pairs if pair[0] in wanted]
        if not staying:
            self._all_new(pairs, wanted, in_flow)
            return
        for key, key_node, value_node in staying:
            self._value(key, key_node, value_node, wanted[key], in_flow)
        self._remove(pairs, set(wanted), in_flow)
        new = [(key, value) for key, value in wanted.items() if key not in {each for each, _, _ in pairs}]
        order = self.order if top and self.order else list(wanted)
        for key, value in new:
            before = [pair for pair in staying if _rank(order, pair[0]) < _rank(order, key)]
            place = max(before, key=lambda pair: _rank(order, pair[0])) if before else None
            if in_flow:
                self._add_in_flow(key, plain(value), place, staying[0])
            else:
                self._add(key, plain(value), place, staying[0], top)

    def _all_new(self, pairs: list[tuple[str, Node, Node]], wanted: dict[str, Any], in_flow: bool) -> None:
        """Not one of the keys stays."""
        first, last = pairs[0][1].start_mark.index, self.end(*pairs[-1][1:])
        if in_flow:
            self.pieces.append((first, last, flow(plain(wanted))[1:-1]))
            return
        if self.text[self.line_start(first) : first].strip() or not wanted:
            raise NotEditableError("every key of a mapping is to be another")
        self._remove(pairs, set(), in_flow)
        column, end = pairs[0][1].start_mark.column, self.after_line(last)
        new = (" " * column + entry(key, plain(value), column, self.dash) + "\n" for key, value in wanted.items())
        self.pieces.append((end, end, "".join(new)))

    def _remove(self, pairs: list[tuple[str, Node, Node]], keep: set[str], in_flow: bool) -> None:
        done = 0
        for index, (key, key_node, value_node) in enumerate(pairs):
            start, end = key_node.start_mark.index, self.end(key_node, value_node)
            if key in keep or start < done:
                continue
            preceding = any(pair[0] in keep for pair in pairs[:index])
            after = next((pair[1].start_mark.index for pair in pairs[index + 1 :] if pair[0] in keep), None)
            if in_flow:
                if preceding:
                    start = self.end(*pairs[index - 1][1:])
                elif after is not None:
                    end = after
            elif self.text[self.line_start(start) : start].strip() and after is not None:  # it stands behind a dash
                end = after
            else:
                start, end = self.line_start(start), self.after_line(end)
            done = end
            self.pieces.append((start, end, ""))

    def _add_in_flow(self, key: str, value: Any, place: Any, first: Any) -> None:
        new = f"{scalar(key, flow=True)}: {flow(value)}"
        if place is None:
            start = first[1].start_mark.index
            self.pieces.append((start, start, f"{new}, "))
        else:
            end = self.end(place[1], place[2])
            self.pieces.append((end, end, f", {new}"))

    def _add(self, key: str, value: Any, place: Any, first: Any, top: bool) -> None:
        column = first[1].start_mark.column
        new = entry(key, value, column, self.dash)
        if place is None:
            start = first[1].start_mark.index
            self.pieces.append((start, start, new + "\n" + " " * column))
            return
        end = self.after_line(self.end(place[1], place[2]))
        apart = top and "\n" in new and ("\n" in self.lines(place) or self.blank_at(end))
        self.pieces.append((end, end, "\n" * apart + " " * column + new + "\n"))

    # ---- lists ------------------------------------------------------------------------------------------------------

    def _sequence(self, key: str, node: SequenceNode, wanted: list[Any]) -> None:
        items = [each if isinstance(each, Item) else None for each in wanted]
        if any(each is None for each in items):
            wanted = _aligned([self._plain(each) for each in node.value], wanted)
        in_flow = self.text[node.start_mark.index] == "["
        kept = [each for each in wanted if each.was is not None]
        for each in kept:
            child = node.value[each.was]
            self._value(key, child, child, each.value, in_flow)
        if in_flow:
            self._flow_list(node, wanted)
        else:
            self._block_list(node, wanted, kept)

    def _plain(self, node: Node) -> Any:
        start, end = self.span(node, node)
        return parse_yaml(" " * node.start_mark.column + self.text[start:end], "").value

    def _flow_list(self, node: SequenceNode, wanted: list[Item]) -> None:
        there = [each.was for each in wanted if each.was is not None]
        if there != sorted(there):
            raise NotEditableError("the items of a list in brackets are to stand in another order")
        spans = [self.span(child, child) for child in node.value]
        for index, (start, end) in enumerate(spans):
            if index in there:
                continue
            if any(was < index for was in there):
                self.pieces.append((spans[index - 1][1], end, ""))
            else:
                self.pieces.append((start, spans[index + 1][0] if index + 1 < len(spans) else end, ""))
        new = ", ".join(flow(plain(each)) for each in wanted if each.was is None)
        if new:
            end = spans[max(there)][1] if there else node.end_mark.index - 1
            self.pieces.append((end, end, f", {new}" if there else new))

    def _block_list(self, node: SequenceNode, wanted: list[Item], kept: list[Item]) -> None:
        places = [each.was for each in kept if each.was is not None]
        for index, child in enumerate(node.value):
            if index not in places:
                start = self.line_start(child.start_mark.index)
                self.pieces.append((start, self.after_line(self.end(child, child)), ""))
        if places != sorted(places):
            self._reorder(node, places)
        one_line = all(self.text[child.start_mark.index] == "{" for child in node.value)
        column = _dash_column(self.text, node.value[0])
        last = node.value[max(places, default=-1)]
        end = self.after_line(self.end(last, last))
        for each in (each for each in wanted if each.was is None):
            new = item(plain(each), column, one_line=one_line, dash=self.dash)
            self.pieces.append((end, end, " " * column + new + "\n"))

    def _reorder(self, node: SequenceNode, places: list[int]) -> None:
        """Items change places, each with the comment lines right above it and with what changes within it."""
        spans = {was: self._chunk(node.value[was]) for was in places}
        texts = {was: self._changed_within(*span) for was, span in spans.items()}
        for slot, was in zip(sorted(places), places, strict=True):
            start, end = spans[slot]
            self.pieces = [piece for piece in self.pieces if not _within(piece, start, end)]
            self.pieces.append((start, end, texts[was]))

    def _changed_within(self, start: int, end: int) -> str:
        """A part of the text with the changes that fall into it."""
        part = _Edit(self.text[start:end], ())
        part.pieces = [(a - start, b - start, new) for a, b, new in self.pieces if _within((a, b, new), start, end)]
        return part._put_in()

    def _chunk(self, child: Node) -> tuple[int, int]:
        """An item's lines, with the comment lines right above it."""
        start = self.line_start(child.start_mark.index)
        while start:
            above = self.line_start(start - 1)
            if not self.text[above:start].lstrip().startswith("#"):
                break
            start = above
        return start, self.after_line(self.end(child, child))


def _within(piece: tuple[int, int, str], start: int, end: int) -> bool:
    """Whether a change falls into a part of the text; what goes in right at its end belongs to it."""
    return start <= piece[0] < end or piece[0] == piece[1] == end


def _is_first(wanted: list[Any]) -> bool:
    return not isinstance(wanted[0], Item) or wanted[0].was in (0, None)


def _rank(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where each line after the first of a span begins, blank ones left out."""
    at = text.find("\n", start, end)
    while at >= 0:
        if text[at + 1 : end].partition("\n")[0].strip():
            yield at + 1
        at = text.find("\n", at + 1, end)


def _dash_column(text: str, child: Node) -> int:
    line = text.rfind("\n", 0, child.start_mark.index) + 1
    return text.index("-", line) - line


def _dash_indent(root: MappingNode) -> int:
    """How far the dashes of the file's lists stand in from their keys; two where it has none."""
    for key, value in root.value:
        if isinstance(value, SequenceNode) and value.value and not value.flow_style:
            return int(value.start_mark.column - key.start_mark.column)
    return 2


def _aligned(there: list[Any], wanted: list[Any]) -> list[Item]:
    """Plain items wanted, each known again by its place where there are as many as before, else by its value."""
    if len(there) == len(wanted):
        return [Item(was, value) for was, value in enumerate(wanted)]
    left = list(range(len(there)))
    found = []
    for value in wanted:
        was = next((index for index in left if there[index] == plain(value)), None)
        if was is not None:
            left.remove(was)
        found.append(Item(was, value))
    return found
