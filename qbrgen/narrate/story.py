"""The account picture → everything that is said about it, for one reader.

In: a picture with everything in it. Out: statements by key, each with the receipts of its numbers; what cannot be said
is left out, with its reason. The picture is redacted for the reader before anything else is done with it.
"""

from __future__ import annotations

from qbrgen.narrate.commitments import tell_commitments
from qbrgen.narrate.delivered import tell_since_review
from qbrgen.narrate.direction import tell_direction
from qbrgen.narrate.gaps import tell_gaps
from qbrgen.narrate.impact import tell_impacts, tell_outcome
from qbrgen.narrate.leadership import tell_leadership
from qbrgen.narrate.notes import tell_notes
from qbrgen.narrate.outlook import tell_outlook
from qbrgen.narrate.people import tell_people
from qbrgen.narrate.plan import tell_plan
from qbrgen.narrate.receipts import tell_receipts
from qbrgen.narrate.score import tell_score
from qbrgen.narrate.sentence import tell_sentence
from qbrgen.narrate.since import tell_since
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.titles import tell_titles
from qbrgen.narrate.wording import Wording
from qbrgen.narrate.workflows import tell_workflows
from qbrgen.score.picture import AccountPicture


def narrate(picture: AccountPicture, register: Register, wording: Wording) -> Narrative:
    """Everything that is said about one account in one register."""
    teller = Teller(picture, register, wording)
    tell_sentence(teller)
    tell_people(teller)
    tell_workflows(teller)
    tell_gaps(teller)  # after the workflows, whose short words it takes
    tell_direction(teller)
    tell_impacts(teller)
    tell_outcome(teller)
    tell_plan(teller)
    tell_commitments(teller)
    if register is not Register.LINE:  # a line on a terminal has no slides, no footnotes and no talk track
        tell_since_review(teller)
        tell_since(teller)
        tell_leadership(teller)
        tell_outlook(teller)
        tell_score(teller)
        tell_titles(teller)
        tell_receipts(teller)
        tell_notes(teller)  # last: it repeats what was told
    return teller.narrative()
