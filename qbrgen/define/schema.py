"""What playbooks/*.yml and accounts/*.yml may hold (qbrgen.yml: settings_schema).

Strict: an unknown key is an error. What a rule of the method asks for (a target, what a workflow produces, …) is
optional here and asked for by `checks`, which can say why. Descriptions go into the JSON Schema that editors read.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from qbrgen.define.values import (
    Amount,
    BetterWord,
    Change,
    CombineWord,
    Day,
    Days,
    Number,
    RhythmWord,
    SideWord,
    SourceWord,
    TargetShare,
    Text,
    Texts,
    Times,
    Week,
)

DRAFT = "true: not yet confirmed. Every page made from it says DRAFT."

T = TypeVar("T")
Many = Annotated[list[T], BeforeValidator(lambda raw: [raw] if isinstance(raw, dict | str | int | float) else raw)]


class Written(BaseModel):
    """A mapping as people write it: no unknown keys; a key with nothing after it counts as not written."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or all(value is not None for value in raw.values()):
            return raw
        known = keys_of(cls)
        return {key: value for key, value in raw.items() if value is not None or key not in known}


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys that a mapping of this kind may have, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


# ---- playbooks ------------------------------------------------------------------------------------------------------


class ShareWritten(Written):
    """Numerator events ÷ denominator events, over everyone in the persona."""

    numerator: Texts = Field(description="Event name or names that count: the work done in the right way.")
    denominator: Texts = Field(
        description="Event name or names that it is a share of; name the numerator's too where they are part of it."
    )


class FrequencyWritten(Written):
    """So many times in each unit of the persona's rhythm."""

    events: Texts = Field(description="Event name or names that count as doing it.")
    times: Times | None = Field(default=None, description="How often in each week, two weeks or month. Default 1.")


class StepWritten(Written):
    """One condition of a milestone."""

    event: Text = Field(description="Event name.")
    at_least: Times | None = Field(default=None, description="How many of it within the window. Default 1.")


def _step(raw: Any) -> Any:
    return {"event": raw} if isinstance(raw, str) else raw


class MilestoneWritten(Written):
    """Every step within a number of days of starting."""

    steps: Many[Annotated[StepWritten, BeforeValidator(_step)]] = Field(description="What a new person must have done.")
    within_days: Days = Field(description="Days from the start, the start day being day 1.")


class ChainWritten(Written):
    """Events in this order, by one person, within a number of days."""

    events: Texts = Field(description="Event names, in order; two or more.")
    within_days: Days = Field(description="Days from the first event to the last, the first being day 1.")
    times: Times | None = Field(default=None, description="Whole chains in each unit of the rhythm. Default 1.")


class ValueWritten(Written):
    """A ready-made number from another system."""

    metric: Text = Field(description="What the values table calls it.")
    source: Text = Field(description="The system or report that it comes from, as it is named in a document.")
    combine: CombineWord = Field(description="How several values in one period become one: last, mean, or sum ÷ sum.")


class SaysWritten(Written):
    """Words for sentences."""

    of: Text = Field(default="", description="Share and value: what it is a share of ('outbound touches').")
    do: Text = Field(default="", description="Share and value: what they do, in the plural ('run through sequences').")
    did: Text = Field(default="", description="Frequency, chain, milestone: what a person did ('reviewed the board').")


class WorkflowWritten(Written):
    """What a workflow may say of itself, in a playbook or in an account's override."""

    name: Text = Field(default="", description="A noun phrase ('Outbound touches through sequences').")
    produces: Text = Field(default="", description="What the customer gets from it. Mandatory in a playbook.")
    target: TargetShare | None = Field(default=None, description="The share that must be reached: 70% or 0.7.")
    share: ShareWritten | None = Field(default=None, description="Target kind: numerator events ÷ denominator events.")
    frequency: FrequencyWritten | None = Field(default=None, description="Target kind: so many times in each unit.")
    milestone: MilestoneWritten | None = Field(default=None, description="Target kind: reached soon after starting.")
    chain: ChainWritten | None = Field(default=None, description="Target kind: events in order, so often in each unit.")
    value: ValueWritten | None = Field(default=None, description="Target kind: a ready-made number.")
    says: SaysWritten | None = Field(default=None, description="Words for sentences.")
    synonyms: Texts = Field(default=[], description="Other words that people use for it.")
    draft: bool = Field(default=False, description=DRAFT)


