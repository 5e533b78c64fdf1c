"""`qbrgen theme inspect`: what a PowerPoint template holds, and where slides and their parts would go on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.options import SOME_FAILED, WRONG_INPUT, finding_record, json_option, show_findings, stop
from qbrgen.cli.terminal import say_json, say_line, styled, visible
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.render.pptx.grid import Box
    from qbrgen.render.pptx.template_info import LayoutInfo, PlaceholderInfo, TemplateInfo

_UNITS = {"in": 72.0, "cm": 72.0 / 2.54}  # points to one
_PLAIN_WIDTH = 132  # of a table that no terminal shows
_KINDS = {
    "title": "title", "ctrTitle": "title", "subTitle": "subtitle", "body": "text", "obj": "anything", "pic": "picture",
    "tbl": "table", "chart": "chart", "dgm": "diagram", "media": "media", "clipArt": "clip art", "dt": "date",
    "ftr": "footer", "sldNum": "slide number", "hdr": "header",
}  # fmt: skip


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--unit", type=click.Choice(list(_UNITS)), default="in", show_default=True, help="Of frames.")
@json_option
def inspect(files: tuple[Path, ...], unit: str, as_json: bool) -> None:
    """Show what a template holds, and what would go where.

    Masters, layouts and placeholders, each with its kind, index, name, frame and type size. The last column is the map
    that `qbrgen theme add` would write: the kind of slide that would take the layout, and what would stand in the
    placeholder. It is found by type, size and place; names in any language do. Nothing is written.

    \b
    Example:
      qbrgen theme inspect our.potx
      qbrgen theme inspect our.pptx --unit cm
      qbrgen theme inspect *.pptx --json
    """
    problems: dict[Path, Sequence[Finding]] = {}
    records = []
    for path in dict.fromkeys(files):
        try:
            found = _inspected(path)
        except InputError as problem:
            problems[path] = problem.findings
            continue
        if as_json:
            records.append(_record(*found, _UNITS[unit], unit))
        else:
            _print(*found, _UNITS[unit], unit)
    told = [finding for findings in problems.values() for finding in findings]
    if as_json:
        say_json({"templates": records, "findings": [finding_record(finding) for finding in told]})
    else:
        show_findings(told)
    if problems:
        stop(SOME_FAILED if len(problems) < len(set(files)) else WRONG_INPUT)


Uses = Mapping[tuple[int, int], Sequence[tuple[str, Mapping[str, Sequence[int]]]]]
"""(master, place within it) of a layout → the roles that take it, each with slot → indices."""


def _inspected(path: Path) -> tuple[TemplateInfo, Uses, list[Finding]]:
    """(the template, what takes what, findings)."""
    from qbrgen.render.pptx.template_info import read_template
    from qbrgen.render.pptx.template_map import propose_map

    info = read_template(path)
    mapping, notes = propose_map(info)
    level = Level.NOTE if mapping else Level.ERROR
    told = [Finding(level, "template-map", note, "", Location(str(path))) for note in notes]
    return info, _uses(mapping, info), [*info.findings, *told]


def _uses(mapping: Mapping[str, Mapping[str, object]], info: TemplateInfo) -> Uses:
    from qbrgen.render.pptx.foreign_layouts import find_layout

    found: dict[tuple[int, int], list[tuple[str, Mapping[str, Sequence[int]]]]] = {}
    for role, entry in mapping.items():
        layout = find_layout(entry, info)
        slots = {
            slot: [index for index in (value if isinstance(value, list) else [value]) if isinstance(index, int)]
            for slot, value in entry.items()
            if slot not in ("layout", "master")
        }
        found.setdefault((layout.master, layout.at), []).append((role, slots))
    return found


# ---- for people -----------------------------------------------------------------------------------------------------


def _print(info: TemplateInfo, uses: Uses, findings: Sequence[Finding], per: float, unit: str) -> None:
    from rich.console import Console
    from rich.table import Table

    assert info.path is not None
    say_line(styled(info.path.name, bold=True))
    say_line(f"  {_size(info, per, unit)}, {counted(len(info.masters), 'master')}, "
             f"{counted(len(info.layouts), 'layout')}{_samples(info.samples)}")  # fmt: skip
    say_line(f"  Typefaces: {info.heading or 'none'} for titles, {info.body or 'none'} for text")
    say_line(f"  Colours: {_colours(info.scheme)}")
    for line in _proposed(info, uses):
        say_line(f"  {line}")
    say_line()
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for heading, right in (
        ("Layout, placeholder", False), ("Kind", False), ("Index", True), (f"Left, top ({unit})", True),
        (f"Width × height ({unit})", True), ("Type", True), ("Takes", False),
    ):  # fmt: skip
        table.add_column(heading, justify="right" if right else "left")
    master = 0
    for layout in info.layouts:
        if layout.master != master and len(info.masters) > 1:
            master = layout.master
            table.add_row(styled_text(f"Master {master}: {layout.master_name}", "cyan"))
        _add_layout(table, layout, uses.get((layout.master, layout.at), ()), per)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    console.print(table)
    show_findings(findings)
    if not any(finding.level is Level.ERROR for finding in findings):
        say_line(f"\n  Look at it:          qbrgen theme preview {quote(str(info.path))}")
        say_line(f"  Make a theme of it:  qbrgen theme add {quote(str(info.path))} --name NAME\n")


def _proposed(info: TemplateInfo, uses: Uses) -> list[str]:
    """Which kinds of slides would take which layout, a line each."""
    lines = []
    for layout in info.layouts:
        roles = [role for role, _ in uses.get((layout.master, layout.at), ())]
        if roles:
            of = f" of master {layout.master}" if len(info.masters) > 1 else ""
            lines.append(f"{', '.join(roles)}: {_one_line(layout.name)!r}{of}")
    return [f"Proposed for {line}" for line in lines]


def styled_text(text: str, style: str = "") -> Any:
    """A text for a table, in which nothing of a file steers the terminal."""
    from rich.text import Text

    return Text(visible(text), style=style)


def _add_layout(
    table: Any, layout: LayoutInfo, uses: Sequence[tuple[str, Mapping[str, Sequence[int]]]], per: float
) -> None:
    roles = ", ".join(role for role, _ in uses)
    name = styled_text(_one_line(layout.name), "bold")
    table.add_row(name, "", "", "", "", "", styled_text(roles and f"slides: {roles}", "green"))
    for each in layout.placeholders:
        takes = sorted({slot for _, slots in uses for slot, indices in slots.items() if each.idx in indices})
        table.add_row(
            styled_text(f"  {_one_line(each.name)}"),
            styled_text(_KINDS.get(each.kind, each.kind) + (", vertical" if each.vertical else "")),
            str(each.idx),
            _pair(each.box.x, each.box.y, per, ", "),
            _pair(each.box.w, each.box.h, per, " × "),
            f"{each.size:.4g}",
            styled_text(", ".join(takes), "green"),
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _pair(one: float, other: float, per: float, between: str) -> str:
    return f"{one / per:.2f}{between}{other / per:.2f}"


def _size(info: TemplateInfo, per: float, unit: str) -> str:
    known = {(16, 9): "16:9", (4, 3): "4:3", (16, 10): "16:10"}
    shape = next(
        (
            f" ({told})"
            for (w, h), told in known.items()
            if info.height and abs(info.width / info.height - w / h) < 0.01
        ),
        "",
    )
    return f"{_pair(info.width, info.height, per, ' × ')} {unit}{shape}"


def _samples(count: int) -> str:
    if not count:
        return ""
    return f", {counted(count, 'sample slide')} that no deck takes over"


def _colours(scheme: Mapping[str, str]) -> str:
    named = [("text", "tx1"), ("background", "bg1"), *((f"accent {at}", f"accent{at}") for at in range(1, 7))]
    return ", ".join(f"{name} {scheme[slot]}" for name, slot in named if slot in scheme)


# ---- for machines ---------------------------------------------------------------------------------------------------


def _record(info: TemplateInfo, uses: Uses, findings: Sequence[Finding], per: float, unit: str) -> dict[str, Any]:
    def frame(box: Box) -> dict[str, float]:
        sides = zip(("left", "top", "width", "height"), box, strict=True)
        return {name: round(value / per, 3) for name, value in sides}

    def holder(each: PlaceholderInfo) -> dict[str, Any]:
        return {"name": each.name, "index": each.idx, "kind": each.kind, **frame(each.box), "size": each.size}

    return {
        "file": str(info.path),
        "unit": unit,
        "width": round(info.width / per, 3),
        "height": round(info.height / per, 3),
        "sample_slides": info.samples,
        "typefaces": {"headings": info.heading, "base": info.body},
        "colours": dict(info.scheme),
        "layouts": [
            {
                "master": layout.master,
                "master_name": layout.master_name,
                "name": layout.name,
                "kind": layout.kind,
                "takes": {role: dict(slots) for role, slots in uses.get((layout.master, layout.at), ())},
                "placeholders": [holder(each) for each in layout.placeholders],
            }
            for layout in info.layouts
        ],
        "findings": [finding_record(finding) for finding in findings],
    }
