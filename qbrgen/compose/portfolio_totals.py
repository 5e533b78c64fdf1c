"""The portfolio's totals: three figures with what they were, and a table by owner and segment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qbrgen.compose.overview import Overview
from qbrgen.document import Block, Cell, Column, KeyFigure, KeyFigures, Table, Text
from qbrgen.score.portfolio_picture import GroupTotal, PortfolioRow, Shift, StandingTotal, Total
from qbrgen.score.states import Standing

# More owners or segments than these leave no room for the accounts on page one: the rest share a row.
MOST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table: its accounts by standing, those at risk that renew soon, and how many moved up and down."""

    name: str
    by_standing: Sequence[StandingTotal]
    renewing: Total
    up: int
    down: int
    strong: bool = False


def totals(view: Overview) -> tuple[Block, ...]:
    """Three figures, then one table: all accounts, each owner, each segment; below it what no sum contains."""
    return (key_totals(view), totals_table(view, MOST_GROUPS), *_left_out(view))


def has_more_groups(view: Overview) -> bool:
    """Whether page one has no room for every owner and segment."""
    return any(len(groups) > MOST_GROUPS for groups in (view.picture.by_owner, view.picture.by_segment))


def _left_out(view: Overview) -> Iterable[Block]:
    """Accounts without ARR, without a renewal date: counted, never filled in."""
    picture = view.picture
    said = []
    if picture.total.without_arr:
        said.append(view.say("without-arr", n=picture.total.without_arr))
    undated = sum(1 for row in picture.rows if row.renewal is None)
    if 0 < undated < len(picture.rows):
        said.append(view.say("without-renewal", n=undated, count=view.wording.count(undated)))
    if len(picture.total.arr) > 1:
        said.append(view.tell("currencies"))
    if view.before:
        said.append(view.tell("as-it-was", period=view.before))
    return [Text(view.wording.row(said), "small")] if said else []


# ---- the three figures ----------------------------------------------------------------------------------------------


def key_totals(view: Overview) -> KeyFigures:
    """ARR on real adoption, at risk, and at risk with a renewal within two quarters; each with the quarter before."""
    picture = view.picture
    before = {each.standing: each.total for each in picture.previous_by_standing}
    until = {"day": view.day(picture.renewing_until)}
    renewing = KeyFigure(view.say("renewing-at-risk", **until), view.say("cannot-say"), view.say("no-renewals"))
    if any(row.renewal for row in picture.rows):
        then = picture.renewing_at_risk_before if before else None
        renewing = _figure(view, view.say("renewing-at-risk", **until), picture.renewing_at_risk, then)
    return KeyFigures(
        (
            _figure(view, view.say("on-real-adoption"), picture.of(Standing.REAL), before.get(Standing.REAL)),
            _figure(view, view.say("at-risk"), picture.of(Standing.AT_RISK), before.get(Standing.AT_RISK)),
            renewing,
        )
    )


def _figure(view: Overview, label: str, total: Total, before: Total | None) -> KeyFigure:
    """ARR large and accounts below it; the number of accounts large where nobody gave any ARR."""
    without = not view.picture.total.arr
    figure = view.accounts(total) if without else view.money(total) or view.say("no-money")
    now = "" if without else view.accounts(total)
    note = view.tell("now-and-before", now=now, before=_before(view, total, before) if before else "")
    return KeyFigure(label, figure, note, alt=view.say("alt-figure", label=label, figure=figure))


def _before(view: Overview, now: Total, before: Total) -> str:
    """ "up from £131k (2 accounts) in Q2 2026"."""
    facts = {"count": before.accounts, "arr": view.money(before), "period": view.before}
    return view.tell(f"before-{_which_way(now, before)}", **facts)


def _which_way(now: Total, before: Total) -> str:
    """Which way a total went: "up", "down", "same"; "mixed" where currencies went different ways."""
    amounts = [{money.currency: money.amount for money in total.arr} for total in (now, before)]
    codes = amounts[0].keys() | amounts[1].keys()
    ways = {(a > b) - (a < b) for code in codes for a, b in [[each.get(code, 0) for each in amounts]]} - {0}
    if not ways:
        ways = {(now.accounts > before.accounts) - (now.accounts < before.accounts)}
    return {1: "up", -1: "down", 0: "same"}[ways.pop()] if len(ways) == 1 else "mixed"


# ---- the table ------------------------------------------------------------------------------------------------------


