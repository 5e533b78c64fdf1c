"""What was promised last time, in the brief: how much of it was kept, and a line for each promise that was not.

The deck tells every promise in full, and so does `explain`. The brief has two pages whatever was promised: where its
promises are many or long, what was promised is cut to a line, the kept ones are counted only, and the lines that its
room does not hold are counted too, with the place where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from qbrgen.audience import Audience
from qbrgen.compose.told import Told
from qbrgen.document import Block, Bullets, Columns, Text
from qbrgen.narrate.commitments import key_of
from qbrgen.narrate.wording import capital
from qbrgen.score.commitment import Commitment, Commitments, CommitmentState

ROOMY_PROMISES = 6  # promises; more are told in short
MOST_BROKEN = 560  # letters of promises not kept that are told in full
MOST_KEPT = 5  # named
LINE = 110  # letters
HALF_A_LINE = 46
LEAST_NAME = 24  # letters that are left of what was promised
MOST_LINES = 11
MOST_LINES_FULL = 5


def promises(told: Told, *, crowded: bool, full: bool) -> tuple[Block | None, ...]:
    """The section's blocks; none where nothing was promised.

    crowded: the account has so much to tell that the pages must choose; full: so much that little room is left.
    """
    found = told.picture.commitments
    if found is None or not found.all:
        return ()
    kept = found.of(CommitmentState.KEPT)
    others = _most_urgent_first([each for each in found.all if each.state is not CommitmentState.KEPT])
    in_full = [_with_state(told, each) for each in others]
    roomy = not crowded and len(found.all) <= ROOMY_PROMISES and sum(map(len, in_full)) <= MOST_BROKEN
    if roomy:
        return Text(told.text("commitments")), Bullets(tuple(in_full)) if in_full else None, _kept(told, kept)
    most = MOST_LINES_FULL if full else MOST_LINES
    shown = others if len(others) <= most else others[: most - 1]
    lines = [_on_a_line(told, each) for each in shown]
    listed = _listed(lines, [_rest(told, others[len(shown) :])], abreast=crowded)
    return Text(told.text("commitments")), *listed, None if crowded else _kept(told, kept)


def not_kept(found: Commitments | None) -> int:
    """How many promises were not kept; with many of them, the rest of the brief gives way."""
    return len(found.all) - len(found.of(CommitmentState.KEPT)) if found else 0


def _most_urgent_first(promised: Sequence[Commitment]) -> list[Commitment]:
    """In their order, of one state those first that stand in no deck."""
    states = list(dict.fromkeys(each.state for each in promised))
    return sorted(promised, key=lambda each: (states.index(each.state), each.audience is not Audience.INTERNAL))


def _with_state(told: Told, promise: Commitment, text: str = "") -> str:
    """A promise with its state before it; in full, unless another text is given."""
    state = capital(told.text(f"commitment-state:{key_of(promise)}"))
    return told.say("promise-and-state", state=state, text=text or told.text(f"commitment:{key_of(promise)}"))


def _on_a_line(told: Told, promise: Commitment) -> str:
    """In short, what was promised cut so that all of it stands on a line."""
    short = told.text(f"commitment-short:{key_of(promise)}")
    over = len(_with_state(told, promise, short)) - LINE
    name = next((each for each in (capital(promise.name), promise.name) if each in short), "")
    if over > 0 and name:
        short = short.replace(name, _cut(name, len(name) - over), 1)
    return _with_state(told, promise, short)


def _cut(name: str, most: int) -> str:
    """At most so many letters, the last of them "…", cut between words where there are any; never next to nothing."""
    most = max(most, LEAST_NAME)
    if len(name) <= most:
        return name
    head = name[: most - 1]
    words, _, _ = head.rpartition(" ")
    return f"{(words if len(words) >= LEAST_NAME // 2 else head).rstrip(' ,;:.–-')}…"


def _rest(told: Told, hidden: Sequence[Commitment]) -> str:
    """How many more were not kept, and where they stand; "" for none."""
    if not hidden:
        return ""
    missed = sum(each.state is CommitmentState.MISSED for each in hidden)
    internal = any(each.audience is Audience.INTERNAL for each in hidden)
    account = told.picture.id
    return told.say("and-more-promises", n=len(hidden), missed=missed, internal=internal, account=account)


def _listed(lines: Sequence[str], rest: Sequence[str], *, abreast: bool) -> tuple[Block, ...]:
    """A line each, short ones in two columns where room is scarce; then what is left out."""
    more = tuple(Text(each, "muted") for each in rest if each)
    if abreast and len(lines) > 3 and max(map(len, lines)) <= HALF_A_LINE:
        half = (len(lines) + 1) // 2
        return Columns((Bullets(tuple(lines[:half])),), (Bullets(tuple(lines[half:])),)), *more
    return (Bullets(tuple(lines)), *more) if lines else more


def _kept(told: Told, kept: Sequence[Commitment]) -> Text | None:
    """The kept ones in short, the first of many by name."""
    named = [told.text(f"commitment-short:{key_of(each)}") for each in kept]
    if not named:
        return None
    shown = named if len(named) <= MOST_KEPT else named[: MOST_KEPT - 1]
    return Text(told.say("kept-in-short", items=shown, more=len(named) - len(shown)), "small")
