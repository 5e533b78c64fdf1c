"""Options that several commands share, and how errors end a command."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from qbrgen.cli.terminal import say_line, styled, visible, visible_lines
from qbrgen.errors import Finding, InputError, Level, MissingLibrary

Command = TypeVar("Command", bound=Callable[..., Any])
Item = TypeVar("Item")

SETTINGS = "qbrgen.yml"
# What the system refuses and the user can mend; any other OSError is a bug and keeps its traceback.
_FILE_TROUBLE = {
    errno.EACCES: "Close it where it is open, and see that you may write there.",
    errno.EPERM: "Close it where it is open, and see that you may write there.",
    errno.EROFS: "Nothing can be written there.",
    errno.ENOSPC: "Make room.",
    errno.ENOTDIR: "A file stands where a folder is needed; move it.",
    errno.EEXIST: "A file stands where a folder is needed; move it.",
    errno.EISDIR: "A folder stands where the file should go; move it.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.ELOOP: "A link there leads back to itself; remove it.",
}
FINE, SOME_FAILED, WRONG_INPUT = 0, 1, 2


class Day(click.ParamType[date]):
    """A day, written year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as 2026-09-30.", param, ctx)


def _workspace(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path:
    """The folder given, else the nearest one from here upwards that holds a settings file."""
    if value is not None:
        return value
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise click.UsageError(
        f"Neither this folder nor one above it holds a {SETTINGS}. Name the workspace: --workspace sample_accounts"
    )


def workspace_option(command: Command) -> Command:
    return click.option(
        "-w",
        "--workspace",
        type=click.Path(path_type=Path),
        callback=_workspace,
        help=f"Folder with {SETTINGS}. Default: this folder or the nearest above it that has one.",
    )(command)


def review_options(command: Command) -> Command:
    """--workspace, --period and --as-of."""
    for option in (
        click.option(
            "--as-of", type=Day(), help="Read the data as of the end of this day. Default: their last full day."
        ),
        click.option("--period", help="Fiscal quarter, such as 2026-Q3. Default: the latest complete one."),
    ):
        command = option(command)
    return workspace_option(command)


def make_options(command: Command) -> Command:
    """Those of a review, and --theme and --out."""
    for option in (
        click.option(
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder to write to. Default: WORKSPACE/out.",
        ),
        click.option("--theme", help="Name of a theme. Default: the one in the settings."),
    ):
        command = option(command)
    return review_options(command)


storyline_option = click.option(
    "--storyline",
    default="default",
    metavar="NAME",
    help="Slides and their order: default, 30-minutes, 15-minutes, success-plan, or your own of templates/storylines.",
)


def json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")(command)


all_option = click.option("--all", "take_all", is_flag=True, help="Every account of the workspace.")


def accounts_of(accounts: tuple[str, ...], take_all: bool, *, else_all: bool = False) -> tuple[str, ...]:
    """The accounts named, () for all. A UsageError where both are given, or neither (else_all: then it is all)."""
    if accounts and take_all:
        raise click.UsageError("Name accounts or write --all, not both.")
    if not (accounts or take_all or else_all):
        raise click.UsageError("Name one or more accounts, or write --all.")
    return accounts


def check_places(paths: Iterable[Path], fix: str) -> None:
    """InputError with all that is in the way of the files to be written, before any of them is."""
    from qbrgen.files import in_the_way

    findings = in_the_way(paths, fix)
    if findings:
        raise InputError(findings)


_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}


def show_findings(findings: Iterable[Finding]) -> None:
    """Findings on standard error, each a line (or two, with the fix), in order of place."""
    for finding in sorted_findings(findings):
        show_finding(finding)


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes, each by file and line; those without a place last."""
    order = list(Level)

    def rank(finding: Finding) -> tuple[int, bool, str, int, str]:
        where = finding.where
        return (
            order.index(finding.level),
            where is None,
            where.file if where else "",
            (where and where.line) or 0,
            finding.what,
        )

    return sorted(findings, key=rank)


def show_finding(finding: Finding, why: str = "") -> None:
    """One finding: its place and what is wrong, why it matters where that is given, what to do."""
    place = visible(f"{finding.where}: ") if finding.where else ""
    level = styled(f"{finding.level}:", _COLOURS[finding.level], bold=True)
    say_line(place, level, f" {finding.what}", err=True)
    for text in (f"Why: {why}" if why else "", finding.fix):
        if text:
            say_line(f"    {text}", err=True)


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding for JSON."""
    return {
        "level": finding.level.value,
        "code": finding.code,
        "what": finding.what,
        "fix": finding.fix,
        "file": finding.where.file if finding.where else None,
        "line": finding.where.line if finding.where else None,
        "account": finding.account,
    }


def file_trouble(problem: OSError, command: click.Command | None) -> Finding | None:
    """What the user can do about a file that the system refuses; None for what only a bug explains.

    command: the one that runs; --out is offered where it has that option.
    """
    if problem.errno not in _FILE_TROUBLE:
        return None
    fix = _FILE_TROUBLE[problem.errno]
    if command is not None and any(option.name == "out" for option in command.params):
        fix += " Or choose another folder with --out."
    return Finding(Level.ERROR, "file", f"{problem.filename}: {problem.strerror}.", fix)


@contextmanager
def user_errors(running: Callable[[], click.Command | None]) -> Iterator[None]:
    """What the user can mend ends the command with its findings and exit code 2; a bug keeps its traceback.

    running: tells which command runs, once it does.
    """
    try:
        yield
    except InputError as problem:
        show_findings(problem.findings)
        stop(WRONG_INPUT)
    except MissingLibrary as problem:
        _say_error(str(problem))
    except click.UsageError as problem:  # click prints it, with what was typed
        told = problem.format_message()
        if told == visible_lines(told):
            raise
        raise click.UsageError(visible_lines(told), ctx=problem.ctx) from None
    except OSError as problem:
        finding = file_trouble(problem, running())
        if finding is None:
            raise
        show_findings([finding])
        stop(WRONG_INPUT)


def _say_error(text: str) -> NoReturn:
    say_line(styled("error:", "red", bold=True), f" {text}", err=True)
    stop(WRONG_INPUT)


def progress(items: Iterable[Item], label: str) -> Iterator[Item]:
    """The items, with a bar on standard error while they are worked on. Nothing is shown where nobody watches."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def stop(code: int) -> NoReturn:
    """End with an exit code, whatever was printed being flushed."""
    sys.stdout.flush()
    raise click.exceptions.Exit(code)


# ---- texts that people typed ----------------------------------------------------------------------------------------

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a text that begins with one


def spreadsheet_cell(value: Any) -> Any:
    """A cell for CSV: a text that a spreadsheet takes as text, whatever it begins with; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
