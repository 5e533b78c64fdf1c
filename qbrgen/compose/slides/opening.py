"""The first slides: title, the sentence with its three figures, and what was bought."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from qbrgen.compose import key_figures as key
from qbrgen.compose.slides.parts import LeftOut, content, full_stop, joined, left_out, says_the_same
from qbrgen.compose.tables import agreement_table
from qbrgen.compose.told import Told
from qbrgen.define.model.account import Reading as Known
from qbrgen.document import Block, Columns, KeyFigure, Reading, Readings, Role, Slide, Text
from qbrgen.narrate.wording import capital
from qbrgen.period import monday_of
from qbrgen.score.facts.listed import seated_weeks
from qbrgen.score.states import Trend

# Rows of the agreement beside the outcome; longer ones are told a row a persona.
MOST_AGREEMENT_ROWS = 10
AGREEMENT = "agreement"  # the slide that tells each workflow with its target


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
            Text(told.say("review-of-period", period=told.wording.period(picture.period)), "muted"),
            *(Text(line) for line in people),
        ),
        footnote=told.say("data-to", day=told.wording.date(picture.as_of), **period_facts(told)),
    )


def sentence(told: Told) -> Slide | LeftOut:
    """The account in one sentence; people, workflows and impact in figures; and the direction with its fact."""
    said = told.text("sentence")
    if not said:
        return left_out(told, "sentence")
    figures = key.key_figures(
        key.people_figure(told),
        key.workflows_figure(told),
        key.impact_figure(told),
        _direction(told),
        *key.silence_figures(told),
    )
    receipts = (told.picture.breadth.receipt, told.picture.depth.receipt, told.picture.direction.receipt)
    return Slide(
        key="sentence",
        role=Role.STATEMENT,
        title=said,
        kicker=told.say("kicker-sentence"),
        blocks=(figures,) if figures else (),
        footnote=joined(told, told.say("footnote-period", **period_facts(told)), told.cite(receipts)),
        notes=content(told, "sentence", (), "").notes,
    )


def _direction(told: Told) -> KeyFigure | None:
    """The call with what it rests on, said in full."""
    figure = key.direction_figure(told)
    if figure is None or not told.text("direction-fact"):
        return figure
    if told.picture.direction.trend is Trend.TOO_EARLY:  # the fact is why there is no call yet, and says over what
        return replace(figure, note=full_stop(told, capital(told.text("direction-fact"))))
    return replace(figure, note=capital(direction_basis(told)))


def direction_window(told: Told) -> str:
    """What was compared with what, where the title says the rest."""
    weeks, units = told.picture.direction.weeks, told.text("direction-units")
    return told.say("direction-window", weeks=weeks, units=units)


def direction_basis(told: Told) -> str:
    """ "in the second half of 26 weeks, 6 of 8 people did more, none less."."""
    return told.say(
        "direction-basis",
        fact=told.text("direction-fact"),
        weeks=told.picture.direction.weeks,
        units=told.text("direction-units"),
    )


def period_facts(told: Told) -> dict[str, object]:
    """What was counted, in words: the days of the period that the data hold in full weeks, and how many weeks.

    seated_from: the first day with somebody in seat, where that is later than the first of the period.
    """
    window = told.picture.window
    period = told.picture.period
    unseated = len(period.weeks) - seated_weeks(told.picture)
    seated_from = told.wording.day_month(monday_of(period.weeks[unseated])) if unseated else ""
    weeks = ((window.last - window.first).days + 1) // 7
    return {"span": told.wording.span(window), "weeks": weeks, "seated_from": seated_from}


def bought(told: Told) -> Slide | LeftOut:
    """The outcome with baseline, present and goal; the personas and workflows whose targets measure the way there."""
    outcome = told.text("outcome")
    agreement = None if AGREEMENT in told.slides else agreement_table(told, MOST_AGREEMENT_ROWS)
    if not outcome and agreement is None:
        return LeftOut("bought", told.say("no-outcome")) if AGREEMENT in told.slides else left_out(told, "bought")
    if agreement is None and says_the_same(outcome, told.text("title:bought")):
        missing = Text(told.wording.say("success-plan.no-readings"), "muted")
        blocks: tuple[Block | None, ...] = (readings(told) or missing,)
    elif agreement is None or not outcome:
        blocks = (Text(outcome, "strong") if outcome else agreement, readings(told))
    else:
        shown = _outcome(told, outcome)
        right = (Text(told.say("how-we-measure"), "strong", key="agreement"), agreement)
        blocks = (Columns(shown, right, (0.42, 0.58)),)
    return content(told, "bought", blocks, told.text("definition:active"))


def _outcome(told: Told, outcome: str) -> tuple[Block, ...]:
    """The outcome in words, unless the slide's title says the same; its readings and how far it has come."""
    blocks: list[Block] = [] if says_the_same(outcome, told.text("title:bought")) else [Text(outcome, "strong")]
    drawn = readings(told)
    progress = told.picture.outcome.progress if told.picture.outcome else None
    if drawn is None:
        said = told.text("outcome-progress") or ("" if blocks else outcome)
        return (*blocks, Text(said)) if said else tuple(blocks)
    if not blocks:  # both columns begin with a heading
        heading = told.say("outcome-measured")
        if progress is not None and 0 <= progress <= 1:
            heading = told.say("outcome-progress", percent=told.wording.percent(progress))
        blocks.append(Text(heading, "strong"))
    return (*blocks, drawn)


def readings(told: Told) -> Readings | None:
    """Baseline, present and goal of the outcome as bars, each with its date; a missing one says "not set"."""
    shown = told.picture.outcome
    if shown is None or not shown.outcome.measure:
        return None
    outcome = shown.outcome
    kinds: tuple[tuple[str, Known | None, Literal["earlier", "now", "goal"]], ...] = (
        ("baseline", outcome.baseline, "earlier"),
        ("present", outcome.present, "now"),
        ("goal", outcome.goal, "goal"),
    )
    drawn = tuple(
        Reading(
            name=told.say(f"outcome-{name}"),
            on=told.wording.date(reading.on) if reading and reading.on else "",
            text=told.amount(reading.value, outcome.unit) if reading else told.say("not-reported"),
            value=float(reading.value) if reading else None,
            kind=kind,
        )
        for name, reading, kind in kinds
    )
    said = [told.say("alt-reading", name=one.name, value=one.text, day=one.on) for one in drawn]
    alt = told.say("alt-outcome", measure=capital(outcome.measure), readings=told.wording.clauses(said))
    return Readings(capital(outcome.measure), drawn, alt)
