"""docs/templates-reference.md, made from the code: what each template is given, and the fields of it."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from reference import _class

from qbrgen import document
from qbrgen.render.html import write
from qbrgen.render.pdf import columns, html, style, views

_OPENING = """# Reference: what templates are given

Made from the code by `pytest tests/docs --update-golden`; do not edit. [Templates](templates.md) says how to change
them, and `qbrgen template list` names them.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            _OPENING,
            *_given("brief/*.html", html.VARIABLES, html.FILTERS),
            *_given("brief/style.css", html.STYLE, {}),
            *(part for name, facts in html.DRAWINGS.items() for part in _given(f"brief/svg/{name}.svg", facts, {})),
            *_given("talk-track/*", write.VARIABLES, write.FILTERS),
            "## Fields\n",
            *(_class(cls).replace("| field | type | seen by |\n|---|---|---|", "| field | type |\n|---|---|")
              .replace(" | all |", " |") for cls in _classes()),
            _words(),
        ]
    )  # fmt: skip


def _given(name: str, variables: Mapping[str, str], filters: Mapping[str, Callable[..., Any]]) -> Iterable[str]:
    rows = "\n".join(f"| `{key}` | {says} |" for key, says in variables.items())
    yield f"## {name}\n\n| variable | what it is |\n|---|---|\n{rows}\n"
    if filters:
        said = "\n".join(f"| `{key}` | {_first(made)} |" for key, made in sorted(filters.items()))
        yield f"| filter, besides Jinja2's | what it makes |\n|---|---|\n{said}\n"


def _first(made: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(made) or "").split())


def _classes() -> list[type]:
    """Those that a template sees: the document's, and what pages are made of."""
    of_pages = (
        views.PartView,
        views.BarColumns,
        columns.ColumnView,
        style.Sheet,
        style.StyleValues,
        style.FontFaceRule,
    )
    found = [cls for _, cls in inspect.getmembers(document, dataclasses.is_dataclass)]
    slides = (document.Slide, document.Reading, document.Readings)
    seen = [cls for cls in found if cls.__module__.startswith(document.__name__) and cls not in slides]
    seen.sort(key=lambda cls: (cls is not document.Document, cls is not document.Section, cls.__name__))
    return [*seen, *of_pages]


def _words() -> str:
    rows = "\n".join(_word(each) for each in (document.Status, document.Mark))
    return f"### Words\n\n| enumeration | its words (`.name`, `.value`) |\n|---|---|\n{rows}\n"


def _word(enumeration: type[Enum]) -> str:
    return f"| `{enumeration.__name__}` | {', '.join(f'{each.name} “{each.value}”' for each in enumeration)} |"
