"""A picture made by hand (pictures.py) with the receipts that scoring would give its gaps and its lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from qbrgen.audience import Audience
from qbrgen.figures import Receipt
from qbrgen.score.facts.listed import GAPS, PERIOD, PLAN, RENEWAL, REVIEW
from qbrgen.score.further_receipts import OWN_RULE
from qbrgen.score.picture import AccountPicture, Gap
from qbrgen.score.states import GapKind

RULE_FACTS = {
    GapKind.IMPACT_OLD: (("days", 365),),
    GapKind.TURNING_DOWN: (("recent_units", 4),),
    GapKind.ONE_PERSON: (("fewest", 3),),
}


def receipted(of: AccountPicture) -> AccountPicture:
    gaps = tuple(_pointing(of, gap) for gap in of.gaps)
    of = dataclasses.replace(of, gaps=gaps)
    known = {receipt.id for receipt in of.receipts}
    further = [receipt for receipt in _further(of) if receipt.id not in known]
    return dataclasses.replace(of, receipts=(*of.receipts, *further))


def _pointing(of: AccountPicture, gap: Gap) -> Gap:
    facts = gap.facts
    if gap.kind is GapKind.MISS_AT_RENEWAL and of.renewal:
        facts = (*facts, ("renewal", of.renewal))
    if gap.kind is GapKind.IMPACT_OLD:
        facts = (*facts, ("said_on", gap.since))
    untold = {each.receipt for each in of.impacts if not each.tellable}
    receipt = gap.own_receipt if gap.receipt in untold or (gap.kind in OWN_RULE and not gap.receipt) else gap.receipt
    return dataclasses.replace(gap, facts=facts, receipt=receipt)


def _further(of: AccountPicture) -> Iterator[Receipt]:
    for gap in of.gaps:
        if gap.kind in OWN_RULE:
            facts = (*gap.facts, ("as_of", of.as_of), *RULE_FACTS.get(gap.kind, ()))
            rule = OWN_RULE[gap.kind]
            yield Receipt(
                gap.own_receipt, rule, "", window=of.window, rule_facts=facts, people=gap.who, audience=gap.audience
            )
    yield Receipt(PERIOD, "period", "", window=of.window, sources=("data/events.csv",))
    yield Receipt(PLAN, "plan", "", sources=("accounts/acme.yml",))
    yield Receipt(GAPS, "gaps", "", window=of.window)
    yield Receipt(RENEWAL, "renewal", "", audience=Audience.INTERNAL)
    if of.delivered_on or of.commitments:
        yield Receipt(REVIEW, "review", "")
