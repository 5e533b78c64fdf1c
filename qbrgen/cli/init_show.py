"""What `qbrgen init` shows: what it found in the files, what it proposes, what it wrote, and the first sentences."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import show_findings
from qbrgen.cli.terminal import say_line, styled
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.draft.model import Draft, DraftPersona, Mapped
    from qbrgen.pipeline import Review

_ROWS, _CELL, _LISTED, _SUMMARIES = 3, 26, 12, 3
_HOLDS = {
    "events": "what people do",
    "people": "who they are",
    "accounts": "the accounts",
    "presence": "who was there",
    "values": "ready-made numbers",
    "names": "names of ids",
}


def show_tables(source: Path, tables: Sequence[Mapped], left: Sequence[tuple[str, str]]) -> None:
    """Each table with its columns, why each is taken for what, and some of its rows."""
    say_line(f"Looked at {source}:")
    for mapped in tables:
        say_line()
        say_line(styled(mapped.table.called, bold=True), f": {_HOLDS[mapped.kind]}")
        if mapped.table.header_told:
            say_line(f"  {mapped.table.header_told} (to confirm)")
        if mapped.export:
            say_line(f"  recognised as {mapped.export}: {mapped.because}")
        width = max((len(key) for key in mapped.columns), default=0)
        for key, column in mapped.columns.items():
            why = "" if mapped.export else f"   ({mapped.reasons.get(key, '')})"
            say_line(f"  {key.ljust(width)}  {column}{why}")
        if mapped.event_columns:
            names = list(mapped.event_columns)
            say_line(f"  {counted(len(names), 'column')} of counts, each an event: {_some(names, 4)}")
        _show_rows(mapped)
    if left:
        say_line("\nNot read:")
        for name, why in left[:_LISTED]:
            say_line(f"  {name}: {why}")
        _say_more(len(left), _LISTED)


def _show_rows(mapped: Mapped) -> None:
    """The first rows of the columns that are taken, in columns."""
    names = [name for name in mapped.columns.values() if name in mapped.table.sample.columns]
    places = [mapped.table.sample.columns.index(name) for name in names]
    rows = [[_cut(row[place]) for place in places] for row in mapped.table.sample.rows[:_ROWS]]
    widths = [max(len(row[place]) for row in rows) for place in range(len(places))] if rows else []
    for row in rows:
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        say_line("    | ", cells.replace("\n", " "))


def _cut(cell: str) -> str:
    return cell if len(cell) <= _CELL else f"{cell[: _CELL - 1]}…"


def show_draft(draft: Draft) -> None:
    """The personas and workflows that are proposed, what is set aside, and what cannot be said."""
    say_line("\nProposed, all of it to be confirmed:")
    for persona in draft.personas:
        say_line()
        say_line("  ", styled(persona.name, bold=True), f": {_people(persona)}")
        for workflow in persona.workflows:
            target, today = (f"{float(share):.0%}" for share in (workflow.target.share, workflow.target.today))
            say_line(f"    {workflow.name}: {target} (today {today})")
    if any(persona.titles for persona in draft.personas):
        covered = sum(persona.share for persona in draft.personas)
        say_line(f"\n  Together they take {float(covered):.0%} of the people who have a job title.")
    if draft.unmatched:
        people = sum(each.people for each in draft.unmatched)
        told = [f"{each.title} ({each.people:,})" for each in draft.unmatched]
        say_line(f"  In no persona: {counted(people, 'person', 'people')}: {_some(told, _LISTED)}")
    if draft.set_aside:
        say_line("  Set aside, since they are no work that produces an outcome:")
        for each in draft.set_aside[:_LISTED]:
            say_line(f"    {each.event}: {each.why}")
        _say_more(len(draft.set_aside), _LISTED)
    for sentence in draft.cannot:
        say_line("  ", styled("Note: ", "yellow"), sentence)


def _people(persona: DraftPersona) -> str:
    if not persona.people:
        return "nobody is named"
    told = counted(persona.people, "person", "people")
    share = f", {float(persona.share):.0%} of those with a job title" if persona.titles else ""
    return f"{told}{share}; {persona.with_events:,} of them with work in the data"


def show_written(folder: Path, written: Sequence[Path], replaced: Sequence[str]) -> None:
    """Every file that was written."""
    say_line("\nWritten:")
    for path in written[:_LISTED]:
        say_line(f"  {path}")
    _say_more(len(written), _LISTED)
    for name in replaced[:_LISTED]:
        say_line(f"  replaced: {folder / name}; what was there is kept beside it as {Path(name).name}.bak")
    _say_more(len(replaced), _LISTED)
    if not written:
        say_line("  nothing: every file is there already, as it would be written")


def show_summaries(review: Review) -> None:
    """The first sentences: of the accounts with most events."""
    from qbrgen.audience import Audience
    from qbrgen.pipeline import line_register

    show_findings(review.urgent)
    chosen = _telling(review)[:_SUMMARIES]
    say_line(f"\nThe first sentences, for {review.wording.period(review.period)}:")
    for account in chosen:
        say_line()
        say_line("  ", styled(review.pictures[account].name, bold=True))
        sentence = review.narrative(account, line_register(Audience.INTERNAL)).text("sentence")
        say_line(click.wrap_text(sentence, width=98, initial_indent="  ", subsequent_indent="  "))


def _telling(review: Review) -> list[str]:
    """The accounts, those first of which most can be said: people active, workflows on target, people in seat."""
    pictures = review.pictures.values()
    ranked = sorted(
        pictures, key=lambda each: (each.breadth.active, each.depth.met, each.breadth.counted), reverse=True
    )
    return [picture.id for picture in ranked]


def show_next(folder: Path, draft: Draft, review: Review) -> None:
    """What to do now."""
    from qbrgen.draft.write import PLAYBOOK

    number = len(review.pictures)
    first, where = shlex.quote(next(iter(_telling(review)), "ACCOUNT")), shlex.quote(str(folder))
    say_line(f"\n{counted(number, 'account')} can be reviewed. Now:")
    say_line(f"  1. read {folder / 'playbooks' / f'{PLAYBOOK}.yml'}: names, targets, and what each workflow produces")
    if any(mapped.persona for mapped in draft.tables):
        say_line("     add a table with user and title under `people:`, and personas for the titles to the playbook")
    if draft.roster:
        say_line(
            f"     write job titles into {folder / 'data' / 'people.csv'}, and personas for them into the playbook"
        )
    say_line(f"  2. qbrgen check -w {where}")
    say_line(f"  3. qbrgen deck {first} -w {where}")
    say_line("  4. take `draft: true` out of each file when it is right; until then every page says DRAFT")


def _some(names: Sequence[str], most: int) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _say_more(number: int, most: int) -> None:
    if number > most:
        say_line(f"  and {number - most:,} more")
