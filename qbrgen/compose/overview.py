"""The portfolio's figures and tables: totals by standing, owner and segment; attention; a line an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qbrgen.compose.standing import STATUS, standing_word
from qbrgen.compose.tables import ranked_gaps
from qbrgen.compose.told import Told
from qbrgen.document import Block, Cell, Column, KeyFigure, KeyFigures, Table, Text
from qbrgen.narrate.score import part_name, score_figure, score_rule
from qbrgen.score.portfolio import (
    ATTENTION,
    Attention,
    GroupTotal,
    PortfolioPicture,
    PortfolioRow,
    StandingTotal,
    Total,
)
from qbrgen.score.states import GapKind, PortfolioOrder, Standing

if TYPE_CHECKING:
    from qbrgen.narrate.wording import Wording

# More owners or segments than these leave no room for the accounts on page one.
MOST_GROUPS = 6
MOST_REASONS = 2
# More accounts than these must do without what is asked, so that all ten stay on page one.
MOST_WITH_ASK = 5
# More accounts than these are told in a line each, without their sentence, so that the list can still be read.
MOST_WITH_SENTENCE = 40
THREATS = (GapKind.MISS_AT_RENEWAL, GapKind.TURNING_DOWN, GapKind.MASKED)


@dataclass(frozen=True, slots=True)
class Overview:
    """The portfolio with the words for it. told: account id → its narrative; linked: ids whose briefs follow; order: of
    the list of every account."""

    picture: PortfolioPicture
    told: Mapping[str, Told]
    wording: Wording
    linked: frozenset[str]
    order: PortfolioOrder = PortfolioOrder.RENEWAL

    @property
    def rows(self) -> tuple[PortfolioRow, ...]:
        """Every account, in the order of the list."""
        return self.picture.listed(self.order)

    def say(self, key: str, **facts: object) -> str:
        """A heading, a column name or another label: an entry below `label` in the wording files."""
        return self.wording.say(f"label.{key}", **facts)

    def standing(self, standing: Standing) -> str:
        """ "Real adoption"."""
        return standing_word(self.wording, standing)

    def money(self, total: Total) -> str:
        """The ARR of a total, an amount a currency; "" when nobody gave any."""
        return self.wording.listing([self.wording.money(amount) for amount in total.arr])

    def accounts(self, total: Total) -> str:
        """ "8 accounts"."""
        return self.say("accounts", n=total.accounts, count=self.wording.count(total.accounts))

    def link(self, account_id: str) -> str:
        """Key of the account's brief in this document, "" when it is not part of it."""
        return account_id if account_id in self.linked else ""

    def day(self, when: date | None) -> str:
        """A renewal date, or "not set"."""
        return self.wording.date(when) if when else self.say("not-set")


# ---- totals ---------------------------------------------------------------------------------------------------------


def totals(view: Overview) -> tuple[Block, ...]:
    """Three figures, then one table: all accounts, each owner, each segment, by standing."""
    picture = view.picture
    until = {"day": view.day(picture.renewing_until)}
    figures = (
        _figure(view, view.say("on-real-adoption"), picture.of(Standing.REAL), Standing.REAL),
        _figure(view, view.say("at-risk"), picture.of(Standing.AT_RISK), Standing.AT_RISK),
        _figure(view, view.say("renewing-at-risk", **until), picture.renewing_at_risk)
        if any(row.renewal for row in picture.rows)
        else KeyFigure(view.say("renewing-at-risk", **until), view.say("cannot-say"), view.say("no-renewals")),
    )
    blocks: list[Block] = [KeyFigures(figures), _totals_table(view)]
    hidden = sum(max(0, len(groups) - MOST_GROUPS) for groups in (picture.by_owner, picture.by_segment))
    if hidden:
        blocks.append(Text(view.say("more-groups", count=hidden), "small"))
    if picture.total.without_arr:
        blocks.append(Text(view.say("without-arr", n=picture.total.without_arr), "small"))
    without_renewal = sum(1 for row in picture.rows if row.renewal is None)
    if 0 < without_renewal < len(picture.rows):
        count = view.wording.count(without_renewal)
        blocks.append(Text(view.say("without-renewal", n=without_renewal, count=count), "small"))
    return tuple(blocks)


