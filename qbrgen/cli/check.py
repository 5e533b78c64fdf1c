"""`qbrgen check` and `qbrgen schema`: is the workspace right, and what an editor needs to help writing it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from qbrgen.cli.options import (
    SOME_FAILED,
    WRONG_INPUT,
    check_places,
    finding_record,
    json_option,
    review_options,
    show_findings,
    stop,
)
from qbrgen.cli.terminal import say_json, say_line
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import counted


@click.command()
@review_options
@json_option
@click.option("--strict", is_flag=True, help="Count warnings as errors; with --what-if, the new ones.")
@click.option(
    "--what-if",
    "changed",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Tell what would change if FILE stood in for the file of the workspace that it is a changed copy of (a "
    "playbook, an account, qbrgen.yml), or for NAME. May be given several times. Nothing is written.",
)
@click.option("-v", "--verbose", is_flag=True, help="With --what-if: every sentence of deck and brief that changes.")
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

    Each finding tells where it is, what is wrong and what to write instead. With --what-if: which states and sentences
    would change in which accounts, before a new target is agreed.

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
    if verbose:
        raise click.UsageError("--verbose belongs to --what-if FILE.")
    from qbrgen.measure.findings import data_findings
    from qbrgen.narrate.wording import load_wording
    from qbrgen.pipeline import open_review, theme_of
    from qbrgen.render.template_files import template_findings

    try:
        review = open_review(workspace, period=period, as_of=as_of)
    except InputError as problem:
        _tell(problem.findings, {}, as_json)
        stop(WRONG_INPUT)
    settings = review.definitions.settings
    findings = [*review.findings, *data_findings(review.definitions, review.counts)]
    broken: list[Finding] = []
    try:
        findings += theme_of(review).findings
    except InputError as problem:
        broken += problem.findings
    try:
        load_wording(settings.root, settings.locale, thorough=True)
    except InputError as problem:
        broken += problem.findings
    templates = template_findings(settings.root)
    broken += [finding for finding in templates if finding.level is Level.ERROR]
    findings += [finding for finding in templates if finding.level is not Level.ERROR]
    if broken:
        _tell([*broken, *findings], review.set_aside, as_json)
        stop(WRONG_INPUT)
    _tell([*findings, *(f for fs in review.set_aside.values() for f in fs)], review.set_aside, as_json)
    if not as_json:
        balance, number = review.counts.balance, len(review.pictures)
        say_line(
            f"{counted(number, 'account')} can be reviewed for {review.period.label}, "
            f"{len(review.set_aside)} set aside. "
            f"{counted(balance.rows, 'event row')} read, {balance.counted:,} counted."
        )
    if strict and any(f.level is Level.WARNING for f in findings):
        stop(WRONG_INPUT)
    if review.set_aside:
        stop(SOME_FAILED if review.pictures else WRONG_INPUT)


def _tell(findings: Iterable[Finding], set_aside: Iterable[str], as_json: bool) -> None:
    findings = list(findings)
    if as_json:
        records = {"findings": [finding_record(f) for f in findings], "set_aside": sorted(set_aside)}
        say_json(records)
        return
    show_findings(findings)
    if findings:
        counts = {level: sum(f.level is level for f in findings) for level in Level}
        told = ", ".join(counted(n, level) for level, n in counts.items() if n)
        say_line(f"{told}.", err=True)


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
