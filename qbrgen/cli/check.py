"""`qbrgen check` and `qbrgen schema`: is the workspace right, and what an editor needs to help writing it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import (
    SOME_FAILED,
    WRONG_INPUT,
    check_places,
    json_option,
    review_options,
    stop,
)
from qbrgen.cli.terminal import say_json, say_line
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.measure.aside import RowsAside
    from qbrgen.pipeline import Review


@click.command()
@review_options
@json_option
@click.option("--strict", is_flag=True, help="Warnings are errors: exit code 2; with --what-if, the new ones.")
@click.option(
    "--what-if",
    "changed",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Tell what would change if FILE stood in for the file of the workspace that it is a changed copy of (a "
    "playbook, an account, qbrgen.yml), or for NAME. May be given several times. Nothing is written.",
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show every finding, not the first few of each kind; with --what-if, every sentence that changes.",
)
def check(
    workspace: Path,
    period: str | None,
    as_of: date | None,
    as_json: bool,
    strict: bool,
    changed: tuple[str, ...],
    verbose: bool,
) -> None:
    """Find every problem in the definitions and the data at once.

    Each finding tells where it is, what is wrong, why it matters and what to write instead. A balance tells where every
    event row went. With --what-if: which states and sentences would change in which accounts, before a new target is
    agreed.

    Exit code 0 when everything can be made, 1 when accounts were set aside, 2 when nothing can be made.

    \b
    Example:
      qbrgen check -w sample_accounts
      qbrgen check -w sample_accounts --what-if new-targets.yml
      qbrgen check -w sample_accounts --what-if sales-engagement=new-targets.yml
    """
    if changed:
        from qbrgen.cli.what_if import check_what_if

        check_what_if(workspace, changed, period, as_of, as_json=as_json, strict=strict, verbose=verbose)
        return
    from qbrgen.cli.check_lines import checked_record, show_checked

    review, aside, findings = _everything(workspace, period, as_of)
    set_aside = review.set_aside if review else {}
    of_accounts = dict.fromkeys(finding for reasons in set_aside.values() for finding in reasons)
    broken = any(finding.level is Level.ERROR and finding not in of_accounts for finding in findings)
    findings += of_accounts
    whole = review if not broken else None
    if as_json:
        say_json(checked_record(findings, set_aside, whole, aside))
    else:
        show_checked(findings, every=verbose)
        if whole:
            _conclude(whole, aside)
    if broken or (strict and any(finding.level is not Level.NOTE for finding in findings)):
        stop(WRONG_INPUT)
    if review and set_aside:
        stop(SOME_FAILED if review.pictures else WRONG_INPUT)


def _conclude(review: Review, aside: Sequence[RowsAside]) -> None:
    from qbrgen.cli.check_lines import show_balance

    show_balance(review, aside)
    number, broken = len(review.pictures), len(review.set_aside)
    say_line(f"{counted(number, 'account')} can be reviewed for {review.period.label}, {broken} set aside.")


def _everything(
    workspace: Path, period: str | None, as_of: date | None
) -> tuple[Review | None, list[RowsAside], list[Finding]]:
    """(the review, the rows set aside by file, what is wrong with definitions, data, theme, wording and templates, all
    at once); without a review where the workspace or its data cannot be read. Findings of accounts set aside are the
    review's."""
    from qbrgen.files import source_date
    from qbrgen.measure.aside import rows_aside, with_examples
    from qbrgen.measure.findings import data_findings
    from qbrgen.measure.fit import fit_findings, stale_findings
    from qbrgen.measure.overlaps import rows_in_two_files
    from qbrgen.narrate.wording import load_wording
    from qbrgen.pipeline import open_review, theme_of
    from qbrgen.render.template_files import template_findings

    try:
        review = open_review(workspace, period=period, as_of=as_of)
    except InputError as problem:
        return None, [], list(problem.findings)
    definitions, counts = review.definitions, review.counts
    aside = rows_aside(definitions, counts)
    counts = replace(counts, balance=replace(counts.balance, examples=with_examples(counts, aside)))
    today = None if period or as_of else source_date() or date.today()
    findings = [*review.findings, *data_findings(definitions, counts), *fit_findings(definitions, counts)]
    findings += rows_in_two_files(definitions, counts)
    findings += stale_findings(definitions, counts, review.period, today)
    told = {finding.code for finding in findings}
    findings += [finding for finding in review.urgent if finding.code not in told]
    root = definitions.settings.root
    try:
        findings += theme_of(review).findings
    except InputError as problem:
        findings += problem.findings
    try:
        load_wording(root, definitions.settings.locale, thorough=True)
    except InputError as problem:
        findings += problem.findings
    return review, aside, [*findings, *template_findings(root)]


@click.command()
@click.argument("kind", type=click.Choice(["settings", "playbook", "account", "review"]), required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write all four files into this folder.")
def schema(kind: str | None, out: Path | None) -> None:
    """Export the JSON Schemas of the workspace's files, for editors.

    \b
    Example:
      qbrgen schema playbook > playbook.schema.json
      qbrgen schema --out .schemas
    """
    from qbrgen.define.json_schema import json_schemas
    from qbrgen.files import write_text

    schemas = json_schemas()
    places = {out / f"{name}.schema.json": content for name, content in schemas.items()} if out else {}
    check_places(places, "Move it, or choose another folder with --out.")
    if kind:
        say_json(schemas[kind])
    for path, content in places.items():
        write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
        say_line(path)
    if not kind and not out:
        raise click.UsageError("Name a kind (settings, playbook, account, review), or a folder with --out.")
