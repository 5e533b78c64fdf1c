"""`qbrgen lint`: the signs of a generated document in any deck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import json_option, stop
from qbrgen.cli.terminal import say_json, say_line
from qbrgen.errors import Finding, InputError

if TYPE_CHECKING:
    from qbrgen.lint import SignFound

FOUND = 1


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
@click.option("--template", is_flag=True, help="Also judge what the deck's masters and layouts draw themselves.")
@json_option
def lint(files: tuple[Path, ...], template: bool, as_json: bool) -> None:
    """Find the signs of a generated document in any deck.

    Twelve of them, from a rule under a title to a "Thank you" slide; docs/lint.md defines each. Every finding tells the
    slide, the shape, what is wrong and what to do.

    \b
    Example:
      qbrgen lint out/for-customers/*.pptx
      qbrgen lint --json deck.pptx

    Exit codes: 0 none was found; 1 some were; 2 a file cannot be read.
    """
    from qbrgen.lint import lint_deck

    wrong: list[Finding] = []
    found: list[tuple[Path, SignFound]] = []
    for path in files:
        try:
            found += [(path, one) for one in lint_deck(path, template=template)]
        except InputError as problem:
            wrong += problem.findings
    if wrong:
        raise InputError(wrong)
    if as_json:
        say_json([_record(path, one) for path, one in found])
    else:
        for path, one in found:
            say_line(_line(path, one))
        decks = f"{len(files)} deck{'' if len(files) == 1 else 's'}"
        say_line(f"{len(found) or 'No'} sign{'' if len(found) == 1 else 's'} found in {decks}.", err=True)
    if found:
        stop(FOUND)


def _line(path: Path, one: SignFound) -> str:
    place = f", slide {one.slide}" if one.slide else ""
    shape = f", {one.shape}" if one.shape else ""
    return f"{path}{place}{shape}: {one.code} (sign {one.sign}): {one.what} {one.fix}"


def _record(path: Path, one: SignFound) -> dict[str, object]:
    return {
        "file": str(path),
        "slide": one.slide or None,
        "shape": one.shape,
        "sign": one.sign,
        "code": one.code,
        "what": one.what,
        "fix": one.fix,
    }
