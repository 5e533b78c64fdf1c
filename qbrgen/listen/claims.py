"""What a sentence claims without a number: "every week", "spreading", "there is a plan", "has risen".

In: a text as heard, and the account. Out: claims with their verdicts. Words that stand in the account's own names
("Pipeline review each week") claim nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qbrgen.listen.bind import Binder
from qbrgen.listen.facts import UNITS, own_texts
from qbrgen.listen.lexicon import Hit, Lexicon
from qbrgen.listen.naming import Heard, Mention
from qbrgen.listen.words import Kind, clean
from qbrgen.narrate.gaps import PEOPLE_STATES, is_open_plan
from qbrgen.score.picture import AccountPicture, Gap, PersonaPicture
from qbrgen.score.states import Trend

_FAR = 6  # tokens between an impact and the word that says which way it went


class Claim(StrEnum):
    """What was claimed; each has its words under `sentence-test.claim`."""

    EVERY_UNIT = "every-unit"
    SPREADING = "spreading"
    SHRINKING = "shrinking"
    A_PLAN = "a-plan"
    NO_PLAN = "no-plan"
    OVERDUE = "overdue"
    ROSE = "rose"
    FELL = "fell"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim. first, last: its tokens. about: what it was said of (naming.py's key), "" for the account.

    least: (done, in seat) where "every week" is not true. some: only part of those not active have a plan.
    overdue: the plan that there is is late. same: what was said to rise or fall did neither.
    """

    claim: Claim
    first: int
    last: int
    true: bool
    about: str = ""
    least: tuple[int, int] | None = None
    some: bool = False
    overdue: bool = False
    same: bool = False


def claims_in(heard: Heard, picture: AccountPicture, lexicon: Lexicon, binder: Binder) -> list[Claimed]:
    """Every claim of a text, each with whether it is true."""
    judge = _Claims(heard, picture, lexicon, binder)
    found = [*judge.every_unit(), *judge.trends_and_plans(), *judge.ways()]
    return sorted(found, key=lambda each: each.first)


