"""Templates of HTML: the workspace's before those that come with qbrgen, sandboxed, faults told by file and line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.resources import templates_dir


def sandbox(name: str, own: Path | None) -> ImmutableSandboxedEnvironment:
    """The templates of the folder `own` before those in templates/`name`. What they print is escaped, and a name that
    does not exist fails."""
    folders = [FileSystemLoader(folder) for folder in (own, templates_dir() / name) if folder is not None]
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(folders),
        autoescape=select_autoescape(("html", "svg"), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@contextmanager
def template_errors(own: Path | None) -> Iterator[None]:
    """A fault in a user's template is told with its file and line; one in ours is a bug and keeps its traceback."""
    try:
        yield
    except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        if own is None:
            raise
        frames = traceback.extract_tb(problem.__traceback__)
        places = [(frame.filename, frame.lineno) for frame in frames if frame.filename.startswith(str(own))]
        if file := getattr(problem, "filename", None):
            places.append((file, getattr(problem, "lineno", None)))
        theirs = [place for place in places if place[0].startswith(str(own))]
        if not theirs:
            raise
        what = f"This template cannot be used: {problem}."
        fix = "Compare it with the one that comes with qbrgen, or delete it to use that one."
        raise InputError([Finding(Level.ERROR, "template", what, fix, Location(*theirs[-1]))]) from problem
