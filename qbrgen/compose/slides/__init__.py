"""Every slide that a storyline may ask for, by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qbrgen.compose.slides import adoption, agreed, ahead, appendix, opening, promises
from qbrgen.compose.slides.parts import LeftOut
from qbrgen.compose.told import Told
from qbrgen.document import Slide

Builder = Callable[[Told], Slide | LeftOut]

BUILDERS: Mapping[str, Builder] = {
    "title": opening.title,
    "sentence": opening.sentence,
    "bought": opening.bought,
    "promises": promises.promises,
    "people": adoption.people,
    "workflows": adoption.workflows,
    "direction": adoption.direction,
    "impact": adoption.impact,
    "gaps": ahead.gaps,
    "needs": ahead.needs,
    "plan": ahead.plan,
    "next": ahead.next_quarter,
    "agreement": agreed.agreement,
    "signatures": agreed.signing,
    "receipts": appendix.receipts,
}
