"""Receipts of what is stated, listed or missing, rather than counted: gaps, the plan, the period, renewal, last review.

In: a scored picture and the definitions it came from. Out: the picture with a receipt for each gap that has a rule of
its own, and for each list that texts count. Where a piece is missing, the receipt names the file that should say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from qbrgen.audience import Audience
from qbrgen.define.model.account import Account
from qbrgen.define.model.sources import Table
from qbrgen.define.model.workspace import Definitions
from qbrgen.figures import Receipt
from qbrgen.score.facts.listed import GAPS, PERIOD, PLAN, RENEWAL, REVIEW
from qbrgen.score.gaps import FEWEST
from qbrgen.score.picture import AccountPicture, Gap
from qbrgen.score.receipts import source_files
from qbrgen.score.states import GapKind

OWN_RULE: Mapping[GapKind, str] = {
    GapKind.TURNING_DOWN: "turning-down",
    GapKind.ONE_PERSON: "one-person",
    GapKind.MASKED: "masked",
    GapKind.UNKNOWN_PEOPLE: "unknown-people",
    GapKind.EVENT_NEVER: "event-never",
    GapKind.NO_IMPACT: "no-impact",
    GapKind.IMPACT_UNSOURCED: "impact-unsourced",
    GapKind.IMPACT_OLD: "impact-old",
    GapKind.NO_OUTCOME: "no-outcome",
    GapKind.NO_BASELINE: "no-baseline",
    GapKind.NO_PEOPLE: "no-people",
    GapKind.FEED_SILENT: "feed",
    GapKind.FEED_STOPPED: "feed",
}
"""Kinds of gaps that no workflow's or persona's receipt explains → the rule of their own."""

_OF_THE_PERIOD = (
    GapKind.TURNING_DOWN,
    GapKind.ONE_PERSON,
    GapKind.MASKED,
    GapKind.FEED_SILENT,
    GapKind.FEED_STOPPED,
)
_IN_EVENTS = (GapKind.FEED_SILENT, GapKind.FEED_STOPPED, GapKind.UNKNOWN_PEOPLE)


def with_further_receipts(picture: AccountPicture, definitions: Definitions) -> AccountPicture:
    """The picture with these receipts; a gap that had none points to its own."""
    account = definitions.accounts[picture.id]
    gaps = tuple(replace(gap, receipt=gap.own_receipt) if _is_bare(gap) else gap for gap in picture.gaps)
    further = _Further(replace(picture, gaps=gaps), account, definitions)
    receipts = (further.filed(receipt) for receipt in picture.receipts)
    return replace(picture, gaps=gaps, receipts=(*receipts, *further.all()))


def _is_bare(gap: Gap) -> bool:
    return gap.kind in OWN_RULE and not gap.receipt


class _Further:
    """The further receipts of one account."""

    def __init__(self, picture: AccountPicture, account: Account, definitions: Definitions) -> None:
        self._picture, self._account, self._definitions = picture, account, definitions
        written = definitions.where.get(f"account/{account.id}")
        sources = definitions.settings.sources
        self._file = (written.file,) if written else ()
        self._events, self._people = (self._names(tables) for tables in (sources.events, sources.people))
        self._presence, self._crm = (self._names(tables) for tables in (sources.presence, sources.accounts))

    def _names(self, tables: Sequence[Table]) -> tuple[str, ...]:
        return source_files(tables, self._definitions)

    def filed(self, receipt: Receipt) -> Receipt:
        """What people stated stands in the account's file."""
        stated = receipt.rule in ("impact", "outcome") and not receipt.sources
        return replace(receipt, sources=self._file) if stated else receipt

    def all(self) -> Iterator[Receipt]:
        """Those of gaps first, then the lists."""
        yield from (self._gap(gap) for gap in self._picture.gaps if gap.kind in OWN_RULE)
        window, file = self._picture.window, self._file
        yield Receipt(PERIOD, "period", "", window=window, sources=(*self._events, "qbrgen.yml"))
        yield Receipt(PLAN, "plan", "", sources=file)
        yield Receipt(GAPS, "gaps", "", window=window, sources=(*self._events, *file))
        yield Receipt(
            RENEWAL, "renewal", "", sources=tuple(dict.fromkeys((*file, *self._crm))), audience=Audience.INTERNAL
        )
        if self._picture.delivered_on or self._picture.commitments or self._picture.changes:
            yield Receipt(REVIEW, "review", "", sources=self._review())

    def _review(self) -> tuple[str, ...]:
        """The files of the recorded reviews, as far as they are known."""
        picture = self._picture
        periods = [picture.previous_period] if picture.delivered_on else []
        periods += [each.period for each in (picture.commitments, picture.changes) if each]
        names = dict.fromkeys(each.name for each in periods if each)
        return tuple(f"reviews/{name}/{picture.id}.yml" for name in names)

    def _gap(self, gap: Gap) -> Receipt:
        above, below, unit = _counts(gap)
        facts = (*gap.facts, ("as_of", self._picture.as_of))
        if gap.kind is GapKind.IMPACT_OLD:
            facts = (*facts, ("days", self._definitions.settings.rules.impact_stale_days))
        if gap.kind is GapKind.TURNING_DOWN:
            facts = (*facts, ("recent_units", self._definitions.settings.rules.lapsed_units))
        if gap.kind is GapKind.ONE_PERSON:
            facts = (*facts, ("fewest", FEWEST))
        return Receipt(
            id=gap.own_receipt,
            rule=OWN_RULE[gap.kind],
            unit=unit,
            numerator=above,
            denominator=below,
            window=self._picture.window if gap.kind in _OF_THE_PERIOD else None,
            rule_facts=facts,
            events=_events(gap),
            people=gap.who,
            sources=self._sources(gap),
            audience=gap.audience,
        )

    def _sources(self, gap: Gap) -> tuple[str, ...]:
        """The files it was found in; of a missing piece the one that should say it."""
        kinds = dict.fromkeys(_IN_EVENTS, self._events)
        kinds |= {GapKind.UNKNOWN_PEOPLE: (*self._events, *self._people), GapKind.NO_PEOPLE: self._roster()}
        kinds |= {GapKind.MASKED: (*self._events, *self._presence), GapKind.EVENT_NEVER: self._playbook(gap)}
        for kind in (GapKind.TURNING_DOWN, GapKind.ONE_PERSON):
            kinds[kind] = next((r.sources for r in self._picture.receipts if r.id == gap.receipt), self._events)
        return tuple(dict.fromkeys(kinds.get(gap.kind, self._file)))

    def _roster(self) -> tuple[str, ...]:
        own = self._definitions.where.get(f"account/{self._account.id}/people")
        return (own.file,) if own else (self._people or self._file)

    def _playbook(self, gap: Gap) -> tuple[str, ...]:
        """Where the workflow is defined: the account's override, else the playbook; and the events it waits for."""
        where = self._definitions.where
        account, playbook = self._account.id, self._account.playbook
        places = (f"account/{account}/overrides/{gap.workflow}", f"playbook/{playbook}/{gap.workflow}")
        found = next((where[place].file for place in places if place in where), "")
        return (*((found,) if found else self._file), *self._events)


def _counts(gap: Gap) -> tuple[Fraction | None, Fraction | None, str]:
    """What was counted for a gap, of how much, in which unit; None where nothing was."""
    if gap.kind is GapKind.ONE_PERSON:
        done, of = gap.fact("done"), gap.fact("of")
        if isinstance(done, tuple) and isinstance(of, tuple):
            return Fraction(done[0]), Fraction(of[0]), "person-units"
    if gap.kind is GapKind.MASKED:
        active, counted = gap.fact("active"), gap.fact("counted")
        if isinstance(active, int) and isinstance(counted, int):
            return Fraction(active), Fraction(counted), "people"
    return None, None, ""


def _events(gap: Gap) -> tuple[tuple[str, Fraction], ...]:
    """The events that a gap is about: those that a definition names and nobody sent."""
    names = gap.fact("events")
    return tuple((name, Fraction(0)) for name in names) if isinstance(names, tuple) else ()
