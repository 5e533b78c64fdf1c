"""Templates of HTML: the workspace's before those that come with qbrgen, sandboxed, faults told by file and line."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    select_autoescape,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.render.limits import TooSlow
from qbrgen.resources import templates_dir

FAULTS = frozenset({"template", "template-limit", "template-elsewhere"})
"""Codes of what is wrong with a template of a user's own."""
LONGEST = 4_000_000
"""Characters that a page of one account may come to: twenty times what a brief has."""
_FAULTS = (TemplateError, RecursionError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
_FIX = "Compare it with the one that comes with qbrgen, or delete it to use that one."


def own_templates(folder: Path | None) -> Path | None:
    """The folder of a user's templates, None where there is no such folder or nothing in it."""
    return folder if folder is not None and folder.is_dir() and any(folder.iterdir()) else None


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's, without the one sum that a line of text makes endless: it is done even before the template runs."""

    intercepted_binops = frozenset({"**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Raises SecurityError: only ** comes here."""
        raise SecurityError(f"{operator} is not for templates")


def sandbox(name: str, own: Path | None, filters: Mapping[str, Callable[..., Any]], known: Collection[str]) -> Sandbox:
    """The templates of the folder `own` before those in templates/`name`. What they print is escaped, and a name that
    does not exist fails. known: names that they are given, for messages."""
    shipped = FileSystemLoader(templates_dir() / name)
    made = Sandbox(
        loader=shipped if own is None else ChoiceLoader([_Folder(own), shipped]),
        autoescape=select_autoescape(("html", "svg"), default_for_string=True),
        undefined=type("Unknown", (_Unknown,), {"known": tuple(sorted(known))}),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= filters
    return made


class _Folder(FileSystemLoader):
    """A user's folder, whose files are read only where they lie in it: a link leads nowhere else."""

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = super().get_source(environment, template)
        home = Path(self.searchpath[0]).resolve()
        file = str(found[1])
        if not Path(file).resolve().is_relative_to(home):
            what = f"{template} is a link to a file elsewhere: only what lies in this folder is read."
            raise InputError([Finding(Level.ERROR, "template-elsewhere", what, "Copy the file there.", Location(file))])
        return found


class _Unknown(StrictUndefined):
    """A name that is not there: says which are."""

    known: tuple[str, ...] = ()

    @property
    def _undefined_message(self) -> str:
        holder, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint:
            return self._undefined_hint
        if dataclasses.is_dataclass(holder):
            fields = ", ".join(field.name for field in dataclasses.fields(holder))
            return f"{type(holder).__name__} has no {name!r}; it has {fields}"
        if isinstance(holder, Mapping):
            return f"there is no {name!r}; there are {', '.join(map(str, holder))}"
        message: str = super()._undefined_message
        return f"{message}; there are {', '.join(self.known)}" if message.endswith("is undefined") else message


def printed(template: Template, own: Path | None, facts: Mapping[str, Any], accounts: int = 1) -> str:
    """What a template prints. One of a user's that prints without end is stopped, at the line where it was.

    accounts: in the document, each of which may come to LONGEST.
    """
    if own is None:
        return template.render(facts)
    pieces, size = [], 0
    running = cast("Generator[str, None, None]", template.generate(facts))
    for piece in running:
        size += len(piece)
        if size > LONGEST * accounts:
            running.throw(ValueError(f"it prints more than {LONGEST * accounts:,} characters"))
        pieces.append(piece)
    return "".join(pieces)


@contextmanager
def template_errors(own: Path | None) -> Iterator[None]:
    """A fault in a user's template is told with its file and line; one in ours is a bug and keeps its traceback."""
    try:
        yield
    except TooSlow as problem:
        if own is None or not (place := _place(problem, own)):
            raise
        raise _told("template-limit", "This template does not come to an end.", place) from None
    except MemoryError as problem:
        if own is None or not (place := _place(problem, own)):
            raise
        raise _told("template-limit", "This template takes more memory than there is for it.", place) from None
    except _FAULTS as fault:
        if own is None or not (place := _place(fault, own)):
            raise
        what = "it calls itself without end" if isinstance(fault, RecursionError) else str(fault)
        raise _told("template", f"This template cannot be used: {what.rstrip('.')}.", place) from fault


def _told(code: str, what: str, place: tuple[str, int | None]) -> InputError:
    return InputError([Finding(Level.ERROR, code, what, _FIX, Location(*place))])


def _place(problem: BaseException, own: Path) -> tuple[str, int | None] | None:
    """(file, line) of the innermost template of the user's that a problem went through."""
    places = list(_lines(problem.__traceback__))
    if file := getattr(problem, "filename", None):
        places.append((file, getattr(problem, "lineno", None)))
    theirs = [place for place in places if Path(place[0]).is_relative_to(own)]
    return theirs[-1] if theirs else None


def _lines(trace: TracebackType | None) -> Iterator[tuple[str, int | None]]:
    """(file, line) of every frame; of a template the line in its own file, also where Jinja2 has not put it right."""
    for frame, line in traceback.walk_tb(trace):
        template = frame.f_globals.get("__jinja_template__")
        told = template.get_corresponding_lineno(line) if template is not None else line
        yield frame.f_code.co_filename, told
