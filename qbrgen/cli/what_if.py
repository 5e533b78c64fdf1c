"""How `qbrgen check --what-if` tells what would change: the totals, then account by account."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import SOME_FAILED, WRONG_INPUT, finding_record, show_findings, stop
from qbrgen.cli.what_if_lines import lines, moved, state_of, verdict
from qbrgen.errors import InputError, Level
from qbrgen.load.nearest import listed
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.errors import Finding
    from qbrgen.narrate.difference import Reworded
    from qbrgen.score.difference import Difference
    from qbrgen.what_if import AccountChange, WhatIf

_WIDTH = 100
Moves = Mapping[tuple[str, str | None, str | None], int]
"""(what, old state, new state) → how many; None: not there."""


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
        click.echo(
            json.dumps({"findings": [finding_record(f) for f in problem.findings]}, indent=2, ensure_ascii=False)
        )
        stop(WRONG_INPUT)
    if as_json:
        moved_all = moves(change.difference for change in result.accounts.values())
        click.echo(json.dumps(record(result, moved_all), indent=2, ensure_ascii=False))
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
    files = [f"{file} in place of {place}" for place, file in result.stand_ins.items()]
    start = f"For {result.then.period.label}, with {result.now.wording.listing(files)}, "
    number = len(result.then.pictures)
    figures = [change for change in result.accounts.values() if change.difference.counted]
    worded = [change.difference.now.name for change in result.accounts.values() if not change.difference.counted]
    if not (result.accounts or result.lost or result.gained):
        return f"{start}nothing would change: all {counted(number, 'account')} would read as today."
    said = []
    if figures:
        said.append(f"{len(figures)} of {counted(number, 'account')} would change: {_moves(figures)}.")
    elif not (result.lost or result.gained):
        said.append("no state of any account would change.")
    if worded:
        more = " more" if figures else ""
        verb = "would keep their states and be worded" if len(worded) > 1 else "would keep its states and be worded"
        said.append(f"{len(worded)}{more} {verb} differently ({listed(worded)}).")
    if result.lost:
        said.append(f"{counted(len(result.lost), 'account')} that can be reviewed today would be set aside.")
    if result.gained:
        names = listed(result.now.pictures[name].name for name in result.gained)
        said.append(f"{counted(len(result.gained), 'account')} could be reviewed that cannot be today ({names}).")
    rest = number - len(result.accounts) - len(result.lost)
    if rest:
        said.append(f"{rest} would stay as {'it is' if rest == 1 else 'they are'}.")
    return start + " ".join(said)


def _moves(changes: Iterable[AccountChange]) -> str:
    """What goes from which state to which, added up over the accounts."""
    totals = moves(change.difference for change in changes)
    said = [*_come_and_gone(totals)]
    for (what, old, new), n in totals.items():
        if old and new:
            said.append(f"{counted(n, what, _PLURALS.get(what, ''))} {'goes' if n == 1 else 'go'} from {old} to {new}")
    return "; ".join(said) if said else "in their figures only, no state changes"


_PLURALS = {"person": "people"}


def moves(found: Iterable[Difference]) -> Moves:
    """What goes from which state to which, over many accounts: workflows, personas, people, then accounts."""
    differences = list(found)
    pairs: list[tuple[str, str | None, str | None]] = []
    for each in differences:
        flows = ((flow.then, flow.now) for flow in each.workflows)
        pairs += [("workflow", old.state if old else None, new.state if new else None) for old, new in flows]
    for each in differences:
        personas = ((persona.then, persona.now) for persona in each.personas)
        pairs += [("persona", verdict(old) if old else None, verdict(new) if new else None) for old, new in personas]
    for each in differences:
        pairs += [("person", state_of(person.then), state_of(person.now)) for person in moved(each)]
    pairs += [("account", each.then.standing, each.now.standing) for each in differences]
    return Counter((what, old, new) for what, old, new in pairs if old != new)


def _come_and_gone(totals: Moves) -> Iterator[str]:
    """What is added or dropped, with the states that it has: "5 workflows are dropped (today 4 not met and 1 met)"."""
    groups: dict[tuple[str, bool], list[tuple[int, str]]] = {}
    for (what, old, new), number in totals.items():
        if old is None or new is None:
            groups.setdefault((what, old is None), []).append((number, old or new or ""))
    for (what, added), states in groups.items():
        number = sum(n for n, _ in states)
        parts = " and ".join(f"{n} {state}" for n, state in states)
        verb, kind = "is" if number == 1 else "are", "added" if added else "dropped"
        yield f"{counted(number, what, _PLURALS.get(what, ''))} {verb} {kind} ({'' if added else 'today '}{parts})"


def _other_time(result: WhatIf) -> str:
    told = []
    for review in (result.then, result.now):
        window = next((picture.window for picture in review.pictures.values()), None)
        days = review.wording.span(window) if window else review.period.label
        told.append(f"{days} with data to {review.wording.date(review.counts.as_of)}")
    return f"The change counts other days: today {told[0]}; with it {told[1]}."


# ---- account by account ---------------------------------------------------------------------------------------------


def _account(change: AccountChange, result: WhatIf, verbose: bool) -> None:
    click.echo()
    click.echo(click.style(change.difference.now.name, bold=True))
    for line in lines(change.difference, result):
        _echo(line, 2, 4)
    if change.sentence:
        _before_and_after(change.sentence, 2)
    others = [each for each in change.reworded if each.spoken and not _same(each, change.sentence)]
    if verbose:
        for told, registers in _joined(others):
            _echo(f"{told.key} ({registers})", 2)
            _before_and_after(told, 4)
    elif others:
        them = "it" if len(others) == 1 else "them"
        sentence = "other sentence" if change.sentence else "sentence"
        _echo(f"{counted(len(others), sentence)} would read differently; --verbose shows {them}.", 2)


def _same(told: Reworded, sentence: Reworded | None) -> bool:
    """Whether a statement of any register reads as the sentence that has just been shown."""
    return sentence is not None and (told.key, told.then, told.now) == (sentence.key, sentence.then, sentence.now)


def _before_and_after(told: Reworded, indent: int) -> None:
    _echo(f"before: {told.then or '(not said)'}", indent, indent + 8)
    _echo(f"after:  {told.now or '(not said)'}", indent, indent + 8)


def _joined(told: Iterable[Reworded]) -> Iterator[tuple[Reworded, str]]:
    """Statements that read alike in several registers are told once, with the names of these."""
    groups: dict[tuple[str, str, str], list[Reworded]] = {}
    for each in told:
        groups.setdefault((each.key, each.then, each.now), []).append(each)
    for alike in groups.values():
        yield alike[0], ", ".join(each.register.value for each in alike)


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
        click.echo(f"\n{title}", err=True)
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
    click.echo(wrapper.fill(text))