KINDS = ("share", "frequency", "milestone", "chain", "value")


class PlaybookWorkflow(WorkflowWritten):
    """A workflow of a playbook: an action, or a chain of actions, that produces the outcome."""

    id: Text = Field(description="Short, unique in its persona ('sequenced-touches').")


class PersonaWritten(Written):
    """What a persona may say of itself, in a playbook or in an account's override."""

    name: Text = Field(
        default="", description="Specific, in the plural ('quota-carrying reps'), never 'the sales team'."
    )
    one: Text = Field(default="", description="One of them ('quota-carrying rep').")
    titles: Texts = Field(default=[], description="Job titles that find its people; * and ? stand for anything.")
    rhythm: RhythmWord | None = Field(
        default=None, description="How often they work: week (default), two weeks, month."
    )
    target: TargetShare | None = Field(default=None, description="The share of its people to be active.")
    synonyms: Texts = Field(default=[], description="Other words that people use for them.")
    draft: bool = Field(default=False, description=DRAFT)


class PlaybookPersona(PersonaWritten):
    """A persona of a playbook: a named group of people who must work differently for the outcome to happen."""

    id: Text = Field(description="Short, unique in the playbook ('reps').")
    workflows: Many[PlaybookWorkflow] = Field(default=[], description="3 to 5 workflows, the most important first.")


class PlaybookFile(Written):
    """playbooks/*.yml: personas, workflows and targets, written once and shared by many accounts."""

    playbook: Text = Field(description="The id that accounts name it by.")
    name: Text = Field(default="", description="What it is called.")
    draft: bool = Field(default=False, description=DRAFT)
    personas: Many[PlaybookPersona] = Field(description="Who must work differently, the most important first.")


# ---- accounts -------------------------------------------------------------------------------------------------------


class SponsorWritten(Written):
    """The customer's person in the room."""

    name: Text = Field(description="Full name.")
    role: Text = Field(default="", description="Job title.")


class ReadingWritten(Written):
    """A figure of the outcome at a time."""

    value: Number = Field(description="The figure, in the outcome's unit.")
    on: Day | None = Field(default=None, description="The day that it was true.")


class OutcomeWritten(Written):
    """The business result that the customer bought."""

    bought: Text = Field(description="A verb phrase in the customer's own words ('reach more buyers').")
    measure: Text = Field(default="", description="The figure that shows it ('first meetings per rep and month').")
    unit: Text = Field(default="", description="Unit of that figure ('days', 'GBP').")
    baseline: ReadingWritten | None = Field(default=None, description="Where it stood before.")
    goal: ReadingWritten | None = Field(default=None, description="Where it should get to, and by when.")
    present: ReadingWritten | None = Field(default=None, description="Where it stands.")
    synonyms: Texts = Field(default=[], description="Other words that people use for it.")


class ImpactWritten(Written):
    """What the workflows produce for the customer, by whose word."""

    id: Text = Field(default="", description="Short, unique in the account. Default: impact-1, impact-2, …")
    what: Text = Field(description="A noun phrase ('manual email time').")
    change: Change | None = Field(default=None, description="Relative change, such as -30%. Either this or value.")
    value: Number | None = Field(default=None, description="The figure itself, with its unit.")
    from_: Number | None = Field(default=None, alias="from", description="The figure before; only with value.")
    unit: Text = Field(default="", description="Unit of value and from ('hours a week', 'GBP').")
    better: BetterWord | None = Field(default=None, description="Which way is good: higher (default) or lower.")
    source: SourceWord | None = Field(
        default=None, description="measured (from data), estimate (somebody's) or benchmark. Without it, it is a gap."
    )
    by: Text = Field(default="", description="Who says so: a person, a role, a report.")
    because: bool = Field(default=False, description="The source itself says that the workflows caused it.")
    period: Text = Field(default="", description="The time that it speaks of ('since March').")
    on: Day | None = Field(default=None, description="The day that it was said or measured.")
    synonyms: Texts = Field(default=[], description="Other words that people use for it.")


class AwayWritten(Written):
    """Days away, both within it."""

    from_: Day = Field(alias="from", description="First day away.")
    to: Day = Field(description="Last day away.")


