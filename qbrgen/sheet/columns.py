"""What the workbook's sheets and columns are, and where in an account's YAML each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    ID = "id"  # text that a spreadsheet must never take for a number or a date
    DAY = "day"
    NUMBER = "number"
    CHANGE = "change"
    SHARE = "share"
    CURRENCY = "currency"
    CHOICE = "choice"
    YES_NO = "yes or no"
    WEEK = "week"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    path: keys from the row's own place in the YAML to the value; () for one that is put together otherwise. choices:
    the words there are, or the name of a list that the workspace gives ("personas", "closes", "playbooks", "accounts").
    shown: only there to be read; what is typed into it changes nothing. needed: a new row must have it.
    """

    key: str
    header: str
    kind: Kind
    about: str
    width: int = 14
    path: tuple[str, ...] = ()
    choices: tuple[str, ...] | str = ()
    internal: bool = False
    shown: bool = False
    needed: bool = False

    @property
    def title(self) -> str:
        """The header as it stands on the sheet."""
        return f"{self.header} (internal)" if self.internal else self.header


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. fixed: its rows can neither be added nor taken away. frozen: columns that stay in sight."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    fixed: bool = False
    frozen: int = 2

    @property
    def marker(self) -> str:
        """What stands above the hidden column of rows: tells the sheet, whatever it is renamed to."""
        return f"qbrgen:{self.key}"

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def edited(self) -> Iterator[Column]:
        """The columns that may be edited."""
        return (column for column in self.columns if not column.shown)


EVERYONE = "all accounts"  # stands in place of an account where a closed week is the whole workspace's
YES, NO = "yes", "no"


def _account(about: str = "Id of the account, as on the sheet Accounts.") -> tuple[Column, Column]:
    return (
        Column("account", "Account", Kind.ID, about, 16, choices="accounts", needed=True),
        Column("account_name", "Account name", Kind.TEXT, "To read only.", 26, shown=True),
    )


ACCOUNTS = Sheet(
    "accounts",
    "Accounts",
    "One row an account. A new row makes a new account.",
    (
        Column("account", "Account", Kind.ID, "Its id in the data. It stays as it is.", 16, ("account",), needed=True),
        Column("name", "Name", Kind.TEXT, "As documents say it.", 28, ("name",)),
        Column("playbook", "Playbook", Kind.CHOICE, "Its playbook.", 18, ("playbook",), "playbooks"),
        Column("owner", "Owner", Kind.TEXT, "The CSM.", 18, ("owner",)),
        Column("segment", "Segment", Kind.TEXT, "Segment.", 14, ("segment",)),
        Column("arr", "ARR", Kind.NUMBER, "Annual recurring revenue.", 11, internal=True),
        Column("currency", "Currency", Kind.CURRENCY, "Of the ARR, such as GBP.", 12, internal=True),
        Column("renewal", "Renewal", Kind.DAY, "Renewal date.", 12, ("renewal",), internal=True),
        Column("language", "Language", Kind.ID, "Of its documents, such as en-GB.", 11, ("language",)),
        Column("sponsor", "Sponsor", Kind.TEXT, "The customer's person in the room.", 22, ("sponsor", "name")),
        Column("role", "Sponsor's role", Kind.TEXT, "Job title of the sponsor.", 22, ("sponsor", "role")),
        Column(
            "names", "Names agreed", Kind.YES_NO, "The customer agreed to names in the deck.", 10, ("names_agreed",)
        ),
        Column("bought", "Outcome bought", Kind.TEXT, "What they bought, in their words.", 40, ("outcome", "bought")),
        Column("measure", "Measured by", Kind.TEXT, "The figure that shows it.", 30, ("outcome", "measure")),
        Column("unit", "Unit", Kind.ID, "Of that figure, such as days or GBP.", 8, ("outcome", "unit")),
        Column("base", "Baseline", Kind.NUMBER, "Where it stood before.", 10, ("outcome", "baseline", "value")),
        Column("base_on", "Baseline on", Kind.DAY, "The day of the baseline.", 12, ("outcome", "baseline", "on")),
        Column("goal", "Goal", Kind.NUMBER, "Where it should get to.", 10, ("outcome", "goal", "value")),
        Column("goal_on", "Goal by", Kind.DAY, "By when.", 12, ("outcome", "goal", "on")),
        Column("now", "Now", Kind.NUMBER, "Where it stands.", 10, ("outcome", "present", "value")),
        Column("now_on", "Now on", Kind.DAY, "The day of that figure.", 12, ("outcome", "present", "on")),
        Column("ask", "Ask of the customer", Kind.TEXT, "The decision asked of the customer.", 40, ("ask",)),
        Column("next", "Next review", Kind.DAY, "Day of the next review.", 12, ("next_review",)),
        Column(
            "leadership",
            "Ask of leadership",
            Kind.TEXT,
            "What your own leadership is asked to do.",
            40,
            ("ask_of_leadership",),
            internal=True,
        ),
        Column("notes", "Notes", Kind.TEXT, "Your notes.", 40, ("notes",), internal=True),
        Column("draft", "Draft", Kind.YES_NO, "yes: not confirmed; each page made says DRAFT.", 8, ("draft",)),
    ),
)

