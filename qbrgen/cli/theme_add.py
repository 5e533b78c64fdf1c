"""`qbrgen theme add`: a theme of a workspace, made of a PowerPoint template."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import SETTINGS, check_places, show_findings, workspace_option
from qbrgen.cli.terminal import say_line
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.theme import Theme

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_TAKEN = {"fonts", "con", "prn", "aux", "nul"}  # the folder of shared typefaces, and devices of Windows


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--name", required=True, help="Of the theme: letters, digits, dashes.")
@click.option("--replace", is_flag=True, help="Replace a theme of that name; what changes is kept beside it as *.bak.")
@workspace_option
def add(file: Path, name: str, replace: bool, workspace: Path) -> None:
    """Make a theme of your PowerPoint template.

    It goes to WORKSPACE/themes/NAME: template.pptx (a .potx is saved as one; sample slides, links out of the file and
    metadata are left out), template.yml (which layout and placeholder takes what, with comments on how to change it)
    and _brand.yml (colours and typefaces of the template, for the PDFs). Nothing is written where the template cannot
    be used.

    \b
    Example:
      qbrgen theme add our.potx --name ours -w sample_accounts
      qbrgen theme add our-2027.potx --name ours --replace
    """
    from qbrgen.cli.theme_check import check_theme
    from qbrgen.files import folder_written_whole
    from qbrgen.render.pptx.theme_folder import theme_files
    from qbrgen.theme.load import read_theme

    folder = workspace / "themes" / name
    _check_asked(workspace, name, replace)
    files, findings = theme_files(file, name)
    kept: list[str] = []
    with folder_written_whole(folder) as new:
        if folder.is_dir():
            kept = _keep_old(folder, new, files)
        for each, content in files.items():
            (new / each).write_bytes(content)
    show_findings([*findings, *check_theme(read_theme(folder))])
    for each in files:
        say_line(folder / each)
    for each in kept:
        say_line(f"  as it was: {folder / each}")
    where = "" if workspace == Path() else f" -w {quote(str(workspace))}"
    say_line(f"\n  Look at it:  qbrgen theme preview {name}{where}")
    say_line(f"  Use it:      write `theme: {name}` into {workspace / SETTINGS}, or --theme {name}")
    say_line(f"  Change it:   {folder / 'template.yml'}, then qbrgen theme check {name}{where}")


def _check_asked(workspace: Path, name: str, replace: bool) -> None:
    """InputError with all that keeps a theme of that name from being written."""
    folder = workspace / "themes" / name
    problems = []
    if not (workspace / SETTINGS).is_file():
        what = f"{workspace} holds no {SETTINGS}, so it is no workspace."
        problems.append(Finding(Level.ERROR, "no-workspace", what, "Name one: --workspace sample_accounts"))
    if not _NAME.fullmatch(name) or name.lower() in _TAKEN:
        what = f"{name!r} cannot be the name of a theme."
        fix = "Write letters, digits and dashes, such as --name ours."
        problems.append(Finding(Level.ERROR, "theme-name", what, fix))
    elif folder.is_dir() and not replace:
        what = f"There is a theme {name!r} already: {folder}."
        fix = "Take another name, or write --replace; what is replaced is kept beside it."
        problems.append(Finding(Level.ERROR, "theme-exists", what, fix))
    if problems:
        raise InputError(problems)
    check_places([folder / "template.yml"], "Move it, or take another name.")


def _keep_old(folder: Path, new: Path, files: Mapping[str, bytes]) -> list[str]:
    """Copy the old folder into the new one; its files that become others go by the name *.bak. Their names."""
    shutil.copytree(folder, new, dirs_exist_ok=True, symlinks=True)
    kept = []
    for name, content in files.items():
        old = new / name
        if old.is_file() and old.read_bytes() != content:
            old.replace(new / f"{name}.bak")
            kept.append(f"{name}.bak")
    return kept


def provisional(file: Path, folder: Path) -> Theme:
    """The theme that `add` would make of a template, called as the file; written into `folder` and nowhere else."""
    from dataclasses import replace

    from qbrgen.render.pptx.theme_folder import theme_files
    from qbrgen.theme.load import read_theme

    files, findings = theme_files(file, file.stem)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    show_findings(findings)
    return replace(read_theme(folder), name=file.stem)
