"""`qbrgen template`: the templates of pages, slides' order and words, and a workspace's own in their place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.group import CommandGroup
from qbrgen.cli.options import SETTINGS, check_places, json_option, workspace_option
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.cli.theme import maybe_workspace_option
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from qbrgen.render.template_files import TemplateFile


@click.group(cls=CommandGroup)
def template() -> None:
    """Pages, storylines and words that you may change.

    A file in WORKSPACE/templates takes the place of the one of that name that comes with qbrgen, from the next command
    on; of wording, each entry does. docs/templates.md says what a template may use.

    \b
    Example:
      qbrgen template list                       what there is, and what you have changed
      qbrgen template copy brief/style.css       one to change
      qbrgen check                               what is wrong with yours
    """


@template.command("list")
@maybe_workspace_option
@json_option
def list_templates(root: Path | None, as_json: bool) -> None:
    """List the templates there are, what each is for, and which of them are yours.

    \b
    Example:
      qbrgen template list
      qbrgen template list -w sample_accounts --json
    """
    from qbrgen.render.template_files import template_files

    found = template_files(root)
    if as_json:
        say_json([_record(each) for each in found])
        return
    widest = max(len(each.name) for each in found)
    for each in found:
        own = _own(each)
        say_line(styled(each.name.ljust(widest), bold=each.changed), f"  {each.says}", f"  [{own}]" if own else "")


def _own(each: TemplateFile) -> str:
    if each.own is None:
        return ""
    return "yours, changed" if each.changed else "yours, as it comes with qbrgen"


def _record(each: TemplateFile) -> dict[str, object]:
    own = str(each.own) if each.own else None
    return {"name": each.name, "says": each.says, "own": own, "changed": each.changed}


@template.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--replace", is_flag=True, help="Replace what you have changed; it is kept beside it as *.bak.")
@workspace_option
def copy(names: tuple[str, ...], replace: bool, workspace: Path) -> None:
    """Copy templates into the workspace, to change them there.

    NAME is one of `qbrgen template list`, or a folder of them (brief, talk-track, storylines, wording/en). Without one:
    all HTML and CSS. Copy only what you mean to change: a copy stays as it is when qbrgen gets better.

    \b
    Example:
      qbrgen template copy brief/style.css
      qbrgen template copy talk-track -w sample_accounts
      qbrgen template copy storylines/default.yml
    """
    from qbrgen.files import write_bytes

    found = _chosen(names, workspace)
    if not (workspace / SETTINGS).is_file():
        what = f"{workspace} holds no {SETTINGS}, so it is no workspace."
        raise InputError([Finding(Level.ERROR, "no-workspace", what, "Name one: --workspace sample_accounts")])
    places = {each: workspace / "templates" / each.name for each in found}
    changed = [each for each in found if each.changed]
    if changed and not replace:
        fix = "Leave it as it is, or write --replace; what is replaced is kept beside it."
        raise InputError(
            [Finding(Level.ERROR, "template-exists", f"You have changed {places[each]}.", fix) for each in changed]
        )
    kept = {each: places[each].with_name(f"{places[each].name}.bak") for each in changed}
    check_places([*places.values(), *kept.values()], "Move it.")
    for each, path in places.items():
        if each in kept and each.own is not None:
            write_bytes(kept[each], each.own.read_bytes())
        write_bytes(path, each.shipped.read_bytes())
        say_line(path)
        if each in kept:
            say_line(f"  as it was: {kept[each]}")


def _chosen(names: tuple[str, ...], workspace: Path) -> list[TemplateFile]:
    """The templates of these names and folders, without any those of pages. InputError for names that are not there."""
    from qbrgen.render.template_files import PAGES, template_files

    found = template_files(workspace)
    wanted = {name: name.replace("\\", "/").strip("/") for name in names or PAGES}
    folders = sorted({each.name.rpartition("/")[0] for each in found})
    fix = f"Choose from `qbrgen template list`, or a folder: {', '.join(folders)}."
    missing = [name for name, each in wanted.items() if not any(_below(file.name, each) for file in found)]
    if missing:
        raise InputError(
            [Finding(Level.ERROR, "unknown-template", f"There is no template {name!r}.", fix) for name in missing]
        )
    return [file for file in found if any(_below(file.name, each) for each in wanted.values())]


def _below(name: str, given: str) -> bool:
    return name == given or name.startswith(f"{given}/")
