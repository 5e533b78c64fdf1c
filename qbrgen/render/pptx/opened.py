"""A theme's template, opened once for all decks that are made on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from qbrgen.document import Role
from qbrgen.errors import Finding
from qbrgen.render.pptx.own_template import own_template
from qbrgen.render.pptx.package import Blank
from qbrgen.render.pptx.slots import Layout
from qbrgen.theme import Theme


@dataclass(frozen=True, slots=True)
class Opened:
    """The layouts by role, the template's parts, and what had to be done about the theme. Decks change none of it."""

    layouts: Mapping[Role, Layout]
    blank: Blank
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """A theme and the state of its template's file: what is kept holds as long as neither changes."""

    said: str
    file: tuple[int, int] | None
    theme: Theme = field(compare=False)


def opened(theme: Theme) -> Opened:
    """The theme's template; arguments and errors are those of `open_template`."""
    status = theme.template.stat() if theme.template is not None and theme.template.is_file() else None
    return _opened(_State(repr(theme), (status.st_size, status.st_mtime_ns) if status else None, theme))


@lru_cache(maxsize=4)
def _opened(state: _State) -> Opened:
    own = own_template(state.theme)
    if own is not None:
        return Opened(*own, ())
    from qbrgen.render.pptx.layouts import open_template
    from qbrgen.render.pptx.package import blank

    presentation, layouts, findings = open_template(state.theme)
    return Opened(layouts, blank(presentation), tuple(findings))
