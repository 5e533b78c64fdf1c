"""`qbrgen drill`: say each account's sentence from memory, and see what is missing."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import accounts_of, all_option, review_options, show_findings, stop
from qbrgen.cli.sentence import checked_text, show_lines
from qbrgen.cli.tell import finish
from qbrgen.cli.terminal import say_line, styled
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.listen.lexicon import Lexicon
    from qbrgen.listen.practice import Scores
    from qbrgen.pipeline import Review

LISTED, RANDOM, WEAKEST = "listed", "random", "weakest"
_QUIT = "q"
_PROMPT = "> "
_INTERRUPTED = 130  # what shells give a program that Ctrl-C has ended


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@click.option(
    "--order",
    type=click.Choice([LISTED, RANDOM, WEAKEST]),
    default=LISTED,
    show_default=True,
    help="As listed, at random, or those with the lowest last score first.",
)
@click.option("--seed", type=int, help="Number that fixes the order of --order random.")
@click.option("--count", type=click.IntRange(min=1), help="Ask for so many accounts. Default: all of them.")
@click.option("--forget", is_flag=True, help="Forget the scores of these accounts, and ask nothing.")
@review_options
def drill(
    accounts: tuple[str, ...],
    take_all: bool,
    order: str,
    seed: int | None,
    count: int | None,
    forget: bool,
    workspace: Path,
    period: str | None,
    as_of: date | None,
) -> None:
    """Practise: say each account's sentence from memory.

    It asks for one account after another, tells what is missing or wrong, and shows the account's own sentence. An
    empty line skips; q or Ctrl-D ends. Without ACCOUNTS, all of them. Your score is yours: it is kept in your own state
    directory, not in the workspace, and without what you typed.

    Exit code 0 when you end it, 130 after Ctrl-C.

    \b
    Example:
      qbrgen drill -w sample_accounts
      qbrgen drill acme fernhill --order random
    """
    from qbrgen.listen.practice import read_scores, score_path
    from qbrgen.pipeline import open_review

    if seed is not None and order != RANDOM:
        raise click.UsageError("--seed goes with --order random.")
    wanted = accounts_of(accounts, take_all, else_all=True)
    review = open_review(workspace, accounts=wanted, period=period, as_of=as_of)
    path = score_path()
    scores = read_scores(path, workspace)
    if scores.broken:
        what = f"The scores in {path} cannot be read ({scores.broken}), and are begun anew."
        show_findings([Finding(Level.NOTE, "scores-broken", what)])
    session = _Session(review, scores)
    if forget:
        gone = scores.forget(review.pictures)
        _keep(scores, path)
        say_line(review.wording.say("drill.forgotten", n=gone))
    else:
        interrupted = session.ask(_ordered(list(review.pictures), scores, order, seed)[:count])
        say_line(session.total())
        if session.done:
            _keep(scores, path)
        if interrupted:
            stop(_INTERRUPTED)
    finish(review)


def _ordered(accounts: list[str], scores: Scores, order: str, seed: int | None) -> list[str]:
    if order == RANDOM:
        random.Random(seed).shuffle(accounts)
    if order == WEAKEST:
        last = {account: scores.last(account) for account in accounts}
        accounts.sort(key=lambda account: -1 if last[account] is None else (last[account] or 0))
    return accounts


def _keep(scores: Scores, path: Path) -> None:
    """Write the scores. Where the system refuses, that is told, and nothing else is lost."""
    from qbrgen.listen.practice import write_scores

    try:
        write_scores(path, scores)
    except OSError as problem:
        what = f"The scores are not kept: {path}: {problem.strerror}."
        show_findings([Finding(Level.WARNING, "scores-not-kept", what)])


@dataclass
class _Session:
    """One go at the accounts. done: account → (marks, passed, marks of the last time)."""

    review: Review
    scores: Scores
    done: dict[str, tuple[int, bool, int | None]] = field(default_factory=dict)

    def ask(self, accounts: Sequence[str]) -> bool:
        """Ask for each; whether Ctrl-C ended it."""
        from qbrgen.listen.lexicon import Lexicon

        if not accounts:
            return False
        lexicon = Lexicon(self.review.wording)
        read = _reader()
        say_line(self.review.wording.say("drill.begin", n=len(accounts)))
        try:
            for place, account in enumerate(accounts, start=1):
                self._announce(account, place, len(accounts))
                if not self._one(account, lexicon, read):
                    return False
        except KeyboardInterrupt:
            say_line()  # the cursor stands behind ^C
            return True
        return False

    def _announce(self, account: str, place: int, n: int) -> None:
        picture, words = self.review.pictures[account], self.review.wording
        last = self.scores.last(account)
        told = "" if last is None else words.say("drill.last", marks=last)
        facts = {"place": place, "n": n, "name": picture.name, "period": words.period(picture.period), "last": told}
        say_line()
        say_line(styled(words.say("drill.account", **facts), "cyan", bold=True))

    def _one(self, account: str, lexicon: Lexicon, read: Callable[[], str | None]) -> bool:
        """One account; False when the practice is to end."""
        from qbrgen.listen.judge import judge
        from qbrgen.listen.tell import Answer
        from qbrgen.narrate.statement import Register

        words = self.review.wording
        while True:
            typed = read()
            if typed is None or typed.strip().lower() == _QUIT:
                return False
            if not typed.strip():
                say_line(words.say("drill.skipped"))
                return True
            try:
                checked_text(typed)
                break
            except InputError as problem:
                show_findings(problem.findings)  # and once more
        answer = Answer(judge(typed, self.review.pictures[account], lexicon), words)
        found, last = answer.judgement, self.scores.last(account)
        show_lines(answer.lines())
        own = self.review.narrative(account, Register.LINE).text("sentence")
        if own:
            say_line(click.wrap_text(answer.own(own), width=100))
        say_line(styled(words.say("drill.marks", marks=found.marks, last=last), "cyan"))
        self.done[account] = (found.marks, found.passes, last)
        self.scores.add(account, found.marks)
        return True

    def total(self) -> str:
        """The score so far, beside that of the last time for the same accounts."""
        from qbrgen.listen.practice import MOST_MARKS

        before = [last for _, _, last in self.done.values() if last is not None]
        facts = {
            "n": len(self.done),
            "passed": sum(passed for _, passed, _ in self.done.values()),
            "marks": sum(marks for marks, _, _ in self.done.values()),
            "most": MOST_MARKS * len(self.done),
            "last": sum(before) if before else None,
            "last_most": MOST_MARKS * len(before),
            "same": len(before),
        }
        return "\n" + self.review.wording.say("drill.total", **facts)


def _reader() -> Callable[[], str | None]:
    """What reads one line: with line editing where a person types, plainly from a pipe. None: there are no more.

    The prompt holds no colours and the terminal is asked for no special mode, so that nothing has to be put back.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _from_pipe
    with suppress(ImportError):  # Windows has none; typing works all the same
        import readline

        with suppress(Exception):
            readline.parse_and_bind("set enable-bracketed-paste off")

    def typed() -> str | None:
        try:
            return input(_PROMPT)
        except EOFError:
            say_line()
            return None
        except UnicodeDecodeError:
            return ""

    return typed


def _from_pipe() -> str | None:
    say_line(_PROMPT, nl=False)
    line = sys.stdin.readline()
    say_line()
    return line.rstrip("\r\n") if line else None
