"""Further claims: on target, a cause, that something is not done, when the renewal is, and words that nobody can check.

In: a Binder that has read the figures. Out: claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from qbrgen.listen.bind import Binder
from qbrgen.listen.claim import Claim, Claimed
from qbrgen.listen.dates import days_in
from qbrgen.listen.directions import is_denied
from qbrgen.listen.everyone import own_places
from qbrgen.listen.facts import WORKFLOWS
from qbrgen.listen.lexicon import Hit, Phrases
from qbrgen.listen.naming import Mention
from qbrgen.listen.words import Kind
from qbrgen.score.picture import WorkflowPicture

_FAR = 6  # tokens between a verb of cause and what it brought about
_NEAR = 4  # tokens between such a verb and who or what did it; between a "not" and the work


class Assertions:
    """Finds these claims."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.heard, self.words, self.picture = binder.heard, binder.lexicon, binder.picture
        self.tokens = self.heard.tokens
        self._works = {f"workflow:{w.id}": w for w in self.picture.workflows}

    def claims(self) -> Iterator[Claimed]:
        """All of them."""
        yield from self._targets()
        yield from self._causes()
        yield from self._not_done()
        yield from self._renewals()
        own: set[int] | None = None
        for hit in self._all(self.words.vague):
            own = own_places(self.binder, self.words.vague) if own is None else own
            if hit.first not in own:
                yield Claimed(Claim.VAGUE, hit.first, hit.last, None)

    def _all(self, phrases: Phrases) -> list[Hit]:
        return phrases.all_in(self.tokens, 0, len(self.tokens) - 1)

    def _part(self, place: int) -> list[Mention]:
        return self.binder.mentions.get(self.heard.part_of(place), [])

    # ---- targets ----

    def _targets(self) -> Iterator[Claimed]:
        """ "on target", "below target": of the workflow named before it, else after it."""
        for hit in self._all(self.words.targets):
            first, last = self.heard.part_of(hit.first)
            if any(f.unit == WORKFLOWS and first <= f.first <= last for f in self.binder.figures):
                continue  # "4 of 6 workflows are on target" is a figure
            said_on = hit.name == "on-target"
            denied = is_denied(self.binder, hit.first)
            claim = Claim.ON_TARGET if said_on else Claim.OFF_TARGET
            keys = self._measured_near(hit)
            met = self._met(keys)
            true = (said_on != denied) in met if met else None
            yield Claimed(claim, hit.first, hit.last, true, keys[0] if keys else "", denied=denied)

    def _measured_near(self, hit: Hit) -> list[str]:
        part = [m for m in self._part(hit.first) if not m.key.startswith(("persona:", "person:"))]
        before = [m for m in part if m.last < hit.first]
        near = max((m.last for m in before), default=-1)
        found = [m for m in before if m.last == near]
        if not found:
            near = min((m.first for m in part), default=-1)
            found = [m for m in part if m.first == near]
        return list(dict.fromkeys(m.key for m in found))

    def _met(self, keys: list[str]) -> set[bool]:
        """Whether it is on target: both where two of one name differ, nothing where that is not measured."""
        works: list[WorkflowPicture] = [self._works[key] for key in keys if key in self._works]
        if works:
            return {w.value >= w.target for w in works if w.value is not None}
        if keys or not self.picture.depth.measurable:
            return set()
        return {self.picture.depth.met == self.picture.depth.measurable}

    # ---- causes ----

    def _causes(self) -> Iterator[Claimed]:
        """ "because", "thanks to", "sequences have cut": of an impact whose source named no cause."""
        hits = [(hit, self._produced(hit)) for hit in self._all(self.words.only("cause"))]
        hits += [(hit, self._brought_about(hit)) for hit in self._all(self.words.only("cause-verb"))]
        given = {f"impact:{each.impact.id}": each.impact.because for each in self.picture.impacts}
        told: set[tuple[int, int]] = set()
        for hit, keys in hits:
            part = self.heard.part_of(hit.first)
            if keys and part not in told:
                told.add(part)
                yield Claimed(Claim.CAUSE, hit.first, hit.last, any(given.get(key) for key in keys), keys[0])

    def _produced(self, hit: Hit) -> list[str]:
        return [m.key for m in self._part(hit.first) if m.key.startswith(("impact:", "outcome"))]

    def _brought_about(self, hit: Hit) -> list[str]:
        """What a verb of cause is followed by, where the work or "that" stands before it."""
        part = self._part(hit.first)
        after = [m for m in part if m.key.startswith(("impact:", "outcome")) and 0 < m.first - hit.last <= _FAR]
        after = [m for m in after if self._clear(hit.last, m.first)]
        work = [m.last for m in part if m.key.startswith("workflow:") and 0 < hit.first - m.last <= _NEAR]
        that = self.words.only("cause-that").all_in(self.tokens, max(0, hit.first - _NEAR), hit.first - 1)
        by = [place for place in (*work, *(t.last for t in that)) if self._clear(place, hit.first)]
        return [m.key for m in after] if by else []

    def _clear(self, last: int, first: int) -> bool:
        return not any(token.kind is Kind.SIGN for token in self.tokens[last + 1 : first])

    # ---- what is not done ----

    def _not_done(self) -> Iterator[Claimed]:
        """ "reps do not use sequences", where no number says how many of them."""
        for hit in self._all(self.words.only("denied")):
            first, last = self.heard.part_of(hit.first)
            work = [m for m in self._part(hit.first) if m.key in self._works and 0 < m.first - hit.last <= _NEAR]
            work = [m for m in work if self._clear(hit.last, m.first)]
            counted = any(first <= figure.first <= last for figure in self.binder.figures)
            if not work or counted or not is_denied(self.binder, hit.last + 1) or self._is_read(hit, first, last):
                continue
            values = {m.key: self._works[m.key].value for m in work}
            known = {key: value for key, value in values.items() if value is not None}
            key = next(iter(known or values))
            true = all(not value for value in known.values()) if known else None
            yield Claimed(Claim.NOT_DONE, hit.first, work[0].last, true, key)

    def _is_read(self, hit: Hit, first: int, last: int) -> bool:
        """Whether the "not" belongs to a state or a quantity: "not yet active", "not all"."""
        families = (self.words.states, self.words.hedges, self.words.quantities, self.words.whole_groups)
        there = [each for family in families for each in family.all_in(self.tokens, first, last)]
        return any(each.first <= hit.first <= each.last for each in there)

    # ---- the renewal ----

    def _renewals(self) -> Iterator[Claimed]:
        """A date beside "renewal", which no customer may hear."""
        days = days_in(self.tokens, self.words.reader.locale)
        for hit in self._all(self.words.only("renewal-cue")):
            part = self.heard.part_of(hit.first)
            said = next((day for day in days if day.first > hit.first and self.heard.part_of(day.first) == part), None)
            on = self.picture.renewal
            if said is None:
                continue
            true = None if on is None else (said.day, said.month) == (on.day, on.month)
            if on is not None and said.year not in (None, on.year):
                true = False
            yield Claimed(Claim.RENEWAL, hit.first, said.last, true, internal=True)
