"""What a sentence claims without a number: "every week", "everyone", "there is a plan", "on target", "because".

In: a text as heard, and the account. Out: claims with their verdicts. Words that stand in the account's own names
("Pipeline review each week") claim nothing. What cannot be decided is told as a claim that cannot be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qbrgen.listen.assertions import Assertions
from qbrgen.listen.bind import Binder
from qbrgen.listen.claim import Claim, Claimed
from qbrgen.listen.directions import Directions
from qbrgen.listen.everyone import Everyone, named, own_places
from qbrgen.listen.facts import PEOPLE, UNITS
from qbrgen.listen.lexicon import Hit, Lexicon
from qbrgen.listen.naming import Heard
from qbrgen.listen.words import Kind
from qbrgen.narrate.gaps import PEOPLE_STATES, is_open_plan
from qbrgen.score.picture import AccountPicture, Gap, PersonaPicture


def claims_in(heard: Heard, picture: AccountPicture, lexicon: Lexicon, binder: Binder) -> list[Claimed]:
    """Every claim of a text, each once, with whether it is true."""
    people = Everyone(binder)
    judge = _Claims(heard, picture, lexicon, binder, people)
    found = [*judge.every_unit(), *judge.plans(), *people.claims()]
    found += [*Directions(binder).claims(), *Assertions(binder).claims()]
    once: dict[tuple[Claim, int], Claimed] = {}
    for each in found:
        there = once.get((each.claim, each.first))
        if there is None or (each.true and not there.true):
            once[each.claim, each.first] = each
    return sorted(once.values(), key=lambda each: each.first)


class _Claims:
    def __init__(
        self, heard: Heard, picture: AccountPicture, lexicon: Lexicon, binder: Binder, people: Everyone
    ) -> None:
        self.heard = heard
        self.picture = picture
        self.lexicon = lexicon
        self.binder = binder
        self.people = people

    # ---- every week ----

    def every_unit(self) -> Iterator[Claimed]:
        """ "every week": of the active people named, or of a workflow that is counted by weeks."""
        hits = self.lexicon.every_unit.all_in(self.heard.tokens, 0, len(self.heard.tokens) - 1)
        own = own_places(self.binder, self.lexicon.every_unit) if hits else set()
        for hit in hits:
            if set(range(hit.first, hit.last + 1)) <= own:
                continue
            people, work = self._people_of(hit), named(self.binder, hit, "workflow")
            personas = [p for p in self.picture.personas if p.active and (p.id in people or not people)]
            everyone = [p for p in self.people.said_of_all(hit) if p.counted]
            idle = [p for p in everyone if p.active < p.counted]
            at_it = self._all_at_it(personas, hit.name) and not idle
            true = at_it or (self._always_done(work, hit.name) and not everyone)
            least = min(
                (p.least_done for p in personas if p.least_done), key=lambda d: d[0] / max(d[1], 1), default=None
            )
            of = (sum(p.active for p in everyone), sum(p.counted for p in everyone)) if idle else None
            about = f"persona:{people[0]}" if len(people) == 1 else ""
            yield Claimed(Claim.EVERY_UNIT, hit.first, hit.last, true, about, None if true or of else least, of)

    def _people_of(self, hit: Hit) -> list[str]:
        """The groups it is said of: those named before it, else after it where no people are counted before it."""
        first = self.heard.part_of(hit.first)[0]
        part = self.binder.mentions.get(self.heard.part_of(hit.first), [])
        before = [m for m in part if m.last < hit.first and m.key.startswith("persona:")]
        if before:
            return list(dict.fromkeys(m.key.partition(":")[2] for m in before))
        counted = any(first <= f.first < hit.first and f.unit == PEOPLE for f in self.binder.figures)
        return [] if counted else named(self.binder, hit, "persona")

    def _all_at_it(self, personas: Iterable[PersonaPicture], unit: str) -> bool:
        same = [persona for persona in personas if UNITS[persona.rhythm] == unit]
        return bool(same) and all(persona.every_unit for persona in same)

    def _always_done(self, work: Iterable[str], unit: str) -> bool:
        rhythms = {persona.id: UNITS[persona.rhythm] for persona in self.picture.personas}
        there = [w for w in self.picture.workflows if w.id in set(work) and w.kind in ("frequency", "chain")]
        return any(w.value == 1 and rhythms.get(w.persona) == unit for w in there)

    # ---- plans ----

    def plans(self) -> Iterator[Claimed]:
        """A plan, no plan, overdue."""
        for hit in self.lexicon.plans.all_in(self.heard.tokens, 0, len(self.heard.tokens) - 1):
            claim = Claim(hit.name)
            if claim is Claim.OVERDUE:
                yield Claimed(claim, hit.first, hit.last, any(planned.overdue for planned in self.picture.actions))
            else:
                yield from self._plan(claim, hit)

    def _plan(self, claim: Claim, hit: Hit) -> Iterator[Claimed]:
        if claim is Claim.A_PLAN and self._for_so_many(hit):
            return  # the number is a figure, and is checked as one
        gaps = self._people_gaps(hit)
        whole = [gap for gap in gaps if is_open_plan(gap.action)]
        anything = any(is_open_plan(planned) for planned in self.picture.actions)
        if claim is Claim.NO_PLAN:
            yield Claimed(claim, hit.first, hit.last, not whole if gaps else not anything)
            return
        late = any(gap.action and gap.action.overdue for gap in gaps)
        true = len(whole) == len(gaps) if gaps else anything
        yield Claimed(claim, hit.first, hit.last, true, some=bool(whole), overdue=late and not whole)

    def _for_so_many(self, hit: Hit) -> bool:
        after = self.lexicon.only("for-some").at(self.heard.tokens, hit.last + 1)
        if not after:
            return False
        place = after.last + 1
        number = place < len(self.heard.tokens) and self.heard.tokens[place].kind is Kind.NUMBER
        return number or self.lexicon.numbers.at(self.heard.tokens, place) is not None

    def _people_gaps(self, hit: Hit) -> list[Gap]:
        """The gaps about people that are not active, of the groups named in the same part, else of all."""
        gaps = [gap for gap in self.picture.gaps if gap.kind in PEOPLE_STATES]
        there = set(named(self.binder, hit, "persona"))
        return [gap for gap in gaps if gap.persona in there] or gaps
