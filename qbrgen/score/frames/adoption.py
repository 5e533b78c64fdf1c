"""The frames of who is active: accounts, what their scores are made from, personas and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from qbrgen.audience import Audience
from qbrgen.period import Rhythm
from qbrgen.score.frames.columns import (
    ACCOUNT,
    DAY,
    NUMBER,
    PERSONA,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Frame,
    Row,
    delivered,
    field,
    inner,
    score_columns,
    share,
)
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Part, PersonState, Standing, Trend


def _accounts(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield (picture,)


def _like_for_like(of: Callable[[Row], Any]) -> tuple[Column, ...]:
    says = "the period before, over people counted in both: "
    return tuple(
        Column(name, WHOLE, says + what, lambda row, name=name: getattr(of(row), name, None))  # type: ignore[misc]
        for name, what in (("active_then", "active then"), ("active_now", "active now"), ("both", "those people"))
    )


ACCOUNTS = Frame(
    "accounts",
    "One row an account: its figures as the deck and the brief tell them.",
    1,
    (
        ACCOUNT,
        field("name", TEXT, "the customer's name"),
        field("owner", TEXT, "the CSM"),
        field("language", TEXT, "of the customer's documents"),
        field("period", TEXT, "such as 2026-Q3", "period.name"),
        field("first_day", DAY, "Monday of the first week that counts", "window.first"),
        field("last_day", DAY, "Sunday of the last week that counts", "window.last"),
        field("as_of", DAY, "last full day of the data"),
        field("draft", YES_NO, "made from definitions that nobody has confirmed"),
        field("feed_silent", YES_NO, "no event of any name came in the period"),
        field("feed_last", DAY, "last day on which an event came, up to the period's end"),
        field("active", WHOLE, "people active (N)", "breadth.active"),
        field("counted", WHOLE, "people who count (M): without new ones, those away and leavers", "breadth.counted"),
        Column("active_share", NUMBER, "N ÷ M", lambda row: share(row[-1].breadth.active, row[-1].breadth.counted)),
        field("new", WHOLE, "new people, counted apart", "breadth.new"),
        field("away", WHOLE, "people away for the whole period, counted apart", "breadth.away"),
        *_like_for_like(lambda row: row[-1].breadth.previous),
        field("personas_active", WHOLE, "personas that reach their target", "breadth.personas_active"),
        field("personas_counted", WHOLE, "personas with anyone to count", "breadth.personas_counted"),
        field("met", WHOLE, "workflows on target", "depth.met"),
        field("measurable", WHOLE, "workflows met or not met", "depth.measurable"),
        Column("met_share", NUMBER, "met ÷ measurable", lambda row: share(row[-1].depth.met, row[-1].depth.measurable)),
        field("no_data", WHOLE, "workflows without data", "depth.no_data"),
        field("not_applicable", WHOLE, "workflows that apply to nobody", "depth.not_applicable"),
        field("direction", Trend, "which way it goes", "direction.trend"),
        field("delivered_active", WHOLE, "N of the period before as it was delivered", "breadth.delivered.numerator"),
        field(
            "delivered_counted", WHOLE, "M of the period before as it was delivered", "breadth.delivered.denominator"
        ),
        field("delivered_met", WHOLE, "met in the period before, as it was delivered", "depth.delivered.numerator"),
        field("delivered_measurable", WHOLE, "measurable then, as it was delivered", "depth.delivered.denominator"),
        field("delivered_on", DAY, "when the review of the period before was recorded"),
        field("progress", NUMBER, "outcome: share of the way from baseline to goal", "outcome.progress"),
        Column("gaps", WHOLE, "gaps", lambda row: len(row[-1].gaps)),
        Column("unplanned", WHOLE, "gaps without a plan", lambda row: sum(g.action is None for g in row[-1].gaps)),
        inner("segment", TEXT, "as the CRM has it"),
        inner("arr", NUMBER, "annual recurring revenue, in `currency`", "arr.amount"),
        inner("currency", TEXT, "ISO 4217 code of the ARR", "arr.currency"),
        inner("renewal", DAY, "renewal date"),
        inner("standing", Standing, "where it stands in the portfolio"),
        *score_columns(),
    ),
    _accounts,
)


def _score_parts(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    if picture.score:
        yield from ((picture, part) for part in picture.score.parts)


SCORE_PARTS = Frame(
    "score_parts",
    "What each account's score is made from. Internal.",
    2,
    (
        ACCOUNT,
        inner("part", Part, "the part"),
        inner("weight", WHOLE, "what it counts for"),
        inner("value", NUMBER, "share of one; missing where it cannot be told"),
    ),
    _score_parts,
)


def _personas(picture: AccountPicture, _: Audience) -> Iterator[Row]:
    yield from ((picture, persona) for persona in picture.personas)


def _in_state(state: PersonState, name: str) -> Column:
    return Column(name, WHOLE, f"people {state.value}", lambda row: len(row[-1].with_state(state)))


PERSONAS = Frame(
    "personas",
    "One row a persona: a named group of people, and how many of them are active.",
    2,
    (
        ACCOUNT,
        PERSONA,
        field("name", TEXT, "as documents call it"),
        field("rhythm", Rhythm, "its unit of time"),
        field("target", NUMBER, "share of its people to be active"),
        field("active", WHOLE, "people active (N)"),
        field("counted", WHOLE, "people who count (M)"),
        Column("active_share", NUMBER, "N ÷ M", lambda row: share(row[-1].active, row[-1].counted)),
        field("is_active", YES_NO, "N ÷ M reaches the target; missing where nobody counts"),
        _in_state(PersonState.OCCASIONAL, "occasional"),
        _in_state(PersonState.LAPSED, "lapsed"),
        _in_state(PersonState.NOT_YET, "not_yet_active"),
        field("new", WHOLE, "new people, counted apart"),
        field("away", WHOLE, "people away for the whole period, counted apart"),
        field("leavers", WHOLE, "people who left in the period"),
        field("every_unit", YES_NO, "each active person did it in each of their units in seat"),
        *_like_for_like(lambda row: row[-1].previous),
        field("direction", Trend, "which way it goes", "direction.trend"),
        field("first_day", DAY, "first day of its first unit", "window.first"),
        field("last_day", DAY, "last day of its last unit", "window.last"),
        *delivered(lambda row: row[-1].delivered),
    ),
    _personas,
)


def _people(picture: AccountPicture, audience: Audience) -> Iterator[Row]:
    """The customer sees counts, not people one by one, unless it was agreed that people are named."""
    if audience is Audience.INTERNAL or picture.names_agreed:
        for persona in picture.personas:
            yield from ((picture, persona, number, who) for number, who in enumerate(persona.people, 1))


PEOPLE = Frame(
    "people",
    "One row a person in seat in the last full unit. For a customer: only where it is agreed that people are named.",
    3,
    (
        ACCOUNT,
        PERSONA,
        Column("number", WHOLE, "place in the persona, from 1", lambda row: row[2]),
        Column("name", TEXT, "the person's name", lambda row: row[-1].shown_name or row[-1].name or None),
        field("state", PersonState, "the state"),
        field("units_done", WHOLE, "units of the period with a completion"),
        field("units_in_seat", WHOLE, "units of the period in seat"),
        Column("done_share", NUMBER, "done ÷ in seat", lambda row: share(row[-1].units_done, row[-1].units_in_seat)),
        inner("person", TEXT, "user id, as in the events", "id"),
        inner("since", DAY, "last completion, or the seat's start"),
        inner("start_assumed", YES_NO, "no start date was given: it is the first event"),
    ),
    _people,
)