def _figure(view: Overview, label: str, total: Total, standing: Standing | None = None) -> KeyFigure:
    """ARR large and accounts below it; the number of accounts large where nobody gave any ARR."""
    money, accounts = view.money(total), view.accounts(total)
    nothing = not view.picture.total.arr
    note = "" if nothing else accounts
    earlier = next((t.total for t in view.picture.previous_by_standing if t.standing is standing), None)
    if earlier is not None:
        before = view.say("number-the-quarter-before", n=earlier.accounts, count=view.wording.count(earlier.accounts))
        note = view.say("now-and-before", now=note, before=before) if note else before
    figure = accounts if nothing else money or view.say("no-money")
    return KeyFigure(label, figure, note, alt=view.say("alt-figure", label=label, figure=figure))


def _totals_table(view: Overview) -> Table:
    picture = view.picture
    columns = (
        Column(view.say("column-accounts"), 0.28),
        *(Column(view.standing(standing), 0.18, align="right") for standing in Standing),
    )
    rows = [_totals_row(view, view.say("all-accounts"), picture.by_standing, strong=True)]
    for kind, groups in (("owner", picture.by_owner), ("segment", picture.by_segment)):
        shown = _worst_groups(groups)
        if shown:
            rows.append((Cell(view.say(f"by-{kind}"), strong=True), *(Cell("") for _ in Standing)))
        for group in shown:
            rows.append(_totals_row(view, group.name or view.say(f"{kind}-not-set"), group.by_standing))
    return Table(columns, tuple(rows), view.say("alt-totals", count=len(rows)))


def _totals_row(
    view: Overview, name: str, by_standing: Sequence[StandingTotal], *, strong: bool = False
) -> tuple[Cell, ...]:
    totals_ = {each.standing: each.total for each in by_standing}
    cells = [totals_.get(standing, Total()) for standing in Standing]
    return (
        Cell(name, strong=strong),
        *(Cell(_accounts_and_arr(view, total), strong=strong) for total in cells),
    )


def _accounts_and_arr(view: Overview, total: Total) -> str:
    """ "2 (£324k)"; the number alone where there is no ARR."""
    count, arr = view.wording.count(total.accounts), view.money(total)
    return view.say("accounts-and-arr", count=count, arr=arr) if arr else count


def _worst_groups(groups: Sequence[GroupTotal]) -> list[GroupTotal]:
    """The groups that page one has room for: those with most accounts at risk; in their own order where all fit."""
    if len(groups) <= MOST_GROUPS:
        return list(groups) if len(groups) > 1 else []

    def at_risk(group: GroupTotal) -> tuple[int, int]:
        risky = next((t.total.accounts for t in group.by_standing if t.standing is Standing.AT_RISK), 0)
        return -risky, -group.total.accounts

    return sorted(groups, key=at_risk)[:MOST_GROUPS]


# ---- accounts -------------------------------------------------------------------------------------------------------


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
        Cell(row.name, strong=True, sub=_owner(view, row), link=view.link(row.id)),
        Cell(_why(view, row, MOST_REASONS), sub=asked, status=STATUS[row.standing]),
        Cell(view.day(row.renewal), sub=view.say("renews-soon") if row.renews_soon else ""),
        Cell(view.wording.money(row.arr) if row.arr else view.say("not-set")),
    )


def _owner(view: Overview, row: PortfolioRow) -> str:
    """Whose account it is; nothing where no account has an owner."""
    if row.owner:
        return row.owner
    return view.say("owner-not-set") if any(each.owner for each in view.picture.rows) else ""


def _why(view: Overview, row: PortfolioRow, most: int) -> str:
    """The standing with what it rests on, then its most urgent gaps in short; of a real adoption, what threatens it."""
    told = view.told[row.id]
    gaps = ranked_gaps(told)
    real = row.standing is Standing.REAL
    if real:
        gaps = [gap for gap in gaps if gap.kind in THREATS] or gaps
    rests_on = told.text("standing-reason")
    reasons = [rests_on] if rests_on else []
    broken = told.text("commitments-missed")
    reasons += [told.text(f"gap-short:{gap.key}") for gap in gaps[: most - len(reasons) - bool(broken)]]
    reasons += [broken] if broken else []
    standing = view.standing(row.standing)
    return view.say(
        "standing-but" if real else "standing-and-why", standing=standing, reasons=view.wording.clauses(reasons)
    )