class SeatWritten(Written):
    """The days on which a person is in a persona."""

    persona: Text = Field(description="Id of the persona.")
    from_: Day | None = Field(default=None, alias="from", description="First day. Default: the person's first event.")
    to: Day | None = Field(default=None, description="Last day. Default: no end.")


class PersonWritten(Written):
    """One named member of the account's roster."""

    id: Text = Field(
        default="", description="The user id in the events. May be left out where the people table has it."
    )
    name: Text = Field(default="", description="Full name.")
    title: Text = Field(default="", description="Job title.")
    persona: Text = Field(default="", description="Id of the persona. Either this or seats.")
    from_: Day | None = Field(default=None, alias="from", description="First day in the persona.")
    to: Day | None = Field(default=None, description="Last day in the persona.")
    seats: Many[SeatWritten] = Field(default=[], description="Several seats, for someone who changed persona or left.")
    away: Many[AwayWritten] = Field(default=[], description="Absences.")


class WorkflowOverride(WorkflowWritten):
    """What differs from the playbook's workflow of this id."""

    drop: bool = Field(default=False, description="This account does without it.")
    add: bool = Field(default=False, description="A workflow of this account's own, which the playbook does not have.")


class PersonaOverride(PersonaWritten):
    """What differs from the playbook's persona of this id."""

    drop: bool = Field(default=False, description="This account does without it.")
    add: bool = Field(default=False, description="A persona of this account's own, which the playbook does not have.")
    workflows: dict[str, WorkflowOverride] = Field(default={}, description="Workflow id → what differs.")


class OverridesWritten(Written):
    """What differs from the playbook."""

    personas: dict[str, PersonaOverride] = Field(default={}, description="Persona id → what differs.")


class ActionWritten(Written):
    """A planned step: a plan only when it has an owner and a date."""

    id: Text = Field(default="", description="Short, unique in the account. Default: action-1, action-2, …")
    action: Text = Field(description="What will be done.")
    owner: Text = Field(default="", description="Who does it: one person.")
    side: SideWord | None = Field(default=None, description="Whose person: vendor (default) or customer.")
    due: Day | None = Field(default=None, description="By when.")
    done: Day | None = Field(default=None, description="The day that it was done.")
    closes: Text = Field(
        default="", description="What it closes: a persona id, persona/workflow, impact, outcome. Default: general."
    )
    internal: bool = Field(default=False, description="Never shown to the customer.")


class AccountFile(Written):
    """accounts/*.yml: one customer."""

    account: Text = Field(default="", description="Its id in the data. Default: the file's name.")
    name: Text = Field(default="", description="Its name as documents say it.")
    playbook: Text = Field(default="", description="Id of its playbook.")
    owner: Text = Field(default="", description="The CSM.")
    segment: Text = Field(default="", description="Segment.")
    arr: Amount | None = Field(default=None, description="Annual recurring revenue, such as 184000 GBP. Internal.")
    renewal: Day | None = Field(default=None, description="Renewal date. Internal.")
    language: Text = Field(
        default="", description="Language of its documents, such as en-GB. Default: the workspace's."
    )
    sponsor: SponsorWritten | None = Field(default=None, description="The customer's person in the room.")
    names_agreed: bool = Field(default=False, description="true: the customer agreed that the deck names people.")
    outcome: OutcomeWritten | None = Field(default=None, description="The business result that was bought.")
    impact: Many[ImpactWritten] = Field(default=[], description="What it produces, the most important first.")
    people: Many[PersonWritten] = Field(default=[], description="The roster. Default: from the people table.")
    overrides: OverridesWritten | None = Field(default=None, description="What differs from the playbook.")
    actions: Many[ActionWritten] = Field(default=[], description="The plan.")
    ask: Text = Field(default="", description="The decision asked of the customer.")
    next_review: Day | None = Field(default=None, description="Day of the next review, for the success plan.")
    ask_of_leadership: Text = Field(default="", description="What the vendor's leadership is asked to do. Internal.")
    notes: Text = Field(default="", description="Notes of the CSM. Internal.")
    closed_weeks: Many[Week] = Field(default=[], description="ISO weeks in which the customer is closed: 2026-W52.")
    draft: bool = Field(default=False, description=DRAFT)
