"""The slide of what was promised last time: the missed ones first, each by the target and the definition of then."""

from __future__ import annotations

from qbrgen.compose.slides.parts import LeftOut, content, joined, left_out
from qbrgen.compose.tables import promises_table
from qbrgen.compose.told import Told
from qbrgen.document import Slide
from qbrgen.narrate.commitments import unreadable
from qbrgen.score.commitment import CommitmentState
from qbrgen.score.picture import AccountPicture

KEY = "promises"
MOST_ROWS = 7


def missed(picture: AccountPicture) -> int:
    """How many promises were missed, of those that the reader of this picture may see."""
    return len(picture.commitments.of(CommitmentState.MISSED)) if picture.commitments else 0


def promises(told: Told) -> Slide | LeftOut:
    """Every promise of the last review and what came of it; only kept ones are ever added up."""
    found = told.picture.commitments
    if found is None:
        unread = unreadable(told.picture)
        if unread is None:
            return left_out(told, KEY)
        period = told.wording.period(unread.period) if unread.period else ""
        return LeftOut(KEY, told.say("left-out-promises-unreadable", period=period))
    if not found.all:
        return LeftOut(KEY, told.say("left-out-promises-none", period=told.wording.period(found.period)))
    facts = {"period": told.wording.period(found.period), "day": told.wording.date(found.recorded_on)}
    cited = told.cite(each.receipt for each in found.all)
    return content(
        told,
        KEY,
        (promises_table(told, found.all, MOST_ROWS),),
        joined(told, told.say("footnote-promises", **facts), cited),
    )
