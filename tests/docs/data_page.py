"""The parts of docs/data.md that are made from the code, and its worked example: pages → files → the sentence."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from click.testing import CliRunner

from qbrgen.cli.main import main
from qbrgen.define import settings_schema
from qbrgen.define.mapping import REQUIRED
from qbrgen.load.exports.model import Export
from qbrgen.load.exports.registry import EXPORTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"
_MOST = 3
_OF_KIND: dict[str, type[settings_schema.ColumnsWritten]] = {
    "events": settings_schema.EventColumns,
    "people": settings_schema.PeopleColumns,
    "accounts": settings_schema.AccountColumns,
    "presence": settings_schema.PresenceColumns,
    "values": settings_schema.ValueColumns,
}


def as_made(text: str, folder: Path) -> str:
    """The page with its made parts, and what `qbrgen summary` says of its example. folder: to write it into."""
    for name, made in (("fields", _fields()), ("exports", _exports()), ("traps", _traps()), ("read", _read())):
        begin, end = f"<!-- made from the code: {name} -->\n", f"<!-- end: {name} -->"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}{made}{end}{rest.partition(end)[2]}"
    return re.sub(r"(?s)```text\n.*?```", f"```text\n{_sentence(text, folder)}```", text)


# ---- tables ---------------------------------------------------------------------------------------------------------


def _fields() -> str:
    rows = ["| kind | field | what it is |", "|---|---|---|"]
    for kind, model in _OF_KIND.items():
        for name, info in model.model_fields.items():
            field = info.alias or name
            mark = " (needed)" if field in REQUIRED[kind] else ""
            rows.append(f"| {kind} | `{field}`{mark} | {info.description} |")
    return "\n".join(rows) + "\n"


def _read() -> str:
    rows = ["| under `read:` | what it is |", "|---|---|"]
    rows += [f"| `{name}` | {info.description} |" for name, info in settings_schema.ReadWritten.model_fields.items()]
    return "\n".join(rows) + "\n"


def _exports() -> str:
    rows = ["| `export:` | what it is | used for | recognised by |", "|---|---|---|---|"]
    for export in EXPORTS:
        known = ", ".join(f"`{group[0]}`" for group in export.needs)
        used = ", ".join(export.holds) or "nothing"
        rows.append(f"| `{export.name}` | {export.called} | {used} | {known} |")
    return "\n".join(rows) + "\n"


def _traps() -> str:
    return "\n".join(_section(export) for export in EXPORTS)


def _section(export: Export) -> str:
    lines = [f"### `{export.name}`", "", f"{export.called}. {export.get}", ""]
    for kind, fields in export.columns.items():
        told = "; ".join(f"{ours} ← {_few(theirs)}" for ours, theirs in fields.items())
        lines.append(f"- {kind}: {told}.")
    if export.counts:
        patterns = ", ".join(f"`{pattern}`" for pattern in export.counts)
        lines.append(
            f"- counted columns: {patterns}; a row is {'an' if export.each_row == 'event' else 'a'} {export.each_row}."
        )
    if export.presence:
        patterns = ", ".join(f"`{pattern.replace('[[]', '[')}`" for pattern in export.presence)
        lines.append(f"- presence, or sent by the tool itself: {patterns}.")
    lines += [f"- {sentence}" for sentence in (export.joins, *export.traps, export.unused) if sentence]
    return "\n".join(lines) + "\n"


def _few(names: tuple[str, ...]) -> str:
    """The first of the columns that may hold a field; where there are many, that there are more."""
    shown = [f"`{name}`" for name in names[:_MOST]]
    return " or ".join(shown) + (f" or {len(names) - _MOST} more" if len(names) > _MOST else "")


# ---- the example ----------------------------------------------------------------------------------------------------


def _sentence(text: str, folder: Path) -> str:
    for block in re.findall(r"(?s)```csv\n(.*?)```", text):
        name, _, content = block.partition("\n")
        _write(folder / name, content)
    for name, content in re.findall(r"(?s)```yaml\n# (\S+\.yml)\n(.*?)```", text):
        _write(folder / name, content)
    _write(folder / "exports/tracks.csv", _tracks())
    return CliRunner().invoke(main, ["summary", "-w", str(folder)]).stdout


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def _tracks() -> str:
    """What people did, as the page tells it."""
    monday = datetime.combine(date(2026, 6, 29), time())
    told = [("u1", 0, 8, "Signed In"), ("u2", 0, 8, "Signed In"), ("u3", 0, 8, "Signed In")]
    told += [(who, day, 10, event) for who in ("u1", "u2") for day, event in ((1, "Deck Sent"), (2, "Follow-up Sent"))]
    told += [("u1", 3, 10, "Note Shared")]
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["id", "received_at", "user_id", "event", "event_text", "timestamp"])
    for number, (week, (who, day, hour, event)) in enumerate((week, each) for week in range(13) for each in told):
        at = monday + timedelta(weeks=week, days=day, hours=hour)
        slug = re.sub(r"\W", "_", event.lower())
        writer.writerow([f"m{number}", at + timedelta(hours=7), who, slug, event, at])
    return rows.getvalue()
