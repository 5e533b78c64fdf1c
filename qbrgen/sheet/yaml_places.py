"""Where values of a YAML text begin and end, as ruamel.yaml's marks tell it and where they do not."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode


class Places:
    """Places in one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, key_node: Node, node: Node) -> tuple[int, int]:
        """Where a value's own text begins and ends. key_node: its key, or itself where it is an item of a list."""
        if isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index and key_node is not node:
            after = self.after_colon(key_node)  # nothing stands there, and its marks may be those of the next line
            return after, after
        return node.start_mark.index, self.end(key_node, node)

    def after_colon(self, key_node: Node) -> int:
        end: int = key_node.end_mark.index
        rest = self.text[end:]
        return end + len(rest) - len(rest.lstrip()) + 1 if rest.lstrip().startswith(":") else end

    def end(self, key_node: Node, node: Node) -> int:
        """Where a value's own text ends; a block's end mark stands behind blanks and comments."""
        start: int = node.start_mark.index
        end: int = node.end_mark.index
        if isinstance(node, ScalarNode):
            if start == end and key_node is not node:
                return self.after_colon(key_node)
            if self.text[start : start + 1] in ("|", ">"):
                return max(start + 1, start + len(self.text[start:end].rstrip()))
            return end
        if self.text[start] in "[{":
            return end
        last: Any = node.value[-1]
        key, value = last if isinstance(node, MappingNode) else (last, last)
        return self.end(key, value)

    def lines(self, pair: tuple[str, Node, Node]) -> str:
        return self.text[pair[1].start_mark.index : self.end(pair[1], pair[2])]

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def after_line(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1

    def blank_at(self, index: int) -> bool:
        return not self.text[index:].partition("\n")[0].strip()
