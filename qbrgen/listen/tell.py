"""The answer of the test in words, from the wording files (`sentence-test`): lines for people, records for machines.

What was typed is quoted as it was read (words.py has taken out all that is more than text).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from qbrgen.listen.bind import Checked, Verdict
from qbrgen.listen.claim import Claimed
from qbrgen.listen.claim_words import claim_in_words
from qbrgen.listen.compare import in_units
from qbrgen.listen.facts import Fact, money
from qbrgen.listen.figure import Role, Sort
from qbrgen.listen.in_words import InWords
from qbrgen.listen.naming import Part

_MOST_OPTIONS = 5
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer, and whether it is good news."""

    text: str
    fine: bool


class Answer(InWords):
    """A judgement in words."""

    def lines(self) -> list[Line]:
        """Who, what, what it produces; presence; each figure and claim; at last the verdict."""
        found = [self._part(part) for part in Part]
        if self.judgement.presence:
            found.append(Line(self.say("presence", word=self.judgement.presence), False))
        checks = [Line(self.figure(each), each.verdict.fine) for each in self.judgement.figures]
        checks += [Line(self.claim(each), bool(each.true)) for each in self.judgement.claims]
        found += [Line(self.say("internal", words=words), False) for words in self.judgement.internal]
        if not checks:
            checks.append(Line(self.say("no-figures"), True))
        checks.sort(key=lambda line: line.fine)  # of a long text, what is wrong is told first
        found += list(dict.fromkeys(checks))[:_MOST_LINES]
        return [*found, Line(self.verdict(), self.judgement.passes)]

    # ---- the three ----

    def _part(self, part: Part) -> Line:
        named = [subject.name for subject in self.judgement.named(part)]
        if named:
            return Line(self.say(part.value, names=self.wording.listing(named)), True)
        options = self.wording.either(self.options(part))
        facts: dict[str, object] = {"options": options}
        if part is Part.WHO:
            facts["generic"] = self.judgement.nobody
        if part is Part.PRODUCES:
            facts["account"] = self.picture.name
        return Line(self.say(f"no-{part.value}", **facts), False)

    def options(self, part: Part) -> list[str]:
        """What could have been named; people are left to their groups."""
        there = self.judgement.heard.subjects.values()
        names = [s.name for s in there if s.part is part and not s.key.startswith("person:")]
        return list(dict.fromkeys(names))[:_MOST_OPTIONS]

    # ---- figures ----

    def figure(self, each: Checked) -> str:
        """One figure: agrees, differs and by how much, or cannot be checked."""
        said = self.judgement.heard.written(each.figure.first, each.figure.last)
        if each.verdict is Verdict.OWN:
            return self.say("figure.definition", said=said)
        if each.fact is None:
            key = "claim.unchecked" if each.figure.vague else "figure.unknown"
            return self.say("figure.unread" if each.figure.value is None else key, said=said, account=self.picture.name)
        return self._against(each, each.fact, said)

    def _against(self, each: Checked, fact: Fact, said: str) -> str:
        """A figure beside the fact that it was held against."""
        about, data = self.about(fact), self.data(fact)
        agrees = each.verdict is Verdict.AGREES
        key, facts = "figure.differs", {"difference": self._difference(each)}
        if each.verdict is Verdict.UNTOLD:
            key, about = f"untold.{fact.untold}", self.subject(fact.subject)
        elif each.figure.denied:
            key = "figure.denied" if agrees else "figure.denied-true"
        elif agrees:
            key = "figure.agrees-same" if data == said else "figure.agrees"
        elif each.wrong_way:
            key, about = f"claim.{'rose' if each.figure.way > 0 else 'fell'}", self.subject(fact.subject)
        return self.say(key, said=said, about=about, data=data, **facts)

    def about(self, fact: Fact) -> str:
        """What a fact is of: "quota-carrying reps, active", "Replies answered the same day, target"."""
        about = self.subject(fact.subject)
        if fact.state:
            about = self.say(f"state.{fact.state}", about=about)
        if fact.told and fact.told != "rule":
            return self.say(f"role.{fact.told}", about=about)
        return about if fact.role is Role.VALUE else self.say(f"role.{fact.role.value}", about=about)

    def data(self, fact: Fact) -> str:
        """The figure that the data have."""
        number = self.wording.number
        if fact.sort is Sort.PAIR:
            return self.say("data.pair", n=number(fact.value), m=number(fact.of or 0))
        if fact.sort is Sort.ALL_BUT:
            return self.say("data.all-but", n=number(fact.value))
        amount = self._amount(fact, abs(fact.value))
        if fact.role is Role.CHANGE and fact.value:
            return self.say("data.minus" if fact.value < 0 else "data.plus", amount=amount)
        return amount

    def _amount(self, fact: Fact, value: Fraction) -> str:
        if fact.sort is Sort.SHARE:
            return self.wording.tenths(value)
        if fact.sort is Sort.POINTS:
            return self._points(value)
        if fact.sort is Sort.MONEY:
            return self.wording.money(money(fact), short=False)
        text = self.wording.number(value)
        typed = fact.subject == "outcome" or fact.subject.startswith("impact:")
        return self.say("data.quantity", number=text, unit=fact.unit) if typed and fact.unit else text

    def _points(self, value: Fraction) -> str:
        shown = Fraction(round(value, 1))
        return self.say("points", number=self.wording.number(shown), n=shown)

    def _difference(self, each: Checked) -> str:
        """ "18 points too high"; "" for two numbers at once, where both are there to be read."""
        figure, fact = each.figure, each.fact
        if fact is None or figure.value is None or (figure.of is not None and figure.of != fact.of):
            return ""
        exact = in_units(fact)
        size = abs(exact) if fact.role in (Role.CHANGE, Role.GAP) else exact
        end = figure.upto if figure.upto is not None and size > figure.upto else figure.value
        apart = end - size
        if not apart or figure.vague:
            return ""
        if fact.sort in (Sort.SHARE, Sort.POINTS):
            amount = self._points(abs(apart))
        elif fact.sort is Sort.MONEY:
            amount = self.wording.money(money(Fact(fact.subject, Sort.MONEY, apart, unit=fact.unit)), short=False)
        else:
            amount = self.wording.number(abs(apart))
        return self.say("too-high" if apart > 0 else "too-low", amount=amount)

    # ---- claims ----

    def claim(self, each: Claimed) -> str:
        """One claim: true, false, or not to be checked."""
        return claim_in_words(self, each)

    # ---- the verdict ----

    def verdict(self) -> str:
        """One line: it passes, or what keeps it from passing."""
        found = self.judgement
        if found.passes:
            facts = {"figures": found.checked, "unchecked": found.unchecked, "internal": len(found.internal)}
            return self.say("passes", **facts)
        reasons: list[str] = []
        if found.missing:
            parts = self.wording.listing([self.say(f"part.{part.value}") for part in found.missing])
            reasons.append(self.say("lacks", parts=parts, n=len(found.missing)))
        if found.wrong:
            reasons.append(self.say("differ", n=found.wrong))
        if found.unverified:
            reasons.append(self.say("unverified", n=found.unverified))
        if found.asks:
            reasons.append(self.say("is-question"))
        if found.presence:
            reasons.append(self.say("is-presence"))
        return self.say("fails", reasons=self.wording.listing(reasons))

    def own(self, sentence: str) -> str:
        """The account's own sentence, as a help."""
        return self.say("own", sentence=sentence)

    def record(self) -> dict[str, Any]:
        """The answer for JSON."""
        found = self.judgement
        heard = found.heard
        parts: dict[str, Any] = {
            part.value: {"named": [subject.key for subject in found.named(part)], "could_be": self.options(part)}
            for part in Part
        }
        return {
            "account": self.picture.id,
            "period": self.picture.period.label,
            "text": heard.text,
            "passes": found.passes,
            **parts,
            "missing": [part.value for part in found.missing],
            "presence": found.presence or None,
            "internal": list(found.internal),
            "unchecked": found.unchecked,
            "question": found.asks,
            "figures": [self._figure_record(each) for each in found.figures],
            "claims": [
                {
                    "said": heard.written(each.first, each.last),
                    "claim": each.claim.value,
                    "agrees": each.true,
                    "in_words": self.claim(each),
                }
                for each in found.claims
            ],
            "verdict": self.verdict(),
        }

    def _figure_record(self, each: Checked) -> dict[str, Any]:
        fact = each.fact
        return {
            "said": self.judgement.heard.written(each.figure.first, each.figure.last),
            "verdict": each.verdict.value,
            "of": fact.subject if fact else None,
            "data": self.data(fact) if fact else None,
            "exact": _exact(fact),
            "in_words": self.figure(each),
        }


def _exact(fact: Fact | None) -> str | None:
    if fact is None:
        return None
    return f"{fact.value} of {fact.of}" if fact.of is not None else str(fact.value)
