"""Titles of a group → the patterns that a playbook finds its people by: few, and none that takes another group's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from qbrgen.define.model.playbook import Persona
from qbrgen.define.roster import Matcher
from qbrgen.draft.titles import TitleGroup, plain_title
from qbrgen.period import Rhythm

MOST_EXACT, MOST_PATTERNS, MOST_BESIDE = 30, 30, 40
_FOREIGN = Fraction(1, 50)  # of the people whom a pattern takes, those of other groups that are let pass


def patterns_of(group: TitleGroup, others: Mapping[str, int]) -> tuple[str, ...]:
    """The patterns of a group, the one that takes most people first.

    others: titles of all other groups → people. Few titles are listed as they stand; of many, those that hold the same
    words become one pattern, and what is left beside them is listed as far as it matters.
    """
    if len(group.titles) <= MOST_EXACT:
        return tuple(group.titles)
    left = dict(group.titles)
    words: Counter[str] = Counter()
    for title, people in group.titles.items():
        if plain_title(title) in title.casefold():
            words[plain_title(title)] += people
    mine: list[str] = []
    foreign = [(title.casefold(), people) for title, people in others.items()]
    for key, _ in words.most_common(3 * MOST_PATTERNS):
        caught = [title for title in left if key in title.casefold()]
        wrong = sum(people for title, people in foreign if key in title)
        if caught and len(mine) < MOST_PATTERNS and wrong <= _FOREIGN * sum(left[title] for title in caught):
            mine.append(f"*{key}*")
            for title in caught:
                del left[title]
    return (*mine, *list(left)[:MOST_BESIDE])


def taken_by(groups: Sequence[tuple[str, Sequence[str]]], titles: Mapping[str, int]) -> dict[str, str]:
    """Title → the id of the group that takes it, just as the workspace will match it.

    groups: id and patterns, in the order of the playbook. titles: every title of the roster.
    """
    personas = tuple(Persona(id_, id_, id_, Rhythm.WEEK, Fraction(1), (), tuple(found)) for id_, found in groups)
    matcher = Matcher(personas)
    return {title: persona for title in titles if (persona := matcher.persona_of(title)) is not None}
