"""What reviews/*/*.yml may hold: the record of a review. Written by `qbrgen commit`, read by everything else.

Figures read back exactly: whole numbers, decimals, or a fraction such as 418/523; shares may end in %.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from qbrgen.define.model.review import PERSON_WORDS, STATE_WORDS, TREND_WORDS
from qbrgen.define.schema import (
    ChainWritten,
    FrequencyWritten,
    MilestoneWritten,
    ShareWritten,
    ValueWritten,
    Written,
)
from qbrgen.define.values import Day, RhythmWord, SideWord, Text, shown, wrong
from qbrgen.load.cells import parse_share
from qbrgen.load.nearest import instead_of

_FRACTION = re.compile(r"-?\d{1,200}/[1-9]\d{0,199}")


def _exact(raw: Any) -> Fraction:
    text = str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw
    try:
        if not isinstance(text, str):
            raise ValueError(text)
        return Fraction(text) if _FRACTION.fullmatch(text) else parse_share(text)
    except ValueError as error:
        fix = "Write a number, such as 12, 70% or 418/523."
        raise wrong("not-a-number", f"is {shown(raw)}, not a number.", fix) from error


def _count(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    raise wrong("not-whole", f"is {shown(raw)}, not a whole number from 0.", "Write a whole number, such as 13.")


def _word(words: Sequence[str]) -> Any:
    def validate(raw: Any) -> str:
        if raw in words:
            return str(raw)
        raise wrong("unknown-choice", f"is {shown(raw)}.", instead_of(str(raw), words, "choices"))

    return validate


Exact = Annotated[Fraction, PlainValidator(_exact), WithJsonSchema({"type": ["string", "number"]})]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
StateWord = Annotated[str, PlainValidator(_word(STATE_WORDS)), WithJsonSchema({"enum": list(STATE_WORDS)})]
TrendWord = Annotated[str, PlainValidator(_word(TREND_WORDS)), WithJsonSchema({"enum": list(TREND_WORDS)})]
PersonWord = Annotated[str, PlainValidator(_word(PERSON_WORDS)), WithJsonSchema({"enum": list(PERSON_WORDS)})]


class WindowWritten(Written):
    """The full weeks that were counted, both days within them."""

    from_: Day = Field(alias="from", description="First day.")
    to: Day = Field(description="Last day.")


class RuleWritten(Written):
    """The rule by which a person counted as active."""

    active_share: Exact = Field(description="Share of the weeks in seat with completed work.")
    new_units: Count = Field(description="Fewer weeks in seat than this: new.")
    recent_units: Count = Field(description="Work in one of the last so many.")
    lapsed_units: Count = Field(description="No work in the last so many: lapsed.")


class PersonDeliveredWritten(Written):
    """How one person stood."""

    state: PersonWord = Field(description="Active, occasional, lapsed, not yet active; or not counted, and why.")
    in_seat: Count = Field(description="Weeks in seat of the period (two-week periods, months).")


class WorkflowDeliveredWritten(Written):
    """One workflow: its target and how it was counted, as the playbook had them, and its figure."""

    name: Text = Field(description="Its name at that time.")
    target: Exact = Field(description="The target at that time.")
    share: ShareWritten | None = Field(default=None, description="How it was counted, as in a playbook.")
    frequency: FrequencyWritten | None = Field(default=None, description="How it was counted, as in a playbook.")
    milestone: MilestoneWritten | None = Field(default=None, description="How it was counted, as in a playbook.")
    chain: ChainWritten | None = Field(default=None, description="How it was counted, as in a playbook.")
    value: ValueWritten | None = Field(default=None, description="How it was counted, as in a playbook.")
    state: StateWord = Field(description="Against the target of that time.")
    numerator: Exact | None = Field(default=None, description="What was counted.")
    denominator: Exact | None = Field(default=None, description="Of how many.")
    figure: Exact | None = Field(default=None, description="The figure itself: numerator ÷ denominator, or as given.")
    people: list[str] = Field(default=[], description="Milestones: the ids of those whose time was up.")


class PersonaDeliveredWritten(Written):
    """One persona: its target, how many were active, who held the seat."""

    name: Text = Field(description="Its name at that time.")
    target: Exact = Field(description="The share of its people to be active, at that time.")
    rhythm: RhythmWord = Field(description="How often they were to work.")
    active: Count = Field(description="How many were active.")
    counted: Count = Field(description="Of how many: without the new ones, those away and those who left.")
    people: dict[str, PersonDeliveredWritten] = Field(default={}, description="Person id → how they stood.")
    workflows: dict[str, WorkflowDeliveredWritten] = Field(default={}, description="Workflow id → as it was told.")


class ActionPromisedWritten(Written):
    """An action that was open, with an owner and a date."""

    action: Text = Field(description="What was to be done.")
    owner: Text = Field(description="Who was to do it.")
    side: SideWord = Field(description="Whose person: vendor or customer.")
    due: Day = Field(description="By when.")
    closes: Text = Field(default="", description="What it was to close, as in the account's file.")
    internal: bool = Field(default=False, description="Never shown to the customer.")


class PromisedWritten(Written):
    """What the review promised for the next one."""

    targets: list[str] = Field(default=[], description="Personas and workflows (persona/workflow) to be on target.")
    actions: dict[str, ActionPromisedWritten] = Field(default={}, description="Action id → the action, as agreed.")


class ReviewFile(Written):
    """reviews/*/*.yml: one account's review of one period, as delivered. `qbrgen commit` writes it."""

    account: Text = Field(description="Id of the account.")
    period: Text = Field(description="The quarter, such as 2026-Q2.")
    as_of: Day = Field(description="The last day of the data of that time.")
    recorded_on: Day = Field(description="The day of the recording.")
    window: WindowWritten = Field(description="The full weeks that were counted.")
    active_rule: RuleWritten = Field(description="When a person counted as active.")
    personas: dict[str, PersonaDeliveredWritten] = Field(description="Persona id → as it was told.")
    events: dict[str, Exact] = Field(
        default={}, description="Event name → how many came within the window, by whoever: tells late data later."
    )
    promised: PromisedWritten | None = Field(
        default=None, description="What it promised: judged by the targets and definitions recorded here."
    )
    direction: TrendWord = Field(default="", description="Which way the account went.")
    told: dict[str, str] = Field(default={}, description="Key → sentence, as the customer's deck had it.")
