"""What every table of a portfolio is made from: its picture, the words for it, which accounts have a brief in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qbrgen.compose.standing import standing_word
from qbrgen.compose.told import Told
from qbrgen.score.portfolio_picture import PortfolioPicture, PortfolioRow, Total
from qbrgen.score.states import PortfolioOrder, Standing

if TYPE_CHECKING:
    from qbrgen.narrate.wording import Wording


@dataclass(frozen=True, slots=True)
class Overview:
    """The portfolio with the words for it. told: account id → its narrative; linked: ids whose briefs follow; order: of
    the list of every account."""

    picture: PortfolioPicture
    told: Mapping[str, Told]
    wording: Wording
    linked: frozenset[str]
    order: PortfolioOrder = PortfolioOrder.RENEWAL

    @property
    def rows(self) -> tuple[PortfolioRow, ...]:
        """Every account, in the order of the list."""
        return self.picture.listed(self.order)

    def say(self, key: str, **facts: object) -> str:
        """A heading, a column name or another label: an entry below `label` in the wording files."""
        return self.wording.say(f"label.{key}", **facts)

    def tell(self, key: str, **facts: object) -> str:
        """An entry of the portfolio's own wording file."""
        return self.wording.say(f"portfolio.{key}", **facts)

    def standing(self, standing: Standing) -> str:
        """ "Real adoption"."""
        return standing_word(self.wording, standing)

    def money(self, total: Total) -> str:
        """The ARR of a total, an amount a currency; "" when nobody gave any."""
        return self.wording.listing([self.wording.money(amount) for amount in total.arr])

    def accounts(self, total: Total) -> str:
        """ "8 accounts"."""
        return self.say("accounts", n=total.accounts, count=self.wording.count(total.accounts))

    def ratio(self, account_id: str, done: int, total: int) -> str:
        """ "6 of 8"; "no data" where there is nothing to count."""
        return self.told[account_id].ratio(done, total) if total else self.say("no-figure")

    def people(self, row: PortfolioRow) -> str:
        """Key people active, of how many."""
        return self.ratio(row.id, row.active, 0 if row.feed_silent else row.counted)

    def workflows(self, row: PortfolioRow) -> str:
        """Workflows on target, of how many that can be measured."""
        return self.ratio(row.id, row.met, row.measurable)

    def link(self, account_id: str) -> str:
        """Key of the account's brief in this document, else of its line in the list of every account."""
        return self.brief(account_id) or line_of(account_id)

    def brief(self, account_id: str) -> str:
        """Key of the account's brief, "" when it is not part of this document."""
        return brief_of(account_id) if account_id in self.linked else ""

    def name(self, account_id: str) -> str:
        """The account's name, with a mark where it rests on definitions that are not confirmed."""
        picture = self.told[account_id].picture
        return self.tell("draft-name", name=picture.name) if picture.draft else picture.name

    def owner(self, row: PortfolioRow) -> str:
        """Whose account it is; nothing where no account has an owner."""
        if row.owner:
            return row.owner
        return self.say("owner-not-set") if any(each.owner for each in self.picture.rows) else ""

    def day(self, when: date | None) -> str:
        """A renewal date, or "not set"."""
        return self.wording.date(when) if when else self.say("not-set")

    @property
    def before(self) -> str:
        """The quarter before, in words; "" where there is nothing of it."""
        changes = self.picture.changes
        return self.wording.period(changes.since) if changes else ""


def brief_of(account_id: str) -> str:
    """Key of the first section of an account's brief; an account may be called like a part of the portfolio."""
    return f"brief/{account_id}"


def line_of(account_id: str) -> str:
    """Key of an account's line in the list."""
    return f"line/{account_id}"
