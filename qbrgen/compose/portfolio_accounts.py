"""The portfolio's accounts: those that need attention with why, a line for each, and those set aside."""

from __future__ import annotations

from qbrgen.compose.overview import Overview, line_of
from qbrgen.compose.standing import STATUS
from qbrgen.compose.tables import ranked_gaps
from qbrgen.document import Block, Cell, Column, Table, Text
from qbrgen.narrate.score import part_name, score_figure, score_rule
from qbrgen.score.portfolio import ATTENTION
from qbrgen.score.portfolio_picture import Attention, PortfolioRow
from qbrgen.score.states import GapKind, Standing

MOST_REASONS = 2
# More accounts than these must do without what is asked, so that all ten stay on page one.
MOST_WITH_ASK = 5
THREATS = (GapKind.MISS_AT_RENEWAL, GapKind.TURNING_DOWN, GapKind.MASKED)


def attention_table(view: Overview) -> Table | None:
    """The accounts that need attention: why, what is asked, renewal and ARR. None when none does."""
    if not view.picture.attention:
        return None
    columns = (
        Column(view.say("column-account"), 0.22),
        Column(view.say("column-why"), 0.44),
        Column(view.say("column-renews"), 0.18, nowrap=True),
        Column(view.say("column-arr"), 0.12, align="right", nowrap=True),
    )
    brief = len(view.picture.attention) > MOST_WITH_ASK
    rows = tuple(_attention_row(view, attention, brief) for attention in view.picture.attention)
    return Table(columns, rows, view.say("alt-attention", count=len(rows)))


def _attention_row(view: Overview, attention: Attention, brief: bool) -> tuple[Cell, ...]:
    row = attention.row
    asked = view.say("asked", ask=attention.ask) if attention.ask and not brief else ""
    return (
        Cell(view.name(row.id), strong=True, sub=view.owner(row), link=view.link(row.id)),
        Cell(why(view, row, MOST_REASONS), sub=asked, status=STATUS[row.standing]),
        Cell(view.day(row.renewal), sub=view.say("renews-soon") if row.renews_soon else ""),
        Cell(view.wording.money(row.arr) if row.arr else view.say("not-set")),
    )


def why(view: Overview, row: PortfolioRow, most: int) -> str:
    """The standing with what it rests on, then its most urgent gaps in short; of a real adoption, what threatens it."""
    told = view.told[row.id]
    gaps = ranked_gaps(told)
    real = row.standing is Standing.REAL
    if real:
        gaps = [gap for gap in gaps if gap.kind in THREATS] or gaps
    rests_on = told.text("standing-reason")
    reasons = [rests_on] if rests_on else []
    broken = told.text("commitments-missed")
    urgent = gaps[: most - len(reasons) - bool(broken)]
    reasons += [told.text(f"gap-clause:{gap.key}") for gap in urgent]
    reasons += [broken] if broken else []
    standing = view.standing(row.standing)
    return view.say(
        "standing-but" if real else "standing-and-why", standing=standing, reasons=view.wording.clauses(reasons)
    )


def definitions(view: Overview) -> tuple[Block, ...]:
    """Who needs attention, and what each standing means, for a reader who opens nothing else."""
    depth = view.wording.target(view.picture.real_adoption_depth)
    need = view.picture.need_attention
    return (
        Text(view.say("attention-defined", n=need, count=view.wording.count(need), most=ATTENTION), "small"),
        Text(view.say("standings-defined", depth=depth), "small"),
    )


# ---- a line an account ----------------------------------------------------------------------------------------------


def account_table(view: Overview) -> Table:
    """A row an account: name, standing and direction, score, people, workflows, renewal and ARR; its sentence below."""
    columns = (
        Column(view.say("column-account-sentence"), 1.0),
        Column(view.say("column-standing"), 0.14, nowrap=True),
        Column(view.wording.say("score.column-score"), 0.1, nowrap=True),
        Column(view.say("column-people"), 0.08, align="right", nowrap=True),
        Column(view.say("column-workflows-short"), 0.08, align="right", nowrap=True),
        Column(view.say("column-renews"), 0.14, nowrap=True),
    )
    rows = tuple(_account_row(view, row) for row in view.rows)
    lines = tuple(view.told[row.id].text("sentence") or view.say("no-sentence") for row in view.rows)
    return Table(columns, rows, view.say("alt-accounts", count=len(rows)), small=True, lines=lines)


def _account_row(view: Overview, row: PortfolioRow) -> tuple[Cell, ...]:
    told = view.told[row.id]
    return (
        Cell(view.name(row.id), strong=True, sub=view.owner(row), link=view.brief(row.id), anchor=line_of(row.id)),
        Cell(view.standing(row.standing), sub=told.text("direction-word"), status=STATUS[row.standing]),
        Cell(score_figure(view.wording, row.score), strong=True, sub=_score_parts(view, row)),
        Cell(view.people(row)),
        Cell(view.workflows(row)),
        Cell(view.day(row.renewal), sub=view.wording.money(row.arr) if row.arr else view.say("arr-not-set")),
    )


def _score_parts(view: Overview, row: PortfolioRow) -> str:
    """ "75 · 96 · 100"; the line above the list says which part is which. "" where there is none at all."""
    if all(entry.value is None for entry in row.score.parts):
        return ""
    missing = view.wording.say("score.missing-mark")
    parts = [missing if entry.value is None else view.wording.points(entry.value * 100) for entry in row.score.parts]
    return view.wording.say("score.parts-short", parts=parts)


def score_key(view: Overview) -> Text:
    """Which of the figures beside a score is which part."""
    parts = [part_name(view.wording, entry.part) for entry in view.rows[0].score.parts]
    return Text(view.wording.say("score.key", parts=parts), "small")


def score_note(view: Overview) -> Text:
    """The weights and what each part is, once for the whole list."""
    return Text(score_rule(view.wording, view.rows[0].score), "small")


def order_note(view: Overview) -> Text:
    """What the order of the list means."""
    return Text(view.say(f"order-{view.order}"), "small")


def set_aside_table(view: Overview) -> Table:
    """Accounts that could not be made, each with its reason."""
    columns = (Column(view.say("column-account"), 0.3), Column(view.say("column-reason"), 0.7))
    rows = tuple((Cell(account, strong=True), Cell(reason)) for account, reason in view.picture.set_aside)
    return Table(columns, rows, view.say("alt-set-aside", count=len(rows)), small=True)
