"""`qbrgen score`: accounts by their score, with its parts and weights; on the terminal, as JSON or as CSV. Internal."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbrgen.cli.options import accounts_of, all_option, json_option, review_options, spreadsheet_cell
from qbrgen.cli.tell import finish, score_record
from qbrgen.cli.terminal import say_json, say_line, visible
from qbrgen.score.states import Part, Standing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from qbrgen.pipeline import Review
    from qbrgen.score.picture import AccountPicture, Score

_COLOURS = {Standing.REAL: "green", Standing.PARTIAL: "yellow", Standing.AT_RISK: "red", Standing.UNKNOWN: "dim"}
_PLAIN_WIDTH = 120  # of a table that no terminal shows


@click.command()
@click.argument("accounts", nargs=-1)
@all_option
@click.option("--lowest-first", is_flag=True, help="Begin with the lowest score. Default: with the highest.")
@review_options
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
def score(
    accounts: tuple[str, ...],
    take_all: bool,
    lowest_first: bool,
    workspace: Path,
    period: str | None,
    as_of: date | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the score of each account, with its parts.

    It goes from 0 to 100, sorts your own accounts and is not for a customer. Where a part is missing the score is
    withheld: such accounts come last, with what is missing. The weights are settings: `rules: {score_weights: …}` in
    qbrgen.yml.

    \b
    Example:
      qbrgen score --all -w sample_accounts
      qbrgen score acme fernhill
      qbrgen score --all --lowest-first --csv > scores.csv
    """
    from qbrgen.pipeline import open_review
    from qbrgen.score.adoption_score import by_score

    if as_json and as_csv:
        raise click.UsageError("Ask for either --json or --csv.")
    review = open_review(workspace, accounts=accounts_of(accounts, take_all), period=period, as_of=as_of)
    found = sorted(review.pictures.values(), key=lambda picture: (picture.name.casefold(), picture.id))
    found.sort(key=lambda picture: by_score(_score(picture), lowest_first=lowest_first))
    if as_json:
        say_json([_record(review, picture) for picture in found])
    elif as_csv:
        say_line(_as_csv([_record(review, picture) for picture in found]), nl=False)
    elif found:
        _print_table(review, found)
    finish(review)


def _score(picture: AccountPicture) -> Score:
    if picture.score is None:
        raise ValueError(f"the picture of {picture.id} has no score: it was redacted")
    return picture.score


def _record(review: Review, picture: AccountPicture) -> dict[str, Any]:
    return {
        "account": picture.id,
        "name": picture.name,
        "owner": picture.owner,
        "segment": picture.segment,
        "renewal": picture.renewal.isoformat() if picture.renewal else None,
        "period": picture.period.label,
        "as_of": picture.as_of.isoformat(),
        "draft": picture.draft,
        "standing": picture.standing.value if picture.standing else None,
        "direction": picture.direction.trend.value,
        "score": score_record(picture, review.wording),
    }


# ---- CSV ------------------------------------------------------------------------------------------------------------

_PLAIN = ("account", "name", "owner", "segment", "standing", "renewal", "period", "as_of")


def _as_csv(records: Sequence[dict[str, Any]]) -> str:
    """A line an account; of each part its value and its weight, empty where the part is missing or has no weight."""
    parts = [part.value for part in Part]
    names = [*_PLAIN, "score", *parts, *(f"{part}_weight" for part in parts), "direction_call", "withheld", "draft"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for record in records:
        found = record["score"]
        row = {name: spreadsheet_cell(record[name]) for name in _PLAIN}
        row |= {
            "score": found["total"],
            "direction_call": record["direction"],
            "withheld": "; ".join(found["withheld"]),
            "draft": "DRAFT" if record["draft"] else "",
        }
        for entry in found["parts"]:
            row |= {entry["part"]: entry["value"], f"{entry['part']}_weight": entry["weight"]}
        writer.writerow(row)
    return text.getvalue()


# ---- the table ------------------------------------------------------------------------------------------------------


def _print_table(review: Review, pictures: Sequence[AccountPicture]) -> None:
    """The table, with the weights and what each part is at its foot."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from qbrgen.narrate.score import score_rule

    say = review.wording.say
    owners = len({picture.owner for picture in pictures}) > 1
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(say("label.column-account"), ratio=1)
    if owners:
        table.add_column(say("label.column-owner"))
    table.add_column(say("label.column-standing"))
    table.add_column(say("score.column-score"), justify="right")
    for entry in _score(pictures[0]).parts:
        table.add_column(say(f"score.column-{entry.part}"), justify="left" if entry.part is Part.DIRECTION else "right")
    for picture in pictures:
        table.add_row(*_row(review, picture, owners))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    console.print(table)
    day = review.wording.date(review.counts.as_of)
    told = [say("label.data-until", day=day), say("score.internal")]
    said = f"{review.wording.period(review.period)}, {review.wording.clauses(told)}"
    note = f"{score_rule(review.wording, _score(pictures[0]))} {review.wording.sentence(said)}"
    console.print(Padding(Text(note, style="dim"), (1, 0, 0, 0)))


def _row(review: Review, picture: AccountPicture, owners: bool) -> list[RenderableType]:
    from rich.text import Text

    from qbrgen.narrate.score import missing_reasons, score_figure

    found = _score(picture)
    shown = review.wording.say("portfolio.draft-name", name=picture.name) if picture.draft else picture.name
    name = Text(visible(shown))
    if found.total is None:
        reasons = review.wording.listing(missing_reasons(review.wording, found, picture.feed_silent))
        name.append("\n" + review.wording.say("score.withheld-because", reasons=reasons), style="dim")
    standing = picture.standing or Standing.UNKNOWN
    cells: list[RenderableType] = [name]
    if owners:
        cells.append(Text(visible(picture.owner or "") or review.wording.say("label.not-set")))
    cells.append(Text(review.wording.say(f"label.standing-{standing.name.lower()}"), style=_COLOURS[standing]))
    cells.append(Text(score_figure(review.wording, found), style="bold" if found.total is not None else "dim"))
    return cells + [Text(text) for text in _parts(review, picture)]


def _parts(review: Review, picture: AccountPicture) -> list[str]:
    """Each part's cell: its share, with the count behind breadth and the call behind direction."""
    from qbrgen.narrate.direction import CALLS
    from qbrgen.narrate.score import part_figure

    wording, breadth, shown = review.wording, picture.breadth, []
    for entry in _score(picture).parts:
        share = part_figure(wording, entry, picture.feed_silent)
        if entry.value is not None and entry.part is Part.BREADTH:
            counts = wording.say("label.ratio", done=breadth.active, total=breadth.counted)
            share = wording.say("score.share-and-counts", share=share, counts=counts)
        if entry.value is not None and entry.part is Part.DIRECTION:
            call = wording.say(f"direction.word-{CALLS[picture.direction.trend]}")
            share = wording.say("score.call-and-share", call=call, share=share)
        shown.append(share)
    return shown
