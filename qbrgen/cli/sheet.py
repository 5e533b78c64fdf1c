"""`qbrgen sheet`: accounts as a workbook that a CSM edits, and its changes back into the YAML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from qbrgen.cli.group import CommandGroup
from qbrgen.cli.options import FINE, WRONG_INPUT, check_places, show_findings, stop, workspace_option
from qbrgen.cli.terminal import may_ask, say_line, styled
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.sheet.apply import FileEdit
    from qbrgen.sheet.merge import Change
    from qbrgen.sheet.plan import ImportPlan


@click.group(cls=CommandGroup)
def sheet() -> None:
    """Edit accounts in Excel, LibreOffice or Google Sheets.

    `export` writes one workbook; you edit it; `import` checks it, shows what would change, asks, and writes it into the
    YAML files. No one has to write YAML to keep an account current.

    \b
    Example:
      qbrgen sheet export -w sample_accounts --out accounts.xlsx
      qbrgen sheet import accounts.xlsx -w sample_accounts
    """


@sheet.command()
@click.argument("accounts", nargs=-1)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write. Default: WORKSPACE/out/internal/accounts.xlsx.",
)
@click.option("--replace", is_flag=True, help="Write over a workbook that is there; edits in it are lost.")
@workspace_option
def export(accounts: tuple[str, ...], out: Path | None, replace: bool, workspace: Path) -> None:
    """Write one workbook of accounts, people, absences, impact, plans, targets and closed weeks.

    Without ACCOUNTS, all of them. The workbook is internal: it holds ARR, renewals and notes.

    \b
    Example:
      qbrgen sheet export
      qbrgen sheet export acme fernhill --out mine.xlsx
    """
    from qbrgen.files import source_date, written_whole
    from qbrgen.sheet.rows import chosen_accounts, lists_of, read_known, rows_of
    from qbrgen.sheet.workbook import Export, files_behind, write_workbook

    path = out or workspace / "out" / "internal" / "accounts.xlsx"
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{path.name} is no name of an Excel workbook. Write --out {path.stem}.xlsx")
    if path.exists() and not replace:
        raise click.UsageError(
            f"{path} is there already, perhaps with edits. Import it, choose another --out, or --replace."
        )
    known = read_known(workspace)
    chosen = chosen_accounts(known, accounts)
    check_places([path], "Move it, or choose another file with --out.")
    made = source_date() or datetime.now(UTC).date()
    settings = known.definitions.settings
    everything = Export(
        settings.vendor,
        made,
        tuple(chosen),
        rows_of(known, chosen),
        lists_of(known, chosen),
        files_behind(known, chosen),
    )
    with written_whole(path) as temporary:
        write_workbook(temporary, everything)
    show_findings(_left_out(known.definitions.set_aside) if not accounts else [])
    say_line(path)
    say_line(f"{counted(len(chosen), 'account')}. Internal: it holds ARR, renewals and notes.")
    say_line(f"When it is edited: qbrgen sheet import {quote(str(path))} -w {quote(str(workspace))}")


def _left_out(set_aside: Iterable[str]) -> list[Finding]:
    fix = "`qbrgen check` tells what is wrong with it."
    return [
        Finding(Level.WARNING, "account-set-aside", f"the account '{name}' is broken, and left out.", fix)
        for name in set_aside
    ]


@sheet.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option(
    "--prefer",
    type=click.Choice(["sheet", "workspace"]),
    help="Whose value is taken where both the sheet and the workspace have changed it since the export.",
)
@workspace_option
def import_(file: Path, yes: bool, prefer: str | None, workspace: Path) -> None:
    """Check an edited workbook, show what would change, ask, and write it into the YAML files.

    Comments, order and everything that was not edited stay. All files are written, or none. What is wrong is told with
    sheet and cell, all at once, and then nothing is written.

    \b
    Example:
      qbrgen sheet import accounts.xlsx
      qbrgen sheet import accounts.xlsx --yes --prefer sheet
    """
    from qbrgen.sheet.merge import Prefer
    from qbrgen.sheet.plan import plan_import
    from qbrgen.sheet.save import save

    plan = plan_import(file, workspace, Prefer(prefer) if prefer else None)
    if plan.broken:
        raise InputError(plan.findings)
    show_findings(plan.findings)
    if not plan.files:
        say_line("Nothing has changed: no file is touched.")
        return
    _show(plan)
    if not (yes or _agreed()):
        say_line("Nothing is written.")
        stop(FINE)
    for path in save(workspace, plan.files):
        say_line(styled("written: ", "green"), path)
    _check_again(workspace, plan)


def _agreed() -> bool:
    """Ask on the terminal; where there is none, --yes has to say it."""
    if not may_ask():
        show_findings([Finding(Level.ERROR, "not-asked", "nobody can be asked here.", "Say --yes to write it.")])
        stop(WRONG_INPUT)
    return click.confirm("Write this?", default=False)


def _show(plan: ImportPlan) -> None:
    """The changes, account by account."""
    files = {edit.account: edit for edit in plan.files}
    ordered = sorted(plan.changes, key=lambda change: change.account)
    for account, changes in groupby(ordered, key=lambda change: change.account):
        edit = files.get(account)
        say_line()
        say_line(styled(account or "all accounts", "cyan", bold=True), f"  {_file(edit)}")
        for change in changes:
            _show_change(change)
    say_line()
    told = f"{counted(len(plan.changes), 'change')} in {counted(len(plan.files), 'file')}"
    say_line(f"{told}.")


def _file(edit: FileEdit | None) -> str:
    if edit is None:
        return ""
    return edit.name if edit.before else f"{edit.name} (new)"


_SIGNS = {"changed": ("~", "yellow"), "added": ("+", "green"), "removed": ("-", "red")}


def _show_change(change: Change) -> None:
    sign, colour = _SIGNS[change.how.value]
    place = f"  ({change.where})"
    if change.how.value == "changed":
        say_line("  ", styled(sign, colour), f" {change.what}: {change.before} → {change.after}{place}")
    else:
        more = f": {change.after}" if change.after else ""
        say_line("  ", styled(sign, colour), f" {change.what}{more}{place}")


def _check_again(workspace: Path, plan: ImportPlan) -> None:
    """Load what has been written, and tell what `qbrgen check` would say of the accounts that were changed."""
    from qbrgen.define.workspace import load_workspace

    definitions = load_workspace(workspace)
    touched = {edit.account for edit in plan.files}
    aside = [finding for name in touched for finding in definitions.set_aside.get(name, ())]
    show_findings([*(finding for finding in definitions.findings if finding.account in touched), *aside])
    say_line("The workspace is sound. `qbrgen check` holds it against the data.")
