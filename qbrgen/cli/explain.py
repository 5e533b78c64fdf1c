"""`qbrgen explain`: the receipts behind every figure that is said of an account."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.options import json_option, review_options
from qbrgen.cli.rows import RowsAsked, add_rows, check_csv, lists_of, print_rows, rows_options, write_csv
from qbrgen.cli.tell import finish
from qbrgen.cli.terminal import say_json, say_line, styled
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.figures import Receipt
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording


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

    STATEMENT is the key of one statement, such as sentence or workflow:reps/sequenced-touches, or how keys begin, such
    as workflow: for every workflow. Without it, all. Under each statement come its figures one by one; then every
    receipt once: what was counted, over which days, by which rule, whose, and from which files.
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
        lists = lists_of(review, account_id, narrative, keys) if rows else []
        if as_json:
            record = _record(narrative, keys, review.wording)
            if rows:
                add_rows(narrative, [record], lists, rows)
            say_json(record)
        else:
            _print(narrative, keys, review.wording)
            if rows:
                print_rows(review, narrative, lists, rows)
        if rows and rows.path:
            written = write_csv(review, narrative, lists, rows.path)
            say_line(f"{counted(written, 'row')} written to {rows.path}.", err=True)
    finish(review)


def _explained(narrative: Narrative, asked: str | None) -> list[str]:
    """The keys of the statements to explain: the one asked for, those that begin so, or every one that states figures.

    Raises InputError for one that was left out, with the reason, and for one that there is not.
    """
    spoken = [key for key in narrative.spoken() if narrative.statements[key].receipts]
    if asked is None:
        return spoken
    if asked in narrative:
        return [asked]
    if asked in narrative.left_out:
        raise InputError([Finding(Level.ERROR, "left-out", f"{asked!r} was left out: {narrative.left_out[asked]}")])
    beginning = [key for key in narrative.statements if asked and key.startswith(asked)]
    if beginning:
        return beginning
    from qbrgen.load.nearest import instead_of

    fix = instead_of(asked, spoken, "statements")
    raise InputError([Finding(Level.ERROR, "unknown-statement", f"There is no statement {asked!r}.", fix)])


def _record(narrative: Narrative, keys: list[str], wording: Wording) -> dict[str, Any]:
    """Everything for JSON: the statements with their figures, each with the id of its receipt; each receipt once."""
    from dataclasses import asdict

    from qbrgen.narrate.explained import figures_of, receipts_of

    picture, told = narrative.picture, [narrative.statements[key] for key in keys]
    return {
        "account": picture.id,
        "period": picture.period.label,
        "from": picture.window.first.isoformat(),
        "to": picture.window.last.isoformat(),
        "as_of": picture.as_of.isoformat(),
        "statements": [
            {
                "statement": each.key,
                "text": each.text,
                "figures": [asdict(figure) for figure in figures_of(each, narrative, wording)],
                "receipts": list(each.receipts),
            }
            for each in told
        ],
        "receipts": [_receipt(narrative, picture.receipt(name)) for name in receipts_of(told)],
    }


def _receipt(narrative: Narrative, receipt: Receipt) -> dict[str, Any]:
    from qbrgen.narrate.explained import plain

    return {
        "id": receipt.id,
        "rule": receipt.rule,
        "in_words": narrative.text(f"receipt:{receipt.id}"),
        "numerator": plain(receipt.numerator),
        "denominator": plain(receipt.denominator),
        "unit": receipt.unit,
        "from": receipt.window.first.isoformat() if receipt.window else None,
        "to": receipt.window.last.isoformat() if receipt.window else None,
        "events": {name: plain(n) for name, n in receipt.events},
        "people": list(receipt.people),
        "sources": list(receipt.sources),
    }


def _print(narrative: Narrative, keys: list[str], wording: Wording) -> None:
    """Each statement with its figures; then every receipt that they come from, once."""
    from qbrgen.narrate.explained import figures_of, receipt_lines, receipts_of

    picture, told = narrative.picture, [narrative.statements[key] for key in keys]
    window, as_of = wording.span(picture.window), wording.date(picture.as_of)
    facts = {"account": picture.name, "period": wording.period(picture.period), "window": window, "as_of": as_of}
    say_line(styled(wording.say("explain.head", **facts), bold=True))
    for each in told:
        say_line()
        say_line(styled(each.key, "cyan"))
        say_line(click.wrap_text(each.text, width=100, initial_indent="  ", subsequent_indent="  "))
        for figure in figures_of(each, narrative, wording):
            shown = figure.receipt if len(each.receipts) > 1 else ""
            _print_wrapped(wording.say("explain.figure", text=figure.text, what=figure.what, receipt=shown), 4)
        if len(told) > 1 and each.receipts:
            _print_wrapped(wording.say("explain.from", ids=each.receipts), 4)
    say_line()
    say_line(styled(wording.say("explain.receipts"), bold=True))
    for name in receipts_of(told):
        say_line()
        first, *more = receipt_lines(picture.receipt(name), narrative, wording)
        _print_wrapped(first, 2)
        for line in more:
            _print_wrapped(line, 4)


def _print_wrapped(text: str, indent: int) -> None:
    say_line(click.wrap_text(text, width=100, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)))
