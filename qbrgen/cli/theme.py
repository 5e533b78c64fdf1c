"""`qbrgen theme`: how decks and briefs look. Themes that come with qbrgen, a workspace's own, and any template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.group import CommandGroup
from qbrgen.cli.options import (
    SETTINGS,
    SOME_FAILED,
    WRONG_INPUT,
    check_places,
    finding_record,
    json_option,
    progress,
    show_findings,
    stop,
)
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.cli.theme_add import add
from qbrgen.cli.theme_inspect import inspect
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.theme import Theme

BRAND = "_brand.yml"


@click.group(cls=CommandGroup)
def theme() -> None:
    """How decks look: themes, and your own PowerPoint template.

    A theme is a folder with _brand.yml (colours, typefaces, logo), and, where decks are to stand on a PowerPoint
    template, template.pptx and template.yml. Those of a workspace are in WORKSPACE/themes.

    \b
    Example:
      qbrgen theme inspect our.potx                what it holds, and where things would go
      qbrgen theme add our.potx --name ours        make a theme of it in the workspace
      qbrgen theme preview ours                    one slide of each kind, to look at
      qbrgen deck acme --theme ours                a deck on it
    """


def workspace_or_none(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """The folder given, else the nearest one from here upwards that holds a settings file, else None."""
    here = Path.cwd()
    return value or next((folder for folder in (here, *here.parents) if (folder / SETTINGS).is_file()), None)


maybe_workspace_option = click.option(
    "-w",
    "--workspace",
    "root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    callback=workspace_or_none,
    help=f"Folder with {SETTINGS}, for themes of its own. Default: the nearest from here upwards, if any.",
)


# ---- list -----------------------------------------------------------------------------------------------------------


@theme.command("list")
@maybe_workspace_option
@json_option
def list_themes(root: Path | None, as_json: bool) -> None:
    """List the themes there are, and where each comes from.

    \b
    Example:
      qbrgen theme list
      qbrgen theme list -w sample_accounts --json
    """
    from qbrgen.resources import themes_dir
    from qbrgen.theme.load import read_theme, theme_folders

    found = [read_theme(folder) for _, folder in sorted(theme_folders(root).items())]
    shipped = themes_dir()
    if as_json:
        say_json([_record(each, own=each.folder.parent != shipped) for each in found])
        return
    widths = [max((len(text) for text in column), default=0) for column in zip(*map(_cells, found), strict=True)]
    for each in found:
        name, brand, look = _cells(each)
        place = "comes with qbrgen" if each.folder.parent == shipped else str(each.folder)
        say_line(
            styled(name.ljust(widths[0]), bold=True), f"  {brand.ljust(widths[1])}  {look.ljust(widths[2])}  {place}"
        )


def _cells(each: Theme) -> tuple[str, str, str]:
    return each.name, each.brand, "template" if each.template else "brand file alone"


def _record(each: Theme, *, own: bool) -> dict[str, Any]:
    return {
        "name": each.name,
        "brand": each.brand,
        "from": "workspace" if own else "qbrgen",
        "folder": str(each.folder),
        "template": each.template.name if each.template else None,
        "logo": each.logo.name if each.logo else None,
    }


# ---- check ----------------------------------------------------------------------------------------------------------


@theme.command()
@click.argument("themes", nargs=-1, metavar="[NAME|FOLDER]...")
@click.option("--all", "take_all", is_flag=True, help="Every theme there is.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@maybe_workspace_option
@json_option
def check(themes: tuple[str, ...], take_all: bool, strict: bool, root: Path | None, as_json: bool) -> None:
    """Find what is wrong with a theme before a deck is made on it.

    Does the map fit the template? Are its frames large enough, is text on them readable, are the typefaces there? Is
    anything in _brand.yml set aside or repaired? A preview is drawn on it, in memory, and looked through as well.

    Exit codes: 0 fine, notes and warnings aside; 1 some of several themes have errors; 2 all that were asked for.

    \b
    Example:
      qbrgen theme check ours
      qbrgen theme check --all --strict
      qbrgen theme check themes/ours --json
    """
    from qbrgen.theme.load import theme_folders

    if bool(themes) == take_all:
        raise click.UsageError("Name one or more themes or their folders, or write --all.")
    asked = tuple(sorted(theme_folders(root))) if take_all else themes
    found: dict[str, list[Finding]] = {}
    for name in progress(dict.fromkeys(asked), "themes"):
        found[name] = _findings(name, root)
    bad = [name for name, findings in found.items() if _failed(findings, strict)]
    if as_json:
        say_json(
            [
                {"theme": name, "fine": name not in bad, "findings": [finding_record(each) for each in findings]}
                for name, findings in found.items()
            ]
        )
    else:
        for name, findings in found.items():
            show_findings(findings)
            say_line(styled(name, bold=True), f": {_tally(findings)}")
    if bad:
        stop(SOME_FAILED if len(bad) < len(found) else WRONG_INPUT)


def _findings(name: str, root: Path | None) -> list[Finding]:
    from qbrgen.cli.theme_check import check_theme

    try:
        return check_theme(asked_theme(name, root))
    except InputError as problem:
        return list(problem.findings)


def _failed(findings: list[Finding], strict: bool) -> bool:
    bad = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    return any(finding.level in bad for finding in findings)


def _tally(findings: list[Finding]) -> str:
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    told = ", ".join(counted(count, level) for level, count in counts.items() if count)
    return f"{told}." if told else "fine."


def asked_theme(name: str, root: Path | None) -> Theme:
    """The theme of that name, in that folder, or of that _brand.yml. Raises InputError where there is none."""
    from qbrgen.theme.load import load_theme, read_theme, theme_folders

    folder = Path(name).parent if Path(name).name == BRAND else Path(name)
    if name not in theme_folders(root) and folder.is_dir():
        if (folder / BRAND).is_file():
            return read_theme(folder.resolve())
        what = f"{folder} is a folder without {BRAND}, so it is no theme."
        fix = "`qbrgen theme add TEMPLATE --name NAME` makes a theme of a PowerPoint template."
        raise InputError([Finding(Level.ERROR, "theme-not-found", what, fix)])
    return load_theme(name, root)


# ---- preview --------------------------------------------------------------------------------------------------------


@theme.command()
@click.argument("themes", nargs=-1, required=True, metavar="NAME|FOLDER|FILE...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to. Default: WORKSPACE/out/previews, or ./previews where there is no workspace.",
)
@maybe_workspace_option
def preview(themes: tuple[str, ...], out: Path | None, root: Path | None) -> None:
    """Make one slide of each kind in a theme, to look at.

    The account is invented, and every slide says so. The hard cases are among them: a title of two full lines, sixty
    people, nine workflows, long rows. FILE may be a template that no theme has been made of yet. Where LibreOffice is
    installed, a PDF and a picture of all slides are made as well.

    \b
    Example:
      qbrgen theme preview ours
      qbrgen theme preview our.potx --out /tmp/look
    """
    from tempfile import TemporaryDirectory

    place = out or (root / "out" / "previews" if root else Path("previews"))
    with TemporaryDirectory() as folder:
        found = _previewed(themes, root, Path(folder))
        paths = {each.name: place / f"{each.name}-preview.pptx" for each in found}
        check_places(paths.values(), "Move it, or choose another folder with --out.")
        for each in progress(found, "previews"):
            _make_preview(each, paths[each.name])


def _previewed(names: tuple[str, ...], root: Path | None, folder: Path) -> list[Theme]:
    """The themes asked for, one made below `folder` for each template. InputError with all that is wrong of them."""
    from qbrgen.cli.theme_add import provisional

    found: dict[str, Theme] = {}
    problems: list[Finding] = []
    for at, name in enumerate(dict.fromkeys(names)):
        path = Path(name)
        try:
            is_template = path.is_file() and path.name != BRAND
            each = provisional(path, folder / str(at)) if is_template else asked_theme(name, root)
        except InputError as problem:
            problems += problem.findings
            continue
        if each.name in found:
            what = f"Two of these are called {each.name!r}, and so would be their previews."
            problems.append(
                Finding(Level.ERROR, "preview-twice", what, "Ask for one after the other, with another --out.")
            )
        found[each.name] = each
    if problems:
        raise InputError(problems)
    return list(found.values())


def _make_preview(each: Theme, path: Path) -> None:
    from qbrgen.compose.preview import preview_document
    from qbrgen.render.pptx import write_deck
    from qbrgen.render.pptx.pictures import libreoffice, write_pdf_of, write_sheet_of

    show_findings([*each.findings, *write_deck(preview_document(each.brand), each, path)])
    say_line(path)
    if libreoffice() is None:
        say_line("  Open it in PowerPoint. With LibreOffice installed (libreoffice.org), a PDF is made beside it.")
        return
    pdf = write_pdf_of(path)
    if pdf is None:
        say_line("  LibreOffice made no PDF of it; open it in PowerPoint.", err=True)
        return
    say_line(pdf)
    sheet = write_sheet_of(pdf)
    if sheet is not None:
        say_line(sheet)


theme.add_command(inspect)
theme.add_command(add)
theme.commands = {name: theme.commands[name] for name in ("list", "inspect", "add", "preview", "check")}