PEOPLE = Sheet(
    "people",
    "People",
    "One row a person and seat. Someone who changed persona has two rows of the same id.",
    (
        *_account(),
        Column("id", "User id", Kind.ID, "As in the product's events.", 16, ("id",), needed=True),
        Column("name", "Name", Kind.TEXT, "Full name.", 26, ("name",)),
        Column("title", "Job title", Kind.TEXT, "Job title.", 28, ("title",)),
        Column("persona", "Persona", Kind.CHOICE, "One of those of its playbook.", 18, ("persona",), "personas"),
        Column("from", "From", Kind.DAY, "First day. Empty: from the first event.", 12, ("from",)),
        Column("to", "To", Kind.DAY, "Last day. Empty: still there.", 12, ("to",)),
    ),
    frozen=4,
)

AWAY = Sheet(
    "away",
    "Away",
    "One row an absence: these days count neither for nor against the person.",
    (
        *_account(),
        Column("id", "User id", Kind.ID, "As on the sheet People.", 16, needed=True),
        Column("name", "Name", Kind.TEXT, "To read only.", 26, shown=True),
        Column("from", "From", Kind.DAY, "First day away.", 12, ("from",), needed=True),
        Column("to", "To", Kind.DAY, "Last day away.", 12, ("to",), needed=True),
    ),
    frozen=4,
)

IMPACT = Sheet(
    "impact",
    "Impact",
    "What the work produces for the customer, by whose word. Place 1 is told in the summary.",
    (
        *_account(),
        Column("place", "Place", Kind.PLACE, "1 is told first. Empty: last.", 7),
        Column("id", "Id", Kind.ID, "Short, unique in the account. Empty: made for you.", 18, ("id",)),
        Column("what", "What", Kind.TEXT, "A noun phrase: manual email time.", 34, ("what",), needed=True),
        Column("change", "Change", Kind.CHANGE, "Such as -30%. Either this or the figure.", 9, ("change",)),
        Column("value", "Figure", Kind.NUMBER, "The figure itself.", 12, ("value",)),
        Column("from", "Figure before", Kind.NUMBER, "Only with the figure.", 11, ("from",)),
        Column("unit", "Unit", Kind.ID, "Of both figures, such as GBP.", 10, ("unit",)),
        Column("better", "Better", Kind.CHOICE, "Which way is good.", 9, ("better",), ("higher", "lower")),
        Column(
            "source",
            "Source",
            Kind.CHOICE,
            "By what: the words of the documents follow it.",
            12,
            ("source",),
            ("measured", "estimate", "benchmark"),
        ),
        Column("by", "By", Kind.TEXT, "A person, a role, a report.", 30, ("by",)),
        Column(
            "because", "Says it is why", Kind.YES_NO, "The source itself says that the work caused it.", 9, ("because",)
        ),
        Column("period", "Speaks of", Kind.TEXT, "Such as: since March.", 24, ("period",)),
        Column("on", "Said on", Kind.DAY, "The day that it was said or measured.", 12, ("on",)),
    ),
    frozen=2,
)

PLANS = Sheet(
    "plans",
    "Plans",
    "One row an action. It is a plan when it has an owner and a date.",
    (
        *_account(),
        Column("id", "Id", Kind.ID, "Short, unique in the account. Empty: made for you.", 18, ("id",)),
        Column("action", "Action", Kind.TEXT, "What will be done.", 48, ("action",), needed=True),
        Column("owner", "Owner", Kind.TEXT, "Who does it: one person.", 20, ("owner",)),
        Column("side", "Side", Kind.CHOICE, "Whose person.", 10, ("side",), ("vendor", "customer")),
        Column("due", "Due", Kind.DAY, "By when.", 12, ("due",)),
        Column("done", "Done", Kind.DAY, "The day that it was done.", 12, ("done",)),
        Column("closes", "Closes", Kind.CHOICE, "The gap that it closes.", 28, ("closes",), "closes"),
        Column("internal", "Internal", Kind.YES_NO, "yes: never shown to the customer.", 9, ("internal",)),
    ),
    frozen=2,
)

TARGETS = Sheet(
    "targets",
    "Targets",
    "One row a target. Fill the last column only where this account's target differs from its playbook's.",
    (
        *_account(),
        Column("persona", "Persona", Kind.ID, "To read only.", 16, shown=True),
        Column(
            "workflow", "Workflow", Kind.ID, "To read only. Empty: share of its people to be active.", 22, shown=True
        ),
        Column("what", "What is counted", Kind.TEXT, "To read only.", 44, shown=True),
        Column("playbook", "In the playbook", Kind.SHARE, "To read only.", 12, shown=True),
        Column("target", "Here", Kind.SHARE, "Such as 50%. Empty: as in the playbook.", 9, ("target",)),
    ),
    fixed=True,
    frozen=2,
)

CLOSED = Sheet(
    "closed",
    "Closed weeks",
    f"One row a week in which the customer is closed. Write '{EVERYONE}' for a week in which nobody works anywhere.",
    (
        *_account(f"Id of the account, or '{EVERYONE}'."),
        Column("week", "Week", Kind.WEEK, "ISO week, such as 2026-W52; or a day in it.", 12, needed=True),
        Column("monday", "Its Monday", Kind.DAY, "To read only.", 12, shown=True),
    ),
)

SHEETS = (ACCOUNTS, PEOPLE, AWAY, IMPACT, PLANS, TARGETS, CLOSED)
