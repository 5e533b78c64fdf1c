"""Whatever is broken in a template: it is refused in a message, or a deck is made on it; never a traceback."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from broken_templates import Parts, plain
from lxml import etree

from qbrgen.compose.preview import preview_document
from qbrgen.errors import InputError
from qbrgen.render.pptx.deck import deck_bytes
from qbrgen.render.pptx.opc import write_package
from qbrgen.render.pptx.theme_folder import theme_files
from qbrgen.theme.load import read_theme

ROUNDS = 150
VALUES = ("", "-1", "999999999999", "abc", "0", "1.5", "100%", "true", "NaN")


def damaged(parts: Parts, chance: random.Random) -> Parts:
    """The parts with some elements and attributes of layouts, masters, theme or package gone or changed."""
    looks = ("slideLayouts/slideLayout", "slideMasters/", "theme/", "presentation.xml", "[Content_Types]")
    names = [name for name in parts if any(look in name for look in looks)]
    for name in chance.choices(names, k=chance.randint(1, 3)):
        root = etree.fromstring(parts[name])
        for _ in range(chance.randint(1, 4)):
            nodes = [node for node in root.iter() if isinstance(node.tag, str) and node.getparent() is not None]
            if nodes:
                _damage(chance.choice(nodes), chance)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts


def _damage(node: etree._Element, chance: random.Random) -> None:
    attributes = list(node.attrib)
    way = chance.random()
    if way < 0.4 or not attributes:
        node.getparent().remove(node)
    elif way < 0.6:
        del node.attrib[chance.choice(attributes)]
    else:
        node.set(chance.choice(attributes), chance.choice(VALUES))


def worlds() -> Iterator[tuple[int, bytes]]:
    for seed in range(ROUNDS):
        yield seed, write_package(damaged(plain(), random.Random(seed)))


@pytest.mark.slow
def test_a_damaged_template_is_refused_or_used(tmp_path: Path) -> None:
    whole = preview_document("x")
    document = dataclasses.replace(whole, slides=whole.slides[:5])
    used = refused = 0
    for seed, content in worlds():
        path = tmp_path / "damaged.pptx"
        path.write_bytes(content)
        folder = tmp_path / "theme"
        folder.mkdir(exist_ok=True)
        try:
            for name, made in theme_files(path, "x")[0].items():
                (folder / name).write_bytes(made)
            deck_bytes(document, read_theme(folder))
        except InputError:
            refused += 1
            continue
        except Exception as bug:
            bug.add_note(f"seed {seed}")
            raise
        used += 1
    assert used > ROUNDS / 4
    assert refused > ROUNDS / 10
