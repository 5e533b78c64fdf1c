"""What can go wrong, and whose it is.

    Exception
    └── QbrgenError             anything that qbrgen itself raises
        ├── InputError          the user's: carries every finding at once; exit code 2, no traceback
        ├── AccountError        one account is broken: it is set aside with its findings, all others are made; exit 1
        ├── MissingLibrary      an optional system library is missing; the message names the command that installs it
        └── AudienceLeak        a bug: an internal fact was about to reach a customer file; keeps its traceback

A `Finding` is one problem: where it is, what is wrong, what to write instead. Checks return lists of findings
and never stop at the first; `InputError` and `AccountError` carry them to the command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is. Errors stop the work they concern; warnings and notes are told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a user's file. `line` counts from 1 (for a table: the header is line 1); None is the whole file."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line is not None else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem that a user can act on.

    what: what is wrong, one sentence, naming the value found.
    fix: what to write instead.
    code: stable and kebab-case ("target-is-a-word"), for `--json` and tests.
    account: id of the one account that it concerns; None concerns a playbook or the whole workspace.
    """

    level: Level
    code: str
    what: str
    fix: str = ""
    where: Location | None = None
    account: str | None = None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.level}: {self.what}" + (f" {self.fix}" if self.fix else "")


class QbrgenError(Exception):
    """Root of the tree above."""


class InputError(QbrgenError):
    """The user's input is wrong. `findings` holds every problem found, at least one of them an error."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        """Back from another process with its findings."""
        return type(self), (self.findings,)


class AccountError(InputError):
    """One account is broken; the others are made."""


class MissingLibrary(QbrgenError):
    """A library of the operating system is missing. The message says which, and the command that installs it."""


class AudienceLeak(QbrgenError):
    """An internal fact was about to enter a customer document: always a bug of qbrgen, never the user's."""
