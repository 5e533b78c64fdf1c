"""The portfolio brief for leadership: totals, who needs attention, a line an account, what changed, and briefs.

In: the portfolio's picture and the narratives (register BRIEF) of its accounts. Out: one Document. An account's name
leads to its brief where that is part of the document, else to its line; a brief leads back to both and to the contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.compose.brief import account_sections, leadership_told
from qbrgen.compose.overview import Overview, brief_of, line_of
from qbrgen.compose.portfolio_accounts import (
    account_table,
    attention_table,
    definitions,
    order_note,
    score_key,
    score_note,
    set_aside_table,
)
from qbrgen.compose.portfolio_changes import changes_blocks
from qbrgen.compose.portfolio_totals import has_more_groups, totals, totals_table
from qbrgen.document import Block, Contents, ContentsEntry, Document, Section, Text
from qbrgen.errors import Finding, InputError, Level
from qbrgen.score.states import PortfolioOrder

if TYPE_CHECKING:
    from qbrgen.compose.told import Told
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording
    from qbrgen.score.portfolio_picture import PortfolioPicture

FIRST, CONTENTS = "portfolio", "contents"


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
        what, fix = "No account could be scored, so there is no portfolio.", "`qbrgen check` tells why."
        raise InputError([_finding("no-accounts", what, fix)])
    view = Overview(picture, told, wording, frozenset(wanted), order)
    period, chosen = wording.period(picture.period), _chosen(view)
    opening = _first_page(view, picture.as_of, chosen)
    listed = [_attention(view), *_lists(view)]
    contents = _contents(view, opening, listed, wanted)
    facts = {"vendor": picture.vendor, "period": period, "chosen": wording.clauses(chosen)}
    return Document(
        kind="portfolio",
        audience=Audience.INTERNAL,
        title=view.say("portfolio-title", **facts),
        subject=view.say("portfolio-subject", period=period),
        author=picture.vendor,
        company=picture.vendor,
        language=wording.locale,
        made_on=picture.as_of,
        footer=view.say("footer-portfolio", **facts, day=wording.date(picture.as_of)),
        sections=(
            opening,
            listed[0],
            contents,
            *listed[1:],
            *(section for each in wanted for section in _brief(view, told[each])),
        ),
        keywords=(picture.vendor, period, *chosen),
        page_text=view.say("on-page"),
        draft_text=_draft_text(view),
    )


def _draft_text(view: Overview) -> str:
    """What each page says where any of the accounts rests on a draft, and of how many that is true; else ""."""
    drafts = sum(each.picture.draft for each in view.told.values())
    if drafts == len(view.told):
        return view.wording.say("draft")
    return view.tell("draft-some", n=drafts, all=len(view.told)) if drafts else ""


def _chosen(view: Overview) -> list[str]:
    """Whose accounts these are, where not every account is among them: "Tom Whitfield or Ada King", "Enterprise"."""
    choice = view.picture.choice
    return [view.wording.either(names) for names in (choice.owners, choice.segments) if names]


def _first_page(view: Overview, as_of: date, chosen: Sequence[str]) -> Section:
    """The totals."""
    picture = view.picture
    heading = view.say("portfolio-heading", period=view.wording.period(picture.period) if picture.period else "")
    accounts = view.accounts(picture.total)
    if chosen:
        accounts = view.tell("accounts-among", n=picture.total.accounts, all=picture.choice.among)
    return Section(
        key=FIRST,
        heading=heading,
        blocks=totals(view),
        level=1,
        meta=(*chosen, accounts, view.say("data-until", day=view.wording.date(as_of))),
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
            among = "" if picture.choice.is_all else " among those chosen by --owner and --segment"
            what = f"There is no account {account!r}{among}."
            problems.append(_finding("unknown-account", what, f"Write one of: {ids}."))
    if problems:
        raise InputError(problems)
    return wanted


def _finding(code: str, what: str, fix: str) -> Finding:
    return Finding(Level.ERROR, code, what, fix)


# ---- the parts ------------------------------------------------------------------------------------------------------


def _attention(view: Overview) -> Section:
    table = attention_table(view)
    shown: Block = table or Text(view.say("no-attention"), "muted")
    heading = view.say("heading-attention")
    return Section("attention", heading, (shown, *definitions(view)), keep=False, bookmark=heading)


def _lists(view: Overview) -> Iterator[Section]:
    """Every owner and segment where page one had no room, every account, what has changed, those set aside."""
    if has_more_groups(view):
        yield _listed("groups", view.tell("heading-groups"), totals_table(view))
    by_renewal = view.order is PortfolioOrder.RENEWAL
    heading = view.say("heading-accounts" if by_renewal else "heading-accounts-by-score")
    yield _listed("accounts", heading, order_note(view), score_key(view), account_table(view), score_note(view))
    changes = view.picture.changes
    if changes is not None:
        heading = view.tell("heading-changes", period=view.before)
        yield _listed("changes", heading, *changes_blocks(view, changes), opens=True)
    if view.picture.set_aside:
        note = () if view.picture.choice.is_all else (Text(view.tell("aside-of-all"), "small"),)
        yield _listed("set-aside", view.say("heading-set-aside"), set_aside_table(view), *note)


def _listed(key: str, heading: str, *blocks: Block, opens: bool = False) -> Section:
    """opens: it starts a page, and whatever follows goes with it."""
    return Section(key, heading, blocks, level=1 if opens else 2, page_break=opens, keep=False, bookmark=heading)


def _contents(view: Overview, opening: Section, listed: Sequence[Section], wanted: Sequence[str]) -> Section:
    """Every part and every brief; the lists follow on the same page where there is room."""
    entries = [ContentsEntry(section.heading, section.key) for section in (opening, *listed)]
    if wanted:
        entries.append(ContentsEntry(view.tell("heading-briefs")))
        entries += [ContentsEntry(view.name(each), brief_of(each)) for each in wanted]
    heading = view.tell("heading-contents")
    return _listed(CONTENTS, heading, Contents(tuple(entries)), opens=True)


def _brief(view: Overview, told: Told) -> Iterator[Section]:
    """The sections of an account's brief, under keys of their own, with the ways back."""
    back = (
        (view.tell("back-to-first"), FIRST),
        (view.tell("back-to-contents"), CONTENTS),
        (view.tell("back-to-line"), line_of(told.picture.id)),
    )
    for section in account_sections(told, page_break=True):
        key = f"{brief_of('')}{section.key}"
        if section.level == 1:
            mark = (view.tell("draft-brief"),) if told.picture.draft else ()
            yield replace(section, key=key, back=back, meta=(*section.meta, *mark))
        else:
            yield replace(section, key=key)