def totals_table(view: Overview, most: int | None = None) -> Table:
    """All accounts, then each owner and each segment. most: of each; the rest share a row, so that all add up."""
    picture = view.picture
    lines = [_line(view, view.say("all-accounts"), picture.by_standing, lambda _: True, strong=True)]
    kinds: list[tuple[str, Sequence[GroupTotal], Callable[[PortfolioRow], str]]] = [
        ("owner", picture.by_owner, lambda row: row.owner),
        ("segment", picture.by_segment, lambda row: row.segment),
    ]
    heads: dict[int, str] = {}
    for kind, groups, name_of in kinds:
        if len(groups) > 1:
            heads[len(lines)] = view.say(f"by-{kind}")
            lines += _groups(view, kind, groups, name_of, most)
    return _table(view, lines, heads)


def _groups(
    view: Overview,
    kind: str,
    groups: Sequence[GroupTotal],
    name_of: Callable[[PortfolioRow], str],
    most: int | None,
) -> list[_Line]:
    """A line a group; of more than `most` those with most accounts at risk, and one for all others."""
    shown, others = list(groups), []
    if most is not None and len(groups) > most:
        ranked = sorted(groups, key=_at_risk)
        shown, others = ranked[: most - 1], ranked[most - 1 :]
    lines = []
    for group in shown:
        own = group.name
        name = own or view.say(f"{kind}-not-set")
        lines.append(_line(view, name, group.by_standing, lambda row, own=own: name_of(row) == own))  # type: ignore[misc]
    if others:
        names = {group.name for group in others}
        name = view.tell(f"other-{kind}s", n=len(others))
        lines.append(_line(view, name, _sum(others), lambda row: name_of(row) in names))
    return lines


def _at_risk(group: GroupTotal) -> tuple[int, int]:
    risky = next((t.total.accounts for t in group.by_standing if t.standing is Standing.AT_RISK), 0)
    return -risky, -group.total.accounts


def _sum(groups: Sequence[GroupTotal]) -> list[StandingTotal]:
    found: dict[Standing, list[Total]] = {standing: [] for standing in Standing}
    for group in groups:
        for each in group.by_standing:
            found[each.standing].append(each.total)
    return [StandingTotal(standing, Total.together(parts)) for standing, parts in found.items()]


def _line(
    view: Overview,
    name: str,
    by_standing: Sequence[StandingTotal],
    among: Callable[[PortfolioRow], bool],
    *,
    strong: bool = False,
) -> _Line:
    rows = [row for row in view.picture.rows if among(row)]
    changes = view.picture.changes
    moved = [each.shift for each in changes.moved if among(each.row)] if changes else []
    soon = Total.of(row.arr for row in rows if row.renews_soon and row.standing is Standing.AT_RISK)
    return _Line(name, by_standing, soon, moved.count(Shift.UP), moved.count(Shift.DOWN), strong)


def _table(view: Overview, lines: Sequence[_Line], heads: dict[int, str]) -> Table:
    """heads: place of a line → the heading above it. A standing that no account has takes no column."""
    picture = view.picture
    standings = [s for s in Standing if s is not Standing.UNKNOWN or picture.of(s).accounts]
    columns = [Column(view.say("column-accounts"), 0.26)]
    for standing in standings:
        columns.append(Column(view.standing(standing), 0.16, align="right"))
        if standing is Standing.AT_RISK:
            columns.append(Column(view.tell("column-renewing"), 0.16, align="right"))
    if picture.changes:
        columns.append(Column(view.tell("column-since", period=view.before), 0.16, align="right"))
    rows = []
    for place, line in enumerate(lines):
        if place in heads:
            rows.append((Cell(heads[place], strong=True), *(Cell("") for _ in columns[1:])))
        rows.append(_row(view, line, standings))
    return Table(tuple(columns), tuple(rows), view.say("alt-totals", count=len(rows)))


def _row(view: Overview, line: _Line, standings: Sequence[Standing]) -> tuple[Cell, ...]:
    found = {each.standing: each.total for each in line.by_standing}
    figures = []
    for standing in standings:
        figures.append(_accounts_and_arr(view, found.get(standing, Total())))
        if standing is Standing.AT_RISK:
            figures.append(_accounts_and_arr(view, line.renewing))
    if view.picture.changes:
        figures.append(view.tell("up-and-down", up=line.up, down=line.down))
    return Cell(line.name, strong=line.strong), *(Cell(text, strong=line.strong) for text in figures)


def _accounts_and_arr(view: Overview, total: Total) -> str:
    """ "2 (£324k)"; the number alone where there is no ARR."""
    count, arr = view.wording.count(total.accounts), view.money(total)
    return view.say("accounts-and-arr", count=count, arr=arr) if arr else count
