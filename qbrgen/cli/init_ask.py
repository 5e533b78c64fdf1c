"""What `qbrgen init` asks: what no data tell. Each question has a proposal; --yes takes them all."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import click

from qbrgen.cli.terminal import say_line
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.nearest import instead_of, nearest

if TYPE_CHECKING:
    from qbrgen.draft.model import Draft
    from qbrgen.draft.write import Answers

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PROPOSED = {"vendor": "Our company", "fiscal_year_starts": "January", "time_zone": "UTC", "currency": "USD"}


def _month(text: str) -> str:
    found = next(
        (month for month in MONTHS if month.lower() == text.lower() or month[:3].lower() == text.lower()), None
    )
    if found is None:
        raise ValueError(f"'{text}' is not a month. {instead_of(text, MONTHS, 'months')}")
    return found


def _zone(text: str) -> str:
    zones = available_timezones()
    if text in zones:
        return text
    close = nearest(text, sorted(zone for zone in zones if "/" in zone))
    raise ValueError(f"The time zone '{text}' is not known." + (f" Did you mean '{close}'?" if close else ""))


def _currency(text: str) -> str:
    if re.fullmatch(r"[A-Za-z]{3}", text):
        return text.upper()
    raise ValueError(f"'{text}' is not a currency. Write its code of three letters, such as GBP.")


def _text(text: str) -> str:
    from qbrgen.load.characters import hidden

    if code := hidden(text):
        raise ValueError(f"The text holds the character {code}, which nobody can see.")
    return text


def may_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


_CHECKS: dict[str, Callable[[str], str]] = {"fiscal_year_starts": _month, "time_zone": _zone, "currency": _currency}


def check_given(given: dict[str, str]) -> None:
    """Put what was given as an option into the form in which it is written; InputError with all that is wrong."""
    problems = []
    for key, text in given.items():
        try:
            given[key] = _CHECKS.get(key, _text)(text)
        except ValueError as problem:
            problems.append(Finding(Level.ERROR, "option", f"--{key.replace('_', '-')}: {problem}"))
    if problems:
        raise InputError(problems)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was given as options, and whether the rest is asked. yes: take the proposals."""

    yes: bool
    given: dict[str, str]

    def check_terminal(self) -> None:
        """InputError where questions are to be asked and nobody can answer."""
        if self.yes or may_ask():
            return
        what = "There is no terminal to ask questions at."
        fix = (
            "Write --yes to take every proposal, each marked as to be confirmed; options such as --vendor answer some."
        )
        raise InputError([Finding(Level.ERROR, "no-terminal", what, fix)])

    def one_account(self, departments: Sequence[str]) -> str:
        """The one account that all the data are of; "" where the data tell the accounts."""
        if "one_account" in self.given:
            return self.given["one_account"]
        if not departments:
            return ""
        shown = ", ".join(departments[:8]) + (" …" if len(departments) > 8 else "")
        say_line(f"\nThe accounts seem to be parts of one company: {shown}.")
        if self.yes:
            say_line("  Each is taken as an account of its own (to confirm; --one-account NAME makes them one).")
            return ""
        if click.confirm("  Review each part as an account of its own?", default=True):
            return ""
        return str(click.prompt("  Name of the company, as one account", value_proc=_asked(_text)))

    def dates(self, findings: Sequence[Finding]) -> str:
        """How days in figures are meant, where nothing in the data tells; "" where that is not what is wrong.

        Raises InputError where nobody can be asked.
        """
        if not findings:
            return ""
        if self.yes:
            fix = "Write --dates day-first or --dates month-first."
            raise InputError([replace(finding, fix=fix) for finding in findings])
        say_line(f"\n{findings[0].what}")
        return str(click.prompt("  Which stands first", type=click.Choice(["day-first", "month-first"])))

    def answers(self, draft: Draft) -> Answers:
        """Company, fiscal year, time zone, currency, and the CSM where the accounts are few."""
        from qbrgen.draft.write import Answers

        if not self.yes:
            say_line("\nWhat no data tell (Enter takes what stands in brackets):")
        found = {key: self._one(key, question) for key, question in _QUESTIONS.items()}
        said = {key for key, (_, is_said) in found.items() if is_said}
        values = {key: value for key, (value, _) in found.items()}
        owner, name = self.given.get("csm", ""), self.given.get("one_account", "")
        if draft.accounts and not owner and not self.yes and not _owners_known(draft):
            question = "  Who owns these accounts (CSM; empty: not said)"
            owner = str(click.prompt(question, default="", show_default=False, value_proc=_asked(_text)))
        if len(draft.accounts) == 1 and not name and not self.yes:
            ((account, known),) = draft.accounts.items()
            question = "  Name of the account, as documents say it"
            name = str(click.prompt(question, default=known or account, value_proc=_asked(_text)))
        said |= {"owner"} if owner else set()
        return Answers(**values, owner=owner, account_name=name, said=frozenset(said))

    def _one(self, key: str, question: str) -> tuple[str, bool]:
        """(the answer, whether somebody gave it)."""
        if key in self.given:
            return self.given[key], True
        if self.yes:
            return PROPOSED[key], False
        return str(
            click.prompt(f"  {question}", default=PROPOSED[key], value_proc=_asked(_CHECKS.get(key, _text)))
        ), True


def _owners_known(draft: Draft) -> bool:
    """Whether a table of accounts says who owns them."""
    return any("owner" in mapped.columns for mapped in draft.tables if mapped.kind == "accounts")


_QUESTIONS = {
    "vendor": "Your company, as documents say it",
    "fiscal_year_starts": "First month of your fiscal year",
    "time_zone": "Time zone in which days and weeks begin",
    "currency": "Currency of amounts that name none",
}


def _asked(check: Callable[[str], str]) -> Callable[[str], str]:
    def answer(text: str) -> str:
        try:
            return check(text.strip())
        except ValueError as problem:
            raise click.UsageError(str(problem)) from None

    return answer
