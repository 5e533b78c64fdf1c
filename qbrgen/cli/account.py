"""`qbrgen account new`: one account more, by questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qbrgen.cli.group import CommandGroup
from qbrgen.cli.options import FINE, check_places, show_findings, stop, workspace_option
from qbrgen.cli.terminal import may_ask, say_line, styled
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.sheet.cells import Value
    from qbrgen.sheet.new_account import Answers, Beforehand, NewPerson
    from qbrgen.sheet.rows import Known

Command = TypeVar("Command", bound=Callable[..., Any])
_INTERRUPTED = 130  # what shells give a program that Ctrl-C has ended


@click.group(cls=CommandGroup)
def account() -> None:
    """Accounts of the workspace: make one more.

    \b
    Example:
      qbrgen account new "Acme Foods"
    """


_OPTIONS = {
    "owner": ("--owner", "The CSM."),
    "segment": ("--segment", "Segment."),
    "arr": ("--arr", "Annual recurring revenue, such as 184000."),
    "currency": ("--currency", "Its currency, such as GBP. Default: the workspace's."),
    "renewal": ("--renewal", "Renewal date."),
    "language": ("--language", "Language of its documents. Default: the workspace's."),
    "sponsor": ("--sponsor", "The customer's person in the room."),
    "role": ("--sponsor-role", "The sponsor's job title."),
    "bought": ("--outcome", "What they bought, in their own words."),
    "measure": ("--measure", "The figure that shows it."),
    "unit": ("--unit", "Unit of that figure."),
    "base": ("--baseline", "Where it stood before."),
    "base_on": ("--baseline-on", "The day of the baseline."),
    "goal": ("--goal", "Where it should get to."),
    "goal_on": ("--goal-by", "By when."),
    "now": ("--now", "Where it stands."),
    "now_on": ("--now-on", "The day of that figure."),
    "next": ("--next-review", "Day of the next review."),
}


def _answer_options(command: Command) -> Command:
    for key, (option, about) in reversed(_OPTIONS.items()):
        command = click.option(option, f"answer_{key}", metavar="TEXT", help=about)(command)
    return command


@account.command()
@click.argument("name", required=False)
@click.option(
    "--id", "account_id", metavar="TEXT", help="Its id in the data. Default: as the CRM has it, or made of the name."
)
@click.option("--playbook", metavar="TEXT", help="Id of its playbook.")
@_answer_options
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="'ID, NAME, PERSONA[, FROM]'",
    help="Someone of the account. May be given several times. Default: from the people table.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is given and what the workspace knows.")
@workspace_option
def new(
    name: str | None,
    account_id: str | None,
    playbook: str | None,
    people: tuple[str, ...],
    yes: bool,
    workspace: Path,
    **given: str | None,
) -> None:
    """Make one account by questions, as a commented YAML file in accounts/.

    Each question has an option, for scripts. What the CRM and the people table know is not asked. Enter leaves a
    question out; Ctrl-C ends it, and nothing is left behind. A file that is there is never written over.

    \b
    Example:
      qbrgen account new
      qbrgen account new "Acme Foods" --playbook sales-engagement --owner "Ann Lee" --yes
    """
    from qbrgen.files import source_date, write_text
    from qbrgen.sheet.naming import file_name
    from qbrgen.sheet.new_account import account_text, missing, try_account
    from qbrgen.sheet.rows import read_known

    known = read_known(workspace)
    told = {key.removeprefix("answer_"): text for key, text in given.items() if text is not None}
    dialogue = _Dialogue(known, told, people, asks=not yes)
    try:
        answers, before = dialogue.run(name, account_id, playbook)
        path = workspace / file_name(answers.account)
        check_places([path], "Move it.")
        text = account_text(known, answers, before, source_date() or datetime.now(UTC).date())
        findings = try_account(known, answers.account, text)
        if dialogue.asks and not dialogue.agreed(path, text):
            say_line("Nothing is written.")
            stop(FINE)
    except click.Abort:
        say_line()
        say_line("Nothing is written.")
        stop(_INTERRUPTED)
    write_text(path, text)
    show_findings(findings)
    say_line(styled("written: ", "green"), path)
    say_line("Still to be said:")
    for what in missing(answers, before):
        say_line(f"  - {what}")
    named, place = quote(answers.account), quote(str(workspace))
    if answers.people or before.people:
        say_line(f"Add it in {path}, or: qbrgen sheet export {named} -w {place}")
        say_line(f"Then: qbrgen summary {named} -w {place}")
    else:  # until someone is named, it is set aside
        say_line(f"Add it in {path}. Then: qbrgen check -w {place}")


class _Dialogue:
    """The questions, and the options that answer them. asks: whether somebody is asked."""

    def __init__(self, known: Known, given: dict[str, str], people: tuple[str, ...], *, asks: bool) -> None:
        self.known, self.given, self.typed_people, self.asks = known, given, people, asks
        self.problems: list[Finding] = []

    def run(self, name: str | None, account: str | None, playbook: str | None) -> tuple[Answers, Beforehand]:
        """Ask for what is not given. Raises InputError with all that is wrong or missing, click.Abort on Ctrl-C."""
        from qbrgen.load.identifiers import in_full
        from qbrgen.sheet.new_account import Answers, beforehand, check_id, proposed_id, unknown_id

        self._check_terminal(name, playbook)
        name = self._text(name, "Name of the account, as documents say it", "NAME")
        account = in_full(account or self._asked("Its id in the data", proposed_id(self.known, name)))
        problem = check_id(self.known, account)
        if problem:
            raise InputError([problem])
        warning = unknown_id(self.known, account)
        show_findings([warning] if warning else [])
        chosen = self._playbook(playbook or str(beforehand(self.known, account, "").table.get("playbook") or ""))
        before = beforehand(self.known, account, chosen)
        self._tell_beforehand(before)
        answers = Answers(account, name, chosen)
        self._values(answers, before)
        answers.people = self._people(chosen, before)
        if self.problems:
            raise InputError(self.problems)
        return answers, before

    def _check_terminal(self, name: str | None, playbook: str | None) -> None:
        """InputError where answers are missing and nobody can be asked."""
        lacking = []
        if not name:
            lacking.append("the account's name (NAME)")
        playbooks = self.known.parts.playbooks.sound
        if not playbook and len(playbooks) > 1 and not any(row.playbook for row in self.known.parts.crm.rows.values()):
            lacking.append(f"its playbook (--playbook, one of: {', '.join(sorted(playbooks))})")
        if self.asks and not may_ask():
            what = "there is no terminal to ask questions at."
            fix = "Write --yes to take what is given and what the workspace knows."
            if lacking:
                fix += f" Give {' and '.join(lacking)}."
            raise InputError([Finding(Level.ERROR, "no-terminal", what, fix)])
        if not self.asks and lacking:
            what = f"--yes asks nothing, and this is not given: {' and '.join(lacking)}."
            raise InputError([Finding(Level.ERROR, "answer-missing", what, "Give it, or leave --yes out.")])

    def agreed(self, path: Path, text: str) -> bool:
        """Show the file, and ask whether it is to be written."""
        say_line()
        for line in text.splitlines():
            say_line(f"  {line}")
        say_line()
        return click.confirm(f"Write {path}?", default=True)

    # ---- single questions -------------------------------------------------------------------------------------------

    def _asked(self, question: str, proposal: str = "") -> str:
        """One line typed, else the proposal."""
        if not self.asks:
            return proposal
        return str(click.prompt(f"  {question}", default=proposal, show_default=bool(proposal))).strip()

    def _text(self, given: str | None, question: str, option: str) -> str:
        text = given
        while True:
            text = self._asked(question) if text is None else text
            value = self._value("name", text, option)
            if isinstance(value, str):
                return value
            if not self.asks or given is not None:
                raise InputError(self.problems or [Finding(Level.ERROR, "answer-missing", f"{option} is empty.")])
            text = None

    def _value(self, key: str, text: str, option: str) -> Value:
        """An answer by the rule of its column; what does not fit is told, and kept where it came as an option."""
        from qbrgen.sheet.cells import CellError, value_of
        from qbrgen.sheet.new_account import column

        try:
            return value_of(column(key), text)
        except CellError as error:
            finding = Finding(Level.ERROR, error.code, f"{option} {error.what}", error.fix)
            if option.startswith("--") or option == "NAME":
                self.problems.append(finding)
            else:
                show_findings([finding])
            return None

    def _playbook(self, given: str) -> str:
        from qbrgen.load.nearest import instead_of

        names = sorted(self.known.parts.playbooks.sound)
        if not given and len(names) == 1:
            return names[0]
        while given not in names:
            if given or not self.asks:
                what = f"there is no playbook '{given}'." if given else "the playbook is not given."
                finding = Finding(Level.ERROR, "unknown-playbook", what, instead_of(given, names, "playbooks"))
                if not self.asks:
                    raise InputError([finding])
                show_findings([finding])
            for number, name in enumerate(names, start=1):
                say_line(f"    {number}  {name}  ({self._personas_told(name)})")
            typed = self._asked("Playbook (its number or id)")
            given = names[int(typed) - 1] if typed.isdigit() and 1 <= int(typed) <= len(names) else typed
        return given

    def _personas_told(self, playbook: str) -> str:
        from qbrgen.sheet.new_account import personas_of

        return ", ".join(persona.name for persona in personas_of(self.known, playbook))

    def _tell_beforehand(self, before: Beforehand) -> None:
        from qbrgen.sheet.cells import shown
        from qbrgen.sheet.new_account import column

        if before.table:
            told = [f"{column(key).header} {shown(column(key).kind, value)}" for key, value in before.table.items()]
            say_line(f"  From {before.table_file}: {', '.join(told)}.")
        if before.people_file:
            told = [f"{persona} {number}" for persona, number in sorted(before.people.items())]
            more = f" In no persona: {', '.join(before.nowhere)}." if before.nowhere else ""
            say_line(f"  From {before.people_file}: {', '.join(told) or 'nobody in a persona'}.{more}")

    # ---- values and people ------------------------------------------------------------------------------------------

    def _values(self, answers: Answers, before: Beforehand) -> None:
        from qbrgen.sheet.new_account import AFTER, QUESTIONS

        for key, question in QUESTIONS.items():
            option = _OPTIONS[key][0]
            if key in self.given:
                answers.values[key] = self._value(key, self.given[key], option)
                continue
            if not self.asks or key in before.table or (key in AFTER and not answers.values.get(AFTER[key])):
                continue
            value = self._until_right(key, question, self._proposal(key))
            if value is not None and value != self._proposal(key):
                answers.values[key] = value

    def _proposal(self, key: str) -> str:
        settings = self.known.definitions.settings
        return {"language": settings.locale, "currency": settings.currency}.get(key, "")

    def _until_right(self, key: str, question: str, proposal: str) -> Value:
        while True:
            typed = self._asked(question, proposal)
            value = self._value(key, typed, "it")
            if value is not None or not typed:
                return value

    def _people(self, playbook: str, before: Beforehand) -> list[NewPerson]:
        from qbrgen.sheet.new_account import personas_of

        ids = [persona.id for persona in personas_of(self.known, playbook)]
        if self.typed_people:
            typed = [self._person(text, ids) for text in self.typed_people]
            return [person for person in typed if person is not None]
        found: list[NewPerson] = []
        if before.people or not self.asks:
            return found
        say_line("  Who works there? For each: the user id in the events; Enter goes on.")
        for persona in personas_of(self.known, playbook):
            while user := self._asked(f"{persona.name}: user id"):
                name = self._asked("    full name")
                found.append(_new_person(user, name, persona.id, self._day("    first day there (empty: first event)")))
        return found

    def _day(self, question: str) -> date | None:
        value = self._until_right("renewal", question, "")
        return value if isinstance(value, date) else None

    def _person(self, text: str, personas: list[str]) -> NewPerson | None:
        from qbrgen.load.nearest import instead_of

        user, name, persona, first, *more = [*(part.strip() for part in text.split(",")), "", "", ""]
        if not user or not persona or any(more):
            what = f"--person '{text}' is not ID, NAME, PERSONA and, if known, FROM."
            self.problems.append(
                Finding(Level.ERROR, "person-unclear", what, "Write 'u-1, Jon Bell, reps, 2026-01-05'.")
            )
            return None
        if persona not in personas:
            what = f"--person '{text}': there is no persona '{persona}'."
            fix = instead_of(persona, personas, "personas")
            self.problems.append(Finding(Level.ERROR, "unknown-persona", what, fix))
            return None
        day = self._value("renewal", first, f"--person '{text}':") if first else None
        return _new_person(user, name, persona, day if isinstance(day, date) else None)


def _new_person(user: str, name: str, persona: str, first: date | None) -> NewPerson:
    from qbrgen.sheet.new_account import NewPerson

    return NewPerson(user, name, persona, first)
