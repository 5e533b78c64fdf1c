"""What narration hands on: generated sentences, each with the receipts behind every number in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qbrgen.audience import Audience, customer
from qbrgen.score.picture import AccountPicture


class Register(StrEnum):
    """For whom the same facts are worded."""

    DECK = "deck"  # the customer's deck and success plan
    BRIEF = "brief"  # leadership
    LINE = "line"  # the terminal, an e-mail, the CRM

    @property
    def audience(self) -> Audience:
        return Audience.CUSTOMER if self is Register.DECK else Audience.INTERNAL


SPOKEN = (
    "sentence",
    "people",
    "persona:",
    "workflow:",
    "since-review",
    "moved",
    "moved-after-delivery",
    "direction",
    "impact:",
    "outcome",
    "gap:",
    "plan",
    "commitments",
    "commitment:",
    "standing",
    "outlook",
    "outlook:",
    "score",
)
"""Keys, or beginnings of keys, of what is said in whole sentences."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One generated sentence, or a short phrase.

    key: what it says ("sentence", "people", "workflow:reps/sequenced-touches", "direction", "impact:email-time",
    "gap:not-yet/reps", "title:workflows", ...). receipts: ids in the picture, in the order of the numbers in the text.
    """

    key: str = customer()
    text: str = customer()
    audience: Audience = customer()
    receipts: tuple[str, ...] = customer(default=())


@dataclass(frozen=True, slots=True)
class Narrative:
    """Everything that is said about one account in one register, by key; a statement that lacks its data is not in it.

    picture: the (already redacted) picture it was made from. left_out: key → why it could not be said.
    """

    register: Register = customer()
    picture: AccountPicture = customer()
    statements: Mapping[str, Statement] = customer()
    left_out: Mapping[str, str] = customer(default_factory=dict)

    def text(self, key: str) -> str:
        """The sentence, or "" when it was left out."""
        statement = self.statements.get(key)
        return statement.text if statement else ""

    def spoken(self) -> list[str]:
        """The keys of what is said in whole sentences, in order; the rest are words of tables and figures."""
        return [
            key for key in self.statements if any(key == s or (s.endswith(":") and key.startswith(s)) for s in SPOKEN)
        ]

    def __contains__(self, key: str) -> bool:
        return key in self.statements
