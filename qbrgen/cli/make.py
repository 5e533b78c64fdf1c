"""`qbrgen deck`, `plan`, `brief`, `portfolio` and `build`: the files."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.options import (
    SOME_FAILED,
    WRONG_INPUT,
    accounts_of,
    all_option,
    check_places,
    file_trouble,
    finding_record,
    make_options,
    progress,
    show_findings,
    stop,
    storyline_option,
)
from qbrgen.cli.tell import finish
from qbrgen.cli.terminal import say_line
from qbrgen.errors import Finding, InputError, Level, MissingLibrary
from qbrgen.score.states import PortfolioOrder

if TYPE_CHECKING:
    from qbrgen.define.model.review import ReviewRecord
    from qbrgen.pipeline import Made, PortfolioAsked, Review
    from qbrgen.theme import Theme

Maker = Callable[["Review", str, "Theme", Path], "Made"]
Placer = Callable[["Review", str, Path], Path]
_ELSEWHERE = "Move it, or choose another folder with --out."


no_talk_track_option = click.option(
    "--no-talk-track", is_flag=True, help="Leave out your private talk track beside each deck."
)

commit_option = click.option(
    "--commit", is_flag=True, help="Keep the review of each account made as delivered, as `qbrgen commit` does."
)


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@no_talk_track_option
@commit_option
@storyline_option
@make_options
def deck(accounts: tuple[str, ...], take_all: bool, no_talk_track: bool, commit: bool, **options: Any) -> None:
    """Make the QBR deck of each account, for the customer.

    A PowerPoint file, in OUT/for-customers. Your private talk track goes to OUT/internal, as a page that any browser
    opens and prints: what to say at each slide, what stands behind it, and what may be asked. It never goes to the
    customer.

    --storyline makes a cut of the deck, in a file of its own: 15-minutes holds what a sponsor must hear in ten, and
    30-minutes leaves out only what stands elsewhere; success-plan is what `qbrgen plan` makes, as slides. The talk
    track follows it.

    --commit keeps the review, so that the next one can say what became of it. Where it may not be kept (the quarter
    goes on, another review of it is recorded), nothing is made. A record that cannot be written costs no deck.

    \b
    Example:
      qbrgen deck acme -w sample_accounts
      qbrgen deck acme --commit
      qbrgen deck acme --storyline 15-minutes
      qbrgen deck --all --theme plain --out decks
    """
    from qbrgen.pipeline import deck_path, make_deck, make_talk_track, talk_track_path

    kinds: dict[str, tuple[Maker, Placer]] = {"decks": (make_deck, deck_path)}
    if not no_talk_track:
        kinds["talk tracks"] = (make_talk_track, talk_track_path)
    _make_each(accounts_of(accounts, take_all), kinds, commit=commit, **options)


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@make_options
def brief(accounts: tuple[str, ...], take_all: bool, **options: Any) -> None:
    """Make the brief of each account, for your leadership.

    A PDF of two pages, in OUT/internal.

    \b
    Example:
      qbrgen brief acme -w sample_accounts
    """
    from qbrgen.pipeline import brief_path, make_brief

    _make_each(accounts_of(accounts, take_all), {"briefs": (make_brief, brief_path)}, **options)


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@make_options
def plan(accounts: tuple[str, ...], take_all: bool, **options: Any) -> None:
    """Make the success plan of each account, for the customer.

    A PDF of up to three pages, in OUT/for-customers: the outcome, the groups and their workflows with targets, the
    actions of both sides, how and when it is judged, and room to sign. What it lacks is told here; in the plan it
    stands as missing, in its place. People are counted, and named where the account's file says that names are agreed.

    The same as slides of a deck: qbrgen deck acme --storyline success-plan

    \b
    Example:
      qbrgen plan acme -w sample_accounts
      qbrgen plan --all --theme plain --out plans
    """
    from qbrgen.pipeline import make_plan, plan_path

    _make_each(accounts_of(accounts, take_all), {"plans": (make_plan, plan_path)}, **options)


@click.command()
@click.option(
    "--briefs",
    multiple=True,
    metavar="WHICH",
    help="Briefs to add (repeat): attention (the default), all, none, or an account.",
)
@click.option("--owner", "owners", multiple=True, metavar="NAME", help="Only this owner's accounts (repeat).")
@click.option("--segment", "segments", multiple=True, metavar="NAME", help="Only accounts of this segment (repeat).")
@click.option(
    "--sort",
    type=click.Choice([order.value for order in PortfolioOrder]),
    default=PortfolioOrder.RENEWAL.value,
    show_default=True,
    help="List every account by worst renewal, or by lowest score.",
)
@make_options
def portfolio(
    briefs: tuple[str, ...], owners: tuple[str, ...], segments: tuple[str, ...], sort: str, **options: Any
) -> None:
    """Make the portfolio brief, over all accounts.

    A PDF, in OUT/internal: totals and the accounts that need attention on page one, the contents, a line for each
    account, what has changed since the quarter before, and briefs. --owner and --segment make one of some accounts
    only, in a file of its own.

    \b
    Example:
      qbrgen portfolio -w sample_accounts
      qbrgen portfolio --owner "Tom Whitfield" --briefs all
      qbrgen portfolio --briefs attention --briefs acme
      qbrgen portfolio --segment Enterprise --sort score --briefs none
    """
    from qbrgen.pipeline import NO_BRIEFS, PortfolioAsked, make_portfolio, portfolio_path

    if NO_BRIEFS in briefs and len(set(briefs)) > 1:
        raise click.UsageError("Write --briefs none by itself.")
    review, theme, out = _open((), **options)
    asked = PortfolioAsked(briefs, PortfolioOrder(sort), owners, segments)
    if review.pictures:
        check_places([portfolio_path(review, out, asked)], _ELSEWHERE)
        _word(review, asked)
        _tell_made(make_portfolio(review, theme, out, asked))
    finish(review)


@click.command()
@no_talk_track_option
@commit_option
@storyline_option
@make_options
def build(no_talk_track: bool, commit: bool, **options: Any) -> None:
    """Make every deck, plan and brief, and the portfolio.

    Beside each deck goes your private talk track. A report of the run, OUT/internal/report.json, says what was made,
    left out and set aside. --commit keeps the review of each account, as it does for `qbrgen deck`.

    \b
    Example:
      qbrgen build -w sample_accounts --out out/2026-Q3
    """
    from qbrgen import pipeline

    review, theme, out = _open((), **options)
    kinds: dict[str, tuple[Maker, Placer]] = {"decks": (pipeline.make_deck, pipeline.deck_path)}
    if not no_talk_track:
        kinds["talk tracks"] = (pipeline.make_talk_track, pipeline.talk_track_path)
    kinds["plans"] = (pipeline.make_plan, pipeline.plan_path)
    kinds["briefs"] = (pipeline.make_brief, pipeline.brief_path)
    places = [place(review, account_id, out) for _, place in kinds.values() for account_id in review.pictures]
    check_places([*places, pipeline.portfolio_path(review, out), _report_path(out)], _ELSEWHERE)
    records = _to_keep(review, every=True) if commit else {}
    made, failed = _run(review, theme, out, {kind: maker for kind, (maker, _) in kinds.items()})
    if review.pictures and "" not in failed:
        made.append(pipeline.make_portfolio(review, theme, out))
        _tell_made(made[-1])
    _keep(review, records, made, failed)
    if review.pictures:
        _write_report(review, made, failed, out)
    _end(review, made, failed)


def _open(
    accounts: tuple[str, ...],
    workspace: Path,
    period: str | None,
    as_of: date | None,
    theme: str | None,
    out: Path | None,
    storyline: str | None = None,
) -> tuple[Review, Theme, Path]:
    """The review, its theme, and the folder to write to. storyline: of decks, where any are made."""
    from qbrgen.pipeline import DEFAULT, open_review, theme_of

    named = DEFAULT if storyline is None else storyline
    review = open_review(workspace, accounts=accounts, period=period, as_of=as_of, storyline=named)
    chosen = theme_of(review, theme)
    if storyline is not None:
        _ = review.story  # what is wrong with it is told once, before anything is made
        _check_template(chosen)
    show_findings([*chosen.findings, *_checked_templates(review)])
    return review, chosen, out or workspace / "out"


def _checked_templates(review: Review) -> list[Finding]:
    """What is odd about the workspace's own templates; InputError where one of them cannot be used."""
    from qbrgen.render.template_files import template_findings

    found = template_findings(review.definitions.settings.root)
    if any(finding.level is Level.ERROR for finding in found):
        raise InputError(found)
    return found


