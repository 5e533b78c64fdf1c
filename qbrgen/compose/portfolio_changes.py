"""What has changed in the portfolio since the quarter before: who moved down, who moved up, and which gaps are new."""

from __future__ import annotations

from collections.abc import Iterator

from qbrgen.compose.overview import Overview
from qbrgen.compose.standing import STATUS
from qbrgen.document import Block, Cell, Column, Table, Text
from qbrgen.narrate.wording import capital
from qbrgen.score.portfolio_picture import Moved, NewGaps, PortfolioChanges, Shift

# Of many accounts with new gaps those with the worst renewals are told; of an account its most urgent ones.
MOST_ACCOUNTS = 30
MOST_GAPS = 2


def changes_blocks(view: Overview, changes: PortfolioChanges) -> tuple[Block, ...]:
    """In one sentence, then who moved, then the new gaps with their plans; each table only where it has a row."""
    said = view.wording.sentences([_moves_told(view, changes), _gaps_told(view, changes)])
    blocks: list[Block] = [Text(said), Text(_basis(view, changes), "small")]
    if changes.moved:
        blocks.append(_moved_table(view, changes))
    told = [(each, keys) for each in changes.gaps if (keys := _with_words(view, each))]
    if told:
        blocks.append(Text(view.tell("heading-new-gaps"), "strong"))
        blocks.append(_gaps_table(view, told[:MOST_ACCOUNTS]))
    if len(told) > MOST_ACCOUNTS:
        more = len(told) - MOST_ACCOUNTS
        blocks.append(Text(view.tell("more-new-gaps", n=more, count=view.wording.count(more)), "small"))
    return tuple(blocks)


def _moves_told(view: Overview, changes: PortfolioChanges) -> str:
    counts = {shift.name.lower(): len(changes.of(shift)) for shift in Shift}
    return view.tell("moves", period=view.before, same=changes.same, **counts)


def _gaps_told(view: Overview, changes: PortfolioChanges) -> str:
    facts = {"opened": changes.opened, "accounts": len(changes.gaps), "period": view.before}
    return view.tell("gaps", **facts, closed=changes.closed, closed_in=changes.closed_in)


def _basis(view: Overview, changes: PortfolioChanges) -> str:
    """By which definitions the quarter before is counted, and which accounts are compared with a delivered review."""
    left_out = len(view.picture.rows) - changes.compared
    facts = {"period": view.before, "left_out": left_out, "reviewed": changes.reviewed}
    return view.wording.sentences([view.tell("basis", **facts), view.tell("basis-reviews", **facts)])


# ---- who moved ------------------------------------------------------------------------------------------------------


def _moved_table(view: Overview, changes: PortfolioChanges) -> Table:
    """Down first; the figures of now, and below them what they were."""
    now = view.wording.period(view.picture.period) if view.picture.period else ""
    columns = (
        Column(view.say("column-account"), 0.36),
        Column(view.before, 0.16, nowrap=True),
        Column(now, 0.16, nowrap=True),
        Column(view.say("figure-people"), 0.16, nowrap=True),
        Column(view.say("figure-workflows"), 0.16, nowrap=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for shift in Shift:
        moved = changes.of(shift)
        if moved:
            heading = view.tell(f"heading-{shift.name.lower()}", n=len(moved), period=view.before)
            rows.append((Cell(heading, strong=True), *(Cell("") for _ in columns[1:])))
        rows += [_moved_row(view, each) for each in moved]
    down, up = (len(changes.of(shift)) for shift in (Shift.DOWN, Shift.UP))
    return Table(columns, tuple(rows), view.tell("alt-moved", down=down, up=up), small=True)


def _moved_row(view: Overview, moved: Moved) -> tuple[Cell, ...]:
    row, told = moved.row, view.told[moved.row.id]
    then = told.picture.breadth.previous
    began = moved.shift is Shift.BEGUN
    before = view.tell("not-begun") if began else view.standing(moved.before)
    return (
        Cell(view.name(row.id), strong=True, sub=view.owner(row), link=view.link(row.id)),
        Cell(before, status=None if began else STATUS[moved.before]),
        Cell(view.standing(row.standing), sub=told.text("direction-word"), status=STATUS[row.standing]),
        Cell(view.people(row), sub=_was(view, (then.active_then, then.both) if then else None)),
        Cell(view.workflows(row), sub=_was(view, told.picture.depth.previous)),
    )


def _was(view: Overview, then: tuple[int, int] | None) -> str:
    """ "was 2 of 8", of those that count in both quarters; "" where none does."""
    if not then or not then[1]:
        return ""
    done, total = (view.wording.count(each) for each in then)
    return view.tell("was", figure=view.say("ratio", done=done, total=total))


# ---- new gaps -------------------------------------------------------------------------------------------------------


def _with_words(view: Overview, found: NewGaps) -> list[str]:
    told = view.told[found.row.id]
    return [key for key in found.keys if told.text(f"gap-short:{key}")]


def _gaps_table(view: Overview, gaps: list[tuple[NewGaps, list[str]]]) -> Table:
    columns = (
        Column(view.say("column-account"), 0.26),
        Column(view.tell("column-new-gap"), 0.40),
        Column(view.say("column-plan"), 0.34),
    )
    rows = [row for each, keys in gaps for row in _gap_rows(view, each, keys)]
    count = sum(len(keys) for _, keys in gaps)
    return Table(columns, tuple(rows), view.tell("alt-new-gaps", n=count, accounts=len(gaps)), small=True)


def _gap_rows(view: Overview, found: NewGaps, keys: list[str]) -> Iterator[tuple[Cell, ...]]:
    """A row a gap, the most urgent first; the last one says how many more there are."""
    row, told = found.row, view.told[found.row.id]
    for place, key in enumerate(keys[:MOST_GAPS]):
        last = place == min(MOST_GAPS, len(keys)) - 1
        more = len(keys) - MOST_GAPS if last else 0
        account = Cell("", continues=True)
        if not place:
            account = Cell(view.name(row.id), strong=True, sub=view.owner(row), link=view.link(row.id))
        yield (
            account,
            Cell(told.text(f"gap-short:{key}"), sub=view.tell("more-of-account", n=more) if more > 0 else ""),
            Cell(capital(told.text(f"gap-plan:{key}")) or view.say("no-plan")),
        )
