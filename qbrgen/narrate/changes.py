"""Why did it change? What moved since a delivered review, and which sentences of the customer's deck read otherwise.

In: the changes of a picture (score/changes.py) and today's narrative for the customer's deck. Out: `ChangesTold`, whose
every word comes from templates/wording/*/changes.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qbrgen.audience import Audience, customer, redact
from qbrgen.narrate.moved import figure_text, step_texts, why_text
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.period import Period
from qbrgen.score.change import Changes, FigureChange, Why, in_order

MAIN = "sentence"
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_STATED = ("impact:", "outcome", "plan", "gap:impact", "gap:outcome")
_MIXED = ("gap:", "commitment")  # counted, and with what was stated
_OF_REVIEW = ("commitment", "since-review")


@dataclass(frozen=True, slots=True)
class SentenceTold:
    """One sentence of the deck, then and now; "" where it was not, or is not, said. why: the causes in words."""

    key: str = customer()
    then: str = customer()
    now: str = customer()
    causes: tuple[Why, ...] = customer()
    why: str = customer()


@dataclass(frozen=True, slots=True)
class FigureTold:
    """One figure in words: then and now, and its steps."""

    figure: FigureChange = customer()
    text: str = customer()
    steps: tuple[str, ...] = customer(default=())


@dataclass(frozen=True, slots=True)
class ChangesTold:
    """What has changed for one account since one review. head: since which. notes: what cannot be told, and what came
    late. main: the one sentence for the account, where it reads otherwise; sentences: all others that do."""

    head: str = customer()
    main: SentenceTold | None = customer(default=None)
    figures: tuple[FigureTold, ...] = customer(default=())
    sentences: tuple[SentenceTold, ...] = customer(default=())
    notes: tuple[str, ...] = customer(default=())


def told_in_deck(deck: Narrative) -> dict[str, str]:
    """Key → sentence of everything that the customer's deck says in whole sentences: what a record keeps."""
    return {key: deck.text(key) for key in deck.spoken()}


def no_review(wording: Wording, account: str, until: Period) -> str:
    """That there is nothing to compare with."""
    return wording.sentence(wording.say("changes.no-review", account=account, period=wording.period(until)))


def no_such_review(wording: Wording, account: str, since: Period) -> str:
    """That this review was not recorded."""
    return wording.sentence(wording.say("changes.no-such-review", account=account, period=wording.period(since)))


def tell_changes(changes: Changes, deck: Narrative, wording: Wording, audience: Audience) -> ChangesTold:
    """All that has changed, for one reader. deck: today's narrative for the customer's deck."""
    seen = redact(changes, audience)
    sentences = list(_sentences(seen, deck, wording)) if seen.told else []
    figures = tuple(
        FigureTold(each, figure_text(wording, each, seen), tuple(step_texts(wording, each, seen)))
        for each in seen.figures
    )
    facts = {"period": wording.period(seen.period), "day": wording.date(seen.recorded_on)}
    key = "same" if not figures and not sentences else "head-differs" if seen.same_period else "head"
    return ChangesTold(
        head=wording.sentence(wording.say(f"changes.{key}", **facts)),
        main=next((each for each in sentences if each.key == MAIN), None),
        figures=figures,
        sentences=tuple(each for each in sentences if each.key != MAIN),
        notes=tuple(_notes(seen, wording, facts)),
    )


def _notes(changes: Changes, wording: Wording, facts: dict[str, str]) -> Iterator[str]:
    if changes.late:
        moved = [
            wording.say("changes.late-event", event=late.event, n=abs(late.now - late.then), more=late.now > late.then)
            for late in changes.late
            if late.event
        ]
        if moved:
            yield wording.sentence(wording.say("changes.late", events=moved, **facts))
    if not changes.told:
        yield wording.sentence(wording.say("changes.no-sentences", **facts))


# ---- sentences ------------------------------------------------------------------------------------------------------


