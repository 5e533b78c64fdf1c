"""`qbrgen sentence`: put any sentence to the test that the generated ones pass."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import SOME_FAILED, json_option, review_options, stop
from qbrgen.cli.tell import finish
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.listen.tell import Line

_STDIN = "-"


@click.command()
@click.argument("account")
@click.argument("text")
@review_options
@json_option
def sentence(account: str, text: str, workspace: Path, period: str | None, as_of: date | None, as_json: bool) -> None:
    """Test a sentence: does it say who, what and what it produces?

    It says what is missing, which figures disagree with the data and by how much, and flags presence figures (logins,
    sessions, monthly active users). TEXT is the sentence in quotes, or - to read it from standard input.

    Exit code 0 when all three are named and every figure agrees, 1 when not.

    \b
    Example:
      qbrgen sentence acme "5 of 7 reps are active; 80% of touches run through sequences" -w sample_accounts
      pbpaste | qbrgen sentence acme -
    """
    from qbrgen.listen.judge import judge
    from qbrgen.listen.lexicon import Lexicon
    from qbrgen.listen.tell import Answer
    from qbrgen.narrate.statement import Register
    from qbrgen.pipeline import open_review

    typed = checked_text(_from_stdin() if text == _STDIN else text)
    review = open_review(workspace, accounts=[account], period=period, as_of=as_of)
    passes = True
    for account_id, picture in review.pictures.items():
        answer = Answer(judge(typed, picture, Lexicon(review.wording)), review.wording)
        own = review.narrative(account_id, Register.LINE).text("sentence")
        passes = answer.judgement.passes
        if as_json:
            say_json({**answer.record(), "own": own or None})
            continue
        show_lines(answer.lines())
        if not passes and own:
            say_line(click.wrap_text(answer.own(own), width=100))
    finish(review)
    if not passes:
        stop(SOME_FAILED)


def checked_text(text: str) -> str:
    """The text, if it can be tested. Raises InputError for none at all, and for one too long to be a sentence."""
    from qbrgen.listen.words import MOST_CHARACTERS, clean

    if len(text) > MOST_CHARACTERS:
        what = f"The text has {len(text):,} characters; a sentence has {MOST_CHARACTERS:,} at most."
        raise InputError([Finding(Level.ERROR, "text-too-long", what, "Test it in parts.")])
    if not clean(text):
        fix = 'Write it in quotes, such as "5 of 7 reps are active …", or write - and give it on standard input.'
        raise InputError([Finding(Level.ERROR, "no-text", "There is no sentence to test.", fix)])
    return text


def _from_stdin() -> str:
    from qbrgen.listen.words import MOST_CHARACTERS

    # a few bytes for each character, so that what is too long is seen as such without reading all of it
    raw = sys.stdin.buffer.read(8 * MOST_CHARACTERS)
    return raw.decode("utf-8", errors="replace").removeprefix("\ufeff")


def show_lines(lines: Iterable[Line]) -> None:
    """Lines of an answer, green or red where colours are wanted."""
    for line in lines:
        say_line(styled(click.wrap_text(line.text, width=100), "green" if line.fine else "red"))
