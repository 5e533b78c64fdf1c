"""The brief for leadership: one account on two pages at most, names, money and risk included.

In: a narrative in the register BRIEF. Out: a Document of sections. `account_sections` is what the portfolio repeats for
each account asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.compose.brief_promises import MOST_LINES, ROOMY_PROMISES, not_kept, promises
from qbrgen.compose.charts import chosen_series, target_bars, trend
from qbrgen.compose.key_figures import direction_figure, key_figures, people_figure, silence_figures, workflows_figure
from qbrgen.compose.people import people_block
from qbrgen.compose.room import PAGE, lines
from qbrgen.compose.standing import STATUS, standing_word
from qbrgen.compose.tables import leadership_gaps, receipt_notes
from qbrgen.compose.told import Told, receipt_numbers
from qbrgen.document import Block, Callout, Columns, Document, People, Section, TargetBars, Text
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Standing

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording

MOST_GAPS = 12  # however much room there is
# A brief with more than these would run over two pages: it says less of what is on the page already.
ROOMY_WORKFLOWS = 8
ROOMY_GAPS = 4
LEAST_GAPS = 5
LEAST_GAPS_FULL = 4  # beside more than ROOMY_WORKFLOWS, or where promises take their room
# With more receipts, those whose counts stand beside their figure are left to `explain`; all of them where many
# promises were not kept: those are never left out.
ROOMY_RECEIPTS = 8
_PAGES = 2
MOST_STACKED = 2  # more personas stand in two columns where it is crowded


def compose_brief(narrative: Narrative, wording: Wording) -> Document:
    """One account's brief. Raises ValueError for a narrative that was not written for leadership."""
    told = leadership_told(narrative, wording)
    picture = told.picture
    period = told.wording.period(picture.period)
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
    picture = narrative.picture
    receipts = receipt_numbers(narrative)
    if not_kept(picture.commitments) > (ROOMY_PROMISES if _full(picture) else MOST_LINES):
        receipts = {}
    elif crowded(picture) or len(receipts) > ROOMY_RECEIPTS:
        receipts = receipt_numbers(narrative, _on_the_page_already(picture))
    return Told(narrative, wording, receipts)


def account_sections(told: Told, *, page_break: bool = False) -> tuple[Section, ...]:
    """One account's sections; their keys begin with the account's id, the first one's key is the id itself."""
    picture = told.picture
    before = (
        _head(told, page_break),
        _section(told, "outlook", *_outlook(told)),
        _section(told, "promises", *promises(told, crowded=crowded(picture), full=_full(picture)), keep=False),
        _section(told, "workflows", *_workflows(told)),
    )
    after = (
        _section(told, "people", *_people(told), keep=not crowded(picture)),
        _weeks_and_impact(told),
        _receipts_section(told),
    )
    taken = lines(section for section in (*before, *after) if section is not None)
    gaps = _section(told, "gaps", *_gaps(told, _PAGES * PAGE - taken), keep=False)
    return tuple(section for section in (*before, gaps, *after) if section is not None)


def crowded(picture: AccountPicture) -> bool:
    """Whether an account has so much to tell that two pages must choose."""
    much = len(picture.workflows) > ROOMY_WORKFLOWS or len(picture.gaps) > ROOMY_GAPS
    return much or not_kept(picture.commitments) > ROOMY_PROMISES


def _full(picture: AccountPicture) -> bool:
    return len(picture.workflows) > ROOMY_WORKFLOWS


def _on_the_page_already(picture: AccountPicture) -> frozenset[str]:
    """Receipts whose counts stand beside their figure."""
    personas = {persona.receipt for persona in picture.personas}
    return frozenset(personas | {workflow.receipt for workflow in picture.workflows})


def _receipts(told: Told) -> tuple[Block | None, ...]:
    """The receipts, and how to see those that are left out because their counts stand beside their figure."""
    notes = receipt_notes(told)
    if len(told.receipts) == len(receipt_numbers(told.narrative)):
        return (notes,)
    others = told.say("other-receipts" if notes else "all-receipts", account=told.picture.id)
    return (replace(notes, rest=others) if notes else Text(others, "small"),)


def _receipts_section(told: Told) -> Section | None:
    """The receipts; where the pages do not hold them, how to see them."""
    found = _section(told, "receipts", *_receipts(told), keep=False)
    elsewhere = Text(told.say("all-receipts", account=told.picture.id), "small")
    return found and replace(found, instead=(elsewhere,))


def _section(told: Told, key: str, *blocks: Block | None, keep: bool = True) -> Section | None:
    shown = tuple(block for block in blocks if block is not None)
    if not shown:
        return None
    return Section(f"{told.picture.id}/{key}", told.say(f"heading-{key}"), shown, keep=keep)


