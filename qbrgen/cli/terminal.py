"""What commands print. Every line goes through here, so that no text of the user's data steers the terminal.

A file name, an event, a cell, a sentence as it was typed or recorded: whatever is in them comes out as characters that
can be seen. Colours are put on afterwards, so that they are the only escapes there are.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import Any

import click

from qbrgen.load.characters import may_stand


def visible(text: str) -> str:
    """A text in one line as a terminal may show it: control characters, escapes and what turns the direction of writing
    round are written out (\\x1b, \\u202e), line ends and tabs as well. What may stand in a name stays as it is."""
    if text.isprintable():
        return text
    return "".join(char if _harmless(char) else char.encode("unicode_escape").decode() for char in text)


def visible_lines(text: str) -> str:
    """As `visible`, but its own line ends stay."""
    return text if text.isprintable() else "\n".join(map(visible, text.split("\n")))


def _harmless(char: str) -> bool:
    return char.isprintable() or (may_stand(char) and char not in "\n\r\t")


def say_line(*pieces: object, err: bool = False, nl: bool = True) -> None:
    """Print pieces one after another, with a line end. Each is a text or a path, or comes from `styled`.

    err: on standard error. nl: with the line end.
    """
    shown = (piece.text if isinstance(piece, Styled) else visible_lines(str(piece)) for piece in pieces)
    click.echo("".join(shown), err=err, nl=nl)


def may_ask() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty()


def say_json(value: Any) -> None:
    """Print JSON for a machine. What a terminal may not show stands there as JSON writes it (\\u202e): it reads back
    as it was."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    if not all(char == "\n" or _harmless(char) for char in text):
        text = "".join(char if char == "\n" or _harmless(char) else json.dumps(char)[1:-1] for char in text)
    click.echo(text)


@dataclass(frozen=True, slots=True)
class Styled:
    """A text that can be seen, with the colours that a command gives it."""

    text: str


def styled(text: str, colour: str | None = None, *, bold: bool = False) -> Styled:
    """A text in a colour or bold, for `say_line`, unless NO_COLOR is set (no-color.org).

    click takes colours out where nobody watches.
    """
    shown = visible_lines(text)
    return Styled(shown if os.environ.get("NO_COLOR") else click.style(shown, fg=colour, bold=bold or None))
