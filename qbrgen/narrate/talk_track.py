"""The CSM's private talk track: for each slide what to say, what stands behind it, what may be asked, what to ask.

Internal. In: what was told to leadership and what the customer's deck says, of the same picture. Out: the former with
`talk:` statements added, each with the receipts of its numbers. What is to be said aloud is in the deck's own words.
"""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.audience import Audience
from qbrgen.errors import AudienceLeak
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.talk import aloud, answers, behind
from qbrgen.narrate.talk.track import Said, Talk
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import Wording

SLIDES = (
    "title",
    "sentence",
    "bought",
    "promises",
    "people",
    "workflows",
    "direction",
    "impact",
    "gaps",
    "needs",
    "plan",
    "next",
    "agreement",
    "signatures",
    "receipts",
)
"""Every slide that a deck may have (compose/slides), in the shipped order."""
PARTS = ("say", "behind", "question", "answer", "avoid", "ask")
"""What may be told of a slide, as talk:<slide>/<part>/<number from 1>; each question has its answer's number."""
BEFORE = "before"
"""The key, in a slide's place, of what to know before going in: its parts are "behind" and "avoid"."""


def narrate_talk_track(brief: Narrative, deck: Narrative, wording: Wording) -> Narrative:
    """`brief` with the talk track added. Raises AudienceLeak unless each is the narrative that it is taken for."""
    if brief.register.audience is not Audience.INTERNAL or deck.register.audience is not Audience.CUSTOMER:
        raise AudienceLeak(f"a talk track was asked for from narratives for {brief.register} and {deck.register}")
    teller = Teller(brief.picture, Register.BRIEF, wording)
    teller.statements |= brief.statements
    teller.left_out |= brief.left_out
    talk = Talk(teller, deck)
    _tell(talk, BEFORE, {"behind": behind.before(talk), "avoid": aloud.never(talk)})
    for slide in SLIDES:
        asked = answers.asked(talk, slide)
        parts = {
            "say": aloud.say(talk, slide),
            "behind": behind.behind(talk, slide),
            "question": [each.question for each in asked],
            "answer": [each.answer for each in asked],
            "avoid": aloud.avoid(talk, slide),
            "ask": aloud.ask(talk, slide),
        }
        _tell(talk, slide, parts)
    return teller.narrative()


def key_of(slide: str, part: str, number: int) -> str:
    """The key of one statement of the talk track."""
    return f"talk:{slide}/{part}/{number}"


def _tell(talk: Talk, slide: str, parts: Mapping[str, list[Said]]) -> None:
    for part, said in parts.items():
        for number, each in enumerate(said, start=1):
            talk.teller.tell_sentence(key_of(slide, part, number), each.text, each.receipts)
