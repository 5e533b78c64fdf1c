"""Why did it change? What moved since a delivered review, and which sentences of the customer's deck read otherwise.

In: the changes of a picture (score/changes.py) and today's narrative for the customer's deck. Out: `ChangesTold`, whose
every word comes from templates/wording/*/changes.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from qbrgen.audience import Audience, customer, redact
from qbrgen.define.model.review import BrokenReview
from qbrgen.narrate.moved import figure_text, step_texts
from qbrgen.narrate.reworded import FIGURES, MAIN, SentenceTold, as_then, sentences_told
from qbrgen.narrate.statement import Narrative
from qbrgen.narrate.wording import Wording
from qbrgen.period import Period
from qbrgen.score.change import Changes, FigureChange


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


def told_otherwise(told: Mapping[str, str], as_of: date, deck: Narrative, wording: Wording) -> list[str]:
    """Which recorded sentences have other figures than today's deck, a line each: "told/plan: 24 July → 31 July".

    told: as recorded, over data up to `as_of`; empty in a record of before sentences were kept, which denies nothing.
    Other words for the same figures are passed over, and so is a date that has passed since.
    """
    if not told:
        return []
    now = told_in_deck(as_then(deck, as_of, wording))
    return [
        f"told/{key}: {_other_words(told.get(key, ''), now.get(key, ''))}"
        for key in dict.fromkeys((*now, *told))
        if FIGURES.findall(told.get(key, "")) != FIGURES.findall(now.get(key, ""))
    ]


def _other_words(then: str, now: str) -> str:
    """The words with figures in which two sentences differ, then → now; the whole sentence where there was no other."""
    if not then or not now:
        return f"{then or '-'} → {now or '-'}"
    before, after = then.split(), now.split()
    parts = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, said = " ".join(before[i:j]), " ".join(after[k:m])
        if kind != "equal" and FIGURES.search(was + said):
            parts.append(f"{was.rstrip('.,;') or '-'} → {said.rstrip('.,;') or '-'}")
    return ", ".join(parts)


def no_review(wording: Wording, account: str, until: Period) -> str:
    """That there is nothing to compare with."""
    return wording.sentence(wording.say("changes.no-review", account=account, period=wording.period(until)))


def unreadable_review(wording: Wording, account: str, broken: BrokenReview) -> str:
    """That there is a review to compare with, whose record cannot be read."""
    period = wording.period(broken.period) if broken.period else ""
    facts = {"account": account, "period": period, "file": broken.file}
    return wording.sentence(wording.say("changes.unreadable-review", **facts))


def no_such_review(wording: Wording, account: str, since: Period) -> str:
    """That this review was not recorded."""
    return wording.sentence(wording.say("changes.no-such-review", account=account, period=wording.period(since)))


def tell_changes(changes: Changes, deck: Narrative, wording: Wording, audience: Audience) -> ChangesTold:
    """All that has changed, for one reader. deck: today's narrative for the customer's deck."""
    seen = redact(changes, audience)
    sentences = sentences_told(seen, deck, wording) if seen.told else []
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
