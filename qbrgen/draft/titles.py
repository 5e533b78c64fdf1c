"""Job titles → groups of people who do the same kind of work.

A title is read without what says nothing of the work: seniority, grades, regions, spelling. Titles that share a word of
a family (title_words.py) are one group; those that lead it are another. Titles without such a word, those in other
languages among them, are grouped by their own most common word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from qbrgen.define.checks import is_generic
from qbrgen.draft.event_words import ACRONYMS
from qbrgen.draft.plurals import is_countable_title, plural, singular
from qbrgen.draft.title_words import FAMILIES, LEADS, PLACES, SENIORITY, SHORT, Family
from qbrgen.load.cells import is_nothing

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_PARTS = re.compile(r"\s+(?:-|–|—|@|\||/|at)\s+|,|;")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_RARE, _COMMON = 3, 10  # people: a title this rare may be a misspelling of one this common
_MOST_COMPARED = 400
_ALIKE = 0.9  # a letter or two of a title; product and project manager are less alike
_SHORTEST = 4
_LINKS = frozenset({"of", "for", "in"})  # between words that tell the work: "head of sales"
_LEADS_OF = re.compile(r"(vice president|director) (?!general\b)(.+)")  # "VP Finance": a vice president of finance
_NEARLY_ALL = 0.95  # of a group's people: then it may be called by their title


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """People of one kind of work.

    titles: as they stand in the data → people. many, one: how they may be called. told_by: the word or family.
    """

    id: str
    many: str
    one: str
    titles: Mapping[str, int]
    told_by: str

    @property
    def people(self) -> int:
        return sum(self.titles.values())


@lru_cache(maxsize=100_000)
def plain_title(title: str) -> str:
    """A title's words that tell the work: "Sr. Software Eng II (EMEA)" → "software engineer"; "" where none does.

    A title that is nothing but seniority ("Intern", "Associate") keeps it: it is all that is known.
    """
    words = _words_of(title)
    return " ".join([word for word in words if _tells(word)] or words)


def _words_of(title: str) -> list[str]:
    text = unicodedata.normalize("NFKC", title).casefold()
    parts = _PARTS.split(_BRACKETS.sub(" ", text))
    words = _full_words(parts[0])
    if len(parts) > 1 and LEADS.issuperset(word for word in words if _tells(word)):  # "Vice President, Sales"
        words += _full_words(parts[1])
    return words


def _full_words(text: str) -> list[str]:
    return [word for short in _WORD.findall(text.replace(".", " ")) for word in SHORT.get(short, short).split()]


def _tells(word: str) -> bool:
    return word not in SENIORITY and not any(char.isdigit() for char in word)


def spoken_title(title: str) -> str:
    """A title as it is said of one person: its telling words, and what stands between them ("VP of Finance, EMEA" →
    "vice president of finance")."""
    words = _words_of(title)
    kept: list[str] = []
    for place, word in enumerate(words):
        after = place > 0 and words[place - 1] == "of"
        if _tells(word) or (word == "staff" and after) or (word in _LINKS and kept):
            kept.append(word)
    while kept and kept[-1] in _LINKS:
        kept.pop()
    said = " ".join(kept or words)
    if not _LINKS & set(kept) and (of := _LEADS_OF.fullmatch(said)) and not is_countable_title(of[2]):
        said = f"{of[1]} of {of[2]}"
    return said


def _one_of(plain: str, titles: Mapping[str, int], spelled: Mapping[str, str]) -> str:
    """How one person of the titles that read so is called: as most of them are."""
    said: Counter[str] = Counter()
    for title, people in titles.items():
        if spelled.get(plain_title(title), plain_title(title)) == plain:
            said[spoken_title(title) if plain_title(title) == plain else plain] += people
    return max(said, key=lambda each: (said[each], each)) if said else plain


def _with_capitals(text: str) -> str:
    return " ".join(word.upper() if word in ACRONYMS else word for word in text.split())


def title_groups(titles: Mapping[str, int]) -> list[TitleGroup]:
    """Every group of the titles, the one with most people first.

    titles: each title as it stands in the data → people who hold it. Blank ones are in no group.
    """
    known = {title: people for title, people in titles.items() if not is_nothing(title) and plain_title(title)}
    plain: Counter[str] = Counter()
    for title, people in known.items():
        plain[plain_title(title)] += people
    spelled = _respelled(plain)
    families: dict[tuple[str, bool], dict[str, int]] = defaultdict(dict)
    others: dict[str, int] = {}
    for title, people in known.items():
        key = spelled.get(plain_title(title), plain_title(title))
        family = family_of(key)
        if family is None:
            others[title] = people
        else:
            families[family.id, _leads(key, family)][title] = people
    by_id = {family.id: family for family in FAMILIES}
    groups = [_of_family(by_id[name], leads, held, spelled) for (name, leads), held in families.items()]
    groups += _by_word(others, spelled)
    return sorted(groups, key=lambda group: (-group.people, group.id))


def family_of(plain: str) -> Family | None:
    """The family of a plain title, told by its words."""
    framed = f" {plain} "
    return next((each for each in FAMILIES if any(f" {word} " in framed for word in each.words)), None)


def tells_work(title: str) -> bool:
    """Whether a text holds a word by which work is told: what a column of job titles is known by."""
    plain = plain_title(title)
    return family_of(plain) is not None or not LEADS.isdisjoint(plain.split())


def _leads(plain: str, family: Family) -> bool:
    return bool(family.leads) and not LEADS.isdisjoint(plain.split())


def _respelled(plain: Counter[str]) -> dict[str, str]:
    """Rare titles that are spelled almost as a common one, and German ones of women → that one."""
    common = [key for key, people in plain.most_common(_MOST_COMPARED) if people >= _COMMON]
    letters: dict[str, list[str]] = defaultdict(list)
    for key in common:
        letters[key[:1]].append(key)
    found = {
        key: key[:-2] for key in plain if len(key) > 6 and key.endswith("in") and key[:-2] in plain
    }  # Verkäuferin, Verkäufer
    for key, people in plain.items():
        if people > _RARE or len(key) < 2 * _SHORTEST or not letters[key[:1]]:
            continue
        near = [each for each in letters[key[:1]] if each != key and abs(len(each) - len(key)) <= 2]
        close = get_close_matches(key, near, n=1, cutoff=_ALIKE)
        if close:
            found[key] = close[0]
    return found


def _of_family(family: Family, leads: bool, titles: dict[str, int], spelled: Mapping[str, str]) -> TitleGroup:
    keys: Counter[str] = Counter()
    for title, people in titles.items():
        keys[spelled.get(plain_title(title), plain_title(title))] += people
    top, people = keys.most_common(1)[0]
    said = _one_of(top, titles, spelled)
    if people >= sum(keys.values()) * _NEARLY_ALL and is_countable_title(said):
        many, one = _with_capitals(plural(said)), _with_capitals(said)
    elif leads:
        many, one = family.leads, singular(family.leads)
    else:
        many, one = family.many, family.one
    name = f"{family.id}-managers" if leads else family.id
    return TitleGroup(name, many, one, dict(_by_number(titles)), "titles that tell the same kind of work")


def _by_word(titles: Mapping[str, int], spelled: Mapping[str, str]) -> list[TitleGroup]:
    """Titles of no family, by the word that most of their people share; those written without blanks by themselves."""
    left = dict(titles)
    words: Counter[str] = Counter()
    keys = {title: spelled.get(plain_title(title), plain_title(title)) for title in titles}
    for title, people in titles.items():
        for word in dict.fromkeys(keys[title].split()):
            words[word] += 0 if word in PLACES else people
    found: list[TitleGroup] = []
    for word, _ in words.most_common():
        mine = {title: people for title, people in left.items() if word in keys[title].split()}
        if not mine:
            continue
        for title in mine:
            del left[title]
        shared = {keys[title] for title in mine}
        name = shared.pop() if len(shared) == 1 else word
        said = _one_of(name, mine, spelled) if not shared else name
        many, one = _called(said, name, _by_number(mine))
        found.append(TitleGroup(id_of(name), many, one, dict(_by_number(mine)), f"titles with the word '{word}'"))
    return _with_own_ids(found)


def _called(said: str, shared: str, titles: Sequence[tuple[str, int]]) -> tuple[str, str]:
    """A group of no family in the plural and the singular: an English noun for one who does something, else quoted.

    shared: what all the titles hold. titles: the most frequent first.
    """
    if is_countable_title(said) and not is_generic(plural(said)):
        return _with_capitals(plural(said)), _with_capitals(said)
    if len({title.strip().casefold() for title, _ in titles}) == 1:
        told = f"title is “{titles[0][0].strip()}”"
        return f"people whose {told}", f"person whose {told}"
    places = ((title, title.casefold().find(shared)) for title, _ in titles)
    written = next((title[place : place + len(shared)] for title, place in places if place >= 0), shared)
    told = f"with “{written}” in their job title"
    return f"people {told}", f"person {told}"


def _with_own_ids(groups: Iterable[TitleGroup]) -> list[TitleGroup]:
    taken: Counter[str] = Counter(family.id for family in FAMILIES)
    found = []
    for group in groups:
        taken[group.id] += 1
        name = group.id if taken[group.id] == 1 else f"{group.id}-{taken[group.id]}"
        found.append(TitleGroup(name, group.many, group.one, group.titles, group.told_by))
    return found


def _by_number(titles: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(titles.items(), key=lambda each: (-each[1], each[0]))


def id_of(text: str) -> str:
    """A plain id made of a text: "Key accounts" → "key-accounts"; letters of any script stay."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return "-".join(parts)[:60].strip("-") or "people"
