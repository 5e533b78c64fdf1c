"""A review as it was delivered: what `qbrgen commit` keeps, so that the next one can tell what has changed since.

Internal: it knows people by their ids. The figures are exact; the definitions are those of that time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from qbrgen.audience import customer, internal
from qbrgen.define.model.account import Action, Side
from qbrgen.define.model.playbook import Measure
from qbrgen.figures import Span
from qbrgen.period import Period, Rhythm

LEFT = "left"
PERSON_WORDS = ("active", "occasional", "lapsed", "not yet active", "new", "away", "no data", LEFT)
"""How a person stood: the states of scoring, and those who left within the period."""
COUNTED_WORDS = PERSON_WORDS[:4]
"""Of whom M is made, in N of M people."""
STATE_WORDS = ("met", "not met", "no data", "not applicable")
TREND_WORDS = ("spreading", "shrinking", "no clear change", "too early to tell", "no data")
_NUMBERED = re.compile(r"action-\d+")
"""The id of an action that was given none: its place in the list, which changes as soon as another is taken out."""


@dataclass(frozen=True, slots=True)
class PersonDelivered:
    """One person of a persona at that time. state: one of PERSON_WORDS. in_seat: weeks in seat of the period."""

    state: str
    in_seat: int


@dataclass(frozen=True, slots=True)
class WorkflowDelivered:
    """One workflow as it was told. id: unique within its persona. state: one of STATE_WORDS.

    numerator, denominator: the counts behind `value`; None for a ready-made value, or where there is no value. people:
    of a milestone, those whose time was up; otherwise it is everyone in seat, which the persona has.
    """

    id: str
    name: str
    target: Fraction
    measure: Measure
    state: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonaDelivered:
    """One persona as it was told: `active` of `counted` people. people: by id, whoever held the seat."""

    id: str
    name: str
    target: Fraction
    rhythm: Rhythm
    active: int
    counted: int
    people: Mapping[str, PersonDelivered] = field(default_factory=dict)
    workflows: tuple[WorkflowDelivered, ...] = ()


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """The numbers by which a person counted as active (`Rules` in settings.py has what they mean)."""

    active_share: Fraction
    new_units: int
    recent_units: int
    lapsed_units: int


@dataclass(frozen=True, slots=True)
class ActionPromised:
    """An action that was open, with an owner and a date, when the review was delivered. closes: as in the account."""

    id: str
    action: str
    owner: str
    side: Side
    due: date
    closes: str = ""
    internal: bool = False

    def among(self, actions: Collection[Action]) -> Action | None:
        """This action among those of today's file: by its id, else by its words. None: the file no longer has it."""
        for action in actions:
            if action.id == self.id and (action.action == self.action or not _NUMBERED.fullmatch(self.id)):
                return action
        return next((action for action in actions if action.action == self.action), None)


@dataclass(frozen=True, slots=True)
class Promised:
    """What a review promised for the next one.

    targets: ids of personas and of workflows ("persona/workflow") of this record that were to reach their target, or to
    stay on it; the target and the definition are those recorded above. actions: the plan as it was agreed.
    """

    targets: tuple[str, ...] = ()
    actions: tuple[ActionPromised, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenReview:
    """A record that is there, and cannot be used. period: by its folder; None where that names no quarter."""

    period: Period | None = customer()
    file: str = internal(default="")


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One account's review of one period, as delivered.

    period: as people type it (2026-Q2). window: its full weeks within the data of that time. recorded_on: the day of
    the recording. events: name → occurrences of it within the window, by whoever, for every name of the definitions.
    promised: None in a record that does not say (it was written before promises were kept). direction: the word for
    which way the account went ("" in such a record). told: key → text of the whole sentences, as the customer's deck
    had them.
    """

    account: str
    period: str
    as_of: date
    recorded_on: date
    window: Span
    rule: ActiveRule
    personas: tuple[PersonaDelivered, ...]
    events: Mapping[str, Fraction] = field(default_factory=dict)
    promised: Promised | None = None
    direction: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def persona(self, persona_id: str) -> PersonaDelivered | None:
        """The persona with this id, or None."""
        return next((each for each in self.personas if each.id == persona_id), None)

    def workflow(self, persona_id: str, workflow_id: str) -> WorkflowDelivered | None:
        """The workflow of this persona, or None."""
        persona = self.persona(persona_id)
        return next((each for each in persona.workflows if each.id == workflow_id), None) if persona else None