class _Claims:
    def __init__(self, heard: Heard, picture: AccountPicture, lexicon: Lexicon, binder: Binder) -> None:
        self.heard = heard
        self.picture = picture
        self.lexicon = lexicon
        self.binder = binder

    def _named(self, hit: Hit, kind: str) -> list[str]:
        part = self.binder.mentions.get(self.heard.part_of(hit.first), [])
        return list(dict.fromkeys(m.key.partition(":")[2] for m in part if m.key.startswith(f"{kind}:")))

    # ---- every week ----

    def every_unit(self) -> Iterator[Claimed]:
        """ "every week": of the active people named, or of a workflow that is counted by weeks."""
        hits = self.lexicon.every_unit.all_in(self.heard.tokens, 0, len(self.heard.tokens) - 1)
        own = self._own_places() if hits else set()
        for hit in hits:
            if set(range(hit.first, hit.last + 1)) <= own:
                continue
            people, work = self._named(hit, "persona"), self._named(hit, "workflow")
            personas = [p for p in self.picture.personas if p.active and (p.id in people or not people)]
            true = self._all_at_it(personas, hit.name) or self._always_done(work, hit.name)
            least = min(
                (p.least_done for p in personas if p.least_done), key=lambda d: d[0] / max(d[1], 1), default=None
            )
            about = f"persona:{people[0]}" if len(people) == 1 else ""
            yield Claimed(Claim.EVERY_UNIT, hit.first, hit.last, true, about, None if true else least)

    def _all_at_it(self, personas: Iterable[PersonaPicture], unit: str) -> bool:
        same = [persona for persona in personas if UNITS[persona.rhythm] == unit]
        return bool(same) and all(persona.every_unit for persona in same)

    def _always_done(self, work: Iterable[str], unit: str) -> bool:
        rhythms = {persona.id: UNITS[persona.rhythm] for persona in self.picture.personas}
        there = [w for w in self.picture.workflows if w.id in set(work) and w.kind in ("frequency", "chain")]
        return any(w.value == 1 and rhythms.get(w.persona) == unit for w in there)

    def _own_places(self) -> set[int]:
        """Tokens of the account's own names that hold such words."""
        tokens, found = self.heard.tokens, set[int]()
        for phrase in dict.fromkeys(own_texts(self.picture)):
            there = [t for t in self.lexicon.reader.tokens(clean(phrase)) if t.kind is not Kind.SIGN]
            if not self.lexicon.every_unit.all_in(there, 0, len(there) - 1):
                continue
            words = [token.text for token in there]
            for start in range(len(tokens) - len(words) + 1):
                if [token.text for token in tokens[start : start + len(words)]] == words:
                    found |= set(range(start, start + len(words)))
        return found

    # ---- direction and plans ----

    def trends_and_plans(self) -> Iterator[Claimed]:
        """Spreading, shrinking, a plan, no plan, overdue."""
        for hit in self.lexicon.claims.all_in(self.heard.tokens, 0, len(self.heard.tokens) - 1):
            claim = Claim(hit.name)
            if claim in (Claim.SPREADING, Claim.SHRINKING):
                yield self._trend(claim, hit)
            elif claim is Claim.OVERDUE:
                yield Claimed(claim, hit.first, hit.last, any(planned.overdue for planned in self.picture.actions))
            else:
                yield from self._plan(claim, hit)

    def _trend(self, claim: Claim, hit: Hit) -> Claimed:
        people, work = self._named(hit, "persona"), self._named(hit, "workflow")
        found = [p.direction.trend for p in self.picture.personas if p.id in people]
        found += [w.direction.trend for w in self.picture.workflows if w.id in work]
        said = Trend.SPREADING if claim is Claim.SPREADING else Trend.SHRINKING
        return Claimed(claim, hit.first, hit.last, said in (found or [self.picture.direction.trend]))

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
        named = set(self._named(hit, "persona"))
        return [gap for gap in gaps if gap.persona in named] or gaps

    # ---- which way an impact went ----

    def ways(self) -> Iterator[Claimed]:
        """ "has risen", "is down" said of an impact, where no figure beside it says it already."""
        told: dict[int, list[Mention]] = {}
        for mention in self.heard.mentions:
            if mention.key.startswith("impact:"):
                told.setdefault(mention.first, []).append(mention)
        for _, mentions in sorted(told.items()):
            hit = self._way_near(mentions[0])
            if hit is None:
                continue
            changes = {m.key: change for m in mentions if (change := self.binder.change_of(m.key)) is not None}
            claim = Claim.ROSE if hit.name == "rise" else Claim.FELL
            right = [key for key, change in changes.items() if (change > 0 if claim is Claim.ROSE else change < 0)]
            for key in (right or list(changes))[:1]:  # two impacts may have the same name
                yield Claimed(claim, hit.first, hit.last, bool(right), key, same=changes[key] == 0)

    def _way_near(self, mention: Mention) -> Hit | None:
        first, last = self.heard.part_of(mention.first)
        low, high = max(first, mention.first - _FAR), min(last, mention.last + _FAR)
        hits = self.lexicon.ways.all_in(self.heard.tokens, low, high)
        hits = [hit for hit in hits if hit.first > mention.last or hit.last < mention.first]
        if not hits:
            return None
        near = min(
            hits, key=lambda hit: hit.first - mention.last if hit.first > mention.last else mention.first - hit.last
        )
        between = (mention.last, near.first) if near.first > mention.last else (near.last, mention.first)
        crossed = any(self.heard.tokens[n].kind is Kind.SIGN for n in range(between[0] + 1, between[1]))
        denied = self.lexicon.only("denied").all_in(self.heard.tokens, max(low, near.first - 3), near.first - 1)
        return None if crossed or denied else near
