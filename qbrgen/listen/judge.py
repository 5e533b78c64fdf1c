"""The test of a sentence: does it say who, what and what it produces, and do its figures agree with the data?

In: any text and an account picture. Out: a Judgement. It passes when all three are named, every figure and claim agrees
and no presence figure is in it. A figure that speaks of nothing in the data fails it: every number carries its receipt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qbrgen.define.presence import presence_in
from qbrgen.listen.bind import Binder, Checked, Verdict
from qbrgen.listen.claim import Claim, Claimed
from qbrgen.listen.claims import claims_in
from qbrgen.listen.facts import own_texts
from qbrgen.listen.figure import Figure
from qbrgen.listen.figures import figures_in
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import Heard, Part, Subject, hear
from qbrgen.narrate import numbers
from qbrgen.score.picture import AccountPicture


@dataclass(frozen=True)
class Judgement:
    """What the test found. heard: the text as read. presence: the first presence word in it, "" without one.

    nobody: a word that may be anyone ("users"), where nobody is named. internal: words and figures in it that no
    customer may hear. asks: it holds a question, which states nothing.
    """

    heard: Heard
    picture: AccountPicture
    figures: tuple[Checked, ...]
    claims: tuple[Claimed, ...]
    presence: str = ""
    nobody: str = ""
    internal: tuple[str, ...] = ()
    asks: bool = False

    def named(self, part: Part) -> list[Subject]:
        """What the sentence names of one part."""
        return self.heard.named(part)

    @property
    def missing(self) -> list[Part]:
        """Which of the three it does not name."""
        return [part for part in Part if not self.named(part)]

    @property
    def wrong(self) -> int:
        """Figures and claims that disagree."""
        return sum(each.verdict.wrong for each in self.figures) + sum(c.true is False for c in self.claims)

    @property
    def unverified(self) -> int:
        """Figures that speak of nothing in the data."""
        return sum(each.verdict is Verdict.UNKNOWN and not each.figure.vague for each in self.figures)

    @property
    def unchecked(self) -> int:
        """Claims that cannot be checked: neither right nor wrong."""
        vague = sum(each.verdict is Verdict.UNKNOWN and each.figure.vague for each in self.figures)
        return vague + sum(each.true is None for each in self.claims)

    @property
    def checked(self) -> bool:
        """Whether it states anything that the data bear out."""
        return any(each.verdict.fine for each in self.figures) or any(each.true for each in self.claims)

    @property
    def figures_agree(self) -> bool:
        return not self.wrong and not self.unverified and not self.presence and not self.asks

    @property
    def passes(self) -> bool:
        return not self.missing and self.figures_agree

    @property
    def marks(self) -> int:
        """Out of four: who, what, what it produces, and a figure or claim in it, all of which agree."""
        named = len(Part) - len(self.missing)
        return named + int(self.figures_agree and self.checked and named > 0)


def judge(text: str, picture: AccountPicture, lexicon: Lexicon) -> Judgement:
    """Put a sentence to the test against one account. The text may be anything."""
    heard = hear(text, picture, lexicon)
    figures = figures_in(heard, lexicon, own_texts(picture), _currencies(picture))
    binder = Binder(heard, picture, lexicon)
    checked = tuple(binder.check_all(figures))
    claims = _told_once(claims_in(heard, picture, lexicon, binder), checked)
    nobody = "" if heard.named(Part.WHO) else _nobody(heard, lexicon)
    internal = tuple(_internal(heard, lexicon, checked, claims))
    return Judgement(
        heard, picture, checked, claims, _presence(heard, lexicon, figures, picture), nobody, internal, _asks(heard)
    )


def _asks(heard: Heard) -> bool:
    """Whether a part of it that names or counts something ends with a question mark."""
    there = {heard.part_of(mention.first) for mention in heard.mentions}
    return any(last + 1 < len(heard.tokens) and heard.tokens[last + 1].text == "?" for _, last in there)


def _internal(heard: Heard, lexicon: Lexicon, checked: Iterable[Checked], claims: Iterable[Claimed]) -> Iterable[str]:
    """What no customer may hear, as it was typed, each once."""
    places = [(each.figure.first, each.figure.last) for each in checked if each.fact and each.fact.internal]
    words = lexicon.only("internal").all_in(heard.tokens, 0, len(heard.tokens) - 1)
    places += [(hit.first, hit.last) for hit in words]
    places += [(each.first, each.last) for each in claims if each.internal]
    kept: list[tuple[int, int]] = []
    for first, last in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or first > kept[-1][1]:
            kept.append((first, last))
    return dict.fromkeys(heard.written(first, last) for first, last in kept)


def _told_once(claims: list[Claimed], checked: tuple[Checked, ...]) -> tuple[Claimed, ...]:
    """Claims without those of which a figure says the same: "fell by 30%" is one thing."""
    told = {each.fact.subject for each in checked if each.fact and (each.figure.way or each.figure.denied)}
    ways = (Claim.ROSE, Claim.FELL)
    return tuple(claimed for claimed in claims if not (claimed.claim in ways and claimed.about in told))


def _currencies(picture: AccountPicture) -> list[str]:
    """Currencies that the account's figures are in."""
    units = [each.impact.unit for each in picture.impacts]
    units += [picture.outcome.outcome.unit] if picture.outcome else []
    units += [picture.arr.currency] if picture.arr else []
    return [unit for unit in dict.fromkeys(units) if numbers.known_currency(unit)]


def _presence(heard: Heard, lexicon: Lexicon, figures: Iterable[Figure], picture: AccountPicture) -> str:
    """The first presence word: of the list that definitions are held to, of the wording's own, or a seat."""
    found = presence_in(heard.text)
    if found:
        return found
    hits = lexicon.only("presence").all_in(heard.tokens, 0, len(heard.tokens) - 1)
    if hits:
        return heard.written(hits[0].first, hits[0].last)
    seats = next((figure for figure in figures if figure.unit == "presence"), None)
    if seats:
        follows = lexicon.units.at(heard.tokens, seats.last + 1)
        before = lexicon.units.before(heard.tokens, seats.first - 1)  # "seats: 8"
        first = seats.first if follows or not before else before.first
        return heard.written(first, follows.last if follows else seats.last)
    nouns = [hit for hit in lexicon.units.all_in(heard.tokens, 0, len(heard.tokens) - 1) if hit.name == "presence"]
    own = {stem for text in own_texts(picture) for stem in lexicon.reader.stems(text)} if nouns else set()
    return next((heard.written(h.first, h.last) for h in nouns if heard.tokens[h.first].stem not in own), "")


def _nobody(heard: Heard, lexicon: Lexicon) -> str:
    hits = lexicon.only("nobody").all_in(heard.tokens, 0, len(heard.tokens) - 1)
    return heard.written(hits[0].first, hits[0].last) if hits else ""