def _check_template(theme: Theme) -> None:
    """InputError where no deck can stand on the theme's template: told once, before anything is made."""
    from qbrgen.render.pptx.template_safety import safe_template

    if theme.template is not None:
        safe_template(theme.template)


def _make_each(
    accounts: tuple[str, ...], kinds: Mapping[str, tuple[Maker, Placer]], *, commit: bool = False, **options: Any
) -> None:
    """kinds: of files, each with what makes it and tells where it goes. commit: keep the reviews as well."""
    review, theme, out = _open(accounts, **options)
    places = [place(review, account_id, out) for _, place in kinds.values() for account_id in review.pictures]
    check_places(places, _ELSEWHERE)
    records = _to_keep(review, every=not accounts) if commit else {}
    made, failed = _run(review, theme, out, {kind: maker for kind, (maker, _) in kinds.items()})
    _keep(review, records, made, failed)
    _end(review, made, failed)


def _to_keep(review: Review, *, every: bool) -> dict[str, ReviewRecord]:
    from qbrgen.cli.recording import day_of_recording, kept_with_what_is_made

    return kept_with_what_is_made(review, every=every, today=day_of_recording())


def _keep(
    review: Review, records: Mapping[str, ReviewRecord], made: Sequence[Made], failed: dict[str, list[Finding]]
) -> None:
    """Keep the records of accounts of which all was made. What goes wrong is told with the rest that failed."""
    from qbrgen.cli.recording import keep_those_made

    whole = {file.account for file in made} - failed.keys()
    for finding in keep_those_made(review, records, whole):
        failed.setdefault(finding.account or "records", []).append(finding)


