"""A pseudo-language: every word of the wording files, and every word typed into a workspace, in accented letters.

What is left in plain letters afterwards is neither: it is a name, an id, Babel's, or left in the code.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from jinja2 import Environment

from qbrgen.resources import templates_dir

LANGUAGE = "eo"  # a language that Babel knows and nobody has worded
_ACCENTED = str.maketrans("aceiounsyzACEIOUNSYZ", "äçéïöüñšýžÄÇÉÏÖÜÑŠÝŽ")
_REST = str.maketrans("bdfghjklmpqrtvwxBDFGHJKLMPQRTVWX", "þđfğĥĵķłmpqŕťvŵxÞĐFĞĤĴĶŁMPQŔŤVŴX")
# Calls whose texts are keys or parts of a text that is looked into, and no words that are said.
_NOT_SAID = frozenset({"say", "split", "startswith", "endswith", "removeprefix", "removesuffix"})
# What people type into a workspace's files for others to read.
TYPED = frozenset(
    {
        *("name", "one", "of", "do", "did", "produces", "bought", "measure", "what", "by", "action", "owner", "ask"),
        *("ask_of_leadership", "role", "period", "unit", "notes", "source", "title"),
    }
)
_CHOICES = {"measured", "estimate", "benchmark"}
PLAIN_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]{2,}(?![\w@/])")


def accented(text: str) -> str:
    """`text` with other letters: still as long, and no English word is left in it."""
    return text.translate(_ACCENTED).translate(_REST)


def pseudo_template(source: str) -> str:
    """A wording template whose words are accented; its fields, filters and keys stay."""
    made: list[str] = []
    calls: list[str] = []
    name = before = ""
    for _, kind, value in Environment().lex(source):
        text = value
        said = kind == "string" and before not in ("==", "!=", "in") and not _NOT_SAID & set(calls)
        if kind == "data" or said:
            text = accented(value)
        elif kind == "operator" and value == "(":
            calls.append(name if before == name else "")
        elif kind == "operator" and value == ")" and calls:
            calls.pop()
        if kind == "name":
            name = value
        if kind != "whitespace":
            before = value
        made.append(text)
    return "".join(made)


def pseudo_words(root: Path) -> None:
    """The shipped wording as that of another language, below `root`."""

    def turned(value: Any) -> Any:
        return {key: turned(item) for key, item in value.items()} if isinstance(value, dict) else pseudo_template(value)

    folder = root / "templates" / "wording" / LANGUAGE
    folder.mkdir(parents=True)
    for path in (templates_dir() / "wording" / "en").glob("*.yml"):
        entries = turned(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))
        (folder / path.name).write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")


def pseudo_workspace(sample: Path, root: Path) -> Path:
    """A copy of a workspace in the pseudo-language: its wording, and all that is typed in its YAML files."""
    shutil.copytree(sample, root, ignore=shutil.ignore_patterns("out", "templates"))
    pseudo_words(root)
    for path in root.rglob("*.yml"):
        if {"playbooks", "accounts", "reviews"} & set(path.parts):
            value = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
            text = yaml.safe_dump(_typed(value), allow_unicode=True, sort_keys=False, default_style='"')
            path.write_text(re.sub(r'"(true|false|\d+)"$', r"\1", text, flags=re.M), encoding="utf-8")
    settings = root / "qbrgen.yml"
    text, found = re.subn(r"(?m)^locale: .*$", f"locale: {LANGUAGE}", settings.read_text("utf-8"))
    assert found
    settings.write_text(text, "utf-8")
    return root


def _typed(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):  # what a record keeps of a deck's sentences is in the language of that deck
        return {k: accented(item) if key == "told" else _typed(item, k) for k, item in value.items()}
    if isinstance(value, list):
        return [_typed(item, key) for item in value]
    known_unit = isinstance(value, str) and (value in _CHOICES or re.fullmatch(r"[A-Z]{3}|%|", value))
    return accented(value) if isinstance(value, str) and key in TYPED and not known_unit else value


def known_words(root: Path) -> set[str]:
    """Words that stay as they are: those of the data's files (names, ids), ids in the definitions, Babel's."""
    texts = [path.read_text(encoding="utf-8") for path in (root / "data").glob("*.csv")]
    texts += list(_ids(root))
    locale = Locale.parse(LANGUAGE)
    texts += [str(name) for width in locale.months["format"].values() for name in width.values()]
    texts += [text.title() for text in texts[-24:]]  # at the start of a sentence
    texts += ["kaj aŭ", *(path.name for path in root.rglob("*") if path.is_file())]
    return {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)}


def _ids(root: Path) -> Iterator[str]:
    for path in root.rglob("*.yml"):
        if "wording" not in path.parts:
            yield from _strings(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key) if "-" in str(key) else ""
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def left_in_code(text: str, known: set[str]) -> list[str]:
    """Words of a text that come from neither file nor person, with what stands around them."""
    return [
        text[max(0, match.start() - 30) : match.end() + 30]
        for match in PLAIN_WORD.finditer(text)
        if match[0] not in known and match[0].upper() != match[0]
    ]
