"""A small grammar of our own: what is wrong with a text, by rules and word lists that share nothing with qbrgen.

In: a text, and the names that people typed into it (they are no business of a grammar). Out: each slip with the words
around it. It knows only the English of the shipped wording files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

MANY_ONE = {
    "people": "person",
    "reps": "rep",
    "leads": "lead",
    "heads": "head",
    "managers": "manager",
    "analysts": "analyst",
    "groups": "group",
    "workflows": "workflow",
    "actions": "action",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter",
    "periods": "period",
    "days": "day",
    "points": "point",
    "gaps": "gap",
    "things": "thing",
    "figures": "figure",
    "accounts": "account",
    "users": "user",
    "events": "event",
    "starts": "start",
    "targets": "target",
    "commitments": "commitment",
    "promises": "promise",
    "reviews": "review",
}
ONE_MANY = {one: many for many, one in MANY_ONE.items()}
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER = r"(?:\d(?:[\d,.]*\d)?|" + "|".join(SMALL) + ")"
_MANY = "|".join(MANY_ONE)
_ONE = "|".join(ONE_MANY)
_WORDS_BEFORE = r"(?:(?:more|other|planned|measurable|quota-carrying|team|sales|two-week|full|new|newly|started) ){0,3}"
_SINGULAR_VERB = r"(?:is|was|has|does|works|reaches|looks|accounts)"
_PLURAL_VERB = r"(?:are|were|have|do|work|reach|look|account)"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?|\b(?:{_MONTHS}) \d{{1,2}}(?:, \d{{4}})?|\bQ\d \d{{4}}")
_SILENT_H = re.compile(r"(?:hour|honest|heir|honour)", re.IGNORECASE)
_YOU_SOUND = re.compile(r"(?:u(?:ni|se|sa|su|ti)|eu|one\b|once\b)", re.IGNORECASE)
_DOUBLE_FINE = frozenset({"that that", "had had"})
_OPENING = {"(": ")", "“": "”", "[": "]"}


def slips(text: str, typed: Iterable[str] = ()) -> list[str]:
    """What is wrong with a text, each with the place; empty for a good one."""
    shown = _without_names(text, typed)
    return [f"{name}: …{found}…" for name, rule in RULES.items() for found in rule(shown)]


def sentence_slips(text: str, typed: Iterable[str] = ()) -> list[str]:
    """What is wrong with a text that has to be whole sentences: capital and full stop of each, besides `slips`."""
    shown = _without_names(text, typed)
    found = slips(text, typed)
    for part in re.split(r"\n\s*\n", shown):
        if not part.endswith((".", "?", "!", ".”", ".)")):
            found.append(f"no full stop: …{part[-40:]}…")
        for start in (part, *(part[m.end() :] for m in re.finditer(r"[.?!][”)]? +", part))):
            if start[:1].islower():
                found.append(f"no capital: …{start[:40]}…")
    return found


def _without_names(text: str, typed: Iterable[str]) -> str:
    """Every typed name as NAME, so that its own words are not read; dates as DATE."""
    for name in sorted(set(typed), key=len, reverse=True):
        if name:
            text = re.sub(re.escape(name), "NAME", text, flags=re.IGNORECASE)
    return _DATE.sub("DATE", text)


def _pattern(pattern: str, *, flags: re.RegexFlag = re.IGNORECASE) -> Callable[[str], Iterator[str]]:
    compiled = re.compile(pattern, flags)

    def found(text: str) -> Iterator[str]:
        for match in compiled.finditer(text):
            yield text[max(0, match.start() - 25) : match.end() + 25]

    return found


def _plurals(text: str) -> Iterator[str]:
    """ "1 reps", "two rep", "of 1 people"; "1 of 7 reps" and "the last two" are fine."""
    for match in re.finditer(rf"(?<![\w.,]){NUMBER}(?= )", text, re.IGNORECASE):
        after = re.match(rf" {_WORDS_BEFORE}({_MANY}|{_ONE})\b(?!-)", text[match.end() :], re.IGNORECASE)
        if not after:
            continue
        number, noun = match[0].rstrip(".,").lower(), after[1].lower()
        before = text[: match.start()].lower()
        of_which = before.endswith((" of ", " of the ")) and bool(re.search(rf"{NUMBER} of (?:the )?$", before))
        is_one = number in {"1", "one"}
        if noun == "account" and text[match.end() + after.end() :].startswith(" for"):
            continue  # the verb
        if is_one and noun in MANY_ONE:
            yield text[match.start() : match.end() + after.end()]
        if not is_one and noun in ONE_MANY and not _attributive(text[match.end() + after.end() :]):
            yield text[match.start() : match.end() + after.end()]
        if is_one and of_which:
            yield text[max(0, match.start() - 12) : match.end() + after.end()]


def _attributive(rest: str) -> bool:
    """A noun before a noun stays singular: "two account executives"."""
    return bool(re.match(r" (?:executives?|managers?|leads?|reps?|analysts?|owners?|period|periods)\b", rest))


def _verbs(text: str) -> Iterator[str]:
    """ "2 of 7 reps is", "1 of 7 reps are", "one rep are", "none of the 4 are"; "people in two groups" are people."""
    group = rf"{_WORDS_BEFORE}(?:{_MANY}|{_ONE}|NAME)(?: in (?:the )?{NUMBER} (?:other )?groups)?"
    for match in re.finditer(
        rf"(?<![\w.,])({NUMBER}|none|neither) of (?:the )?{NUMBER}(?: {group})? ({_VERB})\b", text, re.I
    ):
        yield from _disagree(match, text)
    for match in re.finditer(rf"(?<![\w.,])(?<!of )(?<!of the )({NUMBER}) {group} ({_VERB})\b", text, re.I):
        counted_from = (
            rf"(?:{NUMBER}|none|neither|people|each|both|any) of (?:the )?$|\btheir first $|\bpeople in (?:the )?$"
        )
        if not re.search(counted_from, text[: match.start()], re.I):
            yield from _disagree(match, text)
    for match in re.finditer(rf"(?<!\bin )\b(both|all(?: \d+)?) {group} ({_SINGULAR_VERB})\b", text, re.I):
        yield match[0]


_VERB = f"{_SINGULAR_VERB[3:-1]}|{_PLURAL_VERB[3:-1]}"


def _disagree(match: re.Match[str], text: str) -> Iterator[str]:
    number, verb = match[1].lower().rstrip(".,"), match[2].lower()
    alone = number in {"1", "one", "none", "neither"}
    joined = re.search(r"(?:,| and| nor) (?:the )?$", text[: match.start()].lower())  # the last of a list: it is many
    singular = bool(re.fullmatch(_SINGULAR_VERB, verb))
    if (alone and not singular and not joined) or (not alone and singular):
        yield text[max(0, match.start() - 15) : match.end() + 5]


def _articles(text: str) -> Iterator[str]:
    for match in re.finditer(r"\b(a|an) ([A-Za-z0-9][\w-]*)", text):
        word = match[2]
        vowel = bool(re.match(r"[aeiou8]|1[18]\b", word, re.IGNORECASE))
        if _SILENT_H.match(word):
            vowel = True
        if _YOU_SOUND.match(word) and not word.lower().startswith(("unin", "unim")):
            vowel = False
        if word != "NAME" and vowel != (match[1].lower() == "an") and not (word.isupper() and len(word) > 1):
            yield match[0]


def _doubles(text: str) -> Iterator[str]:
    for match in re.finditer(r"\b([^\W\d_]+) \1\b", text, re.IGNORECASE):
        if match[0].lower() not in _DOUBLE_FINE and match[1] != "NAME" and match[1] != "DATE":
            yield text[max(0, match.start() - 15) : match.end() + 15]


def _brackets(text: str) -> Iterator[str]:
    open_now: list[str] = []
    for char in text:
        if char in _OPENING:
            open_now.append(_OPENING[char])
        elif char in _OPENING.values() and (not open_now or open_now.pop() != char):
            yield f"{char} in {text[:60]}"
            return
    if open_now or text.count('"') % 2:
        yield f"{open_now or '“'} in {text[:60]}"


def _lists(text: str) -> Iterator[str]:
    """ "a, b, c" without "and" before the last; "a and b and c" of like things; two conjunctions side by side."""
    for match in re.finditer(r"\bNAME(?:, NAME){1,}(?=[.;:)]|$| (?:is|are|account))", text):
        if not re.search(r"(?:and|or) NAME$", match[0]):
            yield match[0]
    for match in re.finditer(rf"\b({NUMBER}) \w+ and ({NUMBER}) \w+ and ({NUMBER}) \w+(?=[.;]|$)", text, re.I):
        yield match[0]
    if re.search(r"\band and\b|\band,|,\s*,|\bor and\b", text):
        yield text[:60]


def _mixed(text: str) -> Iterator[str]:
    """A number word and a figure for the same kind of thing in one clause: "two reps and 3 reps"."""
    for clause in re.split(r"[.;:]", text):
        kinds: dict[str, set[bool]] = {}
        for match in re.finditer(rf"(?<![\w.,])({NUMBER}) {_WORDS_BEFORE}({_MANY}|{_ONE})\b", clause, re.I):
            if re.search(
                r"\b(?:of|of the|the|at least|at most|all|last|in|than|one|first|rest) $", clause[: match.start()], re.I
            ):
                continue
            figure = match[1][0].isdigit()
            if figure and len(match[1].rstrip(",.")) > 1:
                continue  # 10 and more have no words
            noun = match[2].lower()
            kinds.setdefault(MANY_ONE.get(noun, noun), set()).add(figure)
        for noun, ways in kinds.items():
            if len(ways) > 1:
                yield f"{noun} in {clause.strip()[:80]}"


RULES: dict[str, Callable[[str], Iterable[str]]] = {
    "plural": _plurals,
    "verb": _verbs,
    "a or an": _articles,
    "doubled word": _doubles,
    "brackets": _brackets,
    "list": _lists,
    "figures and words": _mixed,
    "spaces": _pattern(r"[ \t]{2,}|^\s|\s$| [,.;:!?)”]|[(“] "),
    "orphan comma": _pattern(r",,|;;|[,;] ?[;.:)]|^[,;:.]|[(:] ?[,;.)]|\(\)|\.\.(?!\.)|[:;,]$"),
    "residue": _pattern(
        r"\{\{|\}\}|\{%|%\}|\bNone\b(?! (?:of|is|did|has|yet)\b)|\bnan\b|\bUndefined\b|Fraction\(|\bTrue\b|\bFalse\b",
        flags=re.NOFLAG,
    ),
    "nothing of nothing": _pattern(r"\b0 of 0\b|\b(?:none|neither|any) of (?:the )?0\b|\ball 0\b|\bthe 0 \w"),
    "small whole": _pattern(
        rf"\ball (?:1|one|2|two)\b|\bboth (?!2\b)(?:\d+|{'|'.join(SMALL)})\b|\bnone of the (?:1|one|2|two)\b"
        r"|\b1 of 1(?= [a-z])"
        r"|\bit was 1 of 1\b|\b2 of the two\b|\bone of the last one\b"
        r"|\bnone of the one\b|\bneither of the (?!two\b)\w+\b"
    ),
    "all of them": _pattern(r"(?<![\d,.])(\d[\d,]*) of \1 (?=[a-z-]+ (?:[a-z-]+ )?(?:is|are|was|were)\b)"),
    "none are": _pattern(
        r"\b(?:none|neither|no one|nobody)(?: of (?:the )?[\w ]{1,30}?)? (?:are|were|have)\b(?! done)"
    ),
    "number of nothing": _pattern(r"\b0 (?:was|were|is|are|has|have|more|less|people)\b|\bit was 0 of\b"),
    "possessive": _pattern(r"\w's's\b|\bs's\b|(?<=[a-rt-z])s''|\w' s\b|\w 's\b|'s '"),
    "all or more": _pattern(r"\b100% or more\b"),
}
