"""`qbrgen explain`: the receipts behind every figure that is said of an account."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.options import json_option, review_options
from qbrgen.cli.rows import RowsAsked, add_rows, check_csv, lists_of, print_rows, rows_options, write_csv
from qbrgen.cli.tell import finish
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative


@click.command()
@click.argument("account")
@click.argument("statement", required=False)
@review_options
@json_option
@rows_options
def explain(
    account: str,
    statement: str | None,
    workspace: Path,
    period: str | None,
    as_of: date | None,
    as_json: bool,
    rows: RowsAsked | None,
) -> None:
    """Print what each figure of an account was counted from.

    STATEMENT is the key of one statement, such as sentence or workflow:reps/sequenced-touches. Without it, all.
    With --rows come the events behind each figure: when, who, what, in which line of which file, and how each was
    counted, or why not. They are internal; so is the CSV file.

    \b
    Example:
      qbrgen explain acme -w sample_accounts
      qbrgen explain acme sentence
      qbrgen explain acme workflow:reps/sequenced-touches --rows
      qbrgen explain acme people --csv acme-people-internal.csv
    """
    from qbrgen.narrate.statement import Register
    from qbrgen.pipeline import open_review

    if rows:
        check_csv(rows)
    review = open_review(workspace, accounts=[account], period=period, as_of=as_of)
    for account_id in review.pictures:
        narrative = review.narrative(account_id, Register.BRIEF)
        keys = _explained(narrative, statement)
        records = [_receipts(narrative, key) for key in keys]
        lists = lists_of(review, account_id, narrative, keys) if rows else []
        if rows and as_json:
            add_rows(narrative, records, lists, rows)
        if as_json:
            click.echo(json.dumps(records, indent=2, ensure_ascii=False))
        else:
            _print_receipts(narrative, records)
            if rows:
                print_rows(review, narrative, lists, rows)
        if rows and rows.path:
            written = write_csv(review, narrative, lists, rows.path)
            click.echo(f"{counted(written, 'row')} written to {rows.path}.", err=True)
    finish(review)


def _explained(narrative: Narrative, statement: str | None) -> list[str]:
    """The keys of the statements to explain: the one asked for, or every one that states figures."""
    if statement is not None and statement in narrative.left_out:
        raise InputError(
            [Finding(Level.ERROR, "left-out", f"{statement!r} was left out: {narrative.left_out[statement]}")]
        )
    spoken = _spoken(narrative)
    if statement is not None and statement not in narrative:
        from qbrgen.load.nearest import instead_of

        fix = instead_of(statement, spoken, "statements")
        raise InputError([Finding(Level.ERROR, "unknown-statement", f"There is no statement {statement!r}.", fix)])
    return spoken if statement is None else [statement]


def _spoken(narrative: Narrative) -> list[str]:
    """The keys of statements that say figures in whole sentences."""
    return [key for key in narrative.spoken() if narrative.statements[key].receipts]


def _receipts(narrative: Narrative, key: str) -> dict[str, Any]:
    told = narrative.statements[key]
    receipts = [narrative.picture.receipt(receipt_id) for receipt_id in told.receipts]
    return {
        "statement": key,
        "text": told.text,
        "receipts": [
            {
                "id": receipt.id,
                "rule": receipt.rule,
                "in_words": narrative.text(f"receipt:{receipt.id}"),
                "numerator": _plain(receipt.numerator),
                "denominator": _plain(receipt.denominator),
                "unit": receipt.unit,
                "from": receipt.window.first.isoformat() if receipt.window else None,
                "to": receipt.window.last.isoformat() if receipt.window else None,
                "events": {name: _plain(n) for name, n in receipt.events},
                "people": list(receipt.people),
                "sources": list(receipt.sources),
            }
            for receipt in receipts
        ],
    }


def _plain(value: Any) -> int | float | None:
    """An exact figure as JSON has it."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _print_receipts(narrative: Narrative, records: list[dict[str, Any]]) -> None:
    picture = narrative.picture
    window = f"{picture.window.first.isoformat()} to {picture.window.last.isoformat()}"
    click.echo(f"{click.style(picture.name, bold=True)}, {picture.period.label}, {window}, data to {picture.as_of}")
    for record in records:
        click.echo()
        click.echo(click.style(record["statement"], fg="cyan"))
        _print_wrapped(record["text"], 2)
        for receipt in record["receipts"]:
            _print_wrapped(f"{receipt['id']}: {receipt['in_words']}", 4)
            if receipt["events"]:
                _print_wrapped("events: " + ", ".join(f"{name} {n:,}" for name, n in receipt["events"].items()), 6)
            if receipt["people"]:
                _print_wrapped("people: " + ", ".join(receipt["people"]), 6)
            if receipt["sources"]:
                _print_wrapped("files: " + ", ".join(receipt["sources"]), 6)


def _print_wrapped(text: str, indent: int) -> None:
    click.echo(click.wrap_text(text, width=100, initial_indent=" " * indent, subsequent_indent=" " * indent))
