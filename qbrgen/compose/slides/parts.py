"""What the builders of slides share: the frame of a slide, and how one drops out."""

from __future__ import annotations

import re
from typing import NamedTuple

from qbrgen.compose.told import Told
from qbrgen.document import Block, Role, Slide
from qbrgen.narrate.wording import capital


class LeftOut(NamedTuple):
    """A slide that dropped out, and why, in words for the CSM."""

    slide: str
    reason: str


def left_out(told: Told, key: str) -> LeftOut:
    """Why the slide `key` has nothing to show: the feed's silence before all else."""
    if told.picture.feed_silent and key in ("people", "workflows", "direction"):
        return LeftOut(key, told.say("left-out-silent"))
    if key == "impact" and told.picture.impacts:  # stated, and yet not to be told: each says why
        whats = {f"impact:{each.impact.id}": capital(each.impact.what) for each in told.picture.impacts}
        reasons = told.narrative.left_out
        why = [told.say("left-out-each", what=what, why=reasons[k]) for k, what in whats.items() if k in reasons]
        if why:
            return LeftOut(key, told.wording.row(why))
    return LeftOut(key, told.say(f"left-out-{key}"))


def content(told: Told, key: str, blocks: tuple[Block | None, ...], footnote: str, role: Role = Role.CONTENT) -> Slide:
    """A slide with the narrative's title and talk track for `key`; blocks that are None are not there.

    A deck's every slide has a title: where the narrative has none, the slide's topic stands in.
    """
    kicker = told.say(f"kicker-{key}")
    title = told.text(f"title:{key}")
    return Slide(
        key=key,
        role=role,
        title=title or kicker,
        kicker=kicker if title else "",
        blocks=tuple(block for block in blocks if block is not None),
        footnote=footnote,
        notes=paragraphs(told.text(f"notes:{key}")),
    )


def says_the_same(text: str, title: str) -> bool:
    """Whether a title already says all of `text`, what it adds in brackets aside."""
    plain = re.sub(r"\s*\([^()]*\)", "", text).rstrip(" .")
    return bool(plain) and plain.casefold() == title.rstrip(" .").casefold()


def full_stop(told: Told, text: str) -> str:
    """A clause with its full stop; "" stays so."""
    return told.wording.say("sentence.end", text=text) if text and text[-1] not in ".?!" else text


def paragraphs(text: str) -> tuple[str, ...]:
    """Speaker notes, split at blank lines."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def joined(told: Told, *texts: str) -> str:
    """Sentences of a footnote in a row; empty ones are not there."""
    return told.wording.row(texts)
