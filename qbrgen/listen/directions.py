"""Which way a sentence says that something went, without a figure: "adoption is growing", "email time is down".

In: a Binder that has read the figures. Out: claims. A word of direction speaks of what stands nearest to it, with no
sign and no "and" between; beside "adoption" it speaks of the account's direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qbrgen.listen.bind import Binder
from qbrgen.listen.claim import Claim, Claimed
from qbrgen.listen.facts import Fact
from qbrgen.listen.lexicon import Hit
from qbrgen.listen.naming import Mention
from qbrgen.listen.words import Kind
from qbrgen.score.states import Trend

_FAR = 6  # tokens between an impact and the word that says which way it went
_WORK = 3  # the same for a workflow, whose words often stand beside those of an impact
_ADJECTIVE = 1  # "fewer touches", "more outbound touches"
_DENIED = 4  # tokens before such a word in which its "not" may stand


class Directions:
    """Finds claims about direction."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.heard, self.words, self.picture = binder.heard, binder.lexicon, binder.picture
        self.tokens = self.heard.tokens
        last = len(self.tokens) - 1
        self._trends = self.words.trends.all_in(self.tokens, 0, last)
        self._read = {n for hit in self._trends for n in range(hit.first, hit.last + 1)}
        read = (self.words.quantities, self.words.multiples, self.words.states, self.words.hedges)
        for family in (*read, self.words.only("denied"), self.words.only("way-of-speech")):
            self._read |= {n for hit in family.all_in(self.tokens, 0, last) for n in range(hit.first, hit.last + 1)}

    def claims(self) -> Iterator[Claimed]:
        """Trends of adoption, and which way impacts, the outcome and workflows went."""
        for hit in self._trends:
            yield self._trend(Claim(hit.name), hit)
        for hit in self.words.ways.all_in(self.tokens, 0, len(self.tokens) - 1):
            if hit.first in self._read:
                continue
            if self._of_adoption(hit):
                yield self._trend(Claim.SPREADING if hit.name == "rise" else Claim.SHRINKING, hit)
            else:
                yield from self._way(hit)

    # ---- adoption as a whole ----

    def _trend(self, claim: Claim, hit: Hit) -> Claimed:
        part = self.binder.mentions.get(self.heard.part_of(hit.first), [])
        keys = {mention.key for mention in part}
        found = [p.direction.trend for p in self.picture.personas if f"persona:{p.id}" in keys]
        found += [w.direction.trend for w in self.picture.workflows if f"workflow:{w.id}" in keys]
        said = Trend.SPREADING if claim is Claim.SPREADING else Trend.SHRINKING
        there = found or [self.picture.direction.trend]
        denied = self._is_denied(hit)
        true = said not in there if denied else said in there
        return Claimed(claim, hit.first, hit.last, true, denied=denied)

    def _of_adoption(self, hit: Hit) -> bool:
        subjects = self.words.only("trend-of")
        before = subjects.all_in(self.tokens, max(0, hit.first - _WORK - 1), hit.first - 1)
        if before and self._clear(before[-1].last, hit.first):
            return True
        return subjects.at(self.tokens, hit.last + 1) is not None

    # ---- impacts, the outcome, workflows ----

    def _way(self, hit: Hit) -> Iterator[Claimed]:
        mentions = self._nearest(hit)
        if not mentions:
            return
        changes = {m.key: change for m in mentions if (change := self._change(m.key)) is not None}
        claim = Claim.ROSE if hit.name == "rise" else Claim.FELL
        denied = self._is_denied(hit)
        if not changes:
            yield Claimed(claim, hit.first, hit.last, None, mentions[0].key, denied=denied)
            return
        right = [key for key, change in changes.items() if (change * (1 if claim is Claim.ROSE else -1) > 0) != denied]
        keys = right or list(changes)  # two impacts may have the same name
        key = next((key for key in keys if not self._untold(key, hit.first)), keys[0])
        untold = self._untold(key, hit.first)
        true = bool(right) and not untold
        yield Claimed(claim, hit.first, hit.last, true, key, same=changes[key] == 0, denied=denied, untold=untold)

    def _nearest(self, hit: Hit) -> list[Mention]:
        """What it is said of: an impact or the outcome before a workflow."""
        part = self.binder.mentions.get(self.heard.part_of(hit.first), [])
        near = [(self._apart(m, hit), m) for m in part if not m.first <= hit.first <= m.last]
        produced = [(apart, m) for apart, m in near if m.key.startswith(("impact:", "outcome")) and apart <= _FAR]
        produced = [(apart, m) for apart, m in produced if self._clear_between(m, hit)]
        if produced:
            least = min(apart for apart, _ in produced)
            return [m for apart, m in produced if apart == least]
        if any(m.key.startswith(("impact:", "outcome")) for _, m in near):
            return []  # another clause of it may be meant
        if not self.words.work_ways.at(self.tokens, hit.first):
            return []
        work = [(apart, m) for apart, m in near if m.key.startswith("workflow:") and self._clear_between(m, hit)]
        work = [(apart, m) for apart, m in work if apart <= (_WORK if m.last < hit.first else 1 + _ADJECTIVE)]
        least = min((apart for apart, _ in work), default=0)
        return [m for apart, m in work if apart == least]

    def _apart(self, mention: Mention, hit: Hit) -> int:
        return hit.first - mention.last if mention.last < hit.first else mention.first - hit.last

    def _clear_between(self, mention: Mention, hit: Hit) -> bool:
        if mention.last < hit.first:
            return self._clear(mention.last, hit.first)
        return self._clear(hit.last, mention.first)

    def _clear(self, last: int, first: int) -> bool:
        """Whether neither a sign nor an "and" stands between two places."""
        between = self.tokens[last + 1 : first]
        return not any(token.kind is Kind.SIGN or token.stem in self.words.joins for token in between)

    def _change(self, key: str) -> Fraction | None:
        if not key.startswith("workflow:"):
            return self.binder.change_of(key)
        workflow = next(w for w in self.picture.workflows if f"workflow:{w.id}" == key)
        if workflow.value is None or workflow.previous is None:
            return None
        return workflow.value - workflow.previous

    def _untold(self, key: str, place: int) -> str:
        facts: list[Fact] = self.binder.by_subject.get(key, [])
        return self.binder.untold(facts[0], place) if facts else ""

    def _is_denied(self, hit: Hit) -> bool:
        return is_denied(self.binder, hit.first)


def is_denied(binder: Binder, place: int) -> bool:
    """Whether a "not" stands before a place, in the same clause, and means it ("not only" does not)."""
    start = max(binder.heard.part_of(place)[0], place - _DENIED)
    denied = binder.lexicon.only("denied").all_in(binder.heard.tokens, start, place - 1)
    if not denied:
        return False
    between = binder.heard.tokens[denied[-1].last + 1 : place]
    if any(token.kind is Kind.SIGN or token.stem in binder.lexicon.joins for token in between):
        return False
    only = binder.lexicon.only("not-denied").at(binder.heard.tokens, denied[-1].first)
    return only is None
