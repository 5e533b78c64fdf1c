"""Where an account stands, as word and as shape: the same at the head of its brief and in the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbrgen.document import Status
from qbrgen.narrate.wording import capital
from qbrgen.score.states import Standing

if TYPE_CHECKING:
    from qbrgen.narrate.wording import Wording

STATUS = {
    Standing.REAL: Status.MET,
    Standing.PARTIAL: Status.PARTLY,
    Standing.AT_RISK: Status.NOT_MET,
    Standing.UNKNOWN: Status.NO_DATA,
}


def standing_word(wording: Wording, standing: Standing) -> str:
    """ "Real adoption"."""
    return capital(wording.say(f"label.standing-{standing.name.lower()}"))
