"""What a sentence claims of everyone: "the reps are active" without a number means all of them; "nobody", "not all".

In: a Binder that has read the figures. Out: claims. Groups that a figure or a quantity counts ("5 of 7 reps", "most
reps") are left to the figure, and so are those that a clause picks out ("the reps who are active").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from qbrgen.listen.bind import Binder
from qbrgen.listen.claim import Claim, Claimed
from qbrgen.listen.facts import STATES, own_texts
from qbrgen.listen.lexicon import Hit, Phrases
from qbrgen.listen.naming import Mention
from qbrgen.listen.shapes import QUANTITIES
from qbrgen.listen.words import Kind, clean
from qbrgen.score.picture import PersonaPicture

_GAP = 5  # words between a group and what it is
_COUNTED = 4  # words between a number and the group that it counts


@dataclass(frozen=True, slots=True)
class _Group:
    """People said to be something: one persona, or everyone ("" as id). quantity: how many, by its word."""

    persona: str
    first: int
    last: int
    quantity: str = "all"


class Everyone:
    """Finds claims about groups as a whole."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.heard, self.words = binder.heard, binder.lexicon
        self.tokens = self.heard.tokens
        last = len(self.tokens) - 1
        self._states = self.words.states.all_in(self.tokens, 0, last)
        by_part: dict[tuple[int, int], list[_Group]] = {}
        for hit in self.words.whole_groups.all_in(self.tokens, 0, last):
            quantity = _GROUPS[hit.name]
            by_part.setdefault(self.heard.part_of(hit.first), []).append(_Group("", hit.first, hit.last, quantity))
        for part, mentions in binder.mentions.items():
            groups = [_of(m) for m in mentions if m.key.startswith("persona:")]
            by_part.setdefault(part, []).extend(groups)
        self._groups = {part: sorted(set(groups), key=lambda g: -g.last) for part, groups in by_part.items()}
        self._ends = sorted(figure.last for figure in binder.figures if not figure.own)

    def claims(self) -> Iterator[Claimed]:
        """One claim for each time that people are said to be in a state."""
        for hit in self._states:
            if hit.name not in _SAID:
                continue
            said = self._said_of(hit)
            if not said:
                continue
            between = self.words.quantities.all_in(self.tokens, said[0].last + 1, hit.first - 1)
            quantity = between[0].name if between else said[0].quantity
            if quantity not in _CLAIMS:
                continue  # "the reps are mostly active": no figure
            n, of = self._count(said, hit.name)
            claim = _CLAIMS[quantity]
            true = _is_true(claim, n, of) if of else None
            yield Claimed(claim, min(g.first for g in said), hit.last, true, of=(n, of))

    def said_of_all(self, hit: Hit) -> list[PersonaPicture]:
        """The groups of which "every week" is said without a number: by the state before it, else right before it."""
        first = self.heard.part_of(hit.first)[0]
        before = [state for state in self._states if first <= state.first < hit.first]
        said = self._said_of(before[-1]) if before else []
        ids = {group.persona for group in said if group.quantity == "all"}
        return [p for p in self.binder.picture.personas if p.id in ids or "" in ids]

    def _said_of(self, hit: Hit) -> list[_Group]:
        """The groups before a state that no number counts, joined by "and" where they are several."""
        found: list[_Group] = []
        edge = hit.first
        for group in self._groups.get(self.heard.part_of(hit.first), ()):
            if group.last >= edge:
                continue
            if not self._reaches(group, edge, first=not found and edge == hit.first):
                break
            if not self._is_counted(group, hit):
                found.append(group)
            edge = group.first
        return found

    def _reaches(self, group: _Group, edge: int, *, first: bool) -> bool:
        """Whether it is what the state is said of (or goes with the group after it)."""
        between = self.tokens[group.last + 1 : edge]
        if len(between) > _GAP:
            return False
        if first:
            stops = self.words.relative | self.words.joins
            return not any(token.kind is not Kind.WORD or token.stem in stops for token in between)
        joined = any(token.stem in self.words.joins or token.text == "," for token in between)
        return joined and all(
            t.text == "," or t.stem in self.words.common or t.stem in self.words.joins for t in between
        )

    def _is_counted(self, group: _Group, hit: Hit) -> bool:
        """Whether a figure or another number says how many of them."""
        first = self.heard.part_of(hit.first)[0]
        for end in self._ends[bisect_left(self._ends, first) : bisect_left(self._ends, hit.first)]:
            if end >= group.first:
                return True
            if end < group.first - _COUNTED:
                continue
            between = self.tokens[end + 1 : group.first]
            apart = any(t.kind is Kind.SIGN or t.stem in self.words.joins for t in between)
            together = bool(between) and between[-1].stem in self.words.joins  # "team leads and heads of sales"
            if not apart or together:
                return True
        return bool(self.words.vague.before(self.tokens, group.first))

    def _count(self, said: list[_Group], state: str) -> tuple[int, int]:
        ids = {group.persona for group in said}
        there = [p for p in self.binder.picture.personas if p.id in ids or "" in ids]
        counted = sum(p.counted for p in there)
        active = sum(p.active for p in there)
        if state == "active":
            return active, counted
        if state == "idle":
            return counted - active, counted
        return sum(len(p.with_state(STATES[state])) for p in there), counted


_SAID = ("active", "idle", "not-yet", "lapsed")
_GROUPS = {"nobody": "all", "no-one": "none", "not-everyone": "not-all", "nearly-everyone": "nearly-all"}
_GROUPS["hardly-anyone"] = "hardly"
_CLAIMS = {
    "all": Claim.EVERYONE,
    "not-all": Claim.NOT_EVERYONE,
    "nearly-all": Claim.NEARLY_EVERYONE,
    "hardly": Claim.HARDLY_ANYONE,
    "none": Claim.NOBODY,
}


def _is_true(claim: Claim, n: int, of: int) -> bool:
    """Whether n of `of` people are as many as was said; "almost all" and "hardly any" as of figures (shapes.py)."""
    share = Fraction(100 * n, of)
    return {
        Claim.EVERYONE: n == of,
        Claim.NOT_EVERYONE: n < of,
        Claim.NEARLY_EVERYONE: QUANTITIES["nearly-all"][0] <= share and n < of,
        Claim.HARDLY_ANYONE: share <= QUANTITIES["hardly"][0],
        Claim.NOBODY: n == 0,
    }[claim]


def _of(mention: Mention) -> _Group:
    return _Group(mention.key.removeprefix("persona:"), mention.first, mention.last)


def named(binder: Binder, hit: Hit, kind: str) -> list[str]:
    """The ids of one kind that are named in the same part of the sentence."""
    part = binder.mentions.get(binder.heard.part_of(hit.first), [])
    return list(dict.fromkeys(m.key.partition(":")[2] for m in part if m.key.startswith(f"{kind}:")))


def own_places(binder: Binder, phrases: Phrases) -> set[int]:
    """Tokens of the account's own names that hold such words."""
    tokens, found = binder.heard.tokens, set[int]()
    for phrase in dict.fromkeys(own_texts(binder.picture)):
        there = [t for t in binder.lexicon.reader.tokens(clean(phrase)) if t.kind is not Kind.SIGN]
        if not phrases.all_in(there, 0, len(there) - 1):
            continue
        words = [token.text for token in there]
        for start in range(len(tokens) - len(words) + 1):
            if [token.text for token in tokens[start : start + len(words)]] == words:
                found |= set(range(start, start + len(words)))
    return found
