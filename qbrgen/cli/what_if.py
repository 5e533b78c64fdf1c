"""How `qbrgen check --what-if` tells what would change: the totals, then account by account."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qbrgen.cli.options import SOME_FAILED, WRONG_INPUT, finding_record, show_findings, stop
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.cli.what_if_lines import lines, names_in_row, say, state_words
from qbrgen.cli.what_if_moves import Moves, moves
from qbrgen.errors import InputError, Level
from qbrgen.load.nearest import listed
from qbrgen.narrate.wording import capital

if TYPE_CHECKING:
    from qbrgen.errors import Finding
    from qbrgen.narrate.difference import Reworded
    from qbrgen.narrate.statement import Register
    from qbrgen.narrate.wording import Wording
    from qbrgen.what_if import AccountChange, WhatIf

_WIDTH = 100


def check_what_if(
    workspace: Path,
    changed: tuple[str, ...],
    period: str | None,
    as_of: date | None,
    *,
    as_json: bool,
    strict: bool,
    verbose: bool,
) -> None:
    """Compare, print, and end with the exit code: 2 for wrong input, 1 where accounts would be lost, else 0."""
    from qbrgen.cli.what_if_json import record
    from qbrgen.narrate.statement import Register
    from qbrgen.what_if import what_if

    registers = tuple(Register) if as_json or verbose else (Register.LINE,)
    try:
        result = what_if(workspace, changed, period=period, as_of=as_of, registers=registers)
    except InputError as problem:
        if not as_json:
            raise
        say_json({"findings": [finding_record(f) for f in problem.findings]})
        stop(WRONG_INPUT)
    if as_json:
        moved_all = moves(change.difference for change in result.accounts.values())
        say_json(record(result, moved_all))
    else:
        tell_what_if(result, verbose)
    if strict and any(finding.level is Level.WARNING for finding in result.new):
        stop(WRONG_INPUT)
    if result.lost:
        stop(SOME_FAILED)


def tell_what_if(result: WhatIf, verbose: bool) -> None:
    """Print it for people: what is there on standard output, findings on standard error.

    verbose: every sentence of every document before and after, not only the one for each account.
    """
    _echo(_totals(result))
    if not result.same_time:
        _echo(_other_time(result))
    figures = [change for change in result.accounts.values() if change.difference.counted]
    others = [change for change in result.accounts.values() if not change.difference.counted]
    for change in (*figures, *others):
        if verbose or change.difference.counted or change.sentence:
            _account(change, result, verbose)
    _aside(result)
    aside = {finding for findings in result.lost.values() for finding in findings}
    _findings("New with the change:", (finding for finding in result.new if finding not in aside))
    _findings("No longer told with the change:", result.gone)


# ---- the totals -----------------------------------------------------------------------------------------------------


def _totals(result: WhatIf) -> str:
    """How many accounts would change, by what, and how many would not."""
    words, number = result.now.wording, len(result.then.pictures)
    files = [say(words, "file", file=str(file), place=place) for place, file in result.stand_ins.items()]
    facts = {"period": words.period(result.then.period), "files": files}
    figures = [change for change in result.accounts.values() if change.difference.counted]
    worded = [change.difference.now.name for change in result.accounts.values() if not change.difference.counted]
    if not (result.accounts or result.lost or result.gained):
        return capital(say(words, "head", **facts, said=[say(words, "nothing", n=number)]))
    said = []
    if figures:
        said.append(say(words, "changed", n=len(figures), m=number, moves=_moves(figures, words)))
    elif not (result.lost or result.gained):
        said.append(say(words, "no-state"))
    if worded:
        names = names_in_row(words, worded)
        said.append(say(words, "worded", n=len(worded), more=bool(figures), names=names))
    if result.lost:
        said.append(say(words, "lost", n=len(result.lost)))
    if result.gained:
        names = names_in_row(words, (result.now.pictures[name].name for name in result.gained))
        said.append(say(words, "gained", n=len(result.gained), names=names))
    rest = number - len(result.accounts) - len(result.lost)
    if rest:
        said.append(say(words, "same", n=rest))
    return capital(say(words, "head", **facts, said=said))


def _moves(changes: Iterable[AccountChange], words: Wording) -> list[str]:
    """What goes from which state to which, added up over the accounts; nothing where no state changes."""
    totals = moves(change.difference for change in changes)
    said = [*_come_and_gone(totals, words)]
    for (what, old, new), n in totals.items():
        if old and new:
            states = {"old": state_words(words, what, old), "new": state_words(words, what, new)}
            said.append(say(words, f"goes.{what}", n=n, **states))
    return said


def _come_and_gone(totals: Moves, words: Wording) -> Iterator[str]:
    """What is added or dropped, with the states that it has: "5 workflows are dropped (today 4 not met and 1 met)"."""
    groups: dict[tuple[str, bool], list[tuple[int, str]]] = {}
    for (what, old, new), number in totals.items():
        if old is None or new is None:
            groups.setdefault((what, old is None), []).append((number, old or new or ""))
    for (what, added), states in groups.items():
        parts = [say(words, "number-of-state", n=n, state=state_words(words, what, state)) for n, state in states]
        number = sum(n for n, _ in states)
        yield say(words, f"{'added' if added else 'dropped'}.{what}", n=number, states=parts)


def _other_time(result: WhatIf) -> str:
    words, told = result.now.wording, []
    for review in (result.then, result.now):
        window = next((picture.window for picture in review.pictures.values()), None)
        days = words.span(window) if window else words.period(review.period)
        told.append(say(words, "time", days=days, day=words.date(review.counts.as_of)))
    return words.sentence(say(words, "other-time", then=told[0], now=told[1]))


# ---- account by account ---------------------------------------------------------------------------------------------


def _account(change: AccountChange, result: WhatIf, verbose: bool) -> None:
    say_line()
    say_line(styled(change.difference.now.name, bold=True))
    for line in lines(change.difference, result):
        _echo(line, 2, 4)
    words = result.now.wording
    if change.sentence:
        _before_and_after(change.sentence, words, 2)
    others = [each for each in change.reworded if each.spoken and not _same(each, change.sentence)]
    if verbose:
        for told, registers in _joined(others):
            names = [say(words, f"register.{register.value}") for register in registers]
            _echo(say(words, "in-registers", statement=told.key, registers=names), 2)
            _before_and_after(told, words, 4)
    elif others:
        _echo(say(words, "others", n=len(others), more=bool(change.sentence)), 2)


def _same(told: Reworded, sentence: Reworded | None) -> bool:
    """Whether a statement of any register reads as the sentence that has just been shown."""
    return sentence is not None and (told.key, told.then, told.now) == (sentence.key, sentence.then, sentence.now)


def _before_and_after(told: Reworded, words: Wording, indent: int) -> None:
    labels = [say(words, key) for key in ("before", "after")]
    width = max(map(len, labels)) + 1
    for label, text in zip(labels, (told.then, told.now), strict=True):
        shown = text or say(words, "not-said")
        _echo(label.ljust(width) + shown, indent, indent + width)


def _joined(told: Iterable[Reworded]) -> Iterator[tuple[Reworded, list[Register]]]:
    """Statements that read alike in several registers are told once, with these."""
    groups: dict[tuple[str, str, str], list[Reworded]] = {}
    for each in told:
        groups.setdefault((each.key, each.then, each.now), []).append(each)
    for alike in groups.values():
        yield alike[0], [each.register for each in alike]


# ---- findings -------------------------------------------------------------------------------------------------------


def _aside(result: WhatIf) -> None:
    """Accounts that are fine today and would be lost, with the reasons."""
    if not result.lost:
        return
    names = listed(result.then.pictures[name].name for name in result.lost)
    _findings(f"Set aside with the change ({names}):", (f for findings in result.lost.values() for f in findings))


def _findings(title: str, findings: Iterable[Finding]) -> None:
    findings = list(findings)
    if findings:
        say_line(f"\n{title}", err=True)
        show_findings(findings)


def _echo(text: str, indent: int = 0, further: int | None = None) -> None:
    first, rest = " " * indent, " " * (indent if further is None else further)
    wrapper = textwrap.TextWrapper(
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,  # a path is copied in one piece
    )
    say_line(wrapper.fill(text))
