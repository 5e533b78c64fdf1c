"""The brief for leadership: one account on two pages at most, names, money and risk included.

In: a narrative in the register BRIEF. Out: a Document of sections. `account_sections` is what the portfolio repeats for
each account asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.compose.charts import chosen_series, target_bars, trend
from qbrgen.compose.key_figures import direction_figure, key_figures, people_figure, workflows_figure
from qbrgen.compose.people import people_block
from qbrgen.compose.tables import leadership_gaps, receipt_notes
from qbrgen.compose.told import Told, receipt_numbers
from qbrgen.document import Block, Callout, Columns, Document, Section, Text

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording

MOST_GAPS = 8


def compose_brief(narrative: Narrative, wording: Wording) -> Document:
    """One account's brief. Raises ValueError for a narrative that was not written for leadership."""
    told = leadership_told(narrative, wording)
    picture = told.picture
    period = picture.period.label
    return Document(
        kind="brief",
        audience=Audience.INTERNAL,
        title=told.say("brief-title", account=picture.name, period=period),
        subject=told.say("brief-subject", period=period),
        author=picture.owner or picture.vendor,
        company=picture.vendor,
        language=wording.locale,
        made_on=picture.as_of,
        footer=told.say(
            "footer-brief",
            account=picture.name,
            vendor=picture.vendor,
            period=period,
            day=wording.date(picture.as_of),
        ),
        sections=account_sections(told),
        keywords=(picture.name, period),
        draft_text=told.text("draft"),
    )


def leadership_told(narrative: Narrative, wording: Wording) -> Told:
    """The narrative with its receipts numbered; ValueError when it was worded for somebody else."""
    if narrative.register.audience is not Audience.INTERNAL:
        raise ValueError(f"a brief needs a narrative for leadership, not one for {narrative.register}")
    return Told(narrative, wording, receipt_numbers(narrative))


def account_sections(told: Told, *, page_break: bool = False) -> tuple[Section, ...]:
    """One account's sections; their keys begin with the account's id, the first one's key is the id itself."""
    sections = (
        _head(told, page_break),
        _section(told, "workflows", *_workflows(told)),
        _section(told, "people", *_people(told)),
        _section(told, "weeks", *_weeks_and_impact(told)),
        _section(told, "gaps", *_gaps(told), keep=False),
        _section(told, "outlook", *_outcome_and_outlook(told)),
        _section(told, "receipts", receipt_notes(told), keep=False),
    )
    return tuple(section for section in sections if section is not None)


def _section(told: Told, key: str, *blocks: Block | None, keep: bool = True) -> Section | None:
    shown = tuple(block for block in blocks if block is not None)
    if not shown:
        return None
    return Section(f"{told.picture.id}/{key}", told.say(f"heading-{key}"), shown, keep=keep)


def _head(told: Told, page_break: bool) -> Section:
    figures = key_figures(people_figure(told), workflows_figure(told), direction_figure(told))
    said = told.text("sentence") or told.say("no-sentence")
    asked = told.text("leadership")
    blocks: list[Block] = [Text(said, "lead")]
    if figures:
        blocks.append(figures)
    blocks.append(Callout(told.say("asked-of-leadership"), asked or told.say("nothing-asked")))
    picture = told.picture
    return Section(
        key=picture.id,
        heading=picture.name,
        blocks=tuple(blocks),
        level=1,
        meta=head_facts(told),
        page_break=page_break,
        bookmark=picture.name,
    )


def head_facts(told: Told) -> tuple[str, ...]:
    """ARR, renewal with the days to it, owner; each missing one is said."""
    picture = told.picture
    arr = told.say("arr-a-year", arr=told.wording.money(picture.arr)) if picture.arr else told.say("arr-not-set")
    owner = picture.owner or told.say("owner-not-set")
    return arr, renewal_text(told), owner


def renewal_text(told: Told) -> str:
    """ "Renews 31 January 2027, in 117 days", "Renewal was due …" or "Renewal date not set"."""
    picture = told.picture
    if picture.renewal is None:
        return told.say("renewal-not-set")
    days = (picture.renewal - picture.as_of).days
    return told.say(
        "renewal-ahead" if days >= 0 else "renewal-past", day=told.wording.date(picture.renewal), days=abs(days)
    )


def _workflows(told: Told) -> tuple[Block | None, ...]:
    bars = target_bars(told, with_previous=True)
    return (bars or Text(told.say("left-out-workflows"), "muted"),)


def _people(told: Told) -> tuple[Block | None, ...]:
    block = people_block(told)
    if block is None:
        return (Text(told.say("left-out-people"), "muted"),)
    if told.picture.feed_silent:
        return (Text(told.text("silent") or told.say("left-out-silent"), "muted"),)
    return (block,)


def _weeks_and_impact(told: Told) -> tuple[Block | None, ...]:
    series = chosen_series(told)
    shown: Block = trend(told, series) if series else Text(told.say("left-out-direction"), "muted")
    call = told.text("direction")
    left = (shown, Text(call)) if call else (shown,)
    return (Columns(left, (Text(told.say("heading-impact"), "strong"), *_impact(told)), (0.54, 0.46)),)


def _impact(told: Told) -> tuple[Block, ...]:
    """Every impact that may be told, with its witness; else that none is stated."""
    said = [told.text(f"impact:{each.impact.id}") for each in told.picture.impacts if each.tellable]
    blocks: list[Block] = [Text(text) for text in said if text]
    if not blocks:
        blocks.append(Text(told.say("no-impact"), "muted"))
    blocks.append(Text(told.say("heading-outcome"), "strong"))
    outcome = [text for text in (told.text("outcome"), told.text("outcome-progress")) if text]
    blocks += [Text(text) for text in outcome] or [Text(told.say("no-outcome"), "muted")]
    return tuple(blocks)


def _gaps(told: Told) -> tuple[Block | None, ...]:
    listed = leadership_gaps(told, MOST_GAPS)
    if listed is None:
        return (Text(told.say("left-out-gaps"), "muted"),)
    more = Text(told.say("and-more-gaps", count=listed.more), "muted") if listed.more else None
    return (listed.table, more)


def _outcome_and_outlook(told: Told) -> tuple[Block | None, ...]:
    said = [told.text("standing"), told.text("risk"), told.text("next")]
    return tuple(Text(text) for text in said if text)