def _head(told: Told, page_break: bool) -> Section:
    figures = key_figures(people_figure(told), workflows_figure(told), direction_figure(told), *silence_figures(told))
    said = told.text("sentence") or told.say("no-sentence")
    asked = told.text("leadership")
    blocks: list[Block] = [Text(said, "lead")]
    if other := told.text(
        "moved-after-delivery"
    ):  # before anything else is read from figures that the customer has not seen
        blocks.append(Callout(told.say("delivered-already"), other))
    if figures:
        blocks.append(figures)
    blocks.append(Callout(told.say("asked-of-leadership"), asked or told.say("nothing-asked")))
    picture = told.picture
    standing = picture.standing or Standing.UNKNOWN
    return Section(
        key=picture.id,
        heading=picture.name,
        blocks=tuple(blocks),
        level=1,
        meta=(standing_word(told.wording, standing), *head_facts(told)),
        page_break=page_break,
        bookmark=picture.name,
        status=STATUS[standing],
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
    if bars is None:
        return (Text(told.say("left-out-workflows"), "muted"),)
    since = told.text("since-review")
    compared = Text(since, "small") if since else None
    if len(told.picture.workflows) <= ROOMY_WORKFLOWS:
        return bars, compared
    return *_counts_below(told, bars), compared


def _counts_below(told: Told, bars: TargetBars) -> tuple[Block, ...]:
    """Many bars, each on one line: what they are counted from stands below them, or is left to `explain` where promises
    take the room."""
    counted = [f"{bar.label} {bar.count_text}" for group in bars.groups for bar in group.bars if bar.count_text]
    if told.picture.commitments:
        counted = []
    lean = tuple(replace(group, bars=tuple(replace(bar, count_text="") for bar in group.bars)) for group in bars.groups)
    if not counted:
        return (replace(bars, groups=lean),)
    return replace(bars, groups=lean), Text(told.say("counted-from", counts=told.wording.clauses(counted)), "small")


def _people(told: Told) -> tuple[Block | None, ...]:
    block = people_block(told)
    if block is None:
        return (Text(told.say("left-out-people"), "muted"),)
    if told.picture.feed_silent:
        return (Text(told.text("silent") or told.say("left-out-silent"), "muted"),)
    if isinstance(block, People) and crowded(told.picture) and len(block.groups) > MOST_STACKED:
        left, right = block.groups[::2], block.groups[1::2]
        return (Columns((replace(block, groups=left),), (replace(block, groups=right, shows_key=False),)),)
    return (block,)


def _weeks_and_impact(told: Told) -> Section | None:
    """The line beside what it produces and what was bought; without a line, the two beside each other."""
    produced = (Text(told.say("heading-impact"), "strong"), *_impact(told))
    bought = (Text(told.say("heading-outcome"), "strong"), *_outcome(told))
    series = chosen_series(told)
    if series is None:
        return _section(told, "results", Columns(produced, bought))
    if crowded(told.picture):
        return _section(told, "weeks", Columns((trend(told, series),), (*produced, *bought), (0.48, 0.52)))
    call = told.text("direction")
    left = (trend(told, series), Text(call)) if call else (trend(told, series),)
    return _section(told, "weeks", Columns(left, (*produced, *bought), (0.6, 0.4)))


def _impact(told: Told) -> tuple[Block, ...]:
    """Every impact that may be told, with its witness; else that none is stated."""
    said = [told.text(f"impact:{each.impact.id}") for each in told.picture.impacts if each.tellable]
    missing = told.text("impact-missing") or told.say("no-impact")
    return tuple(Text(text) for text in said if text) or (Text(missing, "muted"),)


def _outcome(told: Told) -> tuple[Block, ...]:
    """What was bought and how far it has come; else that it is not stated."""
    said = [text for text in (told.text("outcome"), told.text("outcome-progress")) if text]
    return tuple(Text(text) for text in said) or (Text(told.say("no-outcome"), "muted"),)


def _gaps(told: Told, room: float) -> tuple[Block | None, ...]:
    """The most urgent gaps, as many as there is room for; never fewer than can be had by setting the pages tighter.

    room: lines that the other sections leave.
    """
    full = _full(told.picture)
    least = LEAST_GAPS_FULL if full else LEAST_GAPS
    if told.picture.commitments and crowded(told.picture):
        least = LEAST_GAPS_FULL - 1 if full else LEAST_GAPS_FULL
    listed = leadership_gaps(told, least, MOST_GAPS, room)
    if listed is None:
        return (Text(told.say("left-out-gaps"), "muted"),)
    more = Text(told.say("and-more-gaps", count=listed.more), "muted") if listed.more else None
    ahead = told.text("next")
    return (listed.table, more, Text(ahead) if ahead and not crowded(told.picture) else None)


def _outlook(told: Told) -> tuple[Block | None, ...]:
    """Where the account stands, what speaks against its renewal, and where its workflows will be by then."""
    each = "outlook-behind" if crowded(told.picture) else "outlook-each"
    ahead = f"{told.text('outlook')} {told.text(each)}".strip()
    moved = told.text("moved")
    return tuple(Text(text) for text in (told.text("standing"), told.text("risk"), ahead, moved) if text)
