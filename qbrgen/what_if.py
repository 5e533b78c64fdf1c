"""What would change if: a workspace as it is, beside the same one with changed files in the place of its own.

Both are scored and worded by the one way of the pipeline, over the same data. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qbrgen.define.stand_ins import StandIns, find_stand_ins
from qbrgen.errors import Finding, InputError, Level
from qbrgen.measure.findings import data_findings
from qbrgen.narrate.difference import Reworded, reworded
from qbrgen.narrate.statement import Register
from qbrgen.pipeline import Review, open_review
from qbrgen.score.difference import Difference, difference


@dataclass(frozen=True, slots=True)
class AccountChange:
    """One account that would not stay as it is: what differs in its picture (then: today), and in its words."""

    difference: Difference
    reworded: tuple[Reworded, ...]

    @property
    def sentence(self) -> Reworded | None:
        """The one sentence for the account, where it reads differently."""
        return next((each for each in self.reworded if (each.register, each.key) == _SENTENCE), None)


_SENTENCE = (Register.LINE, "sentence")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A changed workspace (now) beside the present one (then).

    accounts: those of both that would not stay as they are, by id. lost: accounts that are fine today and would be set
    aside, with the reasons (none: they would not be there at all). gained: the other way round. new, gone: findings
    that only the changed workspace has, or only the present one; errors of accounts set aside are among them.
    """

    stand_ins: StandIns
    then: Review
    now: Review
    accounts: Mapping[str, AccountChange]
    lost: Mapping[str, tuple[Finding, ...]]
    gained: tuple[str, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    @property
    def same_time(self) -> bool:
        """Whether both count the same weeks up to the same day; changed settings may count others."""
        return self.then.period == self.now.period and self.then.counts.as_of == self.now.counts.as_of


def what_if(
    root: Path,
    changed: Iterable[str],
    *,
    period: str | None = None,
    as_of: date | None = None,
    registers: Iterable[Register] = (Register.LINE,),
) -> WhatIf:
    """Compare the workspace `root` with what it would be.

    changed: "FILE" or "NAME=FILE" (define/stand_ins.py). period: default the latest complete one, of each side.
    registers: those whose statements are compared. Raises InputError with every finding when the present workspace or a
    changed file cannot be used; of a changed workspace only what is not wrong today.
    """
    then = _present(root, period, as_of)
    stand_ins = find_stand_ins(root, changed)
    known = _findings(then)
    try:
        now = open_review(root, period=period, as_of=as_of, stand_ins=stand_ins)
    except InputError as problem:
        raise InputError(_only(problem.findings, known, stand_ins) or problem.findings) from None
    found = _findings(now)
    compared = {name: _compared(then, now, name, registers) for name in now.pictures if name in then.pictures}
    return WhatIf(
        stand_ins=stand_ins,
        then=then,
        now=now,
        accounts={name: change for name, change in compared.items() if change is not None},
        lost={
            name: _only(now.set_aside.get(name, ()), known, stand_ins)
            for name in then.pictures
            if name not in now.pictures
        },
        gained=tuple(name for name in now.pictures if name not in then.pictures),
        new=_only(found, known, stand_ins),
        gone=_only(known, found, stand_ins),
    )


def _present(root: Path, period: str | None, as_of: date | None) -> Review:
    try:
        return open_review(root, period=period, as_of=as_of)
    except InputError as problem:
        if not any(finding.where for finding in problem.findings):
            raise
        what = "The workspace as it is has errors; there is nothing to compare with until they are mended."
        raise InputError([*problem.findings, Finding(Level.NOTE, "what-if-present", what)]) from None


def _compared(then: Review, now: Review, name: str, registers: Iterable[Register]) -> AccountChange | None:
    """What would change for one account; None where nothing does."""
    before, after = then.pictures[name], now.pictures[name]
    if before == after and then.wording.locale == now.wording.locale:
        return None
    words = _words(then, now, name, registers) or _words(then, now, name, Register)
    return AccountChange(difference(before, after), words) if words or before != after else None


def _words(then: Review, now: Review, name: str, registers: Iterable[Register]) -> tuple[Reworded, ...]:
    pairs = ((then.narrative(name, register), now.narrative(name, register)) for register in registers)
    return tuple(each for pair in pairs for each in reworded(*pair))


def _findings(review: Review) -> tuple[Finding, ...]:
    """What `qbrgen check` tells, but for its notes about rows, whose numbers follow from what is told otherwise."""
    aside = (finding for findings in review.set_aside.values() for finding in findings)
    data = (f for f in data_findings(review.definitions, review.counts) if f.level is not Level.NOTE)
    return (*review.findings, *data, *aside)


def _only(findings: Iterable[Finding], others: Iterable[Finding], stand_ins: StandIns) -> tuple[Finding, ...]:
    """The findings that `others` do not have; lines move and stand-ins have names of their own, so neither counts."""
    called = {str(file): place for place, file in stand_ins.items()}

    def said(finding: Finding) -> tuple[object, ...]:
        file = finding.where.file if finding.where else ""
        return finding.level, finding.code, finding.what, finding.account, called.get(file, file)

    left = Counter(said(finding) for finding in others)
    found = []
    for finding in findings:
        key = said(finding)
        if left[key]:
            left[key] -= 1
        else:
            found.append(finding)
    return tuple(found)
