"""`qbrgen init`: from a folder of exports to a draft of a workspace, and its first sentences."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbrgen.cli.options import SOME_FAILED, show_findings, stop
from qbrgen.errors import Finding, InputError, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbrgen.cli.init_ask import Asked
    from qbrgen.draft.model import Draft, Mapped


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder of your exports, as they are.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take every proposal, and mark each as to be confirmed.")
@click.option(
    "--copy", "copied", is_flag=True, help="Copy the data files into DIR/data. Default: read them where they lie."
)
@click.option(
    "--force", is_flag=True, help="Replace files without asking; what was there stays beside them as NAME.bak."
)
@click.option("--vendor", default="", help="Your company, as documents say it.")
@click.option("--fiscal-year-starts", default="", metavar="MONTH", help="First month of your fiscal year.")
@click.option("--time-zone", default="", metavar="ZONE", help="Where days and weeks begin, such as Europe/London.")
@click.option("--currency", default="", metavar="CODE", help="Of amounts that name none, such as GBP.")
@click.option("--csm", default="", metavar="NAME", help="Who owns the accounts, where these are few.")
@click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="How 03/04/2026 is meant, where no row tells."
)
@click.option("--one-account", default="", metavar="NAME", help="All the data are of this one account.")
def init(folder: Path, source: Path, yes: bool, copied: bool, force: bool, dates: str | None, **given: str) -> None:
    """Make a draft of a workspace in DIR from a folder of exports.

    It recognises the files, proposes which column is what, personas from job titles and workflows from what their
    people do, and asks what no data tell. What it writes says why each thing is proposed; take `draft: true` out of the
    files when they are right, and until then every page made from them says DRAFT.

    \b
    Example:
      qbrgen init first-try --from ~/Downloads/export
      qbrgen init first-try --from ~/Downloads/export --yes --vendor Halyard --time-zone Europe/London
    """
    from qbrgen.cli import init_show, init_write
    from qbrgen.cli.init_ask import Asked, check_given
    from qbrgen.draft.prepare import departments, fitted
    from qbrgen.draft.roles import map_tables
    from qbrgen.draft.survey import survey

    asked = Asked(yes, {key: value.strip() for key, value in given.items() if value.strip()})
    check_given(asked.given)
    asked.check_terminal()
    found = survey(source)
    mapped, left = map_tables(found.tables)
    init_show.show_tables(source, mapped, [*found.left, *left])
    one = asked.one_account(departments(mapped))
    tables, unused = fitted(mapped, one)
    draft = _proposed(asked, tables, [*found.left, *left, *unused], dates)
    init_show.show_draft(draft)
    answers = asked.answers(draft)
    named = init_write.naming(folder, source, copied)
    files = init_write.files(draft, answers, named, source)
    replaced = init_write.check(folder, files, force=force, may_ask=not yes)
    written = init_write.put(folder, files, found if copied else None, draft)
    init_show.show_written(folder, written, replaced)
    _first_sentences(folder, draft)


def _proposed(asked: Asked, tables: Sequence[Mapped], left: Sequence[tuple[str, str]], dates: str | None) -> Draft:
    """The draft; where no row of the data tells the day from the month, that is asked."""
    from qbrgen.draft.prepare import with_dates
    from qbrgen.draft.propose import propose

    try:
        return propose(with_dates(tables, dates or ""), left)
    except InputError as problem:
        said = asked.dates([finding for finding in problem.findings if finding.code == "dates-ambiguous"])
        if not said:
            raise
    return propose(with_dates(tables, said), left)


def _first_sentences(folder: Path, draft: Draft) -> None:
    """The first summaries of the new workspace, and what to do next."""
    from qbrgen.cli.init_show import show_next, show_summaries
    from qbrgen.pipeline import open_review

    try:
        review = open_review(folder)
    except InputError as problem:
        show_findings(problem.findings)
        what = "The draft is written, and cannot be reviewed as it is."
        show_findings(
            [
                Finding(
                    Level.ERROR,
                    "draft-not-reviewed",
                    what,
                    f"Correct it, then: qbrgen check -w {shlex.quote(str(folder))}",
                )
            ]
        )
        stop(SOME_FAILED)
    show_summaries(review)
    show_next(folder, draft, review)
