"""Each figure of a sentence against the data: of what it is said, and whether it agrees.

The rule (docs/method.md, "The test of a sentence"). A figure speaks of the nearest thing named in its part of the
sentence, without another figure in between, that has a figure of its shape; else of the nearest named before it; else
it may be any figure of the account of its shape. It agrees when the exact value rounds to what was written. A hedge
("roughly") widens that to half a step of a round number, a tenth of it at most. "More than" and "at most" are bounds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from qbrgen.listen.compare import agrees, closest
from qbrgen.listen.facts import (
    ACCOUNT,
    ACTIONS,
    GROUPS,
    PEOPLE,
    SCORE,
    WORKFLOWS,
    Fact,
    facts_of,
    often,
    people_facts,
)
from qbrgen.listen.figure import Figure, Role, Sort
from qbrgen.listen.lexicon import Hit, Lexicon
from qbrgen.listen.naming import Heard, Mention
from qbrgen.listen.of_what import OfWhat
from qbrgen.listen.words import Kind
from qbrgen.score.picture import AccountPicture

_NEXT = 3  # tokens after a figure within which its noun begins
_BACK = 20  # things named before "the other five" among which their group is looked for
_CUE = 5  # tokens before a figure within which "score" stands
_RHYTHMS = ("week", "two-weeks", "month")
_FIXED = {"groups": GROUPS, "workflows": WORKFLOWS, "actions": ACTIONS}
_OFTEN, _TOGETHER = "often", "together"  # of groups of people, as this sentence puts them together


class Verdict(StrEnum):
    """What became of a figure or a claim."""

    AGREES = "agrees"
    OWN = "part of a name"
    DIFFERS = "differs"
    DENIED = "denied, and the data bear it out"
    UNTOLD = "may not be told"
    UNKNOWN = "cannot be checked"

    @property
    def fine(self) -> bool:
        return self in (Verdict.AGREES, Verdict.OWN)

    @property
    def wrong(self) -> bool:
        return self in (Verdict.DIFFERS, Verdict.DENIED, Verdict.UNTOLD)


@dataclass(frozen=True, slots=True)
class Checked:
    """One figure with its verdict. fact: what it was held against; None where there is nothing.

    wrong_way: the figure is right, but it was said to have gone the other way.
    """

    figure: Figure
    verdict: Verdict
    fact: Fact | None = None
    wrong_way: bool = False


class Binder:
    """Holds what was heard against the facts of one account."""

    def __init__(self, heard: Heard, picture: AccountPicture, lexicon: Lexicon) -> None:
        self.heard = heard
        self.picture = picture
        self.lexicon = lexicon
        self.figures: Sequence[Figure] = ()
        self.facts = facts_of(picture)
        self.by_subject: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self.by_subject.setdefault(fact.subject, []).append(fact)
        self.mentions: dict[tuple[int, int], list[Mention]] = {}
        said = [mention for mention in heard.mentions if not self._divides(mention)]
        for mention in sorted(said, key=lambda each: each.first):
            self.mentions.setdefault(heard.part_of(mention.first), []).append(mention)
        self._by_last = sorted(said, key=lambda each: each.last)
        self._lasts = [mention.last for mention in self._by_last]
        self.units = {unit: lexicon.unit_words(unit) for unit in {fact.unit for fact in self.facts if fact.unit}}
        self.elsewhere = {heard.part_of(hit.first) for hit in self._hits("elsewhere")}
        self._of_what = OfWhat(heard, picture, lexicon, self.mentions)

    def _hits(self, key: str) -> list[Hit]:
        return self.lexicon.only(key).all_in(self.heard.tokens, 0, len(self.heard.tokens) - 1)

    def _divides(self, mention: Mention) -> bool:
        """Whether it is what a figure is divided by: the rep of "per rep and month"."""
        before = self.heard.tokens[mention.first - 1].stem if mention.first else ""
        return mention.key.startswith("persona:") and before in self.lexicon.cut_at

    def untold(self, fact: Fact, place: int) -> str:
        """Why a fact may not be told as it was, at this place; a benchmark may, where it is told as one."""
        told_as_such = fact.untold == "benchmark" and self.heard.part_of(place) in self.elsewhere
        return "" if told_as_such else fact.untold

    def check_all(self, figures: Sequence[Figure]) -> list[Checked]:
        """Every figure with its verdict; words that turn out to be no figures ("one of a kind") are left out."""
        self.figures = figures
        checked: list[Checked] = []
        for number, figure in enumerate(figures):
            found = self._denied(self._check(number, figure))
            if found.verdict is Verdict.UNKNOWN and _is_turn_of_phrase(figure):
                continue
            if found.verdict is Verdict.DIFFERS and figure.word and figure.value == 1 and not self._people(figure):
                continue
            checked.append(found)
        return checked

    def _denied(self, checked: Checked) -> Checked:
        """A figure under a "not" is right where the data do not bear it out, and wrong where they do."""
        if not checked.figure.denied or checked.verdict not in (Verdict.AGREES, Verdict.DIFFERS):
            return checked
        right = checked.verdict is Verdict.DIFFERS
        return replace(checked, verdict=Verdict.AGREES if right else Verdict.DENIED, wrong_way=False)

    # ---- one figure ----

    def _check(self, number: int, figure: Figure) -> Checked:
        if figure.own:
            return Checked(figure, Verdict.OWN)
        if figure.value is None:
            return Checked(figure, Verdict.UNKNOWN)
        for subjects, sure in self._tiers(number, figure):
            fitting = [fact for key in subjects for fact in self._fitting(key, figure)]
            if not fitting:
                continue
            right = [fact for fact in fitting if agrees(figure, fact)]
            told = (fact for fact in right if not self.untold(fact, figure.first))
            fact = next(told, right[0] if right else None) or self._whole(figure, subjects)
            if fact:
                if self.untold(fact, figure.first):
                    return Checked(figure, Verdict.UNTOLD, fact)
                wrong = self._wrong_way(figure, fact)
                return Checked(figure, Verdict.DIFFERS if wrong else Verdict.AGREES, fact, wrong)
            if sure:
                nearest = [fact for fact in fitting if fact.subject == fitting[0].subject]
                return Checked(figure, Verdict.DIFFERS, closest(figure, nearest))
        return Checked(figure, Verdict.UNKNOWN)

    def _whole(self, figure: Figure, subjects: Sequence[str]) -> Fact | None:
        """ "all seven reps" of whom no more is said; "both" of two who were told before, of seven."""
        if figure.value != figure.of or (figure.state and not (figure.word and figure.value == 2)):
            return None
        number = replace(figure, sort=Sort.COUNT, of=None, unit=figure.unit or PEOPLE)
        return next((f for key in subjects for f in self._fitting(key, number) if agrees(number, f)), None)

    def _tiers(self, number: int, figure: Figure) -> Iterator[tuple[list[str], bool]]:
        """What it may speak of, the likeliest first; and whether a difference is one, or only a wrong guess of ours."""
        certain = self._certain(figure)
        if certain:
            yield certain, True
        free, crossed = self._near(number, figure)
        if not self._people(figure) or figure.unit not in ("", PEOPLE):
            yield free, True
            yield crossed, figure.role is not Role.VALUE or figure.sort is not Sort.COUNT or self._typed_unit(figure)
        if figure.unit in _RHYTHMS:
            yield [ACCOUNT], True
        yield self._before(figure), figure.role in (Role.TARGET, Role.BEFORE)
        yield [key for key in self.by_subject if key != SCORE], False

    def _certain(self, figure: Figure) -> list[str]:
        """What the noun right after it says."""
        part = self.mentions.get(self.heard.part_of(figure.first), [])
        cue = self.lexicon.only("score-cue").all_in(self.heard.tokens, max(0, figure.first - _CUE), figure.first)
        if cue and self.heard.part_of(cue[-1].first) == self.heard.part_of(figure.first):
            return [SCORE]
        if figure.unit in _FIXED:
            return [_FIXED[figure.unit]]
        if figure.unit in _RHYTHMS:
            keys = list(dict.fromkeys(mention.key for mention in part))
            return [_OFTEN, *keys]
        return self._certain_people(figure, part)

    def _certain_people(self, figure: Figure, part: Sequence[Mention]) -> list[str]:
        """The same, of people."""
        who = self._persona_after(figure)
        if who:
            work = list(dict.fromkeys(m.key for m in part if m.key.startswith("workflow:")))
            if figure.sort is Sort.SHARE and not figure.state and not self._of_what.people(figure):
                return [*work, *who]
            if figure.sort is Sort.SHARE:
                of_people = {f"workflow:{w.id}" for w in self.picture.workflows if w.unit == PEOPLE}
                work = [key for key in work if key in of_people]
            return [*who, _TOGETHER, *work]
        named = list(dict.fromkeys(m.key for m in part if m.key.startswith("persona:")))
        if figure.unit == PEOPLE:
            work = [m.key for m in part if m.key.startswith("workflow:")]  # a milestone counts people, too
            return [PEOPLE, *named, *dict.fromkeys(work)]
        if figure.others and figure.sort is Sort.COUNT and figure.unit == "":
            return self._people_before(figure) or [PEOPLE]
        return [*named, PEOPLE] if self._people(figure) else []

    def _people_before(self, figure: Figure) -> list[str]:
        """The group told last before "the other five"."""
        place = bisect_left(self._lasts, figure.first)
        near = self._by_last[max(0, place - _BACK) : place]
        last = max((m.last for m in near if m.key.startswith("persona:")), default=-1)
        return list(dict.fromkeys(m.key for m in near if m.last == last and m.key.startswith("persona:")))

    def _persona_after(self, figure: Figure) -> list[str]:
        part = self.mentions.get(self.heard.part_of(figure.first), [])
        after = [m for m in part if m.key.startswith("persona:") and 0 < m.first - figure.last <= _NEXT]
        after = [m for m in after if not self._between(figure.last, m.first)]
        nearest = min((m.first for m in after), default=0)
        return list(dict.fromkeys(m.key for m in after if m.first == nearest))

    def _people(self, figure: Figure) -> bool:
        """Whether it counts people: by its noun, or by what follows ("two are not yet active")."""
        if figure.sort not in (Sort.COUNT, Sort.PAIR):
            return False
        if figure.unit == PEOPLE or self._persona_after(figure):
            return True
        if figure.others and figure.unit == "":
            return True
        first = self._after_brackets(figure.last + 1)
        near = range(first, first + _NEXT)
        return figure.unit == "" and any(self.lexicon.states.at(self.heard.tokens, place) for place in near)

    def _after_brackets(self, place: int) -> int:
        """The token after names in brackets: "three (Ann, Ben and Cy) are no longer active"."""
        tokens = self.heard.tokens
        if place >= len(tokens) or tokens[place].text != "(":
            return place
        last = self.heard.part_of(place)[1]
        return next((n + 1 for n in range(place, last + 1) if tokens[n].text == ")"), place)

    def _near(self, number: int, figure: Figure) -> tuple[list[str], list[str]]:
        """Things named in its part of the sentence, nearest first: with no other figure between, and with one."""
        low = self.figures[number - 1].last if number else -1
        high = self.figures[number + 1].first if number + 1 < len(self.figures) else len(self.heard.tokens)
        free: list[tuple[int, str]] = []
        crossed: list[tuple[int, str]] = []
        for mention in self.mentions.get(self.heard.part_of(figure.first), []):
            if figure.sort is Sort.SHARE and not figure.state and mention.key.startswith("persona:"):
                continue  # a share of people is told with what they are, or right before their name
            after = mention.first > figure.last
            distance = mention.first - figure.last if after else figure.first - mention.last
            clear = mention.first < high if after else mention.last > low
            (free if clear else crossed).append((distance, mention.key))
        nearest = min((distance for distance, _ in crossed), default=0)
        return _in_order(free), _in_order(each for each in crossed if each[0] == nearest)

    def _before(self, figure: Figure) -> list[str]:
        """The last thing named before it; two of the same name are both meant."""
        place = bisect_left(self._lasts, figure.first)
        if not place:
            return []
        last = self._lasts[place - 1]
        return list(dict.fromkeys(m.key for m in self._by_last if m.last == last)) if place else []

    def _typed_unit(self, figure: Figure) -> bool:
        """Whether the noun after it is the unit of an impact or of the outcome: "19 hours"."""
        return self._noun(figure) in set().union(*self.units.values()) if figure.unit == "" else False

    def _between(self, last: int, first: int) -> bool:
        """Whether a sign stands between two places: another clause begins."""
        return any(self.heard.tokens[n].kind is Kind.SIGN for n in range(last + 1, first))

    # ---- which facts ----

    def _fitting(self, key: str, figure: Figure) -> list[Fact]:
        facts: Iterable[Fact] = self.by_subject.get(key, ())
        if key in (_OFTEN, _TOGETHER):
            facts = self._often(figure) if key == _OFTEN else self._together(figure)
        shaped = [fact for fact in facts if self._same_shape(figure, fact)]
        fitting = [fact for fact in shaped if fact.role is figure.role]
        if figure.role is Role.VALUE and not fitting:
            return [fact for fact in shaped if fact.role is Role.CHANGE and fact.subject.startswith("impact:")]
        if fitting and self._of_what.another(figure, key):
            return []
        if figure.role is Role.CHANGE and not fitting:
            return [fact for fact in shaped if fact.role is Role.VALUE]
        return fitting

    def _often(self, figure: Figure) -> Iterator[Fact]:
        """Over the groups named before it, since the last figure of the kind; over all, where some are added up."""
        first, last = self.heard.part_of(figure.first)
        there = [each for each in self.figures if first <= each.first <= last]
        since = max((each.last for each in there if each.last < figure.first and each.unit in _RHYTHMS), default=-1)
        part = [m for m in self.mentions.get((first, last), []) if m.key.startswith("persona:")]
        said = {m.key.removeprefix("persona:") for m in part if since < m.first < figure.first}
        named = [persona for persona in self.picture.personas if persona.id in said]
        if not named or any(each.unit == PEOPLE for each in there):
            yield from often(self.picture.personas)
        yield from often(named)

    def _together(self, figure: Figure) -> Iterator[Fact]:
        """ "none of the five team leads and heads of sales": groups named after it as one, up to the next figure."""
        part = self.mentions.get(self.heard.part_of(figure.first), [])
        high = next((each.first for each in self.figures if each.first > figure.last), len(self.heard.tokens))
        after: set[str] = set()
        end = figure.last
        for mention in part:
            if mention.key.startswith("persona:") and figure.last < mention.first < high:
                if after and mention.first - end > 2:  # more than "and" between them
                    break
                after.add(mention.key.removeprefix("persona:"))
                end = max(end, mention.last)
        named = [persona for persona in self.picture.personas if persona.id in after]
        if len(named) > 1:
            yield from people_facts(PEOPLE, named)

    def _same_shape(self, figure: Figure, fact: Fact) -> bool:
        if figure.sort is not fact.sort:
            return False
        if figure.sort is Sort.MONEY:
            return figure.currency == fact.unit
        if figure.sort in (Sort.COUNT, Sort.PAIR) and not self._same_unit(figure, fact):
            return False
        if figure.others and fact.state == "active" and figure.sort is Sort.COUNT:
            after = self.lexicon.states.all_in(self.heard.tokens, figure.last + 1, self.heard.part_of(figure.first)[1])
            return not after or after[0].name == "active"  # "the other five": those who are
        return _same_state(figure, fact)

    def _same_unit(self, figure: Figure, fact: Fact) -> bool:
        if fact.unit == PEOPLE:
            return figure.unit == PEOPLE or (figure.unit == "" and (figure.sort is Sort.PAIR or self._people(figure)))
        if fact.unit in (*_RHYTHMS, *_FIXED):
            return figure.unit == fact.unit
        noun = self._noun(figure)
        if fact.unit and noun in self.units[fact.unit]:
            return True
        if figure.unit or self._people(figure):
            return False
        subject = self.heard.subjects.get(fact.subject)
        words = {stem for form in subject.forms for stem in form.stems} if subject else set()
        return noun == "" or noun in words or fact.told == "rule"

    def _noun(self, figure: Figure) -> str:
        """The stem of the content word right after a figure, "" where none is."""
        place = figure.last + 1
        if place >= len(self.heard.tokens) or place > self.heard.part_of(figure.first)[1]:
            return ""
        token = self.heard.tokens[place]
        return token.stem if token.kind is Kind.WORD and token.stem not in self.lexicon.common else ""

    def _wrong_way(self, figure: Figure, fact: Fact) -> bool:
        """Whether it was said to rise and fell, or the other way round."""
        if not figure.way or figure.role not in (Role.CHANGE, Role.BEFORE) or not _has_a_way(fact.subject):
            return False
        change = self.change_of(fact.subject, fact)
        return change is not None and change * figure.way < 0

    def change_of(self, key: str, fact: Fact | None = None) -> Fraction | None:
        """By how much something changed, with its sign; None where that is not known."""
        if fact and fact.role is Role.CHANGE:
            return fact.value
        changes = [each.value for each in self.by_subject.get(key, ()) if each.role is Role.CHANGE]
        return changes[0] if changes else None


def _has_a_way(key: str) -> bool:
    return key == "outcome" or key.startswith(("impact:", "workflow:"))


def _in_order(found: Iterable[tuple[int, str]]) -> list[str]:
    return list(dict.fromkeys(key for _, key in sorted(found, key=lambda each: each[0])))


def _is_turn_of_phrase(figure: Figure) -> bool:
    """ "one", "both", "all" and the like are often no figures; they count as such only where they meet one."""
    return figure.word and (figure.value in (0, 1, 100) or figure.of is not None)


def _same_state(figure: Figure, fact: Fact) -> bool:
    if not fact.state:
        return True
    if figure.others:
        return fact.state in ("idle", figure.state)
    if figure.whole and figure.sort is Sort.COUNT:
        return fact.state in ("counted", "total", figure.state)
    if figure.state:
        return fact.state == figure.state
    return fact.state in ("active", "counted", "total")
