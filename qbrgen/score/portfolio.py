"""A vendor's whole book: totals by standing, owner and segment, and who needs attention. Internal, all of it.

In: account pictures of one period, and the reasons why others were set aside. Out: a `PortfolioPicture`. Amounts are
summed within one currency only; accounts without ARR are counted and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from qbrgen.define.model.settings import Rules
from qbrgen.score.picture import AccountPicture
from qbrgen.score.portfolio_changes import changes_between
from qbrgen.score.portfolio_choice import Choice
from qbrgen.score.portfolio_picture import Attention, GroupTotal, PortfolioPicture, PortfolioRow, StandingTotal, Total
from qbrgen.score.states import GapKind, Standing

ATTENTION = 10  # accounts named on page one
_HORIZON_MONTHS = 6
_WARNING = (GapKind.MISS_AT_RENEWAL, GapKind.TURNING_DOWN, GapKind.MASKED)
_WORST_FIRST = (Standing.AT_RISK, Standing.UNKNOWN, Standing.PARTIAL, Standing.REAL)


def portfolio(
    pictures: Mapping[str, AccountPicture],
    set_aside: Mapping[str, str],
    previous: Mapping[str, AccountPicture] | None = None,
    rules: Rules | None = None,
    choice: Choice | None = None,
) -> PortfolioPicture:
    """The portfolio of these pictures, all of one period.

    set_aside: account id → why it could not be made. previous: the pictures of the quarter before, for the change.
    rules: those that the pictures were scored by, for what "real adoption" means; default the method's own. choice: of
    accounts, which leaves out all others; default every one.
    Redacted pictures (without a standing or a score) make a ValueError: a portfolio is internal.
    """
    choice = choice or Choice(among=len(pictures))
    found = [picture for picture in pictures.values() if choice.takes(picture)]
    until = _months_after(found[0].as_of, _HORIZON_MONTHS) if found else None
    rows = sorted((_row(picture, until) for picture in found), key=_worst_first)
    soon = [row for row in rows if row.renews_soon]
    then = [previous[row.id] for row in rows if row.id in previous] if previous else []
    at_risk_then = {p.id for p in then if p.standing is Standing.AT_RISK}
    warned = [row for row in rows if _needs_attention(row)]
    return PortfolioPicture(
        vendor=found[0].vendor if found else "",
        period=found[0].period if found else None,
        as_of=found[0].as_of if found else None,
        total=_total(found),
        by_standing=_by_standing(found),
        by_owner=_groups(found, lambda picture: picture.owner),
        by_segment=_groups(found, lambda picture: picture.segment),
        renewing_until=until,
        renewing_at_risk=_total(pictures[row.id] for row in soon if row.standing is Standing.AT_RISK),
        attention=tuple(_attention(row, pictures[row.id]) for row in warned[:ATTENTION]),
        rows=tuple(rows),
        set_aside=tuple(sorted(set_aside.items())),
        previous_by_standing=_by_standing(p for p in then if not p.not_started) if then else (),
        real_adoption_depth=(rules or Rules()).real_adoption_depth,
        need_attention=len(warned),
        renewing_at_risk_before=_total(pictures[row.id] for row in soon if row.id in at_risk_then),
        changes=changes_between(rows, pictures, previous or {}),
        choice=choice,
    )


def _row(picture: AccountPicture, until: date | None) -> PortfolioRow:
    renewal = picture.renewal
    if picture.standing is None or picture.score is None:
        raise ValueError("a portfolio is made from whole pictures, not from redacted ones")
    return PortfolioRow(
        id=picture.id,
        name=picture.name,
        owner=picture.owner,
        segment=picture.segment,
        standing=picture.standing,
        score=picture.score,
        arr=picture.arr,
        renewal=renewal,
        renews_soon=renewal is not None and until is not None and picture.as_of < renewal <= until,
        active=picture.breadth.active,
        counted=picture.breadth.counted,
        personas_active=picture.breadth.personas_active,
        personas_counted=picture.breadth.personas_counted,
        met=picture.depth.met,
        measurable=picture.depth.measurable,
        trend=picture.direction.trend,
        feed_silent=picture.feed_silent,
        gaps=tuple(dict.fromkeys(gap.kind for gap in picture.gaps)),
        open_gaps=len(picture.gaps),
    )


def _worst_first(row: PortfolioRow) -> tuple[object, ...]:
    """Worst renewals first: those that renew soon before the rest, by standing, then by date, then the larger ARR."""
    return (
        not row.renews_soon or row.standing is Standing.REAL,
        _WORST_FIRST.index(row.standing),
        row.renewal or date.max,
        -(row.arr.amount if row.arr else Decimal(0)),
        row.name,
        row.id,
    )


def _needs_attention(row: PortfolioRow) -> bool:
    """Real adoption needs none, unless it will miss a target at renewal, turns down or is masked."""
    return row.standing is not Standing.REAL or any(kind in _WARNING for kind in row.gaps)


def _attention(row: PortfolioRow, picture: AccountPicture) -> Attention:
    unplanned = sum(gap.action is None for gap in picture.gaps)
    return Attention(row, row.gaps[:3], unplanned, picture.ask_of_leadership)


def _total(pictures: Iterable[AccountPicture]) -> Total:
    return Total.of(picture.arr for picture in pictures)


def _by_standing(pictures: Iterable[AccountPicture]) -> tuple[StandingTotal, ...]:
    found = list(pictures)
    return tuple(StandingTotal(s, _total(p for p in found if p.standing is s)) for s in Standing)


def _groups(pictures: Iterable[AccountPicture], name_of: Callable[[AccountPicture], str]) -> tuple[GroupTotal, ...]:
    grouped: dict[str, list[AccountPicture]] = {}
    for picture in pictures:
        grouped.setdefault(name_of(picture), []).append(picture)
    names = sorted(grouped, key=lambda name: (not name, name.casefold(), name))  # those without a name last
    return tuple(GroupTotal(name, _total(grouped[name]), _by_standing(grouped[name])) for name in names)


def _months_after(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day."""
    from calendar import monthrange

    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