def _run(
    review: Review, theme: Theme, out: Path, makers: dict[str, Maker]
) -> tuple[list[Made], dict[str, list[Finding]]]:
    """Make each kind of file for each account. An account that fails is told, and the others go on.

    Out: what was made, and account id → what went wrong ("" for a whole kind of file that cannot be made here).
    A bug in one account must not cost the others their files either: its traceback is kept, and raised at the end.
    """
    made: list[Made] = []
    failed: dict[str, list[Finding]] = {}
    bugs: list[Exception] = []
    for kind, maker in makers.items():
        for account_id in progress(review.pictures, f"Making {kind}"):
            try:
                made.append(maker(review, account_id, theme, out))
            except InputError as problem:
                if not _of_template(problem):
                    told_before = failed.setdefault(account_id, [])  # a talk track has the faults of its deck
                    told_before += [finding for finding in problem.findings if finding not in told_before]
                    continue
                failed.setdefault("" if kind == "briefs" else kind, []).extend(problem.findings)
                break  # a template is every account's
            except MissingLibrary as problem:
                failed.setdefault("", []).append(Finding(Level.ERROR, "missing-library", str(problem)))
                break
            except OSError as problem:
                finding = file_trouble(problem, click.get_current_context().command)
                if finding is None:
                    raise
                failed.setdefault(account_id, []).append(finding)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as bug:
                bug.add_note(f"while making {kind} for account {account_id}")
                bugs.append(bug)
    told: set[Finding] = set()
    for file in made:
        _tell_made(file, told)
        told.update(file.findings)
    if bugs:
        raise ExceptionGroup(f"{len(bugs)} files could not be made; all others were", bugs)
    return made, failed


def _of_template(problem: InputError) -> bool:
    """Whether it is a fault in a template of the workspace's own."""
    from qbrgen.render.templates import FAULTS

    return any(finding.code in FAULTS for finding in problem.findings)


def _word(review: Review, asked: PortfolioAsked) -> None:
    """Word every account for leadership before the portfolio is drawn: over thousands it takes a while."""
    from qbrgen.narrate.statement import Register
    from qbrgen.score.portfolio_choice import choice_of

    choice = choice_of(review.pictures, asked.owners, asked.segments)
    chosen = [account_id for account_id, picture in review.pictures.items() if choice.takes(picture)]
    for account_id in progress(chosen, "Wording accounts"):
        review.narrative(account_id, Register.BRIEF)


def _tell_made(made: Made, told: Collection[Finding] = ()) -> None:
    """told: findings that were told with another file, such as those of the theme."""
    say_line(made.path)
    show_findings(finding for finding in made.findings if finding not in told)
    for key, reason in made.left_out:
        say_line(f"    {made.path.name} leaves out {key}: {reason}", err=True)


def _end(review: Review, made: list[Made], failed: dict[str, list[Finding]]) -> None:
    """What failed is told. Exit 1 when some account failed, 2 when nothing at all could be made."""
    for findings in failed.values():
        show_findings(findings)
    if failed and not made:
        stop(WRONG_INPUT)
    if failed and not review.set_aside:
        stop(SOME_FAILED)
    finish(review)


def _write_report(review: Review, made: list[Made], failed: dict[str, list[Finding]], out: Path) -> None:
    """What was made, left out and set aside, and the balance of the rows: `report.json` beside the files."""
    from qbrgen.files import write_text

    balance = review.counts.balance
    report: dict[str, Any] = {
        "period": review.period.label,
        "as_of": review.counts.as_of.isoformat(),
        "files": [
            {
                "account": m.account,
                "file": m.path.relative_to(out).as_posix(),
                "left_out": dict(m.left_out),
                "findings": [finding_record(f) for f in m.findings],
            }
            for m in made
        ],
        "set_aside": {a: [finding_record(f) for f in fs] for a, fs in review.set_aside.items()},
        "failed": {a or "all": [finding_record(f) for f in fs] for a, fs in failed.items()},
        "rows": {
            "read": balance.rows,
            "counted": balance.counted,
            "in_part_weeks": balance.in_part_weeks,
            "set_aside": dict(balance.set_aside),
        },
    }
    drafts = sorted(account_id for account_id, picture in review.pictures.items() if picture.draft)
    if drafts:
        report["drafts"] = drafts
    path = _report_path(out)
    write_text(path, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    say_line(path)


def _report_path(out: Path) -> Path:
    return out / "internal" / "report.json"