def _sentences(changes: Changes, deck: Narrative, wording: Wording) -> Iterator[SentenceTold]:
    """Every sentence that reads otherwise, is new or is gone, in the order of today's deck.

    What a deck says of the review before it is another matter in each quarter, and passed over.
    """
    before = _as_then(deck, changes, wording)
    spoken = deck.spoken()
    for key in (*spoken, *(key for key in changes.told if key not in spoken)):
        then, now = changes.told.get(key, ""), deck.text(key) if key in spoken else ""
        if then != now and (changes.same_period or not key.startswith(_OF_REVIEW)):
            causes = in_order(set(_causes(key, then, now, changes, deck, before)))
            yield SentenceTold(key, then, now, causes, why_text(wording, causes, changes))


def _as_then(deck: Narrative, changes: Changes, wording: Wording) -> Narrative:
    """Today's deck as it would have read on the last day of the review's data: what differs from it is time alone."""
    picture = deck.picture
    actions = tuple(
        replace(
            each,
            overdue=each.action.due is not None and each.action.due <= changes.as_of and each.action.done_on is None,
        )
        for each in picture.actions
    )
    of = {each.action.id: each for each in actions}
    gaps = tuple(replace(gap, action=of[gap.action.action.id] if gap.action else None) for gap in picture.gaps)
    return narrate(replace(picture, as_of=changes.as_of, actions=actions, gaps=gaps), Register.DECK, wording)


def _causes(key: str, then: str, now: str, changes: Changes, deck: Narrative, before: Narrative) -> Iterable[Why]:
    moved = {cause for figure in _figures_in(key, changes, deck) for cause in figure.causes}
    if _stated_since(key, changes, deck, ("impact:", "outcome")):
        moved.add(Why.STATED)
    return moved or _unmoved(key, then, now, changes, deck, before)


def _unmoved(key: str, then: str, now: str, changes: Changes, deck: Narrative, before: Narrative) -> Iterable[Why]:
    """Why a sentence reads otherwise though no figure in it has moved."""
    if before.text(key) == then or _stale(key, deck):
        return [Why.TIME]
    if _stated_since(key, changes, deck, ("plan",)):
        return [Why.STATED]
    reworded = bool(then and now) and _FIGURES.findall(then) == _FIGURES.findall(now)
    if key.startswith(_STATED) or (reworded and key.startswith(_MIXED) and changes.same_period):
        return [Why.STATED, Why.WORDING] if reworded else [Why.STATED]
    if not changes.same_period:
        return [Why.TIME]
    return [Why.WORDING] if reworded else [Why.UNKNOWN]


def _figures_in(key: str, changes: Changes, deck: Narrative) -> list[FigureChange]:
    """The figures in a sentence that have moved: by its receipts; of one that is no longer said by its key."""
    statement = deck.statements.get(key)
    if statement is not None:
        return [each for each in changes.figures if each.id in statement.receipts]
    _, _, about = key.partition(":")
    names = {key, f"persona:{about}", f"workflow:{about}"}
    if key.startswith("gap:"):  # its kind, then what it is about
        about = about.partition("/")[2]
        names |= {f"persona:{about}", f"workflow:{about}"}
    if key == MAIN:
        return list(changes.figures)
    return [each for each in changes.figures if each.id in names]


def _stated_since(key: str, changes: Changes, deck: Narrative, kinds: tuple[str, ...]) -> bool:
    """Whether a sentence carries what somebody stated, and the sentence of that alone reads otherwise."""
    statement = deck.statements.get(key)
    if statement is None or key.startswith(_STATED):
        return False
    receipts = [receipt for receipt in statement.receipts if receipt.startswith(kinds)]
    return any(changes.told.get(receipt, "") != deck.text(receipt) for receipt in receipts)


def _stale(key: str, deck: Narrative) -> bool:
    """Whether the sentence is of an impact that is too old to be told today."""
    return any(key == f"impact:{each.impact.id}" and each.stale for each in deck.picture.impacts)
