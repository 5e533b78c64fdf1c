"""The portfolio brief for leadership: totals, who needs attention, a line an account, and the briefs asked for.

In: the portfolio's picture and the narratives (register BRIEF) of its accounts. Out: one Document; an account's name
leads to its brief where that is part of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.compose.brief import account_sections, leadership_told
from qbrgen.compose.overview import (
    Overview,
    account_table,
    attention_table,
    definitions,
    order_note,
    score_key,
    score_note,
    set_aside_table,
    totals,
)
from qbrgen.document import Block, Document, Section, Text
from qbrgen.errors import Finding, InputError, Level
from qbrgen.score.states import PortfolioOrder

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording
    from qbrgen.score.portfolio import PortfolioPicture


def compose_portfolio(
    picture: PortfolioPicture,
    narratives: Mapping[str, Narrative],
    wording: Wording,
    briefs: Iterable[str] | None = None,
    order: PortfolioOrder = PortfolioOrder.RENEWAL,
) -> Document:
    """The portfolio brief.

    narratives: account id → its narrative for leadership, for every row of the picture. briefs: ids of the accounts
    whose briefs follow; None takes those that need attention. order: of the list of every account. Raises
    InputError for a brief of an account that there is none of, and when no account at all could be scored; ValueError
    for narratives not written for leadership.
    """
    told = {row.id: leadership_told(narratives[row.id], wording) for row in picture.rows}
    wanted = _wanted(picture, briefs)
    if picture.period is None or picture.as_of is None:
        raise InputError([_finding("no-accounts", "No account could be scored, so there is no portfolio.", "")])
    view = Overview(picture, told, wording, frozenset(wanted), order)
    period = wording.period(picture.period)
    listed = (_attention(view), _accounts(view), _set_aside(view))
    return Document(
        kind="portfolio",
        audience=Audience.INTERNAL,
        title=view.say("portfolio-title", vendor=picture.vendor, period=period),
        subject=view.say("portfolio-subject", period=period),
        author=picture.vendor,
        company=picture.vendor,
        language=wording.locale,
        made_on=picture.as_of,
        footer=view.say("footer-portfolio", vendor=picture.vendor, period=period, day=wording.date(picture.as_of)),
        sections=(
            _first_page(view, picture.as_of),
            *(section for section in listed if section is not None),
            *(section for each in wanted for section in account_sections(told[each], page_break=True)),
        ),
        keywords=(picture.vendor, period),
        page_text=view.say("on-page"),
        draft_text=next((text for each in told.values() if (text := each.text("draft"))), ""),
    )


def _first_page(view: Overview, as_of: date) -> Section:
    """The totals."""
    picture = view.picture
    heading = view.say("portfolio-heading", period=view.wording.period(picture.period) if picture.period else "")
    return Section(
        key="portfolio",
        heading=heading,
        blocks=totals(view),
        level=1,
        meta=(view.accounts(picture.total), view.say("data-until", day=view.wording.date(as_of))),
        bookmark=heading,
    )


def _wanted(picture: PortfolioPicture, briefs: Iterable[str] | None) -> list[str]:
    """Ids of the briefs that follow, each once, in the order asked for."""
    if briefs is None:
        return [attention.row.id for attention in picture.attention]
    known, aside = {row.id for row in picture.rows}, dict(picture.set_aside)
    wanted = list(dict.fromkeys(briefs))
    problems = []
    for account in wanted:
        if account in aside:
            problems.append(_finding("set-aside", f"The account {account!r} was set aside: {aside[account]}", ""))
        elif account not in known:
            ids = ", ".join(sorted(known)[:8])
            problems.append(_finding("unknown-account", f"There is no account {account!r}.", f"Write one of: {ids}."))
    if problems:
        raise InputError(problems)
    return wanted


def _finding(code: str, what: str, fix: str) -> Finding:
    return Finding(Level.ERROR, code, what, fix)


def _attention(view: Overview) -> Section:
    table = attention_table(view)
    shown: Block = table or Text(view.say("no-attention"), "muted")
    return Section("attention", view.say("heading-attention"), (shown, *definitions(view)), keep=False)


def _accounts(view: Overview) -> Section:
    by_renewal = view.order is PortfolioOrder.RENEWAL
    heading = view.say("heading-accounts" if by_renewal else "heading-accounts-by-score")
    blocks = (score_key(view), account_table(view), order_note(view), score_note(view))
    return Section("accounts", heading, blocks, page_break=True, keep=False, bookmark=heading)


def _set_aside(view: Overview) -> Section | None:
    if not view.picture.set_aside:
        return None
    heading = view.say("heading-set-aside")
    return Section("set-aside", heading, (set_aside_table(view),), keep=False, bookmark=heading)