def account_table(view: Overview) -> Table:
    """A row an account: name, standing and direction, score, people, workflows, renewal and ARR; its sentence below.

    Of many accounts it is one line each.
    """
    if len(view.picture.rows) > MOST_WITH_SENTENCE:
        return _line_table(view)
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
        Cell(row.name, strong=True, link=view.link(row.id)),
        Cell(view.standing(row.standing), sub=told.text("direction-word"), status=STATUS[row.standing]),
        Cell(score_figure(view.wording, row.score), strong=True, sub=_score_parts(view, row)),
        *_figures(view, row),
        Cell(view.day(row.renewal), sub=view.wording.money(row.arr) if row.arr else view.say("arr-not-set")),
    )


def _line_table(view: Overview) -> Table:
    """One line an account, in place of its sentence who owns it."""
    columns: tuple[Column, ...] = (
        Column(view.say("column-account"), 0.30),
        Column(view.say("column-standing"), 0.13, nowrap=True),
        Column(view.wording.say("score.column-score"), 0.14, nowrap=True),
        Column(view.say("column-direction"), 0.13, nowrap=True),
        Column(view.say("column-people"), 0.08, align="right", nowrap=True),
        Column(view.say("column-workflows-short"), 0.08, align="right", nowrap=True),
        Column(view.say("column-renews"), 0.12, nowrap=True),
        Column(view.say("column-arr"), 0.08, align="right", nowrap=True),
        Column(view.say("column-owner"), 0.14, nowrap=True),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Cell(row.name, strong=True, link=view.link(row.id)),
            Cell(view.standing(row.standing), status=STATUS[row.standing]),
            Cell(_score_and_parts(view, row)),
            Cell(view.told[row.id].text("direction-word")),
            *_figures(view, row),
            Cell(view.day(row.renewal)),
            Cell(view.wording.money(row.arr) if row.arr else view.say("not-set")),
            Cell(_owner(view, row)),
        )
        for row in view.rows
    )
    if not any(row[-1].text for row in rows):
        columns, rows = columns[:-1], tuple(row[:-1] for row in rows)
    return Table(columns, rows, view.say("alt-accounts", count=len(rows)), small=True)


def _figures(view: Overview, row: PortfolioRow) -> tuple[Cell, Cell]:
    """People active and workflows on target, each of how many."""
    told, nothing = view.told[row.id], view.say("no-figure")
    people = told.ratio(row.active, row.counted) if row.counted and not row.feed_silent else nothing
    return Cell(people), Cell(told.ratio(row.met, row.measurable) if row.measurable else nothing)


def _score_and_parts(view: Overview, row: PortfolioRow) -> str:
    """ "88 (75 · 96 · 100)", for a line of its own."""
    score = score_figure(view.wording, row.score)
    return view.wording.say("score.in-one-line", score=score, parts=_score_parts(view, row))


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


def definitions(view: Overview) -> tuple[Block, ...]:
    """Who needs attention, and what each standing means, for a reader who opens nothing else."""
    depth = view.wording.target(view.picture.real_adoption_depth)
    most = view.wording.count(ATTENTION)
    return (
        Text(view.say("attention-defined", most=most), "small"),
        Text(view.say("standings-defined", depth=depth), "small"),
    )


def order_note(view: Overview) -> Text:
    """What the order of the list means."""
    return Text(view.say(f"order-{view.order}"), "small")


def set_aside_table(view: Overview) -> Table:
    """Accounts that could not be made, each with its reason."""
    columns = (Column(view.say("column-account"), 0.3), Column(view.say("column-reason"), 0.7))
    rows = tuple((Cell(account, strong=True), Cell(reason)) for account, reason in view.picture.set_aside)
    return Table(columns, rows, view.say("alt-set-aside", count=len(rows)), small=True)
