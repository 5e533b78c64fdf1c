"""The first slides: title, the sentence with its three figures, and what was bought."""

from __future__ import annotations

from qbrgen.compose import key_figures as key
from qbrgen.compose.slides.parts import LeftOut, content, joined, left_out, says_the_same
from qbrgen.compose.tables import agreement_table
from qbrgen.compose.told import Told
from qbrgen.document import Block, Cell, Column, Columns, Role, Slide, Table, Text
from qbrgen.figures import Span
from qbrgen.narrate.wording import capital

# Rows of the agreement beside the outcome; longer ones are told a row a persona.
MOST_AGREEMENT_ROWS = 8


def title(told: Told) -> Slide:
    """Customer, review and period, who presents to whom, and how far the data go."""
    picture = told.picture
    people = []
    if picture.sponsor:
        role = picture.sponsor.role
        key_ = "presenter-customer" if role else "presenter-customer-no-role"
        people.append(told.say(key_, name=picture.sponsor.name, role=role, account=picture.name))
    if picture.owner:
        people.append(told.say("presenter-vendor", name=picture.owner, vendor=picture.vendor))
    return Slide(
        key="title",
        role=Role.TITLE,
        title=picture.name,
        blocks=(
            Text(told.say("review-of-period", period=picture.period.label), "muted"),
            *(Text(line) for line in people),
        ),
        footnote=told.say("data-to", day=told.wording.date(picture.as_of), **period_facts(told)),
    )


def sentence(told: Told) -> Slide | LeftOut:
    """The account in one sentence, and people, workflows and impact in figures (or direction, without an impact)."""
    said = told.text("sentence")
    if not said:
        return left_out(told, "sentence")
    impact = key.impact_figure(told)
    figures = key.key_figures(
        key.people_figure(told),
        key.workflows_figure(told),
        impact or key.direction_figure(told),
        *key.silence_figures(told),
    )
    direction = Text(direction_line(told), "muted") if impact and told.text("direction-fact") else None
    receipts = (told.picture.breadth.receipt, told.picture.depth.receipt, told.picture.direction.receipt)
    return Slide(
        key="sentence",
        role=Role.STATEMENT,
        title=said,
        kicker=told.say("kicker-sentence"),
        blocks=tuple(block for block in (figures, direction) if block is not None),
        footnote=joined(told.say("footnote-period", **period_facts(told)), told.cite(receipts)),
        notes=content(told, "sentence", (), "").notes,
    )


def direction_line(told: Told) -> str:
    """ "Spreading: 6 people do more, none less in the second half than in the first."."""
    basis = told.say("direction-basis", fact=told.text("direction-fact"))
    return told.say("direction-line", word=told.text("direction-word"), basis=basis)


def period_facts(told: Told) -> dict[str, object]:
    """The period in words: its days and its number of weeks."""
    period = told.picture.period
    return {"span": told.wording.span(Span(period.first_day, period.last_day)), "weeks": len(period.weeks)}


def bought(told: Told) -> Slide | LeftOut:
    """The outcome with baseline, present and goal; the personas and workflows whose targets measure the way there."""
    outcome, agreement = told.text("outcome"), agreement_table(told, MOST_AGREEMENT_ROWS)
    if not outcome and agreement is None:
        return left_out(told, "bought")
    if agreement is None or not outcome:
        blocks: tuple[Block | None, ...] = (Text(outcome, "strong") if outcome else agreement, readings(told))
    else:
        shown = _outcome(told, outcome)
        right = (Text(told.say("how-we-measure"), "strong"), agreement)
        blocks = (Columns(shown, right, (0.42, 0.58)),)
    return content(told, "bought", blocks, told.text("definition:active"))


def _outcome(told: Told, outcome: str) -> tuple[Block, ...]:
    """The outcome in words, unless the slide's title says the same; its readings and how far it has come."""
    blocks: list[Block] = [] if says_the_same(outcome, told.text("title:bought")) else [Text(outcome, "strong")]
    table = readings(told)
    progress = told.picture.outcome.progress if told.picture.outcome else None
    if table is None:
        said = told.text("outcome-progress") or ("" if blocks else outcome)
        return (*blocks, Text(said)) if said else tuple(blocks)
    blocks.append(table)
    if progress is not None and 0 <= progress <= 1:
        blocks.append(Text(told.say("outcome-progress", percent=told.wording.percent(progress)), "strong"))
    return tuple(blocks)


def readings(told: Told) -> Table | None:
    """Baseline, present and goal of the outcome, each with its date; a missing one says "not set"."""
    shown = told.picture.outcome
    if shown is None or not shown.outcome.measure:
        return None
    outcome = shown.outcome
    rows = []
    for name, reading in (("baseline", outcome.baseline), ("present", outcome.present), ("goal", outcome.goal)):
        value = told.amount(reading.value, outcome.unit) if reading else told.say("not-set")
        on = told.wording.date(reading.on) if reading and reading.on else ""
        rows.append((Cell(told.say(f"outcome-{name}"), sub=on), Cell(value, strong=name == "present")))
    columns = (Column(capital(outcome.measure), 0.7), Column("", 0.3, align="right", nowrap=True))
    return Table(columns, tuple(rows), told.say("alt-outcome", measure=outcome.measure))
